//! The life of a statement as a state machine: pure, total, and the only place that says what follows what.

use super::model::State;
use crate::{kernel::No, store::columns::word};

/// What happens to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Frozen,
    Reopened,
    RoundOpened,
    RoundClosed,
    Published,
}

/// The state after an event, or why it cannot happen now.
pub fn after(state: State, event: Event) -> Result<State, No> {
    use State::*;
    match (event, state) {
        (Event::Frozen, Drafting) => Ok(Frozen),
        (Event::Frozen, Frozen | Open | Closed | Published) => Err(No::StatementNotDrafting),
        // An open round is closed first, on the record: its letters are in people's hands.
        (Event::Reopened, Frozen | Closed | Published) => Ok(Drafting),
        (Event::Reopened, Open) => Err(No::StatementRoundStanding),
        (Event::Reopened, Drafting) => Err(No::StatementNotFrozen),
        (Event::RoundOpened, Frozen) => Ok(Open),
        (Event::RoundOpened, Drafting | Open | Closed | Published) => Err(No::StatementNotFrozen),
        (Event::RoundClosed, Open) => Ok(Closed),
        (Event::RoundClosed, Drafting | Frozen | Closed | Published) => Err(No::StatementNotOpen),
        (Event::Published, Closed) => Ok(Published),
        (Event::Published, Drafting | Frozen | Open | Published) => Err(No::StatementNotClosed),
    }
}

word! {
    /// What a page may offer to do with a statement.
    Move {
        Edit = "edit",
        Freeze = "freeze",
        ManageDrafters = "manage-drafters",
        SetLimit = "set-limit",
        Reopen = "reopen",
        OpenRound = "open-round",
        Remind = "remind",
        Extend = "extend",
        Close = "close",
        Publish = "publish",
        History = "history",
        Compare = "compare",
    }
}

/// What those who lead a statement may do with it in a state.
pub fn moves(state: State) -> &'static [Move] {
    use Move::*;
    match state {
        State::Drafting => &[Edit, Freeze, ManageDrafters, SetLimit, History],
        State::Frozen => &[Reopen, OpenRound, History],
        State::Open => &[Remind, Extend, Close, History],
        State::Closed => &[Reopen, Publish, History],
        State::Published => &[Reopen, History],
    }
}

/// Whether a statement has two texts to compare: an edition, and another one or the draft that goes on from it.
pub fn has_two_texts(state: State, editions: i32) -> bool {
    editions > i32::from(state != State::Drafting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_a_statement() {
        let mut state = State::Drafting;
        for (event, then) in [
            (Event::Frozen, State::Frozen),
            (Event::Reopened, State::Drafting),
            (Event::Frozen, State::Frozen),
            (Event::RoundOpened, State::Open),
            (Event::RoundClosed, State::Closed),
            (Event::Published, State::Published),
            (Event::Reopened, State::Drafting),
        ] {
            state = after(state, event).unwrap();
            assert_eq!(state, then);
        }
    }

    #[test]
    fn a_page_offers_what_can_happen_and_nothing_else() {
        let pairs = [
            (Move::Freeze, Event::Frozen),
            (Move::Reopen, Event::Reopened),
            (Move::OpenRound, Event::RoundOpened),
            (Move::Close, Event::RoundClosed),
            (Move::Publish, Event::Published),
        ];
        for state in State::ALL {
            for (offered, event) in pairs {
                assert_eq!(moves(*state).contains(&offered), after(*state, event).is_ok(), "{offered:?} while {state:?}");
            }
        }
    }

    #[test]
    fn one_text_is_compared_with_nothing() {
        assert!(!has_two_texts(State::Drafting, 0) && has_two_texts(State::Drafting, 1));
        assert!(!has_two_texts(State::Frozen, 1) && has_two_texts(State::Published, 2));
    }

    #[test]
    fn a_text_is_signed_only_while_it_is_frozen() {
        for state in State::ALL {
            assert_eq!(after(*state, Event::RoundOpened).is_ok(), *state == State::Frozen);
            assert_eq!(after(*state, Event::Published).is_ok(), *state == State::Closed);
            assert_eq!(after(*state, Event::Frozen).is_ok(), *state == State::Drafting);
        }
        assert_eq!(after(State::Open, Event::Reopened), Err(No::StatementRoundStanding));
    }
}
