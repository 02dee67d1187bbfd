//! The first update of a draft that starts from a text: the block tree as the editor's document.
//!
//! Runs in the server itself. It reads nothing a client encoded: the text is a parsed value of bounded depth.

use std::collections::HashMap;
use std::sync::Arc;

use yrs::types::Attrs;
use yrs::types::xml::{Xml, XmlElementPrelim, XmlElementRef, XmlFragment, XmlTextPrelim};
use yrs::{Any, ClientID, Doc, OffsetKind, Options, ReadTxn, StateVector, Text as _, Transact, TransactionMut};

use super::limits::{CLIENT_ID_MAX, SEED_DEPTH_MAX};
use crate::text::block::{Block, Dir, Inline, Run, Text};

/// Why a text cannot become a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This text nests too deeply for the editor; take lists or quotes out of each other.")]
pub struct TooDeep;

/// One Yjs v1 update by `client` that makes an empty draft show `text`. Numbers are left to the editor.
pub fn seed(text: &Text, client: u64) -> Result<Vec<u8>, TooDeep> {
    let client_id = ClientID::new(client & CLIENT_ID_MAX);
    let doc = Doc::with_options(Options { client_id, offset_kind: OffsetKind::Utf16, skip_gc: true, ..Options::default() });
    let root = doc.get_or_insert_xml_fragment("default");
    let mut txn = doc.transact_mut();
    blocks(&text.blocks, &root, &mut txn, 0)?;
    drop(txn);
    Ok(doc.transact().encode_state_as_update_v1(&StateVector::default()))
}

fn blocks(all: &[Block], to: &impl XmlFragment, txn: &mut TransactionMut, depth: usize) -> Result<(), TooDeep> {
    if depth > SEED_DEPTH_MAX {
        return Err(TooDeep);
    }
    for block in all {
        match block {
            Block::Heading { level, dir, content } => line("heading", Some(*level), *dir, content, to, txn),
            Block::Paragraph { dir, content } => line("paragraph", None, *dir, content, to, txn),
            Block::Numbered { level, dir, content, .. } => line("numberedParagraph", Some(*level), *dir, content, to, txn),
            Block::List { ordered, start, items } => {
                let list = to.push_back(txn, XmlElementPrelim::empty(if *ordered { "orderedList" } else { "bulletList" }));
                if *ordered {
                    list.insert_attribute(txn, "start", Any::from(*start));
                }
                for item in items {
                    let node = list.push_back(txn, XmlElementPrelim::empty("listItem"));
                    // The editor wants an item to begin with a paragraph.
                    if !matches!(item.blocks.first(), Some(Block::Paragraph { .. })) {
                        node.push_back(txn, XmlElementPrelim::empty("paragraph"));
                    }
                    blocks(&item.blocks, &node, txn, depth + 1)?;
                }
            }
            Block::Quote { blocks: inner } => {
                let node = to.push_back(txn, XmlElementPrelim::empty("blockquote"));
                blocks(inner, &node, txn, depth + 1)?;
            }
        }
    }
    Ok(())
}

fn line(kind: &str, level: Option<u8>, dir: Option<Dir>, content: &[Inline], to: &impl XmlFragment, txn: &mut TransactionMut) {
    let node = to.push_back(txn, XmlElementPrelim::empty(kind));
    if let Some(level) = level {
        node.insert_attribute(txn, "level", Any::from(u32::from(level)));
    }
    if let Some(dir) = dir {
        node.insert_attribute(txn, "dir", if dir == Dir::Rtl { "rtl" } else { "ltr" });
    }
    let mut rest = content;
    while let Some(first) = rest.first() {
        let runs: Vec<&Run> = rest.iter().map_while(|inline| if let Inline::Text(run) = inline { Some(run) } else { None }).collect();
        rest = &rest[runs.len()..];
        if !runs.is_empty() {
            text(&runs, &node, txn);
            continue;
        }
        match first {
            Inline::Footnote { content, .. } => {
                let note = node.push_back(txn, XmlElementPrelim::empty("footnote"));
                text(&content.iter().collect::<Vec<_>>(), &note, txn);
            }
            Inline::Break => drop(node.push_back(txn, XmlElementPrelim::empty("hardBreak"))),
            Inline::Text(_) => {}
        }
        rest = &rest[1..];
    }
}

fn text(runs: &[&Run], to: &XmlElementRef, txn: &mut TransactionMut) {
    let node = to.push_back(txn, XmlTextPrelim::new(""));
    for run in runs.iter().filter(|run| !run.text.is_empty()) {
        let end = node.len(txn);
        node.insert_with_attributes(txn, end, &run.text, marks(run));
    }
}

fn marks(run: &Run) -> Attrs {
    let mut marks = Attrs::new();
    let plain = || Any::Map(Arc::new(HashMap::new()));
    if run.bold {
        marks.insert("bold".into(), plain());
    }
    if run.italic {
        marks.insert("italic".into(), plain());
    }
    if let Some(href) = &run.link {
        marks.insert("link".into(), Any::Map(Arc::new(HashMap::from([("href".to_owned(), Any::from(href.as_str()))]))));
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::gate::{Gate, PersonKey};
    use crate::text::block::Item;
    use crate::text::from_draft::settle;

    #[test]
    fn a_seeded_draft_reads_back_as_the_text_and_passes_the_gate() {
        let run = |text: &str, bold, link: Option<&str>| Run { text: text.into(), bold, italic: false, link: link.map(str::to_owned) };
        let plain = |text: &str| vec![Inline::Text(run(text, false, None))];
        let content = vec![
            Inline::Text(run("We ", false, None)),
            Inline::Text(run("urge 😀 ", true, None)),
            Inline::Text(run("States", false, Some("https://example.org/"))),
            Inline::Footnote { number: 1, content: vec![run("A note.", false, None)] },
            Inline::Break,
            Inline::Text(run(" now", false, None)),
        ];
        let item =
            |text: &str, more: Vec<Block>| Item { blocks: [vec![Block::Paragraph { dir: None, content: plain(text) }], more].concat() };
        let inner = Block::List { ordered: false, start: 1, items: vec![item("inner", vec![])] };
        let text = Text {
            v: "text/v1".into(),
            language: "ar".into(),
            blocks: vec![
                Block::Heading { level: 1, dir: Some(Dir::Rtl), content: plain("المحيطات") },
                Block::Paragraph { dir: None, content },
                Block::Numbered { level: 1, label: "1.".into(), dir: None, content: plain("one") },
                Block::Numbered { level: 2, label: "(a)".into(), dir: None, content: plain("a") },
                Block::List { ordered: true, start: 4, items: vec![item("four", vec![inner]), item("five", vec![])] },
                Block::Quote { blocks: vec![Block::Paragraph { dir: None, content: plain("quoted") }] },
            ],
        };
        let update = seed(&text, 42).unwrap();
        let mut gate = Gate::new();
        let passed = gate.check(PersonKey(9), &update).unwrap();
        gate.commit(passed).unwrap();
        assert_eq!(gate.owner(42), Some(PersonKey(9)));
        let doc = crate::drafting::worker::project_for_tests(&update);
        assert_eq!(settle(&doc, "ar").text, text);
    }

    #[test]
    fn a_text_deeper_than_the_editor_takes_is_refused() {
        let mut block = Block::Quote { blocks: Vec::new() };
        for _ in 0..50 {
            block = Block::Quote { blocks: vec![block] };
        }
        assert_eq!(seed(&Text { v: "text/v1".into(), language: "en".into(), blocks: vec![block] }, 1), Err(TooDeep));
    }
}
