//! Letters are forwarded and scanned, mailboxes are shared: what a link shows to whom, and who is named.

use serde_json::{Value, json};

use crate::{
    signing::verify,
    world::{
        Person, World,
        people::{link, sign_on},
    },
};

const BAOBAB: &str = "approver@bcap-ke.example";
const SHARED: &str = "office@sharedhouse.example";
const SHARED_REGISTER: &str = include_str!("../vectors/cases/19-shared-mailbox.csv");

async fn an_open_round(world: &World) -> (Person, Value) {
    let ana = world.coordinator().await;
    let invited = world.ids(&["ORG-001", "ORG-011"]).await;
    let statement = ana.starts_a_statement("Keep the library open", &invited[..1], "Books are for everybody.").await;
    ana.freezes(&statement).await;
    let round = ana.opens_a_round(&statement, &invited, 24).await;
    (ana, round)
}

both_databases! {
    /// What was answered is for whoever proved to act for the organisation.
    async fn elsewhere_a_letter_says_the_same_of_every_answer(world) {
        let (_, _) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        let mut pages = Vec::new();
        for fields in [
            vec![("act", "decline"), ("reason", "Not ours.")],
            sign_on("public").to_vec(),
            vec![("act", "withdraw")],
            sign_on("withheld").to_vec(),
        ] {
            josphat.answers(&link, &fields).await;
            let page = world.mailbox(BAOBAB).get(&link).await;
            assert_eq!(page.status, 200);
            pages.push(page.text());
            for path in ["/receipt", "/receipt.json"] {
                assert_eq!(world.mailbox(BAOBAB).get(&format!("{link}{path}")).await.status, 303, "{path}");
            }
            world.advance(1800).await;
        }
        assert!(pages.iter().all(|page| page == &pages[0]), "the same words for every answer");
        assert!(pages[0].contains("has answered") && pages[0].contains("Books are for everybody."));
        for told in ["igned on", "ithheld", "eclined", "ithdrawn", "Not ours"] {
            assert!(!pages[0].contains(told), "{told}");
        }
        // A refusal does not tell either.
        let pressed = world.mailbox(BAOBAB).asks(&link, &sign_on("public")).await;
        assert_eq!(pressed.status, 409);
        assert!(!pressed.text().contains("ithheld"), "{}", pressed.text());

        // After a fresh code it begins with what was signed.
        let other_device = world.mailbox(BAOBAB);
        other_device.looks(&link).await;
        let page = other_device.get(&link).await.text();
        assert!(page.contains("with its name withheld") || page.contains("name withheld"), "{page}");
        assert_eq!(other_device.get(&format!("{link}/receipt.json")).await.status, 200);
    }

    /// Mail gateways open, prefetch, change and post links before their reader sees them.
    async fn what_a_gateway_does_with_a_link_uses_nothing_up(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signing_link().await;
        let (host, token) = link.rsplit_once('/').unwrap();
        for address in [link.clone(), format!("{link}?utm_source=gateway&follow=true"), format!("{link}."), format!("{link}%3E"), format!("{host}/{}", token.to_uppercase())] {
            let page = josphat.send(josphat.request("GET", &address).header("sec-purpose", "prefetch")).await;
            assert_eq!(page.status, 200, "{address}");
        }
        for damaged in [&token[..token.len() - 1], &token[1..], "", "abc=3Ddef"] {
            let page = josphat.get(&format!("{host}/{damaged}")).await;
            assert_eq!(page.status, 404, "{damaged}");
            if !damaged.is_empty() {
                assert!(page.text().contains("Copy the whole link"), "{}", page.text());
            }
        }
        let foreign = josphat.request("POST", &format!("{link}/answer")).header("origin", "https://gateway.example");
        assert_eq!(josphat.send(foreign.header("content-type", "application/x-www-form-urlencoded").body("act=sign")).await.status, 403);
        assert_eq!(ana.get(&format!("/api/rounds/{}", round["id"].as_str().unwrap())).await.good()["waiting"], 2);
        josphat.answers(&link, &sign_on("public")).await;
    }

    async fn a_mailbox_is_not_a_person(world) {
        let ana = world.coordinator().await;
        let look = ana.looks_at_import(SHARED_REGISTER).await.good();
        assert_eq!(look["shared_mailboxes"][0]["address"], SHARED, "{look}");
        assert_eq!(ana.imports(SHARED_REGISTER).await.good()["added"], 2);
        let again = ana.imports(SHARED_REGISTER).await.good();
        assert_eq!((&again["updated"], &again["unchanged"]), (&json!(0), &json!(2)), "the same file changes nothing");

        let invited = world.ids(&["ORG-813", "ORG-814"]).await;
        let statement = ana.starts_a_statement("Keep the library open", &invited[..1], "Books are for everybody.").await;
        ana.freezes(&statement).await;
        let round = ana.opens_a_round(&statement, &invited, 24).await;
        let office = world.mailbox(SHARED);
        for (house, person, other) in [("Amber House", "Ilse Brandt", "Tomas Okoro"), ("Cedar House", "Tomas Okoro", "Ilse Brandt")] {
            let letter = office.newest_letter(|text| text.contains("/sign/") && text.contains(&format!("invites {house}"))).await;
            assert!(letter.contains(&format!("Dear {person}")) && !letter.contains(other), "{letter}");
            assert!(letter.contains("its name cannot be withheld"), "it is told who else reads this: {letter}");
            let link = link(&letter, "/sign/");
            let page = office.get(&link).await.text();
            assert!(page.contains(person) && !page.contains(other));
            let refused = office.asks(&link, &sign_on("withheld")).await;
            assert_eq!(refused.status, 422);
            assert!(refused.text().contains("The name cannot be withheld"), "{}", refused.text());
            office.answers(&link, &sign_on("public")).await;
            let receipt = office.get(&format!("{link}/receipt")).await.text();
            assert!(receipt.contains(person) && !receipt.contains(other));
            office.newest_letter(|text| text.contains(&format!("by {person}, Director")) && text.contains(&format!("{house} Network signed"))).await;
            let file = office.get(&format!("{link}/receipt.json")).await.text();
            assert!(file.contains(person) && !file.contains(other), "{file}");
        }
        ana.closes(&round).await;
        ana.publishes(&statement).await;
        let bundle = world.stranger().get(&format!("/s/{statement}/evidence.json")).await;
        let path = world.data.join("evidence.json");
        std::fs::write(&path, &bundle.body).unwrap();
        let (code, said) = verify(&path, bundle.json()["vkey"].as_str());
        assert_eq!(code, 0, "{said}");

        // Each signs in as who they are.
        office.form("/sign-in", &[("email", SHARED)]).await;
        for person in ["Ilse Brandt", "Tomas Okoro"] {
            let letter = office.newest_letter(|text| text.contains("/sign-in/") && text.contains(&format!("Dear {person}"))).await;
            let browser = world.mailbox(SHARED);
            assert_eq!(browser.form(&link(&letter, "/sign-in/"), &[]).await.status, 303);
            assert_eq!(browser.get("/api/me").await.good()["person"]["name"], *person);
        }
    }

    async fn home_knows_who_is_asked_and_sends_the_letter_again(world) {
        let (_, round) = an_open_round(world).await;
        let josphat = world.person(BAOBAB).await;
        let asked = josphat.get("/api/asked").await.good();
        assert_eq!((asked["asked"][0]["may_sign"].as_bool(), &asked["asked"][0]["answer"]), (Some(true), &Value::Null));
        let letters = josphat.letters_with(|text| text.contains("/sign/")).len();
        let again = format!("/api/rounds/{}/letter", round["id"].as_str().unwrap());
        let own = json!({ "organisation": asked["asked"][0]["organisation"]["id"] });
        josphat.post(&again, own.clone()).await.good();
        let link = link(&josphat.letter_after(letters, |text| text.contains("/sign/")).await, "/sign/");
        josphat.answers(&link, &sign_on("withheld")).await;
        let asked = josphat.get("/api/asked").await.good();
        assert_eq!((&asked["asked"][0]["answer"]["kind"], &asked["asked"][0]["answer"]["visibility"]), (&json!("signed"), &json!("withheld")));
        // Nobody is nagged about what is not theirs, and nobody gets another's letter.
        let other = world.person("focalpoint@osap-ml.example").await;
        assert_eq!(other.get("/api/asked").await.good()["asked"], json!([]));
        other.post(&again, own).await.refused(404, "not-found");
    }

    async fn a_round_closed_early_says_so_everywhere(world) {
        let (ana, round) = an_open_round(world).await;
        let josphat = world.mailbox(BAOBAB);
        let link = josphat.signs("public").await;
        ana.closes(&round).await;
        let page = josphat.get(&link).await.text();
        assert!(page.contains("before its deadline") && page.contains("Books are for everybody."), "{page}");
        josphat.newest_letter(|text| text.contains("closed the round") && text.contains("before its deadline")).await;
        let statement = round["statement"].as_str().unwrap();
        assert_eq!(ana.get(&format!("/api/statements/{statement}")).await.good()["round"]["ended_early"], true);
        let history = ana.get(&format!("/api/statements/{statement}/history")).await.text();
        assert!(history.contains("before its deadline"));
    }
}
