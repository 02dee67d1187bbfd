//! Opening, extending, closing a round; reminding those who have not answered; revealing withheld names to a coordinator.

use super::Means;
use crate::signing::limits;
use crate::{
    accounts::Caller,
    kernel::{Moment, No, OrganisationId, Refusal, RoundId, StatementId},
    ledger::{self, Opening},
    mail::{Act, Letter, Visibility as Seen, outbox},
    organisations::{self, Organisation, Visibility},
    signing::{
        letters::{self, Correspondence, Reader},
        permits::{self, LeadRound},
        queries,
        round::{Round, RoundState},
        signon::{Answer, Kind},
    },
    statements::{self, Edition, Event, HistoryLine, What},
    store::{Attempt, Tx},
};

/// What a coordinator asks for who opens a round.
#[derive(Debug, Clone)]
pub struct OpenRound {
    pub statement: StatementId,
    pub organisations: Vec<OrganisationId>,
    pub closes_at: Moment,
}

/// Opens a sign-on round on the newest edition of a frozen statement and writes to those who may sign.
pub fn open(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, ask: &OpenRound) -> Attempt<Round> {
    let statement = statements::load(tx, ask.statement)?;
    statements::permits::lead_this(tx, caller, &statement)?;
    // Moving the statement first answers a round on a draft before anything else is said about it.
    let entry = |detail| HistoryLine { person: Some(caller.person), organisation: None, what: What::RoundOpened, detail };
    statements::lifecycle::after(statement.state, Event::RoundOpened)?;
    let edition = statements::newest_edition(tx, statement.id)?;
    let now = ledger::moment(tx, statement.id, now)?;
    // Sign-ons stand for as long as their words do; a second list under the same words would have to be one with the first.
    if queries::signed_digests(tx, statement.id)?.contains(&edition.digest.to_vec()) {
        return Err(No::RoundOnSameText.into());
    }
    let round = Round::open(&statement, &edition, ask.closes_at, now)?;
    let invited = eligible(tx, &ask.organisations)?;
    queries::insert_round(tx, &round)?;
    statements::advance(tx, &statement, Event::RoundOpened, &entry(&round.closes_at.rfc3339()), now)?;
    let opening = Opening::RoundOpened { edition: edition.label.clone(), closes_at: round.closes_at.rfc3339() };
    ledger::append(tx, means.ledger, statement.id, Some(round.id), edition.text_ref(), &opening, now)?;
    for (organisation, readers) in &invited {
        queries::invite(tx, round.id, organisation.id)?;
        let about = Correspondence { post: means.post, round: &round, edition: &edition, organisation };
        for reader in readers {
            about.invite(tx, reader, readers, now)?;
        }
    }
    Ok(round)
}

/// The organisations asked for, each with the people to write to. Errors: none, unknown ones, or one that has nobody who may sign.
fn eligible(tx: &mut Tx, asked: &[OrganisationId]) -> Attempt<Vec<(Organisation, Vec<Reader>)>> {
    let mut asked = asked.to_vec();
    asked.sort();
    asked.dedup();
    if asked.is_empty() {
        return Err(No::RoundWithoutOrganisations.into());
    }
    if asked.len() > organisations::limits::ORGANISATIONS_MAX {
        return Err(Refusal::new(No::FieldTooLong)
            .with("field", "organisations")
            .with("max", organisations::limits::ORGANISATIONS_MAX)
            .into());
    }
    let known = organisations::by_ids(tx, &asked)?;
    if known.len() != asked.len() {
        return Err(No::RoundOrganisationUnknown.into());
    }
    let with_readers = with_readers(tx, known)?;
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
            let readers = letters::readers(&organisation, &contacts);
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
pub fn extend(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, id: RoundId, closes_at: Moment) -> Attempt<Round> {
    let LeadRound { round, statement } = permits::lead_round(tx, caller, id)?;
    let now = ledger::moment(tx, statement.id, now)?;
    let later = round.extended(closes_at, now)?;
    let edition = statements::load_edition(tx, round.edition)?;
    queries::set_deadline(tx, id, later.closes_at)?;
    let detail = format!("{} → {}", round.closes_at.rfc3339(), later.closes_at.rfc3339());
    statements::record(
        tx,
        statement.id,
        &HistoryLine { person: Some(caller.person), organisation: None, what: What::RoundExtended, detail: &detail },
        now,
    )?;
    let opening = Opening::RoundExtended { closes_at: later.closes_at.rfc3339() };
    ledger::append(tx, means.ledger, statement.id, Some(id), edition.text_ref(), &opening, now)?;
    for (organisation, readers) in &invited(tx, &later)? {
        let about = Correspondence { post: means.post, round: &later, edition: &edition, organisation };
        let was = letters::closes(now, round.closes_at, organisation, means.post.timezone);
        for reader in readers {
            let matter = about.matter(about.link(tx, reader, now)?, now);
            let letter = Letter::RoundExtended { person: reader.name.clone(), matter, was: was.clone() };
            outbox::queue(tx, means.post, reader.person, letter, now)?;
        }
    }
    Ok(later)
}

/// Closes a round before its deadline.
pub fn close(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, id: RoundId) -> Attempt<Round> {
    let lead = permits::lead_round(tx, caller, id)?;
    let now = ledger::moment(tx, lead.statement.id, now)?;
    lead.round.takes_answers(now)?;
    let entry = HistoryLine { person: Some(caller.person), organisation: None, what: What::RoundClosed, detail: "" };
    closed(tx, means, now, &lead, &entry)
}

/// Closes a round whose deadline has come. The clock does this, not a person.
pub fn close_due(tx: &mut Tx, means: Means<'_>, now: Moment, id: RoundId) -> Attempt<()> {
    let round = queries::round_by_id(tx, id)?.ok_or(No::NotFound)?;
    if round.state == RoundState::Closed || now < round.closes_at {
        return Ok(());
    }
    let statement = statements::load(tx, round.statement)?;
    let now = ledger::moment(tx, statement.id, now)?;
    let entry = HistoryLine { person: None, organisation: None, what: What::RoundClosedByClock, detail: "" };
    closed(tx, means, now, &LeadRound { round, statement }, &entry).map(drop)
}

fn closed(tx: &mut Tx, means: Means<'_>, now: Moment, lead: &LeadRound, entry: &HistoryLine<'_>) -> Attempt<Round> {
    let LeadRound { round, statement } = lead;
    let edition = statements::load_edition(tx, round.edition)?;
    statements::advance(tx, statement, Event::RoundClosed, entry, now)?;
    // A round the clock closed ended at its deadline, however much later that was written down.
    let closed_at = now.min(round.closes_at);
    queries::set_closed(tx, round.id, closed_at)?;
    ledger::append(tx, means.ledger, statement.id, Some(round.id), edition.text_ref(), &Opening::RoundClosed {}, now)?;
    let standing = queries::standing(tx, round.id)?;
    for (organisation, readers) in &invited(tx, round)? {
        let answer = standing.get(&organisation.id);
        let about = Correspondence { post: means.post, round, edition: &edition, organisation };
        for reader in readers {
            let letter = Letter::RoundClosed {
                person: reader.name.clone(),
                organisation: organisation.name.clone(),
                statement: edition.title.clone(),
                edition: edition.label.clone(),
                answer: answer.map(|answer| act(answer.kind)),
                visibility: answer.and_then(|answer| answer.visibility).map(seen),
                link: about.link(tx, reader, now)?,
            };
            outbox::queue(tx, means.post, reader.person, letter, now)?;
        }
    }
    Ok(Round { state: RoundState::Closed, closed_at: Some(closed_at), ..round.clone() })
}

/// Reminds those who have not answered, and nobody else; returns how many organisations.
pub fn remind(tx: &mut Tx, means: Means<'_>, caller: &Caller, now: Moment, id: RoundId) -> Attempt<usize> {
    let LeadRound { round, statement } = permits::lead_round(tx, caller, id)?;
    round.takes_answers(now)?;
    let standing = queries::standing(tx, id)?;
    let all = queries::invited(tx, id)?;
    let silent: Vec<OrganisationId> =
        all.iter().filter(|(organisation, _)| !standing.contains_key(organisation)).map(|(id, _)| *id).collect();
    if silent.is_empty() {
        return Err(No::NobodyToRemind.into());
    }
    let lately = now.plus_seconds(-limits::REMINDER_SECONDS_MIN);
    if all.iter().any(|(organisation, reminded)| silent.contains(organisation) && reminded.is_some_and(|at| at > lately)) {
        return Err(No::RemindedLately.into());
    }
    let edition = statements::load_edition(tx, round.edition)?;
    let organisations = organisations::by_ids(tx, &silent)?;
    for (organisation, readers) in &with_readers(tx, organisations)? {
        queries::set_reminded(tx, id, organisation.id, now)?;
        let about = Correspondence { post: means.post, round: &round, edition: &edition, organisation };
        for reader in readers {
            let matter = about.matter(about.link(tx, reader, now)?, now);
            let letter = Letter::Reminder { person: reader.name.clone(), matter, signs: reader.may_sign };
            outbox::queue(tx, means.post, reader.person, letter, now)?;
        }
    }
    let detail = silent.len().to_string();
    statements::record(
        tx,
        statement.id,
        &HistoryLine { person: Some(caller.person), organisation: None, what: What::Reminded, detail: &detail },
        now,
    )?;
    Ok(silent.len())
}

/// Shows a coordinator the withheld names of a round, and writes down that they were shown.
pub fn reveal(tx: &mut Tx, caller: &Caller, now: Moment, id: RoundId) -> Attempt<Vec<Answer>> {
    let LeadRound { statement, .. } = permits::lead_round(tx, caller, id)?;
    let mut withheld: Vec<Answer> = queries::standing(tx, id)?
        .into_values()
        .filter(|answer| answer.kind == Kind::Signed && answer.visibility == Some(Visibility::Withheld))
        .collect();
    withheld.sort_by(|a, b| a.name.cmp(&b.name));
    let detail = withheld.len().to_string();
    statements::record(
        tx,
        statement.id,
        &HistoryLine { person: Some(caller.person), organisation: None, what: What::NamesRevealed, detail: &detail },
        now,
    )?;
    Ok(withheld)
}

pub(in crate::signing) fn act(kind: Kind) -> Act {
    match kind {
        Kind::Signed => Act::Sign,
        Kind::Declined => Act::Decline,
        Kind::Withdrawn => Act::Withdraw,
    }
}

pub(in crate::signing) fn seen(visibility: Visibility) -> Seen {
    match visibility {
        Visibility::Public => Seen::Public,
        Visibility::Withheld => Seen::Withheld,
    }
}

impl Edition {
    /// What a sign-on covers: the digest of every language, and which one is authentic.
    pub fn text_ref(&self) -> ledger::TextRef {
        ledger::TextRef { authentic: self.language.clone(), languages: [(self.language.clone(), ledger::Digest(self.digest))].into() }
    }
}
