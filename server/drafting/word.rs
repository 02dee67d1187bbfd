//! What a draft says, and what became of one text in another, as Word files.
//!
//! A comparison's changes are by nobody: who wrote which word of a text is not told there, so their author is what they are, “Changes since
//! Rev.1”. A draft goes out as it stands, with the threads that may leave. The same texts and threads give the same bytes: a file's moment
//! is the text's.

use std::collections::BTreeMap;

use super::comparing::{self, Found};
use super::hub::Hub;
use crate::export::{self, ExportError, Said, Talk, WordFile};
use crate::kernel::{Moment, No};
use crate::remarks::leaving::{Leaving, SaidInFile, Speaker};
use crate::statements::Statement;
use crate::store::{Attempt, Failure};
use crate::text::asks::Suggestion;
use crate::text::marked::anchors::{self, Passage};
use crate::text::marked::{Act, Fate, Marked, MarkedPiece, Matter, compared, proposed};
use crate::text::{canonical, description};
use crate::words::{Words, dates};

/// The changes that make one text of the other, to be taken or refused.
pub async fn changes(hub: &Hub, statement: &Statement, from: &Found, to: &Found) -> Attempt<Vec<u8>> {
    let comparison = comparing::compare(hub, statement, from, to).await?;
    let words = Words::of("en");
    let by = match (from, to) {
        // What stands between these two is what is proposed.
        (Found::Now, Found::Accepted) => words.say("word.suggestions", &[]),
        _ => words.say("word.changes_since", &[("text", &name(statement, from, words))]),
    };
    let (at, frame) = (moment(statement, to), Around::of(hub, statement));
    made(move || {
        let marked = compared::marked(&comparison, &Act::named(by, at));
        frame.file(marked, at, Vec::new())
    })
    .await
}

/// Whose each suggestion is, as a file says it.
pub type Proposed = BTreeMap<Suggestion, (Speaker, Moment)>;

/// The draft as it stands, with what is proposed in it, and what was said about it.
pub async fn draft(hub: &Hub, statement: &Statement, threads: Vec<Leaving>, proposed: Proposed) -> Attempt<Vec<u8>> {
    let text = super::actions::text_now(hub, statement).await?;
    let with = super::actions::marked(hub, statement).await?;
    let (at, language, frame) = (statement.updated_at, statement.language.clone(), Around::of(hub, statement));
    made(move || {
        let words = Words::of("en");
        // Of one that nobody knows yet, its own entry may still be on its way.
        let act = |name: &str| {
            let found = name.split_once('.').and_then(|(handle, sid)| proposed.get(&Suggestion { handle: handle.into(), sid: sid.into() }));
            found.map_or_else(|| acted(Speaker::Unnamed, at, words).0, |(by, begun)| acted(by.clone(), *begun, words).0)
        };
        let mut marked = with.map_or_else(|| Marked::clean(&text), |with| proposed::marked(&with, &language, &act));
        let talks = talks(&mut marked, threads, Words::of("en"));
        let title = canonical::title(&text).unwrap_or_default();
        Around { title: if title.is_empty() { frame.title.clone() } else { title }, ..frame }.file(marked, at, talks)
    })
    .await
}

/// What a file says of itself.
struct Around {
    title: String,
    coalition: String,
}

impl Around {
    fn of(hub: &Hub, statement: &Statement) -> Around {
        Around { title: statement.title.clone(), coalition: hub.shell().site.coalition.clone() }
    }

    fn file(self, marked: Marked, at: Moment, talks: Vec<Talk>) -> WordFile {
        WordFile { marked, title: self.title, coalition: self.coalition, at, talks }
    }
}

/// A long text takes a while; the sockets of this thread are not to wait for it.
async fn made(file: impl FnOnce() -> WordFile + Send + 'static) -> Attempt<Vec<u8>> {
    let made = tokio::task::spawn_blocking(move || export::docx(&file())).await.map_err(Failure::broken)?;
    made.map_err(|error| match error {
        ExportError::TooLong => No::TooLarge.into(),
        ExportError::MissingGlyphs { .. } | ExportError::Writer(_) => Failure::broken(error),
    })
}

/// What one of two texts is called.
fn name(statement: &Statement, found: &Found, words: Words) -> String {
    let at = dates::moment(moment(statement, found).utc(), chrono_tz::UTC, words);
    match found {
        Found::Now => words.say("word.draft_of", &[("at", &at)]),
        Found::Accepted => words.say("word.draft_accepted_of", &[("at", &at)]),
        Found::Edition(edition) => edition.label.clone(),
        Found::Version(version) => match &version.line.name {
            Some(name) => words.say("word.version_named", &[("name", name)]),
            None => words.say("word.version_of", &[("at", &at)]),
        },
    }
}

/// When a text was so.
fn moment(statement: &Statement, found: &Found) -> Moment {
    match found {
        Found::Now | Found::Accepted => statement.updated_at,
        Found::Edition(edition) => edition.frozen_at,
        Found::Version(version) => version.line.at,
    }
}

/// The threads of a file, each at its passage; one without a place stands at the end and says what it is about.
fn talks(marked: &mut Marked, threads: Vec<Leaving>, words: Words) -> Vec<Talk> {
    let in_note = |thread: &Leaving| description::note_of(&thread.passage.root).is_some();
    let passages: Vec<Passage> =
        threads.iter().map(|thread| Passage { quote: thread.passage.quote.clone(), in_note: in_note(thread) }).collect();
    let found = anchors::anchor(&mut marked.blocks, &passages);
    let mut talks: Vec<Talk> = Vec::new();
    for (at, (thread, found)) in threads.into_iter().zip(found).enumerate() {
        let mut said: Vec<Said> = thread.said.into_iter().map(|said| told(said, words)).collect();
        if !found {
            if let Some(block) = marked.blocks.last_mut() {
                block.content.extend([Matter::Opens(at), Matter::Closes(at)].map(|end| MarkedPiece::new(end, Fate::default())));
            }
            if let Some(first) = said.first_mut() {
                let about = words.say("word.about", &[("quote", &thread.passage.quote)]);
                first.words = [about, std::mem::take(&mut first.words)].join("\n");
            }
        }
        talks.push(Talk { resolved: thread.resolved, said });
    }
    talks
}

fn told(SaidInFile { by, at, body }: SaidInFile, words: Words) -> Said {
    let (act, initials) = acted(by, at, words);
    Said { by: act, initials, words: body }
}

fn acted(by: Speaker, at: Moment, words: Words) -> (Act, String) {
    match by {
        Speaker::Secretariat => (Act::named(words.say("word.secretariat", &[]), at), String::new()),
        Speaker::Organisation { name, acronym } => (Act::named(name, at), acronym),
        Speaker::Unnamed => (Act::unnamed(words.say("word.unnamed", &[]), at), String::new()),
    }
}
