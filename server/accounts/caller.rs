//! The cookie, and who it stands for.

use crate::accounts::limits;
use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
};

use crate::{
    http::{Here, Site},
    kernel::{Secret, SecretHash},
};

/// What the request's cookie claims; `None` where there is none. [`crate::accounts::caller`] says whether it holds.
#[derive(Debug, Clone, Copy)]
pub struct SessionCookie(pub Option<SecretHash>);

// `__Host-` makes browsers refuse a cookie that another host, path or an unencrypted page tried to set.
const SECURE_NAME: &str = "__Host-sid";
const PLAIN_NAME: &str = "sid";

impl FromRequest for SessionCookie {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // A plain cookie can be planted by a neighbouring host, so a site with TLS does not even look at it.
        let secure = request.app_data::<Here>().is_some_and(|here| here.site.secure());
        let cookie = request.cookie(if secure { SECURE_NAME } else { PLAIN_NAME });
        ready(Ok(Self(cookie.map(|cookie| SecretHash::of(cookie.value())))))
    }
}

/// The cookie for a new session.
pub fn cookie(site: &Site, secret: &Secret) -> Cookie<'static> {
    build(site, secret.as_str().to_owned(), Duration::seconds(limits::SESSION_SECONDS_MAX))
}

/// The cookie that takes the other away.
pub fn gone(site: &Site) -> Cookie<'static> {
    build(site, String::new(), Duration::ZERO)
}

fn build(site: &Site, value: String, age: Duration) -> Cookie<'static> {
    let name = if site.secure() { SECURE_NAME } else { PLAIN_NAME };
    Cookie::build(name, value).path("/").http_only(true).secure(site.secure()).same_site(SameSite::Lax).max_age(age).finish()
}
