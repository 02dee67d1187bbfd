//! Who may lead a round, and who may answer in it. A person answers through their own letter and for its organisation only.

use super::{
    queries::{self, LetterRow},
    round::Round,
};
use crate::{
    accounts::Caller,
    kernel::{No, RoundId, SecretHash},
    statements::{self, Statement},
    store::{Answer, Tx},
};

/// Leave to lead a round, and what it is on.
pub struct LeadRound {
    pub round: Round,
    pub statement: Statement,
}

pub fn lead_round(tx: &mut Tx, caller: &Caller, id: RoundId) -> Answer<LeadRound> {
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
}

/// Whoever holds a letter's link reads. Unknown links are not told from expired ones.
pub fn holder(tx: &mut Tx, token: SecretHash) -> Answer<Holder> {
    let letter = queries::letter(tx, token)?.ok_or(No::NotFound)?;
    let round = queries::round_by_id(tx, letter.round)?.ok_or(No::NotFound)?;
    Ok(Holder { letter, round })
}

/// Leave to answer for the letter's organisation.
pub struct Sign(pub Holder);

pub fn sign(tx: &mut Tx, token: SecretHash) -> Answer<Sign> {
    let holder = holder(tx, token)?;
    if !holder.letter.may_sign {
        return Err(No::NotYoursToSign.into());
    }
    Ok(Sign(holder))
}
