//! How often a transaction is tried.

/// Attempts for a serialisable transaction before giving up.
pub const WRITE_ATTEMPTS_MAX: u32 = 20;
