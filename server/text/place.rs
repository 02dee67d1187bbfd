//! Where something stands in a draft, so that whoever writes can go there: which block, which footnote, how far in.
//!
//! A line is what one block or one footnote of the draft says, letter by letter, nothing dropped and nothing joined; paragraphs
//! of a footnote are parted by a line break. Blocks are counted as the draft has them, empty ones too. An excerpt shows what nobody sees by its code, and leaves out
//! what would turn it round.

use std::ops::Range;

use serde::Serialize;

use super::limits::EXCERPT_CHARS;
use super::unseen::{self, Role};

/// A place in a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Place {
    /// Blocks of the draft counted from 1, empty ones too.
    pub block: usize,
    pub kind: BlockKind,
    /// Of a numbered paragraph, as it is cited: `7`, `7(a)`, `7(a)(ii)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Footnotes of the draft counted from 1, empty ones too; then the offset is one in the footnote's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footnote: Option<usize>,
    /// UTF-16 units before it in the block's own words; a line break counts one, a footnote none.
    pub offset: usize,
    /// UTF-16 units.
    pub length: usize,
    /// The words around it.
    pub excerpt: String,
}

/// What a block is, as far as people are told; items of lists and all else are paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    Heading,
    Paragraph,
    Numbered,
}

/// One block or footnote of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub block: usize,
    pub kind: BlockKind,
    /// Of a heading, the title's being 1; 0 of all else.
    pub level: u8,
    pub label: Option<String>,
    pub footnote: Option<usize>,
    /// As written; line breaks are `\n`, footnotes leave nothing.
    pub text: String,
}

impl Line {
    /// The place of some bytes of this line.
    pub fn place(&self, bytes: Range<usize>) -> Place {
        let units = |part: Option<&str>| part.unwrap_or_default().encode_utf16().count();
        Place {
            block: self.block,
            kind: self.kind,
            label: self.label.clone(),
            footnote: self.footnote,
            offset: units(self.text.get(..bytes.start)),
            length: units(self.text.get(bytes.clone())),
            excerpt: excerpt(&self.text, bytes),
        }
    }

    /// The place of the whole line.
    pub fn whole(&self) -> Place {
        self.place(0..self.text.len())
    }
}

/// The words around some bytes of a text, on one line, with what nobody sees written out: `hold ⟨U+202E⟩000`.
pub fn excerpt(text: &str, bytes: Range<usize>) -> String {
    let (Some(before), Some(within), Some(after)) = (text.get(..bytes.start), text.get(bytes.clone()), text.get(bytes.end..)) else {
        return String::new();
    };
    let head: Vec<char> = before.chars().rev().take(EXCERPT_CHARS).collect();
    let within = plainly(within, 2 * EXCERPT_CHARS);
    let tail: Vec<char> = after.chars().take(EXCERPT_CHARS).collect();
    let cut = |letters: &[char], all: &str| letters.len() < all.chars().take(EXCERPT_CHARS + 1).count();
    let (more_before, more_after) = (cut(&head, before), cut(&tail, after));
    let words: String = head.iter().rev().map(|letter| shown(*letter, false)).collect();
    let words = words + &within + &tail.iter().map(|letter| shown(*letter, false)).collect::<String>();
    format!("{}{}{}", if more_before { "…" } else { "" }, words.trim(), if more_after { "…" } else { "" })
}

/// Some words as they may be told: what nobody sees written out, and no longer than this.
pub fn plainly(text: &str, chars_max: usize) -> String {
    let mut told: String = text.chars().take(chars_max).map(|letter| shown(letter, true)).collect();
    if text.chars().nth(chars_max).is_some() {
        told.push('…');
    }
    told
}

/// A letter of an excerpt. What it is about is always seen; around it, a script's own marks stay and those of direction go,
/// because cut out of their line they would steer others.
fn shown(letter: char, about: bool) -> String {
    match unseen::role(letter) {
        _ if matches!(letter, '\n' | '\r' | '\t') => " ".to_owned(),
        None => letter.to_string(),
        Some(Role::Shapes) if !about => letter.to_string(),
        Some(Role::Steers) if !about => String::new(),
        Some(_) => format!("⟨{}⟩", unseen::code_point(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_writes_out_what_nobody_sees_and_says_where_it_was_cut() {
        let at = |text: &str, what: &str| excerpt(text, text.find(what).map(|at| at..at + what.len()).unwrap());
        assert_eq!(at("hold \u{202e}000,01\u{202c} francs", "\u{202e}"), "hold ⟨U+202E⟩000,01⟨U+202C⟩ francs");
        assert_eq!(at("پل\u{200c}ها\u{ad}x", "\u{ad}"), "پل\u{200c}ها⟨U+00AD⟩x");
        assert_eq!(at(&format!("{}X{}", "a".repeat(30), "b".repeat(24)), "X"), format!("…{}X{}", "a".repeat(24), "b".repeat(24)));
        assert_eq!(at("one\ntwo", "two"), "one two");
    }

    #[test]
    fn offsets_are_counted_as_browsers_count() {
        let line = Line { block: 2, kind: BlockKind::Paragraph, level: 0, label: None, footnote: None, text: "𑄌x\u{ad}".into() };
        let place = line.place(5..7);
        assert_eq!((place.block, place.offset, place.length), (2, 3, 1));
    }
}
