//! Makes a draft say another text with as little as possible. What it says already keeps its letters: with them whose they are, and
//! whatever points at them; and what somebody writes among them at the same moment stands where it was written.
//!
//! Both texts are rows of letters, marks and footnotes, each with its appearance. Lines that are equal are found first, then what
//! differs is narrowed to the letters between the first and the last difference. A footnote is equal when it says the same.
//!
//! What is only proposed is no part of either text: it stays, between those of its neighbours that do.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::rc::Rc;

use yrs::types::text::YChange;
use yrs::types::{Attrs, Delta};
use yrs::{Any, Doc, In, Out, Text as _, TextRef, Transact};

use super::limits::REWRITE_PAIRS_MAX;
use super::project::value;
use super::seed::{self, Pen, Spelled};
use crate::text::block::Text;
use crate::text::description;

/// The last mark stays, and closes the text's last block.
pub fn rewrite(text: &Text, doc: &Doc, pending: &Pending) -> Result<(), String> {
    write(text, doc, pending, differences)
}

/// The same with nothing of what it says kept, besides what is pending.
pub fn replace(text: &Text, doc: &Doc, pending: &Pending) -> Result<(), String> {
    write(text, doc, pending, |old, new| vec![(0..old.len(), 0..new.len())])
}

/// Which stretches of its texts, in UTF-16 units, are only proposed: in order, the body's and each footnote's.
#[derive(Debug, Default)]
pub struct Pending {
    pub body: Vec<Range<u32>>,
    pub notes: HashMap<String, Vec<Range<u32>>>,
}

type Differences = Vec<(Range<usize>, Range<usize>)>;

fn write(text: &Text, doc: &Doc, pending: &Pending, differences: impl Fn(&[Unit], &[Unit]) -> Differences) -> Result<(), String> {
    let Spelled { mut body, closing, notes } = seed::spell(text);
    let notes: HashMap<String, Pen> = notes.into_iter().collect();
    let root = doc.get_or_insert_text(description::body());
    let mut present = of_draft(doc, &root, Some(pending), &pending.body)?;
    let last = present.pop_if(|unit| unit.what == What::Letter('\n'));
    if let (None, Some(closing)) = (&last, &closing) {
        body.mark(closing.clone());
    }
    let wanted = of_pen(&body, &|id| notes.get(id).map(said_by));
    let closing = closing.unwrap_or_default();
    let mut hand = Hand::default();
    let mut new_notes = Vec::new();
    let mut kept = 0;
    for (old, new) in differences(&present, &wanted) {
        hand.keeps(&present[kept..old.start]);
        kept = old.end;
        for unit in &wanted[new] {
            if let What::Note(_) = &unit.what
                && let Some(id) = noted(&unit.ink.what)
            {
                new_notes.push(id.to_owned());
            }
            hand.writes(&unit.ink);
        }
        hand.takes_out(&present[old]);
    }
    hand.keeps(&present[kept..]);
    let mut pen = hand.pen();
    if let Some(last) = last.filter(|last| last.looks != looks(&closing, MARK)) {
        if last.beside > 0 {
            pen.0.push(Delta::Retain(last.beside, None));
        }
        pen.mark_again(closing);
    }
    for id in new_notes {
        if let Some(Pen(said)) = notes.get(&id) {
            let note = doc.get_or_insert_text(description::note(&id));
            note.apply_delta(&mut doc.transact_mut(), said.clone());
        }
    }
    root.apply_delta(&mut doc.transact_mut(), pen.0);
    Ok(())
}

/// What a paragraph mark, and what a letter, may say of itself.
const MARK: &[&str] = &["block", "dir", "start"];
const LETTER: &[&str] = &["bold", "italic", "link", "lang"];

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum What {
    Letter(char),
    /// What the footnote says.
    Note(Vec<(What, Rc<str>)>),
    Other(String),
}

/// One letter, mark or place, to be compared.
#[derive(Debug, Clone)]
struct Unit {
    what: What,
    looks: Rc<str>,
    /// As it is written.
    ink: Ink,
    /// UTF-16 units just before it that are only proposed.
    beside: u32,
}

#[derive(Debug, Clone)]
struct Ink {
    what: Any,
    attributes: Rc<Attrs>,
}

impl PartialEq for Unit {
    fn eq(&self, other: &Unit) -> bool {
        self.what == other.what && self.looks == other.looks
    }
}

impl Unit {
    fn size(&self) -> u32 {
        if let What::Letter(letter) = self.what { letter.len_utf16() as u32 } else { 1 }
    }
}

fn size(units: &[Unit]) -> u32 {
    units.iter().map(|unit| unit.beside + unit.size()).sum()
}

/// Goes through a text from its first letter to its last.
#[derive(Default)]
struct Hand {
    pen: Pen,
    /// Letters of one appearance go in together.
    letters: Option<(String, Rc<Attrs>)>,
}

impl Hand {
    fn keeps(&mut self, units: &[Unit]) {
        self.lifts();
        if !units.is_empty() {
            self.pen.0.push(Delta::Retain(size(units), None));
        }
    }

    fn takes_out(&mut self, units: &[Unit]) {
        self.lifts();
        for together in units.chunk_by(|_, next| next.beside == 0) {
            let beside = together[0].beside;
            if beside > 0 {
                self.pen.0.push(Delta::Retain(beside, None));
            }
            self.pen.0.push(Delta::Deleted(size(together) - beside));
        }
    }

    fn writes(&mut self, ink: &Ink) {
        let Any::String(letter) = &ink.what else {
            self.lifts();
            self.inserts(In::Any(ink.what.clone()), &ink.attributes);
            return;
        };
        match &mut self.letters {
            Some((letters, attributes)) if *attributes == ink.attributes => letters.push_str(letter),
            _ => {
                self.lifts();
                self.letters = Some((letter.to_string(), ink.attributes.clone()));
            }
        }
    }

    fn lifts(&mut self) {
        if let Some((letters, attributes)) = self.letters.take() {
            self.inserts(letters.into(), &attributes);
        }
    }

    fn inserts(&mut self, what: In, attributes: &Attrs) {
        self.pen.0.push(Delta::Inserted(what, Some(Box::new(attributes.clone()))));
    }

    fn pen(mut self) -> Pen {
        self.lifts();
        self.pen
    }
}

/// What a text of a draft holds without these; in a footnote none has a place, and nobody asks what is pending in others.
fn of_draft(doc: &Doc, root: &TextRef, others: Option<&Pending>, pending: &[Range<u32>]) -> Result<Vec<Unit>, String> {
    let pieces = root.diff(&doc.transact(), YChange::identity);
    let mut units = Vec::new();
    for piece in pieces {
        let Out::Any(what) = piece.insert else { return Err("This draft holds something inside a text that is no text.".to_owned()) };
        let attributes = Rc::new(piece.attributes.map(|all| *all).unwrap_or_default());
        let says = |id: &str| {
            let others = others?;
            let note = doc.get_or_insert_text(description::note(id));
            let said = of_draft(doc, &note, None, others.notes.get(id).map_or(&[], Vec::as_slice)).unwrap_or_default();
            Some(said.into_iter().map(|unit| (unit.what, unit.looks)).collect())
        };
        units_of(&what, &attributes, &says, &mut units);
    }
    Ok(without(units, pending))
}

fn without(units: Vec<Unit>, pending: &[Range<u32>]) -> Vec<Unit> {
    let (mut kept, mut beside, mut at, mut ranges) = (Vec::with_capacity(units.len()), 0, 0, pending.iter().peekable());
    for unit in units {
        while ranges.next_if(|range| range.end <= at).is_some() {}
        if ranges.peek().is_some_and(|range| range.start <= at) {
            beside += unit.size();
        } else {
            kept.push(Unit { beside: std::mem::take(&mut beside), ..unit.clone() });
        }
        at += unit.size();
    }
    kept
}

/// What a pen has written.
fn of_pen(pen: &Pen, says: &dyn Fn(&str) -> Option<Vec<(What, Rc<str>)>>) -> Vec<Unit> {
    let mut units = Vec::new();
    for written in &pen.0 {
        if let Delta::Inserted(In::Any(what), attributes) = written {
            let attributes = Rc::new(attributes.as_deref().cloned().unwrap_or_default());
            units_of(what, &attributes, says, &mut units);
        }
    }
    units
}

fn said_by(pen: &Pen) -> Vec<(What, Rc<str>)> {
    of_pen(pen, &|_| None).into_iter().map(|unit| (unit.what, unit.looks)).collect()
}

fn units_of(what: &Any, attributes: &Rc<Attrs>, says: &dyn Fn(&str) -> Option<Vec<(What, Rc<str>)>>, to: &mut Vec<Unit>) {
    let ink = |what: Any| Ink { what, attributes: attributes.clone() };
    if let Any::String(letters) = what {
        let (of_letter, of_mark) = (looks_of_letters(attributes, LETTER), looks(attributes, MARK));
        to.extend(letters.chars().map(|letter| Unit {
            what: What::Letter(letter),
            looks: if letter == '\n' { of_mark.clone() } else { of_letter.clone() },
            ink: ink(Any::from(String::from(letter))),
            beside: 0,
        }));
        return;
    }
    let said = noted(what).and_then(says).map(What::Note);
    to.push(Unit {
        what: said.unwrap_or_else(|| What::Other(value(what).to_string())),
        looks: looks_of_letters(attributes, &[]),
        ink: ink(what.clone()),
        beside: 0,
    });
}

/// The footnote whose place this is.
fn noted(what: &Any) -> Option<&str> {
    let Any::Map(fields) = what else { return None };
    match fields.get("note") {
        Some(Any::String(id)) => Some(id),
        _ => None,
    }
}

fn looks(attributes: &Attrs, names: &[&str]) -> Rc<str> {
    let told: BTreeMap<&str, String> = attributes
        .iter()
        .filter(|(name, set)| names.contains(&&***name) && !matches!(set, Any::Null | Any::Undefined))
        .map(|(name, set)| (&**name, value(set).to_string()))
        .collect();
    told.into_iter().map(|(name, set)| format!("{name}={set};")).collect::<String>().into()
}

/// A text has no brackets: letters in one give way to the signs and letters that say so.
fn looks_of_letters(attributes: &Attrs, names: &[&str]) -> Rc<str> {
    let brackets = attributes.keys().map(|name| &**name).filter(|name| description::bracket_of(name).is_some());
    looks(attributes, &names.iter().copied().chain(brackets).collect::<Vec<_>>())
}

/// What has to give way to what, in their order; all else is equal.
fn differences(old: &[Unit], new: &[Unit]) -> Differences {
    let (old_lines, new_lines) = (lines(old), lines(new));
    let mut found = Vec::new();
    let (mut a, mut b) = (0, 0);
    let mut gap = |old_lines: &[Range<usize>], new_lines: &[Range<usize>], old_at: usize, new_at: usize| {
        let whole = |lines: &[Range<usize>], at: usize| match (lines.first(), lines.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => at..at,
        };
        let (mut o, mut n) = (whole(old_lines, old_at), whole(new_lines, new_at));
        while !o.is_empty() && !n.is_empty() && old[o.start] == new[n.start] {
            (o.start, n.start) = (o.start + 1, n.start + 1);
        }
        while !o.is_empty() && !n.is_empty() && old[o.end - 1] == new[n.end - 1] {
            (o.end, n.end) = (o.end - 1, n.end - 1);
        }
        if !o.is_empty() || !n.is_empty() {
            found.push((o, n));
        }
    };
    let at = |lines: &[Range<usize>], line: usize, len: usize| lines.get(line).map_or(len, |line| line.start);
    for (x, y) in same_lines(old, &old_lines, new, &new_lines) {
        gap(&old_lines[a..x], &new_lines[b..y], at(&old_lines, a, old.len()), at(&new_lines, b, new.len()));
        (a, b) = (x + 1, y + 1);
    }
    gap(&old_lines[a..], &new_lines[b..], at(&old_lines, a, old.len()), at(&new_lines, b, new.len()));
    found
}

/// Each with the mark that closes it; the last has none.
fn lines(units: &[Unit]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, unit) in units.iter().enumerate() {
        if unit.what == What::Letter('\n') {
            lines.push(start..at + 1);
            start = at + 1;
        }
    }
    lines.push(start..units.len());
    lines
}

/// Pairs of equal lines, as many as can be had in one order: all at the ends, and the longest row of them between.
fn same_lines(old: &[Unit], a: &[Range<usize>], new: &[Unit], b: &[Range<usize>]) -> Vec<(usize, usize)> {
    let same = |x: usize, y: usize| old[a[x].clone()] == new[b[y].clone()];
    let ahead = (0..a.len().min(b.len())).take_while(|at| same(*at, *at)).count();
    let most = a.len().min(b.len()) - ahead;
    let behind = (1..=most).take_while(|back| same(a.len() - back, b.len() - back)).count();
    let (rows, columns) = (a.len() - ahead - behind, b.len() - ahead - behind);
    let mut pairs: Vec<(usize, usize)> = (0..ahead).map(|at| (at, at)).collect();
    if rows.saturating_mul(columns) <= REWRITE_PAIRS_MAX {
        // `longest[x][y]`: how many pairs lines x… and y… can have.
        let width = columns + 1;
        let mut longest = vec![0u16; (rows + 1) * width];
        for x in (0..rows).rev() {
            for y in (0..columns).rev() {
                longest[x * width + y] = if same(ahead + x, ahead + y) {
                    longest[(x + 1) * width + y + 1].saturating_add(1)
                } else {
                    longest[(x + 1) * width + y].max(longest[x * width + y + 1])
                };
            }
        }
        let (mut x, mut y) = (0, 0);
        while x < rows && y < columns {
            if same(ahead + x, ahead + y) {
                pairs.push((ahead + x, ahead + y));
                (x, y) = (x + 1, y + 1);
            } else if longest[(x + 1) * width + y] >= longest[x * width + y + 1] {
                x += 1;
            } else {
                y += 1;
            }
        }
    }
    pairs.extend((1..=behind).rev().map(|back| (a.len() - back, b.len() - back)));
    pairs
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use yrs::{ClientID, OffsetKind, Options, ReadTxn, StateVector};

    use super::*;
    use crate::drafting::gate::{Gate, PersonKey};
    use crate::drafting::project::project;
    use crate::text::from_draft::settle;

    fn text(blocks: Value) -> Text {
        serde_json::from_value(json!({ "v": "text/v1", "language": "en", "blocks": blocks })).unwrap()
    }

    fn paragraph(words: &str) -> Value {
        json!({ "type": "paragraph", "content": [{ "type": "text", "text": words }] })
    }

    /// A draft that says `from`, then `to`: the letters that were written anew, and what the draft says.
    fn rewritten(from: &Text, to: &Text) -> (usize, Text) {
        let doc =
            Doc::with_options(Options { client_id: ClientID::new(2), offset_kind: OffsetKind::Utf16, skip_gc: true, ..Options::default() });
        let first = seed::seed(from, 1);
        let update = yrs::updates::decoder::Decode::decode_v1(&first).unwrap();
        doc.transact_mut().apply_update(update).unwrap();
        let before = doc.transact().state_vector();
        rewrite(to, &doc, &Pending::default()).unwrap();
        let update = doc.transact().encode_state_as_update_v1(&before);
        let mut gate = Gate::new();
        for (person, update) in [(PersonKey(1), &first), (PersonKey(2), &update)] {
            let passed = gate.check(person, update).unwrap();
            gate.commit(passed).unwrap();
        }
        let new = doc.transact().state_vector().get(&ClientID::new(2)) as usize;
        assert_eq!(
            doc.transact().state_vector().get(&ClientID::new(1)),
            StateVector::default().get(&ClientID::new(1)) + before.get(&ClientID::new(1))
        );
        (new, settle(&project(&doc).unwrap(), "en").text)
    }

    #[test]
    fn what_stays_keeps_its_letters() {
        let rich = json!({ "type": "numbered", "level": 1, "label": "1.", "content": [
            { "type": "text", "text": "We " }, { "type": "text", "text": "urge 😀", "bold": true },
            { "type": "footnote", "number": 1, "content": [{ "content": [{ "type": "text", "text": "A note." }] }] },
            { "type": "text", "text": " all States" },
        ] });
        let all = text(
            json!([paragraph("One"), rich, paragraph("Three"), { "type": "quotation", "content": [{ "type": "text", "text": "Four" }] }]),
        );
        for (to, new) in [
            (all.clone(), 0),
            (text(json!([paragraph("One"), rich, paragraph("Three")])), 1),
            (
                text(
                    json!([paragraph("One"), paragraph("Three"), { "type": "quotation", "content": [{ "type": "text", "text": "Four" }] }]),
                ),
                0,
            ),
            (
                text(
                    json!([paragraph("One"), rich, paragraph("And two"), paragraph("Three"), { "type": "quotation", "content": [{ "type": "text", "text": "Four" }] }]),
                ),
                8,
            ),
            (
                text(
                    json!([paragraph("One"), rich, paragraph("Thirty-three"), { "type": "quotation", "content": [{ "type": "text", "text": "Four" }] }]),
                ),
                7,
            ),
        ] {
            let (written, says) = rewritten(&all, &to);
            assert_eq!(says, to);
            assert_eq!(written, new, "{to:?}");
        }
    }

    #[test]
    fn any_text_comes_in_the_place_of_any_other() {
        let bold = json!({ "type": "paragraph", "content": [{ "type": "text", "text": "bold", "bold": true }, { "type": "text", "text": " plain" }] });
        let rtl = json!({ "type": "heading", "level": 1, "dir": "rtl", "content": [{ "type": "text", "text": "المحيطات" }] });
        let note = |words: &str| json!({ "type": "bullet", "level": 2, "content": [{ "type": "text", "text": "x" }, { "type": "footnote", "number": 1, "content": [{ "content": [{ "type": "text", "text": words }] }] }] });
        let texts = [
            text(json!([])),
            text(json!([paragraph("plain")])),
            text(json!([bold])),
            text(json!([rtl, bold, note("A note."), paragraph("plain")])),
            text(json!([note("Another."), rtl, paragraph("plain"), paragraph("plain"), bold])),
            text(json!([paragraph("bold plain"), note("A note."), note("A note.").as_object().map(|_| paragraph("x")).unwrap()])),
        ];
        for from in &texts {
            for to in &texts {
                assert_eq!(rewritten(from, to).1, *to, "from {from:?}");
            }
        }
    }
}
