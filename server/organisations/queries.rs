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
        columns::columns,
        schema::{memberships, organisations, people},
    },
};

#[rustfmt::skip]
type Row = (
    OrganisationId, String, String, String, String, String, String, String, String, String, String, ConsultativeStatus,
    Option<String>, String, Visibility, SigningRule, Option<String>, i32, Moment,
);

columns!(
    COLUMNS = organisations {
        id,
        reference,
        name,
        name_en,
        acronym,
        country,
        country3,
        region,
        city,
        timezone,
        language,
        consultative_status,
        registered_name,
        membership,
        default_visibility,
        signing_rule,
        parent_reference,
        colour,
        updated_at,
    }
);

#[rustfmt::skip]
fn made(row: Row) -> Organisation {
    let (
        id, reference, name, name_en, acronym, country, country3, region, city, timezone, language, status,
        registered_name, membership, default_visibility, signing_rule, parent_reference, colour, updated_at,
    ) = row;
    Organisation {
        id, reference, name, name_en, acronym, country, country3, region, city, timezone, language, status,
        registered_name, membership, default_visibility, signing_rule, parent_reference, colour, updated_at,
    }
}

/// What a list is narrowed by.
#[derive(Debug, Default, Clone)]
pub struct Filter {
    /// Folded, see [`super::model::fold`].
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
        .select(COLUMNS)
        .load(tx)?;
    Ok((rows.into_iter().map(made).collect(), total))
}

pub fn by_id(tx: &mut Tx, id: OrganisationId) -> Attempt<Option<Organisation>> {
    let row: Option<Row> = organisations::table.find(id).select(COLUMNS).first(tx).optional()?;
    Ok(row.map(made))
}

pub fn by_ids(tx: &mut Tx, ids: &[OrganisationId]) -> Attempt<Vec<Organisation>> {
    let mut all = Vec::with_capacity(ids.len());
    // SQLite takes a bounded number of parameters in one statement.
    for some in ids.chunks(500) {
        let rows: Vec<Row> = organisations::table
            .filter(organisations::id.eq_any(some.to_vec()))
            .order((organisations::name_en, organisations::reference))
            .select(COLUMNS)
            .load(tx)?;
        all.extend(rows.into_iter().map(made));
    }
    Ok(all)
}

pub fn by_reference(tx: &mut Tx, reference: &str) -> Attempt<Option<Organisation>> {
    let row: Option<Row> = organisations::table.filter(organisations::reference.eq(reference)).select(COLUMNS).first(tx).optional()?;
    Ok(row.map(made))
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
        language: row.language.clone(), consultative_status: row.status, registered_name: row.registered_name.clone(),
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

/// Everybody who acts for these organisations, one entry a role.
pub fn contacts(tx: &mut Tx, of: &[OrganisationId]) -> Attempt<Vec<Contact>> {
    let mut all = Vec::new();
    for some in of.chunks(500) {
        let rows: Vec<(OrganisationId, PersonId, String, String, String, Role)> = memberships::table
            .inner_join(people::table)
            .filter(memberships::organisation.eq_any(some.to_vec()))
            .order((memberships::organisation, people::name, memberships::role))
            .select((memberships::organisation, memberships::person, people::name, people::title, people::email, memberships::role))
            .load(tx)?;
        all.extend(rows.into_iter().map(|(organisation, person, name, title, email, role)| Contact {
            organisation,
            person,
            name,
            title,
            email,
            role,
        }));
    }
    Ok(all)
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
