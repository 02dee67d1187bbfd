//! The gate: every update from the network passes here before it is stored, relayed or read by a CRDT library.
//!
//! yrs and Yjs trust their peers: a few dozen bytes can hang or abort a process, and what hangs one reader is stored
//! for all. The gate reads an update by itself (iterative, no allocation from counts) and lets through only what an
//! honest editor can have made *here*: known content, clocks without a gap, references to what exists, and new
//! clocks only under client ids that belong to this person. The first person to use an id in a draft keeps it.
//! It decides nothing about rights to edit; `Passed::changes` and `Passed::deletes` tell the room what is at stake.

mod cursor;
mod order;
mod passed;
mod reader;
mod refusal;
mod state;

use std::collections::HashMap;

pub(in crate::drafting) use cursor::Cursor;
pub use passed::Passed;
pub use reader::read_state_vector;
pub use refusal::GateRefusal;
pub use state::PersonKey;

use super::limits::*;
use state::{Class, Holder, State};

/// The state moved on since the check; check again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale;

/// The gate of one draft.
#[derive(Debug, Default)]
pub struct Gate {
    state: State,
    generation: u64,
}

impl Gate {
    pub fn new() -> Gate {
        Gate::default()
    }

    /// Judges one update of `person`. Takes time in proportion to the update, not to the draft.
    pub fn check(&self, person: PersonKey, update: &[u8]) -> Result<Passed, GateRefusal> {
        if update.len() > UPDATE_BYTES_MAX {
            return Err(GateRefusal::TooLarge);
        }
        let passed = self.judge(Some(person), update)?;
        let state = &self.state;
        let full = state.bytes + passed.bytes > DOCUMENT_BYTES_MAX
            || state.items + passed.items > DOCUMENT_ITEMS_MAX
            || state.holders.len() + passed.holders.len() + passed.roots.len() > DOCUMENT_TYPES_MAX
            || state.clients.len() + passed.sections.len() > DOCUMENT_CLIENTS_MAX;
        if full && passed.changes { Err(GateRefusal::DocumentFull) } else { Ok(passed) }
    }

    /// Takes in what [`Gate::check`] let pass.
    pub fn commit(&mut self, passed: Passed) -> Result<(), Stale> {
        if passed.generation != self.generation {
            return Err(Stale);
        }
        self.generation += 1;
        let state = &mut self.state;
        for name in passed.roots {
            state.roots.insert(name, state.holders.len() as u32);
            state.holders.push(Holder { class: Class::Unused, depth: 0 });
        }
        state.holders.extend(passed.holders);
        for (holder, class) in passed.shown {
            state.holders[holder as usize].class = class;
        }
        for (id, end, runs) in passed.sections {
            let client = state.clients.entry(id).or_default();
            client.next = end;
            client.owner = client.owner.or(passed.person);
            runs.into_iter().for_each(|run| client.extend(run));
        }
        for (id, start, end) in passed.deletions {
            state.clients.entry(id).or_default().delete(start, end);
        }
        for (id, start, prints) in passed.prints {
            state.clients.entry(id).or_default().print(start, prints);
        }
        state.bytes += passed.bytes;
        state.items += passed.items;
        Ok(())
    }

    /// Takes in one update of the journal. It was held to the draft's ceilings when it came; a stored draft always opens.
    pub fn replay(&mut self, person: PersonKey, update: &[u8]) -> Result<(), GateRefusal> {
        let passed = self.judge(Some(person), update)?;
        self.commit(passed).map_err(|Stale| GateRefusal::Missing)
    }

    /// Takes in a stored base: an update of our own making, whose client ids get their owners from [`Gate::own`].
    pub fn admit_base(&mut self, base: &[u8]) -> Result<(), GateRefusal> {
        if base.len() > BASE_BYTES_MAX {
            return Err(GateRefusal::TooLarge);
        }
        let passed = self.judge(None, base)?;
        self.commit(passed).map_err(|Stale| GateRefusal::Missing)
    }

    /// Gives a client id to a person, unless somebody has it.
    pub fn own(&mut self, client: u64, person: PersonKey) {
        let owner = &mut self.state.clients.entry(client).or_default().owner;
        *owner = owner.or(Some(person));
    }

    /// Keeps a client id that has written nothing yet for a person. Not stored; half the table stays free for writers.
    pub fn reserve(&mut self, client: u64, person: PersonKey) {
        if self.state.clients.contains_key(&client) || self.state.clients.len() < DOCUMENT_CLIENTS_MAX / 2 {
            self.own(client, person);
        }
    }

    pub fn owner(&self, client: u64) -> Option<PersonKey> {
        self.state.clients.get(&client)?.owner
    }

    /// Every client id that wrote, and whose it is, for storing beside a base.
    pub fn owners(&self) -> impl Iterator<Item = (u64, PersonKey)> {
        self.state.clients.iter().filter(|(_, client)| client.next > 0).filter_map(|(id, client)| Some((*id, client.owner?)))
    }

    /// Next clock of every client: the state vector as Yjs encodes it.
    pub fn state_vector(&self) -> Vec<u8> {
        let known: Vec<_> = self.state.clients.iter().filter(|(_, client)| client.next > 0).collect();
        let mut to = Vec::with_capacity(known.len() * 8 + 4);
        write_number(&mut to, known.len() as u64);
        for (id, client) in known {
            write_number(&mut to, *id);
            write_number(&mut to, client.next.into());
        }
        to
    }

    /// Bytes the draft holds, against [`DOCUMENT_BYTES_MAX`].
    pub fn bytes(&self) -> usize {
        self.state.bytes
    }

    fn judge(&self, person: Option<PersonKey>, update: &[u8]) -> Result<Passed, GateRefusal> {
        let parsed = reader::read(update)?;
        let mut passed = order::place(&self.state, &parsed, person)?;
        passed.generation = self.generation;
        let ends: HashMap<u64, u32> = passed.sections.iter().map(|section| (section.0, section.1)).collect();
        for (id, ranges) in &parsed.deletions {
            let known = self.state.clients.get(id);
            let next = ends.get(id).copied().unwrap_or(self.state.next(*id));
            for &(start, end) in ranges {
                // Deleting what is still to come would swallow somebody's next words.
                if end > next {
                    return Err(GateRefusal::Missing);
                }
                if known.is_some_and(|client| client.is_deleted(start, end)) {
                    continue;
                }
                passed.deletes = true;
                passed.items += usize::from(!known.is_some_and(|client| client.touches_deleted(start, end)));
                passed.deletions.push((*id, start, end));
            }
        }
        if passed.deletes {
            passed.bytes += parsed.deletions_bytes.min(passed.deletions.len() * 10);
        }
        passed.changes = passed.deletes || !passed.sections.is_empty();
        Ok(passed)
    }
}

/// lib0's unsigned number.
pub(in crate::drafting) fn write_number(to: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

#[cfg(test)]
mod tests;
