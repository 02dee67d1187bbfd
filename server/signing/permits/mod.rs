//! Who may lead a round, and who may read and answer in it.
//!
//! Rounds are the coordinators' alone: who was asked and who is silent would, by subtraction, name the withheld. An
//! organisation answers through a personal letter: whoever holds it reads, for as long as the person it was written to acts
//! for the organisation; who may sign is a signing authority today, whatever they were when the letter was written. Unknown
//! letters are not told from those of people who left.

pub mod leave;

use super::{
    queries::{self, LetterRow},
    round::Round,
};
use crate::{
    accounts::{Caller, Role},
    kernel::{Moment, No, RoundId, SecretHash},
    organisations::{self, Contact},
    statements::permits::{self, Lead},
    store::{Attempt, Tx},
};

/// Leave to lead a round: leave to lead its statement, and the round.
pub struct LeadRound {
    lead: Lead,
    round: Round,
}

impl LeadRound {
    pub fn lead(&self) -> &Lead {
        &self.lead
    }

    pub fn round(&self) -> &Round {
        &self.round
    }
}

pub fn lead_round(tx: &mut Tx, caller: &Caller, id: RoundId) -> Attempt<LeadRound> {
    let round = queries::round_by_id(tx, id)?.ok_or(No::NotFound)?;
    if !caller.coordinator {
        return Err(No::NotFound.into());
    }
    Ok(LeadRound { lead: permits::lead(tx, caller, round.statement)?, round })
}

/// Leave to close a round whose deadline has come, which the clock has; nothing where it has not come.
pub fn close_by_the_clock(tx: &mut Tx, id: RoundId, now: Moment) -> Attempt<Option<LeadRound>> {
    let round = queries::round_by_id(tx, id)?.ok_or(No::NotFound)?;
    if !round.is_due(now) {
        return Ok(None);
    }
    Ok(Some(LeadRound { lead: permits::lead_by_the_clock(tx, round.statement)?, round }))
}

/// Leave to read a round's text through a personal letter.
pub struct Holder {
    letter: LetterRow,
    round: Round,
    contacts: Vec<Contact>,
}

impl Holder {
    pub fn letter(&self) -> &LetterRow {
        &self.letter
    }

    pub fn round(&self) -> &Round {
        &self.round
    }

    /// Everybody who acts for the letter's organisation.
    pub fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    /// Whether the letter's person may sign for its organisation.
    pub fn may_sign(&self) -> bool {
        let signs = |contact: &Contact| contact.person == self.letter.person && contact.role == Role::SigningAuthority;
        self.letter.may_sign && self.contacts.iter().any(signs)
    }
}

pub fn holder(tx: &mut Tx, token: SecretHash) -> Attempt<Holder> {
    let letter = queries::letter(tx, token)?.ok_or(No::NotFound)?;
    let contacts = organisations::contacts(tx, &[letter.organisation])?;
    if !contacts.iter().any(|contact| contact.person == letter.person) {
        return Err(No::NotFound.into());
    }
    let round = queries::round_by_id(tx, letter.round)?.ok_or(No::NotFound)?;
    Ok(Holder { letter, round, contacts })
}

/// Leave to answer for the letter's organisation.
pub fn sign(tx: &mut Tx, token: SecretHash) -> Attempt<(Holder, leave::Sign)> {
    let holder = holder(tx, token)?;
    if holder.may_sign() { Ok((holder, leave::Sign::given())) } else { Err(No::NotYoursToSign.into()) }
}
