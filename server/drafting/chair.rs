//! How far one seat is: whether it has the text, what it sent, and what of that is committed.
//!
//! An acknowledgement says "the first n updates received on this connection are committed". So updates are counted as
//! they are taken, in the order they came, and nothing is acknowledged from the first one on that still waits for its
//! commit or builds on something missing. The count never falls.

use std::collections::VecDeque;

use super::limits::*;
use super::seat::{Millis, Occupant};

#[derive(Debug)]
pub struct Chair {
    pub occupant: Occupant,
    pub sync: Sync,
    /// The server has asked what this client has.
    pub asked: bool,
    /// Updates taken so far.
    received: u64,
    /// Those of them that are not committed, oldest first.
    outstanding: VecDeque<Outstanding>,
    outstanding_bytes: usize,
    acknowledged: u64,
    /// The first update that built on something missing; nothing from there on is acknowledged before a resync.
    held_back_from: Option<u64>,
    resyncs: u32,
    syncs: (Millis, u32),
    /// Updates that were read from the socket and wait for the end of a hold.
    pub waiting: usize,
    /// Its socket did not take all it was sent: what it lacks, to be told when it reads again.
    pub behind: Option<Behind>,
}

/// What a seat lacks whose socket was full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Behind {
    /// All there is.
    Everything,
    /// What came after this entry, and who is here.
    Since(u64),
}

/// Which update of this seat, the journal's number for it, and its size.
#[derive(Debug, Clone, Copy)]
struct Outstanding {
    which: u64,
    seq: u64,
    bytes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sync {
    Silent,
    Comparing { ticket: u64, from_seq: u64 },
    Live,
}

/// A bound of `limits.rs` is passed; the seat is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beyond;

impl Chair {
    pub fn new(occupant: Occupant) -> Chair {
        Chair {
            occupant,
            sync: Sync::Silent,
            asked: false,
            received: 0,
            outstanding: VecDeque::new(),
            outstanding_bytes: 0,
            acknowledged: 0,
            held_back_from: None,
            resyncs: 0,
            syncs: (0, 0),
            waiting: 0,
            behind: None,
        }
    }

    /// Its socket did not take something.
    pub fn fell_behind(&mut self, by: Behind) {
        self.behind = Some(self.behind.map_or(by, |before| before.min(by)));
    }

    /// What it was told last of its own updates, if it wants to know.
    pub fn acknowledged(&self) -> Option<u64> {
        (self.occupant.wants_ack && self.acknowledged > 0).then_some(self.acknowledged)
    }

    /// One more full answer to "what do I lack?".
    pub fn count_sync(&mut self, now: Millis) -> Result<(), Beyond> {
        if now >= self.syncs.0 + 60_000 {
            self.syncs = (now, 0);
        }
        self.syncs.1 += 1;
        if self.syncs.1 > SEAT_SYNCS_PER_MINUTE { Err(Beyond) } else { Ok(()) }
    }

    /// One more update is taken.
    pub fn count_update(&mut self) {
        self.received += 1;
    }

    /// The update counted last goes to the journal under this number.
    pub fn count_on_its_way(&mut self, seq: u64, bytes: usize) -> Result<(), Beyond> {
        self.outstanding.push_back(Outstanding { which: self.received, seq, bytes });
        self.outstanding_bytes += bytes;
        if self.outstanding.len() > SEAT_BACKLOG_MAX || self.outstanding_bytes > SEAT_BACKLOG_BYTES_MAX { Err(Beyond) } else { Ok(()) }
    }

    /// The client said all it has; whatever was missing before is in it.
    pub fn is_whole(&mut self) {
        self.held_back_from = None;
    }

    /// The update counted last builds on something missing. Says whether to ask for it now: one question at a time.
    pub fn lacks(&mut self, answers_us: bool) -> Result<bool, Beyond> {
        let asked = self.held_back_from.is_some() && !answers_us;
        self.held_back_from = self.held_back_from.or(Some(self.received));
        if asked {
            return Ok(false);
        }
        self.resyncs += 1;
        if self.resyncs > SEAT_RESYNCS_MAX { Err(Beyond) } else { Ok(true) }
    }

    /// Everything up to `upto` is committed. The new count, if this client wants it and it has grown.
    pub fn commit(&mut self, upto: u64) -> Option<u64> {
        while let Some(done) = self.outstanding.front().filter(|one| one.seq <= upto).copied() {
            self.outstanding.pop_front();
            self.outstanding_bytes -= done.bytes;
        }
        let open = self.outstanding.front().map(|one| one.which).into_iter().chain(self.held_back_from).min();
        let count = open.map_or(self.received, |first_open| first_open - 1);
        if !self.occupant.wants_ack || count <= self.acknowledged {
            return None;
        }
        self.acknowledged = count;
        Some(count)
    }

    /// Whether the socket is to be read on: not while an update of it waits for a hold, nor far ahead of the journal.
    pub fn is_read_on(&self) -> bool {
        self.waiting == 0 && self.outstanding.len() <= SEAT_BACKLOG_SOFT
    }
}
