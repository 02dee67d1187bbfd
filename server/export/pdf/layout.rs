//! The parts of a sheet in their order: front, text, names, withheld names.

use super::galley::{Cell, Compositor, Flow, Galley, Strip, prose, small};
use super::ink::Placed;
use super::limits::*;
use super::measures::*;
use super::setting::{Edge, Line, Manner, Setter, Span};
use crate::export::direction::{direction, of_language};
use crate::export::sheet::{ExportError, ListedName, Sheet};
use crate::text::block::{Block, Dir, Inline, NoteParagraph, Piece, Text};

/// Refuses sheets beyond what a file may hold, before any work is spent on them.
pub fn within_limits(sheet: &Sheet) -> Result<(), ExportError> {
    let words = &sheet.words;
    let within = |text: &str, most: usize| text.chars().count() <= most;
    let lines = [&sheet.title, &sheet.coalition, &sheet.published_on, &words.heading, &words.signed_by_count, &words.withheld_line];
    let lines_fit = lines.into_iter().chain(&sheet.subtitle).all(|line| within(line, LINE_CHARACTERS_MAX));
    let foot = [&sheet.digest, &sheet.edition, &words.digest_label, &words.check_label, &words.page_of];
    let foot_fits = within(&sheet.check_url, ADDRESS_CHARACTERS_MAX) && foot.into_iter().all(|label| within(label, LABEL_CHARACTERS_MAX));
    let name_fits = |name: &str| within(name, NAME_CHARACTERS_MAX);
    let names_fit = sheet.signatories.len() <= SIGNATORIES_MAX
        && sheet
            .signatories
            .iter()
            .all(|one| name_fits(&one.name) && name_fits(&one.country) && one.gloss.as_deref().is_none_or(name_fits));
    if !lines_fit || !foot_fits || !names_fit || too_long(&sheet.text) {
        return Err(ExportError::TooLong);
    }
    Ok(())
}

/// Whether a text is more than a file may hold, whatever list of names comes with it.
pub fn too_long(text: &Text) -> bool {
    let notes = || text.footnotes().flat_map(|(_, paragraphs)| paragraphs);
    let runs_fit = text.blocks.iter().all(|block| block.content.len() <= RUNS_MAX) && notes().all(|note| note.content.len() <= RUNS_MAX);
    let number_fits = |block: &Block| block.label.as_ref().is_none_or(|label| label.chars().count() <= NUMBER_CHARACTERS_MAX);
    // Every block, break and paragraph of a footnote counts as the line that it takes at least.
    let words: usize = text.runs().map(|run| run.text.chars().count()).sum();
    let lines =
        text.blocks.len() + notes().map(|note| 1 + breaks_in_note(note)).sum::<usize>() + text.blocks.iter().map(breaks).sum::<usize>();
    !runs_fit || !text.blocks.iter().all(number_fits) || words + lines * LINE_CHARACTERS > CHARACTERS_MAX
}

fn breaks(block: &Block) -> usize {
    block.content.iter().filter(|inline| matches!(inline, Inline::Break)).count()
}

fn breaks_in_note(note: &NoteParagraph) -> usize {
    note.content.iter().filter(|piece| matches!(piece, Piece::Break)).count()
}

/// The whole sheet as one galley.
pub fn galley(sheet: &Sheet, setter: &mut Setter) -> Result<Galley, ExportError> {
    let language = of_language(&sheet.text.language);
    let galley = Galley { rtl: language == Dir::Rtl, ..Galley::default() };
    let mut compositor = Compositor { setter, galley, language };
    let title_first = sheet.text.blocks.first().is_some_and(Block::is_title);
    let titled = sheet.text.blocks.iter().any(Block::is_title);
    let (title, rest) = sheet.text.blocks.split_at(usize::from(title_first));
    compositor.blocks(title)?;
    if !titled {
        compositor.sentence(&sheet.title, Manner { leading: 1.25, ..prose(TITLE_SIZE) }, 10.0, true);
    }
    if let Some(subtitle) = &sheet.subtitle {
        compositor.sentence(subtitle, Manner { tone: Tone::Muted, leading: 1.4, ..prose(11.5) }, 8.0, true);
    }
    let issue = [sheet.edition.as_str(), &sheet.published_on].into_iter().filter(|part| !part.is_empty());
    compositor.sentence(&issue.collect::<Vec<_>>().join(" · "), small(SMALL_SIZE), 8.0, true);
    compositor.galley.flow.push(gap(12.0, true));
    compositor.blocks(rest)?;
    names(sheet, &mut compositor);
    Ok(compositor.galley)
}

/// The section of names; nothing at all when nobody has signed.
fn names(sheet: &Sheet, compositor: &mut Compositor) {
    if sheet.signatories.is_empty() && sheet.withheld == 0 {
        return;
    }
    compositor.galley.flow.push(Flow::Strip(Strip {
        height: 6.0,
        space: 26.0,
        hold: true,
        ink: vec![Placed::rule(0.0, 0.0, TEXT_WIDTH, 1.2, Tone::Ink)],
        ..Strip::default()
    }));
    compositor.sentence(&sheet.words.heading, Manner { italic: leans(&sheet.text.language), leading: 1.3, ..prose(17.0) }, 4.0, true);
    compositor.sentence(&sheet.words.signed_by_count, small(SMALL_SIZE), 2.0, true);
    if !sheet.signatories.is_empty() {
        let cells = sheet.signatories.iter().map(|one| signatory(one, compositor)).collect();
        compositor.galley.flow.push(Flow::Columns { cells, space: 12.0, whole: false });
    }
    if sheet.withheld > 0 {
        compositor.sentence(&sheet.words.withheld_line, Manner { italic: leans(&sheet.text.language), ..prose(11.0) }, 14.0, true);
        let line = Placed::rule(0.0, BLANK_LINE_HEIGHT - 2.0, COLUMN_WIDTH, HAIRLINE, Tone::Faint);
        let cell = Cell { height: BLANK_LINE_HEIGHT, ink: vec![line] };
        let count = sheet.withheld.min(BLANK_LINES_MAX) as usize;
        compositor.galley.flow.push(Flow::Columns { cells: vec![cell; count], space: 0.0, whole: true });
    }
}

/// A name on its signature line. Name, gloss and country are boxes of their own: in one line, an Arabic name and an
/// Arabic country would join into one run and change places.
fn signatory(one: &ListedName, compositor: &mut Compositor) -> Cell {
    let (language, near) = (compositor.language, compositor.edge());
    let own = |text: &str| direction([text].into_iter(), language);
    let aside = Manner { width: COLUMN_WIDTH * COUNTRY_SHARE, direction: own(&one.country), edge: away(language), ..small(7.5) };
    let country = if one.country.is_empty() { Vec::new() } else { compositor.setter.set(&[plain(&one.country)], &aside) };
    let beside = country.iter().map(|line| line.extent + 8.0).fold(0.0, f32::max);
    let width = COLUMN_WIDTH - beside;
    let manner = Manner { width, direction: own(&one.name), edge: near, leading: 1.35, ..prose(NAME_SIZE) };
    let name = compositor.setter.set(&[plain(&one.name)], &manner);

    let rtl = language == Dir::Rtl;
    let mut ink = Vec::new();
    let mut y = put(&mut ink, &name, if rtl { beside } else { 0.0 }, 0.0);
    let level = name.first().zip(country.first()).map_or(0.0, |(name, country)| name.baseline - country.baseline);
    let country_height = put(&mut ink, &country, if rtl { 0.0 } else { COLUMN_WIDTH - aside.width }, level);
    y = y.max(level + country_height);
    if let Some(gloss) = one.gloss.as_deref().filter(|gloss| !gloss.is_empty()) {
        let manner = Manner { width: COLUMN_WIDTH, direction: own(gloss), edge: near, ..small(7.5) };
        y += put(&mut ink, &compositor.setter.set(&[plain(gloss)], &manner), 0.0, y);
    }
    ink.push(Placed::rule(0.0, y + 2.5, COLUMN_WIDTH, HAIRLINE, Tone::Faint));
    Cell { height: y + 9.0, ink }
}

pub fn plain(text: &str) -> Span<'_> {
    Span { text, ..Span::default() }
}

fn gap(height: f32, hold: bool) -> Flow {
    Flow::Strip(Strip { height, hold, ..Strip::default() })
}

/// Languages whose script has an italic hand; a leaning Arabic or Chinese heading would only look broken.
fn leans(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or_default();
    matches!(primary, "en" | "fr" | "es" | "ru" | "pt" | "de" | "it" | "nl" | "pl" | "uk" | "tr" | "vi" | "id" | "ms" | "sw" | "el")
}

/// Puts lines one under the other and returns their height.
pub fn put(ink: &mut Vec<Placed>, lines: &[Line], x: f32, y: f32) -> f32 {
    let mut height = 0.0;
    for line in lines {
        ink.extend(line.ink.iter().map(|placed| placed.moved(x, y + height)));
        height += line.height;
    }
    height
}

pub fn away(language: Dir) -> Edge {
    if language == Dir::Rtl { Edge::Left } else { Edge::Right }
}
