//! Puts the old entries of drafts away, one segment after another, beside everything else.
//!
//! A room says when its draft has a stored base, as it opens and whenever a new one is kept; then everything well before that
//! base is of no use to those who write. Nobody waits for it: a segment is one short transaction, others go between two of them, and
//! what is not done today is done when the room opens the next time.

use std::time::Duration;

use tokio::sync::mpsc;

use super::journal;
use super::limits::*;
use crate::kernel::StatementId;
use crate::store::{Attempt, Store};

/// Where rooms say that a draft has a base. Clones share it.
#[derive(Clone)]
pub struct Archive(mpsc::Sender<StatementId>);

impl Archive {
    /// Starts the task. It ends when every clone is gone.
    pub fn start(store: Store) -> Archive {
        let (queue, mut coming) = mpsc::channel(ARCHIVE_QUEUE_MAX);
        tokio::spawn(async move {
            while let Some(statement) = coming.recv().await {
                if let Err(error) = put_away(&store, statement).await {
                    tracing::warn!(%statement, ?error, "old entries of a draft stay as they are; they are put away another time");
                }
            }
        });
        Archive(queue)
    }

    pub fn look_at(&self, statement: StatementId) {
        // Where too many wait, this one comes again.
        let _ = self.0.try_send(statement);
    }
}

async fn put_away(store: &Store, statement: StatementId) -> Attempt<()> {
    let Some(upto) = store.read(move |tx| journal::base_upto(tx, statement)).await? else { return Ok(()) };
    while store.write(move |tx| journal::put_away(tx, statement, upto)).await? {
        tracing::debug!(%statement, "a stretch of a draft's journal was put away");
        tokio::time::sleep(Duration::from_millis(SEGMENT_PAUSE_MILLIS)).await;
    }
    Ok(())
}
