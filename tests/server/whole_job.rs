//! The whole job over HTTP, and what a stranger can check afterwards.

use serde_json::{Value, json};

use crate::{
    signing::verify,
    world::{Person, World, people::sign_on, server::files_under},
};

const PUBLIC: [(&str, &str); 3] =
    [("ORG-001", "approver@bcap-ke.example"), ("ORG-011", "focalpoint@jba-tn.example"), ("ORG-005", "focalpoint@cnz-ci.example")];
const WITHHELD: (&str, &str, &str) = ("ORG-071", "approver@mvrc-xv.example", "Marsh Villages");

/// Three sign in public, one with its name withheld; published.
async fn a_published_statement(world: &World) -> (Person, String, Value) {
    let ana = world.coordinator().await;
    let references: Vec<&str> = PUBLIC.iter().map(|(reference, _)| *reference).chain([WITHHELD.0]).collect();
    let invited = world.ids(&references).await;
    let id = ana.starts_a_statement("Keep the library open", &invited[..1], "Books are for everybody.").await;
    ana.freezes(&id).await;
    let round = ana.opens_a_round(&id, &invited, 24).await;
    for (_, email) in PUBLIC {
        world.mailbox(email).signs("public").await;
    }
    world.mailbox(WITHHELD.1).signs("withheld").await;
    ana.closes(&round).await;
    ana.publishes(&id).await;
    (ana, id, round)
}

async fn bundle(world: &World, id: &str) -> Value {
    let path = world.data.join("evidence.json");
    let file = world.stranger().get(&format!("/s/{id}/evidence.json")).await;
    assert_eq!(file.status, 200, "{}", file.text());
    std::fs::write(&path, &file.body).unwrap();
    file.json()
}

fn checked(world: &World, bundle: &Value, key: Option<&str>) -> (i32, String) {
    let path = world.data.join("changed.json");
    std::fs::write(&path, serde_json::to_string(bundle).unwrap()).unwrap();
    verify(&path, key)
}

both_databases! {
    async fn a_stranger_reads_downloads_and_checks(world) {
        let (_, id, _) = a_published_statement(world).await;
        let stranger = world.stranger();
        let page = stranger.get(&format!("/s/{id}")).await;
        assert_eq!(page.status, 200);
        let text = page.text();
        for words in ["Books are for everybody.", "Baobab Circle for Atrocity Prevention", "جمعية جسور الياسمين", "1 organisation whose name is withheld"] {
            assert!(text.contains(words), "the page says “{words}”");
        }
        assert!(!text.contains("<script"), "the page needs no scripts");
        for kind in ["statement.pdf", "statement.txt", "evidence.json"] {
            assert!(text.contains(&format!("/s/{id}/{kind}")), "{kind} has an address that ends in its kind");
        }
        let pdf = stranger.get(&format!("/s/{id}/statement.pdf")).await;
        assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF-"));

        let bundle = bundle(world, &id).await;
        let file = world.data.join("evidence.json");
        assert_eq!(verify(&file, None).0, 3, "it holds, but no key was pinned");
        let key = bundle["vkey"].as_str().unwrap();
        let (code, said) = verify(&file, Some(key));
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("Not proven"), "{said}");
        assert!(text.contains(key), "the page gives the key");
    }

    async fn a_bundle_that_was_bent_does_not_hold(world) {
        let (_, id, _) = a_published_statement(world).await;
        let whole = bundle(world, &id).await;
        let key = whole["vkey"].as_str().unwrap().to_owned();
        assert_eq!(checked(world, &whole, Some(&key)).0, 0, "as it came it holds");

        let mut dropped = whole.clone();
        dropped["leaves"].as_array_mut().unwrap().remove(2);
        assert_eq!(checked(world, &dropped, Some(&key)).0, 1, "a leaf dropped");

        let mut swapped = whole.clone();
        swapped["leaves"].as_array_mut().unwrap().swap(1, 2);
        assert_eq!(checked(world, &swapped, Some(&key)).0, 1, "two leaves swapped");

        let mut renamed = whole.clone();
        renamed["list"]["names"][0] = json!("Somebody else");
        assert_eq!(checked(world, &renamed, Some(&key)).0, 1, "a name changed");

        let bytes = std::fs::read(world.data.join("evidence.json")).unwrap();
        for at in [bytes.len() / 7, bytes.len() / 3, bytes.len() / 2, bytes.len() - 9] {
            let mut bent = bytes.clone();
            bent[at] ^= 1;
            let path = world.data.join("bent.json");
            std::fs::write(&path, bent).unwrap();
            assert_eq!(verify(&path, Some(&key)).0, 1, "one bit of byte {at}");
        }
    }

    async fn no_withheld_name_is_anywhere_it_must_not_be(world) {
        let (_, id, round) = a_published_statement(world).await;
        let member = world.person("focalpoint@bcap-ke.example").await;
        let mut seen: Vec<(String, Vec<u8>)> = Vec::new();
        for path in [format!("/s/{id}"), format!("/s/{id}/statement.pdf"), format!("/s/{id}/statement.txt"), format!("/s/{id}/evidence.json")] {
            seen.push((path.clone(), world.stranger().get(&path).await.body));
        }
        for path in ["/api/statements".into(), format!("/api/statements/{id}"), "/api/organisations".into(), "/api/me".into(), "/api/organisations?search=marsh".into(), format!("/api/rounds/{}", round["id"].as_str().unwrap())] {
            seen.push((path.clone(), member.get(&path).await.body));
        }
        seen.push(("the log".into(), world.log().into_bytes()));
        for (path, bytes) in files_under(&world.letters_folder()) {
            let raw = String::from_utf8(bytes).unwrap();
            if !raw.contains("mvrc-xv.example") {
                seen.push((path.display().to_string(), crate::world::people::decoded(&raw).into_bytes()));
            }
        }
        for (place, bytes) in &seen {
            for secret in [WITHHELD.2, "mvrc-xv"] {
                assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{place} names a withheld organisation");
            }
        }
        assert!(seen.len() > 12);
    }

    async fn a_withdrawal_after_publication_is_shown_and_the_bundle_holds(world) {
        let (_, id, _) = a_published_statement(world).await;
        let josphat = world.mailbox(PUBLIC[0].1);
        let link = josphat.signing_link().await;
        josphat.looks(&link).await;
        josphat.answers(&link, &[("act", "withdraw"), ("reason", "")]).await;
        let page = world.stranger().get(&format!("/s/{id}")).await.text();
        assert!(page.contains("Withdrawn after publication"));
        let bundle = bundle(world, &id).await;
        let (code, said) = checked(world, &bundle, bundle["vkey"].as_str());
        assert_eq!(code, 0, "{said}");
        assert!(!bundle["list"]["names"].as_array().unwrap().contains(&json!("Baobab Circle for Atrocity Prevention")));
        assert_eq!(josphat.asks(&link, &sign_on("public")).await.status, 409, "the round is over");
    }

    async fn a_withdrawal_before_publication_leaves_no_name(world) {
        let ana = world.coordinator().await;
        let invited = world.ids(&["ORG-001", "ORG-005"]).await;
        let id = ana.starts_a_statement("Keep the library open", &invited[..1], "Books are for everybody.").await;
        ana.freezes(&id).await;
        let round = ana.opens_a_round(&id, &invited, 24).await;
        let josphat = world.mailbox(PUBLIC[0].1);
        let link = josphat.signs("public").await;
        world.mailbox(PUBLIC[2].1).signs("public").await;
        josphat.answers(&link, &[("act", "withdraw"), ("reason", "")]).await;
        ana.closes(&round).await;
        ana.publishes(&id).await;
        let page = world.stranger().get(&format!("/s/{id}")).await.text();
        assert!(!page.contains("Baobab") && page.contains("Collectif"));
        let bundle = bundle(world, &id).await;
        assert!(!bundle.to_string().contains("Baobab"), "nor in the bundle");
        let (code, said) = checked(world, &bundle, bundle["vkey"].as_str());
        assert_eq!(code, 0, "{said}");
    }

    async fn a_next_edition_is_signed_anew_and_its_bundle_holds(world) {
        let (ana, id, _) = a_published_statement(world).await;
        let old = bundle(world, &id).await;
        let reopened = ana.tries_to_reopen(&id).await.good();
        assert_eq!(reopened["next_edition"], "Rev.2");
        let mut wanjiru = crate::drafting::writer(world, "focalpoint@bcap-ke.example", &id).await;
        wanjiru.types("And so are films.").await;
        wanjiru.is_acknowledged().await;

        // While the next text is written, the public reads the published one.
        let page = world.stranger().get(&format!("/s/{id}")).await.text();
        assert!(page.contains("Rev.1") && !page.contains("films"));
        assert_eq!(bundle(world, &id).await["edition"], old["edition"]);

        assert_eq!(ana.freezes(&id).await["label"], "Rev.2");
        let invited = world.ids(&["ORG-001", "ORG-005", WITHHELD.0]).await;
        let round = ana.opens_a_round(&id, &invited, 24).await;
        assert_eq!(round["waiting"], 3, "no sign-on moves to another text by itself");
        for (email, visibility) in [(PUBLIC[0].1, "public"), (WITHHELD.1, "withheld")] {
            let person = world.mailbox(email);
            let letter = person.newest_letter(|text| text.contains("/sign/") && text.contains("Rev.2")).await;
            person.answers(&crate::world::people::link(&letter, "/sign/"), &sign_on(visibility)).await;
        }
        let during = bundle(world, &id).await;
        assert_eq!(checked(world, &during, during["vkey"].as_str()).0, 0, "the published bundle still holds");
        ana.closes(&round).await;
        ana.publishes(&id).await;
        let page = world.stranger().get(&format!("/s/{id}")).await.text();
        assert!(page.contains("Rev.2") && page.contains("films") && !page.contains("Zérané"));
        let new = bundle(world, &id).await;
        let (code, said) = checked(world, &new, new["vkey"].as_str());
        assert_eq!(code, 0, "{said}");
        assert_eq!((new["list"]["names"].as_array().map(Vec::len), new["list"]["withheld"].as_i64()), (Some(1), Some(1)));
    }

    async fn a_log_that_was_bent_in_the_database_is_built_upon_no_more(world) {
        let ana = world.coordinator().await;
        let invited = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &invited, "Books are for everybody.").await;
        ana.freezes(&id).await;
        let round = ana.opens_a_round(&id, &invited, 24).await;
        world.mailbox(PUBLIC[0].1).signs("public").await;
        ana.closes(&round).await;
        // The guard stands in the way of an accident; whoever takes it away first is found by the checkpoint.
        world.expects("log-broken");
        bend(world);
        ana.tries_to_publish(&id).await.refused(409, "log-broken");
    }
}

fn bend(world: &World) {
    use diesel::{Connection, connection::SimpleConnection};
    let change = "UPDATE leaves SET line = line || ' ' WHERE position = 1";
    match world.database_url() {
        None => {
            let mut sqlite = diesel::SqliteConnection::establish(world.data.join("undersigned.db").to_str().unwrap()).unwrap();
            sqlite.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
            assert!(sqlite.batch_execute(change).is_err(), "the guard refuses");
            sqlite.batch_execute(&format!("DROP TRIGGER leaves_no_update; {change}")).unwrap();
        }
        Some(url) => {
            let mut postgres = diesel::PgConnection::establish(url).unwrap();
            assert!(postgres.batch_execute(change).is_err(), "the guard refuses");
            postgres.batch_execute(&format!("DROP TRIGGER leaves_guard ON leaves; {change}")).unwrap();
        }
    }
}
