//! Publishing: the list is drawn up from the answers that stand, the file is laid out, and both are recorded.
//!
//! Laying out takes a moment, so it happens before the transaction that publishes; that transaction checks that text and
//! list are still those the page showed, and refuses if they are not: a list of thirteen is not published from a page that
//! said fourteen.

use serde::Serialize;

use super::queries::{self, Files, Publication};
use crate::{
    accounts::{self, Caller},
    export::{self, ExportError, Sheet},
    http::Site,
    kernel::{Moment, No, Refusal, Seen, Shown, StatementId},
    ledger::{self, Bundle, Evidence, Ledger, Opening},
    organisations::Visibility,
    signing::{self, Answer, Kind, Round, Signatory},
    statements::{
        self, Edition, Event, Statement, What,
        permits::{Lead, lead},
    },
    store::{Attempt, Failure, Tx},
    words::{Words, dates},
};

/// The list of an edition as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub public: Vec<Signatory>,
    pub withheld: u64,
    /// Public signatories that withdrew after a given moment.
    pub withdrawn: Vec<Signatory>,
}

impl List {
    pub fn names(&self) -> Vec<String> {
        self.public.iter().map(|signatory| signatory.name.clone()).collect()
    }
}

/// Draws up the list of a round. `published_at` tells a withdrawal that is shown from one that left no trace.
pub fn list(tx: &mut Tx, round: &Round, published_at: Option<Moment>) -> Attempt<List> {
    let standing = signing::queries::standing(tx, round.id)?;
    let of = |kind: Kind| standing.values().filter(move |answer| answer.kind == kind);
    let withdrawn_since = |answer: &&Answer| published_at.is_some_and(|published| answer.at > published);
    Ok(List {
        public: signing::signatories(of(Kind::Signed)),
        withheld: of(Kind::Signed).filter(|answer| answer.visibility != Some(Visibility::Public)).count() as u64,
        withdrawn: signing::signatories(of(Kind::Withdrawn).filter(withdrawn_since)),
    })
}

/// What publishing is about to make public.
pub struct Prepared {
    lead: Lead,
    pub edition: Edition,
    pub round: Round,
    pub list: List,
}

/// What the page shows before a statement is published.
#[derive(Debug, Serialize)]
pub struct Publishing {
    pub statement: StatementId,
    pub edition: String,
    pub title: String,
    /// Of the text, hexadecimal.
    pub digest: String,
    /// Name, English name and country, in printed order.
    pub names: Vec<(String, Option<String>, String)>,
    pub withheld: u64,
}

impl Shown for Publishing {
    const ACT: &'static str = "publish";
}

impl Prepared {
    pub fn statement(&self) -> &Statement {
        self.lead.statement()
    }

    pub fn shown(&self) -> Publishing {
        let name = |one: &Signatory| (one.name.clone(), one.gloss.clone(), one.country.clone());
        Publishing {
            statement: self.statement().id,
            edition: self.edition.label.clone(),
            title: self.edition.title.clone(),
            digest: self.edition.digest_hex(),
            names: self.list.public.iter().map(name).collect(),
            withheld: self.list.withheld,
        }
    }
}

/// Looks at what would be published. Errors: the statement is not closed.
pub fn prepare(tx: &mut Tx, caller: &Caller, id: StatementId) -> Attempt<Prepared> {
    let lead = lead(tx, caller, id)?;
    statements::lifecycle::after(lead.statement().state, Event::Published)?;
    let round = signing::queries::newest_round(tx, id)?.ok_or(No::StatementNotClosed)?;
    let edition = statements::load_edition(tx, round.edition)?;
    let list = list(tx, &round, None)?;
    Ok(Prepared { lead, edition, round, list })
}

/// Whether this session has published exactly this before.
pub fn published_already(tx: &mut Tx, caller: &Caller, id: StatementId, seen: &Seen) -> Attempt<bool> {
    Ok(accounts::confirmed::<Publishing>(tx, caller, id, seen)?.is_some())
}

/// The file that is handed in. Takes a fraction of a second; not for a transaction.
pub fn lay_out(site: &Site, prepared: &Prepared, now: Moment) -> Attempt<Vec<u8>> {
    let words = Words::of("en");
    let (statement, edition, list) = (prepared.statement(), &prepared.edition, &prepared.list);
    let sheet = Sheet {
        text: edition.text().map_err(Failure::broken)?,
        title: edition.title.clone(),
        edition: edition.label.clone(),
        coalition: site.coalition.clone(),
        subtitle: Some(statement.forum.clone()).filter(|forum| !forum.is_empty()),
        signatories: list
            .public
            .iter()
            .map(|one| export::ListedName { name: one.name.clone(), gloss: one.gloss.clone(), country: one.country.clone() })
            .collect(),
        withheld: list.withheld,
        digest: edition.digest_hex(),
        check_url: format!("{}{}", site.public_url, public_path(statement.id)),
        published_on: dates::day(now.utc(), site.timezone, words),
        created: now.millis() / 1000,
        words: export::Words {
            heading: words.say("published.undersigned", &[]),
            signed_by_count: words.count("published.named", list.public.len() as u64, &[]),
            withheld_line: words.count(
                if list.public.is_empty() { "published.withheld_only" } else { "published.withheld" },
                list.withheld,
                &[],
            ),
            digest_label: words.say("file.digest", &[]),
            check_label: words.say("file.check", &[]),
            page_of: words.say("file.page", &[("page", "{page}"), ("pages", "{pages}")]),
        },
    };
    export::pdf(&sheet).map_err(|error| match error {
        ExportError::MissingGlyphs { ref characters } => {
            let shown: Vec<String> = characters.iter().take(20).map(char::to_string).collect();
            Refusal::new(No::ScriptUncovered).with("characters", shown.join(" ")).into()
        }
        ExportError::TooLong => Refusal::new(No::TooLarge).with("max", error.to_string()).into(),
        ExportError::Writer(_) => Failure::broken(error),
    })
}

/// Publishes what was laid out. Errors: it is no longer what was seen, the log does not hold, the state moved.
pub fn publish(tx: &mut Tx, ledger: &Ledger, caller: &Caller, now: Moment, id: StatementId, seen: &Seen, pdf: &[u8]) -> Attempt<()> {
    if published_already(tx, caller, id, seen)? {
        return Ok(());
    }
    let prepared = prepare(tx, caller, id)?;
    seen.confirms(prepared.shown())?;
    let Prepared { lead, edition, round, list } = prepared;
    let now = ledger::moment(tx, id, now)?;
    // From here on the log is everybody's: it is replayed as a whole before it leaves.
    ledger::check(tx, ledger, id)?;
    let names = list.names();
    let opening = Opening::Published {
        signatories: names.len() as u64 + list.withheld,
        withheld: list.withheld,
        list: ledger::names_digest(&names)?,
    };
    ledger::append(tx, ledger, id, None, edition.text_ref(), &opening, now)?;
    statements::advance(tx, &lead, Event::Published, What::Published, &edition.label, now)?;
    let bundle = evidence(tx, ledger, id, &edition, &list)?;
    let json = bundle.to_json().map_err(|error| Failure::broken(format!("{error:?}")))?;
    let publication = Publication { edition: edition.id, round: round.id, published_at: now };
    queries::insert(tx, id, &publication, &Files { pdf, bundle: &json }, caller.person)?;
    accounts::note_confirmed::<Publishing>(tx, caller, id, seen, edition.id, now)
}

/// The evidence bundle of a published edition as the log stands.
pub fn evidence(tx: &mut Tx, ledger: &Ledger, statement: StatementId, edition: &Edition, list: &List) -> Attempt<Bundle> {
    let texts = [(edition.language.clone(), edition.canonical.clone())].into();
    ledger::bundle(tx, ledger, statement, Evidence { texts, names: list.names() })
}

/// The address of a statement's public page on this server.
pub fn public_path(statement: StatementId) -> String {
    format!("/s/{statement}")
}
