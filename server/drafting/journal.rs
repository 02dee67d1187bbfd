//! The journal of drafts: every update that was acknowledged, in order, with who sent it.
//!
//! One writer takes what waits, of all rooms, and commits it at once: many people typing cost one commit. Within that
//! transaction each statement must still be drafting, so that a freeze and an edit cannot miss each other. What one
//! room's entry breaks does not touch another's. Entries of a room that failed once are dropped until it is opened anew:
//! they build on what was not stored.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::dsl::max;
use diesel::prelude::*;
use tokio::sync::mpsc;

use super::gate::PersonKey;
use super::limits::*;
use super::room::JournalEntry;
use crate::kernel::{Moment, OrganisationId, PersonId, StatementId};
use crate::statements::{self, State};
use crate::store::{Attempt, Store, Tx, schema::draft_updates};

/// What became of a room's entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything up to this one is stored for good.
    Committed(u64),
    /// The statement is no longer drafting; nothing was stored.
    NotDrafting,
    /// Nothing was stored.
    Failed,
}

/// One entry on its way.
pub struct Waiting {
    pub statement: StatementId,
    pub entry: JournalEntry,
    pub at: Moment,
    pub room: Writer,
}

/// Where a room hears of its entries. A room has one for its whole life.
#[derive(Clone)]
pub struct Writer {
    pub heard: mpsc::Sender<Outcome>,
    /// Set once something of this room was not stored.
    pub broken: Arc<AtomicBool>,
}

/// Starts the writer. It ends when every sender is gone.
pub fn start(store: Store) -> mpsc::Sender<Waiting> {
    let (queue, mut waiting) = mpsc::channel::<Waiting>(JOURNAL_QUEUE_MAX);
    tokio::spawn(async move {
        let mut batch = Vec::new();
        while waiting.recv_many(&mut batch, JOURNAL_BATCH_MAX).await > 0 {
            let mut rooms: BTreeMap<StatementId, Vec<Waiting>> = BTreeMap::new();
            for one in batch.drain(..).filter(|one| !one.room.broken.load(Ordering::Acquire)) {
                rooms.entry(one.statement).or_default().push(one);
            }
            write(&store, rooms).await;
        }
    });
    queue
}

/// All rooms in one commit; if that fails, each in its own, so that one cannot spoil the others.
async fn write(store: &Store, rooms: BTreeMap<StatementId, Vec<Waiting>>) {
    let all: Vec<Arc<Vec<Waiting>>> = rooms.into_values().map(Arc::new).collect();
    let together = all.clone();
    let outcome = store.write(move |tx| together.iter().map(|room| append(tx, room)).collect::<Attempt<Vec<Outcome>>>()).await;
    match outcome {
        Ok(outcomes) => {
            for (room, outcome) in all.iter().zip(outcomes) {
                tell(room, outcome).await;
            }
        }
        Err(error) => {
            tracing::warn!(%error, rooms = all.len(), "a commit of drafts failed; each draft is tried alone");
            for room in &all {
                let alone = room.clone();
                let outcome = store.write(move |tx| append(tx, &alone)).await.unwrap_or_else(|error| {
                    tracing::error!(%error, entries = room.len(), "edits of a draft were not stored; its writers are sent away to come back with them");
                    Outcome::Failed
                });
                tell(room, outcome).await;
            }
        }
    }
}

async fn tell(room: &[Waiting], outcome: Outcome) {
    let Some(first) = room.first() else { return };
    if !matches!(outcome, Outcome::Committed(_)) {
        first.room.broken.store(true, Ordering::Release);
    }
    // A room that is gone has nobody left to tell.
    let _ = first.room.heard.send(outcome).await;
}

fn append(tx: &mut Tx, room: &[Waiting]) -> Attempt<Outcome> {
    let Some(first) = room.first() else { return Ok(Outcome::Failed) };
    let statement = statements::load(tx, first.statement)?;
    if statement.state != State::Drafting {
        return Ok(Outcome::NotDrafting);
    }
    // Whoever writes changes the statement; said to the minute, it costs next to nothing.
    if first.at > statement.updated_at.plus_seconds(CHANGE_SECONDS) {
        statements::queries::touch(tx, first.statement, first.at)?;
    }
    let mut last = first.entry.seq;
    for Waiting { statement, entry, at, .. } in room {
        insert(tx, *statement, entry, *at)?;
        last = entry.seq;
    }
    Ok(Outcome::Committed(last))
}

/// Writes one entry. A number that is taken (another server writes the same draft) is an error of the database.
pub fn insert(tx: &mut Tx, statement: StatementId, entry: &JournalEntry, at: Moment) -> Attempt<()> {
    diesel::insert_into(draft_updates::table)
        .values((
            draft_updates::statement.eq(statement),
            draft_updates::seq.eq(entry.seq as i64),
            draft_updates::person.eq(PersonId::from_bytes(entry.person.0.to_be_bytes())),
            draft_updates::organisation.eq(entry.organisation),
            draft_updates::body.eq(entry.update.as_ref()),
            draft_updates::at.eq(at),
        ))
        .execute(tx)?;
    Ok(())
}

/// The whole journal of a draft, in order.
pub fn read(tx: &mut Tx, statement: StatementId) -> Attempt<Vec<JournalEntry>> {
    let rows: Vec<(i64, PersonId, Option<OrganisationId>, Vec<u8>)> = draft_updates::table
        .filter(draft_updates::statement.eq(statement))
        .order(draft_updates::seq)
        .select((draft_updates::seq, draft_updates::person, draft_updates::organisation, draft_updates::body))
        .load(tx)?;
    let entry = |(seq, person, organisation, body): (i64, PersonId, _, Vec<u8>)| JournalEntry {
        seq: seq.unsigned_abs(),
        person: PersonKey(person.number()),
        organisation,
        update: body.into(),
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// The number of the last entry, 0 for an empty journal.
pub fn head(tx: &mut Tx, statement: StatementId) -> Attempt<u64> {
    let last: Option<i64> =
        draft_updates::table.filter(draft_updates::statement.eq(statement)).select(max(draft_updates::seq)).first(tx)?;
    Ok(last.unwrap_or(0).unsigned_abs())
}
