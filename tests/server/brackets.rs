//! Words in brackets: who stands behind them, what a freeze says to them, what is told of them to whom.

use serde_json::{Value, json};

use crate::drafting::writer;
use crate::world::{Person, World, people::Reply};

const AJO: &str = "focalpoint@ajo-ch.example";
const BCAP: &str = "focalpoint@bcap-ke.example";
/// Usually withholds its name.
const MARSH: &str = "focalpoint@mvrc-xv.example";
const OUTSIDER: &str = "focalpoint@osap-ml.example";
const BRACKET: &str = "a1b2c3d4e5";

/// A draft that one organisation edits, one comments on and does not show its name, and one reads; and the coordinator.
async fn a_draft(world: &World) -> (Person, String) {
    let ana = world.coordinator().await;
    let drafters = world.ids(&["ORG-056", "ORG-071", "ORG-001"]).await;
    let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
    let rights = [(drafters[0].as_str(), "edit"), (drafters[1].as_str(), "comment"), (drafters[2].as_str(), "read")];
    ana.gives(&id, &rights, Value::Null).await.good();
    (ana, id)
}

async fn enters(person: &Person, id: &str, bracket: &str) -> Reply {
    person.put(&format!("/api/statements/{id}/brackets/{bracket}"), json!({})).await
}

fn on(alternative: u8, words: &str) -> Value {
    json!({ "on": { "alternative": alternative, "words": words } })
}

async fn stands(person: &Person, id: &str, ask: Value) -> Reply {
    person.put(&format!("/api/statements/{id}/brackets/{BRACKET}/stand"), ask).await
}

async fn agrees(person: &Person, id: &str, ask: Value) -> Reply {
    person.put(&format!("/api/statements/{id}/brackets/{BRACKET}/agreed"), ask).await
}

async fn list(person: &Person, id: &str) -> Value {
    person.get(&format!("/api/statements/{id}/brackets")).await.good()
}

/// Acronyms and alternatives of those who stand behind the only bracket.
async fn standing(person: &Person, id: &str) -> Vec<String> {
    let all = list(person, id).await["brackets"][0]["stands"].as_array().unwrap().clone();
    all.iter().map(|one| format!("{} {}", one["by"]["organisation"]["acronym"].as_str().unwrap_or("?"), one["alternative"])).collect()
}

async fn obstacles(person: &Person, id: &str) -> Vec<String> {
    let look = person.get(&format!("/api/statements/{id}/freeze")).await.good();
    look["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

both_databases! {
    async fn freezing_refuses_while_a_bracket_stands(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types(" We ").await;
        ben.brackets("urge", BRACKET, 0).await;
        ben.types(" ").await;
        ben.brackets("call on", BRACKET, 1).await;
        ben.is_acknowledged().await;
        let look = ana.get(&format!("/api/statements/{id}/freeze")).await.good();
        assert_eq!(look["problems"].as_array().unwrap().len(), 1, "one bracket, however many alternatives: {}", look["problems"]);
        let problem = &look["problems"][0];
        assert_eq!((&problem["code"], &problem["place"]["length"]), (&json!("draft-problem-open-bracket"), &json!(4)));
        assert!(look["text"].to_string().contains("We ⟦urge⟧ ⟦call on⟧"), "{}", look["text"]);
        ana.tries_to_freeze(&id).await.refused(422, "text-unsettled");

        // Whoever lifts it leaves the words.
        ben.lifts(BRACKET, 12).await;
        ben.is_acknowledged().await;
        let edition = ana.freezes(&id).await.to_string();
        assert!(edition.contains("We urge call on") && !edition.contains('⟦') && !edition.contains("brk"), "{edition}");
    }

    async fn a_version_says_what_was_in_brackets_and_once_restored_it_is_not_frozen_unseen(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types(" We ").await;
        ben.brackets("urge", BRACKET, 0).await;
        ben.is_acknowledged().await;
        let version = ana.post(&format!("/api/statements/{id}/versions"), json!({ "name": "With a bracket" })).await.good();
        let path = format!("/api/versions/{}", version["id"].as_str().unwrap());
        assert!(ana.get(&path).await.good()["text"].to_string().contains("We ⟦urge⟧"));
        ben.types(" all States").await;
        ben.is_acknowledged().await;
        let seen = ana.get(&format!("{path}/restore")).await.good()["seen"].clone();
        ana.post(&format!("{path}/restore"), json!({ "seen": seen })).await.good();
        ben.sees("We ⟦urge⟧").await;
        assert_eq!(obstacles(&ana, &id).await, ["draft-problem-bracket-sign", "draft-problem-bracket-sign"], "and in no other bracket");
        ana.tries_to_freeze(&id).await.refused(422, "text-unsettled");
    }

    async fn organisations_stand_behind_words_for_themselves(world) {
        let (ana, id) = a_draft(world).await;
        let (francois, rana, wanjiru) = (world.person(AJO).await, world.person(MARSH).await, world.person(BCAP).await);
        stands(&francois, &id, on(0, "urge")).await.refused(404, "not-found");
        enters(&francois, &id, BRACKET).await.good();
        enters(&ana, &id, BRACKET).await.good();
        let one = list(&ana, &id).await["brackets"][0].clone();
        assert_eq!((&one["id"], &one["made_by"]["organisation"]["acronym"]), (&json!(BRACKET), &json!("AJO")), "it stays whose it was");

        stands(&francois, &id, on(0, "urge")).await.good();
        stands(&rana, &id, on(0, "urge")).await.good();
        assert_eq!(standing(&rana, &id).await, ["AJO 0", "MVRC 0"]);
        stands(&rana, &id, on(1, "call on")).await.good();
        assert_eq!(standing(&rana, &id).await, ["AJO 0", "MVRC 1"], "behind one alternative at a time");
        let told = list(&rana, &id).await["brackets"][0]["stands"][1].clone();
        assert_eq!((&told["words"], &told["own"]), (&json!("call on"), &json!(true)));
        stands(&francois, &id, json!({ "on": null })).await.good();
        assert_eq!(standing(&rana, &id).await, ["MVRC 1"]);

        stands(&wanjiru, &id, on(0, "urge")).await.refused(403, "not-allowed");
        stands(&ana, &id, on(0, "urge")).await.refused(403, "stands-for-nobody");
        assert_eq!(list(&wanjiru, &id).await["may_stand"], false);
        assert_eq!(list(&ana, &id).await["may_stand"], false);
        let rights = list(&rana, &id).await;
        assert_eq!((&rights["may_stand"], &rights["may_bracket"]), (&json!(true), &json!(false)));
        for (ask, code) in [
            (on(10, "urge"), "field-invalid"),
            (on(0, " "), "field-missing"),
            (on(0, &"x".repeat(2_001)), "field-too-long"),
        ] {
            stands(&francois, &id, ask).await.refused(422, code);
        }
    }

    async fn whoever_edits_marks_an_alternative_as_agreed_and_takes_it_back(world) {
        let (ana, id) = a_draft(world).await;
        let (francois, rana) = (world.person(AJO).await, world.person(MARSH).await);
        enters(&francois, &id, BRACKET).await.good();
        enters(&rana, &id, "b1b2c3d4e5").await.refused(403, "not-allowed");
        enters(&francois, &id, "no-bracket").await.refused(404, "not-found");
        agrees(&rana, &id, on(1, "call on")).await.refused(403, "not-allowed");
        agrees(&francois, &id, on(1, "call on")).await.good();
        let agreed = list(&rana, &id).await["brackets"][0]["agreed"].clone();
        assert_eq!((&agreed["alternative"], &agreed["words"], &agreed["by"]["organisation"]["acronym"]), (&json!(1), &json!("call on"), &json!("AJO")));
        agrees(&ana, &id, json!({ "on": null })).await.good();
        assert!(list(&rana, &id).await["brackets"][0]["agreed"].is_null());
    }

    async fn whoever_writes_unnamed_stands_behind_words_unnamed(world) {
        let (ana, id) = a_draft(world).await;
        let (francois, rana) = (world.person(AJO).await, world.person(MARSH).await);
        enters(&francois, &id, BRACKET).await.good();
        stands(&rana, &id, on(0, "urge")).await.good();
        stands(&francois, &id, on(0, "urge")).await.good();
        for reader in [&francois, &ana] {
            let answer = reader.get(&format!("/api/statements/{id}/brackets")).await.text();
            for trace in ["MVRC", "Marsh Villages", "ORG-071", "mvrc-xv"] {
                assert!(!answer.contains(trace), "{trace} in {answer}");
            }
            assert_eq!(standing(reader, &id).await, ["AJO 0", "? 0"], "behind those that are named, whoever came first");
            let nobody = json!({ "organisation": null, "unnamed": true, "person": null, "own": false });
            assert_eq!(list(reader, &id).await["brackets"][0]["stands"][1]["by"], nobody);
        }
        world.person(OUTSIDER).await.get(&format!("/api/statements/{id}/brackets")).await.refused(404, "not-found");
    }

    async fn a_frozen_drafts_brackets_are_read_and_take_nothing(world) {
        let (ana, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        enters(&francois, &id, BRACKET).await.good();
        let told = list(&francois, &id).await["told"].as_str().unwrap().to_owned();
        assert_eq!(francois.get(&format!("/api/statements/{id}/brackets?known={told}")).await.status, 204);
        ana.freezes(&id).await;
        let shown = list(&francois, &id).await;
        assert_eq!((shown["brackets"].as_array().unwrap().len(), &shown["may_stand"], &shown["may_bracket"]), (1, &json!(false), &json!(false)));
        for person in [&francois, &ana] {
            enters(person, &id, BRACKET).await.refused(409, "remarks-closed");
            stands(person, &id, on(0, "urge")).await.refused(409, "remarks-closed");
            agrees(person, &id, on(0, "urge")).await.refused(409, "remarks-closed");
        }
    }
}
