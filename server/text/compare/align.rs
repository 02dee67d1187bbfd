//! Which paragraphs of two texts are the same ones: those that stay in order, and those that were moved.
//!
//! 1. Paragraphs whose words stand once in each text hold on to each other, as many as keep their order (patience); equal ones beside
//!    them join.
//! 2. In the gaps between, an old and a new paragraph are one if at least half of their words are shared, or both are the title; of all
//!    such ways the one that shares most is taken.
//! 3. What is left on both sides was moved, if its words are the same (three or more) or six in ten are shared (of eight or more).
//!
//! Everything else came or went. Where a gap is too large to weigh, or the work is used up, nothing in it is paired.

use std::collections::{HashMap, HashSet};

use super::super::limits::COMPARE_PAIRS_MAX;
use super::steps::Work;

/// Shares of common words, in thousandths.
const ALIKE: u32 = 500;
const MOVED_ALIKE: u32 = 600;
const MOVED_WORDS_MIN: usize = 8;
const MOVED_EQUAL_WORDS_MIN: usize = 3;

/// A paragraph as it is weighed: its words as one, and each by its number, sorted.
pub struct Line {
    pub whole: u32,
    pub words: Vec<u32>,
    /// A statement has one title, whatever it says.
    pub is_title: bool,
}

pub type Places = (usize, usize);

/// The paragraphs that stay, in order.
pub fn staying(old: &[Line], new: &[Line], work: &mut Work) -> Vec<Places> {
    let mut pairs = Vec::new();
    let mut from = (0, 0);
    for anchor in anchors(old, new).into_iter().chain([(old.len(), new.len())]) {
        between(old, new, (from, anchor), work, &mut pairs);
        if anchor.0 < old.len() {
            pairs.push(anchor);
        }
        from = (anchor.0 + 1, anchor.1 + 1);
    }
    pairs
}

/// The paragraphs that stand elsewhere now, by their new places.
pub fn moved(old: &[Line], new: &[Line], stays: &[Places], work: &mut Work) -> Vec<Places> {
    let left = |count: usize, taken: &dyn Fn(&Places) -> usize| {
        let mut free = vec![true; count];
        stays.iter().for_each(|pair| free[taken(pair)] = false);
        (0..count).filter(|place| free[*place]).collect::<Vec<usize>>()
    };
    let (mut gone, mut come) = (left(old.len(), &|pair| pair.0), left(new.len(), &|pair| pair.1));
    let mut found: Vec<Places> = Vec::new();
    let mut by_words: HashMap<u32, Vec<usize>> = HashMap::new();
    for at in gone.iter().rev().filter(|at| old[**at].words.len() >= MOVED_EQUAL_WORDS_MIN) {
        by_words.entry(old[*at].whole).or_default().push(*at);
    }
    come.retain(|to| match by_words.get_mut(&new[*to].whole).and_then(Vec::pop) {
        Some(at) => {
            found.push((at, *to));
            false
        }
        None => true,
    });
    let equal: HashSet<usize> = found.iter().map(|pair| pair.0).collect();
    gone.retain(|at| !equal.contains(at) && old[*at].words.len() >= MOVED_WORDS_MIN);
    come.retain(|to| new[*to].words.len() >= MOVED_WORDS_MIN);
    if gone.len() * come.len() <= COMPARE_PAIRS_MAX {
        let mut weighed: Vec<(u32, Places)> = Vec::new();
        for at in &gone {
            weighed
                .extend(come.iter().map(|to| (shared(&old[*at], &new[*to], work), (*at, *to))).filter(|(share, _)| *share >= MOVED_ALIKE));
        }
        weighed.sort_by_key(|(share, places)| (std::cmp::Reverse(*share), *places));
        let (mut taken, mut given) = (HashSet::new(), HashSet::new());
        for (_, (at, to)) in weighed {
            if !taken.contains(&at) && given.insert(to) {
                taken.insert(at);
                found.push((at, to));
            }
        }
    }
    found.sort_by_key(|pair| pair.1);
    found
}

/// What stands once in each text and keeps its order.
fn anchors(old: &[Line], new: &[Line]) -> Vec<Places> {
    let mut seen: HashMap<u32, (u32, u32, usize)> = HashMap::new();
    for (at, line) in old.iter().enumerate() {
        let known = seen.entry(line.whole).or_insert((0, 0, at));
        known.0 += 1;
    }
    for line in new {
        if let Some(known) = seen.get_mut(&line.whole) {
            known.1 += 1;
        }
    }
    let once = |line: &Line| seen.get(&line.whole).filter(|known| (known.0, known.1) == (1, 1)).map(|known| known.2);
    let pairs: Vec<Places> = new.iter().enumerate().filter_map(|(to, line)| Some((once(line)?, to))).collect();
    longest_in_order(&pairs)
}

/// The longest part of these, ascending by their second place, that ascends by the first as well.
fn longest_in_order(pairs: &[Places]) -> Vec<Places> {
    // The last pair of the best part of each length so far, and what stood before each pair.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].0 < pair.0);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut found: Vec<Places> = std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    found.reverse();
    found
}

/// Pairs what stands between two anchors: equal ones from both ends, then by the words shared.
fn between(old: &[Line], new: &[Line], (from, until): (Places, Places), work: &mut Work, to: &mut Vec<Places>) {
    let (mut from, mut until) = (from, until);
    while from.0 < until.0 && from.1 < until.1 && old[from.0].whole == new[from.1].whole {
        to.push(from);
        from = (from.0 + 1, from.1 + 1);
    }
    let mut ending = Vec::new();
    while from.0 < until.0 && from.1 < until.1 && old[until.0 - 1].whole == new[until.1 - 1].whole {
        until = (until.0 - 1, until.1 - 1);
        ending.push(until);
    }
    let (n, m) = (until.0 - from.0, until.1 - from.1);
    if n > 0 && m > 0 && n * m <= COMPARE_PAIRS_MAX {
        let best = most_shared(&old[from.0..until.0], &new[from.1..until.1], work);
        to.extend(best.into_iter().map(|(at, other)| (at + from.0, other + from.1)));
    }
    to.extend(ending.into_iter().rev());
}

/// Of all ways to pair these in order, the one with most in common.
fn most_shared(old: &[Line], new: &[Line], work: &mut Work) -> Vec<Places> {
    let (n, m) = (old.len(), new.len());
    let mut shares = vec![0u32; n * m];
    let mut sums = vec![0u32; (n + 1) * (m + 1)];
    let sum_at = |at: usize, to: usize| at * (m + 1) + to;
    for at in (0..n).rev() {
        for to in (0..m).rev() {
            let share = Some(shared(&old[at], &new[to], work)).filter(|share| *share >= ALIKE).unwrap_or_default();
            shares[at * m + to] = share;
            let paired = if share > 0 { share + sums[sum_at(at + 1, to + 1)] } else { 0 };
            sums[sum_at(at, to)] = paired.max(sums[sum_at(at + 1, to)]).max(sums[sum_at(at, to + 1)]);
        }
    }
    let (mut at, mut to, mut pairs) = (0, 0, Vec::new());
    while at < n && to < m {
        let (share, sum) = (shares[at * m + to], sums[sum_at(at, to)]);
        if share > 0 && sum == share + sums[sum_at(at + 1, to + 1)] {
            pairs.push((at, to));
            (at, to) = (at + 1, to + 1);
        } else if sum == sums[sum_at(at + 1, to)] {
            at += 1;
        } else {
            to += 1;
        }
    }
    pairs
}

/// How many of their words two paragraphs share, in thousandths; a thousand and one where they are one text.
fn shared(old: &Line, new: &Line, work: &mut Work) -> u32 {
    if old.whole == new.whole {
        return 1001;
    }
    let least = if old.is_title && new.is_title { ALIKE } else { 0 };
    let all = old.words.len() + new.words.len();
    // Where one side has many more words than the other they cannot share enough: no need to look.
    let most = 2 * old.words.len().min(new.words.len());
    if all == 0 || most * 1000 < all * ALIKE as usize || !work.takes(all) {
        return least;
    }
    let (mut at, mut to, mut both) = (0, 0, 0);
    while at < old.words.len() && to < new.words.len() {
        match old.words[at].cmp(&new.words[to]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => to += 1,
            std::cmp::Ordering::Equal => (at, to, both) = (at + 1, to + 1, both + 1),
        }
    }
    least.max((2000 * both / all) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of lines, a letter of which is a word.
    fn lines(text: &str) -> Vec<Line> {
        let line = |words: &str| {
            let mut letters: Vec<u32> = words.chars().map(u32::from).collect();
            let whole = letters.iter().fold(7, |sum: u32, letter| sum.wrapping_mul(31).wrapping_add(*letter));
            letters.sort_unstable();
            Line { whole, words: letters, is_title: false }
        };
        text.split('|').map(line).collect()
    }

    fn found(old: &str, new: &str) -> (Vec<Places>, Vec<Places>) {
        let (old, new, mut work) = (lines(old), lines(new), Work::new());
        let stays = staying(&old, &new, &mut work);
        let moves = moved(&old, &new, &stays, &mut work);
        (stays, moves)
    }

    #[test]
    fn paragraphs_find_each_other() {
        for (old, new, stays, moves) in [
            ("abcd|efgh", "abcd|efgh", vec![(0, 0), (1, 1)], vec![]),
            ("abcd|efgh", "abcd|xyzw|efgh", vec![(0, 0), (1, 2)], vec![]),
            ("abcd|efgh|ijkl", "abcx|ijkl", vec![(0, 0), (2, 1)], vec![]),
            ("aa|bbb|aa", "aa|aa", vec![(0, 0), (2, 1)], vec![]),
            ("abcd|efgh|ijkl", "efgh|ijkl|abcd", vec![(1, 0), (2, 1)], vec![(0, 2)]),
            ("abcdefghij|klmn|opqr", "klmn|opqr|abcdefghxy", vec![(1, 0), (2, 1)], vec![(0, 2)]),
            ("ab|klmn|opqr", "klmn|opqr|ab", vec![(1, 0), (2, 1)], vec![]),
            ("abcd", "wxyz", vec![], vec![]),
        ] {
            assert_eq!(found(old, new), (stays, moves), "{old} → {new}");
        }
    }
}
