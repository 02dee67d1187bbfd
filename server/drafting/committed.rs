//! What of a draft is stored for good, as a room keeps it in memory: a base, and the updates since, in the journal's order.
//!
//! When what follows the base grows long or heavy, it is merged into a new base. The room goes on meanwhile, and a merge
//! that is refused costs nothing: all parts are still here, and the next one is asked for when there are twice as many.
//! Whoever is sent the document gets the base and, packed into few updates, what follows it.

use std::collections::VecDeque;

use bytes::Bytes;

use super::limits::*;
use super::packing::pack;

/// An update that says nothing: no clients, no deletions.
pub const NOTHING: [u8; 2] = [0, 0];

#[derive(Debug)]
pub struct Committed {
    base: Bytes,
    /// The base holds every entry up to this one.
    base_seq: u64,
    tail: VecDeque<(u64, Bytes)>,
    tail_bytes: usize,
    merging: bool,
    /// After a merge that was refused: how long the tail has to be before another is asked for, however heavy it is.
    again_at: usize,
}

impl Committed {
    pub fn from_base(base_seq: u64, base: Bytes) -> Committed {
        Committed { base, base_seq, tail: VecDeque::new(), tail_bytes: 0, merging: false, again_at: 0 }
    }

    pub fn add(&mut self, seq: u64, update: Bytes) {
        self.tail_bytes += update.len();
        self.tail.push_back((seq, update));
    }

    /// The whole document as updates to apply in this order.
    pub fn parts(&self) -> Vec<Bytes> {
        std::iter::once(self.base.clone()).chain(self.packed(self.base_seq)).filter(|part| part.as_ref() != NOTHING).collect()
    }

    /// What came behind this entry, in few updates; `None` once it has gone into the base, where entries are no longer
    /// told apart.
    pub fn behind(&self, seq: u64) -> Option<Vec<Bytes>> {
        (seq >= self.base_seq).then(|| self.packed(seq))
    }

    fn packed(&self, seq: u64) -> Vec<Bytes> {
        let from = self.tail.partition_point(|(at, _)| *at <= seq);
        let behind = || self.tail.range(from..).map(|(_, update)| update);
        if behind().len() < 2 {
            return behind().cloned().collect();
        }
        let mut packed: Vec<Bytes> = Vec::new();
        let mut together: Vec<&Bytes> = Vec::new();
        let mut bytes = 0;
        for update in behind() {
            if bytes + update.len() > PACKED_BYTES_MAX {
                packed.extend(together_in_one(&together));
                (together, bytes) = (Vec::new(), 0);
            }
            bytes += update.len();
            together.push(update);
        }
        packed.extend(together_in_one(&together));
        packed
    }

    /// The last entry.
    pub fn head(&self) -> u64 {
        self.tail.back().map_or(self.base_seq, |(seq, _)| *seq)
    }

    pub fn bytes(&self) -> usize {
        self.base.len() + self.tail_bytes
    }

    /// Whether it is time for a new base; then one is under way until [`Committed::merged`].
    pub fn wants_merging(&mut self) -> bool {
        let long = self.tail.len() >= TAIL_UPDATES_MAX;
        // A tail of few large pastes is merged, too, once it outweighs the base.
        let heavy = self.tail.len() >= TAIL_UPDATES_MAX / 10 && self.tail_bytes >= TAIL_BYTES_MAX.max(self.base.len() / 2);
        let wants = !self.merging && self.tail.len() >= self.again_at && (long || heavy);
        self.merging |= wants;
        wants
    }

    /// The same where nobody writes any more: whoever opens the draft next should find little behind the base.
    pub fn wants_merging_at_rest(&mut self) -> bool {
        let wants = !self.merging && self.tail.len() >= TAIL_UPDATES_AT_REST;
        self.merging |= wants;
        wants
    }

    /// A base of every entry up to `upto`, or none.
    pub fn merged(&mut self, upto: u64, base: Option<Bytes>) {
        self.merging = false;
        let Some(base) = base else {
            self.again_at = self.tail.len() * 2;
            return;
        };
        (self.base, self.base_seq, self.again_at) = (base, upto, 0);
        self.tail.retain(|(seq, _)| *seq > upto);
        self.tail_bytes = self.tail.iter().map(|(_, update)| update.len()).sum();
    }
}

/// All of it passed the gate; should it not be readable after all, its parts are.
fn together_in_one(updates: &[&Bytes]) -> Vec<Bytes> {
    match pack(updates.iter().copied()) {
        Ok(_) if updates.is_empty() => Vec::new(),
        Ok(packed) => vec![packed],
        Err(_) => updates.iter().copied().cloned().collect(),
    }
}
