//! The sockets of one room, as the room sees them: what waits to be sent to each, and whether each is read on.
//!
//! A room never waits for a socket. Frames go into a bounded outbox; a socket that does not take them is told later, packed,
//! what it missed.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::command::{Command, Joined, Taken};
use super::room::{Dismissal, Seat};
pub use super::wire::Full;
use super::wire::{Framed, Wire};
use crate::kernel::SessionId;

/// Owned by the room's task.
#[derive(Default)]
pub struct Outboxes(HashMap<Seat, Socket>);

struct Socket {
    session: SessionId,
    wire: Arc<Wire>,
}

impl Drop for Socket {
    /// A room that goes without a word has not stored what it did not acknowledge. Whatever was said before counts.
    fn drop(&mut self) {
        self.wire.end(Dismissal::NOT_STORED);
    }
}

impl Outboxes {
    /// Called on the room's thread.
    pub fn add(&mut self, seat: Seat, session: SessionId, room: mpsc::Sender<Command>) -> Joined {
        let wire = Arc::<Wire>::default();
        self.0.insert(seat, Socket { session, wire: wire.clone() });
        Joined { taken: Taken { seat, room, thread: Handle::current() }, wire }
    }

    /// All of these messages, or none. A seat that is gone is sent nothing, and that is no failure.
    pub fn send(&self, seat: Seat, messages: &[Framed]) -> Result<(), Full> {
        self.0.get(&seat).map_or(Ok(()), |socket| socket.wire.send(messages))
    }

    /// Whether everything that was put into this outbox has left it.
    pub fn is_sent(&self, seat: Seat) -> bool {
        self.0.get(&seat).is_some_and(|socket| socket.wire.is_sent())
    }

    pub fn close(&mut self, seat: Seat, closing: Dismissal) {
        if let Some(socket) = self.0.remove(&seat) {
            socket.wire.end(closing);
        }
    }

    pub fn remove(&mut self, seat: Seat) {
        self.0.remove(&seat);
    }

    pub fn read_on(&self, seat: Seat, read_on: bool) {
        if let Some(socket) = self.0.get(&seat) {
            socket.wire.read_on(read_on);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn seats(&self) -> Vec<Seat> {
        self.0.keys().copied().collect()
    }

    pub fn of(&self, session: SessionId) -> Vec<Seat> {
        self.0.iter().filter(|(_, socket)| socket.session == session).map(|(seat, _)| *seat).collect()
    }

    pub fn sessions(&self) -> Vec<(Seat, SessionId)> {
        self.0.iter().map(|(seat, socket)| (*seat, socket.session)).collect()
    }
}
