//! What is only proposed is in no text: not in what is counted, kept, compared and drawn. As long as it waits for an answer nothing is
//! frozen, and whoever freezes is told where it stands.

use std::collections::HashMap;

use serde_json::{Value, json};
use yrs::{Any, Doc, Text, Transact};

use super::{AJO, BCAP, Writer, a_draft, writer};
use crate::world::{Person, World};

const SID: &str = "1111111111";
/// Client ids of a page that proposes, and of one that edits.
const PROPOSES: u64 = 7_000_001;
const EDITS: u64 = 7_000_002;

pub fn says(doc: &Doc, root: &str, embed: &[(&str, &str)]) {
    let text = doc.get_or_insert_text(root);
    let embed: HashMap<String, Any> = embed.iter().map(|(name, value)| ((*name).to_owned(), Any::from(*value))).collect();
    let mut txn = doc.transact_mut();
    let end = text.len(&txn);
    text.insert_embed(&mut txn, end, Any::from(embed));
}

/// Proposes as a page does that never did before.
async fn proposes(world: &World, email: &str, id: &str, writer: &mut Writer, act: impl FnOnce(&Doc)) -> String {
    let person = world.person(email).await;
    let handle = person.get(&format!("/api/statements/{id}/writers")).await.good()["own"]["handle"].as_str().unwrap().to_owned();
    writer
        .acts_as(PROPOSES, |doc| {
            says(doc, "asks", &[("by", &handle)]);
            says(doc, "asks", &[("ask", SID)]);
            act(doc);
        })
        .await;
    writer.is_acknowledged().await;
    handle
}

fn insert(doc: &Doc, before: &str, words: &str) {
    let body = doc.get_or_insert_text("draft");
    let at = yrs::GetString::get_string(&body, &doc.transact()).find(before).expect("these words are there") as u32;
    body.insert(&mut doc.transact_mut(), at, words);
}

async fn preview(person: &Person, id: &str) -> Value {
    person.get(&format!("/api/statements/{id}/freeze")).await.good()
}

async fn problems(person: &Person, id: &str) -> Vec<Value> {
    preview(person, id).await["problems"].as_array().unwrap().clone()
}

/// Names some letters of the proposing page: three clocks of it are what it said first.
fn items(clock: u32, len: u32) -> String {
    let sign = |number: u32| char::from_digit(number, 36).unwrap();
    let client: String = std::iter::successors(Some(PROPOSES), |left| Some(left / 36).filter(|left| *left > 0))
        .map(|left| char::from_digit((left % 36) as u32, 36).unwrap())
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    format!("{client}.{}.{}", sign(clock), sign(len))
}

both_databases! {
    async fn what_is_only_proposed_is_in_no_text_and_nothing_is_frozen_while_it_waits(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types(" Also for children.").await;
        ben.is_acknowledged().await;
        let before = preview(&ana, &id).await;
        let handle = proposes(world, AJO, &id, &mut ben, |doc| insert(doc, "everybody", "all and ")).await;

        let with = preview(&ana, &id).await;
        assert_eq!((&with["text"], &with["words"]), (&before["text"], &before["words"]), "it is in no text");
        let [waits] = &problems(&ana, &id).await[..] else { panic!("{with}") };
        assert_eq!(waits["code"], "draft-problem-open-suggestion");
        assert_eq!((&waits["place"]["block"], &waits["place"]["offset"], &waits["place"]["length"]), (&json!(2), &json!(14), &json!(8)));
        assert!(waits["sentence"].as_str().unwrap().contains("all and everybody"), "{waits}");
        ana.tries_to_freeze(&id).await.refused(422, "text-unsettled");
        let made = ana.post(&format!("/api/statements/{id}/versions"), json!({ "name": "Before lunch" })).await.good();
        let kept = ana.get(&format!("/api/versions/{}", made["id"].as_str().unwrap())).await.good();
        assert!(!kept.to_string().contains("all and"), "{kept}");
        let compared = ana.get(&format!("/api/statements/{id}/compare?from=version-{}&to=now", made["id"].as_str().unwrap())).await.good();
        assert_eq!(compared["comparison"]["same"], true);
        let compared = ana.get(&format!("/api/statements/{id}/compare?from=now&to=accepted")).await.good();
        assert_eq!((&compared["to"]["name"], &compared["comparison"]["counts"]["words_added"]), (&json!("accepted"), &json!(2)));
        let page = ana.get(&format!("/app/statements/{id}/draft")).await;
        assert!(!page.text().contains("all and"));

        // An editor accepts it.
        let named = format!("{handle}.{SID}");
        ben.acts_as(EDITS, |doc| says(doc, "fates", &[("yes", &named), ("of", &items(2, 8))])).await;
        ben.is_acknowledged().await;
        assert_eq!(problems(&ana, &id).await, [] as [Value; 0]);
        let edition = ana.freezes(&id).await;
        assert!(edition["text"].to_string().contains("Books are for all and everybody. Also for children."), "{edition}");
    }

    async fn what_is_wrong_is_told_where_its_writers_see_it_among_what_is_proposed(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, BCAP, &id).await;
        ben.types(" cuneiform: \u{12000}").await;
        ben.is_acknowledged().await;
        let [alone] = &problems(&ana, &id).await[..] else { panic!() };
        proposes(world, BCAP, &id, &mut ben, |doc| insert(doc, "Books", "A paragraph.\n")).await;
        let [beside, waits] = &problems(&ana, &id).await[..] else { panic!() };
        assert_eq!((&alone["code"], &beside["code"], &waits["code"]), (&json!("draft-problem-unprintable"), &json!("draft-problem-unprintable"), &json!("draft-problem-open-suggestion")));
        assert_eq!((&alone["place"]["block"], &beside["place"]["block"], &waits["place"]["block"]), (&json!(2), &json!(3), &json!(2)));
        assert_eq!(alone["place"]["offset"], beside["place"]["offset"]);
    }

    async fn an_earlier_text_comes_back_beside_what_is_proposed(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let before = preview(&ana, &id).await;
        let made = ana.post(&format!("/api/statements/{id}/versions"), json!({ "name": "Before lunch" })).await.good();
        proposes(world, AJO, &id, &mut ben, |doc| insert(doc, "everybody", "all and ")).await;
        ben.types(" Written after lunch.").await;
        ben.is_acknowledged().await;
        let restore = format!("/api/versions/{}/restore", made["id"].as_str().unwrap());
        let seen = ana.seen(&restore).await;
        ana.post(&restore, json!({ "seen": seen })).await.good();

        let after = preview(&ana, &id).await;
        assert_eq!(after["text"], before["text"]);
        let [waits] = &problems(&ana, &id).await[..] else { panic!("{after}") };
        assert_eq!(waits["code"], "draft-problem-open-suggestion");
        let mut anew = ben.comes_anew(&world.url).await.expect("a seat");
        anew.sees("Books are for all and everybody.").await;
        assert!(!anew.text().contains("lunch"), "{}", anew.text());
    }
}
