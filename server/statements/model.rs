//! A statement, its editions, and what is told of it.

use crate::{
    kernel::{EditionId, Moment, OrganisationId, PersonId, StatementId},
    store::columns::word,
    text::{block::Text, frozen_before},
};

word! {
    /// Where a statement stands.
    State {
        Drafting = "drafting",
        Frozen = "frozen",
        Open = "open",
        Closed = "closed",
        Published = "published",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub id: StatementId,
    /// The working title; an edition has its own, from its text.
    pub title: String,
    /// BCP 47 tag of the authentic language.
    pub language: String,
    pub forum: String,
    pub state: State,
    /// Editions frozen so far: the next is `Rev.{revisions + 1}`.
    pub revisions: i32,
    pub updated_at: Moment,
}

impl Statement {
    /// What the next freezing makes: `Rev.1`.
    pub fn next_label(&self) -> String {
        format!("Rev.{}", self.revisions + 1)
    }
}

/// A frozen text. Never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub id: EditionId,
    pub statement: StatementId,
    /// `Rev.1`.
    pub label: String,
    pub revision: i32,
    pub title: String,
    pub language: String,
    /// The canonical text: RFC 8785 over [`Text`].
    pub canonical: String,
    /// SHA-256 of the canonical text.
    pub digest: [u8; 32],
    pub words: i32,
    pub frozen_at: Moment,
}

impl Edition {
    /// The text, read back from what was hashed.
    pub fn text(&self) -> Result<Text, serde_json::Error> {
        frozen_before::read(&self.canonical)
    }

    pub fn digest_hex(&self) -> String {
        hex::encode(self.digest)
    }
}

/// A line for the history: who did what, in whose name, and a detail for its sentence.
pub struct HistoryLine<'a> {
    pub person: Option<PersonId>,
    pub organisation: Option<OrganisationId>,
    pub what: What,
    pub detail: &'a str,
}

word! {
    /// What was done, in the history of a statement.
    What {
        Started = "started",
        DraftersSet = "drafters-set",
        Frozen = "frozen",
        Reopened = "reopened",
        RoundOpened = "round-opened",
        RoundExtended = "round-extended",
        RoundClosed = "round-closed",
        RoundClosedByClock = "round-closed-by-clock",
        Reminded = "reminded",
        NamesRevealed = "names-revealed",
        Signed = "signed",
        SignedWithheld = "signed-withheld",
        Declined = "declined",
        Withdrawn = "withdrawn",
        WithdrawnWithheld = "withdrawn-withheld",
        Published = "published",
    }
}
