//! From what a draft holds to what a statement says.
//!
//! Takes the shared texts of a draft as a worker reads them, `{"body": delta, "notes": {id: delta}}`, and makes the blocks
//! that will be hashed: text in NFC without zero-width spaces and control characters, empty paragraphs gone, equal
//! neighbours joined, numbers written out. What a text cannot say, or would say differently from what its writers see, is
//! an obstacle with a name and a place, never silently dropped. What only means something elsewhere is left out: letters'
//! attributes on a paragraph mark, and a mark's on letters.
//!
//! Words in brackets are read with the signs of a bracket around them, each alternative in its own: nobody who reads a draft takes
//! for settled what is not. Each bracket is an obstacle, and so is such a sign that stands among the letters, as it does once a
//! version that had brackets is restored: no edition ever holds one.
//!
//! What is only proposed is in none of it; [`with_suggestions`] tells of it once everything else has been looked over.

mod bracket;
mod delta;
mod lines;
mod proposed;

use std::ops::Range;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use super::block::{Block, Dir, Inline, Kind, NoteParagraph, Run, Text};
use super::numbers::{Number, Numbers};
use super::obstacle::{ObstacleKind, Obstacles};
use super::place::{BlockKind, Line};
use super::{block, description, link};
use bracket::Opened;
use delta::{Attributes, Paragraph, Piece, paragraphs};
use lines::Lines;

/// A line break inside a block, as drafts write it.
pub const SOFT_RETURN: char = '\u{2028}';

/// A draft, read: the text as far as it can be settled, the lines it is written in, and what stands in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub text: Text,
    pub lines: Vec<Line>,
    pub obstacles: Obstacles,
}

/// Settles a draft. `json` is what a worker projects, `language` a lower-case BCP 47 tag.
///
/// What only a room that freezes or prints can know (how long a text may be, which characters can be printed) is added
/// by `statements::obstacles`.
pub fn settle(json: &Value, language: &str) -> Draft {
    let mut settling = Settling::default();
    match (json.get("body").and_then(Value::as_array), json.get("notes").and_then(Value::as_object)) {
        (Some(body), Some(notes)) => settling.blocks(body, notes),
        _ => settling.lines.problem(ObstacleKind::Unreadable),
    }
    let (lines, obstacles) = settling.lines.looked_through();
    let text = Text { v: "text/v1".to_owned(), language: language.to_owned(), blocks: settling.blocks };
    Draft { text, lines, obstacles }
}

/// Whether something is proposed that nobody has answered.
pub fn has_suggestions(json: &Value) -> bool {
    json.get("proposed").is_some()
}

/// Adds the suggestions that are open to what stands in a draft's way, and turns all places into those where its writers see the
/// same, with what is pending among the text.
pub fn with_suggestions(json: &Value, obstacles: &mut Obstacles) {
    if let Some(proposed) = json.get("proposed") {
        proposed::seen_by_writers(proposed, obstacles);
    }
}

/// Whether nothing is said.
pub fn is_empty(text: &Text) -> bool {
    text.blocks.is_empty()
}

#[derive(Default)]
struct Settling {
    blocks: Vec<Block>,
    lines: Lines,
    /// Numbers as the editor shows them, empty paragraphs counted, and as they will be.
    shown: Numbers,
    frozen: Numbers,
    paragraph_moved: bool,
    item_moved: bool,
    footnotes: u32,
    heading: u8,
}

impl Settling {
    fn blocks(&mut self, body: &[Value], notes: &Map<String, Value>) {
        for paragraph in paragraphs(body) {
            if self.lines.are_too_many() {
                return;
            }
            self.block(&paragraph, notes);
        }
    }

    fn block(&mut self, paragraph: &Paragraph<'_>, notes: &Map<String, Value>) {
        let mark = paragraph.mark;
        let named = mark.get("block");
        let known = named.map_or(Some((Kind::Paragraph, None)), |name| description::block(name.as_str()?));
        // Shown as a paragraph, so that its words are seen; nothing is frozen as long as it stands.
        let (kind, level) = known.unwrap_or((Kind::Paragraph, None));
        let start = mark.get("start").and_then(Value::as_u64).filter(|start| description::is_start(*start));
        let shown = self.shown.next(kind, level, start);
        let (place, heading, label) = match kind {
            Kind::Heading => (BlockKind::Heading, level.unwrap_or(1), None),
            Kind::Numbered => (BlockKind::Numbered, 0, shown.cited.clone()),
            Kind::Paragraph | Kind::Continuation | Kind::Bullet | Kind::Ordered | Kind::Quotation => (BlockKind::Paragraph, 0, None),
        };
        self.lines.begin(place, heading, label);
        if let (Some(name), None) = (named, known) {
            self.unknown(name);
        }
        let dir = self.marked(mark, start.is_some());
        let content = self.inlines(&paragraph.pieces, Some(notes));
        if !matches!(kind, Kind::Ordered | Kind::Bullet | Kind::Continuation) {
            self.item_moved = false;
        }
        if !says_something(&content) {
            return;
        }
        if kind == Kind::Heading {
            self.heading_follows(heading);
        }
        let Number { label, cited } = self.frozen.next(kind, level, start);
        self.number_moves(kind, shown.cited, cited);
        self.blocks.push(Block { kind, level, label, dir, content });
    }

    /// The direction a mark sets, and what else stands on it.
    fn marked(&mut self, mark: Attributes<'_>, starts: bool) -> Option<Dir> {
        let dir = direction(mark);
        for name in mark.names() {
            let known = match name {
                "dir" => dir.is_some(),
                "start" => starts,
                "block" | "bold" | "italic" | "link" | "lang" => true,
                _ => description::bracket_of(name).is_some(),
            };
            if !known {
                self.unknown_attribute(name);
            }
        }
        dir
    }

    /// The first one that moves says enough: those after it move with it.
    fn number_moves(&mut self, kind: Kind, shown: Option<String>, frozen: Option<String>) {
        let moved = if kind == Kind::Ordered { &mut self.item_moved } else { &mut self.paragraph_moved };
        if let (Some(shown), Some(frozen)) = (shown, frozen)
            && shown != frozen
            && !std::mem::replace(moved, true)
        {
            self.lines.problem_here(ObstacleKind::NumberMoves { shown, frozen });
        }
    }

    /// Levels go down one at a time: a reader who jumps from heading to heading would look for what was left out.
    fn heading_follows(&mut self, level: u8) {
        // A page begins with its title, wherever the text has it.
        let after = self.heading.max(1);
        if level > after + 1 {
            self.lines.problem_here(ObstacleKind::HeadingJump { level, after });
        }
        self.heading = level;
    }

    /// What stands in one paragraph. Footnotes have their place in the body, and `notes` are given there.
    fn inlines(&mut self, pieces: &[Piece<'_>], notes: Option<&Map<String, Value>>) -> Vec<Inline> {
        let mut content = Vec::new();
        let mut opened = Opened::default();
        for piece in pieces {
            if self.lines.are_too_many() {
                break;
            }
            match piece {
                Piece::Letters(letters, attributes) => {
                    write_signs(&opened.goes_on(*attributes), &mut content);
                    self.letters(letters, *attributes, &mut content);
                }
                Piece::Embed(embed, attributes) => {
                    write_signs(&opened.goes_on(*attributes), &mut content);
                    let here = self.lines.write("");
                    self.bracketed(*attributes, &here);
                    match (notes, noted(embed)) {
                        (Some(notes), Some(id)) => content.extend(self.footnote(notes.get(id))),
                        _ => self.unknown(embed),
                    }
                }
            }
        }
        write_signs(&opened.goes_on(Attributes::default()), &mut content);
        for inline in &mut content {
            if let Inline::Text(run) = inline {
                run.text = run.text.nfc().collect();
            }
        }
        content
    }

    fn letters(&mut self, letters: &str, attributes: Attributes<'_>, to: &mut Vec<Inline>) {
        let looks = self.appearance(attributes);
        for (at, words) in letters.split(SOFT_RETURN).enumerate() {
            if self.lines.are_too_many() {
                break;
            }
            if at > 0 {
                self.lines.write("\n");
                to.push(Inline::Break);
            }
            let bytes = self.lines.write(words);
            self.bracketed(attributes, &bytes);
            if let Some(href) = attributes.get("link").and_then(Value::as_str) {
                self.lines.linked(bytes, href);
            }
            let run = Run { text: words.chars().filter_map(kept).collect(), ..looks.clone() };
            add(run, to);
        }
    }

    fn bracketed(&mut self, attributes: Attributes<'_>, bytes: &Range<usize>) {
        for (id, _) in bracket::of(attributes) {
            self.lines.bracketed(bytes, id);
        }
    }

    /// A run without words.
    fn appearance(&mut self, attributes: Attributes<'_>) -> Run {
        let mut run = Run::default();
        for name in attributes.names() {
            let value = attributes.get(name).unwrap_or(&Value::Null);
            match (name, value) {
                ("bold", Value::Bool(true)) => run.bold = true,
                ("italic", Value::Bool(true)) => run.italic = true,
                ("link", Value::String(href)) => run.link = link::stands(href).then(|| href.nfc().collect()),
                ("lang", Value::String(tag)) if description::is_language(tag) => run.lang = Some(tag.clone()),
                ("block" | "dir" | "start", _) => {}
                _ if bracket::read(name, value).is_some() => {}
                _ => self.unknown_attribute(name),
            }
        }
        run
    }

    /// A footnote and its words; nothing where it says nothing.
    fn footnote(&mut self, delta: Option<&Value>) -> Option<Inline> {
        let block = self.lines.begin_footnote();
        let mut content = Vec::new();
        let delta = delta.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (at, paragraph) in paragraphs(delta).enumerate() {
            if self.lines.are_too_many() {
                break;
            }
            if at > 0 {
                self.lines.write("\n");
            }
            if let Some(name) = paragraph.mark.get("block").filter(|name| name.as_str() != Some(description::PARAGRAPH)) {
                self.unknown(name);
            }
            let dir = self.marked(paragraph.mark, true);
            let words = self.inlines(&paragraph.pieces, None);
            if says_something(&words) {
                let piece = |inline| match inline {
                    Inline::Text(run) => Some(block::Piece::Text(run)),
                    Inline::Break => Some(block::Piece::Break),
                    Inline::Footnote { .. } => None,
                };
                content.push(NoteParagraph { dir, content: words.into_iter().filter_map(piece).collect() });
            }
        }
        self.lines.back_to(block);
        if content.is_empty() {
            return None;
        }
        self.footnotes += 1;
        Some(Inline::Footnote { number: self.footnotes, content })
    }

    /// A block or an embed of another description, in the line that is being read.
    fn unknown(&mut self, what: &Value) {
        let name = match what {
            Value::String(name) => name.clone(),
            Value::Object(embed) => embed.keys().next().cloned().unwrap_or_default(),
            other => other.to_string(),
        };
        self.lines.problem_here(ObstacleKind::UnknownNode(name.chars().take(60).collect()));
    }

    fn unknown_attribute(&mut self, name: &str) {
        self.lines.problem_here(ObstacleKind::UnknownMark(name.chars().take(60).collect()));
    }
}

fn add(run: Run, to: &mut Vec<Inline>) {
    match to.last_mut() {
        Some(Inline::Text(last)) if last.looks_like(&run) => last.text.push_str(&run.text),
        _ if run.text.is_empty() => {}
        _ => to.push(Inline::Text(run)),
    }
}

fn write_signs(signs: &str, to: &mut Vec<Inline>) {
    add(Run::plain(signs), to);
}

/// Which footnote has its place here.
fn noted(embed: &Value) -> Option<&str> {
    let embed = embed.as_object().filter(|embed| embed.len() == 1)?;
    embed.get("note")?.as_str().filter(|id| description::is_note(id))
}

fn direction(mark: Attributes<'_>) -> Option<Dir> {
    match mark.get("dir")?.as_str()? {
        "rtl" => Some(Dir::Rtl),
        "ltr" => Some(Dir::Ltr),
        _ => None,
    }
}

/// White space of other kinds becomes a space; what cannot be seen and means nothing goes.
pub(super) fn kept(letter: char) -> Option<char> {
    match letter {
        '\t' | '\r' | '\u{85}' | '\u{2029}' => Some(' '),
        '\u{200b}' | '\u{feff}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    }
}

fn says_something(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Text(run) => !run.text.trim().is_empty(),
        Inline::Break => false,
        Inline::Footnote { .. } => true,
    })
}

#[cfg(test)]
mod tests;
