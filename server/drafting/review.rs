//! Asks permits again while sockets are open: what everybody in a room may do now, and how they are shown. Joining is no
//! licence for life.
//!
//! Asked when drafters change, when an organisation chooses how it writes, when a hold ends, and every half minute whatever
//! happened: a session that lapses says so to no room, and one that was ended in another process does not either. Who is
//! signed out or has lost the right to see the draft is sent away; whoever may only read stays.

use std::collections::HashMap;

use super::protocol::User;
use super::room::{Dismissal, Right, Seat};
use crate::accounts;
use crate::http::Shell;
use crate::kernel::{Moment, No, SessionId, StatementId};
use crate::statements::writers::{self, Known};
use crate::statements::{self, May, State, Statement, permits};
use crate::store::{Attempt, Failure, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    May(Right, User),
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
                    Some(verdict) => verdict.clone(),
                    None => {
                        let verdict = match seated(tx, session, now, &statement) {
                            Ok(verdict) => verdict,
                            Err(Failure::Refused(refusal)) if refusal.no == No::SignedOut => Verdict::Gone(Dismissal::SIGNED_OUT),
                            Err(Failure::Refused(_)) => Verdict::Gone(Dismissal::NO_RIGHT),
                            Err(broken) => return Err(broken),
                        };
                        known.insert(session, verdict.clone());
                        verdict
                    }
                };
                verdicts.push((seat, verdict));
            }
            Ok(Found { drafting: statement.state == State::Drafting, verdicts })
        })
        .await
}

fn seated(tx: &mut Tx, session: SessionId, now: Moment, statement: &Statement) -> Attempt<Verdict> {
    let caller = accounts::caller_again(tx, session, now)?;
    let join = permits::join(tx, &caller, statement, now)?;
    Ok(match writers::find(tx, statement.id, join.organisation)? {
        Some(known) => Verdict::May(right(join.may), shown_as(&known)),
        // Nobody can be given a handle in this look; who comes back is.
        None => Verdict::Gone(Dismissal::SEAT_CHANGED),
    })
}

/// How somebody is shown to the others in a room.
pub fn shown_as(known: &Known) -> User {
    let colour = match &known.organisation {
        Some(_) if known.unnamed => 0,
        Some(organisation) => u8::try_from(organisation.colour).unwrap_or_default(),
        // A colour tells one organisation from another; the secretariat is none.
        None => 0,
    };
    User { handle: known.handle.clone(), colour }
}

/// What a permit has to give for what was brought with such a right.
pub fn needed(right: Right) -> May {
    match right {
        Right::Read => May::Read,
        Right::Suggest => May::Suggest,
        Right::Edit => May::Edit,
    }
}

/// What one may do in the room whose permit says so. Comments are no part of the text and come by another door.
pub fn right(may: May) -> Right {
    match may {
        May::Read | May::Comment => Right::Read,
        May::Suggest => Right::Suggest,
        May::Edit => Right::Edit,
    }
}
