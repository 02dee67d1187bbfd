//! Who may do what with a statement. A permit can be made only here, inside the transaction that uses it.

use super::{
    model::{State, Statement},
    queries,
};
use crate::{
    accounts::Caller,
    kernel::{No, OrganisationId, StatementId},
    store::{Attempt, Tx},
};

/// Leave to see a statement that is not published.
pub struct See(());
/// Leave to lead a statement: freeze, reopen, open rounds, publish.
pub struct Lead(());

/// Leave to open a draft's room, and what may be done in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Join {
    pub right: Right,
    /// In whose name, and in whose colour, this person writes. Coordinators may write in nobody's.
    pub organisation: Option<OrganisationId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    Read,
    Edit,
}

/// Coordinators lead.
pub fn lead(caller: &Caller) -> Attempt<Lead> {
    if caller.coordinator { Ok(Lead(())) } else { Err(No::NotAllowed.into()) }
}

/// Leads a statement that exists; who may not even see it learns nothing.
pub fn lead_this(tx: &mut Tx, caller: &Caller, statement: &Statement) -> Attempt<Lead> {
    see(tx, caller, statement)?;
    lead(caller)
}

/// Coordinators see every statement, drafters those they write, and everybody with a session what is published.
pub fn see(tx: &mut Tx, caller: &Caller, statement: &Statement) -> Attempt<See> {
    let may = caller.coordinator || statement.state == State::Published || drafts_for(tx, caller, statement.id)?.is_some();
    if may { Ok(See(())) } else { Err(No::NotFound.into()) }
}

/// The organisation among those invited to write that this person drafts for, if any.
pub fn drafts_for(tx: &mut Tx, caller: &Caller, statement: StatementId) -> Attempt<Option<OrganisationId>> {
    let invited = queries::drafter_ids(tx, statement)?;
    Ok(caller.drafts_for().find(|organisation| invited.contains(organisation)))
}

/// Who may open the room of a draft: its drafters and coordinators, and only its drafters and coordinators edit, and only while it is drafting.
pub fn join(tx: &mut Tx, caller: &Caller, statement: &Statement) -> Attempt<Join> {
    let organisation = drafts_for(tx, caller, statement.id)?;
    if organisation.is_none() && !caller.coordinator {
        return Err(No::NotFound.into());
    }
    let right = if statement.state == State::Drafting { Right::Edit } else { Right::Read };
    Ok(Join { right, organisation })
}
