//! What is done to a draft as a whole: looked over before freezing, frozen, begun from a text.

use bytes::Bytes;
use serde_json::Value;

use super::attendant::Reading;
use super::hub::Hub;
use super::limits::CLIENT_ID_MAX;
use super::room::Dismissal;
use super::worker::WorkerRefusal;
use super::{journal, seed};
use crate::accounts::Caller;
use crate::kernel::{Moment, No, OrganisationId, PersonId, Refusal, Seen, secret::random};
use crate::statements::{self, Edition, Looked, Statement};
use crate::store::{Attempt, Failure};
use crate::text::block::{Block, Inline, Run, Text};
use crate::text::{from_draft, link};

/// Reads the committed text and what stands in its way. Nothing changes, and people go on writing.
pub async fn preview(hub: &Hub, statement: &Statement) -> Attempt<Looked> {
    let Reading { parts, .. } = hub.read(statement.id).await?;
    look_over(project(hub, &parts).await?, statement).await
}

/// Freezes the draft into its next edition. Runs to its end even if whoever asked goes away: a room is not left held.
pub async fn freeze(hub: &Hub, caller: Caller, now: Moment, statement: Statement, seen: Seen) -> Attempt<Edition> {
    let own = hub.clone();
    hub.run(async move {
        let id = statement.id;
        let frozen = freeze_held(&own, caller, now, statement, seen).await;
        own.release(id).await;
        frozen
    })
    .await
}

/// Makes an empty draft begin with a text.
pub async fn start_from_text(
    hub: &Hub,
    statement: &Statement,
    person: PersonId,
    organisation: Option<OrganisationId>,
    text: &Text,
) -> Attempt<()> {
    if !links(&text.blocks).all(link::stands) {
        return Err(Refusal::new(No::FieldInvalid).with("field", "link").into());
    }
    let Reading { parts, .. } = hub.read(statement.id).await?;
    let present = from_draft::settle(&project(hub, &parts).await?, &statement.language);
    if !from_draft::is_empty(&present.text) || !present.obstacles.is_empty() {
        return Err(Refusal::new(No::FieldInvalid).with("field", "draft").into());
    }
    let client = u64::from_be_bytes(random()) & CLIENT_ID_MAX;
    let update = seed::seed(text, client).map_err(|_| Refusal::new(No::FieldInvalid).with("field", "text"))?;
    hub.insert(statement.id, person, organisation, Bytes::from(update)).await
}

async fn freeze_held(hub: &Hub, caller: Caller, now: Moment, statement: Statement, seen: Seen) -> Attempt<Edition> {
    let id = statement.id;
    let Reading { parts, head } = hub.hold(id).await?;
    let settled = look_over(project(hub, &parts).await?, &statement).await?.settled()?;
    let frozen = hub.shell().store.write(move |tx| {
        // Every edit that was acknowledged, by whatever server, is in what is frozen.
        if journal::head(tx, id)? != head {
            return Ok(None);
        }
        statements::actions::freeze(tx, &caller, now, id, &seen, &settled).map(Some)
    });
    match frozen.await? {
        Some(edition) => Ok(edition),
        None => {
            // Another server wrote meanwhile: this room is behind, and is read anew.
            hub.close(id, Dismissal::NOT_STORED).await;
            Err(No::Busy.into())
        }
    }
}

/// A long text takes a moment, and one in a script not met before some more; the sockets of this thread are not to wait for it.
async fn look_over(draft: Value, statement: &Statement) -> Attempt<Looked> {
    let language = statement.language.clone();
    tokio::task::spawn_blocking(move || statements::look_over(&draft, &language)).await.map_err(Failure::broken)
}

async fn project(hub: &Hub, parts: &[Bytes]) -> Attempt<Value> {
    hub.worker().project(parts).await.map_err(|refusal| match refusal {
        WorkerRefusal::Busy => No::Busy.into(),
        WorkerRefusal::TooSlow | WorkerRefusal::Died | WorkerRefusal::Refused(_) => {
            tracing::error!(%refusal, "a draft could not be read");
            Failure::from(No::TextUnreadable)
        }
    })
}

/// Every link of a text.
fn links(blocks: &[Block]) -> Box<dyn Iterator<Item = &str> + '_> {
    fn of_runs(runs: &[Run]) -> impl Iterator<Item = &str> {
        runs.iter().filter_map(|run| run.link.as_deref())
    }
    Box::new(blocks.iter().flat_map(|block| -> Box<dyn Iterator<Item = &str>> {
        match block {
            Block::Heading { content, .. } | Block::Paragraph { content, .. } | Block::Numbered { content, .. } => {
                Box::new(content.iter().flat_map(|inline| match inline {
                    Inline::Text(run) => of_runs(std::slice::from_ref(run)),
                    Inline::Footnote { content, .. } => of_runs(content),
                    Inline::Break => of_runs(&[]),
                }))
            }
            Block::List { items, .. } => Box::new(items.iter().flat_map(|item| links(&item.blocks))),
            Block::Quote { blocks } => links(blocks),
        }
    }))
}
