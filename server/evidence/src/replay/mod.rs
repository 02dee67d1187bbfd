//! Replay: the life of a statement as its log may tell it.
//!
//! A log with a good root may still tell nonsense: a sign-on after the deadline, a withdrawal of nothing. Replaying it
//! from the first leaf finds that, and yields who stands at the end. It works with the openings it is given: all of them
//! where a bundle is put together, and only those that travel where one is read. What each leaf may follow stands in
//! `rules`; here is the one rule about all of them together: no organisation stands twice at the end.

mod rules;
mod story;

use std::collections::BTreeMap;

use crate::leaf::Leaf;
use crate::opening::Opening;
use crate::quoting::quote;

pub use story::{Fate, Publication, Stage, Story};

/// Tells the log from its first leaf. `openings` are trusted to match their leaves' commitments.
pub fn replay(leaves: &[Leaf], openings: &BTreeMap<u64, Opening>) -> Story {
    let mut story = rules::tell(leaves, openings);
    nobody_stands_twice(&mut story, openings);
    story
}

fn nobody_stands_twice(story: &mut Story, openings: &BTreeMap<u64, Opening>) {
    let mut stands: BTreeMap<&str, u64> = BTreeMap::new();
    let standing: Vec<u64> = story.standing().collect();
    for index in standing {
        let Some(sign_on) = openings.get(&index).and_then(Opening::sign_on) else { continue };
        if let Some(first) = stands.insert(&sign_on.organisation.id, index) {
            let name = quote(&sign_on.organisation.name);
            story.fault("stands-twice", index, format!("{name} stands here and in leaf {first}; an organisation signs once."));
        }
    }
}
