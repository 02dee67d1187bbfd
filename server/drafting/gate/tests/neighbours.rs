//! What stands between neighbours is read the same in whatever order it comes, and within the steps that were counted.
//!
//! The updates here are made by hand: some as an editor makes them that has not heard everything yet, others between letters
//! picked at random. What the gate lets through is read by yrs one by one, in other orders, and merged; and by a reader of our
//! own that does what Yjs does, letter for letter, and counts.

use std::collections::HashMap;

use super::recorded::{doc_of, encode};
use super::*;
use crate::drafting::dice::Dice;
use crate::drafting::gate::cursor::Id;
use yrs::{GetString as _, Transact as _};

/// A letter and its neighbours; `None` for the beginning and the end of the text.
#[derive(Debug, Clone, Copy)]
struct Letter {
    id: Id,
    left: Option<Id>,
    right: Option<Id>,
}

/// Reads letters as Yjs 13 does (`Item.integrate`), and counts how often it goes on to another.
#[derive(Default)]
struct Reader {
    text: Vec<Letter>,
    steps: usize,
}

impl Reader {
    fn of(letters: &[Letter]) -> Reader {
        let mut reader = Reader::default();
        letters.iter().for_each(|letter| reader.reads(*letter));
        reader
    }

    fn reads(&mut self, new: Letter) {
        let at = |id: Id| self.text.iter().position(|letter| letter.id == id).unwrap();
        let mut behind = new.left.map_or(0, |id| at(id) + 1);
        let right = new.right.map(at);
        let (mut before_origin, mut conflicting): (Vec<Id>, Vec<Id>) = (Vec::new(), Vec::new());
        let first = behind;
        for here in first..self.text.len() {
            if Some(here) == right {
                break;
            }
            self.steps += 1;
            let other = self.text[here];
            before_origin.push(other.id);
            conflicting.push(other.id);
            if other.left == new.left {
                if other.id.client < new.id.client {
                    behind = here + 1;
                    conflicting.clear();
                } else if other.right == new.right {
                    break;
                }
            } else if other.left.is_some_and(|left| before_origin.contains(&left)) {
                if !conflicting.contains(&other.left.unwrap()) {
                    behind = here + 1;
                    conflicting.clear();
                }
            } else {
                break;
            }
        }
        self.text.insert(behind, new);
    }

    fn knows(&self, id: Option<Id>) -> bool {
        id.is_none_or(|id| self.text.iter().any(|letter| letter.id == id))
    }

    fn ids(&self) -> Vec<Id> {
        self.text.iter().map(|letter| letter.id).collect()
    }
}

/// A draft to which several clients add letters, and what each of them has heard.
struct Crowd {
    dice: Dice,
    gate: Gate,
    all: Vec<Letter>,
    pages: HashMap<u64, Reader>,
    taken_by_hand: usize,
    refused: usize,
}

impl Crowd {
    fn new(seed: u64) -> Crowd {
        let pages = [3, 9, 12, 40, 77].map(|client| (client, Reader::default())).into();
        Crowd { dice: Dice(seed), gate: Gate::new(), all: Vec::new(), pages, taken_by_hand: 0, refused: 0 }
    }

    /// One more run of letters, or `len` of none: a format.
    fn writes(&mut self, honestly: bool, len: u32) -> Option<Vec<u8>> {
        let client = [3, 9, 12, 40, 77][self.dice.below(5)];
        let heard = self.dice.below(self.all.len() / 2 + 1);
        let page = self.pages.get_mut(&client).unwrap();
        // Hears of some of what is new, in the order it came.
        let new: Vec<Letter> = self.all.iter().filter(|letter| !page.knows(Some(letter.id))).copied().collect();
        new.into_iter().take(heard).for_each(|letter| page.reads(letter));
        let clock = self.all.iter().filter(|letter| letter.id.client == client).count() as u32;
        let text = if honestly { page.ids() } else { self.gate.sequence.letters(draft()) };
        let (mut left, mut right) = side_by_side(&text, self.dice.below(text.len() + 1));
        if !honestly {
            match self.dice.below(4) {
                // As another did, as if that were not there.
                0 | 1 if !self.all.is_empty() => {
                    let other = self.all[self.dice.below(self.all.len())];
                    (left, right) = (other.left, other.right);
                }
                2 => right = side_by_side(&text, self.dice.below(text.len() + 1)).1,
                _ => left = side_by_side(&text, self.dice.below(text.len() + 1)).0,
            }
        }
        let place = between(left, right);
        let words: String = (0..len).map(|at| char::from_u32(0x4e00 + self.all.len() as u32 + at).unwrap()).collect();
        let write = Write::by(client, clock);
        let update = if len == 0 { write.format(place, "bold", "null") } else { write.text(place, &words) }.bytes();
        let admitted = admit(&mut self.gate, ANA, &update);
        if honestly {
            assert_eq!(admitted, Ok(true), "an honest page is never refused");
        } else if admitted.is_err() {
            self.refused += 1;
            return None;
        } else {
            self.taken_by_hand += 1;
        }
        for at in 0..len.max(1) {
            let id = Id { client, clock: clock + at };
            let letter = Letter { id, left, right };
            (left, _) = (Some(id), ());
            self.all.push(letter);
            // Who wrote by hand has heard what it takes to know its own letter.
            let page = self.pages.get_mut(&client).unwrap();
            if page.knows(letter.left) && page.knows(letter.right) {
                page.reads(letter);
            } else {
                *page = Reader::of(&self.all);
            }
        }
        Some(update)
    }
}

fn between(left: Option<Id>, right: Option<Id>) -> At<'static> {
    let pair = |id: Id| (id.client, id.clock);
    match (left.map(pair), right.map(pair)) {
        (None, None) => Root("draft"),
        (Some((client, clock)), None) => After(client, clock),
        (None, Some((client, clock))) => Before(client, clock),
        (Some(left), Some(right)) => Between(left, right),
    }
}

fn draft() -> description::Root {
    Description::Statement.root("draft").unwrap()
}

fn side_by_side(text: &[Id], at: usize) -> (Option<Id>, Option<Id>) {
    (at.checked_sub(1).map(|before| text[before]), text.get(at).copied())
}

/// A run's first letter, how many there are, and what is to be put in order.
type Run<T> = (Letter, u32, T);

/// The same runs in another order in which each finds its neighbours, and its client's letters before it. With dice, as it
/// comes; without, as Yjs and yrs read a whole draft: the largest client first, and before it what it needs.
fn reordered<T: Clone>(all: &[Run<T>], mut dice: Option<&mut Dice>) -> Vec<T> {
    let (mut rest, mut done, mut next) = (all.to_vec(), Vec::new(), HashMap::<u64, u32>::new());
    while let Some(largest) = rest.iter().map(|(first, ..)| first.id.client).max() {
        let mut client = dice.as_mut().map_or(largest, |dice| rest[dice.below(rest.len())].0.id.client);
        let at = loop {
            let at = rest.iter().position(|(first, ..)| first.id.client == client).unwrap();
            let lacks = |id: &Id| next.get(&id.client).is_none_or(|next| *next <= id.clock);
            match [rest[at].0.left, rest[at].0.right].into_iter().flatten().find(lacks) {
                Some(id) => client = id.client,
                None => break at,
            }
        };
        let (first, len, what) = rest.remove(at);
        next.insert(first.id.client, first.id.clock + len);
        done.push(what);
    }
    done
}

#[test]
fn what_passes_is_read_the_same_in_any_order_and_within_the_steps_counted() {
    let (mut taken, mut refused, mut most) = (0, 0, 0.0f64);
    for seed in 1..=300 {
        let mut crowd = Crowd::new(seed * 0x9e37_79b9);
        for turn in 0..60 {
            crowd.writes(turn % 3 == 0, 0);
        }
        let order = crowd.gate.sequence.letters(draft());
        let counted = crowd.gate.state.steps + crowd.all.len();
        let all: Vec<Run<Letter>> = crowd.all.iter().map(|letter| (*letter, 1, *letter)).collect();
        for _ in 0..6 {
            let reader = Reader::of(&reordered(&all, Some(&mut crowd.dice)));
            assert_eq!(reader.ids(), order, "seed {seed}");
            assert!(reader.steps <= counted, "seed {seed}: {} steps, {counted} counted", reader.steps);
            most = most.max(reader.steps as f64 / counted as f64);
        }
        taken += crowd.taken_by_hand;
        refused += crowd.refused;
    }
    assert!(taken > 2000 && refused > 2000, "{taken} taken, {refused} refused");
    assert!(most > 0.3, "no reader came near what was counted: {most}");
}

/// Many at one place, sent in the order that is cheapest now: who opens the draft later has to go through all of it.
#[test]
fn what_is_cheap_now_and_dear_later_is_counted_now() {
    const MANY: u64 = 40;
    const LONG: u32 = 160;
    let id = |client: u64, clock: u32| Some(Id { client, clock });
    let (left, right) = (id(1000, 0), id(1000, 1));
    // Each before the one before it; each behind it; and each by a client of its own.
    let upwards = |client: u64, first: Option<Id>| {
        (0..LONG).map(move |clock| Letter {
            id: Id { client, clock },
            left,
            right: clock.checked_sub(1).map_or(first, |before| id(client, before)),
        })
    };
    let onwards = |client: u64, first: Option<Id>| {
        (0..LONG).map(move |clock| Letter {
            id: Id { client, clock },
            left: clock.checked_sub(1).map_or(first, |before| id(client, before)),
            right,
        })
    };
    let alone = |client: u64| Letter { id: Id { client, clock: 0 }, left, right };
    let each = |from: u64| (from..from + MANY).rev().map(alone);
    let crowds: [(&str, Vec<Letter>); 4] = [
        ("many pass what was written upwards", [alone(5)].into_iter().chain(upwards(500, id(5, 0))).chain(each(100)).collect()),
        (
            "what was written upwards passes one text",
            [alone(30)].into_iter().chain(upwards(20, id(30, 0))).chain([alone(15)]).chain(onwards(90, id(15, 0))).collect(),
        ),
        ("many pass a text that grows", [alone(10)].into_iter().chain(each(20)).chain(onwards(900, id(10, 0))).collect()),
        ("many pass a text that is there", [alone(10)].into_iter().chain(onwards(900, id(10, 0))).chain(each(20)).collect()),
    ];
    for (what, crowd) in crowds {
        let mut gate = Gate::new();
        let beginning = Write::by(1000, 0).format(Root("draft"), "bold", "true").format(After(1000, 0), "bold", "null");
        admit(&mut gate, ANA, &beginning.bytes()).unwrap();
        let mut all: Vec<Run<Letter>> =
            [Letter { id: id(1000, 0).unwrap(), left: None, right: None }, Letter { id: right.unwrap(), left, right: None }]
                .map(|letter| (letter, 1, letter))
                .into();
        for letter in crowd {
            let update = Write::by(letter.id.client, letter.id.clock).format(between(letter.left, letter.right), "bold", "null");
            assert_eq!(admit(&mut gate, ANA, &update.bytes()), Ok(true), "{what}");
            all.push((letter, 1, letter));
        }
        let later = Reader::of(&reordered(&all, None));
        assert_eq!(later.ids(), gate.sequence.letters(draft()), "{what}");
        assert!(later.steps > MANY as usize * LONG as usize, "{what}: only {} steps", later.steps);
        assert!(gate.state.steps + all.len() >= later.steps, "{what}: {} steps, {} counted", later.steps, gate.state.steps);
    }
}

#[test]
fn yrs_reads_what_passes_as_the_gate_placed_it_one_by_one_or_merged() {
    for seed in 1..=60 {
        let mut crowd = Crowd::new(seed * 0x85eb_ca6b);
        let (mut runs, mut letters) = (Vec::new(), HashMap::new());
        for turn in 0..60 {
            let (first, len) = (crowd.all.len(), 1 + turn % 3);
            if let Some(update) = crowd.writes(turn % 2 == 0, len) {
                runs.push((crowd.all[first], len, update));
            }
        }
        for (at, letter) in crowd.all.iter().enumerate() {
            letters.insert(letter.id, char::from_u32(0x4e00 + at as u32).unwrap());
        }
        let placed: String = crowd.gate.sequence.letters(draft()).iter().map(|id| letters[id]).collect();
        let say = |updates: &[Vec<u8>]| {
            let doc = doc_of(updates.iter().map(Vec::as_slice));
            let text = doc.get_or_insert_text("draft").get_string(&doc.transact());
            (text, encode(&doc))
        };
        let as_it_came: Vec<Vec<u8>> = runs.iter().map(|(.., update)| update.clone()).collect();
        let (text, base) = say(&as_it_came);
        assert_eq!(text, placed, "seed {seed}");
        let merged = yrs::merge_updates_v1(&as_it_came).unwrap();
        assert_eq!(say(&[merged]).0, placed, "seed {seed}, merged");
        assert_eq!(say(std::slice::from_ref(&base)).0, placed, "seed {seed}, from the base");
        for _ in 0..3 {
            assert_eq!(say(&reordered(&runs, Some(&mut crowd.dice))).0, placed, "seed {seed}, in another order");
        }
        // And so does a gate that opens from the base.
        let mut opened = Gate::new();
        opened.admit_base(&base).unwrap();
        assert_eq!(opened.sequence.letters(draft()), crowd.gate.sequence.letters(draft()), "seed {seed}");
    }
}
