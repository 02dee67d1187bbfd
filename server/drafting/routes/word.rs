//! Word files over HTTP, for whoever may read the draft. A file's name says nothing of what is in it.

use actix_web::{HttpResponse, get, web};

use super::super::hub::Hub;
use super::super::word;
use super::compare::{CompareQuery, sides};
use crate::accounts::{self, SessionCookie};
use crate::http::Here;
use crate::kernel::{No, StatementId};
use crate::remarks;
use crate::statements;
use crate::store::Attempt;
use crate::suggestions;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The changes between two texts of a statement, as a Word file in which each can be taken or refused.
#[utoipa::path(get, path = "/api/statements/{id}/compare.docx", operation_id = "downloadChanges", params(("id" = StatementId, Path), CompareQuery),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (status = 404, description = "not-found, side-not-found"), (status = 413, description = "too-large"), (status = 422, description = "field-missing, text-unreadable")), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}/compare.docx")]
pub async fn changes(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    (id, query): (web::Path<String>, web::Query<CompareQuery>),
) -> Attempt<HttpResponse> {
    let (statement, from, to) = sides(&here, &cookie, &id, query.into_inner()).await?;
    Ok(file("compare.docx", word::changes(&hub, &statement, &from, &to).await?))
}

/// The draft as it stands, as a Word file, with what is proposed in it as changes of the organisations that propose it, each to be taken or
/// refused, and with the threads about it that may leave the house.
#[utoipa::path(get, path = "/api/statements/{id}/draft.docx", operation_id = "downloadDraft", params(("id" = StatementId, Path)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (status = 413, description = "too-large"), (status = 422, description = "text-unreadable")), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}/draft.docx")]
pub async fn draft(here: Here, hub: web::Data<Hub>, cookie: SessionCookie, id: web::Path<String>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let known = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let leave = remarks::permits::see(tx, &caller, now, id)?;
        Ok((statements::load(tx, id)?, remarks::leaving::leaving(tx, &leave)?, suggestions::leaving::leaving(tx, id)?))
    });
    let (statement, threads, proposed) = known.await?;
    Ok(file("draft.docx", word::draft(&hub, &statement, threads, proposed).await?))
}

fn file(name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok().content_type(WORD).insert_header(("content-disposition", format!("attachment; filename=\"{name}\""))).body(bytes)
}
