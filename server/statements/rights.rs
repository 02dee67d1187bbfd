//! Which organisations take part in a draft, what each may do, and until when comments are taken.
//!
//! Coordinators choose all of it in one act, on a page that showed how it was: whoever chose meanwhile is not overruled
//! unseen. It holds at once, and a right that was given is told to those who have it, by one letter each: to the drafters of
//! that organisation and to nobody else, so that who writes unnamed is written to like others and stays unnamed.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    actions, limits,
    model::{May, State, Statement, What},
    permits::{self, Lead},
    queries, writers,
};
use crate::{
    accounts::{self, Caller, Role},
    kernel::{Moment, No, OrganisationId, PersonId, Refusal, Seen, Shown, StatementId},
    mail::{Letter, Part, Post, outbox},
    organisations::{self, Organisation},
    store::{Attempt, Tx},
    words::{Words, dates},
};

/// What the page shows before rights are changed: those that stand.
#[derive(Debug, Serialize)]
pub struct ChoosingRights {
    pub statement: StatementId,
    pub state: State,
    pub present: Vec<(OrganisationId, May)>,
    pub remarks_until: Option<Moment>,
    /// When that was last chosen, so that going to and fro is not taken for a repetition.
    pub chosen_at: Option<Moment>,
}

impl Shown for ChoosingRights {
    const ACT: &'static str = "choose-rights";
}

/// What a coordinator chooses: all that then holds. Who is not among `rights` takes no part.
pub struct Chosen {
    pub rights: Vec<(OrganisationId, May)>,
    pub remarks_until: Option<Moment>,
}

/// Looks at who may do what, before that is changed.
pub fn choosing(tx: &mut Tx, lead: &Lead) -> Attempt<ChoosingRights> {
    let Statement { id, state, remarks_until, .. } = *lead.statement();
    let chosen_at = queries::last_act(tx, id, What::DraftersSet)?;
    Ok(ChoosingRights { statement: id, state, present: queries::rights(tx, id)?, remarks_until, chosen_at })
}

/// Says who may do what with a draft, and until when comments are taken.
pub fn choose(tx: &mut Tx, post: &Post, caller: &Caller, now: Moment, id: StatementId, seen: &Seen, wanted: &Chosen) -> Attempt<()> {
    let lead = permits::lead(tx, caller, id)?;
    let known = actions::chosen(tx, &wanted.rights.iter().map(|(organisation, _)| *organisation).collect::<Vec<_>>())?;
    let chosen = sound(wanted)?;
    let before = choosing(tx, &lead)?;
    let choice = fingerprint_of(&chosen);
    // Another choice on the same page is another act, not a repetition; nor is one that was changed since.
    let stands = before.present == chosen.rights && before.remarks_until == chosen.remarks_until;
    if accounts::confirmed::<ChoosingRights>(tx, caller, id, seen)?.is_some_and(|made| stands && made == choice) {
        return Ok(());
    }
    if before.state != State::Drafting {
        return Err(No::StatementNotDrafting.into());
    }
    let before = seen.confirms(before)?.into_inner();
    if before.remarks_until != chosen.remarks_until {
        chosen.remarks_until.map_or(Ok(()), |until| may_end_at(until, now))?;
    }
    queries::set_rights(tx, id, &chosen.rights, chosen.remarks_until)?;
    for (organisation, _) in &chosen.rights {
        writers::admit(tx, id, Some(*organisation))?;
    }
    remember(tx, &lead, &before, &chosen, &known, now)?;
    tell(tx, post, &lead, &before, &chosen, now)?;
    accounts::note_confirmed::<ChoosingRights>(tx, caller, id, seen, choice, now)
}

/// Each organisation once, in the order of their ids.
fn sound(Chosen { rights, remarks_until }: &Chosen) -> Result<Chosen, Refusal> {
    let mut rights = rights.clone();
    rights.sort();
    rights.dedup();
    if rights.windows(2).any(|two| two[0].0 == two[1].0) {
        return Err(Refusal::new(No::FieldInvalid).with("field", "organisations"));
    }
    // A deadline is told to the minute; parts of a second would be a change nobody sees.
    Ok(Chosen { rights, remarks_until: remarks_until.map(Moment::whole_seconds) })
}

fn may_end_at(until: Moment, now: Moment) -> Result<(), No> {
    if until <= now {
        return Err(No::RemarksUntilPast);
    }
    if until > now.plus_seconds(limits::REMARKS_SECONDS_MAX) {
        return Err(No::RemarksUntilTooFar);
    }
    Ok(())
}

/// Tells one choice from another.
fn fingerprint_of(Chosen { rights, remarks_until }: &Chosen) -> String {
    let rights = rights.iter().map(|(organisation, may)| format!("{organisation} {}", may.word()));
    let parts: Vec<String> = rights.chain(remarks_until.map(Moment::rfc3339)).collect();
    hex::encode(Sha256::digest(parts.join(" ")))
}

/// For the history: who may do what from now on, and the deadline where that was changed.
fn remember(tx: &mut Tx, lead: &Lead, before: &ChoosingRights, chosen: &Chosen, known: &[Organisation], now: Moment) -> Attempt<()> {
    if before.remarks_until != chosen.remarks_until {
        match chosen.remarks_until {
            Some(until) => actions::record_act(tx, lead, What::RemarksUntilSet, &until.rfc3339(), now)?,
            None => actions::record_act(tx, lead, What::RemarksUntilTaken, "", now)?,
        }
    }
    let of = |(id, may): &(OrganisationId, May)| {
        let known = known.iter().find(|organisation| organisation.id == *id)?;
        Some(format!("{} ({})", known.acronym, may.word()))
    };
    let mut who: Vec<String> = chosen.rights.iter().filter_map(of).collect();
    who.sort();
    actions::record_act(tx, lead, What::DraftersSet, &who.join(", "), now)
}

/// Writes to everybody who may do more than before, once, however many organisations they draft for. Whoever chose knows it.
fn tell(tx: &mut Tx, post: &Post, lead: &Lead, before: &ChoosingRights, chosen: &Chosen, now: Moment) -> Attempt<()> {
    let right = |rights: &[(OrganisationId, May)], of| rights.iter().find(|(id, _)| *id == of).map(|(_, may)| *may);
    let mut all: Vec<OrganisationId> = before.present.iter().chain(&chosen.rights).map(|(organisation, _)| *organisation).collect();
    all.sort();
    all.dedup();
    let mut people: BTreeMap<PersonId, (String, Option<May>, Option<May>)> = BTreeMap::new();
    for contact in organisations::contacts(tx, &all)?.into_iter().filter(|contact| contact.role == Role::Drafter) {
        let (_, was, is) = people.entry(contact.person).or_insert((contact.name, None, None));
        *was = (*was).max(right(&before.present, contact.organisation));
        *is = (*is).max(right(&chosen.rights, contact.organisation));
    }
    let statement = lead.statement();
    for (reader, (person, was, is)) in people {
        let Some(may) = is.filter(|_| is > was && Some(reader) != lead.by()) else { continue };
        let part = match may {
            May::Read => Part::Read,
            May::Comment => Part::Comment,
            May::Suggest => Part::Suggest,
            May::Edit => Part::Edit,
        };
        let until = chosen.remarks_until.filter(|_| matches!(part, Part::Comment | Part::Suggest));
        let zones = [post.timezone, Tz::UTC];
        let letter = Letter::RightGiven {
            person,
            statement: statement.title.clone(),
            part,
            until: until.map(|until| dates::local_deadlines(now.utc(), until.utc(), &zones, Words::of("en"))).unwrap_or_default(),
            link: post.link(&format!("/app/statements/{}", statement.id)),
        };
        outbox::queue(tx, post, reader, letter, now)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_names_everybody_once() {
        let (one, other) = (OrganisationId::new(), OrganisationId::new());
        let sound = |rights: &[(OrganisationId, May)]| {
            sound(&Chosen { rights: rights.to_vec(), remarks_until: None }).map(|chosen| chosen.rights.len()).map_err(|refusal| refusal.no)
        };
        assert_eq!(sound(&[(one, May::Edit), (other, May::Read), (one, May::Edit)]), Ok(2));
        assert_eq!(sound(&[(one, May::Edit), (one, May::Read)]), Err(No::FieldInvalid));
    }

    #[test]
    fn a_deadline_lies_ahead_and_not_for_ever() {
        let now = Moment::parse("2031-01-01T12:00:00Z").unwrap();
        assert_eq!(may_end_at(now.plus_seconds(1), now), Ok(()));
        assert_eq!(may_end_at(now, now), Err(No::RemarksUntilPast));
        assert_eq!(may_end_at(now.plus_seconds(limits::REMARKS_SECONDS_MAX + 1), now), Err(No::RemarksUntilTooFar));
    }
}
