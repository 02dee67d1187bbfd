//! Whatever comes from somebody who may only suggest: what a page could send, and much that none would.

use serde_json::Value;
use yrs::{Doc, ReadTxn, StateVector, Transact};

use super::proposing::{ANAS, EVA, EVAS, SID, apply, ask, bring, by, del, edits, fate, page, proposing, suggests};
use super::*;
use crate::drafting::dice::Dice;
use crate::drafting::project::project;
use crate::text::asks::{Fate, Items};

/// The promise on which it all rests, thrown at with whatever a page could send, and much that none would.
#[test]
fn whatever_a_suggest_seat_sends_the_text_without_suggestions_is_the_same() {
    let mut dice = Dice::of_this_run(0x5a17_c0de_91b4_7e2d);
    let (mut passed, mut refused) = (0, 0);
    for _ in 0..30 {
        let mut scene = Scene::new();
        let mut before = scene.text_without_what_is_proposed();
        for turn in 0..120 {
            if dice.once_in(12) {
                scene.ana_accepts_something(&mut dice);
                before = scene.text_without_what_is_proposed();
            }
            let update = scene.something_of_evas(&mut dice, 100 + turn);
            let bytes = if dice.once_in(4) { dice.change(&update.bytes()) } else { update.bytes() };
            match scene.gate.check_within(suggests(EVA, EVAS), &bytes, UPDATE_STEPS_MAX) {
                Ok(pass) if !pass.changes => {}
                Ok(pass) => {
                    passed += 1;
                    scene.gate.commit(pass).unwrap();
                    apply(&scene.page, &bytes);
                    assert!(!scene.page.transact().has_missing_updates());
                    assert_eq!(scene.text_without_what_is_proposed(), before, "{bytes:?}");
                }
                Err(_) => refused += 1,
            }
        }
        // And what became of it can be opened again.
        let base = scene.page.transact().encode_state_as_update_v1(&StateVector::default());
        Gate::new().admit_base(&base).unwrap();
    }
    assert!(passed > 1_000 && refused > 1_000, "{passed} passed, {refused} refused");
}

/// A text of Ana's with formats, a note and two paragraphs; something Ben proposes in it; and Eva.
struct Scene {
    gate: Gate,
    page: Doc,
}

const FATES: u64 = 13;
const BENS: u64 = 21;
const EVAS_ID: u64 = 31;
const EVAS_OTHER: u64 = 32;

impl Scene {
    fn new() -> Scene {
        let mut scene = Scene { gate: Gate::new(), page: page() };
        let first = Write::by(11, 0)
            .text(Root("draft"), "A title\nSome 😀 words and more of them\n")
            .format(Between((11, 6), (11, 7)), "block", "\"title\"")
            .format(Between((11, 7), (11, 8)), "block", "null")
            .format(Between((11, 15), (11, 16)), "bold", "true")
            .format(Between((11, 21), (11, 22)), "bold", "null")
            .embed(Between((11, 25), (11, 26)), r#"{"note":"abcdefghij"}"#)
            .text(Root("note:abcdefghij"), "Why so.\n");
        scene.takes(edits(ANA, ANAS), &first);
        let bens = proposing(BENS, "benbenbenb").text(Between((11, 30), (11, 31)), "proposed").embed(After(BENS, 1), &del(&[(11, 16, 4)]));
        scene.takes(suggests(BEN, "benbenbenb"), &bens);
        scene.takes(suggests(EVA, EVAS), &proposing(EVAS_ID, EVAS).text(Between((11, 20), (11, 21)), "perhaps "));
        scene
    }

    fn takes(&mut self, author: Author<'_>, update: &Write) {
        bring(&mut self.gate, author, update).unwrap();
        apply(&self.page, &update.bytes());
    }

    fn next(&self, client: u64) -> u32 {
        self.gate.state.next(client)
    }

    /// A clock that stands, of somebody.
    fn any(&self, dice: &mut Dice) -> (u64, u32) {
        let clients = [11, 11, 11, FATES, BENS, EVAS_ID, EVAS_ID, EVAS_OTHER];
        let (client, beyond) = (clients[dice.below(clients.len())], usize::from(dice.once_in(8)));
        (client, dice.below(self.next(client).max(1) as usize + beyond) as u32)
    }

    fn some(&self, dice: &mut Dice) -> (u64, u32, u32) {
        let (client, clock) = self.any(dice);
        (client, clock, 1 + dice.below(4) as u32)
    }

    fn ana_accepts_something(&mut self, dice: &mut Dice) {
        let (client, clock, len) = self.some(dice);
        let of = if client == BENS { "benbenbenb" } else { EVAS };
        let at = if self.next(FATES) == 0 { Root("fates") } else { After(FATES, self.next(FATES) - 1) };
        let mut update =
            Write::by(FATES, self.next(FATES)).embed(at, &fate(["yes", "no"][dice.below(2)], of, SID, &[(client, clock, len)]));
        if dice.once_in(4) && self.next(FATES) > 0 {
            update = update.delete(FATES, &[(dice.below(self.next(FATES) as usize) as u32, 1)]);
        }
        if let Ok(pass) = self.gate.check_within(edits(ANA, ANAS), &update.bytes(), UPDATE_STEPS_MAX) {
            self.gate.commit(pass).unwrap();
            apply(&self.page, &update.bytes());
        }
    }

    /// Mostly what her page would send; sometimes under another id, of another kind, in another's name, or about something else.
    fn something_of_evas(&self, dice: &mut Dice, new: u64) -> Write {
        let is_wild = dice.once_in(3);
        let client = match dice.below(6) {
            0 if is_wild => EVAS_OTHER,
            1 if is_wild => BENS,
            2 if is_wild => new,
            _ => EVAS_ID,
        };
        let mut clock = self.next(client);
        let mut update = Write::by(client, clock);
        if clock == 0 && !dice.once_in(3) {
            update = proposing(client, if dice.once_in(4) { ANAS } else { EVAS });
            clock = 2;
        }
        for _ in 0..dice.below(4) {
            let at = match dice.below(6) {
                0 if is_wild => Root(["draft", "asks", "fates", "note:abcdefghij"][dice.below(4)]),
                1 if is_wild && clock > 0 => After(client, clock - 1),
                2 if is_wild => {
                    let (of, beside) = self.any(dice);
                    if dice.once_in(2) { After(of, beside) } else { Between((of, beside), (of, beside + 1)) }
                }
                _ => After(11, [0, 5, 7, 9, 14, 20, 38, 45][dice.below(8)]),
            };
            let some = self.some(dice);
            let asks = if clock > 0 && client != EVAS_OTHER { After(client, 0) } else { Root("asks") };
            let len = 1 + dice.below(3) as u32;
            update = match if is_wild { dice.below(14) } else { 5 + dice.below(9) } {
                0 => update.format(at, ["bold", "block", "link"][dice.below(3)], ["true", "null", "\"title\""][dice.below(3)]),
                1 => update.gone(at, len),
                2 => update.embed(Root("fates"), &fate("yes", EVAS, SID, &[some])),
                3 => update.embed(asks, &by([ANAS, EVAS][dice.below(2)])),
                4 => update.embed(asks, &ask(&format!("{:010}", dice.below(9)))),
                5 | 6 => update.embed(asks, &del(&[some])),
                7 => update.embed(at, r#"{"note":"bcdefghijk"}"#),
                8 => update.text(at, "\n"),
                _ => update.text(at, &"xyz"[..len as usize]),
            };
            clock = update.clients[0].1 + pieces_len(&update);
        }
        for _ in 0..dice.below(3) {
            let (client, clock, len) = if is_wild { self.some(dice) } else { (EVAS_ID, dice.below(self.next(EVAS_ID) as usize) as u32, 1) };
            if update.deletions.iter().all(|(of, _)| *of != client) {
                update = update.delete(client, &[(clock, len)]);
            }
        }
        if update.clients[0].2.is_empty() {
            update.clients.clear();
        }
        update
    }

    fn text_without_what_is_proposed(&self) -> Value {
        let whole = self.page.transact().encode_state_as_update_v1(&StateVector::default());
        let scratch = page();
        apply(&scratch, &whole);
        let pending = pending(&whole).into_iter().fold(Write::default(), |update, (client, ranges)| update.delete(client, &ranges));
        apply(&scratch, &pending.bytes());
        project(&scratch).unwrap()
    }
}

/// The clocks of ids whose first is whose they are, without those that a fate which stands accepts: read from the bytes alone.
fn pending(whole: &[u8]) -> Vec<(u64, Vec<(u32, u32)>)> {
    let read = reader::read(whole, Description::Statement).unwrap();
    let gone = |client: u64, clock: u32| {
        let of = read.deletions.iter().find(|(of, _)| *of == client);
        of.is_some_and(|(_, ranges)| ranges.iter().any(|(start, end)| (*start..*end).contains(&clock)))
    };
    let mut accepted: Vec<Items> = Vec::new();
    for section in &read.sections {
        for piece in section.pieces.iter().filter(|piece| !gone(section.client, piece.start)) {
            if let reader::Content::Embed(json) = piece.content
                && let Some(fate) = Fate::read(json).filter(|fate| fate.accepted)
            {
                accepted.extend(fate.of);
            }
        }
    }
    let proposes =
        |section: &&reader::Section<'_>| matches!(section.pieces[0].content, reader::Content::Embed(json) if json.starts_with(r#"{"by""#));
    let is_pending =
        |client: u64, clock: u32| !accepted.iter().any(|items| items.client == client && (items.clock..items.end()).contains(&clock));
    let of = |section: &reader::Section<'_>| {
        let clocks = (section.start..section.end).filter(|clock| is_pending(section.client, *clock));
        (section.client, clocks.map(|clock| (clock, 1)).collect::<Vec<_>>())
    };
    read.sections.iter().filter(proposes).map(of).filter(|(_, ranges)| !ranges.is_empty()).collect()
}

/// How many clocks an update's first client brings in it.
fn pieces_len(update: &Write) -> u32 {
    let bytes = Write { clients: vec![update.clients[0].clone()], deletions: Vec::new() }.bytes();
    reader::read(&bytes, Description::Statement).map_or(0, |read| read.sections.first().map_or(0, |section| section.end - section.start))
}
