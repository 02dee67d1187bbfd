//! What a room opens from: the stored base and the journal's entries behind it, in the present shape. A draft that has none yet is given its first one here.
//!
//! That first entry is the server's own act and is in the journal before anybody joins: for a new draft its title and an
//! empty paragraph, so that nobody ever has to put the title in; for a draft that was written in the shape of before, what it
//! said. Which entry it is stands beside the journal, decided once, whoever opens the draft and on however many servers.

use bytes::Bytes;

use super::base::Base;
use super::gate::Description;
use super::journal::{self, SERVER};
use super::limits::CLIENT_ID_MAX;
use super::room::JournalEntry;
use super::seed;
use super::surroundings::Surroundings;
use crate::kernel::{StatementId, secret::random};
use crate::statements::{self, State, Statement};
use crate::store::{Attempt, Failure};
use crate::text::block::Text;
use crate::text::count;

/// A draft as it is stored.
pub struct Draft {
    pub state: State,
    pub description: Description,
    pub base: Option<Base>,
    /// Behind the base, in order.
    pub entries: Vec<JournalEntry>,
}

/// What is stored of a draft.
pub async fn draft(around: &Surroundings, id: StatementId) -> Attempt<Draft> {
    let (statement, stored) = look(around, id).await?;
    let older = match stored {
        Stored::Begun(draft) => return Ok(draft),
        Stored::NotBegun(older) => older,
    };
    let begun = begin(around, &statement, &older).await;
    match (look(around, id).await?, begun) {
        ((_, Stored::Begun(draft)), _) => Ok(draft),
        ((_, Stored::NotBegun(_)), Err(error)) => Err(error),
        ((_, Stored::NotBegun(_)), Ok(())) => Err(Failure::broken("a draft's first entry is not where it was written")),
    }
}

/// A draft without its base, which turned out to be of no use.
pub async fn from_the_beginning(around: &Surroundings, id: StatementId) -> Attempt<Draft> {
    around.shell.store.write(move |tx| journal::drop_base(tx, id)).await?;
    draft(around, id).await
}

enum Stored {
    Begun(Draft),
    /// Entries in the shape of before, or none.
    NotBegun(Vec<JournalEntry>),
}

async fn look(around: &Surroundings, id: StatementId) -> Attempt<(Statement, Stored)> {
    let read = around.shell.store.read(move |tx| {
        let statement = statements::load(tx, id)?;
        let description = if journal::is_bench(tx, id)? { Description::Bench } else { Description::Statement };
        let begins = if description == Description::Bench { Some(0) } else { journal::beginning(tx, id)? };
        let stored = match begins {
            Some(from) => {
                let base = journal::base(tx, id)?;
                let from = base.as_ref().map_or(from, |base| base.upto + 1);
                Stored::Begun(Draft { state: statement.state, description, base, entries: journal::read(tx, id, from)? })
            }
            None => Stored::NotBegun(journal::read(tx, id, 0)?),
        };
        Ok((statement, stored))
    });
    read.await
}

/// Writes the first entry, unless another server has just done so.
async fn begin(around: &Surroundings, statement: &Statement, older: &[JournalEntry]) -> Attempt<()> {
    let said = said_before(around, older).await?.filter(|text| count::words(text) > 0);
    let text = said.unwrap_or_else(|| seed::beginning(statement));
    let update = Bytes::from(seed::seed(&text, u64::from_be_bytes(random()) & CLIENT_ID_MAX));
    let seq = older.last().map_or(0, |entry| entry.seq) + 1;
    let first = JournalEntry { seq, person: SERVER, organisation: None, update };
    let (id, at) = (statement.id, around.shell.clock.now());
    around
        .shell
        .store
        .write(move |tx| if journal::beginning(tx, id)?.is_none() { journal::begin(tx, id, &first, at) } else { Ok(()) })
        .await
}

/// What a draft in the shape of before says.
async fn said_before(around: &Surroundings, older: &[JournalEntry]) -> Attempt<Option<Text>> {
    if older.is_empty() {
        return Ok(None);
    }
    let parts: Vec<Bytes> = older.iter().map(|entry| entry.update.clone()).collect();
    around.worker.said_before(&parts).await.map(Some).map_err(Failure::broken)
}
