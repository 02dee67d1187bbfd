//! Suggestions in SQL.

use diesel::prelude::*;

use super::model::{Decided, Fate, Suggestion};
use crate::{
    kernel::{Moment, OrganisationId, PersonId, StatementId},
    remarks::model::Author,
    store::{
        Attempt, Tx,
        columns::row,
        schema::{fate_letters, suggestions},
    },
    text::asks::Suggestion as Name,
};

row!(SuggestionRow of suggestions {
    handle: String,
    sid: String,
    person: Option<PersonId>,
    organisation: Option<OrganisationId>,
    begun_at: Moment,
    fate: Option<Fate>,
    decided_by: Option<PersonId>,
    decided_for: Option<OrganisationId>,
    decided_at: Option<Moment>,
    reason: Option<String>,
});

fn suggestion(row: SuggestionRow) -> Suggestion {
    let SuggestionRow { handle, sid, person, organisation, begun_at, fate, decided_by, decided_for, decided_at, reason } = row;
    let by = Author { person: decided_by, organisation: decided_for };
    let decided = fate.zip(decided_at).map(|(fate, at)| Decided { fate, by, at, reason });
    Suggestion { name: Name { handle, sid }, by: Author { person, organisation }, begun_at, decided }
}

/// Every suggestion that was ever begun in a draft, oldest first.
pub(super) fn all(tx: &mut Tx, of: StatementId) -> Attempt<Vec<Suggestion>> {
    let rows: Vec<SuggestionRow> = suggestions::table
        .filter(suggestions::statement.eq(of))
        .order((suggestions::begun_at, suggestions::handle, suggestions::sid))
        .select(SuggestionRow::as_select())
        .load(tx)?;
    Ok(rows.into_iter().map(suggestion).collect())
}

pub(super) fn by_name(tx: &mut Tx, of: StatementId, Name { handle, sid }: &Name) -> Attempt<Option<Suggestion>> {
    let row: Option<SuggestionRow> = suggestions::table.find((of, handle, sid)).select(SuggestionRow::as_select()).first(tx).optional()?;
    Ok(row.map(suggestion))
}

pub(super) fn insert(tx: &mut Tx, of: StatementId, Name { handle, sid }: &Name, by: Author, at: Moment) -> Attempt<()> {
    diesel::insert_into(suggestions::table)
        .values((
            suggestions::statement.eq(of),
            suggestions::handle.eq(handle),
            suggestions::sid.eq(sid),
            suggestions::person.eq(by.person),
            suggestions::organisation.eq(by.organisation),
            suggestions::begun_at.eq(at),
        ))
        .execute(tx)?;
    Ok(())
}

/// The answer that stands from now on, if any.
pub(super) fn set_decided(tx: &mut Tx, of: StatementId, Name { handle, sid }: &Name, decided: Option<&Decided>) -> Attempt<()> {
    diesel::update(suggestions::table.find((of, handle, sid)))
        .set((
            suggestions::fate.eq(decided.map(|decided| decided.fate)),
            suggestions::decided_by.eq(decided.and_then(|decided| decided.by.person)),
            suggestions::decided_for.eq(decided.and_then(|decided| decided.by.organisation)),
            suggestions::decided_at.eq(decided.map(|decided| decided.at)),
            suggestions::reason.eq(decided.and_then(|decided| decided.reason.as_deref())),
        ))
        .execute(tx)?;
    Ok(())
}

/// When the last letter about answers in a draft leaves, or left, for somebody.
pub(super) fn letter(tx: &mut Tx, of: StatementId, person: PersonId) -> Attempt<Option<Moment>> {
    Ok(fate_letters::table.find((of, person)).select(fate_letters::due_at).first(tx).optional()?)
}

pub(super) fn set_letter(tx: &mut Tx, of: StatementId, person: PersonId, due: Moment) -> Attempt<()> {
    if diesel::update(fate_letters::table.find((of, person))).set(fate_letters::due_at.eq(due)).execute(tx)? == 0 {
        diesel::insert_into(fate_letters::table)
            .values((fate_letters::statement.eq(of), fate_letters::person.eq(person), fate_letters::due_at.eq(due)))
            .execute(tx)?;
    }
    Ok(())
}
