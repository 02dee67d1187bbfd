//! Evidence: who signed which words, in a form that anybody can check without us.
//!
//! A statement's record is an append-only Merkle log of small leaves that name nobody. Each leaf commits to an
//! *opening* (organisation, person, instant); openings travel only for public, standing signatories. A *checkpoint*
//! signs the log's size and root, a *receipt* proves one leaf to the organisation that made it, and a *bundle* carries
//! the whole log so that its reader can replay it and see that nothing was left out.
//!
//! This crate is what an auditor reads. It knows no database, no web and no clock: bytes go in, verdicts come out.
//!
//! In reading order; each uses only those above it:
//! * [`limits`] and [`quoting`]: what a stranger's file may ask of us, and how its words are repeated
//! * [`digest`], [`canonical`], [`strict`]: bytes that two programs agree on (RFC 8785), and the reader that insists on them
//! * [`instant`]: instants and whole hours as they are written in the record
//! * [`tree`]: RFC 6962 hashing, roots and proofs
//! * [`vkey`] and [`checkpoint`]: a log's public key, and the note signed with it
//! * [`leaf`]: one line of the log, which names nobody
//! * [`sign_on`], [`opening`], [`commitment`]: what a leaf commits to, and how
//! * [`text`]: as much of the signed text as evidence must understand
//! * [`verdict`]: how a check speaks
//! * [`replay`]: the life of a statement as its log may tell it
//! * [`bundle`] and [`receipt`]: the two files that travel
//! * [`verify`](mod@verify): the check
//! * [`cli`]: the same check from a command line

pub mod bundle;
pub mod canonical;
pub mod checkpoint;
pub mod cli;
pub mod commitment;
pub mod digest;
pub mod instant;
pub mod leaf;
pub mod limits;
pub mod opening;
pub mod quoting;
pub mod receipt;
pub mod replay;
pub mod sign_on;
pub mod strict;
pub mod text;
pub mod tree;
pub mod verdict;
pub mod verify;
pub mod vkey;

pub use digest::Digest;
pub use verdict::{Outcome, Verdict};
pub use verify::verify;
