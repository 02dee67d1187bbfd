//! Leading a round, over the JSON API.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::{
    accounts::{self, SessionCookie},
    http::Here,
    kernel::{Moment, No, OrganisationId, RoundId, Seen, Shown, StatementId},
    ledger::Ledger,
    mail::Post,
    organisations::{self, Organisation, Visibility, country_name},
    signing::{
        Means,
        actions::rounds::{self, OpenRound},
        answer::{Answer, Kind},
        before_acts::{self, ClosingRound, ExtendingRound, Reminding, Revealing},
        permits, queries,
        round::RoundState,
        tally,
    },
    statements,
    store::{Attempt, Tx, columns::word},
};

#[derive(OpenApi)]
#[openapi(paths(preview, open, show, remind, extend, close, reveal))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(preview).service(open).service(show).service(remind).service(extend).service(close).service(reveal);
}

/// A round as its coordinators see it. Organisations whose names are withheld are counted, not listed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundView {
    pub id: RoundId,
    pub statement: StatementId,
    pub edition: EditionMark,
    pub state: RoundState,
    pub opened_at: Moment,
    pub closes_at: Moment,
    pub closed_at: Option<Moment>,
    pub invited: usize,
    pub signed_public: usize,
    pub withheld: usize,
    pub declined: usize,
    pub withdrawn: usize,
    pub waiting: usize,
    pub organisations: Vec<Invited>,
    pub may: Vec<RoundMove>,
    /// What this view shows, as each act on it is confirmed with.
    pub seen: RoundSeen,
}

word! {
    /// What its leaders may do with a round now.
    RoundMove { Remind = "remind", Extend = "extend", Close = "close", Reveal = "reveal" }
}

/// Fingerprints of what is shown, by act.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundSeen {
    pub remind: String,
    pub extend: String,
    pub close: String,
    pub reveal: String,
}

/// What opening a round would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundPreview {
    pub edition: EditionMark,
    pub title: String,
    pub closes_at: Moment,
    pub organisations: Vec<WouldAsk>,
    /// The fingerprint of this, to open the round with.
    pub seen: String,
}

/// One organisation that would be asked, and who would get a letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct WouldAsk {
    pub id: OrganisationId,
    pub name: String,
    pub country_name: String,
    pub signers: Vec<String>,
    pub readers: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EditionMark {
    pub label: String,
    pub digest: String,
}

word! {
    /// Where an organisation stands in a round.
    Standing { Signed = "signed", Declined = "declined", Withdrawn = "withdrawn", Waiting = "waiting" }
}

/// One organisation in a round.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invited {
    pub id: OrganisationId,
    pub name: String,
    pub name_en: String,
    pub acronym: String,
    pub country: String,
    pub country_name: String,
    pub region: String,
    pub timezone: String,
    pub answer: Standing,
    pub reason: Option<String>,
    pub answered_at: Option<Moment>,
    pub reminded_at: Option<Moment>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenBody {
    #[schema(min_items = 1, max_items = 1000)]
    organisations: Vec<OrganisationId>,
    /// RFC 3339.
    closes_at: Moment,
    /// The fingerprint of the preview; left out only to ask for one.
    #[serde(default)]
    seen: Seen,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendBody {
    closes_at: Moment,
    /// The fingerprint of what was shown.
    seen: Seen,
}

/// An act that needs nothing but that what was shown is still so.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmBody {
    /// The fingerprint of what was shown.
    seen: Seen,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Reminded {
    /// Organisations that the page counted as silent.
    pub organisations: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Revealed {
    pub organisations: Vec<WithheldName>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WithheldName {
    pub id: OrganisationId,
    pub name: String,
    pub country_name: String,
    pub answered_at: Moment,
}

/// Looks at what opening a round would do: the text, and everybody who would get a letter.
#[utoipa::path(post, path = "/api/statements/{id}/rounds/preview", operation_id = "previewRound", params(("id" = StatementId, Path)), request_body = OpenBody,
    responses((status = 200, body = RoundPreview), (status = 409, description = "statement-not-frozen, round-on-same-text"), (status = 422, description = "round-without-organisations, organisation-unknown, round-nobody-can-sign, deadline-past, deadline-too-far, field-too-long")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/statements/{id}/rounds/preview")]
async fn preview(here: Here, cookie: SessionCookie, id: web::Path<String>, body: web::Json<OpenBody>) -> Attempt<web::Json<RoundPreview>> {
    let now = here.clock.now();
    let statement = id.parse().map_err(|_| No::NotFound)?;
    let OpenBody { organisations, closes_at, .. } = body.into_inner();
    let ask = OpenRound { statement, organisations, closes_at };
    let shown = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        rounds::open_shown(tx, &caller, now, &ask)
    });
    let shown = shown.await?;
    let would_ask = |one: &before_acts::WouldAsk| WouldAsk {
        id: one.id,
        name: one.name.clone(),
        country_name: country_name(&one.country),
        signers: one.signers.clone(),
        readers: one.readers.clone(),
    };
    Ok(web::Json(RoundPreview {
        seen: shown.fingerprint(),
        organisations: shown.organisations.iter().map(would_ask).collect(),
        edition: EditionMark { label: shown.edition, digest: shown.digest },
        title: shown.title,
        closes_at: shown.closes_at,
    }))
}

/// Opens a round on the statement's frozen text and writes to those who may sign.
#[utoipa::path(post, path = "/api/statements/{id}/rounds", operation_id = "openRound", params(("id" = StatementId, Path)), request_body = OpenBody,
    responses((status = 201, body = RoundView), (status = 409, description = "seen-changed, statement-not-frozen, round-on-same-text, log-broken"), (status = 422, description = "round-without-organisations, organisation-unknown, round-nobody-can-sign, deadline-past, deadline-too-far, field-too-long")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/statements/{id}/rounds")]
async fn open(
    here: Here,
    ledger: web::Data<Ledger>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<OpenBody>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    let statement = id.parse().map_err(|_| No::NotFound)?;
    let OpenBody { organisations, closes_at, seen } = body.into_inner();
    let ask = OpenRound { statement, organisations, closes_at };
    let post = here.post.clone();
    let opened = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let means = Means { post: &post, ledger: &ledger };
        let round = rounds::open(tx, means, &caller, now, &seen, &ask)?;
        present(tx, means, round, now)
    });
    Ok(HttpResponse::Created().json(opened.await?))
}

/// Where a round stands.
#[utoipa::path(get, path = "/api/rounds/{id}", operation_id = "showRound", params(("id" = RoundId, Path)),
    responses((status = 200, body = RoundView)), extensions(("x-permit" = json!("coordinator"))))]
#[get("/api/rounds/{id}")]
async fn show(here: Here, ledger: web::Data<Ledger>, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<RoundView>> {
    let now = here.clock.now();
    let id: RoundId = id.parse().map_err(|_| No::NotFound)?;
    let post = here.post.clone();
    let view = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        permits::lead_round(tx, &caller, id)?;
        present(tx, Means { post: &post, ledger: &ledger }, id, now)
    });
    Ok(web::Json(view.await?))
}

/// Writes again to those who have not answered.
#[utoipa::path(post, path = "/api/rounds/{id}/remind", operation_id = "remindRound", params(("id" = RoundId, Path)), request_body = ConfirmBody,
    responses((status = 200, body = Reminded), (status = 409, description = "seen-changed, round-closed, reminded-lately, nobody-to-remind")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/rounds/{id}/remind")]
async fn remind(
    here: Here,
    ledger: web::Data<Ledger>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<ConfirmBody>,
) -> Attempt<web::Json<Reminded>> {
    let seen = body.into_inner().seen;
    let reminded = lead(&here, &ledger, cookie, &id, move |tx, means, caller, now, id| rounds::remind(tx, means, caller, now, id, &seen));
    Ok(web::Json(Reminded { organisations: reminded.await? }))
}

/// Moves the deadline later, on the record.
#[utoipa::path(post, path = "/api/rounds/{id}/extend", operation_id = "extendRound", params(("id" = RoundId, Path)), request_body = ExtendBody,
    responses((status = 200, body = RoundView), (status = 409, description = "seen-changed, round-closed, log-broken"), (status = 422, description = "deadline-past, deadline-too-far, deadline-not-later")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/rounds/{id}/extend")]
async fn extend(
    here: Here,
    ledger: web::Data<Ledger>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<ExtendBody>,
) -> Attempt<web::Json<RoundView>> {
    let ExtendBody { closes_at, seen } = body.into_inner();
    let view = lead(&here, &ledger, cookie, &id, move |tx, means, caller, now, id| {
        rounds::extend(tx, means, caller, now, id, &seen, closes_at)?;
        present(tx, means, id, now)
    });
    Ok(web::Json(view.await?))
}

/// Closes a round before its deadline.
#[utoipa::path(post, path = "/api/rounds/{id}/close", operation_id = "closeRound", params(("id" = RoundId, Path)), request_body = ConfirmBody,
    responses((status = 200, body = RoundView), (status = 409, description = "seen-changed, round-closed, statement-not-open, log-broken")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/rounds/{id}/close")]
async fn close(
    here: Here,
    ledger: web::Data<Ledger>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<ConfirmBody>,
) -> Attempt<web::Json<RoundView>> {
    let seen = body.into_inner().seen;
    let view = lead(&here, &ledger, cookie, &id, move |tx, means, caller, now, id| {
        rounds::close(tx, means, caller, now, id, &seen)?;
        present(tx, means, id, now)
    });
    Ok(web::Json(view.await?))
}

/// Shows the withheld names, and writes into the history that they were shown.
#[utoipa::path(post, path = "/api/rounds/{id}/reveal", operation_id = "revealNames", params(("id" = RoundId, Path)), request_body = ConfirmBody,
    responses((status = 200, body = Revealed), (status = 409, description = "seen-changed")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/rounds/{id}/reveal")]
async fn reveal(
    here: Here,
    ledger: web::Data<Ledger>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<ConfirmBody>,
) -> Attempt<web::Json<Revealed>> {
    let seen = body.into_inner().seen;
    let revealed = lead(&here, &ledger, cookie, &id, move |tx, means, caller, now, id| rounds::reveal(tx, means, caller, now, id, &seen));
    let withheld = revealed.await?;
    let organisations = withheld
        .into_iter()
        .map(|answer| WithheldName {
            id: answer.organisation,
            country_name: country_name(&answer.country),
            name: answer.name,
            answered_at: answer.at,
        })
        .collect();
    Ok(web::Json(Revealed { organisations }))
}

/// One act of a coordinator on a round, in one transaction.
async fn lead<T, F>(here: &Here, ledger: &web::Data<Ledger>, cookie: SessionCookie, id: &str, act: F) -> Attempt<T>
where
    T: Send + 'static,
    F: Fn(&mut Tx, Means<'_>, &accounts::Caller, Moment, RoundId) -> Attempt<T> + Send + 'static,
{
    let now = here.clock.now();
    let id: RoundId = id.parse().map_err(|_| No::NotFound)?;
    let (post, ledger): (Post, _) = (here.post.clone(), ledger.clone());
    let done = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        act(tx, Means { post: &post, ledger: &ledger }, &caller, now, id)
    });
    done.await
}

fn present(tx: &mut Tx, means: Means<'_>, id: RoundId, now: Moment) -> Attempt<RoundView> {
    let round = queries::round_by_id(tx, id)?.ok_or(No::NotFound)?;
    let edition = statements::load_edition(tx, round.edition)?;
    let invited = queries::invited(tx, id)?;
    let reminded_at = rounds::last_reminded(&invited);
    let ids: Vec<OrganisationId> = invited.iter().map(|(organisation, _)| *organisation).collect();
    let reminded: HashMap<OrganisationId, Option<Moment>> = invited.into_iter().collect();
    let standing = rounds::standing_shown(tx, means, &round, now)?;
    let tally = tally::tally(&ids, &standing);
    let is_withheld = |answer: &Answer| answer.visibility == Some(Visibility::Withheld);
    let listed = organisations::by_ids(tx, &ids)?
        .into_iter()
        .filter(|organisation| !standing.get(&organisation.id).is_some_and(is_withheld))
        .map(|organisation| {
            let answer = standing.get(&organisation.id);
            line(organisation, answer, &reminded)
        });
    let takes = round.takes_answers(now).is_ok();
    let mut may = Vec::new();
    if takes {
        may.extend([RoundMove::Remind, RoundMove::Extend, RoundMove::Close]);
    }
    if tally.withheld > 0 {
        may.push(RoundMove::Reveal);
    }
    Ok(RoundView {
        id,
        statement: round.statement,
        edition: EditionMark { digest: edition.digest_hex(), label: edition.label },
        state: if takes { RoundState::Open } else { RoundState::Closed },
        opened_at: round.opened_at,
        closes_at: round.closes_at,
        closed_at: round.closed_at,
        invited: tally.invited,
        signed_public: tally.signed_public,
        withheld: tally.withheld,
        declined: tally.declined,
        withdrawn: tally.withdrawn,
        waiting: tally.waiting,
        organisations: listed.collect(),
        may,
        seen: RoundSeen {
            remind: Reminding { round: id, waiting: tally.waiting, reminded_at }.fingerprint(),
            extend: ExtendingRound { round: id, closes_at: round.closes_at }.fingerprint(),
            close: ClosingRound::of(&round, &tally).fingerprint(),
            reveal: Revealing { round: id, withheld: tally.withheld }.fingerprint(),
        },
    })
}

fn line(organisation: Organisation, answer: Option<&Answer>, reminded: &HashMap<OrganisationId, Option<Moment>>) -> Invited {
    Invited {
        reminded_at: reminded.get(&organisation.id).copied().flatten(),
        country_name: country_name(&organisation.country),
        id: organisation.id,
        name: organisation.name,
        name_en: organisation.name_en,
        acronym: organisation.acronym,
        country: organisation.country,
        region: organisation.region,
        timezone: organisation.timezone,
        answer: match answer.map(|answer| answer.kind) {
            Some(Kind::Signed) => Standing::Signed,
            Some(Kind::Declined) => Standing::Declined,
            Some(Kind::Withdrawn) => Standing::Withdrawn,
            None => Standing::Waiting,
        },
        reason: answer.filter(|answer| !answer.reason.is_empty()).map(|answer| answer.reason.clone()),
        answered_at: answer.map(|answer| answer.at),
    }
}
