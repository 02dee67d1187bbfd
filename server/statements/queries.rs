//! Statements in SQL.

use crate::statements::limits;
use diesel::prelude::*;

use super::model::{Edition, HistoryLine, May, State, Statement, What, Writer};
use crate::{
    kernel::{ActId, EditionId, Moment, OrganisationId, PersonId, StatementId},
    store::{
        Attempt, DB, Failure, Tx,
        columns::row,
        schema::{acts, editions, organisations, people, statement_drafters, statements, writers},
    },
};

row!(StatementRow of statements as Statement {
    id: StatementId,
    title: String,
    language: String,
    forum: String,
    state: State,
    revisions: i32,
    updated_at: Moment,
    remarks_until: Option<Moment>,
    words_max: Option<i32>,
    words_with_notes: bool,
});

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
    let row: Option<StatementRow> = statements::table.find(id).select(StatementRow::as_select()).first(tx).optional()?;
    Ok(row.map(Statement::from))
}

/// Statements, last changed first. `among` narrows them to those these organisations write, or that were ever published.
pub(super) fn list(tx: &mut Tx, among: Option<&[OrganisationId]>) -> Attempt<Vec<Statement>> {
    let mut ask = statements::table.select(StatementRow::as_select()).into_boxed::<DB>();
    if let Some(organisations) = among {
        let written = statement_drafters::table
            .filter(statement_drafters::organisation.eq_any(organisations.to_vec()))
            .select(statement_drafters::statement);
        let published = acts::table.filter(acts::what.eq(What::Published)).select(acts::statement);
        ask = ask.filter(statements::id.eq_any(published).or(statements::id.eq_any(written)));
    }
    let rows: Vec<StatementRow> =
        ask.order((statements::updated_at.desc(), statements::id.desc())).limit(limits::STATEMENTS_MAX as i64).load(tx)?;
    Ok(rows.into_iter().map(Statement::from).collect())
}

/// Moves a statement on. The present state is part of the condition, so that two writers cannot both move it.
pub(super) fn set_state(tx: &mut Tx, row: &Statement, state: State, revisions: i32, now: Moment) -> Attempt<()> {
    let moved = diesel::update(statements::table.filter(statements::id.eq(row.id)).filter(statements::state.eq(row.state)))
        .set((statements::state.eq(state), statements::revisions.eq(revisions), statements::updated_at.eq(now)))
        .execute(tx)?;
    if moved == 1 { Ok(()) } else { Err(Failure::broken("a statement changed while it was being moved on")) }
}

/// The statements that are being written.
pub fn drafting(tx: &mut Tx) -> Attempt<Vec<StatementId>> {
    Ok(statements::table.filter(statements::state.eq(State::Drafting)).select(statements::id).load(tx)?)
}

pub(super) fn set_word_limit(tx: &mut Tx, id: StatementId, words: Option<i32>, with_notes: bool) -> Attempt<()> {
    diesel::update(statements::table.find(id))
        .set((statements::words_max.eq(words), statements::words_with_notes.eq(with_notes)))
        .execute(tx)?;
    Ok(())
}

/// Notes when a statement was last changed.
pub fn touch(tx: &mut Tx, id: StatementId, now: Moment) -> Attempt<()> {
    diesel::update(statements::table.find(id)).set(statements::updated_at.eq(now)).execute(tx)?;
    Ok(())
}

pub fn drafter_ids(tx: &mut Tx, id: StatementId) -> Attempt<Vec<OrganisationId>> {
    Ok(statement_drafters::table
        .filter(statement_drafters::statement.eq(id))
        .order(statement_drafters::organisation)
        .select(statement_drafters::organisation)
        .load(tx)?)
}

/// What every organisation may do that takes part in a draft, in the order of their ids.
pub fn rights(tx: &mut Tx, id: StatementId) -> Attempt<Vec<(OrganisationId, May)>> {
    Ok(statement_drafters::table
        .filter(statement_drafters::statement.eq(id))
        .order(statement_drafters::organisation)
        .select((statement_drafters::organisation, statement_drafters::may))
        .load(tx)?)
}

/// What an organisation may do with a draft, if it takes part. Asked with every commit, so it reads one row.
pub fn may_of(tx: &mut Tx, id: StatementId, organisation: OrganisationId) -> Attempt<Option<May>> {
    Ok(statement_drafters::table.find((id, organisation)).select(statement_drafters::may).first(tx).optional()?)
}

pub(super) fn set_rights(tx: &mut Tx, id: StatementId, wanted: &[(OrganisationId, May)], remarks_until: Option<Moment>) -> Attempt<()> {
    diesel::delete(statement_drafters::table.filter(statement_drafters::statement.eq(id))).execute(tx)?;
    for (organisation, may) in wanted {
        diesel::insert_into(statement_drafters::table)
            .values((
                statement_drafters::statement.eq(id),
                statement_drafters::organisation.eq(*organisation),
                statement_drafters::may.eq(*may),
            ))
            .execute(tx)?;
    }
    diesel::update(statements::table.find(id)).set(statements::remarks_until.eq(remarks_until)).execute(tx)?;
    Ok(())
}

row!(WriterRow of writers as Writer {
    handle: String,
    organisation: Option<OrganisationId>,
    unnamed: bool,
    chosen_at: Option<Moment>,
});

/// Everybody who has a handle in a draft, in the order of the handles, which says nothing.
pub(super) fn writers(tx: &mut Tx, id: StatementId) -> Attempt<Vec<Writer>> {
    let rows: Vec<WriterRow> =
        writers::table.filter(writers::statement.eq(id)).order(writers::handle).select(WriterRow::as_select()).load(tx)?;
    Ok(rows.into_iter().map(Writer::from).collect())
}

pub(super) fn insert_writer(tx: &mut Tx, id: StatementId, row: &Writer) -> Attempt<()> {
    diesel::insert_into(writers::table)
        .values((
            writers::statement.eq(id),
            writers::organisation.eq(row.organisation),
            writers::handle.eq(&row.handle),
            writers::unnamed.eq(row.unnamed),
            writers::chosen_at.eq(row.chosen_at),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn set_unnamed(tx: &mut Tx, id: StatementId, handle: &str, unnamed: bool, now: Moment) -> Attempt<()> {
    diesel::update(writers::table.find((id, handle))).set((writers::unnamed.eq(unnamed), writers::chosen_at.eq(now))).execute(tx)?;
    Ok(())
}

row!(EditionRow of editions {
    id: EditionId,
    statement: StatementId,
    label: String,
    revision: i32,
    title: String,
    language: String,
    canonical: String,
    digest: Vec<u8>,
    words: i32,
    frozen_at: Moment,
});

fn edition(row: EditionRow) -> Attempt<Edition> {
    let EditionRow { id, statement, label, revision, title, language, canonical, digest, words, frozen_at } = row;
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
    let row: Option<EditionRow> = editions::table.find(id).select(EditionRow::as_select()).first(tx).optional()?;
    row.map(edition).transpose()
}

/// The newest edition of a statement.
pub fn newest_edition(tx: &mut Tx, id: StatementId) -> Attempt<Option<Edition>> {
    let row: Option<EditionRow> = editions::table
        .filter(editions::statement.eq(id))
        .order(editions::revision.desc())
        .select(EditionRow::as_select())
        .first(tx)
        .optional()?;
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
    row!(Row of editions as EditionLine { id: EditionId, label: String, title: String, digest: Vec<u8>, frozen_at: Moment });
    let rows: Vec<Row> =
        editions::table.filter(editions::statement.eq(id)).order(editions::revision.desc()).select(Row::as_select()).load(tx)?;
    Ok(rows.into_iter().map(EditionLine::from).collect())
}

pub(super) fn insert_act(tx: &mut Tx, statement: StatementId, line: &HistoryLine<'_>, now: Moment) -> Attempt<()> {
    diesel::insert_into(acts::table)
        .values((
            acts::id.eq(ActId::new()),
            acts::statement.eq(statement),
            acts::at.eq(now),
            acts::person.eq(line.person),
            acts::organisation.eq(line.organisation),
            acts::what.eq(line.what),
            acts::detail.eq(line.detail),
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
    row!(Row of acts { at: Moment, what: What, detail: String });
    let rows: Vec<(Row, Option<String>, Option<String>)> = acts::table
        .left_join(people::table.on(acts::person.eq(people::id.nullable())))
        .left_join(organisations::table.on(acts::organisation.eq(organisations::id.nullable())))
        .filter(acts::statement.eq(id))
        .order((acts::at.desc(), acts::id.desc()))
        .limit(limits::ACTS_MAX as i64)
        .select((Row::as_select(), people::name.nullable(), organisations::name.nullable()))
        .load(tx)?;
    let act = |(Row { at, what, detail }, person, organisation)| ActRow { at, person, organisation, what, detail };
    Ok(rows.into_iter().map(act).collect())
}

/// When something was last done to a statement.
pub(super) fn last_act(tx: &mut Tx, id: StatementId, what: What) -> Attempt<Option<Moment>> {
    Ok(acts::table
        .filter(acts::statement.eq(id))
        .filter(acts::what.eq(what))
        .order(acts::at.desc())
        .select(acts::at)
        .first(tx)
        .optional()?)
}

/// The labels of the editions of a statement that were ever published.
pub fn published_labels(tx: &mut Tx, id: StatementId) -> Attempt<Vec<String>> {
    Ok(acts::table.filter(acts::statement.eq(id)).filter(acts::what.eq(What::Published)).select(acts::detail).load(tx)?)
}

/// Whether no statement was ever started here.
pub fn none_yet(tx: &mut Tx) -> Attempt<bool> {
    Ok(statements::table.count().get_result::<i64>(tx)? == 0)
}
