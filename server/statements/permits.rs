//! Who may do what with a statement. A permit can be made only here, inside the transaction that uses it; it carries the
//! statement it was given for, so that what was checked and what is acted on cannot be two.
//!
//! Coordinators lead and edit every statement; drafters see those their organisation takes part in, and do there what it may
//! at that moment: read, comment, suggest, edit; everybody with a session sees what is published. What one may not even see does not exist (404); what one sees but may not do is refused (403).

use super::{
    lifecycle::{self, Move},
    model::{Edition, May, State, Statement},
    queries,
};
use crate::{
    accounts::{self, Caller},
    kernel::{Moment, No, OrganisationId, PersonId, StatementId},
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
    pub may: May,
    /// In whose name, and in whose colour, this person writes. Coordinators may write in nobody's.
    pub organisation: Option<OrganisationId>,
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

/// The organisation among those that take part that this person drafts for, if any, and what was given to it; of several the
/// first that may do most.
pub fn drafts_for(tx: &mut Tx, caller: &Caller, statement: StatementId) -> Attempt<Option<(OrganisationId, May)>> {
    let rights = queries::rights(tx, statement)?;
    let own = caller.drafts_for().filter_map(|own| rights.iter().find(|(organisation, _)| *organisation == own).copied());
    // Of equals the last would be taken; the first is wanted.
    Ok(own.rev().max_by_key(|(_, may)| *may))
}

/// How an organisation writes is its own choice: whoever drafts for it chooses, and no coordinator.
pub fn name(tx: &mut Tx, caller: &Caller, id: StatementId) -> Attempt<Name> {
    let See { statement } = see(tx, caller, id)?;
    let (organisation, _) = drafts_for(tx, caller, id)?.ok_or(No::NotAllowed)?;
    Ok(Name { statement, organisation, by: caller.person })
}

/// Who may open the room of a draft, and what they may do there now: its coordinators edit, its drafters do what their
/// organisation may, and once it is not drafting everybody reads.
pub fn join(tx: &mut Tx, caller: &Caller, statement: &Statement, now: Moment) -> Attempt<Join> {
    let (may, organisation) = match drafts_for(tx, caller, statement.id)? {
        Some((organisation, may)) if may == May::Edit || !caller.coordinator => (may.at(statement.remarks_until, now), Some(organisation)),
        // Whoever leads a draft edits it, and in the name of an organisation only where that may edit itself.
        _ if caller.coordinator => (May::Edit, None),
        _ => return Err(No::NotFound.into()),
    };
    Ok(Join { may: if statement.state == State::Drafting { may } else { May::Read }, organisation })
}

/// Whether what somebody wrote may still be committed: in the name it was written in, at this moment, with the right it needs.
pub fn writes_on(
    tx: &mut Tx,
    statement: &Statement,
    person: PersonId,
    organisation: Option<OrganisationId>,
    needs: May,
    now: Moment,
) -> Attempt<bool> {
    let may = match organisation {
        Some(organisation) => queries::may_of(tx, statement.id, organisation)?.map(|may| may.at(statement.remarks_until, now)),
        None => Some(May::Edit),
    };
    Ok(statement.state == State::Drafting && may >= Some(needs) && accounts::writes_for(tx, person, organisation)?)
}

/// What a caller may do with a statement now, so that no page needs to know the rules.
pub fn moves(tx: &mut Tx, caller: &Caller, statement: &Statement) -> Attempt<Vec<Move>> {
    let own = if caller.coordinator { None } else { drafts_for(tx, caller, statement.id)? };
    let mut may = match (caller.coordinator, statement.state) {
        (true, state) => lifecycle::moves(state).to_vec(),
        (false, State::Drafting) if own.is_some_and(|(_, may)| may == May::Edit) => vec![Move::Edit],
        (false, _) => Vec::new(),
    };
    if (caller.coordinator || own.is_some()) && lifecycle::has_two_texts(statement.state, statement.revisions) {
        may.push(Move::Compare);
    }
    Ok(may)
}
