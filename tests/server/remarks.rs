//! What is said about a passage: who may, who is told, what stands when two come at once.

use serde_json::{Value, json};

use crate::world::{Person, World, people::Reply};

const AJO: &str = "focalpoint@ajo-ch.example";
const BCAP: &str = "focalpoint@bcap-ke.example";
/// Usually withholds its name.
const MARSH: &str = "focalpoint@mvrc-xv.example";
const OUTSIDER: &str = "focalpoint@osap-ml.example";

/// A draft of two organisations that show their names and of one that does not; and the coordinator.
async fn a_draft(world: &World) -> (Person, String) {
    let ana = world.coordinator().await;
    let drafters = world.ids(&["ORG-056", "ORG-001", "ORG-071"]).await;
    let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
    (ana, id)
}

fn about(quote: &str, body: &str) -> Value {
    json!({ "root": "draft", "first": "1.22", "last": "1.26", "quote": quote, "among": "all", "body": body })
}

async fn tries_to_open(person: &Person, id: &str, ask: Value) -> Reply {
    person.post(&format!("/api/statements/{id}/threads"), ask).await
}

async fn opens(person: &Person, id: &str, body: &str) -> String {
    tries_to_open(person, id, about("Books", body)).await.good()["id"].as_str().unwrap().to_owned()
}

async fn opens_among_coordinators(person: &Person, id: &str, body: &str) -> Reply {
    let mut ask = about("Books", body);
    ask["among"] = json!("coordinators");
    tries_to_open(person, id, ask).await
}

async fn replies(person: &Person, id: &str, thread: &str, body: &str) -> Reply {
    person.post(&format!("/api/statements/{id}/threads/{thread}/remarks"), json!({ "body": body })).await
}

async fn settles(person: &Person, id: &str, thread: &str, resolved: bool, seen: &Value) -> Reply {
    person.put(&format!("/api/statements/{id}/threads/{thread}"), json!({ "resolved": resolved, "seen": seen })).await
}

async fn list(person: &Person, id: &str) -> Value {
    person.get(&format!("/api/statements/{id}/threads")).await.good()
}

async fn threads(person: &Person, id: &str) -> Vec<Value> {
    list(person, id).await["threads"].as_array().unwrap().clone()
}

async fn thread(person: &Person, id: &str, thread: &str) -> Value {
    threads(person, id).await.into_iter().find(|one| one["id"] == thread).expect("the thread")
}

fn said(thread: &Value) -> Vec<&str> {
    thread["remarks"].as_array().unwrap().iter().map(|remark| remark["body"].as_str().unwrap()).collect()
}

both_databases! {
    async fn a_thread_is_opened_replied_to_resolved_and_opened_again(world) {
        let (ana, id) = a_draft(world).await;
        let (francois, wanjiru) = (world.person(AJO).await, world.person(BCAP).await);
        let asked = opens(&francois, &id, "Which books?\n\nPlease name them.").await;
        replies(&wanjiru, &id, &asked, "كل الكتب").await.good();

        let one = thread(&ana, &id, &asked).await;
        assert_eq!(said(&one), ["Which books?\n\nPlease name them.", "كل الكتب"]);
        assert_eq!((&one["root"], &one["first"], &one["last"], &one["quote"]), (&json!("draft"), &json!("1.22"), &json!("1.26"), &json!("Books")));
        assert_eq!(one["remarks"][0]["by"]["organisation"]["acronym"], "AJO");
        assert!(one["remarks"][0]["by"]["person"].is_string() && one["resolved"].is_null());
        assert_eq!((&one["remarks"][0]["by"]["own"], &thread(&francois, &id, &asked).await["remarks"][0]["by"]["own"]), (&json!(false), &json!(true)));

        settles(&wanjiru, &id, &asked, true, &one["seen"]).await.good();
        let resolved = thread(&francois, &id, &asked).await;
        assert_eq!(resolved["resolved"]["by"]["organisation"]["acronym"], "BCAP");
        settles(&francois, &id, &asked, false, &resolved["seen"]).await.good();
        assert!(thread(&francois, &id, &asked).await["resolved"].is_null());

        // What is said in a resolved thread is not overlooked.
        settles(&ana, &id, &asked, true, &thread(&ana, &id, &asked).await["seen"]).await.good();
        assert_eq!(thread(&francois, &id, &asked).await["resolved"]["by"]["organisation"], Value::Null, "the secretariat did");
        replies(&francois, &id, &asked, "One more thing.").await.good();
        assert!(thread(&ana, &id, &asked).await["resolved"].is_null());
    }

    async fn a_thread_leaves_no_trace_in_the_draft_or_its_edition(world) {
        let (ana, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        let before = ana.get(&format!("/api/statements/{id}/freeze")).await.good();
        opens(&francois, &id, "Hush").await;
        let after = ana.get(&format!("/api/statements/{id}/freeze")).await.good();
        assert_eq!((&after["text"], &after["seen"], &after["problems"]), (&before["text"], &before["seen"], &json!([])), "and open threads stop no freeze");
        let edition = ana.freezes(&id).await;
        assert!(!edition.to_string().contains("Hush"));
    }

    async fn nothing_is_resolved_over_a_reply_that_was_not_seen(world) {
        let (ana, id) = a_draft(world).await;
        let (francois, wanjiru) = (world.person(AJO).await, world.person(BCAP).await);
        let asked = opens(&francois, &id, "Which books?").await;
        let seen = thread(&ana, &id, &asked).await["seen"].clone();
        replies(&wanjiru, &id, &asked, "Wait, I have a question.").await.good();
        settles(&ana, &id, &asked, true, &seen).await.refused(409, "seen-changed");
        assert!(thread(&ana, &id, &asked).await["resolved"].is_null());
        let seen = thread(&ana, &id, &asked).await["seen"].clone();
        settles(&ana, &id, &asked, true, &seen).await.good();
        // Whoever did not hear that it was done asks once more.
        settles(&ana, &id, &asked, true, &seen).await.good();
    }

    async fn two_replies_at_once_both_stand_and_one_said_again_stands_once(world) {
        let (_, id) = a_draft(world).await;
        let (francois, wanjiru) = (world.person(AJO).await, world.person(BCAP).await);
        let asked = opens(&francois, &id, "Which books?").await;
        assert_eq!(opens(&francois, &id, "Which books?").await, asked, "the answer was lost, and it is asked again");
        let (one, other) = tokio::join!(replies(&francois, &id, &asked, "These."), replies(&wanjiru, &id, &asked, "Those."));
        assert_eq!((one.status, other.status), (204, 204));
        let mut both = said(&thread(&francois, &id, &asked).await).into_iter().map(str::to_owned).collect::<Vec<_>>();
        both.sort();
        assert_eq!(both, ["These.", "Those.", "Which books?"]);
        replies(&wanjiru, &id, &asked, "Agreed.").await.good();
        replies(&wanjiru, &id, &asked, "Agreed.").await.good();
        assert_eq!(said(&thread(&francois, &id, &asked).await).len(), 4);
    }

    async fn a_thread_among_coordinators_exists_for_nobody_else(world) {
        let (ana, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        let before = list(&francois, &id).await;
        assert_eq!((&before["may_take_part"], &before["may_be_among_coordinators"]), (&json!(true), &json!(false)));
        opens_among_coordinators(&francois, &id, "Between us.").await.refused(403, "not-allowed");
        let hidden = opens_among_coordinators(&ana, &id, "Is AJO allowed to say this?").await.good()["id"].as_str().unwrap().to_owned();
        assert_eq!(thread(&ana, &id, &hidden).await["among"], "coordinators");

        assert_eq!(list(&francois, &id).await, before, "not even the fingerprint of the list is another");
        let unknown = replies(&francois, &id, "00000000000000000000000001", "Hello").await;
        let answer = replies(&francois, &id, &hidden, "Hello").await;
        assert_eq!((answer.status, &answer.body), (unknown.status, &unknown.body));
        answer.refused(404, "not-found");
        settles(&francois, &id, &hidden, true, &json!("")).await.refused(404, "not-found");
        assert_eq!(said(&thread(&ana, &id, &hidden).await), ["Is AJO allowed to say this?"]);
        // One of another draft is not reached through this one.
        let other = ana.starts_a_statement("Mend the roof", &[], "Rain is for nobody.").await;
        replies(&ana, &other, &hidden, "Hello").await.refused(404, "not-found");
    }

    async fn whoever_writes_unnamed_is_unnamed_in_its_threads(world) {
        let (ana, id) = a_draft(world).await;
        let (francois, rana) = (world.person(AJO).await, world.person(MARSH).await);
        let asked = opens(&rana, &id, "Which books?").await;
        settles(&rana, &id, &asked, true, &thread(&rana, &id, &asked).await["seen"]).await.good();
        for reader in [&francois, &ana] {
            let answer = reader.get(&format!("/api/statements/{id}/threads")).await.text();
            for trace in ["MVRC", "Marsh Villages", "ORG-071", "Focal point", "mvrc-xv"] {
                assert!(!answer.contains(trace), "{trace} in {answer}");
            }
            let one = thread(reader, &id, &asked).await;
            let nobody = json!({ "organisation": null, "unnamed": true, "person": null, "own": false });
            assert_eq!((&one["remarks"][0]["by"], &one["resolved"]["by"]), (&nobody, &nobody));
        }
        assert_eq!(thread(&rana, &id, &asked).await["remarks"][0]["by"]["organisation"]["acronym"], "MVRC", "its own people know it");

        // It chooses to be named and unnamed again, and so are its remarks; and so they stay when it writes no more.
        let choose = async |unnamed: bool| {
            let path = format!("/api/statements/{id}/writers");
            let seen = rana.get(&path).await.good()["own"]["seen"].clone();
            rana.put(&path, json!({ "unnamed": unnamed, "seen": seen })).await.good();
        };
        choose(false).await;
        assert_eq!(thread(&francois, &id, &asked).await["remarks"][0]["by"]["organisation"]["acronym"], "MVRC");
        choose(true).await;
        let drafters = world.ids(&["ORG-056"]).await;
        ana.chooses_drafters(&id, &drafters).await.good();
        let one = thread(&francois, &id, &asked).await;
        assert_eq!((&one["remarks"][0]["by"]["organisation"], &one["remarks"][0]["by"]["unnamed"]), (&Value::Null, &json!(true)));
        rana.get(&format!("/api/statements/{id}/threads")).await.refused(404, "not-found");
    }

    async fn whoever_may_not_write_the_draft_neither_reads_nor_says_anything(world) {
        let (ana, id) = a_draft(world).await;
        let outsider = world.person(OUTSIDER).await;
        let francois = world.person(AJO).await;
        let asked = opens(&francois, &id, "Which books?").await;
        outsider.get(&format!("/api/statements/{id}/threads")).await.refused(404, "not-found");
        tries_to_open(&outsider, &id, about("Books", "Hello")).await.refused(404, "not-found");
        replies(&outsider, &id, &asked, "Hello").await.refused(404, "not-found");
        let drafters = world.ids(&["ORG-001"]).await;
        ana.chooses_drafters(&id, &drafters).await.good();
        replies(&francois, &id, &asked, "Hello").await.refused(404, "not-found");
        assert_eq!(thread(&ana, &id, &asked).await["remarks"][0]["by"]["organisation"]["acronym"], "AJO", "what it said stays its own");
    }

    async fn a_frozen_drafts_threads_are_read_and_take_nothing_until_it_is_reopened(world) {
        let (ana, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        let asked = opens(&francois, &id, "Which books?").await;
        let seen = thread(&francois, &id, &asked).await["seen"].clone();
        ana.freezes(&id).await;
        for person in [&francois, &ana] {
            let shown = list(person, &id).await;
            assert_eq!((shown["threads"].as_array().unwrap().len(), &shown["may_take_part"], &shown["may_be_among_coordinators"]), (1, &json!(false), &json!(false)));
            tries_to_open(person, &id, about("Books", "Too late")).await.refused(409, "remarks-closed");
            replies(person, &id, &asked, "Too late").await.refused(409, "remarks-closed");
            settles(person, &id, &asked, true, &seen).await.refused(409, "remarks-closed");
        }
        ana.tries_to_reopen(&id).await.good();
        replies(&francois, &id, &asked, "As I asked before").await.good();
    }

    async fn a_page_that_asks_again_is_answered_only_when_something_was_said(world) {
        let (_, id) = a_draft(world).await;
        let (francois, wanjiru) = (world.person(AJO).await, world.person(BCAP).await);
        let asked = opens(&francois, &id, "Which books?").await;
        let told = list(&wanjiru, &id).await["told"].as_str().unwrap().to_owned();
        let path = format!("/api/statements/{id}/threads?known={told}");
        assert_eq!(wanjiru.get(&path).await.status, 204);
        replies(&francois, &id, &asked, "These?").await.good();
        let now = wanjiru.get(&path).await.good();
        assert_eq!(said(&now["threads"][0]), ["Which books?", "These?"]);
    }

    async fn what_cannot_be_said_is_refused_with_its_reason(world) {
        let (_, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        for (ask, code) in [
            (about("Books", " \n "), "field-missing"),
            (about("Books", &"x".repeat(2_001)), "field-too-long"),
            (about("Books", "pay \u{202e}000.01"), "character-unseen"),
            (about(" ", "Which books?"), "field-missing"),
            (about(&"x".repeat(501), "Which books?"), "field-too-long"),
        ] {
            tries_to_open(&francois, &id, ask).await.refused(422, code);
        }
        for (field, wrong) in [("root", "asks"), ("first", "1"), ("last", "1.x"), ("first", "99999999999999999.1")] {
            let mut ask = about("Books", "Which books?");
            ask[field] = json!(wrong);
            tries_to_open(&francois, &id, ask).await.refused(422, "field-invalid");
        }
        assert_eq!(threads(&francois, &id).await, [] as [Value; 0]);
        // Markup is words.
        let asked = opens(&francois, &id, "<img src=x onerror=alert(1)> & “quotes”").await;
        assert_eq!(said(&thread(&francois, &id, &asked).await), ["<img src=x onerror=alert(1)> & “quotes”"]);
    }

    async fn one_person_says_only_so_much_in_an_hour(world) {
        let (_, id) = a_draft(world).await;
        let (francois, wanjiru) = (world.person(AJO).await, world.person(BCAP).await);
        let asked = opens(&francois, &id, "Which books?").await;
        for number in 1..undersigned::remarks::limits::REMARKS_AN_HOUR_MAX {
            replies(&francois, &id, &asked, &format!("And this one: {number}")).await.good();
        }
        replies(&francois, &id, &asked, "And this").await.refused(429, "too-many");
        replies(&wanjiru, &id, &asked, "Enough.").await.good();
        world.advance(undersigned::remarks::limits::HOUR_SECONDS + 1).await;
        replies(&francois, &id, &asked, "And this").await.good();
    }
}
