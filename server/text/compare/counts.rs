//! How much differs, for whoever wants a figure before the words.

use super::super::block::{Inline, Text};
use super::super::count;
use super::told::{Counts, NotePair, NotePiece, Pair, Piece, Row, Words};

pub fn of(rows: &[Row], old: &Text, new: &Text) -> Counts {
    let mut counts = Counts { old_words: count::words(old), new_words: count::words(new), ..Counts::default() };
    for row in rows {
        match row {
            Row::Same(pair) => counts.pair(pair),
            Row::Changed(pair) => counts.pair(pair),
            Row::Moved { pair, .. } => {
                counts.moved += 1;
                counts.pair(pair);
            }
            Row::Added { new } => {
                counts.added += 1;
                counts.came(&new.content);
            }
            Row::Removed { old } => {
                counts.removed += 1;
                counts.went(&old.content);
            }
            Row::Stood { .. } => {}
        }
    }
    counts
}

impl Counts {
    fn pair(&mut self, pair: &Pair) {
        // A new kind brings its own numbers.
        let turned = !pair.old.is_like(&pair.new);
        let mut styled = turned;
        for piece in &pair.pieces {
            match piece {
                Piece::Same(_) => {}
                Piece::Out(Words { content }) => self.went(content),
                Piece::In(Words { content }) => self.came(content),
                Piece::Styled(_) => styled = true,
                Piece::Note(note) => self.note(note),
            }
        }
        self.restyled += usize::from(styled);
        self.renumbered += usize::from(!turned && pair.old.label != pair.new.label);
    }

    fn note(&mut self, note: &NotePair) {
        self.notes += usize::from(note.differs());
        for piece in note.paragraphs.iter().flat_map(|row| &row.pieces) {
            match piece {
                NotePiece::Out(Words { content }) => self.words_removed += count::words_of(content),
                NotePiece::In(Words { content }) => self.words_added += count::words_of(content),
                NotePiece::Same(_) | NotePiece::Styled(_) => {}
            }
        }
    }

    fn came(&mut self, content: &[Inline]) {
        self.words_added += count::words_of(content);
        self.notes += notes(content);
    }

    fn went(&mut self, content: &[Inline]) {
        self.words_removed += count::words_of(content);
        self.notes += notes(content);
    }
}

fn notes(content: &[Inline]) -> usize {
    content.iter().filter(|inline| matches!(inline, Inline::Footnote { .. })).count()
}
