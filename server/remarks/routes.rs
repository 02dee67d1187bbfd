//! Threads over HTTP. Every answer is made for one caller. Pages ask again and again whether something was said, and say what they
//! know: then nothing new is an answer without a body.

use actix_web::{HttpResponse, get, post, put, web};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{
    actions::{self, Opening, Saying},
    model::{Among, Mention, Passage, Whom},
    permits,
    told::{self, Threads},
};
use crate::{
    accounts::{self, SessionCookie},
    http::Here,
    kernel::{No, OrganisationId, PersonId, Refusal, Seen, StatementId, ThreadId},
    store::{Attempt, Failure},
};

#[derive(OpenApi)]
#[openapi(paths(list, open, reply, settle))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(list).service(open).service(reply).service(settle);
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// What the page knows (`told`): where it is still so, the answer is 204.
    #[param(nullable = false)]
    known: Option<String>,
}

impl ListQuery {
    pub(super) fn knows(&self, told: &str) -> bool {
        self.known.as_deref() == Some(told)
    }
}

/// What was said about a draft, and the fingerprint to ask again with.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThreadList {
    #[serde(flatten)]
    pub threads: Threads,
    /// The fingerprint of this answer.
    pub told: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenThread {
    /// The shared text it is about: the body, or one footnote.
    #[schema(pattern = "^(draft|note:[a-z0-9]{10})$")]
    root: String,
    /// The first letter of the passage: `client.clock`.
    #[schema(max_length = 40, pattern = "^[0-9]{1,16}\\.[0-9]{1,16}$")]
    first: String,
    #[schema(max_length = 40, pattern = "^[0-9]{1,16}\\.[0-9]{1,16}$")]
    last: String,
    /// The words of the passage, or the first of them.
    #[schema(min_length = 1, max_length = 500)]
    quote: String,
    among: Among,
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    body: String,
    #[serde(default)]
    #[schema(max_items = 10)]
    mentions: Vec<MentionBody>,
}

/// Whom a remark asks to look: an organisation or a person with its id, or the secretariat without.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MentionBody {
    whom: Whom,
    #[schema(nullable = false)]
    organisation: Option<OrganisationId>,
    #[schema(nullable = false)]
    person: Option<PersonId>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Opened {
    pub id: ThreadId,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemarkBody {
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    body: String,
    #[serde(default)]
    #[schema(max_items = 10)]
    mentions: Vec<MentionBody>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleBody {
    resolved: bool,
    /// The fingerprint of the thread, as shown.
    seen: Seen,
}

/// What was said about a draft, as far as it exists for the caller.
#[utoipa::path(get, path = "/api/statements/{id}/threads", operation_id = "listThreads", params(("id" = StatementId, Path), ListQuery),
    responses((status = 200, body = ThreadList), (status = 204, description = "nothing else than is known")), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}/threads")]
async fn list(here: Here, cookie: SessionCookie, id: web::Path<String>, query: web::Query<ListQuery>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let found = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let leave = permits::see(tx, &caller, now, id)?;
        told::told(tx, &caller, &leave)
    });
    let threads = found.await?;
    let told = fingerprint(&threads)?;
    Ok(if query.knows(&told) { HttpResponse::NoContent().finish() } else { HttpResponse::Ok().json(ThreadList { threads, told }) })
}

/// Opens a thread on a passage.
#[utoipa::path(post, path = "/api/statements/{id}/threads", operation_id = "openThread", params(("id" = StatementId, Path)), request_body = OpenThread,
    responses((status = 201, body = Opened), (status = 409, description = "remarks-closed, remarks-full"), (status = 429, description = "too-many"),
        (status = 422, description = "field-missing, field-too-long, field-invalid, character-unseen, mention-unknown, mentions-too-many")), extensions(("x-permit" = json!("drafter"))))]
#[post("/api/statements/{id}/threads")]
async fn open(here: Here, cookie: SessionCookie, id: web::Path<String>, body: web::Json<OpenThread>) -> Attempt<HttpResponse> {
    let (now, post) = (here.clock.now(), here.post.clone());
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let OpenThread { root, first, last, quote, among, body, mentions } = body.into_inner();
    let ask = Opening { passage: Passage { root, first, last, quote }, among, said: Saying { body, mentions: named(mentions)? } };
    let opened = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::open(tx, &post, &caller, now, id, &ask)
    });
    Ok(HttpResponse::Created().json(Opened { id: opened.await? }))
}

/// Says something in a thread. What is said in a resolved one opens it again.
#[utoipa::path(post, path = "/api/statements/{id}/threads/{thread}/remarks", operation_id = "replyInThread",
    params(("id" = StatementId, Path), ("thread" = ThreadId, Path)), request_body = RemarkBody,
    responses((status = 204), (status = 409, description = "remarks-closed, remarks-full"), (status = 429, description = "too-many"),
        (status = 422, description = "field-missing, field-too-long, field-invalid, character-unseen, mention-unknown, mentions-too-many")), extensions(("x-permit" = json!("drafter"))))]
#[post("/api/statements/{id}/threads/{thread}/remarks")]
async fn reply(here: Here, cookie: SessionCookie, path: web::Path<(String, String)>, body: web::Json<RemarkBody>) -> Attempt<HttpResponse> {
    let (now, post) = (here.clock.now(), here.post.clone());
    let (id, thread) = ids(&path)?;
    let RemarkBody { body, mentions } = body.into_inner();
    let saying = Saying { body, mentions: named(mentions)? };
    let said = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::reply(tx, &post, &caller, now, id, thread, &saying)
    });
    said.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Resolves a thread, or opens it again.
#[utoipa::path(put, path = "/api/statements/{id}/threads/{thread}", operation_id = "settleThread",
    params(("id" = StatementId, Path), ("thread" = ThreadId, Path)), request_body = SettleBody,
    responses((status = 204), (status = 409, description = "seen-changed, remarks-closed")), extensions(("x-permit" = json!("drafter"))))]
#[put("/api/statements/{id}/threads/{thread}")]
async fn settle(
    here: Here,
    cookie: SessionCookie,
    path: web::Path<(String, String)>,
    body: web::Json<SettleBody>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let (id, thread) = ids(&path)?;
    let SettleBody { resolved, seen } = body.into_inner();
    let settled = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::settle(tx, &caller, now, id, thread, resolved, &seen)
    });
    settled.await?;
    Ok(HttpResponse::NoContent().finish())
}

fn ids(path: &(String, String)) -> Attempt<(StatementId, ThreadId)> {
    let id = path.0.parse().map_err(|_| No::NotFound)?;
    Ok((id, path.1.parse().map_err(|_| No::NotFound)?))
}

fn named(asked: Vec<MentionBody>) -> Attempt<Vec<Mention>> {
    let named = |MentionBody { whom, organisation, person }: MentionBody| match (whom, organisation, person) {
        (Whom::Organisation, Some(id), None) => Ok(Mention::Organisation(id)),
        (Whom::Person, None, Some(id)) => Ok(Mention::Person(id)),
        (Whom::Secretariat, None, None) => Ok(Mention::Secretariat),
        _ => Err(Refusal::new(No::FieldInvalid).with("field", "mentions").into()),
    };
    asked.into_iter().map(named).collect()
}

/// Of an answer, to ask again with.
pub(super) fn fingerprint(answer: &impl Serialize) -> Attempt<String> {
    let bytes = serde_json::to_vec(answer).map_err(Failure::broken)?;
    Ok(hex::encode(&Sha256::digest(&bytes)[..16]))
}
