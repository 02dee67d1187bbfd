//! Publishing, and what the public reads.

use actix_web::{HttpRequest, HttpResponse, get, http::header, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{
    actions::{self, List, public_path},
    pages::{self, File, FileKind, PublishedView},
    queries::{self, Publication},
};
use crate::{
    accounts::{self, SessionCookie},
    http::{self, Here},
    kernel::{No, Seen, Shown, StatementId},
    ledger::{self, Ledger},
    signing,
    statements::{self, Edition, Statement},
    store::{Attempt, Failure, Tx},
    text::canonical,
    words::{Words, dates},
};

#[derive(OpenApi)]
#[openapi(paths(preview, publish, public_page, pdf_file, bundle_file, text_file))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(preview).service(publish).service(pdf_file).service(bundle_file).service(text_file).service(public_page);
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishBody {
    /// The fingerprint of the preview.
    seen: Seen,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Published {
    /// Complete, to be given to anybody.
    pub public_url: String,
}

/// What publishing would make public.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishPreview {
    pub edition: String,
    pub title: String,
    pub digest: String,
    pub signatories: Vec<PreviewName>,
    pub withheld: u64,
    pub public_url: String,
    /// The fingerprint of this, to publish with.
    pub seen: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewName {
    pub name: String,
    pub gloss: Option<String>,
    pub country: String,
}

/// Looks at what publishing would make public.
#[utoipa::path(get, path = "/api/statements/{id}/publish", operation_id = "previewPublication", params(("id" = StatementId, Path)),
    responses((status = 200, body = PublishPreview), (status = 409, description = "statement-not-closed")), extensions(("x-permit" = json!("coordinator"))))]
#[get("/api/statements/{id}/publish")]
async fn preview(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<PublishPreview>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let prepared = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::prepare(tx, &caller, id)
    });
    let prepared = prepared.await?;
    Ok(web::Json(PublishPreview {
        seen: prepared.shown().fingerprint(),
        edition: prepared.edition.label.clone(),
        title: prepared.edition.title.clone(),
        digest: prepared.edition.digest_hex(),
        withheld: prepared.list.withheld,
        signatories: prepared
            .list
            .public
            .into_iter()
            .map(|one| PreviewName { name: one.name, gloss: one.gloss, country: one.country })
            .collect(),
        public_url: format!("{}{}", here.site.public_url, public_path(id)),
    }))
}

/// Publishes: from now on the text, the names and the log are everybody's.
#[utoipa::path(post, path = "/api/statements/{id}/publish", operation_id = "publishStatement", params(("id" = StatementId, Path)), request_body = PublishBody,
    responses((status = 200, body = Published), (status = 409, description = "seen-changed, statement-not-closed, log-broken"), (status = 413, description = "too-large"), (status = 422, description = "script-uncovered")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/statements/{id}/publish")]
async fn publish(
    here: Here,
    ledger: web::Data<Ledger>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<PublishBody>,
) -> Attempt<web::Json<Published>> {
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let seen = body.into_inner().seen;
    let now = here.clock.now();
    let published = Published { public_url: format!("{}{}", here.site.public_url, public_path(id)) };
    let asked = seen.clone();
    // What is no longer as it was seen is not even laid out.
    let prepared = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        if actions::published_already(tx, &caller, id, &asked)? {
            return Ok(None);
        }
        let prepared = actions::prepare(tx, &caller, id)?;
        asked.confirms(prepared.shown())?;
        Ok(Some(prepared))
    });
    let Some(prepared) = prepared.await? else { return Ok(web::Json(published)) };
    let site = here.site.clone();
    let pdf = web::block(move || actions::lay_out(&site, &prepared, now)).await.map_err(Failure::broken)??;
    let done = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        actions::publish(tx, &ledger, &caller, now, id, &seen, &pdf)
    });
    done.await?;
    Ok(web::Json(published))
}

/// Everything the public page shows.
struct OnPage {
    statement: Statement,
    edition: Edition,
    publication: Publication,
    list: List,
    vkey: String,
}

fn shown(tx: &mut Tx, ledger: &Ledger, id: StatementId) -> Attempt<OnPage> {
    let statement = statements::queries::by_id(tx, id)?.ok_or(No::NotFound)?;
    let publication = queries::newest(tx, id)?.ok_or(No::NotFound)?;
    let edition = statements::load_edition(tx, publication.edition)?;
    let round = signing::queries::round_by_id(tx, publication.round)?.ok_or(No::NotFound)?;
    let list = actions::list(tx, &round, Some(publication.published_at))?;
    let vkey = ledger::vkey(tx, ledger, id)?.ok_or(No::NotFound)?;
    Ok(OnPage { statement, edition, publication, list, vkey })
}

/// The published statement, for everybody, without scripts.
#[utoipa::path(get, path = "/s/{id}", operation_id = "readPublished", params(("id" = StatementId, Path)),
    responses((status = 200, content_type = "text/html")), extensions(("x-permit" = json!("anyone"))))]
#[get("/s/{id}")]
async fn public_page(here: Here, ledger: web::Data<Ledger>, id: web::Path<String>) -> Attempt<HttpResponse> {
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let (sizes, found) = here
        .store
        .read(move |tx| {
            let found = shown(tx, &ledger, id)?;
            let pdf = queries::pdf(tx, found.edition.id)?.map_or(0, |file| file.len());
            let bundle = bundle_of(tx, &ledger, &found)?.len();
            Ok(((pdf, bundle), found))
        })
        .await?;
    let words = Words::of("en");
    let path = public_path(id);
    let text = found.edition.text().map_err(Failure::broken)?;
    let plain_size = canonical::plain(&text).len();
    let file = |href: String, kind, key: &str, size: usize| File {
        href,
        kind,
        title: words.say(&format!("file.{key}_title"), &[]),
        detail: words.say(&format!("file.{key}_detail"), &[]),
        size: human_size(size),
    };
    let view = PublishedView {
        title: found.edition.title.clone(),
        edition: found.edition.label.clone(),
        published_on: dates::day(found.publication.published_at.utc(), here.zone(), words),
        forum: Some(found.statement.forum.clone()).filter(|forum| !forum.is_empty()),
        text,
        signatories: found.list.public,
        withheld: found.list.withheld,
        withdrawn: found.list.withdrawn,
        files: vec![
            file(format!("{path}/statement.pdf"), FileKind::Document, "pdf", sizes.0),
            file(format!("{path}/statement.txt"), FileKind::Document, "text", plain_size),
            file(format!("{path}/evidence.json"), FileKind::Bundle, "bundle", sizes.1),
        ],
        digest: ledger::Digest(found.edition.digest).groups(),
        vkey: found.vkey,
        check_sentences: ["published.proves", "published.proves_not_names", "published.proves_not_withheld", "published.proves_not_link"]
            .map(|key| words.say(key, &[]))
            .to_vec(),
    };
    let mut response = http::html(pages::published_page(&here.frame(), &view));
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("public, max-age=60"));
    Ok(response)
}

/// The file handed to delegates, as it was published.
#[utoipa::path(get, path = "/s/{id}/statement.pdf", operation_id = "downloadPdf", params(("id" = StatementId, Path)),
    responses((status = 200, content_type = "application/pdf"), (status = 304, description = "Nothing has changed.")), extensions(("x-permit" = json!("anyone"))))]
#[get("/s/{id}/statement.pdf")]
async fn pdf_file(here: Here, request: HttpRequest, id: web::Path<String>) -> Attempt<HttpResponse> {
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let file = here.store.read(move |tx| {
        let publication = queries::newest(tx, id)?.ok_or(No::NotFound)?;
        Ok(queries::pdf(tx, publication.edition)?.ok_or(No::NotFound)?)
    });
    Ok(download(&request, "application/pdf", file.await?))
}

/// The evidence bundle: the whole log, for a verifier that needs no server.
#[utoipa::path(get, path = "/s/{id}/evidence.json", operation_id = "downloadBundle", params(("id" = StatementId, Path)),
    responses((status = 200, content_type = "application/json"), (status = 304, description = "Nothing has changed."), (status = 409, description = "log-broken")), extensions(("x-permit" = json!("anyone"))))]
#[get("/s/{id}/evidence.json")]
async fn bundle_file(here: Here, ledger: web::Data<Ledger>, request: HttpRequest, id: web::Path<String>) -> Attempt<HttpResponse> {
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let file = here.store.read(move |tx| {
        let found = shown(tx, &ledger, id)?;
        bundle_of(tx, &ledger, &found)
    });
    Ok(download(&request, "application/json", file.await?.into_bytes()))
}

/// The text alone.
#[utoipa::path(get, path = "/s/{id}/statement.txt", operation_id = "downloadText", params(("id" = StatementId, Path)),
    responses((status = 200, content_type = "text/plain"), (status = 304, description = "Nothing has changed.")), extensions(("x-permit" = json!("anyone"))))]
#[get("/s/{id}/statement.txt")]
async fn text_file(here: Here, request: HttpRequest, id: web::Path<String>) -> Attempt<HttpResponse> {
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let edition = here.store.read(move |tx| {
        let publication = queries::newest(tx, id)?.ok_or(No::NotFound)?;
        statements::load_edition(tx, publication.edition)
    });
    let text = edition.await?.text().map_err(Failure::broken)?;
    Ok(download(&request, "text/plain; charset=utf-8", canonical::plain(&text).into_bytes()))
}

/// The log goes on after publication (withdrawals), so the bundle is drawn up anew. Once a next edition is put to
/// signature the log tells of that one, and the published one keeps the bundle it was published with.
fn bundle_of(tx: &mut Tx, ledger: &Ledger, found: &OnPage) -> Attempt<String> {
    let newest = signing::queries::newest_round(tx, found.statement.id)?;
    if newest.is_some_and(|round| round.id == found.publication.round) {
        let bundle = actions::evidence(tx, ledger, found.statement.id, &found.edition, &found.list)?;
        return bundle.to_json().map_err(|error| Failure::broken(format!("{error:?}")));
    }
    Ok(queries::bundle(tx, found.edition.id)?.ok_or(No::NotFound)?)
}

/// A file with a validator, so that a phone on a bad line asks again for nothing.
fn download(request: &HttpRequest, kind: &'static str, bytes: Vec<u8>) -> HttpResponse {
    let tag = format!("\"{}\"", &ledger::Digest::of(&bytes).to_string()[..32]);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(tag.as_str());
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "public, no-cache"));
    if known { response.finish() } else { response.content_type(kind).body(bytes) }
}

fn human_size(bytes: usize) -> String {
    match bytes {
        0..=999 => format!("{bytes} bytes"),
        1_000..=999_999 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
