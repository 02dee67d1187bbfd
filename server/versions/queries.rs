//! Versions in SQL.

use diesel::prelude::*;

use super::limits::VERSIONS_SHOWN_MAX;
use super::model::{Line, Version, VersionKind, Writers};
use crate::{
    kernel::{Moment, PersonId, StatementId, VersionId},
    store::{Attempt, Tx, columns::row, schema::versions},
};

row!(LineRow of versions {
    id: VersionId,
    statement: StatementId,
    upto: i64,
    kind: VersionKind,
    name: Option<String>,
    at: Moment,
    restores: Option<VersionId>,
    writers: String,
    digest: Vec<u8>,
    words: i32,
    words_in: i32,
    words_out: i32,
});

fn line(row: LineRow) -> Line {
    let LineRow { id, statement, upto, kind, name, at, restores, writers, digest, words, words_in, words_out } = row;
    let (upto, writers) = (upto.unsigned_abs(), Writers::read(&writers));
    Line { id, statement, upto, kind, name, at, restores, writers, digest, words, words_in, words_out }
}

pub(super) fn insert(tx: &mut Tx, version: &Version, by: Option<PersonId>, now: Moment) -> Attempt<()> {
    let Version { line, canonical } = version;
    diesel::insert_into(versions::table)
        .values((
            versions::id.eq(line.id),
            versions::statement.eq(line.statement),
            versions::upto.eq(line.upto as i64),
            versions::kind.eq(line.kind),
            versions::name.eq(&line.name),
            versions::at.eq(line.at),
            versions::kept_at.eq(now),
            versions::made_by.eq(by),
            versions::restores.eq(line.restores),
            versions::writers.eq(line.writers.written()),
            versions::canonical.eq(canonical),
            versions::digest.eq(&line.digest),
            versions::words.eq(line.words),
            versions::words_in.eq(line.words_in),
            versions::words_out.eq(line.words_out),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn set_name(tx: &mut Tx, id: VersionId, name: &str, by: PersonId) -> Attempt<()> {
    diesel::update(versions::table.find(id)).set((versions::name.eq(name), versions::made_by.eq(by))).execute(tx)?;
    Ok(())
}

pub fn by_id(tx: &mut Tx, id: VersionId) -> Attempt<Option<Version>> {
    let row: Option<(LineRow, String)> =
        versions::table.find(id).select((LineRow::as_select(), versions::canonical)).first(tx).optional()?;
    Ok(row.map(|(row, canonical)| Version { line: line(row), canonical }))
}

/// The version with the last entry in it.
pub fn newest(tx: &mut Tx, statement: StatementId) -> Attempt<Option<Version>> {
    let row: Option<(LineRow, String)> = versions::table
        .filter(versions::statement.eq(statement))
        .order(versions::upto.desc())
        .select((LineRow::as_select(), versions::canonical))
        .first(tx)
        .optional()?;
    Ok(row.map(|(row, canonical)| Version { line: line(row), canonical }))
}

/// The last entry in any version, 0 where there is none.
pub fn kept_upto(tx: &mut Tx, statement: StatementId) -> Attempt<u64> {
    let last: Option<i64> = versions::table
        .filter(versions::statement.eq(statement))
        .order(versions::upto.desc())
        .select(versions::upto)
        .first(tx)
        .optional()?;
    Ok(last.unwrap_or(0).unsigned_abs())
}

/// The version that was brought back last.
pub fn last_restored(tx: &mut Tx, statement: StatementId) -> Attempt<Option<VersionId>> {
    Ok(versions::table
        .filter(versions::statement.eq(statement).and(versions::kind.eq(VersionKind::Restored)))
        .order(versions::upto.desc())
        .select(versions::id)
        .first(tx)
        .optional()?)
}

/// Newest first, without their texts.
pub(super) fn list(tx: &mut Tx, statement: StatementId) -> Attempt<Vec<Line>> {
    let rows: Vec<LineRow> = versions::table
        .filter(versions::statement.eq(statement))
        .order(versions::upto.desc())
        .limit(VERSIONS_SHOWN_MAX)
        .select(LineRow::as_select())
        .load(tx)?;
    Ok(rows.into_iter().map(line).collect())
}

pub(super) fn count(tx: &mut Tx, statement: StatementId) -> Attempt<i64> {
    Ok(versions::table.filter(versions::statement.eq(statement)).count().get_result(tx)?)
}

/// How many were kept by themselves since a moment, and when the last.
pub(super) fn kept_since(tx: &mut Tx, statement: StatementId, since: Moment) -> Attempt<(i64, Option<Moment>)> {
    let by_itself = versions::statement
        .eq(statement)
        .and(versions::kind.eq_any([VersionKind::Session, VersionKind::Loss]))
        .and(versions::kept_at.ge(since));
    let kept = versions::table.filter(by_itself).order(versions::kept_at.desc()).select(versions::kept_at);
    let all: Vec<Moment> = kept.load(tx)?;
    Ok((all.len() as i64, all.first().copied()))
}
