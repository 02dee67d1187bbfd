//! What random editors sent (web/src/editor/binding/random-editors.ts) passes the gate, and our reader reads what they read, letter for
//! letter. Some runs are kept; more are read from a file that `make test-random` names.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value, json};

use super::*;
use crate::drafting::worker::project_for_tests;

#[test]
fn what_random_editors_wrote_passes_and_is_read_as_they_read_it() {
    let more = std::env::var("UNDERSIGNED_RANDOM_RUNS").ok().map(|file| std::fs::read(file).unwrap());
    let runs = [vector("flat/random.jsonl"), more.unwrap_or_default()].concat();
    let runs = String::from_utf8(runs).unwrap();
    assert!(runs.lines().count() >= 60);
    for run in runs.lines() {
        let run: Value = serde_json::from_str(run).unwrap();
        let mut gate = Gate::new();
        let mut updates = Vec::new();
        for sent in run["journal"].as_array().unwrap() {
            let update = BASE64_STANDARD.decode(sent[1].as_str().unwrap()).unwrap();
            let person = PersonKey(u128::try_from(sent[0].as_i64().unwrap() + 1).unwrap());
            if let Err(refusal) = admit(&mut gate, person, &update) {
                panic!("seed {}: {refusal:?}", run["seed"]);
            }
            updates.push(update);
        }
        let mut read = project_for_tests(&updates);
        if let Some(notes) = read["notes"].as_object_mut() {
            notes.retain(|_, pieces| pieces.as_array().is_some_and(|pieces| !pieces.is_empty()));
        }
        assert_eq!(read, as_projected(&run["texts"]), "seed {}", run["seed"]);
    }
}

/// What an editor calls its texts, as a worker names them; texts that say nothing are not written.
fn as_projected(texts: &Value) -> Value {
    let (mut body, mut notes) = (json!([]), Map::new());
    for (root, pieces) in texts.as_object().unwrap() {
        match root.strip_prefix("note:") {
            None => body = pieces.clone(),
            Some(_) if pieces.as_array().is_some_and(Vec::is_empty) => {}
            Some(id) => drop(notes.insert(id.to_owned(), pieces.clone())),
        }
    }
    json!({ "body": body, "notes": notes })
}

#[test]
fn what_random_suggesters_wrote_passes_and_without_it_the_text_is_read_as_they_read_it() {
    let more = std::env::var("UNDERSIGNED_RANDOM_SUGGESTING_RUNS").ok().map(|file| std::fs::read(file).unwrap());
    let runs = [vector("flat/suggesting.jsonl"), more.unwrap_or_default()].concat();
    let runs = String::from_utf8(runs).unwrap();
    assert!(runs.lines().count() >= 40);
    for run in runs.lines() {
        let run: Value = serde_json::from_str(run).unwrap();
        let seats = run["seats"].as_array().unwrap();
        let mut gate = Gate::new();
        let mut updates = Vec::new();
        for sent in run["journal"].as_array().unwrap() {
            let update = BASE64_STANDARD.decode(sent[1].as_str().unwrap()).unwrap();
            let number = sent[0].as_i64().unwrap();
            let seat = usize::try_from(number).ok().map(|number| &seats[number]);
            let author = Author {
                person: PersonKey(u128::try_from(number + 1).unwrap()),
                handle: seat.and_then(|seat| seat["handle"].as_str()),
                edits: seat.is_none_or(|seat| seat["may"] == "edit"),
            };
            match gate.check_within(author, &update, UPDATE_STEPS_MAX) {
                Ok(passed) => gate.commit(passed).unwrap(),
                Err(refusal) => panic!("seed {}: {refusal:?}", run["seed"]),
            }
            updates.push(update);
        }
        let mut read = project_for_tests(&updates);
        read.as_object_mut().unwrap().remove("proposed");
        if let Some(notes) = read["notes"].as_object_mut() {
            notes.retain(|_, pieces| pieces.as_array().is_some_and(|pieces| !pieces.is_empty()));
        }
        assert_eq!(read, as_projected(&run["texts"]), "seed {}", run["seed"]);
    }
}
