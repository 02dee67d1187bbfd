//! Taken whole a file is the newer text and refused whole the older: read back here by a reader that knows nothing of what wrote it, and
//! by LibreOffice where it is asked (`make test-word`).

mod reader;

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::*;
use crate::text::block::{Block, Inline, Kind, NoteParagraph, Piece, Run, Text};
use crate::text::compare::{compare, tests::some_pair};
use crate::text::marked::tests::{act, settled};
use crate::text::marked::{Side, compared};
use reader::{Paper, joined, on_paper, unpacked};

fn file(marked: Marked) -> WordFile {
    let at = act().at;
    WordFile { marked, title: "Keep the “library” <open> & dry".into(), coalition: "Lanternway".into(), at, talks: Vec::new() }
}

fn changes(old: &Text, new: &Text) -> WordFile {
    file(compared::marked(&compare(old, new), &act()))
}

/// What a text is on paper.
fn paper(text: &Text) -> Vec<Paper> {
    let look = |run: &Run| {
        let has = |is: bool, name: &'static str| if is { name } else { "" };
        let link = run.link.clone().unwrap_or_default();
        format!("{}{}{}{link}", has(run.bold, "w:b"), has(run.italic, "w:i"), run.lang.clone().unwrap_or_default())
    };
    let noted = |paragraph: &NoteParagraph| {
        let piece = |piece: &Piece| match piece {
            Piece::Text(run) => (run.text.clone(), look(run)),
            Piece::Break => ("⏎".to_owned(), String::new()),
        };
        paragraph.content.iter().map(piece).collect::<Vec<_>>()
    };
    let inline = |inline: &Inline| match inline {
        Inline::Text(run) => (run.text.clone(), look(run)),
        Inline::Break => ("⏎".to_owned(), String::new()),
        Inline::Footnote { content, .. } => {
            let mut lines: Vec<Vec<(String, String)>> = content.iter().map(noted).collect();
            // A footnote begins with its number and a space.
            if let Some(first) = lines.first_mut() {
                first.insert(0, (" ".to_owned(), String::new()));
            }
            let lines: Vec<String> = lines.into_iter().map(|line| format!("{:?}", joined(line))).collect();
            (format!("[{}]", lines.join("¶")).replacen("\" ", "\"", 1), "note".to_owned())
        }
    };
    let block = |block: &Block| {
        let level = usize::from(block.level.unwrap_or_default());
        let (style, level) = match block.kind {
            Kind::Heading => (["Title", "Heading1", "Heading2", "Heading3"][level - 1], 0),
            Kind::Paragraph => ("", 0),
            Kind::Quotation => ("Quote", 0),
            Kind::Numbered | Kind::Ordered | Kind::Bullet | Kind::Continuation => ("ListParagraph", level),
        };
        let number = if block.kind == Kind::Bullet { "–".to_owned() } else { block.label.clone().unwrap_or_default() };
        Paper { style: style.to_owned(), level, number, words: joined(block.content.iter().map(inline).collect()) }
    };
    text.blocks.iter().map(block).collect()
}

fn holds(old: &Text, new: &Text, told: &str) {
    let parts = unpacked(&docx(&changes(old, new)).unwrap());
    assert_eq!(on_paper(&parts, Side::Stands), paper(old), "{told}: with nothing taken");
    assert_eq!(on_paper(&parts, Side::Would), paper(new), "{told}: with everything taken");
}

#[test]
fn of_any_two_texts_a_file_is_the_older_refused_and_the_newer_taken() {
    for seed in 0..1_000 {
        let mut dice = StdRng::seed_from_u64(seed);
        let (old, new) = some_pair(&mut dice);
        holds(&settled(old), &settled(new), &format!("seed {seed}"));
    }
}
