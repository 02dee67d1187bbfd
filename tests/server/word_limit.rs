//! A limit on the words of a statement: coordinators set it, whoever writes sees it, and it stops nobody.

use serde_json::{Value, json};

use crate::world::Person;

async fn limits(ana: &Person, id: &str, limit: Value) -> crate::world::people::Reply {
    ana.put(&format!("/api/statements/{id}/limit"), json!({ "limit": limit })).await
}

async fn shown_to(person: &Person, id: &str) -> Value {
    person.get(&format!("/api/statements/{id}")).await.good()["limit"].clone()
}

both_databases! {
    async fn whoever_writes_sees_the_limit_and_a_text_beyond_it_is_frozen_all_the_same(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
        let wanjiru = world.person("focalpoint@bcap-ke.example").await;
        assert_eq!(shown_to(&wanjiru, &id).await, Value::Null);

        let limit = json!({ "words": 7, "with_notes": true });
        assert_eq!(limits(&ana, &id, limit.clone()).await.good()["limit"], limit);
        assert_eq!(shown_to(&wanjiru, &id).await, limit);
        let preview = ana.get(&format!("/api/statements/{id}/freeze")).await.good();
        assert_eq!((&preview["limit"], &preview["counts"]["words_with_notes"]), (&limit, &json!(8)));
        assert_eq!(preview["problems"], json!([]), "it is no obstacle");
        assert_eq!(preview["counts"]["seconds"], 4);

        ana.freezes(&id).await;
        limits(&ana, &id, json!({ "words": 8, "with_notes": true })).await.refused(409, "statement-not-drafting");
    }

    async fn setting_a_limit_is_told_and_doing_it_again_is_not(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
        for limit in [json!({ "words": 1500, "with_notes": false }), json!({ "words": 1500, "with_notes": false }), json!({ "words": 2000, "with_notes": true })] {
            limits(&ana, &id, limit).await.good();
        }
        assert_eq!(limits(&ana, &id, Value::Null).await.good()["limit"], Value::Null);
        assert_eq!(shown_to(&ana, &id).await, Value::Null);
        let history = ana.get(&format!("/api/statements/{id}/history")).await.good();
        let told: Vec<&str> = history["acts"].as_array().unwrap().iter().map(|act| act["sentence"].as_str().unwrap()).take(3).collect();
        assert_eq!(
            told,
            ["Took the limit of words away", "Set a limit of 2000 words, footnotes included", "Set a limit of 1500 words, footnotes left out"]
        );
    }

    async fn a_limit_is_a_number_of_words_that_a_text_can_have(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
        for words in [0, -1, 50_001] {
            limits(&ana, &id, json!({ "words": words, "with_notes": true })).await.refused(422, "field-invalid");
        }
        limits(&ana, &id, json!({ "words": 50_000, "with_notes": true })).await.good();
        let wanjiru = world.person("focalpoint@bcap-ke.example").await;
        limits(&wanjiru, &id, json!({ "words": 1, "with_notes": true })).await.refused(403, "not-allowed");
    }
}
