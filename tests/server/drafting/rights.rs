//! What an organisation may do with a draft: it holds whatever a client sends, a change of it at once where it is made here, and
//! at the commit wherever it was made. Who is given more is told, and nobody else.

use serde_json::{Value, json};

use super::{AJO, BCAP, a_draft, writer};
use crate::{
    organisations::register,
    world::{Person, World},
};

const OSAP: &str = "focalpoint@osap-ml.example";
/// Usually withholds its name.
const MARSH: &str = "focalpoint@mvrc-xv.example";
const HOUR: i64 = 3600;

/// A draft in which AJO edits and BCAP may do as told, the coordinator, and the ids of AJO, BCAP and OSAP.
async fn with_rights(world: &World, bcap: &str, remarks_until: Value) -> (Person, String, [String; 3]) {
    let (ana, id) = a_draft(world).await;
    let ids: [String; 3] = world.ids(&["ORG-056", "ORG-001", "ORG-003"]).await.try_into().expect("three");
    ana.gives(&id, &[(&ids[0], "edit"), (&ids[1], bcap)], remarks_until).await.good();
    (ana, id, ids)
}

async fn detail(person: &Person, id: &str) -> Value {
    person.get(&format!("/api/statements/{id}")).await.good()
}

/// The letters of somebody about the draft. What was queued before a sign-in link has left before it.
async fn letters(world: &World, email: &str) -> Vec<String> {
    world.person(email).await.letters_with(|text| text.contains("/app/statements/"))
}

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

    async fn who_may_not_edit_changes_no_text_whatever_is_sent(world) {
        for right in ["comment", "read"] {
            let (_, id, _) = with_rights(world, right, Value::Null).await;
            let wanjiru = world.person(BCAP).await;
            let shown = detail(&wanjiru, &id).await;
            assert_eq!((&shown["my_right"], &shown["may"]), (&json!(right), &json!([])));
            let mut reads = writer(world, BCAP, &id).await;
            let mut edits = writer(world, AJO, &id).await;
            edits.types("written by right ").await;
            edits.is_acknowledged().await;
            reads.sees("written by right").await;
            reads.types("written without ").await;
            assert_eq!(reads.closing().await, (4403, "no-right-to-edit".into()));
            edits.types("and goes on ").await;
            edits.is_acknowledged().await;
            let again = reads.comes_anew(&world.url).await.expect("a reader's seat");
            assert!(again.text().contains("and goes on") && !again.text().contains("written without"), "{}", again.text());
            // Nobody is sent more sign-in links within one hour.
            world.advance(HOUR).await;
        }
    }

    async fn a_right_that_falls_or_rises_reaches_the_open_page_and_nobody_elses(world) {
        let (ana, id, [ajo, bcap, _]) = with_rights(world, "edit", Value::Null).await;
        let mut ben = writer(world, BCAP, &id).await;
        let mut cleo = writer(world, AJO, &id).await;
        ben.types("in time ").await;
        ben.is_acknowledged().await;
        ana.gives(&id, &[(&ajo, "edit"), (&bcap, "comment")], Value::Null).await.good();
        assert_eq!(ben.closing().await, (1012, "seat-changed".into()));
        let mut reads = ben.comes_anew(&world.url).await.expect("a reader's seat");
        cleo.types("stays ").await;
        cleo.is_acknowledged().await;
        reads.sees("stays").await;
        // Words that were on their way are refused, and stay with who wrote them.
        ben.tries_to_type("too late ").await;
        let mut late = ben.comes_back(&world.url).await.expect("a reader's seat");
        assert_eq!(late.closing().await, (4403, "no-right-to-edit".into()));
        assert!(late.text().contains("too late") && !cleo.text().contains("too late"));

        // From reading to commenting nothing changes for who has the text open.
        ana.gives(&id, &[(&ajo, "edit"), (&bcap, "read")], Value::Null).await.good();
        cleo.types("still here ").await;
        reads.sees("still here").await;
        ana.gives(&id, &[(&ajo, "edit"), (&bcap, "edit")], Value::Null).await.good();
        assert_eq!(reads.closing().await, (1012, "seat-changed".into()));
        let mut edits = reads.comes_anew(&world.url).await.expect("a seat");
        edits.types("back again ").await;
        edits.is_acknowledged().await;
        cleo.sees("back again").await;
    }

    async fn a_right_that_fell_elsewhere_holds_at_the_commit(world) {
        let (_, id, _) = with_rights(world, "edit", Value::Null).await;
        let mut ben = writer(world, BCAP, &id).await;
        // Where this server hears nothing of it, as another process would.
        let fell = "UPDATE statement_drafters SET may = 'comment'";
        world.database().runs(fell, fell);
        ben.types("too late ").await;
        assert_eq!(ben.closing().await, (1011, "not-stored".into()));
        let mut ben = ben.comes_back(&world.url).await.expect("a reader's seat");
        assert_eq!(ben.closing().await, (4403, "no-right-to-edit".into()));
        assert!(!writer(world, AJO, &id).await.text().contains("too late"));
    }

    async fn comments_end_by_the_clock_and_who_edits_goes_on(world) {
        let (ana, id, [ajo, bcap, osap]) = with_rights(world, "comment", Value::Null).await;
        let until = ana.later(2).await;
        ana.gives(&id, &[(&ajo, "edit"), (&bcap, "comment")], json!(until)).await.good();
        let wanjiru = world.person(BCAP).await;
        let before = detail(&wanjiru, &id).await;
        assert_eq!((&before["my_right"], undersigned::kernel::Moment::parse(before["remarks_until"].as_str().unwrap())),
            (&json!("comment"), undersigned::kernel::Moment::parse(&until).map(undersigned::kernel::Moment::whole_seconds)));
        world.advance(2 * HOUR).await;
        assert_eq!(detail(&wanjiru, &id).await["my_right"], "read");
        assert_eq!(detail(&ana, &id).await["my_right"], "edit");
        let mut francois = writer(world, AJO, &id).await;
        francois.types("goes on ").await;
        francois.is_acknowledged().await;

        // A deadline that has passed is no hindrance where nobody moves it, and cannot be chosen.
        let passed = ana.get(&format!("/api/statements/{id}/drafters")).await.good()["remarks_until"].clone();
        let rights = [(ajo.as_str(), "edit"), (bcap.as_str(), "comment"), (osap.as_str(), "comment")];
        ana.gives(&id, &rights, passed).await.good();
        ana.gives(&id, &rights, json!(ana.later(-1).await)).await.refused(422, "remarks-until-past");
        ana.gives(&id, &rights, json!(ana.later(24 * 367).await)).await.refused(422, "remarks-until-too-far");
        ana.gives(&id, &rights, Value::Null).await.good();
        assert_eq!(detail(&wanjiru, &id).await["my_right"], "comment");

        let told = ana.get(&format!("/api/statements/{id}/history")).await.text();
        for sentence in ["Chose who takes part: AJO (edit), BCAP (comment)", "Comments are taken until the text is frozen", "Comments are taken until "] {
            assert!(told.contains(sentence), "{sentence}: {told}");
        }
        ana.freezes(&id).await;
        assert_eq!(detail(&wanjiru, &id).await["my_right"], "read", "nobody comments on a text that is settled");
    }

    async fn rights_are_given_once_each_and_only_as_shown(world) {
        let (ana, id, [ajo, bcap, _]) = with_rights(world, "comment", Value::Null).await;
        ana.gives(&id, &[(&ajo, "edit"), (&ajo, "read")], Value::Null).await.refused(422, "field-invalid");
        let path = format!("/api/statements/{id}/drafters");
        let seen = ana.seen(&path).await;
        let choice = |may: &str, seen: &str| json!({ "organisations": [{ "id": ajo, "may": "edit" }, { "id": bcap, "may": may }], "seen": seen });
        // The same organisations with another right are another choice.
        ana.put(&path, choice("read", &seen)).await.good();
        ana.put(&path, choice("edit", &seen)).await.refused(409, "seen-changed");
        assert_eq!(ana.put(&path, choice("read", &seen)).await.status, 200, "pressed twice it has succeeded");
        let until = json!(ana.later(5).await);
        let fresh = ana.seen(&path).await;
        ana.gives(&id, &[(&ajo, "edit"), (&bcap, "read")], until).await.good();
        ana.put(&path, choice("read", &fresh)).await.refused(409, "seen-changed");
        let francois = world.person(AJO).await;
        francois.gives(&id, &[(&ajo, "edit")], Value::Null).await.refused(403, "not-allowed");
    }

    async fn who_is_given_more_gets_one_letter_and_nobody_else_hears_of_it(world) {
        let (ana, id, [ajo, bcap, osap]) = with_rights(world, "read", Value::Null).await;
        let marsh = world.ids(&["ORG-071"]).await.remove(0);
        // Both edited from the beginning; who may do less now is not written to.
        for email in [AJO, BCAP] {
            let letters = letters(world, email).await;
            assert_eq!(letters.len(), 1, "{letters:?}");
            assert!(letters[0].contains("asks you to write with the others on the draft of “Keep the library open”"), "{letters:?}");
            assert!(letters[0].contains("Subject: A draft is open to you") && letters[0].contains(&format!("{}/app/statements/{id}", world.url)), "{letters:?}");
        }
        let until = json!(ana.later(48).await);
        let rights = [(ajo.as_str(), "edit"), (bcap.as_str(), "comment"), (osap.as_str(), "read"), (marsh.as_str(), "edit")];
        ana.gives(&id, &rights, until.clone()).await.good();
        let told = letters(world, BCAP).await;
        assert!(told.len() == 2 && told[1].contains("asks for your comments") && told[1].contains("Comments are taken until"), "{told:?}");
        let told = letters(world, OSAP).await;
        assert!(told.len() == 1 && told[0].contains("lets you read the draft") && !told[0].contains("Comments are taken"), "{told:?}");
        let told = letters(world, MARSH).await;
        assert!(told.len() == 1 && !told[0].contains("MVRC") && !told[0].contains("Marsh"), "{told:?}");
        assert_eq!(letters(world, AJO).await.len(), 1, "nobody hears of what another was given");
        let seen = detail(&world.person(AJO).await, &id).await;
        assert!(!seen.to_string().contains("MVRC") && seen["drafters_unnamed"] == 1, "{seen}");
        assert_eq!(seen["drafters"].as_array().unwrap().iter().find(|one| one["acronym"] == "BCAP").unwrap()["may"], "comment");

        ana.gives(&id, &[(&ajo, "read"), (&bcap, "comment"), (&osap, "comment")], until).await.good();
        for (email, count) in [(AJO, 1), (BCAP, 2), (OSAP, 2), (MARSH, 1)] {
            assert_eq!(letters(world, email).await.len(), count, "{email}");
        }
    }

    async fn a_coordinator_edits_and_in_no_name_that_may_only_read(world) {
        let (ana, id, [ajo, ..]) = with_rights(world, "edit", Value::Null).await;
        let own = world.ids(&["ORG-053"]).await.remove(0);
        ana.gives(&id, &[(&ajo, "edit"), (&own, "edit")], Value::Null).await.good();
        let writers = format!("/api/statements/{id}/writers");
        assert_eq!(ana.get(&writers).await.good()["own"]["organisation"]["id"], json!(own));
        let mut writing = writer(world, crate::world::server::COORDINATOR, &id).await;
        ana.gives(&id, &[(&ajo, "edit"), (&own, "read")], Value::Null).await.good();
        assert_eq!(writing.closing().await, (1012, "seat-changed".into()));
        assert_eq!((&ana.get(&writers).await.good()["own"], &detail(&ana, &id).await["my_right"]), (&Value::Null, &json!("edit")));
        let mut writing = writing.comes_anew(&world.url).await.expect("a seat");
        writing.types("from the secretariat ").await;
        writing.is_acknowledged().await;
    }

    async fn who_last_edited_is_told_by_right_and_an_unnamed_organisation_only_when(world) {
        let (ana, id, [ajo, ..]) = with_rights(world, "edit", Value::Null).await;
        let marsh = world.ids(&["ORG-071"]).await.remove(0);
        ana.gives(&id, &[(&ajo, "edit"), (&marsh, "edit")], Value::Null).await.good();
        let francois = world.person(AJO).await;
        let last = async |person: &Person| detail(person, &id).await["last_edit"].clone();
        assert_eq!(last(&francois).await, Value::Null, "the server's own beginning is nobody's edit");
        for (email, shown, is_of) in [(AJO, json!("AJO"), false), (MARSH, Value::Null, false), (crate::world::server::COORDINATOR, Value::Null, true)] {
            let mut writing = writer(world, email, &id).await;
            writing.types("a word ").await;
            writing.is_acknowledged().await;
            for reader in [&francois, &ana] {
                let last = last(reader).await;
                assert_eq!((&last["organisation"]["acronym"], &last["secretariat"]), (&shown, &json!(is_of)), "{email}: {last}");
                let at = undersigned::kernel::Moment::parse(last["at"].as_str().unwrap()).unwrap();
                assert_eq!(at, at.whole_minutes(), "{last}");
            }
        }
        let list = francois.get("/api/statements").await.good();
        assert_eq!(list["statements"][0]["last_edit"]["secretariat"], true, "{list}");
        let stranger = world.person(OSAP).await.get("/api/statements").await.good();
        assert_eq!(stranger["statements"], json!([]));
    }
}
