//! What is done with versions: a text is kept, listed, looked at, named. What puts one back in a draft stands in `drafting`, which has the draft.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    change::words_in_and_out,
    limits::*,
    model::{Line, Version, VersionKind, Writers},
    permits::{self, Look},
    queries,
};
use crate::{
    accounts::Caller,
    kernel::{Moment, No, PersonId, Shown, StatementId, VersionId},
    statements,
    store::{Attempt, Failure, Tx},
    text::{block::Text, canonical, count},
};

/// A text to keep, and what is known of it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub kind: VersionKind,
    pub text: Text,
    /// The last entry in it.
    pub upto: u64,
    /// When it was so.
    pub at: Moment,
    /// Who wrote since the version before.
    pub writers: Writers,
    pub name: Option<String>,
    pub restores: Option<VersionId>,
    /// Nobody, where it is kept by itself.
    pub by: Option<PersonId>,
}

/// What the page shows before an earlier text is brought back: which, and what it takes the place of. Whoever types between looking
/// and confirming changes the digest.
#[derive(Debug, Serialize)]
pub struct Restoring {
    pub statement: StatementId,
    pub version: VersionId,
    /// SHA-256 of the present text's canonical form, hexadecimal.
    pub digest: String,
    /// What was brought back last, so that going to and fro is not taken for a repetition.
    pub last: Option<VersionId>,
}

impl Shown for Restoring {
    const ACT: &'static str = "restore-version";
}

impl Restoring {
    pub fn of(tx: &mut Tx, version: &Version, present: &Text) -> Attempt<Restoring> {
        let Line { id, statement, .. } = version.line;
        let digest = hex::encode(Sha256::digest(canonical::canonical(present).map_err(Failure::broken)?));
        Ok(Restoring { statement, version: id, digest, last: queries::last_restored(tx, statement)? })
    }
}

/// Keeps a text. Where a version of this entry is there already, it is that one, and takes the name.
pub fn keep(tx: &mut Tx, statement: StatementId, kept: Kept, now: Moment) -> Attempt<VersionId> {
    let before = queries::newest(tx, statement)?;
    if let Some(same) = before.as_ref().filter(|before| before.line.upto >= kept.upto) {
        if let (Some(name), Some(by)) = (&kept.name, kept.by) {
            if same.line.upto > kept.upto {
                // Another server wrote and kept meanwhile: that is not the text that was to be named.
                return Err(No::Busy.into());
            }
            queries::set_name(tx, same.line.id, name, by)?;
        }
        return Ok(same.line.id);
    }
    if queries::count(tx, statement)? >= VERSIONS_MAX {
        return Err(No::VersionsFull.into());
    }
    let canonical = canonical::canonical(&kept.text).map_err(Failure::broken)?;
    put(tx, statement, kept, canonical, before, now)
}

/// Writes a version down behind the one before it.
fn put(tx: &mut Tx, statement: StatementId, kept: Kept, canonical: String, before: Option<Version>, now: Moment) -> Attempt<VersionId> {
    let nothing = Text { v: kept.text.v.clone(), language: kept.text.language.clone(), blocks: Vec::new() };
    let before = before.map_or(Ok(nothing), |before| before.text()).map_err(Failure::broken)?;
    let (words_in, words_out) = words_in_and_out(&before, &kept.text);
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let line = Line {
        id: VersionId::new(),
        statement,
        upto: kept.upto,
        kind: kept.kind,
        name: kept.name,
        at: kept.at,
        restores: kept.restores,
        writers: kept.writers,
        digest: Sha256::digest(&canonical).to_vec(),
        words: number(count::words(&kept.text)),
        words_in: number(words_in),
        words_out: number(words_out),
    };
    let version = Version { line, canonical };
    queries::insert(tx, &version, kept.by, now)?;
    Ok(version.line.id)
}

/// Whether so many were kept by themselves today that the next one has to wait.
pub fn is_too_soon(tx: &mut Tx, statement: StatementId, now: Moment) -> Attempt<bool> {
    let (today, last) = queries::kept_since(tx, statement, now.plus_seconds(-DAY_SECONDS))?;
    Ok(today >= DAILY_MAX && last.is_some_and(|last| last.plus_seconds(SLOW_SECONDS) > now))
}

/// Keeps a text by itself, unless the version before says the same. `false` where it is too long, or there are too many.
pub fn keep_by_itself(tx: &mut Tx, statement: StatementId, kept: Kept, now: Moment) -> Attempt<bool> {
    let canonical = canonical::canonical(&kept.text).map_err(Failure::broken)?;
    if canonical.len() > TEXT_BYTES_MAX || queries::count(tx, statement)? >= VERSIONS_MAX {
        return Ok(false);
    }
    let (digest, before) = (Sha256::digest(&canonical), queries::newest(tx, statement)?);
    let stands = |before: &Version| before.line.digest.as_slice() == digest.as_slice() || before.line.upto >= kept.upto;
    if !before.as_ref().is_some_and(stands) {
        put(tx, statement, kept, canonical, before, now)?;
    }
    Ok(true)
}

/// The versions of a draft without their texts, newest first.
pub fn list(tx: &mut Tx, look: &Look) -> Attempt<Vec<Line>> {
    queries::list(tx, look.statement().id)
}

/// Gives a version a name. The last word counts.
pub fn name(tx: &mut Tx, caller: &Caller, now: Moment, id: VersionId, name: &str) -> Attempt<()> {
    let (look, _) = permits::look_at(tx, caller, now, id)?;
    permits::write(look)?;
    queries::set_name(tx, id, &name_of(name)?, caller.person)
}

/// A name that can be given.
pub fn name_of(name: &str) -> Attempt<String> {
    Ok(statements::bounded("name", name, NAME_CHARS_MAX, true)?)
}
