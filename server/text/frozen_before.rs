//! Texts that were frozen when lists held items and quotations held blocks: laid flat, to be shown. What is hashed stays as it is.

use serde_json::{Value, json};

use super::block::Text;
use super::numbers::item_label;

/// A text by its canonical spelling, of now or of before.
///
/// # Errors
/// What is neither.
pub fn read(canonical: &str) -> Result<Text, serde_json::Error> {
    serde_json::from_str(canonical).or_else(|error| {
        let mut old: Value = serde_json::from_str(canonical)?;
        let mut blocks = Vec::new();
        if let Some(nested) = old.get_mut("blocks") {
            lay_flat(nested.take(), Place::default(), &mut blocks);
            *nested = Value::Array(blocks);
        }
        serde_json::from_value(old).map_err(|_| error)
    })
}

#[derive(Clone, Copy, Default)]
struct Place {
    lists: u8,
    ordered: Option<u64>,
    quoted: bool,
}

/// As deep as the text nests, which its reader has bounded.
fn lay_flat(nested: Value, place: Place, to: &mut Vec<Value>) {
    let Value::Array(nested) = nested else { return };
    for (at, mut block) in nested.into_iter().filter(Value::is_object).enumerate() {
        let kind = block.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        match kind.as_str() {
            "list" => {
                let start = block["start"].as_u64().filter(|_| block["ordered"] == true);
                let Value::Array(items) = block["items"].take() else { continue };
                for (number, mut item) in items.into_iter().filter(Value::is_object).enumerate() {
                    let ordered = start.map(|start| start + number as u64);
                    lay_flat(item["blocks"].take(), Place { lists: (place.lists + 1).min(6), ordered, quoted: false }, to);
                }
            }
            "quote" => lay_flat(block["blocks"].take(), Place { quoted: true, ..place }, to),
            _ => {
                if kind == "paragraph" && place.lists > 0 {
                    block["level"] = place.lists.into();
                    block["type"] = if at > 0 {
                        "continuation"
                    } else if place.ordered.is_some() {
                        "ordered"
                    } else {
                        "bullet"
                    }
                    .into();
                    if let (0, Some(number)) = (at, place.ordered) {
                        block["label"] = item_label(place.lists, number).into();
                    }
                } else if kind == "paragraph" && place.quoted {
                    block["type"] = "quotation".into();
                }
                for inline in block["content"].as_array_mut().into_iter().flatten().filter(|inline| inline["type"] == "footnote") {
                    for run in inline["content"].as_array_mut().into_iter().flatten().filter(|run| run.is_object()) {
                        run["type"] = "text".into();
                    }
                    inline["content"] = json!([{ "content": inline["content"].take() }]);
                }
                to.push(block);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::canonical;

    #[test]
    fn a_text_frozen_before_is_shown_with_all_its_words() {
        let say = |words: &str| json!([{ "type": "text", "text": words, "bold": true }]);
        let paragraph = |words: &str| json!({ "type": "paragraph", "content": say(words) });
        let inner = json!({ "type": "list", "ordered": false, "start": 1, "items": [{ "blocks": [paragraph("point")] }] });
        let old = json!({ "v": "text/v1", "language": "en", "blocks": [
            { "type": "heading", "level": 1, "content": say("Oceans") },
            { "type": "numbered", "level": 1, "label": "1.", "content": [{ "type": "footnote", "number": 1, "content": [{ "text": "A note." }] }] },
            { "type": "list", "ordered": true, "start": 4, "items": [{ "blocks": [paragraph("four"), inner, paragraph("on")] }] },
            { "type": "quote", "blocks": [paragraph("said")] },
        ] });
        let read = read(&old.to_string()).unwrap();
        assert!(read.is_v1());
        let wanted = "Oceans\n\n1. [1]\n\n4. four\n\n    – point\n\n    on\n\n    said\n\n\n[1] A note.\n";
        assert_eq!(canonical::plain(&read), wanted);
        assert!(super::read("[]").is_err() && super::read(r#"{"v":"text/v1","language":"en","blocks":[{"type":"table"}]}"#).is_err());
    }
}
