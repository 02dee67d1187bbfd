//! What a statement says: blocks, their canonical bytes, their words. No collaboration in it, and no I/O.

pub mod block;
pub mod canonical;
pub mod count;
pub mod fold;
pub mod from_draft;
