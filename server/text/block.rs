//! What a statement says, block after block, with nothing of how it was written.
//!
//! This is the shape that is hashed (`text/v1`), shown to signatories, and laid out in files. It is flat: an item of a list
//! says how deep it stands. Numbers of paragraphs, items and footnotes are part of it, because "paragraph 7" is part of
//! what an organisation agrees to.

use serde::{Deserialize, Serialize};

/// One language version of a statement, settled. Serialised with RFC 8785 it is the canonical text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Always `text/v1`.
    #[schema(pattern = "^text/v1$")]
    pub v: String,
    /// BCP 47 language tag, lower case (`en`, `ar`).
    pub language: String,
    pub blocks: Vec<Block>,
}

impl Text {
    /// Whether it is of this form in what types cannot say.
    pub fn is_v1(&self) -> bool {
        self.v == "text/v1" && self.blocks.iter().all(Block::is_sound)
    }

    /// Every footnote with its number, in the order of the text.
    pub fn footnotes(&self) -> impl Iterator<Item = (u32, &[NoteParagraph])> {
        self.blocks.iter().flat_map(|block| &block.content).filter_map(|inline| match inline {
            Inline::Footnote { number, content } => Some((*number, content.as_slice())),
            Inline::Text(_) | Inline::Break => None,
        })
    }

    /// Every stretch of text, footnotes included.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.blocks.iter().flat_map(|block| &block.content).flat_map(|inline| {
            let (own, note): (Option<&Run>, &[NoteParagraph]) = match inline {
                Inline::Text(run) => (Some(run), &[]),
                Inline::Footnote { content, .. } => (None, content),
                Inline::Break => (None, &[]),
            };
            let noted = note.iter().flat_map(|paragraph| &paragraph.content);
            own.into_iter().chain(noted.filter_map(|piece| if let Piece::Text(run) = piece { Some(run) } else { None }))
        })
    }
}

/// Direction of one block, present only where a drafter set it; otherwise the block follows its first strong letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dir {
    Ltr,
    Rtl,
}

/// One paragraph of whatever kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Heading 1 is the statement's title, 2 to 4 are headings of sections. A numbered paragraph has one of three levels; an item
    /// of a list, and what continues one, say how deep they stand, up to 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 6)]
    pub level: Option<u8>,
    /// Of numbered paragraphs `1.`, `(a)`, `(i)` by their level; of items of an ordered list `1.`, `a.`, `i.`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dir: Option<Dir>,
    pub content: Vec<Inline>,
}

impl Block {
    pub fn new(kind: Kind, level: Option<u8>, content: Vec<Inline>) -> Block {
        Block { kind, level, label: None, dir: None, content }
    }

    pub fn paragraph(content: Vec<Inline>) -> Block {
        Block::new(Kind::Paragraph, None, content)
    }

    pub fn heading(level: u8, content: Vec<Inline>) -> Block {
        Block::new(Kind::Heading, Some(level), content)
    }

    /// Whether it is the title.
    pub fn is_title(&self) -> bool {
        self.kind == Kind::Heading && self.level == Some(1)
    }

    fn is_sound(&self) -> bool {
        let level = self.level.unwrap_or_default();
        (self.kind.levels() == 0) == self.level.is_none()
            && level <= self.kind.levels()
            && self.level != Some(0)
            && self.label.is_some() == matches!(self.kind, Kind::Numbered | Kind::Ordered)
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = BlockType)]
pub enum Kind {
    Heading,
    Paragraph,
    /// `1.`, `2.` … through the whole text, `(a)`, `(b)` … under each, and `(i)`, `(ii)` … under those.
    Numbered,
    /// A further paragraph of the item or the numbered paragraph before it.
    Continuation,
    Bullet,
    Ordered,
    Quotation,
}

impl Kind {
    /// How many levels it has; none of the kinds that have no level.
    pub fn levels(self) -> u8 {
        match self {
            Kind::Heading => 4,
            Kind::Numbered => 3,
            Kind::Continuation | Kind::Bullet | Kind::Ordered => 6,
            Kind::Paragraph | Kind::Quotation => 0,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Inline {
    Text(Run),
    /// A line break inside a block.
    Break,
    /// A footnote at this place; numbered 1, 2 … through the whole text.
    Footnote {
        #[schema(format = Int64, minimum = 0, maximum = 4294967295u32)]
        number: u32,
        content: Vec<NoteParagraph>,
    },
}

/// One paragraph of a footnote.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteParagraph {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dir: Option<Dir>,
    pub content: Vec<Piece>,
}

/// What stands in a footnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
#[schema(as = NotePiece)]
pub enum Piece {
    Text(Run),
    Break,
}

/// A stretch of text in one appearance.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    pub text: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub italic: bool,
    /// An `http`, `https` or `mailto` address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The language of these words, a BCP 47 tag, where it is another than the text's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[A-Za-z0-9-]{1,35}$")]
    pub lang: Option<String>,
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Run {
        Run { text: text.into(), ..Run::default() }
    }

    /// Whether both appear alike, whatever they say.
    pub fn looks_like(&self, other: &Run) -> bool {
        (self.bold, self.italic, &self.link, &self.lang) == (other.bold, other.italic, &other.link, &other.lang)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_block_holds_what_its_kind_has_and_nothing_else() {
        let sound = |block: serde_json::Value| {
            let text = json!({ "v": "text/v1", "language": "en", "blocks": [block] });
            serde_json::from_value::<Text>(text).is_ok_and(|text| text.is_v1())
        };
        assert!(sound(json!({ "type": "heading", "level": 4, "content": [] })));
        assert!(sound(json!({ "type": "numbered", "level": 3, "label": "(i)", "dir": "rtl", "content": [{ "type": "break" }] })));
        assert!(sound(json!({ "type": "continuation", "level": 6, "content": [] })));
        assert!(sound(json!({ "type": "quotation", "content": [{ "type": "text", "text": "x", "lang": "fr" }] })));
        let note =
            |inner: serde_json::Value| json!({ "type": "paragraph", "content": [{ "type": "footnote", "number": 1, "content": inner }] });
        assert!(sound(note(
            json!([{ "content": [{ "type": "text", "text": "x" }, { "type": "break" }] }, { "dir": "ltr", "content": [] }])
        )));
        for broken in [
            json!({ "type": "heading", "content": [] }),
            json!({ "type": "heading", "level": 5, "content": [] }),
            json!({ "type": "bullet", "level": 0, "content": [] }),
            json!({ "type": "bullet", "level": 1, "label": "1.", "content": [] }),
            json!({ "type": "ordered", "level": 1, "content": [] }),
            json!({ "type": "paragraph", "level": 1, "content": [] }),
            json!({ "type": "paragraph" }),
            json!({ "type": "paragraph", "content": [], "start": 1 }),
            json!({ "type": "list", "items": [] }),
            note(json!([{ "content": [{ "type": "footnote", "number": 1, "content": [] }] }])),
        ] {
            assert!(!sound(broken.clone()), "{broken}");
        }
    }
}
