//! Passages found again by their words: where a thread is about words that stand once, it stands there; where they stand more than once, or
//! no more, nobody can tell from the words alone, and the thread has no place.
//!
//! A thread about a footnote stands at the footnote's place in the text: files let nobody comment within one. White space is as good as
//! other white space, because a line's end in a draft is none in a text.

use super::{Fate, MarkedBlock, MarkedPiece, Matter};
use crate::text::block::Run;

/// What a thread is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// As many of its words as are kept.
    pub quote: String,
    pub in_note: bool,
}

/// Marks where each passage begins and ends. Answers which were found.
pub fn anchor(blocks: &mut [MarkedBlock], passages: &[Passage]) -> Vec<bool> {
    let (letters, notes) = (letters(blocks), notes(blocks));
    let mut marks: Vec<(Place, Matter)> = Vec::new();
    let mut found = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        let quote: Vec<char> = spaced(&passage.quote).collect();
        let place = if passage.in_note { at_note(&notes, &quote) } else { within(&letters, &quote) };
        found.push(place.is_some());
        if let Some((from, to)) = place {
            marks.push((from, Matter::Opens(at)));
            marks.push((to, Matter::Closes(at)));
        }
    }
    // From behind, so that what is put in moves no place that is still to come; one that ends is put in after one that begins there.
    marks.sort_by_key(|(place, _)| *place);
    for (place, mark) in marks.into_iter().rev() {
        if let Some(block) = blocks.get_mut(place.block) {
            put(&mut block.content, place, mark);
        }
    }
    found
}

/// Between two pieces, or between two letters of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    block: usize,
    piece: usize,
    byte: usize,
}

struct Letter {
    letter: char,
    begins: Place,
    ends: Place,
}

/// Every letter of the text with its place; white space is one space, and so is the end of a paragraph.
fn letters(blocks: &[MarkedBlock]) -> Vec<Letter> {
    let mut all: Vec<Letter> = Vec::new();
    let mut write = |letter: char, begins: Place, ends: Place| match all.last_mut() {
        Some(last) if letter.is_whitespace() && last.letter == ' ' => last.ends = ends,
        _ => all.push(Letter { letter: if letter.is_whitespace() { ' ' } else { letter }, begins, ends }),
    };
    for (block, marked) in blocks.iter().enumerate() {
        for (piece, content) in marked.content.iter().enumerate() {
            let place = |byte| Place { block, piece, byte };
            match &content.what {
                Matter::Words(run) => {
                    run.text.char_indices().for_each(|(at, letter)| write(letter, place(at), place(at + letter.len_utf8())));
                }
                Matter::Break => write(' ', place(0), Place { block, piece: piece + 1, byte: 0 }),
                Matter::Note(_) | Matter::Opens(_) | Matter::Closes(_) => {}
            }
        }
        let end = Place { block, piece: marked.content.len(), byte: 0 };
        write(' ', end, end);
    }
    all
}

/// The words of every footnote, and the places before and behind it.
fn notes(blocks: &[MarkedBlock]) -> Vec<(Vec<char>, (Place, Place))> {
    let mut all = Vec::new();
    for (block, marked) in blocks.iter().enumerate() {
        for (piece, content) in marked.content.iter().enumerate() {
            if let Matter::Note(paragraphs) = &content.what {
                let words = letters(paragraphs).iter().map(|letter| letter.letter).collect();
                all.push((words, (Place { block, piece, byte: 0 }, Place { block, piece: piece + 1, byte: 0 })));
            }
        }
    }
    all
}

/// Where these words stand, if they stand once.
fn within(letters: &[Letter], quote: &[char]) -> Option<(Place, Place)> {
    let mut found = starts(letters.iter().map(|letter| letter.letter), quote);
    let (first, None) = (found.next()?, found.next()) else { return None };
    let (from, to) = (letters.get(first)?, letters.get(first + quote.len() - 1)?);
    Some((from.begins, to.ends))
}

fn at_note(notes: &[(Vec<char>, (Place, Place))], quote: &[char]) -> Option<(Place, Place)> {
    let mut found = notes.iter().filter(|(words, _)| starts(words.iter().copied(), quote).next().is_some());
    let (Some((_, place)), None) = (found.next(), found.next()) else { return None };
    Some(*place)
}

/// Where these letters stand in those (Knuth, Morris, Pratt): whoever quotes `aaaa` costs no more than others.
fn starts(letters: impl Iterator<Item = char>, quote: &[char]) -> impl Iterator<Item = usize> {
    let mut back = vec![0; quote.len()];
    for at in 1..quote.len() {
        let mut known: usize = back[at - 1];
        while known > 0 && quote[known] != quote[at] {
            known = back[known - 1];
        }
        back[at] = known + usize::from(quote[known] == quote[at]);
    }
    let mut known = 0;
    letters.enumerate().filter_map(move |(at, letter)| {
        if quote.is_empty() {
            return None;
        }
        while known > 0 && (known == quote.len() || quote[known] != letter) {
            known = back[known - 1];
        }
        known += usize::from(quote[known] == letter);
        (known == quote.len()).then(|| at + 1 - quote.len())
    })
}

fn spaced(words: &str) -> impl Iterator<Item = char> {
    let mut before = ' ';
    let one = move |letter: char| {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        let told = (letter != ' ' || before != ' ').then_some(letter);
        before = letter;
        told
    };
    words.trim().chars().filter_map(one)
}

/// Puts a mark in, cutting the words it falls into.
fn put(content: &mut Vec<MarkedPiece>, place: Place, mark: Matter) {
    let mut at = place.piece.min(content.len());
    if let Some(MarkedPiece { what: Matter::Words(run), fate, looked }) = content.get_mut(at).filter(|_| place.byte > 0) {
        let rest = run.text.split_off(place.byte.min(run.text.len()));
        let behind = MarkedPiece { what: Matter::Words(Run { text: rest, ..run.clone() }), fate: fate.clone(), looked: looked.clone() };
        at += 1;
        if matches!(&behind.what, Matter::Words(run) if !run.text.is_empty()) {
            content.insert(at, behind);
        }
    }
    content.insert(at, MarkedPiece::new(mark, Fate::default()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::block::{Block, Inline, NoteParagraph, Piece, Text};
    use crate::text::marked::{Marked, Side};

    fn text() -> Text {
        let say = |words: &str| Inline::Text(Run::plain(words));
        let bold = |words: &str| Inline::Text(Run { bold: true, ..Run::plain(words) });
        let noted = NoteParagraph { dir: None, content: vec![Piece::Text(Run::plain("Resolution 60/1."))] };
        let note = Inline::Footnote { number: 1, content: vec![noted] };
        let blocks = vec![
            Block::paragraph(vec![say("We ask "), bold("all"), say(" States to act,"), note, Inline::Break, say("and to act now.")]),
            Block::paragraph(vec![say("نطالب الدول. aaaa")]),
        ];
        Text { v: "text/v1".into(), language: "en".into(), blocks }
    }

    /// The text with `‹0` and `0›` where a passage begins and ends.
    fn shown(passages: &[(&str, bool)]) -> String {
        let mut marked = Marked::clean(&text());
        let passages: Vec<Passage> =
            passages.iter().map(|(quote, in_note)| Passage { quote: (*quote).into(), in_note: *in_note }).collect();
        let found = anchor(&mut marked.blocks, &passages);
        assert_eq!(marked.text(Side::Would), text(), "no word is touched");
        let piece = |piece: &MarkedPiece| match &piece.what {
            Matter::Words(run) => run.text.clone(),
            Matter::Break => "⏎".to_owned(),
            Matter::Note(_) => "†".to_owned(),
            Matter::Opens(at) => format!("‹{at}"),
            Matter::Closes(at) => format!("{at}›"),
        };
        let lines: Vec<String> = marked.blocks.iter().map(|block| block.content.iter().map(piece).collect()).collect();
        assert_eq!(found.iter().filter(|found| **found).count(), lines.join("").matches('‹').count());
        lines.join("¶")
    }

    #[test]
    fn words_that_stand_once_are_found_where_they_stand() {
        for (passages, wanted) in [
            (&[("ask all States", false)][..], "We ‹0ask all States0› to act,†⏎and to act now.¶نطالب الدول. aaaa"),
            (&[("We ask", false), ("ask", false)], "‹0We ‹1ask0›1› all States to act,†⏎and to act now.¶نطالب الدول. aaaa"),
            (&[("act,\u{2028}and", false)], "We ask all States to ‹0act,†⏎and0› to act now.¶نطالب الدول. aaaa"),
            (&[("now.\nنطالب", false)], "We ask all States to act,†⏎and to act ‹0now.¶نطالب0› الدول. aaaa"),
            (&[("60/1", true)], "We ask all States to act,‹0†0›⏎and to act now.¶نطالب الدول. aaaa"),
            (
                &[("act", false), ("gone", false), ("60/1", false), ("aa", false), ("", false)],
                "We ask all States to act,†⏎and to act now.¶نطالب الدول. aaaa",
            ),
            (&[("aaaa", false), ("We", true)], "We ask all States to act,†⏎and to act now.¶نطالب الدول. ‹0aaaa0›"),
        ] {
            assert_eq!(shown(passages), wanted);
        }
    }
}
