//! How long a text is, for the limits UN bodies set, and how long it takes to say.
//!
//! A word is what holds a letter or digit and stands between white space or em dashes: hyphens, apostrophes, points and slashes
//! join, as they do where the secretariats count (`A/HRC/50/1` is one, `3.5`, `138–140` and `e-mail` too). Where a script puts no spaces
//! between words, each Han and Kana character is one, as limits there are counted. Thai, Lao, Burmese and Khmer are estimated
//! from their letters: only a dictionary could split them, and every browser has another, so two who write one text would see
//! two numbers. Labels do not count, the numbers of footnotes neither. The editor counts by the same rule
//! (`web/src/text/count.ts`) and is held to the same cases (`tests/vectors/text/counts.json`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;

use super::block::{Inline, Kind, NoteParagraph, Piece, Text};

/// How long a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Counts {
    pub words: usize,
    pub words_with_notes: usize,
    /// Letters, signs and spaces, footnotes included; ends of lines and paragraphs are none.
    pub characters: usize,
    /// Read aloud, footnotes left out; nothing for a language whose pace is not known.
    pub seconds: Option<usize>,
}

pub fn counts(text: &Text) -> Counts {
    let lines: Vec<(String, Vec<String>)> = text.blocks.iter().map(|block| lines_of(&block.content)).collect();
    let words: usize = lines.iter().map(|(line, _)| words_in(line)).sum();
    let noted: usize = lines.iter().flat_map(|(_, notes)| notes).map(|note| words_in(note)).sum();
    let characters = lines.iter().flat_map(|(line, notes)| std::iter::once(line).chain(notes)).map(|line| characters_in(line)).sum();
    Counts { words, words_with_notes: words + noted, characters, seconds: seconds(words, &text.language) }
}

/// Words of the whole text, footnotes included.
pub fn words(text: &Text) -> usize {
    counts(text).words_with_notes
}

/// Whether it says anything beside its title, which every draft begins with.
pub fn says_more_than_its_title(text: &Text) -> bool {
    text.blocks.iter().any(|block| {
        let (line, notes) = lines_of(&block.content);
        !block.is_title() && std::iter::once(&line).chain(&notes).any(|line| words_in(line) > 0)
    })
}

pub fn footnotes(text: &Text) -> usize {
    text.footnotes().count()
}

/// Paragraphs as a reader cites them: the numbered ones of the first level.
pub fn paragraphs(text: &Text) -> usize {
    text.blocks.iter().filter(|block| block.kind == Kind::Numbered && block.level == Some(1)).count()
}

/// Words of one paragraph, its footnotes included.
pub fn words_of(content: &[Inline]) -> usize {
    let (line, notes) = lines_of(content);
    words_in(&line) + notes.iter().map(|note| words_in(note)).sum::<usize>()
}

/// Seconds it takes to say so many words, at the pace of `web/src/text/pace.json`.
pub fn seconds(words: usize, language: &str) -> Option<usize> {
    #[derive(Deserialize)]
    struct Pace {
        words_per_minute: BTreeMap<String, usize>,
    }
    static PACE: OnceLock<Pace> = OnceLock::new();
    let table = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/text/pace.json"));
    let pace = PACE.get_or_init(|| serde_json::from_str(table).expect("the table of paces is compiled in"));
    let per_minute = pace.words_per_minute.get(language.split('-').next()?)?;
    Some((words * 60).div_ceil(*per_minute))
}

/// What a block says, and what each of its footnotes does.
pub fn lines_of(content: &[Inline]) -> (String, Vec<String>) {
    // A word may change its appearance in the middle; a footnote in a word does not split it.
    let (mut line, mut notes) = (String::new(), Vec::new());
    for inline in content {
        match inline {
            Inline::Text(run) => line.push_str(&run.text),
            Inline::Break => line.push('\n'),
            Inline::Footnote { content, .. } => notes.extend(content.iter().map(noted)),
        }
    }
    (line, notes)
}

fn noted(paragraph: &NoteParagraph) -> String {
    paragraph.content.iter().map(|piece| if let Piece::Text(run) = piece { run.text.as_str() } else { "\n" }).collect()
}

fn characters_in(line: &str) -> usize {
    line.chars().filter(|letter| *letter != '\n').count()
}

fn words_in(line: &str) -> usize {
    let (mut words, mut in_word, mut unspaced) = (0, false, Unspaced::default());
    for letter in line.chars() {
        if let Some(per_ten) = letters_per_ten_words(letter) {
            unspaced.letters += usize::from(letter.is_alphanumeric() && !is_combining_mark(letter));
            unspaced.per_ten = per_ten;
            in_word = false;
            continue;
        }
        words += std::mem::take(&mut unspaced).words();
        if stands_alone(letter) {
            words += 1;
            in_word = false;
        } else if parts(letter) {
            in_word = false;
        } else if letter.is_alphanumeric() && !in_word {
            words += 1;
            in_word = true;
        }
    }
    words + unspaced.words()
}

/// Letters that stand together in a script without spaces between words; marks above and below them are none.
#[derive(Default)]
struct Unspaced {
    letters: usize,
    per_ten: usize,
}

impl Unspaced {
    fn words(&self) -> usize {
        if self.letters == 0 { 0 } else { ((self.letters * 20 + self.per_ten) / (2 * self.per_ten)).max(1) }
    }
}

/// White space, and the dashes that stand between words where a hyphen or an en dash stands in one.
fn parts(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{2014}' | '\u{2015}')
}

/// Han, Hiragana and Katakana.
fn stands_alone(letter: char) -> bool {
    matches!(u32::from(letter), 0x3041..=0x3096 | 0x30a1..=0x30fa | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}

/// Of Thai, Lao, Burmese and Khmer: how many letters ten words have, in the first articles of the Universal Declaration of Human
/// Rights as ICU's dictionaries split them.
fn letters_per_ten_words(letter: char) -> Option<usize> {
    match u32::from(letter) {
        0xe00..=0xe7f => Some(33),
        0xe80..=0xeff => Some(32),
        0x1000..=0x109f | 0xa9e0..=0xa9ff | 0xaa60..=0xaa7f => Some(22),
        0x1780..=0x17ff => Some(37),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Cases {
        words: Vec<(String, usize)>,
        seconds: Vec<(String, usize, Option<usize>)>,
    }

    fn cases() -> Cases {
        serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/text/counts.json"))).unwrap()
    }

    #[test]
    fn words_in_every_script_are_counted_as_the_editor_counts_them() {
        for (line, words) in cases().words {
            assert_eq!(words_in(&line), words, "{line}");
        }
    }

    #[test]
    fn speaking_takes_as_long_as_the_editor_says() {
        for (language, words, wanted) in cases().seconds {
            assert_eq!(seconds(words, &language), wanted, "{words} words of {language}");
        }
    }

    #[test]
    fn footnotes_are_counted_apart() {
        use crate::text::block::{Block, Run};
        let run = |text: &str| Run { text: text.into(), ..Run::default() };
        let note = NoteParagraph { dir: None, content: vec![Piece::Text(run("See A/HRC/50/1."))] };
        let content =
            vec![Inline::Text(run("We wri")), Inline::Footnote { number: 1, content: vec![note] }, Inline::Text(run("te, all of us."))];
        let text = Text { v: "text/v1".into(), language: "en".into(), blocks: vec![Block::paragraph(content)] };
        assert_eq!(counts(&text), Counts { words: 5, words_with_notes: 7, characters: 35, seconds: Some(3) });
    }
}
