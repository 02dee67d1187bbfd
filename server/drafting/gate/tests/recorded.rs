//! What editors really sent passes, and what becomes of it when bytes are changed on the way harms no reader.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value, json};
use yrs::types::text::YChange;
use yrs::updates::decoder::Decode;
use yrs::{Any, Doc, GetString, OffsetKind, Options, Out, ReadTxn, StateVector, Text as _, Transact, Update};

use super::*;
use crate::drafting::dice::Dice;

/// `tests/vectors/flat/record.mjs` made it: who sent what, in the order the server took it.
fn recording() -> Vec<(PersonKey, Vec<u8>)> {
    let log: Vec<Value> = serde_json::from_slice(&vector("flat/updates.log.json")).unwrap();
    let person = |entry: &Value| PersonKey(entry["user"].as_str().unwrap().bytes().map(u128::from).sum());
    log.iter().map(|entry| (person(entry), BASE64_STANDARD.decode(entry["u"].as_str().unwrap()).unwrap())).collect()
}

#[test]
fn every_recorded_edit_passes_and_a_resend_changes_nothing() {
    let mut gate = Gate::new();
    for (at, (person, update)) in recording().iter().enumerate() {
        assert_eq!(admit(&mut gate, *person, update), Ok(true), "{at}");
        assert_eq!(admit(&mut gate, PersonKey(77), update), Ok(false), "resent: {at}");
    }
    // The whole state, as its editor and as our worker write it, is nothing new to the gate, and all to an empty one.
    let whole = vector("flat/final.update.bin");
    for whole in [&whole, &encode(&doc_of([whole.as_slice()]))] {
        assert_eq!(admit(&mut gate, PersonKey(77), whole), Ok(false));
        let mut again = Gate::new();
        again.admit_base(whole).unwrap();
        assert_eq!(sorted(&again), sorted(&gate));
        assert_eq!(again.state.notes, gate.state.notes);
        let sizes = |gate: &Gate| gate.state.deletions_bytes;
        assert_eq!(sizes(&again), sizes(&gate), "deletions are counted as they are");
    }
}

#[test]
fn our_reader_sees_the_text_their_editors_saw() {
    let log = recording();
    let doc = doc_of(log.iter().map(|(_, update)| update.as_slice()));
    let expected: Map<String, Value> = serde_json::from_slice(&vector("flat/final.json")).unwrap();
    assert!(expected.len() > 5, "there are notes");
    for (root, expected) in expected {
        assert_eq!(read(&doc, &root), expected, "{root}");
    }
}

/// Changes bytes of honest updates, and reads with yrs whatever the gate takes for an edit. Builds with assertions find what
/// a release would hide.
#[test]
fn whatever_passes_is_read_without_harm() {
    let mut dice = Dice::of_this_run(0x9e37_79b9_7f4a_7c15);
    let (log, mut taken, mut refused) = (recording(), 0, 0);
    for _ in 0..6 {
        let (mut gate, doc, mut journal) = (Gate::new(), empty(), Vec::new());
        for (person, update) in &log {
            for _ in 0..12 {
                let changed = dice.change(update);
                match gate.check(*person, &changed) {
                    // One in two is taken, so that honest edits go on to fit.
                    Ok(passed) if passed.changes && dice.below(2) == 0 => {
                        gate.commit(passed).unwrap();
                        journal.push(changed);
                        taken += 1;
                    }
                    Ok(_) => {}
                    Err(_) => refused += 1,
                }
            }
            if admit(&mut gate, *person, update) == Ok(true) {
                journal.push(update.clone());
            }
        }
        for update in &journal {
            doc.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
        }
        assert!(doc.transact().store().pending_update().is_none(), "nothing waits for what never comes");
        let merged = encode(&doc);
        // What a worker merges opens again, with the same letters in the same order.
        let mut again = Gate::new();
        again.admit_base(&merged).unwrap();
        assert_eq!(sorted(&again), sorted(&gate));
        let other = doc_of([merged.as_slice()]);
        let roots: Vec<String> = doc.transact().root_refs().map(|(name, _)| name.to_owned()).collect();
        assert!(roots.iter().all(|root| Description::Statement.root(root).is_some()), "{roots:?}");
        for root in roots {
            assert_eq!(letters(&doc, &root), letters(&other, &root), "{root}");
        }
    }
    assert!(taken > 100 && refused > 1000, "{taken} taken, {refused} refused");
}

fn sorted(gate: &Gate) -> Vec<(u64, u32)> {
    let mut known = read_state_vector(&gate.state_vector()).unwrap();
    known.sort_unstable();
    known
}

fn empty() -> Doc {
    Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::default() })
}

pub(super) fn doc_of<'a>(updates: impl IntoIterator<Item = &'a [u8]>) -> Doc {
    let doc = empty();
    for update in updates {
        doc.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
    }
    doc
}

pub(super) fn encode(doc: &Doc) -> Vec<u8> {
    doc.transact().encode_state_as_update_v1(&StateVector::default())
}

/// A text as its editors' `toDelta` shows it.
fn read(doc: &Doc, root: &str) -> Value {
    let text = doc.get_or_insert_text(root);
    let plain = |any: &Any| serde_json::to_value(any).unwrap();
    let pieces = text.diff(&doc.transact(), YChange::identity).into_iter().map(|piece| {
        let Out::Any(insert) = &piece.insert else { panic!("only letters and embeds stand in a text") };
        let mut shown = Map::from_iter([("insert".to_owned(), plain(insert))]);
        if let Some(attributes) = piece.attributes.filter(|all| !all.is_empty()) {
            shown.insert("attributes".into(), attributes.iter().map(|(key, value)| (key.to_string(), plain(value))).collect());
        }
        Value::Object(shown)
    });
    json!(pieces.collect::<Vec<_>>())
}

fn letters(doc: &Doc, root: &str) -> String {
    doc.get_or_insert_text(root).get_string(&doc.transact())
}
