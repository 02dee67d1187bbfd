//! Old stretches of a draft's journal, put away compressed: nobody who writes or reads can tell, and they are the truth.

use undersigned::drafting::limits::SEGMENT_ENTRIES_MAX;

use super::{AJO, BCAP, a_draft, writer};
use crate::asked::{rows, told};
use crate::world::World;

/// Enough for one segment before what stays in rows.
const ENTRIES: usize = 6_200;

/// A draft somebody wrote long in, letter by letter; its text, and its oldest entries are put away.
async fn long_written(world: &mut World) -> (String, String) {
    let (_, id) = a_draft(world).await;
    let mut ben = writer(world, AJO, &id).await;
    for letter in 0..ENTRIES {
        ben.types(["a", "b", "c ", "d"][letter % 4]).await;
        if letter % 64 == 63 {
            ben.is_acknowledged().await;
        }
    }
    ben.is_acknowledged().await;
    let text = ben.text();
    drop(ben);
    world.is_stopped();
    let written = world.database().counts("draft_updates");
    world.start();
    // Who comes does not wait for it.
    let mut cleo = writer(world, BCAP, &id).await;
    cleo.types("later ").await;
    cleo.is_acknowledged().await;
    let text = text.trim_end().to_owned() + "later ";
    assert_eq!(cleo.text().trim_end(), text.trim_end());
    world
        .eventually("the oldest entries are put away", async || {
            let kept = (world.database().counts("draft_segments"), world.database().counts("draft_updates"));
            (kept == (1, written + 1 - SEGMENT_ENTRIES_MAX as i64)).then_some(())
        })
        .await;
    world.is_stopped();
    (id, text)
}

both_databases! {
    async fn a_draft_whose_base_is_lost_is_made_anew_from_its_segments_letter_for_letter(world) {
        let (id, text) = long_written(world).await;
        world.database().runs("DELETE FROM draft_bases", "DELETE FROM draft_bases");
        world.start();
        let mut cleo = writer(world, BCAP, &id).await;
        assert_eq!(cleo.text().trim_end(), text.trim_end());
        // Whose each letter is, is read from there.
        let ana = world.coordinator().await;
        let written = text[text.find("abc dabc d").expect("what was typed")..].strip_suffix("later ").expect("and what came later");
        let told = told(&ana, &id, &cleo, &format!("{written}later ")).await;
        assert_eq!(rows(&told), [(written, "AJO", ""), ("later ", "BCAP", "")]);
        // And it is written on, with every letter still its writer's own.
        let mut ben = writer(world, AJO, &id).await;
        ben.types("end").await;
        ben.is_acknowledged().await;
        cleo.sees("end").await;
        assert_eq!(ben.text(), cleo.text());

        // A segment that is damaged is refused, where it is needed, and nothing is made up.
        world.is_stopped();
        world.database().runs("UPDATE draft_segments SET digest = x'00'", r"UPDATE draft_segments SET digest = '\x00'::bytea");
        world.start();
        let mut cleo = writer(world, BCAP, &id).await;
        cleo.sees("end").await;
        drop(cleo);
        world.is_stopped();
        world.database().runs("DELETE FROM draft_bases", "DELETE FROM draft_bases");
        world.expects("a draft could not be opened");
        world.expects("a request failed");
        world.start();
        let ana = world.coordinator().await;
        assert_eq!(ana.get(&format!("/api/statements/{id}/freeze")).await.status, 500);
        let said = "are not what was put away; restore them from a backup";
        assert!(world.log().contains(said) && !world.log().contains("panicked"), "{}", world.log());
        ana.get(&format!("/api/statements/{id}")).await.good();
    }
}
