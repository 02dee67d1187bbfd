//! Who wrote the chosen letters of a draft. Read from the journal, beside everything else: no room is asked, and nobody who writes waits.
//!
//! The journal of a draft is read from its beginning when somebody asks for the first time, a stretch after another, and from where
//! that ended when somebody asks again. What is learned of it is kept in memory alone ([`Shelf`]): it holds who wrote what for
//! everybody, as ids, and each answer is made for one caller from the names and rights of that moment.

use super::gate::Description;
use super::hub::Hub;
use super::journal;
use super::limits::*;
use super::origins::{Chosen, Origins, Traced};
use crate::kernel::StatementId;
use crate::store::{Attempt, Failure};

/// Whose the letters are, in the order they were told in, and whether that is all that can be known. Runs to its end even if whoever
/// asked goes away, so that what was read is not read again.
pub async fn trace(hub: &Hub, statement: StatementId, chosen: Vec<Chosen>) -> Attempt<(Vec<Traced>, bool)> {
    let own = hub.clone();
    hub.run(async move { traces(&own, statement, chosen).await }).await
}

async fn traces(hub: &Hub, statement: StatementId, chosen: Vec<Chosen>) -> Attempt<(Vec<Traced>, bool)> {
    let mut shelf = hub.origins().lock().await;
    let Some(mut origins) = (match shelf.take(statement) {
        Some(origins) => Some(origins),
        None => begun(hub, statement).await?,
    }) else {
        // Nobody has opened it yet.
        return Ok((chosen.iter().map(|stretch| Traced { letters: stretch.len, hand: None }).collect(), true));
    };
    loop {
        let next = origins.next();
        let entries = hub.shell().store.read(move |tx| journal::some(tx, statement, next)).await?;
        if entries.is_empty() {
            break;
        }
        origins = aside(move || {
            origins.take(&entries).map_err(|refusal| Failure::broken(format!("a stored edit was not taken in: {refusal:?}")))?;
            Ok(origins)
        })
        .await?;
    }
    let (traced, origins) = aside(move || {
        let traced = origins.trace(&chosen, ASKED_LOOKS_MAX);
        Ok((traced, origins))
    })
    .await?;
    shelf.put(statement, origins);
    Ok(traced)
}

/// Before its first entry; nothing for a draft that has not begun in the present shape.
async fn begun(hub: &Hub, statement: StatementId) -> Attempt<Option<Origins>> {
    let read = hub.shell().store.read(move |tx| {
        if journal::is_bench(tx, statement)? {
            return Ok(Some(Origins::new(Description::Bench, 1)));
        }
        Ok(journal::beginning(tx, statement)?.map(|begins| Origins::new(Description::Statement, begins)))
    });
    read.await
}

/// Computes without holding up whoever else is served on this thread.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Attempt<T> + Send + 'static) -> Attempt<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|stopped| Err(Failure::broken(stopped)))
}
