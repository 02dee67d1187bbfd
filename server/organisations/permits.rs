//! Who may see and change the register.

use super::model::{Organisation, Visibility};
use crate::{
    accounts::Caller,
    kernel::{No, OrganisationId, Refusal},
};

/// Leave to change the register.
pub struct Keep(());

/// Only coordinators keep the register.
pub fn keep(caller: &Caller) -> Result<Keep, Refusal> {
    if caller.coordinator { Ok(Keep(())) } else { Err(No::NotAllowed.into()) }
}

/// How much of the register somebody sees.
#[derive(Debug, Clone)]
pub enum Sight {
    /// Everything: coordinators.
    All,
    /// What is public anyway, and one's own. An organisation that withholds its name is not in the list of other members.
    PublicAnd(Vec<OrganisationId>),
}

pub fn sight(caller: &Caller) -> Sight {
    if caller.coordinator { Sight::All } else { Sight::PublicAnd(caller.roles.iter().map(|(organisation, _)| *organisation).collect()) }
}

impl Sight {
    pub fn shows(&self, organisation: &Organisation) -> bool {
        match self {
            Self::All => true,
            Self::PublicAnd(own) => organisation.default_visibility == Visibility::Public || own.contains(&organisation.id),
        }
    }

    /// Whether the people and addresses of an organisation are shown.
    pub fn shows_people(&self, organisation: OrganisationId) -> bool {
        match self {
            Self::All => true,
            Self::PublicAnd(own) => own.contains(&organisation),
        }
    }
}

/// The operator's own terminal: whoever runs commands on the server's data keeps it all.
pub(super) fn operator() -> Keep {
    Keep(())
}
