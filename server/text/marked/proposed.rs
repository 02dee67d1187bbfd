//! A draft with what is proposed in it, as a text with changes that nobody has decided.
//!
//! Takes what a worker reads, a draft's texts in which each piece says what would become of it: `{"insert", "attributes"}` as it
//! stands, `"comes"` and `"goes"` with the suggestion that says so, and `"would"` with what it would look like, `"by"` whom. A
//! suggestion is `<handle>.<sid>`; whose it is, whoever asks for the text knows. Of rivals each is in it: one may be taken.

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use super::{Act, Fate, Marked, MarkedBlock, MarkedPiece, Matter, noted_form};
use crate::text::block::{Dir, Kind, Run};
use crate::text::compare::Frame;
use crate::text::from_draft::{SOFT_RETURN, kept};
use crate::text::numbers::Numbers;
use crate::text::{description, link};

/// `act` tells by whom and when a suggestion was made.
pub fn marked(json: &Value, language: &str, act: &dyn Fn(&str) -> Act) -> Marked {
    let notes = json.get("notes").and_then(Value::as_object);
    let reading = Reading { notes, act };
    let mut blocks = reading.blocks(json.get("body"), true);
    // Its mark stays, whoever would have it.
    if let Some(last) = blocks.last_mut() {
        last.fate = Fate::default();
    }
    Marked { language: language.to_owned(), blocks }.or_empty()
}

struct Reading<'a> {
    notes: Option<&'a Map<String, Value>>,
    act: &'a dyn Fn(&str) -> Act,
}

/// Of the text as it stands, and as it would be: whether the paragraph says anything so far, and how its numbers go on.
#[derive(Default)]
struct Count {
    says: bool,
    numbers: Numbers,
}

impl Reading<'_> {
    fn blocks(&self, delta: Option<&Value>, is_body: bool) -> Vec<MarkedBlock> {
        let (mut blocks, mut content) = (Vec::new(), Vec::new());
        let (mut stands, mut would) = (Count::default(), Count::default());
        for piece in delta.and_then(Value::as_array).into_iter().flatten() {
            let fate = self.fate(piece);
            let (is_here, is_there) = (fate.comes.is_none(), fate.goes.is_none());
            if piece["insert"] == "\n" {
                let was = is_here.then(|| stands.frame(piece.get("attributes"), is_body));
                let form = is_there.then(|| would.frame(piece.get("would").or(piece.get("attributes")), is_body));
                let says = !content.is_empty();
                if says || fate != Fate::default() {
                    let turned = piece.get("would").and_then(|_| self.by(piece, "by")).filter(|_| was.is_some() && form.is_some());
                    let form = form.or_else(|| was.clone()).unwrap_or_else(|| noted_form(None));
                    let was = was.filter(|was| *was != form);
                    blocks.push(MarkedBlock { content: std::mem::take(&mut content), fate, form, was, turned });
                }
                continue;
            }
            let before = content.len();
            match &piece["insert"] {
                Value::String(words) => self.words(words, piece, &fate, &mut content),
                embed => content.extend(self.note(embed, &fate).filter(|_| is_body)),
            }
            let says = content[before..].iter().any(|piece| match &piece.what {
                Matter::Words(run) => !run.text.trim().is_empty(),
                Matter::Note(_) => true,
                Matter::Break | Matter::Opens(_) | Matter::Closes(_) => false,
            });
            stands.says |= says && is_here;
            would.says |= says && is_there;
        }
        if !content.is_empty() {
            blocks.push(MarkedBlock::standing(stands.frame(None, is_body), content));
        }
        blocks
    }

    fn words(&self, words: &str, piece: &Value, fate: &Fate, to: &mut Vec<MarkedPiece>) {
        let (was, would) = (appearance(piece.get("attributes")), piece.get("would").map(|would| appearance(Some(would))));
        let looked = would.as_ref().filter(|would| **would != was).and_then(|_| Some((was.clone(), self.by(piece, "by")?)));
        let look = would.filter(|_| looked.is_some()).unwrap_or(was);
        for (at, words) in words.split(SOFT_RETURN).enumerate() {
            if at > 0 {
                to.push(MarkedPiece::new(Matter::Break, fate.clone()));
            }
            let text: String = words.chars().filter_map(kept).nfc().collect();
            if !text.is_empty() {
                let what = Matter::Words(Run { text, ..look.clone() });
                to.push(MarkedPiece { looked: looked.clone(), ..MarkedPiece::new(what, fate.clone()) });
            }
        }
    }

    /// What comes with its footnote is not said to come again.
    fn note(&self, embed: &Value, fate: &Fate) -> Option<MarkedPiece> {
        let id = embed.get("note")?.as_str()?;
        let mut paragraphs = self.blocks(self.notes?.get(id), false);
        if fate.comes.is_some() {
            for block in &mut paragraphs {
                block.fate.comes = None;
                block.content.iter_mut().for_each(|piece| piece.fate.comes = None);
            }
        }
        if let Some(last) = paragraphs.last_mut() {
            last.fate = Fate::default();
        }
        (!paragraphs.is_empty()).then(|| MarkedPiece::new(Matter::Note(paragraphs), fate.clone()))
    }

    fn fate(&self, piece: &Value) -> Fate {
        Fate { comes: self.by(piece, "comes"), goes: self.by(piece, "goes"), moved: None }
    }

    fn by(&self, piece: &Value, name: &str) -> Option<Act> {
        Some((self.act)(piece.get(name)?.as_str()?))
    }
}

impl Count {
    /// What a mark says of its paragraph; one without words is not counted.
    fn frame(&mut self, mark: Option<&Value>, is_body: bool) -> Frame {
        let get = |name: &str| mark.and_then(|mark| mark.get(name));
        let dir = match get("dir").and_then(Value::as_str) {
            Some("rtl") => Some(Dir::Rtl),
            Some("ltr") => Some(Dir::Ltr),
            _ => None,
        };
        let says = std::mem::take(&mut self.says);
        if !is_body {
            return noted_form(dir);
        }
        let (kind, level) = get("block").and_then(Value::as_str).and_then(description::block).unwrap_or((Kind::Paragraph, None));
        let start = get("start").and_then(Value::as_u64).filter(|start| description::is_start(*start));
        let label = if says { self.numbers.next(kind, level, start).label } else { None };
        Frame { kind, level, label, dir }
    }
}

/// A run without words.
fn appearance(attributes: Option<&Value>) -> Run {
    let get = |name: &str| attributes.and_then(|all| all.get(name));
    let word = |name: &str| get(name).and_then(Value::as_str);
    Run {
        bold: get("bold").is_some(),
        italic: get("italic").is_some(),
        link: word("link").filter(|href| link::stands(href)).map(|href| href.nfc().collect()),
        lang: word("lang").filter(|tag| description::is_language(tag)).map(str::to_owned),
        ..Run::default()
    }
}
