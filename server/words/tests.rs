//! Words are complete and nothing is said that nobody says.

use super::*;

/// The files that speak. A key is any string literal in them whose first part is the first part of a known key.
const SPEAKERS: &[&str] = &[
    "server/http/draft_html.rs",
    "server/http/page.rs",
    "server/http/reader.rs",
    "server/http/text_html.rs",
    "server/words/dates.rs",
    "server/accounts/pages.rs",
    "server/accounts/routes.rs",
    "server/drafting/routes.rs",
    "server/drafting/word.rs",
    "server/overview/first_page.rs",
    "server/statements/routes.rs",
    "server/delivery/actions.rs",
    "server/delivery/routes.rs",
    "server/signing/actions/answers.rs",
    "server/signing/routes/found.rs",
    "server/signing/routes/receipts.rs",
    "server/delivery/pages.rs",
    "server/signing/pages.rs",
    "server/signing/pages/answer.rs",
    "server/signing/pages/code.rs",
    "server/signing/pages/receipt.rs",
    "server/mail/templates.rs",
    "server/mail/templates/sheet.rs",
    "server/text/obstacle.rs",
];

/// Keys put together while running: months, weekdays, places by zone, refusals and obstacles by code, characters by name.
const BY_RULE: &[&str] =
    &["date.month_", "date.weekday_", "place.", "refusal.", "history.", "sign.status_", "file.", "draft-problem.", "character."];

const PLURALS: &[&str] = &["_zero", "_one", "_two", "_few", "_many", "_other"];

fn spoken() -> Vec<(String, String)> {
    let known: Vec<&str> = library()["en"].keys().filter_map(|key| key.split_once('.')).map(|(first, _)| first).collect();
    let mut out = Vec::new();
    for file in SPEAKERS {
        let source = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).expect("a speaker exists");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for literal in code.split('"') {
            let Some((first, rest)) = literal.split_once('.') else {
                continue;
            };
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
            let is_file = rest.ends_with("json");
            if known.contains(&first) && !rest.is_empty() && !is_file && literal.chars().all(plain) {
                out.push((literal.to_owned(), (*file).to_owned()));
            }
        }
    }
    out
}

fn without_plural(key: &str) -> &str {
    PLURALS.iter().find_map(|form| key.strip_suffix(form)).unwrap_or(key)
}

#[test]
fn every_key_that_is_spoken_exists() {
    let english = &library()["en"];
    for (key, file) in spoken() {
        let there = english.contains_key(&key)
            || english.contains_key(&format!("{key}_other"))
            || BY_RULE.iter().any(|rule| key.starts_with(rule) || rule.starts_with(&key));
        assert!(there, "{file} says {key}, which has no words");
    }
}

#[test]
fn every_key_that_exists_is_spoken() {
    let spoken = spoken();
    for key in library()["en"].keys().filter(|key| !BY_RULE.iter().any(|rule| key.starts_with(rule))) {
        let said = spoken.iter().any(|(literal, _)| literal == key || literal == without_plural(key));
        assert!(said, "nobody says {key}");
    }
}

/// The codes as every `refusals! { … }` of the house lists them: a name, a code, a status.
#[test]
fn every_refusal_has_a_sentence_and_every_sentence_a_refusal() {
    let server = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("server");
    let rooms = std::fs::read_dir(&server).expect("the house has rooms").flatten().map(|room| room.path().join("refusals.rs"));
    let lists: Vec<String> =
        rooms.chain([server.join("kernel/refusal.rs")]).filter_map(|list| std::fs::read_to_string(list).ok()).collect();
    let mut codes: Vec<&str> = Vec::new();
    for list in &lists {
        let (_, list) = list.split_once("\nrefusals! {").expect("a list of refusals");
        codes.extend(list.split('}').next().unwrap_or_default().split('"').skip(1).step_by(2));
    }
    codes.push("broken");
    assert!(codes.len() > 40, "the lists were found");
    for code in &codes {
        assert!(Words::of("en").refusal(code, &[]).is_some(), "no words for the refusal {code}");
        assert_eq!(codes.iter().filter(|other| *other == code).count(), 1, "{code} means two things");
    }
    for code in library()["en"].keys().filter_map(|key| key.strip_prefix("refusal.")) {
        assert!(codes.contains(&code), "nobody refuses with {code}");
    }
}

#[test]
fn every_plural_has_its_general_form() {
    let english = &library()["en"];
    for key in english.keys().filter(|key| key.ends_with("_one")) {
        assert!(english.contains_key(&format!("{}_other", without_plural(key))), "{key} stands alone");
    }
}

/// Numbers that count nothing beside them: they read the same for one.
const NUMBERS_ALONE: &[&str] = &["refusal.csv-rows"];

#[test]
fn every_sentence_that_counts_has_a_form_for_one() {
    for (key, sentence) in &library()["en"] {
        let is_plural = PLURALS.iter().any(|form| key.ends_with(form));
        assert!(is_plural || !sentence.contains("{count}") || NUMBERS_ALONE.contains(&key.as_str()), "{key} says: {sentence}");
    }
    // Details of the history come from the record; these two are numbers.
    for key in ["history.reminded", "history.names-revealed"] {
        assert_ne!(Words::of("en").count(key, 1, &[]), Words::of("en").count(key, 2, &[]).replace('2', "1"), "{key}");
    }
}

#[test]
fn placeholders_are_filled_and_markup_is_escaped() {
    let words = Words::of("en");
    assert_eq!(words.say("sign.button", &[("organisation", "A & B")]), "Sign on for A & B");
    let rich = words.rich("sign.button", &[("organisation", html! { b { "A & B" } })]);
    assert_eq!(rich.0, "Sign on for <b>A &amp; B</b>");
}

#[test]
fn a_language_we_do_not_speak_answers_in_english() {
    let words = Words::of("qq-ZZ");
    assert_eq!((words.language(), words.dir()), ("en", "ltr"));
    assert_eq!(words.refusal("no-such-code", &[]), None);
}

#[test]
fn plurals_follow_the_language() {
    let cases = [
        ("en", 1, "one"),
        ("en", 0, "other"),
        ("fr", 0, "one"),
        ("ru", 21, "one"),
        ("ru", 12, "many"),
        ("ru", 3, "few"),
        ("ar", 2, "two"),
        ("ar", 103, "few"),
        ("ar", 11, "many"),
        ("ar", 100, "other"),
        ("zh", 1, "other"),
    ];
    for (language, n, form) in cases {
        assert_eq!(plural_form(language, n), form, "{language} {n}");
    }
}

/// The work pages' own function is held against the same list (`web/src/words/direction.test.ts`).
#[test]
fn a_language_is_known_to_run_one_way_with_script_and_region_and_without() {
    let cases = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/words/right-to-left.cases.json"));
    let cases: BTreeMap<&str, Vec<&str>> = serde_json::from_str(cases).expect("the cases are lists of tags");
    for (wanted, tags) in cases {
        for tag in tags {
            assert_eq!(direction(tag), wanted, "{tag}");
        }
    }
}
