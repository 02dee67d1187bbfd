//! Suggestions: who may only suggest changes nothing else, whatever they send; who began and who answered is told as beside the
//! text; and an answer reaches whoever proposed, also by letter, which says nothing of it.

use serde_json::{Value, json};
use undersigned::suggestions::limits::{FATE_PAUSE_SECONDS, FATE_WAIT_SECONDS};
use yrs::{Any, Doc, Text, Transact};

use super::{AJO, BCAP, Writer, a_draft, writer};
use crate::world::{Person, World};

/// Usually withholds its name.
const MARSH: &str = "focalpoint@mvrc-xv.example";
const SID: &str = "0123456789";
const HOUR: i64 = 3600;
/// Ids of pages' documents, and of what they propose under.
const BCAPS: u64 = 7_001;
const MARSHS: u64 = 7_002;
const AJOS: u64 = 7_003;

/// A draft that AJO edits, and for which BCAP and an unnamed organisation suggest; the coordinator, and the ids of the three.
async fn with_suggesters(world: &World) -> (Person, String, [String; 3]) {
    let (ana, id) = a_draft(world).await;
    let ids: [String; 3] = world.ids(&["ORG-056", "ORG-001", "ORG-071"]).await.try_into().expect("three");
    gives(&ana, &id, &ids, "suggest", Value::Null).await;
    (ana, id, ids)
}

async fn gives(ana: &Person, id: &str, [ajo, bcap, marsh]: &[String; 3], bcaps: &str, until: Value) {
    ana.gives(id, &[(ajo, "edit"), (bcap, bcaps), (marsh, "suggest")], until).await.good();
}

async fn handle(person: &Person, id: &str) -> String {
    person.get(&format!("/api/statements/{id}")).await.good()["my_handle"].as_str().expect("a handle").to_owned()
}

async fn listed(person: &Person, id: &str) -> Vec<Value> {
    person.get(&format!("/api/statements/{id}/suggestions")).await.good().as_array().expect("a list").clone()
}

/// The letters of somebody about answers. What was due before a sign-in link has left before it.
async fn letters(world: &World, email: &str) -> Vec<String> {
    world.person(email).await.letters_with(|letter| letter.contains("What you suggested was answered"))
}

fn says(page: &Doc, root: &str, json: &Value) {
    let text = page.get_or_insert_text(root);
    let mut txn = page.transact_mut();
    let end = text.len(&txn);
    text.insert_embed(&mut txn, end, Any::from_json(&json.to_string()).expect("an embed"));
}

/// Writes words before the last mark, without saying how they look.
fn writes(page: &Doc, words: &str) {
    let body = page.get_or_insert_text("draft");
    let mut txn = page.transact_mut();
    let end = body.len(&txn) - 1;
    body.insert(&mut txn, end, words);
}

/// Words at the end of the text, proposed under a client id of its own: the words stand at its clocks from 2 on.
async fn proposes(who: &mut Writer, client: u64, handle: &str, words: &str) {
    let act = |page: &Doc| {
        says(page, "asks", &json!({ "by": handle }));
        says(page, "asks", &json!({ "ask": SID }));
        writes(page, words);
    };
    who.acts_as(client, act).await;
}

/// An answer to words that were proposed so.
async fn decides(who: &mut Writer, client: u64, word: &str, handle: &str, of: (u64, usize)) {
    let items = undersigned::text::asks::items_written(&[undersigned::text::asks::Items { client: of.0, clock: 2, len: of.1 as u32 }]);
    who.acts_as(client, |page| says(page, "fates", &json!({ word: format!("{handle}.{SID}"), "of": items }))).await;
}

both_databases! {
    async fn a_suggestion_is_told_with_its_organisation_and_not_if_unnamed(world) {
        let (ana, id, _) = with_suggesters(world).await;
        let (francois, wanjiru, rana) = (world.person(AJO).await, world.person(BCAP).await, world.person(MARSH).await);
        let mut bcap = writer(world, BCAP, &id).await;
        let mut marsh = writer(world, MARSH, &id).await;
        proposes(&mut bcap, BCAPS, &handle(&wanjiru, &id).await, "and open").await;
        bcap.is_acknowledged().await;
        proposes(&mut marsh, MARSHS, &handle(&rana, &id).await, "for ever").await;
        marsh.is_acknowledged().await;
        bcap.sees("for ever").await;

        let told = listed(&francois, &id).await;
        assert_eq!(told.len(), 2);
        let of = |told: &[Value], handle: &str| told.iter().find(|one| one["handle"] == handle).cloned().expect("it is listed");
        let named = of(&told, &handle(&wanjiru, &id).await);
        assert_eq!((&named["sid"], &named["organisation"]["acronym"], &named["own"]), (&json!(SID), &json!("BCAP"), &json!(false)));
        assert!(named["person"].is_string() && named["begun_at"].is_string() && named["fate"].is_null(), "{named}");
        let unnamed = handle(&rana, &id).await;
        for reader in [&francois, &ana, &wanjiru] {
            let one = of(&listed(reader, &id).await, &unnamed);
            assert!(one["organisation"].is_null() && one["person"].is_null() && one["begun_at"].is_null(), "{one}");
            assert_eq!(one["unnamed"], true);
        }
        let own = of(&listed(&rana, &id).await, &unnamed);
        assert!(own["organisation"]["name"].is_string() && own["person"].is_string() && own["begun_at"].is_string(), "{own}");
        assert_eq!(own["own"], true);
        // Of a person who is forgotten, the suggestion stays and the name does not.
        let forgets = "UPDATE suggestions SET person = NULL";
        world.database().runs(forgets, forgets);
        let told = of(&listed(&francois, &id).await, &handle(&wanjiru, &id).await);
        assert!(told["person"].is_null() && told["organisation"]["acronym"] == "BCAP", "{told}");
    }

    async fn whoever_may_only_suggest_changes_no_text_whatever_is_sent(world) {
        let (_, id, _) = with_suggesters(world).await;
        let bcaps = handle(&world.person(BCAP).await, &id).await;
        let ajos = handle(&world.person(AJO).await, &id).await;
        let mut edits = writer(world, AJO, &id).await;
        edits.types("written by right ").await;
        edits.is_acknowledged().await;
        let first = writer(world, BCAP, &id).await;
        for act in 0..5 {
            let mut page = first.comes_anew(&world.url).await.expect("a seat");
            let wanted = match act {
                0 => (page.types("written without ").await, (4403, "only-suggestions")).1,
                1 => (page.takes_out(1, 5).await, (4403, "only-suggestions")).1,
                2 => (page.links("a link", "https://example.org/").await, (4403, "only-suggestions")).1,
                3 => (proposes(&mut page, 7_100, &ajos, "in another's name").await, (4409, "client-id-of-another-person")).1,
                _ => {
                    proposes(&mut page, BCAPS, &bcaps, "and open").await;
                    page.is_acknowledged().await;
                    decides(&mut page, 7_200, "yes", &bcaps, (BCAPS, 8)).await;
                    (4403, "only-suggestions")
                }
            };
            let (number, code) = page.closing().await;
            assert_eq!((number, code.as_str()), wanted, "act {act}");
            edits.types("goes on ").await;
            edits.is_acknowledged().await;
        }
        edits.sees("and open").await;
        let text = edits.text();
        assert!(text.contains("written by right") && !text.contains("without") && !text.contains("a link") && !text.contains("another"), "{text}");
        assert_eq!(writer(world, BCAP, &id).await.text(), text);
        assert!(listed(&world.person(AJO).await, &id).await[0]["fate"].is_null());
    }

    async fn its_author_learns_its_fate_and_why_by_one_letter_that_says_neither(world) {
        let (_, id, _) = with_suggesters(world).await;
        let (francois, wanjiru, ana) = (world.person(AJO).await, world.person(BCAP).await, world.coordinator().await);
        let bcaps = handle(&wanjiru, &id).await;
        let mut bcap = writer(world, BCAP, &id).await;
        proposes(&mut bcap, BCAPS, &bcaps, "and open").await;
        bcap.is_acknowledged().await;
        let mut ajo = writer(world, AJO, &id).await;
        let path = format!("/api/statements/{id}/suggestions/{bcaps}/{SID}/reason");
        francois.put(&path, json!({ "reason": "Too long." })).await.refused(409, "suggestion-not-rejected");

        decides(&mut ajo, AJOS, "no", &bcaps, (BCAPS, 8)).await;
        ajo.is_acknowledged().await;
        francois.put(&path, json!({ "reason": " Too long.\r\n" })).await.good();
        ana.put(&path, json!({ "reason": "Mine." })).await.refused(403, "not-allowed");
        wanjiru.put(&path, json!({ "reason": "No!" })).await.refused(403, "not-allowed");
        francois.put(&path, json!({ "reason": "x".repeat(501) })).await.refused(422, "field-too-long");
        francois.put(&path.replace(SID, "9999999999"), json!({ "reason": "x" })).await.refused(404, "not-found");
        let one = listed(&wanjiru, &id).await.remove(0);
        assert_eq!((&one["fate"], &one["reason"]), (&json!("rejected"), &json!("Too long.")));
        assert!(one["decided_by"]["organisation"]["acronym"] == "AJO" && one["decided_at"].is_string(), "{one}");

        // Taken back, it is open again; accepted, there is no reason against it.
        ajo.acts_as(7_300, |page| {
            let fates = page.get_or_insert_text("fates");
            fates.remove_range(&mut page.transact_mut(), 0, 1);
        }).await;
        ajo.is_acknowledged().await;
        let one = listed(&wanjiru, &id).await.remove(0);
        assert!(one["fate"].is_null() && one["decided_by"].is_null() && one["reason"].is_null(), "{one}");
        decides(&mut ajo, 7_004, "yes", &bcaps, (BCAPS, 8)).await;
        ajo.is_acknowledged().await;
        assert_eq!(listed(&wanjiru, &id).await[0]["fate"], "accepted");

        assert_eq!(letters(world, BCAP).await.len(), 0, "it waits for more");
        world.advance(FATE_WAIT_SECONDS + 1).await;
        let told = letters(world, BCAP).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("Keep the library open") && told[0].contains(&format!("/app/statements/{id}")), "{told:?}");
        assert!(!["AJO", "Too long", "accepted", "and open"].iter().any(|trace| told[0].contains(trace)), "{told:?}");
        assert_eq!(letters(world, AJO).await.len(), 0);
        // What comes soon after waits until the hour is over.
        decides(&mut ajo, 7_005, "yes", &bcaps, (BCAPS, 4)).await;
        ajo.is_acknowledged().await;
        world.advance(FATE_WAIT_SECONDS + 1).await;
        assert_eq!(letters(world, BCAP).await.len(), 1);
        world.advance(FATE_PAUSE_SECONDS).await;
        assert_eq!(letters(world, BCAP).await.len(), 2);
    }

    async fn what_was_accepted_stays_accepted_for_a_server_that_starts_anew(world) {
        let (_, id, _) = with_suggesters(world).await;
        let bcaps = handle(&world.person(BCAP).await, &id).await;
        let mut bcap = writer(world, BCAP, &id).await;
        proposes(&mut bcap, BCAPS, &bcaps, "and open").await;
        bcap.is_acknowledged().await;
        let mut ajo = writer(world, AJO, &id).await;
        decides(&mut ajo, AJOS, "yes", &bcaps, (BCAPS, 4)).await;
        ajo.is_acknowledged().await;
        world.is_killed();
        world.start();
        // Her own words that nobody has accepted she may take back, and those that are text by now she may not.
        let mut bcap = bcap.comes_back(&world.url).await.expect("a seat");
        bcap.takes_out(1, 4).await;
        bcap.is_acknowledged().await;
        bcap.takes_out(1, 4).await;
        assert_eq!(bcap.closing().await, (4403, "only-suggestions".into()));
        assert!(writer(world, AJO, &id).await.text().contains("and \n"));
        let told = listed(&world.person(AJO).await, &id).await;
        assert_eq!((told.len(), &told[0]["fate"]), (1, &json!("accepted")));
        world.advance(FATE_WAIT_SECONDS + 1).await;
        assert_eq!(letters(world, BCAP).await.len(), 1);
    }

    async fn a_right_to_suggest_that_fell_elsewhere_holds_at_the_commit(world) {
        let (_, id, _) = with_suggesters(world).await;
        let bcaps = handle(&world.person(BCAP).await, &id).await;
        let mut bcap = writer(world, BCAP, &id).await;
        let mut ajo = writer(world, AJO, &id).await;
        // Where this server hears nothing of it, as another process would.
        let fell = "UPDATE statement_drafters SET may = 'comment' WHERE may = 'suggest'";
        world.database().runs(fell, fell);
        proposes(&mut bcap, BCAPS, &bcaps, "too late").await;
        assert_eq!(bcap.closing().await, (1011, "not-stored".into()));
        assert_eq!(ajo.closing().await, (1011, "not-stored".into()));
        let mut ajo = ajo.comes_back(&world.url).await.expect("a seat");
        ajo.types("still here ").await;
        ajo.is_acknowledged().await;
        assert!(!ajo.text().contains("too late") && listed(&world.person(AJO).await, &id).await.is_empty());
    }

    async fn suggestions_end_by_the_clock_with_the_comments_and_by_a_freeze(world) {
        let (ana, id, ids) = with_suggesters(world).await;
        let until = json!(ana.later(2).await);
        gives(&ana, &id, &ids, "suggest", until).await;
        let wanjiru = world.person(BCAP).await;
        let detail = async |person: &Person| person.get(&format!("/api/statements/{id}")).await.good();
        assert_eq!(detail(&wanjiru).await["my_right"], "suggest");
        let bcaps = handle(&wanjiru, &id).await;
        world.advance(2 * HOUR).await;
        assert_eq!(detail(&wanjiru).await["my_right"], "read");
        let mut late = writer(world, BCAP, &id).await;
        proposes(&mut late, BCAPS, &bcaps, "too late").await;
        assert_eq!(late.closing().await, (4403, "no-right-to-edit".into()));

        gives(&ana, &id, &ids, "suggest", Value::Null).await;
        let mut bcap = writer(world, BCAP, &id).await;
        ana.freezes(&id).await;
        assert_eq!(bcap.closing().await, (4423, "draft-frozen".into()));
        let mut late = bcap.comes_anew(&world.url).await.expect("a reader's seat");
        proposes(&mut late, BCAPS, &bcaps, "too late").await;
        assert_eq!(late.closing().await, (4423, "draft-frozen".into()));
        let francois = world.person(AJO).await;
        let path = format!("/api/statements/{id}/suggestions/{bcaps}/{SID}/reason");
        francois.put(&path, json!({ "reason": "x" })).await.refused(409, "statement-not-drafting");
        assert!(listed(&francois, &id).await.is_empty());
    }
}
