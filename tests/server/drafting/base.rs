//! The stored base of a draft: a shortcut that is used, and never believed.

use super::writer::Writer;
use super::{AJO, BCAP, a_draft, writer};
use crate::world::World;

/// A draft somebody wrote long enough in for a base, put away with the server. Answers its id and its text.
async fn put_away(world: &mut World) -> (String, String) {
    let (_, id) = a_draft(world).await;
    let mut ben = writer(world, AJO, &id).await;
    for word in 0..120 {
        ben.types(&format!("w{word} ")).await;
    }
    ben.is_acknowledged().await;
    let text = ben.text();
    world.is_stopped();
    (id, text)
}

both_databases! {
    async fn a_draft_opens_from_the_base_it_was_put_away_with(world) {
        let (id, text) = put_away(world).await;
        // Nothing of what the base holds is read from the journal any more.
        world.database().runs("UPDATE draft_updates SET body = x'ff00ff'", r"UPDATE draft_updates SET body = '\xff00ff'::bytea");
        world.start();
        let mut cleo = writer(world, BCAP, &id).await;
        cleo.sees("w119").await;
        assert_eq!(cleo.text(), text);
        // And what is written behind it is read again with it, also after a power cut.
        cleo.types("later ").await;
        cleo.is_acknowledged().await;
        world.is_killed();
        world.start();
        let mut ben = writer(world, AJO, &id).await;
        ben.sees("later").await;
        assert_eq!(ben.text(), cleo.text());
    }

    async fn a_base_that_is_not_what_was_stored_is_made_anew_from_the_journal(world) {
        let (id, text) = put_away(world).await;
        let mut cookie = None;
        for (sqlite, postgres) in [
            ("UPDATE draft_bases SET body = x'0000'", r"UPDATE draft_bases SET body = '\x0000'::bytea"),
            ("UPDATE draft_bases SET owners = x'0000'", r"UPDATE draft_bases SET owners = '\x0000'::bytea"),
            ("UPDATE draft_bases SET upto = upto - 1", "UPDATE draft_bases SET upto = upto - 1"),
        ] {
            world.database().runs(sqlite, postgres);
            world.expects("the stored base of a draft is not what was stored");
            world.start();
            if cookie.is_none() {
                cookie = Some(world.person(BCAP).await.cookie().await);
            }
            let mut cleo = Writer::joins(&world.url, &id, cookie.as_deref(), "ack=1").await.expect("a seat");
            cleo.sees("w119").await;
            assert_eq!(cleo.text(), text);
            world.is_stopped();
        }
        // A base that says more than the journal has is as good as none.
        world.database().runs("DELETE FROM draft_updates WHERE seq > 100", "DELETE FROM draft_updates WHERE seq > 100");
        world.start();
        let mut cleo = Writer::joins(&world.url, &id, cookie.as_deref(), "ack=1").await.expect("a seat");
        cleo.sees("w50").await;
        assert!(!cleo.text().contains("w119"));
    }
}
