//! The append-only record: one small log per statement, a signed checkpoint with every leaf.
//!
//! Promises: a leaf and its checkpoint are written in the transaction of the act they record; a leaf is never changed or
//! removed; before a leaf is added, the log is known to agree with its last checkpoint. The ledger knows no features:
//! rooms hand it finished openings, and what may travel in a bundle is decided by the evidence crate.

mod append;
mod queries;
mod refusals;

use undersigned_evidence::checkpoint::LogKey;
pub use undersigned_evidence::{
    Digest,
    bundle::Bundle,
    leaf::TextRef,
    opening::Opening,
    sign_on::{Assurance, RecordedOrganisation, RecordedPerson, RecordedVisibility, SignOn},
};

pub use append::{Appended, append, moment};
pub use queries::{Evidence, bundle, check, checkpoint_line, checkpoint_of, names_digest, receipt, vkey};

use crate::kernel::StatementId;

/// The key that signs checkpoints, and the host that names logs.
pub struct Ledger {
    key: LogKey,
    host: String,
}

impl Ledger {
    pub fn new(seed: [u8; 32], host: &str) -> Self {
        Self { key: LogKey::from_seed(seed), host: host.to_owned() }
    }

    /// The name of a statement's log, fixed when its first leaf is written.
    fn origin(&self, statement: StatementId) -> String {
        format!("{}/s/{statement}", self.host)
    }
}
