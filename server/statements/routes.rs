//! Statements over HTTP: starting one, limiting its words, reading an edition, reading what was done. Lists stand in `overview`.

use actix_web::{HttpResponse, get, post, put, web};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{
    actions::{self, Start},
    model::{Edition, What},
    permits,
    word_limit::{self, WordLimit},
};
use crate::{
    accounts::{self, SessionCookie},
    http::Here,
    kernel::{EditionId, Moment, No, StatementId},
    store::{Attempt, Failure},
    text::block::Text,
    words::{Words, dates},
};

#[derive(OpenApi)]
#[openapi(paths(start, show_edition, set_limit, history))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(start).service(show_edition).service(set_limit).service(history);
}

/// A frozen text.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditionView {
    pub id: EditionId,
    /// `Rev.1`.
    pub label: String,
    pub title: String,
    /// SHA-256 of the canonical text, 64 hexadecimal digits.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub digest: String,
    pub language: String,
    pub frozen_at: Moment,
    pub words: i32,
    /// The block tree (`text/v1`).
    pub text: Text,
}

impl EditionView {
    pub fn of(edition: &Edition) -> Attempt<Self> {
        Ok(Self {
            id: edition.id,
            label: edition.label.clone(),
            title: edition.title.clone(),
            digest: edition.digest_hex(),
            language: edition.language.clone(),
            frozen_at: edition.frozen_at,
            words: edition.words,
            text: edition.text().map_err(Failure::broken)?,
        })
    }
}

/// The text of an edition.
#[utoipa::path(get, path = "/api/editions/{id}", operation_id = "showEdition", params(("id" = EditionId, Path)),
    responses((status = 200, body = EditionView)), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/editions/{id}")]
async fn show_edition(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<EditionView>> {
    let now = here.clock.now();
    let id: EditionId = id.parse().map_err(|_| No::NotFound)?;
    let view = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let edition = actions::load_edition(tx, id)?;
        permits::see(tx, &caller, edition.statement)?.shows_edition(tx, &caller, &edition)?;
        EditionView::of(&edition)
    });
    Ok(web::Json(view.await?))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartStatement {
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    title: String,
    /// BCP 47.
    #[schema(
        max_length = 35,
        pattern = "^([A-Za-z]{2,3}|[A-Za-z]{5,8})([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?([-_]([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
    )]
    language: String,
    #[serde(default)]
    #[schema(max_length = 200)]
    forum: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Started {
    pub id: StatementId,
}

/// A limit on the words of a statement, or none.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Limited {
    #[serde(default)]
    limit: Option<WordLimit>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    pub acts: Vec<ActLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ActLine {
    pub at: Moment,
    pub who: Option<String>,
    pub organisation: Option<String>,
    pub what: What,
    pub sentence: String,
}

/// Starts a statement.
#[utoipa::path(post, path = "/api/statements", operation_id = "startStatement", request_body = StartStatement,
    responses((status = 201, body = Started), (status = 422, description = "field-missing, field-too-long, field-invalid, character-unseen")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/statements")]
async fn start(here: Here, cookie: SessionCookie, body: web::Json<StartStatement>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let body = body.into_inner();
    let ask = Start { title: body.title, language: body.language, forum: body.forum.unwrap_or_default() };
    let started = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let statement = actions::start(tx, &caller, now, &ask)?;
        Ok(Started { id: statement.id })
    });
    Ok(HttpResponse::Created().json(started.await?))
}

/// Says how many words a statement may have; it is said again to whoever writes, and stops nobody.
#[utoipa::path(put, path = "/api/statements/{id}/limit", operation_id = "setLimit", params(("id" = StatementId, Path)), request_body = Limited,
    responses((status = 200, body = Limited), (status = 409, description = "statement-not-drafting"), (status = 422, description = "field-invalid")), extensions(("x-permit" = json!("coordinator"))))]
#[put("/api/statements/{id}/limit")]
async fn set_limit(here: Here, cookie: SessionCookie, id: web::Path<String>, body: web::Json<Limited>) -> Attempt<web::Json<Limited>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let Limited { limit } = body.into_inner();
    let set = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        word_limit::set(tx, &caller, now, id, limit)
    });
    Ok(web::Json(Limited { limit: set.await? }))
}

/// What was done to a statement, newest first.
#[utoipa::path(get, path = "/api/statements/{id}/history", operation_id = "showHistory", params(("id" = StatementId, Path)),
    responses((status = 200, body = History)), extensions(("x-permit" = json!("coordinator"))))]
#[get("/api/statements/{id}/history")]
async fn history(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<History>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let rows = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::history(tx, &caller, id)
    });
    let acts = rows
        .await?
        .into_iter()
        .map(|row| ActLine {
            at: row.at,
            sentence: sentence(row.what, &row.detail, here.zone()),
            who: row.person,
            organisation: row.organisation,
            what: row.what,
        })
        .collect();
    Ok(web::Json(History { acts }))
}

/// What was done, in a sentence. Where its detail is a number, the sentence has a form for one.
fn sentence(what: What, detail: &str, zone: chrono_tz::Tz) -> String {
    let (words, key) = (Words::of("en"), format!("history.{}", what.word()));
    match detail.parse() {
        Ok(count) if words.find(&format!("{key}_other")).is_some() => words.count(&key, count, &[]),
        _ => words.say(&key, &[("detail", &readable(detail, zone))]),
    }
}

/// A detail as a person reads it: instants among its words in the coalition's zone.
fn readable(detail: &str, zone: chrono_tz::Tz) -> String {
    let words = Words::of("en");
    let word = |word: &str| Moment::parse(word).map_or_else(|| word.to_owned(), |at| dates::moment(at.utc(), zone, words));
    detail.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
