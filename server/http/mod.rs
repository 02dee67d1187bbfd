//! The outer shell: what every request meets whatever room it is for. Problems, headers, page frame, throttle, assets.
//!
//! It knows nothing of statements. Rooms hand it markup or a refusal and it makes a response of it.

use std::sync::Arc;

use actix_web::{HttpResponse, http::header};
use chrono_tz::Tz;

use crate::{kernel::Clock, mail::Post, store::Store, words::Words};

pub mod guard;
pub mod page;
pub mod problem;
pub mod spa;
pub mod style;
pub mod text_html;
pub mod throttle;

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

impl Shell {
    pub fn frame(&self) -> page::Frame<'_> {
        page::Frame { coalition: &self.site.coalition, words: Words::of("en") }
    }

    pub fn zone(&self) -> Tz {
        self.site.timezone
    }
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

/// Arc'd shell for tasks outside requests.
pub type Held = Arc<Shell>;
