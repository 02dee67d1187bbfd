//! A draft that is full says so and stays readable, and what a page has to repeat of it always fits.

use super::*;
use crate::drafting::protocol::{self, Message};

#[test]
fn a_draft_that_is_full_says_so_and_stays_readable() {
    let mut gate = Gate::new();
    let chunk = "x".repeat(200 * 1024);
    let mut clock = 0u32;
    let refusal = loop {
        let at = clock.checked_sub(1).map_or(Root("draft"), |before| After(5, before));
        match admit(&mut gate, ANA, &Write::by(5, clock).text(at, &chunk).bytes()) {
            Ok(_) => clock += chunk.len() as u32,
            Err(refusal) => break refusal,
        }
    };
    assert_eq!(refusal, GateRefusal::DocumentFull);
    assert!(gate.bytes() <= DOCUMENT_BYTES_MAX && gate.bytes() > DOCUMENT_BYTES_MAX / 2);
    assert_eq!(gate.check(BEN, &Write::by(5, 0).text(Root("draft"), "xx").bytes()).map(|passed| passed.changes), Ok(false));
}

#[test]
fn a_megabyte_of_accents_and_thousands_of_formats_are_bounded_by_size_and_number() {
    let mut gate = with_client_11();
    let accents = Write::by(12, 0).text(After(11, 4), &"\u{301}".repeat(1024 * 1024)).bytes();
    assert_eq!(admit(&mut gate, ANA, &accents), Err(GateRefusal::TooLarge));
    let mut turn = 0;
    let refusal = loop {
        let mut update = Write::by(12, turn);
        for clock in turn..turn + 10_000 {
            let place = clock.checked_sub(1).map_or(Between((11, 0), (11, 1)), |before| Between((12, before), (11, 1)));
            update = update.format(place, "bold", if clock % 2 == 0 { "true" } else { "null" });
        }
        match admit(&mut gate, ANA, &update.bytes()) {
            Ok(_) => turn += 10_000,
            Err(refusal) => break refusal,
        }
    };
    assert_eq!(refusal, GateRefusal::DocumentFull);
    assert!(turn as usize <= DOCUMENT_ITEMS_MAX);
}

#[test]
fn notes_have_a_ceiling_that_does_not_close_those_that_are_there() {
    let mut gate = Gate::new();
    let notes = |from: usize, to: usize| {
        let mut update = Write::by(from as u64 + 1, 0);
        for number in from..to {
            update = update.text(Root(&format!("note:{number:010}")), "\n");
        }
        update.bytes()
    };
    assert_eq!(admit(&mut gate, ANA, &notes(0, NOTES_MAX)), Ok(true));
    assert_eq!(admit(&mut gate, ANA, &notes(NOTES_MAX, NOTES_MAX + 1)), Err(GateRefusal::DocumentFull));
    assert_eq!(admit(&mut gate, ANA, &Write::by(3, 0).text(Root("note:0000000007"), "x").bytes()), Ok(true));
}

#[test]
fn brackets_have_a_ceiling_that_does_not_close_those_that_are_there() {
    let mut gate = with_client_11();
    let brackets = |from: usize, to: usize| {
        let client = from as u64 + 20;
        let mut update = Write::by(client, 0);
        for number in from..to {
            let place = if number == from { Between((11, 0), (11, 1)) } else { Between((client, (number - from) as u32 - 1), (11, 1)) };
            update = update.format(place, &format!("brk--{number:010}"), "\"0\"");
        }
        update.bytes()
    };
    assert_eq!(admit(&mut gate, ANA, &brackets(0, BRACKETS_MAX)), Ok(true));
    assert_eq!(admit(&mut gate, ANA, &brackets(BRACKETS_MAX, BRACKETS_MAX + 1)), Err(GateRefusal::DocumentFull));
    assert_eq!(admit(&mut gate, ANA, &Write::by(13, 0).format(Between((11, 0), (11, 1)), "brk--0000000007", "null").bytes()), Ok(true));
}

#[test]
fn items_that_others_would_not_merge_are_counted_each() {
    let mut gate = with_client_11();
    let merges = Write::by(12, 0).text(Between((11, 0), (11, 1)), "a").text(Between((12, 0), (11, 1)), "b");
    let stays = Write::by(13, 0).text(Between((11, 0), (11, 1)), "a").text(After(13, 0), "b").text(After(13, 0), "c");
    for (update, items) in [(merges, 1), (stays, 3)] {
        let before = gate.state.items;
        admit(&mut gate, ANA, &update.bytes()).unwrap();
        assert_eq!(gate.state.items - before, items);
    }
}

/// Client ids in their longest form, with clocks in theirs, and as many deletions as fit.
#[test]
fn what_a_page_repeats_of_the_fullest_draft_fits_beside_its_own_words() {
    let mut gate = Gate::new();
    let long_id = |number: usize| CLIENT_ID_MAX - number as u64;
    let far = CLOCK_MAX - 10_000;
    for first in (0..DOCUMENT_CLIENTS_MAX).step_by(1000) {
        let mut update = Write::default();
        for number in first..first + 1000 {
            let place = number.checked_sub(1).map_or(Root("draft"), |before| After(long_id(before), 0));
            update = update.and_by(long_id(number), 0).text(place, "x");
        }
        assert_eq!(admit(&mut gate, ANA, &update.bytes()), Ok(true));
    }
    assert_eq!(refusal(&mut gate, ANA, &Write::by(1, 0).text(Root("draft"), "x")), Some(GateRefusal::DocumentFull));
    // One client reaches far, and deletes here and there until no more is taken; then others do.
    let client = long_id(0);
    let mut far_out = Write::by(client, 1).gone(After(client, 0), far).text(After(client, far), "y");
    for (clock, _) in (far + 2..CLOCK_MAX).zip(0..9_000) {
        far_out = far_out.text(After(client, clock - 1), "y");
    }
    assert_eq!(admit(&mut gate, ANA, &far_out.bytes()), Ok(true));
    let singles: Vec<(u32, u32)> = (far + 2..far + 9_000).step_by(2).map(|clock| (clock, 1)).collect();
    assert_eq!(admit(&mut gate, ANA, &Write::default().delete(client, &singles).bytes()), Ok(true));
    let deleters = (1..DOCUMENT_CLIENTS_MAX)
        .take_while(|number| admit(&mut gate, ANA, &Write::default().delete(long_id(*number), &[(0, 1)]).bytes()).is_ok())
        .count();
    assert!(deleters > 1_000 && deleters < DOCUMENT_CLIENTS_MAX - 1, "{deleters}");

    // The server's question, and the page's.
    let vector = gate.state_vector();
    assert!(protocol::step1(&vector).len() <= FRAME_BYTES_MAX);
    assert!(matches!(protocol::read(&protocol::step1(&vector)), Ok(Message::Step1(_))));
    assert_eq!(read_state_vector(&vector).unwrap().len(), DOCUMENT_CLIENTS_MAX);
    // The page's answer: all deletions, and what it wrote meanwhile, under an id the draft knows.
    let mut answer = Write::by(long_id(5), 1).text(After(long_id(5), 0), &"w".repeat(96 * 1024 - 64));
    for (client, known) in &gate.state.clients {
        if !known.deleted.is_empty() {
            answer = answer.delete(*client, &known.deleted.iter().map(|(start, end)| (start, end - start)).collect::<Vec<_>>());
        }
    }
    let answer = answer.bytes();
    assert!(answer.len() > UPDATE_BYTES_MAX - 40 * 1024, "{} is no worst case", answer.len());
    assert!(protocol::step2(&answer).len() <= FRAME_BYTES_MAX);
    assert_eq!(gate.check(ANA, &answer).map(|passed| passed.changes), Ok(true));
}

#[test]
fn ids_kept_for_people_who_have_not_written_leave_half_the_table_to_writers() {
    let mut gate = Gate::new();
    for client in 0..2 * DOCUMENT_CLIENTS_MAX as u64 {
        if gate.may_reserve(client) {
            gate.own(client, ANA);
        }
    }
    assert_eq!(gate.state.clients.len(), DOCUMENT_CLIENTS_MAX / 2);
    assert_eq!(gate.owners().count(), 0);
    assert_eq!(refusal(&mut gate, BEN, &Write::by(0, 0).text(Root("draft"), "x")), Some(GateRefusal::ForeignClient));
    assert_eq!(admit(&mut gate, ANA, &Write::by(0, 0).text(Root("draft"), "x").bytes()), Ok(true));
}

#[test]
fn lines_are_counted_and_a_carriage_return_is_no_letter() {
    let write = |client: u64, words: &str| Write::by(client, 0).text(Root("draft"), words);
    let mut gate = Gate::new();
    assert_eq!(refusal(&mut gate, ANA, &write(5, "one\rtwo")), Some(GateRefusal::Forbidden("this format, embed or letter")));
    let many = "\n\u{2028}".repeat(DOCUMENT_LINES_MAX / 4);
    assert_eq!(admit(&mut gate, ANA, &write(6, &many).bytes()), Ok(true));
    assert_eq!(refusal(&mut gate, ANA, &write(7, &format!("{many}\n"))), Some(GateRefusal::DocumentFull));
    assert_eq!(admit(&mut gate, ANA, &write(8, "words\n").bytes()), Ok(true));
}
