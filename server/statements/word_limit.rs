//! How many words a statement may have, by the rules of the forum it is for. Coordinators set it while it is written; whoever writes
//! sees how many are left. Nothing is refused for being too long: only a forum knows what it will take.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    actions,
    limits::TEXT_WORDS_MAX,
    model::{State, Statement, What},
    permits, queries,
};
use crate::{
    accounts::Caller,
    kernel::{Moment, No, Refusal, StatementId},
    store::{Attempt, Tx},
};

/// A limit on the words of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordLimit {
    #[schema(minimum = 1, maximum = 50000)]
    pub words: i32,
    /// Whether the words of footnotes count.
    pub with_notes: bool,
}

pub fn of(statement: &Statement) -> Option<WordLimit> {
    statement.words_max.map(|words| WordLimit { words, with_notes: statement.words_with_notes })
}

/// Sets a limit, or takes it away. Errors: it is no number of words that a text can have, or the text is not being written.
pub fn set(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, wanted: Option<WordLimit>) -> Attempt<Option<WordLimit>> {
    let lead = permits::lead(tx, caller, id)?;
    if lead.statement().state != State::Drafting {
        return Err(No::StatementNotDrafting.into());
    }
    if wanted.is_some_and(|limit| !usize::try_from(limit.words).is_ok_and(|words| (1..=TEXT_WORDS_MAX).contains(&words))) {
        return Err(Refusal::new(No::FieldInvalid).with("field", "words").into());
    }
    // Set again as it stands, it is no act.
    if of(lead.statement()) == wanted {
        return Ok(wanted);
    }
    queries::set_word_limit(tx, id, wanted.map(|limit| limit.words), wanted.is_none_or(|limit| limit.with_notes))?;
    let (what, detail) = match wanted {
        None => (What::LimitTaken, String::new()),
        Some(WordLimit { words, with_notes: true }) => (What::LimitSet, words.to_string()),
        Some(WordLimit { words, with_notes: false }) => (What::LimitSetWithoutNotes, words.to_string()),
    };
    actions::record_act(tx, &lead, what, &detail, now)?;
    Ok(wanted)
}
