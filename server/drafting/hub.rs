//! Every open room: who opens one shares it, who asks finds it, and stopping the server empties it in order.
//!
//! A room is a task with a bounded inbox; the hub is the list of inboxes. Nothing true lives here: the journal is the
//! truth, and a room that goes away is read back from it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::attendant::{self, Attendant, Command, Guest, Joined, Reading};
use super::journal::{self, Waiting};
use super::limits::*;
use super::room::{Dismissal, Millis, Seat};
use super::worker::Worker;
use crate::http::Here;
use crate::kernel::{No, OrganisationId, PersonId, StatementId};
use crate::store::{Attempt, Failure};

/// A handle on all rooms; clones share them.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    shell: Here,
    worker: Worker,
    journal: mpsc::Sender<Waiting>,
    rooms: Mutex<HashMap<StatementId, Open>>,
    next_seat: AtomicU64,
    stopping: AtomicBool,
    // Rooms outlive the thread whose request opened them.
    runtime: Handle,
    started: Instant,
}

struct Open {
    inbox: mpsc::Sender<Command>,
    task: JoinHandle<()>,
}

impl Hub {
    /// Needs a tokio runtime, which then carries every room.
    pub fn new(shell: Here, worker: Worker) -> Hub {
        let journal = journal::start(shell.store.clone());
        Hub(Arc::new(Inner {
            shell,
            worker,
            journal,
            rooms: Mutex::default(),
            next_seat: AtomicU64::new(1),
            stopping: AtomicBool::new(false),
            runtime: Handle::current(),
            started: Instant::now(),
        }))
    }

    /// Takes a seat in a draft's room, which is opened if it is not open.
    pub async fn join(&self, statement: StatementId, guest: Guest) -> Attempt<Joined> {
        let seat = Seat(self.0.next_seat.fetch_add(1, Ordering::Relaxed));
        self.ask(statement, |answer| Command::Join { seat, guest: guest.clone(), answer }).await
    }

    /// The committed text as updates, and the number of the last one.
    pub async fn read(&self, statement: StatementId) -> Attempt<Reading> {
        self.ask(statement, |answer| Command::Read { answer }).await
    }

    /// As [`Hub::read`], but from now on the room takes no edits, until [`Hub::release`].
    pub async fn hold(&self, statement: StatementId) -> Attempt<Reading> {
        self.ask(statement, |answer| Command::Hold { answer }).await
    }

    /// Ends a hold. Whether edits are taken again is read from the statement's state.
    pub async fn release(&self, statement: StatementId) {
        let _ = self.ask(statement, |answer| Command::Release { answer }).await;
    }

    /// Writes an update of the server's own making; answers once it is stored.
    pub async fn insert(
        &self,
        statement: StatementId,
        person: PersonId,
        organisation: Option<OrganisationId>,
        update: Bytes,
    ) -> Attempt<()> {
        let written: Result<(), Dismissal> =
            self.ask(statement, |answer| Command::Insert { person, organisation, update: update.clone(), answer }).await?;
        match written {
            Ok(()) => Ok(()),
            Err(Dismissal::FROZEN) => Err(No::StatementNotDrafting.into()),
            Err(Dismissal { number: 4429, .. }) => Err(No::TooLarge.into()),
            Err(closing) => Err(Failure::broken(format!("a text was not taken into its draft: {}", closing.code))),
        }
    }

    /// Reads again what everybody in an open room may do, and sends away who lost their right. Answers when it is done.
    pub async fn rights_changed(&self, statement: StatementId) {
        let open = self.rooms().get(&statement).map(|open| open.inbox.clone());
        let Some(inbox) = open else { return };
        let (answer, answered) = oneshot::channel();
        if inbox.send(Command::Review { answer: Some(answer) }).await.is_ok() {
            let _ = answered.await;
        }
    }

    /// Sends everybody in one room away; who asks next reads its journal anew.
    pub(super) async fn close(&self, statement: StatementId, closing: Dismissal) {
        let open = self.rooms().get(&statement).map(|open| open.inbox.clone());
        if let Some(inbox) = open {
            let _ = inbox.send(Command::Stop { closing }).await;
            inbox.closed().await;
        }
    }

    /// Runs work to its end on the hub's own runtime, whether or not whoever asked still waits.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl Future<Output = Attempt<T>> + Send + 'static) -> Attempt<T> {
        self.0.runtime.spawn(work).await.unwrap_or_else(|stopped| Err(Failure::broken(stopped)))
    }

    /// Sends everybody away, and answers when the last edit is stored.
    pub async fn shutdown(&self) {
        self.0.stopping.store(true, Ordering::Release);
        let open: Vec<Open> = self.rooms().drain().map(|(_, open)| open).collect();
        for Open { inbox, .. } in &open {
            let _ = inbox.send(Command::Stop { closing: Dismissal::GOING_AWAY }).await;
        }
        for Open { task, .. } in open {
            let _ = task.await;
        }
    }

    pub fn worker(&self) -> &Worker {
        &self.0.worker
    }

    pub(super) fn shell(&self) -> &Here {
        &self.0.shell
    }

    pub(super) fn journal(&self) -> &mpsc::Sender<Waiting> {
        &self.0.journal
    }

    pub(super) fn now(&self) -> Millis {
        self.0.started.elapsed().as_millis() as Millis
    }

    /// Takes a room off the list, unless somebody has just asked for it. Called by the room's own task.
    pub(super) fn close_if_unasked(&self, statement: StatementId, inbox: &mut mpsc::Receiver<Command>) -> bool {
        let mut rooms = self.rooms();
        if !inbox.is_empty() {
            return false;
        }
        inbox.close();
        rooms.remove(&statement);
        true
    }

    /// Takes a broken room off the list at once; who asks next reads the journal anew.
    pub(super) fn forget(&self, statement: StatementId, inbox: &mut mpsc::Receiver<Command>) {
        let mut rooms = self.rooms();
        inbox.close();
        rooms.remove(&statement);
    }

    /// Sends a command to the room and waits for the answer; a room that is just closing is opened again.
    async fn ask<T>(&self, statement: StatementId, command: impl Fn(oneshot::Sender<Attempt<T>>) -> Command) -> Attempt<T> {
        for _ in 0..ROOM_TRIES_MAX {
            let inbox = self.open(statement)?;
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

    fn open(&self, statement: StatementId) -> Attempt<mpsc::Sender<Command>> {
        let mut rooms = self.rooms();
        // A room whose task is gone without a word is opened anew.
        if let Some(open) = rooms.get(&statement).filter(|open| !open.inbox.is_closed()) {
            return Ok(open.inbox.clone());
        }
        // Looked at under the lock, so that no room is opened behind the back of `shutdown`.
        if self.0.stopping.load(Ordering::Acquire) || rooms.len() >= ROOMS_MAX {
            return Err(No::Busy.into());
        }
        let (inbox, commands) = mpsc::channel(ROOM_INBOX_MAX);
        let attendant = Attendant::new(self.clone(), statement, inbox.downgrade());
        let task = self.0.runtime.spawn(attendant::serve(attendant, commands));
        rooms.insert(statement, Open { inbox: inbox.clone(), task });
        Ok(inbox)
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<StatementId, Open>> {
        // The list is whole after any panic: every change of it is a single call.
        self.0.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
