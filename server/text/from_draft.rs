//! From what the editor shows to what a statement says.
//!
//! Takes the editor's JSON document and makes the block tree that will be hashed: text in NFC without zero-width
//! spaces and control characters, empty paragraphs gone, equal neighbours joined, numbers written out. What the
//! tree cannot say is a problem with a name, never silently dropped; remarks are the exception, they are no text.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use super::block::{Block, Dir, Inline, Item, Run, Text};

/// Nodes within nodes: a list four levels deep in a quote is ten.
pub const DEPTH_MAX: usize = 32;
/// All words together; the longest statements have some 60 KiB.
pub const TEXT_BYTES_MAX: usize = 1024 * 1024;
/// A link's address, as browsers commonly take it.
pub const LINK_BYTES_MAX: usize = 2048;
/// Problems told at once.
pub const PROBLEMS_MAX: usize = 20;

/// Why a draft cannot be settled as it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DraftProblem {
    /// So many suggestions are neither accepted nor rejected.
    OpenSuggestions(usize),
    UnknownNode(String),
    UnknownMark(String),
    /// An address that is not `http`, `https` or `mailto`.
    ForbiddenLink(String),
    TooDeep,
    TooLong,
    /// Not a document of the editor at all.
    Unreadable,
}

impl DraftProblem {
    /// Stable; the sentence stands in `words/`.
    pub fn code(&self) -> &'static str {
        match self {
            DraftProblem::OpenSuggestions(_) => "draft-problem-open-suggestions",
            DraftProblem::UnknownNode(_) => "draft-problem-unknown-node",
            DraftProblem::UnknownMark(_) => "draft-problem-unknown-mark",
            DraftProblem::ForbiddenLink(_) => "draft-problem-forbidden-link",
            DraftProblem::TooDeep => "draft-problem-too-deep",
            DraftProblem::TooLong => "draft-problem-too-long",
            DraftProblem::Unreadable => "draft-problem-unreadable",
        }
    }

    /// What the sentence mentions: a count, or the name of what is in the way.
    pub fn what(&self) -> String {
        match self {
            DraftProblem::OpenSuggestions(count) => count.to_string(),
            DraftProblem::UnknownNode(what) | DraftProblem::UnknownMark(what) | DraftProblem::ForbiddenLink(what) => {
                what.chars().take(120).collect()
            }
            DraftProblem::TooDeep | DraftProblem::TooLong | DraftProblem::Unreadable => String::new(),
        }
    }
}

/// Settles a draft. `json` is the editor's document (`{"type":"doc","content":[…]}`), `language` a lower-case BCP 47 tag.
/// Answers every kind of problem once, at most [`PROBLEMS_MAX`].
pub fn from_draft(json: &Value, language: &str) -> Result<Text, Vec<DraftProblem>> {
    let (text, problems) = settle(json, language);
    if problems.is_empty() { Ok(text) } else { Err(problems) }
}

/// As [`from_draft`], but with as much of the text as can be settled beside the problems, for looking it over.
pub fn settle(json: &Value, language: &str) -> (Text, Vec<DraftProblem>) {
    let mut settling = Settling::default();
    let mut blocks = Vec::new();
    match json.get("type").and_then(Value::as_str) {
        Some("doc") => settling.blocks(children(json), 0, &mut blocks),
        _ => settling.problem(DraftProblem::Unreadable),
    }
    if !settling.suggestions.is_empty() {
        settling.problem(DraftProblem::OpenSuggestions(settling.suggestions.len()));
    }
    if settling.bytes > TEXT_BYTES_MAX {
        settling.problem(DraftProblem::TooLong);
    }
    let text = Text { v: "text/v1".to_owned(), language: language.to_owned(), blocks };
    (text, settling.problems.into_iter().collect())
}

/// Whether nothing is said.
pub fn is_empty(text: &Text) -> bool {
    text.blocks.is_empty()
}

/// The label of the `index`-th (from 0) lettered paragraph: `(a)` … `(z)`, `(aa)`, `(ab)` …
pub fn letter_label(index: usize) -> String {
    let (mut letters, mut rest) = (Vec::new(), index + 1);
    while rest > 0 {
        letters.push(b'a' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    format!("({})", letters.iter().rev().map(|letter| char::from(*letter)).collect::<String>())
}

#[derive(Default)]
struct Settling {
    problems: BTreeSet<DraftProblem>,
    suggestions: BTreeSet<String>,
    numbered: usize,
    lettered: usize,
    footnotes: u32,
    bytes: usize,
}

impl Settling {
    fn problem(&mut self, problem: DraftProblem) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.insert(problem);
        }
    }

    fn unknown(&mut self, node: &Value) {
        let name = node.get("type").and_then(Value::as_str).unwrap_or("?");
        self.problem(DraftProblem::UnknownNode(name.chars().take(60).collect()));
    }

    fn blocks(&mut self, nodes: &[Value], depth: usize, to: &mut Vec<Block>) {
        if depth > DEPTH_MAX {
            return self.problem(DraftProblem::TooDeep);
        }
        for node in nodes {
            self.suggested(node);
            let dir = direction(node);
            match node.get("type").and_then(Value::as_str).unwrap_or_default() {
                "heading" => match number(node, "level").unwrap_or(1) {
                    level @ 1..=3 => {
                        let content = self.inlines(children(node));
                        if says_something(&content) {
                            to.push(Block::Heading { level: level as u8, dir, content });
                        }
                    }
                    _ => self.unknown(node),
                },
                "paragraph" => {
                    let content = self.inlines(children(node));
                    if says_something(&content) {
                        to.push(Block::Paragraph { dir, content });
                    }
                }
                "numberedParagraph" => match number(node, "level").unwrap_or(1) {
                    level @ 1..=2 => {
                        let content = self.inlines(children(node));
                        if says_something(&content) {
                            to.push(Block::Numbered { level: level as u8, label: self.label(level), dir, content });
                        }
                    }
                    _ => self.unknown(node),
                },
                kind @ ("bulletList" | "orderedList") => {
                    let items = self.items(children(node), depth + 1);
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

    fn label(&mut self, level: i64) -> String {
        if level == 1 {
            self.numbered += 1;
            self.lettered = 0;
            format!("{}.", self.numbered)
        } else {
            self.lettered += 1;
            letter_label(self.lettered - 1)
        }
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
                _ => self.unknown(node),
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
        let mut runs: Vec<Run> = Vec::new();
        for node in nodes {
            if node.get("type").and_then(Value::as_str) != Some("text") {
                self.unknown(node);
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
        self.bytes += raw.len();
        let mut run = Run { text: raw.chars().filter_map(kept).collect(), ..Run::default() };
        for mark in node.get("marks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice) {
            match mark.get("type").and_then(Value::as_str).unwrap_or_default() {
                "bold" => run.bold = true,
                "italic" => run.italic = true,
                "link" => match mark.pointer("/attrs/href").and_then(Value::as_str) {
                    Some(href) if may_link(href) => run.link = Some(href.nfc().collect()),
                    other => self.problem(DraftProblem::ForbiddenLink(other.unwrap_or_default().chars().take(200).collect())),
                },
                "insertion" | "deletion" | "modification" => self.suggestion(mark),
                "comment" => {}
                name => self.problem(DraftProblem::UnknownMark(name.chars().take(60).collect())),
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
        let id = mark.pointer("/attrs/id").map(Value::to_string);
        self.suggestions.insert(id.unwrap_or_else(|| format!("without id {}", self.suggestions.len())));
    }
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

/// Whether an address may stand in a statement: `http`, `https` or `mailto`, without white space.
pub fn may_link(href: &str) -> bool {
    let scheme = href.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let clean = !href.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    clean && href.len() <= LINK_BYTES_MAX && href.contains(':') && matches!(scheme.as_str(), "http" | "https" | "mailto")
}

fn says_something(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Text(run) => !run.text.trim().is_empty(),
        Inline::Break => false,
        Inline::Footnote { .. } => true,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn doc(content: Value) -> Value {
        json!({ "type": "doc", "content": content })
    }

    fn paragraph(text: &str) -> Value {
        json!({ "type": "paragraph", "content": [{ "type": "text", "text": text }] })
    }

    fn numbered(level: u8, text: &str) -> Value {
        json!({ "type": "numberedParagraph", "attrs": { "level": level }, "content": [{ "type": "text", "text": text }] })
    }

    fn problems(content: Value) -> Vec<DraftProblem> {
        from_draft(&doc(content), "en").unwrap_err()
    }

    #[test]
    fn numbers_are_written_out() {
        let text = from_draft(
            &doc(json!([numbered(1, "x"), numbered(2, "x"), numbered(2, "x"), numbered(1, " "), numbered(1, "x"), numbered(2, "x")])),
            "en",
        )
        .unwrap();
        let labels: Vec<_> =
            text.blocks.iter().map(|block| if let Block::Numbered { label, .. } = block { label.as_str() } else { "" }).collect();
        assert_eq!(labels, ["1.", "(a)", "(b)", "2.", "(a)"]);
        assert_eq!([0, 25, 26, 27, 52, 701, 702].map(letter_label), ["(a)", "(z)", "(aa)", "(ab)", "(ba)", "(zz)", "(aaa)"]);
    }

    #[test]
    fn text_is_composed_and_what_cannot_be_seen_is_gone() {
        let text =
            from_draft(&doc(json!([paragraph("e\u{301}\u{200b}t\u{0}e\tx"), paragraph(" \u{200b}"), { "type": "paragraph" }])), "fr")
                .unwrap();
        assert_eq!(
            text.blocks,
            [Block::Paragraph { dir: None, content: vec![Inline::Text(Run { text: "éte x".into(), ..Run::default() })] }]
        );
        assert!(is_empty(&from_draft(&doc(json!([])), "fr").unwrap()));
    }

    #[test]
    fn equal_neighbours_join_and_remarks_are_no_text() {
        let content = json!([{ "type": "paragraph", "attrs": { "dir": "rtl" }, "content": [
            { "type": "text", "text": "a", "marks": [{ "type": "bold" }] },
            { "type": "text", "text": "b", "marks": [{ "type": "comment", "attrs": { "id": "x" } }, { "type": "bold" }] },
            { "type": "text", "text": "c", "marks": [{ "type": "link", "attrs": { "href": "mailto:a@b.org" } }] },
            { "type": "footnote", "content": [{ "type": "text", "text": "note" }] },
            { "type": "hardBreak" },
        ] }]);
        let text = from_draft(&doc(content), "ar").unwrap();
        let run = |text: &str, bold, link: Option<&str>| Run { text: text.into(), bold, italic: false, link: link.map(str::to_owned) };
        let content = vec![
            Inline::Text(run("ab", true, None)),
            Inline::Text(run("c", false, Some("mailto:a@b.org"))),
            Inline::Footnote { number: 1, content: vec![run("note", false, None)] },
            Inline::Break,
        ];
        assert_eq!(text.blocks, [Block::Paragraph { dir: Some(Dir::Rtl), content }]);
    }

    #[test]
    fn what_cannot_be_said_has_a_name() {
        let marked = |mark: Value| json!([{ "type": "paragraph", "content": [{ "type": "text", "text": "x", "marks": [mark] }] }]);
        assert_eq!(problems(json!([{ "type": "table" }])), [DraftProblem::UnknownNode("table".into())]);
        assert_eq!(
            problems(json!([{ "type": "bulletList", "content": [paragraph("x")] }])),
            [DraftProblem::UnknownNode("paragraph".into())]
        );
        assert_eq!(problems(marked(json!({ "type": "underline" }))), [DraftProblem::UnknownMark("underline".into())]);
        for href in ["javascript:alert(1)", "//example.org", "https://a b", ""] {
            assert_eq!(problems(marked(json!({ "type": "link", "attrs": { "href": href } }))), [DraftProblem::ForbiddenLink(href.into())]);
        }
        let suggested = json!([
            { "type": "paragraph", "marks": [{ "type": "insertion", "attrs": { "id": 7 } }], "content": [
                { "type": "text", "text": "x", "marks": [{ "type": "insertion", "attrs": { "id": 7 } }] },
                { "type": "text", "text": "y", "marks": [{ "type": "deletion", "attrs": { "id": 8 } }] },
            ] },
        ]);
        assert_eq!(problems(suggested), [DraftProblem::OpenSuggestions(2)]);
        assert_eq!(from_draft(&json!([]), "en"), Err(vec![DraftProblem::Unreadable]));
        let mut deep = paragraph("x");
        for _ in 0..60 {
            deep = json!({ "type": "blockquote", "content": [deep] });
        }
        assert_eq!(problems(json!([deep])), [DraftProblem::TooDeep]);
    }
}
