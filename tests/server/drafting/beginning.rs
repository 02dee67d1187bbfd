//! How a draft begins: with its title, put there by the server before anybody comes; with a text, while nobody has written;
//! and, if it is of before, with what it said.

use serde_json::{Value, json};
use undersigned::kernel::StatementId;

use super::{AJO, BCAP, writer};
use crate::world::{Person, World};

async fn started(world: &World, title: &str) -> (Person, String) {
    let ana = world.coordinator().await;
    let started = ana.post("/api/statements", json!({ "title": title, "language": "en" })).await.good();
    let id = started["id"].as_str().unwrap().to_owned();
    ana.chooses_drafters(&id, &world.ids(&["ORG-056", "ORG-001"]).await).await.good();
    (ana, id)
}

fn text(words: &str) -> Value {
    let say = |words: &str| json!([{ "type": "text", "text": words }]);
    json!({ "text": { "v": "text/v1", "language": "en", "blocks": [
        { "type": "heading", "level": 1, "content": say("Keep the library open") },
        { "type": "numbered", "level": 1, "label": "1.", "content": [
            { "type": "text", "text": words },
            { "type": "footnote", "number": 1, "content": [{ "content": say("A note.") }] },
        ] },
    ] } })
}

/// Type and words of each block, as the page before freezing has them.
async fn blocks(ana: &Person, id: &str) -> Vec<(String, String)> {
    let shown = ana.get(&format!("/api/statements/{id}/freeze")).await.good();
    let words = |block: &Value| block["content"].as_array().unwrap().iter().filter_map(|one| one["text"].as_str()).collect();
    shown["text"]["blocks"].as_array().unwrap().iter().map(|block| (block["type"].as_str().unwrap().to_owned(), words(block))).collect()
}

both_databases! {
    async fn a_draft_has_its_title_before_anybody_comes(world) {
        let (_, id) = started(world, "Keep the library open").await;
        // Two come at once, and the server is killed before either writes.
        let (ben, cleo) = tokio::join!(writer(world, AJO, &id), writer(world, BCAP, &id));
        assert_eq!((ben.text(), cleo.text()), ("Keep the library open\n\n".to_owned(), "Keep the library open\n\n".to_owned()));
        world.is_killed();
        world.start();
        let mut ben = writer(world, AJO, &id).await;
        ben.types("Books are for everybody.").await;
        ben.is_acknowledged().await;
        assert_eq!(ben.text(), "Keep the library open\nBooks are for everybody.\n");
        let ana = world.coordinator().await;
        let wanted = [("heading", "Keep the library open"), ("paragraph", "Books are for everybody.")];
        assert_eq!(blocks(&ana, &id).await, wanted.map(|(kind, words)| (kind.to_owned(), words.to_owned())));
        ana.freezes(&id).await;
    }

    async fn a_text_takes_the_place_of_the_title_while_nobody_has_written(world) {
        let (ana, id) = started(world, "Working title").await;
        let mut ben = writer(world, AJO, &id).await;
        let draft = format!("/api/statements/{id}/draft");
        let (one, other) = tokio::join!(ana.post(&draft, text("Books are for everybody.")), ana.post(&draft, text("Books are for everybody.")));
        one.good();
        other.good();
        ana.post(&draft, text("Books are for everybody.")).await.good();
        ben.sees("Books are for everybody.").await;
        assert_eq!(ben.text(), "Keep the library open\nBooks are for everybody.\n", "once, and without the title of before");
        ana.post(&draft, text("Something else.")).await.refused(422, "field-invalid");

        ben.types(" And quiet.").await;
        ben.is_acknowledged().await;
        ana.post(&draft, text("Books are for everybody.")).await.refused(422, "field-invalid");
        let wanted = [("heading", "Keep the library open"), ("numbered", "Books are for everybody. And quiet.")];
        assert_eq!(blocks(&ana, &id).await, wanted.map(|(kind, words)| (kind.to_owned(), words.to_owned())));
    }

    async fn a_text_that_a_draft_cannot_hold_is_refused(world) {
        let (ana, id) = started(world, "Working title").await;
        let draft = format!("/api/statements/{id}/draft");
        for (block, field) in [
            (json!({ "type": "paragraph", "content": [{ "type": "text", "text": "x", "lang": "en_GB" }] }), "lang"),
            (json!({ "type": "paragraph", "content": [{ "type": "text", "text": "x", "link": "page.html" }] }), "link"),
            (json!({ "type": "heading", "level": 5, "content": [] }), "text"),
            (json!({ "type": "ordered", "level": 1, "content": [] }), "text"),
        ] {
            let refused = ana.post(&draft, json!({ "text": { "v": "text/v1", "language": "en", "blocks": [block] } })).await;
            refused.refused(422, "field-invalid");
            assert_eq!(refused.json()["params"]["field"], field);
        }
        ana.post(&draft, json!({ "text": { "v": "text/v1", "language": "en", "blocks": [{ "type": "list", "items": [] }] } })).await.refused(400, "malformed");
        assert_eq!(blocks(&ana, &id).await, [("heading".to_owned(), "Working title".to_owned())]);
    }

    async fn a_draft_of_before_opens_with_what_it_said(world) {
        let (_, id) = started(world, "Joint statement").await;
        // As a server of before left it: the journal of three people, and no beginning.
        world.is_killed();
        let updates = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/prosemirror/v1.update.bin")).unwrap();
        let (update, statement) = (hex::encode(updates), format!("{:032x}", id.parse::<StatementId>().unwrap().number()));
        world.database().runs(
            &format!("INSERT INTO draft_updates (statement, seq, person, organisation, body, at) VALUES (x'{statement}', 7, x'{statement}', NULL, x'{update}', '2026-01-01 00:00:00')"),
            &format!("INSERT INTO draft_updates (statement, seq, person, organisation, body, at) VALUES (decode('{statement}', 'hex'), 7, decode('{statement}', 'hex'), NULL, decode('{update}', 'hex'), '2026-01-01 00:00:00')"),
        );
        world.start();
        let mut ben = writer(world, AJO, &id).await;
        ben.sees("Joint statement on the high seas\nWe, the undersigned, strongly and urgently call on States").await;
        ben.types("And more.").await;
        ben.is_acknowledged().await;
        world.is_killed();
        world.start();
        let ana = world.coordinator().await;
        let shown = blocks(&ana, &id).await;
        assert_eq!(shown[2..6].iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["heading", "bullet", "bullet", "ordered"]);
        assert!(shown.last().unwrap().1.ends_with("version.And more."), "{shown:?}");
        assert!(ana.get(&format!("/api/statements/{id}/freeze")).await.text().contains("UN doc. A/RES/72/249, para. 1."));
    }
}
