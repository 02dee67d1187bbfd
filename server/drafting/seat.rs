//! Who sits in a room: one seat for every connection, with the person, their organisation and their right.

use super::gate::{Author, PersonKey};
use super::protocol::User;
use crate::kernel::OrganisationId;

/// One connection in one room. The hub gives each a number it never uses again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat(pub u64);

/// Milliseconds of a clock that only goes forward.
pub type Millis = u64;

/// What may be brought from a seat. Each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    Read,
    /// What is proposed for the text, and not the text itself.
    Suggest,
    Edit,
}

/// Who takes a seat.
#[derive(Debug, Clone)]
pub struct Occupant {
    pub person: PersonKey,
    /// In whose name they write.
    pub organisation: Option<OrganisationId>,
    pub user: User,
    pub right: Right,
    /// Connected with `?ack=1`.
    pub wants_ack: bool,
    /// Connected with `?right=read`: takes no writer's place, whatever it may do.
    pub only_reads: bool,
}

impl Occupant {
    /// As whom the gate knows what they bring.
    pub fn author(&self) -> Author<'_> {
        Author { person: self.person, handle: Some(&self.user.handle), edits: self.right == Right::Edit }
    }

    /// The right somebody has here whose permit gives them `right`.
    pub fn right_of(only_reads: bool, right: Right) -> Right {
        if only_reads { Right::Read } else { right }
    }
}
