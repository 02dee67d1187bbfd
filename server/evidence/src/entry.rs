//! One leaf: one line of a statement's log. Every leaf has this shape, and none of them names anybody.
//!
//! What happened, to which text, in which hour; who did it is behind `commit`, a salted digest of the opening. A public
//! sign-on and one whose name is withheld cannot be told apart by their leaves, and a leaf whose salt and opening are
//! erased says nothing about anyone while the tree stays whole.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::{CanonicalError, Digest, INTEGER_MAX, parse_strict_within, to_jcs};
use crate::limits;
use crate::moment::Hour;
use crate::opening::Opening;
use crate::tree;

/// The version every leaf carries.
pub const LEAF_VERSION: &str = "leaf/v0";

/// One entry of a statement's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Always [`LEAF_VERSION`].
    pub v: String,
    #[serde(rename = "type")]
    pub kind: Kind,
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
    /// [`commit`] of salt and opening.
    pub commit: Digest,
}

/// What a leaf records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
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

/// The commitment to an opening: SHA-256("commit/v1\0" || salt || JCS(opening)).
///
/// # Errors
/// When the opening has no canonical form.
pub fn commit(salt: &[u8; 32], opening: &Value) -> Result<Digest, CanonicalError> {
    Ok(Digest::of_parts(&[b"commit/v1\0", salt, to_jcs(opening)?.as_bytes()]))
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
    /// The leaf that records `opening`, whose kind it takes, and commits to it under `salt`.
    ///
    /// `salt` is 32 fresh random bytes; whoever knows neither it nor the opening learns nothing from the leaf.
    ///
    /// # Errors
    /// When a field or the opening is not fit to be recorded.
    pub fn committing(
        salt: &[u8; 32],
        opening: &Opening,
        statement: &str,
        round: Option<&str>,
        text: TextRef,
        at: Hour,
    ) -> Result<Leaf, LeafError> {
        opening.check().map_err(LeafError::Field)?;
        let leaf = Leaf {
            v: LEAF_VERSION.into(),
            kind: opening.kind(),
            statement: statement.into(),
            round: round.map(Into::into),
            text,
            at: at.written(),
            answers: opening.answers(),
            commit: commit(salt, &opening.to_value()?)?,
        };
        leaf.check()?;
        Ok(leaf)
    }

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

    /// The hash of this leaf in the tree.
    pub fn hash(&self) -> Result<Digest, CanonicalError> {
        Ok(tree::leaf_hash(self.to_line()?))
    }

    fn check(&self) -> Result<(), LeafError> {
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
    pub fn is_sound(&self) -> bool {
        self.languages.len() <= limits::LANGUAGES_MAX
            && self.languages.contains_key(&self.authentic)
            && self.languages.keys().all(|tag| is_language_tag(tag))
    }
}

impl Kind {
    /// Whether it puts an organisation's name to a text.
    pub fn signs(self) -> bool {
        match self {
            Kind::Signed | Kind::ReConfirmed => true,
            Kind::RoundOpened | Kind::RoundExtended | Kind::RoundClosed | Kind::Withdrawn | Kind::Corrected | Kind::Published => false,
        }
    }

    /// Whether it is an act of the coordinators: its opening names nobody and always travels.
    pub fn is_open_to_all(self) -> bool {
        match self {
            Kind::RoundOpened | Kind::RoundExtended | Kind::RoundClosed | Kind::Corrected | Kind::Published => true,
            Kind::Signed | Kind::ReConfirmed | Kind::Withdrawn => false,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::RoundOpened => "round-opened",
            Kind::RoundExtended => "round-extended",
            Kind::RoundClosed => "round-closed",
            Kind::Signed => "signed",
            Kind::ReConfirmed => "re-confirmed",
            Kind::Withdrawn => "withdrawn",
            Kind::Corrected => "corrected",
            Kind::Published => "published",
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
            LeafError::Shape(words) => write!(f, "it has not the shape of an entry ({})", crate::verdict::plain(words)),
            LeafError::Field(field) => write!(f, "its field “{field}” holds something it must not"),
            LeafError::NotCanonical => f.write_str("it is not written in its canonical form"),
        }
    }
}

impl std::error::Error for LeafError {}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn leaf() -> Leaf {
        let text = TextRef { authentic: "en".into(), languages: [("en".into(), Digest::of("words"))].into() };
        let opening = Opening::RoundOpened { edition: "Rev.1".into(), closes_at: "2026-02-06T16:00:00Z".into() };
        Leaf::committing(&[7; 32], &opening, "st1", Some("r1"), text, Hour::parse("2026-02-04T10:00Z").unwrap()).unwrap()
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

    #[test]
    fn a_commitment_covers_salt_and_opening_and_nothing_of_its_spelling() {
        let one = commit(&[1; 32], &json!({"b": 1, "a": 2})).unwrap();
        assert_eq!(one, commit(&[1; 32], &serde_json::from_str::<Value>(r#"{ "a":2, "b":1 }"#).unwrap()).unwrap());
        assert_ne!(one, commit(&[2; 32], &json!({"b": 1, "a": 2})).unwrap());
        assert_ne!(one, commit(&[1; 32], &json!({"b": 1, "a": 3})).unwrap());
    }
}
