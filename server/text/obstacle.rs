//! What stands in the way of freezing a text: each kind with a stable code, what its sentence mentions, and its place.

use serde::Serialize;

use super::limits::OBSTACLES_MAX;
use super::place::{self, Place};
use super::unseen;
use crate::words::Words;

/// Something that must be mended before a text can be frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    pub kind: Kind,
    /// Nothing where it is the text as a whole.
    pub place: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Not a document of the editor at all.
    Unreadable,
    UnknownNode(String),
    UnknownMark(String),
    /// So many suggestions are neither accepted nor rejected.
    OpenSuggestions(usize),
    /// No address that a text may hold.
    ForbiddenLink(String),
    /// An address that wants something before it is one: `www.…`, or a redirector in front.
    LinkNotWhole {
        written: String,
        whole: String,
    },
    /// Words that are an address of another place than the one the link opens.
    LinkNamesAnother {
        words: String,
        opens: String,
    },
    NoTitle,
    TitleTooLong {
        chars: usize,
        max: usize,
    },
    /// Nothing is said.
    Empty,
    TooManyWords {
        words: usize,
        max: usize,
    },
    HeadingUnknown(i64),
    /// A level is left out: a heading 3 under the title.
    HeadingJump {
        level: i64,
        after: i64,
    },
    EmptyFootnote,
    /// Numbers of empty paragraphs go when a text is frozen; then this one has another than its writers saw.
    NumberMoves {
        shown: String,
        frozen: String,
    },
    Unseen {
        name: &'static str,
        sign: char,
    },
    /// No face of ours has it.
    Unprintable(char),
    TooDeep,
    TooLong,
}

impl Kind {
    /// Stable; the sentence stands in `words/`, under `draft-problem.` and what follows.
    pub fn code(&self) -> &'static str {
        match self {
            Kind::Unreadable => "draft-problem-unreadable",
            Kind::UnknownNode(_) => "draft-problem-unknown-node",
            Kind::UnknownMark(_) => "draft-problem-unknown-mark",
            Kind::OpenSuggestions(_) => "draft-problem-open-suggestions",
            Kind::ForbiddenLink(_) => "draft-problem-forbidden-link",
            Kind::LinkNotWhole { .. } => "draft-problem-link-not-whole",
            Kind::LinkNamesAnother { .. } => "draft-problem-link-names-another",
            Kind::NoTitle => "draft-problem-no-title",
            Kind::TitleTooLong { .. } => "draft-problem-title-too-long",
            Kind::Empty => "draft-problem-empty",
            Kind::TooManyWords { .. } => "draft-problem-too-many-words",
            Kind::HeadingUnknown(_) => "draft-problem-heading-unknown",
            Kind::HeadingJump { .. } => "draft-problem-heading-jump",
            Kind::EmptyFootnote => "draft-problem-empty-footnote",
            Kind::NumberMoves { .. } => "draft-problem-number-moves",
            Kind::Unseen { .. } => "draft-problem-unseen",
            Kind::Unprintable(_) => "draft-problem-unprintable",
            Kind::TooDeep => "draft-problem-too-deep",
            Kind::TooLong => "draft-problem-too-long",
        }
    }

    /// What the sentence mentions.
    fn values(&self, words: Words) -> Vec<(&'static str, String)> {
        let short = |text: &String| place::plainly(text, 120);
        match self {
            Kind::UnknownNode(what) | Kind::UnknownMark(what) | Kind::ForbiddenLink(what) => vec![("what", short(what))],
            Kind::OpenSuggestions(count) => vec![("what", count.to_string())],
            Kind::LinkNotWhole { written, whole } => vec![("what", short(written)), ("whole", short(whole))],
            Kind::LinkNamesAnother { words, opens } => vec![("what", short(words)), ("opens", short(opens))],
            Kind::TitleTooLong { chars, max } => vec![("count", chars.to_string()), ("max", max.to_string())],
            Kind::TooManyWords { words, max } => vec![("count", words.to_string()), ("max", max.to_string())],
            Kind::HeadingUnknown(level) => vec![("level", level.to_string())],
            Kind::HeadingJump { level, after } => vec![("level", level.to_string()), ("after", after.to_string())],
            Kind::NumberMoves { shown, frozen } => vec![("shown", shown.clone()), ("frozen", frozen.clone())],
            Kind::Unseen { name, sign } => {
                vec![("character", words.say(&format!("character.{name}"), &[])), ("code", unseen::code_point(*sign))]
            }
            Kind::Unprintable(sign) => vec![("character", sign.to_string()), ("code", unseen::code_point(*sign))],
            Kind::Unreadable | Kind::NoTitle | Kind::Empty | Kind::EmptyFootnote | Kind::TooDeep | Kind::TooLong => Vec::new(),
        }
    }
}

/// An obstacle as it is told.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Told {
    pub code: String,
    /// What it is, where it is and what to do about it.
    pub sentence: String,
    /// The character an obstacle is about: `U+202E`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub character: Option<String>,
    /// Nothing where it is the text as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Obstacle {
    pub fn told(&self, words: Words) -> Told {
        let code = self.kind.code();
        let mut values = self.kind.values(words);
        if let Some(place) = &self.place {
            values.push(("place", phrase(place, words)));
        }
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let sentence = words.say(&code.replacen("draft-problem-", "draft-problem.", 1), &values);
        let character = match self.kind {
            Kind::Unseen { sign, .. } | Kind::Unprintable(sign) => Some(unseen::code_point(sign)),
            _ => None,
        };
        Told { code: code.to_owned(), sentence, character, place: self.place.clone() }
    }
}

/// A place in words: `footnote 2, “See ⟨U+202E⟩A/RES”`.
fn phrase(place: &Place, words: Words) -> String {
    let excerpt = ("excerpt", place.excerpt.as_str());
    match (place.footnote, place.kind, &place.label) {
        (Some(number), _, _) => words.say("draft-place.footnote", &[("number", &number.to_string()), excerpt]),
        (None, place::Kind::Heading, _) => words.say("draft-place.heading", &[excerpt]),
        (None, place::Kind::Numbered, Some(label)) => words.say("draft-place.numbered", &[("label", label), excerpt]),
        (None, place::Kind::Numbered | place::Kind::Paragraph, _) => words.say("draft-place.paragraph", &[excerpt]),
    }
}

/// Obstacles as they are met: as many as one can mend at a sitting, and a count of the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Obstacles {
    pub list: Vec<Obstacle>,
    pub more: usize,
}

impl Obstacles {
    pub fn add(&mut self, kind: Kind, place: impl FnOnce() -> Option<Place>) {
        if self.list.len() < OBSTACLES_MAX {
            self.list.push(Obstacle { kind, place: place() });
        } else {
            self.more += 1;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn told(&self, words: Words) -> Vec<Told> {
        self.list.iter().map(|obstacle| obstacle.told(words)).collect()
    }
}
