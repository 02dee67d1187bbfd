//! Replay: the life of a statement as its log may tell it.
//!
//! A log with a good root may still tell nonsense: a sign-on after the deadline, a withdrawal of nothing. Replaying it
//! from the first leaf finds that, and yields who stands at the end. It works with the openings it is given: all of them
//! where a bundle is put together, and only those that travel where one is read.

mod teller;

use std::collections::BTreeMap;

use crate::entry::{Leaf, TextRef};
use crate::opening::{Opening, SignOn};
use crate::verdict::{Line, quote};

/// What a log tells.
#[derive(Debug, Default)]
pub struct Story {
    /// What it must not tell. Empty for a sound log.
    pub faults: Vec<Line>,
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

/// Tells the log from its first leaf. `openings` are trusted to match their leaves' commitments.
pub fn replay(leaves: &[Leaf], openings: &BTreeMap<u64, Opening>) -> Story {
    let mut story = teller::tell(leaves, openings);
    nobody_stands_twice(&mut story, openings);
    story
}

impl Story {
    /// The leaves of sign-ons that stand at the end.
    pub fn standing(&self) -> impl Iterator<Item = u64> + '_ {
        self.sign_ons.iter().filter(|(_, fate)| **fate == Fate::Stands).map(|(index, _)| *index)
    }

    fn fault(&mut self, code: &'static str, leaf: u64, sentence: String) {
        self.faults.push(Line::at(code, leaf, format!("Leaf {leaf}: {sentence}")));
    }
}

/// The act of signing on that an opening holds, if it is one.
pub fn sign_on(opening: &Opening) -> Option<&SignOn> {
    match opening {
        Opening::Signed(sign_on) | Opening::ReConfirmed(sign_on) => Some(sign_on),
        Opening::RoundOpened { .. }
        | Opening::RoundExtended { .. }
        | Opening::RoundClosed {}
        | Opening::Withdrawn { .. }
        | Opening::Corrected { .. }
        | Opening::Published { .. } => None,
    }
}

fn nobody_stands_twice(story: &mut Story, openings: &BTreeMap<u64, Opening>) {
    let mut stands: BTreeMap<&str, u64> = BTreeMap::new();
    let standing: Vec<u64> = story.standing().collect();
    for index in standing {
        let Some(sign_on) = openings.get(&index).and_then(sign_on) else { continue };
        if let Some(first) = stands.insert(&sign_on.organisation.id, index) {
            let name = quote(&sign_on.organisation.name);
            story.fault("stands-twice", index, format!("{name} stands here and in leaf {first}; an organisation signs once."));
        }
    }
}
