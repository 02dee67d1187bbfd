//! The journal of drafts: every update that was acknowledged, in order, with who sent it.
//!
//! One thread writes for all rooms: it takes what has come, of whichever room, and commits it at once, so that many people
//! typing cost one commit. It needs no lock, and rooms only hand it entries and hear what became of them. Within that
//! transaction each statement must still be drafting, and each writer still have the right, so that a freeze or a right taken
//! away and an edit cannot miss each other; and what an entry says of suggestions is noted there. What one
//! room's entry breaks does not touch another's. Entries of a room that failed once are dropped until it is opened anew:
//! they build on what was not stored.
//!
//! The journal is whole from a draft's first entry to its last. What is old stands in it compressed ([`segments`]); whoever
//! reads it reads on over both.

mod segments;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use diesel::dsl::max;
use diesel::prelude::*;
use tokio::sync::mpsc;

use super::base::{Base, digest_of};
use super::gate::PersonKey;
use super::limits::*;
use super::review;
use super::room::{Claim, JournalEntry};
use crate::kernel::{Moment, OrganisationId, PersonId, StatementId};
use crate::mail::Post;
use crate::remarks::model::Author;
use crate::statements::{self, State};
use crate::store::{
    Attempt, Failure, Store, Tx,
    schema::{bench_drafts, draft_bases, draft_beginnings, draft_updates},
};
use crate::suggestions;
pub use segments::{each, put_away, some};

/// Whose the server's own acts are: nobody's.
pub const SERVER: PersonKey = PersonKey(0);

/// What became of a room's entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Everything up to this one is stored for good.
    Upto(u64),
    /// The statement is no longer drafting; nothing was stored.
    NotDrafting,
    Nothing,
}

/// One entry on its way.
pub struct OnItsWay {
    pub statement: StatementId,
    pub entry: JournalEntry,
    pub claim: Claim,
    pub at: Moment,
    pub from: ReturnAddress,
}

/// Where a room hears of its entries. A room has one for its whole life.
#[derive(Clone)]
pub struct ReturnAddress {
    pub heard: mpsc::Sender<Written>,
    /// Set once something of this room was not stored. Written and read by the journal's thread alone.
    pub broken: Arc<AtomicBool>,
}

/// Starts the writer. It ends when every sender is gone.
pub fn start(store: Store, post: Post) -> std::io::Result<mpsc::Sender<OnItsWay>> {
    let (queue, mut coming) = mpsc::channel::<OnItsWay>(JOURNAL_QUEUE_MAX);
    let writes = move || {
        let mut batch = Vec::new();
        while coming.blocking_recv_many(&mut batch, JOURNAL_BATCH_MAX) > 0 {
            let mut rooms: BTreeMap<StatementId, Vec<OnItsWay>> = BTreeMap::new();
            for one in batch.drain(..).filter(|one| !one.from.broken.load(Ordering::Acquire)) {
                rooms.entry(one.statement).or_default().push(one);
            }
            write(&store, &post, rooms);
        }
    };
    thread::Builder::new().name("journal".into()).spawn(writes)?;
    Ok(queue)
}

/// All rooms in one commit; if that fails, each in its own, so that one cannot spoil the others.
fn write(store: &Store, post: &Post, rooms: BTreeMap<StatementId, Vec<OnItsWay>>) {
    let written = store.write_now(|tx| rooms.values().map(|room| append(tx, post, room)).collect::<Attempt<Vec<Written>>>());
    match written {
        Ok(each) => rooms.values().zip(each).for_each(|(room, written)| tell(room, written)),
        Err(error) => {
            tracing::warn!(%error, rooms = rooms.len(), "a commit of drafts failed; each draft is tried alone");
            for room in rooms.values() {
                let written = store.write_now(|tx| append(tx, post, room)).unwrap_or_else(|error| {
                    tracing::error!(%error, entries = room.len(), "edits of a draft were not stored; its writers are sent away to come back with them");
                    Written::Nothing
                });
                tell(room, written);
            }
        }
    }
}

fn tell(room: &[OnItsWay], written: Written) {
    let Some(first) = room.first() else { return };
    if !matches!(written, Written::Upto(_)) {
        first.from.broken.store(true, Ordering::Release);
    }
    // A room that is gone has nobody left to tell.
    let _ = first.from.heard.blocking_send(written);
}

fn append(tx: &mut Tx, post: &Post, room: &[OnItsWay]) -> Attempt<Written> {
    let Some(first) = room.first() else { return Ok(Written::Nothing) };
    let statement = statements::load(tx, first.statement)?;
    if statement.state != State::Drafting {
        return Ok(Written::NotDrafting);
    }
    let writers: BTreeSet<_> = room
        .iter()
        .map(|one| (one.entry.person, one.entry.organisation, one.claim.needs))
        .filter(|(person, ..)| *person != SERVER)
        .collect();
    let now = room.last().map_or(first.at, |last| last.at);
    for (person, organisation, needs) in writers {
        let person = PersonId::from_bytes(person.0.to_be_bytes());
        if !statements::permits::writes_on(tx, &statement, person, organisation, review::needed(needs), now)? {
            tracing::info!(statement = %statement.id, "somebody lost the right to write a moment ago; a draft's writers come back without them");
            return Ok(Written::Nothing);
        }
    }
    // Whoever writes changes the statement; said to the minute, it costs next to nothing.
    if first.at > statement.updated_at.plus_seconds(CHANGE_SECONDS) {
        statements::queries::touch(tx, first.statement, first.at)?;
    }
    // What was put away is no row any more that could refuse the same number.
    if segments::head(tx, first.statement)? >= first.entry.seq {
        return Err(Failure::broken("another server writes the same draft"));
    }
    let mut last = first.entry.seq;
    for OnItsWay { statement: id, entry, claim, at, .. } in room {
        insert(tx, *id, entry, *at)?;
        let author = Author { person: Some(PersonId::from_bytes(entry.person.0.to_be_bytes())), organisation: entry.organisation };
        suggestions::noted(tx, post, &statement, suggestions::By { author, at: *at }, &claim.said)?;
        last = entry.seq;
    }
    Ok(Written::Upto(last))
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

/// The entry a draft begins with in its present shape; nothing before it has one.
pub fn beginning(tx: &mut Tx, statement: StatementId) -> Attempt<Option<u64>> {
    let seq: Option<i64> = draft_beginnings::table.find(statement).select(draft_beginnings::seq).first(tx).optional()?;
    Ok(seq.map(i64::unsigned_abs))
}

/// Writes the entry a draft begins with.
pub fn begin(tx: &mut Tx, statement: StatementId, entry: &JournalEntry, at: Moment) -> Attempt<()> {
    insert(tx, statement, entry, at)?;
    diesel::insert_into(draft_beginnings::table)
        .values((draft_beginnings::statement.eq(statement), draft_beginnings::seq.eq(entry.seq as i64)))
        .execute(tx)?;
    Ok(())
}

/// The journal of a draft from an entry on, in order.
pub fn read(tx: &mut Tx, statement: StatementId, from: u64) -> Attempt<Vec<JournalEntry>> {
    let mut entries = Vec::new();
    segments::each(tx, statement, from, |kept| entries.push(kept.entry))?;
    Ok(entries)
}

/// The stored base of a draft, if it is what was stored and the journal goes as far.
pub fn base(tx: &mut Tx, statement: StatementId) -> Attempt<Option<Base>> {
    type Row = (i64, Vec<u8>, Vec<u8>, Vec<u8>);
    let columns = (draft_bases::upto, draft_bases::body, draft_bases::owners, draft_bases::digest);
    let row: Option<Row> = draft_bases::table.find(statement).select(columns).first(tx).optional()?;
    let Some((upto, body, owners, digest)) = row else { return Ok(None) };
    let upto = upto.unsigned_abs();
    let base = Base::read(statement, upto, body, &owners, &digest);
    if base.is_none() || head(tx, statement)? < upto {
        tracing::warn!(%statement, "the stored base of a draft is not what was stored; its journal is read instead");
        return Ok(None);
    }
    Ok(base)
}

/// How far the stored base of a draft goes, if there is one that can be read.
pub fn base_upto(tx: &mut Tx, statement: StatementId) -> Attempt<Option<u64>> {
    Ok(base(tx, statement)?.map(|base| base.upto))
}

/// Stores a base, unless one that can be read and goes as far is there.
pub fn keep_base(tx: &mut Tx, statement: StatementId, base: &Base) -> Attempt<()> {
    if self::base(tx, statement)?.is_some_and(|stored| stored.upto >= base.upto) {
        return Ok(());
    }
    let owners = base.owners_written();
    let digest = digest_of(statement, base.upto, &base.body, &owners);
    diesel::delete(draft_bases::table.find(statement)).execute(tx)?;
    diesel::insert_into(draft_bases::table)
        .values((
            draft_bases::statement.eq(statement),
            draft_bases::upto.eq(base.upto as i64),
            draft_bases::body.eq(base.body.as_ref()),
            draft_bases::owners.eq(owners),
            draft_bases::digest.eq(digest),
        ))
        .execute(tx)?;
    Ok(())
}

/// Takes a base away that turned out to be of no use.
pub fn drop_base(tx: &mut Tx, statement: StatementId) -> Attempt<()> {
    diesel::delete(draft_bases::table.find(statement)).execute(tx)?;
    Ok(())
}

/// Makes a draft one for measuring.
pub fn set_bench(tx: &mut Tx, statement: StatementId) -> Attempt<()> {
    diesel::insert_into(bench_drafts::table).values(bench_drafts::statement.eq(statement)).execute(tx)?;
    Ok(())
}

/// Whether a draft is one for measuring.
pub fn is_bench(tx: &mut Tx, statement: StatementId) -> Attempt<bool> {
    let found: i64 = bench_drafts::table.filter(bench_drafts::statement.eq(statement)).count().get_result(tx)?;
    Ok(found > 0)
}

/// The last entry, and when it was written. It always stands in a row: only what is far behind a base is put away.
pub fn newest(tx: &mut Tx, statement: StatementId) -> Attempt<Option<(u64, Moment)>> {
    let last = draft_updates::table.filter(draft_updates::statement.eq(statement)).order(draft_updates::seq.desc());
    let row: Option<(i64, Moment)> = last.select((draft_updates::seq, draft_updates::at)).first(tx).optional()?;
    Ok(row.map(|(seq, at)| (seq.unsigned_abs(), at)))
}

/// When the first row behind an entry was written.
pub fn moment_behind(tx: &mut Tx, statement: StatementId, seq: u64) -> Attempt<Option<Moment>> {
    let behind = draft_updates::statement.eq(statement).and(draft_updates::seq.gt(seq as i64));
    Ok(draft_updates::table.filter(behind).order(draft_updates::seq).select(draft_updates::at).first(tx).optional()?)
}

/// In whose name somebody last wrote in a draft, and when; nothing while nobody has. What was just written is no segment yet.
pub fn last_written(tx: &mut Tx, statement: StatementId) -> Attempt<Option<(Option<OrganisationId>, Moment)>> {
    Ok(draft_updates::table
        .filter(draft_updates::statement.eq(statement))
        .filter(draft_updates::person.ne(PersonId::from_bytes(SERVER.0.to_be_bytes())))
        .order(draft_updates::seq.desc())
        .select((draft_updates::organisation, draft_updates::at))
        .first(tx)
        .optional()?)
}

/// The number of the last entry, 0 for an empty journal.
pub fn head(tx: &mut Tx, statement: StatementId) -> Attempt<u64> {
    let last: Option<i64> =
        draft_updates::table.filter(draft_updates::statement.eq(statement)).select(max(draft_updates::seq)).first(tx)?;
    Ok(segments::head(tx, statement)?.max(last.unwrap_or(0).unsigned_abs()))
}
