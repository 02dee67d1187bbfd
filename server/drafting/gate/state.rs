//! What the gate remembers of a draft: for every client its person, in which texts its clocks stand, and prints of them.
//!
//! Clocks that stand in one text and follow one another share a run, so a typed page is a handful of entries.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::cursor::Id;
use super::description::Root;
use super::reader::Content;
use super::stretches::Stretches;
use super::voices::Voices;
use super::word::Word;

/// Who a client id belongs to: the person's own id as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonKey(pub u128);

#[derive(Debug, Default)]
pub struct State {
    pub clients: HashMap<u64, Client>,
    pub notes: HashSet<Root>,
    pub brackets: HashSet<u64>,
    /// What is said beside the text: who proposes, and what was decided.
    pub voices: Voices,
    /// Against the draft's ceilings: bytes, separate items and lines held, the steps it may cost to read them, and the size of all
    /// deletions as an editor writes them.
    pub bytes: usize,
    pub items: usize,
    pub lines: usize,
    pub steps: usize,
    pub deletions_bytes: usize,
    /// Clocks that stand in the draft and are not deleted: its letters, and the few formats and places among them.
    pub living: usize,
    /// Nobody outside this process can make two values with one print.
    hasher: RandomState,
}

#[derive(Debug, Default)]
pub struct Client {
    pub owner: Option<PersonKey>,
    pub written: Written,
    pub deleted: Stretches,
}

/// What one client wrote, from some clock on up to `next`.
#[derive(Debug, Default)]
pub struct Written {
    pub next: u32,
    /// Where a run of clocks begins, and the text they stand in.
    runs: Vec<(u32, Root)>,
    /// One byte per letter, in stretches: who resends text must resend the same text.
    letters: Vec<(u32, Vec<u8>)>,
    /// The print of each format and embed.
    values: Vec<(u32, u64)>,
    /// What stood to the right of the last item when it was made.
    right: Option<Id>,
}

/// The print of the first half of a letter outside the first plane; no other unit has it.
pub const FIRST_HALF: u8 = 0xff;

/// A unit's print. One in 255 wrong letters slips through, a wrong word hardly.
pub fn print_of(unit: u16) -> u8 {
    match unit {
        0xd800..=0xdbff => FIRST_HALF,
        _ => (u32::from(unit).wrapping_mul(0x9e37_79b1) >> 24) as u8 % FIRST_HALF,
    }
}

impl State {
    pub fn next(&self, client: u64) -> u32 {
        self.clients.get(&client).map_or(0, |client| client.written.next)
    }

    pub fn written(&self, client: u64) -> Option<&Written> {
        Some(&self.clients.get(&client)?.written)
    }

    /// How many clocks of a stretch stand in the draft and are not deleted yet.
    pub fn newly_deleted(&self, client: u64, start: u32, end: u32) -> usize {
        let Some(known) = self.clients.get(&client) else { return 0 };
        let end = end.min(known.written.next);
        end.saturating_sub(start).saturating_sub(known.deleted.inside(start, end)) as usize
    }

    /// What of a stretch is not deleted yet.
    pub fn not_deleted(&self, client: u64, start: u32, end: u32) -> Vec<(u32, u32)> {
        self.clients.get(&client).map_or_else(|| vec![(start, end)], |known| known.deleted.gaps(start, end))
    }

    pub fn owner(&self, client: u64) -> Option<PersonKey> {
        self.clients.get(&client)?.owner
    }

    /// The print of a format or an embed.
    pub fn value_print(&self, content: Content<'_>, word: Option<&Word>) -> u64 {
        match content {
            // In whatever order its names came, it says the same.
            Content::Embed(_) if let Some(word) = word => self.hasher.hash_one(word.usual()),
            Content::Format(key, value) => self.hasher.hash_one((key, value)),
            Content::Embed(value) => self.hasher.hash_one(value),
            Content::Text(_) | Content::Deleted => 0,
        }
    }
}

impl Written {
    /// The text a clock stands in; `None` for a clock that is not here.
    pub fn root(&self, clock: u32) -> Option<Root> {
        let after = self.runs.partition_point(|(start, _)| *start <= clock);
        (clock < self.next).then_some(self.runs.get(after.checked_sub(1)?)?.1)
    }

    /// The texts in which the clocks of a stretch stand.
    pub fn roots_in(&self, start: u32, end: u32) -> impl Iterator<Item = Root> {
        let from = self.runs.partition_point(|(clock, _)| *clock <= start).saturating_sub(1);
        self.runs[from..].iter().take_while(move |(clock, _)| *clock < end).map(|(_, root)| *root)
    }

    pub fn roots(&self) -> impl Iterator<Item = Root> {
        self.runs.iter().map(|(_, root)| *root)
    }

    /// The print of one letter, if a letter is known there.
    pub fn letter(&self, clock: u32) -> Option<u8> {
        let (start, prints) = self.letters.get(self.letters.partition_point(|(start, _)| *start <= clock).checked_sub(1)?)?;
        prints.get((clock - start) as usize).copied()
    }

    /// The print of a format or embed, if one is known there.
    pub fn value(&self, clock: u32) -> Option<u64> {
        let at = self.values.binary_search_by_key(&clock, |(at, _)| *at).ok()?;
        Some(self.values[at].1)
    }

    /// Whether any format or embed stands in a stretch.
    pub fn has_values(&self, start: u32, end: u32) -> bool {
        let from = self.values.partition_point(|(at, _)| *at < start);
        self.values.get(from).is_some_and(|(at, _)| *at < end)
    }

    /// Whether a letter written at `start` behind `left` goes on in the item before it, as editors keep it.
    pub fn goes_on(&self, start: u32, left: Id, right: Option<Id>) -> bool {
        left.clock + 1 == start && self.next == start && self.right == right && self.letter(left.clock).is_some()
    }

    /// Takes in an item of `len` clocks.
    pub fn add(&mut self, start: u32, len: u32, root: Root, right: Option<Id>) {
        if self.runs.last().is_none_or(|(_, last)| *last != root) {
            self.runs.push((start, root));
        }
        (self.next, self.right) = (start + len, right);
    }

    pub fn add_letters(&mut self, start: u32, mut prints: Vec<u8>) {
        match self.letters.last_mut() {
            Some((from, last)) if *from + last.len() as u32 == start => last.append(&mut prints),
            _ => self.letters.push((start, prints)),
        }
    }

    pub fn add_value(&mut self, clock: u32, print: u64) {
        self.values.push((clock, print));
    }

    /// Takes in what follows.
    pub fn append(&mut self, later: Written) {
        for (start, root) in later.runs {
            self.add(start, 0, root, later.right);
        }
        later.letters.into_iter().for_each(|(start, prints)| self.add_letters(start, prints));
        self.values.extend(later.values);
        (self.next, self.right) = (later.next, later.right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_half_of_a_letter_has_its_print() {
        assert!((0..=u16::MAX).all(|unit| (print_of(unit) == FIRST_HALF) == (0xd800..0xdc00).contains(&unit)));
    }
}
