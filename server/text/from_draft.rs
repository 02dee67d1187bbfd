//! From what the editor shows to what a statement says.
//!
//! Takes the editor's JSON document and makes the block tree that will be hashed: text in NFC without zero-width
//! spaces and control characters, empty paragraphs gone, equal neighbours joined, numbers written out. What the
//! tree cannot say, or would say differently from what its writers see, is an obstacle with a name and a place, never
//! silently dropped; remarks are the exception, they are no text.

mod lines;

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use super::block::{Block, Dir, Inline, Item, Run, Text};
use super::limits::DEPTH_MAX;
use super::link;
use super::numbers::Numbers;
use super::obstacle::{ObstacleKind, Obstacles};
use super::place::{self, Line};
use lines::Lines;

/// A draft, read: the text as far as it can be settled, the lines it is written in, and what stands in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub text: Text,
    pub lines: Vec<Line>,
    pub obstacles: Obstacles,
}

/// Settles a draft. `json` is the editor's document (`{"type":"doc","content":[…]}`), `language` a lower-case BCP 47 tag.
///
/// What only a room that freezes or prints can know (how long a text may be, which characters can be printed) is added
/// by `statements::obstacles`.
pub fn settle(json: &Value, language: &str) -> Draft {
    let mut settling = Settling::default();
    let mut blocks = Vec::new();
    match json.get("type").and_then(Value::as_str) {
        Some("doc") => settling.blocks(children(json), 0, &mut blocks),
        _ => settling.lines.problem(ObstacleKind::Unreadable),
    }
    let Settling { mut lines, suggestions, suggested_at, .. } = settling;
    if let Some(first) = suggested_at {
        lines.problem_at(ObstacleKind::OpenSuggestions(suggestions.len()), first);
    }
    let (lines, obstacles) = lines.looked_through();
    let text = Text { v: "text/v1".to_owned(), language: language.to_owned(), blocks };
    Draft { text, lines, obstacles }
}

/// Whether nothing is said.
pub fn is_empty(text: &Text) -> bool {
    text.blocks.is_empty()
}

#[derive(Default)]
struct Settling {
    lines: Lines,
    suggestions: BTreeSet<String>,
    suggested_at: Option<usize>,
    /// Numbers as the editor shows them, empty paragraphs counted, and as they will be.
    shown: Numbers,
    frozen: Numbers,
    moved: bool,
    footnotes: u32,
    heading: i64,
}

impl Settling {
    fn unknown(&mut self, node: &Value) {
        self.lines.problem(unknown_node(node));
    }

    /// In the line that is being read.
    fn unknown_here(&mut self, node: &Value) {
        self.lines.problem_here(unknown_node(node));
    }

    fn blocks(&mut self, nodes: &[Value], depth: usize, to: &mut Vec<Block>) {
        if depth > DEPTH_MAX {
            return self.lines.problem(ObstacleKind::TooDeep);
        }
        for node in nodes {
            self.suggested(node);
            let dir = direction(node);
            match node.get("type").and_then(Value::as_str).unwrap_or_default() {
                "heading" => {
                    let level = number(node, "level").unwrap_or(1);
                    self.lines.begin(place::BlockKind::Heading, level, None);
                    let content = self.inlines(children(node));
                    if says_something(&content) {
                        self.heading_follows(level);
                        if let Ok(level) = u8::try_from(level) {
                            to.push(Block::Heading { level, dir, content });
                        }
                    }
                }
                "paragraph" => {
                    self.lines.begin(place::BlockKind::Paragraph, 0, None);
                    let content = self.inlines(children(node));
                    if says_something(&content) {
                        to.push(Block::Paragraph { dir, content });
                    }
                }
                "numberedParagraph" => match number(node, "level").unwrap_or(1) {
                    level @ 1..=2 => {
                        self.shown.next(level);
                        let shown = self.shown.cited(level);
                        self.lines.begin(place::BlockKind::Numbered, 0, Some(shown.clone()));
                        let content = self.inlines(children(node));
                        if says_something(&content) {
                            let label = self.frozen.next(level);
                            let frozen = self.frozen.cited(level);
                            // The first one that moves says enough: those after it move with it.
                            if shown != frozen && !self.moved {
                                self.moved = true;
                                self.lines.problem_here(ObstacleKind::NumberMoves { shown, frozen });
                            }
                            to.push(Block::Numbered { level: level as u8, label, dir, content });
                        }
                    }
                    _ => self.unknown(node),
                },
                kind @ ("bulletList" | "orderedList") => {
                    let items = self.items(children(node), depth);
                    let ordered = kind == "orderedList";
                    let start = number(node, "start").filter(|_| ordered).and_then(|start| u32::try_from(start).ok()).unwrap_or(1);
                    if !items.is_empty() {
                        to.push(Block::List { ordered, start, items });
                    }
                }
                "blockquote" => {
                    let mut blocks = Vec::new();
                    self.blocks(children(node), depth + 1, &mut blocks);
                    if !blocks.is_empty() {
                        to.push(Block::Quote { blocks });
                    }
                }
                _ => self.unknown(node),
            }
        }
    }

    fn items(&mut self, nodes: &[Value], depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        for node in nodes {
            self.suggested(node);
            if node.get("type").and_then(Value::as_str) != Some("listItem") {
                self.unknown(node);
                continue;
            }
            let mut blocks = Vec::new();
            self.blocks(children(node), depth + 1, &mut blocks);
            if !blocks.is_empty() {
                items.push(Item { blocks });
            }
        }
        items
    }

    /// Levels go down one at a time: a reader who jumps from heading to heading would look for what was left out.
    fn heading_follows(&mut self, level: i64) {
        // A page begins with its title, wherever the text has it.
        let after = self.heading.max(1);
        if !(1..=3).contains(&level) {
            return self.lines.problem_here(ObstacleKind::HeadingUnknown(level));
        }
        if level > after + 1 {
            self.lines.problem_here(ObstacleKind::HeadingJump { level, after });
        }
        self.heading = level;
    }

    fn inlines(&mut self, nodes: &[Value]) -> Vec<Inline> {
        let mut content = Vec::new();
        for node in nodes {
            match node.get("type").and_then(Value::as_str).unwrap_or_default() {
                "text" => {
                    let run = self.run(node);
                    match content.last_mut() {
                        Some(Inline::Text(last)) if alike(last, &run) => last.text.push_str(&run.text),
                        _ if run.text.is_empty() => {}
                        _ => content.push(Inline::Text(run)),
                    }
                }
                "hardBreak" => {
                    self.suggested(node);
                    self.lines.write("\n");
                    content.push(Inline::Break);
                }
                "footnote" => {
                    self.suggested(node);
                    let runs = self.footnote(children(node));
                    if !runs.iter().all(|run| run.text.trim().is_empty()) {
                        self.footnotes += 1;
                        content.push(Inline::Footnote { number: self.footnotes, content: runs });
                    }
                }
                _ => self.unknown_here(node),
            }
        }
        for inline in &mut content {
            if let Inline::Text(run) = inline {
                compose(run);
            }
        }
        content
    }

    fn footnote(&mut self, nodes: &[Value]) -> Vec<Run> {
        let block = self.lines.begin_footnote();
        let runs = self.footnote_runs(nodes);
        self.lines.back_to(block);
        runs
    }

    fn footnote_runs(&mut self, nodes: &[Value]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for node in nodes {
            if node.get("type").and_then(Value::as_str) != Some("text") {
                self.unknown_here(node);
                continue;
            }
            let run = self.run(node);
            match runs.last_mut() {
                Some(last) if alike(last, &run) => last.text.push_str(&run.text),
                _ if run.text.is_empty() => {}
                _ => runs.push(run),
            }
        }
        runs.iter_mut().for_each(compose);
        runs
    }

    fn run(&mut self, node: &Value) -> Run {
        let raw = node.get("text").and_then(Value::as_str).unwrap_or_default();
        let bytes = self.lines.write(raw);
        let mut run = Run { text: raw.chars().filter_map(kept).collect(), ..Run::default() };
        for mark in node.get("marks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice) {
            match mark.get("type").and_then(Value::as_str).unwrap_or_default() {
                "bold" => run.bold = true,
                "italic" => run.italic = true,
                "link" => {
                    let href = mark.pointer("/attrs/href").and_then(Value::as_str).unwrap_or_default();
                    self.lines.linked(bytes.clone(), href);
                    run.link = link::stands(href).then(|| href.nfc().collect());
                }
                "insertion" | "deletion" | "modification" => self.suggestion(mark),
                "comment" => {}
                name => self.lines.problem_here(ObstacleKind::UnknownMark(name.chars().take(60).collect())),
            }
        }
        run
    }

    /// Suggestions may stand on whole nodes, too.
    fn suggested(&mut self, node: &Value) {
        for mark in node.get("marks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice) {
            if matches!(mark.get("type").and_then(Value::as_str), Some("insertion" | "deletion" | "modification")) {
                self.suggestion(mark);
            }
        }
    }

    /// A suggestion has one id on all the pieces it touches.
    fn suggestion(&mut self, mark: &Value) {
        self.suggested_at.get_or_insert(self.lines.here());
        let id = mark.pointer("/attrs/id").map(Value::to_string);
        self.suggestions.insert(id.unwrap_or_else(|| format!("without id {}", self.suggestions.len())));
    }
}

fn unknown_node(node: &Value) -> ObstacleKind {
    let name = node.get("type").and_then(Value::as_str).unwrap_or("?");
    ObstacleKind::UnknownNode(name.chars().take(60).collect())
}

fn children(node: &Value) -> &[Value] {
    node.get("content").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn attributes(node: &Value) -> Option<&Map<String, Value>> {
    node.get("attrs").and_then(Value::as_object)
}

fn number(node: &Value, name: &str) -> Option<i64> {
    attributes(node)?.get(name)?.as_i64()
}

fn direction(node: &Value) -> Option<Dir> {
    match attributes(node)?.get("dir")?.as_str()? {
        "rtl" => Some(Dir::Rtl),
        "ltr" => Some(Dir::Ltr),
        _ => None,
    }
}

/// White space of other kinds becomes a space; what cannot be seen and means nothing goes.
fn kept(letter: char) -> Option<char> {
    match letter {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{200b}' | '\u{feff}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    }
}

fn compose(run: &mut Run) {
    run.text = run.text.nfc().collect();
}

fn alike(left: &Run, right: &Run) -> bool {
    (left.bold, left.italic, &left.link) == (right.bold, right.italic, &right.link)
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
