//! Two texts of a statement in one reading: the draft as it goes on, and what it was frozen as.

use serde_json::{Value, json};

use crate::drafting::writer;
use crate::world::{Person, World};

const BCAP: &str = "focalpoint@bcap-ke.example";

/// A statement that was frozen, is open for writing again, and says more by now.
async fn written_on(world: &World) -> (Person, String, Value) {
    let ana = world.coordinator().await;
    let organisation = world.ids(&["ORG-001"]).await;
    let id = ana.starts_a_statement("Keep the library open", &organisation, "Books are for everybody.").await;
    let edition = ana.freezes(&id).await;
    ana.tries_to_reopen(&id).await.good();
    let mut wanjiru = writer(world, BCAP, &id).await;
    wanjiru.types(" Also for children.").await;
    wanjiru.is_acknowledged().await;
    (ana, id, edition)
}

async fn compared(person: &Person, id: &str, from: &str, to: &str) -> Value {
    person.get(&format!("/api/statements/{id}/compare?from={from}&to={to}")).await.good()
}

/// What became of each paragraph, and of the words in it.
fn told(answer: &Value) -> Vec<(String, Vec<String>)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let pieces = |row: &Value| row["pieces"].as_array().into_iter().flatten().map(|piece| word(&piece["is"])).collect();
    answer["comparison"]["rows"].as_array().unwrap().iter().map(|row| (word(&row["row"]), pieces(row))).collect()
}

fn row(row: &str, pieces: &[&str]) -> (String, Vec<String>) {
    (row.to_owned(), pieces.iter().map(|piece| (*piece).to_owned()).collect())
}

both_databases! {
    async fn what_changed_since_an_edition_is_told_while_one_writes_on(world) {
        let (ana, id, edition) = written_on(world).await;
        let answer = compared(&ana, &id, "Rev.1", "now").await;
        assert_eq!(told(&answer), [row("same", &["same"]), row("changed", &["same", "in"])]);
        assert_eq!(answer["comparison"]["rows"][1]["pieces"][1]["content"], json!([{ "type": "text", "text": " Also for children." }]));
        assert_eq!((&answer["comparison"]["counts"]["words_added"], &answer["comparison"]["counts"]["words_removed"]), (&json!(3), &json!(0)));
        assert_eq!((&answer["from"]["name"], &answer["from"]["edition"], &answer["to"]["name"]), (&json!("Rev.1"), &edition["id"], &json!("now")));
        // An edition goes by its id, too, and what came is gone the other way round.
        let back = compared(&ana, &id, "now", edition["id"].as_str().unwrap()).await;
        assert_eq!(told(&back), [row("same", &["same"]), row("changed", &["same", "out"])]);
        let drafter = world.person(BCAP).await;
        assert_eq!(compared(&drafter, &id, "Rev.1", "now").await["comparison"], answer["comparison"], "whoever writes it reads the same");
        assert!(ana.get(&format!("/api/statements/{id}")).await.good()["may"].as_array().unwrap().contains(&json!("compare")));
    }

    async fn a_text_says_the_same_as_itself(world) {
        let (ana, id, _) = written_on(world).await;
        for side in ["Rev.1", "now"] {
            let answer = compared(&ana, &id, side, side).await;
            assert_eq!((&answer["comparison"]["same"], told(&answer).len()), (&json!(true), 2), "{side}");
        }
    }

    async fn two_editions_are_compared_once_there_are_two(world) {
        let ana = world.coordinator().await;
        let organisation = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &organisation, "Books are for everybody.").await;
        ana.freezes(&id).await;
        let may = |shown: Value| shown["may"].as_array().unwrap().contains(&json!("compare"));
        assert!(!may(ana.get(&format!("/api/statements/{id}")).await.good()), "one text is compared with nothing");
        ana.tries_to_reopen(&id).await.good();
        let mut wanjiru = writer(world, BCAP, &id).await;
        wanjiru.types(" Also for children.").await;
        wanjiru.is_acknowledged().await;
        ana.freezes(&id).await;
        assert!(may(ana.get(&format!("/api/statements/{id}")).await.good()));
        let answer = compared(&ana, &id, "Rev.1", "Rev.2").await;
        assert_eq!(told(&answer)[1], row("changed", &["same", "in"]));
        assert_eq!(compared(&ana, &id, "Rev.1", "now").await["comparison"], answer["comparison"], "the draft says what was frozen last");
    }

    async fn a_text_that_is_not_there_is_refused_with_a_sentence(world) {
        let (ana, id, _) = written_on(world).await;
        let organisation = world.ids(&["ORG-001"]).await;
        let other = ana.starts_a_statement("Mend the roof", &organisation, "Rain is for nobody.").await;
        let foreign = ana.freezes(&other).await["id"].as_str().unwrap().to_owned();
        for gone in ["Rev.9", "rev.1", "00000000000000000000000001", &foreign, "%F0%9F%90%9D"] {
            for query in [format!("from={gone}&to=now"), format!("from=Rev.1&to={gone}")] {
                let refused = ana.get(&format!("/api/statements/{id}/compare?{query}")).await;
                refused.refused(404, "side-not-found");
            }
        }
        for query in ["", "?from=now", "?from=&to=now"] {
            ana.get(&format!("/api/statements/{id}/compare{query}")).await.refused(422, "field-missing");
        }
    }

    async fn whoever_may_not_read_the_draft_compares_nothing(world) {
        let (ana, id, _) = written_on(world).await;
        let path = format!("/api/statements/{id}/compare?from=Rev.1&to=now");
        world.stranger().get(&path).await.refused(401, "signed-out");
        let member = world.person("focalpoint@osap-ml.example").await;
        member.get(&path).await.refused(404, "not-found");
        let published = ana.starts_a_statement("Mend the roof", &world.ids(&["ORG-001"]).await, "Rain is for nobody.").await;
        ana.freezes(&published).await;
        let round = ana.opens_a_round(&published, &world.ids(&["ORG-001"]).await, 24).await;
        ana.closes(&round).await;
        ana.publishes(&published).await;
        // What is published is read by everybody; how it came about is not.
        let path = format!("/api/statements/{published}/compare?from=Rev.1&to=Rev.1");
        member.get(&path).await.refused(404, "not-found");
        ana.get(&path).await.good();
    }
}
