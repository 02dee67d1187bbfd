//! The register in SQL.

use crate::organisations::limits;
use diesel::prelude::*;

use super::{
    model::{ConsultativeStatus, Organisation, SigningRule, Visibility},
    permits::Sight,
};
use crate::{
    accounts::Role,
    kernel::{Moment, OrganisationId, PersonId},
    store::{
        Attempt, DB, Tx,
        columns::row,
        schema::{memberships, organisations, people},
    },
};

row!(Row of organisations as Organisation {
    id: OrganisationId,
    reference: String,
    name: String,
    name_en: String,
    acronym: String,
    country: String,
    country3: String,
    region: String,
    city: String,
    timezone: String,
    language: String,
    consultative_status: ConsultativeStatus,
    registered_name: Option<String>,
    membership: String,
    default_visibility: Visibility,
    signing_rule: SigningRule,
    parent_reference: Option<String>,
    colour: i32,
    updated_at: Moment,
});

/// What a list is narrowed by.
#[derive(Debug, Default, Clone)]
pub struct Filter {
    /// Folded, see [`crate::text::fold`].
    pub search: Option<String>,
    pub region: Option<String>,
    pub status: Option<ConsultativeStatus>,
    pub visibility: Option<Visibility>,
}

/// One page of the register by English name, and how many there are in all.
pub fn page(tx: &mut Tx, sight: &Sight, filter: &Filter, page: i64) -> Attempt<(Vec<Organisation>, i64)> {
    let narrowed = || {
        let mut ask = organisations::table.into_boxed::<DB>();
        if let Sight::PublicAnd(own) = sight {
            ask = ask.filter(organisations::default_visibility.eq(Visibility::Public).or(organisations::id.eq_any(own.clone())));
        }
        if let Some(search) = &filter.search {
            let pattern = format!("%{}%", search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
            ask = ask.filter(organisations::search_key.like(pattern).escape('\\'));
        }
        if let Some(region) = &filter.region {
            ask = ask.filter(organisations::region.eq(region.clone()));
        }
        if let Some(status) = filter.status {
            ask = ask.filter(organisations::consultative_status.eq(status));
        }
        if let Some(visibility) = filter.visibility {
            ask = ask.filter(organisations::default_visibility.eq(visibility));
        }
        ask
    };
    let total: i64 = narrowed().count().get_result(tx)?;
    let size = limits::PAGE_SIZE as i64;
    let rows: Vec<Row> = narrowed()
        .order((organisations::name_en, organisations::reference))
        .offset((page - 1) * size)
        .limit(size)
        .select(Row::as_select())
        .load(tx)?;
    Ok((rows.into_iter().map(Organisation::from).collect(), total))
}

pub fn by_id(tx: &mut Tx, id: OrganisationId) -> Attempt<Option<Organisation>> {
    let row: Option<Row> = organisations::table.find(id).select(Row::as_select()).first(tx).optional()?;
    Ok(row.map(Organisation::from))
}

pub fn by_ids(tx: &mut Tx, ids: &[OrganisationId]) -> Attempt<Vec<Organisation>> {
    let mut all = Vec::with_capacity(ids.len());
    // SQLite takes a bounded number of parameters in one statement.
    for some in ids.chunks(500) {
        let rows: Vec<Row> = organisations::table
            .filter(organisations::id.eq_any(some.to_vec()))
            .order((organisations::name_en, organisations::reference))
            .select(Row::as_select())
            .load(tx)?;
        all.extend(rows.into_iter().map(Organisation::from));
    }
    Ok(all)
}

pub fn by_reference(tx: &mut Tx, reference: &str) -> Attempt<Option<Organisation>> {
    let row: Option<Row> =
        organisations::table.filter(organisations::reference.eq(reference)).select(Row::as_select()).first(tx).optional()?;
    Ok(row.map(Organisation::from))
}

pub(super) fn count(tx: &mut Tx) -> Attempt<i64> {
    Ok(organisations::table.count().get_result(tx)?)
}

pub(super) fn insert(tx: &mut Tx, row: &Organisation) -> Attempt<()> {
    diesel::insert_into(organisations::table)
        .values((
            organisations::id.eq(row.id),
            organisations::reference.eq(&row.reference),
            organisations::colour.eq(row.colour),
            organisations::created_at.eq(row.updated_at),
            cells(row),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx, row: &Organisation) -> Attempt<()> {
    diesel::update(organisations::table.find(row.id)).set(cells(row)).execute(tx)?;
    Ok(())
}

/// Every column an import may change.
#[rustfmt::skip]
fn cells(row: &Organisation) -> Cells {
    Cells {
        name: row.name.clone(), name_en: row.name_en.clone(), acronym: row.acronym.clone(), country: row.country.clone(),
        country3: row.country3.clone(), region: row.region.clone(), city: row.city.clone(), timezone: row.timezone.clone(),
        language: row.language.clone(), consultative_status: row.consultative_status, registered_name: row.registered_name.clone(),
        membership: row.membership.clone(), default_visibility: row.default_visibility, signing_rule: row.signing_rule,
        parent_reference: row.parent_reference.clone(), search_key: row.search_key(), updated_at: row.updated_at,
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = organisations, treat_none_as_null = true)]
struct Cells {
    name: String,
    name_en: String,
    acronym: String,
    country: String,
    country3: String,
    region: String,
    city: String,
    timezone: String,
    language: String,
    consultative_status: ConsultativeStatus,
    registered_name: Option<String>,
    membership: String,
    default_visibility: Visibility,
    signing_rule: SigningRule,
    parent_reference: Option<String>,
    search_key: String,
    updated_at: Moment,
}

/// Somebody who acts for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub name: String,
    pub title: String,
    pub email: String,
    pub role: Role,
}

row!(MembershipRow of memberships { organisation: OrganisationId, person: PersonId, role: Role });
row!(PersonRow of people { name: String, title: String, email: String });

/// Everybody who acts for these organisations, one entry a role.
pub fn contacts(tx: &mut Tx, of: &[OrganisationId]) -> Attempt<Vec<Contact>> {
    let mut all = Vec::new();
    for some in of.chunks(500) {
        let rows: Vec<(MembershipRow, PersonRow)> = memberships::table
            .inner_join(people::table)
            .filter(memberships::organisation.eq_any(some.to_vec()))
            .order((memberships::organisation, people::name, memberships::role))
            .select((MembershipRow::as_select(), PersonRow::as_select()))
            .load(tx)?;
        all.extend(rows.into_iter().map(|(of, person)| Contact {
            organisation: of.organisation,
            person: of.person,
            role: of.role,
            name: person.name,
            title: person.title,
            email: person.email,
        }));
    }
    Ok(all)
}

/// Who is written to at which address for which organisation.
#[derive(Debug, Clone)]
pub struct Mailbox {
    pub email: String,
    pub name: String,
    /// The organisation's.
    pub reference: String,
    pub organisation: String,
}

row!(AddressRow of people { email: String, name: String });
row!(NamedRow of organisations { reference: String, name: String });

/// Every address of the register.
pub(super) fn mailboxes(tx: &mut Tx) -> Attempt<Vec<Mailbox>> {
    let rows: Vec<(AddressRow, NamedRow)> = memberships::table
        .inner_join(people::table)
        .inner_join(organisations::table)
        .select((AddressRow::as_select(), NamedRow::as_select()))
        .distinct()
        .load(tx)?;
    let mailbox =
        |(one, of): (AddressRow, NamedRow)| Mailbox { email: one.email, name: one.name, reference: of.reference, organisation: of.name };
    Ok(rows.into_iter().map(mailbox).collect())
}

/// When the register last changed.
pub(super) fn last_change(tx: &mut Tx) -> Attempt<Option<Moment>> {
    Ok(organisations::table.order(organisations::updated_at.desc()).select(organisations::updated_at).first(tx).optional()?)
}

/// Whether letters to an organisation reach people of another one: one of its people is written to at an address at which
/// somebody is, who acts for another organisation and not for this one.
pub fn shares_mailbox(tx: &mut Tx, id: OrganisationId) -> Attempt<bool> {
    let own = contacts(tx, &[id])?;
    let addresses: Vec<&str> = own.iter().map(|contact| contact.email.as_str()).collect();
    let others: Vec<PersonId> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation.ne(id))
        .filter(people::email.eq_any(addresses))
        .select(memberships::person)
        .load(tx)?;
    Ok(others.iter().any(|person| !own.iter().any(|contact| contact.person == *person)))
}

/// Replaces the roles an import decides (a delegate is named by people, not by the file). Says whether anything changed.
pub(super) fn set_roles(tx: &mut Tx, organisation: OrganisationId, wanted: &[(PersonId, Role)]) -> Attempt<bool> {
    let present: Vec<(PersonId, Role)> = memberships::table
        .filter(memberships::organisation.eq(organisation))
        .filter(memberships::role.ne(Role::Delegate))
        .select((memberships::person, memberships::role))
        .load(tx)?;
    let mut changed = false;
    for (person, role) in present.iter().filter(|role| !wanted.contains(role)) {
        diesel::delete(memberships::table.find((organisation, *person, role.word()))).execute(tx)?;
        changed = true;
    }
    for (person, role) in wanted.iter().filter(|role| !present.contains(role)) {
        add_role(tx, organisation, *person, *role)?;
        changed = true;
    }
    Ok(changed)
}

pub(crate) fn add_role(tx: &mut Tx, organisation: OrganisationId, person: PersonId, role: Role) -> Attempt<()> {
    diesel::insert_into(memberships::table)
        .values((memberships::organisation.eq(organisation), memberships::person.eq(person), memberships::role.eq(role)))
        .execute(tx)?;
    Ok(())
}
