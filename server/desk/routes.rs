//! The desk over HTTP.

use actix_web::{HttpResponse, get, post, put, web};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::{
    accounts::{self, Caller, Role, Seat},
    delivery::public_path,
    http::{Here, Problem},
    kernel::{EditionId, Moment, No, OrganisationId, PersonId, RoundId, StatementId, limits},
    organisations, signing,
    statements::{self, State, Statement, actions::Start},
    store::{Answer, Tx},
    words::{Words, dates},
};

#[derive(OpenApi)]
#[openapi(paths(me, list, start, show, set_drafters, history))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(me).service(list).service(start).service(show).service(set_drafters).service(history);
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub person: PersonLine,
    pub coordinator: bool,
    pub memberships: Vec<MembershipLine>,
    pub coalition: CoalitionLine,
    #[schema(value_type = String)]
    pub now: Moment,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PersonLine {
    #[schema(value_type = String)]
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipLine {
    pub organisation: OrganisationLine,
    pub roles: Vec<Role>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationLine {
    #[schema(value_type = String)]
    pub id: OrganisationId,
    pub name: String,
    pub acronym: String,
    pub colour: i32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CoalitionLine {
    pub name: String,
    pub timezone: String,
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
    pub drafters: Vec<OrganisationLine>,
    pub editions: Vec<EditionLine>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartStatement {
    title: String,
    language: String,
    #[serde(default)]
    forum: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftersBody {
    #[schema(value_type = Vec<String>)]
    organisations: Vec<OrganisationId>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    pub acts: Vec<ActLine>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ActLine {
    #[schema(value_type = String)]
    pub at: Moment,
    pub who: Option<String>,
    pub organisation: Option<String>,
    pub what: statements::What,
    pub sentence: String,
}

/// Who I am here, and for whom.
#[utoipa::path(get, path = "/api/me", operation_id = "showMe",
    responses((status = 200, body = Me), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("session"))))]
#[get("/api/me")]
async fn me(here: Here, seat: Seat) -> Answer<web::Json<Me>> {
    let now = here.clock.now();
    let (caller, organisations) = here
        .store
        .read(move |tx| {
            let caller = accounts::caller(tx, seat.0, now)?;
            let mut ids: Vec<OrganisationId> = caller.roles.iter().map(|(organisation, _)| *organisation).collect();
            ids.dedup();
            Ok((caller, organisations::by_ids(tx, &ids)?))
        })
        .await?;
    if caller.seen_at < now.plus_seconds(-limits::SESSION_SEEN_SECONDS) {
        let session = caller.session;
        here.store.write(move |tx| accounts::actions::touch(tx, session, now)).await?;
    }
    let memberships = organisations
        .iter()
        .map(|organisation| MembershipLine {
            organisation: line_of(organisation),
            roles: caller.roles.iter().filter(|(of, _)| *of == organisation.id).map(|(_, role)| *role).collect(),
        })
        .collect();
    Ok(web::Json(Me {
        person: PersonLine { id: caller.person, name: caller.name, email: caller.email },
        coordinator: caller.coordinator,
        memberships,
        coalition: CoalitionLine { name: here.site.coalition.clone(), timezone: here.site.timezone.name().to_owned() },
        now,
    }))
}

/// The statements I may see, last changed first.
#[utoipa::path(get, path = "/api/statements", operation_id = "listStatements",
    responses((status = 200, body = StatementList), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("session"))))]
#[get("/api/statements")]
async fn list(here: Here, seat: Seat) -> Answer<web::Json<StatementList>> {
    let now = here.clock.now();
    let public_url = here.site.public_url.clone();
    let statements = here.store.read(move |tx| {
        let caller = accounts::caller(tx, seat.0, now)?;
        let found = statements::actions::list(tx, &caller)?;
        found.iter().map(|statement| line(tx, &caller, statement, &public_url)).collect::<Answer<Vec<_>>>()
    });
    Ok(web::Json(StatementList { statements: statements.await? }))
}

/// Starts a statement.
#[utoipa::path(post, path = "/api/statements", operation_id = "startStatement", request_body = StartStatement,
    responses((status = 201, body = StatementView), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/statements")]
async fn start(here: Here, seat: Seat, body: web::Json<StartStatement>) -> Answer<HttpResponse> {
    let now = here.clock.now();
    let public_url = here.site.public_url.clone();
    let body = body.into_inner();
    let ask = Start { title: body.title, language: body.language, forum: body.forum.unwrap_or_default() };
    let started = here.store.write(move |tx| {
        let caller = accounts::caller(tx, seat.0, now)?;
        let statement = statements::actions::start(tx, &caller, now, &ask)?;
        view(tx, &caller, &statement, &public_url)
    });
    Ok(HttpResponse::Created().json(started.await?))
}

/// One statement.
#[utoipa::path(get, path = "/api/statements/{id}", operation_id = "showStatement", params(("id" = String, Path)),
    responses((status = 200, body = StatementView), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}")]
async fn show(here: Here, seat: Seat, id: web::Path<String>) -> Answer<web::Json<StatementView>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let public_url = here.site.public_url.clone();
    let found = here.store.read(move |tx| {
        let caller = accounts::caller(tx, seat.0, now)?;
        let statement = statements::load(tx, id)?;
        statements::permits::see(tx, &caller, &statement)?;
        view(tx, &caller, &statement, &public_url)
    });
    Ok(web::Json(found.await?))
}

/// Says which organisations write the draft.
#[utoipa::path(put, path = "/api/statements/{id}/drafters", operation_id = "setDrafters", params(("id" = String, Path)), request_body = DraftersBody,
    responses((status = 200, body = StatementView), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("coordinator"))))]
#[put("/api/statements/{id}/drafters")]
async fn set_drafters(
    here: Here,
    hub: web::Data<crate::drafting::Hub>,
    seat: Seat,
    id: web::Path<String>,
    body: web::Json<DraftersBody>,
) -> Answer<web::Json<StatementView>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let public_url = here.site.public_url.clone();
    let wanted = body.into_inner().organisations;
    let changed = here.store.write(move |tx| {
        let caller = accounts::caller(tx, seat.0, now)?;
        let statement = statements::actions::set_drafters(tx, &caller, now, id, &wanted)?;
        view(tx, &caller, &statement, &public_url)
    });
    let changed = changed.await?;
    hub.rights_changed(id).await;
    Ok(web::Json(changed))
}

/// What was done to a statement, newest first.
#[utoipa::path(get, path = "/api/statements/{id}/history", operation_id = "showHistory", params(("id" = String, Path)),
    responses((status = 200, body = History), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("coordinator"))))]
#[get("/api/statements/{id}/history")]
async fn history(here: Here, seat: Seat, id: web::Path<String>) -> Answer<web::Json<History>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let rows = here.store.read(move |tx| {
        let caller = accounts::caller(tx, seat.0, now)?;
        statements::actions::history(tx, &caller, id)
    });
    let words = Words::of("en");
    let acts = rows
        .await?
        .into_iter()
        .map(|row| ActLine {
            at: row.at,
            sentence: words.say(&format!("history.{}", row.what.word()), &[("detail", &readable(&row.detail, here.zone()))]),
            who: row.person,
            organisation: row.organisation,
            what: row.what,
        })
        .collect();
    Ok(web::Json(History { acts }))
}

/// A detail as a person reads it: instants among its words in the coalition's zone.
fn readable(detail: &str, zone: chrono_tz::Tz) -> String {
    let words = Words::of("en");
    let word = |word: &str| Moment::parse(word).map_or_else(|| word.to_owned(), |at| dates::moment(at.utc(), zone, words));
    detail.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn view(tx: &mut Tx, caller: &Caller, statement: &Statement, public_url: &str) -> Answer<StatementView> {
    // Who wrote a published text is for those who wrote it.
    let is_of_the_house = caller.coordinator || statements::permits::drafts_for(tx, caller, statement.id)?.is_some();
    let drafters = if is_of_the_house { statements::queries::drafter_ids(tx, statement.id)? } else { Vec::new() };
    let drafters = organisations::by_ids(tx, &drafters)?;
    let editions = statements::queries::edition_lines(tx, statement.id)?;
    Ok(StatementView {
        line: line(tx, caller, statement, public_url)?,
        drafters: drafters.iter().map(line_of).collect(),
        editions: editions.iter().map(edition_line).collect(),
    })
}

fn line(tx: &mut Tx, caller: &Caller, statement: &Statement, public_url: &str) -> Answer<StatementLine> {
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

fn may(tx: &mut Tx, caller: &Caller, statement: &Statement) -> Answer<Vec<&'static str>> {
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

fn line_of(organisation: &organisations::Organisation) -> OrganisationLine {
    OrganisationLine {
        id: organisation.id,
        name: organisation.name.clone(),
        acronym: organisation.acronym.clone(),
        colour: organisation.colour,
    }
}

fn edition_line(edition: &statements::queries::EditionLine) -> EditionLine {
    EditionLine { id: edition.id, label: edition.label.clone(), digest: hex::encode(&edition.digest), frozen_at: edition.frozen_at }
}
