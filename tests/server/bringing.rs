//! A file of a word processor comes back to a draft: it is looked at, and nothing of it is kept.

use serde_json::{Value, json};

use crate::drafting::{a_draft, writer};
use crate::world::{Person, people::Reply};

const BCAP: &str = "focalpoint@bcap-ke.example";
const OSAP: &str = "focalpoint@osap-ml.example";

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/vectors/word/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

async fn looks_at(person: &Person, id: &str, changes: &str, bytes: Vec<u8>) -> Reply {
    let path = format!("/api/statements/{id}/word?changes={changes}");
    person.send(person.request("POST", &path).header("content-type", "application/octet-stream").body(bytes)).await
}

/// What became of each paragraph of the draft, and what came.
fn rows(preview: &Value) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    preview["comparison"]["rows"].as_array().unwrap().iter().map(|row| word(&row["row"])).collect()
}

both_databases! {
    async fn a_file_is_compared_with_the_draft_and_changes_nothing(world) {
        let (ana, id) = a_draft(world).await;
        let mut wanjiru = writer(world, BCAP, &id).await;
        wanjiru.types(" Also for children.").await;
        wanjiru.is_acknowledged().await;
        let before = wanjiru.text();
        for name in ["rich.docx", "rich.odt"] {
            let preview = looks_at(&world.person(BCAP).await, &id, "with", file(name)).await.good();
            let all = rows(&preview);
            assert_eq!((all[0].as_str(), all.iter().filter(|row| *row == "removed").count()), ("same", 1), "{name}: {all:?}");
            assert_eq!((&preview["paragraphs"], &preview["footnotes"]), (&json!(14), &json!(1)), "{name}");
            assert_eq!(preview["left_out"], json!(["tables"]), "{name}");
            assert_eq!(preview["comments"][0]["body"], json!("Which treaty is meant?"), "{name}");
            let place = preview["comments"][0]["place"]["block"].as_u64().unwrap();
            assert_eq!(place, 3, "{name}");
            assert_eq!(preview["tracked"].as_array().unwrap().len(), 2, "{name}");
            let other = looks_at(&ana, &id, "without", file(name)).await.good();
            assert_ne!(preview["comparison"], other["comparison"], "{name}: with and without its changes");
        }
        wanjiru.types("!").await;
        wanjiru.is_acknowledged().await;
        assert_eq!(wanjiru.text(), format!("{}!\n", before.trim_end()), "nobody wrote but her");
    }

    async fn what_cannot_be_read_is_refused_with_a_sentence(world) {
        let (ana, id) = a_draft(world).await;
        looks_at(&ana, &id, "with", b"words".to_vec()).await.refused(422, "word-unknown");
        looks_at(&ana, &id, "with", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on".to_vec()).await.refused(422, "word-old");
        let whole = file("rich.docx");
        looks_at(&ana, &id, "with", whole[..whole.len() / 2].to_vec()).await.refused(422, "word-unknown");
        looks_at(&ana, &id, "with", vec![0; 8 * 1024 * 1024 + 1]).await.refused(413, "too-large");
        let sent_as_words = ana.request("POST", &format!("/api/statements/{id}/word?changes=with")).header("content-type", "text/plain").body("x");
        ana.send(sent_as_words).await.refused(415, "wrong-content-type");
    }

    async fn only_whoever_writes_the_draft_brings_something_in_and_only_while_it_is_one(world) {
        let (ana, id) = a_draft(world).await;
        looks_at(&world.person(OSAP).await, &id, "with", file("rich.docx")).await.refused(404, "not-found");
        let wanjiru = world.person(BCAP).await;
        let organisation = world.ids(&["ORG-001"]).await;
        for may in ["read", "comment"] {
            ana.gives(&id, &[(&organisation[0], may)], Value::Null).await.good();
            looks_at(&wanjiru, &id, "with", file("rich.docx")).await.refused(403, "not-allowed");
        }
        ana.gives(&id, &[(&organisation[0], "suggest")], Value::Null).await.good();
        looks_at(&wanjiru, &id, "with", file("rich.docx")).await.good();
        ana.freezes(&id).await;
        looks_at(&ana, &id, "with", file("rich.docx")).await.refused(409, "statement-not-drafting");
    }
}
