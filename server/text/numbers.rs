//! Numbers of paragraphs and items, which no draft holds: they follow from what stands before.
//!
//! Numbered paragraphs are counted through the whole text as the UN writes them: `1.`, `(a)` under it, `(i)` under that. Items
//! of an ordered list are counted in their list, at their level. A list is what stands together of items and their further
//! paragraphs; a shallower item ends the count of deeper ones, a bullet that of its own level. The editor numbers by the
//! same rule (`web/src/text/numbering.ts`).

use super::block::Kind;

/// Counts through a text, block after block.
#[derive(Default)]
pub struct Numbers {
    /// Numbered paragraphs: of the text, under the last of them, and under the last of those.
    paragraphs: [u64; 3],
    /// Items of the list that is being read, by level.
    items: Vec<u64>,
}

/// What a block is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Number {
    /// `3.`, `(b)`, `(iv)`, `a.`; nothing for a block without one.
    pub label: Option<String>,
    /// As it is cited: `3(b)(iv)`; an item by its label alone.
    pub cited: Option<String>,
}

impl Numbers {
    pub fn next(&mut self, kind: Kind, level: Option<u8>, start: Option<u64>) -> Number {
        let level = usize::from(level.unwrap_or(1)).max(1);
        match kind {
            Kind::Ordered => {
                let before = self.items.get(level - 1).copied().unwrap_or(0);
                self.items.resize(level, 0);
                self.items[level - 1] = start.unwrap_or(before + 1);
                let label = item_label(level as u8, self.items[level - 1]);
                Number { cited: Some(label.trim_end_matches('.').to_owned()), label: Some(label) }
            }
            Kind::Bullet => {
                self.items.truncate(level - 1);
                Number::default()
            }
            Kind::Continuation => Number::default(),
            Kind::Numbered => {
                self.items.clear();
                self.numbered(level.min(3))
            }
            Kind::Heading | Kind::Paragraph | Kind::Quotation => {
                self.items.clear();
                Number::default()
            }
        }
    }

    fn numbered(&mut self, level: usize) -> Number {
        self.paragraphs[level - 1] += 1;
        self.paragraphs[level..].fill(0);
        let [first, second, third] = self.paragraphs;
        let (lettered, roman) = (format!("({})", letters(second)), format!("({})", roman(third)));
        let between = if second > 0 { lettered.as_str() } else { "" };
        let (label, cited) = match level {
            1 => (format!("{first}."), first.to_string()),
            2 => (lettered.clone(), format!("{first}{lettered}")),
            _ => (roman.clone(), format!("{first}{between}{roman}")),
        };
        Number { label: Some(label), cited: Some(cited) }
    }
}

/// `1.`, `a.`, `i.`, and from the fourth level on again.
pub fn item_label(level: u8, number: u64) -> String {
    match level % 3 {
        1 => format!("{number}."),
        2 => format!("{}.", letters(number)),
        _ => format!("{}.", roman(number)),
    }
}

/// Which number an item of this level has by its label.
pub fn item_number(level: u8, label: &str) -> Option<u64> {
    let signs = label.strip_suffix('.').filter(|signs| signs.len() <= 20)?;
    let number = match level % 3 {
        1 => signs.parse().ok()?,
        2 => signs.bytes().try_fold(0u64, |number, sign| number.checked_mul(26)?.checked_add(u64::from(sign.checked_sub(b'a')?) + 1))?,
        _ => {
            let (mut rest, mut number) = (signs, 0);
            for (worth, sign) in ROMAN {
                while let Some(after) = rest.strip_prefix(sign) {
                    (rest, number) = (after, number + worth);
                }
            }
            number
        }
    };
    (number > 0 && item_label(level, number) == label).then_some(number)
}

/// a … z, aa, ab …
fn letters(number: u64) -> String {
    let (mut letters, mut rest) = (Vec::new(), number);
    while rest > 0 {
        letters.push(b'a' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

const ROMAN: [(u64, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// i, ii … ix, x …; the thousands are written out.
fn roman(number: u64) -> String {
    let (mut signs, mut rest) = (String::new(), number);
    for (worth, sign) in ROMAN {
        signs.push_str(&sign.repeat((rest / worth) as usize));
        rest %= worth;
    }
    signs
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::text::description;

    #[test]
    fn letters_and_roman_numerals_go_on() {
        assert_eq!([1, 26, 27, 28, 53, 702, 703].map(letters), ["a", "z", "aa", "ab", "ba", "zz", "aaa"]);
        assert_eq!([1, 4, 9, 14, 40, 99, 400, 1994, 5000].map(roman), ["i", "iv", "ix", "xiv", "xl", "xcix", "cd", "mcmxciv", "mmmmm"]);
    }

    #[derive(Deserialize)]
    struct Case {
        blocks: Vec<Named>,
        labels: Vec<String>,
        #[serde(default)]
        cited: Vec<String>,
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Named {
        Plain(String),
        Starting(String, u64),
    }

    #[test]
    fn every_block_is_called_as_the_editor_calls_it() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/drafts/numbering.json"))).unwrap();
        for Case { blocks, labels, cited } in cases {
            let mut numbers = Numbers::default();
            let (mut called, mut named) = (Vec::new(), Vec::new());
            for block in blocks {
                let (name, start) = match block {
                    Named::Plain(name) => (name, None),
                    Named::Starting(name, start) => (name, Some(start)),
                };
                let (kind, level) = description::block(&name).unwrap();
                let Number { label, cited } = numbers.next(kind, level, start);
                called.push(label.unwrap_or_default());
                named.push(cited.filter(|_| kind == Kind::Numbered).unwrap_or_default());
            }
            assert_eq!(called, labels);
            assert!(cited.is_empty() || named == cited, "{named:?}, not {cited:?}");
        }
    }

    #[test]
    fn a_label_says_its_number() {
        for level in 1..=6 {
            for number in [1, 4, 26, 27, 999, 9999] {
                assert_eq!(item_number(level, &item_label(level, number)), Some(number));
            }
            for label in ["", ".", "0.", "x", "99999999999999999999.", "A.", "é."] {
                assert_eq!(item_number(level, label), None, "{label} at level {level}");
            }
        }
        assert_eq!(item_number(3, "iiii."), None, "one number has one label");
    }
}
