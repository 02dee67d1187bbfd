//! How a sentence repeats the words of a stranger's file: made harmless, in quotes, cut short, with the right number.
//!
//! A control character could move a terminal's cursor and an override of writing direction could turn a sentence round, so
//! each becomes U+FFFD; every other letter of every script stays. Whatever stands in a file goes through here before it is
//! shown, whichever check speaks.

use crate::limits;

/// Words from a stranger's file, fit for a terminal and a page.
pub fn plain(words: &str) -> String {
    let fit = |c: char| {
        if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}') {
            '\u{fffd}'
        } else {
            c
        }
    };
    let mut plain: String = words.chars().take(limits::REPEATED_CHARS_MAX).map(fit).collect();
    if words.chars().nth(limits::REPEATED_CHARS_MAX).is_some() {
        plain.push('…');
    }
    plain
}

pub(crate) fn quote(words: &str) -> String {
    format!("“{}”", plain(words))
}

pub(crate) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strange_words_are_made_harmless() {
        assert_eq!(plain("a\u{202e}b\nc\u{2066}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(plain(&"x".repeat(500)).chars().count(), 201);
        assert_eq!(plain("جمعية النهر"), "جمعية النهر");
    }
}
