//! Writing together, over real sockets: what is acknowledged is stored, what is hostile is refused, what is frozen stays.

mod base;
mod beginning;
mod bench;
mod ceilings;
mod deaths;
#[path = "../../server/drafting/dice.rs"]
mod dice;
mod first_page;
mod holding;
mod rights;
mod segments;
mod suggestions;
mod trouble;
mod unnamed;
mod whatever;
mod writer;

use std::time::Duration;

use serde_json::{Value, json};
use undersigned::drafting::{limits::SEAT_BACKLOG_MAX, protocol};

use crate::world::{Person, World};
use writer::Heard;
pub use writer::Writer;

const AJO: &str = "focalpoint@ajo-ch.example";
const BCAP: &str = "focalpoint@bcap-ke.example";
/// The longest the server is silent on a socket.
const QUIET_SECONDS: i64 = undersigned::drafting::limits::QUIET_SECONDS_MAX as i64;

/// A statement that two organisations write, and the coordinator.
pub async fn a_draft(world: &World) -> (Person, String) {
    let ana = world.coordinator().await;
    let drafters = world.ids(&["ORG-056", "ORG-001"]).await;
    let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
    (ana, id)
}

pub async fn writer(world: &World, email: &str, statement: &str) -> Writer {
    let cookie = world.person(email).await.cookie().await;
    Writer::joins(&world.url, statement, Some(&cookie), "ack=1").await.expect("a seat")
}

both_databases! {
    async fn what_was_acknowledged_survives_a_power_cut(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        for word in ["alpha ", "beta ", "gamma "] {
            ben.types(word).await;
            ben.is_acknowledged().await;
            cleo.sees(word).await;
        }
        world.is_killed();
        world.start();
        let mut again = writer(world, BCAP, &id).await;
        again.sees("alpha beta gamma").await;
        again.sees("Books are for everybody.").await;
    }

    async fn people_who_write_at_once_end_with_one_text(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        for round in 0..20 {
            ben.types(&format!("b{round} ")).await;
            cleo.types(&format!("c{round} ")).await;
        }
        ben.is_acknowledged().await;
        cleo.is_acknowledged().await;
        ben.sees("c19").await;
        cleo.sees("b19").await;
        assert_eq!(ben.text(), cleo.text());
        let third = writer(world, AJO, &id).await;
        assert_eq!(third.text(), ben.text());
    }

    async fn a_stopped_server_has_stored_everything_and_says_so(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types("last words").await;
        ben.is_acknowledged().await;
        world.is_stopped();
        assert_eq!(ben.closing().await, (1012, "server-restarts".into()));
        world.start();
        writer(world, BCAP, &id).await.sees("last words").await;
    }

    async fn who_brings_more_at_once_than_may_wait_is_read_more_slowly_and_not_sent_away(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types_at_once("x", 2 * SEAT_BACKLOG_MAX).await;
        ben.is_acknowledged().await;
        assert!(writer(world, BCAP, &id).await.text().contains(&"x".repeat(2 * SEAT_BACKLOG_MAX)));
    }

    async fn hostile_bytes_close_their_own_connection_and_touch_nobody_else(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        // The recorded attacks forge client 11, which is Ben's here.
        ben.takes_client(11);
        ben.types("honest words").await;
        ben.is_acknowledged().await;
        let cookie = world.person(BCAP).await.cookie().await;
        let mut tried = 0;
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/hostile")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            if path.extension().is_none_or(|kind| kind != "bin") || name == "delete-foreign-range" {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let frames = if name.starts_with("awareness") {
                vec![[&[1, bytes.len() as u8][..], &bytes].concat().into()]
            } else {
                vec![protocol::update(&bytes), protocol::step2(&bytes)]
            };
            for frame in frames {
                let mut mallory = Writer::joins(&world.url, &id, Some(&cookie), "ack=1").await.expect("a seat");
                mallory.sends(frame).await;
                let (number, code) = mallory.closing().await;
                assert!((4400..4500).contains(&number) && !code.is_empty(), "{name}: {number} {code}");
                tried += 1;
            }
        }
        assert!(tried > 20);
        ben.types(" and more").await;
        ben.is_acknowledged().await;
        world.is_killed();
        world.start();
        let mut after = writer(world, BCAP, &id).await;
        after.sees("honest words and more").await;
        assert_eq!(after.text(), ben.text());
    }

    async fn a_frozen_draft_takes_no_edit_and_holds_every_acknowledged_one(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types("the last word ").await;
        ben.is_acknowledged().await;
        let preview = ana.get(&format!("/api/statements/{id}/freeze")).await.good();
        assert_eq!((&preview["label"], &preview["problems"], &preview["paragraphs"]), (&json!("Rev.1"), &json!([]), &json!(1)));
        let edition = ana.freezes(&id).await;
        assert!(edition["text"].to_string().contains("the last word"), "{edition}");
        assert_eq!(ben.closing().await, (4423, "draft-frozen".into()));

        let mut reader = writer(world, AJO, &id).await;
        reader.sees("the last word").await;
        reader.types("too late").await;
        assert_eq!(reader.closing().await, (4423, "draft-frozen".into()));

        ana.tries_to_reopen(&id).await.good();
        let mut again = writer(world, AJO, &id).await;
        assert!(!again.text().contains("too late"));
        again.types("anew ").await;
        again.is_acknowledged().await;
        assert_eq!(ana.freezes(&id).await["label"], "Rev.2");
    }

    async fn edits_and_a_freeze_that_meet_lose_nothing(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        // Whoever freezes while others type confirms words that are no longer the words: looks again, until they are.
        let freezing = {
            let id = id.clone();
            tokio::spawn(async move {
                loop {
                    let answer = ana.tries_to_freeze(&id).await;
                    if answer.status == 200 {
                        return answer.good();
                    }
                    answer.refused(409, "seen-changed");
                }
            })
        };
        let mut acknowledged = 0;
        for word in 0..500 {
            if !ben.tries_to_type(&format!("w{word} ")).await || !ben.is_acknowledged_or_closed().await {
                break;
            }
            acknowledged = word + 1;
            if word % 50 == 0 {
                tokio::time::sleep(std::time::Duration::from_millis(40)).await;
            }
        }
        let text = freezing.await.unwrap()["text"].to_string();
        for word in 0..acknowledged {
            assert!(text.contains(&format!("w{word} ")), "w{word} of {acknowledged} is missing");
        }
    }

    async fn who_loses_the_right_is_sent_away_at_once(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        let only = world.ids(&["ORG-001"]).await;
        ana.chooses_drafters(&id, &only).await.good();
        assert_eq!(ben.closing().await, (4403, "no-right-to-edit".into()));
        cleo.types("still here").await;
        cleo.is_acknowledged().await;
    }

    async fn the_door_opens_for_drafters_and_a_ticket_once(world) {
        let (_, id) = a_draft(world).await;
        let stranger = world.person("approver@mvrc-xv.example").await.cookie().await;
        assert_eq!(Writer::joins(&world.url, &id, Some(&stranger), "").await.err(), Some(404));
        assert_eq!(Writer::joins(&world.url, &id, None, "").await.err(), Some(401));
        assert_eq!(Writer::joins(&world.url, "0000000000000000000000000x", Some(&stranger), "").await.err(), Some(404));
        let ticket = world.person(AJO).await.post(&format!("/api/statements/{id}/ticket"), json!({})).await.good();
        let ticket = format!("ticket={}", ticket["ticket"].as_str().unwrap());
        assert!(Writer::joins(&world.url, &id, None, &ticket).await.is_ok());
        assert_eq!(Writer::joins(&world.url, &id, None, &ticket).await.err(), Some(401));
    }

    async fn a_page_of_another_description_is_sent_away_before_it_is_heard(world) {
        let (_, id) = a_draft(world).await;
        let cookie = world.person(AJO).await.cookie().await;
        let knocks = async |query: &str| Writer::joins(&world.url, &id, Some(&cookie), query).await.map(drop);
        assert_eq!(knocks("ack=1&text=0").await, Err(4426), "an older page");
        assert_eq!(knocks("ack=1&text=999").await, Err(4426), "a newer one");
        assert_eq!(knocks(&format!("ack=1&text={}", undersigned::text::description::version())).await, Ok(()));
        assert_eq!(knocks("").await, Ok(()), "programs that are not ours say nothing of it");
    }

    async fn nobody_is_heard_under_another_name(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        ben.says_here(json!({ "user": { "name": "The Chair", "color": "url(javascript:x)" }, "cursor": null })).await;
        let state = loop {
            if let Heard::Presence(states) = cleo.hears().await {
                break states.into_iter().next().unwrap();
            }
        };
        let user = state["user"].as_object().unwrap();
        assert_eq!(user.keys().collect::<Vec<_>>(), ["color", "handle"], "no place for a name: {state}");
        assert!(user["color"].is_u64());
    }

    async fn a_draft_begins_with_a_text_only_while_it_is_empty(world) {
        let (ana, id) = a_draft(world).await;
        let text = json!({ "text": { "v": "text/v1", "language": "en", "blocks": [{ "type": "paragraph", "content": [{ "type": "text", "text": "x" }] }] } });
        ana.post(&format!("/api/statements/{id}/draft"), text).await.refused(422, "field-invalid");
        let bad = json!({ "text": { "v": "text/v1", "language": "en", "blocks": [{ "type": "table" }] } });
        ana.post(&format!("/api/statements/{id}/draft"), bad).await.refused(400, "malformed");
        let unread: Value = ana.get(&format!("/api/statements/{id}/freeze")).await.good();
        assert_eq!(unread["words"], 8);
    }

    async fn a_draft_left_open_and_idle_hears_from_the_server(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        for _ in 0..3 {
            world.advance(QUIET_SECONDS).await;
            let Heard::Presence(states) = ben.hears().await else { panic!("something that says nothing") };
            assert_eq!(states, [] as [Value; 0]);
        }
    }

    async fn a_session_that_ends_closes_its_socket_and_says_so(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        world.advance(8 * 24 * 3600).await;
        assert_eq!(ben.closing().await, (4401, "signed-out".into()));
        assert_eq!(ben.comes_back(&world.url).await.err(), Some(401));
        assert_eq!(writer(world, AJO, &id).await.text(), ben.text());
    }

    async fn signing_out_closes_every_socket_of_that_session_at_once_and_no_other(world) {
        let (_, id) = a_draft(world).await;
        let ben = world.person(AJO).await;
        let cookie = ben.cookie().await;
        let mut tabs = Vec::new();
        for _ in 0..2 {
            tabs.push(Writer::joins(&world.url, &id, Some(&cookie), "ack=1").await.unwrap());
        }
        let mut elsewhere = writer(world, AJO, &id).await;
        // Wherever the cookie was copied to.
        let out = world.stranger().request("POST", "/api/sign-out").header("cookie", &cookie);
        assert_eq!(world.stranger().send(out).await.status, 204);
        for mut tab in tabs {
            // Before the room asks for everybody's rights again, which it does every half minute.
            let closing = tokio::time::timeout(Duration::from_secs(15), tab.closing()).await.expect("at once");
            assert_eq!(closing, (4401, "signed-out".into()));
        }
        elsewhere.types("Another session goes on.").await;
        elsewhere.is_acknowledged().await;
    }

    async fn words_are_never_sent_in_the_name_of_whoever_signed_in_meanwhile(world) {
        let (_, id) = a_draft(world).await;
        let ben = world.person(AJO).await;
        let cleo = world.person(BCAP).await;
        let person = ben.get("/api/me").await.good()["person"]["id"].as_str().unwrap().to_owned();
        let query = format!("ack=1&person={person}");
        let cookie = ben.cookie().await;
        assert!(Writer::joins(&world.url, &id, Some(&cookie), &query).await.is_ok());
        let cookie = cleo.cookie().await;
        assert_eq!(Writer::joins(&world.url, &id, Some(&cookie), &query).await.err(), Some(409));
        assert_eq!(Writer::joins(&world.url, &id, Some(&cookie), "person=nobody").await.err(), Some(409));
        cleo.get(&format!("/collab/{id}?{query}")).await.refused(409, "another-person");
        // Who may not see the draft learns nothing from it.
        let stranger = world.person("approver@mvrc-xv.example").await;
        stranger.get(&format!("/collab/{id}?{query}")).await.refused(404, "not-found");
    }
}
