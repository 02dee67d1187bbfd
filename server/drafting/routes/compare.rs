//! Two readings of a statement over HTTP: what became of the one in the other, for whoever may read the draft.

use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::comparing::{self, Found, Side};
use super::super::hub::Hub;
use crate::accounts::{self, SessionCookie};
use crate::http::Here;
use crate::kernel::{EditionId, Moment, No, Refusal, StatementId, VersionId};
use crate::statements::{self, Statement, permits};
use crate::store::Attempt;
use crate::text::compare::Comparison;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CompareQuery {
    /// The older text: `now` for the draft as it stands, `accepted` for the draft as it would be if all suggestions were accepted (of
    /// two that exclude each other, one), an edition by its label (`Rev.1`) or its id, or a version (`version-` and its id).
    #[param(nullable = false, required = true, min_length = 1)]
    pub from: Option<String>,
    /// The newer text, said in the same way.
    #[param(nullable = false, required = true, min_length = 1)]
    pub to: Option<String>,
}

/// What became of one text in another.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonView {
    pub from: SideView,
    pub to: SideView,
    pub comparison: Comparison,
}

/// One of the two texts.
#[derive(Debug, Serialize, ToSchema)]
pub struct SideView {
    /// As it can be asked for: `now`, `Rev.1`.
    pub name: String,
    pub edition: Option<EditionId>,
    pub version: Option<VersionId>,
    pub frozen_at: Option<Moment>,
}

/// Compares two texts of a statement; changes nothing.
#[utoipa::path(get, path = "/api/statements/{id}/compare", operation_id = "compareTexts", params(("id" = StatementId, Path), CompareQuery),
    responses((status = 200, body = ComparisonView), (status = 404, description = "not-found, side-not-found"), (status = 422, description = "field-missing, text-unreadable")), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}/compare")]
pub async fn compare(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    (id, query): (web::Path<String>, web::Query<CompareQuery>),
) -> Attempt<web::Json<ComparisonView>> {
    let (statement, from, to) = sides(&here, &cookie, &id, query.into_inner()).await?;
    let comparison = comparing::compare(&hub, &statement, &from, &to).await?;
    Ok(web::Json(ComparisonView { from: SideView::of(&from), to: SideView::of(&to), comparison }))
}

/// The two texts that are asked for, if the caller may read the draft.
pub async fn sides(
    here: &Here,
    cookie: &SessionCookie,
    id: &str,
    CompareQuery { from, to }: CompareQuery,
) -> Attempt<(Statement, Found, Found)> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let session = cookie.0;
    let known = here.store.read(move |tx| {
        let caller = accounts::caller(tx, session, now)?;
        let statement = statements::load(tx, id)?;
        permits::join(tx, &caller, &statement, now)?;
        let from = comparing::find(tx, &statement, &asked("from", from)?)?;
        let to = comparing::find(tx, &statement, &asked("to", to)?)?;
        Ok((statement, from, to))
    });
    known.await
}

fn asked(field: &'static str, word: Option<String>) -> Result<Side, Refusal> {
    match word.filter(|word| !word.is_empty()) {
        Some(word) => Ok(Side::parse(&word)),
        None => Err(Refusal::new(No::FieldMissing).with("field", field)),
    }
}

impl SideView {
    fn of(found: &Found) -> Self {
        match found {
            Found::Now => Self { name: Side::NOW.to_owned(), edition: None, version: None, frozen_at: None },
            Found::Accepted => Self { name: Side::ACCEPTED.to_owned(), edition: None, version: None, frozen_at: None },
            Found::Edition(edition) => {
                Self { name: edition.label.clone(), edition: Some(edition.id), version: None, frozen_at: Some(edition.frozen_at) }
            }
            Found::Version(version) => {
                let id = version.line.id;
                Self { name: format!("{}{id}", Side::VERSION), edition: None, version: Some(id), frozen_at: None }
            }
        }
    }
}
