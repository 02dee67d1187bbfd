//! Recorded bytes: files issued once, which every later version and every other verifier must judge the same way.
//!
//! They live in `tests/vectors/evidence` with `cases.json`: file, pinned key or null, outcome, and the codes of the
//! faults. `record` adds files that are missing and never touches one that is there.

mod support;

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use support::{Book, signed_again};
use undersigned_evidence::bundle::Bundle;
use undersigned_evidence::checkpoint::LogKey;
use undersigned_evidence::opening::Opening;
use undersigned_evidence::sign_on::{Assurance, RecordedVisibility::*};
use undersigned_evidence::verify;

#[derive(Serialize, Deserialize)]
struct Case {
    file: String,
    pinned: Option<String>,
    outcome: Value,
    faults: Vec<String>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/evidence")
}

fn judged(file: &str, bytes: &[u8], pinned: Option<&str>) -> Case {
    let verdict = verify(bytes, pinned);
    let faults = verdict.failed.iter().map(|line| line.code.to_owned()).collect();
    Case { file: file.into(), pinned: pinned.map(Into::into), outcome: serde_json::to_value(verdict.outcome).unwrap(), faults }
}

#[test]
fn every_recorded_file_is_judged_as_it_was() {
    if std::env::var_os("UNDERSIGNED_WRITE_VECTORS").is_some() {
        record();
    }
    let cases: Vec<Case> = serde_json::from_slice(&fs::read(folder().join("cases.json")).unwrap()).unwrap();
    assert!(cases.len() >= 20);
    for case in cases {
        let now = judged(&case.file, &fs::read(folder().join(&case.file)).unwrap(), case.pinned.as_deref());
        assert_eq!((&now.outcome, &now.faults), (&case.outcome, &case.faults), "{}", case.file);
        assert_eq!(case.file.starts_with("fails-"), case.outcome == "fails", "{}", case.file);
    }
}

/// Adds missing files to the recorded ones; what is there is never written again.
fn record() {
    fs::create_dir_all(folder()).unwrap();
    let mut cases = Vec::new();
    for (name, bytes, pinned) in files() {
        let path = folder().join(&name);
        if !path.exists() {
            fs::write(&path, &bytes).unwrap();
        }
        cases.push(judged(&name, &fs::read(&path).unwrap(), pinned.as_deref()));
    }
    let path = folder().join("cases.json");
    if !path.exists() {
        fs::write(path, serde_json::to_string_pretty(&cases).unwrap() + "\n").unwrap();
    }
}

fn files() -> Vec<(String, Vec<u8>, Option<String>)> {
    let book = Book::published();
    let vkey = || Some(Book::published().vkey());
    let whole = book.bundle();
    let json = |bundle: &Bundle| bundle.to_json().unwrap().into_bytes();
    let changed = |change: &dyn Fn(&mut Bundle)| {
        let mut bundle = whole.clone();
        change(&mut bundle);
        json(&bundle)
    };
    // By somebody who holds the log's key and signs what they changed.
    let rewritten = |change: &dyn Fn(&mut Bundle)| {
        let mut bundle = whole.clone();
        change(&mut bundle);
        signed_again(&mut bundle, &book.key);
        json(&bundle)
    };
    let text = String::from_utf8(json(&whole)).unwrap();
    let receipt = book.receipt(2);
    let (mut other_salt, mut other_proof) = (receipt.clone(), receipt.clone());
    other_salt.salt[31] ^= 1;
    other_proof.proof.swap(0, 1);
    let all: Vec<(&str, Vec<u8>, Option<String>)> = vec![
        ("holds-published.json", json(&whole), vkey()),
        ("holds-unpinned.json", json(&whole), None),
        ("holds-open-round.json", json(&open_round().bundle()), vkey()),
        ("holds-life.json", json(&life().bundle()), vkey()),
        ("holds-receipt-withheld.json", receipt.to_json().unwrap().into_bytes(), vkey()),
        ("holds-receipt-withheld.tlog-proof", receipt.to_tlog_proof().unwrap().into_bytes(), vkey()),
        ("holds-receipt-round.tlog-proof", book.receipt(0).to_tlog_proof().unwrap().into_bytes(), vkey()),
        ("fails-name-changed.json", text.replace("Lanternway", "Lanternwax").into_bytes(), vkey()),
        ("fails-text-changed.json", text.replace("Mondays", "Sundays").into_bytes(), vkey()),
        ("fails-leaf-dropped.json", changed(&|b| drop(b.leaves.remove(2))), vkey()),
        ("fails-withdrawal-cut-off.json", changed(&|b| b.leaves.truncate(6)), vkey()),
        ("fails-leaves-swapped.json", changed(&|b| b.leaves.swap(2, 3)), vkey()),
        ("fails-leaf-copied.json", changed(&|b| b.leaves.push(b.leaves[1].clone())), vkey()),
        ("fails-other-key.json", changed(&|b| signed_again(b, &LogKey::from_seed([66; 32]))), vkey()),
        ("fails-origin.json", changed(&|b| b.origin.push('x')), None),
        ("fails-withheld-opened.json", changed(&|b| drop(b.openings.insert("2".into(), book.log[2].salted.clone().unwrap()))), vkey()),
        ("fails-opening-swapped.json", changed(&|b| drop(b.openings.insert("5".into(), b.openings["1"].clone()))), vkey()),
        ("fails-opening-missing.json", changed(&|b| drop(b.openings.remove("0"))), vkey()),
        ("fails-name-added.json", changed(&|b| b.list.names.push("Ghost".into())), vkey()),
        ("fails-withheld-count.json", changed(&|b| b.list.withheld = 3), vkey()),
        ("fails-edition.json", changed(&|b| b.edition.label = "Rev.2".into()), vkey()),
        ("fails-title.json", changed(&|b| b.edition.title = "Close the library".into()), vkey()),
        ("fails-language-dropped.json", changed(&|b| drop(b.edition.texts.remove("ar"))), vkey()),
        ("fails-name-hidden-after-publication.json", rewritten(&hide_a_name), vkey()),
        ("fails-after-deadline.json", rewritten(&|b| *b = after_the_deadline(b)), vkey()),
        ("fails-duplicate-key.json", text.replacen('{', "{\"format\":\"undersigned-bundle/v0\",", 1).into_bytes(), vkey()),
        ("fails-white-space.json", text.replacen(':', ": ", 1).into_bytes(), vkey()),
        ("fails-line-end.json", format!("{text}\n").into_bytes(), vkey()),
        ("fails-large-number.json", text.replace("\"withheld\":2}", "\"withheld\":9007199254740993}").into_bytes(), vkey()),
        ("fails-lone-surrogate.json", text.replace("Lanternway", "\\ud800").into_bytes(), vkey()),
        ("fails-deep.json", format!("{{\"format\":{}{}}}", "[".repeat(65), "]".repeat(65)).into_bytes(), vkey()),
        ("fails-receipt-other-index.json", receipt.to_json().unwrap().replace("\"index\":2", "\"index\":3").into_bytes(), vkey()),
        ("fails-receipt-salt.json", other_salt.to_json().unwrap().into_bytes(), vkey()),
        ("fails-receipt-proof.tlog-proof", other_proof.to_tlog_proof().unwrap().into_bytes(), vkey()),
    ];
    all.into_iter().map(|(name, bytes, pinned)| (name.to_owned(), bytes, pinned)).collect()
}

fn hide_a_name(bundle: &mut Bundle) {
    bundle.openings.remove("1");
    bundle.list.names.retain(|name| name == "Lanternway");
    bundle.list.withheld += 1;
}

fn open_round() -> Book {
    let mut book = Book::new();
    book.opens("Rev.1");
    book.record(Opening::RoundExtended { closes_at: "2026-02-07T23:59:59Z".into() });
    book.signs("Fundación Río 🌊", Public);
    book.signs("Ghost Bridge", Withheld);
    let mut on_behalf = book.sign_on("Õpetajate Liit", Public);
    on_behalf.assurance = Assurance::OnBehalf;
    on_behalf.organisation.country = String::new();
    book.record(Opening::Signed(Box::new(on_behalf)));
    book
}

/// Two editions, a correction, an addition, and withdrawals after publication.
fn life() -> Book {
    let mut book = Book::new();
    book.opens("Rev.1");
    let riverside = book.signs("Riverside", Public);
    let harbour = book.signs("Harbour", Withheld);
    book.signs("Never again", Public);
    book.closes();
    book.publishes();
    book.texts = support::texts("Keep every library open");
    book.round = "r2".into();
    book.opens("Rev.2");
    let riverside = book.renews(riverside, "Riverside", Public);
    book.renews(harbour, "Harbour", Withheld);
    book.stands.retain(|(_, name, _)| name != "Never again");
    book.signs("Lanternway", Public);
    book.closes();
    book.corrects("Corr.1", "Keep every library open!");
    book.round = "r3".into();
    book.opens("Add.1");
    book.signs("Ζωή", Public);
    book.signs("𐌰𐌱 Goths", Public);
    book.signs("\u{fb33} Dalet", Public);
    book.closes();
    book.publishes();
    book.hours_pass(500);
    book.withdraws(riverside);
    book
}

/// The round's leaf says it ends an hour after it began; the sign-ons of two hours later stay.
fn after_the_deadline(bundle: &Bundle) -> Bundle {
    let mut book = Book::published();
    let mut short = Book::new();
    short.record(Opening::RoundOpened { edition: "Rev.1".into(), closes_at: "2026-02-04T11:00:00Z".into() });
    book.log[0] = short.log.remove(0);
    let mut bundle = bundle.clone();
    bundle.leaves = book.log.iter().map(|row| row.line.clone()).collect();
    bundle.openings.insert("0".into(), book.log[0].salted.clone().unwrap());
    bundle
}
