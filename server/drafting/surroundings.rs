//! What all rooms work with: the database and the clock, the workers, the journal and its archive, and the list of each other.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::archive::Archive;
use super::daily::KeptDays;
use super::historian::Historian;
use super::journal::OnItsWay;
use super::open_rooms::OpenRooms;
use super::room::Millis;
use super::worker::Worker;
use crate::http::Here;

/// Clones share it.
#[derive(Clone)]
pub struct Surroundings {
    pub shell: Here,
    pub worker: Worker,
    pub journal: mpsc::Sender<OnItsWay>,
    pub archive: Archive,
    pub historian: Historian,
    pub rooms: Arc<OpenRooms>,
    pub days: Arc<KeptDays>,
    pub started: Instant,
}

impl Surroundings {
    /// A clock that only goes forward, and further when tests move time.
    pub fn now(&self) -> Millis {
        (self.started.elapsed() + self.shell.clock.moved()).as_millis() as Millis
    }
}
