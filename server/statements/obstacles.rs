//! What stands in the way of freezing a draft: the one function that preview, freeze and everything between them ask.
//!
//! Whoever writes is told, while they write, all that a freeze would refuse, with the place of each. A text without
//! obstacles becomes a [`Settled`] one, and only such a text can be frozen: it has a title, says something, is no longer
//! than can be laid out, can be printed letter by letter, shows everything it says, and no suggestion in it waits for an answer. Reading what a draft holds is
//! `text::from_draft`'s; what the files can hold is `export`'s; how long a statement may be stands in `limits`.

use serde_json::Value;

use super::limits::{TEXT_WORDS_MAX, TITLE_CHARS_MAX};
use crate::{
    export,
    kernel::{No, Refusal},
    text::{
        block::Text,
        canonical, count,
        from_draft::{self, Draft},
        obstacle::{ObstacleKind, Obstacles},
        place::{self, Line},
    },
    words::Words,
};

/// A draft looked over: the text as far as it can be settled, and what stands in the way.
pub struct Looked {
    pub text: Text,
    pub obstacles: Obstacles,
}

/// A text that nothing stands in the way of. Only [`Looked::settled`] makes one.
pub struct Settled {
    text: Text,
    title: String,
}

/// Looks a draft over. `json` is what a worker projects, `language` the statement's.
pub fn look_over(json: &Value, language: &str) -> Looked {
    let Draft { text, lines, mut obstacles } = from_draft::settle(json, language);
    let whole = || None;
    let readable = !obstacles.list.iter().any(|obstacle| matches!(obstacle.kind, ObstacleKind::Unreadable | ObstacleKind::TooLong));
    if readable {
        unprintable(&lines, &mut obstacles);
        let words = count::words(&text);
        if !count::says_more_than_its_title(&text) {
            obstacles.add(ObstacleKind::Empty, whole);
        } else if words > TEXT_WORDS_MAX {
            obstacles.add(ObstacleKind::TooManyWords { words, max: TEXT_WORDS_MAX }, whole);
        } else if export::too_long(&text) {
            obstacles.add(ObstacleKind::TooLong, whole);
        }
        match canonical::title(&text).map(|title| title.chars().count()) {
            None => obstacles.add(ObstacleKind::NoTitle, whole),
            Some(chars) if chars > TITLE_CHARS_MAX => {
                obstacles.add(ObstacleKind::TitleTooLong { chars, max: TITLE_CHARS_MAX }, || {
                    lines.iter().find(|line| is_title(line)).map(Line::whole)
                });
            }
            Some(_) => {}
        }
        for line in lines.iter().filter(|line| is_title(line)).skip(1) {
            obstacles.add(ObstacleKind::SecondTitle, || Some(line.whole()));
        }
    }
    from_draft::with_suggestions(json, &mut obstacles);
    Looked { text, obstacles }
}

impl Looked {
    /// The text, or a refusal that carries every obstacle as it is told to people.
    pub fn settled(self) -> Result<Settled, Refusal> {
        let Looked { text, obstacles } = self;
        match canonical::title(&text) {
            Some(title) if obstacles.is_empty() => Ok(Settled { text, title }),
            _ => {
                let problems = serde_json::to_value(obstacles.told(Words::of("en"))).unwrap_or_default();
                Err(Refusal::new(No::TextUnsettled).with("problems", problems).with("more", obstacles.more))
            }
        }
    }
}

impl Settled {
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The words of its first heading of level 1.
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// Characters that no face has. What nobody sees needs none, and has been named already.
fn unprintable(lines: &[Line], obstacles: &mut Obstacles) {
    for line in lines {
        for (at, letter) in export::unprintable_at(&line.text) {
            obstacles.add(ObstacleKind::Unprintable(letter), || Some(line.place(at..at + letter.len_utf8())));
        }
    }
}

fn is_title(line: &Line) -> bool {
    line.kind == place::BlockKind::Heading && line.level == 1 && line.footnote.is_none() && !line.text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn looked_over(blocks: &[(&str, &str)]) -> Looked {
        let pieces = blocks
            .iter()
            .flat_map(|(kind, words)| [json!({ "insert": words }), json!({ "insert": "\n", "attributes": { "block": kind } })]);
        look_over(&json!({ "body": pieces.collect::<Vec<Value>>(), "notes": {} }), "en")
    }

    fn codes(blocks: &[(&str, &str)]) -> Vec<String> {
        let looked = looked_over(blocks);
        let told = looked.obstacles.told(Words::of("en"));
        for one in &told {
            assert!(one.sentence.ends_with('.') && !one.sentence.contains('{'), "{}", one.sentence);
        }
        let refused: Vec<String> = match looked.settled() {
            Ok(_) => Vec::new(),
            Err(refusal) => {
                refusal.params["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
            }
        };
        assert_eq!(told.iter().map(|one| one.code.clone()).collect::<Vec<_>>(), refused, "what is told is what is refused");
        refused.iter().map(|code| code.trim_start_matches("draft-problem-").to_owned()).collect()
    }

    #[test]
    fn what_a_freeze_would_refuse_is_told() {
        let (title, we_write) = (("title", "Oceans"), ("paragraph", "We write."));
        let none: [&str; 0] = [];
        assert_eq!(codes(&[title, we_write]), none);
        assert_eq!(codes(&[title]), ["empty"], "every draft begins with its title");
        assert_eq!(codes(&[]), ["empty", "no-title"]);
        assert_eq!(codes(&[we_write]), ["no-title"]);
        assert_eq!(codes(&[("title", &"x".repeat(301)), we_write]), ["title-too-long"]);
        assert_eq!(codes(&[title, ("title", " "), ("title", "Of the sea"), we_write]), ["second-title"]);
        assert_eq!(codes(&[title, ("paragraph", "We write 😀 \u{12000}.")]), ["unprintable", "unprintable"]);
        assert_eq!(codes(&[title, ("paragraph", &"word ".repeat(50_001))]), ["too-many-words"]);
        assert_eq!(codes(&[title, ("paragraph", "pay \u{202e}000.01")]), ["unseen"]);
        assert_eq!(codes(&[title, ("table", "We write.")]), ["unknown-node"]);
    }

    #[test]
    fn what_cannot_be_printed_has_a_place() {
        let looked = looked_over(&[("title", "Oceans"), ("numbered:1", "We 😀 write.")]);
        let told = looked.obstacles.told(Words::of("en"));
        let place = told[0].place.as_ref().unwrap();
        assert_eq!((place.block, place.label.as_deref(), place.offset, place.length), (2, Some("1"), 3, 2));
        assert_eq!(told[0].character.as_ref().map(|one| (one.code.as_str(), one.name.as_str())), Some(("U+1F600", "😀")));
        assert!(told[0].sentence.contains("U+1F600") && told[0].sentence.contains("paragraph 1"), "{}", told[0].sentence);
    }
}
