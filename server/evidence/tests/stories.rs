//! Which lives of a statement a log may tell, and which not. Whoever holds the key cannot make a false story hold.

mod support;

use std::collections::BTreeMap;

use support::Book;
use undersigned_evidence::bundle::{AssembleError, StoredLeaf};
use undersigned_evidence::leaf::Leaf;
use undersigned_evidence::opening::Opening;
use undersigned_evidence::replay::replay;
use undersigned_evidence::sign_on::RecordedVisibility::*;
use undersigned_evidence::{Outcome, verify};

#[track_caller]
fn holds(book: &Book) -> undersigned_evidence::Verdict {
    let bundle = book.assembled().unwrap_or_else(|e| panic!("{e}"));
    let verdict = verify(bundle.to_json().unwrap().as_bytes(), Some(&book.vkey()));
    assert_eq!(verdict.outcome, Outcome::Holds, "{verdict}");
    verdict
}

/// The faults of a log with every opening; `assemble` refuses it for the same ones.
#[track_caller]
fn faults(book: &Book) -> Vec<(&'static str, u64)> {
    let leaves: Vec<Leaf> = book.log.iter().map(|row| Leaf::parse(&row.line).unwrap()).collect();
    let opening = |row: &StoredLeaf| row.salted.as_ref().map(|salted| Opening::parse(&salted.opening).unwrap());
    let openings: BTreeMap<u64, Opening> = (0..).zip(&book.log).filter_map(|(index, row)| Some((index, opening(row)?))).collect();
    let story = replay(&leaves, &openings);
    if !story.faults.is_empty() {
        assert_eq!(book.assembled(), Err(AssembleError::Story(story.faults.clone())));
    }
    story.faults.iter().map(|fault| (fault.code, fault.leaf.unwrap())).collect()
}

fn open() -> Book {
    let mut book = Book::new();
    book.opens("Rev.1");
    book
}

#[test]
fn an_open_a_closed_and_an_empty_round_hold() {
    let mut book = open();
    assert_eq!(holds(&book).counts.signed, 0);
    book.signs("Riverside", Public);
    assert_eq!(holds(&book).names, ["Riverside"]);
    book.closes();
    holds(&book);
    book.publishes();
    holds(&book);
}

#[test]
fn a_new_text_starts_from_nobody_until_each_re_confirms() {
    let mut book = open();
    let (riverside, lanternway) = (book.signs("Riverside", Public), book.signs("Lanternway", Withheld));
    book.signs("Harbour", Public);
    book.closes();
    book.publishes();
    book.texts = support::texts("Keep every library open");
    book.round = "r2".into();
    book.opens("Rev.2");
    assert_eq!((holds(&book).counts.signed, holds(&book).edition), (0, "Rev.2".into()));
    book.renews(riverside, "Riverside", Public);
    book.renews(lanternway, "Lanternway", Public);
    assert_eq!(holds(&book).names, ["Lanternway", "Riverside"]);
}

#[test]
fn a_correction_carries_sign_ons_over_and_may_be_withdrawn_from() {
    let mut book = open();
    let riverside = book.signs("Riverside", Public);
    book.signs("Lanternway", Public);
    book.closes();
    book.publishes();
    book.corrects("Corr.1", "Keep the library open!");
    assert_eq!((holds(&book).counts.signed, holds(&book).edition), (2, "Corr.1".into()));
    book.publishes();
    book.withdraws(riverside);
    assert_eq!(holds(&book).names, ["Lanternway"]);
}

#[test]
fn withdrawn_after_publication_the_name_is_kept_apart_and_the_published_list_is_still_proven() {
    let mut book = open();
    let (riverside, harbour) = (book.signs("Riverside", Public), book.signs("Harbour", Withheld));
    book.signs("Lanternway", Public);
    book.closes();
    book.publishes();
    book.withdraws(riverside);
    book.withdraws(harbour);
    let bundle = book.bundle();
    assert_eq!((bundle.list.withdrawn.clone(), bundle.list.withheld), (vec!["Riverside".to_owned()], 0));
    assert!(holds(&book).proven.iter().any(|line| line.code == "published"));
    assert!(!bundle.to_json().unwrap().contains("Harbour"));
}

#[test]
fn late_signatories_join_the_same_text_and_a_withheld_name_may_become_public() {
    let mut book = open();
    let harbour = book.signs("Harbour", Withheld);
    book.closes();
    book.publishes();
    book.round = "r2".into();
    book.opens("Add.1");
    book.signs("Lanternway", Public);
    book.renews(harbour, "Harbour", Public);
    let verdict = holds(&book);
    assert_eq!((verdict.counts.signed, verdict.counts.withheld), (2, 0));
    assert!(verdict.not_proven.iter().any(|line| line.code == "published-list"));
    book.closes();
    book.publishes();
    assert!(holds(&book).proven.iter().any(|line| line.code == "published"));
}

#[test]
fn two_chapters_of_one_name_stand_side_by_side() {
    let mut book = open();
    book.signs("Red Lantern", Public);
    let mut other = book.sign_on("Red Lantern", Public);
    other.organisation.id = "another".into();
    book.record(Opening::Signed(Box::new(other)));
    assert_eq!(holds(&book).names, ["Red Lantern", "Red Lantern"]);
}

#[test]
fn an_erased_opening_leaves_the_log_whole() {
    let mut book = open();
    book.signs("Riverside", Public);
    book.signs("Lanternway", Public);
    book.log[1].salted = None;
    let verdict = holds(&book);
    assert_eq!((verdict.counts.public, verdict.counts.withheld), (1, 1));
}

#[test]
fn a_sign_on_belongs_into_an_open_round() {
    let mut book = open();
    book.closes();
    book.signs("Riverside", Public);
    assert_eq!(faults(&book), [("no-open-round", 2)]);

    let mut book = open();
    book.hours_pass(60);
    book.signs("Riverside", Withheld);
    assert_eq!(faults(&book), [("after-the-deadline", 1)]);

    // In the closing hour, but after the closing instant: only the opening shows it.
    let mut book = open();
    book.hours_pass(54);
    book.signs("Riverside", Public);
    assert_eq!(faults(&book), [("outside-the-round", 1)]);

    let mut book = open();
    book.round = "r2".into();
    book.signs("Riverside", Public);
    assert_eq!(faults(&book), [("other-round", 1)]);

    let mut book = open();
    book.texts = support::texts("Close the library");
    book.signs("Riverside", Public);
    assert_eq!(faults(&book), [("text-not-of-round", 1)]);
}

#[test]
fn an_extension_moves_the_end_and_only_later() {
    let mut book = open();
    book.record(Opening::RoundExtended { closes_at: "2026-02-08T16:00:00Z".into() });
    book.hours_pass(80);
    book.signs("Riverside", Public);
    holds(&book);
    book.record(Opening::RoundExtended { closes_at: "2026-02-08T16:00:00Z".into() });
    assert_eq!(faults(&book), [("not-an-extension", 3)]);

    let mut book = open();
    book.hours_pass(60);
    book.record(Opening::RoundExtended { closes_at: "2026-02-08T16:00:00Z".into() });
    assert_eq!(faults(&book), [("after-the-deadline", 1)]);
}

#[test]
fn a_withdrawal_answers_what_stands() {
    let mut book = open();
    let riverside = book.signs("Riverside", Public);
    book.withdraws(riverside);
    holds(&book);
    book.withdraws(riverside);
    assert_eq!(faults(&book), [("answers-nothing", 3)]);
    for nothing in [0, 3, 99] {
        let mut book = open();
        book.signs("Riverside", Public);
        book.withdraws(nothing);
        assert_eq!(faults(&book), [("answers-nothing", 2)], "{nothing}");
    }
    let mut book = open();
    let lanternway = book.signs("Lanternway", Public);
    book.stands.clear();
    book.withdraws(lanternway);
    assert_eq!(faults(&book), [("other-organisation", 2)]);
}

#[test]
fn one_organisation_stands_once_and_no_act_is_copied() {
    let mut book = open();
    book.signs("Riverside", Public);
    book.signs("Riverside", Public);
    assert_eq!(faults(&book), [("stands-twice", 2)]);

    let mut book = open();
    let mut copy = book.sign_on("Riverside", Public);
    book.signs("Lanternway", Public);
    copy.nonce = Book::nonce(&{
        let mut before = Book::new();
        before.opens("Rev.1");
        before
    });
    book.record(Opening::Signed(Box::new(copy)));
    assert_eq!(faults(&book), [("nonce-again", 2)]);
}

#[test]
fn time_does_not_run_back_and_an_opening_tells_its_leafs_hour() {
    let mut book = open();
    book.hours_pass(-1);
    book.signs("Riverside", Public);
    assert!(faults(&book).contains(&("time-runs-back", 1)));

    let mut book = open();
    let early = book.sign_on("Riverside", Public);
    book.hours_pass(1);
    book.record(Opening::Signed(Box::new(early.clone())));
    holds(&book);
    let mut book = open();
    book.hours_pass(2);
    book.record(Opening::Signed(Box::new(early)));
    assert_eq!(faults(&book), [("opening-time", 1)]);
}

#[test]
fn the_coordinators_acts_come_in_order() {
    let mut book = Book::new();
    book.signs("Riverside", Public);
    assert_eq!(faults(&book), [("first-leaf", 0), ("no-open-round", 0)]);

    let mut book = open();
    book.opens("Rev.1");
    assert_eq!(faults(&book), [("round-still-open", 1), ("round-again", 1)]);

    let mut book = open();
    book.publishes();
    assert_eq!(faults(&book), [("round-still-open", 1)]);

    let mut book = open();
    book.corrects("Corr.1", "Another");
    assert_eq!(faults(&book), [("round-still-open", 1)]);

    let mut book = open();
    book.signs("Riverside", Withheld);
    book.closes();
    book.stands.clear();
    book.publishes();
    assert_eq!(faults(&book), [("published-count", 3)]);

    let mut book = open();
    book.log[0].salted = None;
    assert_eq!(faults(&book), [("opening-missing", 0)]);
}

#[test]
fn an_opening_for_other_circumstances_than_its_leaf_is_found() {
    let mut book = open();
    let mut foreign = book.sign_on("Riverside", Public);
    foreign.statement = "another".into();
    foreign.round = "r9".into();
    foreign.text.authentic = "ar".into();
    book.record(Opening::Signed(Box::new(foreign)));
    assert_eq!(faults(&book), [("opening-statement", 1), ("opening-round", 1), ("opening-text", 1)]);
}

#[test]
fn assembling_refuses_names_and_texts_that_are_not_those_of_the_log() {
    let mut book = open();
    book.signs("Riverside", Public);
    let parts = |names: &[&str], texts| {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        undersigned_evidence::bundle::assemble(undersigned_evidence::bundle::Parts {
            vkey: &book.vkey(),
            checkpoint: &book.checkpoint(),
            texts,
            log: &book.log,
            names,
        })
    };
    assert_eq!(parts(&["Riverside", "Ghost"], book.texts.clone()), Err(AssembleError::Names { expected: vec!["Riverside".into()] }));
    assert_eq!(parts(&["Riverside"], support::texts("Another")), Err(AssembleError::Text { language: "en".into() }));
    assert_eq!(parts(&["Riverside"], BTreeMap::new()), Err(AssembleError::Text { language: "ar".into() }));
}
