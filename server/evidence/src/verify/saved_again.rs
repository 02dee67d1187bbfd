//! A file that says something in order, but not in the bytes that were issued: what a program did when it saved it again.
//!
//! A bundle and a JSON receipt are their own JCS byte for byte, and nothing else passes: no white space, no line end, fields
//! in one order, letters and numbers in one spelling. Whoever is told only "not canonical" is helpless, so the spelling is
//! compared with the canonical one, word by word.

use serde_json::Value;

use super::damaged::ONCE_MORE;
use crate::canonical::to_jcs;
use crate::verdict::Finding;

/// Names what makes `bytes`, which say the same as `canonical`, differ from it.
pub(super) fn not_canonical(bytes: &[u8], canonical: &str) -> Finding {
    let (here, issued) = (Spelling::of(bytes), Spelling::of(canonical.as_bytes()));
    let mut done = Vec::new();
    match here.white_space {
        WhiteSpace::None => {}
        WhiteSpace::AtTheEnd => done.push("it added a line end or spaces after its last character"),
        WhiteSpace::Inside => done.push("it broke it into lines or put spaces in"),
    }
    if here.has_carriage_returns {
        done.push("it used the line ends of Windows");
    }
    if here.said() != issued.said() {
        done.push("it put its fields in another order");
    }
    if here.strings.iter().any(|string| !is_canonical(string)) {
        done.push("it spelt letters as codes");
    }
    if here.numbers.iter().any(|number| !is_canonical(number)) {
        done.push("it wrote numbers in another form");
    }
    let what = if done.is_empty() { "it is not spelt as it was issued".to_owned() } else { done.join(", ") };
    Finding::new(
        "not-canonical",
        format!(
            "A program saved this file again: {what}. It may say the same, but only the bytes that were issued can be checked. {ONCE_MORE}"
        ),
    )
}

/// The words of a JSON document, as they are spelt.
struct Spelling<'b> {
    strings: Vec<&'b [u8]>,
    numbers: Vec<&'b [u8]>,
    white_space: WhiteSpace,
    has_carriage_returns: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WhiteSpace {
    None,
    AtTheEnd,
    Inside,
}

impl<'b> Spelling<'b> {
    /// Takes proper JSON apart; of anything else it makes what it can.
    fn of(bytes: &'b [u8]) -> Spelling<'b> {
        let body = bytes.trim_ascii_end();
        let white_space = if body.len() < bytes.len() { WhiteSpace::AtTheEnd } else { WhiteSpace::None };
        let mut spelling = Spelling { strings: Vec::new(), numbers: Vec::new(), white_space, has_carriage_returns: bytes.contains(&b'\r') };
        let mut rest = body;
        while let Some(first) = rest.first() {
            let length = match first {
                b'"' => string_length(rest),
                b'-' | b'0'..=b'9' => rest.iter().take_while(|byte| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')).count(),
                _ => 1,
            };
            let (word, after) = rest.split_at(length);
            match first {
                b'"' => spelling.strings.push(word),
                b'-' | b'0'..=b'9' => spelling.numbers.push(word),
                b' ' | b'\t' | b'\n' | b'\r' => spelling.white_space = WhiteSpace::Inside,
                _ => {}
            }
            rest = after;
        }
        spelling
    }

    /// What the strings say, in their order.
    fn said(&self) -> Vec<Option<String>> {
        self.strings.iter().map(|string| serde_json::from_slice(string).ok()).collect()
    }
}

/// A string with both its quotes.
fn string_length(from_quote: &[u8]) -> usize {
    let mut escaped = false;
    let inside = from_quote.iter().skip(1).take_while(|byte| match (escaped, byte) {
        (true, _) => {
            escaped = false;
            true
        }
        (false, b'\\') => {
            escaped = true;
            true
        }
        (false, byte) => **byte != b'"',
    });
    (inside.count() + 2).min(from_quote.len())
}

fn is_canonical(word: &[u8]) -> bool {
    let value = serde_json::from_slice::<Value>(word).ok();
    value.and_then(|value| to_jcs(&value).ok()).is_some_and(|canonical| canonical.as_bytes() == word)
}
