//! What stands in the way of freezing a text: each kind with a stable code, what its sentence mentions, and its place.

use serde::Serialize;

use super::limits::OBSTACLES_MAX;
use super::place::{self, Place};
use super::unseen;
use crate::words::Words;

/// Something that must be mended before a text can be frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    pub kind: ObstacleKind,
    /// Nothing where it is the text as a whole.
    pub place: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObstacleKind {
    /// Not a draft at all.
    Unreadable,
    /// A block, or something in one, that no text has.
    UnknownNode(String),
    /// An appearance of words or blocks that no text has.
    UnknownMark(String),
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
    /// A title after the first.
    SecondTitle,
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
    /// A level is left out: a heading 3 under the title, which is 1.
    HeadingJump {
        level: u8,
        after: u8,
    },
    EmptyFootnote,
    /// Words that are not agreed.
    OpenBracket,
    /// A sign by which a version that was restored said that words were in brackets.
    BracketSign,
    /// Empty paragraphs and items go when a text is frozen; then this one has another number than its writers saw.
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
    TooLong,
    /// Something is proposed that nobody has answered.
    OpenSuggestion,
}

impl ObstacleKind {
    /// Stable; the sentence stands in `words/`, under `draft-problem.` and what follows.
    pub fn code(&self) -> &'static str {
        match self {
            ObstacleKind::Unreadable => "draft-problem-unreadable",
            ObstacleKind::UnknownNode(_) => "draft-problem-unknown-node",
            ObstacleKind::UnknownMark(_) => "draft-problem-unknown-mark",
            ObstacleKind::ForbiddenLink(_) => "draft-problem-forbidden-link",
            ObstacleKind::LinkNotWhole { .. } => "draft-problem-link-not-whole",
            ObstacleKind::LinkNamesAnother { .. } => "draft-problem-link-names-another",
            ObstacleKind::NoTitle => "draft-problem-no-title",
            ObstacleKind::SecondTitle => "draft-problem-second-title",
            ObstacleKind::TitleTooLong { .. } => "draft-problem-title-too-long",
            ObstacleKind::Empty => "draft-problem-empty",
            ObstacleKind::TooManyWords { .. } => "draft-problem-too-many-words",
            ObstacleKind::HeadingJump { .. } => "draft-problem-heading-jump",
            ObstacleKind::EmptyFootnote => "draft-problem-empty-footnote",
            ObstacleKind::OpenBracket => "draft-problem-open-bracket",
            ObstacleKind::BracketSign => "draft-problem-bracket-sign",
            ObstacleKind::NumberMoves { .. } => "draft-problem-number-moves",
            ObstacleKind::Unseen { .. } => "draft-problem-unseen",
            ObstacleKind::Unprintable(_) => "draft-problem-unprintable",
            ObstacleKind::TooLong => "draft-problem-too-long",
            ObstacleKind::OpenSuggestion => "draft-problem-open-suggestion",
        }
    }

    /// What the sentence mentions.
    fn values(&self, words: Words) -> Vec<(&'static str, String)> {
        let short = |text: &String| place::plainly(text, 120);
        match self {
            ObstacleKind::UnknownNode(what) | ObstacleKind::UnknownMark(what) | ObstacleKind::ForbiddenLink(what) => {
                vec![("what", short(what))]
            }
            ObstacleKind::LinkNotWhole { written, whole } => vec![("what", short(written)), ("whole", short(whole))],
            ObstacleKind::LinkNamesAnother { words, opens } => vec![("what", short(words)), ("opens", short(opens))],
            ObstacleKind::TitleTooLong { chars, max } => vec![("number", chars.to_string()), ("max", max.to_string())],
            ObstacleKind::TooManyWords { words, max } => vec![("number", words.to_string()), ("max", max.to_string())],
            ObstacleKind::HeadingJump { level, after } => vec![("level", level.to_string()), ("after", after.to_string())],
            ObstacleKind::NumberMoves { shown, frozen } => vec![("shown", shown.clone()), ("frozen", frozen.clone())],
            ObstacleKind::Unseen { name, sign } => {
                vec![("character", words.say(&format!("character.{name}"), &[])), ("code", unseen::code_point(*sign))]
            }
            ObstacleKind::Unprintable(sign) => vec![("character", sign.to_string()), ("code", unseen::code_point(*sign))],
            ObstacleKind::Unreadable
            | ObstacleKind::NoTitle
            | ObstacleKind::SecondTitle
            | ObstacleKind::Empty
            | ObstacleKind::EmptyFootnote
            | ObstacleKind::OpenBracket
            | ObstacleKind::BracketSign
            | ObstacleKind::TooLong
            | ObstacleKind::OpenSuggestion => Vec::new(),
        }
    }
}

/// A character by its code, `U+202E`, and as people call it: by its name, or as itself where it can be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Character {
    pub code: String,
    pub name: String,
}

/// An obstacle as it is told.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ToldObstacle {
    pub code: String,
    /// What it is, where it is and what to do about it.
    pub sentence: String,
    /// The character it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub character: Option<Character>,
    /// Nothing where it is the text as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Obstacle {
    pub fn told(&self, words: Words) -> ToldObstacle {
        let code = self.kind.code();
        let mut values = self.kind.values(words);
        match &self.place {
            Some(place) => values.push(("place", phrase(place, words))),
            None if self.kind == ObstacleKind::OpenSuggestion => values.push(("place", words.say("draft-place.nowhere", &[]))),
            None => {}
        }
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let sentence = words.say(&code.replacen("draft-problem-", "draft-problem.", 1), &values);
        let character = match self.kind {
            ObstacleKind::Unseen { name, sign } => {
                Some(Character { code: unseen::code_point(sign), name: words.say(&format!("character.{name}"), &[]) })
            }
            ObstacleKind::Unprintable(sign) => Some(Character { code: unseen::code_point(sign), name: sign.to_string() }),
            _ => None,
        };
        ToldObstacle { code: code.to_owned(), sentence, character, place: self.place.clone() }
    }
}

/// A place in words: `footnote 2, “See ⟨U+202E⟩A/RES”`.
fn phrase(place: &Place, words: Words) -> String {
    let excerpt = ("excerpt", place.excerpt.as_str());
    match (place.footnote, place.kind, &place.label) {
        (Some(number), _, _) => words.say("draft-place.footnote", &[("number", &number.to_string()), excerpt]),
        (None, place::BlockKind::Heading, _) => words.say("draft-place.heading", &[excerpt]),
        (None, place::BlockKind::Numbered, Some(label)) => words.say("draft-place.numbered", &[("label", label), excerpt]),
        (None, place::BlockKind::Numbered | place::BlockKind::Paragraph, _) => words.say("draft-place.paragraph", &[excerpt]),
    }
}

/// Obstacles as they are met: as many as one can mend at a sitting, and a count of the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Obstacles {
    pub list: Vec<Obstacle>,
    pub more: usize,
}

impl Obstacles {
    pub fn add(&mut self, kind: ObstacleKind, place: impl FnOnce() -> Option<Place>) {
        if self.list.len() < OBSTACLES_MAX {
            self.list.push(Obstacle { kind, place: place() });
        } else {
            self.more += 1;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn told(&self, words: Words) -> Vec<ToldObstacle> {
        self.list.iter().map(|obstacle| obstacle.told(words)).collect()
    }
}
