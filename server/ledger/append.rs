//! Adding a leaf: the tree's frontier grows by one, and a new checkpoint is signed over it, in the caller's transaction.

use diesel::prelude::*;
use undersigned_evidence::{
    checkpoint,
    commitment::leaf_for,
    instant::{Hour, Instant},
    leaf::{Leaf, TextRef},
    opening::Opening,
    tree::{Frontier, leaf_hash},
};

use super::checkpointer::Ledger;
use crate::{
    kernel::{Moment, No, RoundId, StatementId, secret::random},
    store::{
        Attempt, Failure, Tx,
        schema::{leaves, logs, openings},
    },
};

/// Where a leaf went.
#[derive(Debug, Clone)]
pub struct Appended {
    /// Its place in the log, counted from 0.
    pub index: u64,
    pub checkpoint: String,
}

/// Records an opening. Refuses when the log no longer agrees with its own checkpoint: nothing is built on a log that was bent.
pub fn append(
    tx: &mut Tx,
    ledger: &Ledger,
    statement: StatementId,
    round: Option<RoundId>,
    text: TextRef,
    opening: &Opening,
    now: Moment,
) -> Attempt<Appended> {
    let salt = random::<32>();
    let round = round.map(|round| round.to_string());
    let known: Option<(String, i64, Vec<u8>, String)> =
        logs::table.find(statement).select((logs::origin, logs::size, logs::frontier, logs::checkpoint)).first(tx).optional()?;
    let fresh = known.is_none();
    let (origin, mut frontier) = match known {
        None => (ledger.origin(statement), Frontier::new()),
        Some((origin, size, bytes, note)) => {
            let frontier = Frontier::from_bytes(&bytes).ok_or(No::LogBroken)?;
            let signed = checkpoint::verify(&note, &ledger.key.vkey(&origin)).map_err(|_| No::LogBroken)?;
            if frontier.size() != size as u64 || signed.size != frontier.size() || signed.root != frontier.root() {
                return Err(No::LogBroken.into());
            }
            (origin, frontier)
        }
    };
    let index = frontier.size();
    let leaf = leaf_for(opening, &salt, &statement.to_string(), round.as_deref(), text, hour(tx, statement, index, now)?)
        .map_err(|error| Failure::broken(format!("a leaf could not be made: {error:?}")))?;
    let line = leaf.to_line().map_err(|error| Failure::broken(format!("{error:?}")))?;
    frontier.append(leaf_hash(&line));
    let note = ledger.key.sign(&origin, frontier.size(), frontier.root());

    let (size, bytes) = (frontier.size() as i64, frontier.to_bytes());
    if fresh {
        diesel::insert_into(logs::table)
            .values((
                logs::statement.eq(statement),
                logs::origin.eq(&origin),
                logs::size.eq(size),
                logs::frontier.eq(bytes),
                logs::checkpoint.eq(&note),
                logs::last_at.eq(now),
            ))
            .execute(tx)?;
    } else {
        diesel::update(logs::table.find(statement))
            .set((logs::size.eq(size), logs::frontier.eq(bytes), logs::checkpoint.eq(&note), logs::last_at.eq(now)))
            .execute(tx)?;
    }
    diesel::insert_into(leaves::table)
        .values((leaves::statement.eq(statement), leaves::position.eq(index as i64), leaves::line.eq(&line)))
        .execute(tx)?;
    let opening = serde_json::to_string(opening).map_err(Failure::broken)?;
    diesel::insert_into(openings::table)
        .values((
            openings::statement.eq(statement),
            openings::position.eq(index as i64),
            openings::salt.eq(salt.to_vec()),
            openings::opening.eq(opening),
        ))
        .execute(tx)?;
    Ok(Appended { index, checkpoint: note })
}

/// The hour a leaf says. Never before the leaf before it: a machine whose clock was set back must not bend the record.
fn hour(tx: &mut Tx, statement: StatementId, index: u64, now: Moment) -> Attempt<Hour> {
    let present = Instant::parse(&now.rfc3339()).ok_or_else(|| Failure::broken("a moment has no hour"))?.hour();
    let Some(last) = index.checked_sub(1) else { return Ok(present) };
    let line: String = leaves::table.find((statement, last as i64)).select(leaves::line).first(tx)?;
    let last = Leaf::parse(&line).ok().and_then(|leaf| Hour::parse(&leaf.at)).ok_or(No::LogBroken)?;
    Ok(last.max(present))
}

/// The moment an act on a statement happens: the clock's, but always after the act before it.
///
/// Asked first in a transaction that writes to a statement with a log. It takes the log's row, so that acts queue up and
/// are recorded in the order of their moments, whatever the clocks of machines say and however long a request waited.
pub fn moment(tx: &mut Tx, statement: StatementId, now: Moment) -> Attempt<Moment> {
    let last: Option<Moment> = logs::table.find(statement).select(logs::last_at).first(tx).optional()?;
    let Some(last) = last else { return Ok(now) };
    let next = now.max(last.plus_millis(1));
    diesel::update(logs::table.find(statement)).set(logs::last_at.eq(next)).execute(tx)?;
    Ok(next)
}
