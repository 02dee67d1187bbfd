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

both_databases! {
    async fn a_hall_that_comes_at_one_moment_shares_one_room(world) {
        let (id, text) = put_away(world).await;
        world.start();
        let cookie = world.person(BCAP).await.cookie().await;
        let came = futures_util::future::join_all((0..21).map(|_| Writer::joins(&world.url, &id, Some(&cookie), "ack=1"))).await;
        let mut came: Vec<Writer> = came.into_iter().map(|came| came.expect("a seat")).collect();
        for (number, writer) in came.iter_mut().enumerate() {
            assert_eq!(writer.text(), text);
            writer.types(&format!("p{number} ")).await;
        }
        for writer in &mut came {
            writer.is_acknowledged().await;
            for number in 0..21 {
                writer.sees(&format!("p{number} ")).await;
            }
        }
    }
}
