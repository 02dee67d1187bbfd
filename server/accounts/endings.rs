//! Sessions that were ended, told to whoever keeps something open for them.
//!
//! A doorbell and no truth: whether a session holds is asked of its row. Who misses a ring, because it came from another process
//! or while too many came at once, finds out when it asks again.

use tokio::sync::broadcast;

use super::limits;
use crate::kernel::SessionId;

/// One per process.
pub struct Endings(broadcast::Sender<SessionId>);

impl Default for Endings {
    fn default() -> Self {
        Self(broadcast::channel(limits::ENDINGS_MAX).0)
    }
}

impl Endings {
    /// Told after the transaction that ended it.
    pub fn tell(&self, session: SessionId) {
        // Nobody listens where nothing is kept open.
        let _ = self.0.send(session);
    }

    pub fn listen(&self) -> Listener {
        Listener(self.0.subscribe())
    }
}

/// Hears of endings from when it was made.
pub struct Listener(broadcast::Receiver<SessionId>);

impl Listener {
    /// The next session that was ended; nothing once none will be.
    pub async fn next(&mut self) -> Option<SessionId> {
        loop {
            match self.0.recv().await {
                Ok(session) => return Some(session),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}
