//! Who is behind the handles of a draft, told to whoever may know; and how an organisation says that it writes unnamed.
//!
//! The frames of the socket are the same for everybody and name nobody. Names travel here alone, where every answer is made
//! for one caller.

use actix_web::{get, put, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::{self, Caller, SessionCookie};
use crate::drafting::hub::Hub;
use crate::http::Here;
use crate::kernel::{Moment, No, PersonId, SecretHash, Seen, Shown, StatementId};
use crate::organisations::{self, OrganisationMark};
use crate::statements::{
    self, State, permits,
    writers::{self, Known},
};
use crate::store::{Attempt, Tx};

/// Who is behind the handles of a draft, as far as the caller may know.
#[derive(Debug, Serialize, ToSchema)]
pub struct Writers {
    /// In the order of their handles, which says nothing.
    pub writers: Vec<WriterView>,
    /// How the caller's own organisation writes; nothing for somebody who writes in none's name.
    pub own: Option<OwnName>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WriterView {
    /// As presence carries it.
    #[schema(pattern = "^[a-z0-9]{10}$")]
    pub handle: String,
    /// Nothing for the secretariat, which writes in no organisation's name, and for an organisation the caller may not know.
    pub organisation: Option<OrganisationMark>,
    /// Whether it writes unnamed: its own people are told which it is, and nobody else.
    pub unnamed: bool,
    /// The people of it who are here now, by name, without the caller; nobody of whoever the caller may not know.
    pub people: Vec<String>,
}

/// How the caller's organisation writes a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnName {
    #[schema(pattern = "^[a-z0-9]{10}$")]
    pub handle: Option<String>,
    pub organisation: OrganisationMark,
    pub unnamed: bool,
    /// Whether that can be changed now.
    pub may_choose: bool,
    /// The fingerprint of this, to choose with.
    pub seen: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameBody {
    /// Whether the organisation's name and people are kept from those who write with it.
    unnamed: bool,
    /// The fingerprint of how it writes, as shown.
    seen: Seen,
}

/// Who writes this draft, and who of them is here.
#[utoipa::path(get, path = "/api/statements/{id}/writers", operation_id = "showWriters", params(("id" = StatementId, Path)),
    responses((status = 200, body = Writers)), extensions(("x-permit" = json!("drafter"))))]
#[get("/api/statements/{id}/writers")]
pub async fn show(here: Here, hub: web::Data<Hub>, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<Writers>> {
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    Ok(web::Json(told(&here, &hub, cookie, id).await?))
}

/// Says whether my organisation writes this draft unnamed. It holds at once, in every open page.
#[utoipa::path(put, path = "/api/statements/{id}/writers", operation_id = "chooseName", params(("id" = StatementId, Path)), request_body = NameBody,
    responses((status = 200, body = Writers), (status = 409, description = "seen-changed, statement-not-drafting")), extensions(("x-permit" = json!("writer"))))]
#[put("/api/statements/{id}/writers")]
pub async fn choose(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<NameBody>,
) -> Attempt<web::Json<Writers>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let (NameBody { unnamed, seen }, asked) = (body.into_inner(), cookie.0);
    let chosen = here.store.write(move |tx| {
        let caller = accounts::caller(tx, asked, now)?;
        writers::choose_name(tx, &caller, now, id, &seen, unnamed)
    });
    chosen.await?;
    hub.rights_changed(id).await;
    Ok(web::Json(told(&here, &hub, cookie, id).await?))
}

/// Answers for this caller. Whether they may ask comes first. Then who is here, before how everybody writes: so nobody is
/// named who has meanwhile chosen to be unnamed.
async fn told(here: &Here, hub: &Hub, cookie: SessionCookie, id: StatementId) -> Attempt<Writers> {
    let now = here.clock.now();
    let asked = cookie.0;
    here.store.read(move |tx| joins(tx, asked, now, id).map(drop)).await?;
    let present = hub.present(id).await;
    let told = here.store.read(move |tx| {
        let caller = joins(tx, asked, now, id)?;
        let known = writers::known(tx, id)?;
        let mut people: Vec<PersonId> = present.iter().map(|(person, _)| *person).filter(|person| *person != caller.person).collect();
        people.sort();
        people.dedup();
        let names = accounts::names_of(tx, &people)?;
        let here = |handle: &str| {
            let is_here = |person: &PersonId| present.iter().any(|(who, under)| who == person && under == handle);
            let mut here: Vec<String> = names.iter().filter(|(person, _)| is_here(person)).map(|(_, name)| name.clone()).collect();
            here.sort();
            here
        };
        let view = |known: &Known| {
            let told = writers::is_told(&caller, known);
            WriterView {
                handle: known.handle.clone(),
                organisation: known.organisation.as_ref().filter(|_| told).map(OrganisationMark::of),
                unnamed: known.unnamed,
                people: if told { here(&known.handle) } else { Vec::new() },
            }
        };
        let writers = known.iter().map(view).collect();
        Ok(Writers { writers, own: own(tx, &caller, id, now)? })
    });
    told.await
}

/// The caller, who may open the draft.
fn joins(tx: &mut Tx, asked: Option<SecretHash>, now: Moment, id: StatementId) -> Attempt<Caller> {
    let caller = accounts::caller(tx, asked, now)?;
    let statement = statements::load(tx, id)?;
    permits::join(tx, &caller, &statement, now)?;
    Ok(caller)
}

fn own(tx: &mut Tx, caller: &Caller, id: StatementId, now: Moment) -> Attempt<Option<OwnName>> {
    let statement = statements::load(tx, id)?;
    if permits::join(tx, caller, &statement, now)?.organisation.is_none() {
        return Ok(None);
    }
    let leave = permits::name(tx, caller, id)?;
    let shown = writers::choosing_name(tx, &leave)?;
    let Some(organisation) = organisations::by_id(tx, shown.organisation)? else { return Ok(None) };
    Ok(Some(OwnName {
        handle: writers::find(tx, id, Some(organisation.id))?.map(|known| known.handle),
        organisation: OrganisationMark::of(&organisation),
        unnamed: shown.unnamed,
        may_choose: shown.state == State::Drafting,
        seen: shown.fingerprint(),
    }))
}
