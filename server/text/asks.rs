//! What is said in a draft *about* its text: what somebody proposes, and how that was answered. Each is one embed, written in one way
//! only but for the order of its names; the editor's half is `web/src/text/asks.ts`.
//!
//! Letters, marks and places are named by the ids they have in the shared document, never by where they stand: `<client>.<clock>`, or
//! `<client>.<clock>.<len>` for several that follow one another, in base 36, ascending, with one space between.
//! Who proposes has a client id of its own for it, which begins with [`Ask::By`]: what such an id brings is proposed, and no more.

use std::fmt::{self, Write as _};

use serde::Deserialize;
use serde_json::Value;

use super::description::{has_block, is_direction, is_language, is_link, is_note, is_start};

/// Some clocks of one client that follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Items {
    pub client: u64,
    pub clock: u32,
    pub len: u32,
}

impl Items {
    pub fn end(self) -> u32 {
        self.clock + self.len
    }
}

/// Whose suggestion: a writer's handle in this draft, and a number of ten signs of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Suggestion {
    pub handle: String,
    pub sid: String,
}

/// What letters or a mark would say of themselves: a name and its value, `null` to end it. In the order of their names.
pub type Looks = Vec<(String, Value)>;

/// Said by who proposes.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// What this client brings is proposed by this handle. Its first clock, and only that.
    By(String),
    /// What it brings from here on belongs to this suggestion of that handle.
    Begin(String),
    /// These would go.
    Strike(Vec<Items>),
    /// These would look so.
    Style(Vec<Items>, Looks),
    /// The paragraph that this mark closes would be so.
    Block(Items, Looks),
}

/// Said by who decides: what of a suggestion is answered, letters and asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Fate {
    pub suggestion: Suggestion,
    pub accepted: bool,
    pub of: Vec<Items>,
}

/// Clocks, and client ids, are less than these.
const CLOCK_END: u64 = 1 << 31;
const CLIENT_END: u64 = 1 << 53;

const STYLES: &[&str] = &["bold", "italic", "lang", "link"];
const BLOCK: &[&str] = &["block", "dir", "start"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    by: Option<String>,
    ask: Option<String>,
    del: Option<String>,
    fmt: Option<String>,
    blk: Option<String>,
    set: Option<serde_json::Map<String, Value>>,
    yes: Option<String>,
    no: Option<String>,
    of: Option<String>,
}

impl Ask {
    /// `None` for anything that is not written so.
    pub fn read(json: &str) -> Option<Ask> {
        let Written { by, ask, del, fmt, blk, set, .. } = serde_json::from_str(json).ok()?;
        let ask = match (by, ask, del, fmt, blk, set) {
            (Some(by), None, None, None, None, None) if is_note(&by) => Ask::By(by),
            (None, Some(sid), None, None, None, None) if is_note(&sid) => Ask::Begin(sid),
            (None, None, Some(items), None, None, None) => Ask::Strike(read_items(&items)?),
            (None, None, None, Some(items), None, Some(set)) => Ask::Style(read_items(&items)?, styles(set)?),
            (None, None, None, None, Some(item), Some(set)) => Ask::Block(one(&read_items(&item)?)?, block(set)?),
            _ => return None,
        };
        is_written(json, &ask.to_string()).then_some(ask)
    }

    /// What it names.
    pub fn items(&self) -> &[Items] {
        match self {
            Ask::By(_) | Ask::Begin(_) => &[],
            Ask::Strike(items) | Ask::Style(items, _) => items,
            Ask::Block(item, _) => std::slice::from_ref(item),
        }
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ask::By(handle) => write!(to, r#"{{"by":"{handle}"}}"#),
            Ask::Begin(sid) => write!(to, r#"{{"ask":"{sid}"}}"#),
            Ask::Strike(items) => write!(to, r#"{{"del":"{}"}}"#, items_written(items)),
            Ask::Style(items, looks) => write!(to, r#"{{"fmt":"{}","set":{}}}"#, items_written(items), looks_written(looks)),
            Ask::Block(item, looks) => write!(to, r#"{{"blk":"{}","set":{}}}"#, items_written(&[*item]), looks_written(looks)),
        }
    }
}

impl Fate {
    /// `None` for anything that is not written so.
    pub fn read(json: &str) -> Option<Fate> {
        let written: Written = serde_json::from_str(json).ok()?;
        let (named, accepted) = match (written.yes, written.no) {
            (Some(yes), None) => (yes, true),
            (None, Some(no)) => (no, false),
            _ => return None,
        };
        let (handle, sid) = named.split_once('.').filter(|(handle, sid)| is_note(handle) && is_note(sid))?;
        let suggestion = Suggestion { handle: handle.to_owned(), sid: sid.to_owned() };
        let fate = Fate { suggestion, accepted, of: read_items(&written.of?)? };
        is_written(json, &fate.to_string()).then_some(fate)
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Suggestion { handle, sid } = &self.suggestion;
        let word = if self.accepted { "yes" } else { "no" };
        write!(to, r#"{{"{word}":"{handle}.{sid}","of":"{}"}}"#, items_written(&self.of))
    }
}

/// The same names and values, in whatever order: yrs keeps an embed's names in none, and writes them so when it merges updates.
// With a blank, a repetition or another form of a letter it would be longer.
fn is_written(json: &str, usual: &str) -> bool {
    let value = serde_json::from_str::<Value>;
    json == usual || json.len() == usual.len() && value(json).is_ok_and(|said| value(usual).is_ok_and(|usual| said == usual))
}

fn styles(set: serde_json::Map<String, Value>) -> Option<Looks> {
    let looks: Looks = STYLES.iter().filter_map(|name| Some(((*name).to_owned(), set.get(*name)?.clone()))).collect();
    let may = |(name, value): &(String, Value)| {
        value.is_null()
            || match &**name {
                "link" => value.as_str().is_some_and(is_link),
                "lang" => value.as_str().is_some_and(is_language),
                _ => value == true,
            }
    };
    (!looks.is_empty() && looks.len() == set.len() && looks.iter().all(may)).then_some(looks)
}

fn block(set: serde_json::Map<String, Value>) -> Option<Looks> {
    let looks: Looks = BLOCK.iter().filter_map(|name| Some(((*name).to_owned(), set.get(*name)?.clone()))).collect();
    let may = |(name, value): &(String, Value)| {
        value.is_null()
            || match &**name {
                "block" => value.as_str().is_some_and(|block| has_block(block, false)),
                "dir" => value.as_str().is_some_and(is_direction),
                _ => value.as_u64().is_some_and(is_start),
            }
    };
    (looks.len() == BLOCK.len() && set.len() == BLOCK.len() && looks.iter().all(may)).then_some(looks)
}

fn looks_written(looks: &Looks) -> String {
    let written: Vec<String> = looks.iter().map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
    format!("{{{}}}", written.join(","))
}

/// As [`Ask`] and [`Fate`] name them. Not empty.
pub fn items_written(items: &[Items]) -> String {
    let mut to = String::new();
    for Items { client, clock, len } in items {
        let between = if to.is_empty() { "" } else { " " };
        let _ = write!(to, "{between}{}.{}", Base36(*client), Base36((*clock).into()));
        if *len != 1 {
            let _ = write!(to, ".{}", Base36((*len).into()));
        }
    }
    to
}

fn read_items(written: &str) -> Option<Vec<Items>> {
    let mut all: Vec<Items> = Vec::new();
    for one in written.split(' ') {
        let mut numbers = one.split('.').map(|number| u64::from_str_radix(number, 36).ok());
        let (client, clock, len) = (numbers.next()??, numbers.next()??, numbers.next().unwrap_or(Some(1))?);
        if numbers.next().is_some() || client >= CLIENT_END || clock >= CLOCK_END || len == 0 || clock.checked_add(len)? > CLOCK_END {
            return None;
        }
        let items = Items { client, clock: clock as u32, len: len as u32 };
        // What touches the one before is written with it.
        if all.last().is_some_and(|last| (last.client, last.end()) >= (items.client, items.clock)) {
            return None;
        }
        all.push(items);
    }
    Some(all)
}

fn one(items: &[Items]) -> Option<Items> {
    match items {
        [one] if one.len == 1 => Some(*one),
        _ => None,
    }
}

struct Base36(u64);

impl fmt::Display for Base36 {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut signs = Vec::new();
        let mut left = self.0;
        while left > 0 || signs.is_empty() {
            signs.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(left % 36) as usize]);
            left /= 36;
        }
        signs.iter().rev().try_for_each(|sign| to.write_char(char::from(*sign)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors() -> Value {
        serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/asks/forms.json"))).unwrap()
    }

    fn strings(of: &Value) -> impl Iterator<Item = &str> {
        of.as_array().unwrap().iter().map(|one| one.as_str().unwrap())
    }

    #[test]
    fn what_is_written_as_it_should_be_is_read_and_written_the_same() {
        let vectors = vectors();
        for json in strings(&vectors["asks"]) {
            assert_eq!(Ask::read(json).map(|ask| ask.to_string()).as_deref(), Some(json));
            assert_eq!(Fate::read(json), None, "{json}");
        }
        for json in strings(&vectors["fates"]) {
            assert_eq!(Fate::read(json).map(|fate| fate.to_string()).as_deref(), Some(json));
            assert_eq!(Ask::read(json), None, "{json}");
        }
    }

    #[test]
    fn the_order_of_names_says_nothing() {
        for json in strings(&vectors()["in_another_order"]) {
            let again = Ask::read(json).map(|ask| ask.to_string()).or(Fate::read(json).map(|fate| fate.to_string())).unwrap();
            assert!(again != json && is_written(json, &again), "{json}");
        }
    }

    #[test]
    fn all_else_is_read_as_nothing() {
        for json in strings(&vectors()["neither"]) {
            assert_eq!((Ask::read(json), Fate::read(json)), (None, None), "{json}");
        }
    }

    #[test]
    fn what_is_named_is_found_again() {
        let Some(Ask::Strike(items)) = Ask::read(r#"{"del":"a.0.10 a.11 b.5"}"#) else { panic!() };
        assert_eq!(items, [(10, 0, 36), (10, 37, 1), (11, 5, 1)].map(|(client, clock, len)| Items { client, clock, len }));
    }
}
