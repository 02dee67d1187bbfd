//! Suggestions as they may leave in a file: by which organisation, and when; as threads do ([`remarks::leaving`]).

use std::collections::BTreeMap;

use super::{model::Suggestion, queries};
use crate::{
    kernel::{Moment, StatementId},
    remarks::leaving::{Speaker, speaker},
    statements::writers,
    store::{Attempt, Tx},
    text::asks,
};

/// Whose each is that was ever begun in a draft. For whoever may read it.
pub fn leaving(tx: &mut Tx, statement: StatementId) -> Attempt<BTreeMap<asks::Suggestion, (Speaker, Moment)>> {
    let known = writers::ever_known(tx, statement)?;
    let one = |Suggestion { name, by, begun_at, .. }: Suggestion| (name, (speaker(&known, by.organisation), begun_at));
    Ok(queries::all(tx, statement)?.into_iter().map(one).collect())
}
