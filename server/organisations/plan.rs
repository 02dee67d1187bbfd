//! What an import would do, organisation by organisation, before it is done: pure.
//!
//! The page shows the whole plan, and the import is refused when it would no longer do the same. Doubts stop nothing: they
//! are what somebody should look at, such as a mailbox that serves people of two organisations.

use serde::Serialize;

use super::{
    model::Organisation,
    permits::Keep,
    queries::{Contact, Mailbox},
    rows::{self, Row},
};
use crate::{
    accounts::Role,
    kernel::{Moment, OrganisationId, Shown},
    text::fold::fold,
};

/// The whole plan.
#[derive(Debug, Default, Serialize)]
pub struct Plan {
    /// Named by reference and name.
    pub added: Vec<(String, String)>,
    pub updated: Vec<Update>,
    pub unchanged: u32,
    pub doubts: Vec<SharedMailbox>,
    /// The register's last change, so that going to and fro between two files is not taken for a repetition.
    pub as_of: Option<Moment>,
}

impl Shown for Plan {
    const ACT: &'static str = "import-register";
}

/// An organisation that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Update {
    pub reference: String,
    /// As it is named now.
    pub name: String,
    pub changes: Vec<Change>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The file's column.
    pub column: &'static str,
    pub before: String,
    pub after: String,
}

/// An address at which people of several organisations are written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedMailbox {
    pub address: String,
    /// `Amber House (ORG-813)`.
    pub organisations: Vec<String>,
}

impl Plan {
    /// Adds one row of the file. `contacts` are those of the known organisation.
    pub fn add(&mut self, _: &Keep, row: &Row, known: Option<&Organisation>, contacts: &[Contact]) {
        let Some(known) = known else {
            self.added.push((row.reference.clone(), row.name.clone()));
            return;
        };
        let mut changes = changes(known, &organisation(row, Some(known), 0, known.updated_at));
        changes.extend(people_changes(row, contacts));
        if changes.is_empty() {
            self.unchanged += 1;
        } else {
            self.updated.push(Update { reference: row.reference.clone(), name: known.name.clone(), changes });
        }
    }
}

/// The organisation that a row says, known or new.
pub fn organisation(row: &Row, known: Option<&Organisation>, count: i64, now: Moment) -> Organisation {
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
        consultative_status: row.status,
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

fn changes(before: &Organisation, after: &Organisation) -> Vec<Change> {
    let pairs = [
        ("display_name", before.name.clone(), after.name.clone()),
        ("name_en", before.name_en.clone(), after.name_en.clone()),
        ("acronym", before.acronym.clone(), after.acronym.clone()),
        ("country_iso2", before.country.clone(), after.country.clone()),
        ("country_iso3", before.country3.clone(), after.country3.clone()),
        ("un_regional_group", before.region.clone(), after.region.clone()),
        ("city", before.city.clone(), after.city.clone()),
        ("timezone", before.timezone.clone(), after.timezone.clone()),
        ("language", before.language.clone(), after.language.clone()),
        ("ecosoc_status", before.consultative_status.word().into(), after.consultative_status.word().into()),
        ("ecosoc_registered_name", or_nothing(&before.registered_name), or_nothing(&after.registered_name)),
        ("membership", before.membership.clone(), after.membership.clone()),
        ("default_visibility", before.default_visibility.word().into(), after.default_visibility.word().into()),
        ("signing_rule", before.signing_rule.word().into(), after.signing_rule.word().into()),
        ("parent_org_id", or_nothing(&before.parent_reference), or_nothing(&after.parent_reference)),
    ];
    pairs.into_iter().filter(|(_, before, after)| before != after).map(|(column, before, after)| Change { column, before, after }).collect()
}

fn or_nothing(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

/// Whom the file names in another way than the register, or at another address.
fn people_changes(row: &Row, contacts: &[Contact]) -> Vec<Change> {
    let signer = row.approver.as_ref().unwrap_or(&row.focal_point);
    let roles = [("focal_point_name", Role::FocalPoint, &row.focal_point), ("approver_name", Role::SigningAuthority, signer)];
    let change = |(column, role, named): (&'static str, Role, &rows::Contact)| {
        let present = contacts.iter().find(|contact| contact.role == role);
        let title = |present: &Contact| if named.title.is_empty() { present.title.clone() } else { named.title.clone() };
        let before = present.map(|one| said(&one.name, &one.title, &one.email)).unwrap_or_default();
        let after = said(&named.name, &present.map_or_else(|| named.title.clone(), title), &named.email);
        (before != after).then_some(Change { column, before, after })
    };
    roles.into_iter().filter_map(change).collect()
}

fn said(name: &str, title: &str, email: &str) -> String {
    if title.is_empty() { format!("{name} <{email}>") } else { format!("{name}, {title} <{email}>") }
}

/// Addresses at which, after the import, people of other names are written to for different organisations.
pub fn shared_mailboxes(rows: &[Row], known: &[Mailbox]) -> Vec<SharedMailbox> {
    let in_file = |reference: &str| rows.iter().any(|row| row.reference == reference);
    let kept = known.iter().filter(|mailbox| !in_file(&mailbox.reference)).cloned();
    let of_row = |row: &Row| -> Vec<Mailbox> {
        let people = [Some(&row.focal_point), row.approver.as_ref()];
        let mailbox = |one: &rows::Contact| Mailbox {
            email: one.email.clone(),
            name: one.name.clone(),
            reference: row.reference.clone(),
            organisation: row.name.clone(),
        };
        people.into_iter().flatten().map(mailbox).collect()
    };
    let mut all: Vec<Mailbox> = kept.chain(rows.iter().flat_map(of_row)).collect();
    all.sort_by(|a, b| (&a.email, &a.reference).cmp(&(&b.email, &b.reference)));
    let mut shared = Vec::new();
    for group in all.chunk_by(|a, b| a.email == b.email) {
        let first = &group[0];
        let other_person_elsewhere = group.iter().any(|one| fold(&one.name) != fold(&first.name) && one.reference != first.reference);
        if other_person_elsewhere {
            let mut organisations: Vec<String> = group.iter().map(|one| format!("{} ({})", one.organisation, one.reference)).collect();
            organisations.dedup();
            shared.push(SharedMailbox { address: first.email.clone(), organisations });
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::permits;

    fn rows() -> Vec<Row> {
        rows::read(include_bytes!("../demo/organisations.csv")).unwrap()
    }

    #[test]
    fn what_would_change_is_said_with_before_and_after() {
        let row = rows().remove(0);
        let known = organisation(&row, None, 0, Moment::parse("2026-02-06T10:00:00Z").unwrap());
        let contact = |role, named: &rows::Contact| Contact {
            organisation: known.id,
            person: crate::kernel::PersonId::new(),
            name: named.name.clone(),
            title: named.title.clone(),
            email: named.email.clone(),
            role,
        };
        let signer = row.approver.as_ref().unwrap_or(&row.focal_point);
        let contacts = [contact(Role::FocalPoint, &row.focal_point), contact(Role::SigningAuthority, signer)];
        let planned = |row: &Row| {
            let mut plan = Plan::default();
            plan.add(&permits::operator(), row, Some(&known), &contacts);
            plan
        };
        assert_eq!((planned(&row).unchanged, planned(&row).updated.len()), (1, 0));
        let renamed = planned(&Row { name: "Baobab Ring".into(), ..row.clone() });
        let change = Change { column: "display_name", before: known.name.clone(), after: "Baobab Ring".into() };
        assert_eq!(renamed.updated[0].changes, [change]);
        let focal = rows::Contact { name: "Njeri Wambui".into(), ..row.focal_point.clone() };
        assert_eq!(planned(&Row { focal_point: focal, ..row.clone() }).updated[0].changes[0].column, "focal_point_name");
        let mut plan = Plan::default();
        plan.add(&permits::operator(), &row, None, &[]);
        assert_eq!(plan.added, [(row.reference.clone(), row.name.clone())]);
    }

    #[test]
    fn a_mailbox_of_two_people_in_two_organisations_is_a_doubt_and_one_person_in_two_is_not() {
        let [one, two] = <[Row; 2]>::try_from(rows().drain(..2).collect::<Vec<_>>()).unwrap();
        assert_eq!(shared_mailboxes(&[one.clone(), two.clone()], &[]), []);
        let same = Row { focal_point: one.focal_point.clone(), approver: None, ..two.clone() };
        assert_eq!(shared_mailboxes(&[one.clone(), same], &[]), []);
        let shared = rows::Contact { email: one.focal_point.email.clone(), ..two.focal_point.clone() };
        let other = Row { focal_point: shared, ..two.clone() };
        let doubts = shared_mailboxes(&[one.clone(), other.clone()], &[]);
        let named = |row: &Row| format!("{} ({})", row.name, row.reference);
        assert_eq!((doubts.len(), &doubts[0].organisations), (1, &vec![named(&one), named(&two)]));
        let known = Mailbox {
            email: one.focal_point.email.clone(),
            name: "Somebody else".into(),
            reference: "ORG-900".into(),
            organisation: "Elsewhere".into(),
        };
        assert_eq!(shared_mailboxes(&[one], &[known]).len(), 1);
    }
}
