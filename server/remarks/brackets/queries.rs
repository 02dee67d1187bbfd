//! Brackets in SQL.

use diesel::prelude::*;

use super::model::{Agreed, Bracket, Stand, Words};
use crate::{
    kernel::{Moment, OrganisationId, PersonId, StatementId},
    remarks::{
        limits::{BRACKET_STANDS_MAX, BRACKETS_MAX},
        model::Author,
    },
    store::{
        Attempt, Failure, Tx,
        columns::row,
        schema::{bracket_stands, brackets},
    },
};

row!(BracketRow of brackets {
    bracket: String,
    made_at: Moment,
    made_by: Option<PersonId>,
    made_for: Option<OrganisationId>,
    agreed: Option<i32>,
    agreed_words: Option<String>,
    agreed_at: Option<Moment>,
    agreed_by: Option<PersonId>,
    agreed_for: Option<OrganisationId>,
});

fn bracket(row: BracketRow) -> Attempt<Bracket> {
    let agreed = match (row.agreed, row.agreed_words, row.agreed_at) {
        (Some(alternative), Some(said), Some(at)) => {
            let by = Author { person: row.agreed_by, organisation: row.agreed_for };
            Some(Agreed { on: words(alternative, said)?, at, by })
        }
        _ => None,
    };
    let made = Author { person: row.made_by, organisation: row.made_for };
    Ok(Bracket { id: row.bracket, made_at: row.made_at, made, agreed })
}

row!(StandRow of bracket_stands {
    bracket: String,
    organisation: OrganisationId,
    alternative: i32,
    words: String,
    at: Moment,
    person: Option<PersonId>,
});

fn stand(row: StandRow) -> Attempt<Stand> {
    let StandRow { bracket, organisation, alternative, words: said, at, person } = row;
    Ok(Stand { bracket, organisation, person, behind: words(alternative, said)?, at })
}

fn words(alternative: i32, said: String) -> Attempt<Words> {
    Ok(Words { alternative: u8::try_from(alternative).map_err(Failure::broken)?, said })
}

pub(super) fn brackets(tx: &mut Tx, of: StatementId) -> Attempt<Vec<Bracket>> {
    let rows: Vec<BracketRow> = brackets::table
        .filter(brackets::statement.eq(of))
        .order(brackets::bracket)
        .limit(BRACKETS_MAX as i64)
        .select(BracketRow::as_select())
        .load(tx)?;
    rows.into_iter().map(bracket).collect()
}

/// Who stands behind what, the longest first.
pub(super) fn stands(tx: &mut Tx, of: StatementId) -> Attempt<Vec<Stand>> {
    let rows: Vec<StandRow> = bracket_stands::table
        .filter(bracket_stands::statement.eq(of))
        .order((bracket_stands::at, bracket_stands::bracket))
        .limit(BRACKET_STANDS_MAX as i64)
        .select(StandRow::as_select())
        .load(tx)?;
    rows.into_iter().map(stand).collect()
}

pub(super) fn find(tx: &mut Tx, of: StatementId, id: &str) -> Attempt<Option<Bracket>> {
    let row: Option<BracketRow> = brackets::table.find((of, id)).select(BracketRow::as_select()).first(tx).optional()?;
    row.map(bracket).transpose()
}

pub(super) fn count(tx: &mut Tx, of: StatementId) -> Attempt<i64> {
    Ok(brackets::table.filter(brackets::statement.eq(of)).count().get_result(tx)?)
}

pub(super) fn count_stands(tx: &mut Tx, of: StatementId) -> Attempt<i64> {
    Ok(bracket_stands::table.filter(bracket_stands::statement.eq(of)).count().get_result(tx)?)
}

pub(super) fn insert(tx: &mut Tx, of: StatementId, row: &Bracket) -> Attempt<()> {
    diesel::insert_into(brackets::table)
        .values((
            brackets::statement.eq(of),
            brackets::bracket.eq(&row.id),
            brackets::made_at.eq(row.made_at),
            brackets::made_by.eq(row.made.person),
            brackets::made_for.eq(row.made.organisation),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn insert_stand(tx: &mut Tx, of: StatementId, row: &Stand) -> Attempt<()> {
    diesel::insert_into(bracket_stands::table)
        .values((
            bracket_stands::statement.eq(of),
            bracket_stands::bracket.eq(&row.bracket),
            bracket_stands::organisation.eq(row.organisation),
            bracket_stands::alternative.eq(i32::from(row.behind.alternative)),
            bracket_stands::words.eq(&row.behind.said),
            bracket_stands::at.eq(row.at),
            bracket_stands::person.eq(row.person),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn step_back(tx: &mut Tx, of: StatementId, id: &str, organisation: OrganisationId) -> Attempt<()> {
    diesel::delete(bracket_stands::table.find((of, id, organisation))).execute(tx)?;
    Ok(())
}

/// Says which alternative is agreed; none where there is nothing to say.
pub(super) fn set_agreed(tx: &mut Tx, of: StatementId, id: &str, agreed: Option<&Agreed>) -> Attempt<()> {
    diesel::update(brackets::table.find((of, id)))
        .set((
            brackets::agreed.eq(agreed.map(|agreed| i32::from(agreed.on.alternative))),
            brackets::agreed_words.eq(agreed.map(|agreed| agreed.on.said.as_str())),
            brackets::agreed_at.eq(agreed.map(|agreed| agreed.at)),
            brackets::agreed_by.eq(agreed.and_then(|agreed| agreed.by.person)),
            brackets::agreed_for.eq(agreed.and_then(|agreed| agreed.by.organisation)),
        ))
        .execute(tx)?;
    Ok(())
}
