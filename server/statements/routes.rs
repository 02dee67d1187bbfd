//! Statements over HTTP: starting one, saying who writes it, reading an edition. Lists are drawn at the desk.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::{actions, model::Edition, permits};
use crate::{
    accounts::{self, Seat},
    http::{Here, Problem},
    kernel::{EditionId, Moment, No},
    store::{Answer, Failure},
    text::block::Text,
};

#[derive(OpenApi)]
#[openapi(paths(show_edition))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(show_edition);
}

/// A frozen text.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditionView {
    #[schema(value_type = String)]
    pub id: EditionId,
    /// `Rev.1`.
    pub label: String,
    pub title: String,
    /// SHA-256 of the canonical text, 64 hexadecimal digits.
    pub digest: String,
    pub language: String,
    #[schema(value_type = String)]
    pub frozen_at: Moment,
    pub words: i32,
    /// The block tree (`text/v1`).
    pub text: Text,
}

impl EditionView {
    pub fn of(edition: &Edition) -> Answer<Self> {
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
#[utoipa::path(get, path = "/api/editions/{id}", operation_id = "showEdition", params(("id" = String, Path)),
    responses((status = 200, body = EditionView), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/editions/{id}")]
async fn show_edition(here: Here, seat: Seat, id: web::Path<String>) -> Answer<web::Json<EditionView>> {
    let now = here.clock.now();
    let id: EditionId = id.parse().map_err(|_| No::NotFound)?;
    let view = here.store.read(move |tx| {
        let caller = accounts::caller(tx, seat.0, now)?;
        let edition = actions::load_edition(tx, id)?;
        let statement = actions::load(tx, edition.statement)?;
        permits::see(tx, &caller, &statement)?;
        EditionView::of(&edition)
    });
    Ok(web::Json(view.await?))
}
