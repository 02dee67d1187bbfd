//! Who asked for these words: whoever wrote them first, whatever was done with them since, as far as the one who asks may know.

use serde_json::{Value, json};
use undersigned::drafting::limits::ASKED_LETTERS_MAX;
use yrs::Text;
use yrs::types::Attrs;

use crate::drafting::{Writer, a_draft, writer};
use crate::world::{Person, people::Reply, server::COORDINATOR};

const AJO: &str = "focalpoint@ajo-ch.example";
const BCAP: &str = "focalpoint@bcap-ke.example";
/// Usually withholds its name.
const MARSH: &str = "focalpoint@mvrc-xv.example";
const OUTSIDER: &str = "focalpoint@osap-ml.example";

async fn asks(person: &Person, id: &str, letters: Vec<String>) -> Reply {
    person.post(&format!("/api/statements/{id}/asked"), json!({ "letters": letters })).await
}

/// What somebody is told of words, as a page that has all of the text asks.
async fn parts(person: &Person, id: &str, page: &Writer, words: &str) -> Vec<Value> {
    let answer = asks(person, id, page.letters(words)).await.good();
    assert_eq!(answer["complete"], true);
    let parts = answer["parts"].as_array().unwrap().clone();
    let letters: u64 = parts.iter().map(|part| part["letters"].as_u64().unwrap()).sum();
    assert_eq!(letters, words.encode_utf16().count() as u64, "each letter is told once");
    parts
}

/// Words with the acronym of whoever first wrote them and of whoever brought them.
pub async fn told(person: &Person, id: &str, page: &Writer, words: &str) -> Vec<(String, String, String)> {
    let mut units = words.encode_utf16();
    let mut told = Vec::new();
    for part in parts(person, id, page, words).await {
        let letters: Vec<u16> = units.by_ref().take(part["letters"].as_u64().unwrap() as usize).collect();
        told.push((String::from_utf16(&letters).unwrap(), called(&part["first"]), called(&part["brought"])));
    }
    told
}

fn called(hand: &Value) -> String {
    let by = &hand["by"];
    match () {
        () if hand.is_null() => String::new(),
        () if hand["began"] == true => "began".to_owned(),
        () if by["organisation"].is_object() => by["organisation"]["acronym"].as_str().unwrap().to_owned(),
        () if by["unnamed"] == true => "unnamed".to_owned(),
        () => "secretariat".to_owned(),
    }
}

pub fn rows(told: &[(String, String, String)]) -> Vec<(&str, &str, &str)> {
    told.iter().map(|(words, first, brought)| (words.as_str(), first.as_str(), brought.as_str())).collect()
}

async fn stored(page: &mut Writer) {
    page.is_acknowledged().await;
}

both_databases! {
    async fn what_was_moved_split_undone_and_pasted_is_still_its_first_writers(world) {
        let (ana, id) = a_draft(world).await;
        let (francois, mut ben, mut cleo) = (world.person(AJO).await, writer(world, AJO, &id).await, writer(world, BCAP, &id).await);
        ben.types(" States must keep libraries open.").await;
        stored(&mut ben).await;
        cleo.sees("open.").await;

        // Written into, split, made bold, made a heading.
        cleo.writes_before("libraries", "all ").await;
        let at = cleo.find("keep");
        cleo.acts(|body, txn| body.insert_with_attributes(txn, at, "\n", Attrs::from([("block".into(), "heading:1".into())]))).await;
        cleo.acts(|body, txn| body.format(txn, at + 1, 12, Attrs::from([("bold".into(), true.into())]))).await;
        stored(&mut cleo).await;
        let whole = " States must \nkeep all libraries open.";
        let split = [(" States must ", "AJO", ""), ("\n", "BCAP", ""), ("keep ", "AJO", ""), ("all ", "BCAP", ""), ("libraries open.", "AJO", "")];
        assert_eq!(rows(&told(&francois, &id, &cleo, whole).await), split);

        // Taken out and brought back by somebody else.
        let undo = cleo.deletes("keep all libraries").await;
        cleo.undoes(undo).await;
        stored(&mut cleo).await;
        let back = [("keep ", "AJO", "BCAP"), ("all ", "BCAP", ""), ("libraries", "AJO", "BCAP"), (" open.", "AJO", "")];
        assert_eq!(rows(&told(&francois, &id, &cleo, "keep all libraries open.").await), back);

        // Cut and put in elsewhere, by a third; and copied.
        let mut dan = writer(world, COORDINATOR, &id).await;
        drop(dan.deletes("keep all libraries open.").await);
        dan.writes_before("States must", "keep all libraries open.").await;
        stored(&mut dan).await;
        let moved = [("keep ", "AJO", "secretariat"), ("all ", "BCAP", "secretariat"), ("libraries open.", "AJO", "secretariat")];
        assert_eq!(rows(&told(&ana, &id, &dan, "keep all libraries open.").await), moved);
        dan.writes_before("\n", "States must keep all libraries open.").await;
        stored(&mut dan).await;
        let beginning = told(&ana, &id, &dan, "Books are for everybody.").await;
        assert_eq!(rows(&beginning), [("Books are for everybody.", "began", "")]);
    }

    async fn who_and_when_of_an_unnamed_organisation_is_told_to_its_own_alone(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-056", "ORG-071"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
        let (francois, marsh) = (world.person(AJO).await, world.person(MARSH).await);
        let (mut ben, mut mia) = (writer(world, AJO, &id).await, writer(world, MARSH, &id).await);
        mia.types(" The marsh has no library.").await;
        stored(&mut mia).await;
        ben.sees("no library.").await;
        let undo = ben.deletes("has no library").await;
        ben.undoes(undo).await;
        stored(&mut ben).await;
        let words = " The marsh has no library.";

        for person in [&francois, &ana] {
            let parts = parts(person, &id, &ben, words).await;
            assert_eq!(parts.iter().map(|part| part["letters"].as_u64().unwrap()).collect::<Vec<_>>(), [11, 14, 1]);
            for part in &parts {
                let first = &part["first"];
                assert_eq!((&first["by"]["unnamed"], &first["by"]["organisation"], &first["by"]["person"]), (&json!(true), &Value::Null, &Value::Null));
                assert_eq!((first["at"].clone(), first["day"].as_str().unwrap().len()), (Value::Null, 10), "the day and no more");
            }
            assert_eq!(called(&parts[1]["brought"]), "AJO");
            let body = asks(person, &id, ben.letters(words)).await.text();
            assert!(!body.contains("MVRC") && !body.contains("Marsh"), "{body}");
        }
        let own = parts(&marsh, &id, &ben, words).await;
        assert_eq!((called(&own[0]["first"]), own[0]["first"]["by"]["own"].clone()), ("MVRC".to_owned(), json!(true)));
        assert!(own[0]["first"]["by"]["person"].is_string() && own[0]["first"]["at"].is_string());

        // How it writes now holds for what it wrote before.
        let seen = marsh.get(&format!("/api/statements/{id}/writers")).await.good()["own"]["seen"].clone();
        marsh.put(&format!("/api/statements/{id}/writers"), json!({ "unnamed": false, "seen": seen })).await.good();
        assert_eq!(called(&parts(&francois, &id, &ben, words).await[0]["first"]), "MVRC");
    }

    async fn hands_that_are_told_alike_are_told_as_one(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-056", "ORG-071"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
        let francois = world.person(AJO).await;
        let (mut mia, mut noa) = (writer(world, MARSH, &id).await, writer(world, MARSH, &id).await);
        mia.types(" The marsh has").await;
        stored(&mut mia).await;
        world.advance(61).await;
        noa.sees("has").await;
        noa.types(" no library.").await;
        stored(&mut noa).await;
        assert_eq!(parts(&francois, &id, &noa, " The marsh has no library.").await.len(), 1, "where one begins would tell something of them");
    }

    async fn a_name_is_read_when_it_is_told_and_kept_nowhere(world) {
        let (ana, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.types(" We ask for libraries.").await;
        stored(&mut ben).await;
        let words = " We ask for libraries.";
        assert!(parts(&ana, &id, &ben, words).await[0]["first"]["by"]["person"].is_string());
        let erased = format!("UPDATE people SET name = 'erased' WHERE email = '{AJO}'");
        world.database().runs(&erased, &erased);
        assert_eq!(parts(&ana, &id, &ben, words).await[0]["first"]["by"]["person"], "erased");
    }

    async fn letters_that_are_not_stored_are_nobodys_yet_and_too_many_are_refused(world) {
        let (ana, id) = a_draft(world).await;
        let answer = asks(&ana, &id, vec!["77.0.5".to_owned()]).await.good();
        assert_eq!(answer["parts"], json!([{ "letters": 5, "first": null, "brought": null }]));
        asks(&ana, &id, vec![format!("77.0.{}", ASKED_LETTERS_MAX + 1)]).await.refused(422, "asked-too-much");
        for wrong in [vec![], vec!["77.0".to_owned()], vec!["77.0.5 ".to_owned()]] {
            asks(&ana, &id, wrong).await.refused(422, "field-invalid");
        }
        asks(&world.person(OUTSIDER).await, &id, vec!["77.0.5".to_owned()]).await.refused(404, "not-found");
        asks(&world.stranger(), &id, vec!["77.0.5".to_owned()]).await.refused(401, "signed-out");
        asks(&world.person(BCAP).await, &id, vec!["77.0.5".to_owned()]).await.good();
    }

    async fn what_is_written_after_a_question_is_told_by_the_next(world) {
        let (ana, id) = a_draft(world).await;
        assert_eq!(asks(&ana, &id, vec!["77.0.5".to_owned()]).await.status, 200, "also before anybody opened it");
        let mut ben = writer(world, AJO, &id).await;
        for words in ["One. ", "Two. "] {
            ben.types(words).await;
            stored(&mut ben).await;
            assert_eq!(rows(&told(&ana, &id, &ben, words).await), [(words, "AJO", "")]);
        }
        world.is_stopped();
        world.start();
        let ben = writer(world, AJO, &id).await;
        let ana = world.coordinator().await;
        assert_eq!(rows(&told(&ana, &id, &ben, "One. Two. ").await), [("One. Two. ", "AJO", "")]);
    }
}
