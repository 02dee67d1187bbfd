//! Whom a remark may ask to look, and the letters that tell them.
//!
//! One may mention whom one knows here already: organisations that are told beside the text, one's own colleagues, the secretariat.
//! So no mention says who writes unnamed. Among coordinators only they are there to be mentioned.
//! A letter waits some minutes for more remarks and tells of all; the next about the same draft leaves an hour later at the earliest.

use std::collections::BTreeMap;

use super::{
    limits::{MENTION_PAUSE_SECONDS, MENTION_WAIT_SECONDS, MENTIONS_MAX},
    model::{Among, Mention},
    permits::See,
    queries,
};
use crate::{
    accounts::{self, Caller, Role},
    kernel::{Moment, No, OrganisationId, PersonId, Refusal},
    mail::{Letter, Post, outbox},
    organisations::{self, Contact, Organisation},
    statements::writers,
    store::{Attempt, Tx},
};

/// Whom a caller may mention beside one draft.
#[derive(Debug, Default)]
pub struct Mentionable {
    pub organisations: Vec<Organisation>,
    /// Who draft for an organisation of the caller's own, but for the caller.
    pub colleagues: Vec<(PersonId, String)>,
    /// The caller's fellow coordinators.
    pub coordinators: Vec<(PersonId, String)>,
}

impl Mentionable {
    fn knows(&self, mention: Mention) -> bool {
        match mention {
            Mention::Organisation(id) => self.organisations.iter().any(|organisation| organisation.id == id),
            Mention::Person(id) => self.people().any(|(person, _)| *person == id),
            Mention::Secretariat => true,
        }
    }

    pub fn people(&self) -> impl Iterator<Item = &(PersonId, String)> {
        self.colleagues.iter().chain(&self.coordinators)
    }
}

/// Everybody whom the caller may mention in a thread that exists for all.
pub fn mentionable(tx: &mut Tx, caller: &Caller, leave: &See) -> Attempt<Mentionable> {
    let all = writers::drafters(tx, caller, leave.statement())?.told;
    // Coordinators know of every drafter, beside the text no more than the others do.
    let told = all.into_iter().filter(|drafter| !drafter.unnamed || caller.belongs_to(drafter.organisation.id));
    let mut organisations: Vec<Organisation> = told.map(|drafter| drafter.organisation).collect();
    organisations.sort_by(|one, other| one.acronym.cmp(&other.acronym));
    let own: Vec<OrganisationId> =
        organisations.iter().map(|organisation| organisation.id).filter(|id| caller.drafts_for().any(|own| own == *id)).collect();
    let mut coordinators = if caller.coordinator { accounts::coordinators(tx)? } else { Vec::new() };
    let mut colleagues: Vec<(PersonId, String)> = drafters_of(tx, &own)?.into_iter().map(|one| (one.person, one.name)).collect();
    colleagues.dedup_by_key(|(person, _)| *person);
    colleagues.retain(|colleague| !coordinators.contains(colleague));
    for people in [&mut colleagues, &mut coordinators] {
        people.retain(|(person, _)| *person != caller.person);
    }
    Ok(Mentionable { organisations, colleagues, coordinators })
}

/// What somebody asks to mention, each once, if they may.
pub fn allowed(tx: &mut Tx, caller: &Caller, leave: &See, among: Among, asked: &[Mention]) -> Attempt<Vec<Mention>> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    if asked.len() > MENTIONS_MAX {
        return Err(Refusal::new(No::MentionsTooMany).with("max", MENTIONS_MAX).into());
    }
    let mut known = mentionable(tx, caller, leave)?;
    if among == Among::Coordinators {
        known = Mentionable { coordinators: known.coordinators, ..Mentionable::default() };
    }
    let mut mentions = Vec::new();
    for mention in asked {
        if !known.knows(*mention) {
            return Err(No::MentionUnknown.into());
        }
        if !mentions.contains(mention) {
            mentions.push(*mention);
        }
    }
    Ok(mentions)
}

/// Writes to everybody who is mentioned, but for whoever does it.
pub fn tell(tx: &mut Tx, post: &Post, caller: &Caller, leave: &See, mentions: &[Mention], now: Moment) -> Attempt<()> {
    let mut readers: BTreeMap<PersonId, String> = BTreeMap::new();
    for mention in mentions {
        match mention {
            Mention::Organisation(id) => {
                readers.extend(drafters_of(tx, &[*id])?.into_iter().map(|contact| (contact.person, contact.name)));
            }
            Mention::Person(id) => readers.extend(accounts::names_of(tx, &[*id])?),
            Mention::Secretariat => readers.extend(accounts::coordinators(tx)?),
        }
    }
    readers.remove(&caller.person);
    let (statement, title) = (leave.statement(), leave.title());
    for (reader, person) in readers {
        let last = queries::mention_letter(tx, statement, reader)?;
        // One that has not left yet tells of this, too.
        if last.is_some_and(|due| due > now) {
            continue;
        }
        let soonest = now.plus_seconds(MENTION_WAIT_SECONDS);
        let due = last.map_or(soonest, |last| soonest.max(last.plus_seconds(MENTION_PAUSE_SECONDS)));
        let link = post.link(&format!("/app/statements/{statement}"));
        outbox::queue_for(tx, post, reader, Letter::Mentioned { person, statement: title.to_owned(), link }, now, due)?;
        queries::set_mention_letter(tx, statement, reader, due)?;
    }
    Ok(())
}

/// Everybody who drafts for these organisations, in an order.
fn drafters_of(tx: &mut Tx, of: &[OrganisationId]) -> Attempt<Vec<Contact>> {
    let mut all: Vec<Contact> = organisations::contacts(tx, of)?.into_iter().filter(|contact| contact.role == Role::Drafter).collect();
    all.sort_by_key(|contact| contact.person);
    Ok(all)
}
