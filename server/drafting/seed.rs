//! The first words of a draft: a text as the shared texts that editors write in.
//!
//! Runs in the server itself where it reads nothing a client encoded. Every letter and mark says all its attributes, because
//! what is typed behind a mark would inherit what is not said.

use std::collections::HashMap;
use std::sync::Arc;

use yrs::types::text::{Diff, YChange};
use yrs::types::{Attrs, Delta};
use yrs::{Any, ClientID, Doc, In, OffsetKind, Options, Out, ReadTxn, StateVector, Text as _, Transact};

use super::limits::CLIENT_ID_MAX;
use super::project::project;
use crate::kernel::secret::random;
use crate::statements::Statement;
use crate::text::block::{Block, Dir, Inline, Kind, NoteParagraph, Piece, Run, Text};
use crate::text::description;
use crate::text::from_draft::{Draft, SOFT_RETURN, settle};
use crate::text::numbers::{Numbers, item_number};

/// What every draft begins with: the statement's title, and an empty paragraph to write in.
pub fn beginning(statement: &Statement) -> Text {
    let title = vec![Inline::Text(Run::plain(&statement.title))];
    let blocks = vec![Block::heading(1, title), Block::paragraph(Vec::new())];
    Text { v: "text/v1".to_owned(), language: statement.language.clone(), blocks }
}

/// One Yjs v1 update by `client` that makes an empty draft show `text`. Numbers follow from what is written.
pub fn seed(text: &Text, client: u64) -> Vec<u8> {
    let doc = written(text, client);
    doc.transact().encode_state_as_update_v1(&StateVector::default())
}

/// What a draft that begins with `text` says.
pub fn reads_as(text: &Text, language: &str) -> Result<Draft, String> {
    Ok(settle(&project(&written(text, 1))?, language))
}

fn written(text: &Text, client: u64) -> Doc {
    let client_id = ClientID::new(client & CLIENT_ID_MAX);
    let doc = Doc::with_options(Options { client_id, offset_kind: OffsetKind::Utf16, skip_gc: true, ..Options::default() });
    write(text, &doc);
    doc
}

/// Writes a text in the place of all that the document's body holds; its last mark stays, and closes the text's last block.
pub fn write(text: &Text, doc: &Doc) {
    let Spelled { mut body, notes, closing } = spell(text);
    let root = doc.get_or_insert_text(description::body());
    let (len, last_mark) = {
        let txn = doc.transact();
        let last = root.diff(&txn, YChange::identity).pop();
        (root.len(&txn), matches!(last, Some(Diff { insert: Out::Any(Any::String(letters)), .. }) if letters.ends_with('\n')))
    };
    if !last_mark && let Some(closing) = &closing {
        body.mark(closing.clone());
    }
    // Before what goes, so that letters somebody writes in the last paragraph at this moment stand behind the text.
    body.0.push(Delta::Deleted(len - u32::from(last_mark)));
    if last_mark {
        body.mark_again(closing.unwrap_or_default());
    }
    let notes = notes.into_iter().map(|(id, note)| (description::note(&id), note));
    for (root, Pen(written)) in notes.chain([(description::body().to_owned(), body)]) {
        let root = doc.get_or_insert_text(root);
        root.apply_delta(&mut doc.transact_mut(), written);
    }
}

/// A text as editors would write it into an empty draft.
pub struct Spelled {
    /// Up to the last mark.
    pub body: Pen,
    /// What the last mark says; nothing where the text has no block.
    pub closing: Option<Attrs>,
    /// By the id that stands at its place.
    pub notes: Vec<(String, Pen)>,
}

pub fn spell(text: &Text) -> Spelled {
    let (mut body, mut notes, mut numbers, mut closing) = (Pen::default(), Vec::new(), Numbers::default(), None);
    for block in &text.blocks {
        if let Some(before) = closing.take() {
            body.mark(before);
        }
        for inline in &block.content {
            match inline {
                Inline::Text(run) => body.run(run),
                Inline::Break => body.soft_return(),
                Inline::Footnote { content, .. } => {
                    let id = description::note_id(random());
                    body.place_of(&id);
                    notes.push((id, noted(content)));
                }
            }
        }
        closing = Some(marks(block, &mut numbers));
    }
    Spelled { body, closing, notes }
}

fn noted(paragraphs: &[NoteParagraph]) -> Pen {
    let mut pen = Pen::default();
    for paragraph in paragraphs {
        for piece in &paragraph.content {
            match piece {
                Piece::Text(run) => pen.run(run),
                Piece::Break => pen.soft_return(),
            }
        }
        pen.mark(direction(paragraph.dir).into_iter().collect());
    }
    if paragraphs.is_empty() {
        pen.mark(Attrs::new());
    }
    pen
}

/// What is written into one shared text.
#[derive(Default)]
pub struct Pen(pub Vec<Delta<In>>);

impl Pen {
    fn letters(&mut self, letters: &str, attributes: Attrs) {
        if !letters.is_empty() {
            self.0.push(Delta::Inserted(letters.into(), Some(Box::new(attributes))));
        }
    }

    fn run(&mut self, run: &Run) {
        // A line end would be a mark, and a soft return is a break.
        self.letters(&run.text.replace(['\n', SOFT_RETURN], " "), appearance(run));
    }

    fn soft_return(&mut self) {
        self.letters(SOFT_RETURN.encode_utf8(&mut [0; 4]), Attrs::new());
    }

    pub fn mark(&mut self, attributes: Attrs) {
        self.letters("\n", attributes);
    }

    /// Makes a mark that is there this one.
    pub fn mark_again(&mut self, attributes: Attrs) {
        let ended = ["block", "dir", "start"].map(|name| (Arc::from(name), Any::Null));
        self.0.push(Delta::Retain(1, Some(Box::new(ended.into_iter().chain(attributes).collect()))));
    }

    fn place_of(&mut self, note: &str) {
        let place = Any::from(HashMap::from([("note".to_owned(), Any::from(note))]));
        self.0.push(Delta::Inserted(place.into(), Some(Box::default())));
    }
}

fn marks(block: &Block, numbers: &mut Numbers) -> Attrs {
    let mut marks: Attrs = direction(block.dir).into_iter().collect();
    if let Some(name) = description::name(block.kind, block.level) {
        marks.insert("block".into(), name.into());
    }
    // An item that would be called otherwise begins a count of its own.
    let would = numbers.next(block.kind, block.level, None).label;
    if block.kind == Kind::Ordered
        && would != block.label
        && let (Some(level), Some(label)) = (block.level, &block.label)
        && let Some(start) = item_number(level, label).filter(|start| description::is_start(*start))
    {
        numbers.next(block.kind, block.level, Some(start));
        marks.insert("start".into(), Any::from(start as u32));
    }
    marks
}

fn direction(dir: Option<Dir>) -> Option<(Arc<str>, Any)> {
    Some(("dir".into(), Any::from(if dir? == Dir::Rtl { "rtl" } else { "ltr" })))
}

fn appearance(run: &Run) -> Attrs {
    let mut all = Attrs::new();
    if run.bold {
        all.insert("bold".into(), true.into());
    }
    if run.italic {
        all.insert("italic".into(), true.into());
    }
    for (name, value) in [("link", &run.link), ("lang", &run.lang)] {
        if let Some(value) = value {
            all.insert(name.into(), Any::from(value.as_str()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use yrs::Update;
    use yrs::updates::decoder::Decode;

    use super::*;
    use crate::drafting::gate::{Gate, PersonKey};

    #[test]
    fn a_seeded_draft_reads_back_as_the_text_and_passes_the_gate() {
        let say = |text: &str| json!([{ "type": "text", "text": text }]);
        let item = |kind: &str, level: u8, text: &str| json!({ "type": kind, "level": level, "content": say(text) });
        let labelled = |kind: &str, level: u8, label: &str| json!({ "type": kind, "level": level, "label": label, "content": say("x") });
        let note = json!([{ "content": say("A note.") }, { "dir": "ltr", "content": [{ "type": "text", "text": "Its end" }, { "type": "break" }] }]);
        let rich = json!([
            { "type": "text", "text": "We " },
            { "type": "text", "text": "urge 😀 ", "bold": true },
            { "type": "text", "text": "les États", "italic": true, "link": "https://example.org/", "lang": "fr" },
            { "type": "footnote", "number": 1, "content": note },
            { "type": "break" },
            { "type": "text", "text": " now" },
            { "type": "footnote", "number": 2, "content": [{ "content": say("Another.") }] },
        ]);
        let text: Text = serde_json::from_value(json!({ "v": "text/v1", "language": "ar", "blocks": [
            { "type": "heading", "level": 1, "dir": "rtl", "content": say("المحيطات") },
            item("heading", 2, "One"), item("heading", 3, "Two"), item("heading", 4, "Three"),
            { "type": "paragraph", "content": rich },
            labelled("numbered", 1, "1."), labelled("numbered", 2, "(a)"), labelled("numbered", 3, "(i)"), item("continuation", 3, "more"),
            labelled("ordered", 1, "4."), labelled("ordered", 2, "a."), labelled("ordered", 2, "d."), item("bullet", 3, "point"),
            item("continuation", 3, "on"), labelled("ordered", 1, "5."),
            { "type": "quotation", "content": say("quoted") },
        ] }))
        .unwrap();
        assert!(text.is_v1());
        let update = seed(&text, 42);
        let mut gate = Gate::new();
        let passed = gate.check(PersonKey(9), &update).unwrap();
        gate.commit(passed).unwrap();
        assert_eq!(gate.owner(42), Some(PersonKey(9)));
        let doc = Doc::new();
        doc.transact_mut().apply_update(Update::decode_v1(&update).unwrap()).unwrap();
        let projected = project(&doc).unwrap();
        let read = settle(&projected, "ar");
        assert_eq!((read.text, read.obstacles.list), (text, Vec::new()));
        assert!(projected["body"].as_array().unwrap().last().unwrap()["insert"].as_str().unwrap().ends_with('\n'), "the last mark");
    }

    #[test]
    fn a_text_in_the_place_of_another_reads_as_itself() {
        let mark = |kind, level| Block { dir: Some(Dir::Rtl), ..Block::new(kind, level, vec![Inline::Text(Run::plain("x"))]) };
        let text = |blocks: Vec<Block>| Text { v: "text/v1".into(), language: "en".into(), blocks };
        let texts = [
            text(vec![mark(Kind::Quotation, None), mark(Kind::Heading, Some(2))]),
            text(vec![Block::paragraph(vec![Inline::Text(Run { bold: true, ..Run::plain("bold") })])]),
            text(vec![mark(Kind::Bullet, Some(3))]),
            text(Vec::new()),
            text(vec![mark(Kind::Heading, Some(1)), Block::paragraph(vec![Inline::Text(Run::plain("end"))])]),
        ];
        let doc = written(&texts[0], 1);
        for text in texts.iter().chain(&texts) {
            write(text, &doc);
            let projected = project(&doc).unwrap();
            assert_eq!(settle(&projected, "en").text, *text);
            let letters = projected["body"].as_array().unwrap().last().unwrap()["insert"].as_str().unwrap().to_owned();
            assert!(letters.ends_with('\n') && (!text.blocks.is_empty() || letters == "\n"), "the last mark stays");
        }
    }

    #[test]
    fn what_is_no_letter_of_a_draft_is_not_written_into_one() {
        let text = Text {
            v: "text/v1".into(),
            language: "en".into(),
            blocks: vec![Block::paragraph(vec![Inline::Text(Run::plain("one\ntwo\u{2028}three"))])],
        };
        let read = reads_as(&text, "en").unwrap().text;
        assert_eq!(read.blocks, [Block::paragraph(vec![Inline::Text(Run::plain("one two three"))])]);
    }
}
