//! The galley: the statement set in one endless column, before it is cut into pages.
//!
//! Blocks become strips, one for each line, with the space above and the wish to stay with the next strip. Numbers
//! hang in the margin at the side where their paragraph begins, so right-to-left blocks are mirrored one by one.

use super::fonts::Family;
use super::ink::Placed;
use super::limits::RUNS_MAX;
use super::measures::*;
use super::setting::{Edge, Line, Manner, Setter, Span};
use crate::export::direction::direction;
use crate::export::sheet::ExportError;
use crate::text::block::{Block, Dir, Inline, Kind, NoteParagraph, Piece, Run};

/// A line across the text column, or an unbreakable part of one. `ink` is placed from its upper left corner.
#[derive(Debug, Clone, Default)]
pub struct Strip {
    pub height: f32,
    /// Space above, except at the head of a page.
    pub space: f32,
    /// Must not be the last strip of a page while another page would do.
    pub hold: bool,
    pub ink: Vec<Placed>,
    /// Footnotes that belong to the foot of this strip's page.
    pub notes: Vec<usize>,
    /// Where a number beside this strip would stand, from its upper edge.
    pub baseline: f32,
    /// Belongs to a paragraph that begins at the right.
    pub rtl: bool,
}

/// An entry of a list in two columns, never broken.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    pub height: f32,
    pub ink: Vec<Placed>,
}

#[derive(Debug, Clone)]
pub enum Flow {
    Strip(Strip),
    /// Cells that run down the first column and then down the second; `space` is above them. `whole` ones rather
    /// begin a page than be cut, where one page can hold them.
    Columns {
        cells: Vec<Cell>,
        space: f32,
        whole: bool,
    },
}

#[derive(Debug, Clone, Default)]
pub struct Galley {
    pub flow: Vec<Flow>,
    /// Strips of each footnote.
    pub notes: Vec<Vec<Strip>>,
    /// The second column stands left of the first, and the rule over footnotes at the right.
    pub rtl: bool,
}

/// What is taken off the text column at the side where a block begins and at its other side.
#[derive(Debug, Clone, Copy, Default)]
struct Inset {
    start: f32,
    end: f32,
}

impl Inset {
    fn steps(start: u8) -> Inset {
        Inset { start: (f32::from(start) * INDENT).min(TEXT_WIDTH - TEXT_WIDTH_MIN), end: 0.0 }
    }
}

/// Builds a galley block by block.
pub struct Compositor<'s> {
    pub setter: &'s mut Setter,
    pub galley: Galley,
    /// Direction of the language of the sheet, for texts without letters.
    pub language: Dir,
}

/// The statement's own voice.
pub fn prose(size: f32) -> Manner {
    Manner {
        family: Family::Serif,
        size,
        leading: 1.5,
        bold: false,
        italic: false,
        tone: Tone::Ink,
        width: TEXT_WIDTH,
        direction: Dir::Ltr,
        edge: Edge::Own,
    }
}

/// Small print around the statement.
pub fn small(size: f32) -> Manner {
    Manner { family: Family::Sans, leading: 1.4, tone: Tone::Muted, ..prose(size) }
}

impl Compositor<'_> {
    /// Adds blocks of the statement to the flow.
    pub fn blocks(&mut self, blocks: &[Block]) -> Result<(), ExportError> {
        let mut in_list = false;
        for block in blocks {
            in_list = match block.kind {
                Kind::Bullet | Kind::Ordered => true,
                Kind::Continuation => in_list,
                Kind::Heading | Kind::Paragraph | Kind::Numbered | Kind::Quotation => false,
            };
            let strips = self.block(block, in_list)?;
            self.galley.flow.extend(strips.into_iter().map(Flow::Strip));
        }
        Ok(())
    }

    /// Adds a plain sentence of the sheet to the flow.
    pub fn sentence(&mut self, text: &str, manner: Manner, space: f32, hold: bool) {
        let direction = direction([text].into_iter(), self.language);
        let edge = self.edge();
        let lines = self.setter.set(&[Span { text, ..Span::default() }], &Manner { direction, edge, ..manner });
        let strips = strips(lines, 0.0, space, hold, direction);
        self.galley.flow.extend(strips.into_iter().map(Flow::Strip));
    }

    /// The side where sentences and names of the sheet begin, whatever their own direction.
    pub fn edge(&self) -> Edge {
        if self.language == Dir::Rtl { Edge::Right } else { Edge::Left }
    }

    fn block(&mut self, block: &Block, in_list: bool) -> Result<Vec<Strip>, ExportError> {
        let level = block.level.unwrap_or(1);
        match block.kind {
            Kind::Heading => {
                let (manner, space) = match level {
                    0 | 1 => (Manner { leading: 1.25, ..prose(TITLE_SIZE) }, 10.0),
                    2 => (Manner { bold: true, leading: 1.35, ..prose(SECTION_SIZE) }, 18.0),
                    3 => (Manner { bold: true, ..prose(TEXT_SIZE) }, 13.0),
                    // Not every script has an italic hand.
                    _ => (Manner { bold: true, tone: Tone::Muted, ..prose(TEXT_SIZE) }, 11.0),
                };
                let mut strips = self.paragraph(block, manner, Inset::default(), space)?;
                strips.iter_mut().for_each(|strip| strip.hold = true);
                Ok(strips)
            }
            Kind::Paragraph => self.paragraph(block, prose(TEXT_SIZE), Inset::default(), PARAGRAPH_GAP),
            Kind::Quotation => self.paragraph(block, prose(TEXT_SIZE), Inset { start: INDENT, end: INDENT }, PARAGRAPH_GAP),
            Kind::Numbered => {
                let (inset, space) = (Inset::steps(level.saturating_sub(1)), if level > 1 { PARAGRAPH_GAP * 0.6 } else { PARAGRAPH_GAP });
                let mut strips = self.paragraph(block, prose(TEXT_SIZE), inset, space)?;
                self.mark(&mut strips, block.label.as_deref().unwrap_or_default(), inset, (level > 1).then_some(INDENT));
                Ok(strips)
            }
            Kind::Continuation => {
                let inset = Inset::steps(if in_list { level } else { level.saturating_sub(1) });
                self.paragraph(block, prose(TEXT_SIZE), inset, PARAGRAPH_GAP * 0.6)
            }
            Kind::Bullet | Kind::Ordered => {
                let inset = Inset::steps(level);
                let mut strips = self.paragraph(block, prose(TEXT_SIZE), inset, PARAGRAPH_GAP * 0.5)?;
                self.mark(&mut strips, block.label.as_deref().unwrap_or("•"), inset, Some(INDENT));
                Ok(strips)
            }
        }
    }

    /// Puts a number or bullet beside the first strip: at the start of a step of indentation, or hanging in the margin.
    fn mark(&mut self, strips: &mut [Strip], label: &str, inset: Inset, step: Option<f32>) {
        let Some(first) = strips.first_mut() else { return };
        let direction = if first.rtl { Dir::Rtl } else { Dir::Ltr };
        let manner = Manner { direction, edge: Edge::Left, width: MARGIN, tone: Tone::Muted, ..prose(TEXT_SIZE) };
        let Some(line) = self.setter.set(&[Span { text: label, ..Span::default() }], &manner).into_iter().next() else { return };
        let from_text = match step {
            Some(step) => step.max(line.extent + NUMBER_GAP / 2.0),
            None => line.extent + NUMBER_GAP,
        };
        let x = if first.rtl { TEXT_WIDTH - inset.start + from_text - line.extent } else { inset.start - from_text };
        let dy = first.baseline - line.baseline;
        first.ink.extend(line.ink.iter().map(|placed| placed.moved(x, dy)));
    }

    fn paragraph(&mut self, block: &Block, manner: Manner, inset: Inset, space: f32) -> Result<Vec<Strip>, ExportError> {
        let Block { content, dir, .. } = block;
        if content.len() > RUNS_MAX {
            return Err(ExportError::TooLong);
        }
        let direction = dir.unwrap_or_else(|| direction(texts(content), self.language));
        let first_note = self.galley.notes.len();
        let mut numbers = Vec::new();
        for inline in content {
            if let Inline::Footnote { number, content } = inline {
                numbers.push(number.to_string());
                let strips = self.note(*number, content)?;
                self.galley.notes.push(strips);
            }
        }
        let mut noted = 0;
        let mut spans = Vec::with_capacity(content.len());
        for inline in content {
            spans.push(match inline {
                Inline::Text(run) => span(run),
                Inline::Break => BREAK,
                Inline::Footnote { .. } => {
                    let text = numbers.get(noted).map(String::as_str).unwrap_or_default();
                    noted += 1;
                    Span { text, note: Some(first_note + noted - 1), ..Span::default() }
                }
            });
        }
        let width = TEXT_WIDTH - inset.start - inset.end;
        let lines = self.setter.set(&spans, &Manner { width, direction, ..manner });
        let x = if direction == Dir::Rtl { inset.end } else { inset.start };
        Ok(strips(lines, x, space, false, direction))
    }

    fn note(&mut self, number: u32, paragraphs: &[NoteParagraph]) -> Result<Vec<Strip>, ExportError> {
        let mut all: Vec<Strip> = Vec::new();
        let mut indent = 0.0;
        let label = number.to_string();
        for NoteParagraph { dir, content } in paragraphs {
            if content.len() > RUNS_MAX {
                return Err(ExportError::TooLong);
            }
            let words = content.iter().filter_map(|piece| if let Piece::Text(run) = piece { Some(run.text.as_str()) } else { None });
            let direction = dir.unwrap_or_else(|| direction(words, self.language));
            let manner = Manner { direction, leading: 1.4, ..prose(NOTE_SIZE) };
            let mut number = Vec::new();
            if all.is_empty() {
                let manner = Manner { edge: Edge::Left, tone: Tone::Muted, ..manner };
                number = self.setter.set(&[Span { text: &label, ..Span::default() }], &manner);
                indent = number.iter().map(|line| line.extent).fold(10.0, f32::max) + 6.0;
            }
            let spans: Vec<Span> = content.iter().map(|piece| if let Piece::Text(run) = piece { span(run) } else { BREAK }).collect();
            let lines = self.setter.set(&spans, &Manner { width: TEXT_WIDTH - indent, ..manner });
            let (x, number_x) = match direction {
                Dir::Ltr => (indent, 0.0),
                Dir::Rtl => (0.0, TEXT_WIDTH - number.iter().map(|line| line.extent).fold(0.0, f32::max)),
            };
            let mut strips = strips(lines, x, 2.0, false, direction);
            if let (Some(first), Some(number)) = (strips.first_mut(), number.first()) {
                let dy = first.baseline - number.baseline;
                first.ink.extend(number.ink.iter().map(|placed| placed.moved(number_x, dy)));
            }
            all.extend(strips);
        }
        Ok(all)
    }
}

/// A line break, as the setter takes it.
const BREAK: Span<'static> = Span { text: "\n", bold: false, italic: false, link: None, note: None };

fn span(run: &Run) -> Span<'_> {
    // A run is never a line break, even if all it holds is one.
    let text = if run.text == "\n" { " " } else { &run.text };
    Span { text, bold: run.bold, italic: run.italic, link: run.link.as_deref(), note: None }
}

fn texts(content: &[Inline]) -> impl Iterator<Item = &str> {
    content.iter().filter_map(|inline| match inline {
        Inline::Text(run) => Some(run.text.as_str()),
        Inline::Break | Inline::Footnote { .. } => None,
    })
}

/// Lines of one paragraph as strips: no line of it alone at the foot or at the head of a page.
fn strips(lines: Vec<Line>, x: f32, space: f32, hold: bool, direction: Dir) -> Vec<Strip> {
    let count = lines.len();
    let strip = |(place, line): (usize, Line)| Strip {
        height: line.height,
        space: if place == 0 { space } else { 0.0 },
        hold: hold || (count > 1 && (place == 0 || place + 2 == count)),
        ink: line.ink.iter().map(|placed| placed.moved(x, 0.0)).collect(),
        notes: line.notes,
        baseline: line.baseline,
        rtl: direction == Dir::Rtl,
    };
    lines.into_iter().enumerate().map(strip).collect()
}
