//! Who may only suggest, rule by rule.

use yrs::updates::decoder::Decode;
use yrs::{Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update};

use super::*;
use crate::suggestions::{Said, Saying};
use crate::text::asks::{Items, Suggestion, items_written};

pub const EVA: PersonKey = PersonKey(3);
pub const ANAS: &str = "anaanaanaa";
pub const EVAS: &str = "evaevaevae";
pub const SID: &str = "0123456789";

pub fn edits(person: PersonKey, handle: &str) -> Author<'_> {
    Author { person, handle: Some(handle), edits: true }
}

pub fn suggests(person: PersonKey, handle: &str) -> Author<'_> {
    Author { person, handle: Some(handle), edits: false }
}

pub fn bring(gate: &mut Gate, author: Author<'_>, update: &Write) -> Result<Vec<Said>, GateRefusal> {
    let passed = gate.check_within(author, &update.bytes(), UPDATE_STEPS_MAX)?;
    let said = passed.said.clone();
    gate.commit(passed).unwrap();
    Ok(said)
}

fn refused(gate: &mut Gate, author: Author<'_>, update: &Write) -> Option<&'static str> {
    gate.check_within(author, &update.bytes(), UPDATE_STEPS_MAX).err().map(GateRefusal::code)
}

pub fn by(handle: &str) -> String {
    format!(r#"{{"by":"{handle}"}}"#)
}

pub fn ask(sid: &str) -> String {
    format!(r#"{{"ask":"{sid}"}}"#)
}

fn items(all: &[(u64, u32, u32)]) -> String {
    items_written(&all.iter().map(|(client, clock, len)| Items { client: *client, clock: *clock, len: *len }).collect::<Vec<_>>())
}

pub fn del(all: &[(u64, u32, u32)]) -> String {
    format!(r#"{{"del":"{}"}}"#, items(all))
}

pub fn fate(word: &str, handle: &str, sid: &str, of: &[(u64, u32, u32)]) -> String {
    format!(r#"{{"{word}":"{handle}.{sid}","of":"{}"}}"#, items(of))
}

/// A new id that proposes: its first clocks are whose it is and which suggestion; what follows is clock 2.
pub fn proposing(client: u64, handle: &str) -> Write {
    Write::by(client, 0).embed(Root("asks"), &by(handle)).embed(After(client, 0), &ask(SID))
}

fn what(of: &str, sid: &str, what: Saying) -> Said {
    Said { of: Suggestion { handle: of.to_owned(), sid: sid.to_owned() }, what }
}

/// "hello" by Ana's id 11, and behind it " you" (31.2 to 31.5) that Eva proposes, with the "lo" that would go for it (31.6).
fn with_a_suggestion() -> Gate {
    let mut gate = with_client_11();
    let update = proposing(31, EVAS).text(After(11, 4), " you").embed(After(31, 1), &del(&[(11, 3, 2)]));
    assert_eq!(bring(&mut gate, suggests(EVA, EVAS), &update), Ok(vec![what(EVAS, SID, Saying::Begun)]));
    gate
}

#[test]
fn a_suggestion_is_begun_gone_on_with_and_told_once() {
    let mut gate = with_a_suggestion();
    let more = Write::by(31, 7).embed(After(31, 6), &ask(SID)).text(After(31, 5), "!");
    assert_eq!(bring(&mut gate, suggests(EVA, EVAS), &more), Ok(vec![]));
    // A colleague goes on with it, and begins another.
    let colleague = proposing(41, EVAS).embed(After(41, 1), &ask("9876543210")).text(After(31, 8), "?");
    assert_eq!(bring(&mut gate, suggests(PersonKey(4), EVAS), &colleague), Ok(vec![what(EVAS, "9876543210", Saying::Begun)]));
    // So does whoever edits, where they would rather suggest.
    assert_eq!(bring(&mut gate, edits(ANA, ANAS), &proposing(12, ANAS)), Ok(vec![what(ANAS, SID, Saying::Begun)]));
    assert_eq!(bring(&mut gate, suggests(EVA, EVAS), &Write::default().delete(31, &[(2, 5)])), Ok(vec![]), "an own word and an own ask");
}

#[test]
fn whoever_may_only_suggest_changes_nothing_of_the_text() {
    let mut gate = with_a_suggestion();
    for (name, update) in [
        ("a letter under an id that edits", Write::by(32, 0).text(After(11, 4), "!")),
        ("a format", Write::by(32, 0).format(Before(11, 0), "bold", "true")),
        ("a letter that is gone already", Write::by(32, 0).gone(After(11, 4), 1)),
        ("the text taken away", Write::default().delete(11, &[(3, 2)])),
        ("a letter in both", proposing(33, EVAS).text(After(11, 4), "x").and_by(32, 0).text(After(11, 4), "!")),
        ("accepting it oneself", Write::by(32, 0).embed(Root("fates"), &fate("yes", EVAS, SID, &[(31, 2, 4)]))),
        ("a fate that is gone already", Write::by(32, 0).gone(Root("fates"), 1)),
    ] {
        assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &update), Some("only-suggestions"), "{name}");
    }
    let accepting = proposing(33, EVAS).embed(Root("fates"), &fate("yes", EVAS, SID, &[(31, 2, 4)]));
    assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &accepting), Some("update-misplaced"), "under an id that proposes");
    // What is there already may be repeated, as a page does that comes back.
    let known = Write::by(11, 0).text(Root("draft"), "hello");
    assert!(!gate.check_within(suggests(EVA, EVAS), &known.bytes(), 0).unwrap().changes);
}

#[test]
fn an_id_that_proposes_brings_no_format_and_nothing_before_it_says_for_which_suggestion() {
    let mut gate = with_client_11();
    for author in [suggests(EVA, EVAS), edits(EVA, EVAS)] {
        let bold = proposing(31, EVAS).format(Before(11, 0), "bold", "true");
        assert_eq!(refused(&mut gate, author, &bold), Some("update-not-of-a-draft"));
        for (name, update) in [
            ("letters before a suggestion is begun", Write::by(31, 0).embed(Root("asks"), &by(EVAS)).text(After(11, 4), "x")),
            ("whose it is, too late", proposing(31, EVAS).embed(After(31, 1), &by(EVAS))),
            ("whose it is, beside the text it wrote", Write::by(32, 0).text(After(11, 4), "x").embed(Root("asks"), &by(EVAS))),
        ] {
            let code = refused(&mut gate, author, &update);
            assert!(code == Some("update-misplaced") || !author.edits && code == Some("only-suggestions"), "{name}: {code:?}");
        }
    }
    for (name, update) in [
        ("an ask under an id that edits", Write::by(31, 0).embed(Root("asks"), &ask(SID))),
        ("one that is gone already", Write::by(31, 0).gone(Root("asks"), 1)),
    ] {
        assert_eq!(refused(&mut gate, edits(EVA, EVAS), &update), Some("update-misplaced"), "{name}");
    }
    for (name, update) in [
        ("letters among the asks", proposing(31, EVAS).text(After(31, 1), "x")),
        ("a format among them", proposing(31, EVAS).format(After(31, 1), "bold", "true")),
        ("the place of a note among them", proposing(31, EVAS).embed(After(31, 1), r#"{"note":"abcdefghij"}"#)),
        ("an ask in the text", proposing(31, EVAS).embed(After(11, 4), &del(&[(11, 0, 1)]))),
        ("a fate among the asks", proposing(31, EVAS).embed(After(31, 1), &fate("no", EVAS, SID, &[(31, 0, 1)]))),
    ] {
        assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &update), Some("update-not-of-a-draft"), "{name}");
    }
    let place = proposing(31, EVAS).embed(After(11, 4), r#"{"note":"abcdefghij"}"#).text(Root("note:abcdefghij"), "Why.\n");
    assert!(bring(&mut gate, suggests(EVA, EVAS), &place).is_ok(), "a footnote is proposed as letters are");
}

#[test]
fn a_suggestion_in_anothers_name_is_refused() {
    let mut gate = with_a_suggestion();
    for author in [suggests(BEN, ANAS), edits(BEN, ANAS)] {
        assert_eq!(refused(&mut gate, author, &proposing(51, EVAS)), Some("client-id-of-another-person"));
        // Whoever writes for somebody else by now has another id for it.
        let more = Write::by(31, 7).text(After(31, 5), "!");
        assert_eq!(refused(&mut gate, Author { person: EVA, ..author }, &more), Some("client-id-of-another-person"));
    }
    let nobodys = Author { person: BEN, handle: None, edits: true };
    assert_eq!(refused(&mut gate, nobodys, &proposing(51, EVAS)), Some("client-id-of-another-person"));
    let takes_away = Write::default().delete(31, &[(2, 1)]);
    assert_eq!(refused(&mut gate, suggests(BEN, ANAS), &takes_away), Some("only-suggestions"), "another's proposed word");
    assert!(bring(&mut gate, edits(BEN, ANAS), &takes_away).is_ok(), "whoever edits may take it away");
}

#[test]
fn what_is_named_stands_in_the_text_in_whole_letters() {
    let mut gate = with_a_suggestion();
    admit(&mut gate, ANA, &Write::by(12, 0).text(After(11, 4), "😀\n").text(Root("note:abcdefghij"), "n\n").bytes()).unwrap();
    let naming = |json: &str| Write::by(31, 7).embed(After(31, 6), json);
    let blk = |item: &str, block: &str| format!(r#"{{"blk":"{item}","set":{{"block":"{block}","dir":null,"start":null}}}}"#);
    for (json, why) in [
        (del(&[(11, 4, 2)]), "update-builds-on-missing"),
        (del(&[(99, 0, 1)]), "update-builds-on-missing"),
        (del(&[(31, 7, 1)]), "update-circular"),
        (del(&[(31, 1, 2)]), "update-misplaced"),
        (del(&[(31, 5, 2)]), "update-misplaced"),
        (del(&[(12, 0, 1)]), "update-halves-a-letter"),
        (del(&[(12, 1, 2)]), "update-halves-a-letter"),
        (blk(&items(&[(12, 4, 1)]), "heading:1"), "update-not-of-a-draft"),
        (r#"{"fmt":"b.0","set":{"bold":false}}"#.to_owned(), "update-not-of-a-draft"),
        (r#"{"del":"b.0 b.1"}"#.to_owned(), "update-not-of-a-draft"),
    ] {
        assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &naming(&json)), Some(why), "{json}");
    }
    for json in [del(&[(11, 0, 2), (12, 0, 2)]), blk(&items(&[(12, 2, 1)]), "heading:1"), blk(&items(&[(12, 4, 1)]), "paragraph")] {
        assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &naming(&json)), None, "{json}");
    }
    // What comes in the same update may be named, wherever it stands there.
    let later = Write::by(31, 7).embed(After(31, 6), &del(&[(34, 2, 1)])).and_by(34, 0).embed(Root("asks"), &by(EVAS));
    let later = later.embed(After(34, 0), &ask(SID)).text(After(11, 4), "x");
    assert_eq!(bring(&mut gate, suggests(EVA, EVAS), &later), Ok(vec![]));
}

#[test]
fn a_fate_names_what_was_proposed_and_can_be_taken_back() {
    let mut gate = with_a_suggestion();
    let fates = |json: &str| Write::by(12, 0).embed(Root("fates"), json);
    for (of, why) in [
        (fate("yes", EVAS, SID, &[(11, 0, 1)]), "update-misplaced"),
        (fate("yes", ANAS, SID, &[(31, 2, 4)]), "update-misplaced"),
        (fate("yes", EVAS, "9999999999", &[(31, 2, 4)]), "update-misplaced"),
        (fate("yes", EVAS, SID, &[(31, 2, 9)]), "update-builds-on-missing"),
    ] {
        assert_eq!(refused(&mut gate, edits(ANA, ANAS), &fates(&of)), Some(why), "{of}");
    }
    let of = [(31, 2, 2), (31, 6, 1)];
    let accepts = fates(&fate("yes", EVAS, SID, &of)).delete(11, &[(3, 2)]);
    assert_eq!(bring(&mut gate, edits(ANA, ANAS), &accepts), Ok(vec![what(EVAS, SID, Saying::Accepted)]));
    // What was accepted cannot be taken back by its author; what was not still can.
    for gone in [&[(3, 1)][..], &[(2, 4)], &[(6, 1)]] {
        assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &Write::default().delete(31, gone)), Some("only-suggestions"), "{gone:?}");
    }
    assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &Write::default().delete(12, &[(0, 1)])), Some("only-suggestions"), "nor the fate");
    assert_eq!(bring(&mut gate, suggests(EVA, EVAS), &Write::default().delete(31, &[(5, 1)])), Ok(vec![]));
    // Somebody who edits took a word away; the author's page repeats that beside its own.
    bring(&mut gate, edits(ANA, ANAS), &Write::default().delete(31, &[(3, 1)])).unwrap();
    assert_eq!(bring(&mut gate, suggests(EVA, EVAS), &Write::default().delete(31, &[(3, 3)])), Ok(vec![]));
    // Taken back, it is the author's again.
    let twice = Write::by(12, 1).embed(After(12, 0), &fate("no", EVAS, SID, &[(31, 2, 1)]));
    assert_eq!(bring(&mut gate, edits(ANA, ANAS), &twice), Ok(vec![what(EVAS, SID, Saying::Rejected)]));
    assert_eq!(bring(&mut gate, edits(ANA, ANAS), &Write::default().delete(12, &[(0, 1)])), Ok(vec![]), "another stands");
    let undone = Write::default().delete(12, &[(1, 1)]);
    assert_eq!(bring(&mut gate, edits(ANA, ANAS), &undone), Ok(vec![what(EVAS, SID, Saying::Undecided)]));
    assert_eq!(bring(&mut gate, suggests(EVA, EVAS), &Write::default().delete(31, &[(2, 1), (6, 1)])), Ok(vec![]));
}

#[test]
fn nobody_takes_away_a_beginning() {
    let mut gate = with_a_suggestion();
    for author in [suggests(EVA, EVAS), edits(EVA, EVAS), edits(ANA, ANAS)] {
        for clock in [0, 1] {
            assert_eq!(refused(&mut gate, author, &Write::default().delete(31, &[(clock, 1)])), Some("update-misplaced"), "{clock}");
        }
        assert_eq!(refused(&mut gate, author, &Write::default().delete(31, &[(0, 7)])), Some("update-misplaced"));
        // Nor by saying that nothing but a place is left of it.
        assert_eq!(refused(&mut gate, author, &Write::by(31, 0).gone(Root("asks"), 1)), Some("update-misplaced"));
        assert_eq!(refused(&mut gate, author, &Write::by(31, 1).gone(After(31, 0), 1)), Some("update-misplaced"));
    }
    let at_once = proposing(33, EVAS).delete(33, &[(0, 2)]);
    assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &at_once), Some("update-misplaced"), "nor in the update that brings it");
}

#[test]
fn whoever_opens_the_draft_anew_knows_it_all_again_from_the_journal_and_from_a_base() {
    let mut gate = with_a_suggestion();
    let accepts = Write::by(12, 0).embed(Root("fates"), &fate("yes", EVAS, SID, &[(31, 2, 4)])).bytes();
    let asks = proposing(31, EVAS).text(After(11, 4), " you").embed(After(31, 1), &del(&[(11, 3, 2)])).bytes();
    let looks = Write::by(31, 7).embed(After(31, 6), r#"{"blk":"b.0","set":{"block":"ordered:2","dir":"rtl","start":5}}"#).bytes();
    let hello = Write::by(11, 0).text(Root("draft"), "hello").bytes();
    let entries = [(ANA, &hello), (EVA, &asks), (EVA, &looks), (ANA, &accepts)];
    admit(&mut gate, ANA, &accepts).unwrap();
    let mut replayed = Gate::new();
    entries.iter().for_each(|(person, update)| replayed.replay(*person, update).unwrap());
    let page = page();
    entries.iter().for_each(|(_, update)| apply(&page, update));
    // The library writes the names of an embed in any order; each of these is as good.
    for _ in 0..20 {
        let mut based = Gate::new();
        [(11, ANA), (12, ANA), (31, EVA)].into_iter().for_each(|(client, person)| based.own(client, person));
        let again = self::page();
        let whole = page.transact().encode_state_as_update_v1(&StateVector::default());
        apply(&again, &whole);
        based.admit_base(&again.transact().encode_state_as_update_v1(&StateVector::default())).unwrap();
        for gate in [&mut replayed, &mut based] {
            assert!(!gate.check(BEN, &whole).unwrap().changes, "it says the same, in whatever order");
            for gone in [&[(2, 1)][..], &[(5, 1)]] {
                assert_eq!(refused(gate, suggests(EVA, EVAS), &Write::default().delete(31, gone)), Some("only-suggestions"));
            }
            assert_eq!(refused(gate, edits(ANA, ANAS), &Write::default().delete(31, &[(1, 1)])), Some("update-misplaced"));
            assert_eq!(refused(gate, suggests(EVA, EVAS), &Write::default().delete(31, &[(6, 1)])), None);
            let more = Write::by(31, 8).text(After(31, 5), "!");
            assert_eq!(refused(gate, suggests(EVA, ANAS), &more), Some("client-id-of-another-person"));
            assert_eq!(refused(gate, suggests(EVA, EVAS), &more), None);
        }
    }
}

#[test]
fn suggestions_of_a_draft_and_lines_of_an_update_have_their_ceilings() {
    let mut gate = with_client_11();
    let begins = |client: u64, from: usize, count: usize| {
        let first = Write::by(client, 0).embed(Root("asks"), &by(EVAS));
        (0..count).fold(first, |update, at| update.embed(After(client, at as u32), &ask(&format!("{:010}", from + at))))
    };
    assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &begins(31, 0, SAID_MAX + 1)), Some("update-out-of-bounds"));
    let mut begun = 0;
    while begun + SAID_MAX <= SUGGESTIONS_MAX {
        bring(&mut gate, suggests(EVA, EVAS), &begins(31 + begun as u64, begun, SAID_MAX)).unwrap();
        begun += SAID_MAX;
    }
    let one_too_many = begins(7, begun, SUGGESTIONS_MAX - begun + 1);
    assert_eq!(refused(&mut gate, suggests(EVA, EVAS), &one_too_many), Some("draft-full"));
    assert!(bring(&mut gate, suggests(EVA, EVAS), &begins(7, begun, SUGGESTIONS_MAX - begun)).is_ok());
    assert!(bring(&mut gate, edits(ANA, ANAS), &Write::by(12, 0).text(After(11, 4), "!")).is_ok(), "the text itself is written on");
}

pub fn page() -> Doc {
    Doc::with_options(Options { offset_kind: OffsetKind::Utf16, skip_gc: true, cleanup_formatting: false, ..Options::default() })
}

pub fn apply(page: &Doc, update: &[u8]) {
    page.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
}
