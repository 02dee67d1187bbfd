//! Reading a log: for a bundle, for a receipt, for a check of the log against its own checkpoint.

use diesel::prelude::*;
use undersigned_evidence::{
    Digest,
    bundle::{self, Bundle, Parts, StoredLeaf},
    checkpoint,
    commitment::Salted,
    receipt as receipts,
    tree::{self, leaf_hash},
};

use super::checkpointer::Ledger;
use crate::{
    kernel::{No, StatementId},
    store::{
        Attempt, Failure, Tx,
        schema::{leaves, logs, openings},
    },
};

/// What a bundle is made of besides the log.
pub struct Evidence {
    /// By language: the canonical text.
    pub texts: std::collections::BTreeMap<String, String>,
    /// The public names in printed order.
    pub names: Vec<String>,
}

struct Log {
    origin: String,
    checkpoint: String,
    leaves: Vec<StoredLeaf>,
}

fn load(tx: &mut Tx, statement: StatementId) -> Attempt<Log> {
    let (origin, checkpoint): (String, String) =
        logs::table.find(statement).select((logs::origin, logs::checkpoint)).first(tx).optional()?.ok_or(No::NotFound)?;
    let lines: Vec<(i64, String)> =
        leaves::table.filter(leaves::statement.eq(statement)).order(leaves::position).select((leaves::position, leaves::line)).load(tx)?;
    let opened: Vec<(i64, Vec<u8>, String)> = openings::table
        .filter(openings::statement.eq(statement))
        .select((openings::position, openings::salt, openings::opening))
        .load(tx)?;
    let mut opened: std::collections::HashMap<i64, (Vec<u8>, String)> =
        opened.into_iter().map(|(position, salt, opening)| (position, (salt, opening))).collect();
    let mut leaves = Vec::with_capacity(lines.len());
    for (position, line) in lines {
        // An erased opening is no fault: the leaf stands, and nobody can say any more whose it was.
        let salted = opened.remove(&position).map(|(salt, opening)| -> Attempt<Salted> {
            Ok(Salted {
                salt: salt.try_into().map_err(|_| Failure::broken("a salt has not 32 bytes"))?,
                opening: serde_json::from_str(&opening).map_err(Failure::broken)?,
            })
        });
        leaves.push(StoredLeaf { line, salted: salted.transpose()? });
    }
    Ok(Log { origin, checkpoint, leaves })
}

/// The evidence bundle: the whole log, what may travel of its openings, and the text.
pub fn bundle(tx: &mut Tx, ledger: &Ledger, statement: StatementId, evidence: Evidence) -> Attempt<Bundle> {
    let log = load(tx, statement)?;
    let vkey = ledger.key.vkey(&log.origin);
    let parts = Parts { vkey: &vkey, checkpoint: &log.checkpoint, log: &log.leaves, texts: evidence.texts, names: evidence.names };
    bundle::assemble(parts).map_err(|error| Failure::broken(format!("the bundle could not be put together: {error:?}")))
}

/// The receipt for one leaf, as a file. It holds the opening, so it is the organisation's alone.
pub fn receipt(tx: &mut Tx, ledger: &Ledger, statement: StatementId, index: u64) -> Attempt<String> {
    let log = load(tx, statement)?;
    let vkey = ledger.key.vkey(&log.origin);
    let hashes: Vec<Digest> = log.leaves.iter().map(|leaf| leaf_hash(&leaf.line)).collect();
    let leaf = usize::try_from(index).ok().and_then(|index| log.leaves.get(index)).ok_or(No::NotFound)?;
    let salted = leaf.salted.as_ref().ok_or(No::NotFound)?;
    let receipt = receipts::receipt(&vkey, &log.checkpoint, &hashes, index, &leaf.line, salted).ok_or(No::NotFound)?;
    receipt.to_json().map_err(|error| Failure::broken(format!("{error:?}")))
}

/// Replays a log against its own checkpoint; refuses when a leaf was changed, dropped or added behind our back.
pub fn check(tx: &mut Tx, ledger: &Ledger, statement: StatementId) -> Attempt<()> {
    let Some((origin, note)) =
        logs::table.find(statement).select((logs::origin, logs::checkpoint)).first::<(String, String)>(tx).optional()?
    else {
        return Ok(());
    };
    let lines: Vec<String> = leaves::table.filter(leaves::statement.eq(statement)).order(leaves::position).select(leaves::line).load(tx)?;
    let hashes: Vec<Digest> = lines.iter().map(leaf_hash).collect();
    let signed = checkpoint::verify(&note, &ledger.key.vkey(&origin)).map_err(|_| No::LogBroken)?;
    if signed.size != hashes.len() as u64 || signed.root != tree::root(&hashes) {
        return Err(No::LogBroken.into());
    }
    Ok(())
}

/// The checkpoint in short, for people: its size and the first groups of its root.
pub fn checkpoint_line(note: &str) -> String {
    let mut lines = note.lines().skip(1);
    let (size, root) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    format!("{size} · {}", root.chars().take(12).collect::<String>())
}

/// The newest checkpoint of a statement's log in short.
pub fn checkpoint_of(tx: &mut Tx, statement: StatementId) -> Attempt<String> {
    let note: String = logs::table.find(statement).select(logs::checkpoint).first(tx).optional()?.ok_or(No::NotFound)?;
    Ok(checkpoint_line(&note))
}

/// The public key of a statement's log, as a verifier is given it.
pub fn vkey(tx: &mut Tx, ledger: &Ledger, statement: StatementId) -> Attempt<Option<String>> {
    let origin: Option<String> = logs::table.find(statement).select(logs::origin).first(tx).optional()?;
    Ok(origin.map(|origin| ledger.key.vkey(&origin)))
}

/// The digest over public names that the `published` leaf commits to.
pub fn names_digest(names: &[String]) -> Attempt<Digest> {
    undersigned_evidence::opening::names_digest(names).map_err(|error| Failure::broken(format!("{error:?}")))
}
