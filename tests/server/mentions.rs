//! Whom a comment may ask to look, who is written to and how often, and that no mention tells who writes unnamed.

use serde_json::{Value, json};
use undersigned::remarks::limits::{MENTION_PAUSE_SECONDS, MENTION_WAIT_SECONDS};

use crate::world::{Person, World, people::Reply};

const AJO: &str = "focalpoint@ajo-ch.example";
const BCAP: &str = "focalpoint@bcap-ke.example";
/// Usually withholds its name.
const MARSH: &str = "focalpoint@mvrc-xv.example";
const BEN: &str = "ben@secretariat.example";

/// A draft of two organisations that show their names and of one that does not, with the ids of all; and the coordinator.
async fn a_draft(world: &World) -> (Person, String, Vec<String>) {
    let ana = world.coordinator().await;
    let drafters = world.ids(&["ORG-056", "ORG-001", "ORG-071"]).await;
    let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
    (ana, id, drafters)
}

async fn says(person: &Person, id: &str, body: &str, among: &str, mentions: Value) -> Reply {
    let passage =
        json!({ "root": "draft", "first": "1.22", "last": "1.26", "quote": "Books", "among": among, "body": body, "mentions": mentions });
    person.post(&format!("/api/statements/{id}/threads"), passage).await
}

fn organisation(id: &str) -> Value {
    json!({ "whom": "organisation", "organisation": id })
}

async fn threads(person: &Person, id: &str) -> Value {
    person.get(&format!("/api/statements/{id}/threads")).await.good()
}

/// The letters of somebody about mentions. What was due before a sign-in link has left before it.
async fn letters(world: &World, email: &str) -> Vec<String> {
    world.person(email).await.letters_with(|letter| letter.contains("You are asked to look at a draft"))
}

both_databases! {
    async fn a_mention_is_one_letter_however_often_and_says_nothing_of_who_asked(world) {
        let (ana, id, orgs) = a_draft(world).await;
        let rana = world.person(MARSH).await;
        for body in ["@BCAP, which books?", "@BCAP, these?", "@BCAP, or those?"] {
            says(&rana, &id, body, "all", json!([organisation(&orgs[1]), organisation(&orgs[1])])).await.good();
        }
        assert_eq!(letters(world, BCAP).await.len(), 0, "it waits for more");
        world.advance(MENTION_WAIT_SECONDS + 1).await;
        let told = letters(world, BCAP).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("Keep the library open") && told[0].contains(&format!("{}/app/statements/{id}", world.url)), "{told:?}");
        for trace in ["MVRC", "Marsh", "which books"] {
            assert!(!told[0].contains(trace), "{trace} in {told:?}");
        }
        // What comes soon after waits until the hour is over.
        says(&ana, &id, "@BCAP, please answer", "all", json!([organisation(&orgs[1])])).await.good();
        world.advance(MENTION_WAIT_SECONDS + 1).await;
        assert_eq!(letters(world, BCAP).await.len(), 1);
        world.advance(MENTION_PAUSE_SECONDS).await;
        assert_eq!(letters(world, BCAP).await.len(), 2);
        assert_eq!(letters(world, AJO).await.len(), 0);
    }

    async fn a_mention_is_shown_to_those_who_may_know_whom_it_names(world) {
        let (_, id, orgs) = a_draft(world).await;
        let (francois, rana) = (world.person(AJO).await, world.person(MARSH).await);
        says(&francois, &id, "@BCAP and @Secretariat: which books?", "all", json!([organisation(&orgs[1]), { "whom": "secretariat" }])).await.good();
        let shown = threads(&rana, &id).await["threads"][0]["remarks"][0]["mentions"].clone();
        assert_eq!((&shown[0]["organisation"]["acronym"], &shown[1]["whom"], &shown[1]["organisation"]), (&json!("BCAP"), &json!("secretariat"), &Value::Null));

        // Its own people may mention it; the others read that somebody is mentioned.
        says(&rana, &id, "@MVRC, which books?", "all", json!([organisation(&orgs[2])])).await.good();
        assert_eq!(threads(&rana, &id).await["threads"][1]["remarks"][0]["mentions"][0]["organisation"]["acronym"], "MVRC");
        let others = francois.get(&format!("/api/statements/{id}/threads")).await.good();
        assert_eq!(others["threads"][1]["remarks"][0]["mentions"], json!([{ "whom": "organisation", "organisation": null, "person": null }]));
        world.advance(MENTION_WAIT_SECONDS + 1).await;
    }

    async fn nobody_mentions_whom_they_may_not_know(world) {
        let (ana, id, orgs) = a_draft(world).await;
        let francois = world.person(AJO).await;
        for person in [&francois, &ana] {
            let known = threads(person, &id).await["may_mention"].clone();
            let known: Vec<&Value> = known["organisations"].as_array().unwrap().iter().map(|one| &one["acronym"]).collect();
            assert_eq!(known, ["AJO", "BCAP"]);
            says(person, &id, "Who are you?", "all", json!([organisation(&orgs[2])])).await.refused(422, "mention-unknown");
        }
        let outside = world.ids(&["ORG-003"]).await.remove(0);
        says(&francois, &id, "And you?", "all", json!([organisation(&outside)])).await.refused(422, "mention-unknown");
        says(&francois, &id, "And you?", "all", json!([{ "whom": "organisation" }])).await.refused(422, "field-invalid");
        let many: Vec<Value> = (0..11).map(|_| json!({ "whom": "secretariat" })).collect();
        says(&francois, &id, "All of you!", "all", json!(many)).await.refused(422, "mentions-too-many");
        assert_eq!(threads(&francois, &id).await["threads"], json!([]), "what is refused says nothing");
    }

    async fn coordinators_mention_one_another_and_among_themselves_nobody_else(world) {
        world.command(&["admin", "coordinator", BEN, "--name", "Ben Okri-Sandoval"]);
        let (ana, id, orgs) = a_draft(world).await;
        let ben = threads(&ana, &id).await["may_mention"]["coordinators"][0].clone();
        assert_eq!(ben["name"], "Ben Okri-Sandoval");
        let person = json!({ "whom": "person", "person": ben["id"] });
        says(&ana, &id, "May AJO say this?", "coordinators", json!([organisation(&orgs[0])])).await.refused(422, "mention-unknown");
        says(&ana, &id, "@Ben, may AJO say this?", "coordinators", json!([person])).await.good();
        let francois = world.person(AJO).await;
        assert_eq!(threads(&francois, &id).await["may_mention"]["coordinators"], json!([]));
        says(&francois, &id, "@Ben?", "all", json!([person])).await.refused(422, "mention-unknown");
        world.advance(MENTION_WAIT_SECONDS + 1).await;
        assert_eq!(letters(world, BEN).await.len(), 1);
        assert_eq!(letters(world, AJO).await.len(), 0);
    }
}
