//! What drafts look like to somebody whose editor has not come yet, kept for as long as nobody writes.
//!
//! One draft is drawn once at a time, however many ask: a hall that opens a draft reads it once. What is kept says which entry of
//! the journal it shows; who finds an older one draws anew. Nothing here knows who may see it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::limits::DRAWINGS_MAX;
use crate::kernel::StatementId;

/// A draft's markup as of an entry of its journal; none where it could not be drawn.
pub struct Drawing {
    pub head: u64,
    pub markup: Option<Arc<str>>,
}

/// Held by whoever draws; the others wait for what they draw.
pub type Easel = Arc<tokio::sync::Mutex<Option<Drawing>>>;

#[derive(Default)]
pub struct Drawings {
    easels: Mutex<HashMap<StatementId, Easel>>,
}

impl Drawings {
    pub fn of(&self, statement: StatementId) -> Easel {
        let mut easels = self.easels.lock().unwrap_or_else(PoisonError::into_inner);
        if easels.len() >= DRAWINGS_MAX && !easels.contains_key(&statement) {
            // Whoever is at work on one has a handle of their own.
            easels.retain(|_, easel| Arc::strong_count(easel) > 1);
        }
        easels.entry(statement).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_drawings_are_kept_and_none_is_taken_from_whoever_draws() {
        let drawings = Drawings::default();
        let held = StatementId::new();
        let drawn = drawings.of(held);
        for _ in 0..DRAWINGS_MAX * 2 {
            drawings.of(StatementId::new());
        }
        assert!(drawings.easels.lock().unwrap().len() <= DRAWINGS_MAX);
        assert!(Arc::ptr_eq(&drawn, &drawings.of(held)));
    }
}
