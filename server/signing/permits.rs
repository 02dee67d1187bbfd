//! Who may lead a round, and who may answer in it. A person answers through their own letter and for its organisation only.

use super::{
    queries::{self, LetterRow},
    round::Round,
};
use crate::{
    accounts::{Caller, Role},
    kernel::{No, RoundId, SecretHash},
    organisations,
    statements::{self, Statement},
    store::{Attempt, Tx},
};

/// Leave to lead a round, and what it is on.
pub struct LeadRound {
    pub round: Round,
    pub statement: Statement,
}

pub fn lead_round(tx: &mut Tx, caller: &Caller, id: RoundId) -> Attempt<LeadRound> {
    let round = queries::round_by_id(tx, id)?.ok_or(No::NotFound)?;
    let statement = statements::load(tx, round.statement)?;
    // Rounds are the coordinators' alone: who was asked and who is silent would, by subtraction, name the withheld.
    if !caller.coordinator {
        return Err(No::NotFound.into());
    }
    Ok(LeadRound { round, statement })
}

/// Leave to read a round's text through a personal letter.
pub struct Holder {
    pub letter: LetterRow,
    pub round: Round,
    /// What the person of the letter is to its organisation today.
    roles: Vec<Role>,
}

/// Whoever holds a letter's link reads, for as long as the person it was written to acts for the organisation.
/// Unknown links are not told from those of people who left.
pub fn holder(tx: &mut Tx, token: SecretHash) -> Attempt<Holder> {
    let letter = queries::letter(tx, token)?.ok_or(No::NotFound)?;
    let contacts = organisations::contacts(tx, &[letter.organisation])?;
    let roles: Vec<Role> = contacts.into_iter().filter(|contact| contact.person == letter.person).map(|contact| contact.role).collect();
    if roles.is_empty() {
        return Err(No::NotFound.into());
    }
    let round = queries::round_by_id(tx, letter.round)?.ok_or(No::NotFound)?;
    Ok(Holder { letter, round, roles })
}

/// Leave to answer for the letter's organisation.
pub struct Sign(pub Holder);

pub fn sign(tx: &mut Tx, token: SecretHash) -> Attempt<Sign> {
    let holder = holder(tx, token)?;
    if !holder.letter.may_sign || !holder.roles.contains(&Role::SigningAuthority) {
        return Err(No::NotYoursToSign.into());
    }
    Ok(Sign(holder))
}
