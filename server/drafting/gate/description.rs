//! What a draft may hold: which texts, and which formats and embeds in them. Server and page read the same table.
//!
//! Pure: a text, a key and a value go in, yes or no comes out. Whether a format stands at a letter or at a paragraph mark
//! is no question here; readers leave out what stands at the wrong one. What may be said beside the text is read elsewhere
//! ([`Word`](super::proposing::Word)).

use serde_json::Value;

use crate::text::description;

/// What one kind of draft may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Description {
    /// A statement: its body and its footnotes.
    #[default]
    Statement,
    /// For measuring: letters in one text `text`, and as many as one likes.
    Bench,
}

/// One of the draft's texts: 0 is the body, others are footnotes, by their id read as a number; and the two beside them, in which
/// stands what is proposed, and how that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Root(u64);

const BODY: Root = Root(0);

impl Root {
    pub const ASKS: Root = Root(u64::MAX);
    pub const FATES: Root = Root(u64::MAX - 1);

    /// Whether it holds words, and not what is said about them.
    pub fn is_text(self) -> bool {
        self != Root::ASKS && self != Root::FATES
    }

    pub fn is_note(self) -> bool {
        self != BODY && self.is_text()
    }

    /// The footnote's id.
    pub fn note(self) -> Option<String> {
        let sign = |place: u32| char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[((self.0 - 1) / 36u64.pow(place) % 36) as usize]);
        self.is_note().then(|| (0..10).rev().map(sign).collect())
    }
}

impl Description {
    /// The text of that name, if there may be one.
    pub fn root(self, name: &str) -> Option<Root> {
        match self {
            Description::Bench => (name == "text").then_some(BODY),
            Description::Statement if name == description::body() => Some(BODY),
            Description::Statement if name == description::asks() => Some(Root::ASKS),
            Description::Statement if name == description::fates() => Some(Root::FATES),
            Description::Statement => description::note_of(name).map(note),
        }
    }

    /// Whether a format may be set in a text. `null` ends one.
    pub fn admits(self, root: Root, key: &str, json: &str) -> bool {
        let rule: fn(Root, &Value) -> bool = match key {
            _ if self == Description::Bench || !root.is_text() => return false,
            "bold" | "italic" => |_, value| value == true,
            "link" => |_, value| value.as_str().is_some_and(description::is_link),
            "lang" => |_, value| value.as_str().is_some_and(description::is_language),
            "block" => |root, value| value.as_str().is_some_and(|block| description::has_block(block, root.is_note())),
            "dir" => |_, value| value.as_str().is_some_and(description::is_direction),
            "start" => |root, value| !root.is_note() && value.as_u64().is_some_and(description::is_start),
            _ if description::bracket_of(key).is_some() => {
                |_, value| value.as_str().is_some_and(|which| description::alternative(which).is_some())
            }
            _ => return false,
        };
        serde_json::from_str(json).is_ok_and(|value: Value| value.is_null() || rule(root, &value))
    }

    /// Whether an embed may stand in a text: the place of a footnote, in the body, written as editors write it.
    pub fn admits_embed(self, root: Root, json: &str) -> bool {
        let id = json.strip_prefix(r#"{"note":""#).and_then(|rest| rest.strip_suffix(r#""}"#));
        self == Description::Statement && root == BODY && id.is_some_and(description::is_note)
    }

    /// The bracket that a format puts letters into, as a number.
    pub fn bracket(self, key: &str) -> Option<u64> {
        u64::from_str_radix(description::bracket_of(key)?, 36).ok()
    }

    /// Whether the draft's ceilings hold for it.
    pub fn has_ceilings(self) -> bool {
        self == Description::Statement
    }
}

/// A footnote's number: its signs are the digits of base 36, of which ten fit.
fn note(id: &str) -> Root {
    Root(u64::from_str_radix(id, 36).unwrap_or(u64::MAX - 3) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: Description = Description::Statement;

    #[test]
    fn a_draft_has_a_body_and_notes_and_no_other_text() {
        assert_eq!(STATEMENT.root("draft"), Some(BODY));
        let beside = [STATEMENT.root("asks"), STATEMENT.root("fates")].map(Option::unwrap);
        assert!(beside.iter().all(|root| !root.is_text() && !root.is_note() && !STATEMENT.admits(*root, "bold", "true")));
        let first = STATEMENT.root("note:0000000000").unwrap();
        let last = STATEMENT.root("note:zzzzzzzzzz").unwrap();
        assert!(first.is_note() && last.is_note() && first != last);
        for id in ["0000000000", "zzzzzzzzzz", "a1b2c3d4e5"] {
            assert_eq!(STATEMENT.root(&format!("note:{id}")).and_then(Root::note).as_deref(), Some(id));
        }
        for name in [
            "",
            "default",
            "draft ",
            "Draft",
            "text",
            "Asks",
            "note:",
            "note:123456789",
            "note:12345678901",
            "note:ABCDEFGHIJ",
            "note:é23456789",
        ] {
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
            ("brk--a1b2c3d4e5", "\"0\"", true, true),
            ("brk--a1b2c3d4e5", "\"9\"", true, true),
            ("brk--a1b2c3d4e5", "null", true, true),
            ("brk--a1b2c3d4e5", "\"10\"", false, false),
            ("brk--a1b2c3d4e5", "0", false, false),
            ("brk--a1b2c3d4e5", "true", false, false),
            ("brk--a1b2c3d4e", "\"0\"", false, false),
            ("brk--A1B2C3D4E5", "\"0\"", false, false),
            ("brk--", "null", false, false),
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
}
