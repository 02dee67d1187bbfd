//! The cookie of a device on which somebody proved with a code to act for an organisation. It opens nothing by itself:
//! beside a letter's link it lets that letter's page show what was answered. It is made anew with every code, so that one
//! that was planted or copied before is worth nothing afterwards.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
};

use crate::{
    http::{Here, Site},
    kernel::{Secret, SecretHash},
    signing::limits,
};

const SECURE_NAME: &str = "__Host-device";
const PLAIN_NAME: &str = "device";

/// What the request's cookie claims.
#[derive(Debug, Clone, Copy)]
pub struct Device(pub Option<SecretHash>);

impl FromRequest for Device {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let secure = request.app_data::<Here>().is_some_and(|here| here.site.secure());
        let cookie = request.cookie(if secure { SECURE_NAME } else { PLAIN_NAME });
        ready(Ok(Self(cookie.map(|cookie| SecretHash::of(cookie.value())))))
    }
}

/// The cookie for a device that proved itself.
pub fn cookie(site: &Site, secret: &Secret) -> Cookie<'static> {
    let name = if site.secure() { SECURE_NAME } else { PLAIN_NAME };
    Cookie::build(name, secret.as_str().to_owned())
        .path("/")
        .http_only(true)
        .secure(site.secure())
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(limits::DEVICE_SECONDS))
        .finish()
}
