//! Versions over HTTP: the list, one of them, and its name. What needs the draft itself stands in `drafting/routes/versions.rs`.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, put, web};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{
    actions,
    model::{Line, VersionKind},
    permits,
};
use crate::{
    accounts::{self, Caller, SessionCookie},
    http::Here,
    kernel::{Moment, No, OrganisationId, StatementId, VersionId},
    organisations::OrganisationMark,
    statements::writers::{self, Known},
    store::{Attempt, Failure, Tx},
    text::block::Text,
};

#[derive(OpenApi)]
#[openapi(paths(list, show, name))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(list).service(show).service(name);
}

/// The versions of a draft, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionList {
    pub versions: Vec<VersionLine>,
    /// Whether I may name one and bring one back now.
    pub may_write: bool,
    /// When the draft was last changed, to the minute.
    pub changed_at: Moment,
}

/// A version as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionLine {
    pub id: VersionId,
    pub statement: StatementId,
    pub kind: VersionKind,
    pub name: Option<String>,
    /// When the text was so.
    pub at: Moment,
    /// The version it brought back.
    pub restores: Option<VersionId>,
    /// The organisations that wrote since the version before, as far as I may know them.
    pub writers: Vec<OrganisationMark>,
    /// Whether one wrote that writes unnamed.
    pub unnamed: bool,
    /// Whether somebody wrote in no organisation's name.
    pub secretariat: bool,
    pub words: i32,
    /// Words that came since the version before, and words that went.
    pub words_in: i32,
    pub words_out: i32,
}

/// A version with its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    #[serde(flatten)]
    pub line: VersionLine,
    /// SHA-256 of the canonical text, 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub digest: String,
    pub text: Text,
    pub may_write: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionName {
    #[schema(min_length = 1, max_length = 120, pattern = r"\S")]
    pub name: String,
}

/// The versions of a draft, newest first.
#[utoipa::path(get, path = "/api/statements/{id}/versions", operation_id = "listVersions", params(("id" = StatementId, Path)),
    responses((status = 200, body = VersionList)), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}/versions")]
async fn list(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<VersionList>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let versions = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let look = permits::look(tx, &caller, now, id)?;
        let (lines, mut telling) = (actions::list(tx, &look)?, Telling::to(&caller, id));
        let versions = lines.iter().map(|line| telling.of(tx, line)).collect::<Attempt<_>>()?;
        Ok(VersionList { versions, may_write: look.may_write(), changed_at: look.statement().updated_at })
    });
    Ok(web::Json(versions.await?))
}

/// One version, to read.
#[utoipa::path(get, path = "/api/versions/{id}", operation_id = "showVersion", params(("id" = VersionId, Path)),
    responses((status = 200, body = VersionView)), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/versions/{id}")]
async fn show(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<VersionView>> {
    let now = here.clock.now();
    let id: VersionId = id.parse().map_err(|_| No::NotFound)?;
    let version = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let (look, version) = permits::look_at(tx, &caller, now, id)?;
        let line = Telling::to(&caller, version.line.statement).of(tx, &version.line)?;
        let text = version.text().map_err(Failure::broken)?;
        Ok(VersionView { line, digest: hex::encode(&version.line.digest), text, may_write: look.may_write() })
    });
    Ok(web::Json(version.await?))
}

/// Gives a version a name. The last word counts.
#[utoipa::path(put, path = "/api/versions/{id}/name", operation_id = "nameVersion", params(("id" = VersionId, Path)), request_body = VersionName,
    responses((status = 204), (status = 409, description = "statement-not-drafting"), (status = 422, description = "field-missing, field-too-long, character-unseen")), extensions(("x-permit" = json!("drafter"))))]
#[put("/api/versions/{id}/name")]
async fn name(here: Here, cookie: SessionCookie, id: web::Path<String>, body: web::Json<VersionName>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let id: VersionId = id.parse().map_err(|_| No::NotFound)?;
    let VersionName { name } = body.into_inner();
    let named = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::name(tx, &caller, now, id, &name)
    });
    named.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Tells one caller of versions; looks each writer up once.
struct Telling<'a> {
    caller: &'a Caller,
    statement: StatementId,
    known: BTreeMap<Option<OrganisationId>, Option<Known>>,
}

impl<'a> Telling<'a> {
    fn to(caller: &'a Caller, statement: StatementId) -> Telling<'a> {
        Telling { caller, statement, known: BTreeMap::new() }
    }

    fn of(&mut self, tx: &mut Tx, line: &Line) -> Attempt<VersionLine> {
        let mut told = VersionLine {
            id: line.id,
            statement: line.statement,
            kind: line.kind,
            name: line.name.clone(),
            at: line.at,
            restores: line.restores,
            writers: Vec::new(),
            unnamed: false,
            secretariat: false,
            words: line.words,
            words_in: line.words_in,
            words_out: line.words_out,
        };
        for writer in &line.writers.0 {
            if writer.is_none() {
                told.secretariat = true;
                continue;
            }
            if !self.known.contains_key(writer) {
                let found = writers::find(tx, self.statement, *writer)?;
                self.known.insert(*writer, found);
            }
            // Whom nothing is known of any more is told to nobody.
            match self.known.get(writer).and_then(Option::as_ref).filter(|known| writers::is_told(self.caller, known)) {
                Some(Known { organisation: Some(organisation), .. }) => told.writers.push(OrganisationMark::of(organisation)),
                _ => told.unnamed = true,
            }
        }
        told.writers.sort_by(|one, other| one.acronym.cmp(&other.acronym));
        Ok(told)
    }
}
