//! What is done to the register.

use super::{
    csv::Row,
    model::Organisation,
    permits::{self, Keep},
    queries,
};
use crate::{
    accounts::{Caller, PersonRow, Role, upsert_person},
    kernel::{Moment, OrganisationId},
    store::{Answer, Tx},
};

/// What an import did, in organisations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: u32,
    pub updated: u32,
    pub unchanged: u32,
}

/// Brings a checked file into the register: all of it or nothing. Organisations are known again by their reference.
pub fn import(tx: &mut Tx, caller: &Caller, now: Moment, rows: &[Row]) -> Answer<Imported> {
    let permit = permits::keep(caller)?;
    import_permitted(tx, &permit, now, rows)
}

/// The same for the operator at the server's own terminal, who needs no session.
pub fn import_as_operator(tx: &mut Tx, now: Moment, rows: &[Row]) -> Answer<Imported> {
    import_permitted(tx, &permits::operator(), now, rows)
}

fn import_permitted(tx: &mut Tx, _: &Keep, now: Moment, rows: &[Row]) -> Answer<Imported> {
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
        changed |= people(tx, &fresh, row, now)?;
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
fn people(tx: &mut Tx, organisation: &Organisation, row: &Row, now: Moment) -> Answer<bool> {
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

/// Names a delegate of an organisation.
pub fn add_delegate(tx: &mut Tx, organisation: OrganisationId, person: &PersonRow<'_>, now: Moment) -> Answer<()> {
    let (id, _) = upsert_person(tx, person, now)?;
    let known = queries::contacts(tx, &[organisation])?;
    if known.iter().any(|contact| contact.person == id && contact.role == Role::Delegate) {
        return Ok(());
    }
    queries::add_role(tx, organisation, id, Role::Delegate)
}
