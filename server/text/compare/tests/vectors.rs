//! Comparisons that a page is tried on: it writes the newer text over the older (`web/src/editor/bringing.test.ts`).
//!
//! `UNDERSIGNED_WRITE_VECTORS=1` writes them anew.

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::text::numbers::Numbers;

const CASES: u64 = 40;

#[test]
fn the_comparisons_that_pages_are_tried_on_are_ours() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/text/comparisons.json");
    let case = |seed| {
        let mut dice = StdRng::seed_from_u64(seed);
        let old = settled(some_text(&mut dice));
        let new = settled(if seed % 5 == 0 { some_text(&mut dice) } else { worked_on(&mut dice, &old) });
        json!({ "old": old.blocks, "new": new.blocks, "rows": compare(&old, &new).rows })
    };
    let cases: Vec<String> = (0..CASES).map(|seed| case(seed).to_string()).collect();
    let made = format!("[\n{}\n]\n", cases.join(",\n"));
    if std::env::var_os("UNDERSIGNED_WRITE_VECTORS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let read = |words: &str| serde_json::from_str::<Value>(words).unwrap();
    assert_eq!(read(&std::fs::read_to_string(path).unwrap()), read(&made));
}

/// As a draft settles: nothing that says nothing, numbers as they are counted.
fn settled(text: Text) -> Text {
    let says = |inline: &Inline| matches!(inline, Inline::Text(run) if !run.text.trim().is_empty());
    let (mut numbers, mut notes) = (Numbers::default(), 0);
    let mut blocks = Vec::new();
    for mut block in text.blocks {
        let mut content: Vec<Inline> = Vec::new();
        for inline in block.content {
            content.push(match inline {
                Inline::Text(run) => Inline::Text(Run { text: run.text.nfc().collect(), ..run }),
                Inline::Break => Inline::Break,
                Inline::Footnote { content, .. } => {
                    let speaks = |piece: &block::Piece| matches!(piece, block::Piece::Text(run) if !run.text.trim().is_empty());
                    let content: Vec<NoteParagraph> =
                        content.into_iter().filter(|one| one.content.iter().any(speaks)).map(composed).collect();
                    if content.is_empty() {
                        continue;
                    }
                    notes += 1;
                    Inline::Footnote { number: notes, content }
                }
            });
        }
        block.content = joined(content);
        if !block.content.iter().any(|inline| says(inline) || matches!(inline, Inline::Footnote { .. })) {
            continue;
        }
        block.label = numbers.next(block.kind, block.level, None).label;
        blocks.push(block);
    }
    super::text(blocks)
}

fn composed(paragraph: NoteParagraph) -> NoteParagraph {
    let piece = |piece| match piece {
        block::Piece::Text(run) => block::Piece::Text(Run { text: run.text.nfc().collect(), ..run }),
        block::Piece::Break => block::Piece::Break,
    };
    NoteParagraph { content: paragraph.content.into_iter().map(piece).collect(), ..paragraph }
}
