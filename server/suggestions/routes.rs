//! Suggestions over HTTP: what is known of them beside the draft. Every answer is made for one caller.

use actix_web::{HttpResponse, get, put, web};
use serde::Deserialize;
use utoipa::{OpenApi, ToSchema};

use super::{
    actions, permits,
    told::{self, SuggestionView},
};
use crate::{
    accounts::{self, SessionCookie},
    http::Here,
    kernel::{No, StatementId},
    store::Attempt,
    text::asks::Suggestion as Name,
};

#[derive(OpenApi)]
#[openapi(paths(list, give_reason))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(list).service(give_reason);
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonBody {
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    reason: String,
}

/// Who suggested what in a draft, and how it was answered, as far as the caller may know. Oldest first.
#[utoipa::path(get, path = "/api/statements/{id}/suggestions", operation_id = "listSuggestions", params(("id" = StatementId, Path)),
    responses((status = 200, body = Vec<SuggestionView>)), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}/suggestions")]
async fn list(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<Vec<SuggestionView>>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let told = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let leave = permits::see(tx, &caller, now, id)?;
        told::told(tx, &caller, &leave)
    });
    Ok(web::Json(told.await?))
}

/// Says why a suggestion was not accepted. Whoever decided so may, and whoever suggested it reads it.
#[utoipa::path(put, path = "/api/statements/{id}/suggestions/{handle}/{sid}/reason", operation_id = "giveReason",
    params(("id" = StatementId, Path), ("handle" = String, Path), ("sid" = String, Path)), request_body = ReasonBody,
    responses((status = 204), (status = 409, description = "suggestion-not-rejected, statement-not-drafting"),
        (status = 422, description = "field-missing, field-too-long, character-unseen")), extensions(("x-permit" = json!("drafter"))))]
#[put("/api/statements/{id}/suggestions/{handle}/{sid}/reason")]
async fn give_reason(
    here: Here,
    cookie: SessionCookie,
    path: web::Path<(String, String, String)>,
    body: web::Json<ReasonBody>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let (id, handle, sid) = path.into_inner();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let (name, ReasonBody { reason }) = (Name { handle, sid }, body.into_inner());
    let given = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::give_reason(tx, &caller, now, id, &name, &reason)
    });
    given.await?;
    Ok(HttpResponse::NoContent().finish())
}
