//! Who first wrote each letter of a draft, told from its journal and from nothing else. Pure.
//!
//! A letter's id says in which act (entry of the journal) it came, so who *brought* it is exact: splits, joins, kinds and styles
//! replace no letter. Undo, moving and pasting bring words that were there before as new letters. Whose they first were is told by
//! these rules; where none holds, they are of whoever brought them:
//! * **Brought back.** Letters put directly before deleted ones they equal are those, up to where a deletion ended: so undo puts them.
//!   (Who deletes a word and types another at its place begins with some of its letters, and ends in the midst of it.)
//! * **Moved.** [`MOVED_LETTERS_MIN`] letters and more, equal to what was taken out of the draft within [`MOVE_SECONDS`] before.
//! * **Copied.** As many, if they are all that came there and were not typed on behind one's own letters, equal to what stood.
//! * **Kept in other ways**: [`COPIED_LETTERS_MIN`] letters and more, equal to what stood, or was ever taken out: brought back from a
//!   version, pasted with other words around it.
//!
//! The order of two letters in a text never changes, deleted ones included; so how the text read at any act is told from how it stands
//! now and when each letter came and went, and the past is looked at only where somebody asks. What was found is true for good
//! and is kept.
//!
//! Words that came as a suggestion are letters like others: they are of whoever suggested them. Which suggestion that was stands in the
//! draft itself, and pages read it there.

mod alike;
mod letters;
mod lines;
pub mod shelf;

use std::collections::HashMap;

use super::gate::{Description, Gate, GateRefusal, Id, read};
use super::limits::*;
use super::segment::{Kept, Writer};
use crate::kernel::Moment;
use letters::{Letters, NOTHING};
use lines::{Again, Order};

/// All letters of one draft, up to an entry of its journal.
#[derive(Debug)]
pub struct Origins {
    gate: Gate,
    letters: Letters,
    acts: Vec<Act>,
    writers: Vec<Writer>,
    upto: u64,
    order: Option<Order>,
    /// What an act under a client id brought that had been there before.
    found: HashMap<(u64, u32), Vec<Again>>,
}

/// Clocks of one client that stand one behind the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    pub client: u64,
    pub clock: u32,
    pub len: u32,
}

/// Letters that have the same origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traced {
    /// In UTF-16 units.
    pub letters: u32,
    /// Nothing for letters that are not in the journal yet.
    pub hand: Option<Hand>,
}

/// Who first wrote something, and who brought it where it stands: the same, where it was never moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    pub first: Touch,
    pub brought: Touch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    pub by: Writer,
    pub at: Moment,
}

#[derive(Debug, Clone, Copy)]
struct Act {
    writer: u32,
    at: Moment,
}

impl Origins {
    /// Of a draft whose first entry in its present shape is this.
    pub fn new(description: Description, begins: u64) -> Origins {
        Origins {
            gate: Gate::of(description),
            letters: Letters::default(),
            acts: Vec::new(),
            writers: Vec::new(),
            upto: begins.saturating_sub(1),
            order: None,
            found: HashMap::new(),
        }
    }

    /// The entry to go on with.
    pub fn next(&self) -> u64 {
        self.upto + 1
    }

    /// Takes in entries that follow.
    pub fn take(&mut self, entries: &[Kept]) -> Result<(), GateRefusal> {
        for Kept { entry, at } in entries {
            self.gate.replay(entry.person, &entry.update)?;
            let update = read(&entry.update, self.gate.description())?;
            self.letters.take(self.acts.len() as u32, &update);
            let by = (entry.person, entry.organisation);
            let writer = self.writers.iter().rposition(|known| *known == by).unwrap_or_else(|| {
                self.writers.push(by);
                self.writers.len() - 1
            });
            self.acts.push(Act { writer: writer as u32, at: *at });
            self.upto = entry.seq;
            self.order = None;
        }
        Ok(())
    }

    /// Whose the chosen letters are, in the order in which they are told, and whether that is all that can be known. The past is
    /// read so often at most; asked again, it is read on from there.
    pub fn trace(&mut self, chosen: &[Chosen], mut looks: usize) -> (Vec<Traced>, bool) {
        let (mut all, mut is_whole): (Vec<Traced>, bool) = (Vec::new(), true);
        for stretch in chosen {
            for clock in stretch.clock..stretch.clock.saturating_add(stretch.len) {
                let traced = self.first(Id { client: stretch.client, clock }, &mut looks);
                let hand = traced.map(|(first, brought, to_the_end)| {
                    is_whole &= to_the_end;
                    Hand { first: self.touch(first), brought: self.touch(brought) }
                });
                match all.last_mut() {
                    Some(last) if last.hand == hand => last.letters += 1,
                    _ => all.push(Traced { letters: 1, hand }),
                }
            }
        }
        (all, is_whole)
    }

    /// How many bytes this takes, about.
    pub fn bytes(&self) -> usize {
        let found: usize = self.found.values().map(|all| 64 + all.len() * size_of::<Again>()).sum();
        // What the gate keeps of a draft is about as large as the draft.
        let kept = self.letters.bytes() + self.gate.bytes() + found + self.acts.len() * size_of::<Act>();
        kept + self.order.as_ref().map_or(0, Order::bytes)
    }

    /// The acts in which a letter was first written and in which it came where it stands, and whether that is known to the end.
    fn first(&mut self, letter: Id, looks: &mut usize) -> Option<(u32, u32, bool)> {
        let brought = self.act(letter)?;
        let (mut at, mut act) = (letter, brought);
        // Ends: what somebody brought again came in an earlier act.
        loop {
            let Some(again) = self.again(at.client, act, looks) else { return Some((act, brought, false)) };
            let place = again.partition_point(|one| one.end <= at.clock);
            let Some(one) = again.get(place).filter(|one| one.start <= at.clock) else { return Some((act, brought, true)) };
            at = Id { clock: one.from.clock + (at.clock - one.start), ..one.from };
            act = self.act(at)?;
        }
    }

    /// What an act brought again, in the order of clocks; nothing where the past cannot be read any more.
    fn again(&mut self, client: u64, act: u32, looks: &mut usize) -> Option<&[Again]> {
        if !self.found.contains_key(&(client, act)) {
            let mut all = self.brought_back(client, act);
            let came: u32 = self.letters.client(client)?.pieces_of(act).map(|(piece, end)| end - piece.start).sum();
            let back: u32 = all.iter().map(|one| one.end - one.start).sum();
            if (came - back) as usize >= MOVED_LETTERS_MIN {
                if *looks == 0 {
                    return None;
                }
                *looks -= 1;
                let order = self.order.get_or_insert_with(|| Order::of(&self.gate.texts(), &self.letters));
                all.extend(lines::found(order, client, act, &all, |one, other| {
                    self.acts[other as usize].at.millis() - self.acts[one as usize].at.millis()
                }));
                all.sort_unstable_by_key(|one| one.start);
            }
            self.found.insert((client, act), all);
        }
        self.found.get(&(client, act)).map(Vec::as_slice)
    }

    /// What an act put directly before deleted letters that it equals.
    fn brought_back(&self, client: u64, act: u32) -> Vec<Again> {
        let Some(own) = self.letters.client(client) else { return Vec::new() };
        let mut all = Vec::new();
        for (piece, end) in own.pieces_of(act) {
            let Some((from, of)) = piece.right.and_then(|from| Some((from, self.letters.client(from.client)?))) else { continue };
            let is_dead = |clock: u32| of.gone(clock) <= act;
            let is_same = |behind: &u32| {
                let clock = from.clock + behind;
                let was = of.unit(clock);
                was != NOTHING && was == own.unit(piece.start + behind) && is_dead(clock) && of.act(clock).is_some_and(|came| came < act)
            };
            let same = (0..end - piece.start).take_while(is_same).count() as u32;
            // What comes back beside it is another piece where others once wrote in between.
            let goes_on = |clock: u32| own.pieces_of(act).any(|(piece, _)| piece.right == Some(Id { clock, ..from }));
            let is_end = |len: u32| {
                let [last, next] = [from.clock + len - 1, from.clock + len];
                !is_dead(next) || !self.went_together(of.gone(last), of.gone(next)) || goes_on(next)
            };
            let len = if same as usize >= MOVED_LETTERS_MIN { same } else { (1..=same).rev().find(|len| is_end(*len)).unwrap_or(0) };
            if len > 0 {
                all.push(Again { start: piece.start, end: piece.start + len, from });
            }
        }
        all
    }

    /// Whether two deletions are one act of a person, as an editor takes it back at once: a held Backspace is.
    fn went_together(&self, one: u32, other: u32) -> bool {
        let [a, b] = [one, other].map(|act| self.acts[act as usize]);
        one == other || (a.writer == b.writer && (a.at.millis() - b.at.millis()).abs() <= ACT_MILLIS)
    }

    fn act(&self, letter: Id) -> Option<u32> {
        self.letters.client(letter.client)?.act(letter.clock)
    }

    fn touch(&self, act: u32) -> Touch {
        let Act { writer, at } = self.acts[act as usize];
        Touch { by: self.writers[writer as usize], at }
    }
}

#[cfg(test)]
mod tests;
