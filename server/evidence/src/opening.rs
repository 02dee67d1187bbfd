//! Openings: what a leaf commits to. Here are the names, so here is what must not travel for everybody.
//!
//! The openings of the coordinators' acts always travel with a bundle. Those of sign-ons travel only while the sign-on
//! stands and is public; one whose name is withheld goes to its own organisation alone, as its receipt.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::{CanonicalError, Digest, INTEGER_MAX, hex_32, to_jcs};
use crate::entry::{Kind, TextRef, is_id};
use crate::limits;
use crate::moment::Instant;

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
        organisation: Organisation,
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

/// An organisation's act of signing on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOn {
    pub organisation: Organisation,
    pub signatory: Signatory,
    pub visibility: Visibility,
    pub assurance: Assurance,
    /// The exact instant, RFC 3339 in UTC with at most milliseconds.
    pub at: String,
    /// 32 random bytes of the server, 64 lower-case hexadecimal digits; never used twice.
    pub nonce: String,
    pub statement: String,
    pub round: String,
    pub text: TextRef,
    /// The sentence of authority the person agreed to, in the language they read.
    pub authority: String,
    /// The leaf a re-confirmation renews; absent in a first sign-on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<u64>,
}

/// The organisation as it was named that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub id: String,
    /// As it is printed in the list.
    pub name: String,
    /// ISO 3166-1 alpha-2, or empty for an organisation of no one country.
    pub country: String,
}

/// The person who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    pub name: String,
    pub title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    Public,
    Withheld,
}

/// How sure the record is that the organisation itself acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// A code or link sent to its registered address was confirmed.
    ConfirmedLink,
    /// A passkey approved this text.
    Passkey,
    /// A coordinator recorded what they received by e-mail, telephone or on paper.
    OnBehalf,
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

    /// As JSON, ready for [`crate::entry::commit`].
    pub fn to_value(&self) -> Result<Value, CanonicalError> {
        serde_json::to_value(self).map_err(|e| CanonicalError::Syntax(e.to_string()))
    }

    pub fn kind(&self) -> Kind {
        match self {
            Opening::RoundOpened { .. } => Kind::RoundOpened,
            Opening::RoundExtended { .. } => Kind::RoundExtended,
            Opening::RoundClosed {} => Kind::RoundClosed,
            Opening::Signed(_) => Kind::Signed,
            Opening::ReConfirmed(_) => Kind::ReConfirmed,
            Opening::Withdrawn { .. } => Kind::Withdrawn,
            Opening::Corrected { .. } => Kind::Corrected,
            Opening::Published { .. } => Kind::Published,
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
    pub fn check(&self) -> Result<(), &'static str> {
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

impl SignOn {
    fn check(&self) -> Result<(), &'static str> {
        self.organisation.check()?;
        holds("signatory", is_words(&self.signatory.name) && is_words_or_nothing(&self.signatory.title))?;
        holds("at", Instant::parse(&self.at).is_some())?;
        holds("nonce", hex_32(&self.nonce).is_some())?;
        holds("statement", is_id(&self.statement))?;
        holds("round", is_id(&self.round))?;
        holds("text", self.text.is_sound())?;
        holds("authority", is_words(&self.authority))?;
        holds("answers", self.answers.is_none_or(|index| index <= INTEGER_MAX))
    }
}

impl Organisation {
    fn check(&self) -> Result<(), &'static str> {
        let country = self.country.is_empty() || (self.country.len() == 2 && self.country.bytes().all(|b| b.is_ascii_uppercase()));
        holds("organisation.id", is_id(&self.id))?;
        holds("organisation.name", is_words(&self.name))?;
        holds("organisation.country", country)
    }
}

fn holds(field: &'static str, sound: bool) -> Result<(), &'static str> {
    if sound { Ok(()) } else { Err(field) }
}

/// Something a person wrote, on one line: not blank, not endless, no control characters.
fn is_words(words: &str) -> bool {
    !words.trim().is_empty() && is_words_or_nothing(words)
}

fn is_words_or_nothing(words: &str) -> bool {
    words.len() <= limits::WORDS_BYTES_MAX && !words.chars().any(char::is_control)
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
        assert_eq!(opening.kind(), Kind::Signed);
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
