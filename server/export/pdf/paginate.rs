//! Cutting the galley into pages. Pure: strips and cells with heights go in, placed ink comes out.
//!
//! A page is filled line by line; each line brings its footnotes to the foot of its page. Where no more fits, the
//! page ends at the last place where it may end. A footnote too long for its page goes on at the foot of the next.

use super::galley::{Cell, Flow, Galley, Strip};
use super::ink::{Page, Placed};
use super::limits::PAGES_MAX;
use super::measures::*;
use crate::export::sheet::ExportError;
use std::collections::VecDeque;

/// Pages of `height` points; places count from the upper left corner of the text column.
pub fn paginate(galley: &Galley, height: f32) -> Result<Vec<Page>, ExportError> {
    let mut pages = Vec::new();
    let mut place = Place { flow: 0, cell: 0, pending: VecDeque::new() };
    while place.flow < galley.flow.len() || !place.pending.is_empty() {
        if pages.len() == PAGES_MAX {
            return Err(ExportError::TooLong);
        }
        let mut sheet = Filling::new(galley, height, place);
        place = sheet.fill()?;
        pages.push(sheet.printed());
    }
    Ok(pages)
}

/// How far the galley has been used, and the lines of footnotes that still wait for a foot.
#[derive(Debug, Clone)]
struct Place {
    flow: usize,
    cell: usize,
    pending: VecDeque<(usize, usize)>,
}

/// A page being filled.
struct Filling<'g> {
    galley: &'g Galley,
    height: f32,
    place: Place,
    used: f32,
    strips: usize,
    foot: Vec<(usize, usize)>,
    foot_height: f32,
    ink: Vec<Placed>,
}

/// What to return to when the page must end earlier than where it is full.
struct Stop {
    place: Place,
    strips: usize,
    foot: usize,
    foot_height: f32,
    ink: usize,
}

impl<'g> Filling<'g> {
    fn new(galley: &'g Galley, height: f32, place: Place) -> Self {
        let mut page = Filling { galley, height, place, used: 0.0, strips: 0, foot: Vec::new(), foot_height: 0.0, ink: Vec::new() };
        page.settle_notes(NOTES_SHARE);
        page
    }

    /// Fills the page and returns where the next one begins.
    fn fill(&mut self) -> Result<Place, ExportError> {
        self.fill_text()?;
        // Room that the text left belongs to footnotes that still wait.
        self.settle_notes(1.0);
        Ok(self.place.clone())
    }

    fn fill_text(&mut self) -> Result<(), ExportError> {
        let mut last: Option<Stop> = None;
        while let Some(flow) = self.galley.flow.get(self.place.flow) {
            let took = match flow {
                Flow::Strip(strip) => self.take_strip(strip, last.is_some()),
                Flow::Columns { cells, space, whole } => self.take_cells(cells, *space, *whole)?,
            };
            match took {
                Took::All { hold } => {
                    self.place.flow += 1;
                    self.place.cell = 0;
                    self.strips += 1;
                    if !hold {
                        last = Some(self.stop());
                    }
                }
                Took::Part => return Ok(()),
                Took::Nothing => {
                    if let Some(stop) = last {
                        self.return_to(stop);
                    }
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// `may_end`: the page may end before this strip or at an earlier place.
    fn take_strip(&mut self, strip: &Strip, may_end: bool) -> Took {
        let first = self.strips == 0;
        let space = if first { 0.0 } else { strip.space };
        let end = self.used + space + strip.height;
        // Its footnotes must at least begin on this page, unless the page would stay empty.
        let next_note = strip.notes.first().and_then(|note| self.galley.notes.get(*note)?.first());
        let begun = next_note.map_or(0.0, |line| line.height + line.space + self.notes_head());
        let crowded = may_end && !strip.notes.is_empty() && !self.place.pending.is_empty();
        if !first && (crowded || end + self.foot_height + begun > self.height) {
            return Took::Nothing;
        }
        let y = self.used + space;
        self.ink.extend(strip.ink.iter().map(|placed| placed.moved(0.0, y)));
        self.used = end;
        for note in &strip.notes {
            let lines = self.galley.notes.get(*note).map_or(0, Vec::len);
            self.place.pending.extend((0..lines).map(|line| (*note, line)));
        }
        self.settle_notes(NOTES_SHARE);
        Took::All { hold: strip.hold }
    }

    fn take_cells(&mut self, cells: &[Cell], space: f32, whole: bool) -> Result<Took, ExportError> {
        let rest = cells.get(self.place.cell..).unwrap_or_default();
        let space = if self.strips == 0 { 0.0 } else { space };
        let room = self.height - self.foot_height - self.used - space;
        let Some((first, second)) = columns(rest, room) else {
            let empty_page = self.strips == 0 && self.foot.is_empty();
            return if empty_page { Err(ExportError::TooLong) } else { Ok(Took::Nothing) };
        };
        let cut = first + second < rest.len();
        if whole && cut && self.strips > 0 && self.place.cell == 0 && columns(rest, self.height).is_some_and(|(a, b)| a + b == rest.len()) {
            return Ok(Took::Nothing);
        }
        let top = self.used + space;
        let mut lowest = top;
        let offset = COLUMN_WIDTH + COLUMN_GAP;
        let (x_first, x_second) = if self.galley.rtl { (offset, 0.0) } else { (0.0, offset) };
        for (x, column) in [(x_first, &rest[..first]), (x_second, &rest[first..first + second])] {
            let mut y = top;
            for cell in column {
                self.ink.extend(cell.ink.iter().map(|placed| placed.moved(x, y)));
                y += cell.height;
            }
            lowest = lowest.max(y);
        }
        self.used = lowest;
        self.place.cell += first + second;
        Ok(if cut { Took::Part } else { Took::All { hold: false } })
    }

    /// Moves waiting lines of footnotes to the foot, as many as fit into this share of the page, or into all of it
    /// when no text is left.
    fn settle_notes(&mut self, share: f32) {
        let text_left = self.place.flow < self.galley.flow.len();
        let share = if text_left { self.height * share } else { self.height };
        while let Some((note, line)) = self.place.pending.front().copied() {
            let strip = self.galley.notes.get(note).and_then(|lines| lines.get(line));
            let grown = self.foot_height + self.notes_head() + strip.map_or(0.0, |strip| strip.height + strip.space);
            // A footnote always begins on the page of its number; only what follows has to keep to its share.
            let room = if line == 0 { self.height - self.used } else { share.min(self.height - self.used) };
            let lonely = self.foot.is_empty() && self.used == 0.0;
            if !lonely && grown > room {
                break;
            }
            self.foot_height = grown;
            self.foot.push((note, line));
            self.place.pending.pop_front();
        }
    }

    /// Room for the rule over the footnotes, as long as there are none yet.
    fn notes_head(&self) -> f32 {
        if self.foot.is_empty() { NOTES_ABOVE + NOTES_BELOW } else { 0.0 }
    }

    fn stop(&self) -> Stop {
        Stop { place: self.place.clone(), strips: self.strips, foot: self.foot.len(), foot_height: self.foot_height, ink: self.ink.len() }
    }

    fn return_to(&mut self, stop: Stop) {
        self.place = stop.place;
        self.strips = stop.strips;
        self.foot.truncate(stop.foot);
        self.foot_height = stop.foot_height;
        self.ink.truncate(stop.ink);
    }

    fn printed(self) -> Page {
        let mut ink = self.ink;
        if !self.foot.is_empty() {
            let mut y = self.height - self.foot_height + NOTES_ABOVE;
            let x = if self.galley.rtl { TEXT_WIDTH - NOTES_RULE } else { 0.0 };
            ink.push(Placed::rule(x, y, NOTES_RULE, HAIRLINE, Tone::Faint));
            y += NOTES_BELOW;
            for (note, line) in self.foot {
                let Some(strip) = self.galley.notes.get(note).and_then(|lines| lines.get(line)) else { continue };
                y += strip.space;
                ink.extend(strip.ink.iter().map(|placed| placed.moved(0.0, y)));
                y += strip.height;
            }
        }
        Page { ink }
    }
}

enum Took {
    All { hold: bool },
    Part,
    Nothing,
}

/// How many cells go into the first and into the second column of a room this high: all of them in columns of like
/// height if they fit, else both columns full. None if not even one cell fits.
fn columns(cells: &[Cell], room: f32) -> Option<(usize, usize)> {
    let full = |cells: &[Cell]| {
        let mut height = 0.0;
        cells
            .iter()
            .take_while(|cell| {
                height += cell.height;
                height <= room
            })
            .count()
    };
    let first = full(cells);
    if first == 0 {
        return if cells.is_empty() { Some((0, 0)) } else { None };
    }
    let second = full(&cells[first..]);
    if first + second < cells.len() {
        return Some((first, second));
    }
    let total: f32 = cells.iter().map(|cell| cell.height).sum();
    let mut left = 0.0;
    let mut best = (f32::INFINITY, first);
    for (place, cell) in cells.iter().enumerate() {
        left += cell.height;
        let taller = left.max(total - left);
        if taller <= best.0 && taller <= room {
            best = (taller, place + 1);
        }
    }
    Some((best.1, cells.len() - best.1))
}

#[cfg(test)]
mod tests {
    use super::super::ink::Ink;
    use super::*;

    const PAGE: f32 = 100.0;

    /// A strip ten points high that prints a rule as wide as its number.
    fn strip(number: usize) -> Strip {
        Strip { height: 10.0, ink: vec![Placed::rule(0.0, 0.0, number as f32, 1.0, Tone::Ink)], ..Strip::default() }
    }

    fn text(strips: Vec<Strip>) -> Galley {
        Galley { flow: strips.into_iter().map(Flow::Strip).collect(), ..Galley::default() }
    }

    fn cells(heights: &[f32]) -> Vec<Cell> {
        heights.iter().enumerate().map(|(place, height)| Cell { height: *height, ink: strip(place).ink }).collect()
    }

    /// The numbers printed on each page, without the rules over footnotes.
    fn printed(galley: &Galley) -> Vec<Vec<usize>> {
        let number = |placed: &Placed| match placed.ink {
            Ink::Rule { width, .. } if width != NOTES_RULE => Some(width as usize),
            _ => None,
        };
        let pages = paginate(galley, PAGE).unwrap();
        assert!(pages.iter().flat_map(|page| &page.ink).all(|placed| (0.0..=PAGE).contains(&placed.y)));
        pages.iter().map(|page| page.ink.iter().filter_map(number).collect()).collect()
    }

    #[test]
    fn every_line_is_printed_once_and_in_order() {
        assert_eq!(printed(&text((0..25).map(strip).collect())), [(0..10).collect::<Vec<_>>(), (10..20).collect(), (20..25).collect()]);
    }

    #[test]
    fn a_heading_moves_to_the_page_of_its_text() {
        let mut strips: Vec<Strip> = (0..12).map(strip).collect();
        strips[8].hold = true;
        strips[9].hold = true;
        assert_eq!(printed(&text(strips))[0], (0..8).collect::<Vec<_>>());
    }

    #[test]
    fn lines_that_all_want_to_stay_together_are_cut_where_the_page_is_full() {
        let strips = (0..25).map(|number| Strip { hold: true, ..strip(number) }).collect();
        assert_eq!(printed(&text(strips)).iter().map(Vec::len).collect::<Vec<_>>(), [10, 10, 5]);
    }

    #[test]
    fn space_above_is_dropped_at_the_head_of_a_page() {
        let strips = (0..6).map(|number| Strip { space: 15.0, ..strip(number) }).collect();
        let pages = paginate(&text(strips), PAGE).unwrap();
        assert!(pages.iter().all(|page| page.ink[0].y == 0.0));
    }

    #[test]
    fn a_footnote_begins_on_the_page_of_its_number() {
        for anchor in 0..20 {
            let mut galley = text((0..20).map(strip).collect());
            if let Flow::Strip(strip) = &mut galley.flow[anchor] {
                strip.notes = vec![0];
            }
            galley.notes = vec![vec![strip(100), strip(101)]];
            let pages = printed(&galley);
            let page = pages.iter().find(|page| page.contains(&anchor)).unwrap();
            assert!(page.contains(&100), "the number stands on line {anchor}: {pages:?}");
            let mut all: Vec<usize> = pages.concat();
            all.sort();
            assert_eq!(all, (0..20).chain(100..102).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_footnote_longer_than_pages_goes_on_and_loses_no_line() {
        let mut galley = text((0..30).map(strip).collect());
        for (place, note) in [(1, 0), (2, 1)] {
            if let Flow::Strip(strip) = &mut galley.flow[place] {
                strip.notes = vec![note];
            }
        }
        galley.notes = vec![(300..340).map(strip).collect(), vec![strip(400)]];
        let all = printed(&galley).concat();
        let notes: Vec<usize> = all.iter().copied().filter(|number| *number >= 300).collect();
        assert_eq!(notes, (300..340).chain([400]).collect::<Vec<_>>());
        assert_eq!(all.len(), 30 + 41);
    }

    #[test]
    fn names_fill_both_columns_and_end_in_columns_of_like_height() {
        assert_eq!(columns(&cells(&[10.0; 30]), PAGE), Some((10, 10)));
        assert_eq!(columns(&cells(&[10.0; 9]), PAGE), Some((5, 4)));
        assert_eq!(columns(&cells(&[60.0, 10.0, 10.0, 10.0]), PAGE), Some((1, 3)));
        assert_eq!(columns(&cells(&[120.0]), PAGE), None);
        let galley = Galley { flow: vec![Flow::Columns { cells: cells(&[7.0; 95]), space: 5.0, whole: false }], ..Galley::default() };
        assert_eq!(printed(&galley).concat(), (0..95).collect::<Vec<_>>());
    }

    #[test]
    fn blank_lines_stay_with_their_sentence() {
        let mut galley = text((0..7).map(strip).collect());
        galley.flow.push(Flow::Strip(Strip { hold: true, ..strip(7) }));
        galley.flow.push(Flow::Columns { cells: cells(&[10.0; 8]), space: 0.0, whole: true });
        assert_eq!(printed(&galley)[0], (0..7).collect::<Vec<_>>());
    }

    #[test]
    fn a_name_higher_than_a_page_and_a_book_are_refused() {
        let tall = Galley { flow: vec![Flow::Columns { cells: cells(&[120.0]), space: 0.0, whole: false }], ..Galley::default() };
        assert_eq!(paginate(&tall, PAGE).err(), Some(ExportError::TooLong));
        assert_eq!(paginate(&text((0..4001).map(strip).collect()), PAGE).err(), Some(ExportError::TooLong));
        assert_eq!(paginate(&text((0..4000).map(strip).collect()), PAGE).map(|pages| pages.len()), Ok(400));
    }
}
