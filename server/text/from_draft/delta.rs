//! A shared text as it comes from a worker, read into paragraphs: the letter U+000A closes each, and its attributes are the
//! paragraph's. What follows the last mark is a plain paragraph, where it says something or where there is none else.

use serde_json::{Map, Value};

/// What stands between two marks.
#[derive(Debug, Default)]
pub struct Paragraph<'a> {
    pub pieces: Vec<Piece<'a>>,
    /// Of its mark.
    pub mark: Attributes<'a>,
}

#[derive(Debug)]
pub enum Piece<'a> {
    Letters(&'a str, Attributes<'a>),
    Embed(&'a Value, Attributes<'a>),
}

/// Attributes of letters or of a mark.
#[derive(Debug, Clone, Copy, Default)]
pub struct Attributes<'a>(Option<&'a Map<String, Value>>);

impl<'a> Attributes<'a> {
    pub fn get(self, name: &str) -> Option<&'a Value> {
        self.0?.get(name)
    }

    pub fn names(self) -> impl Iterator<Item = &'a str> {
        self.0.into_iter().flat_map(|all| all.keys().map(String::as_str))
    }
}

pub fn paragraphs(delta: &[Value]) -> Paragraphs<'_> {
    Paragraphs { operations: delta.iter(), rest: None, read: 0, ended: false }
}

pub struct Paragraphs<'a> {
    operations: std::slice::Iter<'a, Value>,
    /// Letters behind the last mark, and their attributes.
    rest: Option<(&'a str, Attributes<'a>)>,
    read: usize,
    ended: bool,
}

impl<'a> Iterator for Paragraphs<'a> {
    type Item = Paragraph<'a>;

    fn next(&mut self) -> Option<Paragraph<'a>> {
        let mut paragraph = Paragraph::default();
        while let Some(piece) = self.piece() {
            let Piece::Letters(letters, attributes) = piece else {
                paragraph.pieces.push(piece);
                continue;
            };
            let (before, behind) = letters.split_once('\n').map_or((letters, None), |(before, behind)| (before, Some(behind)));
            if !before.is_empty() {
                paragraph.pieces.push(Piece::Letters(before, attributes));
            }
            if let Some(behind) = behind {
                self.rest = Some((behind, attributes)).filter(|_| !behind.is_empty());
                self.read += 1;
                paragraph.mark = attributes;
                return Some(paragraph);
            }
        }
        let one_more = !self.ended && (self.read == 0 || !paragraph.pieces.is_empty());
        self.ended = true;
        one_more.then_some(paragraph)
    }
}

impl<'a> Paragraphs<'a> {
    fn piece(&mut self) -> Option<Piece<'a>> {
        if let Some((letters, attributes)) = self.rest.take() {
            return Some(Piece::Letters(letters, attributes));
        }
        let operation = self.operations.next()?;
        let attributes = Attributes(operation.get("attributes").and_then(Value::as_object));
        Some(match operation.get("insert").unwrap_or(&Value::Null) {
            Value::String(letters) => Piece::Letters(letters, attributes),
            embed => Piece::Embed(embed, attributes),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn marks_close_paragraphs_and_what_follows_the_last_is_one() {
        let read = |delta: Value| -> Vec<String> {
            let paragraphs = paragraphs(delta.as_array().unwrap());
            let one = |paragraph: Paragraph<'_>| {
                let pieces = paragraph.pieces.iter().map(|piece| match piece {
                    Piece::Letters(letters, _) => (*letters).to_owned(),
                    Piece::Embed(embed, _) => embed.to_string(),
                });
                format!("{}|{}", pieces.collect::<Vec<_>>().join("+"), paragraph.mark.names().collect::<String>())
            };
            paragraphs.map(one).collect()
        };
        assert_eq!(read(json!([])), ["|"]);
        assert_eq!(read(json!([{ "insert": "\n" }])), ["|"]);
        assert_eq!(read(json!([{ "insert": "a\nb" }])), ["a|", "b|"]);
        assert_eq!(
            read(json!([{ "insert": "a" }, { "insert": { "note": "x" } }, { "insert": "\n\n", "attributes": { "dir": "rtl" } }])),
            ["a+{\"note\":\"x\"}|dir", "|dir",]
        );
        assert_eq!(read(json!([{ "insert": "a\n" }, { "insert": { "note": "x" } }])), ["a|", "{\"note\":\"x\"}|"]);
    }
}
