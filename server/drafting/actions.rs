//! What is done to a draft as a whole: read, looked over before freezing, frozen, begun from a text.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;
use tokio::time::timeout;

use super::command::CommittedText;
use super::drawings::Drawing;
use super::hub::Hub;
use super::limits::{CLIENT_ID_MAX, DRAWING_BYTES_MAX, DRAWING_MILLIS_MAX, HOLD_SECONDS_MAX, START_TRIES_MAX};
use super::room::Dismissal;
use super::worker::WorkerRefusal;
use super::{journal, seed};
use crate::accounts::Caller;
use crate::http::draft_html;
use crate::kernel::{Moment, No, Refusal, Seen, secret::random};
use crate::statements::{self, Edition, Looked, Settled, Statement, actions::Freezing};
use crate::store::{Attempt, Failure};
use crate::text::block::Text;
use crate::text::{description, from_draft, link, obstacle::ObstacleKind};
use crate::words::Words;

/// Reads the committed text and what stands in its way. Nothing changes, and people go on writing.
pub async fn preview(hub: &Hub, statement: &Statement) -> Attempt<Looked> {
    look_over(hub, statement, &hub.read(statement.id).await?).await
}

/// The committed text as far as it can be settled, whatever stands in the way of freezing it.
pub async fn text_now(hub: &Hub, statement: &Statement) -> Attempt<Text> {
    let CommittedText { parts, .. } = hub.read(statement.id).await?;
    settled(project(hub, &parts).await?, statement).await
}

/// The same as it would be if all that is proposed were accepted; of rivals one.
pub async fn text_accepted(hub: &Hub, statement: &Statement) -> Attempt<Text> {
    let CommittedText { parts, .. } = hub.read(statement.id).await?;
    settled(hub.worker().accepted(&parts).await.map_err(unread)?, statement).await
}

/// The text with what is proposed in it, see `text::marked::proposed`; nothing while no suggestion is open.
pub async fn marked(hub: &Hub, statement: &Statement) -> Attempt<Option<Value>> {
    let CommittedText { parts, .. } = hub.read(statement.id).await?;
    if !from_draft::has_suggestions(&project(hub, &parts).await?) {
        return Ok(None);
    }
    hub.worker().marked(&parts).await.map(Some).map_err(unread)
}

async fn settled(json: Value, statement: &Statement) -> Attempt<Text> {
    let language = statement.language.clone();
    let settled = tokio::task::spawn_blocking(move || from_draft::settle(&json, &language)).await.map_err(Failure::broken)?;
    if !is_whole(&settled) {
        return Err(No::TextUnreadable.into());
    }
    Ok(settled.text)
}

/// The committed text as its editor will draw it, for a page to begin with. Nothing where that takes long or cannot be done: the
/// page then comes without. What was begun is finished for whoever asks next.
pub async fn drawn(hub: &Hub, statement: &Statement) -> Option<Arc<str>> {
    let (own, statement) = (hub.clone(), statement.clone());
    let drawing = hub.run(async move { draw(&own, &statement).await });
    timeout(Duration::from_millis(DRAWING_MILLIS_MAX), drawing).await.ok()?.ok()?
}

/// Freezes the draft into its next edition, or changes nothing for those who write.
///
/// 1. The text is read and looked over while people go on writing. What stands in the way is said here, and so is a text
///    that is no longer what was seen; nobody has noticed anything.
/// 2. The room is held: edits wait. If somebody wrote since, the text is read once more.
/// 3. In one transaction the journal must end where the text ends, the text must be what was seen, and the statement
///    becomes an edition.
/// 4. The hold ends, whatever came of it. The statement's state decides what becomes of the edits that waited: they are
///    taken, or their writers are told that the text is frozen.
///
/// Runs to its end even if whoever asked goes away.
pub async fn freeze(hub: &Hub, caller: Caller, now: Moment, statement: Statement, seen: Seen) -> Attempt<Edition> {
    let own = hub.clone();
    hub.run(async move { freeze_whole(&own, Wish { caller, now, statement, seen }).await }).await
}

/// Makes a draft in which nobody has written begin with a text. What it began with goes; done again with the same text, nothing.
pub async fn start_from_text(hub: &Hub, statement: &Statement, text: &Text) -> Attempt<()> {
    if !text.runs().filter_map(|run| run.link.as_deref()).all(link::stands) {
        return Err(Refusal::new(No::FieldInvalid).with("field", "link").into());
    }
    if !text.runs().filter_map(|run| run.lang.as_deref()).all(description::is_language) {
        return Err(Refusal::new(No::FieldInvalid).with("field", "lang").into());
    }
    let wanted = seed::reads_as(text, &statement.language).map_err(Failure::broken)?.text.blocks;
    let unwritten = seed::reads_as(&seed::beginning(statement), &statement.language).map_err(Failure::broken)?.text.blocks;
    for _ in 0..START_TRIES_MAX {
        let CommittedText { parts, head } = hub.read(statement.id).await?;
        let draft = project(hub, &parts).await?;
        let present = from_draft::settle(&draft, &statement.language);
        if present.text.blocks == wanted {
            return Ok(());
        }
        let written = !from_draft::is_empty(&present.text) && present.text.blocks != unwritten;
        // Whoever proposes something has written, too.
        if written || from_draft::has_suggestions(&draft) || !present.obstacles.is_empty() {
            return Err(Refusal::new(No::FieldInvalid).with("field", "draft").into());
        }
        let client = u64::from_be_bytes(random()) & CLIENT_ID_MAX;
        let update = hub.worker().replace(&parts, text, client).await.map_err(unread)?;
        if hub.insert(statement.id, head, update).await? {
            return Ok(());
        }
        // What was written meanwhile is still on its way to the journal; a hold begins once it is there.
        hub.hold(statement.id).await?.release().await;
    }
    Err(No::Busy.into())
}

async fn draw(hub: &Hub, statement: &Statement) -> Attempt<Option<Arc<str>>> {
    let CommittedText { parts, head } = hub.read(statement.id).await?;
    let easel = hub.drawings().of(statement.id);
    let mut easel = easel.lock().await;
    if let Some(drawing) = &*easel
        && drawing.head >= head
    {
        return Ok(drawing.markup.clone());
    }
    let markup = match hub.worker().project(&parts).await {
        // Another moment may do.
        Err(WorkerRefusal::Busy) => return Ok(None),
        Err(refusal) => {
            tracing::warn!(%refusal, "a draft could not be drawn");
            None
        }
        Ok(json) => {
            let language = statement.language.clone();
            tokio::task::spawn_blocking(move || as_markup(&json, &language)).await.map_err(Failure::broken)?
        }
    };
    *easel = Some(Drawing { head, markup: markup.clone() });
    Ok(markup)
}

fn as_markup(json: &Value, language: &str) -> Option<Arc<str>> {
    let settled = from_draft::settle(json, language);
    if !is_whole(&settled) {
        return None;
    }
    let markup = draft_html::draft(&settled.text, Words::of("en")).into_string();
    (markup.len() <= DRAWING_BYTES_MAX).then(|| markup.into())
}

/// Whether all of a draft was read: part of a text is better not shown.
fn is_whole(settled: &from_draft::Draft) -> bool {
    let unread = |kind: &ObstacleKind| matches!(kind, ObstacleKind::Unreadable | ObstacleKind::TooLong);
    !settled.obstacles.list.iter().any(|obstacle| unread(&obstacle.kind))
}

/// Who freezes what, and what they saw of it.
struct Wish {
    caller: Caller,
    now: Moment,
    statement: Statement,
    seen: Seen,
}

async fn freeze_whole(hub: &Hub, wish: Wish) -> Attempt<Edition> {
    let id = wish.statement.id;
    let before = hub.read(id).await?;
    let settled = look_over(hub, &wish.statement, &before).await?.settled()?;
    wish.seen.confirms(Freezing::of(&wish.statement, settled.text())?)?;
    let hold = hub.hold(id).await?;
    let frozen = freeze_held(hub, wish, &hold.text, (before.head, settled)).await;
    hold.release().await;
    match frozen? {
        Some(edition) => Ok(edition),
        None => {
            // Another server wrote meanwhile: this room is behind, and is read anew.
            hub.close(id, Dismissal::NOT_STORED).await;
            Err(No::Busy.into())
        }
    }
}

/// The part that people wait for. `known` is the text as it stood at an entry of the journal. `None` where the journal
/// does not end where this room's text ends.
async fn freeze_held(hub: &Hub, wish: Wish, held: &CommittedText, known: (u64, Settled)) -> Attempt<Option<Edition>> {
    let (id, head) = (wish.statement.id, held.head);
    let settled = match known {
        (at, settled) if at == head => settled,
        _ => {
            let patience = Duration::from_secs(HOLD_SECONDS_MAX);
            timeout(patience, look_over(hub, &wish.statement, held)).await.map_err(|_| No::Busy)??.settled()?
        }
    };
    let frozen = hub.shell().store.write(move |tx| {
        // Every edit that was acknowledged, by whatever server, is in what is frozen.
        if journal::head(tx, id)? != head {
            return Ok(None);
        }
        statements::actions::freeze(tx, &wish.caller, wish.now, id, &wish.seen, &settled).map(Some)
    });
    frozen.await
}

/// A long text takes a moment, and one in a script not met before some more; the sockets of this thread are not to wait for it.
async fn look_over(hub: &Hub, statement: &Statement, committed: &CommittedText) -> Attempt<Looked> {
    let (draft, language) = (project(hub, &committed.parts).await?, statement.language.clone());
    tokio::task::spawn_blocking(move || statements::look_over(&draft, &language)).await.map_err(Failure::broken)
}

pub async fn project(hub: &Hub, parts: &[Bytes]) -> Attempt<Value> {
    hub.worker().project(parts).await.map_err(unread)
}

pub fn unread(refusal: WorkerRefusal) -> Failure {
    match refusal {
        WorkerRefusal::Busy => No::Busy.into(),
        WorkerRefusal::TooSlow | WorkerRefusal::Died | WorkerRefusal::Refused(_) => {
            tracing::error!(%refusal, "a draft could not be read");
            Failure::from(No::TextUnreadable)
        }
    }
}

#[cfg(test)]
#[path = "freeze_tests.rs"]
mod freeze_tests;
