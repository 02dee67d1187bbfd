//! Who I am here: the person behind the session, the organisations they act for, and in which roles.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::mark::OrganisationMark;
use crate::{
    accounts::{self, Role, SessionCookie, limits},
    http::Here,
    kernel::{Moment, OrganisationId, PersonId, SecretHash},
    organisations,
    store::Attempt,
};

#[derive(OpenApi)]
#[openapi(paths(me))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(me);
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub person: PersonLine,
    pub coordinator: bool,
    pub memberships: Vec<MembershipLine>,
    pub coalition: CoalitionLine,
    pub now: Moment,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PersonLine {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipLine {
    pub organisation: OrganisationMark,
    pub roles: Vec<Role>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CoalitionLine {
    pub name: String,
    pub timezone: String,
}

/// Who I am here, and for whom.
#[utoipa::path(get, path = "/api/me", operation_id = "showMe",
    responses((status = 200, body = Me)), extensions(("x-permit" = json!("session"))))]
#[get("/api/me")]
async fn me(here: Here, cookie: SessionCookie) -> Attempt<web::Json<Me>> {
    Ok(web::Json(told(&here, cookie.0).await?))
}

/// Who has this session; that they were here is noted.
pub async fn told(here: &Here, asked: Option<SecretHash>) -> Attempt<Me> {
    let now = here.clock.now();
    let (caller, organisations) = here
        .store
        .read(move |tx| {
            let caller = accounts::caller(tx, asked, now)?;
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
            organisation: OrganisationMark::of(organisation),
            roles: caller.roles.iter().filter(|(of, _)| *of == organisation.id).map(|(_, role)| *role).collect(),
        })
        .collect();
    Ok(Me {
        person: PersonLine { id: caller.person, name: caller.name, email: caller.email },
        coordinator: caller.coordinator,
        memberships,
        coalition: CoalitionLine { name: here.site.coalition.clone(), timezone: here.site.timezone.name().to_owned() },
        now,
    })
}
