//! How much is said about a suggestion.

/// Why a suggestion was not accepted: some sentences. What needs more is a thread of its own.
pub const REASON_CHARS_MAX: usize = 500;
/// How long a letter about answers waits for more of them.
pub const FATE_WAIT_SECONDS: i64 = 300;
/// How long after one such letter the next one about the same draft leaves.
pub const FATE_PAUSE_SECONDS: i64 = 3_600;
