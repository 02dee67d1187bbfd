//! Paragraphs of one part, each with what it is in the one text and in the other.
//!
//! A paragraph that stays says what it is, and what it was where that differs; one whose mark comes or goes says what it is there. A
//! number that Word would count otherwise is written before the words, and comes and goes where it is another.

use std::fmt::Write;

use super::super::direction::direction;
use super::numbering::{self, Numbering, STEP, Shown};
use super::words::{NUMBER, Writing};
use crate::text::block::{Dir, Kind, Run};
use crate::text::compare::Frame;
use crate::text::marked::{Act, Fate, MarkedBlock, MarkedPiece, Matter, Side};

/// Paragraphs of the text or of one footnote.
pub struct Paragraphs<'a> {
    blocks: &'a [MarkedBlock],
    /// Nothing in a footnote.
    numbering: Option<&'a Numbering>,
    /// Whose doing it is that a number is another.
    act: Option<&'a Act>,
    stands: Vec<Read>,
    would: Vec<Read>,
}

/// A paragraph as one text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Read {
    /// Of the paragraph that this mark ends.
    dir: Dir,
    /// A number that is written where this block begins.
    number: Option<String>,
}

impl<'a> Paragraphs<'a> {
    pub fn of(blocks: &'a [MarkedBlock], numbering: Option<&'a Numbering>, act: Option<&'a Act>, language: Dir) -> Self {
        let read = |side| read(blocks, numbering, side, language);
        Self { blocks, numbering, act, stands: read(Side::Stands), would: read(Side::Would) }
    }

    pub fn write(&self, to: &mut Writing<'_>) {
        for (at, block) in self.blocks.iter().enumerate() {
            self.paragraph(at, block, to);
        }
    }

    fn paragraph(&self, at: usize, block: &MarkedBlock, to: &mut Writing<'_>) {
        let own = if block.fate.goes.is_some() { Side::Stands } else { Side::Would };
        let (is, was) = (self.properties(at, own), self.properties(at, Side::Stands));
        let stays = block.fate.comes.is_none() && block.fate.goes.is_none();
        let _ = write!(to.xml, "<w:p><w:pPr>{is}");
        if !stays {
            to.xml.push_str("<w:rPr>");
            to.mark(&block.fate);
            to.xml.push_str("</w:rPr>");
        }
        if let Some(act) = block.turned.as_ref().or(self.act).filter(|_| stays && is != was) {
            to.change("pPrChange", act);
            let _ = write!(to.xml, "><w:pPr>{was}</w:pPr></w:pPrChange>");
        }
        to.xml.push_str("</w:pPr>");
        if self.numbering.is_none() && at == 0 {
            to.xml.push_str(NUMBER);
        }
        let runs = self.side(own)[at].dir;
        let number = MarkedBlock::standing(block.form.clone(), self.number(at));
        to.content(&number, runs);
        let behind = to.content(block, runs);
        let _ = write!(to.xml, "</w:p>{behind}");
    }

    fn side(&self, side: Side) -> &[Read] {
        match side {
            Side::Stands => &self.stands,
            Side::Would => &self.would,
        }
    }

    /// The number as it is written at the beginning, for both texts.
    fn number(&self, at: usize) -> Vec<MarkedPiece> {
        let piece = |number: &Option<String>, fate: Fate| {
            number.as_ref().map(|number| MarkedPiece::new(Matter::Words(Run::plain(format!("{number}\t"))), fate))
        };
        let (was, is) = (&self.stands[at].number, &self.would[at].number);
        let changes = self.act.filter(|_| was != is);
        let (before, now) = match changes {
            Some(act) => (piece(was, Fate::going(act)), piece(is, Fate::coming(act))),
            None => (None, piece(is, Fate::default())),
        };
        before.into_iter().chain(now).collect()
    }

    /// In the order the format asks for: style, number, direction, indents.
    fn properties(&self, at: usize, side: Side) -> String {
        let form = self.blocks[at].form(side);
        let shown = self.numbering.map(|numbering| numbering.shown(at, side));
        let mut to = String::new();
        let style = shown.map_or_else(|| "FootnoteText".to_owned(), |_| style(form));
        let _ = write!(to, r#"<w:pStyle w:val="{style}"/>"#);
        let level = u32::from(form.level.unwrap_or(1));
        match shown {
            // Said though the style says it, too: refusing a change, LibreOffice (7.4) forgets what only a style says.
            Some(Shown::Counted(list)) => {
                let _ = write!(to, r#"<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{list}"/></w:numPr>"#, level - 1);
            }
            // In no list, whatever the style says.
            Some(Shown::Written) => to.push_str(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>"#),
            Some(Shown::None) | None => {}
        }
        if self.side(side)[at].dir == Dir::Rtl {
            to.push_str("<w:bidi/>");
        }
        let left = STEP * level;
        match shown {
            Some(Shown::Written) => {
                let _ = write!(to, r#"<w:ind w:left="{left}" w:hanging="{STEP}"/>"#);
            }
            Some(Shown::None) if form.kind == Kind::Continuation => {
                let _ = write!(to, r#"<w:ind w:left="{left}"/>"#);
            }
            Some(Shown::None | Shown::Counted(_)) | None => {}
        }
        to
    }
}

/// Always said, so that refusing a change brings it back.
fn style(form: &Frame) -> String {
    let named = match (form.kind, form.level) {
        (Kind::Heading, Some(2)) => "Heading1",
        (Kind::Heading, Some(3)) => "Heading2",
        (Kind::Heading, Some(4)) => "Heading3",
        (Kind::Heading, _) => "Title",
        (Kind::Quotation, _) => "Quote",
        (Kind::Paragraph, _) => "Normal",
        (kind, level) => return numbering::style(kind, level.unwrap_or(1)).unwrap_or_else(|| "ListParagraph".to_owned()),
    };
    named.to_owned()
}

/// Every paragraph as one text has it, where it ends; and where it begins, the number that is written there.
fn read(blocks: &[MarkedBlock], numbering: Option<&Numbering>, side: Side, language: Dir) -> Vec<Read> {
    let mut all: Vec<Read> = vec![Read { dir: language, number: None }; blocks.len()];
    let mut begins = 0;
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.fate.is_in(side)) {
        let words = blocks[begins..=at].iter().flat_map(|block| &block.content).filter(|piece| piece.fate.is_in(side));
        let words = words.filter_map(|piece| if let Matter::Words(run) = &piece.what { Some(run.text.as_str()) } else { None });
        let form = block.form(side);
        all[at].dir = form.dir.unwrap_or_else(|| direction(words, language));
        let is_written = numbering.is_some_and(|numbering| numbering.shown(at, side) == Shown::Written);
        all[begins].number = form.label.clone().filter(|_| is_written);
        begins = at + 1;
    }
    all
}
