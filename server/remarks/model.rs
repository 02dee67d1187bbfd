//! A thread and what was said in it.

use serde::Serialize;

use super::limits::LETTER_NUMBER_MAX;
use crate::{
    kernel::{Moment, OrganisationId, PersonId, RemarkId, Shown, ThreadId},
    store::columns::word,
    text::description,
};

word! {
    /// For whom a thread exists.
    Among {
        All = "all",
        Coordinators = "coordinators",
    }
}

word! {
    /// What sort of addressee a mention names.
    Whom {
        Organisation = "organisation",
        Person = "person",
        Secretariat = "secretariat",
    }
}

/// Whom a remark asks to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mention {
    /// Everybody who drafts for it.
    Organisation(OrganisationId),
    Person(PersonId),
    /// Every coordinator.
    Secretariat,
}

/// Where a thread's passage stands, as the shared text's letters tell it. Kept for pages; nothing here reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The body, or one footnote.
    pub root: String,
    /// The first letter: `client.clock`.
    pub first: String,
    pub last: String,
    /// Its words when the thread was opened, or as many as are kept.
    pub quote: String,
}

impl Passage {
    /// Whether the ids are of the form that a page can look for. Whether they stand anywhere shows on the page.
    pub fn is_sound(&self) -> bool {
        let root = self.root == description::body() || description::note_of(&self.root).is_some();
        root && [&self.first, &self.last].into_iter().all(|letter| is_letter(letter))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    pub id: ThreadId,
    pub passage: Passage,
    pub among: Among,
    pub resolved: Option<Resolved>,
}

/// When a thread was resolved, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    pub at: Moment,
    pub by: Author,
}

/// Who speaks: a person, in the name of an organisation or of the secretariat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// Nobody once the person is forgotten.
    pub person: Option<PersonId>,
    pub organisation: Option<OrganisationId>,
}

/// What somebody said. Never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub id: RemarkId,
    pub thread: ThreadId,
    pub by: Author,
    pub at: Moment,
    pub body: String,
    pub mentions: Vec<Mention>,
}

/// What a card shows before its thread is resolved or opened again: all that was said.
#[derive(Debug, Serialize)]
pub struct Settling {
    pub thread: ThreadId,
    pub resolved: bool,
    pub last: Option<RemarkId>,
}

impl Shown for Settling {
    const ACT: &'static str = "settle-thread";
}

impl Settling {
    pub fn of(thread: &Thread, said: &[Remark]) -> Self {
        Self { thread: thread.id, resolved: thread.resolved.is_some(), last: said.last().map(|remark| remark.id) }
    }
}

/// Whether this is `client.clock`, both written as numbers are.
fn is_letter(id: &str) -> bool {
    let number = |digits: &str| digits.parse().is_ok_and(|number: u64| number <= LETTER_NUMBER_MAX && number.to_string() == digits);
    id.split_once('.').is_some_and(|(client, clock)| number(client) && number(clock))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_two_numbers_as_numbers_are_written() {
        for (id, wanted) in [
            ("1.0", true),
            ("4294967295.120", true),
            ("9007199254740991.1", true),
            ("9007199254740992.1", false),
            ("1", false),
            ("1.", false),
            ("01.1", false),
            ("+1.1", false),
            ("1.1.1", false),
            ("1.-1", false),
        ] {
            assert_eq!(is_letter(id), wanted, "{id}");
        }
    }

    #[test]
    fn a_passage_stands_in_the_body_or_in_a_footnote() {
        let in_root = |root: &str| Passage { root: root.into(), first: "1.2".into(), last: "1.4".into(), quote: "sea".into() }.is_sound();
        assert!(in_root(description::body()) && in_root(&description::note("a1b2c3d4e5")));
        assert!(!in_root("asks") && !in_root("note:a") && !in_root(""));
    }
}
