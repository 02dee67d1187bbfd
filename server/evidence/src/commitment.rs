//! The bond between a leaf and its opening: the leaf carries a digest over a secret salt and the opening, and no more.
//!
//! `commit = SHA-256("commit/v1" || 0x00 || salt || JCS(opening))`, with 32 fresh random bytes of salt for each leaf. Whoever
//! has salt and opening can show which leaf is theirs and what it says; whoever has only the leaf learns nothing, and once
//! both are erased nobody can. A leaf is made here and nowhere else, so that its kind and the leaf it answers are always
//! those of the opening it is bound to; and whoever reads the two holds them against each other here: same kind, same leaf
//! answered, same statement, round and text, and an instant in the leaf's hour or the one before.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::{CanonicalError, to_jcs};
use crate::digest::{Digest, hex_bytes};
use crate::instant::{Hour, Instant};
use crate::leaf::{LEAF_VERSION, Leaf, LeafError, TextRef};
use crate::opening::Opening;
use crate::sign_on::SignOn;

/// An opening with the salt of its commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Salted {
    #[serde(with = "hex_bytes")]
    pub salt: [u8; 32],
    pub opening: Value,
}

/// The commitment to an opening: SHA-256("commit/v1\0" || salt || JCS(opening)).
///
/// # Errors
/// When the opening has no canonical form.
pub fn commit(salt: &[u8; 32], opening: &Value) -> Result<Digest, CanonicalError> {
    Ok(Digest::of_parts(&[b"commit/v1\0", salt, to_jcs(opening)?.as_bytes()]))
}

/// The leaf that records `opening`, whose kind it takes, and commits to it under `salt`.
///
/// `salt` is 32 fresh random bytes; whoever knows neither it nor the opening learns nothing from the leaf.
///
/// # Errors
/// When a field or the opening is not fit to be recorded.
pub fn leaf_for(
    opening: &Opening,
    salt: &[u8; 32],
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

/// What leaf and opening say differently, each with a code and in words. A commitment that agrees only shows that the opening
/// was bound to the leaf, not that it is about the same act.
pub(crate) fn contradictions(leaf: &Leaf, opening: &Opening) -> Vec<(&'static str, &'static str)> {
    if opening.kind() != leaf.kind {
        return vec![("opening-type", "their type")];
    }
    let signed = |agrees: &dyn Fn(&SignOn) -> bool| opening.sign_on().is_none_or(agrees);
    let checks = [
        (opening.answers() == leaf.answers, "opening-answers", "the leaf they answer"),
        (signed(&|sign_on| sign_on.statement == leaf.statement), "opening-statement", "the statement"),
        (signed(&|sign_on| Some(&sign_on.round) == leaf.round.as_ref()), "opening-round", "the round"),
        (signed(&|sign_on| sign_on.text == leaf.text), "opening-text", "the text"),
        (opening.at().is_none_or(|at| lies_in_the_hour(at, &leaf.at)), "opening-time", "their hour"),
    ];
    checks.into_iter().filter(|(agrees, ..)| !agrees).map(|(_, code, what)| (code, what)).collect()
}

/// An act just before the full hour may be written down just after it.
fn lies_in_the_hour(at: &str, hour: &str) -> bool {
    let acted = Instant::parse(at).map(Instant::hour);
    acted.zip(Hour::parse(hour)).is_some_and(|(acted, hour)| acted == hour || acted.0 + 1 == hour.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_commitment_covers_salt_and_opening_and_nothing_of_its_spelling() {
        let one = commit(&[1; 32], &json!({"b": 1, "a": 2})).unwrap();
        assert_eq!(one, commit(&[1; 32], &serde_json::from_str::<Value>(r#"{ "a":2, "b":1 }"#).unwrap()).unwrap());
        assert_ne!(one, commit(&[2; 32], &json!({"b": 1, "a": 2})).unwrap());
        assert_ne!(one, commit(&[1; 32], &json!({"b": 1, "a": 3})).unwrap());
    }

    #[test]
    fn a_leaf_takes_its_kind_from_its_opening_and_refuses_what_is_unfit() {
        let text = || TextRef { authentic: "en".into(), languages: [("en".into(), Digest::of("words"))].into() };
        let (opened, hour) = (
            |edition: &str| Opening::RoundOpened { edition: edition.into(), closes_at: "2026-02-06T16:00:00Z".into() },
            Hour::parse("2026-02-04T10:00Z").unwrap(),
        );
        let leaf = leaf_for(&opened("Rev.1"), &[7; 32], "st1", Some("r1"), text(), hour).unwrap();
        assert_eq!((leaf.kind, leaf.answers, leaf.at.as_str()), (opened("Rev.1").kind(), None, "2026-02-04T10:00Z"));
        assert_eq!(Leaf::parse(&leaf.to_line().unwrap()), Ok(leaf));
        assert_eq!(leaf_for(&opened(""), &[7; 32], "st1", Some("r1"), text(), hour), Err(LeafError::Field("edition")));
        assert_eq!(leaf_for(&opened("Rev.1"), &[7; 32], "st 1", Some("r1"), text(), hour), Err(LeafError::Field("statement")));
    }
}
