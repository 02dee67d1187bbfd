//! The cookie of a device on which somebody proved with a code to act for an organisation. It opens nothing by itself:
//! beside a letter's link it lets that letter's page show what was answered. It is made anew with every code, so that one
//! that was planted or copied before is worth nothing afterwards.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    cookie::{Cookie, time::Duration},
    dev::Payload,
};

use crate::{
    http::{Site, secret_cookie::SecretCookie},
    kernel::{Secret, SecretHash},
    signing::limits,
};

const COOKIE: SecretCookie = SecretCookie { secure: "__Host-device", plain: "device" };

/// What the request's cookie claims.
#[derive(Debug, Clone, Copy)]
pub struct Device(pub Option<SecretHash>);

impl FromRequest for Device {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(COOKIE.claimed(request))))
    }
}

/// The cookie for a device that proved itself.
pub fn cookie(site: &Site, secret: &Secret) -> Cookie<'static> {
    COOKIE.with(site, secret.as_str().to_owned(), Duration::seconds(limits::DEVICE_SECONDS))
}
