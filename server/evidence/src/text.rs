//! As much of the canonical text (`text/v1`) as evidence must understand: that it is canonical, in which language, and
//! its title. What the blocks say is the business of whoever shows them; their digest is what is signed.
//!
//! A text is in order if it is its own JCS byte for byte, of version `text/v1`, in the language it is filed under, and has
//! blocks. Its title may be empty: that a statement has one is the server's rule, and not the record's.

use serde_json::Value;

use crate::canonical::{CanonicalError, to_jcs};
use crate::strict::parse_strict;

/// Why a string is not a canonical text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextError {
    Json(CanonicalError),
    /// The same content, but not in its canonical spelling.
    NotCanonical,
    /// Not `text/v1`, or without blocks.
    Shape,
    /// In another language than it is filed under.
    Language,
}

/// Reads a canonical text filed under `language` and gives its title.
pub fn check(canonical: &str, language: &str) -> Result<String, TextError> {
    let text = parse_strict(canonical.as_bytes()).map_err(TextError::Json)?;
    if to_jcs(&text).map_err(TextError::Json)? != canonical {
        return Err(TextError::NotCanonical);
    }
    if text.get("v").and_then(Value::as_str) != Some("text/v1") || text.get("blocks").and_then(Value::as_array).is_none() {
        return Err(TextError::Shape);
    }
    if text.get("language").and_then(Value::as_str) != Some(language) {
        return Err(TextError::Language);
    }
    Ok(title_of(&text))
}

/// The words of the first heading of level 1, footnotes left out, a line break counted as a space, white space at the ends
/// taken off. Empty if there is none.
fn title_of(text: &Value) -> String {
    let has = |value: &Value, field: &str, what: &Value| value.get(field) == Some(what);
    let blocks = text.get("blocks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let heading = blocks.iter().find(|block| has(block, "type", &Value::from("heading")) && has(block, "level", &Value::from(1)));
    let inlines = heading.and_then(|block| block.get("content")).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut title = String::new();
    for inline in inlines {
        match inline.get("type").and_then(Value::as_str) {
            Some("text") => title.push_str(inline.get("text").and_then(Value::as_str).unwrap_or_default()),
            Some("break") => title.push(' '),
            _ => {}
        }
    }
    title.trim().to_owned()
}

impl std::fmt::Display for TextError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TextError::Json(error) => error.fmt(f),
            TextError::NotCanonical => f.write_str("it is not written in its canonical form"),
            TextError::Shape => f.write_str("it is not a text of version text/v1"),
            TextError::Language => f.write_str("it says it is in another language"),
        }
    }
}

impl std::error::Error for TextError {}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"blocks":[{"content":[{"text":"first","type":"text"}],"type":"paragraph"},{"content":[{"text":"Keep the","type":"text"},{"type":"break"},{"bold":true,"text":"library open","type":"text"},{"content":[{"text":"note"}],"number":1,"type":"footnote"}],"level":1,"type":"heading"}],"language":"en","v":"text/v1"}"#;

    #[test]
    fn a_canonical_text_gives_its_title() {
        assert_eq!(check(TEXT, "en"), Ok("Keep the library open".into()));
    }

    #[test]
    fn anything_else_is_refused() {
        assert_eq!(check(TEXT, "fr"), Err(TextError::Language));
        assert_eq!(check(&TEXT.replace("text/v1", "text/v2"), "en"), Err(TextError::Shape));
        assert_eq!(check(&format!("{TEXT} "), "en"), Err(TextError::NotCanonical));
        assert_eq!(check("[]", "en"), Err(TextError::Shape));
        assert!(matches!(check("", "en"), Err(TextError::Json(_))));
    }
}
