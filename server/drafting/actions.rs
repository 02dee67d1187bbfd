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
use crate::statements::{self, Edition, Statement};
use crate::store::{Attempt, Failure};
use crate::text::block::{Block, Inline, Run, Text};
use crate::text::from_draft::{self, DraftProblem};

/// A draft looked over: the text as far as it can be settled, and what stands in the way.
pub struct Preview {
    pub text: Text,
    pub problems: Vec<DraftProblem>,
}

/// Reads the committed text. Nothing changes, and people go on writing.
pub async fn preview(hub: &Hub, statement: &Statement) -> Attempt<Preview> {
    let Reading { parts, .. } = hub.read(statement.id).await?;
    let (text, problems) = from_draft::settle(&project(hub, &parts).await?, &statement.language);
    Ok(Preview { text, problems })
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
    if !links(&text.blocks).all(from_draft::may_link) {
        return Err(Refusal::new(No::FieldInvalid).with("field", "link").into());
    }
    let Preview { text: present, problems } = preview(hub, statement).await?;
    if !from_draft::is_empty(&present) || !problems.is_empty() {
        return Err(Refusal::new(No::FieldInvalid).with("field", "draft").into());
    }
    let client = u64::from_be_bytes(random()) & CLIENT_ID_MAX;
    let update = seed::seed(text, client).map_err(|_| Refusal::new(No::FieldInvalid).with("field", "text"))?;
    hub.insert(statement.id, person, organisation, Bytes::from(update)).await
}

async fn freeze_held(hub: &Hub, caller: Caller, now: Moment, statement: Statement, seen: Seen) -> Attempt<Edition> {
    let id = statement.id;
    let Reading { parts, head } = hub.hold(id).await?;
    let text = from_draft::from_draft(&project(hub, &parts).await?, &statement.language).map_err(|problems| {
        Refusal::new(No::TextUnsettled).with("problems", problems.iter().map(|problem| problem.code()).collect::<Vec<_>>())
    })?;
    let frozen = hub.shell().store.write(move |tx| {
        // Every edit that was acknowledged, by whatever server, is in what is frozen.
        if journal::head(tx, id)? != head {
            return Ok(None);
        }
        statements::actions::freeze(tx, &caller, now, id, &seen, &text).map(Some)
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
