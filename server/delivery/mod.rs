//! What leaves the house: publication, the public page, and the files on it.
//!
//! Promises: only a closed statement is published; the page and its files say the same text, the same names and the same
//! count; the published file is kept byte for byte; no withheld name comes near anything in this room.

pub mod actions;
pub mod pages;
pub mod queries;
pub mod routes;

pub use actions::public_path;
