use yrs::updates::decoder::Decode;
use yrs::{
    ClientID, Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text as _, TextRef, Transact, TransactionMut, UndoManager, Update,
};

use super::super::gate::PersonKey;
use super::super::room::JournalEntry;
use super::*;

mod recorded;

const ANA: usize = 0;
const BEN: usize = 1;
const CHI: usize = 2;
const SENTENCE: &str = "States must keep every library open to everybody.";

/// Three people who write one draft, everybody having heard of everything.
struct Draft {
    pages: Vec<Doc>,
    origins: Origins,
    seq: u64,
    millis: i64,
}

impl Draft {
    fn new() -> Draft {
        let page = |person: u64| {
            Doc::with_options(Options { client_id: ClientID::new(person + 1), offset_kind: OffsetKind::Utf16, ..Options::default() })
        };
        let mut draft = Draft {
            pages: (0..3).map(page).collect(),
            origins: Origins::new(Description::Statement, 1),
            seq: 0,
            millis: 1_770_000_000_000,
        };
        draft.acts(ANA, |text, txn| text.insert(txn, 0, "\n"));
        draft
    }

    /// One entry of the journal, half a minute after the one before.
    fn acts(&mut self, person: usize, act: impl FnOnce(&TextRef, &mut TransactionMut)) {
        self.later(30);
        let text = self.pages[person].get_or_insert_text("draft");
        let mut txn = self.pages[person].transact_mut();
        act(&text, &mut txn);
        let update = txn.encode_update_v1();
        drop(txn);
        for (other, page) in self.pages.iter().enumerate().filter(|(other, _)| *other != person) {
            page.transact_mut().apply_update(Update::decode_v1(&update).unwrap()).unwrap_or_else(|error| panic!("{other}: {error}"));
        }
        self.stores(person, update);
    }

    fn stores(&mut self, person: usize, update: Vec<u8>) {
        self.seq += 1;
        let entry = JournalEntry { seq: self.seq, person: PersonKey(person as u128 + 1), organisation: None, update: update.into() };
        self.origins.take(&[Kept { entry, at: Moment::from_millis(self.millis).unwrap() }]).unwrap();
    }

    fn later(&mut self, seconds: i64) {
        self.millis += seconds * 1000;
    }

    fn writes(&mut self, person: usize, at: u32, words: &str) {
        self.acts(person, |text, txn| text.insert(txn, at, words));
    }

    /// A letter an entry, as they are typed.
    fn types(&mut self, person: usize, at: u32, words: &str) {
        for (behind, letter) in words.encode_utf16().enumerate() {
            self.writes(person, at + behind as u32, &String::from_utf16(&[letter]).unwrap());
        }
    }

    fn deletes(&mut self, person: usize, at: u32, words: &str) {
        assert_eq!(&self.text()[at as usize..][..words.len()], words);
        self.acts(person, |text, txn| text.remove_range(txn, at, words.len() as u32));
    }

    fn remembers(&self, person: usize) -> UndoManager {
        let text = self.pages[person].get_or_insert_text("draft");
        let mut undo = UndoManager::new();
        undo.expand_scope(&self.pages[person], &text);
        undo
    }

    /// Takes back what somebody did since.
    fn undoes(&mut self, person: usize, mut undo: UndoManager) {
        let before = self.pages[person].transact().state_vector();
        assert!(undo.undo_blocking());
        let update = self.pages[person].transact().encode_state_as_update_v1(&before);
        for (_, page) in self.pages.iter().enumerate().filter(|(other, _)| *other != person) {
            page.transact_mut().apply_update(Update::decode_v1(&update).unwrap()).unwrap();
        }
        self.later(30);
        self.stores(person, update);
    }

    fn text(&self) -> String {
        self.pages[ANA].get_or_insert_text("draft").get_string(&self.pages[ANA].transact())
    }

    /// The text in stretches, each with who first wrote it and, if that was another, who brought it.
    fn told(&mut self) -> Vec<(String, usize, Option<usize>)> {
        let mut all: Vec<(String, usize, Option<usize>)> = Vec::new();
        for (client, clock, unit) in standing(&self.origins) {
            let (traced, is_whole) = self.origins.trace(&[Chosen { client, clock, len: 1 }], usize::MAX);
            let Hand { first, brought } = traced[0].hand.unwrap();
            assert!(is_whole);
            let [first, brought] = [first, brought].map(|touch| touch.by.0.0 as usize - 1);
            let brought = (first != brought).then_some(brought);
            let letter = char::from_u32(unit.into()).unwrap();
            match all.last_mut() {
                Some((words, of, by)) if (*of, *by) == (first, brought) => words.push(letter),
                _ => all.push((letter.to_string(), first, brought)),
            }
        }
        let (last, _, _) = all.last_mut().unwrap();
        last.pop();
        all.retain(|(words, _, _)| !words.is_empty());
        all
    }

    #[track_caller]
    fn is_told(&mut self, wanted: &[(&str, usize, Option<usize>)]) {
        let told = self.told();
        let told: Vec<_> = told.iter().map(|(words, of, by)| (words.as_str(), *of, *by)).collect();
        assert_eq!(told, wanted);
    }
}

/// What stands, in its order.
fn standing(origins: &Origins) -> Vec<(u64, u32, u16)> {
    let clocks = origins
        .gate
        .texts()
        .concat()
        .into_iter()
        .flat_map(|stretch| (stretch.start..stretch.start + stretch.len).map(move |clock| (stretch.client, clock)));
    let letters = clocks.map(|(client, clock)| (client, clock, origins.letters.client(client).unwrap()));
    let stands = letters.filter(|(_, clock, of)| of.gone(*clock) == letters::NEVER && of.unit(*clock) != NOTHING);
    stands.map(|(client, clock, of)| (client, clock, of.unit(clock))).collect()
}

#[test]
fn what_others_write_into_a_sentence_is_theirs_and_the_rest_stays() {
    let mut draft = Draft::new();
    draft.types(ANA, 0, "Keep libraries open.");
    draft.writes(BEN, 5, "all ");
    draft.acts(CHI, |text, txn| text.insert(txn, 9, "\n"));
    draft.is_told(&[("Keep ", ANA, None), ("all ", BEN, None), ("\n", CHI, None), ("libraries open.", ANA, None)]);
}

#[test]
fn what_was_cut_and_put_in_elsewhere_is_still_its_first_writers_through_many_hands() {
    let mut draft = Draft::new();
    draft.writes(ANA, 0, SENTENCE);
    draft.writes(BEN, 33, " at night");
    draft.writes(ANA, 58, "\nLast words.\n");
    let all = "States must keep every library op at nighten to everybody.";
    draft.deletes(CHI, 0, all);
    draft.writes(CHI, 13, all);
    let of = |by| {
        [
            ("\nLast words.\n", ANA, None),
            ("States must keep every library op", ANA, by),
            (" at night", BEN, by),
            ("en to everybody.", ANA, by),
        ]
    };
    draft.is_told(&of(Some(CHI)));
    draft.deletes(BEN, 13, all);
    draft.writes(BEN, 0, all);
    let mut back = of(Some(BEN))[1..].to_vec();
    back[1] = (" at night", BEN, None);
    draft.is_told(&[back, vec![("\nLast words.\n", ANA, None)]].concat());
}

#[test]
fn what_is_put_in_long_after_or_is_short_is_of_whoever_puts_it_in() {
    let mut draft = Draft::new();
    draft.writes(ANA, 0, "Open libraries for all.");
    draft.deletes(BEN, 4, " libraries");
    draft.writes(BEN, 12, " libraries");
    draft.is_told(&[("Open for all", ANA, None), (" libraries", BEN, None), (".", ANA, None)]);
    draft.deletes(BEN, 0, "Open for all");
    draft.writes(CHI, 11, "Open for all");
    draft.is_told(&[(" libraries", BEN, None), (".", ANA, None), ("Open for all", ANA, Some(CHI))]);
    draft.deletes(BEN, 11, "Open for all");
    draft.later(MOVE_SECONDS);
    draft.writes(BEN, 0, "Open for all");
    draft.is_told(&[("Open for all libraries", BEN, None), (".", ANA, None)]);
}

#[test]
fn what_comes_back_by_undo_is_its_first_writers_and_what_is_typed_anew_in_its_place_is_not() {
    let mut draft = Draft::new();
    draft.writes(ANA, 0, "Their books.");
    let undo = draft.remembers(BEN);
    draft.deletes(BEN, 0, "Their");
    draft.undoes(BEN, undo);
    draft.is_told(&[("Their", ANA, Some(BEN)), (" books.", ANA, None)]);
    draft.deletes(CHI, 0, "Their");
    draft.types(CHI, 0, "These");
    draft.is_told(&[("These", CHI, None), (" books.", ANA, None)]);
}

#[test]
fn letters_before_words_that_had_just_gone_are_no_return_of_their_beginning() {
    let mut draft = Draft::new();
    draft.writes(ANA, 0, "Their books.");
    let unaware = draft.pages[CHI].transact().encode_state_as_update_v1(&StateVector::default());
    draft.deletes(BEN, 0, "Their");
    let page = Doc::with_options(Options { client_id: ClientID::new(9), offset_kind: OffsetKind::Utf16, ..Options::default() });
    page.transact_mut().apply_update(Update::decode_v1(&unaware).unwrap()).unwrap();
    let text = page.get_or_insert_text("draft");
    let mut txn = page.transact_mut();
    text.insert(&mut txn, 0, "The");
    let update = txn.encode_update_v1();
    drop(txn);
    draft.stores(CHI, update);
    draft.is_told(&[("The", CHI, None), (" books.", ANA, None)]);
}

#[test]
fn a_phrase_that_everybody_uses_is_of_whoever_writes_it_and_a_copied_sentence_is_not() {
    let mut draft = Draft::new();
    draft.writes(ANA, 0, "We stand with human rights defenders. ");
    draft.writes(BEN, 38, "All human rights defenders know it. ");
    draft.is_told(&[("We stand with human rights defenders. ", ANA, None), ("All human rights defenders know it. ", BEN, None)]);
    draft.types(CHI, 74, "Who are ");
    draft.writes(CHI, 82, "human rights defenders");
    // Behind one's own letters: typed on, as far as anybody can tell.
    draft.is_told(&[
        ("We stand with human rights defenders. ", ANA, None),
        ("All human rights defenders know it. ", BEN, None),
        ("Who are human rights defenders", CHI, None),
    ]);
    draft.writes(CHI, 0, "human rights defenders");
    assert_eq!(draft.told()[0], ("human rights defenders".to_owned(), ANA, Some(CHI)), "a passage by itself that is all of what stands");

    let mut draft = Draft::new();
    draft.writes(ANA, 0, SENTENCE);
    draft.writes(BEN, 0, &format!("I agree: {SENTENCE} Who does not? "));
    draft.is_told(&[("I agree: ", BEN, None), (SENTENCE, ANA, Some(BEN)), (" Who does not? ", BEN, None), (SENTENCE, ANA, None)]);
}

#[test]
fn what_came_from_far_back_is_still_its_first_writers() {
    let mut draft = Draft::new();
    draft.writes(ANA, 0, SENTENCE);
    draft.writes(ANA, 0, "Title\n");
    draft.deletes(BEN, 6, SENTENCE);
    draft.later(90 * 24 * 3600);
    draft.writes(CHI, 0, &format!("{SENTENCE}\n"));
    draft.is_told(&[(SENTENCE, ANA, Some(CHI)), ("\n", CHI, None), ("Title\n", ANA, None)]);
}

#[test]
fn what_is_not_in_the_journal_is_nobodys_yet_and_a_question_reads_the_past_only_so_often() {
    let mut draft = Draft::new();
    draft.writes(ANA, 0, SENTENCE);
    draft.deletes(BEN, 0, SENTENCE);
    draft.writes(CHI, 1, SENTENCE);
    let len = SENTENCE.len() as u32;
    let chosen = [Chosen { client: CHI as u64 + 1, clock: 0, len: len + 2 }, Chosen { client: 99, clock: 5, len: 1 }];
    let told = |(traced, is_whole): (Vec<Traced>, bool)| {
        let people: Vec<_> =
            traced.iter().map(|one| (one.letters, one.hand.map(|hand| (hand.first.by.0.0, hand.brought.by.0.0)))).collect();
        (people, is_whole)
    };
    assert_eq!(told(draft.origins.trace(&chosen, 0)), (vec![(len, Some((3, 3))), (3, None)], false));
    // Chi's entry, and Ana's behind it.
    assert_eq!(told(draft.origins.trace(&chosen, 1)), (vec![(len, Some((1, 3))), (3, None)], false));
    assert_eq!(told(draft.origins.trace(&chosen, 1)), (vec![(len, Some((1, 3))), (3, None)], true));
    assert_eq!(told(draft.origins.trace(&chosen, 0)), (vec![(len, Some((1, 3))), (3, None)], true), "what was found is kept");
}

#[test]
fn an_update_that_comes_again_with_more_adds_what_is_new() {
    let mut draft = Draft::new();
    draft.writes(ANA, 0, "Keep them ");
    let page = Doc::with_options(Options { client_id: ClientID::new(2), offset_kind: OffsetKind::Utf16, ..Options::default() });
    let all = draft.pages[ANA].transact().encode_state_as_update_v1(&StateVector::default());
    page.transact_mut().apply_update(Update::decode_v1(&all).unwrap()).unwrap();
    let text = page.get_or_insert_text("draft");
    for (at, words) in [(10, "open"), (14, " for all")] {
        text.insert(&mut page.transact_mut(), at, words);
        // Each time all that this page ever made.
        let own = StateVector::decode_v1(&[1, 1, 20]).unwrap();
        let update = page.transact().encode_state_as_update_v1(&own);
        draft.later(60);
        draft.stores(BEN, update);
    }
    let chosen = [Chosen { client: 2, clock: 0, len: 12 }];
    let (traced, _) = draft.origins.trace(&chosen, 1);
    assert_eq!(traced.iter().map(|one| one.letters).collect::<Vec<_>>(), [4, 8]);
}
