//! A statement, its editions, and what is told of it.

use crate::{
    kernel::{EditionId, Moment, OrganisationId, PersonId, StatementId},
    organisations::Visibility,
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

word! {
    /// What an organisation may do with a draft. Each word includes those before it.
    May {
        Read = "read",
        Comment = "comment",
        /// Proposes changes to the text, which whoever edits accepts or not.
        Suggest = "suggest",
        Edit = "edit",
    }
}

impl May {
    /// What is left of it at this moment: remarks end with their deadline, and whoever edits is not concerned.
    pub fn at(self, remarks_until: Option<Moment>, now: Moment) -> May {
        match self {
            May::Comment | May::Suggest if remarks_until.is_some_and(|until| now >= until) => May::Read,
            May::Read | May::Comment | May::Suggest | May::Edit => self,
        }
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
    /// Until when who may not edit may comment; nothing: until the text is frozen.
    pub remarks_until: Option<Moment>,
    /// How many words it may have, if that is limited.
    pub words_max: Option<i32>,
    /// Whether those of footnotes count.
    pub words_with_notes: bool,
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

/// Under which handle an organisation, or the secretariat, writes a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Ten of a–z and 0–9, random.
    pub handle: String,
    /// Nothing for the secretariat: whoever writes in no organisation's name.
    pub organisation: Option<OrganisationId>,
    pub unnamed: bool,
    /// When the organisation chose; nothing while it writes as it usually shows itself.
    pub chosen_at: Option<Moment>,
}

impl Writer {
    /// Until it chooses, an organisation writes unnamed if it usually withholds its name, now or when it was let in. So a change of the
    /// register never makes it more visible in a draft it writes.
    pub fn is_unnamed(&self, usual: Visibility) -> bool {
        self.unnamed || (self.chosen_at.is_none() && usual == Visibility::Withheld)
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
        LimitSet = "limit-set",
        LimitSetWithoutNotes = "limit-set-without-notes",
        LimitTaken = "limit-taken",
        RemarksUntilSet = "remarks-until-set",
        RemarksUntilTaken = "remarks-until-taken",
        WritesUnnamed = "writes-unnamed",
        WritesNamed = "writes-named",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_end_with_their_deadline_and_editing_does_not() {
        let (until, before) = (Moment::parse("2031-01-01T00:00:00Z").unwrap(), Moment::parse("2030-12-31T23:59:59Z").unwrap());
        for (may, then) in [(May::Read, May::Read), (May::Comment, May::Read), (May::Suggest, May::Read), (May::Edit, May::Edit)] {
            assert_eq!(may.at(None, until), may, "without a deadline");
            assert_eq!(may.at(Some(until), before), may);
            assert_eq!(may.at(Some(until), until), then, "{may:?}");
        }
        assert!(May::ALL.is_sorted());
    }

    #[test]
    fn only_its_own_choice_makes_an_organisation_more_visible() {
        let chose = Some(Moment::parse("2031-01-01T00:00:00Z").unwrap());
        for (unnamed, chosen_at, usual, wanted) in [
            (false, None, Visibility::Public, false),
            (true, None, Visibility::Withheld, true),
            // The register changed after it was let in.
            (true, None, Visibility::Public, true),
            (false, None, Visibility::Withheld, true),
            (false, chose, Visibility::Withheld, false),
            (true, chose, Visibility::Public, true),
        ] {
            let writer = Writer { handle: "a1".into(), organisation: None, unnamed, chosen_at };
            assert_eq!(writer.is_unnamed(usual), wanted, "{unnamed} {chosen_at:?} {usual:?}");
        }
    }
}
