//! Who is here and where their caret stands: relayed at once, stored nowhere.
//!
//! A connection speaks for one presence id, the first it shows. Providers echo what they heard of others; echoes
//! are dropped, the handle and colour are the server's, and of the rest only what `caret` knows is passed on.

use std::collections::{BTreeMap, VecDeque};

use super::caret;
use super::gate::{Description, PersonKey};
use super::limits::*;
use super::protocol::{self, Presence, User};
use super::seat::{Millis, Seat};

/// The presences of one room.
#[derive(Debug, Default)]
pub struct Roster {
    description: Description,
    here: BTreeMap<u64, Entry>,
    /// Ids that left, the last at the end, and how far they had counted. A page that is loaded again writes under its id as
    /// before, and counts from the beginning; others would take it for somebody who repeats what is old.
    gone: VecDeque<(u64, u32)>,
    pace: BTreeMap<Seat, (Millis, u32)>,
}

#[derive(Debug)]
struct Entry {
    seat: Seat,
    person: PersonKey,
    /// As others heard it last. Their count goes on where the server said something, too.
    presence: Presence,
    /// The page's own count.
    heard: u32,
}

impl Roster {
    /// Of a room in which nobody sits yet.
    pub fn of(description: Description) -> Roster {
        Roster { description, ..Roster::default() }
    }

    /// Takes what `seat` says. `foreign` tells whether an id belongs to another person. Answers what others should hear.
    pub fn say(
        &mut self,
        seat: Seat,
        person: PersonKey,
        user: &User,
        said: Vec<Presence>,
        foreign: impl Fn(u64) -> bool,
        now: Millis,
    ) -> Vec<Presence> {
        let pace = self.pace.entry(seat).or_default();
        if now >= pace.0 + 1000 {
            *pace = (now, 0);
        }
        pace.1 += 1;
        if pace.1 > SEAT_PRESENCE_PER_SECOND {
            return Vec::new();
        }
        let mut heard = Vec::new();
        for mut said in said {
            match self.here.get(&said.client) {
                // A page that lost its connection comes back before the old one is seen to be gone.
                Some(entry) if entry.person == person && (entry.seat == seat || !self.here.values().any(|entry| entry.seat == seat)) => {}
                Some(_) => continue,
                None if said.state.is_none() || foreign(said.client) || self.here.values().any(|entry| entry.seat == seat) => continue,
                None => {}
            }
            let known = self.here.get(&said.client);
            if known.is_some_and(|entry| entry.seat == seat && said.clock <= entry.heard && said.state.is_some()) {
                continue;
            }
            let heard_now = said.clock;
            // Others ignore what does not count up, and an id keeps counting where an earlier connection or the server stopped.
            let told = known.map(|entry| entry.presence.clock).or_else(|| self.counted(said.client));
            said.clock = said.clock.max(told.map_or(0, counted_on));
            match &mut said.state {
                Some(state) => {
                    *state = caret::relayed(state, self.description);
                    protocol::overwrite_user(state, user);
                    self.here.insert(said.client, Entry { seat, person, presence: said.clone(), heard: heard_now });
                }
                None => self.goes(said.client, said.clock),
            }
            heard.push(said);
        }
        heard
    }

    /// Says of a seat that is here what its handle and colour are now; answers what the others should hear.
    pub fn show_as(&mut self, seat: Seat, user: &User) -> Option<Presence> {
        let Entry { presence, .. } = self.here.values_mut().find(|entry| entry.seat == seat)?;
        presence.clock = counted_on(presence.clock);
        protocol::overwrite_user(presence.state.as_mut()?, user);
        Some(presence.clone())
    }

    /// The seats that are here for others to see.
    pub fn seats(&self) -> impl Iterator<Item = Seat> + '_ {
        self.here.values().map(|entry| entry.seat)
    }

    /// Takes a seat out; answers what the others should hear.
    pub fn leave(&mut self, seat: Seat) -> Option<Presence> {
        self.pace.remove(&seat);
        let (client, clock) =
            self.here.iter().find(|(_, entry)| entry.seat == seat).map(|(client, entry)| (*client, entry.presence.clock))?;
        let clock = counted_on(clock);
        self.goes(client, clock);
        Some(Presence { client, clock, state: None })
    }

    fn goes(&mut self, client: u64, clock: u32) {
        self.here.remove(&client);
        self.gone.push_back((client, clock));
        if self.gone.len() > GONE_MAX {
            self.gone.pop_front();
        }
    }

    /// How far an id that left had counted; it is here again.
    fn counted(&mut self, client: u64) -> Option<u32> {
        let at = self.gone.iter().position(|(of, _)| *of == client)?;
        self.gone.remove(at).map(|(_, clock)| clock)
    }

    /// Everybody who is here; `None` for an empty room.
    pub fn everybody(&self) -> Option<bytes::Bytes> {
        let all: Vec<_> = self.here.values().map(|entry| entry.presence.clone()).collect();
        if all.is_empty() { None } else { Some(protocol::presence(all.iter())) }
    }
}

fn counted_on(clock: u32) -> u32 {
    clock.saturating_add(1).min(CLOCK_MAX)
}
