//! What a seat is told of the document: all of it, what it lacks, and later what it missed.
//!
//! However long the history, it comes as a base and few packed updates. A socket that does not take what it is sent is given
//! nothing more until it has read what waits; then it is told what it missed in few. So nobody who reads slowly costs memory,
//! holds the others up or is sent away.

use bytes::Bytes;

use super::{Behind, Dismissal, Effect, Millis, Room, Seat, Sync};
use crate::drafting::committed::NOTHING;
use crate::drafting::gate::read_state_vector;
use crate::drafting::limits::*;
use crate::drafting::protocol;

impl Room {
    pub(super) fn sync(&mut self, seat: Seat, known: Bytes, now: Millis) -> Vec<Effect> {
        let Ok(clocks) = read_state_vector(&known) else { return self.close(seat, Dismissal::MALFORMED) };
        let (whole, from_seq, ticket) = (self.committed.bytes(), self.head(), self.next_ticket);
        let Some(chair) = self.seats.get_mut(&seat) else { return Vec::new() };
        if chair.count_sync(now).is_err() {
            return self.close(seat, Dismissal::TOO_MUCH);
        }
        let mut effects = if clocks.is_empty() || whole <= RAW_SYNC_BYTES_MAX {
            self.answer_with_all(seat)
        } else {
            chair.sync = Sync::Comparing { ticket, from_seq };
            self.next_ticket += 1;
            vec![Effect::Compare { seat, ticket, known, parts: self.parts() }]
        };
        if let Some(chair) = self.seats.get_mut(&seat)
            && !std::mem::replace(&mut chair.asked, true)
        {
            effects.push(Effect::Send { seat, frame: protocol::step1(&self.gate.state_vector()) });
        }
        effects
    }

    /// Sends the whole document. Who comes in the same moment, as all do after a restart, is sent the same bytes.
    fn answer_with_all(&mut self, seat: Seat) -> Vec<Effect> {
        if let Some(chair) = self.seats.get_mut(&seat) {
            chair.sync = Sync::Live;
        }
        let frames = match &self.whole {
            Some(frames) => frames.clone(),
            None => self.whole.insert(framed(self.parts())).clone(),
        };
        vec![Effect::Answer { seat, frames }]
    }

    /// Sends parts of a document, in the order of the journal.
    fn answer(&mut self, seat: Seat, parts: Vec<Bytes>) -> Vec<Effect> {
        if let Some(chair) = self.seats.get_mut(&seat) {
            chair.sync = Sync::Live;
        }
        vec![Effect::Answer { seat, frames: framed(parts) }]
    }

    /// A worker's answer to [`Effect::Compare`]; `None` if it has none, then everything is sent.
    pub fn compared(&mut self, seat: Seat, ticket: u64, lacking: Option<Bytes>) -> Vec<Effect> {
        let Some(chair) = self.seats.get_mut(&seat) else { return Vec::new() };
        let Sync::Comparing { ticket: waiting, from_seq } = chair.sync else { return Vec::new() };
        if waiting != ticket {
            return Vec::new();
        }
        let parts = match lacking.zip(self.committed.behind(from_seq)) {
            Some((lacking, later)) => std::iter::once(lacking).chain(later).collect(),
            None => return self.answer_with_all(seat),
        };
        self.answer(seat, parts)
    }

    /// A socket was too full for a frame: from now on nothing is put into it until [`Room::catches_up`].
    pub fn fell_behind(&mut self, seat: Seat, by: Behind) {
        if let Some(chair) = self.seats.get_mut(&seat) {
            chair.fell_behind(by);
        }
    }

    /// The seats that were told less than they should know.
    pub fn behind(&self) -> Vec<Seat> {
        self.seats.iter().filter(|(_, chair)| chair.behind.is_some()).map(|(seat, _)| *seat).collect()
    }

    /// A socket that was full has room again: it is told what it lacks, packed into one.
    pub fn catches_up(&mut self, seat: Seat) -> Vec<Effect> {
        let Some(chair) = self.seats.get_mut(&seat) else { return Vec::new() };
        let Some(behind) = chair.behind.take() else { return Vec::new() };
        let (acknowledged, sync, asked) = (chair.acknowledged(), chair.sync, chair.asked);
        let mut effects = Vec::new();
        let say = |frame| Effect::Send { seat, frame };
        effects.extend(asked.then(|| say(protocol::step1(&self.gate.state_vector()))));
        effects.extend(self.roster.everybody().map(say));
        effects.extend(acknowledged.map(|count| say(protocol::acknowledge(count))));
        // The document last: it fills the outbox. Where it is still to be asked for, or with a worker, it comes from there.
        let missed = match behind {
            _ if sync != Sync::Live => None,
            Behind::Since(seq) if seq >= self.head() => None,
            Behind::Since(seq) => Some(self.committed.behind(seq)),
            Behind::Everything => Some(None),
        };
        effects.extend(missed.into_iter().flat_map(|parts| match parts {
            Some(parts) => self.answer(seat, parts),
            None => self.answer_with_all(seat),
        }));
        effects
    }
}

/// The last part is the SyncStep2, because providers call themselves synced at that. So a reader never has to guess; one part
/// needs no frame of its own.
fn framed(mut parts: Vec<Bytes>) -> Vec<Bytes> {
    let last = parts.pop().unwrap_or(Bytes::from_static(&NOTHING));
    parts.iter().map(|part| protocol::update(part)).chain([protocol::step2(&last)]).collect()
}
