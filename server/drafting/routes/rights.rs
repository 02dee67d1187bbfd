//! Which organisations take part in a draft, and what each may do: coordinators see and change it. What they change holds in
//! every open page at once, and the next commit asks for it again.

use actix_web::{get, put, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::{self, Caller, SessionCookie};
use crate::drafting::hub::Hub;
use crate::http::Here;
use crate::kernel::{Moment, No, OrganisationId, Seen, Shown, StatementId};
use crate::organisations::{self, OrganisationMark};
use crate::statements::{
    May, permits,
    rights::{self, Chosen},
};
use crate::store::{Attempt, Tx};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftersBody {
    /// All that take part from now on; who is not among them takes no part any more.
    #[schema(max_items = 1000)]
    organisations: Vec<RightBody>,
    /// Until when those who may comment may; nothing: until the text is frozen.
    remarks_until: Option<Moment>,
    /// The fingerprint of what was shown.
    seen: Seen,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RightBody {
    id: OrganisationId,
    may: May,
}

/// Which organisations take part in a draft, and what each may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Drafters {
    pub organisations: Vec<RightLine>,
    pub remarks_until: Option<Moment>,
    /// The fingerprint of this, to change it with.
    pub seen: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RightLine {
    #[serde(flatten)]
    pub organisation: OrganisationMark,
    pub may: May,
}

/// Which organisations take part in the draft, for those who may change that.
#[utoipa::path(get, path = "/api/statements/{id}/drafters", operation_id = "showDrafters", params(("id" = StatementId, Path)),
    responses((status = 200, body = Drafters)), extensions(("x-permit" = json!("coordinator"))))]
#[get("/api/statements/{id}/drafters")]
pub async fn show(here: Here, cookie: SessionCookie, id: web::Path<String>) -> Attempt<web::Json<Drafters>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let drafters = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        drafters(tx, &caller, id)
    });
    Ok(web::Json(drafters.await?))
}

/// Says which organisations take part in the draft, and what each may do. Whoever may do more than before gets a letter.
#[utoipa::path(put, path = "/api/statements/{id}/drafters", operation_id = "setDrafters", params(("id" = StatementId, Path)), request_body = DraftersBody,
    responses((status = 200, body = Drafters), (status = 409, description = "seen-changed, statement-not-drafting"), (status = 422, description = "field-too-long, field-invalid, organisation-unknown, remarks-until-past, remarks-until-too-far")), extensions(("x-permit" = json!("coordinator"))))]
#[put("/api/statements/{id}/drafters")]
pub async fn set(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<DraftersBody>,
) -> Attempt<web::Json<Drafters>> {
    let (now, post) = (here.clock.now(), here.post.clone());
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let DraftersBody { organisations, remarks_until, seen } = body.into_inner();
    let rights = organisations.into_iter().map(|RightBody { id, may }| (id, may)).collect();
    let chosen = Chosen { rights, remarks_until };
    let changed = here.store.write(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        rights::choose(tx, &post, &caller, now, id, &seen, &chosen)?;
        drafters(tx, &caller, id)
    });
    let changed = changed.await?;
    hub.rights_changed(id).await;
    Ok(web::Json(changed))
}

fn drafters(tx: &mut Tx, caller: &Caller, id: StatementId) -> Attempt<Drafters> {
    let lead = permits::lead(tx, caller, id)?;
    let shown = rights::choosing(tx, &lead)?;
    let seen = shown.fingerprint();
    let ids: Vec<OrganisationId> = shown.present.iter().map(|(organisation, _)| *organisation).collect();
    let line = |organisation: &organisations::Organisation| {
        let (_, may) = shown.present.iter().find(|(id, _)| *id == organisation.id)?;
        Some(RightLine { organisation: OrganisationMark::of(organisation), may: *may })
    };
    let organisations = organisations::by_ids(tx, &ids)?.iter().filter_map(line).collect();
    Ok(Drafters { organisations, remarks_until: shown.remarks_until, seen })
}
