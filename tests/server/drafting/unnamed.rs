//! Writing unnamed: whoever writes with an organisation is not told which it is, whatever they ask and whatever they hear.

use serde_json::{Value, json};

use super::{AJO, BCAP, writer::Writer};
use crate::world::{Person, World, people::decoded};

/// Usually withholds its name.
const MARSH: &str = "focalpoint@mvrc-xv.example";
/// All that would tell it apart, besides its id. Its acronym is looked for in capitals: ids and secrets are random small letters.
const ACRONYM: &str = "MVRC";
const TRACES: [&str; 4] = ["Marsh Villages", "mvrc-xv", "ORG-071", "Focal point"];

/// A draft of Association Jamais l'Oubli, which shows its name, and of Marsh Villages, which does not.
async fn a_draft(world: &World) -> (Person, String) {
    let ana = world.coordinator().await;
    let drafters = world.ids(&["ORG-056", "ORG-071"]).await;
    let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
    (ana, id)
}

async fn joins(world: &World, person: &Person, id: &str) -> Writer {
    let cookie = person.cookie().await;
    Writer::joins(&world.url, id, Some(&cookie), "ack=1").await.expect("a seat")
}

async fn writers(person: &Person, id: &str) -> Value {
    person.get(&format!("/api/statements/{id}/writers")).await.good()
}

async fn chooses(person: &Person, id: &str, unnamed: bool) -> crate::world::people::Reply {
    let seen = writers(person, id).await["own"]["seen"].clone();
    person.put(&format!("/api/statements/{id}/writers"), json!({ "unnamed": unnamed, "seen": seen })).await
}

/// What somebody is told of the writer behind a handle.
fn told<'a>(writers: &'a Value, handle: &Value) -> &'a Value {
    let found = writers["writers"].as_array().unwrap().iter().find(|one| one["handle"] == *handle);
    found.unwrap_or_else(|| panic!("{handle} in {writers}"))
}

fn is_a_handle(handle: &Value) -> bool {
    let letters = handle.as_str().unwrap_or_default().as_bytes();
    letters.len() == 10 && letters.iter().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit())
}

both_databases! {
    async fn nothing_a_co_drafter_receives_tells_which_organisation_writes_unnamed(world) {
        let (ana, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        let marsh = world.person(MARSH).await;
        let marsh_id = world.ids(&["ORG-071"]).await.remove(0);
        let mut seen: Vec<(String, Vec<u8>)> = Vec::new();
        let everything = async |when: &str, seen: &mut Vec<(String, Vec<u8>)>| {
            let of = |rest: &str| format!("/api/statements/{id}{rest}");
            let pages = [of(""), of("/writers"), of("/drafters"), of("/history"), of("/freeze"), of("/reopen"), "/api/statements".into(),
                "/api/organisations".into(), "/api/organisations?search=marsh".into(), format!("/api/organisations/{marsh_id}"),
                "/api/me".into(), "/api/asked".into(), "/app".into(), format!("/app/statements/{id}")];
            for path in pages {
                let answer = francois.get(&path).await;
                seen.push((format!("{when}: {path}"), format!("{:?}", answer.headers).into_bytes()));
                // The refusal of an address repeats no more than the address.
                if !path.ends_with(&marsh_id) {
                    assert!(!answer.text().contains(&marsh_id), "{when}: {path} has its id");
                }
                seen.push((format!("{when}: {path}"), answer.body));
            }
            let ticket = francois.post(&of("/ticket"), json!({})).await;
            seen.push((format!("{when}: the ticket"), ticket.body));
            let refused = francois.put(&of("/drafters"), json!({ "organisations": [{ "id": marsh_id, "may": "read" }], "seen": "" })).await;
            seen.push((format!("{when}: choosing drafters"), refused.body));
        };
        everything("before anybody came", &mut seen).await;

        let mut co_drafter = joins(world, &francois, &id).await;
        let mut unnamed = joins(world, &marsh, &id).await;
        co_drafter.says_here(json!({ "cursor": null })).await;
        unnamed.says_here(json!({ "user": { "name": "Somebody", "organisation": "MVRC" }, "name": "MVRC", "cursor": null })).await;
        let user = co_drafter.meets().await;
        assert_eq!(user["color"], 0, "a colour of its own would tell it apart");
        assert!(is_a_handle(&user["handle"]), "{user}");
        unnamed.types("Written by somebody.").await;
        unnamed.is_acknowledged().await;
        co_drafter.sees("Written by somebody.").await;
        everything("while it writes", &mut seen).await;
        assert_eq!(*told(&writers(&francois, &id).await, &user["handle"]), json!({ "handle": user["handle"], "organisation": null, "unnamed": true, "people": [] }));
        let detail = francois.get(&format!("/api/statements/{id}")).await.good();
        assert_eq!((detail["drafters"].as_array().unwrap().len(), &detail["drafters_unnamed"]), (1, &json!(1)), "it is there, and counted");

        // Named and unnamed again, and what was told in between does not come back.
        chooses(&marsh, &id, false).await.good();
        assert!(co_drafter.meets().await["color"] != 0);
        assert_eq!(told(&writers(&francois, &id).await, &user["handle"])["organisation"]["acronym"], "MVRC", "it chose so");
        chooses(&marsh, &id, true).await.good();
        assert_eq!(co_drafter.meets().await, user, "under the same handle");
        everything("after it was named for a while", &mut seen).await;
        drop(unnamed);

        ana.freezes(&id).await;
        everything("frozen", &mut seen).await;
        assert_eq!(co_drafter.closing().await, (4423, "draft-frozen".into()));
        let late = co_drafter.comes_anew(&world.url).await.unwrap();
        for (number, frame) in co_drafter.frames.iter().chain(&late.frames).enumerate() {
            seen.push((format!("frame {number}"), frame.to_vec()));
        }
        for letter in francois.letters_with(|_| true) {
            seen.push(("a letter".into(), letter.into_bytes()));
        }
        // Each was told once that the draft is open to them, the unnamed ones like the others, and in no letter's words anybody's name.
        let about = |letter: &str| letter.contains("Keep the library open");
        marsh.newest_letter(about).await;
        for file in std::fs::read_dir(world.letters_folder()).unwrap().flatten() {
            let letter = decoded(&std::fs::read_to_string(file.path()).unwrap_or_default());
            assert!(!about(&letter) || !(letter.contains(ACRONYM) || letter.contains("Marsh Villages")), "{letter}");
        }
        seen.push(("the log".into(), world.log().into_bytes()));
        for (place, bytes) in &seen {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(ACRONYM), "{place} has its acronym");
            let text = text.to_lowercase();
            for trace in TRACES {
                assert!(!text.contains(&trace.to_lowercase()), "{place} has “{trace}”");
            }
        }
        assert!(seen.len() > 100, "{}", seen.len());
    }

    async fn each_is_told_what_they_may_know(world) {
        let (ana, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        let marsh = world.person(MARSH).await;
        let mut sockets = Vec::new();
        for person in [&francois, &marsh, &ana] {
            let mut socket = joins(world, person, &id).await;
            socket.says_here(json!({ "cursor": null })).await;
            sockets.push(socket);
        }
        let shown = |all: &Value| all["writers"].as_array().unwrap().iter().any(|one| one["people"] != json!([]));
        let present = world.eventually("both are here", async || {
            let (present, seen) = (writers(&ana, &id).await, writers(&francois, &id).await);
            (shown(&present) && shown(&seen)).then_some(present)
        }).await;

        // The coordinator, beside the text: what co-drafters see. In the list of drafters: who it is, because she let it in.
        assert!(!present.to_string().contains("MVRC"), "{present}");
        let detail = ana.get(&format!("/api/statements/{id}")).await.good();
        let marks: Vec<(&str, bool)> = detail["drafters"].as_array().unwrap().iter().map(|one| (one["acronym"].as_str().unwrap(), one["unnamed"].as_bool().unwrap())).collect();
        assert_eq!((marks, &detail["drafters_unnamed"]), (vec![("MVRC", true), ("AJO", false)], &json!(0)));
        assert_eq!(present["own"], Value::Null);

        // Its own people see themselves, and that they write unnamed.
        let own = writers(&marsh, &id).await;
        assert_eq!((&own["own"]["organisation"]["acronym"], &own["own"]["unnamed"], &own["own"]["may_choose"]), (&json!("MVRC"), &json!(true), &json!(true)));
        let line = told(&own, &own["own"]["handle"]);
        assert_eq!((&line["organisation"]["acronym"], &line["unnamed"], &line["people"]), (&json!("MVRC"), &json!(true), &json!([])), "without oneself");
        let detail = marsh.get(&format!("/api/statements/{id}")).await.good();
        assert_eq!((detail["drafters"].as_array().unwrap().len(), &detail["drafters_unnamed"]), (2, &json!(0)));

        // Three handles, one of them the secretariat's; each names those who show themselves.
        let seen = writers(&francois, &id).await;
        let all = seen["writers"].as_array().unwrap();
        assert!(all.len() == 3 && all.iter().all(|one| is_a_handle(&one["handle"])), "{seen}");
        let secretariat = all.iter().find(|one| one["organisation"].is_null() && one["unnamed"] == false).unwrap();
        assert_eq!(secretariat["people"].as_array().unwrap().len(), 1);

        // The handle is this draft's alone.
        let other = ana.starts_a_statement("Mend the roof", &world.ids(&["ORG-056", "ORG-071"]).await, "Rain is for nobody.").await;
        assert_ne!(writers(&marsh, &other).await["own"]["handle"], own["own"]["handle"]);
    }

    async fn an_organisation_chooses_for_itself_and_what_it_saw(world) {
        let (ana, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        let path = format!("/api/statements/{id}/writers");
        let mut marsh = joins(world, &world.person(MARSH).await, &id).await;
        let mut own = joins(world, &francois, &id).await;
        own.says_here(json!({ "cursor": null })).await;
        let named = marsh.meets().await;
        assert!(named["color"].as_u64().unwrap() > 0);

        let seen = writers(&francois, &id).await["own"]["seen"].clone();
        chooses(&francois, &id, true).await.good();
        assert_eq!(marsh.meets().await, json!({ "handle": named["handle"], "color": 0 }), "at once, and without a word of its own");
        let told_to_marsh = writers(&world.person(MARSH).await, &id).await;
        assert!(!told_to_marsh.to_string().contains("AJO") && !told_to_marsh.to_string().contains("François"), "{told_to_marsh}");

        // A page that showed something else does not choose; the same choice, sent again, has succeeded.
        let late = world.person(AJO).await;
        late.put(&path, json!({ "unnamed": false, "seen": seen })).await.refused(409, "seen-changed");
        assert_eq!(francois.put(&path, json!({ "unnamed": true, "seen": seen })).await.status, 200);
        let acts = ana.get(&format!("/api/statements/{id}/history")).await.good();
        let chose: Vec<_> = acts["acts"].as_array().unwrap().iter().filter(|act| act["what"] == "writes-unnamed").collect();
        assert_eq!((chose.len(), &chose[0]["sentence"], &chose[0]["organisation"]), (1, &json!("Chose to write unnamed"), &json!("Association Jamais l'Oubli")));

        // Nobody else chooses, and nobody once the text is frozen.
        ana.put(&path, json!({ "unnamed": false, "seen": seen })).await.refused(403, "not-allowed");
        world.person(BCAP).await.put(&path, json!({ "unnamed": false, "seen": seen })).await.refused(404, "not-found");
        ana.freezes(&id).await;
        assert_eq!(writers(&francois, &id).await["own"]["may_choose"], false);
        chooses(&francois, &id, false).await.refused(409, "statement-not-drafting");
    }

    async fn the_register_makes_nobody_more_visible_in_a_draft(world) {
        let (ana, id) = a_draft(world).await;
        let francois = world.person(AJO).await;
        let register = std::fs::read_to_string(crate::world::server::REGISTER).unwrap();
        let head = register.lines().next().unwrap();
        let row = |reference: &str, was: &str, now: &str| register.lines().find(|line| line.starts_with(reference)).unwrap().replace(was, now);
        let file = [head.to_owned(), row("ORG-071", ",confidential,", ",public,"), row("ORG-056", ",public,", ",confidential,")].join("\n");
        ana.imports(file).await.good();
        let seen = francois.get(&format!("/api/statements/{id}")).await.good();
        assert!(!seen.to_string().contains("MVRC") && seen["drafters_unnamed"] == 1, "it was let in unnamed, and has not chosen: {seen}");
        let marsh = world.person(MARSH).await.get(&format!("/api/statements/{id}")).await.good();
        assert!(!marsh.to_string().contains("AJO"), "who usually withholds its name does so here, too: {marsh}");
    }
}
