//! What became of the words of one paragraph: kept, gone, come, in another appearance; and of its footnotes'.
//!
//! Between two changes a few kept words say less than they disturb: they go over into the change, gone and come again. A footnote whose
//! place is in both is compared as a text of its own; of several at one place, those that say the same are each other's.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::block::{Inline, NoteParagraph};
use super::atoms::{Atom, Cutter, note_content, note_words};
use super::steps::{Work, common};
use super::told::{Looks, NoteFrame, NotePair, NotePiece, NoteRow, Piece, Words, joined};

pub fn pieces(cutter: &Cutter, old: &[Atom], new: &[Atom], work: &mut Work) -> Vec<Piece> {
    let mut told = Vec::new();
    for stretch in stretches(old, new, work) {
        match stretch {
            Stretch::Change { old: gone, new: come } => {
                let words = |atoms: &[Atom]| Some(Words { content: content(atoms) }).filter(|words| !words.content.is_empty());
                told.extend(words(&old[gone]).map(Piece::Out));
                told.extend(words(&new[come]).map(Piece::In));
            }
            Stretch::Kept(pairs) => kept(cutter, old, new, &pairs, work, &mut told),
        }
    }
    told
}

/// A footnote is a text of its own: equal paragraphs hold on to each other, the others follow in order.
fn note(cutter: &Cutter, old: (u32, &[NoteParagraph]), new: (u32, &[NoteParagraph]), work: &mut Work) -> NotePair {
    let mut numbers = Numbers::default();
    let mut ids = |content: &[NoteParagraph]| -> Vec<u32> {
        content.iter().map(|paragraph| numbers.of(Key::Word(note_words(std::slice::from_ref(paragraph))))).collect()
    };
    let (old_ids, new_ids) = (ids(old.1), ids(new.1));
    let mut paragraphs = Vec::new();
    let mut row = |at: Option<usize>, to: Option<usize>| {
        let frame = |paragraph: &NoteParagraph| NoteFrame { dir: paragraph.dir };
        let (one, other) = (at.map(|at| &old.1[at]), to.map(|to| &new.1[to]));
        let atoms = |paragraph: Option<&NoteParagraph>| paragraph.map_or_else(Vec::new, |known| cutter.cut(&note_content(known)));
        let told = pieces(cutter, &atoms(one), &atoms(other), work).into_iter().filter_map(in_note).collect();
        paragraphs.push(NoteRow { old: one.map(frame), new: other.map(frame), pieces: told });
    };
    let (mut at, mut to) = (0, 0);
    let ends = [(old.1.len(), new.1.len())];
    let pairs = common(&old_ids, &new_ids, &mut Work::new()).unwrap_or_default();
    for (one, other) in pairs.into_iter().chain(ends) {
        while at < one && to < other {
            row(Some(at), Some(to));
            (at, to) = (at + 1, to + 1);
        }
        (at..one).for_each(|at| row(Some(at), None));
        (to..other).for_each(|to| row(None, Some(to)));
        if one < old.1.len() {
            row(Some(one), Some(other));
        }
        (at, to) = (one + 1, other + 1);
    }
    NotePair { old: old.0, new: new.0, paragraphs }
}

fn in_note(piece: Piece) -> Option<NotePiece> {
    match piece {
        Piece::Same(words) => Some(NotePiece::Same(words)),
        Piece::Out(words) => Some(NotePiece::Out(words)),
        Piece::In(words) => Some(NotePiece::In(words)),
        Piece::Styled(looks) => Some(NotePiece::Styled(looks)),
        // The blocks of a text hold no footnote in a footnote.
        Piece::Note(_) => None,
    }
}

/// Words that stand in both: as they were, or in another appearance.
fn kept(cutter: &Cutter, old: &[Atom], new: &[Atom], pairs: &[(usize, usize)], work: &mut Work, to: &mut Vec<Piece>) {
    let is_note = |pair: &(usize, usize)| matches!(old[pair.0], Atom::Note { .. });
    let is_same = |pair: &(usize, usize)| old[pair.0] == new[pair.1];
    for run in pairs.chunk_by(|one, other| !is_note(one) && !is_note(other) && is_same(one) == is_same(other)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let (was, is) = (content(&old[first.0..=last.0]), content(&new[first.1..=last.1]));
        match (&old[first.0], &new[first.1]) {
            (Atom::Note { number, content }, Atom::Note { number: now, content: says }) => {
                to.push(Piece::Note(note(cutter, (*number, content), (*now, says), work)));
            }
            _ if is_same(first) => to.push(Piece::Same(Words { content: was })),
            _ => to.push(Piece::Styled(Looks { old: was, new: is })),
        }
    }
}

fn content(atoms: &[Atom]) -> Vec<Inline> {
    joined(atoms.iter().flat_map(Atom::content))
}

enum Stretch {
    Kept(Vec<(usize, usize)>),
    Change { old: Range<usize>, new: Range<usize> },
}

fn stretches(old: &[Atom], new: &[Atom], work: &mut Work) -> Vec<Stretch> {
    let said = |atoms: &[Atom]| -> HashSet<String> {
        atoms.iter().filter_map(|atom| if let Atom::Note { content, .. } = atom { Some(note_words(content)) } else { None }).collect()
    };
    let in_both: HashSet<String> = said(old).intersection(&said(new)).cloned().collect();
    let mut numbers = Numbers::default();
    let mut ids = |atoms: &[Atom]| -> Vec<u32> { atoms.iter().map(|atom| numbers.of(Key::of(atom, &in_both))).collect() };
    let (old_ids, new_ids) = (ids(old), ids(new));
    // Too far apart: one paragraph in place of another.
    let pairs = common(&old_ids, &new_ids, work).unwrap_or_default();
    let mut found: Vec<Stretch> = Vec::new();
    let mut from = (0, 0);
    for pair in pairs.into_iter().chain([(old.len(), new.len())]) {
        if pair != from {
            found.push(Stretch::Change { old: from.0..pair.0, new: from.1..pair.1 });
        }
        if pair.0 < old.len() {
            match found.last_mut() {
                Some(Stretch::Kept(pairs)) => pairs.push(pair),
                _ => found.push(Stretch::Kept(vec![pair])),
            }
        }
        from = (pair.0 + 1, pair.1 + 1);
    }
    readable(old, new, found)
}

/// Lets what is kept between two changes go over into them where it is little beside both.
fn readable(old: &[Atom], new: &[Atom], found: Vec<Stretch>) -> Vec<Stretch> {
    let spoken = |atoms: &[Atom]| atoms.iter().filter(|atom| atom.speaks()).count();
    let size = |stretch: Option<&Stretch>| match stretch {
        Some(Stretch::Change { old: gone, new: come }) => spoken(&old[gone.clone()]).max(spoken(&new[come.clone()])),
        Some(Stretch::Kept(_)) | None => 0,
    };
    let mut told: Vec<Stretch> = Vec::new();
    let mut rest = found.into_iter().peekable();
    while let Some(stretch) = rest.next() {
        match stretch {
            Stretch::Kept(pairs) => {
                let stays = pairs.iter().any(|(at, _)| matches!(old[*at], Atom::Note { .. }));
                let words = pairs.iter().filter(|(at, _)| old[*at].speaks()).count();
                let least = size(told.last()).min(size(rest.peek()));
                match (told.last_mut(), rest.peek()) {
                    (Some(Stretch::Change { old: gone, new: come }), Some(Stretch::Change { .. }))
                        if !stays && 2 * words <= least && least > 0 =>
                    {
                        (gone.end, come.end) = (gone.end + pairs.len(), come.end + pairs.len());
                    }
                    _ => told.push(Stretch::Kept(pairs)),
                }
            }
            Stretch::Change { old: gone, new: come } => match told.last_mut() {
                Some(Stretch::Change { old: before, new: so_far }) => (before.end, so_far.end) = (gone.end, come.end),
                _ => told.push(Stretch::Change { old: gone, new: come }),
            },
        }
    }
    tightened(old, new, told)
}

/// Lets go of what both sides of a change begin or end with.
fn tightened(old: &[Atom], new: &[Atom], found: Vec<Stretch>) -> Vec<Stretch> {
    let is_one = |at: usize, to: usize| match (&old[at], &new[to]) {
        (Atom::Word { text, .. }, Atom::Word { text: now, .. }) => text == now,
        (Atom::Break, Atom::Break) => true,
        (Atom::Word { .. } | Atom::Break | Atom::Note { .. }, _) => false,
    };
    let mut told: Vec<Stretch> = Vec::new();
    let keep = |told: &mut Vec<Stretch>, kept: Vec<(usize, usize)>| match told.last_mut() {
        _ if kept.is_empty() => {}
        Some(Stretch::Kept(pairs)) => pairs.extend(kept),
        _ => told.push(Stretch::Kept(kept)),
    };
    for stretch in found {
        match stretch {
            Stretch::Kept(pairs) => keep(&mut told, pairs),
            Stretch::Change { old: gone, new: come } => {
                let before = gone.clone().zip(come.clone()).take_while(|(at, to)| is_one(*at, *to)).count();
                let (gone, come) = (gone.start + before..gone.end, come.start + before..come.end);
                let after = gone.clone().rev().zip(come.clone().rev()).take_while(|(at, to)| is_one(*at, *to)).count();
                keep(&mut told, (0..before).map(|at| (gone.start - before + at, come.start - before + at)).collect());
                let (mut from, mut ends) = ((gone.start, come.start), (gone.end - after, come.end - after));
                let mut after: Vec<(usize, usize)> = (0..after).map(|at| (ends.0 + at, ends.1 + at)).collect();
                // Words come and go with the space before them, not the one behind.
                if let Some(Stretch::Kept(pairs)) = told.last_mut()
                    && let [.., _, last] = pairs[..]
                    && let Some(space) = space_behind(old, new, last, (from, ends))
                {
                    pairs.pop();
                    (from, ends) = (last, space);
                    after.insert(0, space);
                }
                if from != ends {
                    told.push(Stretch::Change { old: from.0..ends.0, new: from.1..ends.1 });
                }
                keep(&mut told, after);
            }
        }
    }
    told
}

/// The space that a change on one side ends with, if the same one, kept, stands before it: they change places.
fn space_behind(
    old: &[Atom],
    new: &[Atom],
    before: (usize, usize),
    (from, ends): ((usize, usize), (usize, usize)),
) -> Option<(usize, usize)> {
    let is_space = |atom: &Atom| matches!(atom, Atom::Word { text, .. } if text.chars().all(char::is_whitespace));
    let (side, kept, last, behind) = match (from.0 == ends.0, from.1 == ends.1) {
        (true, false) => (new, before.1, ends.1 - 1, (before.0, ends.1 - 1)),
        (false, true) => (old, before.0, ends.0 - 1, (ends.0 - 1, before.1)),
        (true, true) | (false, false) => return None,
    };
    (is_space(&side[last]) && side[last] == side[kept] && old[before.0] == new[before.1]).then_some(behind)
}

/// By what an atom is known again in the other text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    Word(String),
    Break,
    Note(Option<String>),
}

impl Key {
    fn of(atom: &Atom, notes_in_both: &HashSet<String>) -> Key {
        match atom {
            Atom::Word { text, .. } => Key::Word(text.clone()),
            Atom::Break => Key::Break,
            Atom::Note { content, .. } => Key::Note(Some(note_words(content)).filter(|words| notes_in_both.contains(words))),
        }
    }
}

/// A number for each key.
#[derive(Default)]
pub struct Numbers(HashMap<Key, u32>);

impl Numbers {
    pub fn of(&mut self, key: Key) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(key).or_insert(next)
    }
}
