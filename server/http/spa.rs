//! The work pages' files, embedded in the binary, and the one document they all start from.

use actix_web::{HttpMessage, HttpRequest, HttpResponse, get, http::header, web};
use rust_embed::RustEmbed;

use super::guard::Nonce;
use crate::{
    kernel::No,
    store::{Attempt, Failure},
};

#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Files;

/// Every address under `/app`: a file if there is one of that name, else the document; the program finds its page itself.
#[get("/app{path:.*}")]
pub async fn app(request: HttpRequest, path: web::Path<String>) -> Attempt<HttpResponse> {
    let name = path.trim_start_matches('/');
    if !name.is_empty() && name != "index.html" {
        if name == WORKER {
            return worker();
        }
        if let Some(file) = Files::get(name) {
            // File names carry a hash of their content, so they may be kept for ever.
            return Ok(HttpResponse::Ok()
                .content_type(mime_guess::from_path(name).first_or_octet_stream())
                .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
                .body(file.data.into_owned()));
        }
        if name.contains('.') {
            return Err(No::NotFound.into());
        }
    }
    let index =
        Files::get("index.html").ok_or_else(|| Failure::broken("the work pages are not built into this binary; run `make build`"))?;
    let nonce = request.extensions().get::<Nonce>().map(|nonce| nonce.0.clone()).unwrap_or_default();
    let document = String::from_utf8_lossy(&index.data).replace("__CSP_NONCE__", &nonce);
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(document))
}

/// What keeps the work pages' files on a device. Its name never changes, so it is asked for again each time; and it serves the home
/// page too, whose address lies above its own.
const WORKER: &str = "sw.js";

fn worker() -> Attempt<HttpResponse> {
    let file = Files::get(WORKER).ok_or(No::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header(("service-worker-allowed", "/app"))
        .body(file.data.into_owned()))
}

/// The stylesheet and fonts of the pages the server draws.
#[get("/style/public.css")]
pub async fn public_css() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(super::style::public_css())
}

/// The mark, for the browser's tab.
#[get("/favicon.svg")]
pub async fn favicon() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .body(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/styles/mark.svg")))
}

#[get("/fonts/{name}")]
pub async fn font(name: web::Path<String>) -> Attempt<HttpResponse> {
    let bytes = super::style::font(&name).ok_or(No::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type("font/woff2")
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(bytes))
}
