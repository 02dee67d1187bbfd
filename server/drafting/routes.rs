//! Drafting over HTTP: the socket, the ticket that opens it, and freezing; who is behind a handle ([`names`]); who may do what
//! ([`rights`]); two readings of a text ([`compare`]); who wrote a passage ([`asked`]); versions of it that are made and brought back
//! ([`versions`]); Word files that leave ([`word`]) and come in ([`bringing`]).

mod asked;
mod bringing;
mod compare;
mod names;
mod rights;
mod versions;
mod word;

use actix_http::ws;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::actions;
use super::command::Guest;
use super::gate::PersonKey;
use super::hub::Hub;
use super::limits::*;
use super::review::{right, shown_as};
use super::room::{Dismissal, Occupant};
use super::socket;
use crate::accounts::{self, Caller, Grants, SessionCookie};
use crate::http::{self, Here, upgrade};
use crate::kernel::{Moment, No, PersonId, Refusal, Seen, Shown, StatementId};
use crate::statements::writers::{self, Known};
use crate::statements::{
    self, Event, Looked, State, Statement, WordLimit, actions::Freezing, lifecycle, permits, routes::EditionView, word_limit,
};
use crate::store::{Attempt, Tx};
use crate::text::{
    block::Text,
    count::{self, Counts},
    description,
    obstacle::ToldObstacle,
};
use crate::words::Words;

#[derive(OpenApi)]
#[openapi(paths(
    join,
    issue_ticket,
    rights::show,
    rights::set,
    preview_freeze,
    freeze,
    preview_reopen,
    reopen,
    start_from_text,
    names::show,
    names::choose,
    compare::compare,
    asked::ask,
    versions::keep,
    versions::preview,
    versions::restore,
    word::changes,
    word::draft,
    bringing::preview
))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(join)
        .service(issue_ticket)
        .service(rights::show)
        .service(rights::set)
        .service(preview_freeze)
        .service(freeze)
        .service(preview_reopen)
        .service(reopen)
        .service(start_from_text)
        .service(names::show)
        .service(names::choose)
        .service(compare::compare)
        .service(asked::ask)
        .service(versions::keep)
        .service(versions::preview)
        .service(versions::restore)
        .service(word::changes)
        .service(word::draft)
        .service(bringing::preview);
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JoinQuery {
    /// A ticket instead of the session's cookie, for clients that have none.
    #[param(nullable = false)]
    ticket: Option<String>,
    /// `read` to take part without writing, whatever the person may do: it takes no writer's place in a full room.
    #[param(nullable = false)]
    right: Option<String>,
    /// `1` to be told what is committed: `[120, n]`, "the first n updates received on this connection".
    #[param(nullable = false)]
    ack: Option<String>,
    /// Whose words this connection will carry. Refused when it is somebody else who is signed in by now: a page that was
    /// cut off must not send one person's words in another's name.
    #[param(nullable = false)]
    person: Option<String>,
    /// Which description of what drafts hold this client was built with (`version` in `web/src/text/draft.json`). One that
    /// names another than the server's is sent away with 4426 `text-outdated` before anything is read from it; one that
    /// names none is held to the server's like everybody.
    #[param(nullable = false)]
    text: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TicketView {
    pub ticket: String,
    /// Seconds.
    pub expires_in: i64,
}

/// What freezing would make, and what stands in its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreezePreview {
    /// As it would be frozen.
    pub text: Text,
    pub title: String,
    pub words: usize,
    pub counts: Counts,
    /// How many words it may have. More do not stop a freeze.
    pub limit: Option<WordLimit>,
    pub footnotes: usize,
    pub paragraphs: usize,
    /// In the order of the text; what is about the text as a whole comes first or last.
    pub problems: Vec<ToldObstacle>,
    /// Problems beyond those listed.
    pub more_problems: usize,
    /// Of the edition that would be made: `Rev.2`.
    pub label: String,
    /// The fingerprint of this, to freeze with.
    pub seen: String,
}

/// What was shown before an act that needs nothing else.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenBody {
    seen: Seen,
}

/// What reopening a text would mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReopenPreview {
    pub state: State,
    /// The edition whose words the draft goes on from.
    pub label: String,
    pub next_edition: String,
    /// The fingerprint of this, to reopen with.
    pub seen: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReopenedView {
    pub id: StatementId,
    pub state: State,
    pub next_edition: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartFromText {
    /// `text/v1`; numbers of paragraphs and footnotes in it are made anew.
    text: Text,
}

/// The socket of a draft: y-websocket's protocol. Who may only read takes part without writing.
#[utoipa::path(get, path = "/collab/{statement}", operation_id = "joinDraft", params(("statement" = StatementId, Path), JoinQuery),
    responses((status = 101), (status = 409, description = "another-person")), extensions(("x-permit" = json!("drafter"))))]
#[get("/collab/{statement}")]
async fn join(
    here: Here,
    hub: web::Data<Hub>,
    grants: web::Data<Grants>,
    (cookie, statement, query): (SessionCookie, web::Path<String>, web::Query<JoinQuery>),
    request: HttpRequest,
) -> Result<HttpResponse, actix_web::Error> {
    let now = here.clock.now();
    let statement: StatementId = statement.parse().map_err(|_| crate::store::Failure::from(No::NotFound))?;
    let JoinQuery { ticket, right, ack, person, text } = query.into_inner();
    let whose: Option<PersonId> = match person.map(|person| person.parse()) {
        Some(Ok(person)) => Some(person),
        Some(Err(_)) => return Err(crate::store::Failure::from(No::AnotherPerson).into()),
        None => None,
    };
    let wish = Wish { whose, wants_ack: ack.as_deref() == Some("1"), only_reads: right.as_deref() == Some("read") };
    let guest = match ticket {
        Some(ticket) => {
            // Spent at first use, so this needs the write door.
            let spent = here.store.write(move |tx| {
                let session = grants.spend_ticket(tx, now, &ticket, statement)?;
                let caller = accounts::caller_again(tx, session, now)?;
                new_guest(tx, &caller, statement, wish, now)
            });
            spent.await?
        }
        None => {
            let known = here.store.read(move |tx| {
                let caller = accounts::caller(tx, cookie.0, now)?;
                guest(tx, &caller, statement, wish, now)
            });
            match known.await? {
                Some(guest) => guest,
                None => {
                    let new = here.store.write(move |tx| {
                        let caller = accounts::caller(tx, cookie.0, now)?;
                        new_guest(tx, &caller, statement, wish, now)
                    });
                    new.await?
                }
            }
        }
    };
    // Before a seat is taken: whoever does not speak WebSocket takes none.
    let mut agreed = HttpResponse::from(ws::handshake(request.head())?.finish().map_into_boxed_body());
    if text.is_some_and(|text| text != description::version().to_string()) {
        upgrade::goes_on(&mut agreed, |stream, _| socket::close(stream, Dismissal::TEXT_OUTDATED));
        return Ok(agreed);
    }
    let (joined, place) = hub.join(statement, guest).await?;
    upgrade::goes_on(&mut agreed, |stream, read| async { socket::begin(joined, place, stream, read) });
    Ok(agreed)
}

/// A ticket that opens the draft's socket once, within seconds.
#[utoipa::path(post, path = "/api/statements/{id}/ticket", operation_id = "issueTicket", params(("id" = StatementId, Path)),
    responses((status = 200, body = TicketView)), extensions(("x-permit" = json!("drafter"))))]
#[post("/api/statements/{id}/ticket")]
async fn issue_ticket(
    here: Here,
    grants: web::Data<Grants>,
    cookie: SessionCookie,
    id: web::Path<String>,
) -> Attempt<web::Json<TicketView>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let ticket = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let statement = statements::load(tx, id)?;
        permits::join(tx, &caller, &statement, now)?;
        grants.issue_ticket(tx, &caller, now, id)
    });
    Ok(web::Json(TicketView { ticket: ticket.await?, expires_in: accounts::limits::TICKET_SECONDS }))
}

/// Looks the draft over before it is frozen; changes nothing.
#[utoipa::path(get, path = "/api/statements/{id}/freeze", operation_id = "previewFreeze", params(("id" = StatementId, Path)),
    responses((status = 200, body = FreezePreview), (status = 409, description = "statement-not-drafting"), (status = 422, description = "text-unreadable")), extensions(("x-permit" = json!("coordinator"))))]
#[get("/api/statements/{id}/freeze")]
async fn preview_freeze(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    id: web::Path<String>,
) -> Attempt<web::Json<FreezePreview>> {
    let (_, statement) = leads_draft(&here, cookie, &id, here.clock.now()).await?;
    let Looked { text, obstacles } = actions::preview(&hub, &statement).await?;
    let (shown, counts) = (Freezing::of(&statement, &text)?, count::counts(&text));
    Ok(web::Json(FreezePreview {
        seen: shown.fingerprint(),
        label: shown.label,
        title: shown.title,
        words: counts.words_with_notes,
        counts,
        limit: word_limit::of(&statement),
        footnotes: count::footnotes(&text),
        paragraphs: count::paragraphs(&text),
        problems: obstacles.told(Words::of("en")),
        more_problems: obstacles.more,
        text,
    }))
}

/// Freezes the draft into its next edition. Writing stops; the text can be reopened until a round stands on it.
#[utoipa::path(post, path = "/api/statements/{id}/freeze", operation_id = "freezeStatement", params(("id" = StatementId, Path)), request_body = SeenBody,
    responses((status = 200, body = EditionView), (status = 409, description = "seen-changed, statement-not-drafting"), (status = 422, description = "text-unsettled, text-unreadable")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/statements/{id}/freeze")]
async fn freeze(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<SeenBody>,
) -> Attempt<web::Json<EditionView>> {
    let now = here.clock.now();
    let statement: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let (seen, asked) = (body.into_inner().seen, cookie.0);
    let again = seen.clone();
    let already = here.store.read(move |tx| {
        let caller = accounts::caller(tx, asked, now)?;
        permits::lead(tx, &caller, statement)?;
        statements::actions::frozen_already(tx, &caller, statement, &again)
    });
    if let Some(edition) = already.await? {
        return Ok(web::Json(EditionView::of(&edition)?));
    }
    let (caller, statement) = leads_draft(&here, cookie, &id, now).await?;
    let edition = actions::freeze(&hub, caller, now, statement, seen).await?;
    Ok(web::Json(EditionView::of(&edition)?))
}

/// Looks at what reopening the text would mean; changes nothing.
#[utoipa::path(get, path = "/api/statements/{id}/reopen", operation_id = "previewReopen", params(("id" = StatementId, Path)),
    responses((status = 200, body = ReopenPreview), (status = 409, description = "statement-not-frozen, statement-round-standing")), extensions(("x-permit" = json!("coordinator"))))]
#[get("/api/statements/{id}/reopen")]
async fn preview_reopen(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<ReopenPreview>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let shown = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let lead = permits::lead(tx, &caller, id)?;
        statements::actions::reopening(tx, &lead)
    });
    let shown = shown.await?;
    let seen = shown.fingerprint();
    Ok(web::Json(ReopenPreview { state: shown.state, label: shown.label, next_edition: shown.next, seen }))
}

/// Opens the text for writing again; what is written then becomes the next edition.
#[utoipa::path(post, path = "/api/statements/{id}/reopen", operation_id = "reopenStatement", params(("id" = StatementId, Path)), request_body = SeenBody,
    responses((status = 200, body = ReopenedView), (status = 409, description = "seen-changed, statement-not-frozen, statement-round-standing")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/statements/{id}/reopen")]
async fn reopen(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<SeenBody>,
) -> Attempt<web::Json<ReopenedView>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let seen = body.into_inner().seen;
    let reopened = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        statements::actions::reopen(tx, &caller, now, id, &seen)
    });
    let statement = reopened.await?;
    hub.rights_changed(id).await;
    Ok(web::Json(ReopenedView { id, state: statement.state, next_edition: statement.next_label() }))
}

/// Makes a draft in which nobody has written begin with a text.
#[utoipa::path(post, path = "/api/statements/{id}/draft", operation_id = "startFromText", params(("id" = StatementId, Path)), request_body = StartFromText,
    responses((status = 204), (status = 409, description = "statement-not-drafting"), (status = 422, description = "field-invalid, text-unreadable")), extensions(("x-permit" = json!("coordinator"))))]
#[post("/api/statements/{id}/draft")]
async fn start_from_text(
    here: Here,
    hub: web::Data<Hub>,
    (cookie, request): (SessionCookie, HttpRequest),
    id: web::Path<String>,
    body: web::Bytes,
) -> Attempt<HttpResponse> {
    let (_, statement) = leads_draft(&here, cookie, &id, here.clock.now()).await?;
    http::sent_as(&request, "application/json")?;
    // A statement is longer than any other JSON we take.
    if body.len() > START_TEXT_BYTES_MAX {
        return Err(No::TooLarge.into());
    }
    let StartFromText { text } = serde_json::from_slice(&body).map_err(|error| http::malformed(&error))?;
    if !text.is_v1() {
        return Err(Refusal::new(No::FieldInvalid).with("field", "text").into());
    }
    actions::start_from_text(&hub, &statement, &text).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The caller, who leads a statement that is being drafted.
async fn leads_draft(here: &Here, cookie: SessionCookie, id: &str, now: Moment) -> Attempt<(Caller, Statement)> {
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let known = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let lead = permits::lead(tx, &caller, id)?;
        lifecycle::after(lead.statement().state, Event::Frozen)?;
        Ok((caller, lead.statement().clone()))
    });
    known.await
}

/// How a client wants to sit.
#[derive(Clone, Copy)]
struct Wish {
    /// Who the words are of, if said.
    whose: Option<PersonId>,
    wants_ack: bool,
    only_reads: bool,
}

/// Who wants a seat. Nothing where they have no handle yet: it takes the write door to make one, and nobody sits without.
fn guest(tx: &mut Tx, caller: &Caller, id: StatementId, wish: Wish, now: Moment) -> Attempt<Option<Guest>> {
    let may = joins(tx, caller, id, wish.whose, now)?;
    Ok(writers::find(tx, id, may.organisation)?.map(|known| seated(caller, may, &known, wish)))
}

/// The same, and who has no handle yet is given one.
fn new_guest(tx: &mut Tx, caller: &Caller, id: StatementId, wish: Wish, now: Moment) -> Attempt<Guest> {
    let may = joins(tx, caller, id, wish.whose, now)?;
    let known = writers::admit(tx, id, may.organisation)?;
    Ok(seated(caller, may, &known, wish))
}

fn joins(tx: &mut Tx, caller: &Caller, id: StatementId, whose: Option<PersonId>, now: Moment) -> Attempt<permits::Join> {
    let statement = statements::load(tx, id)?;
    let may = permits::join(tx, caller, &statement, now)?;
    if whose.is_some_and(|person| person != caller.person) {
        return Err(No::AnotherPerson.into());
    }
    Ok(may)
}

fn seated(caller: &Caller, may: permits::Join, known: &Known, Wish { wants_ack, only_reads, .. }: Wish) -> Guest {
    let occupant = Occupant {
        person: PersonKey(caller.person.number()),
        organisation: may.organisation,
        user: shown_as(known),
        right: Occupant::right_of(only_reads, right(may.may)),
        wants_ack,
        only_reads,
    };
    Guest { occupant, session: caller.session }
}
