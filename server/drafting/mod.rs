//! Drafting rooms: several people write one text at once, and nothing anybody saw is ever lost.
//!
//! Gate → journal → relay and acknowledge. Every update passes a gate of our own, is committed to the journal, and only
//! then is shown to others and called saved. Documents are read in worker processes, never here. A frozen draft takes no
//! edit. The room knows nothing of rounds and signatures; a settled text leaves through `statements`.

pub mod actions;
mod archive;
mod asked;
mod attendant;
mod base;
pub mod bench;
mod caret;
mod chair;
mod command;
mod committed;
mod comparing;
mod daily;
#[cfg(test)]
mod dice;
mod drawings;
mod effect;
pub mod gate;
mod historian;
mod holds;
mod hub;
mod journal;
pub mod limits;
mod losses;
mod open_rooms;
mod opening;
mod origins;
mod outboxes;
mod packing;
mod past;
mod presence;
mod project;
mod proposals;
pub mod protocol;
mod refusals;
mod restoring;
mod review;
mod rewrite;
pub mod room;
pub mod routes;
mod said;
mod seat;
pub mod seed;
mod segment;
mod settling;
mod socket;
mod standing;
mod surroundings;
mod threads;
mod wire;
mod word;
pub mod worker;

#[cfg(test)]
mod proposed_tests;
#[cfg(test)]
mod whatever_tests;

pub use hub::Hub;
pub use journal::last_written;
pub use threads::Threads;
pub use worker::Worker;
