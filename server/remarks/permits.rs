//! Who sees threads and who takes part in them. A permit is made only here, in the transaction that uses it.
//!
//! Whoever may open a draft sees its threads, except those among coordinators, which exist for coordinators alone. Who may
//! take part is decided in one place: [`takes_part`].

use super::model::{Among, Author, Thread};
use crate::{
    accounts::Caller,
    kernel::{Moment, No, Refusal, StatementId},
    statements::{
        self, May, State, Statement,
        permits::{self, Join},
    },
    store::{Attempt, Tx},
};

/// Leave to see what was said about a draft.
pub struct See {
    statement: Statement,
    join: Join,
    coordinator: bool,
}

/// Leave to say something, and to settle what was said.
pub struct TakePart {
    see: See,
    by: Author,
}

impl See {
    pub fn statement(&self) -> StatementId {
        self.statement.id
    }

    pub fn title(&self) -> &str {
        &self.statement.title
    }

    /// Whether a thread exists for whoever holds this.
    pub fn shows(&self, thread: &Thread) -> bool {
        self.shows_among(thread.among)
    }

    pub fn shows_among(&self, among: Among) -> bool {
        match among {
            Among::All => true,
            Among::Coordinators => self.coordinator,
        }
    }

    pub fn may_take_part(&self) -> bool {
        takes_part(&self.join, &self.statement).is_ok()
    }
}

impl TakePart {
    pub fn see(&self) -> &See {
        &self.see
    }

    pub fn by(&self) -> Author {
        self.by
    }
}

/// Whoever may open the draft.
pub fn see(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId) -> Attempt<See> {
    let statement = statements::load(tx, id)?;
    let join = permits::join(tx, caller, &statement, now)?;
    Ok(See { statement, join, coordinator: caller.coordinator })
}

/// Whoever may say something about the draft now.
pub fn take_part(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId) -> Attempt<TakePart> {
    let see = see(tx, caller, now, id)?;
    takes_part(&see.join, &see.statement)?;
    let by = Author { person: Some(caller.person), organisation: see.join.organisation };
    Ok(TakePart { see, by })
}

/// Whoever may comment on the draft takes part in its threads, while it is a draft. (Once it is not, everybody reads.)
fn takes_part(join: &Join, statement: &Statement) -> Result<(), Refusal> {
    match (join.may, statement.state) {
        (May::Comment | May::Suggest | May::Edit, _) => Ok(()),
        (May::Read, State::Drafting) => Err(No::NotAllowed.into()),
        (May::Read, _) => Err(No::RemarksClosed.into()),
    }
}
