//! What random editors wrote (`web/src/editor/binding/random-editors.ts`), of whom every letter is another: so it is known of each who
//! typed it, whatever was undone, moved and copied since.

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;

use super::super::super::gate::Content;
use super::*;

#[test]
fn no_letter_of_random_editors_is_told_to_be_of_somebody_who_had_no_part_in_it() {
    // They move three letters at a time: too few to be told from chance.
    let Told { itself, found, missed } = told("flat/random.jsonl");
    assert_eq!((found, missed), (7, 18), "beside {itself} that never came again");
}

#[test]
fn letters_of_random_editors_that_were_undone_and_done_again_are_of_whoever_typed_them() {
    // Two that two people had deleted at once, and only one of them brought back.
    let Told { itself, found, missed } = told("flat/undone.jsonl");
    assert_eq!((found, missed), (16, 2), "beside {itself} that never came again");
}

#[test]
fn passages_that_random_editors_moved_and_copied_are_of_whoever_typed_them() {
    // One passage that was copied directly behind the mover's own letters.
    let Told { itself, found, missed } = told("flat/moved.jsonl");
    assert_eq!((found, missed), (3894, 15), "beside {itself} that never came again");
}

/// Letters that stand in the end.
#[derive(Default)]
struct Told {
    /// Those whose first writer brought them where they stand.
    itself: usize,
    /// Those that somebody else brought: told to be of who typed them, or of who brought them.
    found: usize,
    missed: usize,
}

fn told(name: &str) -> Told {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    let runs = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut all = Told::default();
    for run in runs.lines() {
        let run: Value = serde_json::from_str(run).unwrap();
        let (mut origins, typed) = replayed(&run);
        let mut half = None;
        for (client, clock, unit) in standing(&origins) {
            let Ok(sign) = char::decode_utf16(half.take().into_iter().chain([unit])).next().unwrap() else {
                half = Some(unit);
                continue;
            };
            // Whatever is no letter that was typed: marks, places.
            let Some(truth) = typed.get(&sign).filter(|_| sign >= '\u{4e00}' && sign != '\u{fffc}') else { continue };
            let (traced, is_whole) = origins.trace(&[Chosen { client, clock, len: 1 }], usize::MAX);
            let Hand { first, brought } = traced[0].hand.unwrap();
            let [first, brought] = [first, brought].map(|touch| touch.by.0);
            assert!(is_whole && (first == *truth || first == brought), "seed {}: {sign} is of {truth:?}, not of {first:?}", run["seed"]);
            let counted = if first != *truth {
                &mut all.missed
            } else if brought == first {
                &mut all.itself
            } else {
                &mut all.found
            };
            *counted += 1;
        }
    }
    all
}

/// A run as it was sent, each entry five seconds after the one before, and who first sent each letter.
fn replayed(run: &Value) -> (Origins, HashMap<char, PersonKey>) {
    let (mut origins, mut typed) = (Origins::new(Description::Statement, 1), HashMap::new());
    for (at, sent) in (0..).zip(run["journal"].as_array().unwrap()) {
        let update = BASE64_STANDARD.decode(sent[1].as_str().unwrap()).unwrap();
        let person = PersonKey(u128::try_from(sent[0].as_i64().unwrap() + 1).unwrap());
        let parsed = read(&update, Description::Statement).unwrap();
        for piece in parsed.sections.iter().flat_map(|section| &section.pieces) {
            let Content::Text(words) = piece.content else { continue };
            for sign in words.chars() {
                typed.entry(sign).or_insert(person);
            }
        }
        let entry = JournalEntry { seq: at + 1, person, organisation: None, update: update.into() };
        origins.take(&[Kept { entry, at: Moment::from_millis(1_770_000_000_000 + at as i64 * 5000).unwrap() }]).unwrap();
    }
    (origins, typed)
}
