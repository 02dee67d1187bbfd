//! Trouble below a draft: a disk that is full, a database that goes away, a journal that cannot be read. Nothing that was
//! acknowledged is lost, nothing that was not stored is shown, and the pages beside it go on.

use super::{AJO, BCAP, a_draft, writer};

/// Longer than anything an editor sends for a few words.
const LONG: &str = "Nobody will ever read this, because the disk is full. ";

both_databases! {
    async fn what_the_journal_could_not_store_nobody_saw_and_its_writer_still_has(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        ben.types("stored ").await;
        ben.is_acknowledged().await;
        cleo.sees("stored").await;

        world.expects("edits of a draft were not stored");
        world.database().refuses_rows("draft_updates", "1 = 1");
        ben.types("refused ").await;
        assert_eq!(ben.closing().await, (1011, "not-stored".into()));
        assert_eq!(cleo.closing().await, (1011, "not-stored".into()), "what the room believed is no longer true");
        assert!(!cleo.text().contains("refused"));
        // Reading goes on, and so does everything that is no draft.
        let mut reader = writer(world, BCAP, &id).await;
        reader.sees("stored").await;
        assert!(!reader.text().contains("refused"));
        world.coordinator().await.get("/api/statements").await.good();

        world.database().takes_rows_again("draft_updates");
        let mut ben = ben.comes_back(&world.url).await.expect("a seat");
        ben.is_acknowledged().await;
        reader.sees("stored refused").await;
    }

    async fn what_one_draft_breaks_does_not_touch_another(world) {
        let (ana, id) = a_draft(world).await;
        let drafters = world.ids(&["ORG-001"]).await;
        let other = ana.starts_a_statement("Books for everybody", &drafters, "Libraries lend.").await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &other).await;
        world.expects("edits of a draft were not stored");
        world.database().refuses_rows("draft_updates", "length(NEW.body) > 500");
        for round in 0..5 {
            ben.types(&LONG.repeat(20)).await;
            cleo.types(&format!("c{round} ")).await;
            assert_eq!(ben.closing().await, (1011, "not-stored".into()));
            cleo.is_acknowledged().await;
            ben = ben.comes_anew(&world.url).await.expect("a seat");
        }
        world.database().takes_rows_again("draft_updates");
        ben.types(LONG).await;
        ben.is_acknowledged().await;
    }

    async fn a_journal_that_cannot_be_read_closes_its_own_draft_only(world) {
        let (ana, id) = a_draft(world).await;
        let drafters = world.ids(&["ORG-001"]).await;
        let other = ana.starts_a_statement("Books for everybody", &drafters, "Libraries lend.").await;
        world.is_stopped();
        world.database().runs(
            "UPDATE draft_updates SET body = x'ff00ff' WHERE statement = (SELECT statement FROM draft_updates ORDER BY at, seq LIMIT 1)",
            r"UPDATE draft_updates SET body = '\xff00ff'::bytea WHERE statement = (SELECT statement FROM draft_updates ORDER BY at, seq LIMIT 1)",
        );
        world.start();
        world.expects("a draft could not be opened");
        world.expects("a request failed");
        let ana = world.coordinator().await;
        for _ in 0..2 {
            let freeze = ana.get(&format!("/api/statements/{id}/freeze")).await;
            assert_eq!(freeze.status, 500, "{}", freeze.text());
        }
        ana.get(&format!("/api/statements/{id}")).await.good();
        let mut cleo = writer(world, BCAP, &other).await;
        cleo.types("still here").await;
        cleo.is_acknowledged().await;
        ana.freezes(&other).await;
    }

    async fn while_the_database_is_away_words_and_pages_wait_and_nothing_is_lost(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types("before ").await;
        ben.is_acknowledged().await;
        // A task of the clockwork may be cut in the middle; it says so and tries again.
        world.expects("a background task failed");
        world.expects("could not be rolled back");
        let away = world.database_goes_away();
        ben.types("meanwhile ").await;
        let asked = tokio::spawn(async move {
            ana.get("/api/statements").await.good();
            ana
        });
        away.comes_back();
        let ana = asked.await.unwrap();
        for _ in 0..20 {
            ana.get("/api/statements").await.good();
        }
        // What was under way when the connection was cut may come back to its writer; nobody is told that it was stored.
        if !ben.is_acknowledged_or_closed().await {
            ben = ben.comes_back(&world.url).await.expect("a seat");
            ben.is_acknowledged().await;
        }
        let mut cleo = writer(world, BCAP, &id).await;
        cleo.sees("before meanwhile").await;
        let text = ana.freezes(&id).await["text"].to_string();
        assert!(text.contains("before meanwhile"), "{text}");
    }
}
