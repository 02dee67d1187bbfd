//! How many connections the system lets this server have.

use super::limits::*;

/// Connections with requests before others wait at the door; sockets of drafts are as many again. Asks the system for as
/// many files as it gives.
pub fn connections_max() -> usize {
    let handles = rlimit::increase_nofile_limit(u64::MAX).unwrap_or_default() as usize;
    (handles.saturating_sub(HANDLES_KEPT) / 2).clamp(CONNECTIONS_MIN, CONNECTIONS_MAX)
}
