//! Which suggestions are open in a draft, and where each begins. The page's half is `web/src/editor/binding/proposals.ts`, and both
//! read `tests/vectors/asks/settled.json` alike.
//!
//! A letter, a mark or a footnote's place is *pending* while it stands, came under a proposing client id and is not settled. What is
//! asked is *open* while it stands, is not settled and names something that stands. A suggestion is open as long as it has either.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::said::{Asked, Said};
use super::standing::{Standing, Stretch, What, delta};
use crate::text::asks::{Ask, Items, Suggestion};
use crate::text::item_set::ItemSet;

#[derive(Debug, Default)]
pub struct Proposals {
    pub open: BTreeMap<Suggestion, Open>,
    pub pending: ItemSet,
}

#[derive(Debug, Default)]
pub struct Open {
    pub pending: Vec<Items>,
    /// What is asked, and what of that which it names stands.
    pub asked: Vec<(Ask, Vec<Items>)>,
    /// The first of what it is about, in the order of the text.
    first: Option<Spot>,
}

/// Where in a draft something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    /// In the body; of a footnote, where it is referred to, if it is.
    order: u32,
    /// The footnote; nothing in the body.
    note: Option<String>,
    /// UTF-16 units of that text before it; a mark and a place count one.
    at: u32,
    len: u32,
}

impl Proposals {
    pub fn read(said: &Said, standing: &Standing) -> Proposals {
        let reading = Reading::of(standing);
        let pending = said.pending();
        let mut open: BTreeMap<Suggestion, Open> = BTreeMap::new();
        for items in pending.iter() {
            for (items, spot) in reading.stand(items) {
                for part in said.by_suggestion(items) {
                    let (suggestion, here) = part;
                    let spot = Spot { at: spot.at + here.clock - items.clock, len: here.len, ..spot.clone() };
                    open.entry(suggestion).or_default().comes(here, reading.ordered(spot));
                }
            }
        }
        for Asked { id, suggestion, ask } in &said.asked {
            if said.settled.has(id.client, id.clock) {
                continue;
            }
            let found: Vec<(Items, Spot)> = ask.items().iter().flat_map(|items| reading.stand(*items)).collect();
            if !found.is_empty() {
                let spots = found.iter().map(|(_, spot)| reading.ordered(spot.clone()));
                let first = spots.min();
                let one = open.entry(suggestion.clone()).or_default();
                one.asked.push((ask.clone(), found.iter().map(|(items, _)| *items).collect()));
                one.begins(first);
            }
        }
        let pending = open.values().flat_map(|one| one.pending.iter().copied()).collect();
        Proposals { open, pending }
    }

    /// What a reader of the text needs to know of them, to say where each is: the texts as their writers see them, with what is pending
    /// told apart, and where each suggestion begins.
    pub fn told(&self, standing: &Standing) -> Value {
        let apart = |stretches: &[Stretch]| -> Value {
            let told = cut(stretches, &[&self.pending]).into_iter().map(|stretch| {
                let is_pending = self.pending.has(stretch.items.client, stretch.items.clock);
                let mut pieces = delta(&[stretch]);
                if is_pending && let Some(piece) = pieces.get_mut(0).and_then(Value::as_object_mut) {
                    piece.insert("pending".to_owned(), Value::Bool(true));
                }
                pieces.as_array_mut().and_then(Vec::pop).unwrap_or_default()
            });
            told.collect()
        };
        let notes: serde_json::Map<String, Value> = standing.notes.iter().map(|(id, note)| (id.clone(), apart(note))).collect();
        let mut spots: Vec<&Spot> = self.open.values().filter_map(|one| one.first.as_ref()).collect();
        spots.sort();
        let spot = |spot: &Spot| json!({ "note": spot.note, "at": spot.at, "len": spot.len });
        json!({ "body": apart(&standing.body), "notes": notes, "open": spots.into_iter().map(spot).collect::<Value>() })
    }
}

impl Open {
    fn comes(&mut self, items: Items, spot: Spot) {
        self.pending.push(items);
        self.begins(Some(spot));
    }

    fn begins(&mut self, spot: Option<Spot>) {
        self.first = self.first.take().into_iter().chain(spot).min();
    }
}

/// Finds where things stand.
struct Reading<'a> {
    /// By client, in the order of the clocks.
    places: BTreeMap<u64, Vec<(Items, Option<&'a str>, u32)>>,
    /// Where in the body each footnote is referred to.
    notes: BTreeMap<&'a str, u32>,
}

impl<'a> Reading<'a> {
    fn of(standing: &'a Standing) -> Reading<'a> {
        let mut reading = Reading { places: BTreeMap::new(), notes: BTreeMap::new() };
        let texts = std::iter::once((None, &standing.body)).chain(standing.notes.iter().map(|(id, note)| (Some(id.as_str()), note)));
        for (note, stretches) in texts {
            let mut at = 0;
            for Stretch { items, what, .. } in stretches {
                if let (None, What::Embed(embed)) = (note, what)
                    && let Some(id) = embed.get("note").and_then(Value::as_str)
                {
                    reading.notes.entry(id).or_insert(at);
                }
                reading.places.entry(items.client).or_default().push((*items, note, at));
                at += items.len;
            }
        }
        for places in reading.places.values_mut() {
            places.sort_by_key(|(items, ..)| items.clock);
        }
        reading
    }

    /// What of these stands, and where.
    fn stand(&self, of: Items) -> impl Iterator<Item = (Items, Spot)> {
        let places = self.places.get(&of.client).map_or(&[][..], Vec::as_slice);
        let from = places.partition_point(|(items, ..)| items.end() <= of.clock);
        places[from..].iter().take_while(move |(items, ..)| items.clock < of.end()).map(move |(items, note, at)| {
            let clock = of.clock.max(items.clock);
            let here = Items { clock, len: of.end().min(items.end()) - clock, ..of };
            (here, Spot { order: 0, note: note.map(str::to_owned), at: at + clock - items.clock, len: here.len })
        })
    }

    fn ordered(&self, spot: Spot) -> Spot {
        let order = spot.note.as_deref().map_or(spot.at, |note| self.notes.get(note).copied().unwrap_or(u32::MAX));
        Spot { order, ..spot }
    }
}

/// The same, in such pieces that each is in a set or is not, a mark by itself.
pub fn cut(stretches: &[Stretch], sets: &[&ItemSet]) -> Vec<Stretch> {
    let mut all = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let (items, What::Words(words)) = (stretch.items, &stretch.what) else {
            all.push(stretch.clone());
            continue;
        };
        let mut cuts: Vec<u32> = sets.iter().flat_map(|set| set.common(items).flat_map(|one| [one.clock, one.end()])).collect();
        cuts.sort_unstable();
        let (mut clock, mut start, mut from) = (items.clock, items.clock, 0);
        let mut push = |from: usize, to: usize, start: u32, end: u32| {
            if from < to {
                let items = Items { clock: start, len: end - start, ..items };
                all.push(Stretch { items, what: What::Words(words[from..to].to_owned()), looks: stretch.looks.clone() });
            }
        };
        for (at, letter) in words.char_indices() {
            let is_mark = letter == '\n';
            if is_mark || words[..at].ends_with('\n') || cuts.binary_search(&clock).is_ok() {
                push(from, at, start, clock);
                (from, start) = (at, clock);
            }
            clock += letter.len_utf16() as u32;
        }
        push(from, words.len(), start, clock);
    }
    all
}
