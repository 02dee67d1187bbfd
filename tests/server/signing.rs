//! Rounds and sign-ons.

use serde_json::{Value, json};

use crate::world::{
    Person, World,
    people::{link, sign_on},
};

const BAOBAB: &str = "approver@bcap-ke.example";
const BAOBAB_FOCAL: &str = "focalpoint@bcap-ke.example";
/// Withholds its name.
const MARSH: &str = "approver@mvrc-xv.example";

/// A round of Baobab Circle and the Marsh Villages on a short text, open for a day.
async fn an_open_round(world: &World) -> (Person, Value) {
    let ana = world.coordinator().await;
    let invited = world.ids(&["ORG-001", "ORG-071"]).await;
    let statement = ana.starts_a_statement("Keep the library open", &invited[..1], "Books are for everybody.").await;
    ana.freezes(&statement).await;
    let round = ana.opens_a_round(&statement, &invited, 24).await;
    (ana, round)
}

async fn now(person: &Person, round: &Value) -> Value {
    person.get(&format!("/api/rounds/{}", round["id"].as_str().unwrap())).await.good()
}

both_databases! {
    async fn an_organisation_signs_on_through_its_letter(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        let page = josphat.get(&link).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Books are for everybody."), "the text comes first");
        josphat.answers(&link, &sign_on("public")).await;
        let receipt = josphat.get(&format!("{link}/receipt")).await;
        assert!(receipt.status == 200 && receipt.text().contains("Baobab Circle for Atrocity Prevention"));

        let round = now(&ana, &round).await;
        assert_eq!((round["signed_public"].as_i64(), round["waiting"].as_i64()), (Some(1), Some(1)));
        // Everybody who acts for the organisation is told.
        world.mailbox(BAOBAB_FOCAL).newest_letter(|text| text.contains("Josphat Kilonzo, Director")).await;

        // The proof travels with the letter, and is the file behind the link.
        let letter = josphat.newest_letter(|text| text.contains("undersigned-receipt/v0")).await;
        let attached = letter.lines().find(|line| line.starts_with('{')).unwrap().trim().to_owned();
        let file = josphat.get(&format!("{link}/receipt.json")).await;
        assert_eq!(attached, file.text());
        let path = world.data.join("receipt.json");
        std::fs::write(&path, &file.body).unwrap();
        assert_eq!(verify(&path, None).0, 3, "a receipt holds, with no key pinned");
    }

    async fn reading_changes_nothing(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        let question = format!("/code/{}", undersigned::kernel::QuestionId::new());
        for path in ["", &question, "/receipt", "/receipt.json", "/answer", "/confirm", "/look", "/hand-on"] {
            for method in ["GET", "HEAD"] {
                josphat.send(josphat.request(method, &format!("{link}{path}?act=sign&visibility=public&authority=on&title=x"))).await;
            }
        }
        assert_eq!(now(&ana, &round).await["waiting"], 2);
        // The next letter shows that the sender has nothing left of them.
        world.person(BAOBAB_FOCAL).await;
        assert_eq!(josphat.codes(), 0);
    }

    async fn a_session_alone_signs_nothing(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.person(BAOBAB).await;
        let link = josphat.signing_link().await;
        let asked = josphat.asks(&link, &sign_on("public")).await;
        assert_eq!(asked.status, 303, "asking is allowed, and mails a code");
        let mailed = josphat.code_after(0).await;
        assert_eq!(josphat.types_code(&asked.location(), other_than(&mailed)).await.status, 422);
        assert_eq!(now(&ana, &round).await["waiting"], 2);
    }

    async fn an_incomplete_form_is_refused_with_what_is_missing(world) {
        let (_, _) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        for (fields, words) in [
            (vec![("act", "sign"), ("visibility", "public"), ("title", "Director")], "Tick the box"),
            (vec![("act", "sign"), ("authority", "on"), ("title", "Director")], "public or withheld"),
            (vec![("act", "decline"), ("reason", " ")], "reason"),
            (vec![("act", "withdraw")], "no sign-on to this text"),
        ] {
            let page = josphat.asks(&link, &fields).await;
            assert_eq!(page.status / 100, 4, "{fields:?}");
            assert!(page.text().contains(words), "{fields:?}: {}", page.text());
        }
    }

    async fn nobody_signs_twice(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signs("public").await;
        let again = josphat.asks(&link, &sign_on("withheld")).await;
        assert_eq!(again.status, 409);
        assert_eq!(now(&ana, &round).await["signed_public"], 1);
    }

    async fn a_code_expires_and_cannot_be_guessed(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        let (question, good) = josphat.is_mailed_a_code(&link, &sign_on("public")).await;
        for _ in 0..5 {
            assert_ne!(josphat.types_code(&question, other_than(&good)).await.status / 100, 2);
        }
        let locked = josphat.types_code(&question, &good).await;
        assert_eq!(locked.status, 410, "after five wrong codes the right one is worth nothing");

        let another = josphat.form(&question, &[]).await;
        assert_eq!(another.status, 303);
        let fresh = josphat.code_after(1).await;
        world.advance(601).await;
        assert_eq!(josphat.types_code(&another.location(), &fresh).await.status, 410);
        assert_eq!(now(&ana, &round).await["waiting"], 2);
    }

    async fn a_code_of_one_organisation_confirms_nothing_for_another(world) {
        let (ana, round) = an_open_round(world).await;
        let (josphat, marsh) = (world.mailbox(BAOBAB), world.mailbox(MARSH));
        let (own, other) = (josphat.signing_link().await, marsh.signing_link().await);
        let (question, code_of_josphat) = josphat.is_mailed_a_code(&own, &sign_on("public")).await;
        let (other_question, code_of_marsh) = marsh.is_mailed_a_code(&other, &sign_on("public")).await;
        // One time in a million both were mailed the same digits.
        let same = code_of_josphat == code_of_marsh;
        assert!(josphat.types_code(&question, &code_of_marsh).await.status == 422 || same);
        // The other's question, behind one's own link, is not there.
        let (_, id) = other_question.rsplit_once('/').unwrap();
        let crossed = josphat.form(&format!("{own}/confirm/{id}"), &[("code", &code_of_marsh)]).await;
        assert_eq!(crossed.status, 303, "there is no such question: back to the text");
        assert!(now(&ana, &round).await["signed_public"] == 0 || same);
    }

    async fn a_focal_point_reads_and_asks_but_signs_nothing(world) {
        let (ana, round) = an_open_round(world).await;
        let wanjiru = world.mailbox(BAOBAB_FOCAL);
        let link = wanjiru.signing_link().await;
        assert_eq!(wanjiru.asks(&link, &sign_on("public")).await.status, 403);
        let (question, digits) = world.mailbox(BAOBAB).is_mailed_a_code(&world.mailbox(BAOBAB).signing_link().await, &sign_on("public")).await;
        let (_, id) = question.rsplit_once('/').unwrap();
        assert_eq!(wanjiru.form(&format!("{link}/confirm/{id}"), &[("code", &digits)]).await.status, 303, "no question of this letter");
        assert_eq!(now(&ana, &round).await["waiting"], 2);
        assert_eq!(wanjiru.form(&format!("{link}/hand-on"), &[]).await.status, 200);
        world.mailbox(BAOBAB).newest_letter(|text| text.contains("Wanjiru Otieno-Mbeki")).await;
    }

    async fn an_unknown_link_tells_nothing(world) {
        let (_, _) = an_open_round(world).await;
        let stranger = world.stranger();
        for path in ["/sign/xyz", "/sign/xyz/receipt", "/sign/xyz/receipt.json"] {
            assert_eq!(stranger.get(path).await.status, 404, "{path}");
        }
        assert_eq!(stranger.form("/sign/xyz/answer", &sign_on("public")).await.status, 404);
    }

    async fn the_clock_closes_a_round_and_a_late_answer_is_refused(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        let (question, in_time) = josphat.is_mailed_a_code(&link, &sign_on("public")).await;
        world.advance(24 * 3600 - 300).await;
        let ana = { drop(ana); world.coordinator().await };
        assert_eq!(now(&ana, &round).await["state"], "open");
        world.advance(301).await;
        assert_eq!(josphat.types_code(&question, &in_time).await.status / 100, 4);
        assert_eq!(josphat.asks(&link, &sign_on("public")).await.status, 409);
        assert!(josphat.get(&link).await.text().contains("Books are for everybody."), "after the close the text can still be read");
        let id = round["id"].as_str().unwrap();
        let closed = world.eventually("the clock closes the round", async || {
            let round = ana.get(&format!("/api/rounds/{id}")).await.good();
            (!round["closed_at"].is_null()).then_some(round)
        }).await;
        assert_eq!((closed["state"].as_str(), closed["waiting"].as_i64()), (Some("closed"), Some(2)));
        ana.leads(&round, "close", json!({})).await.refused(409, "round-closed");
        ana.leads(&round, "remind", json!({})).await.refused(409, "round-closed");
        let later = ana.later(5).await;
        ana.leads(&round, "extend", json!({ "closes_at": later })).await.refused(409, "round-closed");
    }

    async fn what_a_round_needs_to_open(world) {
        let ana = world.coordinator().await;
        let invited = world.ids(&["ORG-001"]).await;
        let statement = ana.starts_a_statement("Keep the library open", &invited, "Books are for everybody.").await;
        let rounds = format!("/api/statements/{statement}/rounds");
        let tomorrow = ana.later(24).await;
        ana.tries_to_open_a_round(&statement, json!({ "organisations": invited, "closes_at": tomorrow })).await.refused(409, "statement-not-frozen");
        ana.freezes(&statement).await;
        ana.tries_to_open_a_round(&statement, json!({ "organisations": [], "closes_at": tomorrow })).await.refused(422, "round-without-organisations");
        ana.tries_to_open_a_round(&statement, json!({ "organisations": ["00000000000000000000000001"], "closes_at": tomorrow })).await.refused(422, "organisation-unknown");
        ana.tries_to_open_a_round(&statement, json!({ "organisations": invited, "closes_at": ana.later(-1).await })).await.refused(422, "deadline-past");
        ana.tries_to_open_a_round(&statement, json!({ "organisations": invited, "closes_at": ana.later(24 * 400).await })).await.refused(422, "deadline-too-far");
        ana.tries_to_open_a_round(&statement, json!({ "organisations": invited, "closes_at": "tomorrow" })).await.refused(400, "malformed");
        world.person(BAOBAB_FOCAL).await.post(&rounds, json!({ "organisations": invited, "closes_at": tomorrow })).await.refused(403, "not-allowed");
        assert!(world.mailbox(BAOBAB).letters_with(|text| text.contains("/sign/")).is_empty(), "a refused round writes to nobody");
        ana.opens_a_round(&statement, &invited, 24).await;
        ana.tries_to_open_a_round(&statement, json!({ "organisations": invited, "closes_at": tomorrow })).await.refused(409, "statement-not-frozen");
    }

    async fn reminders_go_to_those_who_have_not_answered_only(world) {
        let (ana, round) = an_open_round(world).await;
        world.mailbox(BAOBAB).signs("public").await;
        let sent = ana.leads(&round, "remind", json!({})).await.good();
        assert_eq!(sent["organisations"], 1);
        world.mailbox(MARSH).newest_letter(|text| text.contains("still needs your attention")).await;
        assert!(world.mailbox(BAOBAB).letters_with(|text| text.contains("still needs your attention")).is_empty());
        ana.leads(&round, "remind", json!({})).await.refused(409, "reminded-lately");
    }

    async fn an_extension_is_told_to_everybody_and_only_moves_later(world) {
        let (ana, round) = an_open_round(world).await;
        ana.leads(&round, "extend", json!({ "closes_at": ana.later(2).await })).await.refused(422, "deadline-not-later");
        let longer = ana.later(48).await;
        let extended = ana.leads(&round, "extend", json!({ "closes_at": longer })).await.good();
        assert_eq!(extended["closes_at"].as_str().unwrap()[..19], longer[..19]);
        for email in [BAOBAB, BAOBAB_FOCAL, MARSH] {
            world.mailbox(email).letter_after(1, |text| text.contains("/sign/")).await;
        }
    }

    async fn a_letter_and_a_page_about_another_year_say_which(world) {
        let (ana, round) = an_open_round(world).await;
        let next_year = ana.later(24 * 366).await;
        ana.leads(&round, "extend", json!({ "closes_at": next_year })).await.good();
        let josphat = world.mailbox(BAOBAB);
        let letter = josphat.newest_letter(|text| text.contains("It now closes")).await;
        let [now, was] = ["It now closes", "it was to close"].map(|words| letter.lines().find(|line| line.contains(words)).unwrap());
        assert!(now.contains(&next_year[..4]) && !was.contains(&next_year[..4]), "{letter}");
        let page = josphat.get(&josphat.signing_link().await).await;
        assert!(page.text().contains(&format!(" {}, ", &next_year[..4])), "the page says the year, too");
    }

    async fn a_withheld_name_is_for_coordinators_who_ask_on_the_record(world) {
        let (ana, round) = an_open_round(world).await;
        let id = round["id"].as_str().unwrap();
        world.mailbox(MARSH).signs("withheld").await;
        let asked = now(&ana, &round).await;
        assert_eq!((&asked["withheld"], &asked["waiting"]), (&json!(0), &json!(2)), "no change of the page places anybody in time");
        // Whatever hour it is: a day further, and still before the deadline.
        let longer = ana.later(48).await;
        ana.leads(&round, "extend", json!({ "closes_at": longer })).await.good();
        world.advance(24 * 3600).await;
        let ana = world.coordinator().await;
        let view = ana.get(&format!("/api/rounds/{id}")).await;
        assert!(!view.text().contains("Marsh"), "a withheld name is not in the round's page");
        assert_eq!(view.good()["withheld"], 1, "once a day the number moves");
        let statement = round["statement"].as_str().unwrap();
        let history = ana.get(&format!("/api/statements/{statement}/history")).await.text();
        assert!(history.contains("withheld") && !history.contains("Marsh"));

        let member = world.person(BAOBAB_FOCAL).await;
        member.leads(&round, "reveal", json!({})).await.refused(404, "not-found");
        member.get(&format!("/api/rounds/{id}")).await.refused(404, "not-found");
        world.stranger().leads(&round, "reveal", json!({})).await.refused(401, "signed-out");

        let revealed = ana.leads(&round, "reveal", json!({})).await.good();
        assert_eq!(revealed["organisations"][0]["name"], "Marsh Villages Relief Committee");
        let history = ana.get(&format!("/api/statements/{statement}/history")).await.good();
        assert_eq!(history["acts"][0]["what"], "names-revealed");
        assert_eq!(history["acts"][0]["sentence"], "Looked at the one withheld name");
    }

    async fn an_organisation_may_change_its_answer_until_the_round_closes_and_withdraw_after(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let letter = josphat.signing_link().await;
        josphat.answers(&letter, &[("act", "decline"), ("reason", "Our board has not met.")]).await;
        assert_eq!(now(&ana, &round).await["organisations"][0]["reason"], "Our board has not met.");
        josphat.answers(&letter, &sign_on("public")).await;
        josphat.answers(&letter, &[("act", "withdraw"), ("reason", "")]).await;
        assert_eq!(now(&ana, &round).await["withdrawn"], 1);
        josphat.answers(&letter, &sign_on("public")).await;
        ana.closes(&round).await;
        josphat.answers(&letter, &[("act", "withdraw"), ("reason", "")]).await;
        assert_eq!(now(&ana, &round).await["withdrawn"], 1);
        assert_eq!(josphat.asks(&letter, &sign_on("public")).await.status, 409);
    }

    async fn the_same_words_are_not_put_to_signature_twice(world) {
        let (ana, round) = an_open_round(world).await;
        let statement = round["statement"].as_str().unwrap();
        world.mailbox(BAOBAB).signs("public").await;
        ana.closes(&round).await;
        ana.tries_to_reopen(statement).await.good();
        ana.freezes(statement).await;
        let invited = world.ids(&["ORG-001"]).await;
        let ask = json!({ "organisations": invited, "closes_at": ana.later(5).await });
        ana.tries_to_open_a_round(statement, ask).await.refused(409, "round-on-same-text");
    }

    async fn whoever_leaves_an_organisation_leaves_its_letters_too(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signs("withheld").await;
        let register = std::fs::read_to_string(crate::world::server::REGISTER).unwrap();
        let changed = register.replacen("Josphat Kilonzo,approver@bcap-ke.example", "Njeri Wambui,njeri@bcap-ke.example", 1);
        assert_eq!(ana.imports(&changed).await.good()["updated"], 1);
        for path in ["", "/receipt", "/receipt.json"] {
            assert_eq!(josphat.get(&format!("{link}{path}")).await.status, 404, "{path}");
        }
        assert_eq!(josphat.form(&format!("{link}/answer"), &[("act", "withdraw")]).await.status, 404);
        // Those who were replaced are told, and so are those who replaced them.
        for email in [BAOBAB, "njeri@bcap-ke.example", BAOBAB_FOCAL] {
            world.mailbox(email).newest_letter(|text| text.contains("Njeri Wambui") && text.contains("who may sign")).await;
        }
        // The sign-on stays: it is the organisation's.
        world.advance(24 * 3600 - 60).await;
        let ana = world.coordinator().await;
        assert_eq!(now(&ana, &round).await["withheld"], 1);
    }

    async fn an_organisation_renamed_between_question_and_code_is_asked_again(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        let (question, digits) = josphat.is_mailed_a_code(&link, &sign_on("public")).await;
        let register = std::fs::read_to_string(crate::world::server::REGISTER).unwrap();
        let renamed = register.replacen("Baobab Circle for Atrocity Prevention", "Another Name", 1);
        ana.imports(&renamed).await.good();
        let page = josphat.types_code(&question, &digits).await;
        assert_eq!(page.status, 409);
        assert!(page.text().contains("Another Name"));
        assert_eq!(now(&ana, &round).await["waiting"], 2);
    }

    /// Everybody presses the button in the last minute: none is lost, none is counted twice, and the record holds.
    async fn many_organisations_sign_at_once(world) {
        let ana = world.coordinator().await;
        let all = ana.get("/api/organisations").await.good();
        let asked: Vec<Value> = all["organisations"].as_array().unwrap().iter().filter(|one| one["membership"] == "member").take(40).cloned().collect();
        let ids: Vec<String> = asked.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        let statement = ana.starts_a_statement("Keep the library open", &ids[..1], "Books are for everybody.").await;
        ana.freezes(&statement).await;
        // A fraction of a second in a deadline is nobody's: it is told and recorded in whole seconds.
        let closes_at = ana.later(24).await.replace('Z', ".950Z");
        let round = ana.tries_to_open_a_round(&statement, json!({ "organisations": ids, "closes_at": closes_at })).await.good();
        let mut ready = Vec::new();
        for one in &asked {
            let people = one["people"].as_array().unwrap();
            let signs = |person: &&Value| person["roles"].as_array().unwrap().contains(&json!("signing-authority"));
            let person = world.mailbox(people.iter().find(signs).unwrap()["email"].as_str().unwrap());
            let link = person.signing_link().await;
            let (question, digits) = person.is_mailed_a_code(&link, &sign_on("public")).await;
            ready.push((person, question, digits));
        }
        let pressed = ready.iter().map(|(person, question, digits)| async move { person.types_code(question, digits).await.status });
        let answers = futures_util::future::join_all(pressed).await;
        assert!(answers.iter().all(|status| *status == 303), "{answers:?}");
        assert_eq!(now(&ana, &round).await["signed_public"], 40);
        ana.closes(&round).await;
        ana.publishes(&statement).await;
        let bundle = world.stranger().get(&format!("/s/{statement}/evidence.json")).await;
        let path = world.data.join("evidence.json");
        std::fs::write(&path, &bundle.body).unwrap();
        let (code, said) = verify(&path, bundle.json()["vkey"].as_str());
        assert_eq!(code, 0, "{said}");
    }

    async fn a_link_in_a_receipt_still_opens_the_text(world) {
        let (_, _) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        josphat.signs("public").await;
        let letter = josphat.newest_letter(|text| text.contains("Record") || text.contains("entry")).await;
        assert_eq!(josphat.get(&link(&letter, "/sign/")).await.status, 200);
    }
}

/// A code that was not mailed.
fn other_than(code: &str) -> &'static str {
    if code == "123456" { "654321" } else { "123456" }
}

/// Runs the product's own verifier; returns its exit code and what it printed.
pub fn verify(file: &std::path::Path, key: Option<&str>) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_undersigned"));
    command.arg("verify").arg(file);
    if let Some(key) = key {
        command.args(["--key", key]);
    }
    let done = command.output().expect("it runs");
    (done.status.code().unwrap_or(-1), String::from_utf8_lossy(&done.stdout).into_owned())
}
