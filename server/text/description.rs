//! How a draft says what a block is, and how a text does: one table, which the editor reads too (`web/src/text/draft.json`).
//!
//! A draft knows `title` and `heading:1` … `heading:3`, a text headings of the levels 1 … 4; all else has one name in both.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::block::Kind;

/// The kind of paragraph that needs no name.
pub const PARAGRAPH: &str = "paragraph";

/// What `block` may name, as a text has it; nothing for a name this description does not know.
pub fn block(name: &str) -> Option<(Kind, Option<u8>)> {
    let (kind, level) = name.split_once(':').map_or((name, None), |(kind, level)| (kind, Some(level)));
    let levels = *table().blocks.get(kind)?;
    let level = match level {
        None if levels == 0 => None,
        Some(level) => Some((1..=levels).find(|known| level == known.to_string())?),
        None => return None,
    };
    let kind = match kind {
        "title" => return Some((Kind::Heading, Some(1))),
        "heading" => return Some((Kind::Heading, level.map(|level| level + 1))),
        PARAGRAPH => Kind::Paragraph,
        "numbered" => Kind::Numbered,
        "continuation" => Kind::Continuation,
        "bullet" => Kind::Bullet,
        "ordered" => Kind::Ordered,
        "quotation" => Kind::Quotation,
        _ => return None,
    };
    Some((kind, level))
}

/// What a draft calls such a block; nothing where it needs no name.
pub fn name(kind: Kind, level: Option<u8>) -> Option<String> {
    let level = level.unwrap_or(1);
    Some(match kind {
        Kind::Heading if level <= 1 => "title".to_owned(),
        Kind::Heading => format!("heading:{}", level - 1),
        Kind::Paragraph => return None,
        Kind::Numbered => format!("numbered:{level}"),
        Kind::Continuation => format!("continuation:{level}"),
        Kind::Bullet => format!("bullet:{level}"),
        Kind::Ordered => format!("ordered:{level}"),
        Kind::Quotation => "quotation".to_owned(),
    })
}

/// The table's version, which a page may name to be told that it is another's.
pub fn version() -> u32 {
    table().version
}

/// Whether a block may be called so, in the body or in a footnote.
pub fn has_block(name: &str, in_note: bool) -> bool {
    let kind = name.split(':').next().unwrap_or_default();
    block(name).is_some() && (!in_note || table().note_blocks.iter().any(|known| known == kind))
}

pub fn is_direction(dir: &str) -> bool {
    table().directions.iter().any(|known| known == dir)
}

/// The name of the text that is the draft's body.
pub fn body() -> &'static str {
    &table().body
}

/// The name of the root that holds what is proposed ([`super::asks`]).
pub fn asks() -> &'static str {
    &table().asks
}

/// The name of the root that holds how it was answered.
pub fn fates() -> &'static str {
    &table().fates
}

/// The name of the text that holds a footnote's words.
pub fn note(id: &str) -> String {
    format!("{}{id}", table().note)
}

/// The footnote whose words stand in the text of that name.
pub fn note_of(root: &str) -> Option<&str> {
    root.strip_prefix(&table().note).filter(|id| is_note(id))
}

pub fn is_note(id: &str) -> bool {
    id.len() == table().note_id_chars && id.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}

/// A footnote's id, of random bytes; of 256 values 252 are spread evenly over 36 signs, which is even enough for ids.
pub fn note_id(random: [u8; 16]) -> String {
    let sign = |byte: &u8| char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[usize::from(byte % 36)]);
    random.iter().take(table().note_id_chars).map(sign).collect()
}

/// The bracket that a format of that name puts letters into. Its value says into which of its alternatives ([`alternative`]).
pub fn bracket_of(format: &str) -> Option<&str> {
    format.strip_prefix(&table().bracket).filter(|id| is_bracket(id))
}

/// Brackets have ids of the same kind as footnotes.
pub fn is_bracket(id: &str) -> bool {
    is_note(id)
}

/// Which alternative of its bracket that is, from 0: one digit, as a word.
pub fn alternative(value: &str) -> Option<u8> {
    let number: u8 = value.parse().ok().filter(|number| usize::from(*number) < table().alternatives_max)?;
    (value == number.to_string()).then_some(number)
}

pub fn is_start(start: u64) -> bool {
    (1..=table().start_max).contains(&start)
}

pub fn is_link(address: &str) -> bool {
    (1..=table().link_chars_max).contains(&address.encode_utf16().count())
}

pub fn is_language(tag: &str) -> bool {
    (1..=table().language_chars_max).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[derive(Deserialize)]
struct Table {
    version: u32,
    body: String,
    note: String,
    asks: String,
    fates: String,
    note_id_chars: usize,
    bracket: String,
    alternatives_max: usize,
    /// Each kind of block with its deepest level, 0 for a kind without levels.
    blocks: BTreeMap<String, u8>,
    note_blocks: Vec<String>,
    directions: Vec<String>,
    start_max: u64,
    link_chars_max: usize,
    language_chars_max: usize,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    // Compiled in and read by every test: a broken table never leaves the workshop.
    TABLE.get_or_init(|| {
        serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/text/draft.json")))
            .expect("a table of what drafts hold")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_of_the_table_is_one_digit_and_every_kind_in_notes_is_a_kind() {
        assert!(table().blocks.values().all(|max| *max < 10));
        assert!(table().note_blocks.iter().all(|kind| table().blocks.contains_key(kind)));
        assert!(table().note_id_chars <= 12, "an id has to fit into a number");
        assert!(table().alternatives_max <= 10, "an alternative is one digit");
    }

    #[test]
    fn every_block_of_the_table_has_a_name_in_texts_and_back() {
        for (kind, levels) in &table().blocks {
            let names = if *levels == 0 { vec![kind.clone()] } else { (1..=*levels).map(|level| format!("{kind}:{level}")).collect() };
            for named in names {
                let (kind, level) = block(&named).unwrap_or_else(|| panic!("{named} is not known"));
                assert!(level.unwrap_or_default() <= kind.levels() && level.is_none() == (kind.levels() == 0), "{named}");
                assert_eq!(name(kind, level).as_deref().unwrap_or(PARAGRAPH), named);
            }
        }
        for unknown in ["", "table", "title:1", "heading", "heading:4", "heading:01", "heading:0", "bullet:7", "bullet:1:1"] {
            assert_eq!(block(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn notes_have_ids_of_their_own_kind() {
        let id = note_id([250; 16]);
        assert!(is_note(&id) && note_of(&note(&id)) == Some(&id));
        assert_eq!((bracket_of("brk--a1b2c3d4e5"), bracket_of("brk--short"), bracket_of("bold")), (Some("a1b2c3d4e5"), None, None));
        assert_eq!(["0", "9", "10", "01", "-1", ""].map(alternative), [Some(0), Some(9), None, None, None, None]);
        assert!(!is_note("ABCDEFGHIJ") && note_of("note:short").is_none() && note_of("draft").is_none());
    }
}
