//! The journal's old stretches: where they are put away, and where they are read again.
//!
//! Whoever reads the journal reads here, and cannot tell a segment from rows. A stretch is put away in one transaction with
//! the deletion of its rows: there is no moment at which an entry stands twice or nowhere.

use diesel::prelude::*;

use super::super::gate::PersonKey;
use super::super::limits::*;
use super::super::room::JournalEntry;
use super::super::segment::{Kept, Segment, Writer};
use crate::kernel::{Moment, OrganisationId, PersonId, StatementId};
use crate::store::{
    Attempt, Failure, Tx,
    schema::{draft_segment_writers, draft_segments, draft_updates},
};

diesel::define_sql_function! {
    /// Bytes of a body; both databases know it without reading them.
    fn length(body: diesel::sql_types::Binary) -> diesel::sql_types::Integer;
}

/// Puts the oldest entries away that are a whole segment and stand well before a base up to `upto`. Answers whether there
/// were so many.
pub fn put_away(tx: &mut Tx, statement: StatementId, upto: u64) -> Attempt<bool> {
    let last = upto.saturating_sub(SEGMENT_BEHIND_BASE) as i64;
    let of_it = draft_updates::statement.eq(statement).and(draft_updates::seq.le(last));
    // Bodies are read once it is known that they are few enough.
    let sizes: Vec<(i64, i32)> = draft_updates::table
        .filter(of_it)
        .order(draft_updates::seq)
        .limit(SEGMENT_ENTRIES_MAX as i64)
        .select((draft_updates::seq, length(draft_updates::body)))
        .load(tx)?;
    let mut bytes = 0;
    let fit = sizes.iter().take_while(|(_, size)| {
        bytes += size.unsigned_abs() as usize;
        bytes <= SEGMENT_BYTES_MAX
    });
    // One that is larger than a segment is one by itself.
    let fitting = fit.count().max(1);
    let is_whole = fitting == SEGMENT_ENTRIES_MAX || fitting < sizes.len();
    let (Some((first, _)), Some((last, _)), true) = (sizes.first(), sizes.get(fitting - 1), is_whole) else { return Ok(false) };

    let stretch = rows(tx, statement, *first, *last)?;
    let Some(segment) = Segment::of(statement, &stretch).map_err(Failure::broken)? else { return Ok(false) };
    keep(tx, statement, &segment)?;
    let gone = draft_updates::statement.eq(statement).and(draft_updates::seq.between(*first, *last));
    let deleted = diesel::delete(draft_updates::table.filter(gone)).execute(tx)?;
    if deleted == stretch.len() { Ok(true) } else { Err(Failure::broken("other entries were put away than were deleted")) }
}

/// Hands over the journal of a draft from an entry on, in order, with no more in memory than one segment or what has not been put away.
pub fn each(tx: &mut Tx, statement: StatementId, from: u64, mut take: impl FnMut(Kept)) -> Attempt<()> {
    let known: Vec<(i64, i64)> = draft_segments::table
        .filter(draft_segments::statement.eq(statement).and(draft_segments::upto.ge(from as i64)))
        .order(draft_segments::since)
        .select((draft_segments::since, draft_segments::upto))
        .load(tx)?;
    for (since, upto) in known {
        let entries = load(tx, statement, since, upto)?.entries(statement).map_err(Failure::broken)?;
        entries.into_iter().filter(|kept| kept.entry.seq >= from).for_each(&mut take);
    }
    rows(tx, statement, from as i64, i64::MAX)?.into_iter().for_each(take);
    Ok(())
}

/// Entries of a draft from one on, in order: as many as one segment holds at most, so that whoever reads a long journal leaves it in between.
/// None where there are no more.
pub fn some(tx: &mut Tx, statement: StatementId, from: u64) -> Attempt<Vec<Kept>> {
    let holds = draft_segments::statement.eq(statement).and(draft_segments::upto.ge(from as i64));
    let segment: Option<(i64, i64)> = draft_segments::table
        .filter(holds)
        .order(draft_segments::since)
        .select((draft_segments::since, draft_segments::upto))
        .first(tx)
        .optional()?;
    if let Some((since, upto)) = segment {
        let entries = load(tx, statement, since, upto)?.entries(statement).map_err(Failure::broken)?;
        return Ok(entries.into_iter().filter(|kept| kept.entry.seq >= from).collect());
    }
    let following: Vec<i64> = draft_updates::table
        .filter(draft_updates::statement.eq(statement).and(draft_updates::seq.ge(from as i64)))
        .order(draft_updates::seq)
        .limit(SEGMENT_ENTRIES_MAX as i64)
        .select(draft_updates::seq)
        .load(tx)?;
    following.last().map_or(Ok(Vec::new()), |last| rows(tx, statement, from as i64, *last))
}

/// The last entry that was put away, 0 where none was.
pub fn head(tx: &mut Tx, statement: StatementId) -> Attempt<u64> {
    let last: Option<i64> = draft_segments::table
        .filter(draft_segments::statement.eq(statement))
        .order(draft_segments::since.desc())
        .select(draft_segments::upto)
        .first(tx)
        .optional()?;
    Ok(last.unwrap_or(0).unsigned_abs())
}

fn rows(tx: &mut Tx, statement: StatementId, first: i64, last: i64) -> Attempt<Vec<Kept>> {
    let rows: Vec<(i64, PersonId, Option<OrganisationId>, Vec<u8>, Moment)> = draft_updates::table
        .filter(draft_updates::statement.eq(statement).and(draft_updates::seq.between(first, last)))
        .order(draft_updates::seq)
        .select((draft_updates::seq, draft_updates::person, draft_updates::organisation, draft_updates::body, draft_updates::at))
        .load(tx)?;
    let kept = |(seq, person, organisation, body, at): (i64, PersonId, _, Vec<u8>, _)| {
        let (seq, person) = (seq.unsigned_abs(), PersonKey(person.number()));
        Kept { entry: JournalEntry { seq, person, organisation, update: body.into() }, at }
    };
    Ok(rows.into_iter().map(kept).collect())
}

fn keep(tx: &mut Tx, statement: StatementId, segment: &Segment) -> Attempt<()> {
    let since = segment.since as i64;
    diesel::insert_into(draft_segments::table)
        .values((
            draft_segments::statement.eq(statement),
            draft_segments::since.eq(since),
            draft_segments::upto.eq(segment.upto as i64),
            draft_segments::body.eq(&segment.body),
            draft_segments::digest.eq(&segment.digest),
        ))
        .execute(tx)?;
    for (number, (person, organisation)) in segment.writers.iter().enumerate() {
        diesel::insert_into(draft_segment_writers::table)
            .values((
                draft_segment_writers::statement.eq(statement),
                draft_segment_writers::since.eq(since),
                draft_segment_writers::number.eq(number as i64),
                draft_segment_writers::person.eq(PersonId::from_bytes(person.0.to_be_bytes())),
                draft_segment_writers::organisation.eq(*organisation),
            ))
            .execute(tx)?;
    }
    Ok(())
}

fn load(tx: &mut Tx, statement: StatementId, since: i64, upto: i64) -> Attempt<Segment> {
    let (body, digest): (Vec<u8>, Vec<u8>) =
        draft_segments::table.find((statement, since)).select((draft_segments::body, draft_segments::digest)).first(tx)?;
    let writers: Vec<(PersonId, Option<OrganisationId>)> = draft_segment_writers::table
        .filter(draft_segment_writers::statement.eq(statement).and(draft_segment_writers::since.eq(since)))
        .order(draft_segment_writers::number)
        .select((draft_segment_writers::person, draft_segment_writers::organisation))
        .load(tx)?;
    let writers: Vec<Writer> = writers.into_iter().map(|(person, organisation)| (PersonKey(person.number()), organisation)).collect();
    Ok(Segment { since: since.unsigned_abs(), upto: upto.unsigned_abs(), body, digest, writers })
}

#[cfg(test)]
mod tests;
