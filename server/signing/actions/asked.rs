//! What somebody is asked to sign, seen from their own session. Their own organisation's answer is theirs to see; the act
//! itself still needs their letter and a code.

use super::Means;
use crate::{
    accounts::{self, Caller, Role},
    kernel::{Moment, No, OrganisationId, RoundId},
    mail::{Letter, outbox},
    organisations::{self, Organisation},
    signing::{
        answer::Answer,
        correspondence::{self, Correspondence},
        limits, queries,
        round::Round,
    },
    statements::{self, Edition},
    store::{Attempt, Tx},
};

/// One organisation of a caller's in one open round.
pub struct Asked {
    pub round: Round,
    pub edition: Edition,
    pub organisation: Organisation,
    pub may_sign: bool,
    pub answer: Option<Answer>,
}

/// The open rounds that ask organisations for which the caller signs or is the focal point, soonest deadline first.
pub fn of(tx: &mut Tx, caller: &Caller, now: Moment) -> Attempt<Vec<Asked>> {
    let own: Vec<OrganisationId> = written_to(caller).collect();
    let mut asked = Vec::new();
    for (round, id) in queries::rounds_asking(tx, &own)? {
        if round.takes_answers(now).is_err() {
            continue;
        }
        let Some(organisation) = organisations::by_id(tx, id)? else { continue };
        asked.push(Asked {
            edition: statements::load_edition(tx, round.edition)?,
            may_sign: caller.roles.contains(&(id, Role::SigningAuthority)),
            answer: queries::standing_of(tx, round.id, id)?,
            round,
            organisation,
        });
    }
    asked.sort_by_key(|one| (one.round.closes_at, one.round.id, one.organisation.id));
    Ok(asked)
}

fn written_to(caller: &Caller) -> impl Iterator<Item = OrganisationId> + '_ {
    let mut own: Vec<OrganisationId> = caller
        .roles
        .iter()
        .filter(|(_, role)| matches!(role, Role::SigningAuthority | Role::FocalPoint))
        .map(|(organisation, _)| *organisation)
        .collect();
    own.sort();
    own.dedup();
    own.into_iter()
}

/// Mails the caller their personal link once more. Errors: they are not written to in this round, or were too often lately.
pub fn send_letter(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, id: RoundId, organisation: OrganisationId) -> Attempt<()> {
    let round = queries::round_by_id(tx, id)?.ok_or(No::NotFound)?;
    let is_asked = written_to(caller).any(|own| own == organisation) && queries::invited(tx, id)?.iter().any(|(of, _)| *of == organisation);
    if !is_asked {
        return Err(No::NotFound.into());
    }
    if queries::letters_since(tx, id, caller.person, now.plus_seconds(-3600))? >= limits::LETTERS_PER_HOUR {
        return Err(No::TooMany.into());
    }
    let edition = statements::load_edition(tx, round.edition)?;
    let contacts = organisations::contacts(tx, &[organisation])?;
    let organisation = organisations::by_id(tx, organisation)?.ok_or(No::NotFound)?;
    let readers = correspondence::readers(&organisation, &contacts);
    let reader = readers.into_iter().find(|reader| reader.person == caller.person).ok_or(No::NotFound)?;
    let person = accounts::address_of(tx, caller.person)?.ok_or(No::NotFound)?.name;
    let about = Correspondence { post: means.post, round: &round, edition: &edition, organisation: &organisation };
    let matter = about.matter(about.link(tx, &reader, now)?, now);
    outbox::queue(tx, means.post, caller.person, Letter::LinkAgain { person, matter }, now)
}
