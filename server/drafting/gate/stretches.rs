//! Stretches of one client's clocks: what of its own was deleted, or accepted.

use std::collections::BTreeMap;

/// Start → end, disjoint and not touching.
#[derive(Debug, Default)]
pub struct Stretches {
    all: BTreeMap<u32, u32>,
    bytes: usize,
}

impl Stretches {
    /// A client id and the count of its stretches, in the longest form.
    pub const HEAD_BYTES: usize = 8 + 3;

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Size of all stretches as an editor writes them.
    pub fn bytes(&self) -> usize {
        if self.all.is_empty() { 0 } else { Self::HEAD_BYTES + self.bytes }
    }

    pub fn holds(&self, start: u32, end: u32) -> bool {
        self.all.range(..=start).next_back().is_some_and(|(_, until)| *until >= end)
    }

    /// Whether a stretch lengthens one that is there, so that it needs no entry of its own.
    pub fn touches(&self, start: u32, end: u32) -> bool {
        self.all.range(..=end).next_back().is_some_and(|(_, until)| *until >= start)
    }

    /// How many clocks of a stretch are in one.
    pub fn inside(&self, start: u32, end: u32) -> u32 {
        let touching = self.all.range(..end).rev().take_while(|(_, until)| **until > start);
        touching.map(|(from, until)| end.min(*until) - start.max(*from)).sum()
    }

    /// What of a stretch is in none.
    pub fn gaps(&self, start: u32, end: u32) -> Vec<(u32, u32)> {
        let inside = self.all.range(..end).rev().take_while(|(_, until)| **until > start);
        let (mut gaps, mut until) = (Vec::new(), end);
        for (from, to) in inside {
            if *to < until {
                gaps.push((*to, until));
            }
            until = *from;
        }
        if start < until {
            gaps.push((start, until));
        }
        gaps
    }

    /// How many beginnings and ends are inside, not at the rim.
    pub fn edges(&self, start: u32, end: u32) -> usize {
        let inside = self.all.range(..end).rev().take_while(|(_, until)| **until > start);
        inside.map(|(from, until)| usize::from(*from > start) + usize::from(*until < end)).sum()
    }

    pub fn add(&mut self, mut start: u32, mut end: u32) {
        while let Some((from, until)) = self.all.range(..=end).next_back().map(|(from, until)| (*from, *until)) {
            if until < start {
                break;
            }
            self.all.remove(&from);
            self.bytes -= stretch_bytes(from, until);
            start = start.min(from);
            end = end.max(until);
        }
        self.bytes += stretch_bytes(start, end);
        self.all.insert(start, end);
    }

    #[cfg(test)]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (u32, u32)> {
        self.all.iter().map(|(start, end)| (*start, *end))
    }
}

/// Size of one stretch as an editor writes it. Two that merge take no more than both apart.
pub fn stretch_bytes(start: u32, end: u32) -> usize {
    number_bytes(start) + number_bytes(end - start)
}

fn number_bytes(number: u32) -> usize {
    ((32 - number.leading_zeros()).max(1) as usize).div_ceil(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deleted_stretches_merge_in_any_order_and_know_their_size() {
        let mut deleted = Stretches::default();
        assert_eq!(deleted.bytes(), 0);
        for (start, end) in [(10, 12), (0, 3), (14, 20), (12, 14), (2, 5)] {
            let most = deleted.bytes().max(Stretches::HEAD_BYTES) + stretch_bytes(start, end);
            deleted.add(start, end);
            assert!(deleted.bytes() <= most);
        }
        assert_eq!(deleted.iter().collect::<Vec<_>>(), [(0, 5), (10, 20)]);
        assert_eq!(deleted.bytes(), Stretches::HEAD_BYTES + 4);
        assert_eq!([(0, 5), (4, 11), (5, 10), (19, 30), (0, 30)].map(|(start, end)| deleted.inside(start, end)), [5, 2, 0, 1, 15]);
        assert_eq!(deleted.gaps(3, 25), [(20, 25), (5, 10)]);
        assert_eq!((deleted.gaps(0, 5), deleted.gaps(5, 7)), (vec![], vec![(5, 7)]));
        deleted.add(127, 128 + 127);
        assert_eq!(deleted.bytes(), Stretches::HEAD_BYTES + 4 + 3);
    }
}
