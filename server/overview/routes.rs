//! Statements as their readers see them: each with its edition, its round and its public page.

mod draft;

use actix_web::{get, web};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::{
    accounts::{self, Caller, SessionCookie},
    delivery::{self, public_path},
    drafting,
    http::Here,
    kernel::{EditionId, Moment, No, RoundId, SecretHash, StatementId},
    ledger::Ledger,
    organisations::OrganisationMark,
    signing::{self, Means},
    statements::{
        self, May, State, Statement, WordLimit,
        lifecycle::Move,
        permits::{self, See, is_of_the_house},
        writers::{self, Drafter, Drafters},
    },
    store::{Attempt, Tx},
};

#[derive(OpenApi)]
#[openapi(paths(list, show))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(list).service(show).service(draft::open);
}

/// A statement as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementLine {
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
    pub updated_at: Moment,
    /// Who last wrote in the draft; nothing where nobody has, it is settled, or the caller takes no part in it.
    pub last_edit: Option<LastEdit>,
    /// What this caller may do now, so that no page needs to know the rules.
    pub may: Vec<Move>,
    pub public_url: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LastEdit {
    /// To the minute.
    pub at: Moment,
    /// In whose name. Nothing for the secretariat, and for an organisation the caller may not know.
    pub organisation: Option<OrganisationMark>,
    /// In no organisation's name.
    pub secretariat: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EditionLine {
    pub id: EditionId,
    pub label: String,
    pub digest: String,
    pub frozen_at: Moment,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoundLine {
    pub id: RoundId,
    pub closes_at: Moment,
    /// Closed by its coordinators before that.
    pub ended_early: bool,
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
    /// Those who take part in its draft, as far as the caller may know them: coordinators all, everybody their own.
    pub drafters: Vec<DrafterLine>,
    /// How many more take part, unnamed.
    pub drafters_unnamed: usize,
    /// How many words it may have, for those who write it.
    pub limit: Option<WordLimit>,
    /// What the caller may do with the draft now; nothing for whoever takes no part in it.
    pub my_right: Option<May>,
    /// Under which handle the caller writes the draft; nothing before they, or anybody in the same name, were let in.
    #[schema(pattern = "^[a-z0-9]{10}$")]
    pub my_handle: Option<String>,
    /// Until when those who may comment may; nothing: until the text is frozen, or the caller takes no part.
    pub remarks_until: Option<Moment>,
    pub editions: Vec<EditionLine>,
}

/// An organisation that takes part in a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrafterLine {
    #[serde(flatten)]
    pub organisation: OrganisationMark,
    pub may: May,
    /// Its name is kept from the others who write.
    pub unnamed: bool,
}

/// The statements I may see, last changed first.
#[utoipa::path(get, path = "/api/statements", operation_id = "listStatements",
    responses((status = 200, body = StatementList)), extensions(("x-permit" = json!("session"))))]
#[get("/api/statements")]
async fn list(here: Here, ledger: web::Data<Ledger>, cookie: SessionCookie) -> Attempt<web::Json<StatementList>> {
    let now = here.clock.now();
    let post = here.post.clone();
    let statements = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let found = statements::actions::list(tx, &caller)?;
        let looking = Looking { caller: &caller, means: Means { post: &post, ledger: &ledger }, now };
        found.iter().map(|statement| line(tx, looking, statement)).collect::<Attempt<Vec<_>>>()
    });
    Ok(web::Json(StatementList { statements: statements.await? }))
}

/// One statement.
#[utoipa::path(get, path = "/api/statements/{id}", operation_id = "showStatement", params(("id" = StatementId, Path)),
    responses((status = 200, body = StatementView)), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}")]
async fn show(here: Here, ledger: web::Data<Ledger>, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<StatementView>> {
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    Ok(web::Json(shown(&here, &ledger, cookie.0, id).await?))
}

/// A statement, to whoever has this session and may see it.
async fn shown(here: &Here, ledger: &web::Data<Ledger>, asked: Option<SecretHash>, id: StatementId) -> Attempt<StatementView> {
    let now = here.clock.now();
    let (post, ledger) = (here.post.clone(), ledger.clone());
    let found = here.store.read(move |tx| {
        let caller = accounts::caller(tx, asked, now)?;
        let leave = statements::permits::see(tx, &caller, id)?;
        view(tx, Looking { caller: &caller, means: Means { post: &post, ledger: &ledger }, now }, &leave)
    });
    found.await
}

/// Who looks, and when.
#[derive(Clone, Copy)]
struct Looking<'a> {
    caller: &'a Caller,
    means: Means<'a>,
    now: Moment,
}

fn view(tx: &mut Tx, looking: Looking<'_>, leave: &See) -> Attempt<StatementView> {
    let statement = leave.statement();
    let of_the_house = is_of_the_house(tx, looking.caller, statement.id)?;
    // Who wrote a published text is for those who wrote it, and so is what is not published yet.
    let drafters = if of_the_house { writers::drafters(tx, looking.caller, statement.id)? } else { Drafters::default() };
    let joins = if of_the_house { Some(permits::join(tx, looking.caller, statement, looking.now)?) } else { None };
    let own = joins.map_or(Ok(None), |join| writers::find(tx, statement.id, join.organisation))?;
    let mut editions = statements::queries::edition_lines(tx, statement.id)?;
    if !of_the_house {
        let published = statements::queries::published_labels(tx, statement.id)?;
        editions.retain(|edition| published.contains(&edition.label));
    }
    Ok(StatementView {
        line: line(tx, looking, statement)?,
        drafters: drafters.told.iter().map(drafter_line).collect(),
        drafters_unnamed: drafters.unnamed,
        limit: statements::word_limit::of(statement).filter(|_| of_the_house),
        my_right: joins.map(|join| join.may),
        my_handle: own.map(|known| known.handle),
        remarks_until: statement.remarks_until.filter(|_| of_the_house),
        editions: editions.iter().map(edition_line).collect(),
    })
}

/// A statement as the caller may know it. Whoever is not of the house sees what was published, also while the next edition
/// is written and signed.
fn line(tx: &mut Tx, looking: Looking<'_>, statement: &Statement) -> Attempt<StatementLine> {
    let Looking { caller, means, now } = looking;
    let published = delivery::queries::newest(tx, statement.id)?;
    let of_the_house = is_of_the_house(tx, caller, statement.id)?;
    let editions = statements::queries::edition_lines(tx, statement.id)?;
    let public_edition = published.as_ref().and_then(|public| editions.iter().find(|edition| edition.id == public.edition));
    let (state, edition, updated_at) = match (of_the_house, &published) {
        (false, Some(public)) => (State::Published, public_edition, public.published_at),
        _ => (statement.state, editions.first(), statement.updated_at),
    };
    let mut round = None;
    if caller.coordinator
        && matches!(statement.state, State::Open | State::Closed | State::Published)
        && let Some(newest) = signing::queries::newest_round(tx, statement.id)?
    {
        let tally = signing::actions::rounds::tally_shown(tx, means, &newest, now)?;
        round = Some(RoundLine {
            id: newest.id,
            closes_at: newest.closes_at,
            ended_early: newest.ended_early(),
            invited: tally.invited,
            answered: tally.answered(),
            signed: tally.signed(),
            withheld: tally.withheld,
        });
    }
    Ok(StatementLine {
        id: statement.id,
        title: edition.filter(|_| state != State::Drafting).map_or_else(|| statement.title.clone(), |edition| edition.title.clone()),
        language: statement.language.clone(),
        forum: statement.forum.clone(),
        state,
        edition: edition.map(edition_line),
        round,
        next_edition: statement.next_label(),
        updated_at,
        last_edit: if of_the_house { last_edit(tx, caller, statement)? } else { None },
        may: statements::permits::moves(tx, caller, statement)?,
        public_url: published.map(|_| format!("{}{}", means.post.public_url, public_path(statement.id))),
    })
}

/// Who last wrote in a draft, as it is told beside its text: who writes unnamed is not told, and then it is only when.
fn last_edit(tx: &mut Tx, caller: &Caller, statement: &Statement) -> Attempt<Option<LastEdit>> {
    if statement.state != State::Drafting {
        return Ok(None);
    }
    let Some((organisation, at)) = drafting::last_written(tx, statement.id)? else { return Ok(None) };
    let known = writers::find(tx, statement.id, organisation)?.filter(|known| writers::is_told(caller, known));
    let told = known.and_then(|known| known.organisation);
    Ok(Some(LastEdit {
        at: at.whole_minutes(),
        organisation: told.as_ref().map(OrganisationMark::of),
        secretariat: organisation.is_none(),
    }))
}

fn drafter_line(drafter: &Drafter) -> DrafterLine {
    DrafterLine { organisation: OrganisationMark::of(&drafter.organisation), may: drafter.may, unnamed: drafter.unnamed }
}

fn edition_line(edition: &statements::queries::EditionLine) -> EditionLine {
    EditionLine { id: edition.id, label: edition.label.clone(), digest: hex::encode(&edition.digest), frozen_at: edition.frozen_at }
}
