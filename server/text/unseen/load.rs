//! The signs the rule knows and the letters that need them, as the table in `web/src/text/unseen.json` lists them.
//!
//! A row is a first and a last code, a name, and where the sign may stay. Rows and ranges stand in the order of their codes.

use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

pub fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    // Compiled in and read by every test: a broken table never leaves the workshop.
    TABLE.get_or_init(|| {
        serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/text/unseen.json"))).expect("a table of signs")
    })
}

/// Where a sign may stay; the first three nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stays {
    Gone,
    Space,
    ByHand,
    LeftMark,
    RightMark,
    Isolate,
    NonJoiner,
    Joiner,
    WordBreak,
    HebrewOrder,
    MongolianForm,
    MongolianBreak,
    Variation,
    Ideographic,
}

#[derive(Deserialize)]
pub struct Table {
    pub stacked_max: usize,
    signs: Vec<Sign>,
    pub letters: Letters,
}

/// Characters from one code to another.
#[derive(Deserialize)]
#[serde(from = "(String, String, String, Stays)")]
pub struct Sign {
    from: u32,
    to: u32,
    pub name: String,
    pub stays: Stays,
}

#[derive(Deserialize)]
pub struct Letters {
    pub right_to_left: Ranges,
    pub joining: Ranges,
    pub unspaced: Ranges,
    pub mongolian: Ranges,
    pub hebrew_points: Ranges,
    pub ideographs: Ranges,
    pub varying: Ranges,
    pub stacking: Ranges,
}

/// In order, so that they can be searched.
#[derive(Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub struct Ranges(Vec<(u32, u32)>);

impl Table {
    pub fn sign(&self, letter: char) -> Option<&Sign> {
        let code = u32::from(letter);
        let at = self.signs.partition_point(|sign| sign.to < code);
        self.signs.get(at).filter(|sign| sign.from <= code)
    }
}

impl Ranges {
    pub fn has(&self, letter: char) -> bool {
        let code = u32::from(letter);
        let at = self.0.partition_point(|(_, to)| *to < code);
        self.0.get(at).is_some_and(|(from, _)| *from <= code)
    }

    /// Whether this is a letter or mark of the scripts named here.
    pub fn joins(&self, letter: char) -> bool {
        self.has(letter) && (letter.is_alphabetic() || is_combining_mark(letter))
    }
}

impl From<(String, String, String, Stays)> for Sign {
    fn from((from, to, name, stays): (String, String, String, Stays)) -> Self {
        Sign { from: code(&from), to: code(&to), name, stays }
    }
}

impl From<Vec<(String, String)>> for Ranges {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Ranges(pairs.iter().map(|(from, to)| (code(from), code(to))).collect())
    }
}

fn code(hex: &str) -> u32 {
    // What is no number matches no character; the editor's test walks the table against another copy of Unicode's data.
    u32::from_str_radix(hex, 16).unwrap_or(u32::MAX)
}
