//! How many words came into a text and went out of it: counted, not placed. What stands elsewhere now has neither come nor gone.

use std::collections::HashMap;

use crate::text::{block::Text, count};

/// Words that came, and words that went.
pub fn words_in_and_out(before: &Text, now: &Text) -> (usize, usize) {
    let (before, now) = (said(before), said(now));
    let mut balance: HashMap<&str, i64> = HashMap::new();
    words(&now).for_each(|word| *balance.entry(word).or_default() += 1);
    words(&before).for_each(|word| *balance.entry(word).or_default() -= 1);
    let sum = |sign: i64| balance.values().map(|more| (more * sign).max(0) as usize).sum();
    (sum(1), sum(-1))
}

/// All words. Numbers of paragraphs and footnotes are nobody's.
fn said(text: &Text) -> String {
    let lines = text.blocks.iter().map(|block| count::lines_of(&block.content));
    lines.flat_map(|(line, notes)| std::iter::once(line).chain(notes)).collect::<Vec<_>>().join("\n")
}

/// What stands between white space and holds a letter or a digit; each character of scripts that put none between words.
fn words(plain: &str) -> impl Iterator<Item = &str> {
    plain.split_whitespace().flat_map(|piece| {
        let alone = piece.chars().any(|letter| matches!(u32::from(letter), 0x3041..=0x30fa | 0x3400..=0x9fff | 0xf900..=0xfaff));
        let each = if alone { piece.split_inclusive(|_: char| true).collect() } else { vec![piece] };
        each.into_iter().filter(|word| word.chars().any(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::block::{Block, Inline, Run};

    #[test]
    fn words_that_came_and_went() {
        let text = |paragraphs: &[&str]| Text {
            v: "text/v1".into(),
            language: "en".into(),
            blocks: paragraphs.iter().map(|words| Block::paragraph(vec![Inline::Text(Run::plain(*words))])).collect(),
        };
        let counts = |before: &[&str], now: &[&str]| words_in_and_out(&text(before), &text(now));
        assert_eq!(counts(&[], &["We urge – all States"]), (4, 0));
        assert_eq!(counts(&["We urge all States"], &[]), (0, 4));
        assert_eq!(counts(&["one", "two"], &["two", "one"]), (0, 0));
        assert_eq!(counts(&["We urge States"], &["We call on States"]), (2, 1));
        assert_eq!(counts(&["我们敦促"], &["我们，呼吁"]), (2, 2));
    }
}
