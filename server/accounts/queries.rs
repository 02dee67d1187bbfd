//! Accounts in SQL.

use crate::accounts::limits;
use diesel::prelude::*;

use super::model::{Caller, Role};
use crate::{
    kernel::{Id, Moment, OrganisationId, PersonId, SessionId, TicketId, secret::SecretHash},
    store::{
        Attempt, Tx,
        columns::row,
        schema::{confirmations, memberships, people, sessions, sign_in_links, tickets},
    },
    text::fold::fold,
};

row!(KnownRow of people as Known { id: PersonId, name: String });

pub(super) struct Known {
    pub id: PersonId,
    pub name: String,
}

/// Everybody who is written to at an address: a mailbox may serve several people.
pub(super) fn by_email(tx: &mut Tx, email: &str) -> Attempt<Vec<Known>> {
    let rows: Vec<KnownRow> = people::table.filter(people::email.eq(email)).order(people::id).select(KnownRow::as_select()).load(tx)?;
    Ok(rows.into_iter().map(Known::from).collect())
}

/// Sign-in links mailed to an address since then.
pub(super) fn links_since(tx: &mut Tx, email: &str, since: Moment) -> Attempt<i64> {
    Ok(sign_in_links::table
        .inner_join(people::table)
        .filter(people::email.eq(email))
        .filter(sign_in_links::created_at.ge(since))
        .count()
        .get_result(tx)?)
}

pub(super) fn insert_link(tx: &mut Tx, person: PersonId, token: SecretHash, now: Moment) -> Attempt<()> {
    let id: Id<()> = Id::new();
    diesel::insert_into(sign_in_links::table)
        .values((
            sign_in_links::id.eq(id),
            sign_in_links::person.eq(person),
            sign_in_links::token_hash.eq(token),
            sign_in_links::created_at.eq(now),
            sign_in_links::expires_at.eq(now.plus_seconds(limits::SIGN_IN_LINK_SECONDS)),
        ))
        .execute(tx)?;
    Ok(())
}

/// Marks the link used and says whose it is; `None` when it is unknown, used or late.
pub(super) fn use_link(tx: &mut Tx, token: SecretHash, now: Moment) -> Attempt<Option<PersonId>> {
    let live = sign_in_links::table
        .filter(sign_in_links::token_hash.eq(token))
        .filter(sign_in_links::used_at.is_null())
        .filter(sign_in_links::expires_at.gt(now));
    let Some(person) = live.select(sign_in_links::person).first::<PersonId>(tx).optional()? else {
        return Ok(None);
    };
    let used = diesel::update(sign_in_links::table.filter(sign_in_links::token_hash.eq(token)).filter(sign_in_links::used_at.is_null()))
        .set(sign_in_links::used_at.eq(now))
        .execute(tx)?;
    Ok((used == 1).then_some(person))
}

pub(super) fn insert_session(tx: &mut Tx, person: PersonId, secret: SecretHash, now: Moment) -> Attempt<SessionId> {
    let id = SessionId::new();
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id),
            sessions::person.eq(person),
            sessions::secret_hash.eq(secret),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::expires_at.eq(now.plus_seconds(limits::SESSION_SECONDS_MAX)),
        ))
        .execute(tx)?;
    Ok(id)
}

pub(super) fn end_session(tx: &mut Tx, session: SessionId, now: Moment) -> Attempt<()> {
    diesel::update(sessions::table.find(session)).set(sessions::revoked_at.eq(now)).execute(tx)?;
    Ok(())
}

pub(super) fn touch_session(tx: &mut Tx, session: SessionId, now: Moment) -> Attempt<()> {
    diesel::update(sessions::table.find(session)).set(sessions::seen_at.eq(now)).execute(tx)?;
    Ok(())
}

pub(super) fn caller_by_secret(tx: &mut Tx, secret: SecretHash, now: Moment) -> Attempt<Option<Caller>> {
    let id: Option<SessionId> = sessions::table.filter(sessions::secret_hash.eq(secret)).select(sessions::id).first(tx).optional()?;
    match id {
        Some(id) => caller_by_session(tx, id, now),
        None => Ok(None),
    }
}

row!(SessionRow of sessions { person: PersonId, seen_at: Moment });
row!(PersonOfSession of people { name: String, email: String, coordinator: bool });

/// The person behind a session that is neither revoked, nor late, nor forgotten.
pub(super) fn caller_by_session(tx: &mut Tx, session: SessionId, now: Moment) -> Attempt<Option<Caller>> {
    let row: Option<(SessionRow, PersonOfSession)> = sessions::table
        .inner_join(people::table)
        .filter(sessions::id.eq(session))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::seen_at.gt(now.plus_seconds(-limits::SESSION_IDLE_SECONDS)))
        .select((SessionRow::as_select(), PersonOfSession::as_select()))
        .first(tx)
        .optional()?;
    let Some((SessionRow { person, seen_at }, PersonOfSession { name, email, coordinator })) = row else {
        return Ok(None);
    };
    let roles: Vec<(OrganisationId, Role)> = memberships::table
        .filter(memberships::person.eq(person))
        .select((memberships::organisation, memberships::role))
        .order((memberships::organisation, memberships::role))
        .load(tx)?;
    Ok(Some(Caller { person, session, name, email, coordinator, roles, seen_at }))
}

pub(super) fn insert_ticket(tx: &mut Tx, session: SessionId, now: Moment) -> Attempt<TicketId> {
    let id = TicketId::new();
    diesel::insert_into(tickets::table)
        .values((tickets::id.eq(id), tickets::session.eq(session), tickets::expires_at.eq(now.plus_seconds(limits::TICKET_SECONDS))))
        .execute(tx)?;
    // Tickets live seconds; the table never holds more than the last ones.
    diesel::delete(tickets::table.filter(tickets::expires_at.lt(now.plus_seconds(-3600)))).execute(tx)?;
    Ok(id)
}

pub(super) fn use_ticket(tx: &mut Tx, ticket: TicketId, now: Moment) -> Attempt<Option<SessionId>> {
    let used = diesel::update(
        tickets::table.filter(tickets::id.eq(ticket)).filter(tickets::used_at.is_null()).filter(tickets::expires_at.gt(now)),
    )
    .set(tickets::used_at.eq(now))
    .execute(tx)?;
    if used == 0 {
        return Ok(None);
    }
    Ok(tickets::table.find(ticket).select(tickets::session).first(tx).optional()?)
}

/// A person to be, or to be brought up to date, in the register or by the operator.
pub struct PersonRow<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub title: &'a str,
}

row!(TitledRow of people { id: PersonId, name: String, title: String });

/// Finds the person of this name at this address, or adds them; says whether anything changed.
///
/// A mailbox is not a person: somebody of another name at a known address is somebody else, and nothing that was done or
/// recorded in the first one's name changes. Case and accents are spelling, and are brought up to date.
pub fn upsert_person(tx: &mut Tx, row: &PersonRow<'_>, now: Moment) -> Attempt<(PersonId, bool)> {
    let there: Vec<TitledRow> =
        people::table.filter(people::email.eq(row.email)).order(people::id).select(TitledRow::as_select()).load(tx)?;
    if let Some(TitledRow { id, name, title }) = there.into_iter().find(|known| fold(&known.name) == fold(row.name)) {
        // An empty title says nothing, so it does not erase a known one.
        let title_new = if row.title.is_empty() { title.as_str() } else { row.title };
        let changed = name != row.name || title != title_new;
        if changed {
            diesel::update(people::table.find(id)).set((people::name.eq(row.name), people::title.eq(title_new))).execute(tx)?;
        }
        return Ok((id, changed));
    }
    let id = PersonId::new();
    diesel::insert_into(people::table)
        .values((
            people::id.eq(id),
            people::name.eq(row.name),
            people::email.eq(row.email),
            people::known_by.eq(id.to_string()),
            people::title.eq(row.title),
            people::coordinator.eq(false),
            people::created_at.eq(now),
        ))
        .execute(tx)?;
    Ok((id, true))
}

pub fn set_coordinator(tx: &mut Tx, person: PersonId) -> Attempt<()> {
    diesel::update(people::table.find(person)).set(people::coordinator.eq(true)).execute(tx)?;
    Ok(())
}

/// Whether somebody writes for an organisation by now, or as a coordinator for none.
pub fn writes_for(tx: &mut Tx, person: PersonId, organisation: Option<OrganisationId>) -> Attempt<bool> {
    let found: i64 = match organisation {
        Some(organisation) => memberships::table
            .filter(memberships::person.eq(person))
            .filter(memberships::organisation.eq(organisation))
            .filter(memberships::role.eq(Role::Drafter))
            .count()
            .get_result(tx)?,
        None => people::table.filter(people::id.eq(person)).filter(people::coordinator.eq(true)).count().get_result(tx)?,
    };
    Ok(found > 0)
}

/// A person as letters and pages address them.
pub struct Addressee {
    pub name: String,
    pub email: String,
}

row!(AddresseeRow of people as Addressee { name: String, email: String });

/// The name and address of a person, to write to.
pub fn address_of(tx: &mut Tx, person: PersonId) -> Attempt<Option<Addressee>> {
    let row: Option<AddresseeRow> = people::table.find(person).select(AddresseeRow::as_select()).first(tx).optional()?;
    Ok(row.map(Addressee::from))
}

/// Every coordinator with their name.
pub fn coordinators(tx: &mut Tx) -> Attempt<Vec<(PersonId, String)>> {
    let rows: Vec<KnownRow> = people::table.filter(people::coordinator.eq(true)).select(KnownRow::as_select()).load(tx)?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The names of people.
pub fn names_of(tx: &mut Tx, people: &[PersonId]) -> Attempt<Vec<(PersonId, String)>> {
    let mut all = Vec::with_capacity(people.len());
    // SQLite takes a bounded number of parameters in one statement.
    for some in people.chunks(500) {
        let rows: Vec<KnownRow> = people::table.filter(people::id.eq_any(some.to_vec())).select(KnownRow::as_select()).load(tx)?;
        all.extend(rows.into_iter().map(|row| (row.id, row.name)));
    }
    Ok(all)
}

/// What a binding act did when this session confirmed it, if it did.
pub(super) fn confirmation(tx: &mut Tx, session: SessionId, act: &str, subject: &str, seen: &str) -> Attempt<Option<String>> {
    Ok(confirmations::table.find((session, act, subject, seen)).select(confirmations::result).first(tx).optional()?)
}

pub(super) fn insert_confirmation(
    tx: &mut Tx,
    session: SessionId,
    (act, subject, seen): (&str, &str, &str),
    result: &str,
    now: Moment,
) -> Attempt<()> {
    diesel::insert_into(confirmations::table)
        .values((
            confirmations::session.eq(session),
            confirmations::act.eq(act),
            confirmations::subject.eq(subject),
            confirmations::seen.eq(seen),
            confirmations::result.eq(result),
            confirmations::at.eq(now),
        ))
        .execute(tx)?;
    Ok(())
}
