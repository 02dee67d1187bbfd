//! Who sees threads and who takes part in them. A permit is made only here, in the transaction that uses it.
//!
//! Whoever may open a draft sees its threads, except those among coordinators, which exist for coordinators alone. Who may
//! take part is decided in one place: [`takes_part`]. Whoever edits the draft may say of words in brackets what holds for everybody.

use super::model::{Among, Author, Thread};
use crate::{
    accounts::Caller,
    kernel::{Moment, No, OrganisationId, Refusal, StatementId},
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

/// Leave to enter brackets, and to say that words in them are agreed.
pub struct BracketWords {
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

    pub fn may_bracket_words(&self) -> bool {
        brackets(&self.join, &self.statement).is_ok()
    }

    /// In whose name whoever holds this speaks; nothing for the secretariat.
    pub fn organisation(&self) -> Option<OrganisationId> {
        self.join.organisation
    }
}

impl BracketWords {
    pub fn by(&self) -> Author {
        self.by
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

/// Whoever may edit the draft now.
pub fn bracket_words(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId) -> Attempt<BracketWords> {
    let see = see(tx, caller, now, id)?;
    brackets(&see.join, &see.statement)?;
    Ok(BracketWords { by: Author { person: Some(caller.person), organisation: see.join.organisation } })
}

fn brackets(join: &Join, statement: &Statement) -> Result<(), Refusal> {
    takes_part(join, statement)?;
    if join.may == May::Edit { Ok(()) } else { Err(No::NotAllowed.into()) }
}

/// Whoever may comment on the draft takes part in its threads, while it is a draft. (Once it is not, everybody reads.)
fn takes_part(join: &Join, statement: &Statement) -> Result<(), Refusal> {
    match (join.may, statement.state) {
        (May::Comment | May::Suggest | May::Edit, _) => Ok(()),
        (May::Read, State::Drafting) => Err(No::NotAllowed.into()),
        (May::Read, _) => Err(No::RemarksClosed.into()),
    }
}
