//! Statements as their readers see them: each with its edition, its round and its public page.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::{
    accounts::{self, Caller, SessionCookie},
    delivery::public_path,
    http::{Here, Problem},
    kernel::{EditionId, Moment, No, OrganisationId, RoundId, StatementId},
    organisations::{self, OrganisationMark},
    signing,
    statements::{self, State, Statement},
    store::{Attempt, Tx},
};

#[derive(OpenApi)]
#[openapi(paths(list, show))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(list).service(show);
}

/// A statement as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementLine {
    #[schema(value_type = String)]
    pub id: StatementId,
    pub title: String,
    pub language: String,
    pub forum: String,
    pub state: State,
    /// The newest edition, once there is one.
    pub edition: Option<EditionLine>,
    /// The newest round; coordinators only.
    pub round: Option<RoundLine>,
    /// What the next freezing makes: `Rev.1`.
    pub next_edition: String,
    #[schema(value_type = String)]
    pub updated_at: Moment,
    /// What this caller may do now, so that no page needs to know the rules.
    pub may: Vec<&'static str>,
    pub public_url: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EditionLine {
    #[schema(value_type = String)]
    pub id: EditionId,
    pub label: String,
    pub digest: String,
    #[schema(value_type = String)]
    pub frozen_at: Moment,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoundLine {
    #[schema(value_type = String)]
    pub id: RoundId,
    #[schema(value_type = String)]
    pub closes_at: Moment,
    pub invited: usize,
    pub answered: usize,
    pub signed: usize,
    pub withheld: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StatementList {
    pub statements: Vec<StatementLine>,
}

/// A statement with everything its page needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementView {
    #[serde(flatten)]
    pub line: StatementLine,
    pub drafters: Vec<OrganisationMark>,
    pub editions: Vec<EditionLine>,
}

/// The statements I may see, last changed first.
#[utoipa::path(get, path = "/api/statements", operation_id = "listStatements",
    responses((status = 200, body = StatementList), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("session"))))]
#[get("/api/statements")]
async fn list(here: Here, cookie: SessionCookie) -> Attempt<web::Json<StatementList>> {
    let now = here.clock.now();
    let public_url = here.site.public_url.clone();
    let statements = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let found = statements::actions::list(tx, &caller)?;
        found.iter().map(|statement| line(tx, &caller, statement, &public_url)).collect::<Attempt<Vec<_>>>()
    });
    Ok(web::Json(StatementList { statements: statements.await? }))
}

/// One statement.
#[utoipa::path(get, path = "/api/statements/{id}", operation_id = "showStatement", params(("id" = String, Path)),
    responses((status = 200, body = StatementView), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}")]
async fn show(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<StatementView>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let public_url = here.site.public_url.clone();
    let found = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let statement = statements::load(tx, id)?;
        statements::permits::see(tx, &caller, &statement)?;
        view(tx, &caller, &statement, &public_url)
    });
    Ok(web::Json(found.await?))
}

fn view(tx: &mut Tx, caller: &Caller, statement: &Statement, public_url: &str) -> Attempt<StatementView> {
    // Who wrote a published text is for those who wrote it.
    let is_of_the_house = caller.coordinator || statements::permits::drafts_for(tx, caller, statement.id)?.is_some();
    let drafters = if is_of_the_house { statements::queries::drafter_ids(tx, statement.id)? } else { Vec::new() };
    let drafters = organisations::by_ids(tx, &drafters)?;
    let editions = statements::queries::edition_lines(tx, statement.id)?;
    Ok(StatementView {
        line: line(tx, caller, statement, public_url)?,
        drafters: drafters.iter().map(OrganisationMark::of).collect(),
        editions: editions.iter().map(edition_line).collect(),
    })
}

fn line(tx: &mut Tx, caller: &Caller, statement: &Statement, public_url: &str) -> Attempt<StatementLine> {
    let edition = statements::queries::edition_lines(tx, statement.id)?.into_iter().next();
    let mut round = None;
    if caller.coordinator
        && matches!(statement.state, State::Open | State::Closed | State::Published)
        && let Some(newest) = signing::queries::newest_round(tx, statement.id)?
    {
        let invited: Vec<OrganisationId> = signing::queries::invited(tx, newest.id)?.into_iter().map(|(id, _)| id).collect();
        let tally = signing::tally(&invited, &signing::queries::standing(tx, newest.id)?);
        round = Some(RoundLine {
            id: newest.id,
            closes_at: newest.closes_at,
            invited: tally.invited,
            answered: tally.answered(),
            signed: tally.signed(),
            withheld: tally.withheld,
        });
    }
    let published = statement.state == State::Published;
    Ok(StatementLine {
        id: statement.id,
        title: edition
            .as_ref()
            .filter(|_| statement.state != State::Drafting)
            .map_or_else(|| statement.title.clone(), |edition| edition.title.clone()),
        language: statement.language.clone(),
        forum: statement.forum.clone(),
        state: statement.state,
        edition: edition.as_ref().map(edition_line),
        round,
        next_edition: format!("Rev.{}", statement.revisions + 1),
        updated_at: statement.updated_at,
        may: may(tx, caller, statement)?,
        public_url: published.then(|| format!("{public_url}{}", public_path(statement.id))),
    })
}

fn may(tx: &mut Tx, caller: &Caller, statement: &Statement) -> Attempt<Vec<&'static str>> {
    let mut may = Vec::new();
    let drafts = statements::permits::drafts_for(tx, caller, statement.id)?.is_some();
    if statement.state == State::Drafting && (drafts || caller.coordinator) {
        may.push("edit");
    }
    if caller.coordinator {
        may.extend(match statement.state {
            State::Drafting => &["freeze", "manage-drafters", "history"][..],
            State::Frozen => &["reopen", "open-round", "history"][..],
            State::Open => &["remind", "extend", "close", "history"][..],
            State::Closed => &["reopen", "publish", "history"][..],
            State::Published => &["reopen", "history"][..],
        });
    }
    Ok(may)
}

fn edition_line(edition: &statements::queries::EditionLine) -> EditionLine {
    EditionLine { id: edition.id, label: edition.label.clone(), digest: hex::encode(&edition.digest), frozen_at: edition.frozen_at }
}
