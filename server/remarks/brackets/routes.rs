//! Brackets over HTTP. Pages ask again and again what was said about them, and say what they know: then nothing new is an answer
//! without a body.

use actix_web::{HttpResponse, get, put, web};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{
    model::Words,
    told::{self, Brackets},
};
use crate::{
    accounts::{self, SessionCookie},
    http::Here,
    kernel::{No, StatementId},
    remarks::{
        permits,
        routes::{ListQuery, fingerprint},
    },
    store::Attempt,
};

#[derive(OpenApi)]
#[openapi(paths(list, enter, stand, agree))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(list).service(enter).service(stand).service(agree);
}

/// What was said about the brackets of a draft, and the fingerprint to ask again with.
#[derive(Debug, Serialize, ToSchema)]
pub struct BracketList {
    #[serde(flatten)]
    pub brackets: Brackets,
    /// The fingerprint of this answer.
    pub told: String,
}

/// One alternative, as it is read by whoever speaks of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AlternativeBody {
    #[schema(maximum = 9)]
    alternative: u8,
    /// What it says, or as much of it as is kept.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    words: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpokenOf {
    /// Nothing to step back, or to take back that one is agreed.
    on: Option<AlternativeBody>,
}

impl SpokenOf {
    fn words(self) -> Option<Words> {
        self.on.map(|AlternativeBody { alternative, words }| Words { alternative, said: words })
    }
}

/// What was said about the brackets of a draft. Where they stand is in the draft.
#[utoipa::path(get, path = "/api/statements/{id}/brackets", operation_id = "listBrackets", params(("id" = StatementId, Path), ListQuery),
    responses((status = 200, body = BracketList), (status = 204, description = "nothing else than is known")), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}/brackets")]
async fn list(here: Here, cookie: SessionCookie, id: web::Path<String>, query: web::Query<ListQuery>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let found = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let leave = permits::see(tx, &caller, now, id)?;
        told::told(tx, &caller, &leave)
    });
    let brackets = found.await?;
    let told = fingerprint(&brackets)?;
    Ok(if query.knows(&told) { HttpResponse::NoContent().finish() } else { HttpResponse::Ok().json(BracketList { brackets, told }) })
}

/// Enters a bracket that the caller has made in the draft.
#[utoipa::path(put, path = "/api/statements/{id}/brackets/{bracket}", operation_id = "enterBracket",
    params(("id" = StatementId, Path), ("bracket" = String, Path)),
    responses((status = 204), (status = 409, description = "remarks-closed, brackets-full")), extensions(("x-permit" = json!("drafter"))))]
#[put("/api/statements/{id}/brackets/{bracket}")]
async fn enter(here: Here, cookie: SessionCookie, path: web::Path<(String, String)>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let (id, bracket) = ids(path)?;
    let entered = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        super::enter(tx, &caller, now, id, &bracket)
    });
    entered.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Puts the caller's organisation behind an alternative, or steps back.
#[utoipa::path(put, path = "/api/statements/{id}/brackets/{bracket}/stand", operation_id = "standBehind",
    params(("id" = StatementId, Path), ("bracket" = String, Path)), request_body = SpokenOf,
    responses((status = 204), (status = 409, description = "remarks-closed, brackets-full"),
        (status = 422, description = "field-missing, field-too-long, field-invalid")), extensions(("x-permit" = json!("drafter"))))]
#[put("/api/statements/{id}/brackets/{bracket}/stand")]
async fn stand(here: Here, cookie: SessionCookie, path: web::Path<(String, String)>, body: web::Json<SpokenOf>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let (id, bracket) = ids(path)?;
    let behind = body.into_inner().words();
    let stood = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        super::stand(tx, &caller, now, id, &bracket, behind.clone())
    });
    stood.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Marks an alternative as agreed ad referendum, or takes that back.
#[utoipa::path(put, path = "/api/statements/{id}/brackets/{bracket}/agreed", operation_id = "agreeAdReferendum",
    params(("id" = StatementId, Path), ("bracket" = String, Path)), request_body = SpokenOf,
    responses((status = 204), (status = 409, description = "remarks-closed"),
        (status = 422, description = "field-missing, field-too-long, field-invalid")), extensions(("x-permit" = json!("drafter"))))]
#[put("/api/statements/{id}/brackets/{bracket}/agreed")]
async fn agree(here: Here, cookie: SessionCookie, path: web::Path<(String, String)>, body: web::Json<SpokenOf>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let (id, bracket) = ids(path)?;
    let on = body.into_inner().words();
    let agreed = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        super::agree(tx, &caller, now, id, &bracket, on.clone())
    });
    agreed.await?;
    Ok(HttpResponse::NoContent().finish())
}

fn ids(path: web::Path<(String, String)>) -> Attempt<(StatementId, String)> {
    let (id, bracket) = path.into_inner();
    Ok((id.parse().map_err(|_| No::NotFound)?, bracket))
}
