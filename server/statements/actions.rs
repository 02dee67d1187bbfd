//! What is done to a statement. Rounds and drafts are other rooms' business: they move a statement on through [`advance`].

use serde::Serialize;

use super::{
    lifecycle::{self, Event},
    limits,
    model::{Edition, HistoryLine, State, Statement, What},
    obstacles::Settled,
    permits::{self, Lead},
    queries,
};
use crate::{
    accounts::{self, Caller},
    kernel::{Confirmed, EditionId, Moment, No, OrganisationId, Refusal, Seen, Shown, StatementId},
    organisations::{self, Organisation},
    store::{Attempt, Failure, Tx},
    text::{block::Text, canonical, count, field, unseen},
};

/// What somebody asks for who starts a statement.
pub struct Start {
    pub title: String,
    pub language: String,
    pub forum: String,
}

/// What the page shows before a draft is frozen. Whoever types between looking and freezing changes the digest.
#[derive(Debug, Serialize)]
pub struct Freezing {
    pub statement: StatementId,
    /// `Rev.2`.
    pub label: String,
    pub title: String,
    /// SHA-256 of the canonical text, hexadecimal.
    pub digest: String,
}

impl Shown for Freezing {
    const ACT: &'static str = "freeze";
}

impl Freezing {
    pub fn of(statement: &Statement, text: &Text) -> Attempt<Self> {
        Ok(Self {
            statement: statement.id,
            label: statement.next_label(),
            title: canonical::title(text).unwrap_or_else(|| statement.title.clone()),
            digest: hex::encode(digest(&canonical::canonical(text).map_err(Failure::broken)?)),
        })
    }
}

/// What the page shows before a text is opened for writing again.
#[derive(Debug, Serialize)]
pub struct Reopening {
    pub statement: StatementId,
    pub state: State,
    /// The edition that stands: `Rev.1`.
    pub label: String,
    /// What the next freezing makes: `Rev.2`.
    pub next: String,
}

impl Shown for Reopening {
    const ACT: &'static str = "reopen";
}

/// Starts a statement: an empty draft.
pub fn start(tx: &mut Tx, caller: &Caller, now: Moment, ask: &Start) -> Attempt<Statement> {
    let leave = permits::start(caller)?;
    let statement = started(&leave, ask, now)?;
    queries::insert(tx, &statement, leave.by(), now)?;
    let line = HistoryLine { person: Some(leave.by()), organisation: None, what: What::Started, detail: "" };
    queries::insert_act(tx, statement.id, &line, now)?;
    Ok(statement)
}

fn started(_: &permits::Start, ask: &Start, now: Moment) -> Result<Statement, Refusal> {
    Ok(Statement {
        id: StatementId::new(),
        title: bounded("title", &ask.title, limits::TITLE_CHARS_MAX, true)?,
        language: language(&ask.language)?,
        forum: bounded("forum", &ask.forum, limits::FORUM_CHARS_MAX, false)?,
        state: State::Drafting,
        revisions: 0,
        updated_at: now,
        remarks_until: None,
        words_max: None,
        words_with_notes: true,
    })
}

/// The organisations asked for, each once. Errors: too many, or one that is not in the register.
pub fn chosen(tx: &mut Tx, wanted: &[OrganisationId]) -> Attempt<Vec<Organisation>> {
    let max = organisations::limits::ORGANISATIONS_MAX;
    if wanted.len() > max {
        return Err(Refusal::new(No::FieldTooLong).with("field", "organisations").with("max", max).into());
    }
    let mut wanted = wanted.to_vec();
    wanted.sort();
    wanted.dedup();
    let known = organisations::by_ids(tx, &wanted)?;
    if known.len() == wanted.len() { Ok(known) } else { Err(No::OrganisationUnknown.into()) }
}

/// The edition that an earlier freezing of the same session made, if this is that act again.
pub fn frozen_already(tx: &mut Tx, caller: &Caller, id: StatementId, seen: &Seen) -> Attempt<Option<Edition>> {
    let Some(made) = accounts::confirmed::<Freezing>(tx, caller, id, seen)? else { return Ok(None) };
    // Only a text that stands as this act left it can be the one it froze: reopened since, it is asked about anew.
    if load(tx, id)?.state == State::Drafting {
        return Ok(None);
    }
    Ok(queries::newest_edition(tx, id)?.filter(|edition| edition.id.to_string() == made))
}

/// Freezes a settled text into the next edition. The draft's room has stopped edits and handed over its last word.
pub fn freeze(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, seen: &Seen, settled: &Settled) -> Attempt<Edition> {
    let lead = permits::lead(tx, caller, id)?;
    if let Some(edition) = frozen_already(tx, caller, id, seen)? {
        return Ok(edition);
    }
    let then = lifecycle::after(lead.statement().state, Event::Frozen)?;
    let confirmed = seen.confirms(Freezing::of(lead.statement(), settled.text())?)?;
    let edition = edition(&lead, confirmed, settled, now)?;
    queries::set_state(tx, lead.statement(), then, edition.revision, now)?;
    queries::insert_edition(tx, &edition, caller.person)?;
    record(tx, id, &lead.line(What::Frozen, &edition.label), now)?;
    accounts::note_confirmed::<Freezing>(tx, caller, id, seen, edition.id, now)?;
    Ok(edition)
}

/// The edition a settled text becomes.
fn edition(lead: &Lead, confirmed: Confirmed<Freezing>, settled: &Settled, now: Moment) -> Attempt<Edition> {
    let (statement, text) = (lead.statement(), settled.text());
    let canonical = canonical::canonical(text).map_err(Failure::broken)?;
    Ok(Edition {
        id: EditionId::new(),
        statement: statement.id,
        label: confirmed.into_inner().label,
        revision: statement.revisions + 1,
        title: settled.title().to_owned(),
        language: statement.language.clone(),
        digest: digest(&canonical),
        canonical,
        words: i32::try_from(count::words(text)).unwrap_or(i32::MAX),
        frozen_at: now,
    })
}

/// Looks at what reopening a text would mean. Errors: it cannot be reopened now.
pub fn reopening(tx: &mut Tx, lead: &Lead) -> Attempt<Reopening> {
    let statement = lead.statement();
    lifecycle::after(statement.state, Event::Reopened)?;
    let label = newest_edition(tx, statement.id)?.label;
    Ok(Reopening { statement: statement.id, state: statement.state, label, next: statement.next_label() })
}

/// Opens the text for writing again; what is written then becomes the next edition.
pub fn reopen(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, seen: &Seen) -> Attempt<Statement> {
    let lead = permits::lead(tx, caller, id)?;
    // Only a text that is open for writing can be the one this act opened: frozen again since, it is asked about anew.
    let is_open = lead.statement().state == State::Drafting;
    if accounts::confirmed::<Reopening>(tx, caller, id, seen)?.filter(|_| is_open).is_some() {
        return Ok(lead.statement().clone());
    }
    let next = seen.confirms(reopening(tx, &lead)?)?.into_inner().next;
    let reopened = advance(tx, &lead, Event::Reopened, What::Reopened, &next, now)?;
    accounts::note_confirmed::<Reopening>(tx, caller, id, seen, id, now)?;
    Ok(reopened)
}

/// Moves a statement on by an event of another room, and tells its history.
pub fn advance(tx: &mut Tx, lead: &Lead, event: Event, what: What, detail: &str, now: Moment) -> Attempt<Statement> {
    let statement = lead.statement();
    let state = lifecycle::after(statement.state, event)?;
    queries::set_state(tx, statement, state, statement.revisions, now)?;
    record(tx, statement.id, &lead.line(what, detail), now)?;
    Ok(Statement { state, updated_at: now, ..statement.clone() })
}

impl Lead {
    /// A line of the history in the name of whoever leads.
    pub fn line<'a>(&self, what: What, detail: &'a str) -> HistoryLine<'a> {
        HistoryLine { person: self.by(), organisation: None, what, detail }
    }
}

/// Tells the history of an act of those who lead, which is a change of the statement.
pub fn record_act(tx: &mut Tx, lead: &Lead, what: What, detail: &str, now: Moment) -> Attempt<()> {
    let id = lead.statement().id;
    queries::touch(tx, id, now)?;
    record(tx, id, &lead.line(what, detail), now)
}

/// Adds a line to the history. An organisation's answer does so, and does not count as a change of the statement.
pub fn record(tx: &mut Tx, id: StatementId, line: &HistoryLine<'_>, now: Moment) -> Attempt<()> {
    queries::insert_act(tx, id, line, now)
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
    field::refused(field, &text)?;
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
    permits::lead(tx, caller, id)?;
    queries::acts(tx, id)
}
