//! Setting text: from characters to lines of placed glyphs.
//!
//! Bidirectional order, shaping, fallback of fonts and line breaking are parley's. This file decides sizes, raised
//! numbers and edges, keeps the characters with their glyphs, and collects characters that no face has.

use super::fonts::{self, Family};
use super::ink::{Cluster, Glyph, Ink, Placed, Stretch};
use super::measures::{RAISED_BY, RAISED_SIZE, Tone};
use crate::text::block::Dir;
use crate::text::link;
use parley::fontique::{FontStyle, FontWeight};
use parley::style::OverflowWrap;
use parley::{Alignment, AlignmentOptions, BaseDirection, FontContext, LayoutContext, StyleProperty};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A stretch of one paragraph in one appearance.
#[derive(Debug, Clone, Default)]
pub struct Span<'a> {
    pub text: &'a str,
    pub bold: bool,
    pub italic: bool,
    pub link: Option<&'a str>,
    /// A raised number that points to this footnote; `text` is the number.
    pub note: Option<usize>,
}

/// How a paragraph is set. `leading` is the height of a line in parts of `size`; `width` the line's length in points.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    pub family: Family,
    pub size: f32,
    pub leading: f32,
    pub bold: bool,
    pub italic: bool,
    pub tone: Tone,
    pub width: f32,
    pub direction: Dir,
    pub edge: Edge,
}

/// Where lines begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// At the side where the paragraph's own direction begins.
    Own,
    Left,
    Right,
}

/// One line; `ink` is placed from the upper left corner of its box.
#[derive(Debug, Clone)]
pub struct Line {
    pub height: f32,
    pub baseline: f32,
    /// Length of what is visible.
    pub extent: f32,
    pub ink: Vec<Placed>,
    /// Footnotes whose numbers stand on this line.
    pub notes: Vec<usize>,
}

/// Sets paragraphs one after another and remembers what could not be set.
pub struct Setter {
    fonts: FontContext,
    layouts: LayoutContext<Mark>,
    missing: BTreeSet<char>,
}

/// The place of a span in its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Mark(u16);

impl Setter {
    pub fn new() -> Setter {
        Setter { fonts: fonts::context(), layouts: LayoutContext::new(), missing: BTreeSet::new() }
    }

    /// Characters met so far that no bundled face has.
    pub fn missing(&self) -> Vec<char> {
        self.missing.iter().copied().collect()
    }

    /// Lines of a paragraph; at least one, even when there is no text. Line breaks are `\n` in spans of their own.
    pub fn set(&mut self, spans: &[Span], manner: &Manner) -> Vec<Line> {
        let mut text = String::new();
        let mut ranges = Vec::with_capacity(spans.len());
        for span in spans {
            let start = text.len();
            if span.text == "\n" {
                text.push('\n');
            } else {
                // A number of a footnote stays on the line of the word it belongs to (U+2060, word joiner).
                text.extend(span.note.map(|_| '\u{2060}'));
                text.extend(span.text.chars().filter_map(printable));
            }
            ranges.push(start..text.len());
        }

        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(fonts::stack(manner.family, &text));
        builder.push_default(StyleProperty::FontSize(manner.size));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for (place, (span, range)) in spans.iter().zip(&ranges).enumerate() {
            if range.is_empty() {
                continue;
            }
            builder.push(StyleProperty::Brush(Mark(place as u16)), range.clone());
            if manner.bold || span.bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
            if manner.italic != span.italic {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), range.clone());
            }
            if span.note.is_some() {
                builder.push(StyleProperty::FontSize(manner.size * RAISED_SIZE), range.clone());
            }
        }
        builder.set_base_direction(match manner.direction {
            Dir::Ltr => BaseDirection::Ltr,
            Dir::Rtl => BaseDirection::Rtl,
        });
        let mut layout = builder.build(&text);
        layout.break_all_lines(Some(manner.width));
        let alignment = match manner.edge {
            Edge::Own => Alignment::Start,
            Edge::Left => Alignment::Left,
            Edge::Right => Alignment::Right,
        };
        layout.align(alignment, AlignmentOptions::default());
        layout.lines().map(|line| self.line(&line, &text, spans, manner)).collect()
    }

    fn line(&mut self, line: &parley::Line<'_, Mark>, text: &str, spans: &[Span], manner: &Manner) -> Line {
        let metrics = line.metrics();
        let above = metrics.baseline - metrics.content_block_min_coord;
        let natural = metrics.content_block_max_coord - metrics.content_block_min_coord;
        // Scripts with tall stacks (Burmese, Khmer, Tibetan) open their line rather than touch the one above.
        let height = natural.max(manner.size * manner.leading);
        let mut set = Line {
            height,
            baseline: (height - natural) / 2.0 + above,
            extent: metrics.advance - metrics.hanging_advance,
            ink: Vec::new(),
            notes: Vec::new(),
        };
        let mut pen = metrics.offset + metrics.inline_min_coord;
        for run in line.runs() {
            for (mark, clusters) in self.clusters(&run, text) {
                pen = stretch(&mut set, &run, clusters, spans.get(usize::from(mark.0)), manner, pen);
            }
        }
        set
    }

    /// The run's clusters from left to right, grouped by span, each glyph with its advance.
    fn clusters(&mut self, run: &parley::Run<'_, Mark>, text: &str) -> Vec<(Mark, Vec<Shaped>)> {
        let mut groups: Vec<(Mark, Vec<Shaped>)> = Vec::new();
        // In right-to-left runs the later characters of a ligature come before the ligature itself.
        let mut held = String::new();
        for cluster in run.visual_clusters() {
            let shown = text.get(cluster.text_range()).unwrap_or_default();
            if cluster.is_ligature_continuation() {
                match groups.last_mut().and_then(|(_, group)| group.last_mut()) {
                    Some(ligature) if !run.is_rtl() => ligature.text.push_str(shown),
                    _ => held.insert_str(0, shown),
                }
                continue;
            }
            let mut shaped = Shaped { text: format!("{shown}{held}"), glyphs: cluster.glyphs().collect() };
            held.clear();
            if shaped.text.chars().all(unseen) {
                // What the shaper leaves of an unseen character is at most a space without width.
                continue;
            }
            if shaped.glyphs.iter().any(|glyph| glyph.id == 0) {
                self.miss(&shaped.text);
            }
            shaped.text.retain(|c| !unseen(c) || matches!(c, '\u{200C}' | '\u{200D}'));
            let mark = cluster.style().brush;
            match groups.last_mut() {
                Some((last, group)) if *last == mark => group.push(shaped),
                _ => groups.push((mark, vec![shaped])),
            }
        }
        groups
    }

    /// Names the characters of a cluster that no face has; all of them if each is somewhere but never together.
    fn miss(&mut self, cluster: &str) {
        let seen: Vec<char> = cluster.chars().filter(|c| !unseen(*c)).collect();
        let nowhere: Vec<char> = seen.iter().copied().filter(|c| !fonts::covers(*c)).collect();
        self.missing.extend(if nowhere.is_empty() { seen } else { nowhere });
    }
}

/// A cluster as the shaper left it: `y` still downwards.
struct Shaped {
    text: String,
    glyphs: Vec<parley::Glyph>,
}

/// Adds a group of clusters to the line at `pen` and returns where the pen stands after it.
fn stretch(line: &mut Line, run: &parley::Run<'_, Mark>, shaped: Vec<Shaped>, span: Option<&Span>, manner: &Manner, pen: f32) -> f32 {
    let Some(face) = fonts::face_of(run.font().data.id()) else { return pen };
    let note = span.and_then(|span| span.note);
    line.notes.extend(note.filter(|note| !line.notes.contains(note)));
    let link = span.and_then(|span| span.link).filter(|link| link::stands(link));
    let mut width = 0.0;
    let clusters = shaped
        .into_iter()
        .map(|cluster| Cluster {
            text: cluster.text,
            glyphs: cluster
                .glyphs
                .iter()
                .map(|glyph| {
                    let x = width + glyph.x;
                    width += glyph.advance;
                    // Faces have at most 65,535 glyphs; parley's type is wider than the font format.
                    Glyph { id: u16::try_from(glyph.id).unwrap_or_default(), x, y: -glyph.y }
                })
                .collect(),
        })
        .collect();
    let synthesis = run.synthesis();
    let stretch = Stretch {
        face,
        size: run.font_size(),
        tone: if link.is_some() { Tone::Link } else { manner.tone },
        embolden: synthesis.embolden(),
        lean: synthesis.skew().map_or(0.0, |degrees| degrees.to_radians().tan()),
        link: link.map(Rc::from),
        width,
        clusters,
    };
    let raised = if note.is_some() { manner.size * RAISED_BY } else { 0.0 };
    line.ink.push(Placed { x: pen, y: line.baseline - raised, ink: Ink::Text(Rc::new(stretch)) });
    pen + width
}

/// Spaces of any shape become spaces, controls vanish; everything else is printed or refused.
fn printable(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{AD}' | '\u{FEFF}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// Characters that steer others and have no shape of their own (Unicode 16, Default_Ignorable_Code_Point, and the
/// line break).
fn unseen(c: char) -> bool {
    matches!(u32::from(c), 0x0A | 0x34F | 0x61C | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manner(direction: Dir) -> Manner {
        Manner {
            family: Family::Serif,
            size: 10.0,
            leading: 1.5,
            bold: false,
            italic: false,
            tone: Tone::Ink,
            width: 200.0,
            direction,
            edge: Edge::Own,
        }
    }

    fn shown(lines: &[Line]) -> String {
        let clusters = lines.iter().flat_map(|line| &line.ink).filter_map(|placed| match &placed.ink {
            Ink::Text(stretch) => Some(stretch.clusters.iter().map(|cluster| cluster.text.clone()).collect::<String>()),
            Ink::Rule { .. } => None,
        });
        clusters.collect()
    }

    #[test]
    fn every_character_of_a_line_is_kept_with_its_glyphs() {
        for text in ["efficient office ﬁle", "Đại học Ọ̀ṣun", "कर्त्तव्य", "ကြောင်", "ខ្មែរ", "한국", "守望", "ქართული"]
        {
            assert_eq!(shown(&Setter::new().set(&[Span { text, ..Span::default() }], &manner(Dir::Ltr))), text);
        }
    }

    #[test]
    fn characters_without_a_face_are_named() {
        let mut setter = Setter::new();
        setter.set(&[Span { text: "peace \u{1F54A}\u{FE0F} \u{12000}", ..Span::default() }], &manner(Dir::Ltr));
        assert!(setter.missing().contains(&'\u{12000}'));
        assert!(!setter.missing().contains(&'\u{FE0F}'));
        assert!(!setter.missing().contains(&'p'));
    }
}
