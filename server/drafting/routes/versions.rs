//! What of versions needs the draft itself: its text is kept under a name, and an earlier one is brought back.

use actix_web::{HttpResponse, get, post, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::SeenBody;
use crate::accounts::{self, Caller, SessionCookie};
use crate::drafting::hub::Hub;
use crate::drafting::restoring::{self, Wish};
use crate::http::Here;
use crate::kernel::{Moment, No, StatementId, VersionId};
use crate::store::Attempt;
use crate::text::{block::Text, count};
use crate::versions::{actions::name_of, permits, routes::VersionName};

/// What bringing a version back would mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct RestorePreview {
    /// The text it would take the place of, which is kept as a version.
    pub present: Text,
    pub words: usize,
    /// Whether the draft says just that already.
    pub same: bool,
    /// The fingerprint of this, to bring it back with.
    pub seen: String,
}

/// A version that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionMade {
    pub id: VersionId,
}

/// Keeps the text as it stands under a name.
#[utoipa::path(post, path = "/api/statements/{id}/versions", operation_id = "keepVersion", params(("id" = StatementId, Path)), request_body = VersionName,
    responses((status = 201, body = VersionMade), (status = 409, description = "statement-not-drafting, versions-full"), (status = 422, description = "field-missing, field-too-long, character-unseen, text-unreadable")), extensions(("x-permit" = json!("drafter"))))]
#[post("/api/statements/{id}/versions")]
pub async fn keep(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<VersionName>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let found = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let leave = permits::write(permits::look(tx, &caller, now, id)?)?;
        Ok((caller, leave.statement().clone()))
    });
    let (caller, statement) = found.await?;
    let name = name_of(&body.name)?;
    let id = restoring::keep_named(&hub, caller, now, statement, name).await?;
    Ok(HttpResponse::Created().json(VersionMade { id }))
}

/// Looks at what bringing a version back would mean; changes nothing.
#[utoipa::path(get, path = "/api/versions/{id}/restore", operation_id = "previewRestore", params(("id" = VersionId, Path)),
    responses((status = 200, body = RestorePreview), (status = 409, description = "statement-not-drafting"), (status = 422, description = "text-unreadable")), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/versions/{id}/restore")]
pub async fn preview(here: Here, hub: web::Data<Hub>, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<RestorePreview>> {
    let id: VersionId = id.parse().map_err(|_| No::NotFound)?;
    let now = here.clock.now();
    let caller = caller(&here, cookie, now).await?;
    let restoring::Looked { present, same, seen } = restoring::preview(&hub, caller, now, id).await?;
    Ok(web::Json(RestorePreview { words: count::words(&present), present, same, seen }))
}

/// Brings a version back. The text as it stands is kept first; what others write meanwhile is taken afterwards.
#[utoipa::path(post, path = "/api/versions/{id}/restore", operation_id = "restoreVersion", params(("id" = VersionId, Path)), request_body = SeenBody,
    responses((status = 200, body = VersionMade), (status = 409, description = "seen-changed, statement-not-drafting, versions-full"), (status = 422, description = "text-unreadable")), extensions(("x-permit" = json!("drafter"))))]
#[post("/api/versions/{id}/restore")]
pub async fn restore(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<SeenBody>,
) -> Attempt<web::Json<VersionMade>> {
    let now = here.clock.now();
    let version: VersionId = id.parse().map_err(|_| No::NotFound)?;
    let caller = caller(&here, cookie, now).await?;
    let id = restoring::restore(&hub, Wish { caller, now, version, seen: body.into_inner().seen }).await?;
    Ok(web::Json(VersionMade { id }))
}

async fn caller(here: &Here, cookie: SessionCookie, now: Moment) -> Attempt<Caller> {
    here.store.read(move |tx| accounts::caller(tx, cookie.0, now)).await
}
