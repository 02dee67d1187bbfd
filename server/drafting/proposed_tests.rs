//! Drafts that several people write and propose in, at random: whatever is proposed, the text without it is as before; and an earlier
//! text comes back beside it, letter for letter.

use serde_json::Value;
use yrs::types::Attrs;
use yrs::updates::decoder::Decode;
use yrs::{Any, ClientID, Doc, OffsetKind, Options, ReadTxn, Text as _, Transact, Update};

use super::dice::Dice;
use super::proposals::Proposals;
use super::said::Said;
use super::settling::{Settlement, as_if_accepted, tests::marked_for_tests};
use super::standing::{Standing, Stretch, What};
use super::worker::{merge_for_tests, project_for_tests, rewrite_for_tests};
use crate::text::asks::{Ask, Fate, Items, items_written};
use crate::text::block::Text;
use crate::text::from_draft::settle;
use crate::text::marked::Side;

const EDITORS: [u64; 2] = [11, 12];
const PROPOSERS: [(u64, &str); 3] = [(21, "ana0000000"), (5, "ben0000000"), (40_000, "ana0000000")];
const SIDS: [&str; 3] = ["1111111111", "2222222222", "3333333333"];
const WORDS: [&str; 6] = ["peace ", "سلام ", "図", "😀", "x", "👩‍👩‍👧 "];
const NOTES: [&str; 2] = ["note000001", "note000002"];

#[derive(Default)]
struct Desk {
    updates: Vec<Vec<u8>>,
}

impl Desk {
    fn doc(&self, client: u64) -> Doc {
        let options = Options { client_id: ClientID::new(client), offset_kind: OffsetKind::Utf16, skip_gc: true, ..Options::default() };
        let doc = Doc::with_options(options);
        self.updates.iter().for_each(|update| doc.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap());
        doc
    }

    fn does(&mut self, client: u64, act: impl FnOnce(&Doc)) {
        let doc = self.doc(client);
        // What is new, and all deletions, as an editor that comes back sends them.
        let before = doc.transact().state_vector();
        act(&doc);
        let update = doc.transact().encode_state_as_update_v1(&before);
        self.updates.push(update);
    }

    fn parts(&self) -> Vec<&[u8]> {
        self.updates.iter().map(Vec::as_slice).collect()
    }

    fn read(&self) -> (Said, Standing) {
        let said = Said::read(&self.parts()).unwrap();
        let standing = Standing::read(&self.parts(), &said).unwrap();
        (said, standing)
    }

    fn text(&self) -> Value {
        let mut text = project_for_tests(&self.updates);
        text.as_object_mut().unwrap().remove("proposed");
        // A footnote without a word is as good as none.
        text["notes"].as_object_mut().unwrap().retain(|_, note| note.as_array().is_some_and(|note| !note.is_empty()));
        text
    }

    fn settled(&self) -> Text {
        settle(&self.text(), "en").text
    }

    /// What is pending and stands, by id and by what it says.
    fn pending(&self) -> Vec<(Items, What)> {
        let (said, standing) = self.read();
        let pending = said.pending();
        let texts = std::iter::once(&standing.body).chain(standing.notes.values());
        let mut all: Vec<(Items, What)> = texts
            .flat_map(|text| super::proposals::cut(text, &[&pending]))
            .filter(|stretch| pending.has(stretch.items.client, stretch.items.clock))
            .flat_map(|stretch| match &stretch.what {
                What::Words(words) => {
                    let mut clock = stretch.items.clock;
                    let letter = |letter: char| {
                        let items = Items { client: stretch.items.client, clock, len: letter.len_utf16() as u32 };
                        clock += items.len;
                        (items, What::Words(letter.to_string()))
                    };
                    words.chars().map(letter).collect::<Vec<_>>()
                }
                What::Embed(_) => vec![(stretch.items, stretch.what.clone())],
            })
            .collect();
        all.sort_by_key(|(items, _)| *items);
        all
    }
}

fn says(doc: &Doc, root: &str, json: &str) {
    let text = doc.get_or_insert_text(root);
    let mut txn = doc.transact_mut();
    let end = text.len(&txn);
    text.insert_embed(&mut txn, end, Any::from_json(json).unwrap());
}

/// A text of the draft and a place between two of its letters, before its last mark.
fn place(dice: &mut Dice, standing: &Standing) -> (String, u32, Vec<Items>) {
    let (name, stretches) = match standing.notes.iter().nth(dice.below(4)) {
        Some((id, note)) if !note.is_empty() => (format!("note:{id}"), note),
        _ => ("draft".to_owned(), &standing.body),
    };
    let mut units = Vec::new();
    for stretch in stretches {
        match &stretch.what {
            What::Embed(_) => units.push(stretch.items),
            What::Words(words) => {
                let mut clock = stretch.items.clock;
                for letter in words.chars() {
                    let len = letter.len_utf16() as u32;
                    units.push(Items { clock, len, ..stretch.items });
                    clock += len;
                }
            }
        }
    }
    let at = dice.below(units.len().max(1));
    let index = units[..at.min(units.len())].iter().map(|items| items.len).sum();
    (name, index, units.split_off(at.min(units.len())))
}

fn joined(units: &[Items]) -> Vec<Items> {
    units.iter().copied().collect::<crate::text::item_set::ItemSet>().iter().collect()
}

fn begins() -> Desk {
    let mut desk = Desk::default();
    desk.does(1, |doc| {
        let body = doc.get_or_insert_text("draft");
        let title = Attrs::from([("block".into(), "title".into())]);
        body.insert_with_attributes(&mut doc.transact_mut(), 0, "Keep the library open 😀", Attrs::new());
        let end = body.len(&doc.transact());
        body.insert_with_attributes(&mut doc.transact_mut(), end, "\n", title);
        let end = body.len(&doc.transact());
        body.insert_with_attributes(&mut doc.transact_mut(), end, "Books are for everybody.\nAlso for children.\n", Attrs::new());
    });
    desk
}

fn edits(dice: &mut Dice, desk: &mut Desk) {
    let client = EDITORS[dice.below(2)];
    let (said, standing) = desk.read();
    let (root, at, rest) = place(dice, &standing);
    let some: u32 = rest.iter().take(dice.below(5)).map(|items| items.len).sum();
    let open = Proposals::read(&said, &standing).open;
    let answered = open.iter().nth(dice.below(open.len().max(1)));
    match dice.below(9) {
        0..=2 => desk.does(client, |doc| {
            let text = doc.get_or_insert_text(root);
            text.insert_with_attributes(&mut doc.transact_mut(), at, WORDS[dice.below(6)], Attrs::new());
        }),
        3 => desk.does(client, |doc| {
            let name = if root == "draft" { ["bullet:1", "numbered:1", "quotation"][dice.below(3)] } else { "paragraph" };
            let kind = Attrs::from([("block".into(), name.into())]);
            let text = doc.get_or_insert_text(root);
            text.insert_with_attributes(&mut doc.transact_mut(), at, "\n", kind);
        }),
        // Not the last mark.
        4 if rest.len() > 6 => desk.does(client, |doc| {
            let text = doc.get_or_insert_text(root);
            text.remove_range(&mut doc.transact_mut(), at, some);
        }),
        5 => desk.does(client, |doc| {
            let text = doc.get_or_insert_text(root);
            text.format(&mut doc.transact_mut(), at, some, Attrs::from([("bold".into(), true.into())]));
        }),
        6 => {
            let id = NOTES[dice.below(2)];
            desk.does(client, |doc| {
                let note = doc.get_or_insert_text(format!("note:{id}"));
                note.insert_with_attributes(&mut doc.transact_mut(), 0, "See.\n", Attrs::new());
                let body = doc.get_or_insert_text("draft");
                body.insert_embed_with_attributes(
                    &mut doc.transact_mut(),
                    0,
                    Any::from_json(&format!(r#"{{"note":"{id}"}}"#)).unwrap(),
                    Attrs::new(),
                );
            });
        }
        // Accepted, what it strikes with it; or answered no, and its letters go.
        _ => {
            let Some((suggestion, one)) = answered else { return };
            let accepted = dice.below(2) == 0;
            let of = joined(&one.pending);
            if of.is_empty() {
                return;
            }
            let fate = Fate { suggestion: suggestion.clone(), accepted, of: of.clone() };
            desk.does(client, |doc| says(doc, "fates", &fate.to_string()));
            if !accepted {
                desk.updates.push(super::said::deleting(&of.into_iter().collect()));
            }
        }
    }
}

fn proposes(dice: &mut Dice, desk: &mut Desk) {
    let (client, handle) = PROPOSERS[dice.below(3)];
    let (said, standing) = desk.read();
    let (root, at, rest) = place(dice, &standing);
    let some = joined(&rest[..rest.len().min(1 + dice.below(6))]);
    let own: Vec<Items> = desk.pending().into_iter().map(|(items, _)| items).filter(|items| items.client == client).collect();
    let sid = SIDS[dice.below(3)];
    let is_new = !said.proposes.contains_key(&client);
    let kind = dice.below(8);
    if kind == 7 && !own.is_empty() {
        // Takes words of its own back.
        let gone = own[dice.below(own.len())];
        desk.updates.push(super::said::deleting(&[gone].into_iter().collect()));
        return;
    }
    desk.does(client, |doc| {
        if is_new {
            says(doc, "asks", &Ask::By(handle.to_owned()).to_string());
        }
        says(doc, "asks", &Ask::Begin(sid.to_owned()).to_string());
        let text = doc.get_or_insert_text(root);
        let insert = |words: &str| text.insert(&mut doc.transact_mut(), at, words);
        match kind {
            0..=2 => insert(WORDS[dice.below(6)]),
            3 => insert("\n"),
            4 if !some.is_empty() => says(doc, "asks", &Ask::Strike(some).to_string()),
            5 if !some.is_empty() => says(doc, "asks", &format!(r#"{{"fmt":"{}","set":{{"bold":true}}}}"#, items_written(&some))),
            6 => {
                let id = "note00000a";
                doc.get_or_insert_text(format!("note:{id}")).insert(&mut doc.transact_mut(), 0, "Proposed.\n");
                let body = doc.get_or_insert_text("draft");
                body.insert_embed(&mut doc.transact_mut(), 0, Any::from_json(&format!(r#"{{"note":"{id}"}}"#)).unwrap());
            }
            _ => {}
        }
    });
}

#[test]
fn whatever_is_proposed_the_text_without_it_is_as_before() {
    let mut dice = Dice::of_this_run(0x05ee_d0fa_110f_1e55);
    for _ in 0..6 {
        let mut desk = begins();
        for _ in 0..40 {
            if dice.below(2) == 0 {
                edits(&mut dice, &mut desk);
                continue;
            }
            let before = desk.text();
            proposes(&mut dice, &mut desk);
            assert_eq!(desk.text(), before);
        }
        let (said, standing) = desk.read();
        let proposals = Proposals::read(&said, &standing);
        let without = Settlement { dropped: proposals.pending.clone(), ..Settlement::default() }.of(&standing);
        assert_eq!(settle(&without.projected(), "en").text, desk.settled(), "both readers find one text");
        let marked = marked_for_tests(&proposals, &standing);
        assert_eq!(marked.text(Side::Stands), desk.settled(), "refused whole it is the text");
        let merged = Desk { updates: vec![merge_for_tests(&desk.updates)] };
        assert_eq!(merged.settled(), desk.settled());
        assert!(!proposals.open.is_empty() && !said.settled.is_empty(), "something is open, and something was answered");
        let accepted = as_if_accepted(&proposals).of(&standing);
        assert!(accepted.body.iter().any(Stretch::is_mark), "the last mark never goes");
    }
}

#[test]
fn an_earlier_text_comes_back_beside_what_is_proposed() {
    let mut dice = Dice::of_this_run(0x000e_a77e_a50f_5eed);
    let mut beside = 0;
    for _ in 0..5 {
        let mut desk = begins();
        let mut earlier = vec![desk.settled()];
        for act in 0..30 {
            if dice.below(2) == 0 {
                edits(&mut dice, &mut desk)
            } else {
                proposes(&mut dice, &mut desk)
            }
            if act % 7 == 0 {
                earlier.push(desk.settled());
            }
        }
        for text in &earlier {
            let before = desk.pending();
            let update = rewrite_for_tests(&desk.updates, text, 900 + desk.updates.len() as u64);
            desk.updates.push(update);
            assert_eq!(&desk.settled(), text);
            assert_eq!(desk.pending(), before, "nothing that is proposed went");
            beside += before.len();
        }
    }
    assert!(beside > 100, "there was something to keep: {beside}");
}
