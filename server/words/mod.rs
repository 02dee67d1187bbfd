//! Every sentence the server speaks, by language: pages, letters, refusals.
//!
//! The sentences live in `web/src/words/<language>/*.json`, beside those of the work pages, and are compiled in. Keys are flat
//! (`sign.button`); `{placeholders}` are filled by name; `_one` and `_other` are plural forms. A language that lacks a key
//! answers in English. This room knows no page and no letter; it only knows how to say things.

pub mod dates;
mod direction;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use direction::RightToLeft;
use maud::{Markup, PreEscaped, html};

/// The language a sentence falls back to, and the only one every key must have.
const FALLBACK: &str = "en";

/// Each language with its files: pages, letters, refusals, places, obstacles.
const FILES: &[(&str, [&str; 5])] = &[(
    "en",
    [
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/words/en/pages.json")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/words/en/letters.json")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/words/en/refusals.json")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/words/en/places.json")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/words/en/obstacles.json")),
    ],
)];

type Sentences = BTreeMap<String, String>;

/// The words of one language. Copied freely: it is a pointer.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    language: &'static str,
    sentences: &'static Sentences,
    fallback: &'static Sentences,
}

impl Words {
    /// The words for a BCP 47 tag (`en`, `fr-CH`); English where we do not speak it.
    pub fn of(tag: &str) -> Words {
        let wanted = tag.split(['-', '_']).next().unwrap_or(FALLBACK);
        let all = library();
        let (&language, sentences) = all.get_key_value(wanted).or_else(|| all.get_key_value(FALLBACK)).expect("English is compiled in");
        let fallback = all.get(FALLBACK).expect("English is compiled in");
        Words { language, sentences, fallback }
    }

    /// The language these words are in, for `lang`.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// `ltr` or `rtl`, for `dir`.
    pub fn dir(&self) -> &'static str {
        direction(self.language)
    }

    /// The sentence with its placeholders filled. A missing key answers the key itself, so that a page still stands.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        for piece in pieces(self.sentence(key)) {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Slot(name) => match values.iter().find(|(n, _)| *n == name) {
                    Some((_, value)) => out.push_str(value),
                    None => unfilled(key, name),
                },
            }
        }
        out
    }

    /// The plural form for `count`, which also fills `{count}`.
    pub fn count(&self, key: &str, count: u64, values: &[(&str, &str)]) -> String {
        let number = count.to_string();
        let mut values = values.to_vec();
        values.push(("count", &number));
        self.say(&self.plural_key(key, count), &values)
    }

    /// The sentence with markup in its placeholders; everything else is escaped.
    pub fn rich(&self, key: &str, values: &[(&str, Markup)]) -> Markup {
        let mut out = String::new();
        for piece in pieces(self.sentence(key)) {
            match piece {
                Piece::Plain(text) => out.push_str(&html! { (text) }.0),
                Piece::Slot(name) => match values.iter().find(|(n, _)| *n == name) {
                    Some((_, value)) => out.push_str(&value.0),
                    None => unfilled(key, name),
                },
            }
        }
        PreEscaped(out)
    }

    /// What a refusal's code says to the reader, if there is a sentence for it (`refusal.<code>`). Refusals come from every
    /// corner, so a parameter that did not travel is left out with an ellipsis.
    pub fn refusal(&self, code: &str, values: &[(&str, &str)]) -> Option<String> {
        let sentence = self.find(&format!("refusal.{code}"))?;
        let say = |piece| match piece {
            Piece::Plain(text) => text,
            Piece::Slot(name) => values.iter().find(|(n, _)| *n == name).map_or("…", |(_, value)| value),
        };
        Some(pieces(sentence).into_iter().map(say).collect())
    }

    /// The bare sentence, or nothing where the key does not exist.
    pub fn find(&self, key: &str) -> Option<&'static str> {
        self.sentences.get(key).or_else(|| self.fallback.get(key)).map(String::as_str)
    }

    fn sentence<'k>(&self, key: &'k str) -> &'k str
    where
        'static: 'k,
    {
        let found = self.find(key);
        debug_assert!(found.is_some(), "no words for {key}");
        found.unwrap_or(key)
    }

    fn plural_key(&self, key: &str, count: u64) -> String {
        let own = format!("{key}_{}", plural_form(self.language, count));
        if self.sentences.contains_key(&own) {
            return own;
        }
        let other = format!("{key}_other");
        if self.sentences.contains_key(&other) { other } else { format!("{key}_{}", plural_form(FALLBACK, count)) }
    }
}

/// The base direction of a BCP 47 tag: `rtl` for Arabic, Hebrew, Persian, Urdu and their kin, and for any language in their scripts.
pub fn direction(tag: &str) -> &'static str {
    static LIST: OnceLock<RightToLeft> = OnceLock::new();
    let list = LIST.get_or_init(|| {
        let file = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/words/right-to-left.json"));
        serde_json::from_str(file).expect("the list is three lists of strings")
    });
    list.direction(tag)
}

/// Unicode CLDR cardinal plural rules for whole numbers, for the six languages of the United Nations.
fn plural_form(language: &str, n: u64) -> &'static str {
    match language {
        "zh" => "other",
        "fr" => {
            if n < 2 {
                "one"
            } else {
                "other"
            }
        }
        "ru" => match (n % 10, n % 100) {
            (1, t) if t != 11 => "one",
            (2..=4, t) if !(12..=14).contains(&t) => "few",
            _ => "many",
        },
        "ar" => match (n, n % 100) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        _ => {
            if n == 1 {
                "one"
            } else {
                "other"
            }
        }
    }
}

enum Piece<'a> {
    Plain(&'a str),
    Slot(&'a str),
}

/// Cuts a sentence at its placeholders. A brace that is never closed is plain text.
fn pieces(sentence: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        out.push(Piece::Plain(before));
        out.push(Piece::Slot(name));
        rest = tail;
    }
    out.push(Piece::Plain(rest));
    out
}

fn unfilled(key: &str, name: &str) {
    debug_assert!(false, "{key} wants {{{name}}} and was not given it");
}

fn library() -> &'static BTreeMap<&'static str, Sentences> {
    static LIBRARY: OnceLock<BTreeMap<&'static str, Sentences>> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let mut all = BTreeMap::new();
        for (language, files) in FILES {
            let mut sentences = Sentences::new();
            for file in files {
                // The files are compiled in and a test reads them: a broken one never leaves the workshop.
                let read: Sentences = serde_json::from_str(file).expect("words are a flat JSON object of strings");
                sentences.extend(read);
            }
            all.insert(*language, sentences);
        }
        all
    })
}

#[cfg(test)]
mod tests;
