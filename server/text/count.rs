//! How long a text is, for the limits UN bodies set.
//!
//! A word is what stands between white space and holds a letter or digit; in Han and Kana each character is one, as
//! word limits there are counted. Thai, Lao, Khmer and Burmese, which put no space between words, come out too low:
//! splitting them needs a dictionary. Footnotes count, labels do not.

use super::block::{Block, Inline, Text};

/// Words of the whole text, footnotes included.
pub fn words(text: &Text) -> usize {
    let mut all = 0;
    each_block(&text.blocks, &mut |content| all += words_of_line(content));
    all
}

pub fn footnotes(text: &Text) -> usize {
    let mut all = 0;
    each_block(&text.blocks, &mut |content| all += content.iter().filter(|inline| matches!(inline, Inline::Footnote { .. })).count());
    all
}

/// Paragraphs as a reader cites them: the numbered ones of the first level, wherever they stand.
pub fn paragraphs(text: &Text) -> usize {
    fn of(blocks: &[Block]) -> usize {
        let each = blocks.iter().map(|block| match block {
            Block::Numbered { level: 1, .. } => 1,
            Block::Heading { .. } | Block::Paragraph { .. } | Block::Numbered { .. } => 0,
            Block::List { items, .. } => items.iter().map(|item| of(&item.blocks)).sum(),
            Block::Quote { blocks } => of(blocks),
        });
        each.sum()
    }
    of(&text.blocks)
}

fn each_block(blocks: &[Block], see: &mut impl FnMut(&[Inline])) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph { content, .. } | Block::Numbered { content, .. } => see(content),
            Block::List { items, .. } => items.iter().for_each(|item| each_block(&item.blocks, see)),
            Block::Quote { blocks } => each_block(blocks, see),
        }
    }
}

fn words_of_line(content: &[Inline]) -> usize {
    // A word may change its appearance in the middle; a footnote in a word does not split it.
    let (mut line, mut notes) = (String::new(), 0);
    for inline in content {
        match inline {
            Inline::Text(run) => line.push_str(&run.text),
            Inline::Break => line.push(' '),
            Inline::Footnote { content, .. } => notes += words_in(&content.iter().map(|run| run.text.as_str()).collect::<String>()),
        }
    }
    words_in(&line) + notes
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
