//! A coordinator freezes while somebody writes: what comes of the freeze decides what becomes of the words, and a freeze
//! that is refused or fails is noticed by nobody who writes.

use serde_json::json;

use super::{AJO, BCAP, a_draft, writer};
use crate::world::World;

/// Waits until a freeze holds the draft, counted from the start of the log.
async fn is_held(world: &World, times: usize) {
    world.eventually("a draft is held", async || (world.log().matches("a draft is held").count() >= times).then_some(())).await;
}

both_databases! {
    async fn a_freeze_that_is_refused_is_noticed_by_nobody_who_writes(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        let freeze = format!("/api/statements/{id}/freeze");
        let seen = ana.seen(&freeze).await;
        ben.types("unseen ").await;
        ben.is_acknowledged().await;
        ana.post(&freeze, json!({ "seen": seen })).await.refused(409, "seen-changed");
        ben.types("cuneiform: \u{12000} ").await;
        ben.is_acknowledged().await;
        ana.tries_to_freeze(&id).await.refused(422, "text-unsettled");
        ben.types("and then ").await;
        ben.is_acknowledged().await;
        cleo.sees("and then").await;

        ben.adds_a("heading:3").await;
        ben.is_acknowledged().await;
        ana.tries_to_freeze(&id).await.refused(422, "text-unsettled");
        cleo.types("and more").await;
        cleo.is_acknowledged().await;
        ben.sees("and more").await;
    }

    async fn words_typed_while_a_freeze_waits_are_not_in_it_and_their_writer_is_told(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let cleo = writer(world, BCAP, &id).await;
        let mut database = world.database();
        database.locks("editions");
        let freezing = { let id = id.clone(); tokio::spawn(async move { ana.freezes(&id).await }) };
        is_held(world, 1).await;
        ben.types("too late").await;
        let mut reader = cleo.comes_anew(&world.url).await.expect("one may come and read");
        reader.sees("Books are for everybody.").await;
        database.unlocks();
        let edition = freezing.await.unwrap();
        assert!(!edition["text"].to_string().contains("too late"), "{edition}");
        assert_eq!(ben.closing().await, (4423, "draft-frozen".into()));
    }

    async fn words_typed_while_a_freeze_fails_are_stored_as_if_nothing_had_been(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        world.expects("a request failed");
        let mut database = world.database();
        database.refuses_rows("editions", "1 = 1");
        database.locks("editions");
        let freezing = { let id = id.clone(); tokio::spawn(async move { ana.tries_to_freeze(&id).await.status }) };
        is_held(world, 1).await;
        ben.types("first ").await;
        cleo.types("second ").await;
        ben.types("third ").await;
        database.unlocks();
        assert_eq!(freezing.await.unwrap(), 500);
        ben.is_acknowledged().await;
        cleo.is_acknowledged().await;
        ben.sees("second").await;
        cleo.sees("third").await;
        database.takes_rows_again("editions");
        let edition = world.coordinator().await.freezes(&id).await;
        for word in ["first", "second", "third"] {
            assert!(edition["text"].to_string().contains(word), "{word} is missing in {edition}");
        }
    }

    async fn a_server_killed_while_a_freeze_waits_loses_nothing_it_acknowledged(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types("acknowledged ").await;
        ben.is_acknowledged().await;
        let mut database = world.database();
        database.locks("editions");
        let freeze = format!("/api/statements/{id}/freeze");
        let seen = ana.seen(&freeze).await;
        let asking = tokio::spawn(async move { ana.request("POST", &freeze).json(&json!({ "seen": seen })).send().await.is_ok() });
        is_held(world, 1).await;
        ben.types("not yet ").await;
        world.is_killed();
        assert!(!asking.await.unwrap(), "the coordinator got no answer");
        database.unlocks();
        drop(database);
        world.start();
        let mut ben = ben.comes_back(&world.url).await.expect("a seat");
        ben.is_acknowledged().await;
        let mut cleo = writer(world, BCAP, &id).await;
        cleo.sees("acknowledged not yet").await;
    }
}
