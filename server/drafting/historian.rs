//! Keeps versions of drafts by itself, beside everything else: after every session of work, and before much was taken out.
//!
//! It reads what is stored and asks a worker; rooms go on, and nobody waits for it. Rooms tell it of losses and of being put
//! away; for what nobody told it of, a sweep looks at the journals: when nobody has written for half an hour, or when a session goes on
//! for hours. So what a server that was killed did not keep is kept by the next one.
//!
//! What cannot be kept now (a worker is busy, the database is away) is tried by the next sweep. What was looked at and needs no version
//! is remembered, and looked at again when somebody has written.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;

use super::limits::*;
use super::worker::{Worker, WorkerRefusal};
use super::{journal, past};
use crate::http::Here;
use crate::kernel::{Moment, StatementId};
use crate::statements::{self, State};
use crate::store::{Attempt, Failure};
use crate::text::from_draft;
use crate::versions::{self, Kept, VersionKind};

/// Clones share it.
#[derive(Clone)]
pub struct Historian {
    told: mpsc::Sender<Due>,
    shell: Here,
    worker: Worker,
    /// Up to which entry a draft needs no other version.
    looked: Arc<Mutex<HashMap<StatementId, u64>>>,
}

/// A text to keep: what it said at an entry.
struct Due {
    statement: StatementId,
    upto: u64,
    why: Why,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Much was taken out after it.
    Loss,
    /// Nobody is in the room any more; they may be back in a minute.
    PutAway,
    SessionOver,
}

impl Historian {
    /// Starts the task. It ends when every clone is gone.
    pub fn start(shell: Here, worker: Worker) -> Historian {
        let (told, mut coming) = mpsc::channel(HISTORIAN_QUEUE_MAX);
        let (of_task, own) = (told.downgrade(), (shell.clone(), worker.clone()));
        let looked = Arc::<Mutex<HashMap<StatementId, u64>>>::default();
        let shared = looked.clone();
        tokio::spawn(async move {
            while let Some(due) = coming.recv().await {
                let Some(told) = of_task.upgrade() else { return };
                let historian = Historian { told, shell: own.0.clone(), worker: own.1.clone(), looked: shared.clone() };
                historian.keeps_or_tells(&due).await;
            }
        });
        Historian { told, shell, worker, looked }
    }

    pub fn keeps_before_loss(&self, statement: StatementId, upto: u64) {
        // Where too many wait, the session's version has to do.
        let _ = self.told.try_send(Due { statement, upto, why: Why::Loss });
    }

    pub fn is_put_away(&self, statement: StatementId, upto: u64) {
        let _ = self.told.try_send(Due { statement, upto, why: Why::PutAway });
    }

    /// Keeps what nobody told of.
    pub async fn sweep(&self) -> Attempt<()> {
        let now = self.shell.clock.now();
        let looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let due = self.shell.store.read(move |tx| {
            let mut due = Vec::new();
            for statement in statements::queries::drafting(tx)? {
                let known = versions::queries::kept_upto(tx, statement)?.max(looked.get(&statement).copied().unwrap_or(0));
                let Some((head, last)) = journal::newest(tx, statement)?.filter(|(head, _)| *head > known) else { continue };
                let rests = last.plus_seconds(SESSION_GAP_SECONDS) <= now;
                let is_long = |first: Moment| first.plus_seconds(SESSION_SECONDS_MAX) <= now;
                if rests || journal::moment_behind(tx, statement, known)?.is_some_and(is_long) {
                    due.push(Due { statement, upto: head, why: Why::SessionOver });
                }
            }
            Ok(due)
        });
        for due in due.await? {
            self.keeps_or_tells(&due).await;
        }
        Ok(())
    }

    async fn keeps_or_tells(&self, due: &Due) {
        if let Err(error) = self.keeps(due).await {
            tracing::warn!(statement = %due.statement, ?error, "the text of a draft was not kept as a version; it is tried again");
        }
    }

    async fn keeps(&self, due: &Due) -> Attempt<()> {
        let Due { statement: id, upto, why } = *due;
        let now = self.shell.clock.now();
        let found = self.shell.store.read(move |tx| {
            let statement = statements::load(tx, id)?;
            let newest = versions::queries::newest(tx, id)?.map(|newest| newest.line);
            let kept = newest.as_ref().map_or(0, |newest| newest.upto);
            if statement.state != State::Drafting || kept >= upto {
                return Ok(Err(Nothing::ToKeep));
            }
            let Some(stretch) = past::stretch(tx, id, kept, upto)? else { return Ok(Err(Nothing::ToKeep)) };
            if !stretch.is_work && why != Why::Loss {
                return Ok(Err(Nothing::ToKeep));
            }
            if versions::actions::is_too_soon(tx, id, now)? {
                return Ok(Err(Nothing::YetToKeep));
            }
            // Who goes and comes back in a minute is at the same session's work.
            if why == Why::PutAway && newest.is_some_and(|newest| newest.at.plus_seconds(SESSION_GAP_SECONDS) > stretch.at) {
                return Ok(Err(Nothing::YetToKeep));
            }
            Ok(past::at(tx, id, upto)?.map(|parts| (statement.language, stretch, parts)).ok_or(Nothing::ToKeep))
        });
        let (language, stretch, parts) = match found.await? {
            Ok(found) => found,
            Err(Nothing::YetToKeep) => return Ok(()),
            Err(Nothing::ToKeep) => {
                self.needs_no_other(id, upto);
                return Ok(());
            }
        };
        let draft = match self.worker.project(&parts).await {
            Ok(draft) => draft,
            Err(WorkerRefusal::Busy) => return Err(Failure::broken(WorkerRefusal::Busy)),
            Err(refusal) => {
                // Whatever it was will be so the next time.
                self.needs_no_other(id, upto);
                return Err(Failure::broken(refusal));
            }
        };
        let text = tokio::task::spawn_blocking(move || from_draft::settle(&draft, &language).text).await.map_err(Failure::broken)?;
        let kind = if why == Why::Loss { VersionKind::Loss } else { VersionKind::Session };
        let kept = Kept { kind, text, upto, at: stretch.at, writers: stretch.writers, name: None, restores: None, by: None };
        let is_kept = self.shell.store.write(move |tx| versions::actions::keep_by_itself(tx, id, kept.clone(), now));
        if is_kept.await? {
            tracing::debug!(statement = %id, upto, "the text of a draft is kept as a version");
        } else {
            tracing::warn!(statement = %id, upto, "the text of a draft is not kept as a version: it is too long, or has too many of them");
        }
        self.needs_no_other(id, upto);
        Ok(())
    }

    fn needs_no_other(&self, statement: StatementId, upto: u64) {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let known = looked.entry(statement).or_default();
        *known = (*known).max(upto);
    }
}

/// Why nothing is kept.
enum Nothing {
    ToKeep,
    YetToKeep,
}
