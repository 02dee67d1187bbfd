//! What every request meets first: an id, an origin check, a limit to waiting for it; and last, on the way out: an answer that its
//! reader understands, and the headers that keep a browser honest.

use actix_web::{
    Error, HttpMessage,
    body::{self, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use tracing::Instrument;

use super::{
    Shell, patience,
    problem::Problem,
    reader::{self, Asked},
};
use crate::kernel::{No, Refusal, secret::random};

/// The nonce of this response's styles; the work pages' style engine is given it.
#[derive(Clone)]
pub struct Nonce(pub String);

/// Wraps every request. A request that may change something must come from our own pages, or from no page at all.
pub async fn guard(mut request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = crate::kernel::id::crockford(&random::<10>());
    let nonce = crate::kernel::id::crockford(&random::<15>());
    request.extensions_mut().insert(Nonce(nonce.clone()));
    // Addresses, query strings and path tokens stay out of the log: a link is a key.
    let span = tracing::info_span!("request", %id, method = %request.method(), route = tracing::field::Empty);
    let shell = request.app_data::<web::Data<Shell>>().cloned();
    let secure = shell.as_ref().is_some_and(|shell| shell.site.secure());
    let foreign = shell.as_ref().is_some_and(|shell| is_foreign(&request, &shell.site.public_url));
    let asked = Asked { path: request.path().to_owned(), method: request.method().clone() };
    patience::limit(&mut request);
    // Link checkers ask for the head first; it is the page without its body.
    let head_only = request.method() == Method::HEAD;
    if head_only {
        request.head_mut().method = Method::GET;
    }
    let started = tracing::enabled!(tracing::Level::DEBUG).then(std::time::Instant::now);

    let mut response = if foreign {
        let refused = Problem::of(&Refusal::new(No::ForeignOrigin)).response();
        let (inner, _) = request.parts_mut();
        ServiceResponse::new(inner.clone(), refused)
    } else {
        next.call(request).instrument(span.clone()).await?.map_into_boxed_body()
    };

    if let Some(shell) = &shell {
        response = reader::told(&shell.frame(), &asked, response);
    }
    if head_only {
        // Of no length, rather than of length 0: that would be a statement about the page.
        response = response.map_body(|_, _| BoxBody::new(body::None::new()));
    }
    if let Some(route) = response.request().match_pattern() {
        span.record("route", route);
    }
    span.in_scope(|| {
        let status = response.status().as_u16();
        match started {
            Some(started) => tracing::debug!(status, micros = started.elapsed().as_micros() as u64, "answered"),
            None => tracing::trace!(status, "answered"),
        }
    });
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    // Nothing is ever fetched from elsewhere. Work pages style their parts at run time, under a nonce; reading pages never do.
    let style = if asked.path.starts_with("/app") { format!("'self' 'nonce-{nonce}'") } else { "'self'".to_owned() };
    put(
        header::CONTENT_SECURITY_POLICY,
        &format!(
            "default-src 'self'; style-src {style}; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'"
        ),
    );
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: under that, browsers send `Origin: null` with our own forms, and they could not be told from forged ones.
    put(header::REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("x-frame-options"), "DENY");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()");
    put(HeaderName::from_static("x-request-id"), &id);
    if secure {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// Whether a browser says that this request was started by somebody else's page. Programs send no origin at all.
fn is_foreign(request: &ServiceRequest, public_url: &str) -> bool {
    let upgrade = request.headers().contains_key(header::UPGRADE);
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) && !upgrade {
        return false;
    }
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let mut origins = request.headers().get_all("origin").peekable();
    if origins.peek().is_some() {
        return origins.any(|origin| origin.as_bytes() != public_url.as_bytes());
    }
    text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"))
}
