//! The block tree: what a statement says, with nothing of how it was written.
//!
//! This is the shape that is hashed (`text/v1`), shown to signatories, and laid out in files. Numbers of
//! paragraphs and footnotes are part of it, because "paragraph 7" is part of what an organisation agrees to.

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
        fn sound(blocks: &[Block]) -> bool {
            blocks.iter().all(|block| match block {
                Block::Heading { level, .. } => (1..=3).contains(level),
                Block::Numbered { level, .. } => (1..=2).contains(level),
                Block::Paragraph { .. } => true,
                Block::List { items, .. } => items.iter().all(|item| sound(&item.blocks)),
                Block::Quote { blocks } => sound(blocks),
            })
        }
        self.v == "text/v1" && sound(&self.blocks)
    }
}

/// Direction of one block, present only where a drafter set it; otherwise the block follows its first strong letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dir {
    Ltr,
    Rtl,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Block {
    /// Level 1 is the statement's title, 2 and 3 are section headings.
    Heading {
        #[schema(minimum = 1, maximum = 3)]
        level: u8,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dir: Option<Dir>,
        content: Vec<Inline>,
    },
    Paragraph {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dir: Option<Dir>,
        content: Vec<Inline>,
    },
    /// A numbered paragraph: `level` 1 is labelled `1.`, `2.` … through the whole text, level 2 `(a)`, `(b)` … under it.
    Numbered {
        #[schema(minimum = 1, maximum = 2)]
        level: u8,
        label: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dir: Option<Dir>,
        content: Vec<Inline>,
    },
    /// A bullet list, or an ordered one that counts from `start`.
    List {
        ordered: bool,
        #[schema(format = Int64, minimum = 0, maximum = 4294967295u32)]
        start: u32,
        items: Vec<Item>,
    },
    Quote {
        #[schema(no_recursion)]
        blocks: Vec<Block>,
    },
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    #[schema(no_recursion)]
    pub blocks: Vec<Block>,
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
        content: Vec<Run>,
    },
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
}
