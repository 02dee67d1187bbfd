//! The append-only record: one small log per statement, a signed checkpoint with every leaf.
//!
//! Promises: a leaf and its checkpoint are written in the transaction of the act they record; a leaf is never changed or
//! removed; before a leaf is added, the log is known to agree with its last checkpoint. The ledger knows no features:
//! rooms hand it finished openings, and what may travel in a bundle is decided by the evidence crate.

mod append;
mod checkpointer;
mod queries;
mod refusals;

pub use undersigned_evidence::{
    Digest,
    bundle::Bundle,
    leaf::TextRef,
    opening::Opening,
    sign_on::{Assurance, RecordedOrganisation, RecordedPerson, RecordedVisibility, SignOn},
};

pub use append::{Appended, append, moment};
pub use checkpointer::Ledger;
pub use queries::{Evidence, bundle, check, checkpoint_line, checkpoint_of, names_digest, receipt, vkey};
