//! What is done to the register.

use super::{
    model::Organisation,
    permits::{self, Keep},
    plan::{self, Plan, shared_mailboxes},
    queries::{self, Contact},
    rows::Row,
};
use crate::{
    accounts::{self, Caller, PersonRow, Role, upsert_person},
    kernel::{Moment, OrganisationId, PersonId, Seen},
    mail::{Letter, Post, outbox},
    store::{Attempt, Tx},
};

/// What an import did, in organisations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: u32,
    pub updated: u32,
    pub unchanged: u32,
}

/// Looks at what an import would do.
pub fn plan_import(tx: &mut Tx, caller: &Caller, rows: &[Row]) -> Attempt<Plan> {
    plan_permitted(tx, &permits::keep(caller)?, rows)
}

fn plan_permitted(tx: &mut Tx, leave: &Keep, rows: &[Row]) -> Attempt<Plan> {
    let mut plan = Plan { as_of: queries::last_change(tx)?, ..Plan::default() };
    for row in rows {
        let known = queries::by_reference(tx, &row.reference)?;
        let contacts = match &known {
            Some(known) => queries::contacts(tx, &[known.id])?,
            None => Vec::new(),
        };
        plan.add(leave, row, known.as_ref(), &contacts);
    }
    plan.doubts = shared_mailboxes(rows, &queries::mailboxes(tx)?);
    Ok(plan)
}

/// Brings a checked file into the register: all of it or nothing. Organisations are known again by their reference.
pub fn import(tx: &mut Tx, post: &Post, caller: &Caller, now: Moment, seen: &Seen, rows: &[Row]) -> Attempt<Imported> {
    let leave = permits::keep(caller)?;
    let plan = plan_permitted(tx, &leave, rows)?;
    // Only a file that has nothing left to change can be the one that was taken in before.
    let is_in = plan.added.is_empty() && plan.updated.is_empty();
    if let Some(done) = accounts::confirmed::<Plan>(tx, caller, "register", seen)?.filter(|_| is_in) {
        let mut numbers = done.split(' ').map(|number| number.parse().unwrap_or(0));
        let mut next = || numbers.next().unwrap_or(0);
        return Ok(Imported { added: next(), updated: next(), unchanged: next() });
    }
    seen.confirms(plan)?;
    let done = import_permitted(tx, post, &leave, now, rows)?;
    let result = format!("{} {} {}", done.added, done.updated, done.unchanged);
    accounts::note_confirmed::<Plan>(tx, caller, "register", seen, result, now)?;
    Ok(done)
}

/// The same for the operator at the server's own terminal, who needs no session.
pub fn import_as_operator(tx: &mut Tx, post: &Post, now: Moment, rows: &[Row]) -> Attempt<Imported> {
    import_permitted(tx, post, &permits::operator(), now, rows)
}

fn import_permitted(tx: &mut Tx, post: &Post, _: &Keep, now: Moment, rows: &[Row]) -> Attempt<Imported> {
    let mut done = Imported::default();
    let mut count = queries::count(tx)?;
    for row in rows {
        let known = queries::by_reference(tx, &row.reference)?;
        let mut fresh = plan::organisation(row, known.as_ref(), count, now);
        let is_new = known.is_none();
        let mut changed = false;
        match known {
            None => {
                queries::insert(tx, &fresh)?;
                count += 1;
            }
            Some(known) => {
                fresh.updated_at = known.updated_at;
                changed = fresh != known;
            }
        }
        let before = if is_new { Vec::new() } else { queries::contacts(tx, &[fresh.id])? };
        changed |= people(tx, &fresh, row, now)?;
        if changed && !is_new {
            fresh.updated_at = now;
            queries::update(tx, &fresh)?;
        }
        tell_of_new_signers(tx, post, &fresh, &before, now)?;
        match (is_new, changed) {
            (true, _) => done.added += 1,
            (false, true) => done.updated += 1,
            (false, false) => done.unchanged += 1,
        }
    }
    Ok(done)
}

/// The file's people: the approver signs, else the focal point does; the focal point also drafts.
fn people(tx: &mut Tx, organisation: &Organisation, row: &Row, now: Moment) -> Attempt<bool> {
    let focal = &row.focal_point;
    let (focal_id, mut changed) = upsert_person(tx, &PersonRow { name: &focal.name, email: &focal.email, title: &focal.title }, now)?;
    let mut signer = focal_id;
    if let Some(approver) = &row.approver {
        let (id, renamed) = upsert_person(tx, &PersonRow { name: &approver.name, email: &approver.email, title: &approver.title }, now)?;
        signer = id;
        changed |= renamed;
    }
    let roles = [(focal_id, Role::FocalPoint), (focal_id, Role::Drafter), (signer, Role::SigningAuthority)];
    Ok(queries::set_roles(tx, organisation.id, &roles)? || changed)
}

/// Tells everybody who acted or acts for a known organisation that others may sign for it now. Whoever put themselves
/// into the register is noticed by those they replaced.
fn tell_of_new_signers(tx: &mut Tx, post: &Post, organisation: &Organisation, before: &[Contact], now: Moment) -> Attempt<()> {
    let after = queries::contacts(tx, &[organisation.id])?;
    let signers = |contacts: &[Contact]| -> Vec<PersonId> {
        contacts.iter().filter(|contact| contact.role == Role::SigningAuthority).map(|contact| contact.person).collect()
    };
    if before.is_empty() || signers(before) == signers(&after) {
        return Ok(());
    }
    let names: Vec<&str> =
        after.iter().filter(|contact| contact.role == Role::SigningAuthority).map(|contact| contact.name.as_str()).collect();
    let mut told: Vec<PersonId> = Vec::new();
    for contact in before.iter().chain(&after) {
        if told.contains(&contact.person) {
            continue;
        }
        told.push(contact.person);
        let letter =
            Letter::ContactsChanged { person: contact.name.clone(), organisation: organisation.name.clone(), signers: names.join(", ") };
        outbox::queue(tx, post, contact.person, letter, now)?;
    }
    Ok(())
}

/// Names a delegate of an organisation.
pub fn add_delegate(tx: &mut Tx, organisation: OrganisationId, person: &PersonRow<'_>, now: Moment) -> Attempt<()> {
    let (id, _) = upsert_person(tx, person, now)?;
    let known = queries::contacts(tx, &[organisation])?;
    if known.iter().any(|contact| contact.person == id && contact.role == Role::Delegate) {
        return Ok(());
    }
    queries::add_role(tx, organisation, id, Role::Delegate)
}
