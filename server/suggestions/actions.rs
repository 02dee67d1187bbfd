//! What is noted of suggestions as the draft is written, and why one was not accepted.

use super::{
    limits::{FATE_PAUSE_SECONDS, FATE_WAIT_SECONDS, REASON_CHARS_MAX},
    model::{Decided, Fate, Said, Saying, Suggestion},
    permits, queries,
};
use crate::{
    accounts::{self, Caller},
    kernel::{Moment, No, StatementId},
    mail::{Letter, Post, outbox},
    remarks::{self, model::Author},
    statements::{May, Statement, permits as of_statements},
    store::{Attempt, Tx},
    text::asks::Suggestion as Name,
};

/// Who brought an entry of a draft's journal.
#[derive(Debug, Clone, Copy)]
pub struct By {
    pub author: Author,
    pub at: Moment,
}

/// Notes what an entry says, in the entry's transaction.
pub fn noted(tx: &mut Tx, post: &Post, statement: &Statement, by: By, said: &[Said]) -> Attempt<()> {
    for Said { of, what } in said {
        let known = queries::by_name(tx, statement.id, of)?;
        let fate = match (what, known) {
            (Saying::Begun, Some(_)) | (Saying::Accepted | Saying::Rejected | Saying::Undecided, None) => continue,
            (Saying::Begun, None) => {
                queries::insert(tx, statement.id, of, by.author, by.at)?;
                continue;
            }
            (Saying::Undecided, Some(_)) => {
                queries::set_decided(tx, statement.id, of, None)?;
                continue;
            }
            (Saying::Accepted, Some(known)) => (Fate::Accepted, known),
            (Saying::Rejected, Some(known)) => (Fate::Rejected, known),
        };
        answer(tx, post, statement, by, fate)?;
    }
    Ok(())
}

/// Says why a suggestion was not accepted: whoever decided so, for as long as they edit.
pub fn give_reason(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, of: &Name, reason: &str) -> Attempt<()> {
    let leave = permits::decide(tx, caller, now, id)?;
    let known = queries::by_name(tx, leave.statement(), of)?.ok_or(No::NotFound)?;
    let reason = remarks::actions::plain("reason", reason, REASON_CHARS_MAX)?;
    let decided = known.decided.filter(|decided| decided.fate == Fate::Rejected).ok_or(No::SuggestionNotRejected)?;
    if decided.by.person != Some(leave.by()) {
        return Err(No::NotAllowed.into());
    }
    queries::set_decided(tx, leave.statement(), of, Some(&Decided { reason: Some(reason), ..decided }))
}

/// Another answer needs another reason; who gives the same one again has not changed their mind.
fn answer(tx: &mut Tx, post: &Post, statement: &Statement, by: By, (fate, known): (Fate, Suggestion)) -> Attempt<()> {
    let is_same = |decided: &Decided| decided.fate == fate && decided.by == by.author;
    let reason = known.decided.filter(is_same).and_then(|decided| decided.reason);
    queries::set_decided(tx, statement.id, &known.name, Some(&Decided { fate, by: by.author, at: by.at, reason }))?;
    tell(tx, post, statement, by, known.by)
}

/// Writes to whoever proposed, if somebody else answered, and as long as they may open the draft.
fn tell(tx: &mut Tx, post: &Post, statement: &Statement, by: By, author: Author) -> Attempt<()> {
    let Some(reader) = author.person.filter(|person| Some(*person) != by.author.person) else { return Ok(()) };
    let last = queries::letter(tx, statement.id, reader)?;
    // One that has not left yet tells of this, too.
    if last.is_some_and(|due| due > by.at) || !of_statements::writes_on(tx, statement, reader, author.organisation, May::Read, by.at)? {
        return Ok(());
    }
    let soonest = by.at.plus_seconds(FATE_WAIT_SECONDS);
    let due = last.map_or(soonest, |last| soonest.max(last.plus_seconds(FATE_PAUSE_SECONDS)));
    let link = post.link(&format!("/app/statements/{}", statement.id));
    for (reader, person) in accounts::names_of(tx, &[reader])? {
        let letter = Letter::Answered { person, statement: statement.title.clone(), link: link.clone() };
        outbox::queue_for(tx, post, reader, letter, by.at, due)?;
        queries::set_letter(tx, statement.id, reader, due)?;
    }
    Ok(())
}
