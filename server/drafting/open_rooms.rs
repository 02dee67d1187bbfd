//! The list of open rooms: who opens one shares it, who asks finds it, and after a stop none is opened again.
//!
//! A room is on the list while its inbox takes commands. It takes itself off: only if nobody has just asked for it, or at
//! once when what it believes is no longer true. Both happen under the list's lock, so that a command is either taken or
//! refused by a closed inbox, and whoever is refused finds no room and opens one.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::command::Command;
use super::limits::*;
use crate::kernel::{No, StatementId};
use crate::store::Attempt;

#[derive(Default)]
pub struct OpenRooms {
    // Locked for single looks and changes, never across an await: hub and rooms share it.
    list: Mutex<List>,
}

#[derive(Default)]
struct List {
    rooms: HashMap<StatementId, OpenRoom>,
    /// No room is opened any more.
    stopped: bool,
}

pub struct OpenRoom {
    pub inbox: mpsc::Sender<Command>,
    pub task: JoinHandle<()>,
}

impl OpenRooms {
    /// The room's inbox, if it is open.
    pub fn find(&self, statement: StatementId) -> Option<mpsc::Sender<Command>> {
        self.list().rooms.get(&statement).map(|open| open.inbox.clone())
    }

    pub fn inboxes(&self) -> Vec<mpsc::Sender<Command>> {
        self.list().rooms.values().map(|open| open.inbox.clone()).collect()
    }

    /// The room's inbox; a room that is not open is begun. `begin` starts its task and must not wait.
    pub fn open(&self, statement: StatementId, begin: impl FnOnce() -> OpenRoom) -> Attempt<mpsc::Sender<Command>> {
        let mut list = self.list();
        // A room whose task is gone without a word is opened anew.
        if let Some(open) = list.rooms.get(&statement).filter(|open| !open.inbox.is_closed()) {
            return Ok(open.inbox.clone());
        }
        if list.stopped || list.rooms.len() >= ROOMS_MAX {
            return Err(No::Busy.into());
        }
        let open = begin();
        let inbox = open.inbox.clone();
        list.rooms.insert(statement, open);
        Ok(inbox)
    }

    /// Takes a room off the list, unless somebody has just asked for it. Called by the room's own task.
    pub fn close_if_unasked(&self, statement: StatementId, inbox: &mut mpsc::Receiver<Command>) -> bool {
        let mut list = self.list();
        if !inbox.is_empty() {
            return false;
        }
        inbox.close();
        list.rooms.remove(&statement);
        true
    }

    /// Takes a room off the list at once; who asks next reads the journal anew. Called by the room's own task.
    pub fn forget(&self, statement: StatementId, inbox: &mut mpsc::Receiver<Command>) {
        let mut list = self.list();
        inbox.close();
        list.rooms.remove(&statement);
    }

    /// Empties the list for good.
    pub fn stop(&self) -> Vec<OpenRoom> {
        let mut list = self.list();
        list.stopped = true;
        list.rooms.drain().map(|(_, open)| open).collect()
    }

    fn list(&self) -> MutexGuard<'_, List> {
        // The list is whole after any panic: every change of it is a single call.
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
