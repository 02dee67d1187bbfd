//! A sign-on: which organisation signed what, through whom, shown to whom, and how sure the record is that it did.
//!
//! Here are the names, so here is what must not travel for everybody. A sign-on is fit to be recorded if every field holds
//! what it should: names on one line and of a length that can be printed, an instant in UTC, a nonce of 32 bytes, the text by
//! its digests. The types are called *recorded* because they say what was true that day, and are never changed afterwards,
//! whatever the register of organisations says later.

use serde::{Deserialize, Serialize};

use crate::canonical::INTEGER_MAX;
use crate::digest::hex_32;
use crate::instant::Instant;
use crate::leaf::{TextRef, is_id};
use crate::limits;

/// An organisation's act of signing on, as it is committed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOn {
    pub organisation: RecordedOrganisation,
    pub signatory: RecordedPerson,
    pub visibility: RecordedVisibility,
    pub assurance: Assurance,
    /// The instant of the act, RFC 3339 in UTC with at most milliseconds.
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
pub struct RecordedOrganisation {
    pub id: String,
    /// As it is printed in the list.
    pub name: String,
    /// ISO 3166-1 alpha-2, or empty for an organisation of no one country.
    pub country: String,
}

/// The person who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedPerson {
    pub name: String,
    pub title: String,
}

/// Whether the organisation's name is printed, or only counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordedVisibility {
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

impl SignOn {
    /// Whether every field holds what it should; the name of the first that does not.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
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

impl RecordedOrganisation {
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let country = self.country.is_empty() || (self.country.len() == 2 && self.country.bytes().all(|b| b.is_ascii_uppercase()));
        holds("organisation.id", is_id(&self.id))?;
        holds("organisation.name", is_words(&self.name))?;
        holds("organisation.country", country)
    }
}

/// A rule about one field, which is named where it is broken.
pub(crate) fn holds(field: &'static str, sound: bool) -> Result<(), &'static str> {
    if sound { Ok(()) } else { Err(field) }
}

/// Something a person wrote, on one line: not blank, not endless, no control characters.
pub(crate) fn is_words(words: &str) -> bool {
    !words.trim().is_empty() && is_words_or_nothing(words)
}

fn is_words_or_nothing(words: &str) -> bool {
    words.len() <= limits::WORDS_BYTES_MAX && !words.chars().any(char::is_control)
}
