//! One of the two texts that a file with tracked changes holds, settled as a text is: paragraphs joined where their mark is not in it,
//! empty ones gone, numbers counted, footnotes numbered, and the passages of comments found.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::incoming::Place;
use super::lists;
use super::paper::{Bit, Form, Look, Paper, Paragraph, Side, What};
use crate::text::block::{Block, Dir, Inline, NoteParagraph, Piece, Run};
use crate::text::compare::joined;
use crate::text::description;

pub struct Read {
    pub blocks: Vec<Block>,
    /// Of each comment of the paper.
    pub places: Vec<Option<Place>>,
    /// Of each block the changes that have to do with it.
    pub changes: Vec<BTreeSet<usize>>,
}

pub fn read(paper: &Paper, side: Side) -> Read {
    let mut reading = Reading { side, notes: 0, places: vec![Passage::default(); paper.comments.len()] };
    let (mut forms, mut contents, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    for (form, bits, by) in joined_paragraphs(&paper.paragraphs, side) {
        let content = reading.content(&bits, contents.len());
        if says_something(&content) {
            forms.push(form);
            contents.push(content);
            changes.push(by);
        }
    }
    let placed = lists::placed(&forms);
    let block = |((form, content), placed): ((&&Form, Vec<Inline>), lists::Placed)| Block {
        kind: placed.kind,
        level: placed.level,
        label: placed.label,
        dir: said_direction(form.dir, content.iter().map(said)),
        content: without_own_look(form.look, content),
    };
    let blocks: Vec<Block> = forms.iter().zip(contents).zip(placed).map(block).collect();
    let places = reading.places.into_iter().map(|passage| passage.place(&blocks)).collect();
    Read { blocks, places, changes }
}

/// A language is named where few words are in it: what most words are said to be in is what the writer's computer speaks.
pub fn name_languages(paper: &mut Paper, language: &str) {
    let (mut said, mut all) = (BTreeMap::<String, usize>::new(), 0);
    each_run(&mut paper.paragraphs, &mut |run| {
        all += run.text.len();
        if let Some(lang) = &run.lang {
            *said.entry(lang.clone()).or_default() += run.text.len();
        }
    });
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    each_run(&mut paper.paragraphs, &mut |run| {
        let names = |tag: &String| {
            description::is_language(tag) && primary(tag) != primary(language) && said.get(tag).is_some_and(|letters| letters * 2 < all)
        };
        run.lang = run.lang.take().filter(names);
    });
}

fn each_run(paragraphs: &mut [Paragraph], act: &mut dyn FnMut(&mut Run)) {
    for bit in paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.bits) {
        match &mut bit.what {
            What::Words(run) => act(run),
            What::Note(inner) => each_run(inner, act),
            What::Break | What::Opens(_) | What::Closes(_) => {}
        }
        if let Some(looked) = &mut bit.looked {
            act(looked);
        }
    }
}

/// What a piece says, in letters.
pub fn said(inline: &Inline) -> &str {
    match inline {
        Inline::Text(run) => &run.text,
        Inline::Break => "\n",
        Inline::Footnote { .. } => "",
    }
}

/// The paragraphs of one side: where a mark is not in it, words go on into the next, whose mark says what they are.
fn joined_paragraphs(paragraphs: &[Paragraph], side: Side) -> Vec<(&Form, Vec<&Bit>, BTreeSet<usize>)> {
    let (mut all, mut open, mut by) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (at, paragraph) in paragraphs.iter().enumerate() {
        open.extend(paragraph.bits.iter().filter(|bit| bit.fate.is_in(side)));
        by.extend(paragraph.bits.iter().filter_map(|bit| bit.fate.by).chain(paragraph.mark.by));
        if paragraph.mark.is_in(side) || (at + 1 == paragraphs.len() && !open.is_empty()) {
            let form = paragraph.was.as_ref().filter(|_| side == Side::Without).unwrap_or(&paragraph.form);
            all.push((form, std::mem::take(&mut open), std::mem::take(&mut by)));
        }
    }
    all
}

/// Where a comment's passage begins and ends: a block and a place in it.
#[derive(Debug, Clone, Default)]
struct Passage {
    opens: Option<(usize, usize)>,
    closes: Option<(usize, usize)>,
}

impl Passage {
    /// As far as it is in the block that it begins in; a comment on no words is about the whole block.
    fn place(self, blocks: &[Block]) -> Option<Place> {
        let (block, from) = self.opens.or(self.closes)?;
        let length: usize = blocks.get(block)?.content.iter().map(units).sum();
        let to = match self.closes {
            Some((last, to)) if last == block => to.min(length),
            _ => length,
        };
        let (from, to) = if from < to { (from, to) } else { (0, length) };
        Some(Place { block, from, to })
    }
}

/// Length as a page counts it.
fn units(inline: &Inline) -> usize {
    match inline {
        Inline::Text(run) => run.text.encode_utf16().count(),
        Inline::Break | Inline::Footnote { .. } => 1,
    }
}

struct Reading {
    side: Side,
    notes: u32,
    places: Vec<Passage>,
}

impl Reading {
    fn content(&mut self, bits: &[&Bit], block: usize) -> Vec<Inline> {
        let (mut content, mut at) = (Vec::new(), 0);
        for bit in bits {
            let inline = match &bit.what {
                What::Words(run) => {
                    let look = bit.looked.as_ref().filter(|_| self.side == Side::Without).unwrap_or(run);
                    Some(Inline::Text(Run { text: words(&run.text, at == 0), ..look.clone() }))
                }
                What::Break => Some(Inline::Break),
                What::Note(paragraphs) => self.note(paragraphs),
                What::Opens(which) => {
                    self.places[*which].opens.get_or_insert((block, at));
                    None
                }
                What::Closes(which) => {
                    self.places[*which].closes = Some((block, at));
                    None
                }
            };
            if let Some(inline) = inline {
                at += units(&inline);
                content.push(inline);
            }
        }
        joined(content)
    }

    /// A footnote; none where it says nothing.
    fn note(&mut self, paragraphs: &[Paragraph]) -> Option<Inline> {
        let number = self.notes + 1;
        let mut content = Vec::new();
        for (form, bits, _) in joined_paragraphs(paragraphs, self.side) {
            let mut inside = Reading { side: self.side, notes: 0, places: self.places.clone() };
            let mut words = inside.content(&bits, usize::MAX);
            trim_start(&mut words);
            if !says_something(&words) {
                continue;
            }
            let dir = said_direction(form.dir, words.iter().map(said));
            let piece = |inline| match inline {
                Inline::Text(run) => Some(Piece::Text(run)),
                Inline::Break => Some(Piece::Break),
                Inline::Footnote { .. } => None,
            };
            content.push(NoteParagraph { dir, content: words.into_iter().filter_map(piece).collect() });
        }
        (!content.is_empty()).then(|| {
            self.notes = number;
            Inline::Footnote { number, content }
        })
    }
}

/// Behind a footnote's number programs put a space.
fn trim_start(content: &mut Vec<Inline>) {
    if let Some(Inline::Text(run)) = content.first_mut() {
        run.text = run.text.trim_start().to_owned();
        if run.text.is_empty() {
            content.remove(0);
        }
    }
}

/// Words as drafts hold them: white space of other kinds is a space, a tab that moves a first line in is nothing.
fn words(text: &str, first: bool) -> String {
    let text = if first { text.trim_start_matches('\t') } else { text };
    let kept = |letter: char| match letter {
        '\t' | '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{200b}' | '\u{feff}' | '\u{ad}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    };
    text.chars().filter_map(kept).nfc().collect()
}

fn says_something(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Text(run) => !run.text.trim().is_empty(),
        Inline::Break => false,
        Inline::Footnote { .. } => true,
    })
}

/// A heading that is bold from end to end looks as headings do, and is not marked in itself; a quotation so in italics.
fn without_own_look(look: Look, mut content: Vec<Inline>) -> Vec<Inline> {
    let of_all = |of: fn(&Run) -> bool| {
        content.iter().all(|inline| match inline {
            Inline::Text(run) => run.text.trim().is_empty() || of(run),
            Inline::Break | Inline::Footnote { .. } => true,
        })
    };
    let (bold, italic) = match look {
        Look::Title | Look::Heading(_) => (of_all(|run| run.bold), of_all(|run| run.italic)),
        Look::Quotation => (false, of_all(|run| run.italic)),
        Look::Paragraph | Look::Beside => (false, false),
    };
    for inline in &mut content {
        if let Inline::Text(run) = inline {
            run.bold &= !bold;
            run.italic &= !italic;
        }
    }
    joined(content)
}

/// A direction is said where it is another than the first letter's, which a block follows by itself.
fn said_direction<'a>(dir: Option<Dir>, words: impl Iterator<Item = &'a str>) -> Option<Dir> {
    let mut letters = words.flat_map(str::chars).filter(|letter| letter.is_alphabetic());
    let own = if letters.next().is_some_and(runs_left) { Dir::Rtl } else { Dir::Ltr };
    dir.filter(|dir| *dir != own)
}

/// Hebrew, Arabic and the scripts between and beside them.
fn runs_left(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}
