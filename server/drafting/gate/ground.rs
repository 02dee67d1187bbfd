//! What stands already while an update is looked at: what the draft has, and what of the update has been placed.

use std::collections::HashMap;

use super::cursor::Id;
use super::description::Root;
use super::reader::Parsed;
use super::refusal::GateRefusal;
use super::state::{FIRST_HALF, State, Written};

pub struct Ground<'a> {
    pub state: &'a State,
    pub parsed: &'a Parsed<'a>,
    /// Client → number of its section.
    pub index: HashMap<u64, usize>,
    /// For each section what of it has been placed.
    pub placed: Vec<Written>,
}

/// Either an answer, or the clock that has to be placed first.
pub enum Found<T> {
    Here(T),
    Later(Id),
}

impl<'a> Ground<'a> {
    pub fn of(state: &'a State, parsed: &'a Parsed<'a>) -> Ground<'a> {
        let index = parsed.sections.iter().enumerate().map(|(at, section)| (section.client, at)).collect();
        Ground { state, parsed, index, placed: parsed.sections.iter().map(|_| Written::default()).collect() }
    }

    /// Answers once a clock stands in the draft or has been placed.
    pub fn reach(&self, id: Id) -> Result<Found<()>, GateRefusal> {
        if id.clock < self.next(id.client) {
            return Ok(Found::Here(()));
        }
        let at = *self.index.get(&id.client).ok_or(GateRefusal::Missing)?;
        if id.clock >= self.parsed.sections[at].end { Err(GateRefusal::Missing) } else { Ok(Found::Later(id)) }
    }

    /// The first clock of a client that neither stands nor has been placed.
    pub fn next(&self, client: u64) -> u32 {
        self.index.get(&client).map_or(0, |at| self.placed[*at].next).max(self.state.next(client))
    }

    /// The text a neighbour stands in.
    pub fn neighbour(&self, id: Option<Id>) -> Result<Found<Option<Root>>, GateRefusal> {
        let Some(id) = id else { return Ok(Found::Here(None)) };
        Ok(match self.reach(id)? {
            Found::Here(()) => Found::Here(Some(self.root(id).ok_or(GateRefusal::Missing)?)),
            Found::Later(id) => Found::Later(id),
        })
    }

    /// The text a clock stands in, if it has been placed.
    pub fn root(&self, id: Id) -> Option<Root> {
        self.written(id)?.root(id.clock)
    }

    /// The texts in which the clocks of a stretch stand.
    pub fn roots(&self, client: u64, start: u32, end: u32) -> impl Iterator<Item = Root> {
        let known = self.state.next(client);
        let before = self.state.written(client).filter(|_| start < known).map(|written| written.roots_in(start, end.min(known)));
        let new = self.index.get(&client).filter(|_| end > known).map(|at| self.placed[*at].roots_in(start.max(known), end));
        before.into_iter().flatten().chain(new.into_iter().flatten())
    }

    pub fn is_first_half(&self, id: Id) -> bool {
        self.written(id).and_then(|written| written.letter(id.clock)) == Some(FIRST_HALF)
    }

    /// Whether one of a stretch's edges cuts a letter in two.
    pub fn cuts_a_letter(&self, client: u64, start: u32, end: u32) -> bool {
        let before = start.checked_sub(1).into_iter().chain([end - 1]);
        before.into_iter().any(|clock| self.is_first_half(Id { client, clock }))
    }

    /// Where a clock is written down: in the draft, or in this update.
    pub fn written(&self, id: Id) -> Option<&Written> {
        if id.clock < self.state.next(id.client) {
            return self.state.written(id.client);
        }
        self.index.get(&id.client).map(|at| &self.placed[*at])
    }
}
