//! The page behind a personal letter, and what can be asked for on it. Every GET only shows; what binds is a POST with a
//! code, on a page of its own ([`super::codes`]).

use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;
use utoipa::OpenApi;

use super::{
    device_cookie::Device,
    found::{self, Sent},
};
use crate::{
    http::{self, Here, Peer},
    kernel::{No, Seen},
    ledger::Ledger,
    signing::{
        Means,
        actions::answers::{self, Came},
        signon::Form,
    },
    store::{Attempt, Failure},
};

#[derive(OpenApi)]
#[openapi(paths(read, ask, look, hand_on))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(read).service(ask).service(look).service(hand_on);
}

/// The answer form.
#[derive(Debug, Default, Clone, Deserialize, utoipa::ToSchema)]
pub struct AnswerForm {
    #[serde(default)]
    #[schema(pattern = "^(sign|decline|withdraw)$")]
    act: String,
    #[serde(default)]
    #[schema(pattern = "^(public|withheld)?$")]
    visibility: String,
    #[serde(default)]
    #[schema(pattern = "^(on)?$")]
    authority: String,
    #[serde(default)]
    #[schema(max_length = 120)]
    title: String,
    #[serde(default)]
    #[schema(max_length = 2000)]
    reason: String,
    /// The fingerprint of what the page showed.
    #[serde(default)]
    seen: String,
}

impl From<AnswerForm> for Sent {
    fn from(form: AnswerForm) -> Self {
        Self { act: form.act, visibility: form.visibility, title: form.title, reason: form.reason }
    }
}

/// The text, and the form to answer.
#[utoipa::path(get, path = "/sign/{token}", operation_id = "readThroughLetter", params(("token" = String, Path)),
    responses((status = 200, content_type = "text/html")), extensions(("x-permit" = json!("letter"))))]
#[get("/sign/{token}")]
async fn read(here: Here, device: Device, token: web::Path<String>) -> Attempt<HttpResponse> {
    found::page(&here, &token, device.0, None, false).await
}

/// Asks to sign on, decline or withdraw; a code is mailed.
#[utoipa::path(post, path = "/sign/{token}/answer", operation_id = "answerRound", params(("token" = String, Path)),
    responses((status = 303), (status = 409, description = "seen-changed, round-closed, already-signed, already-withdrawn, not-signed, answered-elsewhere"), (status = 422, description = "authority-missing, visibility-missing, title-missing, reason-missing, mailbox-shared, field-too-long, field-invalid")), extensions(("x-permit" = json!("letter-sign"))))]
#[post("/sign/{token}/answer")]
async fn ask(
    here: Here,
    ledger: web::Data<Ledger>,
    (peer, device): (Peer, Device),
    token: web::Path<String>,
    form: web::Form<AnswerForm>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let Some(hash) = found::token(&token) else { return found::or_no_letter(&here, No::LinkDamaged.into()) };
    let (form, post) = (form.into_inner(), here.post.clone());
    let sent = form.clone();
    let asked = here.store.write(move |tx| {
        let form = Form {
            act: &sent.act,
            visibility: &sent.visibility,
            authority: sent.authority == "on",
            title: &sent.title,
            reason: &sent.reason,
        };
        let came = Came { token: hash, device: device.0, seen: &Seen(sent.seen.clone()), form: &form };
        answers::propose(tx, Means { post: &post, ledger: &ledger }, now, &came)
    });
    match asked.await {
        Ok(question) => Ok(http::see_other(&format!("/sign/{token}/code/{question}"))),
        Err(Failure::Refused(refusal)) => found::page(&here, &token, device.0, Some((form.into(), refusal)), false).await,
        Err(broken) => Err(broken),
    }
}

/// Asks to be shown what was answered; a code is mailed, and nothing changes.
#[utoipa::path(post, path = "/sign/{token}/look", operation_id = "askToLook", params(("token" = String, Path)),
    responses((status = 303), (status = 409, description = "not-signed"), (status = 422, description = "mailbox-shared")), extensions(("x-permit" = json!("letter"))))]
#[post("/sign/{token}/look")]
async fn look(here: Here, ledger: web::Data<Ledger>, (peer, device): (Peer, Device), token: web::Path<String>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let Some(hash) = found::token(&token) else { return found::or_no_letter(&here, No::LinkDamaged.into()) };
    let post = here.post.clone();
    match here.store.write(move |tx| answers::ask_to_look(tx, Means { post: &post, ledger: &ledger }, now, hash)).await {
        Ok(question) => Ok(http::see_other(&format!("/sign/{token}/code/{question}"))),
        Err(Failure::Refused(refusal)) => found::page(&here, &token, device.0, Some((Sent::default(), refusal)), false).await,
        Err(broken) => Err(broken),
    }
}

/// A focal point asks those who may sign.
#[utoipa::path(post, path = "/sign/{token}/hand-on", operation_id = "handOn", params(("token" = String, Path)),
    responses((status = 200, content_type = "text/html"), (status = 409, description = "round-closed, answered-elsewhere"), (status = 422, description = "round-nobody-can-sign")), extensions(("x-permit" = json!("letter-read"))))]
#[post("/sign/{token}/hand-on")]
async fn hand_on(here: Here, ledger: web::Data<Ledger>, (peer, device): (Peer, Device), token: web::Path<String>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let Some(hash) = found::token(&token) else { return found::or_no_letter(&here, No::LinkDamaged.into()) };
    let post = here.post.clone();
    match here.store.write(move |tx| answers::hand_on(tx, Means { post: &post, ledger: &ledger }, now, hash)).await {
        Ok(()) => found::page(&here, &token, device.0, None, true).await,
        Err(Failure::Refused(refusal)) => found::page(&here, &token, device.0, Some((Sent::default(), refusal)), false).await,
        Err(broken) => Err(broken),
    }
}
