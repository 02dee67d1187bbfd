//! Counts the steps readers take to place an update, and says when they are too many.

use super::refusal::GateRefusal;
use super::state::State;

pub struct Meter<'a> {
    state: &'a State,
    most: usize,
    steps: usize,
    /// Those that only they take who read the update by itself.
    passing: usize,
    looks: usize,
}

/// The gate alone looks at a node; so many take as long as one step of a reader.
const LOOKS_OF_A_STEP: usize = 8;
/// Readers keep all pieces of a client in one list, and cutting one moves those behind it: so many within a step.
const MOVED_IN_A_STEP: usize = 64;
/// Bytes yrs copies within a step.
const COPIED_IN_A_STEP: usize = 128;

impl<'a> Meter<'a> {
    pub fn up_to(most: usize, state: &'a State) -> Meter<'a> {
        Meter { state, most, steps: 0, passing: 0, looks: 0 }
    }

    /// All steps, and those that are taken again whenever the draft is read.
    pub fn steps(&self) -> (usize, usize) {
        (self.steps, self.steps - self.passing)
    }

    pub fn count(&mut self, steps: usize) -> Result<(), GateRefusal> {
        self.steps += steps;
        if self.steps > self.most { Err(GateRefusal::Crowded) } else { Ok(()) }
    }

    /// One goes past letters that were written as one stretch; deletions have cut them.
    pub fn count_stretch(&mut self, client: u64, start: u32, end: u32) -> Result<(), GateRefusal> {
        self.count(1 + self.state.clients.get(&client).map_or(0, |client| client.deleted.edges(start, end)))
    }

    /// One of a client's pieces is cut; so many come after it, besides those that deletions have cut.
    pub fn count_cut(&mut self, client: u64, later: usize) -> Result<(), GateRefusal> {
        let deleted = self.state.clients.get(&client).map_or(0, |client| client.deleted.len());
        let steps = (later + 2 * deleted) / MOVED_IN_A_STEP;
        self.passing += steps;
        self.count(steps)
    }

    /// Text is joined to what it goes on from. yrs begins at the end, and copies what it has so far with each piece.
    pub fn count_joined(&mut self, bytes: usize) -> Result<(), GateRefusal> {
        self.passing += bytes / COPIED_IN_A_STEP;
        self.count(bytes / COPIED_IN_A_STEP)
    }

    pub fn look(&mut self) -> Result<(), GateRefusal> {
        self.looks += 1;
        if self.looks.is_multiple_of(LOOKS_OF_A_STEP) { self.count(1) } else { Ok(()) }
    }
}
