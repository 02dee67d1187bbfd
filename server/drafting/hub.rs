//! Drafts for the rest of the server: whoever asks something of a draft asks here, and finds its room open or opens it.
//!
//! Nothing true lives here or in a room: the journal is the truth, and a room that goes away is read back from it. So a
//! question that meets a room at its end is asked again of the next. Who runs what:
//!
//! * one task for every open room ([`attendant::serve`]), on one of the threads that carry rooms ([`Threads`]); it owns the
//!   room, its seats and their outboxes, and nothing else touches them;
//! * one journal writer for all rooms ([`journal::start`]), a thread of its own; it alone commits edits, one batch after another;
//! * one archive ([`Archive`]), which puts old entries away after it, and one historian ([`Historian`]), which keeps versions;
//! * one keeper for every worker process (`worker`); together they take requests from one queue;
//! * one task for every socket ([`super::socket`]), on the thread of its room: it reads, and writes on where a browser is
//!   slower than what a room writes to it at once (`wire`);
//! * two listeners, for sessions that are ended and for a register that has changed ([`Hub::listens`]).
//!
//! The list of open rooms is the one thing they share under a lock ([`OpenRooms`]).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::Instant;

use super::archive::Archive;
use super::attendant;
use super::command::{Command, CommittedText, Guest, Hold, Insertion, Joined, Place};
use super::drawings::Drawings;
use super::historian::Historian;
use super::journal;
use super::limits::*;
use super::open_rooms::{OpenRoom, OpenRooms};
use super::origins::shelf::Shelf;
use super::room::{Dismissal, Seat};
use super::segment::Writer;
use super::surroundings::Surroundings;
use super::threads::Threads;
use super::worker::Worker;
use crate::accounts::endings;
use crate::http::{Here, Shell};
use crate::kernel::{No, PersonId, StatementId};
use crate::organisations::changes;
use crate::store::{Attempt, Failure};

/// A handle on all rooms; clones share them.
#[derive(Clone)]
pub struct Hub {
    around: Surroundings,
    /// Counts from 1; 0 is nobody's.
    next_seat: Arc<AtomicU64>,
    drawings: Arc<Drawings>,
    /// Held by whoever asks who wrote something, so that such questions together take one processor at most.
    origins: Arc<tokio::sync::Mutex<Shelf>>,
    /// Held by whoever brings an earlier text back: they are rare, take a moment, and each must hold its room alone.
    restoring: Arc<tokio::sync::Mutex<()>>,
    threads: Arc<Threads>,
    /// One for every socket the server takes; who has none left is asked to come again.
    places: Arc<Semaphore>,
    sockets: u32,
    // What is done for no room outlives the request that asked for it.
    runtime: Handle,
}

impl Hub {
    /// Needs a tokio runtime, for what is done for no room. Takes so many sockets at once.
    pub fn new(shell: Here, worker: Worker, threads: Threads, sockets: u32) -> std::io::Result<Hub> {
        let journal = journal::start(shell.store.clone(), shell.post.clone())?;
        let rooms = Arc::<OpenRooms>::default();
        let archive = Archive::start(shell.store.clone());
        let historian = Historian::start(shell.clone(), worker.clone());
        let around = Surroundings { shell, worker, journal, archive, historian, rooms, days: Arc::default(), started: Instant::now() };
        Ok(Hub {
            around,
            next_seat: Arc::new(AtomicU64::new(1)),
            drawings: Arc::default(),
            origins: Arc::default(),
            restoring: Arc::default(),
            threads: Arc::new(threads),
            places: Arc::new(Semaphore::new(sockets as usize)),
            sockets,
            runtime: Handle::current(),
        })
    }

    /// Takes a seat in a draft's room, which is opened if it is not open.
    pub async fn join(&self, statement: StatementId, guest: Guest) -> Attempt<(Joined, Place)> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| No::Busy)?;
        let seat = Seat(self.next_seat.fetch_add(1, Ordering::Relaxed));
        let joined = self.ask(statement, |answer| Command::Join { seat, guest: guest.clone(), answer }).await?;
        Ok((joined, place))
    }

    /// The committed text. Nothing stops.
    pub async fn read(&self, statement: StatementId) -> Attempt<CommittedText> {
        self.ask(statement, |answer| Command::Read { answer }).await
    }

    /// The committed text, and from now on no edit is taken until the hold ends: edits wait, and nobody is sent away.
    pub async fn hold(&self, statement: StatementId) -> Attempt<Hold> {
        self.ask(statement, |answer| Command::Hold { answer }).await
    }

    /// Writes an update of the server's own making behind this entry; answers once it is stored. `false` where somebody has
    /// written since.
    pub async fn insert(&self, statement: StatementId, after: u64, update: Bytes) -> Attempt<bool> {
        self.inserts(statement, after, update, (journal::SERVER, None), false).await
    }

    /// The same in somebody's name, by whoever holds the room and alone does so. `false` also where somebody else holds it, too.
    pub async fn insert_held(&self, hold: &Hold, statement: StatementId, by: Writer, update: Bytes) -> Attempt<bool> {
        self.inserts(statement, hold.text.head, update, by, true).await
    }

    async fn inserts(&self, statement: StatementId, after: u64, update: Bytes, by: Writer, within_hold: bool) -> Attempt<bool> {
        let insertion = |answer| Command::Insert(Insertion { by, within_hold, after, update: update.clone(), answer });
        let written: Result<(), Dismissal> = self.ask(statement, insertion).await?;
        match written {
            Ok(()) => Ok(true),
            Err(Dismissal::OUT_OF_STEP) => Ok(false),
            Err(Dismissal::FROZEN) => Err(No::StatementNotDrafting.into()),
            Err(Dismissal { number: 4429, .. }) => Err(No::TooLarge.into()),
            Err(closing) => Err(Failure::broken(format!("a text was not taken into its draft: {}", closing.code))),
        }
    }

    /// Who shows themselves in a draft, and under which handle; nobody where its room is not open.
    pub async fn present(&self, statement: StatementId) -> Vec<(PersonId, String)> {
        let Some(inbox) = self.around.rooms.find(statement) else { return Vec::new() };
        let (answer, answered) = oneshot::channel();
        if inbox.send(Command::Present { answer }).await.is_err() {
            return Vec::new();
        }
        let present = answered.await.unwrap_or_default();
        present.into_iter().map(|(person, handle)| (PersonId::from_bytes(person.0.to_be_bytes()), handle)).collect()
    }

    /// Reads again what everybody in an open room may do and how they are shown, and sends away who lost their right. Answers
    /// when it is done.
    pub async fn rights_changed(&self, statement: StatementId) {
        let Some(inbox) = self.around.rooms.find(statement) else { return };
        let (answer, answered) = oneshot::channel();
        if inbox.send(Command::Review { answer }).await.is_ok() {
            let _ = answered.await;
        }
    }

    /// From now on a session that is ended leaves every draft at once, and every draft asks again who may do what when the
    /// register changes. Who was just coming in is found by the next review.
    pub fn listens(&self, mut endings: endings::Listener, mut changes: changes::Listener) {
        let rooms = self.around.rooms.clone();
        self.runtime.spawn(async move {
            while let Some(session) = endings.next().await {
                for inbox in rooms.inboxes() {
                    // A room that has just closed has no sockets.
                    let _ = inbox.send(Command::SessionEnded { session }).await;
                }
            }
        });
        let rooms = self.around.rooms.clone();
        self.runtime.spawn(async move {
            while changes.next().await.is_some() {
                for inbox in rooms.inboxes() {
                    let _ = inbox.send(Command::Review { answer: oneshot::channel().0 }).await;
                }
            }
        });
    }

    /// Sends everybody in one room away; who asks next reads its journal anew. Nobody may hold it.
    pub(super) async fn close(&self, statement: StatementId, closing: Dismissal) {
        if let Some(inbox) = self.around.rooms.find(statement) {
            let _ = inbox.send(Command::Stop { closing }).await;
            inbox.closed().await;
        }
    }

    /// Runs work to its end on the hub's own runtime, whether or not whoever asked still waits.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl Future<Output = Attempt<T>> + Send + 'static) -> Attempt<T> {
        self.runtime.spawn(work).await.unwrap_or_else(|stopped| Err(Failure::broken(stopped)))
    }

    /// Sends everybody away, and answers when the last edit is stored and every socket has heard its end.
    pub async fn shutdown(&self) {
        let open = self.around.rooms.stop();
        for OpenRoom { inbox, .. } in &open {
            let _ = inbox.send(Command::Stop { closing: Dismissal::GOING_AWAY }).await;
        }
        for OpenRoom { task, .. } in open {
            let _ = task.await;
        }
        // Nobody is let in any more: when all places are free, everybody has gone.
        let _ = self.places.acquire_many(self.sockets).await;
    }

    #[cfg(feature = "test-clock")]
    pub fn rooms_open(&self) -> usize {
        self.around.rooms.inboxes().len()
    }

    pub fn worker(&self) -> &Worker {
        &self.around.worker
    }

    pub fn historian(&self) -> &Historian {
        &self.around.historian
    }

    pub(super) fn restoring(&self) -> &tokio::sync::Mutex<()> {
        &self.restoring
    }

    pub(super) fn origins(&self) -> &tokio::sync::Mutex<Shelf> {
        &self.origins
    }

    pub(super) fn drawings(&self) -> &Drawings {
        &self.drawings
    }

    pub(super) fn shell(&self) -> &Shell {
        &self.around.shell
    }

    /// Sends a command to the room and waits for the answer; a room that is just closing is opened again.
    async fn ask<T>(&self, statement: StatementId, command: impl Fn(oneshot::Sender<Attempt<T>>) -> Command) -> Attempt<T> {
        for _ in 0..ROOM_TRIES_MAX {
            let inbox = self.around.rooms.open(statement, || self.begin(statement))?;
            let (answer, answered) = oneshot::channel();
            if inbox.send(command(answer)).await.is_err() {
                continue;
            }
            if let Ok(answer) = answered.await {
                return answer;
            }
        }
        Err(Failure::broken("a draft's room closed again and again"))
    }

    fn begin(&self, statement: StatementId) -> OpenRoom {
        let (inbox, commands) = mpsc::channel(ROOM_INBOX_MAX);
        let task = self.threads.next().spawn(attendant::serve(self.around.clone(), statement, inbox.downgrade(), commands));
        OpenRoom { inbox, task }
    }
}
