//! The register over HTTP: its pages, one organisation, and a file brought in.

use crate::organisations::limits;
use actix_web::{HttpRequest, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::super::{
    actions,
    changes::Changes,
    model::{self, ConsultativeStatus, SigningRule, Visibility},
    permits::{self, Sight},
    plan,
    queries::{self, Filter},
    rows,
};
use crate::{
    accounts::{self, Role, SessionCookie},
    http::{self, Here},
    kernel::{No, OrganisationId, PersonId, Refusal, Seen, Shown},
    store::{Attempt, Failure},
    text::fold::fold,
};

#[derive(OpenApi)]
#[openapi(paths(list, show, preview_import, import))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(list).service(preview_import).service(import).service(show);
}

/// An organisation, as far as the caller may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Organisation {
    pub id: OrganisationId,
    /// The coalition's own number, `ORG-001`.
    #[serde(rename = "ref")]
    pub reference: String,
    pub name: String,
    pub name_en: String,
    pub acronym: String,
    pub colour: i32,
    pub country: String,
    pub country_name: String,
    pub region: String,
    pub city: String,
    pub timezone: String,
    pub language: String,
    pub consultative_status: ConsultativeStatus,
    pub registered_name: Option<String>,
    pub membership: String,
    pub default_visibility: Visibility,
    pub signing_rule: SigningRule,
    pub parent_ref: Option<String>,
    /// Only for coordinators and the organisation's own people.
    pub people: Option<Vec<PersonView>>,
}

/// Somebody who acts for an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonView {
    pub id: PersonId,
    pub name: String,
    pub title: String,
    pub email: String,
    pub roles: Vec<Role>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationPage {
    pub organisations: Vec<Organisation>,
    pub total: i64,
    pub page: i64,
    pub pages: i64,
}

#[derive(Debug, Deserialize, IntoParams)]
pub struct ListQuery {
    /// Part of a name, acronym, country, city or number; accents and case do not matter.
    #[param(nullable = false, max_length = 200, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$")]
    search: Option<String>,
    #[param(nullable = false, max_length = 200, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$")]
    region: Option<String>,
    #[param(nullable = false)]
    status: Option<ConsultativeStatus>,
    #[param(nullable = false)]
    visibility: Option<Visibility>,
    /// From 1; a page that does not exist is empty, and smaller numbers mean 1.
    #[param(nullable = false)]
    page: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportResult {
    pub added: u32,
    pub updated: u32,
    pub unchanged: u32,
}

/// What an import would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPreview {
    pub added: Vec<AddedView>,
    pub updated: Vec<UpdateView>,
    pub unchanged: u32,
    /// Addresses that serve people of several organisations: each should be looked at.
    pub shared_mailboxes: Vec<SharedMailboxView>,
    /// The fingerprint of this, to import with.
    pub seen: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AddedView {
    pub reference: String,
    pub name: String,
}

/// An organisation that would change, and how.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpdateView {
    pub reference: String,
    pub name: String,
    pub changes: Vec<ChangeView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeView {
    pub column: String,
    pub before: String,
    pub after: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SharedMailboxView {
    pub address: String,
    pub organisations: Vec<String>,
}

impl From<plan::Update> for UpdateView {
    fn from(update: plan::Update) -> Self {
        let change = |change: plan::Change| ChangeView { column: change.column.to_owned(), before: change.before, after: change.after };
        Self { reference: update.reference, name: update.name, changes: update.changes.into_iter().map(change).collect() }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
pub struct ImportQuery {
    /// The fingerprint of the preview.
    #[serde(default)]
    seen: Seen,
}

/// The organisations of the register, by English name.
#[utoipa::path(get, path = "/api/organisations", operation_id = "listOrganisations", params(ListQuery),
    responses((status = 200, body = OrganisationPage), (status = 422, description = "field-too-long, field-invalid")), extensions(("x-permit" = json!("session"))))]
#[get("/api/organisations")]
async fn list(here: Here, cookie: SessionCookie, query: web::Query<ListQuery>) -> Attempt<web::Json<OrganisationPage>> {
    let now = here.clock.now();
    let query = query.into_inner();
    let search = query.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if search.is_some_and(|text| text.chars().count() > limits::SEARCH_CHARS_MAX) {
        return Err(Refusal::new(No::FieldTooLong).with("field", "search").with("max", limits::SEARCH_CHARS_MAX).into());
    }
    let garbled = |text: &str| text.chars().any(char::is_control) || text.chars().count() > limits::SEARCH_CHARS_MAX;
    if search.is_some_and(garbled) || query.region.as_deref().is_some_and(garbled) {
        return Err(Refusal::new(No::FieldInvalid).with("field", "search").into());
    }
    let filter = Filter {
        search: search.map(fold),
        region: query.region.filter(|region| !region.is_empty()),
        status: query.status,
        visibility: query.visibility,
    };
    let page = query.page.unwrap_or(1).clamp(1, 1_000_000);
    let answer = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let sight = permits::sight(&caller);
        let (found, total) = queries::page(tx, &sight, &filter, page)?;
        let ids: Vec<OrganisationId> = found.iter().map(|organisation| organisation.id).collect();
        let contacts = queries::contacts(tx, &ids)?;
        let organisations = found.iter().map(|organisation| present(organisation, &contacts, &sight)).collect();
        let size = limits::PAGE_SIZE as i64;
        Ok(OrganisationPage { organisations, total, page, pages: (total + size - 1) / size })
    });
    Ok(web::Json(answer.await?))
}

/// One organisation.
#[utoipa::path(get, path = "/api/organisations/{id}", operation_id = "showOrganisation", params(("id" = OrganisationId, Path)),
    responses((status = 200, body = Organisation)), extensions(("x-permit" = json!("session"))))]
// Ids begin with a digit; the act beside them (`import`) answers other methods as what it is.
#[get("/api/organisations/{id:[0-7][^/]*}")]
async fn show(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<Organisation>> {
    let now = here.clock.now();
    let id: OrganisationId = id.parse().map_err(|_| No::NotFound)?;
    let answer = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let sight = permits::sight(&caller);
        let found = queries::by_id(tx, id)?.filter(|organisation| sight.shows(organisation)).ok_or(No::NotFound)?;
        let contacts = queries::contacts(tx, &[id])?;
        Ok(present(&found, &contacts, &sight))
    });
    Ok(web::Json(answer.await?))
}

/// Looks at what bringing a register (CSV, UTF-8) in would do; refused with the rows that are wrong.
#[utoipa::path(post, path = "/api/organisations/import/preview", operation_id = "previewImport",
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportPreview), (status = 422, description = "csv-column-missing, csv-column-twice, csv-rows, csv-not-utf8, csv-other-file, csv-quote-open, csv-unreadable, csv-too-many-rows")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/organisations/import/preview")]
async fn preview_import(here: Here, cookie: SessionCookie, request: HttpRequest, body: web::Bytes) -> Attempt<web::Json<ImportPreview>> {
    let now = here.clock.now();
    let rows = rows_of(&here, cookie, &request, body).await?;
    let plan = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::plan_import(tx, &caller, &rows)
    });
    let plan = plan.await?;
    let seen = plan.fingerprint();
    Ok(web::Json(ImportPreview {
        added: plan.added.into_iter().map(|(reference, name)| AddedView { reference, name }).collect(),
        updated: plan.updated.into_iter().map(UpdateView::from).collect(),
        unchanged: plan.unchanged,
        shared_mailboxes: plan
            .doubts
            .into_iter()
            .map(|doubt| SharedMailboxView { address: doubt.address, organisations: doubt.organisations })
            .collect(),
        seen,
    }))
}

/// Brings a register (CSV, UTF-8) in: all of it, or nothing and the rows that are wrong.
#[utoipa::path(post, path = "/api/organisations/import", operation_id = "importOrganisations", params(ImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportResult), (status = 409, description = "seen-changed"), (status = 422, description = "csv-column-missing, csv-column-twice, csv-rows, csv-not-utf8, csv-other-file, csv-quote-open, csv-unreadable, csv-too-many-rows")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/organisations/import")]
async fn import(
    here: Here,
    changes: web::Data<Changes>,
    cookie: SessionCookie,
    query: web::Query<ImportQuery>,
    request: HttpRequest,
    body: web::Bytes,
) -> Attempt<web::Json<ImportResult>> {
    let now = here.clock.now();
    let rows = rows_of(&here, cookie, &request, body).await?;
    let (post, seen) = (here.post.clone(), query.into_inner().seen);
    let done = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::import(tx, &post, &caller, now, &seen, &rows)
    });
    let done = done.await?;
    changes.tell();
    Ok(web::Json(ImportResult { added: done.added, updated: done.updated, unchanged: done.unchanged }))
}

/// The rows of a file that a coordinator sends.
async fn rows_of(here: &Here, cookie: SessionCookie, request: &HttpRequest, body: web::Bytes) -> Attempt<Vec<rows::Row>> {
    let now = here.clock.now();
    // The right comes before the reading: a stranger's file is not parsed.
    here.store.read(move |tx| Ok(permits::keep(&accounts::caller(tx, cookie.0, now)?).map(drop)?)).await?;
    http::sent_as(request, "text/csv")?;
    if body.len() > limits::CSV_BYTES_MAX {
        return Err(Refusal::new(No::TooLarge).with("max", limits::CSV_BYTES_MAX).into());
    }
    // A large file takes a moment; the sockets of this thread are not to wait for it.
    Ok(web::block(move || rows::read(&body)).await.map_err(Failure::broken)??)
}

fn present(row: &model::Organisation, contacts: &[queries::Contact], sight: &Sight) -> Organisation {
    Organisation {
        id: row.id,
        reference: row.reference.clone(),
        name: row.name.clone(),
        name_en: row.name_en.clone(),
        acronym: row.acronym.clone(),
        colour: row.colour,
        country: row.country.clone(),
        country_name: model::country_name(&row.country),
        region: row.region.clone(),
        city: row.city.clone(),
        timezone: row.timezone.clone(),
        language: row.language.clone(),
        consultative_status: row.consultative_status,
        registered_name: row.registered_name.clone(),
        membership: row.membership.clone(),
        default_visibility: row.default_visibility,
        signing_rule: row.signing_rule,
        parent_ref: row.parent_reference.clone(),
        people: sight.shows_people(row.id).then(|| people(row.id, contacts)),
    }
}

fn people(organisation: OrganisationId, contacts: &[queries::Contact]) -> Vec<PersonView> {
    let mut people: Vec<PersonView> = Vec::new();
    for contact in contacts.iter().filter(|contact| contact.organisation == organisation) {
        match people.iter_mut().find(|person| person.id == contact.person) {
            Some(person) => person.roles.push(contact.role),
            None => people.push(PersonView {
                id: contact.person,
                name: contact.name.clone(),
                title: contact.title.clone(),
                email: contact.email.clone(),
                roles: vec![contact.role],
            }),
        }
    }
    people
}
