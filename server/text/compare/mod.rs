//! What differs between two texts: computed once, for a page, for files, for a letter that says what changed since one signed.
//!
//! The rule: paragraphs are found again by their words ([`align`]), words by Unicode's ([`atoms`]) in their order ([`steps`]). A paragraph
//! stays, is changed word by word ([`words`]), comes, goes, or was moved. Numbers follow from what stands before, so a paragraph with
//! another number is the same. Both texts can be read back out of what is told ([`told`]), exactly: nothing is left out, nothing made up.
//! The work is bounded; beyond, a paragraph is told as replaced whole. Pure: the same two texts compare the same everywhere.

mod align;
mod atoms;
mod counts;
mod steps;
mod told;
mod words;

use std::collections::HashMap;

pub use told::{Comparison, Counts, Frame, NoteFrame, NotePair, NotePiece, NoteRow, Pair, Piece, Row, joined};

use super::block::{Block, Text};
use align::Line;
use atoms::{Atom, Cutter};
use steps::Work;
use words::{Key, Numbers};

/// What became of `old` in `new`. Both are read as every text is settled here: neighbours of one appearance are one run.
pub fn compare(old: &Text, new: &Text) -> Comparison {
    let mut work = Work::new();
    let cutter = Cutter::new();
    let mut numbers = Numbers::default();
    let (old_cut, new_cut) = (cut(&cutter, old), cut(&cutter, new));
    let mut weighed = |cut: &[Cut]| -> Vec<Line> { cut.iter().map(|one| line(one, &mut numbers)).collect() };
    let (old_lines, new_lines) = (weighed(&old_cut), weighed(&new_cut));
    let stays = align::staying(&old_lines, &new_lines, &mut work);
    let moves = align::moved(&old_lines, &new_lines, &stays, &mut work);
    let places = |of: fn(&align::Places) -> usize| -> HashMap<usize, usize> {
        moves.iter().enumerate().map(|(which, places)| (of(places), which)).collect()
    };
    let (left, arrived) = (places(|places| places.0), places(|places| places.1));
    let mut pair = |(at, to): align::Places| Pair {
        old: Frame::of(&old_cut[at].block),
        new: Frame::of(&new_cut[to].block),
        pieces: words::pieces(&cutter, &old_cut[at].atoms, &new_cut[to].atoms, &mut work),
    };

    let mut rows = Vec::new();
    let (mut at, mut to) = (0, 0);
    for stay in stays.into_iter().chain([(old_cut.len(), new_cut.len())]) {
        rows.extend((at..stay.0).map(|gone| match left.get(&gone) {
            Some(which) => Row::Stood { id: *which as u32 + 1 },
            None => Row::Removed { old: old_cut[gone].block.clone() },
        }));
        rows.extend((to..stay.1).map(|come| match arrived.get(&come) {
            Some(which) => Row::Moved { id: *which as u32 + 1, pair: pair(moves[*which]) },
            None => Row::Added { new: new_cut[come].block.clone() },
        }));
        if stay.0 < old_cut.len() {
            let pair = pair(stay);
            rows.push(if is_same(&pair) { Row::Same(pair) } else { Row::Changed(pair) });
        }
        (at, to) = (stay.0 + 1, stay.1 + 1);
    }

    let mut told = Comparison {
        v: "comparison/v1".to_owned(),
        old_language: old.language.clone(),
        new_language: new.language.clone(),
        same: false,
        rows,
        counts: Counts::default(),
    };
    let (was, is) = (told.old_text(), told.new_text());
    told.same = was == is;
    told.counts = counts::of(&told.rows, &was, &is);
    told
}

/// A block and what it is cut into.
struct Cut {
    block: Block,
    atoms: Vec<Atom>,
}

fn cut(cutter: &Cutter, text: &Text) -> Vec<Cut> {
    let one = |block: &Block| {
        let block = Block { content: joined(block.content.iter().cloned()), ..block.clone() };
        Cut { atoms: cutter.cut(&block.content), block }
    };
    text.blocks.iter().map(one).collect()
}

/// A block as it is weighed: by its words. Footnotes and appearance do not make it another one.
fn line(cut: &Cut, numbers: &mut Numbers) -> Line {
    let spoken = cut.atoms.iter().filter(|atom| atom.speaks());
    let word = |atom: &Atom| if let Atom::Word { text, .. } = atom { Some(numbers.of(Key::Word(text.clone()))) } else { None };
    let mut words: Vec<u32> = spoken.filter_map(word).collect();
    words.sort_unstable();
    let text = |atom: &Atom| match atom {
        Atom::Word { text, .. } => text.clone(),
        Atom::Break => "\n".to_owned(),
        Atom::Note { .. } => String::new(),
    };
    // A line is no word, whatever it says.
    let whole = format!("\n{}", cut.atoms.iter().map(text).collect::<String>());
    Line { whole: numbers.of(Key::Word(whole)), words, is_title: cut.block.is_title() }
}

/// Whether nothing differs but numbers.
fn is_same(pair: &Pair) -> bool {
    pair.old.is_like(&pair.new)
        && pair.pieces.iter().all(|piece| match piece {
            Piece::Same(_) => true,
            Piece::Note(note) => !note.differs(),
            Piece::Out(_) | Piece::In(_) | Piece::Styled(_) => false,
        })
}

#[cfg(test)]
pub mod tests;
