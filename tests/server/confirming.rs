//! What one confirms is what one saw: every binding act, confirmed after what it does has changed, and confirmed twice.

use serde_json::{Value, json};

use crate::{
    drafting::writer,
    world::{Person, World, people::sign_on},
};

const BAOBAB: &str = "approver@bcap-ke.example";
const JASMINE: &str = "focalpoint@jba-tn.example";

/// A draft of Baobab Circle, and the coordinator.
async fn a_draft(world: &World) -> (Person, String, Vec<String>) {
    let ana = world.coordinator().await;
    let organisations = world.ids(&["ORG-001", "ORG-011"]).await;
    let id = ana.starts_a_statement("Keep the library open", &organisations[..1], "Books are for everybody.").await;
    (ana, id, organisations)
}

/// A round of two organisations.
async fn a_round(world: &World) -> (Person, String, Value) {
    let (ana, id, organisations) = a_draft(world).await;
    ana.freezes(&id).await;
    let round = ana.opens_a_round(&id, &organisations, 24).await;
    (ana, id, round)
}

async fn now(ana: &Person, round: &Value) -> Value {
    ana.get(&format!("/api/rounds/{}", round["id"].as_str().unwrap())).await.good()
}

both_databases! {
    async fn a_code_confirms_the_act_its_page_shows_and_no_other(world) {
        let (ana, _, round) = a_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        for (first, second) in [
            (sign_on("withheld").to_vec(), sign_on("public").to_vec()),
            (vec![("act", "decline"), ("reason", "Not ours.")], sign_on("public").to_vec()),
            (sign_on("public").to_vec(), vec![("act", "decline"), ("reason", "Not ours.")]),
        ] {
            // Two tabs: the newest code, typed into the page of the older question.
            let (tab_one, old_code) = josphat.is_mailed_a_code(&link, &first).await;
            let (_, new_code) = josphat.is_mailed_a_code(&link, &second).await;
            for code in [&new_code, &old_code] {
                let page = josphat.types_code(&tab_one, code).await;
                assert_eq!(page.status, 409, "{first:?}");
                assert!(page.text().contains("Something newer was asked"), "{}", page.text());
            }
            assert_eq!(now(&ana, &round).await["waiting"], 2, "{first:?} then {second:?}");
            world.advance(3601).await;
        }
        let (tab_two, code) = josphat.is_mailed_a_code(&link, &sign_on("withheld")).await;
        assert_eq!(josphat.types_code(&tab_two, &code).await.status, 303);
        josphat.newest_letter(|text| text.contains("with its name withheld, by Josphat")).await;
    }

    async fn a_code_is_taken_as_it_comes_out_of_any_mail_program(world) {
        let (ana, _, round) = a_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        let in_arabic = |code: &str| -> String { code.chars().map(|c| char::from_u32(c as u32 - 0x30 + 0x660).unwrap()).collect() };
        let written: [&dyn Fn(&str) -> String; 6] = [
            &|code| format!("{} {}", &code[..3], &code[3..]),
            &|code| format!("        {code}"),
            &|code| format!("{}\u{a0}{}\r\n", &code[..2], &code[2..]),
            &|code| format!("\u{2068}{code}\u{2069}."),
            &|code| code.chars().map(|c| char::from_u32(c as u32 - 0x30 + 0xff10).unwrap()).collect(),
            &in_arabic,
        ];
        for (turn, write) in written.into_iter().enumerate() {
            let fields = if turn % 2 == 0 { sign_on("public").to_vec() } else { vec![("act", "withdraw")] };
            let (question, code) = josphat.is_mailed_a_code(&link, &fields).await;
            let typed = write(&code);
            assert_eq!(josphat.types_code(&question, &typed).await.status, 303, "{typed:?}");
            world.advance(1800).await;
        }
        assert_eq!(now(&world.coordinator().await, &round).await["withdrawn"], 1);
        drop(ana);
    }

    async fn whoever_repeats_an_answer_is_shown_that_it_was_given(world) {
        let (ana, _, round) = a_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        let (question, code) = josphat.is_mailed_a_code(&link, &sign_on("public")).await;
        for press in 0..3 {
            let done = josphat.types_code(&question, &code).await;
            assert_eq!((done.status, done.location().ends_with("/receipt")), (303, true), "press {press}");
        }
        // A retry from a line that broke, without the cookie of the first answer: the code still opens the receipt.
        let retry = world.mailbox(BAOBAB);
        assert_eq!(retry.types_code(&question, &code).await.status, 303);
        assert_eq!(retry.get(&format!("{link}/receipt")).await.status, 200);
        // Without the code nothing is shown.
        let thief = world.mailbox(BAOBAB);
        assert_eq!(thief.types_code(&question, "000000").await.status, 410);
        assert_eq!(thief.get(&format!("{link}/receipt")).await.status, 303);
        assert_eq!(now(&ana, &round).await["signed_public"], 1);
        josphat.newest_letter(|text| text.contains("Recorded as entry")).await;
        assert_eq!(josphat.letters_with(|text| text.contains("Recorded as entry")).len(), 1);
    }

    async fn freezing_takes_the_words_that_were_read(world) {
        let (ana, id, _) = a_draft(world).await;
        let path = format!("/api/statements/{id}/freeze");
        let seen = ana.get(&path).await.good();
        assert!(seen["text"].to_string().contains("Books are for everybody."), "the page shows the text");
        let mut ben = writer(world, "focalpoint@bcap-ke.example", &id).await;
        ben.types("Seven words that nobody has read yet.").await;
        ben.is_acknowledged().await;
        ana.post(&path, json!({ "seen": seen["seen"] })).await.refused(409, "seen-changed");
        ana.post(&path, json!({ "seen": "" })).await.refused(409, "seen-changed");
        ana.post(&path, json!({ "seen": "0".repeat(100_000) })).await.refused(413, "too-large");
        ben.types(" And on.").await;
        ben.is_acknowledged().await;

        let seen = ana.get(&path).await.good()["seen"].clone();
        let edition = ana.post(&path, json!({ "seen": seen })).await.good();
        let again = ana.post(&path, json!({ "seen": seen })).await.good();
        assert_eq!((&edition["id"], &again["label"]), (&again["id"], &json!("Rev.1")), "pressed twice it is the same edition");
        // Somebody else's press is no repetition.
        let other = world.coordinator().await;
        assert_eq!(other.post(&path, json!({ "seen": seen })).await.status, 409);
    }

    async fn a_round_is_opened_as_it_was_looked_at(world) {
        let (ana, id, organisations) = a_draft(world).await;
        ana.freezes(&id).await;
        let rounds = format!("/api/statements/{id}/rounds");
        let mut ask = json!({ "organisations": organisations, "closes_at": ana.later(24).await });
        let look = ana.post(&format!("{rounds}/preview"), ask.clone()).await.good();
        assert!(look["organisations"][0]["signers"].to_string().contains("Josphat"), "{look}");
        let register = std::fs::read_to_string(crate::world::server::REGISTER).unwrap();
        let changed = register.replacen("Josphat Kilonzo,approver@bcap-ke.example", "Njeri Wambui,njeri@bcap-ke.example", 1);
        ana.imports(&changed).await.good();
        ask["seen"] = look["seen"].clone();
        ana.post(&rounds, ask.clone()).await.refused(409, "seen-changed");
        ask["seen"] = json!(null);
        assert_eq!(ana.post(&rounds, ask.clone()).await.status / 100, 4, "unseen, nothing opens");
        ask.as_object_mut().unwrap().remove("seen");
        ask["seen"] = ana.post(&format!("{rounds}/preview"), ask.clone()).await.good()["seen"].clone();
        let first = ana.post(&rounds, ask.clone()).await.good();
        let again = ana.post(&rounds, ask.clone()).await.good();
        assert_eq!(first["id"], again["id"], "pressed twice it is one round");
        ask["organisations"] = json!(organisations[..1]);
        assert_eq!(ana.post(&rounds, ask.clone()).await.status, 409, "another round is no repetition of it");
        world.mailbox("njeri@bcap-ke.example").signing_link().await;
        assert_eq!(world.mailbox("njeri@bcap-ke.example").letters_with(|text| text.contains("/sign/")).len(), 1);
    }

    async fn acts_on_a_round_are_refused_when_it_moved_and_repeated_when_they_succeeded(world) {
        let (ana, _, round) = a_round(world).await;
        let path = format!("/api/rounds/{}", round["id"].as_str().unwrap());
        let seen = now(&ana, &round).await["seen"].clone();
        world.mailbox(BAOBAB).signs("public").await;
        ana.post(&format!("{path}/remind"), json!({ "seen": seen["remind"] })).await.refused(409, "seen-changed");
        ana.post(&format!("{path}/close"), json!({ "seen": seen["close"] })).await.refused(409, "seen-changed");
        // An answer does not move the deadline: what was seen of that is still so.
        let later = ana.later(48).await;
        for _ in 0..2 {
            ana.post(&format!("{path}/extend"), json!({ "seen": seen["extend"], "closes_at": later })).await.good();
        }
        let colleague = world.coordinator().await;
        colleague.post(&format!("{path}/extend"), json!({ "seen": seen["extend"], "closes_at": ana.later(72).await })).await.refused(409, "seen-changed");
        let seen = now(&ana, &round).await["seen"].clone();
        for _ in 0..2 {
            assert_eq!(ana.post(&format!("{path}/remind"), json!({ "seen": seen["remind"] })).await.good()["organisations"], 1);
        }
        for _ in 0..2 {
            assert_eq!(ana.post(&format!("{path}/close"), json!({ "seen": seen["close"] })).await.good()["state"], "closed");
        }
        let statement = round["statement"].as_str().unwrap();
        let history = ana.get(&format!("/api/statements/{statement}/history")).await.good();
        let count = |what: &str| history["acts"].as_array().unwrap().iter().filter(|act| act["what"] == what).count();
        assert_eq!((count("round-extended"), count("reminded"), count("round-closed")), (1, 1, 1));
    }

    async fn withheld_names_are_revealed_as_many_as_were_counted_and_every_look_is_on_the_record(world) {
        let (ana, id, organisations) = a_draft(world).await;
        ana.freezes(&id).await;
        let round = ana.opens_a_round(&id, &organisations, 72).await;
        let path = format!("/api/rounds/{}/reveal", round["id"].as_str().unwrap());
        // What is withheld is counted from the next day on; by then a session has lapsed.
        let next_day = async || {
            world.advance(25 * 3600).await;
            world.coordinator().await
        };
        let josphat = world.mailbox(BAOBAB);
        josphat.signs("withheld").await;

        let ana = next_day().await;
        let looked = now(&ana, &round).await;
        let first = json!({ "seen": looked["seen"]["reveal"] });
        for press in 1..=2 {
            let names = ana.post(&path, first.clone()).await.good();
            assert_eq!(names["organisations"].as_array().map(Vec::len), Some(1), "press {press}: {names}");
            assert_eq!(names["organisations"][0]["id"], organisations[0], "press {press}");
        }

        world.mailbox(JASMINE).signs("withheld").await;
        let ana = next_day().await;
        ana.post(&path, first).await.refused(409, "seen-changed");
        let looked_again = now(&ana, &round).await;
        assert_eq!((&looked["withheld"], &looked_again["withheld"]), (&json!(1), &json!(2)), "the page says what changed");
        let names = ana.post(&path, json!({ "seen": looked_again["seen"]["reveal"] })).await.good();
        assert_eq!(names["organisations"].as_array().map(Vec::len), Some(2));

        let history = ana.get(&format!("/api/statements/{id}/history")).await.good();
        let looks = history["acts"].as_array().unwrap().iter().filter(|act| act["what"] == "names-revealed").count();
        assert_eq!(looks, 3, "one that was refused showed nothing: {history}");
    }

    async fn publishing_prints_the_list_that_was_read(world) {
        let (ana, id, round) = a_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signs("public").await;
        world.mailbox(JASMINE).signs("public").await;
        ana.closes(&round).await;
        let path = format!("/api/statements/{id}/publish");
        let seen = ana.get(&path).await.good();
        assert_eq!(seen["signatories"].as_array().map(Vec::len), Some(2));
        josphat.answers(&link, &[("act", "withdraw")]).await;
        ana.post(&path, json!({ "seen": seen["seen"] })).await.refused(409, "seen-changed");
        assert_eq!(world.stranger().get(&format!("/s/{id}")).await.status, 404);
        let seen = ana.get(&path).await.good();
        assert_eq!(seen["signatories"].as_array().map(Vec::len), Some(1));
        for _ in 0..2 {
            ana.post(&path, json!({ "seen": seen["seen"] })).await.good();
        }
        let page = world.stranger().get(&format!("/s/{id}")).await.text();
        assert!(!page.contains("Baobab Circle") && page.contains("جمعية"), "{page}");
    }

    async fn reopening_choosing_drafters_and_importing_do_what_was_shown(world) {
        let (ana, id, organisations) = a_draft(world).await;
        let path = format!("/api/statements/{id}/drafters");
        let stale = ana.seen(&path).await;
        ana.chooses_drafters(&id, &organisations).await.good();
        ana.put(&path, json!({ "organisations": [], "seen": stale })).await.refused(409, "seen-changed");
        assert_eq!(ana.get(&path).await.good()["organisations"].as_array().map(Vec::len), Some(2));

        ana.freezes(&id).await;
        let path = format!("/api/statements/{id}/reopen");
        let stale = ana.seen(&path).await;
        let round = ana.opens_a_round(&id, &organisations, 24).await;
        ana.post(&path, json!({ "seen": stale })).await.refused(409, "statement-round-standing");
        ana.closes(&round).await;
        ana.post(&path, json!({ "seen": stale })).await.refused(409, "seen-changed");
        let seen = ana.seen(&path).await;
        for _ in 0..2 {
            assert_eq!(ana.post(&path, json!({ "seen": seen })).await.good()["next_edition"], "Rev.2");
        }
        // A stale page undoes nothing that came after it, and is not told that it did.
        ana.freezes(&id).await;
        ana.post(&path, json!({ "seen": seen })).await.refused(409, "seen-changed");
        let path = format!("/api/statements/{id}/drafters");
        let seen = ana.seen(&path).await;
        ana.put(&path, json!({ "organisations": [], "seen": seen })).await.refused(409, "statement-not-drafting");

        let register = std::fs::read_to_string(crate::world::server::REGISTER).unwrap();
        let renamed = register.replacen("Baobab Circle for Atrocity Prevention", "Baobab Ring", 1);
        let look = ana.looks_at_import(&renamed).await.good();
        assert_eq!(look["updated"][0]["changes"][0]["after"], "Baobab Ring", "{look}");
        let send = |csv: &str| ana.request("POST", &format!("/api/organisations/import?seen={}", look["seen"].as_str().unwrap())).header("content-type", "text/csv").body(csv.to_owned());
        // The same fingerprint does not carry another file.
        ana.send(send(&register.replacen("Baobab Circle for Atrocity Prevention", "Another", 1))).await.refused(409, "seen-changed");
        for _ in 0..2 {
            assert_eq!(ana.send(send(&renamed)).await.good()["updated"], 1, "pressed twice it says what it did");
        }
        ana.send(send(&register.replacen("Baobab Circle for Atrocity Prevention", "Another", 1))).await.refused(409, "seen-changed");
    }

    async fn last_change_counts_what_its_authors_did_and_never_an_answer(world) {
        let (ana, id, _) = a_round(world).await;
        let changed = async |ana: &Person| ana.get(&format!("/api/statements/{id}")).await.good()["updated_at"].clone();
        let before = changed(&ana).await;
        world.advance(3600).await;
        world.mailbox(BAOBAB).signs("withheld").await;
        world.mailbox(JASMINE).signs("public").await;
        assert_eq!(changed(&ana).await, before, "an answer would be placed in time by it");
        let round = ana.get(&format!("/api/statements/{id}")).await.good()["round"].clone();
        ana.closes(&round).await;
        assert_ne!(changed(&ana).await, before);

        let (_, draft, _) = a_draft(world).await;
        let changed = async |ana: &Person| ana.get(&format!("/api/statements/{draft}")).await.good()["updated_at"].clone();
        let before = changed(&ana).await;
        world.advance(3600).await;
        let mut ben = writer(world, "focalpoint@bcap-ke.example", &draft).await;
        ben.types("A word.").await;
        ben.is_acknowledged().await;
        assert_ne!(changed(&ana).await, before, "whoever writes changes a draft");
    }
}
