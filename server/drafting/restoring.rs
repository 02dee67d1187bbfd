//! An earlier text is brought back: a new version, never a way back. Nothing anybody wrote is lost by it.
//!
//! 1. The present text is read while people go on writing, and must be what was seen.
//! 2. The room is held as for a freeze: edits wait, and nobody is sent away. If somebody wrote since, it is read once more.
//! 3. The text as it is now is kept as a version, so that what is brought back can be taken back in the same way.
//! 4. What makes the draft say the earlier text is written as an ordinary entry of the journal, under a new client id of the person who asked,
//!    and is refused where anything of theirs would be. What stays keeps its letters.
//! 5. The hold ends, and what waited is taken, where it was written.
//!
//! Runs to its end even if whoever asked goes away. Cut off before 4, nothing has changed; after it, the text is back, and the session's
//! version says so.

use std::time::Duration;

use tokio::time::timeout;

use super::command::{CommittedText, Hold};
use super::gate::PersonKey;
use super::hub::Hub;
use super::limits::{CLIENT_ID_MAX, HOLD_SECONDS_MAX};
use super::{actions, past};
use crate::accounts::{self, Caller};
use crate::kernel::{Moment, No, Seen, Shown, VersionId, secret::random};
use crate::statements::Statement;
use crate::store::{Attempt, Failure, Tx};
use crate::text::{block::Text, from_draft};
use crate::versions::{self, Kept, Version, VersionKind, actions::Restoring, permits};

/// What the page shows before an earlier text is brought back.
pub struct Looked {
    /// The text it would take the place of.
    pub present: Text,
    pub same: bool,
    pub seen: String,
}

/// Who brings what back, and what they saw of it.
pub struct Wish {
    pub caller: Caller,
    pub now: Moment,
    pub version: VersionId,
    pub seen: Seen,
}

/// Looks at what bringing a version back would mean; changes nothing.
pub async fn preview(hub: &Hub, caller: Caller, now: Moment, id: VersionId) -> Attempt<Looked> {
    let found = hub.shell().store.read(move |tx| may_restore(tx, &caller, now, id));
    let (statement, version) = found.await?;
    let present = present_text(hub, &statement, &hub.read(statement.id).await?).await?;
    let same = version.text().map_err(Failure::broken)? == present;
    let shown = present.clone();
    let seen = hub.shell().store.read(move |tx| Ok(Restoring::of(tx, &version, &shown)?.fingerprint()));
    Ok(Looked { present, same, seen: seen.await? })
}

/// Keeps the text as it stands under a name.
pub async fn keep_named(hub: &Hub, caller: Caller, now: Moment, statement: Statement, name: String) -> Attempt<VersionId> {
    let committed = hub.read(statement.id).await?;
    let text = present_text(hub, &statement, &committed).await?;
    let (id, head) = (statement.id, committed.head);
    let kept = hub.shell().store.write(move |tx| {
        permits::write(permits::look(tx, &caller, now, id)?)?;
        let by = Some(caller.person);
        keep(tx, &statement, VersionKind::Named, &text, head, now, |kept| Kept { name: Some(name.clone()), by, ..kept })
    });
    kept.await
}

/// Brings a version back. Answers the version that it became.
pub async fn restore(hub: &Hub, wish: Wish) -> Attempt<VersionId> {
    let own = hub.clone();
    hub.run(async move { restore_whole(&own, wish).await }).await
}

async fn restore_whole(hub: &Hub, wish: Wish) -> Attempt<VersionId> {
    let _alone = hub.restoring().lock().await;
    let (caller, now, id, seen) = (wish.caller.clone(), wish.now, wish.version, wish.seen.clone());
    let found = hub.shell().store.read(move |tx| {
        let (statement, version) = may_restore(tx, &caller, now, id)?;
        let made = accounts::confirmed::<Restoring>(tx, &caller, id, &seen)?;
        Ok((statement, version, made.and_then(|made| made.parse().ok())))
    });
    let (statement, version, made): (_, _, Option<VersionId>) = found.await?;
    if let Some(made) = made {
        return Ok(made);
    }
    let before = hub.read(statement.id).await?;
    let present = present_text(hub, &statement, &before).await?;
    confirms(hub, &wish, &version, &present).await?;
    if version.text().map_err(Failure::broken)? == present {
        return Ok(version.line.id);
    }
    let hold = hub.hold(statement.id).await?;
    let restored = restore_held(hub, &wish, (&statement, &version), &hold, (before.head, present)).await;
    hold.release().await;
    restored
}

/// The part that people wait for. `known` is the text as it stood at an entry of the journal.
async fn restore_held(
    hub: &Hub,
    wish: &Wish,
    (statement, version): (&Statement, &Version),
    hold: &Hold,
    known: (u64, Text),
) -> Attempt<VersionId> {
    let patience = Duration::from_secs(HOLD_SECONDS_MAX);
    let head = hold.text.head;
    let present = match known {
        (at, present) if at == head => present,
        _ => {
            let present = timeout(patience, present_text(hub, statement, &hold.text)).await.map_err(|_| No::Busy)??;
            confirms(hub, wish, version, &present).await?;
            present
        }
    };
    let text = version.text().map_err(Failure::broken)?;
    let client = u64::from_be_bytes(random()) & CLIENT_ID_MAX;
    let update = timeout(patience, hub.worker().rewrite(&hold.text.parts, &text, client)).await.map_err(|_| No::Busy)?;
    let update = update.map_err(actions::unread)?;

    let (caller, now, of, id) = (wish.caller.clone(), wish.now, statement.clone(), version.line.id);
    let kept = hub.shell().store.write(move |tx| {
        let leave = permits::write(permits::look_at(tx, &caller, now, id)?.0)?;
        keep(tx, &of, VersionKind::Replaced, &present, head, now, |kept| Kept { by: Some(caller.person), ..kept })?;
        Ok(leave.join().organisation)
    });
    let organisation = kept.await?;
    let by = (PersonKey(wish.caller.person.number()), organisation);
    tracing::debug!(statement = %statement.id, "an earlier text is about to be brought back");
    if !hub.insert_held(hold, statement.id, by, update).await? {
        return Err(No::Busy.into());
    }
    let (caller, seen, of) = (wish.caller.clone(), wish.seen.clone(), statement.clone());
    let restored = hub.shell().store.write(move |tx| {
        let by = Some(caller.person);
        let restored = keep(tx, &of, VersionKind::Restored, &text, head + 1, now, |kept| Kept { restores: Some(id), by, ..kept })?;
        accounts::note_confirmed::<Restoring>(tx, &caller, id, &seen, restored, now)?;
        Ok(restored)
    });
    restored.await
}

fn may_restore(tx: &mut Tx, caller: &Caller, now: Moment, id: VersionId) -> Attempt<(Statement, Version)> {
    let (look, version) = permits::look_at(tx, caller, now, id)?;
    let leave = permits::write(look)?;
    Ok((leave.statement().clone(), version))
}

async fn confirms(hub: &Hub, wish: &Wish, version: &Version, present: &Text) -> Attempt<()> {
    let (seen, version, present) = (wish.seen.clone(), version.clone(), present.clone());
    hub.shell().store.read(move |tx| Ok(seen.confirms(Restoring::of(tx, &version, &present)?).map(drop)?)).await
}

/// Keeps a text of this entry, with those who wrote since the version before.
fn keep(
    tx: &mut Tx,
    statement: &Statement,
    kind: VersionKind,
    text: &Text,
    upto: u64,
    now: Moment,
    with: impl FnOnce(Kept) -> Kept,
) -> Attempt<VersionId> {
    let after = versions::queries::kept_upto(tx, statement.id)?;
    let stretch = past::stretch(tx, statement.id, after, upto)?;
    let (writers, at) = stretch.map_or((Default::default(), now), |stretch| (stretch.writers, stretch.at));
    let kept = Kept { kind, text: text.clone(), upto, at, writers, name: None, restores: None, by: None };
    versions::keep(tx, statement.id, with(kept), now)
}

/// The text as far as it can be settled: what a freeze would refuse stands in nobody's way here.
async fn present_text(hub: &Hub, statement: &Statement, committed: &CommittedText) -> Attempt<Text> {
    let (draft, language) = (actions::project(hub, &committed.parts).await?, statement.language.clone());
    tokio::task::spawn_blocking(move || from_draft::settle(&draft, &language).text).await.map_err(Failure::broken)
}
