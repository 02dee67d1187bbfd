//! The outbox: letters waiting to leave, and those that have left.

use crate::mail::limits;
use diesel::prelude::*;

use super::{Letter, Post};
use crate::{
    kernel::{LetterId, Moment, PersonId},
    store::{
        Attempt, Failure, Tx,
        columns::row,
        schema::{letters, people},
    },
};

/// Writes a letter to a person in the transaction of the act it tells of.
pub fn queue(tx: &mut Tx, post: &Post, to: PersonId, letter: Letter, now: Moment) -> Attempt<()> {
    queue_for(tx, post, to, letter, now, now)
}

/// The same, for a letter that leaves later.
pub fn queue_for(tx: &mut Tx, post: &Post, to: PersonId, letter: Letter, now: Moment, due: Moment) -> Attempt<()> {
    let plain = serde_json::to_vec(&letter).map_err(Failure::broken)?;
    diesel::insert_into(letters::table)
        .values((
            letters::id.eq(LetterId::new()),
            letters::person.eq(to),
            letters::kind.eq(kind(&letter)),
            letters::sealed.eq(post.vault.seal(&plain)),
            letters::created_at.eq(now),
            letters::due_at.eq(due),
            letters::attempts.eq(0),
        ))
        .execute(tx)?;
    Ok(())
}

/// A letter with its reader's address.
pub struct Addressed {
    pub id: LetterId,
    pub name: String,
    pub email: String,
    pub at: Moment,
    pub attempts: i32,
    pub letter: Letter,
}

row!(LetterRow of letters { id: LetterId, created_at: Moment, attempts: i32, sealed: Vec<u8> });
row!(ReaderRow of people { name: String, email: String });
type Row = (LetterRow, ReaderRow);

/// The next letters to send, oldest first. One that cannot be opened is told by its id, so that it holds up no other.
pub fn due(tx: &mut Tx, post: &Post, now: Moment) -> Attempt<Vec<Result<Addressed, (LetterId, i32)>>> {
    let rows: Vec<Row> = letters::table
        .inner_join(people::table)
        .filter(letters::sent_at.is_null())
        .filter(letters::due_at.le(now))
        .filter(letters::attempts.lt(limits::LETTER_ATTEMPTS_MAX))
        .order((letters::created_at, letters::id))
        .limit(limits::LETTERS_PER_SWEEP)
        .select(<(LetterRow, ReaderRow)>::as_select())
        .load(tx)?;
    let opened = |row: Row| {
        let (id, attempts) = (row.0.id, row.0.attempts);
        open(row, post).map_err(|_| (id, attempts))
    };
    Ok(rows.into_iter().map(opened).collect())
}

/// The newest letters, for the demo's page; `to` narrows them to one address.
pub fn newest(tx: &mut Tx, post: &Post, to: Option<&str>) -> Attempt<Vec<Addressed>> {
    let mut ask = letters::table.inner_join(people::table).select(<(LetterRow, ReaderRow)>::as_select()).into_boxed();
    if let Some(to) = to {
        ask = ask.filter(people::email.eq(to.to_owned()));
    }
    let rows: Vec<Row> = ask.order((letters::created_at.desc(), letters::id.desc())).limit(limits::LETTERS_SHOWN_MAX).load(tx)?;
    rows.into_iter().map(|row| open(row, post)).collect()
}

/// Notes that a letter has left. Its body is erased, unless this instance shows its letters.
pub fn sent(tx: &mut Tx, post: &Post, letter: LetterId, now: Moment) -> Attempt<()> {
    let row = diesel::update(letters::table.find(letter));
    if post.kept {
        row.set(letters::sent_at.eq(now)).execute(tx)?;
    } else {
        row.set((letters::sent_at.eq(now), letters::sealed.eq(Vec::<u8>::new()))).execute(tx)?;
    }
    Ok(())
}

/// Notes a failed attempt; the next one waits twice as long, up to four hours.
pub fn failed(tx: &mut Tx, letter: LetterId, attempts: i32, now: Moment) -> Attempt<()> {
    let wait = (30_i64 << attempts.clamp(0, 9)).min(4 * 3600);
    diesel::update(letters::table.find(letter))
        .set((letters::attempts.eq(attempts + 1), letters::due_at.eq(now.plus_seconds(wait))))
        .execute(tx)?;
    Ok(())
}

fn open((letter, reader): Row, post: &Post) -> Attempt<Addressed> {
    let LetterRow { id, created_at: at, attempts, sealed } = letter;
    let ReaderRow { name, email } = reader;
    let plain = post.vault.unseal(&sealed).map_err(Failure::broken)?;
    let letter = serde_json::from_slice(&plain).map_err(Failure::broken)?;
    Ok(Addressed { id, name, email, at, attempts, letter })
}

/// What sort of letter a row holds, for the operator who looks at what is stuck; says nothing of whom it is about.
fn kind(letter: &Letter) -> &'static str {
    match letter {
        Letter::SignIn { .. } => "sign-in",
        Letter::InvitationToSign { .. } => "invitation-to-sign",
        Letter::InvitationToRead { .. } => "invitation-to-read",
        Letter::HandOn { .. } => "hand-on",
        Letter::Code { .. } => "code",
        Letter::CodeToLook { .. } => "code-to-look",
        Letter::Receipt { .. } => "receipt",
        Letter::Reminder { .. } => "reminder",
        Letter::LinkAgain { .. } => "link-again",
        Letter::RoundExtended { .. } => "round-extended",
        Letter::RoundClosed { .. } => "round-closed",
        Letter::ContactsChanged { .. } => "contacts-changed",
        Letter::RightGiven { .. } => "right-given",
        Letter::Mentioned { .. } => "mentioned",
        Letter::Answered { .. } => "answered",
    }
}
