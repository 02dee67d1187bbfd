//! What is done to a statement. Rounds and drafts are other rooms' business: they move a statement on through [`advance`].

use super::{
    lifecycle::{self, Event},
    model::{Edition, State, Statement, What},
    obstacles::Settled,
    permits, queries,
};
use crate::statements::limits;
use crate::{
    accounts::Caller,
    kernel::{EditionId, Moment, No, OrganisationId, PersonId, Refusal, StatementId},
    organisations::{self, Organisation},
    store::{Attempt, Tx},
    text::{canonical, count, unseen},
};

/// What somebody asks for who starts a statement.
pub struct Start {
    pub title: String,
    pub language: String,
    pub forum: String,
}

/// A line for the history.
pub struct HistoryLine<'a> {
    pub person: Option<PersonId>,
    pub organisation: Option<OrganisationId>,
    pub what: What,
    pub detail: &'a str,
}

/// Starts a statement: an empty draft.
pub fn start(tx: &mut Tx, caller: &Caller, now: Moment, ask: &Start) -> Attempt<Statement> {
    permits::lead(caller)?;
    let statement = Statement {
        id: StatementId::new(),
        title: bounded("title", &ask.title, limits::TITLE_CHARS_MAX, true)?,
        language: language(&ask.language)?,
        forum: bounded("forum", &ask.forum, limits::FORUM_CHARS_MAX, false)?,
        state: State::Drafting,
        revisions: 0,
        updated_at: now,
    };
    queries::insert(tx, &statement, caller.person, now)?;
    let entry = HistoryLine { person: Some(caller.person), organisation: None, what: What::Started, detail: "" };
    queries::insert_act(tx, statement.id, &entry, now)?;
    Ok(statement)
}

/// Says which organisations write the draft.
pub fn set_drafters(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, wanted: &[OrganisationId]) -> Attempt<Vec<Organisation>> {
    let statement = load(tx, id)?;
    permits::lead_this(tx, caller, &statement)?;
    if wanted.len() > organisations::limits::ORGANISATIONS_MAX {
        return Err(Refusal::new(No::FieldTooLong)
            .with("field", "organisations")
            .with("max", organisations::limits::ORGANISATIONS_MAX)
            .into());
    }
    let mut wanted = wanted.to_vec();
    wanted.sort();
    wanted.dedup();
    let known = organisations::by_ids(tx, &wanted)?;
    if known.len() != wanted.len() {
        return Err(No::RoundOrganisationUnknown.into());
    }
    queries::set_drafters(tx, id, &wanted)?;
    let names: Vec<&str> = known.iter().map(|organisation| organisation.acronym.as_str()).collect();
    record(
        tx,
        id,
        &HistoryLine { person: Some(caller.person), organisation: None, what: What::DraftersSet, detail: &names.join(", ") },
        now,
    )?;
    Ok(known)
}

/// Freezes a settled text into the next edition. The draft's room has stopped edits and handed over its last word.
pub fn freeze(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, settled: &Settled) -> Attempt<Edition> {
    let statement = load(tx, id)?;
    permits::lead_this(tx, caller, &statement)?;
    let text = settled.text();
    let canonical = canonical::canonical(text);
    let revision = statement.revisions + 1;
    let edition = Edition {
        id: EditionId::new(),
        statement: id,
        label: format!("Rev.{revision}"),
        revision,
        title: settled.title().to_owned(),
        language: statement.language.clone(),
        digest: digest(&canonical),
        canonical,
        words: i32::try_from(count::words(text)).unwrap_or(i32::MAX),
        frozen_at: now,
    };
    let then = lifecycle::after(statement.state, Event::Frozen)?;
    queries::set_state(tx, &statement, then, revision, now)?;
    queries::insert_edition(tx, &edition, caller.person)?;
    record(tx, id, &HistoryLine { person: Some(caller.person), organisation: None, what: What::Frozen, detail: &edition.label }, now)?;
    Ok(edition)
}

/// Opens the text for writing again; what is written then becomes the next edition.
pub fn reopen(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId) -> Attempt<Statement> {
    let statement = load(tx, id)?;
    permits::lead_this(tx, caller, &statement)?;
    let next = format!("Rev.{}", statement.revisions + 1);
    let entry = HistoryLine { person: Some(caller.person), organisation: None, what: What::Reopened, detail: &next };
    advance(tx, &statement, Event::Reopened, &entry, now)
}

/// Moves a statement on by an event of another room, and tells its history.
pub fn advance(tx: &mut Tx, statement: &Statement, event: Event, entry: &HistoryLine<'_>, now: Moment) -> Attempt<Statement> {
    let state = lifecycle::after(statement.state, event)?;
    queries::set_state(tx, statement, state, statement.revisions, now)?;
    record(tx, statement.id, entry, now)?;
    Ok(Statement { state, updated_at: now, ..statement.clone() })
}

/// Adds a line to the history.
pub fn record(tx: &mut Tx, id: StatementId, entry: &HistoryLine<'_>, now: Moment) -> Attempt<()> {
    queries::insert_act(tx, id, entry, now)
}

pub fn load(tx: &mut Tx, id: StatementId) -> Attempt<Statement> {
    Ok(queries::by_id(tx, id)?.ok_or(No::NotFound)?)
}

pub fn load_edition(tx: &mut Tx, id: EditionId) -> Attempt<Edition> {
    Ok(queries::edition_by_id(tx, id)?.ok_or(No::NotFound)?)
}

/// The newest edition; a statement past drafting has one.
pub fn newest_edition(tx: &mut Tx, id: StatementId) -> Attempt<Edition> {
    Ok(queries::newest_edition(tx, id)?.ok_or(No::StatementNotFrozen)?)
}

fn digest(canonical: &str) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(canonical.as_bytes()).into()
}

fn language(tag: &str) -> Result<String, Refusal> {
    let tag = tag.trim().to_lowercase();
    if tag.len() <= 35 && tag.parse::<icu_locale_core::LanguageIdentifier>().is_ok() {
        return Ok(tag);
    }
    Err(Refusal::new(No::FieldInvalid).with("field", "language"))
}

/// A line of text from outside: trimmed, one line, NFC, bounded, and without anything that nobody sees.
pub fn bounded(field: &'static str, text: &str, chars_max: usize, needed: bool) -> Result<String, Refusal> {
    // Bounded before anything is done with it: normalising may make text longer.
    if text.chars().count() > chars_max {
        return Err(Refusal::new(No::FieldTooLong).with("field", field).with("max", chars_max));
    }
    let text = text.trim().replace(['\t', '\n', '\r'], " ");
    unseen::refused(field, &text)?;
    let text = unseen::settled(&text);
    if needed && text.is_empty() {
        return Err(Refusal::new(No::FieldMissing).with("field", field));
    }
    Ok(text)
}

/// The statements a caller may see, last changed first.
pub fn list(tx: &mut Tx, caller: &Caller) -> Attempt<Vec<Statement>> {
    if caller.coordinator {
        return queries::list(tx, None);
    }
    let own: Vec<OrganisationId> = caller.drafts_for().collect();
    queries::list(tx, Some(&own))
}

/// What was done to a statement; its coordinators read it.
pub fn history(tx: &mut Tx, caller: &Caller, id: StatementId) -> Attempt<Vec<queries::ActRow>> {
    let statement = load(tx, id)?;
    permits::lead_this(tx, caller, &statement)?;
    queries::acts(tx, id)
}
