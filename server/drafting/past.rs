//! A draft as it stood at an entry of its journal, read back from what is stored. No room is asked, and nobody who writes waits.
//!
//! The journal is whole, so every past is there. The stored base is of use for what comes after it; what came before is read
//! from the first entry on.

use std::collections::BTreeSet;

use bytes::Bytes;

use super::committed::{Committed, NOTHING};
use super::journal::{self, SERVER};
use crate::kernel::{Moment, StatementId};
use crate::store::{Attempt, Tx};
use crate::versions::model::Writers;

/// Updates to apply in this order; nothing where the draft had not begun.
pub fn at(tx: &mut Tx, statement: StatementId, upto: u64) -> Attempt<Option<Vec<Bytes>>> {
    let Some(begins) = journal::beginning(tx, statement)?.filter(|begins| *begins <= upto) else { return Ok(None) };
    let base = journal::base(tx, statement)?.filter(|base| base.upto <= upto);
    let (from, mut committed) = match base {
        Some(base) => (base.upto + 1, Committed::from_base(base.upto, base.body)),
        None => (begins, Committed::from_base(0, Bytes::from_static(&NOTHING))),
    };
    journal::each(tx, statement, from, |kept| {
        if kept.entry.seq <= upto {
            committed.add(kept.entry.seq, kept.entry.update);
        }
    })?;
    Ok(Some(committed.parts()))
}

/// Who wrote behind an entry up to another, and when the last of it was.
pub struct Stretch {
    pub writers: Writers,
    pub at: Moment,
    /// Whether there is more than the words every draft begins with.
    pub is_work: bool,
}

/// Nothing where no entry is.
pub fn stretch(tx: &mut Tx, statement: StatementId, after: u64, upto: u64) -> Attempt<Option<Stretch>> {
    let begins = journal::beginning(tx, statement)?.unwrap_or(0);
    let (mut writers, mut last) = (BTreeSet::new(), None);
    journal::each(tx, statement, begins.max(after + 1), |kept| {
        if kept.entry.seq <= upto {
            if kept.entry.person != SERVER {
                writers.insert(kept.entry.organisation);
            }
            last = Some(kept.at);
        }
    })?;
    Ok(last.map(|at| Stretch { writers: Writers(writers.into_iter().collect()), at, is_work: upto > begins }))
}
