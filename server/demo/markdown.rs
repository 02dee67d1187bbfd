//! The sample statement's file, read into a text: a front matter, a title, sections, numbered paragraphs, footnotes.
//!
//! Not a Markdown reader: it knows what the sample uses and refuses the rest.

use std::collections::BTreeMap;

use crate::text::block::{Block, Inline, Kind, NoteParagraph, Piece, Run, Text};
use crate::text::numbers::Numbers;

/// Reads the sample. `None` when the file is not of its kind.
pub fn read(file: &str, language: &str) -> Option<Text> {
    let body = file.strip_prefix("---\n")?.split_once("\n---\n")?.1;
    let mut notes: BTreeMap<&str, &str> = BTreeMap::new();
    for line in body.lines() {
        if let Some((mark, note)) = line.strip_prefix("[^").and_then(|rest| rest.split_once("]: ")) {
            notes.insert(mark, note);
        }
    }
    let mut reader = Reader { notes, footnotes: 0, numbers: Numbers::default() };
    let paragraphs = body.split("\n\n").map(str::trim).filter(|part| !part.is_empty() && !part.starts_with("[^"));
    let blocks = paragraphs.map(|part| reader.block(part)).collect();
    Some(Text { v: "text/v1".into(), language: language.into(), blocks })
}

struct Reader<'a> {
    notes: BTreeMap<&'a str, &'a str>,
    footnotes: u32,
    numbers: Numbers,
}

impl Reader<'_> {
    fn block(&mut self, part: &str) -> Block {
        if let Some(title) = part.strip_prefix("# ") {
            return Block::heading(1, self.inlines(title));
        }
        if let Some(heading) = part.strip_prefix("## ") {
            return Block::heading(2, self.inlines(heading));
        }
        if let Some((number, rest)) = part.split_once(". ")
            && number.parse::<u32>().is_ok()
        {
            return self.numbered(1, rest);
        }
        if let Some((letter, rest)) = part.strip_prefix('(').and_then(|part| part.split_once(") "))
            && letter.len() == 1
        {
            return self.numbered(2, rest);
        }
        Block::paragraph(self.inlines(part))
    }

    fn numbered(&mut self, level: u8, words: &str) -> Block {
        let label = self.numbers.next(Kind::Numbered, Some(level), None).label;
        Block { label, ..Block::new(Kind::Numbered, Some(level), self.inlines(words)) }
    }

    fn inlines(&mut self, text: &str) -> Vec<Inline> {
        let mut content = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("[^") {
            let Some((mark, tail)) = after.split_once(']') else { break };
            if !before.is_empty() {
                content.push(Inline::Text(Run::plain(before)));
            }
            self.footnotes += 1;
            let note = self.notes.get(mark).copied().unwrap_or_default();
            let note = NoteParagraph { dir: None, content: vec![Piece::Text(Run::plain(note))] };
            content.push(Inline::Footnote { number: self.footnotes, content: vec![note] });
            rest = tail;
        }
        if !rest.is_empty() {
            content.push(Inline::Text(Run::plain(rest)));
        }
        content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_has_twelve_paragraphs_eight_demands_and_four_footnotes() {
        let text = read(include_str!("statement.en.md"), "en").unwrap();
        let numbered = |wanted: u8| text.blocks.iter().filter(|block| block.kind == Kind::Numbered && block.level == Some(wanted)).count();
        assert_eq!((numbered(1), numbered(2)), (12, 8));
        assert_eq!(text.footnotes().count(), 4);
        // 867 without footnotes and 919 with them, if one counts the twenty labels; word processors do not.
        assert_eq!(crate::text::count::words(&text), 899);
    }
}
