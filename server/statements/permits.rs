//! Who may do what with a statement. A permit can be made only here, inside the transaction that uses it; it carries the
//! statement it was given for, so that what was checked and what is acted on cannot be two.
//!
//! Coordinators lead every statement; drafters see and write those they are invited to; everybody with a session sees what
//! is published. What one may not even see does not exist (404); what one sees but may not do is refused (403).

use super::{
    lifecycle::{self, Move},
    model::{Edition, State, Statement},
    queries,
};
use crate::{
    accounts::{self, Caller},
    kernel::{No, OrganisationId, PersonId, StatementId},
    store::{Attempt, Tx},
};

/// Leave to start statements.
pub struct Start {
    by: PersonId,
}

/// Leave to see a statement.
pub struct See {
    statement: Statement,
}

/// Leave to lead a statement: freeze, reopen, open and close rounds, publish.
pub struct Lead {
    statement: Statement,
    by: Option<PersonId>,
}

/// Leave to say whether an organisation that writes a draft does so unnamed.
pub struct Name {
    statement: Statement,
    organisation: OrganisationId,
    by: PersonId,
}

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

impl Start {
    pub fn by(&self) -> PersonId {
        self.by
    }
}

impl See {
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// Whether an edition is shown: to those of the house every one, to everybody else those that were published.
    pub fn shows_edition(&self, tx: &mut Tx, caller: &Caller, edition: &Edition) -> Attempt<()> {
        let is_shown = edition.statement == self.statement.id
            && (is_of_the_house(tx, caller, self.statement.id)?
                || queries::published_labels(tx, self.statement.id)?.contains(&edition.label));
        if is_shown { Ok(()) } else { Err(No::NotFound.into()) }
    }
}

impl Lead {
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The coordinator who leads; nobody where the clock does.
    pub fn by(&self) -> Option<PersonId> {
        self.by
    }
}

impl Name {
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    pub fn by(&self) -> PersonId {
        self.by
    }
}

/// Coordinators start statements.
pub fn start(caller: &Caller) -> Attempt<Start> {
    if caller.coordinator { Ok(Start { by: caller.person }) } else { Err(No::NotAllowed.into()) }
}

/// Coordinators see every statement, drafters those they write, and everybody with a session what was ever published.
pub fn see(tx: &mut Tx, caller: &Caller, id: StatementId) -> Attempt<See> {
    let statement = queries::by_id(tx, id)?.ok_or(No::NotFound)?;
    let may = is_of_the_house(tx, caller, id)? || !queries::published_labels(tx, id)?.is_empty();
    if may { Ok(See { statement }) } else { Err(No::NotFound.into()) }
}

/// Whether somebody coordinates, or writes this statement: they see how it comes about, not only what came of it.
pub fn is_of_the_house(tx: &mut Tx, caller: &Caller, id: StatementId) -> Attempt<bool> {
    Ok(caller.coordinator || drafts_for(tx, caller, id)?.is_some())
}

/// Coordinators lead.
pub fn lead(tx: &mut Tx, caller: &Caller, id: StatementId) -> Attempt<Lead> {
    let See { statement } = see(tx, caller, id)?;
    if caller.coordinator { Ok(Lead { statement, by: Some(caller.person) }) } else { Err(No::NotAllowed.into()) }
}

/// The clock leads where a deadline decides, and only there: it has no caller.
pub fn lead_by_the_clock(tx: &mut Tx, id: StatementId) -> Attempt<Lead> {
    Ok(Lead { statement: queries::by_id(tx, id)?.ok_or(No::NotFound)?, by: None })
}

/// The organisation among those invited to write that this person drafts for, if any.
pub fn drafts_for(tx: &mut Tx, caller: &Caller, statement: StatementId) -> Attempt<Option<OrganisationId>> {
    let invited = queries::drafter_ids(tx, statement)?;
    Ok(caller.drafts_for().find(|organisation| invited.contains(organisation)))
}

/// How an organisation writes is its own choice: whoever drafts for it chooses, and no coordinator.
pub fn name(tx: &mut Tx, caller: &Caller, id: StatementId) -> Attempt<Name> {
    let See { statement } = see(tx, caller, id)?;
    let organisation = drafts_for(tx, caller, id)?.ok_or(No::NotAllowed)?;
    Ok(Name { statement, organisation, by: caller.person })
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

/// Whether what somebody wrote may still be committed: in the name it was written in, at this moment.
pub fn writes_on(tx: &mut Tx, statement: &Statement, person: PersonId, organisation: Option<OrganisationId>) -> Attempt<bool> {
    let invited = match organisation {
        Some(organisation) => queries::is_drafter(tx, statement.id, organisation)?,
        None => true,
    };
    Ok(statement.state == State::Drafting && invited && accounts::writes_for(tx, person, organisation)?)
}

/// What a caller may do with a statement now, so that no page needs to know the rules.
pub fn moves(tx: &mut Tx, caller: &Caller, statement: &Statement) -> Attempt<Vec<Move>> {
    let drafts = !caller.coordinator && drafts_for(tx, caller, statement.id)?.is_some();
    let mut may = match (caller.coordinator, statement.state) {
        (true, state) => lifecycle::moves(state).to_vec(),
        (false, State::Drafting) if drafts => vec![Move::Edit],
        (false, _) => Vec::new(),
    };
    if (caller.coordinator || drafts) && lifecycle::has_two_texts(statement.state, statement.revisions) {
        may.push(Move::Compare);
    }
    Ok(may)
}
