//! What is said about a passage of a draft: threads, opened on a selection, replied to, resolved and opened again; and who stands
//! behind which words in brackets.
//!
//! A room of its own, because a remark is no part of the text: it stands here under the rights of whoever reads, leaves no trace in
//! the draft, and is gone from no edition. So the room knows neither rooms nor sockets nor the shared text: where a passage stands
//! is told by two letters' ids, which it keeps and does not understand.
//!
//! Promises: a remark never changes, and two that come at once both stand; a thread among coordinators does not exist for
//! anybody else, in lists and counts neither; who spoke is told as beside the text, and who writes unnamed is not named
//! here; nothing is resolved over a remark that whoever resolves has not seen; a frozen draft's threads are read and take nothing.

pub mod actions;
pub mod brackets;
pub mod leaving;
pub mod limits;
mod mentions;
pub mod model;
pub mod permits;
mod queries;
mod refusals;
pub mod routes;
pub mod told;
