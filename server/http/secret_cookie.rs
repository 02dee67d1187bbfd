//! Cookies that carry a secret: of a session, of a device. Only its hash is looked at, and only the name that fits the site.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};

use super::{Here, Site};
use crate::kernel::SecretHash;

/// A cookie by its two names. `__Host-` makes browsers refuse one that another host, path or an unencrypted page tried to set.
pub struct SecretCookie {
    pub secure: &'static str,
    pub plain: &'static str,
}

impl SecretCookie {
    fn name(&self, secure: bool) -> &'static str {
        if secure { self.secure } else { self.plain }
    }

    /// What a request claims. A plain cookie can be planted by a neighbouring host, so a site with TLS does not even look at it.
    pub fn claimed(&self, request: &HttpRequest) -> Option<SecretHash> {
        let secure = request.app_data::<Here>().is_some_and(|here| here.site.secure());
        request.cookie(self.name(secure)).map(|cookie| SecretHash::of(cookie.value()))
    }

    /// The cookie to set; an age of nothing takes it away.
    pub fn with(&self, site: &Site, value: String, age: Duration) -> Cookie<'static> {
        let secure = site.secure();
        Cookie::build(self.name(secure), value).path("/").http_only(true).secure(secure).same_site(SameSite::Lax).max_age(age).finish()
    }
}
