//! What a room is asked, by sockets and by whoever acts on a draft as a whole, and what it answers.
//!
//! Every question brings the channel for its answer. A room that ends without answering drops it, and whoever waits asks
//! the room that is opened next.

use std::sync::Arc;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use super::gate::PersonKey;
use super::room::{Dismissal, Occupant, Seat};
use super::segment::Writer;
use super::wire::Wire;
use crate::kernel::SessionId;
use crate::store::{Attempt, Failure};

pub enum Command {
    Join {
        seat: Seat,
        guest: Guest,
        answer: oneshot::Sender<Attempt<Joined>>,
    },
    Frame {
        seat: Seat,
        frame: Bytes,
    },
    Leave {
        seat: Seat,
    },
    Read {
        answer: oneshot::Sender<Attempt<CommittedText>>,
    },
    /// Answered once all that was taken before is stored.
    Hold {
        answer: oneshot::Sender<Attempt<Hold>>,
    },
    Insert(Insertion),
    /// Who shows themselves here.
    Present {
        answer: oneshot::Sender<Vec<(PersonKey, String)>>,
    },
    Review {
        answer: oneshot::Sender<()>,
    },
    /// Somebody signed out.
    SessionEnded {
        session: SessionId,
    },
    /// Sends everybody away, and ends once all is stored.
    Stop {
        closing: Dismissal,
    },
}

impl Command {
    /// Tells whoever waits that the room could not be opened.
    pub fn refuse(self, error: &Failure) {
        let again = match error {
            Failure::Refused(refusal) => Failure::Refused(refusal.clone()),
            Failure::Away(cause) => Failure::Away(cause.to_string().into()),
            Failure::Broken(cause) => Failure::broken(cause.to_string()),
        };
        match self {
            Command::Join { answer, .. } => drop(answer.send(Err(again))),
            Command::Read { answer } => drop(answer.send(Err(again))),
            Command::Hold { answer } => drop(answer.send(Err(again))),
            Command::Insert(Insertion { answer, .. }) => drop(answer.send(Err(again))),
            Command::Frame { .. }
            | Command::Leave { .. }
            | Command::Present { .. }
            | Command::Review { .. }
            | Command::SessionEnded { .. }
            | Command::Stop { .. } => {}
        }
    }
}

/// Who wants a seat.
#[derive(Debug, Clone)]
pub struct Guest {
    pub occupant: Occupant,
    pub session: SessionId,
}

/// What a socket has of its room.
pub struct Joined {
    pub taken: Taken,
    /// What it is sent, and whether it should read on for now.
    pub wire: Arc<Wire>,
}

/// One of the sockets the server takes at all.
pub type Place = OwnedSemaphorePermit;

/// A seat somebody has.
pub struct Taken {
    pub seat: Seat,
    pub room: mpsc::Sender<Command>,
    /// Where the room is at home.
    pub thread: Handle,
}

impl Drop for Taken {
    /// However a socket ends, also before it was one, its seat is free again.
    fn drop(&mut self) {
        let (room, seat) = (self.room.clone(), self.seat);
        self.thread.spawn(async move { room.send(Command::Leave { seat }).await });
    }
}

/// A text as the journal has it: updates to apply in order, and the number of the last.
pub struct CommittedText {
    pub parts: Vec<Bytes>,
    pub head: u64,
}

/// A room held still for as long as this lives: edits wait, and nobody is sent away.
pub struct Hold {
    pub text: CommittedText,
    // Dropping it ends the hold as well: whoever holds may go away at any moment.
    let_go: oneshot::Sender<oneshot::Sender<()>>,
}

/// Hears when a hold ends, and perhaps whom to tell that the room has gone on.
pub type LetGo = oneshot::Receiver<oneshot::Sender<()>>;

impl Hold {
    pub fn of(text: CommittedText) -> (Hold, LetGo) {
        let (let_go, ended) = oneshot::channel();
        (Hold { text, let_go }, ended)
    }

    /// Ends the hold, and waits until the room has gone on by what the statement is now.
    pub async fn release(self) {
        let (told, went_on) = oneshot::channel();
        if self.let_go.send(told).is_ok() {
            // A room that ended instead has nothing to go on with.
            let _ = went_on.await;
        }
    }
}

/// An update that came over no socket.
pub struct Insertion {
    /// In whose name.
    pub by: Writer,
    /// Taken while the room is held, for whoever alone holds it; others wait for the end of the hold.
    pub within_hold: bool,
    /// The entry it follows. If somebody has written since, it is not taken: [`Dismissal::OUT_OF_STEP`].
    pub after: u64,
    pub update: Bytes,
    pub answer: Inserted,
}

/// Told once the update is stored, or why it is not.
pub type Inserted = oneshot::Sender<Attempt<Result<(), Dismissal>>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_seat_whose_socket_never_came_is_free_again() {
        let (room, mut inbox) = mpsc::channel(1);
        drop(Taken { seat: Seat(7), room, thread: Handle::current() });
        assert!(matches!(inbox.recv().await, Some(Command::Leave { seat: Seat(7) })));
    }
}
