//! A bracket, what is agreed in it, and who stands behind what.

use super::super::model::Author;
use crate::kernel::{Moment, OrganisationId, PersonId};

/// A bracket, and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracket {
    /// As the format names it.
    pub id: String,
    pub made_at: Moment,
    pub made: Author,
    pub agreed: Option<Agreed>,
}

/// One alternative is agreed, subject to what those say who are asked at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    pub on: Words,
    pub at: Moment,
    pub by: Author,
}

/// One alternative, and what it said when somebody spoke of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub alternative: u8,
    /// Or as many of its first letters as are kept.
    pub said: String,
}

/// An organisation stands behind an alternative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    pub bracket: String,
    pub organisation: OrganisationId,
    pub person: Option<PersonId>,
    pub behind: Words,
    pub at: Moment,
}
