//! What is known of a draft's suggestions beside the draft: who began each, how it was answered, by whom and why.
//!
//! The proposed words stand in the shared text, and what was decided does, too; the draft names nobody. This room keeps the people,
//! in the transaction of the journal's entry that says so, and tells them as remarks are told: who writes unnamed is not named
//! here. It knows neither rooms nor the shared text: what an entry says of suggestions is handed to it.
//!
//! Promises: a suggestion is in no list before its entry is committed, and its answer is the one that stands in the draft; whoever
//! proposed learns that there is an answer by one letter an hour at most, which says nothing of what it is and of who gave it.

mod actions;
pub mod leaving;
pub mod limits;
mod model;
mod permits;
mod queries;
mod refusals;
pub mod routes;
mod told;

pub use actions::{By, noted};
pub use model::{Said, Saying};
