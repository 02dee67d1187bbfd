//! Who holds a room still. Several may freeze at once, so holds are counted, and the room goes on when the last one ends.
//!
//! A hold begins when it is asked for, is handed out once all that was taken before is stored, and ends when whoever has it
//! lets it go or is gone. What the server itself would write into the draft meanwhile waits here.

use tokio::sync::oneshot;

use super::command::{CommittedText, Hold, Insertion, LetGo};
use crate::store::Attempt;

/// Owned by the room's task.
#[derive(Default)]
pub struct Holds {
    count: usize,
    asked: Vec<oneshot::Sender<Attempt<Hold>>>,
    held_back: Vec<Insertion>,
}

impl Holds {
    pub fn begin(&mut self, answer: oneshot::Sender<Attempt<Hold>>) {
        self.count += 1;
        self.asked.push(answer);
    }

    /// Hands out what was asked for. Each of the answers is heard when that hold ends.
    pub fn hand_out(&mut self, text: impl Fn() -> CommittedText) -> Vec<LetGo> {
        let asked = std::mem::take(&mut self.asked);
        let hand = |answer: oneshot::Sender<Attempt<Hold>>| {
            let (hold, let_go) = Hold::of(text());
            // Who does not wait any more has let go with this.
            let _ = answer.send(Ok(hold));
            let_go
        };
        asked.into_iter().map(hand).collect()
    }

    /// One hold has ended. Whether it was the last.
    pub fn end(&mut self) -> bool {
        self.count -= 1;
        self.count == 0
    }

    pub fn none(&self) -> bool {
        self.count == 0
    }

    pub fn is_one(&self) -> bool {
        self.count == 1
    }

    pub fn keep(&mut self, insertion: Insertion) {
        self.held_back.push(insertion);
    }

    pub fn take_kept(&mut self) -> Vec<Insertion> {
        std::mem::take(&mut self.held_back)
    }
}
