//! The words of one part: runs in their appearance and direction, links, footnotes' places, and who would bring or take what.
//!
//! Changes are numbered through the whole file. What was moved lies between the two ends of a range that carries the move's name; a link
//! holds its changes and is in none.

use std::fmt::Write;

use super::super::direction::stretches;
use super::comments::{self, Talk};
use super::properties::Links;
use super::styles::spoken;
use super::xml::escaped;
use crate::text::block::{Dir, Run};
use crate::text::link;
use crate::text::marked::{Act, Fate, MarkedBlock, MarkedPiece, Matter};

/// One part as it is written, and what was met on the way.
#[derive(Default)]
pub struct Writing<'a> {
    pub xml: String,
    pub talks: &'a [Talk],
    /// How many changes were numbered so far.
    pub changes: u32,
    pub links: Links,
    /// Footnotes, whose words stand in a part of their own; the first is number 1.
    pub notes: Vec<Vec<MarkedBlock>>,
}

impl Writing<'_> {
    /// Begins an element that says who changed something and when; its bracket is open.
    pub fn change(&mut self, name: &str, act: &Act) {
        self.changes += 1;
        let (by, at) = (escaped(&act.by), act.at.rfc3339());
        let _ = write!(self.xml, r#"<w:{name} w:id="{}" w:author="{by}" w:date="{at}""#, self.changes);
    }

    /// What becomes of a mark, within the properties of its words.
    pub fn mark(&mut self, fate: &Fate) {
        let (comes, goes) = names(fate);
        for (name, act) in [(comes, &fate.comes), (goes, &fate.goes)] {
            if let Some(act) = act {
                self.change(name, act);
                self.xml.push_str("/>");
            }
        }
    }

    /// What stands in a paragraph. Answers what ends behind it: the range of a move that takes the mark along.
    pub fn content(&mut self, block: &MarkedBlock, runs: Dir) -> String {
        let pieces = &block.content;
        let range = |piece: &MarkedPiece| piece.fate.moved.map(|moved| (moved, piece.fate.comes.is_some()));
        let mut open: Option<(Range, u32)> = None;
        let (mut at, mut behind) = (0, String::new());
        for group in pieces.chunk_by(is_one) {
            let Some(first) = group.first() else { continue };
            if let (Some(begins), None, Some(act)) = (range(first), &open, first.fate.comes.as_ref().or(first.fate.goes.as_ref())) {
                self.change(if begins.1 { "moveToRangeStart" } else { "moveFromRangeStart" }, act);
                let _ = write!(self.xml, r#" w:name="move{}"/>"#, begins.0);
                open = Some((begins, self.changes));
            }
            self.group(group, first, runs);
            at += group.len();
            let goes_on = |known: Range| pieces[at..].iter().any(|piece| range(piece) == Some(known));
            if let Some((known, id)) = open.filter(|(known, _)| !goes_on(*known)) {
                let end = format!(r#"<w:{}RangeEnd w:id="{id}"/>"#, if known.1 { "moveTo" } else { "moveFrom" });
                let takes_mark = at == pieces.len() && block.fate.moved == Some(known.0);
                if takes_mark {
                    behind = end
                } else {
                    self.xml.push_str(&end)
                }
                open = None;
            }
        }
        behind
    }

    /// Pieces of one fate and one link.
    fn group(&mut self, group: &[MarkedPiece], first: &MarkedPiece, runs: Dir) {
        let address = address(first);
        if let Some(address) = address {
            let link = self.links.to(address);
            let _ = write!(self.xml, r#"<w:hyperlink r:id="{link}" w:history="1">"#);
        }
        let (comes, goes) = names(&first.fate);
        let mut ends = String::new();
        for (name, act) in [(comes, &first.fate.comes), (goes, &first.fate.goes)] {
            if let Some(act) = act {
                self.change(name, act);
                self.xml.push('>');
                ends.insert_str(0, &format!("</w:{name}>"));
            }
        }
        for piece in group {
            self.piece(piece, runs, goes == "del" && piece.fate.goes.is_some());
        }
        self.xml.push_str(&ends);
        if address.is_some() {
            self.xml.push_str("</w:hyperlink>");
        }
    }

    fn piece(&mut self, piece: &MarkedPiece, runs: Dir, struck: bool) {
        match &piece.what {
            Matter::Words(run) => {
                for (direction, words) in stretches(&run.text, runs) {
                    self.run(run, direction, piece.looked.as_ref());
                    let name = if struck { "delText" } else { "t" };
                    let _ = write!(self.xml, r#"<w:{name} xml:space="preserve">{}</w:{name}></w:r>"#, escaped(words));
                }
            }
            Matter::Break => self.xml.push_str("<w:r><w:br/></w:r>"),
            Matter::Note(paragraphs) => {
                self.notes.push(within(paragraphs, &piece.fate));
                let id = self.notes.len();
                let _ = write!(self.xml, r#"<w:r>{REFERENCE}<w:footnoteReference w:id="{id}"/></w:r>"#);
            }
            Matter::Opens(talk) => {
                for id in comments::ids(self.talks, *talk) {
                    let _ = write!(self.xml, r#"<w:commentRangeStart w:id="{id}"/>"#);
                }
            }
            Matter::Closes(talk) => {
                for id in comments::ids(self.talks, *talk) {
                    let _ = write!(
                        self.xml,
                        r#"<w:commentRangeEnd w:id="{id}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{id}"/></w:r>"#
                    );
                }
            }
        }
    }

    /// Begins a run.
    fn run(&mut self, run: &Run, direction: Dir, looked: Option<&(Run, Act)>) {
        self.xml.push_str("<w:r>");
        let look = look(run, direction);
        if !look.is_empty() || looked.is_some() {
            let _ = write!(self.xml, "<w:rPr>{look}");
            if let Some((before, act)) = looked {
                self.change("rPrChange", act);
                let _ = write!(self.xml, "><w:rPr>{}</w:rPr></w:rPrChange>", self::look(before, direction));
            }
            self.xml.push_str("</w:rPr>");
        }
    }
}

/// A move and whether it arrives here.
type Range = (u32, bool);

const REFERENCE: &str = r#"<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>"#;
/// What a footnote begins with, in a change or not.
pub const NUMBER: &str =
    r#"<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>"#;

/// The elements for what comes and for what goes.
fn names(fate: &Fate) -> (&'static str, &'static str) {
    if fate.moved.is_some() { ("moveTo", "moveFrom") } else { ("ins", "del") }
}

fn look(run: &Run, direction: Dir) -> String {
    let mut look = String::new();
    if run.link.as_deref().is_some_and(link::stands) {
        look.push_str(r#"<w:rStyle w:val="Hyperlink"/>"#);
    }
    if run.bold {
        look.push_str("<w:b/><w:bCs/>");
    }
    if run.italic {
        look.push_str("<w:i/><w:iCs/>");
    }
    if direction == Dir::Rtl {
        look.push_str("<w:rtl/>");
    }
    if let Some(lang) = &run.lang {
        look.push_str(&spoken(lang));
    }
    look
}

fn address(piece: &MarkedPiece) -> Option<&str> {
    match &piece.what {
        Matter::Words(run) => run.link.as_deref().filter(|address| link::stands(address)),
        Matter::Break | Matter::Note(_) | Matter::Opens(_) | Matter::Closes(_) => None,
    }
}

fn is_one(one: &MarkedPiece, other: &MarkedPiece) -> bool {
    let is_run = |piece: &MarkedPiece| !matches!(piece.what, Matter::Opens(_) | Matter::Closes(_));
    is_run(one) && is_run(other) && one.fate == other.fate && address(one) == address(other)
}

/// A footnote's paragraphs, in which what becomes of the footnote becomes of every word.
fn within(paragraphs: &[MarkedBlock], fate: &Fate) -> Vec<MarkedBlock> {
    let mut all = paragraphs.to_vec();
    for piece in all.iter_mut().flat_map(|block| &mut block.content) {
        piece.fate.comes = piece.fate.comes.take().or_else(|| fate.comes.clone());
        piece.fate.goes = piece.fate.goes.take().or_else(|| fate.goes.clone());
    }
    if all.is_empty() {
        all.push(MarkedBlock::standing(crate::text::marked::noted_form(None), Vec::new()));
    }
    all
}
