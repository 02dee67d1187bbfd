//! One embed beside the text, read.

use super::description::Root;
use crate::text::asks::{Ask, Fate};

/// What an embed beside the text says.
#[derive(Debug)]
pub enum Word {
    Ask(Ask),
    Fate(Fate),
}

impl Word {
    /// `None` for what no text beside the draft's own holds.
    pub fn read(root: Root, json: &str) -> Option<Word> {
        match root {
            Root::ASKS => Ask::read(json).map(Word::Ask),
            Root::FATES => Fate::read(json).map(Word::Fate),
            _ => None,
        }
    }

    /// With its names in the usual order.
    pub fn usual(&self) -> String {
        match self {
            Word::Ask(ask) => ask.to_string(),
            Word::Fate(fate) => fate.to_string(),
        }
    }

    /// How many stretches of letters and asks it names; whoever reads it has to find each.
    pub fn names(&self) -> usize {
        match self {
            Word::Ask(ask) => ask.items().len(),
            Word::Fate(fate) => fate.of.len(),
        }
    }
}
