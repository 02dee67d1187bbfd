//! The cookie, and who it stands for.

use crate::accounts::limits;
use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    cookie::{Cookie, time::Duration},
    dev::Payload,
};

use crate::{
    http::{Site, secret_cookie::SecretCookie},
    kernel::{Secret, SecretHash},
};

/// What the request's cookie claims; `None` where there is none. [`crate::accounts::caller`] says whether it holds.
#[derive(Debug, Clone, Copy)]
pub struct SessionCookie(pub Option<SecretHash>);

const COOKIE: SecretCookie = SecretCookie { secure: "__Host-sid", plain: "sid" };

impl FromRequest for SessionCookie {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(COOKIE.claimed(request))))
    }
}

/// The cookie for a new session.
pub fn cookie(site: &Site, secret: &Secret) -> Cookie<'static> {
    COOKIE.with(site, secret.as_str().to_owned(), Duration::seconds(limits::SESSION_SECONDS_MAX))
}

/// The cookie that takes the other away.
pub fn gone(site: &Site) -> Cookie<'static> {
    COOKIE.with(site, String::new(), Duration::ZERO)
}
