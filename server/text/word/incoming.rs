//! What comes out of a file of a word processor, and why one cannot be read.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::block::Text;
use crate::kernel::{No, Refusal};

/// What came out of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Incoming {
    pub text: Text,
    /// Who changed what, as the file says; both sides tell the same.
    pub tracked: Vec<TrackedBy>,
    /// Which paragraphs they changed.
    pub changed: Vec<ChangedBy>,
    pub comments: Vec<Comment>,
    pub left_out: Vec<LeftOut>,
}

/// The tracked changes of one author.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrackedBy {
    /// As the file names them; empty where it does not.
    pub author: String,
    pub inserted: usize,
    pub deleted: usize,
    pub moved: usize,
    /// Words and paragraphs that look other.
    pub restyled: usize,
}

/// Who changed something in one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChangedBy {
    /// Which paragraph of the text, from 0.
    pub block: usize,
    /// As the file names them.
    pub authors: Vec<String>,
}

/// A comment in the margin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = WordComment)]
pub struct Comment {
    /// As the file names them; empty where it does not.
    pub author: String,
    pub body: String,
    pub replies: Vec<WordReply>,
    /// The passage it is about; nothing where its words are not in the text.
    pub place: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WordReply {
    pub author: String,
    pub body: String,
}

/// A passage of one paragraph, in UTF-16 units of its content: a line break counts as one, and so does a footnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = WordPlace)]
pub struct Place {
    /// Which paragraph of the text, from 0.
    pub block: usize,
    pub from: usize,
    pub to: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Inserted,
    Deleted,
    Moved,
    Restyled,
}

/// What stood in the file and is no part of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = WordLeftOut)]
pub enum LeftOut {
    /// Their lines; each row is a paragraph.
    Tables,
    Images,
    Boxes,
    Headers,
    /// Codes; what they showed is words.
    Fields,
    Contents,
    Hidden,
    Objects,
    Forms,
    Formulas,
    /// Addresses that cannot stand in a statement.
    Links,
    /// Letters of a font of signs.
    Signs,
    /// Numbers that headings were given.
    HeadingNumbers,
    /// Comments that were resolved in the file.
    ResolvedComments,
    /// Comments beyond what can be brought in at once.
    FurtherComments,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is neither of the two kinds.
    Unknown,
    /// A file of Word from before 2007, or one with a password: both are the same kind of folder.
    Old,
    Locked,
    Broken,
    TooMuch,
    /// It has no words.
    Empty,
}

impl From<Unread> for Refusal {
    fn from(unread: Unread) -> Refusal {
        Refusal::new(match unread {
            Unread::Unknown => No::WordUnknown,
            Unread::Old => No::WordOld,
            Unread::Locked => No::WordLocked,
            Unread::Broken => No::WordBroken,
            Unread::TooMuch => No::WordTooMuch,
            Unread::Empty => No::WordEmpty,
        })
    }
}
