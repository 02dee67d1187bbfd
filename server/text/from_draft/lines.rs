//! The lines of a draft while it is read: what each says, what each links to, and what was found wrong on the way.

use std::collections::BTreeMap;
use std::ops::Range;

use super::bracket;
use crate::text::limits::{LINES_MAX, OBSTACLES_MAX, TEXT_BYTES_MAX};
use crate::text::obstacle::{ObstacleKind, Obstacles};
use crate::text::place::{self, Line};
use crate::text::{link, unseen};

#[derive(Default)]
pub struct Lines {
    lines: Vec<Line>,
    /// The one that is being read.
    here: usize,
    blocks: usize,
    footnotes: usize,
    bytes: usize,
    /// Line, bytes of it, address.
    links: Vec<(usize, Range<usize>, String)>,
    /// Where each bracket begins: line, bytes of it.
    brackets: BTreeMap<String, (usize, Range<usize>)>,
    /// With the line and bytes of it; no bytes where it is the whole line.
    found: Vec<(ObstacleKind, Option<(usize, Range<usize>)>)>,
}

impl Lines {
    /// Whether there is more than anybody could mend: then nothing is read on.
    pub fn are_too_many(&self) -> bool {
        self.bytes > TEXT_BYTES_MAX || self.lines.len() > LINES_MAX
    }

    /// Begins a block.
    pub fn begin(&mut self, kind: place::BlockKind, level: u8, label: Option<String>) {
        self.blocks += 1;
        self.here = self.lines.len();
        self.lines.push(Line { block: self.blocks, kind, level, label, footnote: None, text: String::new() });
    }

    /// Begins a footnote in the block that is being read; its line follows. Answers where to go on after it.
    pub fn begin_footnote(&mut self) -> usize {
        self.footnotes += 1;
        let block = self.here;
        if let Some(line) = self.lines.get(block) {
            let note = Line { footnote: Some(self.footnotes), text: String::new(), ..line.clone() };
            self.here = self.lines.len();
            self.lines.push(note);
        }
        block
    }

    pub fn back_to(&mut self, line: usize) {
        self.here = line;
    }

    /// Adds words to the line, and answers which bytes of it they are.
    pub fn write(&mut self, words: &str) -> Range<usize> {
        self.bytes += words.len();
        let Some(line) = self.lines.get_mut(self.here) else { return 0..0 };
        let start = line.text.len();
        line.text.push_str(words);
        start..line.text.len()
    }

    /// A link goes on through words of another appearance.
    pub fn linked(&mut self, bytes: Range<usize>, href: &str) {
        match self.links.last_mut() {
            Some((line, before, known)) if *line == self.here && before.end == bytes.start && known == href => before.end = bytes.end,
            _ => self.links.push((self.here, bytes, href.to_owned())),
        }
    }

    /// A bracket stands where its first words do.
    pub fn bracketed(&mut self, bytes: &Range<usize>, id: &str) {
        let here = self.here;
        match self.brackets.get_mut(id) {
            Some((line, known)) if *line == here && known.end == bytes.start => known.end = bytes.end,
            Some(_) => {}
            None => drop(self.brackets.insert(id.to_owned(), (here, bytes.clone()))),
        }
    }

    /// Something about the text as a whole.
    pub fn problem(&mut self, kind: ObstacleKind) {
        self.add(kind, None);
    }

    /// Something about the line that is being read.
    pub fn problem_here(&mut self, kind: ObstacleKind) {
        self.add(kind, Some((self.here, 0..0)));
    }

    /// Once, though it may be met again: what repeats stands close by, and a hostile draft is not searched whole each time.
    fn add(&mut self, kind: ObstacleKind, at: Option<(usize, Range<usize>)>) {
        let found = (kind, at);
        if !self.found.iter().rev().take(OBSTACLES_MAX).any(|known| *known == found) {
            self.found.push(found);
        }
    }

    /// The lines, and everything that stands in the way, in the order of the text.
    pub fn looked_through(mut self) -> (Vec<Line>, Obstacles) {
        if self.are_too_many() {
            // Too much to look through; the rest can wait until it is shorter.
            self.problem(ObstacleKind::TooLong);
        } else {
            self.look_through();
        }
        let Self { lines, mut found, .. } = self;
        found.sort_by_key(|(_, at)| at.as_ref().map(|(line, bytes)| (*line, bytes.start)));
        let place = |(line, bytes): (usize, Range<usize>)| {
            lines.get(line).map(|line| if bytes.is_empty() { line.whole() } else { line.place(bytes) })
        };
        let mut obstacles = Obstacles::default();
        for (kind, at) in found {
            obstacles.add(kind, || at.and_then(place));
        }
        (lines, obstacles)
    }

    /// What nobody sees, links that cannot stand, and footnotes that say nothing.
    fn look_through(&mut self) {
        for (at, line) in self.lines.iter().enumerate() {
            for finding in unseen::find(&line.text) {
                let sign = finding.at..finding.at + finding.sign.len_utf8();
                self.found.push((ObstacleKind::Unseen { name: finding.name, sign: finding.sign }, Some((at, sign))));
            }
            for (start, sign) in line.text.char_indices().filter(|(_, letter)| matches!(*letter, bracket::OPENS | bracket::CLOSES)) {
                self.found.push((ObstacleKind::BracketSign, Some((at, start..start + sign.len_utf8()))));
            }
            if line.footnote.is_some() && line.text.trim().is_empty() {
                self.found.push((ObstacleKind::EmptyFootnote, Some((at, 0..0))));
            }
        }
        for (_, place) in std::mem::take(&mut self.brackets) {
            self.found.push((ObstacleKind::OpenBracket, Some(place)));
        }
        for (line, bytes, written) in std::mem::take(&mut self.links) {
            let words = self.lines.get(line).and_then(|line| line.text.get(bytes.clone())).unwrap_or_default();
            let kind = match link::address(&written) {
                None => ObstacleKind::ForbiddenLink(written),
                Some(whole) if whole != written => ObstacleKind::LinkNotWhole { written, whole },
                Some(whole) if link::names_another(words, &whole) => {
                    ObstacleKind::LinkNamesAnother { words: words.to_owned(), opens: whole }
                }
                Some(_) => continue,
            };
            self.found.push((kind, Some((line, bytes))));
        }
    }
}
