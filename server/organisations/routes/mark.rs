//! The mark by which an organisation is shown in lists of drafters, in a round and above one's own work.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{kernel::OrganisationId, organisations::model};

/// An organisation as it stands beside something else: its name, and its acronym on its colour.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
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
