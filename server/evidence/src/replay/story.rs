//! What a log tells when it is replayed: who stands, for which text, and what must not have happened.
//!
//! A sign-on stands until a later leaf renews or withdraws it, or a round opens on another text; a correction carries it over.
//! Nothing here judges: that is the work of `rules`.

use std::collections::BTreeMap;

use crate::leaf::TextRef;
use crate::verdict::Finding;

/// What a log tells.
#[derive(Debug, Default)]
pub struct Story {
    /// What it must not tell. Empty for a sound log.
    pub faults: Vec<Finding>,
    /// The label of the edition last put to signature or corrected.
    pub edition: String,
    /// The text that edition stands for.
    pub text: Option<TextRef>,
    /// Every sign-on, by leaf.
    pub sign_ons: BTreeMap<u64, Fate>,
    pub withdrawals: u64,
    /// The last publication of this text.
    pub published: Option<Publication>,
    pub stage: Stage,
}

/// What became of a sign-on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Stands,
    /// It was for an earlier text and is not renewed.
    Earlier,
    /// A later leaf renewed it and stands in its place.
    Renewed(u64),
    Withdrawn(u64),
}

/// Where the statement is when the log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    Open,
    #[default]
    Closed,
    Published,
}

/// A `published` leaf and who stood then.
#[derive(Debug, Clone)]
pub struct Publication {
    pub leaf: u64,
    pub standing: Vec<u64>,
}

impl Story {
    /// The leaves of sign-ons that stand at the end.
    pub fn standing(&self) -> impl Iterator<Item = u64> + '_ {
        self.sign_ons.iter().filter(|(_, fate)| **fate == Fate::Stands).map(|(index, _)| *index)
    }

    pub(super) fn fault(&mut self, code: &'static str, leaf: u64, sentence: String) {
        self.faults.push(Finding::at(code, leaf, format!("Leaf {leaf}: {sentence}")));
    }
}
