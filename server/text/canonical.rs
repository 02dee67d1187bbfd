//! The bytes that are hashed, and the plain words derived from them.
//!
//! A text has one canonical spelling, RFC 8785 (JCS), and one hand writes it: that of the evidence crate, so that what is
//! frozen here and what an auditor hashes cannot drift apart. Title and plain text are derived from the same blocks.

use std::fmt::Write;

use undersigned_evidence::canonical::{CanonicalError, to_jcs};

use super::block::{Block, Inline, Run, Text};

/// The canonical text: what a digest is taken of.
///
/// # Errors
/// None in practice: a block tree holds only words, truth values and numbers below 2^32.
pub fn canonical(text: &Text) -> Result<String, CanonicalError> {
    to_jcs(text)
}

/// The words of the first heading of level 1, footnotes left out, a line break counted as a space.
pub fn title(text: &Text) -> Option<String> {
    let content = text.blocks.iter().find_map(|block| match block {
        Block::Heading { level: 1, content, .. } => Some(content),
        _ => None,
    })?;
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
    plain_blocks(&text.blocks, "", &mut to, &mut notes);
    if !notes.is_empty() {
        to.push('\n');
        to.push_str(&notes);
    }
    to.truncate(to.trim_end().len());
    to.push('\n');
    to
}

fn plain_blocks(blocks: &[Block], indent: &str, to: &mut String, notes: &mut String) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph { content, .. } => plain_line(indent, "", content, to, notes),
            Block::Numbered { level, label, content, .. } => {
                let indent = if *level > 1 { format!("{indent}    ") } else { indent.to_owned() };
                plain_line(&indent, &format!("{label} "), content, to, notes);
            }
            Block::List { ordered, start, items } => {
                for (at, item) in (*start..).zip(items) {
                    let mark = if *ordered { format!("{at}. ") } else { "– ".to_owned() };
                    let mut inner = String::new();
                    plain_blocks(&item.blocks, &format!("{indent}    "), &mut inner, notes);
                    // The mark takes the place of the first line's indentation.
                    let _ = write!(to, "{indent}{mark}{}", inner.trim_start());
                }
            }
            Block::Quote { blocks } => plain_blocks(blocks, &format!("{indent}    "), to, notes),
        }
    }
}

fn plain_line(indent: &str, label: &str, content: &[Inline], to: &mut String, notes: &mut String) {
    let _ = write!(to, "{indent}{label}");
    for inline in content {
        match inline {
            Inline::Text(run) => to.push_str(&run.text),
            Inline::Break => {
                let _ = write!(to, "\n{indent}");
            }
            Inline::Footnote { number, content } => {
                let _ = write!(to, "[{number}]");
                let _ = writeln!(notes, "[{number}] {}", words(content));
            }
        }
    }
    to.push_str("\n\n");
}

fn words(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use undersigned_evidence::Digest;

    use super::*;
    use crate::text::block::{Dir, Item};

    fn run(text: &str) -> Inline {
        Inline::Text(Run { text: text.into(), ..Run::default() })
    }

    fn sample() -> Text {
        let note = Inline::Footnote { number: 1, content: vec![Run { text: "See A/RES/72/249.".into(), ..Run::default() }] };
        let item = |text: &str| Item { blocks: vec![Block::Paragraph { dir: None, content: vec![run(text)] }] };
        Text {
            v: "text/v1".into(),
            language: "en".into(),
            blocks: vec![
                Block::Heading { level: 2, dir: None, content: vec![run("Preamble")] },
                Block::Heading { level: 1, dir: None, content: vec![run(" Oceans\u{7f}"), Inline::Break, run("“now” \u{1}"), note] },
                Block::Numbered { level: 1, label: "1.".into(), dir: None, content: vec![run("We \"urge\" € 😀")] },
                Block::Numbered { level: 2, label: "(a)".into(), dir: None, content: vec![run("States;")] },
                Block::List { ordered: true, start: 3, items: vec![item("three"), item("four")] },
                Block::Quote { blocks: vec![Block::Paragraph { dir: None, content: vec![run("Quoted")] }] },
            ],
        }
    }

    /// Bytes that were hashed and signed before this test was written. Whatever writes them later must write the same ones.
    #[test]
    fn the_recorded_bytes_of_a_text_never_change() {
        let spiky = Run {
            text: "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f} \"\\/ \u{7f}\u{80}\u{9f}\u{ad}\u{2028}\u{2029}\u{feff}\u{fffd} <&> e\u{301}é 😀𐌰\u{10ffff}".into(),
            bold: true,
            italic: true,
            link: Some("https://example.org/a?b=\"c\"&d=é#\u{fb33}".into()),
        };
        let block = |content| Block::Paragraph { dir: Some(Dir::Rtl), content };
        let blocks = vec![
            Block::Heading { level: 255, dir: Some(Dir::Ltr), content: Vec::new() },
            Block::List { ordered: false, start: u32::MAX, items: vec![Item { blocks: Vec::new() }, Item { blocks: sample().blocks }] },
            block(vec![Inline::Text(spiky.clone()), Inline::Break, Inline::Footnote { number: u32::MAX, content: vec![spiky] }]),
        ];
        let text = Text { v: "text/v1".into(), language: "mn-Mong-CN".into(), blocks };
        assert_eq!(Digest::of(canonical(&text).unwrap()).to_string(), "44ebf04d3088ebb40e4626e534b880ca946b3fb17228b0033db32bc51f9888ce");
        assert_eq!(
            Digest::of(canonical(&sample()).unwrap()).to_string(),
            "c5f09dda569f370cd1eb353042852e9c9f8330cb5f8761df66bb3dd33a56dcb0"
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
        assert!(
            plain.ends_with("1. We \"urge\" € 😀\n\n    (a) States;\n\n3. three\n\n4. four\n\n    Quoted\n\n\n[1] See A/RES/72/249.\n"),
            "{plain}"
        );
    }
}
