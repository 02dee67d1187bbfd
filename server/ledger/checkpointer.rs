//! Who signs: one key for every log of this instance, and the host that names them.

use undersigned_evidence::checkpoint::LogKey;

use crate::kernel::StatementId;

/// The key that signs checkpoints, and the host that names logs.
pub struct Ledger {
    pub(super) key: LogKey,
    host: String,
}

impl Ledger {
    pub fn new(seed: [u8; 32], host: &str) -> Self {
        Self { key: LogKey::from_seed(seed), host: host.to_owned() }
    }

    /// The name of a statement's log, fixed when its first leaf is written.
    pub(super) fn origin(&self, statement: StatementId) -> String {
        format!("{}/s/{statement}", self.host)
    }
}
