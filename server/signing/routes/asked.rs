//! What I am asked to sign: the open rounds to which my organisations are invited, with what each has answered, and my
//! letter once more.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::{
    accounts::{self, SessionCookie},
    http::Here,
    kernel::{Moment, No, OrganisationId, RoundId, StatementId},
    ledger::Ledger,
    organisations::{OrganisationMark, Visibility},
    signing::{
        Means,
        actions::asked::{self, Asked},
        answer::Kind,
    },
    store::Attempt,
};

#[derive(OpenApi)]
#[openapi(paths(list, send_letter))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(list).service(send_letter);
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AskedList {
    pub asked: Vec<AskedLine>,
}

/// One organisation of mine in one open round.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedLine {
    pub round: RoundId,
    pub statement: StatementId,
    pub title: String,
    pub language: String,
    /// `Rev.1`.
    pub edition: String,
    pub closes_at: Moment,
    pub organisation: OrganisationMark,
    /// Whether I may sign for it.
    pub may_sign: bool,
    pub answer: Option<OwnAnswer>,
}

/// What one's own organisation answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnAnswer {
    pub kind: Kind,
    /// Of a signature.
    pub visibility: Option<Visibility>,
    pub at: Moment,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterBody {
    organisation: OrganisationId,
}

/// The open rounds in which I may answer or read for an organisation, soonest deadline first.
#[utoipa::path(get, path = "/api/asked", operation_id = "listAsked",
    responses((status = 200, body = AskedList)), extensions(("x-permit" = json!("session"))))]
#[get("/api/asked")]
async fn list(here: Here, cookie: SessionCookie) -> Attempt<web::Json<AskedList>> {
    let now = here.clock.now();
    let found = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        asked::of(tx, &caller, now)
    });
    Ok(web::Json(AskedList { asked: found.await?.into_iter().map(line).collect() }))
}

/// Mails me my personal link once more.
#[utoipa::path(post, path = "/api/rounds/{id}/letter", operation_id = "sendLetterAgain", params(("id" = RoundId, Path)), request_body = LetterBody,
    responses((status = 204), (status = 409, description = "round-closed"), (status = 429, description = "too-many")), extensions(("x-permit" = json!("contact"))))]
#[post("/api/rounds/{id}/letter")]
async fn send_letter(
    here: Here,
    ledger: web::Data<Ledger>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<LetterBody>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let id: RoundId = id.parse().map_err(|_| No::NotFound)?;
    let (post, organisation) = (here.post.clone(), body.organisation);
    let sent = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        asked::send_letter(tx, Means { post: &post, ledger: &ledger }, &caller, now, id, organisation)
    });
    sent.await?;
    Ok(HttpResponse::NoContent().finish())
}

fn line(one: Asked) -> AskedLine {
    AskedLine {
        round: one.round.id,
        statement: one.round.statement,
        title: one.edition.title,
        language: one.edition.language,
        edition: one.edition.label,
        closes_at: one.round.closes_at,
        organisation: OrganisationMark::of(&one.organisation),
        may_sign: one.may_sign,
        answer: one.answer.map(|answer| OwnAnswer {
            kind: answer.kind,
            visibility: answer.visibility.filter(|_| answer.kind == Kind::Signed),
            at: answer.at,
        }),
    }
}
