//! Why an update is not let in: a stable code for the close frame, and a sentence for the log and for programs.

use std::fmt;

use crate::drafting::limits::UPDATE_BYTES_MAX;

/// Why an update is not let in. Nothing of it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateRefusal {
    TooLarge,
    TooMuch(&'static str),
    Malformed(&'static str),
    /// Something no editor of this draft writes; another program's, or another version's.
    Forbidden(&'static str),
    RepeatedClient,
    ForeignClient,
    Circular,
    /// Content between neighbours that do not stand together.
    Misplaced,
    /// So many write at one place already that readers would take too long to put this among it.
    Crowded,
    /// A cut between the two UTF-16 units of one letter; readers would put two replacement characters there.
    HalfALetter,
    /// It builds on something the server has not got. An honest client can be in this state: ask it for the rest.
    Missing,
    DocumentFull,
    /// Whoever may only suggest would have changed the text itself, or decided.
    OnlySuggestions,
}

impl GateRefusal {
    pub fn code(self) -> &'static str {
        match self {
            GateRefusal::TooLarge => "update-too-large",
            GateRefusal::TooMuch(_) => "update-out-of-bounds",
            GateRefusal::Malformed(_) => "update-malformed",
            GateRefusal::Forbidden(_) => "update-not-of-a-draft",
            GateRefusal::RepeatedClient => "update-repeats-client",
            GateRefusal::ForeignClient => "client-id-of-another-person",
            GateRefusal::Circular => "update-circular",
            GateRefusal::Misplaced => "update-misplaced",
            GateRefusal::Crowded => "place-crowded",
            GateRefusal::HalfALetter => "update-halves-a-letter",
            GateRefusal::Missing => "update-builds-on-missing",
            GateRefusal::DocumentFull => "draft-full",
            GateRefusal::OnlySuggestions => "only-suggestions",
        }
    }
}

impl fmt::Display for GateRefusal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GateRefusal::TooLarge => {
                write!(to, "This change is larger than {} KiB; add the text in smaller parts.", UPDATE_BYTES_MAX / 1024)
            }
            GateRefusal::TooMuch(what) => write!(to, "This change is out of bounds ({what}); reload the page and try again."),
            GateRefusal::Malformed(what) => write!(to, "This change could not be read ({what}); reload the page and try again."),
            GateRefusal::Forbidden(what) => write!(to, "A draft cannot hold {what}; remove it and try again."),
            GateRefusal::RepeatedClient => write!(to, "This change names one client twice; reload the page and try again."),
            GateRefusal::ForeignClient => {
                write!(to, "This change is written under another person's client id; reload the page and try again.")
            }
            GateRefusal::Circular => write!(to, "This change refers to itself; reload the page and try again."),
            GateRefusal::Misplaced => write!(to, "This change puts content where it cannot stand; reload the page and try again."),
            GateRefusal::Crowded => {
                write!(to, "Too many changes were made at this place at once; reload the page and write at another.")
            }
            GateRefusal::HalfALetter => write!(to, "This change cuts a letter in two; reload the page and try again."),
            GateRefusal::Missing => write!(to, "This change builds on one that has not arrived; the rest is asked for."),
            GateRefusal::DocumentFull => write!(to, "This draft has reached its size limit; start a new draft from its text."),
            GateRefusal::OnlySuggestions => {
                write!(to, "You may suggest changes to this draft and not make them; copy your words, reload the page and suggest them.")
            }
        }
    }
}
