//! What a statement says: blocks, their canonical bytes, their words. No collaboration in it, and no I/O.
//!
//! Two rules decide which words and addresses may stand in it at all: `unseen` and `link`.

pub mod asks;
pub mod block;
pub mod canonical;
pub mod compare;
pub mod count;
pub mod description;
pub mod field;
pub mod fold;
pub mod from_draft;
pub mod frozen_before;
pub mod item_set;
pub mod limits;
pub mod link;
pub mod marked;
pub mod nesting;
pub mod numbers;
pub mod obstacle;
pub mod place;
mod refusals;
pub mod unseen;
pub mod word;
