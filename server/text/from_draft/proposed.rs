//! Places in a draft with suggestions in it. The text is counted without what is pending, its writers see it in its midst: a place in
//! the text is turned into the one where they see the same, and each suggestion gets the place where it begins.
//!
//! Takes what a worker tells beside the text, `{"body": delta, "notes": {id: delta}, "open": [{"note", "at", "len"}]}`: the texts as
//! their writers see them, what is pending told apart, and the units at which suggestions begin.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Settling, noted};
use crate::text::obstacle::{ObstacleKind, Obstacles};
use crate::text::place::{Line, Place};

/// A block or a footnote, counted from 1, and UTF-16 units into its words.
type Spot = (usize, u32);

/// Turns the places of what was found in the text into those where writers see it, and adds that suggestions are open.
pub fn seen_by_writers(proposed: &Value, obstacles: &mut Obstacles) {
    let (Some(body), Some(notes)) = (proposed.get("body").and_then(Value::as_array), proposed.get("notes").and_then(Value::as_object))
    else {
        return;
    };
    let mut settling = Settling::default();
    settling.blocks(body, notes);
    let (lines, _) = settling.lines.looked_through();
    let seen = Seen::of(body, notes);
    for place in obstacles.list.iter_mut().filter_map(|obstacle| obstacle.place.as_mut()) {
        seen.turn(place);
    }
    for one in proposed.get("open").and_then(Value::as_array).into_iter().flatten() {
        obstacles.add(ObstacleKind::OpenSuggestion, || seen.begins(one, &lines));
    }
}

/// Where everything is seen.
#[derive(Default)]
struct Seen {
    /// Of a block of the text: from which unit of its words on it is seen where.
    blocks: BTreeMap<usize, Vec<(u32, Spot)>>,
    /// Of a footnote of the text.
    notes: BTreeMap<usize, Vec<(u32, Spot)>>,
    /// From which unit of the body on it is seen where.
    units: Vec<(u32, Spot)>,
    /// Footnotes that are referred to: the block, and the number they are seen under.
    referred: BTreeMap<String, (usize, usize)>,
}

impl Seen {
    fn of(body: &[Value], notes: &Map<String, Value>) -> Seen {
        let mut seen = Seen::default();
        let (mut text, mut live, mut unit): (Spot, Spot, u32) = ((1, 0), (1, 0), 0);
        let mut text_notes = 0;
        for piece in body {
            let is_text = !is_pending(piece);
            let Some(words) = piece["insert"].as_str() else {
                seen.units.push((unit, live));
                if let Some(id) = noted(&piece["insert"]) {
                    let number = seen.referred.len() + 1;
                    seen.referred.entry(id.to_owned()).or_insert((live.0, number));
                    if is_text {
                        text_notes += 1;
                        seen.notes.insert(text_notes, words_of(notes.get(id), number));
                    }
                }
                unit += 1;
                continue;
            };
            for part in words.split_inclusive('\n') {
                let (said, ends) = part.strip_suffix('\n').map_or((part, false), |said| (said, true));
                let len = said.encode_utf16().count() as u32;
                seen.units.push((unit, live));
                if is_text {
                    seen.blocks.entry(text.0).or_default().push((text.1, live));
                    text.1 += len;
                }
                live.1 += len;
                unit += len;
                if ends {
                    seen.units.push((unit, live));
                    if is_text {
                        seen.blocks.entry(text.0).or_default().push((text.1, live));
                        text = (text.0 + 1, 0);
                    }
                    live = (live.0 + 1, 0);
                    unit += 1;
                }
            }
        }
        seen
    }

    fn turn(&self, place: &mut Place) {
        let table = match place.footnote {
            Some(number) => self.notes.get(&number),
            None => self.blocks.get(&place.block),
        };
        let Some(table) = table else { return };
        let at = |offset: usize| before(table, offset as u32);
        let (Some((counted, start)), Some((_, end))) = (at(place.offset), at(place.offset + place.length.saturating_sub(1))) else {
            return;
        };
        match place.footnote.as_mut() {
            Some(number) => *number = counted,
            None => place.block = counted,
        }
        place.offset = start as usize;
        if place.length > 0 {
            place.length = end.saturating_sub(start) as usize + 1;
        }
        let referred = place.footnote.and_then(|number| self.referred.values().find(|(_, known)| *known == number));
        place.block = referred.map_or(place.block, |(block, _)| *block);
    }

    /// The place of a suggestion; nothing where it is in a footnote that nothing refers to.
    fn begins(&self, one: &Value, lines: &[Line]) -> Option<Place> {
        let (at, len) = (u32::try_from(one.get("at")?.as_u64()?).ok()?, one.get("len")?.as_u64()? as usize);
        let ((block, offset), footnote) = match one.get("note").and_then(Value::as_str) {
            None => (before(&self.units, at)?, None),
            Some(id) => self.referred.get(id).map(|(block, number)| ((*block, at), Some(*number)))?,
        };
        let line = lines.iter().find(|line| line.block == block && line.footnote == footnote)?;
        let byte = |units: usize| {
            line.text
                .char_indices()
                .scan(0, |had, (at, letter)| {
                    let here = *had;
                    *had += letter.len_utf16();
                    Some((here, at))
                })
                .find(|(had, _)| *had >= units)
                .map_or(line.text.len(), |(_, at)| at)
        };
        Some(line.place(byte(offset as usize)..byte(offset as usize + len)))
    }
}

/// Of a footnote's words; a mark counts as a letter does.
fn words_of(note: Option<&Value>, number: usize) -> Vec<(u32, Spot)> {
    let (mut table, mut text, mut live) = (Vec::new(), 0, 0);
    for piece in note.and_then(Value::as_array).into_iter().flatten() {
        let len = piece["insert"].as_str().map_or(1, |words| words.encode_utf16().count() as u32);
        if !is_pending(piece) {
            table.push((text, (number, live)));
            text += len;
        }
        live += len;
    }
    table
}

fn is_pending(piece: &Value) -> bool {
    piece.get("pending").is_some()
}

/// Where a unit is seen, by the last row at or before it.
fn before(table: &[(u32, Spot)], at: u32) -> Option<Spot> {
    let (from, (counted, offset)) = table.get(table.partition_point(|(from, _)| *from <= at).checked_sub(1)?)?;
    Some((*counted, offset + at - from))
}
