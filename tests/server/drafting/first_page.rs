//! A draft's address brings its text along to whoever may open the draft, and to nobody else.

use super::{AJO, BCAP, a_draft, writer};
use crate::organisations::register;
use crate::world::{Person, World};

/// Of an organisation that was not asked to write.
const ODIK: &str = "focalpoint@odik-ke.example";
const WORDS: &str = "Books are for everybody.";
const TITLE: &str = "Keep the library open";

/// The page, as it is shown until its program has come.
async fn first_page(person: &Person, id: &str) -> String {
    let reply = person.get(&format!("/app/statements/{id}")).await;
    assert_eq!((reply.status, reply.header("cache-control").as_str()), (200, "no-store"));
    reply.text()
}

/// A server that is busy sends the page without its text; the next one has it.
async fn with_text(world: &World, person: &Person, id: &str, words: &str) -> String {
    let asks = async || Some(first_page(person, id).await).filter(|page| page.contains(words));
    world.eventually("the page has the text", asks).await
}

fn says_nothing_of_it(page: &str) {
    for told in [WORDS, TITLE, "id=\"served\"", "id=\"answers\"", AJO] {
        assert!(!page.contains(told), "{told} is in {page}");
    }
}

both_databases! {
    async fn the_page_of_a_draft_has_its_text_for_those_who_may_open_it(world) {
        let (ana, id) = a_draft(world).await;
        let ben = world.person(AJO).await;
        for person in [&ana, &ben] {
            let page = with_text(world, person, &id, WORDS).await;
            assert!(page.contains("Opening the editor…") && page.contains("<article") && page.contains("\"/api/me\""));
            assert!(!page.contains("__CSP_NONCE__") && !page.contains("style="), "{page}");
        }
        says_nothing_of_it(&first_page(&world.stranger(), &id).await);
        says_nothing_of_it(&first_page(&world.person(ODIK).await, &id).await);
    }

    async fn the_page_shows_what_was_written_last_and_lets_no_letter_be_more_than_one(world) {
        let (ana, id) = a_draft(world).await;
        with_text(world, &ana, &id, WORDS).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types("<b id=x>&amp;__CSP_NONCE__ ").await;
        ben.is_acknowledged().await;
        let page = with_text(world, &ana, &id, "__CSP_NONCE__").await;
        assert!(page.contains("&lt;b id=x&gt;&amp;amp;__CSP_NONCE__ "), "{page}");
        assert!(!page.contains("<b id=x>"));
    }

    async fn who_may_no_longer_write_is_brought_nothing(world) {
        let (ana, id) = a_draft(world).await;
        let (ben, cleo) = (world.person(AJO).await, world.person(BCAP).await);
        with_text(world, &ben, &id, WORDS).await;
        ana.imports(&register().replace(AJO, "somebody.else@ajo-ch.example")).await.good();
        says_nothing_of_it(&first_page(&ben, &id).await);
        with_text(world, &cleo, &id, WORDS).await;
        assert_eq!(cleo.post("/api/sign-out", serde_json::json!({})).await.status, 204);
        says_nothing_of_it(&first_page(&cleo, &id).await);
    }

    async fn a_frozen_text_is_brought_by_its_own_door_alone(world) {
        let (ana, id) = a_draft(world).await;
        ana.freezes(&id).await;
        says_nothing_of_it(&first_page(&ana, &id).await);
        says_nothing_of_it(&first_page(&ana, "nonsense").await);
    }
}
