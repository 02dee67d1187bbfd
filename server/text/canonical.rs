//! The bytes that are hashed, and the plain words derived from them.
//!
//! A text has one canonical spelling, RFC 8785 (JCS), and one hand writes it: that of the evidence crate, so that what is
//! frozen here and what an auditor hashes cannot drift apart. Title and plain text are derived from the same blocks.

use std::fmt::Write;

use undersigned_evidence::canonical::{CanonicalError, to_jcs};

use super::block::{Inline, Kind, NoteParagraph, Piece, Text};

/// The canonical text: what a digest is taken of.
///
/// # Errors
/// None in practice: a text holds only words, truth values and numbers below 2^32.
pub fn canonical(text: &Text) -> Result<String, CanonicalError> {
    to_jcs(text)
}

/// The words of the first heading of level 1, footnotes left out, a line break counted as a space.
pub fn title(text: &Text) -> Option<String> {
    let content = &text.blocks.iter().find(|block| block.is_title())?.content;
    let mut title = String::new();
    for inline in content {
        match inline {
            Inline::Text(run) => title.push_str(&run.text),
            Inline::Break => title.push(' '),
            Inline::Footnote { .. } => {}
        }
    }
    let title = title.trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// The text without any appearance: a paragraph a line, an empty line between, footnotes at the end.
pub fn plain(text: &Text) -> String {
    let (mut to, mut notes) = (String::new(), String::new());
    for block in &text.blocks {
        let level = usize::from(block.level.unwrap_or_default());
        // What continues an item stands under its words.
        let (deep, mark) = match block.kind {
            Kind::Heading | Kind::Paragraph => (0, String::new()),
            Kind::Numbered | Kind::Ordered => (level.saturating_sub(1), format!("{} ", block.label.as_deref().unwrap_or_default())),
            Kind::Bullet => (level.saturating_sub(1), "– ".to_owned()),
            Kind::Continuation => (level, String::new()),
            Kind::Quotation => (1, String::new()),
        };
        let indent = "    ".repeat(deep);
        let _ = write!(to, "{indent}{mark}");
        for inline in &block.content {
            match inline {
                Inline::Text(run) => to.push_str(&run.text),
                Inline::Break => {
                    let _ = write!(to, "\n{indent}");
                }
                Inline::Footnote { number, content } => {
                    let _ = write!(to, "[{number}]");
                    let _ = writeln!(notes, "[{number}] {}", noted(content));
                }
            }
        }
        to.push_str("\n\n");
    }
    if !notes.is_empty() {
        to.push('\n');
        to.push_str(&notes);
    }
    to.truncate(to.trim_end().len());
    to.push('\n');
    to
}

/// A footnote's words, its further lines under the first.
fn noted(paragraphs: &[NoteParagraph]) -> String {
    let words = |piece: &Piece| match piece {
        Piece::Text(run) => run.text.clone(),
        Piece::Break => "\n    ".to_owned(),
    };
    let lines: Vec<String> = paragraphs.iter().map(|paragraph| paragraph.content.iter().map(words).collect()).collect();
    lines.join("\n    ")
}

#[cfg(test)]
mod tests {
    use undersigned_evidence::Digest;

    use super::*;
    use crate::text::block::{Block, Dir, Run};

    fn run(text: &str) -> Inline {
        Inline::Text(Run::plain(text))
    }

    fn labelled(kind: Kind, level: u8, label: &str, content: Vec<Inline>) -> Block {
        Block { label: Some(label.into()), ..Block::new(kind, Some(level), content) }
    }

    fn sample() -> Text {
        let noted = |text: &str| NoteParagraph { dir: None, content: vec![Piece::Text(Run::plain(text))] };
        let note = Inline::Footnote { number: 1, content: vec![noted("See A/RES/72/249."), noted("And more.")] };
        Text {
            v: "text/v1".into(),
            language: "en".into(),
            blocks: vec![
                Block::heading(2, vec![run("Preamble")]),
                Block::heading(1, vec![run(" Oceans\u{7f}"), Inline::Break, run("“now” \u{1}"), note]),
                labelled(Kind::Numbered, 1, "1.", vec![run("We \"urge\" € 😀")]),
                labelled(Kind::Numbered, 2, "(a)", vec![run("States;")]),
                labelled(Kind::Ordered, 1, "3.", vec![run("three")]),
                Block::new(Kind::Continuation, Some(1), vec![run("and")]),
                Block::new(Kind::Bullet, Some(2), vec![run("a point")]),
                Block::new(Kind::Quotation, None, vec![run("Quoted")]),
            ],
        }
    }

    /// Bytes that were hashed before this test was written. Whatever writes them later must write the same ones.
    #[test]
    fn the_recorded_bytes_of_a_text_never_change() {
        let spiky = Run {
            text: "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f} \"\\/ \u{7f}\u{80}\u{9f}\u{ad}\u{2028}\u{2029}\u{feff}\u{fffd} <&> e\u{301}é 😀𐌰\u{10ffff}".into(),
            bold: true,
            italic: true,
            link: Some("https://example.org/a?b=\"c\"&d=é#\u{fb33}".into()),
            lang: Some("mn-Mong".into()),
        };
        let noted = NoteParagraph { dir: Some(Dir::Ltr), content: vec![Piece::Text(spiky.clone()), Piece::Break] };
        let note = Inline::Footnote { number: u32::MAX, content: vec![noted, NoteParagraph::default()] };
        let block = Block { dir: Some(Dir::Rtl), ..labelled(Kind::Ordered, 255, "i.", vec![Inline::Text(spiky), Inline::Break, note]) };
        let text = Text { v: "text/v1".into(), language: "mn-Mong-CN".into(), blocks: vec![Block::heading(4, Vec::new()), block] };
        assert_eq!(Digest::of(canonical(&text).unwrap()).to_string(), "a3265d1216fa163a0f3d95a2297fa689b68c8eaa707f74f4d192876e77d7f5e9");
        assert_eq!(
            Digest::of(canonical(&sample()).unwrap()).to_string(),
            "2b61b3b3ffb39982d8d3baa0324feebda8cc83dfdbe104621c56332c2ffeee21"
        );
    }

    #[test]
    fn members_are_sorted_and_nothing_is_between_them() {
        let text = Text { blocks: sample().blocks.drain(2..3).collect(), ..sample() };
        assert_eq!(
            canonical(&text).unwrap(),
            r#"{"blocks":[{"content":[{"text":"We \"urge\" € 😀","type":"text"}],"label":"1.","level":1,"type":"numbered"}],"language":"en","v":"text/v1"}"#
        );
        let canonical = canonical(&sample()).unwrap();
        assert!(canonical.contains(r#""“now” \u0001""#), "{canonical}");
        assert_eq!(serde_json::from_str::<Text>(&canonical).unwrap(), sample());
    }

    #[test]
    fn the_title_is_the_first_heading_of_level_one() {
        assert_eq!(title(&sample()).as_deref(), Some("Oceans\u{7f} “now” \u{1}"));
        assert_eq!(title(&Text { blocks: Vec::new(), ..sample() }), None);
    }

    #[test]
    fn plain_text_keeps_labels_and_notes() {
        let plain = plain(&sample());
        let wanted = "1. We \"urge\" € 😀\n\n    (a) States;\n\n3. three\n\n    and\n\n    – a point\n\n    Quoted\n\n\n\
            [1] See A/RES/72/249.\n    And more.\n";
        assert!(plain.ends_with(wanted), "{plain}");
    }
}
