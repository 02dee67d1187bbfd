//! The API's description, whole and true: every room's operations, and for each what it may answer besides its own words.
//!
//! A room describes what it does: its bodies, its good answers, and the refusals that are about its subject (409, 410, 422). What
//! follows from the outer shell is the same for every operation and is added here, once, from what the operation says about
//! itself: its address, its method, its body, and who may call it (`x-permit`). A refusal is a problem document under `/api/` and
//! `/collab/`, a page elsewhere. `tests/server` holds every answer it meets against this description.

use std::{collections::BTreeMap, sync::OnceLock};

use utoipa::{
    OpenApi,
    openapi::{
        self, Content, HttpMethod, Object, Ref, RefOr, ResponseBuilder, Schema,
        path::Operation,
        schema::AdditionalProperties,
        security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme},
    },
};

use super::{methods::operations, routes};
use crate::{
    accounts, delivery, drafting,
    http::{Problem, reader::Reader},
    organisations, overview, remarks, signing, statements, suggestions, versions,
};

/// The description of this build.
pub fn document() -> &'static openapi::OpenApi {
    static DOCUMENT: OnceLock<openapi::OpenApi> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut api = Whole::openapi();
        for room in [
            routes::Api::openapi(),
            accounts::routes::Api::openapi(),
            organisations::routes::me::Api::openapi(),
            organisations::routes::register::Api::openapi(),
            overview::routes::Api::openapi(),
            statements::routes::Api::openapi(),
            remarks::routes::Api::openapi(),
            suggestions::routes::Api::openapi(),
            remarks::brackets::routes::Api::openapi(),
            versions::routes::Api::openapi(),
            drafting::routes::Api::openapi(),
            signing::routes::rounds::Api::openapi(),
            signing::routes::asked::Api::openapi(),
            signing::routes::letters::Api::openapi(),
            signing::routes::codes::Api::openapi(),
            signing::routes::receipts::Api::openapi(),
            delivery::routes::Api::openapi(),
        ] {
            api.merge(room);
        }
        for (path, item) in &mut api.paths.paths {
            for (method, operation) in operations(item) {
                complete(path, method, operation);
            }
        }
        let components = api.components.get_or_insert_default();
        for tagged in ["Inline", "NotePiece"] {
            close(&mut components.schemas, tagged);
        }
        let session = ApiKeyValue::with_description(
            "sid",
            "The session, from a sign-in link; named `__Host-sid` where the server is reached by https.",
        );
        components.add_security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(session)));
        api
    })
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Undersigned",
        description = "Write a joint statement together, collect sign-ons anyone can audit, deliver it.\n\n\
            Refusals are problem documents (RFC 9457) with a stable `code`; what a caller may not see answers 404, what they may see \
            but not do 403. An address that exists answers other methods with 405 and `Allow`. `HEAD` is answered as `GET`.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Whole;

const SESSION: &str = "session";

/// A tagged union whose variants take no field they do not know. The derived description leaves them open, and describes a
/// variant that is a type of its own as that closed type and a tag beside it, which nothing could be.
fn close(schemas: &mut BTreeMap<String, RefOr<Schema>>, name: &str) {
    let named = schemas.clone();
    let Some(RefOr::T(Schema::OneOf(union))) = schemas.get_mut(name) else { return };
    for variant in &mut union.items {
        if let RefOr::T(Schema::AllOf(parts)) = variant {
            let mut whole = Object::new();
            for part in &parts.items {
                let part = match part {
                    RefOr::Ref(to) => to.ref_location.rsplit('/').next().and_then(|name| named.get(name)),
                    inline => Some(inline),
                };
                if let Some(RefOr::T(Schema::Object(part))) = part {
                    whole.properties.extend(part.properties.clone());
                    whole.required.extend(part.required.clone());
                }
            }
            *variant = RefOr::T(Schema::Object(whole));
        }
        if let RefOr::T(Schema::Object(fields)) = variant {
            fields.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
}

/// Adds what follows from the outer shell, and gives every refusal the form its reader gets.
fn complete(path: &str, method: HttpMethod, operation: &mut Operation) {
    let permit = operation.extensions.as_ref().and_then(|more| more.get("x-permit")).and_then(|permit| permit.as_str()).unwrap_or_default();
    let by_session = !(permit == "anyone" || permit.starts_with("letter"));
    let changes = method != HttpMethod::Get;
    let takes_body = operation.request_body.is_some();
    let takes_query = operation
        .parameters
        .iter()
        .flatten()
        .any(|one| matches!(one, RefOr::T(one) if one.parameter_in == openapi::path::ParameterIn::Query));
    let opens_socket = path.starts_with("/collab/");
    let rules = [
        (takes_body || takes_query || opens_socket, "400", "malformed"),
        (by_session, "401", "signed-out"),
        (permit == "coordinator" || permit == "letter-sign", "403", "not-allowed"),
        // A sign-in link of whatever shape gets the same button, and the same answer to it.
        (path.contains('{') && permit != "anyone" || path.starts_with("/s/"), "404", "not-found"),
        (changes || opens_socket, "403", "foreign-origin"),
        (true, "406", "no-such-packing"),
        (takes_body, "408", "too-slow"),
        (takes_body, "413", "too-large"),
        (takes_body, "415", "wrong-content-type"),
        // What sends mail or checks a secret.
        (changes && path.starts_with("/sign"), "429", "too-many"),
        (true, "500", "broken"),
        (true, "503", "busy, database-away"),
    ];
    for (_, status, why) in rules.into_iter().filter(|(holds, ..)| *holds) {
        let known = operation.responses.responses.entry(status.to_owned()).or_insert_with(|| ResponseBuilder::new().build().into());
        if let RefOr::T(response) = known {
            let so_far = std::mem::take(&mut response.description);
            response.description = if so_far.is_empty() { why.to_owned() } else { format!("{so_far}, {why}") };
        }
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
        {
            let (kind, schema) = match Reader::of(path) {
                Reader::Program => ("application/problem+json", Some(Ref::from_schema_name("Problem"))),
                Reader::Person => ("text/html", None),
                Reader::Watch => ("text/plain", None),
            };
            response.content = [(kind.to_owned(), RefOr::T(Content::new(schema)))].into_iter().collect();
        }
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            response.description = "As asked.".to_owned();
        }
    }
    if by_session {
        operation.security = Some(vec![SecurityRequirement::new(SESSION, [""; 0])]);
    }
}
