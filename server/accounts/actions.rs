//! Signing in and out. A link is asked for, mailed, and consumed by a POST; a session is a row that can be revoked.

use std::fmt::Display;

use super::{
    model::{Caller, normal_email},
    queries,
};
use crate::accounts::limits;
use crate::{
    kernel::{Moment, No, PersonId, Secret, SecretHash, Seen, SessionId, Shown},
    mail::{Letter, Post, outbox},
    store::{Attempt, Tx},
};

/// Mails a sign-in link to everybody of this address, if it is known: a link each, because a mailbox is not a person. The
/// answer is the same whether or not anybody is.
pub fn ask_to_sign_in(tx: &mut Tx, post: &Post, now: Moment, email: &str) -> Attempt<()> {
    let Some(email) = normal_email(email) else { return Ok(()) };
    let people = queries::by_email(tx, &email)?;
    let most = limits::SIGN_IN_LETTERS_PER_HOUR * (people.len() as i64).max(1);
    if queries::links_since(tx, &email, now.plus_seconds(-3600))? >= most {
        // A mailbox is not to be buried; the letters already there still work or have just lapsed.
        return Ok(());
    }
    let shared = people.len() > 1;
    for person in people {
        let link = link_for(tx, post, now, person.id)?;
        let minutes = (limits::SIGN_IN_LINK_SECONDS / 60) as u32;
        outbox::queue(tx, post, person.id, Letter::SignIn { person: Some(person.name), shared, link, minutes }, now)?;
    }
    Ok(())
}

/// Makes a sign-in link without a letter, for the operator's own terminal: one for everybody of the address, with their names.
pub fn sign_in_links(tx: &mut Tx, post: &Post, now: Moment, email: &str) -> Attempt<Vec<(String, String)>> {
    let people = queries::by_email(tx, &normal_email(email).ok_or(No::NotFound)?)?;
    if people.is_empty() {
        return Err(No::NotFound.into());
    }
    people.into_iter().map(|person| Ok((link_for(tx, post, now, person.id)?, person.name))).collect()
}

fn link_for(tx: &mut Tx, post: &Post, now: Moment, person: PersonId) -> Attempt<String> {
    let token = Secret::new();
    queries::insert_link(tx, person, token.hash(), now)?;
    Ok(post.link(&format!("/sign-in/{}", token.as_str())))
}

/// Turns a link into a session, once. Returns the secret for the cookie.
pub fn sign_in(tx: &mut Tx, now: Moment, token: &str) -> Attempt<Secret> {
    let person = queries::use_link(tx, SecretHash::of(token), now)?.ok_or(No::LinkDead)?;
    let secret = Secret::new();
    queries::insert_session(tx, person, secret.hash(), now)?;
    Ok(secret)
}

pub fn sign_out(tx: &mut Tx, caller: &Caller, now: Moment) -> Attempt<()> {
    queries::end_session(tx, caller.session, now)
}

/// Notes that a session is in use, seldom enough that reading stays reading.
pub fn touch(tx: &mut Tx, session: SessionId, now: Moment) -> Attempt<()> {
    queries::touch_session(tx, session, now)
}

/// Who holds this cookie secret; refuses when nobody does any more.
pub fn caller(tx: &mut Tx, secret: Option<SecretHash>, now: Moment) -> Attempt<Caller> {
    let secret = secret.ok_or(No::SignedOut)?;
    Ok(queries::caller_by_secret(tx, secret, now)?.ok_or(No::SignedOut)?)
}

/// Who is behind a session that was known before: rights are re-read, joining is no licence for life.
pub fn caller_again(tx: &mut Tx, session: SessionId, now: Moment) -> Attempt<Caller> {
    Ok(queries::caller_by_session(tx, session, now)?.ok_or(No::SignedOut)?)
}

/// A session without a letter, for the operator's own process (the demo plays its people with it): of whoever first came
/// into the register under this address.
pub fn session_for(tx: &mut Tx, now: Moment, email: &str) -> Attempt<Secret> {
    let person = queries::by_email(tx, &normal_email(email).ok_or(No::NotFound)?)?.into_iter().next().ok_or(No::NotFound)?;
    let secret = Secret::new();
    queries::insert_session(tx, person.id, secret.hash(), now)?;
    Ok(secret)
}

/// What an act did when this session confirmed it before: whoever repeats an act is shown that it succeeded.
/// `subject` is what the act is on; the answer is what [`note_confirmed`] was given as its result.
pub fn confirmed<S: Shown>(tx: &mut Tx, caller: &Caller, subject: impl Display, seen: &Seen) -> Attempt<Option<String>> {
    queries::confirmation(tx, caller.session, S::ACT, &subject.to_string(), &seen.0)
}

/// Notes that an act was confirmed and done, in its transaction.
pub fn note_confirmed<S: Shown>(
    tx: &mut Tx,
    caller: &Caller,
    subject: impl Display,
    seen: &Seen,
    result: impl Display,
    now: Moment,
) -> Attempt<()> {
    queries::insert_confirmation(tx, caller.session, (S::ACT, &subject.to_string(), &seen.0), &result.to_string(), now)
}
