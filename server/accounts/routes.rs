//! Signing in and out over HTTP. Opening a link shows a button; only the button's POST consumes it.

use crate::accounts::limits;
use actix_web::{HttpResponse, get, http::header, post, web};
use serde::Deserialize;
use utoipa::OpenApi;

use super::{
    Endings, SessionCookie, actions, caller, pages,
    pages::{ShownLetter, ShownLink},
};
use crate::{
    http::{self, Here, Peer},
    kernel::No,
    mail::{outbox, templates},
    store::{Attempt, Failure},
    words::{Words, dates},
};

#[derive(OpenApi)]
#[openapi(paths(sign_in_form, ask, link, follow, sign_out))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(sign_in_form).service(ask).service(link).service(follow).service(sign_out).service(letters).service(home);
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct AskForm {
    #[serde(default)]
    #[schema(required = true, max_length = 254, format = Email)]
    email: String,
}

/// The way in: work pages for whoever is signed in, the sign-in page for everybody else.
#[get("/")]
async fn home(here: Here, cookie: SessionCookie) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    match here.store.read(move |tx| actions::caller(tx, cookie.0, now)).await {
        Ok(_) => Ok(http::see_other("/app")),
        Err(Failure::Refused(_)) => Ok(http::see_other("/sign-in")),
        Err(other) => Err(other),
    }
}

/// Where one asks for a sign-in link.
#[utoipa::path(get, path = "/sign-in", operation_id = "showSignIn",
    responses((status = 200, content_type = "text/html")), extensions(("x-permit" = json!("anyone"))))]
#[get("/sign-in")]
async fn sign_in_form(here: Here) -> HttpResponse {
    http::html(pages::sign_in_page(&here.frame(), "", None))
}

/// Mails a sign-in link, if the address is known; the answer does not tell.
#[utoipa::path(post, path = "/sign-in", operation_id = "askToSignIn",
    responses((status = 200, content_type = "text/html"), (status = 422, description = "field-invalid")), extensions(("x-permit" = json!("anyone"))))]
#[post("/sign-in")]
async fn ask(here: Here, peer: Peer, form: web::Form<AskForm>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let Some(email) = super::normal_email(&form.email) else {
        let sentence = Words::of("en").say("sign_in.malformed", &[]);
        let typed: String = form.email.chars().take(limits::EMAIL_CHARS_MAX).collect();
        let page = pages::sign_in_page(&here.frame(), &typed, Some(&sentence));
        return Ok(HttpResponse::UnprocessableEntity().content_type("text/html; charset=utf-8").body(page.into_string()));
    };
    // Nobody is told to look for a letter that cannot be written.
    here.store.is_ready().await?;
    let (post, to) = (here.post.clone(), email.clone());
    // The answer does not wait for the work, so that its time does not tell whether there was any.
    let store = here.store.clone();
    actix_web::rt::spawn(async move {
        if let Err(error) = store.write(move |tx| actions::ask_to_sign_in(tx, &post, now, &to)).await {
            tracing::error!(%error, "a sign-in letter could not be queued");
        }
    });
    Ok(http::html(pages::sign_in_sent_page(&here.frame(), &email, (limits::SIGN_IN_LINK_SECONDS / 60) as u32)))
}

/// Shows the button that signs in. Nothing is consumed: mail scanners open links, too.
#[utoipa::path(get, path = "/sign-in/{token}", operation_id = "showSignInLink", params(("token" = String, Path)),
    responses((status = 200, content_type = "text/html")), extensions(("x-permit" = json!("anyone"))))]
#[get("/sign-in/{token}")]
async fn link(here: Here, token: web::Path<String>) -> HttpResponse {
    // What is echoed into the form is at most a token's length of a token's letters.
    let token: String = token.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
    http::html(pages::sign_in_link_page(&here.frame(), &token))
}

/// Signs in: consumes the link, starts a session.
#[utoipa::path(post, path = "/sign-in/{token}", operation_id = "signIn", params(("token" = String, Path)),
    responses((status = 303), (status = 410, description = "link-dead")), extensions(("x-permit" = json!("anyone"))))]
#[post("/sign-in/{token}")]
async fn follow(here: Here, peer: Peer, token: web::Path<String>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let token = token.into_inner();
    match here.store.write(move |tx| actions::sign_in(tx, now, &token)).await {
        Ok(secret) => {
            Ok(HttpResponse::SeeOther().cookie(caller::cookie(&here.site, &secret)).insert_header((header::LOCATION, "/app")).finish())
        }
        Err(Failure::Refused(refusal)) if refusal.no == No::LinkDead => {
            let page = pages::link_dead_page(&here.frame()).into_string();
            Ok(HttpResponse::Gone().content_type("text/html; charset=utf-8").body(page))
        }
        Err(other) => Err(other),
    }
}

/// Ends the session, here and wherever its cookie was copied to.
#[utoipa::path(post, path = "/api/sign-out", operation_id = "signOut",
    responses((status = 204)), extensions(("x-permit" = json!("session"))))]
#[post("/api/sign-out")]
async fn sign_out(here: Here, endings: web::Data<Endings>, cookie: SessionCookie) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let ended = here.store.write(move |tx| {
        let caller = actions::caller(tx, cookie.0, now)?;
        actions::sign_out(tx, &caller, now)?;
        Ok(caller.session)
    });
    endings.tell(ended.await?);
    Ok(HttpResponse::NoContent().cookie(caller::gone(&here.site)).finish())
}

#[derive(Debug, Deserialize)]
pub struct LettersQuery {
    to: Option<String>,
}

/// The demo's letters, so that a newcomer can follow their links. It does not exist in `serve`.
#[get("/letters")]
async fn letters(here: Here, query: web::Query<LettersQuery>) -> Attempt<HttpResponse> {
    if !here.site.letters_shown {
        return Err(No::NotFound.into());
    }
    let to = query.into_inner().to.and_then(|to| super::normal_email(&to));
    let (post, wanted) = (here.post.clone(), to.clone());
    let found = here.store.read(move |tx| outbox::newest(tx, &post, wanted.as_deref())).await?;
    let words = Words::of("en");
    let shown: Vec<ShownLetter> = found
        .into_iter()
        .map(|letter| {
            let rendered = templates::render(&letter.letter, words, &here.site.coalition);
            let links = links(&rendered.text, &here.site.public_url);
            ShownLetter {
                to: letter.email,
                name: letter.name,
                subject: rendered.subject,
                at: dates::moment(letter.at.utc(), here.zone(), words),
                body: rendered.text,
                links: links.into_iter().map(|href| ShownLink { label: words.say("letters.follow", &[]), href }).collect(),
            }
        })
        .collect();
    Ok(http::html(pages::letters_page(&here.frame(), to.as_deref(), &shown)))
}

/// The addresses of this server that stand in a letter.
fn links(text: &str, public_url: &str) -> Vec<String> {
    text.split_whitespace().filter(|word| word.starts_with(public_url)).map(str::to_owned).collect()
}
