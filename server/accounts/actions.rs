//! Signing in and out. A link is asked for, mailed, and consumed by a POST; a session is a row that can be revoked.

use super::{
    model::{Caller, normal_email},
    queries,
};
use crate::accounts::limits;
use crate::{
    kernel::{Moment, No, Secret, SecretHash, SessionId},
    mail::{Letter, Post, outbox},
    store::{Attempt, Tx},
};

/// Mails a sign-in link if the address is known. The answer is the same whether or not it is.
pub fn ask_to_sign_in(tx: &mut Tx, post: &Post, now: Moment, email: &str) -> Attempt<()> {
    let Some(email) = normal_email(email) else { return Ok(()) };
    let Some(person) = queries::by_email(tx, &email)? else { return Ok(()) };
    if queries::links_since(tx, person.id, now.plus_seconds(-3600))? >= limits::SIGN_IN_LETTERS_PER_HOUR {
        // A mailbox is not to be buried; the letters already there still work or have just lapsed.
        return Ok(());
    }
    let token = Secret::new();
    queries::insert_link(tx, person.id, token.hash(), now)?;
    let link = post.link(&format!("/sign-in/{}", token.as_str()));
    outbox::queue(
        tx,
        post,
        person.id,
        Letter::SignIn { person: Some(person.name), link, minutes: (limits::SIGN_IN_LINK_SECONDS / 60) as u32 },
        now,
    )
}

/// Makes a sign-in link without a letter, for the operator's own terminal.
pub fn sign_in_link(tx: &mut Tx, post: &Post, now: Moment, email: &str) -> Attempt<String> {
    let email = normal_email(email).ok_or(No::NotFound)?;
    let person = queries::by_email(tx, &email)?.ok_or(No::NotFound)?;
    let token = Secret::new();
    queries::insert_link(tx, person.id, token.hash(), now)?;
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

/// A session without a letter, for the operator's own process (the demo plays its people with it).
pub fn session_for(tx: &mut Tx, now: Moment, email: &str) -> Attempt<Secret> {
    let person = queries::by_email(tx, &normal_email(email).ok_or(No::NotFound)?)?.ok_or(No::NotFound)?;
    let secret = Secret::new();
    queries::insert_session(tx, person.id, secret.hash(), now)?;
    Ok(secret)
}
