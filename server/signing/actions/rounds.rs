//! Opening, extending, closing a round; reminding those who have not answered; revealing withheld names to a coordinator.
//!
//! Each reads: load, permit, confirm, decide, record. Pages look first through the functions that end in `_shown`.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::Means;
use crate::{
    accounts::{self, Caller},
    kernel::{Confirmed, Moment, No, OrganisationId, Refusal, RoundId, Seen, StatementId},
    ledger::{self, Opening},
    mail::{Letter, outbox},
    organisations::{self, Organisation, Visibility},
    signing::{
        answer::{Answer, Kind},
        before_acts::{ClosingRound, ExtendingRound, OpeningRound, Reminding, Revealing, WouldAsk},
        correspondence::{self, Correspondence, Reader},
        limits,
        permits::{self, LeadRound},
        queries,
        round::Round,
        tally::{self, Tally},
    },
    statements::{
        self, Edition, Event, What,
        permits::{Lead, lead},
    },
    store::{Attempt, Tx},
};

/// What a coordinator asks for who opens a round.
#[derive(Debug, Clone)]
pub struct OpenRound {
    pub statement: StatementId,
    pub organisations: Vec<OrganisationId>,
    pub closes_at: Moment,
}

impl OpenRound {
    /// Tells one such wish from another: only the same one again is a repetition.
    fn named(&self) -> String {
        let mut organisations: Vec<String> = self.organisations.iter().map(ToString::to_string).collect();
        organisations.sort();
        format!("{} {} {}", self.statement, self.closes_at.rfc3339(), hex::encode(Sha256::digest(organisations.join(" "))))
    }
}

/// A round that may be opened: its text, and who would be written to.
struct Openable {
    lead: Lead,
    edition: Edition,
    invited: Vec<(Organisation, Vec<Reader>)>,
}

/// Looks at what opening a round would do. Errors: as those of [`open`].
pub fn open_shown(tx: &mut Tx, caller: &Caller, now: Moment, ask: &OpenRound) -> Attempt<OpeningRound> {
    let openable = openable(tx, caller, ask)?;
    Round::open(&openable.lead, &openable.edition, ask.closes_at, now)?;
    Ok(openable.shown(ask))
}

/// Opens a sign-on round on the newest edition of a frozen statement and writes to those who may sign.
pub fn open(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, seen: &Seen, ask: &OpenRound) -> Attempt<RoundId> {
    lead(tx, caller, ask.statement)?;
    let made = accounts::confirmed::<OpeningRound>(tx, caller, ask.named(), seen)?;
    if let Some(round) = made.and_then(|round| round.parse().ok()) {
        return Ok(round);
    }
    let openable = openable(tx, caller, ask)?;
    seen.confirms(openable.shown(ask))?;
    let Openable { lead, edition, invited } = openable;
    let now = ledger::moment(tx, ask.statement, now)?;
    let round = Round::open(&lead, &edition, ask.closes_at, now)?;
    queries::insert_round(tx, &round)?;
    statements::advance(tx, &lead, Event::RoundOpened, What::RoundOpened, &round.closes_at.rfc3339(), now)?;
    let opening = Opening::RoundOpened { edition: edition.label.clone(), closes_at: round.closes_at.rfc3339() };
    ledger::append(tx, means.ledger, ask.statement, Some(round.id), edition.text_ref(), &opening, now)?;
    for (organisation, readers) in &invited {
        queries::invite(tx, round.id, organisation.id)?;
        let about = Correspondence { post: means.post, round: &round, edition: &edition, organisation };
        for reader in readers {
            about.invite(tx, reader, readers, now)?;
        }
    }
    accounts::note_confirmed::<OpeningRound>(tx, caller, ask.named(), seen, round.id, now)?;
    Ok(round.id)
}

fn openable(tx: &mut Tx, caller: &Caller, ask: &OpenRound) -> Attempt<Openable> {
    let lead = lead(tx, caller, ask.statement)?;
    statements::lifecycle::after(lead.statement().state, Event::RoundOpened)?;
    let edition = statements::newest_edition(tx, ask.statement)?;
    // Sign-ons stand for as long as their words do; a second list under the same words would have to be one with the first.
    if queries::signed_digests(tx, ask.statement)?.contains(&edition.digest.to_vec()) {
        return Err(No::RoundOnSameText.into());
    }
    let invited = eligible(tx, &ask.organisations)?;
    Ok(Openable { lead, edition, invited })
}

impl Openable {
    fn shown(&self, ask: &OpenRound) -> OpeningRound {
        let would_ask = |(organisation, readers): &(Organisation, Vec<Reader>)| {
            let names = |signs: bool| readers.iter().filter(|reader| reader.may_sign == signs).map(|reader| reader.name.clone()).collect();
            WouldAsk {
                id: organisation.id,
                name: organisation.name.clone(),
                country: organisation.country.clone(),
                signers: names(true),
                readers: names(false),
            }
        };
        OpeningRound {
            statement: ask.statement,
            edition: self.edition.label.clone(),
            title: self.edition.title.clone(),
            digest: self.edition.digest_hex(),
            closes_at: ask.closes_at,
            organisations: self.invited.iter().map(would_ask).collect(),
        }
    }
}

/// The organisations asked for, each with the people to write to. Errors: none, unknown ones, or one that has nobody who may sign.
fn eligible(tx: &mut Tx, asked: &[OrganisationId]) -> Attempt<Vec<(Organisation, Vec<Reader>)>> {
    if asked.is_empty() {
        return Err(No::RoundWithoutOrganisations.into());
    }
    let chosen = statements::actions::chosen(tx, asked)?;
    let with_readers = with_readers(tx, chosen)?;
    if let Some((mute, _)) = with_readers.iter().find(|(_, readers)| !readers.iter().any(|reader| reader.may_sign)) {
        return Err(Refusal::new(No::RoundNobodyCanSign).with("organisation", mute.name_en.clone()).into());
    }
    Ok(with_readers)
}

fn with_readers(tx: &mut Tx, organisations: Vec<Organisation>) -> Attempt<Vec<(Organisation, Vec<Reader>)>> {
    let ids: Vec<OrganisationId> = organisations.iter().map(|organisation| organisation.id).collect();
    let contacts = organisations::contacts(tx, &ids)?;
    Ok(organisations
        .into_iter()
        .map(|organisation| {
            let readers = correspondence::readers(&organisation, &contacts);
            (organisation, readers)
        })
        .collect())
}

fn invited(tx: &mut Tx, round: &Round) -> Attempt<Vec<(Organisation, Vec<Reader>)>> {
    let ids: Vec<OrganisationId> = queries::invited(tx, round.id)?.into_iter().map(|(id, _)| id).collect();
    let organisations = organisations::by_ids(tx, &ids)?;
    with_readers(tx, organisations)
}

/// Moves the deadline later. Everybody invited is told what it was and what it is.
pub fn extend(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, id: RoundId, seen: &Seen, closes_at: Moment) -> Attempt<()> {
    let leave = permits::lead_round(tx, caller, id)?;
    let (lead, round) = (leave.lead(), leave.round());
    if accounts::confirmed::<ExtendingRound>(tx, caller, id, seen)?.is_some_and(|to| to == closes_at.whole_seconds().rfc3339()) {
        return Ok(());
    }
    round.takes_answers(now)?;
    seen.confirms(ExtendingRound { round: id, closes_at: round.closes_at })?;
    let now = ledger::moment(tx, round.statement, now)?;
    let later = round.extended(lead, closes_at, now)?;
    let edition = statements::load_edition(tx, round.edition)?;
    queries::set_deadline(tx, id, later.closes_at)?;
    let detail = format!("{} → {}", round.closes_at.rfc3339(), later.closes_at.rfc3339());
    statements::record_act(tx, lead, What::RoundExtended, &detail, now)?;
    let opening = Opening::RoundExtended { closes_at: later.closes_at.rfc3339() };
    ledger::append(tx, means.ledger, round.statement, Some(id), edition.text_ref(), &opening, now)?;
    for (organisation, readers) in &invited(tx, &later)? {
        let about = Correspondence { post: means.post, round: &later, edition: &edition, organisation };
        let was = correspondence::closes(now, round.closes_at, organisation, means.post.timezone);
        for reader in readers {
            let matter = about.matter(about.link(tx, reader, now)?, now);
            let letter = Letter::RoundExtended { person: reader.name.clone(), matter, was: was.clone() };
            outbox::queue(tx, means.post, reader.person, letter, now)?;
        }
    }
    accounts::note_confirmed::<ExtendingRound>(tx, caller, id, seen, later.closes_at.rfc3339(), now)
}

/// Closes a round before its deadline.
pub fn close(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, id: RoundId, seen: &Seen) -> Attempt<()> {
    let leave = permits::lead_round(tx, caller, id)?;
    if accounts::confirmed::<ClosingRound>(tx, caller, id, seen)?.is_some() {
        return Ok(());
    }
    leave.round().takes_answers(now)?;
    let tally = tally_shown(tx, means, leave.round(), now)?;
    let confirmed = seen.confirms(ClosingRound::of(leave.round(), &tally))?;
    let now = ledger::moment(tx, leave.round().statement, now)?;
    close_early(tx, means, now, &leave, &confirmed)?;
    accounts::note_confirmed::<ClosingRound>(tx, caller, id, seen, id, now)
}

fn close_early(tx: &mut Tx, means: Means<'_>, now: Moment, leave: &LeadRound, _: &Confirmed<ClosingRound>) -> Attempt<()> {
    closed(tx, means, now, leave, What::RoundClosed)
}

/// Closes a round whose deadline has come. The clock does this, not a person.
pub fn close_due(tx: &mut Tx, means: Means<'_>, now: Moment, id: RoundId) -> Attempt<()> {
    let Some(leave) = permits::close_by_the_clock(tx, id, now)? else { return Ok(()) };
    let now = ledger::moment(tx, leave.round().statement, now)?;
    closed(tx, means, now, &leave, What::RoundClosedByClock)
}

fn closed(tx: &mut Tx, means: Means<'_>, now: Moment, leave: &LeadRound, what: What) -> Attempt<()> {
    let round = leave.round().closed(leave.lead(), now);
    let edition = statements::load_edition(tx, round.edition)?;
    statements::advance(tx, leave.lead(), Event::RoundClosed, what, "", now)?;
    queries::set_closed(tx, round.id, round.ends_at())?;
    ledger::append(tx, means.ledger, round.statement, Some(round.id), edition.text_ref(), &Opening::RoundClosed {}, now)?;
    let standing = queries::standing(tx, round.id)?;
    for (organisation, readers) in &invited(tx, &round)? {
        let about = Correspondence { post: means.post, round: &round, edition: &edition, organisation };
        for reader in readers {
            let letter = Letter::RoundClosed {
                person: reader.name.clone(),
                organisation: organisation.name.clone(),
                statement: edition.title.clone(),
                edition: edition.label.clone(),
                early: round.ended_early(),
                answer: standing.get(&organisation.id).map(Answer::stance),
                link: about.link(tx, reader, now)?,
            };
            outbox::queue(tx, means.post, reader.person, letter, now)?;
        }
    }
    Ok(())
}

/// Where a round stands, as far as its page shows it now.
pub fn standing_shown(tx: &mut Tx, means: Means<'_>, round: &Round, now: Moment) -> Attempt<HashMap<OrganisationId, Answer>> {
    let answers = queries::load(tx, round.id, None)?;
    Ok(tally::shown(round, answers, now, means.post.timezone))
}

pub fn tally_shown(tx: &mut Tx, means: Means<'_>, round: &Round, now: Moment) -> Attempt<Tally> {
    let invited: Vec<OrganisationId> = queries::invited(tx, round.id)?.into_iter().map(|(id, _)| id).collect();
    Ok(tally::tally(&invited, &standing_shown(tx, means, round, now)?))
}

/// When anybody in a round was last reminded.
pub fn last_reminded(invited: &[(OrganisationId, Option<Moment>)]) -> Option<Moment> {
    invited.iter().filter_map(|(_, reminded)| *reminded).max()
}

/// Reminds those who have not answered, and nobody else.
///
/// Answers how many the page counted as silent, which may be more: whose name is withheld and who answered today is among
/// them until midnight, gets no letter, and must not be told apart by the number of letters or the date beside its name.
pub fn remind(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, id: RoundId, seen: &Seen) -> Attempt<usize> {
    let leave = permits::lead_round(tx, caller, id)?;
    let round = leave.round();
    if let Some(reminded) = accounts::confirmed::<Reminding>(tx, caller, id, seen)? {
        return Ok(reminded.parse().unwrap_or(0));
    }
    round.takes_answers(now)?;
    let (all, shown, standing) = (queries::invited(tx, id)?, standing_shown(tx, means, round, now)?, queries::standing(tx, id)?);
    let counted: Vec<OrganisationId> = all.iter().map(|(id, _)| *id).filter(|id| !shown.contains_key(id)).collect();
    if counted.is_empty() {
        return Err(No::NobodyToRemind.into());
    }
    let lately = now.plus_seconds(-limits::REMINDER_SECONDS_MIN);
    if all.iter().any(|(organisation, reminded)| counted.contains(organisation) && reminded.is_some_and(|at| at > lately)) {
        return Err(No::RemindedLately.into());
    }
    seen.confirms(Reminding { round: id, waiting: counted.len(), reminded_at: last_reminded(&all) })?;
    let edition = statements::load_edition(tx, round.edition)?;
    let organisations = organisations::by_ids(tx, &counted)?;
    for (organisation, readers) in &with_readers(tx, organisations)? {
        queries::set_reminded(tx, id, organisation.id, now)?;
        if standing.contains_key(&organisation.id) {
            continue;
        }
        let about = Correspondence { post: means.post, round, edition: &edition, organisation };
        for reader in readers {
            let matter = about.matter(about.link(tx, reader, now)?, now);
            let letter = Letter::Reminder { person: reader.name.clone(), matter, signs: reader.may_sign };
            outbox::queue(tx, means.post, reader.person, letter, now)?;
        }
    }
    statements::record_act(tx, leave.lead(), What::Reminded, &counted.len().to_string(), now)?;
    accounts::note_confirmed::<Reminding>(tx, caller, id, seen, counted.len(), now)?;
    Ok(counted.len())
}

/// Shows a coordinator the withheld names that the round's page counts, and writes down that they were shown.
pub fn reveal(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, id: RoundId, seen: &Seen) -> Attempt<Vec<Answer>> {
    let leave = permits::lead_round(tx, caller, id)?;
    let standing = standing_shown(tx, means, leave.round(), now)?;
    let is_withheld = |answer: &Answer| answer.kind == Kind::Signed && answer.visibility == Some(Visibility::Withheld);
    let mut withheld: Vec<Answer> = standing.into_values().filter(is_withheld).collect();
    seen.confirms(Revealing { round: id, withheld: withheld.len() })?;
    // Whoever finds nobody has looked at nobody.
    if withheld.is_empty() {
        return Ok(withheld);
    }
    withheld.sort_by(|a, b| a.name.cmp(&b.name));
    statements::record(tx, leave.round().statement, &leave.lead().line(What::NamesRevealed, &withheld.len().to_string()), now)?;
    Ok(withheld)
}

impl Edition {
    /// What a sign-on covers: the digest of every language, and which one is authentic.
    pub fn text_ref(&self) -> ledger::TextRef {
        ledger::TextRef { authentic: self.language.clone(), languages: [(self.language.clone(), ledger::Digest(self.digest))].into() }
    }
}
