//! How long a text is, for the limits UN bodies set.
//!
//! A word is what stands between white space and holds a letter or digit; in Han and Kana each character is one, as
//! word limits there are counted. Thai, Lao, Khmer and Burmese, which put no space between words, come out too low:
//! splitting them needs a dictionary. Footnotes count, labels do not.

use super::block::{Inline, Kind, NoteParagraph, Piece, Text};

/// Words of the whole text, footnotes included.
pub fn words(text: &Text) -> usize {
    text.blocks.iter().map(|block| words_of(&block.content)).sum()
}

/// Whether it says anything beside its title, which every draft begins with.
pub fn says_more_than_its_title(text: &Text) -> bool {
    text.blocks.iter().any(|block| !block.is_title() && words_of(&block.content) > 0)
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
    // A word may change its appearance in the middle; a footnote in a word does not split it.
    let (mut line, mut notes) = (String::new(), 0);
    for inline in content {
        match inline {
            Inline::Text(run) => line.push_str(&run.text),
            Inline::Break => line.push(' '),
            Inline::Footnote { content, .. } => notes += content.iter().map(|paragraph| words_in(&noted(paragraph))).sum::<usize>(),
        }
    }
    words_in(&line) + notes
}

fn noted(paragraph: &NoteParagraph) -> String {
    paragraph.content.iter().map(|piece| if let Piece::Text(run) = piece { run.text.as_str() } else { " " }).collect()
}

fn words_in(line: &str) -> usize {
    let in_one_piece = |piece: &str| {
        let (mut words, mut in_word) = (0, false);
        for letter in piece.chars() {
            if stands_alone(letter) {
                words += 1;
                in_word = false;
            } else if letter.is_alphanumeric() && !in_word {
                words += 1;
                in_word = true;
            }
        }
        words
    };
    line.split_whitespace().map(in_one_piece).sum()
}

/// Han, Hiragana and Katakana.
fn stands_alone(letter: char) -> bool {
    matches!(u32::from(letter), 0x3041..=0x3096 | 0x30a1..=0x30fa | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_several_scripts() {
        for (line, words) in [
            ("", 0),
            ("We, the undersigned — 24 organisations", 5),
            ("high-seas life isn't 3.5 °C", 5),
            ("المنظمات الموقعة أدناه", 3),
            ("我们，签署组织", 6),
            ("会议 2024 年", 4),
            ("ひらがなとカタカナ", 9),
            ("Нижеподписавшиеся организации", 2),
        ] {
            assert_eq!(words_in(line), words, "{line}");
        }
    }
}
