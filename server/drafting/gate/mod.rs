//! The gate: every update from the network passes here before it is stored, relayed or read by a CRDT library.
//!
//! yrs and Yjs trust their peers: a few dozen bytes can hang or abort a process, and what hangs one reader is stored
//! for all. The gate reads an update by itself (iterative, no allocation from counts) and lets through only what an
//! honest editor can have made *here*: letters, formats and embeds that the [`Description`] knows, in texts that it knows,
//! clocks without a gap, references to neighbours that once stood side by side in the same text, and new clocks only under
//! client ids that belong to this person. The first person to use an id in a draft keeps it. Nor may an update take its
//! readers more than so many steps.
//! Whoever may only suggest it keeps from the text ([`proposing`]). It decides nothing about who may, nor how much anybody may bring in a day; [`Passed`] tells the room what is at
//! stake. What it lets in may still make no sense: readers leave out a mark's format on a letter, and the reverse.

mod cursor;
mod description;
mod ground;
mod meter;
mod nodes;
mod order;
mod passed;
mod proposing;
mod reader;
mod refusal;
mod sequence;
mod state;
mod stretches;
mod voices;
mod word;

pub(in crate::drafting) use cursor::{Cursor, Id};
pub use description::Description;
pub use passed::Passed;
pub use proposing::Author;
pub use reader::read_state_vector;
pub(in crate::drafting) use reader::{Content, Parsed, read};
pub use refusal::GateRefusal;
pub use state::PersonKey;

use super::limits::*;
use description::Root;
use order::Source;
use sequence::Sequence;
pub(in crate::drafting) use sequence::Stretch;
use state::State;

/// The state moved on since the check; check again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale;

/// The gate of one draft.
#[derive(Debug, Default)]
pub struct Gate {
    description: Description,
    state: State,
    sequence: Sequence,
    generation: u64,
}

impl Gate {
    /// The gate of a statement's draft.
    pub fn new() -> Gate {
        Gate::default()
    }

    pub fn of(description: Description) -> Gate {
        Gate { description, ..Gate::default() }
    }

    pub fn description(&self) -> Description {
        self.description
    }

    /// Judges one update of somebody who edits and proposes nothing. Takes time in proportion to the update and to its steps,
    /// not to the draft. What it lets pass can be committed until the next check.
    pub fn check(&mut self, person: PersonKey, update: &[u8]) -> Result<Passed, GateRefusal> {
        self.check_within(Author { person, handle: None, edits: true }, update, UPDATE_STEPS_MAX)
    }

    /// The same for whoever has no more than so many steps left. What brings nothing new takes none.
    pub fn check_within(&mut self, author: Author<'_>, update: &[u8], steps_max: usize) -> Result<Passed, GateRefusal> {
        if update.len() > UPDATE_BYTES_MAX {
            return Err(GateRefusal::TooLarge);
        }
        let passed = self.judge(Source::Author(author), update, steps_max.min(UPDATE_STEPS_MAX))?;
        let state = &self.state;
        let full = state.bytes + passed.bytes > DOCUMENT_BYTES_MAX
            || state.items + passed.items > DOCUMENT_ITEMS_MAX
            || state.lines + passed.lines > DOCUMENT_LINES_MAX
            || state.steps + passed.lasting_steps > DOCUMENT_STEPS_MAX
            || state.deletions_bytes + passed.deletions_bytes > DELETIONS_BYTES_MAX
            || state.notes.len() + passed.notes.len() > NOTES_MAX
            || state.brackets.len() + passed.brackets.len() > BRACKETS_MAX
            || state.clients.len() + passed.new_clients > DOCUMENT_CLIENTS_MAX
            || state.voices.begun() + passed.begins() > SUGGESTIONS_MAX;
        if full && passed.changes && self.description.has_ceilings() { Err(GateRefusal::DocumentFull) } else { Ok(passed) }
    }

    /// Takes in what [`Gate::check`] let pass.
    pub fn commit(&mut self, passed: Passed) -> Result<(), Stale> {
        if passed.generation != self.generation {
            return Err(Stale);
        }
        self.generation += 1;
        self.sequence.keep();
        let state = &mut self.state;
        state.notes.extend(passed.notes);
        state.brackets.extend(passed.brackets);
        state.voices.keep(passed.news);
        for (id, written) in passed.sections {
            let client = state.clients.entry(id).or_default();
            client.owner = client.owner.or(passed.person);
            state.living += written.next.saturating_sub(client.written.next) as usize;
            client.written.append(written);
        }
        for (id, start, end) in passed.deletions {
            state.living -= state.newly_deleted(id, start, end);
            let deleted = &mut state.clients.entry(id).or_default().deleted;
            let before = deleted.bytes();
            deleted.add(start, end);
            state.deletions_bytes = state.deletions_bytes - before + deleted.bytes();
        }
        state.bytes += passed.bytes;
        state.items += passed.items;
        state.lines += passed.lines;
        state.steps += passed.lasting_steps;
        Ok(())
    }

    /// Takes in one update of the journal. It was held to the draft's ceilings when it came; a stored draft always opens.
    pub fn replay(&mut self, person: PersonKey, update: &[u8]) -> Result<(), GateRefusal> {
        let passed = self.judge(Source::Journal(person), update, usize::MAX)?;
        self.commit(passed).map_err(|Stale| GateRefusal::Missing)
    }

    /// Takes in a stored base: an update of our own making, whose client ids get their owners from [`Gate::own`].
    pub fn admit_base(&mut self, base: &[u8]) -> Result<(), GateRefusal> {
        if base.len() > BASE_BYTES_MAX {
            return Err(GateRefusal::TooLarge);
        }
        let passed = self.judge(Source::Base, base, usize::MAX)?;
        self.commit(passed).map_err(|Stale| GateRefusal::Missing)
    }

    /// Gives a client id to a person, unless somebody has it.
    pub fn own(&mut self, client: u64, person: PersonKey) {
        let owner = &mut self.state.clients.entry(client).or_default().owner;
        *owner = owner.or(Some(person));
    }

    /// Whether a client id that has written nothing yet may be kept for somebody. Half the table stays free for writers.
    pub fn may_reserve(&self, client: u64) -> bool {
        !self.state.clients.contains_key(&client) && self.state.clients.len() < DOCUMENT_CLIENTS_MAX / 2
    }

    pub fn owner(&self, client: u64) -> Option<PersonKey> {
        self.state.owner(client)
    }

    /// Every client id that wrote, and whose it is, for storing beside a base.
    pub fn owners(&self) -> impl Iterator<Item = (u64, PersonKey)> {
        self.state.clients.iter().filter(|(_, client)| client.written.next > 0).filter_map(|(id, client)| Some((*id, client.owner?)))
    }

    /// Next clock of every client: the state vector as Yjs encodes it.
    pub fn state_vector(&self) -> Vec<u8> {
        let known: Vec<_> = self.state.clients.iter().filter(|(_, client)| client.written.next > 0).collect();
        let mut to = Vec::with_capacity(known.len() * 8 + 4);
        write_number(&mut to, known.len() as u64);
        for (id, client) in known {
            write_number(&mut to, *id);
            write_number(&mut to, client.written.next.into());
        }
        to
    }

    /// What one of the draft's texts holds, in its order, what was deleted with it: where each run of one client's clocks begins, and
    /// how many they are.
    pub(in crate::drafting) fn runs(&self, root: Root) -> impl Iterator<Item = (Id, u32)> {
        self.sequence.runs(root)
    }

    /// The draft's texts, each as the stretches that follow one another in it, deleted ones too. Of two letters the one that comes
    /// first always came first.
    pub(in crate::drafting) fn texts(&self) -> Vec<Vec<Stretch>> {
        self.sequence.texts()
    }

    /// Bytes the draft holds, against [`DOCUMENT_BYTES_MAX`].
    pub fn bytes(&self) -> usize {
        self.state.bytes
    }

    /// Letters that stand in the draft, and the few formats and places among them.
    pub fn living(&self) -> usize {
        self.state.living
    }

    fn judge(&mut self, source: Source<'_>, update: &[u8], steps_max: usize) -> Result<Passed, GateRefusal> {
        self.generation += 1;
        self.sequence.take_back();
        let parsed = reader::read(update, self.description)?;
        let passed = order::place(&self.state, &mut self.sequence, &parsed, self.description, source, steps_max)?;
        Ok(Passed { generation: self.generation, ..passed })
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
