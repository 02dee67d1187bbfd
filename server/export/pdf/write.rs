//! Writing pages with printpdf: glyphs by number, fonts reduced to the glyphs that are used.
//!
//! Text must come out again as it went in. Each glyph carries its characters (ToUnicode); where one glyph stands
//! for different characters at different places, or several glyphs for one cluster, the place says so (ActualText).

use super::fonts::Face;
use super::ink::{Cluster, Ink, Page, Placed, Stretch};
use super::measures::{PAGE_HEIGHT, PAGE_WIDTH, Tone};
use crate::export::sheet::ExportError;
use printpdf::{
    Codepoint, Color, DictItem, FontId, Line, LinePoint, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfParseErrorSeverity, PdfSaveOptions, Point, Pt, Rgb, TextItem, TextMatrix, TextRenderingMode,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// A document with pages and fonts, without properties.
pub fn document(pages: &[Page]) -> Result<lopdf::Document, ExportError> {
    let mut fonts = used_fonts(pages)?;
    let written = pages.iter().map(|page| written(page, &mut fonts)).collect();
    let mut pdf = PdfDocument::new("");
    for (face, font) in fonts {
        pdf.resources.fonts.map.insert(FontId(face.key()), PdfFont::new(font.parsed));
    }
    pdf.with_pages(written);
    let mut warnings = Vec::new();
    let document = pdf.to_lopdf_document(&PdfSaveOptions { subset_fonts: false, ..PdfSaveOptions::default() }, &mut warnings);
    match warnings.into_iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
        Some(error) => Err(ExportError::Writer(error.msg)),
        None => Ok(document),
    }
}

/// A face reduced to the glyphs of this file.
struct Font {
    parsed: ParsedFont,
    glyphs: GlyphRemapper,
    /// The characters each glyph was first used for alone, which become its ToUnicode.
    texts: BTreeMap<u16, String>,
}

impl Font {
    /// Advance as a reader computes it: printpdf writes whole thousandths of the size.
    fn advance(&self, glyph: u16) -> f32 {
        let units = f32::from(self.parsed.glyph_widths.get(&glyph).copied().unwrap_or_default());
        (units * 1000.0 / f32::from(self.parsed.pdf_font_metrics.units_per_em)).trunc()
    }
}

fn stretches(page: &Page) -> impl Iterator<Item = (&Placed, &Stretch)> {
    page.ink.iter().filter_map(|placed| match &placed.ink {
        Ink::Text(stretch) => Some((placed, &**stretch)),
        Ink::Rule { .. } => None,
    })
}

fn used_fonts(pages: &[Page]) -> Result<BTreeMap<Face, Font>, ExportError> {
    let mut used: BTreeMap<Face, (GlyphRemapper, BTreeMap<u16, String>)> = BTreeMap::new();
    for (_, stretch) in pages.iter().flat_map(stretches) {
        let (glyphs, texts) = used.entry(stretch.face).or_default();
        for cluster in &stretch.clusters {
            cluster.glyphs.iter().for_each(|glyph| {
                glyphs.remap(glyph.id);
            });
            if let [glyph] = cluster.glyphs.as_slice() {
                texts.entry(glyph.id).or_insert_with(|| cluster.text.clone());
            }
        }
    }
    let reduced = |(face, (glyphs, texts)): (Face, (GlyphRemapper, BTreeMap<u16, String>))| {
        let failed = |reason: String| ExportError::Writer(format!("{}: {reason}", face.name()));
        let bytes = subsetter::subset(face.bytes(), 0, &glyphs).map_err(|error| failed(error.to_string()))?;
        let mut parsed = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new()).ok_or_else(|| failed("unreadable subset".to_owned()))?;
        parsed.font_name = Some(format!("{}+{}", tag(&bytes), face.name()));
        Ok((face, Font { parsed, glyphs, texts }))
    };
    used.into_iter().map(reduced).collect()
}

/// Six capital letters that mark a subset (ISO 32000-1, 9.6.4), from its content so that they do not change.
fn tag(subset: &[u8]) -> String {
    Sha256::digest(subset).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn written(page: &Page, fonts: &mut BTreeMap<Face, Font>) -> PdfPage {
    let mut ops = Vec::new();
    for placed in &page.ink {
        match &placed.ink {
            Ink::Rule { width, thickness, tone } => {
                ops.push(Op::SetOutlineColor { col: color(*tone) });
                ops.push(Op::SetOutlineThickness { pt: Pt(*thickness) });
                let end = |x: f32| LinePoint { p: Point { x: Pt(round(x)), y: Pt(round(PAGE_HEIGHT - placed.y)) }, bezier: false };
                ops.push(Op::DrawLine { line: Line { points: vec![end(placed.x), end(placed.x + width)], is_closed: false } });
            }
            Ink::Text(stretch) => {
                if let Some(font) = fonts.get_mut(&stretch.face) {
                    show(placed, stretch, font, &mut ops);
                }
            }
        }
    }
    PdfPage::new(Mm::from(Pt(PAGE_WIDTH)), Mm::from(Pt(PAGE_HEIGHT)), ops)
}

fn show(placed: &Placed, stretch: &Stretch, font: &mut Font, ops: &mut Vec<Op>) {
    let tone = color(stretch.tone);
    ops.push(Op::SetFillColor { col: tone.clone() });
    if stretch.embolden {
        ops.push(Op::SetOutlineColor { col: tone });
        ops.push(Op::SetOutlineThickness { pt: Pt(stretch.size * 0.03) });
    }
    ops.push(Op::StartTextSection);
    if stretch.embolden {
        ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::FillStroke });
    }
    ops.push(Op::SetFont { font: PdfFontHandle::External(FontId(stretch.face.key())), size: Pt(stretch.size) });
    let mut pen = Pen { placed, stretch, at: None, row: Vec::new() };
    for cluster in &stretch.clusters {
        let plain = pen.is_plain(cluster, font);
        if !plain {
            pen.flush(ops);
            ops.push(actual_text(&cluster.text));
        }
        pen.cluster(cluster, font, ops);
        if !plain {
            pen.flush(ops);
            ops.push(Op::EndMarkedContent);
        }
    }
    pen.flush(ops);
    if stretch.embolden {
        ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Fill });
    }
    ops.push(Op::EndTextSection);
}

/// Gathers glyphs on one height into one show operator and corrects the places where a reader's pen would differ.
struct Pen<'p> {
    placed: &'p Placed,
    stretch: &'p Stretch,
    /// Where the reader's pen stands, from the left edge of the stretch, and its height.
    at: Option<(f32, f32)>,
    row: Vec<Codepoint>,
}

impl Pen<'_> {
    /// Whether a reader finds the cluster's characters through ToUnicode alone.
    fn is_plain(&self, cluster: &Cluster, font: &Font) -> bool {
        match cluster.glyphs.as_slice() {
            [glyph] => font.texts.get(&glyph.id) == Some(&cluster.text),
            _ => false,
        }
    }

    fn cluster(&mut self, cluster: &Cluster, font: &mut Font, ops: &mut Vec<Op>) {
        let mut characters = cluster.text.chars().cycle();
        for glyph in &cluster.glyphs {
            // Among several glyphs each stands for a character in turn; ActualText around them has the last word.
            let character = characters.next().map(String::from).unwrap_or_default();
            // The subset holds every glyph of the pages; a number outside of it would be a box, so it is left out.
            let Some(code) = font.glyphs.get(glyph.id) else { continue };
            let text = font.texts.entry(glyph.id).or_insert(character).clone();
            match self.at {
                Some((x, y)) if y == glyph.y && !self.row.is_empty() => {
                    let correction = ((x - glyph.x) * 1000.0 / self.stretch.size).round();
                    if let Some(last) = self.row.last_mut() {
                        last.offset += correction;
                    }
                    self.at = Some((x - correction * self.stretch.size / 1000.0, y));
                }
                _ => {
                    self.flush(ops);
                    let x = round(self.placed.x + glyph.x + self.stretch.lean * glyph.y);
                    let y = round(PAGE_HEIGHT - self.placed.y + glyph.y);
                    ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([1.0, 0.0, self.stretch.lean, 1.0, x, y]) });
                    self.at = Some((glyph.x, glyph.y));
                }
            }
            self.row.push(Codepoint { gid: code, offset: 0.0, cid: Some(text) });
            let advance = font.advance(code) * self.stretch.size / 1000.0;
            self.at = self.at.map(|(x, y)| (x + advance, y));
        }
    }

    fn flush(&mut self, ops: &mut Vec<Op>) {
        if !self.row.is_empty() {
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(std::mem::take(&mut self.row))] });
        }
    }
}

/// `/Span` with the characters of a cluster in UTF-16, big end first, with its mark (ISO 32000-1, 7.9.2.2).
fn actual_text(text: &str) -> Op {
    let data = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let map = BTreeMap::from([("ActualText".to_owned(), DictItem::String { data, literal: false })]);
    Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties: DictItem::Dict { map } }
}

fn color(tone: Tone) -> Color {
    let [r, g, b] = tone.rgb();
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

/// Hundredths of a point are finer than any printer, and shorter in the file.
fn round(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
