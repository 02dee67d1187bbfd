//! What a room asks of the world: frames to send, entries to store, work for a worker, and why it sends somebody away.

use bytes::Bytes;

use super::gate::{GateRefusal, PersonKey};
use super::seat::{Right, Seat};
use crate::kernel::OrganisationId;
use crate::suggestions::Said;

/// What the hub has to do, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    Send {
        seat: Seat,
        frame: Bytes,
    },
    /// Send a document, whose frames belong together.
    Answer {
        seat: Seat,
        frames: Vec<Bytes>,
    },
    /// `entry` is the number of the entry the frame tells of; presence has none. A socket that cannot take it is told later:
    /// call [`Room::fell_behind`].
    Broadcast {
        to: Vec<Seat>,
        frame: Bytes,
        entry: Option<u64>,
    },
    /// Write to the journal, then call [`Room::committed`].
    Persist(JournalEntry, Claim),
    /// Ask a worker what `known` lacks of `parts`, then call [`Room::compared`].
    Compare {
        seat: Seat,
        ticket: u64,
        known: Bytes,
        parts: Vec<Bytes>,
    },
    /// Ask a worker to merge `parts`, store it as the base up to `upto`, then call [`Room::compacted`].
    Compact {
        upto: u64,
        parts: Vec<Bytes>,
    },
    /// Much was taken out of the text: keep it as it stood at this entry, beside everything else.
    Keep {
        upto: u64,
    },
    /// Close the connection. The seat is already empty.
    Close {
        seat: Seat,
        closing: Dismissal,
    },
}

/// One update on its way to the journal. Numbers rise by one within a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    pub seq: u64,
    pub person: PersonKey,
    pub organisation: Option<OrganisationId>,
    pub update: Bytes,
}

/// What the journal has to know of an entry while it is written, and of none that it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The right it was let in with; whoever brought it must have it still.
    pub needs: Right,
    /// What it says of suggestions, which is noted beside the draft.
    pub said: Vec<Said>,
}

/// A journal that does not pass the gate, at its entry `seq` (0 is the base).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenJournal {
    pub seq: u64,
    pub refusal: GateRefusal,
}

/// Why a seat is closed. The number goes into the close frame, the code beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dismissal {
    pub number: u16,
    /// Stable; the reader's words for it stand in `words/`.
    pub code: &'static str,
}

impl Dismissal {
    pub const MALFORMED: Dismissal = Dismissal { number: 4400, code: "message-malformed" };
    pub const SIGNED_OUT: Dismissal = Dismissal { number: 4401, code: "signed-out" };
    pub const NO_RIGHT: Dismissal = Dismissal { number: 4403, code: "no-right-to-edit" };
    pub const FROZEN: Dismissal = Dismissal { number: 4423, code: "draft-frozen" };
    pub const TOO_MUCH: Dismissal = Dismissal { number: 4429, code: "too-many-messages" };
    pub const TOO_LARGE: Dismissal = Dismissal { number: 4429, code: "update-too-large" };
    /// One person brought more client ids within a day than anybody opens pages.
    pub const TOO_MANY_PAGES: Dismissal = Dismissal { number: 4429, code: "too-many-pages" };
    /// One person brought more within a day to places where many write than readers should go through.
    pub const CROWDED: Dismissal = Dismissal { number: 4429, code: "place-crowded" };
    pub const ROOM_FULL: Dismissal = Dismissal { number: 4429, code: "room-full" };
    /// The page was built for another description of what drafts hold; reloading brings the present one.
    pub const TEXT_OUTDATED: Dismissal = Dismissal { number: 4426, code: "text-outdated" };
    pub const OUT_OF_STEP: Dismissal = Dismissal { number: 4400, code: "out-of-step" };
    /// Nothing of what is not acknowledged was kept; the client comes back with it.
    pub const NOT_STORED: Dismissal = Dismissal { number: 1011, code: "not-stored" };
    /// The person writes in another organisation's name by now, or in none, or may do something else; when the page comes back it
    /// has another seat.
    pub const SEAT_CHANGED: Dismissal = Dismissal { number: 1012, code: "seat-changed" };
    pub const GOING_AWAY: Dismissal = Dismissal { number: 1012, code: "server-restarts" };

    pub fn from_gate(refusal: GateRefusal) -> Dismissal {
        let number = match refusal {
            GateRefusal::ForeignClient => 4409,
            GateRefusal::OnlySuggestions => 4403,
            GateRefusal::TooLarge | GateRefusal::DocumentFull | GateRefusal::Crowded => 4429,
            _ => 4400,
        };
        Dismissal { number, code: refusal.code() }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_code_of_closing_is_told_to_those_who_write_programs() {
        let page = include_str!("../../docs/drafting-protocol.md");
        let sources = [include_str!("effect.rs"), include_str!("gate/refusal.rs")].concat();
        let quoted = |line: &str| line.split('"').nth(1).map(str::to_owned);
        let codes: Vec<String> = sources
            .lines()
            .filter(|line| line.contains("code: \"") || line.trim_start().starts_with("GateRefusal::") && line.contains("=> \""))
            .filter_map(quoted)
            .collect();
        assert!(codes.len() > 20, "{codes:?}");
        let missing: Vec<&String> = codes.iter().filter(|code| !page.contains(&format!("`{code}`"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
