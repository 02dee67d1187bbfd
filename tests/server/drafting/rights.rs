//! Rights that change while people write: at once where the change is made here, and at the commit wherever it was made.

use super::{AJO, BCAP, a_draft, writer};
use crate::organisations::register;

both_databases! {
    async fn a_register_that_names_somebody_else_sends_away_who_wrote_at_once(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        ben.types("written in time ").await;
        ben.is_acknowledged().await;
        ana.imports(&register().replace(AJO, "somebody.else@ajo-ch.example")).await.good();
        assert_eq!(ben.closing().await, (4403, "no-right-to-edit".into()));
        cleo.sees("written in time").await;
        cleo.types("and goes on ").await;
        cleo.is_acknowledged().await;
        assert_eq!(ben.comes_back(&world.url).await.err(), Some(404));
    }

    async fn what_is_committed_is_written_by_whoever_may_write_at_that_moment(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        let mut cleo = writer(world, BCAP, &id).await;
        // Taken away where this server hears nothing of it, as another process would.
        let taken = format!("DELETE FROM memberships WHERE person IN (SELECT id FROM people WHERE email = '{AJO}')");
        world.database().runs(&taken, &taken);
        ben.types("too late ").await;
        assert_eq!(ben.closing().await, (1011, "not-stored".into()));
        assert_eq!(ben.comes_back(&world.url).await.err(), Some(404));
        assert_eq!(cleo.closing().await, (1011, "not-stored".into()));
        let mut cleo = cleo.comes_back(&world.url).await.expect("a seat");
        cleo.types("still here ").await;
        cleo.is_acknowledged().await;
        assert!(!cleo.text().contains("too late"), "{}", cleo.text());
    }
}
