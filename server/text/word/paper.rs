//! A file as it was met, whichever program wrote it: paragraphs that each end in a mark, with what somebody inserted and deleted in them
//! still undecided. Both texts, with every tracked change refused and with every one made, are read out of it ([`super::reading`]).

use std::collections::BTreeSet;

use super::incoming::{ChangeKind, LeftOut};
use crate::text::block::{Dir, Kind, Run};

#[derive(Debug, Default)]
pub struct Paper {
    pub paragraphs: Vec<Paragraph>,
    pub changes: Vec<Change>,
    pub comments: Vec<Said>,
    pub left: BTreeSet<LeftOut>,
}

/// One tracked change: what one author did at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    pub author: String,
    pub at: String,
}

/// A comment, with what was replied to it.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub author: String,
    pub body: String,
    pub replies: Vec<(String, String)>,
}

#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    pub form: Form,
    /// What it was, where its form is a tracked change.
    pub was: Option<Form>,
    pub bits: Vec<Bit>,
    /// What becomes of the mark that ends it.
    pub mark: Fate,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    pub look: Look,
    pub item: Option<Item>,
    /// As the file says it; whether it needs to be said shows with the words.
    pub dir: Option<Dir>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    Title,
    /// From 1.
    Heading(u8),
    Quotation,
    #[default]
    Paragraph,
    /// Set like the rest of an item.
    Beside,
}

/// A paragraph that is an item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The list that it counts in.
    pub list: String,
    /// From 1.
    pub level: usize,
    pub label: Label,
    /// What its level begins with.
    pub start: u64,
    /// The level begins anew with it.
    pub anew: bool,
    /// It is a further paragraph of the item.
    pub further: bool,
    /// What it is by a style of ours, from whose files it came.
    pub ours: Option<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    Bullet,
    /// `framed` levels write `(a)`; `scheme` is a list whose second level does, used or not.
    Counts {
        framed: bool,
        scheme: bool,
    },
}

/// What becomes of words or of a mark: nothing is in both texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fate {
    pub comes: bool,
    pub goes: bool,
    /// The last change that has to do with it: its place among [`Paper::changes`].
    pub by: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Bit {
    pub what: What,
    pub fate: Fate,
    /// How words looked, where their look is a tracked change.
    pub looked: Option<Run>,
}

#[derive(Debug, Clone)]
pub enum What {
    Words(Run),
    Break,
    Note(Vec<Paragraph>),
    /// A comment's passage begins and ends: its place among [`Paper::comments`].
    Opens(usize),
    Closes(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Every tracked change refused.
    Without,
    /// Every one made.
    With,
}

impl Fate {
    pub fn is_in(self, side: Side) -> bool {
        match side {
            Side::Without => !self.comes,
            Side::With => !self.goes,
        }
    }

    pub fn and(self, other: Fate) -> Fate {
        Fate { comes: self.comes || other.comes, goes: self.goes || other.goes, by: other.by.or(self.by) }
    }
}

impl Bit {
    pub fn plain(what: What, fate: Fate) -> Bit {
        Bit { what, fate, looked: None }
    }
}

impl Paper {
    /// Keeps that something was changed; what one author did at one time in one go is one change. Its place.
    pub fn changed(&mut self, kind: ChangeKind, author: &str, at: &str) -> Option<usize> {
        let change = Change { kind, author: author.trim().to_owned(), at: at.to_owned() };
        if self.changes.last() != Some(&change) {
            self.changes.push(change);
        }
        self.changes.len().checked_sub(1)
    }
}
