//! Where a code is typed. The address names the question, so that a page shows one act, whatever another tab asks; the
//! POST with the code is what binds.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::OpenApi;

use super::{
    device_cookie::{self, Device},
    found::{self, Found, Sent},
};
use crate::{
    http::{self, Here, Peer, problem},
    kernel::{No, QuestionId, Refusal, Secret, SecretHash},
    ledger::Ledger,
    signing::{
        Means,
        actions::answers::{self, Confirmed, Typed},
        answer::Wish,
        limits,
        pages::{self, CodeProblem},
        queries,
    },
    store::{Attempt, Failure},
    words::Words,
};

#[derive(OpenApi)]
#[openapi(paths(code_form, another_code, confirm))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(code_form).service(another_code).service(confirm);
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct CodeForm {
    /// As it was typed or pasted.
    #[serde(default)]
    code: String,
}

/// Where the code of one question is typed.
#[utoipa::path(get, path = "/sign/{token}/code/{question}", operation_id = "showCodeForm", params(("token" = String, Path), ("question" = String, Path)),
    responses((status = 200, content_type = "text/html"), (status = 303, description = "Nothing waits for a code."), (status = 409, description = "asked-elsewhere"), (status = 410, description = "code-spent")), extensions(("x-permit" = json!("letter-sign"))))]
#[get("/sign/{token}/code/{question}")]
async fn code_form(here: Here, device: Device, path: web::Path<(String, String)>) -> Attempt<HttpResponse> {
    let (token, question) = path.into_inner();
    show(&here, &token, &question, device.0, None).await
}

/// Mails another code for the same question.
#[utoipa::path(post, path = "/sign/{token}/code/{question}", operation_id = "mailAnotherCode", params(("token" = String, Path), ("question" = String, Path)),
    responses((status = 303), (status = 409, description = "round-closed, asked-elsewhere"), (status = 410, description = "code-spent")), extensions(("x-permit" = json!("letter-sign"))))]
#[post("/sign/{token}/code/{question}")]
async fn another_code(
    here: Here,
    ledger: web::Data<Ledger>,
    (peer, device): (Peer, Device),
    path: web::Path<(String, String)>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let (token, question) = path.into_inner();
    let Some((hash, id)) = named(&token, &question) else { return found::or_no_letter(&here, No::LinkDamaged.into()) };
    let post = here.post.clone();
    match here.store.write(move |tx| answers::another_code(tx, Means { post: &post, ledger: &ledger }, now, hash, id)).await {
        Ok(question) => Ok(http::see_other(&format!("/sign/{token}/code/{question}"))),
        Err(Failure::Refused(refusal)) => refused(&here, &token, &question, device.0, refusal, None).await,
        Err(broken) => Err(broken),
    }
}

/// Confirms the question with the code. This is what binds.
#[utoipa::path(post, path = "/sign/{token}/confirm/{question}", operation_id = "confirmAnswer", params(("token" = String, Path), ("question" = String, Path)),
    responses((status = 303), (status = 409, description = "round-closed, name-changed, already-signed, already-withdrawn, not-signed, answered-meanwhile, asked-elsewhere, log-broken"), (status = 410, description = "code-spent"), (status = 422, description = "code-wrong")), extensions(("x-permit" = json!("letter-sign"))))]
#[post("/sign/{token}/confirm/{question}")]
async fn confirm(
    here: Here,
    ledger: web::Data<Ledger>,
    (peer, device): (Peer, Device),
    path: web::Path<(String, String)>,
    form: web::Form<CodeForm>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let (token, question) = path.into_inner();
    let Some((hash, id)) = named(&token, &question) else { return found::or_no_letter(&here, No::LinkDamaged.into()) };
    let (post, next, code) = (here.post.clone(), Secret::new(), form.into_inner().code);
    let device_next = next.clone();
    let done = here.store.write(move |tx| {
        let code: String = code.chars().take(limits::CODE_CHARS_MAX).collect();
        let typed = Typed { token: hash, question: id, code: &code, device: device.0, device_next: &device_next };
        answers::confirm(tx, Means { post: &post, ledger: &ledger }, now, &typed)
    });
    match done.await {
        Ok(Confirmed::Done { wish, remembered }) => {
            let to = if wish == Wish::Look { format!("/sign/{token}#answer") } else { format!("/sign/{token}/receipt") };
            let mut response = http::see_other(&to);
            if remembered {
                response.add_cookie(&device_cookie::cookie(&here.site, &next)).map_err(Failure::broken)?;
            }
            Ok(response)
        }
        Ok(Confirmed::Wrong { tries_left: 0 }) => refused(&here, &token, &question, device.0, No::CodeSpent.into(), Some(0)).await,
        Ok(Confirmed::Wrong { tries_left }) => refused(&here, &token, &question, device.0, No::CodeWrong.into(), Some(tries_left)).await,
        Err(Failure::Refused(refusal)) => refused(&here, &token, &question, device.0, refusal, None).await,
        Err(broken) => Err(broken),
    }
}

fn named(token: &str, question: &str) -> Option<(SecretHash, QuestionId)> {
    Some((found::token(token)?, question.parse().ok()?))
}

/// What is wrong with a code is said where it is typed; what is wrong with the act, where it is asked for.
async fn refused(
    here: &Here,
    token: &str,
    question: &str,
    device: Option<SecretHash>,
    refusal: Refusal,
    tries_left: Option<u32>,
) -> Attempt<HttpResponse> {
    match refusal.no {
        No::CodeWrong | No::CodeSpent | No::TooMany | No::AskedElsewhere => {
            show(here, token, question, device, Some((refusal, tries_left))).await
        }
        _ => found::page(here, token, device, Some((Sent::default(), refusal)), false).await,
    }
}

async fn show(
    here: &Here,
    token: &str,
    question: &str,
    device: Option<SecretHash>,
    refused: Option<(Refusal, Option<u32>)>,
) -> Attempt<HttpResponse> {
    let Some((hash, id)) = named(token, question) else { return found::or_no_letter(here, No::LinkDamaged.into()) };
    let now = here.clock.now();
    let loaded = here.store.read(move |tx| {
        let found = Found::load(tx, hash, device, now)?;
        let question = queries::question(tx, found.holder().letter().id, id)?;
        let newer = found.asked_elsewhere(tx)?;
        Ok((found, question, newer))
    });
    let (found, question, newer) = match loaded.await {
        Ok((found, Some(question), newer)) => (found, question, newer),
        // Nothing waits for a code: the text is where to begin.
        Ok((_, None, _)) => return Ok(http::see_other(&format!("/sign/{token}"))),
        Err(failure) => return found::or_no_letter(here, failure),
    };
    let status = refused.as_ref().map_or(200, |(refusal, _)| refusal.no.status());
    let problem = refused.map(|(refusal, tries_left)| CodeProblem {
        sentence: problem::sentence(&refusal, Words::of("en")),
        tries_left,
        newer: newer.filter(|_| refusal.no == No::AskedElsewhere),
    });
    let markup = pages::code_page(&here.frame(), &found.code_view(token, &question, problem));
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(markup.into_string()))
}
