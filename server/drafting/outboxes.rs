//! The sockets of one room, as the room sees them: what waits to be sent to each, and whether each is read on.
//!
//! A room never waits for a socket. Frames go into a bounded outbox; a socket that does not take them is told later, packed,
//! what it missed.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use tokio::sync::{mpsc, watch};

use super::command::{Command, Joined, Outgoing};
use super::limits::*;
use super::room::{Dismissal, Seat};
use crate::kernel::SessionId;

/// Owned by the room's task.
#[derive(Default)]
pub struct Outboxes(HashMap<Seat, Socket>);

struct Socket {
    session: SessionId,
    outbox: mpsc::Sender<Outgoing>,
    /// Shared with the socket's task, which takes off what it has sent.
    queued: Arc<AtomicUsize>,
    read_on: watch::Sender<bool>,
}

/// The outbox is full.
pub struct Full;

impl Outboxes {
    pub fn add(&mut self, seat: Seat, session: SessionId, room: mpsc::Sender<Command>) -> Joined {
        let (outbox, outgoing) = mpsc::channel(OUTBOX_FRAMES_MAX);
        let (queued, (read_on, watched)) = (Arc::<AtomicUsize>::default(), watch::channel(true));
        self.0.insert(seat, Socket { session, outbox, queued: queued.clone(), read_on });
        Joined { seat, room, outbox: outgoing, queued, read_on: watched }
    }

    /// All of these frames, or none. A seat that is gone is sent nothing, and that is no failure.
    pub fn send(&self, seat: Seat, frames: &[Bytes]) -> Result<(), Full> {
        let Some(socket) = self.0.get(&seat) else { return Ok(()) };
        if socket.queued.load(Ordering::Relaxed) > OUTBOX_BYTES_MAX {
            return Err(Full);
        }
        let places = socket.outbox.try_reserve_many(frames.len()).map_err(|_| Full)?;
        for (place, frame) in places.zip(frames) {
            socket.queued.fetch_add(frame.len(), Ordering::Relaxed);
            place.send(Outgoing::Frame(frame.clone()));
        }
        Ok(())
    }

    /// Whether everything that was put into this outbox has left it.
    pub fn is_sent(&self, seat: Seat) -> bool {
        self.0.get(&seat).is_some_and(|socket| socket.queued.load(Ordering::Relaxed) == 0)
    }

    pub fn close(&mut self, seat: Seat, closing: Dismissal) {
        if let Some(socket) = self.0.remove(&seat) {
            // A full outbox closes, too, when its sender is dropped.
            let _ = socket.outbox.try_send(Outgoing::Close(closing));
        }
    }

    pub fn remove(&mut self, seat: Seat) {
        self.0.remove(&seat);
    }

    pub fn read_on(&self, seat: Seat, read_on: bool) {
        if let Some(socket) = self.0.get(&seat) {
            socket.read_on.send_if_modified(|before| std::mem::replace(before, read_on) != read_on);
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
