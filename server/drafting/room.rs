//! One draft being written: who sits in it, what they may do, and what has to happen with each message.
//!
//! No I/O: a message goes in, effects come out, and the room's task carries them out in order. The promise kept here is
//! *gate → journal → relay and acknowledge*: nobody sees an update that is not committed, and an acknowledgement is
//! a fact. Presence is the exception; it is relayed at once and never stored.
//! A hold is a pause: edits wait in the order they came, nobody is sent away, and after it they are taken as if nothing
//! had been. A frozen draft takes no edit at all.
//! The room knows bytes and clocks, not text: it never builds a document.

mod answers;

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;

use super::chair::{Behind, Beyond, Chair, Sync};
use super::committed::{Committed, NOTHING};
use super::daily::Days;
pub use super::effect::{BrokenJournal, Claim, Dismissal, Effect, JournalEntry};
use super::gate::{Description, Gate, GateRefusal, Passed, PersonKey, Stale};
use super::limits::*;
use super::losses::Losses;
use super::presence::Roster;
use super::protocol::{self, Message, User};
pub use super::seat::{Millis, Occupant, Right, Seat};
use crate::kernel::OrganisationId;

/// Everything in it belongs to the room's task alone; no lock is needed.
#[derive(Debug)]
pub struct Room {
    gate: Gate,
    committed: Committed,
    /// On the way to the journal, with the seat it came from, and the entry up to which the text is to be kept because of it.
    pending: VecDeque<(JournalEntry, Seat, Option<u64>)>,
    losses: Losses,
    next_seq: u64,
    /// The statement is no longer drafting, as far as the room was told. The journal asks again with each commit.
    frozen: bool,
    held: bool,
    /// What was read while the room was held, in the order it came.
    waiting: VecDeque<Waiting>,
    seats: BTreeMap<Seat, Chair>,
    roster: Roster,
    days: Days,
    next_ticket: u64,
    /// The whole document as it was just sent to somebody: for those who come before anything is written, and within the beat.
    whole: Option<Vec<Bytes>>,
    greeted_at: Millis,
    /// The last it was told.
    now: Millis,
}

/// An update that waits for the end of a hold. Its writer may have left by then.
#[derive(Debug)]
struct Waiting {
    from: Seat,
    occupant: Occupant,
    update: Bytes,
    answers_us: bool,
}

/// No connection; the hub counts from 1.
const NOBODY: Seat = Seat(0);

impl Room {
    /// Opens a room from what is stored. `owners` are the client ids in the base, `journal` the entries since.
    pub fn open(
        description: Description,
        base: Option<(u64, Bytes)>,
        owners: impl IntoIterator<Item = (u64, PersonKey)>,
        journal: impl IntoIterator<Item = JournalEntry>,
        frozen: bool,
    ) -> Result<Room, BrokenJournal> {
        let (base_seq, base) = base.unwrap_or((0, Bytes::from_static(&NOTHING)));
        let mut gate = Gate::of(description);
        owners.into_iter().for_each(|(client, person)| gate.own(client, person));
        gate.admit_base(&base).map_err(|refusal| BrokenJournal { seq: 0, refusal })?;
        let mut committed = Committed::from_base(base_seq, base);
        for JournalEntry { seq, person, update, .. } in journal {
            gate.replay(person, &update).map_err(|refusal| BrokenJournal { seq, refusal })?;
            committed.add(seq, update);
        }
        Ok(Room {
            gate,
            next_seq: committed.head() + 1,
            committed,
            pending: VecDeque::new(),
            losses: Losses::default(),
            frozen,
            held: false,
            waiting: VecDeque::new(),
            seats: BTreeMap::new(),
            roster: Roster::of(description),
            days: Days::default(),
            next_ticket: 0,
            whole: None,
            greeted_at: 0,
            now: 0,
        })
    }

    pub fn join(&mut self, seat: Seat, occupant: Occupant) -> Vec<Effect> {
        let writes = |occupant: &Occupant| occupant.right > Right::Read;
        let most = if writes(&occupant) { WRITERS_MAX } else { READERS_MAX };
        if self.seats.values().filter(|chair| writes(&chair.occupant) == writes(&occupant)).count() >= most {
            return vec![Effect::Close { seat, closing: Dismissal::ROOM_FULL }];
        }
        self.seats.insert(seat, Chair::new(occupant));
        self.roster.everybody().map(|frame| Effect::Send { seat, frame }).into_iter().collect()
    }

    /// The connection is gone. What was read from it before a hold's end stays, and is taken in its writer's name.
    pub fn leave(&mut self, seat: Seat) -> Vec<Effect> {
        self.seats.remove(&seat);
        let Some(gone) = self.roster.leave(seat) else { return Vec::new() };
        self.tell_all(None, protocol::presence([gone].iter()))
    }

    /// One frame from a seat.
    pub fn handle(&mut self, seat: Seat, frame: &Bytes, now: Millis) -> Vec<Effect> {
        self.now = now;
        if !self.seats.contains_key(&seat) {
            return Vec::new();
        }
        match protocol::read(frame) {
            Ok(Message::Step1(known)) => self.sync(seat, known, now),
            Ok(Message::Step2(update)) => self.take_or_wait(seat, update, true),
            Ok(Message::Update(update)) => self.take_or_wait(seat, update, false),
            Ok(Message::Presence(said)) => self.presence(seat, said, now),
            Ok(Message::QueryPresence) => self.roster.everybody().map(|frame| Effect::Send { seat, frame }).into_iter().collect(),
            Err(_) => self.close(seat, Dismissal::MALFORMED),
        }
    }

    /// Everything up to `upto` is in the journal for good.
    pub fn committed(&mut self, upto: u64) -> Vec<Effect> {
        self.whole = None;
        let mut effects = Vec::new();
        while self.pending.front().is_some_and(|(entry, ..)| entry.seq <= upto) {
            let Some((entry, from, keep)) = self.pending.pop_front() else { break };
            let listens = |seat: Seat, chair: &Chair| seat != from && chair.sync == Sync::Live && chair.behind.is_none();
            effects.extend(self.broadcast(protocol::update(&entry.update), Some(entry.seq), listens));
            self.committed.add(entry.seq, entry.update);
            effects.extend(keep.map(|upto| Effect::Keep { upto }));
        }
        effects.extend(self.seats.iter_mut().filter_map(|(seat, chair)| acknowledgement(*seat, chair, upto)));
        effects.extend(self.wants_base());
        effects
    }

    /// Asks for a new base when there is much behind the old one.
    pub fn wants_base(&mut self) -> Option<Effect> {
        self.committed.wants_merging().then(|| Effect::Compact { upto: self.head(), parts: self.parts() })
    }

    /// The same where nobody writes any more.
    pub fn wants_base_at_rest(&mut self) -> Option<Effect> {
        self.committed.wants_merging_at_rest().then(|| Effect::Compact { upto: self.head(), parts: self.parts() })
    }

    /// Sends everybody away. What is not acknowledged they bring back.
    pub fn close_all(&mut self, closing: Dismissal) -> Vec<Effect> {
        self.roster = Roster::of(self.gate.description());
        let seats = std::mem::take(&mut self.seats);
        // Who is sent away comes back with what was not acknowledged; who had left does not.
        self.waiting.retain(|one| !seats.contains_key(&one.from));
        seats.into_keys().map(|seat| Effect::Close { seat, closing }).collect()
    }

    /// Time has passed. Everybody is told that the server is there, by a message that says nothing of anybody.
    // An empty presence: three bytes, touching neither text nor carets. y-websocket leaves a connection on which no message
    // came for 30 s; pings of the WebSocket do not count. Sending it to those, too, who heard something else meanwhile is
    // cheaper than remembering who did.
    pub fn tick(&mut self, now: Millis) -> Vec<Effect> {
        (self.now, self.whole) = (now, None);
        if now < self.greeted_at + QUIET_SECONDS_MAX * 1000 {
            return Vec::new();
        }
        self.greeted_at = now;
        self.tell_all(None, protocol::presence([].iter()))
    }

    /// From now on edits wait. What was taken before goes on to the journal: wait until [`Room::is_settled`] to read.
    pub fn hold(&mut self) {
        self.held = true;
    }

    pub fn is_held(&self) -> bool {
        self.held
    }

    /// Ends the hold: what waited is taken, in the order it came. In a frozen draft, who wrote it is sent away.
    pub fn resume(&mut self) -> Vec<Effect> {
        self.held = false;
        let mut effects = Vec::new();
        // Whoever is sent away on the way takes the rest of theirs along.
        while let Some(one) = self.waiting.pop_front() {
            match self.seats.get_mut(&one.from) {
                Some(chair) => {
                    chair.waiting -= 1;
                    effects.extend(self.take(one.from, one.update, one.answers_us));
                }
                None => effects.extend(self.take_of_one_who_left(one)),
            }
        }
        effects
    }

    /// Whether something still waits for the end of a hold.
    pub fn anything_waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// A worker's answer to [`Effect::Compact`]; `None` if it has none.
    pub fn compacted(&mut self, upto: u64, base: Option<Bytes>) {
        self.committed.merged(upto, base);
    }

    /// While frozen nothing changes. Wait until [`Room::is_settled`] before reading the text.
    pub fn set_frozen(&mut self, frozen: bool) {
        self.frozen = frozen;
    }

    /// Whether everything that was let in is committed.
    pub fn is_settled(&self) -> bool {
        self.pending.is_empty()
    }

    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// What a seat may do has changed.
    pub fn set_right(&mut self, seat: Seat, right: Right) {
        if let Some(chair) = self.seats.get_mut(&seat) {
            chair.occupant.right = Occupant::right_of(chair.occupant.only_reads, right);
        }
    }

    /// Whether a seat may do something else once its permit gives it `right`.
    pub fn changes_right(&self, seat: Seat, right: Right) -> bool {
        let changes = |chair: &Chair| chair.occupant.right != Occupant::right_of(chair.occupant.only_reads, right);
        self.seats.get(&seat).is_some_and(changes)
    }

    pub fn right(&self, seat: Seat) -> Option<Right> {
        Some(self.seats.get(&seat)?.occupant.right)
    }

    /// How a seat is shown has changed: everybody else hears so at once.
    pub fn set_user(&mut self, seat: Seat, user: User) -> Vec<Effect> {
        let Some(chair) = self.seats.get_mut(&seat).filter(|chair| chair.occupant.user != user) else { return Vec::new() };
        let said = self.roster.show_as(seat, &user);
        chair.occupant.user = user;
        said.map(|said| self.tell_all(Some(seat), protocol::presence([said].iter()))).unwrap_or_default()
    }

    pub fn user(&self, seat: Seat) -> Option<&User> {
        Some(&self.seats.get(&seat)?.occupant.user)
    }

    /// Who has shown themselves, once for every page: under which handle.
    pub fn present(&self) -> Vec<(PersonKey, String)> {
        let occupants = self.roster.seats().filter_map(|seat| Some(&self.seats.get(&seat)?.occupant));
        occupants.map(|occupant| (occupant.person, occupant.user.handle.clone())).collect()
    }

    /// Takes a seat out, for a reason the room does not know.
    pub fn dismiss(&mut self, seat: Seat, closing: Dismissal) -> Vec<Effect> {
        if self.seats.contains_key(&seat) { self.close(seat, closing) } else { Vec::new() }
    }

    /// Lets in an update nobody's connection sent: the text a draft starts from. Not while the room is held.
    pub fn insert(&mut self, person: PersonKey, organisation: Option<OrganisationId>, update: Bytes) -> Result<Effect, Dismissal> {
        if self.frozen {
            return Err(Dismissal::FROZEN);
        }
        let passed = self.gate.check(person, &update).map_err(Dismissal::from_gate)?;
        self.persist(passed, (person, organisation, Right::Edit), update, NOBODY).map_err(|Stale| Dismissal::OUT_OF_STEP)
    }

    /// Whether this seat's socket is to be read on. Not reading is how a writer is slowed down.
    pub fn is_read_on(&self, seat: Seat) -> bool {
        self.seats.get(&seat).is_none_or(Chair::is_read_on)
    }

    /// The committed document as updates to apply in this order.
    pub fn parts(&self) -> Vec<Bytes> {
        self.committed.parts()
    }

    /// Whether nothing has been let in after this entry.
    pub fn ends_with(&self, seq: u64) -> bool {
        self.next_seq == seq + 1
    }

    /// The last committed entry.
    pub fn head(&self) -> u64 {
        self.committed.head()
    }

    /// Client ids and whose they are, to store beside a base.
    pub fn owners(&self) -> Vec<(u64, PersonKey)> {
        self.gate.owners().collect()
    }

    /// What everybody has brought today.
    pub fn days(&self) -> &Days {
        &self.days
    }

    /// Goes on counting where the draft's last room stopped.
    pub fn goes_on_counting(&mut self, days: Days) {
        self.days = days;
    }

    fn take_or_wait(&mut self, seat: Seat, update: Bytes, answers_us: bool) -> Vec<Effect> {
        if !self.held {
            return self.take(seat, update, answers_us);
        }
        // Bounded without a count: from its first waiting update on, the socket is read no further.
        if let Some(chair) = self.seats.get_mut(&seat) {
            chair.waiting += 1;
            self.waiting.push_back(Waiting { from: seat, occupant: chair.occupant.clone(), update, answers_us });
        }
        Vec::new()
    }

    fn take(&mut self, seat: Seat, update: Bytes, answers_us: bool) -> Vec<Effect> {
        let Some(chair) = self.seats.get_mut(&seat) else { return Vec::new() };
        chair.count_update();
        let (person, organisation, right) = (chair.occupant.person, chair.occupant.organisation, chair.occupant.right);
        let barred = if self.frozen { Some(Dismissal::FROZEN) } else { (right == Right::Read).then_some(Dismissal::NO_RIGHT) };
        // Looking costs the room what it would cost readers: those who may not write have no steps for it.
        let steps_max = if barred.is_some() { 0 } else { self.steps_left(person) };
        let Some(chair) = self.seats.get(&seat) else { return Vec::new() };
        let passed = match self.gate.check_within(chair.occupant.author(), &update, steps_max) {
            // Whoever may bring nothing at all is told so.
            Err(GateRefusal::OnlySuggestions) if barred.is_some() => return self.close(seat, barred.unwrap_or(Dismissal::NO_RIGHT)),
            Err(GateRefusal::Missing) => return self.ask_again(seat, answers_us),
            Err(GateRefusal::Crowded) => {
                // The look was taken, whatever came of it; never more than was left.
                let _ = self.count_steps(person, steps_max);
                return self.close(seat, barred.unwrap_or(Dismissal::CROWDED));
            }
            Err(refusal) => return self.close(seat, Dismissal::from_gate(refusal)),
            Ok(passed) => passed,
        };
        let Some(chair) = self.seats.get_mut(&seat) else { return Vec::new() };
        if answers_us {
            chair.is_whole();
        }
        if passed.changes {
            if let Some(barred) = barred {
                return self.close(seat, barred);
            }
            if chair.count_on_its_way(self.next_seq, update.len()) == Err(Beyond) {
                return self.close(seat, Dismissal::TOO_MUCH);
            }
            if self.count_new(person, passed.new_clients) == Err(Beyond) {
                return self.close(seat, Dismissal::TOO_MANY_PAGES);
            }
            if self.count_steps(person, passed.steps) == Err(Beyond) {
                return self.close(seat, Dismissal::CROWDED);
            }
            return match self.persist(passed, (person, organisation, right), update, seat) {
                Ok(effect) => vec![effect],
                Err(Stale) => self.close(seat, Dismissal::OUT_OF_STEP),
            };
        }
        self.acknowledge(seat, 0)
    }

    /// Nobody is left to be told no: what cannot be taken is not.
    fn take_of_one_who_left(&mut self, one: Waiting) -> Option<Effect> {
        let Waiting { occupant, update, .. } = one;
        if self.frozen || occupant.right == Right::Read {
            return None;
        }
        let passed = self.gate.check_within(occupant.author(), &update, UPDATE_STEPS_MAX).ok().filter(|passed| passed.changes)?;
        self.count_new(occupant.person, passed.new_clients).ok()?;
        self.count_steps(occupant.person, passed.steps).ok()?;
        self.persist(passed, (occupant.person, occupant.organisation, occupant.right), update, NOBODY).ok()
    }

    fn count_new(&mut self, person: PersonKey, clients: usize) -> Result<(), Beyond> {
        if self.gate.description().has_ceilings() { self.days.new_clients.count(person, clients, self.now) } else { Ok(()) }
    }

    fn count_steps(&mut self, person: PersonKey, steps: usize) -> Result<(), Beyond> {
        if self.gate.description().has_ceilings() { self.days.steps.count(person, steps, self.now) } else { Ok(()) }
    }

    /// For one update.
    fn steps_left(&self, person: PersonKey) -> usize {
        let today = if self.gate.description().has_ceilings() { self.days.steps.left(person, self.now) } else { usize::MAX };
        today.min(UPDATE_STEPS_MAX)
    }

    fn persist(
        &mut self,
        passed: Passed,
        by: (PersonKey, Option<OrganisationId>, Right),
        update: Bytes,
        from: Seat,
    ) -> Result<Effect, Stale> {
        let (gone, living) = (passed.gone, self.gate.living());
        let claim = Claim { needs: by.2, said: passed.said.clone() };
        self.gate.commit(passed)?;
        let entry = JournalEntry { seq: self.next_seq, person: by.0, organisation: by.1, update };
        let keep = self.losses.count(entry.seq, gone, living, self.now);
        self.next_seq += 1;
        self.pending.push_back((entry.clone(), from, keep));
        Ok(Effect::Persist(entry, claim))
    }

    /// The update builds on something that has not arrived, say from another tab: ask for all this client has.
    fn ask_again(&mut self, seat: Seat, answers_us: bool) -> Vec<Effect> {
        let Some(chair) = self.seats.get_mut(&seat) else { return Vec::new() };
        match chair.lacks(answers_us) {
            Ok(true) => vec![Effect::Send { seat, frame: protocol::step1(&self.gate.state_vector()) }],
            Ok(false) => Vec::new(),
            Err(Beyond) => self.close(seat, Dismissal::OUT_OF_STEP),
        }
    }

    fn acknowledge(&mut self, seat: Seat, upto: u64) -> Vec<Effect> {
        self.seats.get_mut(&seat).and_then(|chair| acknowledgement(seat, chair, upto)).into_iter().collect()
    }

    fn presence(&mut self, seat: Seat, said: Vec<protocol::Presence>, now: Millis) -> Vec<Effect> {
        let Some(Chair { occupant, .. }) = self.seats.get(&seat) else { return Vec::new() };
        let (person, right) = (occupant.person, occupant.right);
        if right == Right::Read && self.seats.len() > READERS_SHOWN_MAX {
            return Vec::new();
        }
        let foreign = |client| self.gate.owner(client).is_some_and(|owner| owner != person);
        let heard = self.roster.say(seat, person, &occupant.user, said, foreign, now);
        if heard.is_empty() {
            return Vec::new();
        }
        if right > Right::Read {
            // Presence shows an id before its first edit; nobody else may snatch it.
            for client in heard.iter().map(|presence| presence.client) {
                if self.gate.may_reserve(client) && self.count_new(person, 1).is_ok() {
                    self.gate.own(client, person);
                }
            }
        }
        self.tell_all(Some(seat), protocol::presence(heard.iter()))
    }

    /// Presence, to all but one; who is behind hears of everybody when it catches up.
    fn tell_all(&self, except: Option<Seat>, frame: Bytes) -> Vec<Effect> {
        self.broadcast(frame, None, |seat, chair| Some(seat) != except && chair.behind.is_none())
    }

    fn broadcast(&self, frame: Bytes, entry: Option<u64>, listens: impl Fn(Seat, &Chair) -> bool) -> Vec<Effect> {
        let to: Vec<Seat> = self.seats.iter().filter(|(seat, chair)| listens(**seat, chair)).map(|(seat, _)| *seat).collect();
        if to.is_empty() { Vec::new() } else { vec![Effect::Broadcast { to, frame, entry }] }
    }

    /// Sends a seat away. It comes back with all that is not acknowledged, so nothing of it waits here.
    fn close(&mut self, seat: Seat, closing: Dismissal) -> Vec<Effect> {
        self.waiting.retain(|one| one.from != seat);
        let mut effects = vec![Effect::Close { seat, closing }];
        effects.extend(self.leave(seat));
        effects
    }
}

fn acknowledgement(seat: Seat, chair: &mut Chair, upto: u64) -> Option<Effect> {
    chair.commit(upto).map(|count| Effect::Send { seat, frame: protocol::acknowledge(count) })
}

#[cfg(test)]
#[path = "room_tests.rs"]
mod tests;
