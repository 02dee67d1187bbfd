//! Who sees what is known of suggestions, and who may say why one was not accepted. A permit is made only here, in the transaction
//! that uses it.

use crate::{
    accounts::Caller,
    kernel::{Moment, No, PersonId, StatementId},
    statements::{self, May, State, permits},
    store::{Attempt, Tx},
};

/// Leave to see what is known of a draft's suggestions.
pub struct See {
    statement: StatementId,
}

/// Leave to decide about them.
pub struct Decide {
    statement: StatementId,
    by: PersonId,
}

impl See {
    pub fn statement(&self) -> StatementId {
        self.statement
    }
}

impl Decide {
    pub fn statement(&self) -> StatementId {
        self.statement
    }

    pub fn by(&self) -> PersonId {
        self.by
    }
}

/// Whoever may open the draft.
pub fn see(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId) -> Attempt<See> {
    let statement = statements::load(tx, id)?;
    permits::join(tx, caller, &statement, now)?;
    Ok(See { statement: id })
}

/// Whoever edits the draft now.
pub fn decide(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId) -> Attempt<Decide> {
    let statement = statements::load(tx, id)?;
    let join = permits::join(tx, caller, &statement, now)?;
    match (join.may, statement.state) {
        (May::Edit, _) => Ok(Decide { statement: id, by: caller.person }),
        (_, State::Drafting) => Err(No::NotAllowed.into()),
        _ => Err(No::StatementNotDrafting.into()),
    }
}
