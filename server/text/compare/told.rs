//! What a comparison says, and how each of its two texts is read back out of it.
//!
//! It stands for itself: whoever draws it (a page, a Word file, a letter) needs neither text. Rows follow the newer text; what is gone
//! stands where it stood, and what was moved leaves a trace there. `old_text` and `new_text` are the two texts, letter by letter.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::super::block::{self, Block, Dir, Inline, Kind, NoteParagraph, Text};

/// Two readings of one statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Comparison {
    /// Always `comparison/v1`.
    #[schema(pattern = "^comparison/v1$")]
    pub v: String,
    pub old_language: String,
    pub new_language: String,
    /// The two are one text, to the last number.
    pub same: bool,
    pub rows: Vec<Row>,
    pub counts: Counts,
}

/// What became of one block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "row", rename_all = "lowercase")]
#[schema(as = ComparedRow)]
pub enum Row {
    /// It says the same in the same form; its number, or that of a footnote, may be another.
    Same(Pair),
    /// Its words, their appearance or its form differ.
    Changed(Pair),
    Added {
        new: Block,
    },
    Removed {
        old: Block,
    },
    /// It stands here now, its words perhaps changed; where it stood is the row `stood` of this number.
    Moved {
        #[schema(format = Int64, minimum = 1, maximum = 4294967295u32)]
        id: u32,
        #[serde(flatten)]
        pair: Pair,
    },
    Stood {
        #[schema(format = Int64, minimum = 1, maximum = 4294967295u32)]
        id: u32,
    },
}

/// One block in both texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ComparedPair)]
pub struct Pair {
    pub old: Frame,
    pub new: Frame,
    pub pieces: Vec<Piece>,
}

/// A block without its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = BlockFrame)]
pub struct Frame {
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 6)]
    pub level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir: Option<Dir>,
}

/// What became of a stretch of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "is", rename_all = "lowercase")]
#[schema(as = ComparedPiece)]
pub enum Piece {
    Same(Words),
    /// In the older text alone.
    Out(Words),
    /// In the newer text alone.
    In(Words),
    /// The same words in another appearance.
    Styled(Looks),
    /// A footnote at the same place in both.
    Note(NotePair),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ComparedWords)]
pub struct Words {
    pub content: Vec<Inline>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ComparedLooks)]
pub struct Looks {
    pub old: Vec<Inline>,
    pub new: Vec<Inline>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ComparedNote)]
pub struct NotePair {
    /// Its numbers.
    #[schema(format = Int64, minimum = 0, maximum = 4294967295u32)]
    pub old: u32,
    #[schema(format = Int64, minimum = 0, maximum = 4294967295u32)]
    pub new: u32,
    pub paragraphs: Vec<NoteRow>,
}

/// One paragraph of a footnote; one that is in one text alone has that side only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ComparedNoteRow)]
pub struct NoteRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<NoteFrame>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<NoteFrame>,
    pub pieces: Vec<NotePiece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoteFrame {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir: Option<Dir>,
}

/// As [`Piece`]; no footnote stands in a footnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "is", rename_all = "lowercase")]
#[schema(as = ComparedNotePiece)]
pub enum NotePiece {
    Same(Words),
    Out(Words),
    In(Words),
    Styled(Looks),
}

/// How much differs. Words are counted as everywhere, footnotes included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ComparedCounts)]
pub struct Counts {
    pub old_words: usize,
    pub new_words: usize,
    pub words_added: usize,
    pub words_removed: usize,
    /// Paragraphs, of whatever kind.
    pub added: usize,
    pub removed: usize,
    pub moved: usize,
    /// Paragraphs whose form, or the appearance of words in them, is another.
    pub restyled: usize,
    /// Footnotes that came, went, or say something else.
    pub notes: usize,
    /// Paragraphs of the same form in both that have another number.
    pub renumbered: usize,
}

impl Frame {
    pub fn of(block: &Block) -> Frame {
        Frame { kind: block.kind, level: block.level, label: block.label.clone(), dir: block.dir }
    }

    /// Whether it is the same kind of paragraph, whatever its number.
    pub fn is_like(&self, other: &Frame) -> bool {
        (self.kind, self.level, self.dir) == (other.kind, other.level, other.dir)
    }

    fn filled(&self, content: Vec<Inline>) -> Block {
        Block { kind: self.kind, level: self.level, label: self.label.clone(), dir: self.dir, content }
    }
}

/// One of the two texts.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

impl Comparison {
    pub fn old_text(&self) -> Text {
        let moved: BTreeMap<u32, &Pair> =
            self.rows.iter().filter_map(|row| if let Row::Moved { id, pair } = row { Some((*id, pair)) } else { None }).collect();
        let block = |row: &Row| match row {
            Row::Same(pair) | Row::Changed(pair) => Some(pair.side(Side::Old)),
            Row::Removed { old } => Some(old.clone()),
            Row::Stood { id } => moved.get(id).map(|pair| pair.side(Side::Old)),
            Row::Added { .. } | Row::Moved { .. } => None,
        };
        Text { v: "text/v1".to_owned(), language: self.old_language.clone(), blocks: self.rows.iter().filter_map(block).collect() }
    }

    pub fn new_text(&self) -> Text {
        let block = |row: &Row| match row {
            Row::Same(pair) | Row::Changed(pair) | Row::Moved { pair, .. } => Some(pair.side(Side::New)),
            Row::Added { new } => Some(new.clone()),
            Row::Removed { .. } | Row::Stood { .. } => None,
        };
        Text { v: "text/v1".to_owned(), language: self.new_language.clone(), blocks: self.rows.iter().filter_map(block).collect() }
    }
}

impl Pair {
    fn side(&self, side: Side) -> Block {
        let content = joined(self.pieces.iter().flat_map(|piece| piece.side(side)));
        match side {
            Side::Old => self.old.filled(content),
            Side::New => self.new.filled(content),
        }
    }
}

impl Piece {
    pub fn older(&self) -> Vec<Inline> {
        self.side(Side::Old)
    }

    pub fn newer(&self) -> Vec<Inline> {
        self.side(Side::New)
    }

    fn side(&self, side: Side) -> Vec<Inline> {
        match (self, side) {
            (Piece::Same(words), _) | (Piece::Out(words), Side::Old) | (Piece::In(words), Side::New) => words.content.clone(),
            (Piece::Styled(looks), Side::Old) => looks.old.clone(),
            (Piece::Styled(looks), Side::New) => looks.new.clone(),
            (Piece::Out(_), Side::New) | (Piece::In(_), Side::Old) => Vec::new(),
            (Piece::Note(note), _) => {
                let number = if let Side::Old = side { note.old } else { note.new };
                let content = note.paragraphs.iter().filter_map(|row| row.side(side)).collect();
                vec![Inline::Footnote { number, content }]
            }
        }
    }
}

impl NotePair {
    /// Whether it says, or looks, other than it did; its number may be another.
    pub fn differs(&self) -> bool {
        self.paragraphs.iter().any(|row| row.old != row.new || row.pieces.iter().any(|piece| !matches!(piece, NotePiece::Same(_))))
    }
}

impl NoteRow {
    fn side(&self, side: Side) -> Option<NoteParagraph> {
        let frame = if let Side::Old = side { &self.old } else { &self.new };
        let dir = frame.as_ref()?.dir;
        let words = joined(self.pieces.iter().flat_map(|piece| {
            match (piece, side) {
                (NotePiece::Same(words), _) | (NotePiece::Out(words), Side::Old) | (NotePiece::In(words), Side::New) => &words.content[..],
                (NotePiece::Styled(looks), Side::Old) => &looks.old,
                (NotePiece::Styled(looks), Side::New) => &looks.new,
                (NotePiece::Out(_), Side::New) | (NotePiece::In(_), Side::Old) => &[],
            }
            .iter()
            .cloned()
        }));
        let piece = |inline| match inline {
            Inline::Text(run) => Some(block::Piece::Text(run)),
            Inline::Break => Some(block::Piece::Break),
            Inline::Footnote { .. } => None,
        };
        Some(NoteParagraph { dir, content: words.into_iter().filter_map(piece).collect() })
    }
}

/// Neighbours of one appearance in one run, as every text that is settled here has them.
pub fn joined(content: impl IntoIterator<Item = Inline>) -> Vec<Inline> {
    let mut to: Vec<Inline> = Vec::new();
    for inline in content {
        match (to.last_mut(), inline) {
            (_, Inline::Text(run)) if run.text.is_empty() => {}
            (Some(Inline::Text(last)), Inline::Text(run)) if last.looks_like(&run) => last.text.push_str(&run.text),
            (_, inline) => to.push(inline),
        }
    }
    to
}
