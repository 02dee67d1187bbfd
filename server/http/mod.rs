//! The outer shell: what every request meets whatever room it is for. Problems, headers, page frame, throttle, assets.
//!
//! It knows nothing of statements. Rooms hand it markup or a refusal and it makes a response of it.

use std::{
    future::{Ready, ready},
    net::IpAddr,
};

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, http::header};
use chrono_tz::Tz;

use crate::{
    kernel::{Clock, No, Refusal},
    mail::Post,
    store::{Attempt, Store},
    words::Words,
};

pub mod draft_html;
pub mod guard;
pub mod handles;
pub mod limits;
pub mod page;
pub mod patience;
pub mod problem;
pub mod reader;
mod refusals;
pub mod secret_cookie;
pub mod spa;
pub mod style;
pub mod text_html;
pub mod throttle;
pub mod upgrade;

pub use problem::Problem;

/// What every route may use. One per process.
pub struct Shell {
    pub store: Store,
    pub clock: Clock,
    pub post: Post,
    pub site: Site,
    pub throttle: throttle::Throttle,
}

/// Who and where this instance is.
#[derive(Debug, Clone)]
pub struct Site {
    /// Scheme, host and port, without a slash at its end.
    pub public_url: String,
    pub coalition: String,
    pub timezone: Tz,
    /// The proxy whose word is taken for where a request came from.
    pub trusted_proxy: Option<IpAddr>,
    /// Whether letters can be read on a page: the demo's newcomers follow their links there.
    pub letters_shown: bool,
}

impl Site {
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The host (with its port, if any), for names of logs.
    pub fn host(&self) -> &str {
        self.public_url.split("://").nth(1).unwrap_or(&self.public_url)
    }
}

/// The address a request came from: the connection's, or what a trusted proxy says about it.
pub struct Peer(pub Option<IpAddr>);

impl FromRequest for Peer {
    type Error = std::convert::Infallible;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let peer = request.peer_addr().map(|peer| peer.ip());
        let proxy = request.app_data::<Here>().and_then(|here| here.site.trusted_proxy);
        let told = || {
            // The last entry is the one the proxy itself wrote; those before it are anybody's.
            let header = request.headers().get("x-forwarded-for")?.to_str().ok()?;
            header.rsplit(',').next()?.trim().parse().ok()
        };
        ready(Ok(Self(if peer.is_some() && peer == proxy { told().or(peer) } else { peer })))
    }
}

impl Shell {
    pub fn frame(&self) -> page::Frame<'_> {
        page::Frame { coalition: &self.site.coalition, words: Words::of("en") }
    }

    pub fn zone(&self) -> Tz {
        self.site.timezone
    }
}

/// Refuses a body that does not say that it is of this kind, where the body is taken as it comes.
pub fn sent_as(request: &HttpRequest, kind: &'static str) -> Attempt<()> {
    let said = request.headers().get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    if said.split(';').next().is_some_and(|said| said.trim().eq_ignore_ascii_case(kind)) {
        return Ok(());
    }
    Err(Refusal::new(No::WrongContentType).with("wanted", kind).into())
}

/// The refusal of what could not be read. serde's words name the field and the place, and hold nothing but what was sent.
pub fn malformed(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(No::Malformed).with("reason", error.to_string().chars().take(limits::REASON_CHARS_MAX).collect::<String>())
}

/// A shared handle, as handlers take it.
pub type Here = actix_web::web::Data<Shell>;

pub fn html(markup: maud::Markup) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(markup.into_string())
}

/// Sends the browser on to look at a result, so that reloading repeats no act.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path.to_owned())).finish()
}
