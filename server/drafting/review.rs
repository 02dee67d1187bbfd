//! Asks permits again while sockets are open: what everybody in a room may do now. Joining is no licence for life.
//!
//! Asked when drafters change, when a hold ends, and every half minute whatever happened: a session that lapses says so to
//! no room, and one that was ended in another process does not either. Who is signed out or has lost the right to see the draft is sent away; whoever may only read stays.

use std::collections::HashMap;

use super::room::{Dismissal, Right, Seat};
use crate::accounts;
use crate::http::Shell;
use crate::kernel::{No, SessionId, StatementId};
use crate::statements::{self, State, permits};
use crate::store::{Attempt, Failure};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    May(Right),
    Gone(Dismissal),
}

/// What a review found.
pub struct Found {
    /// The statement's state, in the same look at the database as the rights.
    pub drafting: bool,
    pub verdicts: Vec<(Seat, Verdict)>,
}

/// Reads what each seat may do.
pub async fn of_seats(shell: &Shell, statement: StatementId, seats: Vec<(Seat, SessionId)>) -> Attempt<Found> {
    let now = shell.clock.now();
    shell
        .store
        .read(move |tx| {
            let statement = statements::load(tx, statement)?;
            // One person may have many pages open in one session.
            let mut known: HashMap<SessionId, Verdict> = HashMap::new();
            let mut verdicts = Vec::with_capacity(seats.len());
            for (seat, session) in seats {
                let verdict = match known.get(&session) {
                    Some(verdict) => *verdict,
                    None => {
                        let may = accounts::caller_again(tx, session, now).and_then(|caller| permits::join(tx, &caller, &statement));
                        let verdict = match may {
                            Ok(join) => Verdict::May(right(join.right)),
                            Err(Failure::Refused(refusal)) if refusal.no == No::SignedOut => Verdict::Gone(Dismissal::SIGNED_OUT),
                            Err(Failure::Refused(_)) => Verdict::Gone(Dismissal::NO_RIGHT),
                            Err(broken) => return Err(broken),
                        };
                        known.insert(session, verdict);
                        verdict
                    }
                };
                verdicts.push((seat, verdict));
            }
            Ok(Found { drafting: statement.state == State::Drafting, verdicts })
        })
        .await
}

pub fn right(right: permits::Right) -> Right {
    match right {
        permits::Right::Read => Right::Read,
        permits::Right::Edit => Right::Edit,
    }
}
