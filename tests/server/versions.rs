//! Versions: a text that was written is there, whatever became of it since, and comes back as an ordinary act.

use serde_json::{Value, json};
use undersigned::drafting::limits::{ROOM_IDLE_SECONDS, SESSION_GAP_SECONDS, SESSION_SECONDS_MAX};

use crate::drafting::{Writer, a_draft, writer};
use crate::world::{Person, World, people::Reply};

const AJO: &str = "focalpoint@ajo-ch.example";
const BCAP: &str = "focalpoint@bcap-ke.example";
const MEMBER: &str = "focalpoint@osap-ml.example";

/// More than the loss of which is noticed.
const LONG: &str = "We, the undersigned organisations, call upon all States to keep every library in the country open to everybody, \
    by day and by night, in all languages that are spoken there, and to ask nobody who comes for their papers or their purpose. ";

async fn versions(person: &Person, id: &str) -> Vec<Value> {
    let list = person.get(&format!("/api/statements/{id}/versions")).await.good();
    list["versions"].as_array().unwrap().clone()
}

/// The versions, once there are so many.
async fn so_many(world: &World, person: &Person, id: &str, count: usize) -> Vec<Value> {
    world
        .eventually("so many versions", async || {
            let found = versions(person, id).await;
            (found.len() >= count).then_some(found)
        })
        .await
}

fn id_of(version: &Value) -> String {
    version["id"].as_str().unwrap().to_owned()
}

async fn text_of(person: &Person, version: &Value) -> String {
    person.get(&format!("/api/versions/{}", id_of(version))).await.good()["text"].to_string()
}

async fn preview(person: &Person, version: &Value) -> Value {
    person.get(&format!("/api/versions/{}/restore", id_of(version))).await.good()
}

async fn restores(person: &Person, version: &Value, seen: &Value) -> Reply {
    person.post(&format!("/api/versions/{}/restore", id_of(version)), json!({ "seen": seen })).await
}

async fn keeps(person: &Person, id: &str, name: &str) -> Value {
    let made = person.post(&format!("/api/statements/{id}/versions"), json!({ "name": name })).await.good();
    versions(person, id).await.into_iter().find(|one| one["id"] == made["id"]).expect("it is in the list")
}

/// Writes, and everybody rests until it is kept.
async fn a_session(world: &World, person: &Person, id: &str, writer: &mut Writer, words: &str) -> Value {
    let before = versions(person, id).await.len();
    writer.types(words).await;
    writer.is_acknowledged().await;
    world.advance(SESSION_GAP_SECONDS + 1).await;
    so_many(world, person, id, before + 1).await.remove(0)
}

both_databases! {
    async fn a_version_is_compared_with_the_text_now_and_nobody_elses_is(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types("We ask for libraries.").await;
        ben.is_acknowledged().await;
        let kept = id_of(&keeps(&ana, &id, "As sent").await);
        ben.types(" Today.").await;
        ben.is_acknowledged().await;
        let answer = ana.get(&format!("/api/statements/{id}/compare?from=version-{kept}&to=now")).await.good();
        assert_eq!((&answer["from"]["version"], &answer["comparison"]["counts"]["words_added"]), (&json!(kept), &json!(1)));
        let (_, other) = a_draft(world).await;
        let foreign = ana.get(&format!("/api/statements/{other}/compare?from=version-{kept}&to=now")).await;
        foreign.refused(404, "side-not-found");
    }

    async fn a_text_that_was_emptied_comes_back(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        ben.types(&LONG.repeat(3)).await;
        ben.is_acknowledged().await;
        cleo.sees("their purpose").await;
        // Minutes, not hours, after others wrote.
        cleo.takes_all_out().await;
        cleo.is_acknowledged().await;
        ben.types("late ").await;
        ben.is_acknowledged().await;
        let francois = world.person(AJO).await;
        let before = so_many(world, &francois, &id, 1).await.remove(0);
        assert_eq!((&before["kind"], &before["name"]), (&json!("loss"), &Value::Null));
        assert_eq!(before["writers"].as_array().unwrap().iter().map(|one| one["acronym"].as_str().unwrap()).collect::<Vec<_>>(), ["AJO"]);
        assert!(before["words_in"].as_i64().unwrap() > 100, "{before}");

        let look = preview(&francois, &before).await;
        assert_eq!(look["same"], false);
        restores(&francois, &before, &look["seen"]).await.good();
        for one in [&mut ben, &mut cleo] {
            one.sees("their purpose").await;
            assert!(!one.text().contains("late"), "what it said a moment before is kept, and is not in it: {}", one.text());
        }
        // Nobody was sent away, and both write on.
        cleo.types("goes on ").await;
        cleo.is_acknowledged().await;
        ben.sees("goes on").await;
        let all = versions(&francois, &id).await;
        let kinds: Vec<&str> = all.iter().map(|one| one["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["restored", "replaced", "loss"]);
        assert_eq!(all[0]["restores"], before["id"]);
        assert_eq!(all[0]["writers"][0]["acronym"], "AJO", "who brought it back");
        assert!(text_of(&francois, &all[1]).await.contains("late"), "and can be taken back in the same way");

        // The same press again has succeeded; what came back can go, and come again.
        restores(&francois, &before, &look["seen"]).await.good();
        assert_eq!(versions(&francois, &id).await.len(), 3);
        for version in [&all[1], &all[0]] {
            let look = preview(&francois, version).await;
            restores(&francois, version, &look["seen"]).await.good();
        }
        ben.sees("their purpose").await;
        let edition = ana.freezes(&id).await;
        assert!(edition["text"].to_string().contains("their purpose"));
    }

    async fn a_session_of_work_is_kept_when_it_is_over_and_only_if_it_changed_something(world) {
        let (ana, id) = a_draft(world).await;
        world.advance(SESSION_GAP_SECONDS + 1).await;
        let first = so_many(world, &ana, &id, 1).await.remove(0);
        assert_eq!((&first["kind"], &first["writers"], &first["words_out"]), (&json!("session"), &json!([]), &json!(0)), "the text it began with");

        let mut ben = writer(world, AJO, &id).await;
        let second = a_session(world, &ana, &id, &mut ben, " Two words.").await;
        assert_eq!((&second["words_in"], &second["words_out"]), (&json!(2), &json!(0)));
        assert!(text_of(&ana, &second).await.contains("Two words."));
        // Written and taken back.
        ben.types("x").await;
        ben.takes_out(1, 1).await;
        ben.is_acknowledged().await;
        world.advance(SESSION_GAP_SECONDS + 1).await;
        ben.types("and three more").await;
        ben.is_acknowledged().await;
        // Without a pause, after hours.
        world.advance(SESSION_GAP_SECONDS - 10).await;
        assert_eq!(versions(&ana, &id).await.len(), 2);
        for _ in 0..SESSION_SECONDS_MAX / (SESSION_GAP_SECONDS - 10) + 1 {
            ben.types(" on").await;
            ben.is_acknowledged().await;
            world.advance(SESSION_GAP_SECONDS - 10).await;
        }
        let all = so_many(world, &ana, &id, 3).await;
        assert!(text_of(&ana, &all[0]).await.contains("and three more"));
    }

    async fn a_room_that_is_put_away_and_a_server_that_was_killed_keep_what_was_written(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types("before the night").await;
        ben.is_acknowledged().await;
        drop(ben);
        world.advance(ROOM_IDLE_SECONDS as i64 + 1).await;
        let kept = so_many(world, &ana, &id, 1).await.remove(0);
        assert!(text_of(&ana, &kept).await.contains("before the night"));

        let mut ben = writer(world, AJO, &id).await;
        ben.types(" and after it").await;
        ben.is_acknowledged().await;
        world.is_killed();
        world.start();
        // The clock of the server that was killed had been moved, and this one's has not.
        world.advance(SESSION_GAP_SECONDS + 2 * ROOM_IDLE_SECONDS as i64).await;
        let ana = world.coordinator().await;
        let kept = so_many(world, &ana, &id, 2).await.remove(0);
        let look = preview(&ana, &kept).await;
        assert_eq!(look["same"], true, "{look}");
        // What is there is there for good, and comes back on another server.
        let earlier = versions(&ana, &id).await.remove(1);
        let look = preview(&ana, &earlier).await;
        restores(&ana, &earlier, &look["seen"]).await.good();
        let mut cleo = writer(world, BCAP, &id).await;
        cleo.sees("before the night").await;
        assert!(!cleo.text().contains("and after it"), "{}", cleo.text());
    }

    async fn of_two_who_bring_back_at_once_one_does_and_the_other_is_shown_what_changed(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let francois = world.person(AJO).await;
        let first = keeps(&francois, &id, "First").await;
        ben.types("one ").await;
        ben.is_acknowledged().await;
        let second = keeps(&ana, &id, "Second").await;
        assert_eq!(second["name"], "Second");
        ben.types("two ").await;
        ben.is_acknowledged().await;
        let (of_ana, of_francois) = (preview(&ana, &second).await, preview(&francois, &first).await);
        let (one, other) = tokio::join!(restores(&ana, &second, &of_ana["seen"]), restores(&francois, &first, &of_francois["seen"]));
        let (done, refused) = if one.status == 200 { (one, other) } else { (other, one) };
        done.good();
        refused.refused(409, "seen-changed");
        let kinds: Vec<String> = versions(&ana, &id).await.iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect();
        assert_eq!(kinds, ["restored", "replaced", "named", "named"]);
        ben.types("three ").await;
        ben.is_acknowledged().await;
    }

    async fn what_is_confirmed_is_what_was_seen(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let kept = keeps(&ana, &id, "Before").await;
        ben.types("one ").await;
        ben.is_acknowledged().await;
        let look = preview(&ana, &kept).await;
        ben.types("two ").await;
        ben.is_acknowledged().await;
        restores(&ana, &kept, &look["seen"]).await.refused(409, "seen-changed");
        ben.types("three ").await;
        ben.is_acknowledged().await;
        let look = preview(&ana, &kept).await;
        assert!(look["present"].to_string().contains("one two three"), "{look}");
        restores(&ana, &kept, &look["seen"]).await.good();
    }

    async fn words_typed_while_a_text_is_brought_back_are_taken_afterwards(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let kept = keeps(&ana, &id, "Before").await;
        ben.types("gone soon ").await;
        ben.is_acknowledged().await;
        let look = preview(&ana, &kept).await;
        let mut database = world.database();
        database.locks("versions");
        let restoring = { let kept = kept.clone(); tokio::spawn(async move { restores(&ana, &kept, &look["seen"]).await }) };
        world.eventually("the draft is held", async || world.log().contains("a draft is held").then_some(())).await;
        ben.types("meanwhile ").await;
        database.unlocks();
        restoring.await.unwrap().good();
        ben.is_acknowledged().await;
        let cleo = writer(world, BCAP, &id).await;
        assert!(cleo.text().contains("meanwhile") && !cleo.text().contains("gone soon"), "{}", cleo.text());
    }

    async fn a_server_killed_while_a_text_is_brought_back_has_either_text_whole(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let kept = keeps(&ana, &id, "Before").await;
        ben.types("still here ").await;
        ben.is_acknowledged().await;
        let look = preview(&ana, &kept).await;
        let mut database = world.database();
        database.locks("versions");
        let restoring = { let kept = kept.clone(); tokio::spawn(async move { ana.tries_to_post(&format!("/api/versions/{}/restore", id_of(&kept)), json!({ "seen": look["seen"] })).await }) };
        world.eventually("the draft is held", async || world.log().contains("a draft is held").then_some(())).await;
        world.is_killed();
        database.unlocks();
        assert!(restoring.await.unwrap().is_none(), "nobody was told that it is done");
        world.start();
        let mut ben = ben.comes_back(&world.url).await.expect("a seat");
        assert!(ben.text().contains("still here"), "{}", ben.text());
        let ana = world.coordinator().await;
        let look = preview(&ana, &kept).await;
        restores(&ana, &kept, &look["seen"]).await.good();
        ben.types("and on ").await;
        ben.is_acknowledged().await;
        assert!(!writer(world, BCAP, &id).await.text().contains("still here"));
    }

    async fn a_frozen_text_is_not_brought_back_and_its_versions_are_read(world) {
        let (ana, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        let kept = keeps(&francois, &id, "  Sent to the members ").await;
        assert_eq!(kept["name"], "Sent to the members");
        let look = preview(&francois, &kept).await;
        ana.freezes(&id).await;
        for person in [&ana, &francois] {
            restores(person, &kept, &look["seen"]).await.refused(409, "statement-not-drafting");
            person.get(&format!("/api/versions/{}/restore", id_of(&kept))).await.refused(409, "statement-not-drafting");
            person.put(&format!("/api/versions/{}/name", id_of(&kept)), json!({ "name": "Other" })).await.refused(409, "statement-not-drafting");
            person.post(&format!("/api/statements/{id}/versions"), json!({ "name": "Other" })).await.refused(409, "statement-not-drafting");
            assert!(text_of(person, &kept).await.contains("Books are for everybody."));
            assert_eq!(person.get(&format!("/api/statements/{id}/versions")).await.good()["may_write"], false);
        }
        let member = world.person(MEMBER).await;
        for path in [format!("/api/statements/{id}/versions"), format!("/api/versions/{}", id_of(&kept)), format!("/api/versions/{}/restore", id_of(&kept))] {
            member.get(&path).await.refused(404, "not-found");
        }
        restores(&member, &kept, &look["seen"]).await.refused(404, "not-found");
    }

    async fn a_version_never_changes_but_for_its_name(world) {
        let (ana, id) = a_draft(world).await;
        let kept = keeps(&ana, &id, "First").await;
        ana.put(&format!("/api/versions/{}/name", id_of(&kept)), json!({ "name": "Better" })).await.good();
        assert_eq!(versions(&ana, &id).await[0]["name"], "Better");
        ana.put(&format!("/api/versions/{}/name", id_of(&kept)), json!({ "name": " " })).await.refused(422, "field-missing");
        ana.put(&format!("/api/versions/{}/name", id_of(&kept)), json!({ "name": "x".repeat(121) })).await.refused(422, "field-too-long");
        let before = text_of(&ana, &kept).await;
        let mut database = world.database();
        for act in ["UPDATE versions SET canonical = '{}'", "UPDATE versions SET digest = digest", "UPDATE versions SET writers = '-'", "UPDATE versions SET upto = 0",
            "UPDATE versions SET at = kept_at", "UPDATE versions SET kind = 'loss'", "DELETE FROM versions"] {
            assert!(database.tries(act).is_err(), "{act}");
        }
        assert_eq!(text_of(&ana, &kept).await, before);
    }

    async fn a_version_tells_no_name_of_an_organisation_that_writes_unnamed(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-056", "ORG-071"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
        let marsh = world.person("focalpoint@mvrc-xv.example").await;
        let cookie = marsh.cookie().await;
        let mut unnamed = Writer::joins(&world.url, &id, Some(&cookie), "ack=1").await.expect("a seat");
        unnamed.types("Written by somebody.").await;
        unnamed.is_acknowledged().await;
        world.advance(SESSION_GAP_SECONDS + 1).await;
        let francois = world.person(AJO).await;
        for person in [&francois, &ana] {
            let kept = so_many(world, person, &id, 1).await.remove(0);
            assert_eq!((&kept["writers"], &kept["unnamed"], &kept["secretariat"]), (&json!([]), &json!(true), &json!(false)));
            let whole = person.get(&format!("/api/versions/{}", id_of(&kept))).await.good().to_string();
            assert!(!whole.contains("MVRC") && !whole.contains(&drafters[1]), "{whole}");
        }
        assert_eq!(versions(&marsh, &id).await[0]["writers"][0]["acronym"], "MVRC", "its own people are told");
    }
}
