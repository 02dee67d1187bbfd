//! The evidence bundle: one file with the whole log of a statement, for anybody to check without a server.
//!
//! It carries every leaf, so that its reader sees that none is missing; the canonical texts; the openings of public,
//! standing sign-ons and of the coordinators' acts; the signed checkpoint; and the list as it is printed. The file is
//! the JCS of [`Bundle`], byte for byte: a file that was saved again by another program is found.
//!
//! [`assemble`] decides by itself which openings may travel, and refuses a log that tells what it must not, names that are
//! not those of the public signatories who stand, and texts that are not those put to signature. A withheld or withdrawn
//! opening cannot slip in by mistake.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::canonical::{CanonicalError, to_jcs};
use crate::commitment::{Salted, commit};
use crate::digest::Digest;
use crate::leaf::Leaf;
use crate::opening::Opening;
use crate::replay::{Fate, Story, replay};
use crate::sign_on::RecordedVisibility;
use crate::text;
use crate::verdict::Finding;
use crate::vkey::{Vkey, VkeyError};

/// The version of the file.
pub const BUNDLE_FORMAT: &str = "undersigned-bundle/v0";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Always [`BUNDLE_FORMAT`].
    pub format: String,
    /// The log's origin, `host/s/id`.
    pub origin: String,
    /// The key that signed the checkpoint. A reader should have it from elsewhere, too.
    pub vkey: String,
    pub edition: BundledEdition,
    /// The whole log, each line as [`Leaf::to_line`] writes it.
    pub leaves: Vec<String>,
    /// By leaf, counted from 0.
    pub openings: BTreeMap<String, Salted>,
    pub checkpoint: String,
    pub list: PrintedList,
}

/// The text the bundle is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundledEdition {
    /// `Rev.1`
    pub label: String,
    /// The title of the authentic text, see [`text::check`].
    pub title: String,
    /// The authentic language.
    pub authentic: String,
    pub texts: BTreeMap<String, BundledText>,
}

/// One language version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundledText {
    pub sha256: Digest,
    /// The canonical text (`text/v1`) of which this is the digest.
    pub canonical: String,
}

/// The signatories as they are printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintedList {
    /// Public names in printed order. Two chapters of the same name stand twice.
    pub names: Vec<String>,
    /// How many stand with their name withheld.
    pub withheld: u64,
    /// Public names of the last published list that were withdrawn since, sorted by code point; absent if there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<String>,
}

/// One leaf as the server stores it. Salt and opening are `None` where they were erased.
#[derive(Debug, Clone)]
pub struct StoredLeaf {
    pub line: String,
    pub salted: Option<Salted>,
}

/// What a bundle is put together from.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    /// The log's public key, see [`crate::checkpoint::LogKey::vkey`]; its name is the origin.
    pub vkey: &'a str,
    /// The signed checkpoint over all of the log.
    pub checkpoint: &'a str,
    /// Canonical text by language.
    pub texts: BTreeMap<String, String>,
    /// The whole log, in order.
    pub log: &'a [StoredLeaf],
    /// The names of the public signatories who stand, in the order in which they are printed.
    pub names: Vec<String>,
}

/// Why no bundle can be put together. Each is an error of ours, not of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssembleError {
    Key(VkeyError),
    Canonical(CanonicalError),
    /// A line is no leaf, or its opening is none or not the one committed to.
    Leaf {
        index: u64,
        why: String,
    },
    /// The log tells what it must not tell.
    Story(Vec<Finding>),
    /// The names given are not those of the public signatories who stand.
    Names {
        expected: Vec<String>,
    },
    /// A text is missing, too many, or not canonical.
    Text {
        language: String,
    },
}

/// Puts a bundle together from a log. Everything in it is derived or checked except the signature of the
/// checkpoint and the digests of the texts, for which the caller may ask [`crate::verify()`].
pub fn assemble(parts: Parts<'_>) -> Result<Bundle, AssembleError> {
    let vkey: Vkey = parts.vkey.parse().map_err(AssembleError::Key)?;
    let (story, openings) = told(parts.log)?;
    let mut expected = names_of(story.standing(), &openings);
    if sorted(&parts.names) != sorted(&expected) {
        expected.sort_unstable();
        return Err(AssembleError::Names { expected });
    }
    let travels = |index: u64| match openings.get(&index) {
        Some(opening) if opening.kind().is_open_to_all() => true,
        Some(_) => story.sign_ons.get(&index) == Some(&Fate::Stands) && is_public(&openings, index),
        None => false,
    };
    let salted =
        (0..).zip(parts.log).filter(|(index, _)| travels(*index)).filter_map(|(index, row)| Some((index.to_string(), row.salted.clone()?)));
    let openings_that_travel = salted.collect();
    let withheld = story.standing().count() - parts.names.len();
    Ok(Bundle {
        format: BUNDLE_FORMAT.into(),
        origin: vkey.name,
        vkey: parts.vkey.into(),
        edition: edition(&story, parts.texts)?,
        leaves: parts.log.iter().map(|row| row.line.clone()).collect(),
        openings: openings_that_travel,
        checkpoint: parts.checkpoint.into(),
        list: PrintedList { withheld: withheld as u64, withdrawn: withdrawn_since(&story, &openings), names: parts.names },
    })
}

impl Bundle {
    /// The file: canonical, on one line, without a line end.
    pub fn to_json(&self) -> Result<String, CanonicalError> {
        to_jcs(self)
    }
}

/// The printed names behind these leaves, as far as they are public and open.
pub(crate) fn names_of(leaves: impl Iterator<Item = u64>, openings: &BTreeMap<u64, Opening>) -> Vec<String> {
    let public = leaves.filter(|index| is_public(openings, *index));
    public.filter_map(|index| openings.get(&index).and_then(Opening::sign_on)).map(|sign_on| sign_on.organisation.name.clone()).collect()
}

pub(crate) fn sorted(names: &[String]) -> Vec<&str> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Replays the log with every opening the server still has.
fn told(rows: &[StoredLeaf]) -> Result<(Story, BTreeMap<u64, Opening>), AssembleError> {
    let mut leaves = Vec::with_capacity(rows.len());
    let mut openings = BTreeMap::new();
    for (index, row) in (0_u64..).zip(rows) {
        let wrong = |why: String| AssembleError::Leaf { index, why };
        let leaf = Leaf::parse(&row.line).map_err(|e| wrong(e.to_string()))?;
        if let Some(salted) = &row.salted {
            let opening = Opening::parse(&salted.opening).map_err(|field| wrong(format!("its opening is wrong at “{field}”")))?;
            if commit(&salted.salt, &salted.opening).map_err(AssembleError::Canonical)? != leaf.commit {
                return Err(wrong("its opening is not the one it commits to".into()));
            }
            openings.insert(index, opening);
        }
        leaves.push(leaf);
    }
    let story = replay(&leaves, &openings);
    if story.faults.is_empty() { Ok((story, openings)) } else { Err(AssembleError::Story(story.faults)) }
}

fn edition(story: &Story, texts: BTreeMap<String, String>) -> Result<BundledEdition, AssembleError> {
    let wrong = |language: &str| AssembleError::Text { language: language.into() };
    let reference = story.text.as_ref().ok_or_else(|| wrong(""))?;
    let mut title = None;
    let mut carried = BTreeMap::new();
    for (language, canonical) in texts {
        let this_title = text::check(&canonical, &language).map_err(|_| wrong(&language))?;
        let sha256 = Digest::of(&canonical);
        if reference.languages.get(&language) != Some(&sha256) {
            return Err(wrong(&language));
        }
        if language == reference.authentic {
            title = Some(this_title);
        }
        carried.insert(language, BundledText { sha256, canonical });
    }
    if let Some(missing) = reference.languages.keys().find(|language| !carried.contains_key(*language)) {
        return Err(wrong(missing));
    }
    let title = title.ok_or_else(|| wrong(&reference.authentic))?;
    Ok(BundledEdition { label: story.edition.clone(), title, authentic: reference.authentic.clone(), texts: carried })
}

/// Public names that stood when the list was last published and have been withdrawn since.
fn withdrawn_since(story: &Story, openings: &BTreeMap<u64, Opening>) -> Vec<String> {
    let stood = story.published.iter().flat_map(|published| published.standing.iter().copied());
    let gone = stood.filter(|index| matches!(story.sign_ons.get(index), Some(Fate::Withdrawn(_))));
    let mut names = names_of(gone, openings);
    names.sort_unstable();
    names
}

fn is_public(openings: &BTreeMap<u64, Opening>, index: u64) -> bool {
    openings.get(&index).and_then(Opening::sign_on).is_some_and(|sign_on| sign_on.visibility == RecordedVisibility::Public)
}

impl fmt::Display for AssembleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AssembleError::Key(error) => error.fmt(f),
            AssembleError::Canonical(error) => error.fmt(f),
            AssembleError::Leaf { index, why } => write!(f, "leaf {index}: {why}"),
            AssembleError::Story(faults) => {
                let first = faults.first().map_or("", |fault| fault.sentence.as_str());
                write!(f, "the log does not hold: {first}")
            }
            AssembleError::Names { expected } => {
                write!(f, "the names to print are not the {} public names of the log", expected.len())
            }
            AssembleError::Text { language } => write!(f, "the text in “{language}” is not that of the log"),
        }
    }
}

impl std::error::Error for AssembleError {}
