//! The register over HTTP ([`register`]), and who one is in it ([`me`]).

pub mod me;
pub mod register;

use actix_web::web;
use serde::Serialize;
use utoipa::ToSchema;

use super::model;
use crate::kernel::OrganisationId;

pub fn routes(config: &mut web::ServiceConfig) {
    me::routes(config);
    register::routes(config);
}

/// An organisation as it stands beside something else: its name, and its acronym on its colour.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationMark {
    pub id: OrganisationId,
    pub name: String,
    pub acronym: String,
    pub colour: i32,
}

impl OrganisationMark {
    pub fn of(organisation: &model::Organisation) -> Self {
        Self { id: organisation.id, name: organisation.name.clone(), acronym: organisation.acronym.clone(), colour: organisation.colour }
    }
}
