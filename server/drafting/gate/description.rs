//! What a draft may hold: which texts, and which formats and embeds in them. Server and page read the same table.
//!
//! Pure: a text, a key and a value go in, yes or no comes out. Whether a format stands at a letter or at a paragraph mark
//! is no question here; readers leave out what stands at the wrong one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::Value;

/// What one kind of draft may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Description {
    /// A statement: its body and its footnotes.
    #[default]
    Statement,
    /// For measuring: letters in one text `text`, and as many as one likes.
    Bench,
}

/// One of the draft's texts: 0 is the body, others are footnotes, by their id read as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Root(u64);

const BODY: Root = Root(0);

impl Root {
    pub fn is_note(self) -> bool {
        self != BODY
    }
}

impl Description {
    /// The table's version, which a page may name to be told that it is another's.
    pub fn version() -> u32 {
        table().version
    }

    /// The text of that name, if there may be one.
    pub fn root(self, name: &str) -> Option<Root> {
        match self {
            Description::Bench => (name == "text").then_some(BODY),
            Description::Statement if name == table().body => Some(BODY),
            Description::Statement => note(name.strip_prefix(&table().note)?),
        }
    }

    /// Whether a format may be set in a text. `null` ends one.
    pub fn admits(self, root: Root, key: &str, json: &str) -> bool {
        let rule: fn(&Table, Root, &Value) -> bool = match key {
            _ if self == Description::Bench => return false,
            "bold" | "italic" => |_, _, value| value == true,
            "link" => |table, _, value| text(value).is_some_and(|link| units(link, table.link_chars_max)),
            "lang" => |table, _, value| {
                let good = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
                text(value).is_some_and(|tag| units(tag, table.language_chars_max) && tag.chars().all(good))
            },
            "block" => |table, root, value| text(value).is_some_and(|block| table.has_block(root, block)),
            "dir" => |table, _, value| text(value).is_some_and(|dir| table.directions.iter().any(|known| known == dir)),
            "start" => |table, root, value| !root.is_note() && value.as_u64().is_some_and(|at| (1..=table.start_max).contains(&at)),
            _ => return false,
        };
        serde_json::from_str(json).is_ok_and(|value: Value| value.is_null() || rule(table(), root, &value))
    }

    /// Whether an embed may stand in a text: the place of a footnote, in the body, written as editors write it.
    pub fn admits_embed(self, root: Root, json: &str) -> bool {
        let id = json.strip_prefix(r#"{"note":""#).and_then(|rest| rest.strip_suffix(r#""}"#));
        self == Description::Statement && root == BODY && id.is_some_and(|id| note(id).is_some())
    }

    /// Whether the draft's ceilings hold for it.
    pub fn has_ceilings(self) -> bool {
        self == Description::Statement
    }
}

/// `web/src/text/draft.json`.
#[derive(Debug, Deserialize)]
struct Table {
    version: u32,
    body: String,
    note: String,
    note_id_chars: usize,
    /// Each kind of block with its deepest level, 0 for a kind without levels.
    blocks: BTreeMap<String, u8>,
    note_blocks: Vec<String>,
    directions: Vec<String>,
    start_max: u64,
    link_chars_max: usize,
    language_chars_max: usize,
}

impl Table {
    /// `kind`, or `kind:level` where the kind has levels.
    fn has_block(&self, root: Root, block: &str) -> bool {
        let (kind, level) = block.split_once(':').map_or((block, None), |(kind, level)| (kind, Some(level)));
        let levels = self.blocks.get(kind).is_some_and(|max| match level {
            None => *max == 0,
            Some(level) => (1..=*max).any(|known| level == known.to_string()),
        });
        levels && (!root.is_note() || self.note_blocks.iter().any(|known| known == kind))
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/text/draft.json")))
            .expect("a table of what drafts hold")
    })
}

/// Small letters and digits are the digits of base 36; twelve of them fit.
fn note(id: &str) -> Option<Root> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(u64::from(byte - b'0')),
        b'a'..=b'z' => Some(u64::from(byte - b'a') + 10),
        _ => None,
    };
    let long = id.len() == table().note_id_chars;
    long.then(|| id.bytes().try_fold(0, |number, byte| Some(number * 36 + digit(byte)?)))?.map(|number: u64| Root(number + 1))
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn units(text: &str, max: usize) -> bool {
    !text.is_empty() && text.encode_utf16().count() <= max
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: Description = Description::Statement;

    #[test]
    fn a_draft_has_a_body_and_notes_and_no_other_text() {
        assert_eq!(STATEMENT.root("draft"), Some(BODY));
        let first = STATEMENT.root("note:0000000000").unwrap();
        let last = STATEMENT.root("note:zzzzzzzzzz").unwrap();
        assert!(first.is_note() && last.is_note() && first != last);
        for name in
            ["", "default", "draft ", "Draft", "text", "note:", "note:123456789", "note:12345678901", "note:ABCDEFGHIJ", "note:é23456789"]
        {
            assert_eq!(STATEMENT.root(name), None, "{name}");
        }
    }

    #[test]
    fn formats_are_those_of_the_table() {
        let note = STATEMENT.root("note:abcdefghij").unwrap();
        let link = |len: usize| format!("\"{}\"", "x".repeat(len));
        let rows: &[(&str, &str, bool, bool)] = &[
            ("bold", "true", true, true),
            ("bold", "null", true, true),
            ("bold", "false", false, false),
            ("bold", "1", false, false),
            ("bold", "{}", false, false),
            ("italic", "true", true, true),
            ("italic", "\"true\"", false, false),
            ("underline", "true", false, false),
            ("underline", "null", false, false),
            ("", "null", false, false),
            ("ins--abc", "true", false, false),
            ("link", "\"https://example.org/\"", true, true),
            ("link", "\"\"", false, false),
            ("link", &link(2048), true, true),
            ("link", &link(2049), false, false),
            ("link", "{\"href\":\"https://example.org/\"}", false, false),
            ("link", r#""\ud800""#, false, false),
            ("lang", "\"zh-Hant\"", true, true),
            ("lang", "\"en_GB\"", false, false),
            ("lang", &format!("\"{}\"", "x".repeat(36)), false, false),
            ("block", "\"title\"", true, false),
            ("block", "\"title:1\"", false, false),
            ("block", "\"paragraph\"", true, true),
            ("block", "\"heading\"", false, false),
            ("block", "\"heading:3\"", true, false),
            ("block", "\"heading:4\"", false, false),
            ("block", "\"numbered:0\"", false, false),
            ("block", "\"numbered:01\"", false, false),
            ("block", "\"bullet:6\"", true, false),
            ("block", "\"bullet:6:1\"", false, false),
            ("block", "\"table\"", false, false),
            ("block", "{\"kind\":\"title\"}", false, false),
            ("block", "null", true, true),
            ("dir", "\"rtl\"", true, true),
            ("dir", "\"auto\"", false, false),
            ("start", "1", true, false),
            ("start", "9999", true, false),
            ("start", "0", false, false),
            ("start", "10000", false, false),
            ("start", "5.0", false, false),
            ("start", "\"5\"", false, false),
            ("start", "1e999", false, false),
            ("bold", "", false, false),
            ("bold", "undefined", false, false),
            ("bold", "true true", false, false),
            ("bold", &"[".repeat(8000), false, false),
        ];
        for (key, json, in_body, in_note) in rows {
            assert_eq!(STATEMENT.admits(BODY, key, json), *in_body, "{key}: {json}");
            assert_eq!(STATEMENT.admits(note, key, json), *in_note, "{key}: {json} in a note");
            assert!(!Description::Bench.admits(BODY, key, json), "{key}: {json} on the bench");
        }
    }

    #[test]
    fn the_one_embed_is_the_place_of_a_note_in_the_body() {
        let note = STATEMENT.root("note:abcdefghij").unwrap();
        let place = r#"{"note":"abcdefghij"}"#;
        assert!(STATEMENT.admits_embed(BODY, place));
        assert!(!STATEMENT.admits_embed(note, place) && !Description::Bench.admits_embed(BODY, place));
        for json in [
            "",
            "{}",
            "null",
            r#"{"note":"short"}"#,
            r#"{"note":"abcdefghij","x":1}"#,
            r#"{"image":"abcdefghij"}"#,
            r#"{ "note":"abcdefghij"}"#,
        ] {
            assert!(!STATEMENT.admits_embed(BODY, json), "{json}");
        }
    }

    #[test]
    fn every_level_of_the_table_is_one_digit_and_every_note_kind_is_a_kind() {
        assert!(table().blocks.values().all(|max| *max < 10));
        assert!(table().note_blocks.iter().all(|kind| table().blocks.contains_key(kind)));
        assert!(table().note_id_chars <= 12, "an id has to fit into a number");
    }
}
