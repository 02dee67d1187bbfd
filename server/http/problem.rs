//! What went wrong, as RFC 9457 tells it. An answer carries its problem with it; [`super::reader`] puts it to whoever asked.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    kernel::{No, Refusal, Secret},
    store::Failure,
    words::Words,
};

/// A problem document (RFC 9457). `code` is stable; `detail` is a sentence in the reader's language.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `urn:undersigned:refusal:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    pub code: String,
    #[schema(value_type = Object)]
    pub params: Map<String, Value>,
    /// A reference to quote to the operator; only where the server itself failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// The sentence for a refusal.
pub fn sentence(refusal: &Refusal, words: Words) -> String {
    let values: Vec<(&str, String)> =
        refusal.params.iter().map(|(name, value)| (*name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))).collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.refusal(refusal.no.code(), &values).unwrap_or_else(|| refusal.no.code().to_owned())
}

impl Problem {
    pub fn of(refusal: &Refusal) -> Self {
        let words = Words::of("en");
        Self {
            kind: format!("urn:undersigned:refusal:{}", refusal.no.code()),
            title: status(refusal.no).canonical_reason().unwrap_or("Refused").to_owned(),
            status: refusal.no.status(),
            detail: sentence(refusal, words),
            code: refusal.no.code().to_owned(),
            params: refusal.params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            instance: None,
        }
    }

    /// Logs what broke under a fresh reference and tells the client the reference only.
    pub fn broken(cause: &(dyn std::error::Error + Send + Sync)) -> Self {
        let reference = Secret::new().as_str()[..12].to_owned();
        tracing::error!(%reference, error = %cause, "a request failed");
        Self {
            kind: "urn:undersigned:failure".to_owned(),
            title: "Internal Server Error".to_owned(),
            status: 500,
            detail: Words::of("en").refusal("broken", &[("reference", &reference)]).unwrap_or_default(),
            code: "broken".to_owned(),
            params: Map::new(),
            instance: Some(format!("urn:undersigned:reference:{reference}")),
        }
    }

    /// An answer without a body, which [`super::reader::told`] draws.
    pub fn response(self) -> HttpResponse {
        let mut response = HttpResponse::new(StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        response.extensions_mut().insert(self);
        response
    }
}

fn status(no: No) -> StatusCode {
    StatusCode::from_u16(no.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Refused(refusal) => f.write_str(refusal.no.code()),
            Failure::Away(cause) | Failure::Broken(cause) => write!(f, "{cause}"),
        }
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Failure::Refused(refusal) => status(refusal.no),
            Failure::Away(_) => status(No::DatabaseAway),
            Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Failure::Refused(refusal) => Problem::of(refusal),
            Failure::Away(cause) => {
                tracing::error!(error = %cause, "the database does not answer");
                Problem::of(&No::DatabaseAway.into())
            }
            Failure::Broken(cause) => Problem::broken(cause.as_ref()),
        }
        .response()
    }
}

impl std::error::Error for Failure {}
