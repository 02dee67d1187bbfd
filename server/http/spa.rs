//! The work pages' files, embedded in the binary, and the documents they start from: one for every page, and one for a draft, which
//! brings the text along.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, get,
    http::header::{self, ContentEncoding},
    web,
};
use maud::{Markup, PreEscaped, Render, html};
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
    if !name.is_empty() && !DOCUMENTS.contains(&name) {
        if name == WORKER {
            let mut worker = HttpResponse::Ok();
            worker.insert_header((header::CACHE_CONTROL, "no-cache")).insert_header(("service-worker-allowed", "/app"));
            return file(&request, worker, name);
        }
        if Files::get(name).is_some() {
            // File names carry a hash of their content, so they may be kept for ever.
            let mut kept = HttpResponse::Ok();
            kept.insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
            return file(&request, kept, name);
        }
        if name.contains('.') {
            return Err(No::NotFound.into());
        }
    }
    document(&request)
}

/// What keeps the work pages' files on a device. Its name never changes, so it is asked for again each time; and it serves the home
/// page too, whose address lies above its own.
const WORKER: &str = "sw.js";

/// Served at addresses of pages, filled in, and at no name of their own.
const DOCUMENTS: [&str; 2] = [EVERY_PAGE, A_DRAFT];
const EVERY_PAGE: &str = "index.html";
const A_DRAFT: &str = "draft.html";

/// Where the program draws its pages.
const PLACE: &str = r#"<div id="app"></div>"#;

/// The document that every page but a draft starts from. It says nothing of anybody.
pub fn document(request: &HttpRequest) -> Attempt<HttpResponse> {
    let (before, after) = halves(request, EVERY_PAGE)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body([&before, PLACE, &after].concat()))
}

/// What a draft's page brings along for one person.
pub struct Brought {
    /// Shown until the program draws its page; an element `#served`.
    pub page: Option<Markup>,
    /// What the program would ask first, by address (`/api/me`), as the API answers this person.
    pub answers: serde_json::Map<String, serde_json::Value>,
}

/// The document a draft starts from.
pub fn draft_document(request: &HttpRequest, brought: &Brought) -> Attempt<HttpResponse> {
    let (before, after) = halves(request, A_DRAFT)?;
    let told = html! {
        @if let Some(page) = &brought.page { (page) }
        // Data, and nothing that runs: the policy lets no script stand in a page.
        script type="application/json" id="answers" { (Data(&brought.answers)) }
    };
    let document = [&before, PLACE, "\n", &told.into_string(), &after].concat();
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(document))
}

/// A document on both sides of the place where the program draws. What is put between them is not searched for anything.
fn halves(request: &HttpRequest, name: &str) -> Attempt<(String, String)> {
    let missing = || Failure::broken("the work pages are not built into this binary; run `make build`");
    let bytes = Files::get(name).ok_or_else(missing)?.data;
    let nonce = request.extensions().get::<Nonce>().map(|nonce| nonce.0.clone()).unwrap_or_default();
    let document = String::from_utf8_lossy(&bytes).replace("__CSP_NONCE__", &nonce);
    document.split_once(PLACE).map(|(before, after)| (before.to_owned(), after.to_owned())).ok_or_else(missing)
}

/// JSON inside a `script` element, which only `</script` and `<!--` could end or change.
struct Data<'a>(&'a serde_json::Map<String, serde_json::Value>);

impl Render for Data<'_> {
    fn render(&self) -> Markup {
        PreEscaped(serde_json::to_string(self.0).unwrap_or_default().replace('<', "\\u003c"))
    }
}

/// A file of the program, as its build packed it where the browser takes that; what comes from elsewhere is packed on its way.
fn file(request: &HttpRequest, mut response: HttpResponseBuilder, name: &str) -> Attempt<HttpResponse> {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let letters = if kind.essence_str().starts_with("text/") { "; charset=utf-8" } else { "" };
    response.content_type(format!("{kind}{letters}")).insert_header((header::VARY, "accept-encoding"));
    let taken = request.headers().get_all(header::ACCEPT_ENCODING).filter_map(|taken| taken.to_str().ok());
    let packed = if takes_brotli(taken) { Files::get(&format!("{name}.br")) } else { None };
    if let Some(packed) = packed {
        return Ok(response.insert_header(ContentEncoding::Brotli).body(packed.data.into_owned()));
    }
    Ok(response.body(Files::get(name).ok_or(No::NotFound)?.data.into_owned()))
}

/// Whether `br` is among what a browser takes (RFC 9110, 12.5.3).
fn takes_brotli<'a>(taken: impl Iterator<Item = &'a str>) -> bool {
    taken.flat_map(|list| list.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let never = |weight: &str| weight.strip_prefix("q=").is_some_and(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0));
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br")) && !parts.any(never)
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_goes_to_whoever_takes_it() {
        let taken = |list: &'static str| takes_brotli([list].into_iter());
        assert!(taken("gzip, deflate, br, zstd") && taken("br;q=0.5") && taken("gzip,BR"));
        assert!(!taken("gzip, deflate") && !taken("br;q=0, gzip") && !taken("*;q=0.1") && !taken("brotli"));
    }

    #[test]
    fn data_cannot_end_the_element_it_stands_in() {
        let answers = [("title".to_owned(), serde_json::Value::from("</script><!--"))].into_iter().collect();
        let drawn = html! { (Data(&answers)) }.into_string();
        assert_eq!(drawn, r#"{"title":"\u003c/script>\u003c!--"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Map<_, _>>(&drawn).unwrap(), answers);
    }
}
