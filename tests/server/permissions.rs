//! Every operation of the API against every kind of caller. An operation that is missing here fails the build.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::world::{Person, World, described, people::sign_on, server::REGISTER};

/// Who calls. Each is a person of one world in which a statement is open for signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Caller {
    /// No session.
    Stranger,
    /// A member organisation's person who has nothing to do with the statement.
    Member,
    /// Drafts the statement.
    Drafter,
    /// A session that was signed out.
    SignedOut,
    Coordinator,
}
use Caller::*;

const CALLERS: [Caller; 5] = [Stranger, Member, Drafter, SignedOut, Coordinator];

/// What each kind of permit answers to each caller: the status that refuses, or 0 where it is let through to its work.
fn verdict(permit: &str, caller: Caller) -> u16 {
    match (permit, caller) {
        ("anyone", _) => 0,
        (_, Stranger | SignedOut) => 401,
        ("session", _) | ("drafter" | "coordinator", Coordinator) => 0,
        ("drafter", Drafter) => 0,
        // Somebody of an organisation that writes the statement: how it does so is its own business, and no coordinator's.
        ("writer", Drafter) => 0,
        ("writer", Coordinator) => 403,
        ("writer", Member) => 404,
        // Somebody of an organisation that is invited; whom nobody wrote to has no letter, coordinator or not.
        ("contact", Drafter) => 0,
        ("contact", Member | Coordinator) => 404,
        // What one may not even see does not exist.
        ("drafter", Member) => 404,
        ("coordinator", Member | Drafter) => 403,
        other => panic!("no rule for {other:?}"),
    }
}

/// Operations whose refusal of members says less than the rule above: what they would lead does not exist for them.
const HIDDEN: &[(&str, &[Caller])] = &[
    ("previewFreeze", &[Member]),
    ("freezeStatement", &[Member]),
    ("reopenStatement", &[Member]),
    ("startFromText", &[Member]),
    ("setDrafters", &[Member]),
    ("setLimit", &[Member]),
    ("previewRound", &[Member]),
    ("openRound", &[Member]),
    ("showDrafters", &[Member]),
    ("previewReopen", &[Member]),
    ("showHistory", &[Member]),
    ("previewPublication", &[Member]),
    ("publishStatement", &[Member]),
    ("showRound", &[Member, Drafter]),
    ("remindRound", &[Member, Drafter]),
    ("extendRound", &[Member, Drafter]),
    ("closeRound", &[Member, Drafter]),
    ("revealNames", &[Member, Drafter]),
];

/// Operations that a letter's link permits, not a session; they have a test of their own below.
const BY_LETTER: &[&str] = &[
    "readThroughLetter",
    "answerRound",
    "askToLook",
    "showCodeForm",
    "mailAnotherCode",
    "confirmAnswer",
    "showReceipt",
    "downloadReceipt",
    "handOn",
];

/// A body that is sound for every operation that takes one, so that what is refused is the caller.
fn body(operation: &str, ids: &BTreeMap<&str, String>) -> Value {
    match operation {
        "startStatement" => json!({ "title": "Another", "language": "en" }),
        "setDrafters" => json!({ "organisations": [{ "id": ids["organisation"], "may": "edit" }], "seen": "" }),
        "setLimit" => json!({ "limit": { "words": 1500, "with_notes": true } }),
        "openRound" | "previewRound" => json!({ "organisations": [ids["organisation"]], "closes_at": "2031-01-01T00:00:00Z" }),
        "extendRound" => json!({ "closes_at": "2031-01-01T00:00:00Z", "seen": "" }),
        "freezeStatement" | "reopenStatement" | "publishStatement" | "remindRound" | "closeRound" | "revealNames" => json!({ "seen": "" }),
        "restoreVersion" => json!({ "seen": "" }),
        "keepVersion" | "nameVersion" => json!({ "name": "As sent" }),
        "chooseName" => json!({ "unnamed": true, "seen": "" }),
        "askWhoWrote" => json!({ "letters": ["1.0.3"] }),
        "openThread" => json!({ "root": "draft", "first": "1.0", "last": "1.3", "quote": "Books", "among": "all", "body": "Which books?" }),
        "replyInThread" => json!({ "body": "All of them." }),
        "giveReason" => json!({ "reason": "Too long." }),
        "settleThread" => json!({ "resolved": true, "seen": "" }),
        "standBehind" | "agreeAdReferendum" => json!({ "on": { "alternative": 0, "words": "urge" } }),
        "sendLetterAgain" => json!({ "organisation": ids["organisation"] }),
        "startFromText" => json!({ "text": { "v": "text/v1", "language": "en", "blocks": [] } }),
        _ => json!({}),
    }
}

async fn world_with_a_round(world: &World) -> (BTreeMap<&'static str, String>, Value) {
    let ana = world.coordinator().await;
    let organisation = world.ids(&["ORG-001"]).await;
    let statement = ana.starts_a_statement("Keep the library open", &organisation, "Books are for everybody.").await;
    let version = ana.post(&format!("/api/statements/{statement}/versions"), json!({ "name": "As sent" })).await.good();
    let edition = ana.freezes(&statement).await;
    let round = ana.opens_a_round(&statement, &organisation, 24).await;
    let published = ana.starts_a_statement("Mend the roof", &organisation, "Rain is for nobody.").await;
    ana.freezes(&published).await;
    let short = ana.opens_a_round(&published, &organisation, 24).await;
    ana.closes(&short).await;
    ana.publishes(&published).await;
    let ids = BTreeMap::from([
        ("published", published),
        ("organisation", organisation[0].clone()),
        ("statement", statement),
        ("version", version["id"].as_str().unwrap().to_owned()),
        ("edition", edition["id"].as_str().unwrap().to_owned()),
        ("round", round["id"].as_str().unwrap().to_owned()),
    ]);
    (ids, serde_json::to_value(undersigned::api::document()).unwrap())
}

fn address(path: &str, ids: &BTreeMap<&str, String>) -> String {
    let id = if path.contains("/organisations/") {
        &ids["organisation"]
    } else if path.contains("/rounds/{") {
        &ids["round"]
    } else if path.contains("/versions/") {
        &ids["version"]
    } else if path.contains("/editions/") {
        &ids["edition"]
    } else if path.starts_with("/s/") {
        &ids["published"]
    } else {
        &ids["statement"]
    };
    path.replace("{id}", id)
        .replace("{statement}", id)
        .replace("{token}", "0123456789")
        .replace("{thread}", "00000000000000000000000001")
        .replace("{handle}", "abcdefghij")
        .replace("{sid}", "0123456789")
        .replace("{bracket}", "a1b2c3d4e5")
}

async fn call(person: &Person, method: &str, operation: &str, path: &str, ids: &BTreeMap<&str, String>) -> u16 {
    let request = person.request(&method.to_uppercase(), &address(path, ids));
    let request = match operation {
        "importOrganisations" => request.header("content-type", "text/csv").body(std::fs::read_to_string(REGISTER).unwrap()),
        "joinDraft" => request
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        "previewWord" => request.query(&[("changes", "with")]).header("content-type", "application/octet-stream").body("no file"),
        "askToSignIn" | "signIn" => request.header("content-type", "application/x-www-form-urlencoded").body("email=x%40y.example"),
        _ if method == "get" => request,
        _ => request.json(&body(operation, ids)),
    };
    let answer = tokio::time::timeout(std::time::Duration::from_secs(30), request.send()).await.expect("an answer").expect("an answer");
    let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    described::hold(&method.to_uppercase(), answer.url().as_str(), answer.status().as_u16(), kind);
    answer.status().as_u16()
}

both_databases! {
    async fn every_operation_answers_every_caller_as_its_permit_says(world) {
        let (ids, api) = world_with_a_round(world).await;
        let signed_out = world.person("focalpoint@ajo-ch.example").await;
        signed_out.post("/api/sign-out", json!({})).await;
        let people: BTreeMap<Caller, Person> = BTreeMap::from([
            (Stranger, world.stranger()),
            (Member, world.person("focalpoint@osap-ml.example").await),
            (Drafter, world.person("focalpoint@bcap-ke.example").await),
            (SignedOut, signed_out),
            (Coordinator, world.coordinator().await),
        ]);
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut operations = Vec::new();
        for (path, methods) in api["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let (id, permit) = (operation["operationId"].as_str().unwrap(), operation["x-permit"].as_str().unwrap());
                known.insert(id);
                if BY_LETTER.contains(&id) {
                    assert!(permit.starts_with("letter"), "{id}");
                } else {
                    operations.push((path, method, id, permit));
                }
            }
        }
        let mut wrong = Vec::new();
        // The coordinator comes last: what she does moves the statement on, and with it what others may see.
        for caller in CALLERS {
            for (path, method, id, permit) in &operations {
                if *id == "signOut" && caller != Stranger && caller != SignedOut {
                    continue;
                }
                let hidden = HIDDEN.iter().any(|(operation, from)| operation == id && from.contains(&caller));
                let wanted = if hidden { 404 } else { verdict(permit, caller) };
                let got = call(&people[&caller], method, id, path, &ids).await;
                // Let through to its work: whatever that work then says of this world, it is there.
                let through = !matches!(got, 401 | 403 | 404);
                if got >= 500 || (if wanted == 0 { !through } else { got != wanted }) {
                    wrong.push(format!("{caller:?} on {id}: {got}, not {wanted}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        for (operation, _) in HIDDEN {
            assert!(known.contains(operation), "{operation} is no operation any more");
        }
        for operation in BY_LETTER {
            assert!(known.contains(operation), "{operation} is no operation any more");
        }
    }

    async fn ids_of_others_answer_as_if_they_did_not_exist(world) {
        let (ids, _) = world_with_a_round(world).await;
        let member = world.person("focalpoint@osap-ml.example").await;
        for path in ["/api/statements/{}", "/api/statements/{}/history"] {
            let real = member.get(&path.replace("{}", &ids["statement"])).await;
            let unknown = member.get(&path.replace("{}", "00000000000000000000000001")).await;
            assert_eq!((real.status, &real.body), (unknown.status, &unknown.body), "{path}");
        }
        let page = world.stranger().get(&format!("/s/{}", ids["statement"])).await;
        assert_eq!(page.status, 404, "a statement that is not published is not there");
    }

    async fn a_letter_permits_its_own_organisation_only(world) {
        let (ids, _) = world_with_a_round(world).await;
        let wanjiru = Person::new(&world.url, "focalpoint@bcap-ke.example", &world.letters_folder());
        let link = wanjiru.signing_link().await;
        let stranger = world.stranger();
        // Whoever holds the link reads; a focal point's link signs nothing, whoever holds it and whatever session they have.
        assert_eq!(stranger.get(&link).await.status, 200);
        assert_eq!(world.coordinator().await.form(&format!("{link}/answer"), &sign_on("public")).await.status, 403);
        assert_eq!(world.coordinator().await.get(&format!("/sign/{}", ids["round"])).await.status, 404);
    }
}
