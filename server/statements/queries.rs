//! Statements in SQL.

use crate::statements::limits;
use diesel::prelude::*;

use super::model::{Edition, State, Statement, What};
use crate::{
    kernel::{ActId, EditionId, Moment, OrganisationId, PersonId, StatementId},
    store::{
        Attempt, DB, Failure, Tx,
        columns::columns,
        schema::{acts, editions, organisations, people, statement_drafters, statements},
    },
};

type StatementRow = (StatementId, String, String, String, State, i32, Moment);
columns!(STATEMENT = statements { id, title, language, forum, state, revisions, updated_at });

fn statement((id, title, language, forum, state, revisions, updated_at): StatementRow) -> Statement {
    Statement { id, title, language, forum, state, revisions, updated_at }
}

pub(super) fn insert(tx: &mut Tx, row: &Statement, by: PersonId, now: Moment) -> Attempt<()> {
    diesel::insert_into(statements::table)
        .values((
            statements::id.eq(row.id),
            statements::title.eq(&row.title),
            statements::language.eq(&row.language),
            statements::forum.eq(&row.forum),
            statements::state.eq(row.state),
            statements::revisions.eq(row.revisions),
            statements::created_by.eq(by),
            statements::created_at.eq(now),
            statements::updated_at.eq(now),
        ))
        .execute(tx)?;
    Ok(())
}

pub fn by_id(tx: &mut Tx, id: StatementId) -> Attempt<Option<Statement>> {
    let row: Option<StatementRow> = statements::table.find(id).select(STATEMENT).first(tx).optional()?;
    Ok(row.map(statement))
}

/// Statements, last changed first. `among` narrows them to those these organisations write, or that are published.
pub(super) fn list(tx: &mut Tx, among: Option<&[OrganisationId]>) -> Attempt<Vec<Statement>> {
    let mut ask = statements::table.select(STATEMENT).into_boxed::<DB>();
    if let Some(organisations) = among {
        let written = statement_drafters::table
            .filter(statement_drafters::organisation.eq_any(organisations.to_vec()))
            .select(statement_drafters::statement);
        ask = ask.filter(statements::state.eq(State::Published).or(statements::id.eq_any(written)));
    }
    let rows: Vec<StatementRow> =
        ask.order((statements::updated_at.desc(), statements::id.desc())).limit(limits::STATEMENTS_MAX as i64).load(tx)?;
    Ok(rows.into_iter().map(statement).collect())
}

/// Moves a statement on. The present state is part of the condition, so that two writers cannot both move it.
pub(super) fn set_state(tx: &mut Tx, row: &Statement, state: State, revisions: i32, now: Moment) -> Attempt<()> {
    let moved = diesel::update(statements::table.filter(statements::id.eq(row.id)).filter(statements::state.eq(row.state)))
        .set((statements::state.eq(state), statements::revisions.eq(revisions), statements::updated_at.eq(now)))
        .execute(tx)?;
    if moved == 1 { Ok(()) } else { Err(Failure::broken("a statement changed while it was being moved on")) }
}

pub fn drafter_ids(tx: &mut Tx, id: StatementId) -> Attempt<Vec<OrganisationId>> {
    Ok(statement_drafters::table
        .filter(statement_drafters::statement.eq(id))
        .order(statement_drafters::organisation)
        .select(statement_drafters::organisation)
        .load(tx)?)
}

pub(super) fn set_drafters(tx: &mut Tx, id: StatementId, wanted: &[OrganisationId]) -> Attempt<()> {
    diesel::delete(statement_drafters::table.filter(statement_drafters::statement.eq(id))).execute(tx)?;
    for organisation in wanted {
        diesel::insert_into(statement_drafters::table)
            .values((statement_drafters::statement.eq(id), statement_drafters::organisation.eq(*organisation)))
            .execute(tx)?;
    }
    Ok(())
}

type EditionRow = (EditionId, StatementId, String, i32, String, String, String, Vec<u8>, i32, Moment);
columns!(EDITION = editions { id, statement, label, revision, title, language, canonical, digest, words, frozen_at });

fn edition((id, statement, label, revision, title, language, canonical, digest, words, frozen_at): EditionRow) -> Attempt<Edition> {
    let digest = digest.try_into().map_err(|_| Failure::broken("an edition's digest has not 32 bytes"))?;
    Ok(Edition { id, statement, label, revision, title, language, canonical, digest, words, frozen_at })
}

pub(super) fn insert_edition(tx: &mut Tx, row: &Edition, by: PersonId) -> Attempt<()> {
    diesel::insert_into(editions::table)
        .values((
            editions::id.eq(row.id),
            editions::statement.eq(row.statement),
            editions::label.eq(&row.label),
            editions::revision.eq(row.revision),
            editions::title.eq(&row.title),
            editions::language.eq(&row.language),
            editions::canonical.eq(&row.canonical),
            editions::digest.eq(row.digest.to_vec()),
            editions::words.eq(row.words),
            editions::frozen_at.eq(row.frozen_at),
            editions::frozen_by.eq(by),
        ))
        .execute(tx)?;
    Ok(())
}

pub fn edition_by_id(tx: &mut Tx, id: EditionId) -> Attempt<Option<Edition>> {
    let row: Option<EditionRow> = editions::table.find(id).select(EDITION).first(tx).optional()?;
    row.map(edition).transpose()
}

/// The newest edition of a statement.
pub fn newest_edition(tx: &mut Tx, id: StatementId) -> Attempt<Option<Edition>> {
    let row: Option<EditionRow> =
        editions::table.filter(editions::statement.eq(id)).order(editions::revision.desc()).select(EDITION).first(tx).optional()?;
    row.map(edition).transpose()
}

/// An edition without its text, for lists.
pub struct EditionLine {
    pub id: EditionId,
    pub label: String,
    pub title: String,
    pub digest: Vec<u8>,
    pub frozen_at: Moment,
}

/// The editions of a statement without their texts, newest first.
pub fn edition_lines(tx: &mut Tx, id: StatementId) -> Attempt<Vec<EditionLine>> {
    columns!(LINE = editions { id, label, title, digest, frozen_at });
    let rows: Vec<(EditionId, String, String, Vec<u8>, Moment)> =
        editions::table.filter(editions::statement.eq(id)).order(editions::revision.desc()).select(LINE).load(tx)?;
    Ok(rows.into_iter().map(|(id, label, title, digest, frozen_at)| EditionLine { id, label, title, digest, frozen_at }).collect())
}

pub(super) fn insert_act(tx: &mut Tx, statement: StatementId, entry: &super::actions::HistoryLine<'_>, now: Moment) -> Attempt<()> {
    diesel::insert_into(acts::table)
        .values((
            acts::id.eq(ActId::new()),
            acts::statement.eq(statement),
            acts::at.eq(now),
            acts::person.eq(entry.person),
            acts::organisation.eq(entry.organisation),
            acts::what.eq(entry.what),
            acts::detail.eq(entry.detail),
        ))
        .execute(tx)?;
    Ok(())
}

/// One line of a history: when, who, for which organisation, what, and a detail for the sentence.
pub struct ActRow {
    pub at: Moment,
    pub person: Option<String>,
    pub organisation: Option<String>,
    pub what: What,
    pub detail: String,
}

pub(super) fn acts(tx: &mut Tx, id: StatementId) -> Attempt<Vec<ActRow>> {
    let rows: Vec<(Moment, Option<String>, Option<String>, What, String)> = acts::table
        .left_join(people::table.on(acts::person.eq(people::id.nullable())))
        .left_join(organisations::table.on(acts::organisation.eq(organisations::id.nullable())))
        .filter(acts::statement.eq(id))
        .order((acts::at.desc(), acts::id.desc()))
        .limit(limits::ACTS_MAX as i64)
        .select((acts::at, people::name.nullable(), organisations::name.nullable(), acts::what, acts::detail))
        .load(tx)?;
    Ok(rows.into_iter().map(|(at, person, organisation, what, detail)| ActRow { at, person, organisation, what, detail }).collect())
}

/// Whether no statement was ever started here.
pub fn none_yet(tx: &mut Tx) -> Attempt<bool> {
    Ok(statements::table.count().get_result::<i64>(tx)? == 0)
}
