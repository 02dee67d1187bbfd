//! The sockets of one room, as the room sees them: what waits to be sent to each, and whether each is read on.
//!
//! A room never waits for a socket. Frames go into a bounded outbox; a socket that does not take them is dropped and told
//! everything anew when it comes back.

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
pub struct Sockets(HashMap<Seat, Socket>);

struct Socket {
    session: SessionId,
    outbox: mpsc::Sender<Outgoing>,
    /// Shared with the socket's task, which takes off what it has sent.
    queued: Arc<AtomicUsize>,
    read_on: watch::Sender<bool>,
}

/// The outbox is full.
pub struct TooSlow;

impl Sockets {
    pub fn add(&mut self, seat: Seat, session: SessionId, room: mpsc::Sender<Command>) -> Joined {
        let (outbox, outgoing) = mpsc::channel(OUTBOX_FRAMES_MAX);
        let (queued, (read_on, watched)) = (Arc::<AtomicUsize>::default(), watch::channel(true));
        self.0.insert(seat, Socket { session, outbox, queued: queued.clone(), read_on });
        Joined { seat, room, outbox: outgoing, queued, read_on: watched }
    }

    /// A seat that is gone is sent nothing, and that is no failure.
    pub fn send(&self, seat: Seat, frame: Bytes) -> Result<(), TooSlow> {
        let Some(socket) = self.0.get(&seat) else { return Ok(()) };
        let (len, before) = (frame.len(), socket.queued.load(Ordering::Relaxed));
        if before + len > OUTBOX_BYTES_MAX || socket.outbox.try_send(Outgoing::Frame(frame)).is_err() {
            return Err(TooSlow);
        }
        socket.queued.fetch_add(len, Ordering::Relaxed);
        Ok(())
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
