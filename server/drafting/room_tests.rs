#[path = "room/answers_tests.rs"]
mod answers;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::*;
use crate::drafting::daily::Daily;
use crate::drafting::gate::write_number;
use crate::drafting::packing::pack;
use crate::drafting::protocol::{Presence, User};

const ANA: PersonKey = PersonKey(1);
const BEN: PersonKey = PersonKey(2);
const A: Seat = Seat(1);
const B: Seat = Seat(2);

fn occupant(person: PersonKey, right: Right, wants_ack: bool) -> Occupant {
    Occupant {
        person,
        organisation: None,
        user: User { handle: format!("handle-{}", person.0), colour: 1 },
        right,
        wants_ack,
        only_reads: false,
    }
}

/// Both sit, both have synchronised, nobody has written.
fn room_with_two() -> Room {
    let mut room = Room::open(Description::Statement, None, [], [], false).unwrap();
    for (seat, person) in [(A, ANA), (B, BEN)] {
        room.join(seat, occupant(person, Right::Edit, true));
        let answer = room.handle(seat, &protocol::step1(&[0]), 0);
        assert_eq!(answer, [answered(seat, [protocol::step2(&[0, 0])]), send(seat, protocol::step1(&[0]))]);
    }
    room
}

fn send(seat: Seat, frame: Bytes) -> Effect {
    Effect::Send { seat, frame }
}

fn answered(seat: Seat, frames: impl Into<Vec<Bytes>>) -> Effect {
    Effect::Answer { seat, frames: frames.into() }
}

fn told(to: impl Into<Vec<Seat>>, entry: u64, update: &[u8]) -> Effect {
    Effect::Broadcast { to: to.into(), frame: protocol::update(update), entry: Some(entry) }
}

fn closed(seat: Seat, closing: Dismissal) -> Vec<Effect> {
    vec![Effect::Close { seat, closing }]
}

/// An update in which `client` writes `text` at `clock`, behind itself.
fn typed(client: u64, clock: u32, text: &str) -> Bytes {
    let mut to = vec![1, 1];
    write_number(&mut to, client);
    write_number(&mut to, clock.into());
    match clock.checked_sub(1) {
        None => to.extend(b"\x04\x01\x05draft"),
        Some(before) => {
            to.push(0x84);
            write_number(&mut to, client);
            write_number(&mut to, before.into());
        }
    }
    write_number(&mut to, text.len() as u64);
    to.extend(text.as_bytes());
    to.push(0);
    to.into()
}

/// An update in which a new `client` proposes `text` for `handle`.
fn proposed(client: u64, handle: &str, text: &str) -> Bytes {
    let embed = |to: &mut Vec<u8>, json: String| {
        write_number(to, json.len() as u64);
        to.extend(json.as_bytes());
    };
    let mut to = vec![1, 3];
    write_number(&mut to, client);
    to.extend(b"\0\x05\x01\x04asks");
    embed(&mut to, format!(r#"{{"by":"{handle}"}}"#));
    to.push(0x85);
    write_number(&mut to, client);
    to.push(0);
    embed(&mut to, r#"{"ask":"0123456789"}"#.to_owned());
    to.extend(b"\x04\x01\x05draft");
    embed(&mut to, text.to_owned());
    to.push(0);
    to.into()
}

fn persisted(effects: &[Effect]) -> Option<&JournalEntry> {
    match effects {
        [Effect::Persist(entry, _)] => Some(entry),
        _ => None,
    }
}

#[test]
fn an_update_is_relayed_and_acknowledged_only_after_its_commit() {
    let mut room = room_with_two();
    let update = typed(5, 0, "hello");
    let effects = room.handle(A, &protocol::update(&update), 0);
    assert_eq!(persisted(&effects), Some(&JournalEntry { seq: 1, person: ANA, organisation: None, update: update.clone() }));
    assert!(!room.is_settled());
    assert_eq!(room.committed(1), [told([B], 1, &update), send(A, protocol::acknowledge(1))]);
    assert!(room.is_settled());
}

#[test]
fn whoever_may_only_suggest_suggests_and_is_sent_away_for_more() {
    let mut room = room_with_two();
    let (c, handle) = (Seat(3), "caicaicaic");
    let cai = Occupant { user: User { handle: handle.to_owned(), colour: 2 }, ..occupant(PersonKey(3), Right::Suggest, true) };
    room.join(c, cai.clone());
    let update = proposed(9, handle, "perhaps");
    let effects = room.handle(c, &protocol::update(&update), 0);
    assert!(matches!(&effects[..], [Effect::Persist(_, Claim { needs: Right::Suggest, .. })]), "{effects:?}");
    assert_eq!(room.committed(1), [told([A, B], 1, &update), send(c, protocol::acknowledge(1))]);
    assert_eq!(room.handle(c, &protocol::update(&typed(8, 0, "b")), 0), closed(c, Dismissal { number: 4403, code: "only-suggestions" }));
    // Whoever edits may suggest in their own name, and in no other.
    assert!(
        room.handle(A, &protocol::update(&typed(5, 0, "a")), 0)
            .iter()
            .any(|effect| matches!(effect, Effect::Persist(_, Claim { needs: Right::Edit, .. })))
    );
    assert!(matches!(
        room.handle(A, &protocol::update(&proposed(6, handle, "x")), 0)[..],
        [Effect::Close { closing: Dismissal { number: 4409, .. }, .. }]
    ));
    // What waits for the end of a hold is taken in its writer's name, who may have left.
    room.join(c, cai);
    room.hold();
    room.handle(c, &protocol::update(&proposed(10, handle, "later")), 0);
    room.leave(c);
    assert!(matches!(&room.resume()[..], [Effect::Persist(_, Claim { needs: Right::Suggest, .. })]));
    room.set_frozen(true);
    let too_late = occupant(PersonKey(4), Right::Suggest, false);
    room.join(Seat(4), too_late);
    assert_eq!(room.handle(Seat(4), &protocol::update(&typed(12, 0, "b")), 0), closed(Seat(4), Dismissal::FROZEN));
}

#[test]
fn a_client_that_did_not_ask_sees_the_plain_protocol() {
    let mut room = room_with_two();
    let c = Seat(3);
    room.join(c, occupant(ANA, Right::Edit, false));
    room.handle(c, &protocol::update(&typed(6, 0, "a")), 0);
    assert!(!room.committed(1).iter().any(|effect| matches!(effect, Effect::Send { .. })));
}

#[test]
fn a_stored_room_opens_as_it_was() {
    let mut room = room_with_two();
    let first = room.handle(A, &protocol::update(&typed(5, 0, "a")), 0);
    let second = room.handle(B, &protocol::update(&typed(7, 0, "b")), 0);
    let journal = [first, second].map(|effects| persisted(&effects).unwrap().clone());
    let again = Room::open(Description::Statement, None, [], journal.clone(), false).unwrap();
    assert_eq!(
        (again.head(), again.parts().len(), again.owners().into_iter().collect::<BTreeSet<_>>()),
        (2, 1, [(5, ANA), (7, BEN)].into())
    );
    let from_base =
        Room::open(Description::Statement, Some((1, typed(5, 0, "a"))), [(5, ANA)], journal.into_iter().skip(1), false).unwrap();
    assert_eq!((from_base.head(), from_base.owners().len()), (2, 2));
    let broken = JournalEntry { seq: 9, person: BEN, organisation: None, update: typed(5, 3, "x") };
    assert_eq!(
        Room::open(Description::Statement, None, [], [broken], false).unwrap_err(),
        BrokenJournal { seq: 9, refusal: GateRefusal::Missing }
    );
}

#[test]
fn readers_and_frozen_drafts_take_resends_but_no_changes() {
    let mut room = room_with_two();
    room.handle(A, &protocol::update(&typed(5, 0, "a")), 0);
    room.committed(1);
    room.set_right(B, Right::Read);
    assert_eq!(room.handle(B, &protocol::step2(&typed(5, 0, "a")), 0), [send(B, protocol::acknowledge(1))]);
    assert_eq!(room.handle(B, &protocol::update(&typed(7, 0, "b")), 0), closed(B, Dismissal::NO_RIGHT));
    room.set_frozen(true);
    assert_eq!(room.handle(A, &protocol::step2(&typed(5, 0, "a")), 0), [send(A, protocol::acknowledge(2))]);
    assert_eq!(room.handle(A, &protocol::update(&typed(5, 1, "b")), 0), closed(A, Dismissal::FROZEN));
    assert!(room.is_settled() && room.is_empty());
    assert_eq!((Dismissal::NO_RIGHT.number, Dismissal::FROZEN.number), (4403, 4423));
}

#[test]
fn a_refused_seat_leaves_the_others_alone() {
    let mut room = room_with_two();
    room.handle(A, &protocol::update(&typed(5, 0, "a")), 0);
    let foreign = Dismissal { number: 4409, code: "client-id-of-another-person" };
    assert_eq!(room.handle(B, &protocol::update(&typed(5, 1, "b")), 0), closed(B, foreign));
    assert_eq!(room.handle(B, &protocol::update(&typed(7, 0, "b")), 0), [], "a closed seat is not heard");
    assert_eq!(room.committed(1), [send(A, protocol::acknowledge(1))]);
    assert!(persisted(&room.handle(A, &protocol::update(&typed(5, 1, "b")), 0)).is_some());
    assert_eq!(room.handle(A, &Bytes::from_static(&[9]), 0), closed(A, Dismissal::MALFORMED));
}

#[test]
fn an_update_ahead_of_its_cause_is_asked_for_again_and_not_acknowledged_before() {
    let mut room = room_with_two();
    assert_eq!(room.handle(A, &protocol::update(&typed(5, 1, "b")), 0), [send(A, protocol::step1(&[0]))]);
    assert_eq!(room.handle(A, &protocol::update(&typed(5, 2, "c")), 0), [], "asked once");
    let all = typed(5, 0, "abc");
    assert!(persisted(&room.handle(A, &protocol::step2(&all), 0)).is_some());
    assert_eq!(room.committed(1).last(), Some(&send(A, protocol::acknowledge(3))));
    // One who never has the rest is closed in the end.
    let stuck = (0..20).flat_map(|_| room.handle(B, &protocol::step2(&typed(7, 9, "x")), 0)).collect::<Vec<_>>();
    assert_eq!(stuck.last(), Some(&Effect::Close { seat: B, closing: Dismissal::OUT_OF_STEP }));
}

#[test]
fn a_seat_that_outruns_the_journal_is_closed() {
    let mut room = room_with_two();
    let mut clock = 0u32;
    let closing = loop {
        let update = typed(5, clock, "a");
        clock += 1;
        match room.handle(A, &protocol::update(&update), 0).pop() {
            Some(Effect::Persist(..)) => assert_eq!(room.is_read_on(A), clock as usize <= SEAT_BACKLOG_SOFT),
            other => break other,
        }
    };
    assert_eq!(closing, Some(Effect::Close { seat: A, closing: Dismissal::TOO_MUCH }));
    assert_eq!(clock as usize, SEAT_BACKLOG_MAX + 1);
}

#[test]
fn presence_is_relayed_at_once_under_the_handle_of_the_writer_and_names_nobody() {
    let mut room = room_with_two();
    let caret = |client, clock, name: &str| {
        let state = Map::from_iter([("user".to_owned(), json!({"name": name})), ("cursor".to_owned(), json!(null))]);
        Presence { client, clock, state: Some(state) }
    };
    let effects = room.handle(A, &protocol::presence([caret(5, 1, "The Chair")].iter()), 0);
    let [Effect::Broadcast { to, frame, .. }] = &effects[..] else { panic!("{effects:?}") };
    let Ok(Message::Presence(heard)) = protocol::read(frame) else { panic!() };
    let user = heard[0].state.as_ref().map(|state| state["user"].clone());
    assert_eq!((to, user), (&vec![B], Some(json!({ "handle": "handle-1", "color": 1 }))));
    assert_eq!(room.handle(B, &protocol::presence([caret(5, 2, "Echo"), caret(7, 1, "Ben")].iter()), 0).len(), 1, "the echo is dropped");
    let joined = room.join(Seat(3), occupant(BEN, Right::Read, false));
    assert_eq!(joined.len(), 1, "who joins sees who is here");
    let gone = room.leave(A);
    assert_eq!(
        gone,
        [Effect::Broadcast {
            to: vec![B, Seat(3)],
            frame: protocol::presence([Presence { client: 5, clock: 2, state: None }].iter()),
            entry: None
        }]
    );
    let flood = (0..1000).map(|clock| room.handle(B, &protocol::presence([caret(7, clock + 2, "Ben")].iter()), 0).len()).sum::<usize>();
    assert!(flood <= SEAT_PRESENCE_PER_SECOND as usize);
}

fn shown(client: u64) -> Bytes {
    protocol::presence([Presence { client, clock: 1, state: Some(Map::new()) }].iter())
}

#[test]
fn an_id_shown_by_somebody_who_may_write_is_kept_for_them_before_their_first_word() {
    let mut room = room_with_two();
    room.handle(B, &shown(7), 0);
    let foreign = Dismissal { number: 4409, code: "client-id-of-another-person" };
    assert_eq!(room.handle(A, &protocol::update(&typed(7, 0, "snatched")), 0), closed(A, foreign));
    assert!(persisted(&room.handle(B, &protocol::update(&typed(7, 0, "Ben's")), 0)).is_some());
}

#[test]
fn an_id_shown_by_somebody_who_may_only_read_is_free_for_writers() {
    let mut room = room_with_two();
    room.set_right(B, Right::Read);
    room.handle(B, &shown(7), 0);
    assert!(persisted(&room.handle(A, &protocol::update(&typed(7, 0, "a")), 0)).is_some());
}

#[test]
fn while_a_room_is_held_edits_wait_and_everything_else_goes_on() {
    let mut room = room_with_two();
    room.handle(A, &protocol::update(&typed(5, 0, "a")), 0);
    room.hold();
    assert_eq!(room.handle(A, &protocol::update(&typed(5, 1, "b")), 0), []);
    assert_eq!(room.handle(B, &protocol::update(&typed(7, 0, "x")), 0), []);
    assert_eq!(room.handle(A, &protocol::update(&typed(5, 2, "c")), 0), []);
    assert!(!room.is_read_on(A) && !room.is_read_on(B) && room.anything_waits());
    assert_eq!(room.handle(B, &shown(7), 0).len(), 1, "presence passes");
    assert_eq!(room.join(Seat(3), occupant(BEN, Right::Read, false)).len(), 1, "one may join");
    assert!(room.is_read_on(Seat(3)));
    assert_eq!(room.handle(Seat(3), &protocol::step1(&[0]), 0)[0], answered(Seat(3), [protocol::step2(&[0, 0])]), "and read");
    // What was taken before is stored, relayed and acknowledged; then the text stands still.
    assert_eq!(room.committed(1).last(), Some(&send(A, protocol::acknowledge(1))));
    assert!(room.is_settled());

    let resumed = room.resume();
    let taken: Vec<_> = resumed.iter().filter_map(|effect| persisted(std::slice::from_ref(effect))).collect();
    let words = |entry: &&JournalEntry| (entry.seq, entry.person, entry.update.clone());
    assert_eq!(
        taken.iter().map(words).collect::<Vec<_>>(),
        [(2, ANA, typed(5, 1, "b")), (3, BEN, typed(7, 0, "x")), (4, ANA, typed(5, 2, "c"))]
    );
    assert!(room.is_read_on(A) && !room.anything_waits());
    let stored = room.committed(4);
    assert!(stored.contains(&send(A, protocol::acknowledge(3))) && stored.contains(&send(B, protocol::acknowledge(1))));
}

#[test]
fn who_waited_for_a_text_that_was_frozen_is_told_so_once() {
    let mut room = room_with_two();
    room.hold();
    for clock in 0..3 {
        room.handle(A, &protocol::update(&typed(5, clock, "a")), 0);
    }
    room.set_frozen(true);
    assert_eq!(room.resume(), closed(A, Dismissal::FROZEN));
    assert!(room.is_settled() && !room.anything_waits());
}

#[test]
fn what_somebody_wrote_before_they_left_a_held_room_is_taken() {
    let mut room = room_with_two();
    room.hold();
    room.handle(A, &protocol::update(&typed(5, 0, "last words")), 0);
    room.leave(A);
    assert!(room.anything_waits());
    assert_eq!(persisted(&room.resume()).map(|entry| (entry.seq, entry.person)), Some((1, ANA)));
    // … but not into a frozen text, nor what a reader sent.
    for (right, frozen) in [(Right::Edit, true), (Right::Read, false)] {
        let mut room = room_with_two();
        room.hold();
        room.set_right(A, right);
        room.handle(A, &protocol::update(&typed(5, 0, "last words")), 0);
        room.leave(A);
        room.set_frozen(frozen);
        assert_eq!(room.resume(), []);
    }
}

#[test]
fn who_is_sent_away_while_a_room_is_held_takes_along_what_waited() {
    let mut room = room_with_two();
    room.hold();
    room.handle(A, &protocol::update(&typed(5, 0, "a")), 0);
    room.handle(B, &protocol::update(&typed(7, 0, "b")), 0);
    assert_eq!(room.dismiss(A, Dismissal::SIGNED_OUT), closed(A, Dismissal::SIGNED_OUT));
    assert_eq!(room.close_all(Dismissal::GOING_AWAY), closed(B, Dismissal::GOING_AWAY));
    assert_eq!(room.resume(), []);
    // So does who turns out not to belong when the hold ends.
    let mut room = room_with_two();
    room.handle(B, &protocol::update(&typed(7, 0, "b")), 0);
    room.hold();
    room.handle(A, &protocol::update(&typed(7, 1, "foreign")), 0);
    room.handle(A, &protocol::update(&typed(5, 0, "own")), 0);
    let foreign = Dismissal { number: 4409, code: "client-id-of-another-person" };
    assert_eq!(room.resume(), closed(A, foreign));
}

#[test]
fn everybody_hears_from_the_server_before_a_provider_would_leave() {
    let mut room = room_with_two();
    let nothing = [Effect::Broadcast { to: vec![A, B], frame: Bytes::from_static(&[1, 1, 0]), entry: None }];
    const { assert!(QUIET_SECONDS_MAX + 2 * BEAT_SECONDS < 30) };
    let quiet = QUIET_SECONDS_MAX * 1000;
    assert_eq!(room.tick(quiet - 1), []);
    assert_eq!(room.tick(quiet), nothing);
    assert_eq!(room.tick(2 * quiet - 1), []);
    assert_eq!(room.tick(2 * quiet), nothing);
}

#[test]
fn when_the_journal_fails_everybody_is_sent_away_with_what_they_have() {
    let mut room = room_with_two();
    room.handle(A, &protocol::update(&typed(5, 0, "a")), 0);
    assert_eq!(room.close_all(Dismissal::NOT_STORED), [closed(A, Dismissal::NOT_STORED), closed(B, Dismissal::NOT_STORED)].concat());
}

#[test]
fn nobody_fills_a_draft_with_client_ids() {
    let mut room = room_with_two();
    let mut next = 100;
    let mut many = |count: u64| {
        let mut to = Vec::new();
        write_number(&mut to, count);
        for client in next..next + count {
            to.push(1);
            write_number(&mut to, client);
            to.extend(b"\0\x04\x01\x05draft\x01x");
        }
        to.push(0);
        next += count;
        protocol::update(&to)
    };
    let most = PERSON_CLIENTS_PER_DAY as u64;
    assert!(persisted(&room.handle(A, &many(most - 1), 0)).is_some());
    // An id that is only shown counts, and then its first word does not.
    room.handle(A, &shown(7), 1);
    assert!(persisted(&room.handle(A, &protocol::update(&typed(7, 0, "a")), 2)).is_some());
    assert!(persisted(&room.handle(B, &many(1), 2)).is_some(), "others have their own count");
    assert!(persisted(&room.handle(A, &protocol::update(&typed(7, 1, "b")), 2)).is_some(), "known ids write on");
    assert_eq!(room.handle(A, &many(1), 3), closed(A, Dismissal::TOO_MANY_PAGES).into_iter().chain(gone(7)).collect::<Vec<_>>());
    room.join(A, occupant(ANA, Right::Edit, true));
    assert!(persisted(&room.handle(A, &many(1), DAY_MILLIS)).is_some(), "the next day");
}

#[test]
fn a_person_brings_only_so_many_steps_into_a_draft_in_a_day() {
    let mut room = room_with_two();
    // A letter of client 5; a thousand of client 7 that had to pass it, and all that will hang on it.
    let mut crowd = b"\x02\x01\x05\0\x04\x01\x05draft\x01x".to_vec();
    write_number(&mut crowd, 1000);
    crowd.extend([7, 0].into_iter().chain(b"\x04\x01\x05draft\x01x".repeat(1000)));
    crowd.push(0);
    assert!(persisted(&room.handle(A, &protocol::update(&crowd), 0)).is_some());
    let onwards = |from: u32| {
        let mut to = vec![1];
        write_number(&mut to, 1800);
        to.push(5);
        write_number(&mut to, from.into());
        for clock in from..from + 1800 {
            to.extend([0x84, 5]);
            write_number(&mut to, (clock - 1).into());
            to.extend(b"\x01x");
        }
        to.push(0);
        protocol::update(&to)
    };
    for turn in 0..2 {
        assert!(persisted(&room.handle(A, &onwards(1 + turn * 1800), 1)).is_some());
    }
    assert!(room.handle(A, &onwards(3601), 2) == closed(A, Dismissal::CROWDED));
    assert!(persisted(&room.handle(B, &protocol::update(&typed(9, 0, "b")), 3)).is_some(), "others write on");
    room.join(A, occupant(ANA, Right::Edit, true));
    assert!(persisted(&room.handle(A, &onwards(3601), DAY_MILLIS)).is_some(), "the next day");
}

/// What the others hear when Ana's page leaves.
fn gone(client: u64) -> [Effect; 1] {
    [Effect::Broadcast { to: vec![B], frame: protocol::presence([Presence { client, clock: 2, state: None }].iter()), entry: None }]
}

#[test]
fn a_caret_that_would_break_other_pages_reaches_none() {
    let mut room = room_with_two();
    let said = |clock, cursor: Value| {
        let state = Map::from_iter([("cursor".to_owned(), cursor), ("bomb".to_owned(), json!([[[[[]]]]]))]);
        protocol::presence([Presence { client: 5, clock, state: Some(state) }].iter())
    };
    let position = json!({ "item": { "client": 5, "clock": 0 } });
    let caret = json!({ "root": "draft", "anchor": position, "head": position });
    for (clock, (cursor, relayed)) in
        [(json!({}), Value::Null), (caret.clone(), caret), (json!([1e300]), Value::Null)].into_iter().enumerate()
    {
        let effects = room.handle(A, &said(clock as u32 + 1, cursor), 0);
        let [Effect::Broadcast { frame, .. }] = &effects[..] else { panic!("{effects:?}") };
        let Ok(Message::Presence(heard)) = protocol::read(frame) else { panic!() };
        let state = heard[0].state.as_ref().unwrap();
        assert_eq!((&state["cursor"], state.keys().len()), (&relayed, 2));
    }
}

#[test]
fn how_a_writer_is_shown_changes_at_once_and_swallows_nothing_they_say_next() {
    let mut room = room_with_two();
    let user = |colour| User { handle: "handle-1".into(), colour };
    let heard = |effects: &[Effect]| {
        let [Effect::Broadcast { to, frame, .. }] = effects else { panic!("{effects:?}") };
        let Ok(Message::Presence(heard)) = protocol::read(frame) else { panic!() };
        let state = heard[0].state.clone().unwrap();
        (to.clone(), heard[0].clock, state["user"]["color"].as_u64().unwrap(), state["cursor"].clone())
    };
    let cursor = json!({ "anchor": { "tname": "draft" }, "head": { "tname": "draft" } });
    let said = |clock| {
        let state = Map::from_iter([("cursor".to_owned(), cursor.clone())]);
        protocol::presence([Presence { client: 5, clock, state: Some(state) }].iter())
    };
    assert_eq!(room.set_user(A, user(3)), [], "who has not shown themselves is not said to be here");
    assert_eq!(heard(&room.handle(A, &said(1), 0)), (vec![B], 1, 3, cursor.clone()));
    assert_eq!(room.set_user(A, user(3)), [], "nothing has changed");
    assert_eq!(heard(&room.set_user(A, user(0))), (vec![B], 2, 0, cursor.clone()), "the caret stays where it is");
    assert_eq!(heard(&room.handle(A, &said(2), 0)), (vec![B], 3, 0, cursor.clone()), "the page counts on from its own last word");
    assert_eq!(room.handle(A, &said(2), 0), [], "what was said before is old");
    assert_eq!(room.present(), [(ANA, "handle-1".to_owned())]);
    let c = Seat(3);
    let [Effect::Send { frame, .. }] = &room.join(c, occupant(BEN, Right::Read, false))[..] else { panic!() };
    let Ok(Message::Presence(all)) = protocol::read(frame) else { panic!() };
    assert_eq!(all[0].state.as_ref().unwrap()["user"], json!({ "handle": "handle-1", "color": 0 }));
}

#[test]
fn a_page_that_is_loaded_again_is_seen_again_though_it_counts_from_the_beginning() {
    let mut room = room_with_two();
    let said = |clock, state: Option<Map<String, Value>>| protocol::presence([Presence { client: 5, clock, state }].iter());
    let clock = |effects: &[Effect]| {
        let Some(Effect::Broadcast { frame, .. }) = effects.first() else { panic!("{effects:?}") };
        let Ok(Message::Presence(heard)) = protocol::read(frame) else { panic!() };
        (heard[0].clock, heard[0].state.is_some())
    };
    assert_eq!(clock(&room.handle(A, &said(7, Some(Map::new())), 0)), (7, true));
    assert_eq!(clock(&room.leave(A)), (8, false));
    room.join(A, occupant(ANA, Right::Edit, true));
    assert_eq!(clock(&room.handle(A, &said(1, Some(Map::new())), 0)), (9, true), "loaded again");
    assert_eq!(clock(&room.handle(A, &said(2, None), 0)), (10, false), "it says itself that it goes");
    assert_eq!(clock(&room.handle(A, &said(3, Some(Map::new())), 0)), (11, true));
}

#[test]
fn readers_do_not_take_the_writers_places() {
    let mut room = room_with_two();
    let join = |room: &mut Room, seat: u64, right| room.join(Seat(seat), occupant(BEN, right, false));
    for seat in 3..=WRITERS_MAX as u64 {
        assert_eq!(join(&mut room, seat, Right::Edit), []);
    }
    assert_eq!(join(&mut room, 9000, Right::Edit), closed(Seat(9000), Dismissal::ROOM_FULL));
    for seat in 0..READERS_MAX as u64 {
        assert_eq!(join(&mut room, 10_000 + seat, Right::Read), []);
    }
    assert_eq!(join(&mut room, 20_000, Right::Read), closed(Seat(20_000), Dismissal::ROOM_FULL));
    // Who came only to read may do no more when rights are looked at again.
    room.leave(Seat(10_001));
    room.join(Seat(30_000), Occupant { only_reads: true, ..occupant(BEN, Right::Read, false) });
    room.set_right(Seat(30_000), Right::Edit);
    assert_eq!(room.right(Seat(30_000)), Some(Right::Read));
    // In a hall that listens, only who writes is shown.
    room.handle(Seat(10_000), &protocol::step1(&[0]), 0);
    assert_eq!(room.handle(Seat(10_000), &shown(77), 0), []);
    assert!(!room.handle(A, &shown(78), 0).is_empty());
}

#[test]
fn a_draft_for_measuring_has_no_days() {
    // Two write at one place at once; who comes second goes past the other.
    let begins = |client: u8| Bytes::from([&[1, 1, client, 0, 4, 1, 4][..], b"text", &[1, b'x', 0]].concat());
    let mut room = Room::open(Description::Bench, None, [], [], false).unwrap();
    [room.days.steps, room.days.new_clients] = [Daily::of(0), Daily::of(0)];
    for (seat, person, client) in [(A, ANA, 6), (B, BEN, 5)] {
        room.join(seat, occupant(person, Right::Edit, false));
        room.handle(seat, &protocol::step1(&[0]), 0);
        assert!(persisted(&room.handle(seat, &protocol::update(&begins(client)), 0)).is_some());
    }
}
