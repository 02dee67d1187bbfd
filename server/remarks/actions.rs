//! What is done about a passage: a thread is opened, replied to, resolved, opened again.
//!
//! Whoever did not hear an answer says the same again: the last remark of a thread, said anew by the same person in the same
//! words, is that remark.

use super::{
    limits::{HOUR_SECONDS, QUOTE_CHARS_MAX, REMARK_CHARS_MAX, REMARKS_AN_HOUR_MAX, REMARKS_MAX, THREADS_MAX},
    mentions,
    model::{Among, Author, Mention, Passage, Remark, Resolved, Settling, Thread},
    permits::{self, See, TakePart},
    queries,
};
use crate::{
    accounts::Caller,
    kernel::{Moment, No, Refusal, RemarkId, Seen, StatementId, ThreadId},
    mail::Post,
    statements::writers,
    store::{Attempt, Tx},
    text::{field, unseen},
};

/// What somebody asks for who opens a thread.
pub struct Opening {
    pub passage: Passage,
    pub among: Among,
    pub said: Saying,
}

/// What somebody asks to say.
pub struct Saying {
    pub body: String,
    pub mentions: Vec<Mention>,
}

/// What was said about a draft, as far as it exists for whoever asks.
pub fn threads(tx: &mut Tx, leave: &See) -> Attempt<Vec<(Thread, Vec<Remark>)>> {
    let mut all: Vec<(Thread, Vec<Remark>)> = queries::threads(tx, leave.statement())?
        .into_iter()
        .filter(|thread| leave.shows(thread))
        .map(|thread| (thread, Vec::new()))
        .collect();
    for remark in queries::remarks(tx, leave.statement())? {
        // Both are in the order of their ids.
        if let Ok(at) = all.binary_search_by_key(&remark.thread, |(thread, _)| thread.id) {
            all[at].1.push(remark);
        }
    }
    Ok(all)
}

/// Opens a thread on a passage.
pub fn open(tx: &mut Tx, post: &Post, caller: &Caller, now: Moment, id: StatementId, ask: &Opening) -> Attempt<ThreadId> {
    let leave = permits::take_part(tx, caller, now, id)?;
    if !leave.see().shows_among(ask.among) {
        return Err(No::NotAllowed.into());
    }
    let thread = Thread { id: ThreadId::new(), passage: passage(&ask.passage)?, among: ask.among, resolved: None };
    let body = body(&ask.said.body)?;
    if let Some(same) = opened_already(tx, &leave, &thread, &body)? {
        return Ok(same);
    }
    if queries::count_threads(tx, id)? >= THREADS_MAX as i64 {
        return Err(No::RemarksFull.into());
    }
    let mentions = mentions::allowed(tx, caller, leave.see(), ask.among, &ask.said.mentions)?;
    queries::insert_thread(tx, id, &thread)?;
    say(tx, post, caller, &leave, Remark { id: RemarkId::new(), thread: thread.id, by: leave.by(), at: now, body, mentions })?;
    Ok(thread.id)
}

/// Says something in a thread. What is said in a resolved one opens it again, so that nobody misses it.
pub fn reply(tx: &mut Tx, post: &Post, caller: &Caller, now: Moment, id: StatementId, thread: ThreadId, said: &Saying) -> Attempt<()> {
    let leave = permits::take_part(tx, caller, now, id)?;
    let thread = shown(tx, leave.see(), thread)?;
    let body = body(&said.body)?;
    if queries::said_in(tx, thread.id)?.last().is_some_and(|last| last.by == leave.by() && last.body == body) {
        return Ok(());
    }
    let mentions = mentions::allowed(tx, caller, leave.see(), thread.among, &said.mentions)?;
    say(tx, post, caller, &leave, Remark { id: RemarkId::new(), thread: thread.id, by: leave.by(), at: now, body, mentions })?;
    if thread.resolved.is_some() {
        queries::set_resolved(tx, thread.id, None)?;
    }
    Ok(())
}

/// Resolves a thread or opens it again, if nothing was said in it that whoever does so has not seen.
pub fn settle(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, thread: ThreadId, resolved: bool, seen: &Seen) -> Attempt<()> {
    let leave = permits::take_part(tx, caller, now, id)?;
    let thread = shown(tx, leave.see(), thread)?;
    if thread.resolved.is_some() == resolved {
        return Ok(());
    }
    seen.confirms(Settling::of(&thread, &queries::said_in(tx, thread.id)?))?;
    known_from_now_on(tx, id, leave.by())?;
    let by_now = Resolved { at: now, by: leave.by() };
    queries::set_resolved(tx, thread.id, resolved.then_some(&by_now))
}

/// A thread of this draft that exists for whoever holds the leave.
fn shown(tx: &mut Tx, leave: &See, thread: ThreadId) -> Attempt<Thread> {
    let thread = queries::thread_by_id(tx, leave.statement(), thread)?.filter(|thread| leave.shows(thread));
    Ok(thread.ok_or(No::NotFound)?)
}

fn say(tx: &mut Tx, post: &Post, caller: &Caller, leave: &TakePart, remark: Remark) -> Attempt<()> {
    let (of, by, now) = (leave.see().statement(), remark.by, remark.at);
    if queries::count_remarks(tx, of)? >= REMARKS_MAX as i64 {
        return Err(No::RemarksFull.into());
    }
    if let Some(person) = by.person
        && queries::count_since(tx, of, person, now.plus_seconds(-HOUR_SECONDS))? >= REMARKS_AN_HOUR_MAX as i64
    {
        return Err(No::TooMany.into());
    }
    known_from_now_on(tx, of, by)?;
    queries::insert_remark(tx, &remark)?;
    mentions::tell(tx, post, caller, leave.see(), &remark.mentions, now)
}

/// Whoever acts in an organisation's name is told as that organisation writes, which its handle says. The secretariat has nothing to
/// hide and needs none: one made here would show in the list of writers that a coordinator did something.
pub(super) fn known_from_now_on(tx: &mut Tx, id: StatementId, by: Author) -> Attempt<()> {
    match by.organisation {
        Some(organisation) => writers::admit(tx, id, Some(organisation)).map(drop),
        None => Ok(()),
    }
}

/// The thread that was opened just so and has not been answered.
fn opened_already(tx: &mut Tx, leave: &TakePart, asked: &Thread, body: &str) -> Attempt<Option<ThreadId>> {
    for same in queries::open_on(tx, leave.see().statement(), &asked.passage, asked.among)? {
        if matches!(queries::said_in(tx, same.id)?.as_slice(), [only] if only.by == leave.by() && only.body == body) {
            return Ok(Some(same.id));
        }
    }
    Ok(None)
}

/// The quote is what stands in the draft, which may hold what nobody sees: that says nothing here and is left out.
fn passage(asked: &Passage) -> Result<Passage, Refusal> {
    if asked.quote.chars().count() > QUOTE_CHARS_MAX {
        return Err(Refusal::new(No::FieldTooLong).with("field", "quote").with("max", QUOTE_CHARS_MAX));
    }
    let quote = unseen::mended(&asked.quote);
    if quote.trim().is_empty() {
        return Err(Refusal::new(No::FieldMissing).with("field", "quote"));
    }
    let passage = Passage { quote, ..asked.clone() };
    if passage.is_sound() { Ok(passage) } else { Err(Refusal::new(No::FieldInvalid).with("field", "passage")) }
}

fn body(words: &str) -> Result<String, Refusal> {
    plain("body", words, REMARK_CHARS_MAX)
}

/// Plain text in lines: bounded, trimmed, and without anything that nobody sees.
pub fn plain(field: &'static str, words: &str, chars_max: usize) -> Result<String, Refusal> {
    if words.chars().count() > chars_max {
        return Err(Refusal::new(No::FieldTooLong).with("field", field).with("max", chars_max));
    }
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    field::refused(field, words.trim())?;
    let words = unseen::settled(words.trim());
    if words.is_empty() { Err(Refusal::new(No::FieldMissing).with("field", field)) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_keeps_its_lines_and_nothing_that_nobody_sees() {
        assert_eq!(body(" Agreed.\r\nIt stays.\r "), Ok("Agreed.\nIt stays.".to_owned()));
        assert_eq!(body("\u{645}\u{646}\u{630} 1948"), Ok("\u{645}\u{646}\u{630} 1948".to_owned()));
        for (words, no) in [(" \n ", No::FieldMissing), ("a\u{202e}b", No::CharacterUnseen), ("x".repeat(2_001).as_str(), No::FieldTooLong)]
        {
            assert_eq!(body(words).unwrap_err().no, no, "{words:.10}");
        }
    }

    #[test]
    fn a_quote_is_shown_without_what_nobody_sees() {
        let asked = |quote: &str| passage(&Passage { root: "draft".into(), first: "1.0".into(), last: "1.5".into(), quote: quote.into() });
        assert_eq!(asked("pay \u{202e}000.01").map(|passage| passage.quote), Ok("pay 000.01".to_owned()));
        assert_eq!(asked("\u{ad}").unwrap_err().no, No::FieldMissing);
        assert_eq!(asked(&"x".repeat(501)).unwrap_err().no, No::FieldTooLong);
    }
}
