//! One leaf: one line of a statement's log. Every leaf has this shape, and none of them names anybody.
//!
//! What happened, to which text, in which hour; who did it is behind `commit`, a salted digest of the opening. A public
//! sign-on and one whose name is withheld cannot be told apart by their leaves, and a leaf whose salt and opening are
//! erased says nothing about anyone while the tree stays whole. A line is a leaf if every field holds what it should and
//! writing it again gives the same bytes; anything else is none, whatever it says.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::canonical::{CanonicalError, INTEGER_MAX, to_jcs};
use crate::digest::Digest;
use crate::instant::Hour;
use crate::limits;
use crate::quoting::plain;
use crate::strict::parse_strict_within;

/// The version every leaf carries.
pub const LEAF_VERSION: &str = "leaf/v0";

/// One entry of a statement's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Always [`LEAF_VERSION`].
    pub v: String,
    #[serde(rename = "type")]
    pub kind: LeafKind,
    /// The statement's identifier, the same in every leaf of a log.
    pub statement: String,
    /// The round it belongs to; absent for `corrected` and `published`, which belong to the statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<String>,
    /// The text it is about. For a withdrawal, the text of the sign-on it answers.
    pub text: TextRef,
    /// UTC, a whole hour: `2026-02-04T10:00Z`.
    pub at: String,
    /// The leaf a withdrawal takes back or a re-confirmation renews, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<u64>,
    /// The commitment to salt and opening, see [`crate::commitment::commit`].
    pub commit: Digest,
}

/// What a leaf records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeafKind {
    RoundOpened,
    RoundExtended,
    RoundClosed,
    Signed,
    ReConfirmed,
    Withdrawn,
    Corrected,
    Published,
}

/// The settled text in every language, by the digest of its canonical form, and which language is authentic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRef {
    pub authentic: String,
    pub languages: BTreeMap<String, Digest>,
}

/// Why a line is no leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeafError {
    /// The line is not JSON that everybody reads alike.
    Json(CanonicalError),
    /// A field is missing, unknown, or of another kind. Carries the reader's words.
    Shape(String),
    /// A field holds something it must not.
    Field(&'static str),
    /// The same content, but not in its canonical spelling.
    NotCanonical,
}

impl Leaf {
    /// The canonical line, without a line end: the bytes that are hashed into the tree.
    ///
    /// # Errors
    /// Only for a leaf put together by hand with numbers beyond 2^53.
    pub fn to_line(&self) -> Result<String, CanonicalError> {
        to_jcs(self)
    }

    /// Reads one line and insists that writing it again gives the same bytes.
    pub fn parse(line: &str) -> Result<Leaf, LeafError> {
        let value = parse_strict_within(line.as_bytes(), limits::LEAF_BYTES_MAX)?;
        let leaf: Leaf = serde_json::from_value(value).map_err(|e| LeafError::Shape(e.to_string()))?;
        leaf.check()?;
        if leaf.to_line()? != line {
            return Err(LeafError::NotCanonical);
        }
        Ok(leaf)
    }

    /// Whether every field holds what it should.
    pub(crate) fn check(&self) -> Result<(), LeafError> {
        let fields = [
            ("v", self.v == LEAF_VERSION),
            ("statement", is_id(&self.statement)),
            ("round", self.round.as_deref().is_none_or(is_id)),
            ("text", self.text.is_sound()),
            ("at", Hour::parse(&self.at).is_some()),
            ("answers", self.answers.is_none_or(|index| index <= INTEGER_MAX)),
        ];
        match fields.iter().find(|(_, sound)| !sound) {
            Some((field, _)) => Err(LeafError::Field(field)),
            None => Ok(()),
        }
    }
}

impl TextRef {
    /// At least one language, not too many, well-formed tags, and the authentic language among them.
    pub(crate) fn is_sound(&self) -> bool {
        self.languages.len() <= limits::LANGUAGES_MAX
            && self.languages.contains_key(&self.authentic)
            && self.languages.keys().all(|tag| is_language_tag(tag))
    }
}

impl LeafKind {
    /// Whether it is an act of the coordinators: its opening names nobody and always travels.
    pub fn is_open_to_all(self) -> bool {
        match self {
            LeafKind::RoundOpened | LeafKind::RoundExtended | LeafKind::RoundClosed | LeafKind::Corrected | LeafKind::Published => true,
            LeafKind::Signed | LeafKind::ReConfirmed | LeafKind::Withdrawn => false,
        }
    }
}

impl fmt::Display for LeafKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LeafKind::RoundOpened => "round-opened",
            LeafKind::RoundExtended => "round-extended",
            LeafKind::RoundClosed => "round-closed",
            LeafKind::Signed => "signed",
            LeafKind::ReConfirmed => "re-confirmed",
            LeafKind::Withdrawn => "withdrawn",
            LeafKind::Corrected => "corrected",
            LeafKind::Published => "published",
        })
    }
}

/// Letters, digits, `-` and `_`, at most 64 of them.
pub(crate) fn is_id(id: &str) -> bool {
    (1..=limits::ID_BYTES_MAX).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Lower-case letters, digits and hyphens: `en`, `zh-hans`.
pub(crate) fn is_language_tag(tag: &str) -> bool {
    (2..=limits::LANGUAGE_TAG_BYTES_MAX).contains(&tag.len())
        && tag.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

impl From<CanonicalError> for LeafError {
    fn from(error: CanonicalError) -> LeafError {
        LeafError::Json(error)
    }
}

impl fmt::Display for LeafError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LeafError::Json(error) => error.fmt(f),
            LeafError::Shape(words) => write!(f, "it has not the shape of an entry ({})", plain(words)),
            LeafError::Field(field) => write!(f, "its field “{field}” holds something it must not"),
            LeafError::NotCanonical => f.write_str("it is not written in its canonical form"),
        }
    }
}

impl std::error::Error for LeafError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf() -> Leaf {
        Leaf {
            v: LEAF_VERSION.into(),
            kind: LeafKind::RoundOpened,
            statement: "st1".into(),
            round: Some("r1".into()),
            text: TextRef { authentic: "en".into(), languages: [("en".into(), Digest::of("words"))].into() },
            at: "2026-02-04T10:00Z".into(),
            answers: None,
            commit: Digest::of("commitment"),
        }
    }

    #[test]
    fn a_leaf_is_written_in_one_way_and_read_back() {
        let line = leaf().to_line().unwrap();
        assert!(line.starts_with(r#"{"at":"2026-02-04T10:00Z","commit":""#), "{line}");
        assert_eq!(Leaf::parse(&line), Ok(leaf()));
    }

    #[test]
    fn a_line_that_says_the_same_otherwise_is_refused() {
        let line = leaf().to_line().unwrap();
        assert_eq!(Leaf::parse(&line.replacen(',', ", ", 1)), Err(LeafError::NotCanonical));
        assert_eq!(Leaf::parse(&line.replace("\"v\":", "\"answers\":null,\"v\":")), Err(LeafError::NotCanonical));
        assert!(matches!(Leaf::parse(&line.replace("\"v\":", "\"who\":\"Riverside\",\"v\":")), Err(LeafError::Shape(_))));
        assert!(matches!(Leaf::parse(&line.replace("\"v\":", "\"v\":\"leaf/v0\",\"v\":")), Err(LeafError::Json(_))));
    }

    #[test]
    fn fields_hold_only_what_they_should() {
        let line = leaf().to_line().unwrap();
        for (from, to, field) in [
            ("leaf/v0", "leaf/v1", "v"),
            ("\"st1\"", "\"st 1\"", "statement"),
            ("\"r1\"", "\"\"", "round"),
            ("10:00Z", "10:15Z", "at"),
            ("\"authentic\":\"en\"", "\"authentic\":\"fr\"", "text"),
        ] {
            assert_eq!(Leaf::parse(&line.replace(from, to)), Err(LeafError::Field(field)), "{to}");
        }
        assert!(matches!(Leaf::parse(&"[".repeat(100_000)), Err(LeafError::Json(CanonicalError::TooLarge { .. }))));
    }
}
