//! What belongs to no room: the description, whether the server is well, what is said where no route leads, and how bodies,
//! query strings and addresses are taken in.

use actix_web::{
    HttpRequest, HttpResponse,
    error::{JsonPayloadError, UrlencodedError},
    get,
    http::header::{self, HeaderValue},
    web,
};

use utoipa::{OpenApi, openapi};

use super::methods::methods;
use crate::{
    http::{Here, Problem, limits, malformed, reader},
    kernel::{No, Refusal},
    organisations,
    store::{Attempt, Failure},
};

type Described = web::Data<&'static openapi::OpenApi>;

#[derive(OpenApi)]
#[openapi(paths(document, healthz, readyz))]
pub struct Api;

/// `described` is what this server says about itself and looks methods up in.
pub fn routes(config: &mut web::ServiceConfig, described: &'static openapi::OpenApi) {
    config
        .app_data(web::Data::new(described))
        .app_data(json_config())
        .app_data(form_config())
        .app_data(web::PayloadConfig::new(organisations::limits::CSV_BYTES_MAX))
        .app_data(web::QueryConfig::default().error_handler(|error, _| Failure::from(malformed(&error)).into()))
        .app_data(web::PathConfig::default().error_handler(|_, _| Failure::from(No::NotFound).into()))
        .service(document)
        .service(healthz)
        .service(readyz)
        .default_service(web::to(nothing_here));
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", operation_id = "showOpenapi",
    responses((status = 200, content_type = "application/json")), extensions(("x-permit" = json!("anyone"))))]
#[get("/api/openapi.json")]
async fn document(described: Described) -> HttpResponse {
    HttpResponse::Ok().json(**described)
}

/// The process answers.
#[utoipa::path(get, path = "/healthz", operation_id = "healthz",
    responses((status = 200, content_type = "text/plain")), extensions(("x-permit" = json!("anyone"))))]
#[get("/healthz")]
async fn healthz() -> &'static str {
    "ok"
}

/// The process can do its work: the database answers.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz",
    responses((status = 200, content_type = "text/plain")), extensions(("x-permit" = json!("anyone"))))]
#[get("/readyz")]
async fn readyz(here: Here) -> Attempt<&'static str> {
    here.store.is_ready().await.map(|()| "ready")
}

/// No such address, or not with this method.
async fn nothing_here(request: HttpRequest, described: Described) -> HttpResponse {
    let Some(pattern) = request.resource_map().match_pattern(request.path()) else {
        return Problem::of(&No::NotFound.into()).response();
    };
    let allowed = methods(&described, &pattern).join(", ");
    let mut response = Problem::of(&Refusal::new(No::WrongMethod).with("allowed", allowed.as_str())).response();
    if let Ok(allowed) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

fn json_config() -> web::JsonConfig {
    web::JsonConfig::default().limit(limits::JSON_BYTES_MAX).content_type_required(true).error_handler(|error, _| {
        let refusal = match &error {
            JsonPayloadError::ContentType => wrong_content_type("application/json"),
            JsonPayloadError::Overflow { .. } | JsonPayloadError::OverflowKnownLength { .. } => No::TooLarge.into(),
            JsonPayloadError::Payload(error) => reader::unread(error).into(),
            _ => malformed(&error),
        };
        Failure::from(refusal).into()
    })
}

fn form_config() -> web::FormConfig {
    web::FormConfig::default().limit(limits::FORM_BYTES_MAX).error_handler(|error, _| {
        let refusal = match &error {
            UrlencodedError::ContentType => wrong_content_type("application/x-www-form-urlencoded"),
            UrlencodedError::Overflow { .. } => No::TooLarge.into(),
            UrlencodedError::Payload(error) => reader::unread(error).into(),
            _ => malformed(&error),
        };
        Failure::from(refusal).into()
    })
}

fn wrong_content_type(wanted: &str) -> Refusal {
    Refusal::new(No::WrongContentType).with("wanted", wanted)
}
