//! Words of a draft that are not agreed: who put them into brackets, who stands behind which of their alternatives, and which one is
//! agreed ad referendum.
//!
//! Where a bracket stands and what its alternatives say is in the shared text alone, as a format that only whoever edits can write; it
//! is resolved there, and a freeze refuses while one stands. Here is what is said about it, under its id. An organisation speaks for
//! itself: nobody puts another behind words, coordinators neither. It stands behind one alternative of a bracket at a time. What
//! somebody stood behind or agreed to is kept in its words, so that a page can say when they were changed since.

pub mod model;
mod queries;
pub mod routes;
mod told;

use model::{Agreed, Bracket, Stand, Words};

use super::{
    actions::known_from_now_on,
    limits::{ALTERNATIVE_CHARS_MAX, BRACKET_STANDS_MAX, BRACKETS_MAX},
    permits::{self, BracketWords, See, TakePart},
};
use crate::{
    accounts::Caller,
    kernel::{Moment, No, Refusal, StatementId},
    store::{Attempt, Tx},
    text::description,
};

/// What was said about the brackets of a draft, under their ids. One that is in the text no more is told all the same: it may come back.
pub fn brackets(tx: &mut Tx, leave: &See) -> Attempt<(Vec<Bracket>, Vec<Stand>)> {
    let id = leave.statement();
    Ok((queries::brackets(tx, id)?, queries::stands(tx, id)?))
}

/// Enters a bracket under the name of whoever made it. Said again, it stays whose it was.
pub fn enter(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, bracket: &str) -> Attempt<()> {
    let leave = permits::bracket_words(tx, caller, now, id)?;
    if !description::is_bracket(bracket) {
        return Err(No::NotFound.into());
    }
    if queries::find(tx, id, bracket)?.is_some() {
        return Ok(());
    }
    if queries::count(tx, id)? >= BRACKETS_MAX as i64 {
        return Err(No::BracketsFull.into());
    }
    known_from_now_on(tx, id, leave.by())?;
    queries::insert(tx, id, &Bracket { id: bracket.to_owned(), made_at: now, made: leave.by(), agreed: None })
}

/// An organisation puts itself behind an alternative, or steps back from the bracket. The last word counts.
pub fn stand(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, bracket: &str, behind: Option<Words>) -> Attempt<()> {
    let leave: TakePart = permits::take_part(tx, caller, now, id)?;
    let organisation = leave.by().organisation.ok_or(No::StandsForNobody)?;
    queries::find(tx, id, bracket)?.ok_or(No::NotFound)?;
    let behind = behind.map(sound).transpose()?;
    queries::step_back(tx, id, bracket, organisation)?;
    let Some(behind) = behind else { return Ok(()) };
    if queries::count_stands(tx, id)? >= BRACKET_STANDS_MAX as i64 {
        return Err(No::BracketsFull.into());
    }
    known_from_now_on(tx, id, leave.by())?;
    queries::insert_stand(tx, id, &Stand { bracket: bracket.to_owned(), organisation, person: leave.by().person, behind, at: now })
}

/// Marks an alternative as agreed ad referendum, or takes that back. The last word counts.
pub fn agree(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, bracket: &str, on: Option<Words>) -> Attempt<()> {
    let leave: BracketWords = permits::bracket_words(tx, caller, now, id)?;
    queries::find(tx, id, bracket)?.ok_or(No::NotFound)?;
    let on = on.map(sound).transpose()?;
    known_from_now_on(tx, id, leave.by())?;
    queries::set_agreed(tx, id, bracket, on.map(|on| Agreed { on, at: now, by: leave.by() }).as_ref())
}

fn sound(words: Words) -> Result<Words, Refusal> {
    let invalid = |field: &str| Refusal::new(No::FieldInvalid).with("field", field);
    if description::alternative(&words.alternative.to_string()).is_none() {
        return Err(invalid("alternative"));
    }
    if words.said.trim().is_empty() {
        return Err(Refusal::new(No::FieldMissing).with("field", "words"));
    }
    if words.said.chars().count() > ALTERNATIVE_CHARS_MAX {
        return Err(Refusal::new(No::FieldTooLong).with("field", "words").with("max", ALTERNATIVE_CHARS_MAX));
    }
    // PostgreSQL keeps no NUL in a text.
    if words.said.contains('\0') { Err(invalid("words")) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alternative_has_a_number_of_one_digit_and_words() {
        let sound = |alternative: u8, said: &str| sound(Words { alternative, said: said.to_owned() }).map(|_| ()).map_err(|no| no.no);
        assert_eq!(sound(9, "urge"), Ok(()));
        assert_eq!(sound(10, "urge"), Err(No::FieldInvalid));
        assert_eq!(sound(0, " \n"), Err(No::FieldMissing));
        assert_eq!(sound(0, "u\0"), Err(No::FieldInvalid));
        assert_eq!(sound(0, &"x".repeat(ALTERNATIVE_CHARS_MAX + 1)), Err(No::FieldTooLong));
    }
}
