//! What is read is what is signed: nothing is frozen that reads in two ways, and whoever writes is told so in time.

use std::process::Command;

use serde_json::{Value, json};

use crate::world::{
    Person, World,
    people::{code, sign_on},
};

/// The paragraphs of a clipboard, as an editor takes them in.
fn pasted(file: &str) -> Vec<String> {
    let html = std::fs::read_to_string(format!("{}/tests/vectors/cases/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    html.split("<p>").skip(1).map(|paragraph| paragraph.split("</p>").next().unwrap().to_owned()).collect()
}

/// A draft with a title and these paragraphs.
async fn a_draft(ana: &Person, title: &str, drafters: &[String], paragraphs: &[String]) -> String {
    let started = ana.post("/api/statements", json!({ "title": "A text to be read", "language": "en" })).await.good();
    let id = started["id"].as_str().unwrap().to_owned();
    ana.chooses_drafters(&id, drafters).await.good();
    let block = |kind: &str, words: &str| json!({ "type": kind, "content": [{ "type": "text", "text": words }] });
    let mut blocks = vec![json!({ "type": "heading", "level": 1, "content": [{ "type": "text", "text": title }] })];
    blocks.extend(paragraphs.iter().map(|words| block("paragraph", words)));
    let text = json!({ "v": "text/v1", "language": "en", "blocks": blocks });
    ana.post(&format!("/api/statements/{id}/draft"), json!({ "text": text })).await.good();
    id
}

async fn preview(ana: &Person, id: &str) -> Value {
    ana.get(&format!("/api/statements/{id}/freeze")).await.good()
}

/// Code, character, block, offset of each problem.
fn places(problems: &Value) -> Vec<(String, String, u64, u64)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |problem: &Value| {
        let place = &problem["place"];
        (word(&problem["code"]), word(&problem["character"]["code"]), place["block"].as_u64().unwrap(), place["offset"].as_u64().unwrap())
    };
    problems.as_array().unwrap().iter().map(one).collect()
}

fn words_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a PDF, as a program that copies them out reads them.
fn pdf_words(world: &World, bytes: &[u8]) -> String {
    let file = world.data.join("statement.pdf");
    std::fs::write(&file, bytes).unwrap();
    let out = Command::new("pdftotext").args(["-enc", "UTF-8", file.to_str().unwrap(), "-"]).output().expect("pdftotext is installed");
    words_of(&String::from_utf8(out.stdout).unwrap())
}

/// What a page shows: its words without markup.
fn page_words(html: &str) -> String {
    let shown: String = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words)).collect();
    words_of(&shown.replace("&amp;", "&"))
}

both_databases! {
    async fn what_nobody_sees_is_named_with_its_place_and_never_frozen(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-001"]).await;
        let id = a_draft(&ana, "Peace for everybody", &drafters, &pasted("15-invisible.html")).await;
        let found = preview(&ana, &id).await["problems"].clone();
        let unseen = |character: &str, block, offset| ("draft-problem-unseen".to_owned(), character.to_owned(), block, offset);
        assert_eq!(places(&found), [
            unseen("U+202E", 2, 20), unseen("U+202C", 2, 27),
            unseen("U+2066", 3, 14), unseen("U+2069", 3, 27),
            unseen("U+00AD", 4, 2), unseen("U+00AD", 4, 16), unseen("U+00AD", 4, 20),
            unseen("U+2060", 5, 5), unseen("U+200B", 5, 23),
            unseen("U+3164", 6, 0),
            unseen("U+E0020", 7, 6), unseen("U+E0061", 7, 8), unseen("U+E0062", 7, 10),
        ], "the no-break spaces of the last paragraph are not among them");
        let first = found[0]["sentence"].as_str().unwrap();
        assert!(first.contains("right-to-left override (U+202E)") && first.contains("hold ⟨U+202E⟩000,01"), "{first}");

        let refused = ana.tries_to_freeze(&id).await;
        refused.refused(422, "text-unsettled");
        assert_eq!(refused.json()["params"]["problems"], found, "the freeze says what the preview said");
        assert_eq!(ana.get(&format!("/api/statements/{id}")).await.good()["state"], "drafting");
    }

    async fn without_what_nobody_sees_every_copy_says_the_same_words(world) {
        let ana = world.coordinator().await;
        let organisations = world.ids(&["ORG-001"]).await;
        let paragraphs: Vec<String> = pasted("15-invisible.html").iter().map(|words| undersigned::text::unseen::mended(words)).collect();
        assert_eq!(paragraphs[0], "The fund shall hold 000,01 francs.");
        assert_eq!(paragraphs[6], "nous demandons\u{a0}: «\u{a0}la paix\u{a0}»");
        let honest = ["قالت \u{2066}United Nations\u{2069} ذلك.", "انجمن پل\u{200c}های صلح می\u{200c}خواهد.", "ශ්\u{200d}රී ලංකා", "סעיף 10\u{200f}."];
        let paragraphs: Vec<String> = paragraphs.into_iter().filter(|words| !words.is_empty()).chain(honest.map(str::to_owned)).collect();
        let id = a_draft(&ana, "Peace for everybody", &organisations, &paragraphs).await;
        assert_eq!(preview(&ana, &id).await["problems"], json!([]));
        ana.freezes(&id).await;
        let round = ana.opens_a_round(&id, &organisations, 24).await;
        let signer = Person::new(&world.url, "approver@bcap-ke.example", &world.letters_folder());
        let signing = signer.get(&signer.signing_link().await).await.text();
        signer.signs("public").await;
        ana.closes(&round).await;
        ana.publishes(&id).await;

        let stranger = world.stranger();
        let page = stranger.get(&format!("/s/{id}")).await.text();
        let plain = stranger.get(&format!("/s/{id}/statement.txt")).await.text();
        let pdf = pdf_words(world, &stranger.get(&format!("/s/{id}/statement.pdf")).await.body);
        let bundle = stranger.get(&format!("/s/{id}/evidence.json")).await.json();
        let canonical = bundle["edition"]["texts"]["en"]["canonical"].as_str().unwrap().to_owned();
        let shown = page_words(&page);
        let signing = page_words(&signing);
        let steers = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{202a}'..='\u{202e}');
        assert!(pdf.contains("The fund shall hold 000,01 francs.") && pdf.contains("nous demandons : « la paix »"), "{pdf}");
        for words in &paragraphs {
            let line = words_of(words);
            assert!(canonical.contains(words.as_str()), "canonical text: {words}");
            for (place, copy) in [("signing page", &signing), ("public page", &shown), ("text file", &words_of(&plain))] {
                assert!(copy.contains(&line), "{place}: {words:?} in {copy}");
            }
            // A PDF draws directions and joints by placing letters; a program that copies them out decides itself where the signs stand.
            let drawn = |text: &str| text.chars().filter(|c| !steers(*c) && *c != '\u{200c}').collect::<String>();
            for word in line.split_whitespace().map(|word| word.trim_matches(|c: char| steers(c) || c == '.')) {
                assert!(drawn(&pdf).contains(&drawn(word)), "PDF: {word:?} of {words:?} in {pdf}");
            }
        }
    }

    async fn a_character_that_no_font_has_is_named_while_one_writes(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "Books 😀 are for everybody, in 𒀀 too.").await;
        let found = preview(&ana, &id).await["problems"].clone();
        let unprintable = |character: &str, offset| ("draft-problem-unprintable".to_owned(), character.to_owned(), 2, offset);
        assert_eq!(places(&found), [unprintable("U+1F600", 6), unprintable("U+12000", 31)]);
        let sentence = found[0]["sentence"].as_str().unwrap();
        assert!(sentence.contains("😀") && sentence.contains("paragraph 1"), "{sentence}");
        ana.tries_to_freeze(&id).await.refused(422, "text-unsettled");
    }

    async fn links_that_cannot_stand_are_named_while_one_writes(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &drafters, "See").await;
        let mut wanjiru = crate::drafting::writer(world, "focalpoint@bcap-ke.example", &id).await;
        for (words, href) in [
            (" whole", "https://archive.example/a?b=c"),
            (" without scheme", "www.archive.example/report"),
            (" a file beside it", "resolution.html"),
            (" script", "javascript:alert(1)"),
            (" empty host", "https:////archive.example"),
            (" un.example", "https://archive.example"),
        ] {
            wanjiru.links(words, href).await;
        }
        wanjiru.is_acknowledged().await;
        let found = preview(&ana, &id).await["problems"].clone();
        let codes: Vec<&str> = found.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().trim_start_matches("draft-problem-")).collect();
        let wanted = ["link-not-whole", "forbidden-link", "forbidden-link", "forbidden-link", "link-names-another"];
        assert_eq!(codes, wanted, "{found}");
        ana.tries_to_freeze(&id).await.refused(422, "text-unsettled");
        // What the API takes in to begin with keeps the same rule.
        let other = ana.post("/api/statements", json!({ "title": "Another", "language": "en" })).await.good()["id"].as_str().unwrap().to_owned();
        let run = json!({ "type": "text", "text": "x", "link": "resolution.html" });
        let text = json!({ "v": "text/v1", "language": "en", "blocks": [{ "type": "paragraph", "content": [run] }] });
        ana.post(&format!("/api/statements/{other}/draft"), json!({ "text": text })).await.refused(422, "field-invalid");
    }

    async fn a_text_without_a_title_is_asked_for_one(world) {
        let ana = world.coordinator().await;
        let started = ana.post("/api/statements", json!({ "title": "Working title", "language": "en" })).await.good();
        let id = started["id"].as_str().unwrap();
        let text = json!({ "v": "text/v1", "language": "en", "blocks": [{ "type": "paragraph", "content": [{ "type": "text", "text": "We write." }] }] });
        ana.post(&format!("/api/statements/{id}/draft"), json!({ "text": text })).await.good();
        assert_eq!(preview(&ana, id).await["problems"][0]["code"], "draft-problem-no-title");
        let refused = ana.tries_to_freeze(id).await;
        refused.refused(422, "text-unsettled");
        assert_eq!(refused.json()["params"]["problems"].as_array().map(Vec::len), Some(1));
    }

    async fn names_titles_and_reasons_keep_the_same_rule(world) {
        let ana = world.coordinator().await;
        for (field, body) in [
            ("title", json!({ "title": "Peace\u{202e}ecaep", "language": "en" })),
            ("title", json!({ "title": "Pea\u{ad}ce", "language": "en" })),
            ("forum", json!({ "title": "Peace", "language": "en", "forum": "Human\u{200b} Rights Council" })),
        ] {
            let refused = ana.post("/api/statements", body).await;
            refused.refused(422, "character-unseen");
            assert_eq!(refused.json()["params"]["field"], field);
        }
        let said = ana.post("/api/statements", json!({ "title": "Peace\u{202e}ecaep", "language": "en" })).await.json();
        let detail = said["detail"].as_str().unwrap();
        assert!(detail.contains("right-to-left override (U+202E)") && detail.contains("Peace⟨U+202E⟩ecaep"), "{detail}");
        let kept = ana.post("/api/statements", json!({ "title": "پل\u{200c}های صلح", "language": "fa" })).await.good();
        let kept = ana.get(&format!("/api/statements/{}", kept["id"].as_str().unwrap())).await.good();
        assert_eq!(kept["title"], "پل\u{200c}های صلح");

        let organisations = world.ids(&["ORG-001"]).await;
        let id = ana.starts_a_statement("Keep the library open", &organisations, "Books are for everybody.").await;
        ana.freezes(&id).await;
        ana.opens_a_round(&id, &organisations, 24).await;
        let signer = Person::new(&world.url, "approver@bcap-ke.example", &world.letters_folder());
        let link = signer.signing_link().await;
        let mut fields = sign_on("public");
        fields[3].1 = "Director\u{2066}";
        let shown = signer.form(&format!("{link}/answer"), &fields).await;
        assert!(shown.status == 422 && shown.text().contains("Director⟨U+2066⟩"), "{}: {}", shown.status, shown.text());
        let declined = [("act", "decline"), ("visibility", ""), ("title", ""), ("reason", "No\u{e0041} time")];
        let shown = signer.form(&format!("{link}/answer"), &declined).await;
        assert!(shown.status == 422 && shown.text().contains("tag character (U+E0041)"), "{}: {}", shown.status, shown.text());
        assert!(signer.letters_with(|text| code(text).is_some()).is_empty(), "no code was sent for what was refused");
    }
}

#[test]
fn the_operator_names_nobody_by_what_nobody_sees() {
    let world = World::empty_on(crate::world::Database::sqlite());
    let said = world.refused_command(&["admin", "coordinator", "ana@lanternway.example", "--name", "Ana\u{202e}anA"]);
    assert!(said.contains("U+202E"), "{said}");
}
