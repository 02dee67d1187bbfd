//! What is done to the register.

use super::{
    csv::Row,
    model::Organisation,
    permits::{self, Keep},
    queries::{self, Contact},
};
use crate::{
    accounts::{Caller, PersonRow, Role, upsert_person},
    kernel::{Moment, OrganisationId, PersonId},
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

/// Brings a checked file into the register: all of it or nothing. Organisations are known again by their reference.
pub fn import(tx: &mut Tx, post: &Post, caller: &Caller, now: Moment, rows: &[Row]) -> Attempt<Imported> {
    let permit = permits::keep(caller)?;
    import_permitted(tx, post, &permit, now, rows)
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
        let mut fresh = organisation(row, known.as_ref(), count, now);
        let is_new = known.is_none();
        let mut changed = false;
        match known {
            None => {
                queries::insert(tx, &fresh)?;
                count += 1;
            }
            Some(known) => {
                fresh.updated_at = known.updated_at;
                if fresh != known {
                    fresh.updated_at = now;
                    queries::update(tx, &fresh)?;
                    changed = true;
                }
            }
        }
        let before = if is_new { Vec::new() } else { queries::contacts(tx, &[fresh.id])? };
        changed |= people(tx, &fresh, row, now)?;
        tell_of_new_signers(tx, post, &fresh, &before, now)?;
        match (is_new, changed) {
            (true, _) => done.added += 1,
            (false, true) => done.updated += 1,
            (false, false) => done.unchanged += 1,
        }
    }
    Ok(done)
}

fn organisation(row: &Row, known: Option<&Organisation>, count: i64, now: Moment) -> Organisation {
    Organisation {
        id: known.map_or_else(OrganisationId::new, |known| known.id),
        reference: row.reference.clone(),
        name: row.name.clone(),
        name_en: row.name_en.clone(),
        acronym: row.acronym.clone(),
        country: row.country.clone(),
        country3: row.country3.clone(),
        region: row.region.clone(),
        city: row.city.clone(),
        timezone: row.timezone.clone(),
        language: row.language.clone(),
        status: row.status,
        registered_name: row.registered_name.clone(),
        membership: row.membership.clone(),
        default_visibility: row.default_visibility,
        signing_rule: row.signing_rule,
        parent_reference: row.parent_reference.clone(),
        // Colours are handed out in order, so that neighbours in the register differ.
        colour: known.map_or((count % 8) as i32 + 1, |known| known.colour),
        updated_at: now,
    }
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
