//! Whatever is changed in a file that holds, the verdict is that it fails.

mod support;

use serde_json::Value;
use support::{Book, signed_again};
use undersigned_evidence::bundle::Bundle;
use undersigned_evidence::checkpoint::LogKey;
use undersigned_evidence::opening::Opening;
use undersigned_evidence::sign_on::RecordedVisibility;
use undersigned_evidence::{Outcome, Verdict, verify};

fn codes(verdict: &Verdict) -> Vec<&'static str> {
    verdict.failed.iter().map(|line| line.code).collect()
}

/// What the check says of the published book's bundle after `change`.
fn after(change: impl FnOnce(&mut Bundle)) -> Vec<&'static str> {
    let book = Book::published();
    let mut bundle = book.bundle();
    change(&mut bundle);
    codes(&verify(bundle.to_json().unwrap().as_bytes(), Some(&book.vkey())))
}

#[test]
fn a_bundle_holds_and_says_what_it_proves_and_what_not() {
    let book = Book::published();
    let file = book.bundle().to_json().unwrap();
    let verdict = verify(file.as_bytes(), Some(&book.vkey()));
    assert_eq!((verdict.outcome, verdict.exit_code(), codes(&verdict)), (Outcome::Holds, 0, vec![]), "{verdict}");
    assert_eq!(verdict.names, ["Lanternway", "Réseau Éducation"]);
    assert_eq!((verdict.counts.signed, verdict.counts.public, verdict.counts.withheld, verdict.counts.withdrawn), (4, 2, 2, 1));
    assert!(verdict.to_string().starts_with("This is Rev.1 of “Keep the library open”, signed by 4 organisations (2 with the name withheld); nothing in its record has been changed."));
    let open: Vec<_> = verdict.not_proven.iter().map(|line| line.code).collect();
    assert_eq!(open, ["organisations", "withheld", "assurance", "one-log", "time"]);
    for confidential in ["Riverside", "Harbour", "النهر"] {
        assert!(!file.contains(confidential));
    }

    let unpinned = verify(file.as_bytes(), None);
    assert_eq!((unpinned.outcome, unpinned.exit_code(), unpinned.not_proven[0].code), (Outcome::HoldsUnpinned, 3, "key"));
}

#[test]
fn every_changed_byte_of_a_bundle_is_found() {
    let book = Book::published();
    let file = book.bundle().to_json().unwrap().into_bytes();
    every_changed_byte_is_found(&file, &book.vkey());
}

#[test]
fn every_changed_byte_of_a_receipt_is_found_in_both_forms() {
    let book = Book::published();
    for index in [0, 2, 6] {
        let receipt = book.receipt(index);
        every_changed_byte_is_found(receipt.to_json().unwrap().as_bytes(), &book.vkey());
        every_changed_byte_is_found(receipt.to_tlog_proof().unwrap().as_bytes(), &book.vkey());
    }
}

fn every_changed_byte_is_found(file: &[u8], vkey: &str) {
    assert_eq!(verify(file, Some(vkey)).outcome, Outcome::Holds, "{}", verify(file, Some(vkey)));
    for place in 0..file.len() {
        // Without a pinned key, because pinning can only add faults. One bit and another case: what lenient readers forgive.
        for byte in [file[place] ^ 1, file[place] ^ 0x20] {
            let mut changed = file.to_vec();
            changed[place] = byte;
            assert_eq!(verify(&changed, None).outcome, Outcome::Fails, "byte {place} to {byte:#x}: {}", String::from_utf8_lossy(&changed));
        }
        assert_eq!(verify(&file[..place], None).outcome, Outcome::Fails, "cut at {place}");
        assert_eq!(verify(&[&file[..place], b" ", &file[place..]].concat(), None).outcome, Outcome::Fails, "space at {place}");
    }
}

#[test]
fn a_dropped_swapped_added_or_repeated_leaf_is_found() {
    assert_eq!(after(|bundle| drop(bundle.leaves.pop()))[0], "size");
    assert_eq!(after(|bundle| drop(bundle.leaves.remove(6)))[0], "size");
    // Both unopened and of the same hour: nothing but the root, and the withdrawal, knows their order.
    assert_eq!(after(|bundle| bundle.leaves.swap(2, 3)), ["root"]);
    assert!(after(|bundle| bundle.leaves.push(bundle.leaves[1].clone())).contains(&"commit-again"));
    assert!(after(|bundle| bundle.leaves.clear()).contains(&"leaves"));
}

#[test]
fn whoever_rewrites_the_log_needs_the_pinned_key() {
    let (book, thief) = (Book::published(), LogKey::from_seed([66; 32]));
    let mut bundle = book.bundle();
    signed_again(&mut bundle, &thief);
    let file = bundle.to_json().unwrap();
    assert_eq!(codes(&verify(file.as_bytes(), Some(&book.vkey()))), ["other-key"]);
    assert_eq!(verify(file.as_bytes(), None).outcome, Outcome::HoldsUnpinned);
    // Keeping the old key in the file does not help either.
    bundle.vkey = book.vkey();
    assert_eq!(codes(&verify(bundle.to_json().unwrap().as_bytes(), None)), ["checkpoint"]);
    assert_eq!(codes(&verify(file.as_bytes(), Some("not a key"))), ["pinned-key"]);
}

#[test]
fn even_with_the_key_a_changed_opening_name_count_or_text_is_found() {
    let book = Book::published();
    let again = |change: &dyn Fn(&mut Bundle)| {
        let mut bundle = book.bundle();
        change(&mut bundle);
        signed_again(&mut bundle, &book.key);
        codes(&verify(bundle.to_json().unwrap().as_bytes(), Some(&book.vkey())))
    };
    let renamed = again(&|bundle| bundle.openings.get_mut("1").unwrap().opening["organisation"]["name"] = Value::from("Another"));
    assert!(renamed.contains(&"opening"), "{renamed:?}");
    assert!(again(&|bundle| bundle.list.names.push("Another".into())).contains(&"list-names"));
    assert!(again(&|bundle| drop(bundle.list.names.pop())).contains(&"list-names"));
    assert!(again(&|bundle| bundle.list.withheld += 1).contains(&"list-withheld"));
    assert!(again(&|bundle| drop(bundle.leaves.drain(7..))).contains(&"opening-of-no-leaf"));
    assert!(again(&|bundle| bundle.list.withdrawn.push("Another".into())).contains(&"published-list"));
    assert!(again(&|bundle| bundle.edition.label = "Rev.2".into()).contains(&"edition-label"));
    assert!(again(&|bundle| bundle.edition.title = "Close the library".into()).contains(&"title"));
    assert!(again(&|bundle| drop(bundle.edition.texts.remove("ar"))).contains(&"other-text"));
    assert!(again(&|bundle| bundle.edition.authentic = "ar".into()).contains(&"authentic"));
    let name_hidden = again(&|bundle| {
        bundle.openings.remove("1");
        bundle.list.names.retain(|name| name == "Lanternway");
        bundle.list.withheld += 1;
    });
    assert_eq!(name_hidden, ["published-list"]);
}

#[test]
fn the_opening_of_a_withheld_or_withdrawn_sign_on_may_not_be_in_a_bundle() {
    let book = Book::published();
    for index in [2, 3, 6] {
        let mut bundle = book.bundle();
        bundle.openings.insert(index.to_string(), book.log[index].salted.clone().unwrap());
        assert!(codes(&verify(bundle.to_json().unwrap().as_bytes(), None)).contains(&"opened"), "{index}");
    }
    // Nor can one organisation's opening pass for another's.
    assert!(after(|bundle| drop(bundle.openings.insert("2".into(), bundle.openings["1"].clone()))).contains(&"opening"));
}

#[test]
fn leaves_do_not_show_whether_a_name_is_withheld() {
    let book = |visibility| {
        let mut book = Book::new();
        book.opens("Rev.1");
        book.signs("Riverside", visibility);
        book.signs("An organisation with a much longer name than the other", visibility);
        book.log
    };
    for (public, withheld) in book(RecordedVisibility::Public).iter().zip(&book(RecordedVisibility::Withheld)) {
        let without_commit = |line: &str| line.replace(&line[line.find("commit\":\"").unwrap()..][..9 + 64], "");
        assert_eq!(public.line.len(), withheld.line.len());
        assert_eq!(without_commit(&public.line), without_commit(&withheld.line));
    }
}

#[test]
fn a_receipt_proves_its_entry_to_the_organisation_even_when_the_name_is_withheld() {
    let book = Book::published();
    let receipt = book.receipt(2);
    for file in [receipt.to_json().unwrap(), receipt.to_tlog_proof().unwrap()] {
        let verdict = verify(file.as_bytes(), Some(&book.vkey()));
        assert_eq!(verdict.outcome, Outcome::Holds, "{verdict}");
        assert!(verdict.to_string().contains("“Riverside”, through Ana Mwangi, signed the text below on 2026-02-04T12:17:30.125Z (with its name withheld, by confirmed link)"), "{verdict}");
    }
    let mut other = book.receipt(2);
    other.opening = book.receipt(1).opening;
    other.salt = book.receipt(1).salt;
    assert_eq!(codes(&verify(other.to_json().unwrap().as_bytes(), None)), ["opening"]);
}

#[test]
fn a_receipt_whose_entry_and_opening_are_not_of_one_act_fails_even_with_the_key() {
    let mut book = Book::new();
    book.opens("Rev.1");
    let mut foreign = book.sign_on("Riverside", RecordedVisibility::Public);
    foreign.statement = "another".into();
    foreign.round = "r9".into();
    foreign.at = "2026-02-04T08:59:59Z".into();
    let index = book.record(Opening::Signed(Box::new(foreign)));
    let verdict = verify(book.receipt(index).to_json().unwrap().as_bytes(), Some(&book.vkey()));
    assert_eq!(codes(&verdict), ["opening-statement", "opening-round", "opening-time"]);
    assert!(!verdict.to_string().contains("Riverside"), "a receipt that fails names nobody: {verdict}");
}
