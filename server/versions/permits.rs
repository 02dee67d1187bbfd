//! Who may look at the versions of a draft, and who may name one or bring one back. Whoever may open a draft sees how it came about;
//! whoever may write in it now may put an earlier text in its place, which takes nothing away.

use super::{model::Version, queries};
use crate::{
    accounts::Caller,
    kernel::{Moment, No, StatementId, VersionId},
    statements::{
        self, May, State, Statement,
        permits::{self, Join},
    },
    store::{Attempt, Tx},
};

/// Leave to look at the versions of a draft.
pub struct Look {
    statement: Statement,
    join: Join,
}

/// Leave to write in the draft.
pub struct Write {
    statement: Statement,
    join: Join,
}

impl Look {
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    pub fn may_write(&self) -> bool {
        self.join.may == May::Edit
    }
}

impl Write {
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// In whose name.
    pub fn join(&self) -> Join {
        self.join
    }
}

pub fn look(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId) -> Attempt<Look> {
    let statement = statements::load(tx, id)?;
    let join = permits::join(tx, caller, &statement, now)?;
    Ok(Look { statement, join })
}

/// Leave to look at the draft of a version, and the version.
pub fn look_at(tx: &mut Tx, caller: &Caller, now: Moment, id: VersionId) -> Attempt<(Look, Version)> {
    let version = queries::by_id(tx, id)?.ok_or(No::NotFound)?;
    Ok((look(tx, caller, now, version.line.statement)?, version))
}

pub fn write(look: Look) -> Attempt<Write> {
    let Look { statement, join } = look;
    match (join.may, statement.state) {
        (May::Edit, _) => Ok(Write { statement, join }),
        (_, State::Drafting) => Err(No::NotAllowed.into()),
        _ => Err(No::StatementNotDrafting.into()),
    }
}
