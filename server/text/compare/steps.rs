//! What two sequences have in common, in order: their equal beginning and end, and between them Myers' greedy way (1986), with a bound.
//!
//! Our own, because `similar` bounds its work by a clock: the same two texts must compare the same on every machine. Nothing is
//! found beyond a number of differences, or when the work of the whole comparison is used up; whoever asks then takes all for new.

use super::super::limits::{COMPARE_DIFFERENCES_MAX, COMPARE_STEPS_MAX};

/// What a comparison may still cost.
pub struct Work {
    left: usize,
}

impl Work {
    pub fn new() -> Self {
        Self { left: COMPARE_STEPS_MAX }
    }

    /// Whether so much more may be done. Once it may not, nothing may.
    pub fn takes(&mut self, steps: usize) -> bool {
        self.left = self.left.saturating_sub(steps.max(1));
        self.left > 0
    }
}

/// The places that stand in both, ascending on both sides; nothing where that is too far to find.
pub fn common(old: &[u32], new: &[u32], work: &mut Work) -> Option<Vec<(usize, usize)>> {
    if !work.takes(old.len() + new.len()) {
        return None;
    }
    let before = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let after = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - after], &new_rest[..new_rest.len() - after]);
    let mut pairs: Vec<(usize, usize)> = (0..before).map(|at| (at, at)).collect();
    if !old_middle.is_empty() && !new_middle.is_empty() {
        pairs.extend(middle(old_middle, new_middle, work)?.into_iter().map(|(one, other)| (one + before, other + before)));
    }
    pairs.extend((0..after).map(|at| (old.len() - after + at, new.len() - after + at)));
    Some(pairs)
}

/// The furthest places reached with `d` differences, by diagonal from `-d - 1` to `d + 1`.
struct Front {
    reach: Vec<isize>,
    d: isize,
}

impl Front {
    fn at(&self, diagonal: isize) -> isize {
        self.reach[(diagonal + self.d + 1) as usize]
    }

    /// Whether a diagonal is come to from the one above it: by something new, not by something gone.
    fn comes_down(&self, diagonal: isize) -> bool {
        diagonal == -self.d || (diagonal != self.d && self.at(diagonal - 1) < self.at(diagonal + 1))
    }
}

fn middle(old: &[u32], new: &[u32], work: &mut Work) -> Option<Vec<(usize, usize)>> {
    let (n, m) = (old.len() as isize, new.len() as isize);
    let mut fronts: Vec<Front> = Vec::new();
    let mut front = Front { reach: vec![0; 3], d: 0 };
    while front.d <= COMPARE_DIFFERENCES_MAX as isize {
        let d = front.d;
        let mut next = vec![0; 2 * d as usize + 5];
        for diagonal in (-d..=d).step_by(2) {
            let from = if front.comes_down(diagonal) { front.at(diagonal + 1) } else { front.at(diagonal - 1) + 1 };
            let mut x = from;
            while x < n && x - diagonal < m && old[x as usize] == new[(x - diagonal) as usize] {
                x += 1;
            }
            next[(diagonal + d + 2) as usize] = x;
            if !work.takes((x - from) as usize + 1) {
                return None;
            }
            if x >= n && x - diagonal >= m {
                fronts.push(front);
                return Some(back(&fronts, n, m));
            }
        }
        fronts.push(std::mem::replace(&mut front, Front { reach: next, d: d + 1 }));
    }
    None
}

/// The way back through the fronts, from both ends to both beginnings.
fn back(fronts: &[Front], n: isize, m: isize) -> Vec<(usize, usize)> {
    let (mut x, mut y) = (n, m);
    let mut pairs = Vec::new();
    for front in fronts.iter().rev() {
        let diagonal = x - y;
        let came_from = if front.comes_down(diagonal) { diagonal + 1 } else { diagonal - 1 };
        let (from_x, from_y) = if front.d == 0 { (0, 0) } else { (front.at(came_from), front.at(came_from) - came_from) };
        while x > from_x && y > from_y {
            (x, y) = (x - 1, y - 1);
            pairs.push((x as usize, y as usize));
        }
        (x, y) = (from_x, from_y);
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Vec<u32> {
        word.chars().map(u32::from).collect()
    }

    #[test]
    fn the_longest_that_stands_in_both() {
        for (old, new, both) in [
            ("abcabba", "cbabac", 4),
            ("", "abc", 0),
            ("abc", "", 0),
            ("abc", "abc", 3),
            ("abc", "xyz", 0),
            ("axc", "ayc", 2),
            ("abcd", "bcda", 3),
            ("kitten", "sitting", 4),
        ] {
            let (one, other) = (letters(old), letters(new));
            let pairs = common(&one, &other, &mut Work::new()).unwrap();
            assert_eq!(pairs.len(), both, "{old} → {new}: {pairs:?}");
            assert!(pairs.iter().all(|(at, to)| one[*at] == other[*to]), "{pairs:?}");
            assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1), "{pairs:?}");
        }
    }

    #[test]
    fn what_is_too_far_apart_is_not_found() {
        let (old, new): (Vec<u32>, Vec<u32>) = ((0..1_000).collect(), (2_000..3_000).collect());
        assert_eq!(common(&old, &new, &mut Work::new()), None);
        assert!(common(&old[..400], &new[..400], &mut Work::new()).is_some());
        assert_eq!(common(&old[..9], &old[..9], &mut Work { left: 10 }), None, "nor when the work is used up");
    }
}
