//! Evidence: who signed which words, in a form that anybody can check without us.
//!
//! A statement's record is an append-only Merkle log of small leaves that name nobody. Each leaf commits to an
//! *opening* (organisation, person, instant); openings travel only for public, standing signatories. A *checkpoint*
//! signs the log's size and root, a *receipt* proves one leaf to the organisation that made it, and a *bundle* carries
//! the whole log so that its reader can replay it and see that nothing was left out.
//!
//! This crate is what an auditor reads. It knows no database, no web and no clock: bytes go in, verdicts come out.
//!
//! In reading order:
//! * [`canonical`]: bytes that two programs agree on (RFC 8785), digests, and the strict reader
//! * [`moment`]: instants and whole hours as they are written in the record
//! * [`entry`] and [`opening`]: one line of the log, and what it commits to
//! * [`tree`]: RFC 6962 hashing, roots and proofs
//! * [`checkpoint`]: the signed note
//! * [`replay`]: the life of a statement as its log may tell it
//! * [`bundle`] and [`receipt`]: the two files that travel
//! * [`verify`](mod@verify) and [`verdict`]: the check, and how it speaks
//! * [`cli`]: the same check from a command line

pub mod bundle;
pub mod canonical;
pub mod checkpoint;
pub mod cli;
pub mod entry;
pub mod limits;
pub mod moment;
pub mod opening;
pub mod receipt;
pub mod replay;
pub mod text;
pub mod tree;
pub mod verdict;
pub mod verify;

mod strict;

pub use canonical::{CanonicalError, Digest};
pub use verdict::{Outcome, Verdict};
pub use verify::verify;
