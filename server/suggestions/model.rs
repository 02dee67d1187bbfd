//! A suggestion as it is known beside the draft.

use crate::{kernel::Moment, remarks::model::Author, store::columns::word, text::asks::Suggestion as Name};

word! {
    /// How a suggestion was answered.
    Fate {
        Accepted = "accepted",
        Rejected = "rejected",
    }
}

/// What an entry of the journal says of a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub of: Name,
    pub what: Saying,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saying {
    Begun,
    Accepted,
    Rejected,
    /// No answer stands any more.
    Undecided,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub name: Name,
    pub by: Author,
    pub begun_at: Moment,
    pub decided: Option<Decided>,
}

/// The answer that stands in the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub fate: Fate,
    pub by: Author,
    pub at: Moment,
    /// Why not, in the words of whoever decided.
    pub reason: Option<String>,
}
