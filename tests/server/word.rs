//! Word files of a draft and of what changed: who gets one, what is in it, and what never is.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;
use serde_json::{Value, json};
use yrs::{Any, Doc, Text, Transact};

use crate::drafting::writer;
use crate::world::{Person, World, people::Reply};

const AJO: &str = "focalpoint@ajo-ch.example";
const BCAP: &str = "focalpoint@bcap-ke.example";
/// Usually withholds its name.
const MARSH: &str = "focalpoint@mvrc-xv.example";

async fn a_draft(world: &World) -> (Person, String) {
    let ana = world.coordinator().await;
    let drafters = world.ids(&["ORG-056", "ORG-001", "ORG-071"]).await;
    let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
    (ana, id)
}

async fn opens_a_thread(person: &Person, id: &str, quote: &str, body: &str, among: &str) -> String {
    let ask = json!({ "root": "draft", "first": "1.22", "last": "1.26", "quote": quote, "among": among, "body": body });
    person.post(&format!("/api/statements/{id}/threads"), ask).await.good()["id"].as_str().unwrap().to_owned()
}

/// The parts of a Word file, read from the headers before each.
fn parts(reply: &Reply) -> BTreeMap<String, String> {
    let file = &reply.body;
    let number = |at: usize, bytes: usize| file[at..at + bytes].iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let (mut parts, mut at) = (BTreeMap::new(), 0);
    while file[at..].starts_with(b"PK\x03\x04") {
        let begins = at + 30 + number(at + 26, 2);
        let ends = begins + number(at + 18, 4);
        let mut content = String::new();
        DeflateDecoder::new(&file[begins..ends]).read_to_string(&mut content).unwrap();
        parts.insert(String::from_utf8(file[at + 30..begins].to_vec()).unwrap(), content);
        at = ends;
    }
    parts
}

async fn word(person: &Person, id: &str, name: &str) -> Reply {
    let reply = person.get(&format!("/api/statements/{id}/{name}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_eq!(reply.header("cache-control"), "no-store");
    reply
}

both_databases! {
    async fn what_changed_since_an_edition_leaves_as_tracked_changes(world) {
        let (ana, id) = a_draft(world).await;
        ana.freezes(&id).await;
        ana.tries_to_reopen(&id).await.good();
        let mut wanjiru = writer(world, BCAP, &id).await;
        wanjiru.types(" Also for children.").await;
        wanjiru.is_acknowledged().await;
        let reply = word(&ana, &id, "compare.docx?from=Rev.1&to=now").await;
        assert_eq!(reply.header("content-disposition"), "attachment; filename=\"compare.docx\"", "the name says nothing of what is in it");
        let parts = parts(&reply);
        let document = &parts["word/document.xml"];
        assert!(document.contains("w:author=\"Changes since Rev.1\""), "{document}");
        assert_eq!(document.matches("<w:ins ").count(), 1, "{document}");
        assert!(document.contains("Also for children.</w:t>") && document.contains("Books are for everybody."));
        assert!(!document.contains("<w:del "));
        // Nobody who wrote is named, and no hour is told to the second.
        let whole = parts.values().cloned().collect::<String>();
        assert!(!whole.contains("Wanjiru") && !whole.contains("BCAP"), "{whole}");
        let seconds = |date: &str| date.get(17..19).unwrap_or_default().to_owned();
        assert!(document.split("w:date=\"").skip(1).all(|date| seconds(date) == "00"), "{document}");

        let again = word(&world.person(BCAP).await, &id, "compare.docx?from=Rev.1&to=now").await;
        assert_eq!(again.body, reply.body, "whoever asks, the same texts are the same file");
        let back = self::parts(&word(&ana, &id, "compare.docx?from=now&to=Rev.1").await)["word/document.xml"].clone();
        assert!(back.contains("<w:delText") && back.contains("Changes since the draft of "), "{back}");
    }

    async fn a_draft_leaves_with_its_threads_and_without_those_among_coordinators(world) {
        let (ana, id) = a_draft(world).await;
        let (francois, rana) = (world.person(AJO).await, world.person(MARSH).await);
        let asked = opens_a_thread(&francois, &id, "Books", "Which books?\nPlease <name> them.", "all").await;
        let hushed = opens_a_thread(&rana, &id, "nowhere to be found", "We would rather not.", "all").await;
        opens_a_thread(&ana, &id, "Books", "Hush among us.", "coordinators").await;
        ana.post(&format!("/api/statements/{id}/threads/{asked}/remarks"), json!({ "body": "All of them." })).await.good();
        let seen = ana.get(&format!("/api/statements/{id}/threads")).await.good()["threads"].as_array().unwrap().iter()
            .find(|thread| thread["id"] == *asked).unwrap()["seen"].clone();
        ana.put(&format!("/api/statements/{id}/threads/{asked}"), json!({ "resolved": true, "seen": seen })).await.good();

        for person in [&ana, &rana] {
            let parts = parts(&word(person, &id, "draft.docx").await);
            let (comments, document) = (&parts["word/comments.xml"], &parts["word/document.xml"]);
            let of = |part: &str, before: &str| part.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>();
            let authors = of(comments, "w:author=\"");
            assert_eq!(authors.len(), 3, "{comments}");
            assert_eq!((authors[1].as_str(), authors[2].as_str()), ("Secretariat", "Unnamed organisation"));
            assert!(comments.contains("w:initials=\"AJO\"") && comments.contains("Please &lt;name&gt; them."));
            // Of whoever is unnamed the day is told and no hour, to its own people too: a file goes from hand to hand.
            assert!(of(comments, "w:date=\"")[2].ends_with("T00:00:00Z"), "{comments}");
            assert!(comments.contains("About “nowhere to be found”:"), "what has no place says what it is about: {comments}");
            assert!(document.contains("<w:commentRangeStart w:id=\"0\"/><w:commentRangeStart w:id=\"1\"/>"), "{document}");
            assert_eq!(of(&parts["word/commentsExtended.xml"], "w15:done=\""), ["1", "1", "0"]);
            let whole = parts.values().cloned().collect::<String>();
            for never in ["Hush", "Fran", "Rana", "Ana ", "MVRC", "Marsh", "127.0.0.1"] {
                assert!(!whole.contains(never), "{never} in {whole}");
            }
        }
        assert_ne!(hushed, asked);
    }

    async fn a_text_that_is_not_there_or_not_for_the_caller_is_no_file(world) {
        let (ana, id) = a_draft(world).await;
        let compare = format!("/api/statements/{id}/compare.docx");
        ana.get(&format!("{compare}?from=Rev.1&to=now")).await.refused(404, "side-not-found");
        ana.get(&format!("{compare}?from=now")).await.refused(422, "field-missing");
        for path in [format!("{compare}?from=now&to=now"), format!("/api/statements/{id}/draft.docx")] {
            world.stranger().get(&path).await.refused(401, "signed-out");
            world.person("focalpoint@osap-ml.example").await.get(&path).await.refused(404, "not-found");
            assert_eq!(ana.get(&path).await.status, 200);
        }
        let frozen: Value = ana.freezes(&id).await;
        assert_eq!(frozen["label"], "Rev.1");
        // Once it is frozen its drafters read it still.
        word(&world.person(BCAP).await, &id, "draft.docx").await;
    }

    async fn what_is_proposed_leaves_as_changes_of_the_organisations_that_propose_it(world) {
        let (ana, id) = a_draft(world).await;
        for (email, client, words) in [(BCAP, 7_000_001, "children too. "), (MARSH, 7_000_002, "Everybody. ")] {
            let mut hand = writer(world, email, &id).await;
            let handle = world.person(email).await.get(&format!("/api/statements/{id}")).await.good()["my_handle"].as_str().unwrap().to_owned();
            let proposing = |page: &Doc| {
                let (asks, body) = (page.get_or_insert_text("asks"), page.get_or_insert_text("draft"));
                let mut txn = page.transact_mut();
                for said in [json!({ "by": handle }), json!({ "ask": "0123456789" })] {
                    let end = asks.len(&txn);
                    asks.insert_embed(&mut txn, end, Any::from_json(&said.to_string()).unwrap());
                }
                let end = body.len(&txn) - 1;
                body.insert(&mut txn, end, words);
            };
            hand.acts_as(client, proposing).await;
            hand.is_acknowledged().await;
        }
        let document = parts(&word(&ana, &id, "draft.docx").await)["word/document.xml"].clone();
        let changes: Vec<&str> = document.split("<w:ins ").skip(1).map(|change| change.split("</w:ins>").next().unwrap()).collect();
        let by = |words: &str| *changes.iter().find(|change| change.contains(words)).unwrap_or_else(|| panic!("{words} in {document}"));
        assert!(!by("children too.").contains("Unnamed organisation") && by("children too.").contains("w:author="), "{document}");
        assert!(by("Everybody.").contains(r#"w:author="Unnamed organisation""#), "{document}");
        assert!(by("Everybody.").contains("T00:00:00Z"), "{document}");
        assert!(!document.contains("Marsh") && !changes.iter().any(|change| change.contains("Books are for everybody.")), "{document}");
    }
}
