//! A text with changes in it that nobody has decided: what stands, what would come, what would go, what would look other.
//!
//! Whoever writes a file with tracked changes takes it; who knows of changes makes it, from two texts ([`compared`]) or from a draft with
//! what is proposed in it. Like a draft it is paragraphs that each END in a mark, and the mark says what the paragraph is: one whose mark
//! goes is joined to the next, one whose mark comes was split off it. The last mark of all always stays. Both texts, with everything
//! refused and with everything taken, are read back out of it, exactly.

pub mod anchors;
pub mod compared;
pub mod proposed;

use super::block::{Block, Dir, Inline, Kind, NoteParagraph, Piece, Run, Text};
use super::compare::{Frame, joined};
use crate::kernel::Moment;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// BCP 47, lower case.
    pub language: String,
    /// In the order they stand. At least one; the last one's mark stays.
    pub blocks: Vec<MarkedBlock>,
}

/// Who would change something, and when they said so: both as far as whoever reads it may know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Act {
    /// An organisation as it is told, or what a comparison is called. Never a person.
    pub by: String,
    pub at: Moment,
}

/// What becomes of letters or of a mark. What comes and would go again stands in neither text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fate {
    /// Not in the text as it stands.
    pub comes: Option<Act>,
    /// Not in the text as it would be.
    pub goes: Option<Act>,
    /// Where it was moved and not written: the same number stands on what goes and on what comes.
    pub moved: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedBlock {
    pub content: Vec<MarkedPiece>,
    /// What becomes of its mark.
    pub fate: Fate,
    /// What it is once everything is taken. Of a mark that goes: what it was.
    pub form: Frame,
    /// What it is as long as nothing is taken, where that is another; its number may be, without anybody's doing.
    pub was: Option<Frame>,
    /// Whose doing it is that the form is another.
    pub turned: Option<Act>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedPiece {
    pub what: Matter,
    pub fate: Fate,
    /// Of words: how they look as long as nothing is taken (a run without words), and who would have them look other.
    pub looked: Option<(Run, Act)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    Words(Run),
    Break,
    /// Its paragraphs, of which the last one's mark stays as long as the footnote does.
    Note(Vec<MarkedBlock>),
    /// The passage of a thread begins, and ends; threads are told beside the text, by their place in a list.
    Opens(usize),
    Closes(usize),
}

/// One of the two texts that are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Nothing is taken.
    Stands,
    /// Everything is.
    Would,
}

impl Act {
    /// By whoever may be named: to the minute.
    pub fn named(by: impl Into<String>, at: Moment) -> Act {
        Act { by: by.into(), at: at.whole_minutes() }
    }

    /// By an organisation that writes unnamed: to the day, because the minute would say which.
    pub fn unnamed(by: impl Into<String>, at: Moment) -> Act {
        Act { by: by.into(), at: at.start_of_day(chrono_tz::UTC) }
    }
}

impl Fate {
    pub fn coming(act: &Act) -> Fate {
        Fate { comes: Some(act.clone()), ..Fate::default() }
    }

    pub fn going(act: &Act) -> Fate {
        Fate { goes: Some(act.clone()), ..Fate::default() }
    }

    pub fn moving(self, moved: u32) -> Fate {
        Fate { moved: Some(moved), ..self }
    }

    pub fn is_in(&self, side: Side) -> bool {
        match side {
            Side::Stands => self.comes.is_none(),
            Side::Would => self.goes.is_none(),
        }
    }
}

impl MarkedPiece {
    pub fn new(what: Matter, fate: Fate) -> MarkedPiece {
        MarkedPiece { what, fate, looked: None }
    }
}

impl MarkedBlock {
    /// One whose mark stays as it is.
    pub fn standing(form: Frame, content: Vec<MarkedPiece>) -> MarkedBlock {
        MarkedBlock { content, fate: Fate::default(), form, was: None, turned: None }
    }

    /// What stands in it in one of the texts; footnotes are counted where they stand in the whole.
    pub fn words(&self, side: Side) -> Vec<Inline> {
        self.content.iter().filter_map(|piece| piece.side(side, &mut 0)).collect()
    }

    pub fn form(&self, side: Side) -> &Frame {
        match side {
            Side::Stands => self.was.as_ref().unwrap_or(&self.form),
            Side::Would => &self.form,
        }
    }
}

impl Marked {
    /// A text without a change in it.
    pub fn clean(text: &Text) -> Marked {
        let block = |block: &Block| MarkedBlock::standing(Frame::of(block), pieces(&block.content, &Fate::default()));
        Marked { language: text.language.clone(), blocks: text.blocks.iter().map(block).collect() }.or_empty()
    }

    /// One of the two texts. Paragraphs without words are in none, as in every text that is settled here.
    pub fn text(&self, side: Side) -> Text {
        let mut blocks = blocks(&self.blocks, side, &mut 0);
        blocks.retain(|block| !block.content.is_empty());
        Text { v: "text/v1".to_owned(), language: self.language.clone(), blocks }
    }

    /// A text without a paragraph is one without words: files hold no less.
    fn or_empty(mut self) -> Marked {
        if self.blocks.is_empty() {
            self.blocks.push(MarkedBlock::standing(Frame::of(&Block::paragraph(Vec::new())), Vec::new()));
        }
        self
    }
}

impl MarkedPiece {
    fn side(&self, side: Side, notes: &mut u32) -> Option<Inline> {
        if !self.fate.is_in(side) {
            return None;
        }
        match &self.what {
            Matter::Words(run) => Some(Inline::Text(self.run(run, side))),
            Matter::Break => Some(Inline::Break),
            Matter::Note(paragraphs) => {
                *notes += 1;
                Some(Inline::Footnote { number: *notes, content: noted(paragraphs, side) })
            }
            Matter::Opens(_) | Matter::Closes(_) => None,
        }
    }

    fn run(&self, run: &Run, side: Side) -> Run {
        match &self.looked {
            Some((look, _)) if side == Side::Stands => Run { text: run.text.clone(), ..look.clone() },
            Some(_) | None => run.clone(),
        }
    }
}

/// Content of which all becomes the same.
pub fn pieces(content: &[Inline], fate: &Fate) -> Vec<MarkedPiece> {
    let piece = |inline: &Inline| match inline {
        Inline::Text(run) => MarkedPiece::new(Matter::Words(run.clone()), fate.clone()),
        Inline::Break => MarkedPiece::new(Matter::Break, fate.clone()),
        Inline::Footnote { content, .. } => MarkedPiece::new(Matter::Note(note(content)), fate.clone()),
    };
    content.iter().map(piece).collect()
}

/// A footnote's paragraphs, without a change in them. What becomes of the footnote becomes of them.
fn note(content: &[NoteParagraph]) -> Vec<MarkedBlock> {
    let inline = |piece: &Piece| match piece {
        Piece::Text(run) => Inline::Text(run.clone()),
        Piece::Break => Inline::Break,
    };
    let paragraph = |NoteParagraph { dir, content }: &NoteParagraph| {
        let content: Vec<Inline> = content.iter().map(inline).collect();
        MarkedBlock::standing(noted_form(*dir), pieces(&content, &Fate::default()))
    };
    content.iter().map(paragraph).collect()
}

/// What a paragraph of a footnote is.
pub fn noted_form(dir: Option<Dir>) -> Frame {
    Frame { kind: Kind::Paragraph, level: None, label: None, dir }
}

fn noted(paragraphs: &[MarkedBlock], side: Side) -> Vec<NoteParagraph> {
    let piece = |inline| match inline {
        Inline::Text(run) => Some(Piece::Text(run)),
        Inline::Break => Some(Piece::Break),
        Inline::Footnote { .. } => None,
    };
    let paragraph = |Block { dir, content, .. }: Block| NoteParagraph { dir, content: content.into_iter().filter_map(piece).collect() };
    blocks(paragraphs, side, &mut 0).into_iter().map(paragraph).collect()
}

/// The paragraphs of one side; `notes` counts its footnotes.
fn blocks(marked: &[MarkedBlock], side: Side, notes: &mut u32) -> Vec<Block> {
    let (mut blocks, mut content) = (Vec::new(), Vec::new());
    for block in marked {
        content.extend(block.content.iter().filter_map(|piece| piece.side(side, notes)));
        if block.fate.is_in(side) {
            let Frame { kind, level, label, dir } = block.form(side).clone();
            blocks.push(Block { kind, level, label, dir, content: joined(std::mem::take(&mut content)) });
        }
    }
    blocks
}

#[cfg(test)]
pub mod tests;
