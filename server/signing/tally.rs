//! How many of those invited have done what. Pure.

use std::collections::HashMap;

use super::signon::{Answer, Kind};
use crate::{kernel::OrganisationId, organisations::Visibility};

/// How many of those invited have done what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub invited: usize,
    pub signed_public: usize,
    pub withheld: usize,
    pub declined: usize,
    pub withdrawn: usize,
    pub waiting: usize,
}

pub fn tally(invited: &[OrganisationId], standing: &HashMap<OrganisationId, Answer>) -> Tally {
    let mut tally = Tally { invited: invited.len(), ..Tally::default() };
    for organisation in invited {
        match standing.get(organisation).map(|answer| (answer.kind, answer.visibility)) {
            Some((Kind::Signed, Some(Visibility::Public))) => tally.signed_public += 1,
            Some((Kind::Signed, _)) => tally.withheld += 1,
            Some((Kind::Declined, _)) => tally.declined += 1,
            Some((Kind::Withdrawn, _)) => tally.withdrawn += 1,
            None => tally.waiting += 1,
        }
    }
    tally
}

impl Tally {
    pub fn answered(&self) -> usize {
        self.invited - self.waiting
    }

    pub fn signed(&self) -> usize {
        self.signed_public + self.withheld
    }
}
