//! That the register has changed, told to whoever keeps something open by what it said.
//!
//! A doorbell and no truth: what somebody may do now is asked of the rows. Changes that come together ring once.

use tokio::sync::watch;

/// One per process.
pub struct Changes(watch::Sender<()>);

impl Default for Changes {
    fn default() -> Self {
        Self(watch::channel(()).0)
    }
}

impl Changes {
    /// Told after the transaction that changed it.
    pub fn tell(&self) {
        self.0.send_replace(());
    }

    pub fn listen(&self) -> Listener {
        Listener(self.0.subscribe())
    }
}

/// Hears of changes from when it was made.
pub struct Listener(watch::Receiver<()>);

impl Listener {
    /// Waits for the next change; nothing once there will be none.
    pub async fn next(&mut self) -> Option<()> {
        self.0.changed().await.ok()
    }
}
