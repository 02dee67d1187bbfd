//! Openings: what the leaves of a log commit to, one kind of opening for each kind of leaf.
//!
//! The openings of the coordinators' acts name nobody and always travel with a bundle. Those of sign-ons travel only while the
//! sign-on stands and is public; one whose name is withheld goes to its own organisation alone, as its receipt; that of a
//! withdrawal never travels. An opening is read only if nothing stands in it that this version does not know: what is hashed
//! is exactly what was understood.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::{CanonicalError, INTEGER_MAX, to_jcs};
use crate::digest::{Digest, hex_32};
use crate::instant::Instant;
use crate::leaf::LeafKind;
use crate::sign_on::{RecordedOrganisation, SignOn, holds, is_words};

/// What a leaf commits to, by the kind of the leaf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Opening {
    /// The edition put to signature (`Rev.1`), and the instant the round ends: `2026-02-06T16:00:00Z`.
    RoundOpened {
        edition: String,
        closes_at: String,
    },
    RoundExtended {
        closes_at: String,
    },
    RoundClosed {},
    Signed(Box<SignOn>),
    /// Renews an earlier sign-on of the same organisation: to a new text, or on other terms.
    ReConfirmed(Box<SignOn>),
    Withdrawn {
        organisation: RecordedOrganisation,
        /// The leaf taken back.
        answers: u64,
        at: String,
        nonce: String,
    },
    /// A slip corrected: sign-ons stand for the corrected text (`Corr.1`).
    Corrected {
        edition: String,
    },
    Published {
        /// All that stand, the withheld among them.
        signatories: u64,
        withheld: u64,
        /// [`names_digest`] of the public names.
        list: Digest,
    },
}

/// The digest over public names that `published` records: SHA-256 of the JCS of the names sorted by code point.
///
/// The printed order is a matter of taste and forum; this order is not, so that the digest is the same for every file.
///
/// # Errors
/// None in practice; strings always have a canonical form.
pub fn names_digest<S: AsRef<str>>(names: &[S]) -> Result<Digest, CanonicalError> {
    let mut sorted: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    sorted.sort_unstable();
    Ok(Digest::of(to_jcs(&sorted)?))
}

impl Opening {
    /// Reads an opening; nothing may be in it that this version does not know.
    ///
    /// # Errors
    /// The name of the field that is wrong, or `opening` when the shape is.
    pub fn parse(value: &Value) -> Result<Opening, &'static str> {
        let opening = Opening::deserialize(value).map_err(|_| "opening")?;
        opening.check()?;
        // Serde ignores a stray field in some shapes of enum; what is hashed must be exactly what was understood.
        if opening.to_value().as_ref() != Ok(value) {
            return Err("opening");
        }
        Ok(opening)
    }

    /// As JSON, ready for [`crate::commitment::commit`].
    pub fn to_value(&self) -> Result<Value, CanonicalError> {
        serde_json::to_value(self).map_err(|e| CanonicalError::Syntax(e.to_string()))
    }

    pub fn kind(&self) -> LeafKind {
        match self {
            Opening::RoundOpened { .. } => LeafKind::RoundOpened,
            Opening::RoundExtended { .. } => LeafKind::RoundExtended,
            Opening::RoundClosed {} => LeafKind::RoundClosed,
            Opening::Signed(_) => LeafKind::Signed,
            Opening::ReConfirmed(_) => LeafKind::ReConfirmed,
            Opening::Withdrawn { .. } => LeafKind::Withdrawn,
            Opening::Corrected { .. } => LeafKind::Corrected,
            Opening::Published { .. } => LeafKind::Published,
        }
    }

    /// The act of signing on that it holds, if it is one.
    pub fn sign_on(&self) -> Option<&SignOn> {
        match self {
            Opening::Signed(sign_on) | Opening::ReConfirmed(sign_on) => Some(sign_on),
            Opening::RoundOpened { .. }
            | Opening::RoundExtended { .. }
            | Opening::RoundClosed {}
            | Opening::Withdrawn { .. }
            | Opening::Corrected { .. }
            | Opening::Published { .. } => None,
        }
    }

    /// When the organisation acted, if it is an act of one.
    pub(crate) fn at(&self) -> Option<&str> {
        match self {
            Opening::Withdrawn { at, .. } => Some(at),
            other => other.sign_on().map(|sign_on| sign_on.at.as_str()),
        }
    }

    /// What makes an organisation's act unlike every other.
    pub(crate) fn nonce(&self) -> Option<&str> {
        match self {
            Opening::Withdrawn { nonce, .. } => Some(nonce),
            other => other.sign_on().map(|sign_on| sign_on.nonce.as_str()),
        }
    }

    /// The leaf it answers, if it answers one.
    pub fn answers(&self) -> Option<u64> {
        match self {
            Opening::Signed(sign_on) | Opening::ReConfirmed(sign_on) => sign_on.answers,
            Opening::Withdrawn { answers, .. } => Some(*answers),
            Opening::RoundOpened { .. }
            | Opening::RoundExtended { .. }
            | Opening::RoundClosed {}
            | Opening::Corrected { .. }
            | Opening::Published { .. } => None,
        }
    }

    /// Whether every field holds what it should; the name of the first that does not.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        match self {
            Opening::RoundOpened { edition, closes_at } => {
                holds("edition", is_words(edition))?;
                holds("closes_at", is_whole_second(closes_at))
            }
            Opening::RoundExtended { closes_at } => holds("closes_at", is_whole_second(closes_at)),
            Opening::RoundClosed {} => Ok(()),
            Opening::Signed(sign_on) => {
                holds("answers", sign_on.answers.is_none())?;
                sign_on.check()
            }
            Opening::ReConfirmed(sign_on) => {
                holds("answers", sign_on.answers.is_some())?;
                sign_on.check()
            }
            Opening::Withdrawn { organisation, answers, at, nonce } => {
                organisation.check()?;
                holds("answers", *answers <= INTEGER_MAX)?;
                holds("at", Instant::parse(at).is_some())?;
                holds("nonce", hex_32(nonce).is_some())
            }
            Opening::Corrected { edition } => holds("edition", is_words(edition)),
            Opening::Published { signatories, withheld, .. } => {
                holds("signatories", *signatories <= INTEGER_MAX)?;
                holds("withheld", withheld <= signatories)
            }
        }
    }
}

fn is_whole_second(written: &str) -> bool {
    written.len() == 20 && Instant::parse(written).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sign_on() -> Value {
        json!({
            "type": "signed", "organisation": {"id": "o1", "name": "Riverside", "country": "KE"},
            "signatory": {"name": "Ana Mwangi", "title": "Director"}, "visibility": "public", "assurance": "confirmed-link",
            "at": "2026-02-04T10:15:30.123Z", "nonce": "00".repeat(32), "statement": "st1", "round": "r1",
            "text": {"authentic": "en", "languages": {"en": "11".repeat(32)}}, "authority": "I may sign for Riverside.",
        })
    }

    #[test]
    fn a_sign_on_is_read_and_written_back_unchanged() {
        let opening = Opening::parse(&sign_on()).unwrap();
        assert_eq!(opening.kind(), LeafKind::Signed);
        assert_eq!(opening.to_value().unwrap(), sign_on());
    }

    #[test]
    fn what_is_unknown_missing_or_out_of_bounds_is_refused_by_name() {
        let with = |field: &str, value: Value| {
            let mut opening = sign_on();
            opening[field] = value;
            Opening::parse(&opening).unwrap_err()
        };
        assert_eq!(with("extra", json!(1)), "opening");
        assert_eq!(with("answers", json!(3)), "answers");
        assert_eq!(with("answers", Value::Null), "opening");
        assert_eq!(with("nonce", json!("00")), "nonce");
        assert_eq!(with("at", json!("today")), "at");
        assert_eq!(with("visibility", json!("anonymous")), "opening");
        assert_eq!(with("authority", json!("x".repeat(3000))), "authority");
        assert_eq!(with("organisation", json!({"id": "o1", "name": "A\nB", "country": ""})), "organisation.name");
        assert_eq!(Opening::parse(&json!({"type": "round-closed", "by": "Ana"})), Err("opening"));
        assert_eq!(
            Opening::parse(&json!({"type": "published", "signatories": 1, "withheld": 2, "list": "00".repeat(32)})),
            Err("withheld")
        );
        assert_eq!(Opening::parse(&json!([])), Err("opening"));
    }

    #[test]
    fn the_digest_of_names_does_not_depend_on_the_printed_order() {
        assert_eq!(names_digest(&["b", "a"]), names_digest(&["a", "b"]));
        assert_ne!(names_digest(&["a", "b"]), names_digest(&["ab"]));
        assert_eq!(names_digest(&[] as &[&str]).unwrap(), Digest::of("[]"));
    }
}
