//! Whatever comes from a socket: honest frames with bytes changed on the way, by the thousand. Nobody beside the one who
//! sent it is worse off, and everybody ends with the same text and the same people in it.
//!
//! `make fuzz` throws again and again, from other seeds.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use serde_json::{Map, Value, json};
use yrs::updates::{decoder::Decode, encoder::Encode};
use yrs::{Doc, OffsetKind, Options, ReadTxn, StateVector, Text as _, Transact, Update};

use super::caret;
use super::dice::Dice;
use super::gate::{Cursor, Description, Gate, PersonKey, read_state_vector, write_number};
use super::limits::CLIENT_ID_MAX;
use super::presence::Roster;
use super::protocol::{self, Message, Presence, User};
use super::room::{Effect, JournalEntry, Occupant, Right, Room, Seat};

fn user(of: u128) -> User {
    User { handle: format!("handle-{of}"), colour: (of % 9) as u8 }
}

/// What an editor says of its caret, and what a malicious one might.
fn said(dice: &mut Dice) -> Map<String, Value> {
    let item = json!({ "item": { "client": dice.below(1 << 30), "clock": dice.below(1 << 20) }, "assoc": dice.below(3) as i64 - 1 });
    let end = json!({ "type": null, "tname": "draft", "item": null, "assoc": 0 });
    let cursor = match dice.below(5) {
        0 => json!({ "root": "draft", "anchor": item, "head": end }),
        1 => json!({ "root": "note:0123456789", "anchor": end, "head": item }),
        2 => json!({ "anchor": item, "head": item }),
        3 => json!(null),
        _ => json!({ "root": "draft", "anchor": item, "head": item, "bomb": [[[[[[]]]]]], "user": "url(x)" }),
    };
    let user = json!({ "handle": "The Chair", "color": "url(x)", "name": "\u{202e}" });
    Map::from_iter([("cursor".to_owned(), cursor), ("user".to_owned(), user)])
}

/// A page's carets of others, as y-protocols keeps them.
#[derive(Default, Debug, PartialEq, Eq)]
struct Page(BTreeMap<u64, (u32, Option<Map<String, Value>>)>);

impl Page {
    fn hears(&mut self, all: Vec<Presence>) {
        for Presence { client, clock, state } in all {
            let known = self.0.get(&client);
            let is_news = known.is_none_or(|(at, here)| clock > *at || clock == *at && state.is_none() && here.is_some());
            if is_news {
                self.0.insert(client, (clock, state));
            }
        }
    }

    fn here(&self) -> BTreeMap<u64, Map<String, Value>> {
        self.0.iter().filter_map(|(client, (_, state))| Some((*client, state.clone()?))).collect()
    }
}

fn heard(frame: &Bytes) -> Vec<Presence> {
    let Ok(Message::Presence(all)) = protocol::read(frame) else { panic!("not a frame of ours: {frame:?}") };
    all
}

#[test]
fn whatever_comes_as_a_frame_is_read_as_it_would_be_written_or_not_at_all() {
    let mut dice = Dice::of_this_run(0x51ab_3e77_90c4_1d2f);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..60_000 {
        let here = Presence { client: dice.below(1 << 40) as u64, clock: dice.below(300) as u32, state: Some(said(&mut dice)) };
        let gone = Presence { client: 5, clock: 7, state: None };
        let frame = match dice.below(6) {
            0 => protocol::step1(&[2, 5, 3, 6, 1]),
            1 => protocol::step2(&[0, 0]),
            2 => protocol::update(&[1, 1, 5, 0, 4, 1, 5, b'd', b'r', b'a', b'f', b't', 1, b'x', 0]),
            3 => protocol::presence([here, gone].iter()),
            4 => protocol::presence([here].iter()),
            _ => Bytes::from_static(&[3]),
        };
        let changed = Bytes::from(dice.change(&frame));
        let again = match protocol::read(&changed) {
            Ok(Message::Step1(known)) => {
                // Also what is in it is read strictly: an answer depends on it.
                if let Ok(clocks) = read_state_vector(&known) {
                    assert!(clocks.iter().map(|(client, _)| client).collect::<BTreeSet<_>>().len() == clocks.len(), "{changed:?}");
                }
                protocol::step1(&known)
            }
            Ok(Message::Step2(update)) => protocol::step2(&update),
            Ok(Message::Update(update)) => protocol::update(&update),
            Ok(Message::QueryPresence) => Bytes::from_static(&[3]),
            Ok(Message::Presence(all)) => {
                // JSON has more than one form; what it says is the same.
                assert_eq!(heard(&protocol::presence(all.iter())), all);
                changed.clone()
            }
            Err(_) => {
                refused += 1;
                continue;
            }
        };
        read += 1;
        assert_eq!(again, changed, "a second form of the same frame");
    }
    assert!(read > 6_000 && refused > 6_000, "{read} read, {refused} refused");
}

#[test]
fn whatever_number_or_text_is_read_stands_in_its_only_form() {
    let mut dice = Dice::of_this_run(0x2c5e_9a10_7bd3_46f1);
    for _ in 0..200_000 {
        let bytes: Vec<u8> = (0..dice.below(12)).map(|_| if dice.once_in(2) { 0x80 } else { 0 } | dice.below(128) as u8).collect();
        let mut from = Cursor { bytes: &bytes, at: 0 };
        if let Ok(number) = from.number(CLIENT_ID_MAX) {
            let mut again = Vec::new();
            write_number(&mut again, number);
            assert_eq!(again, bytes[..from.at]);
        }
        assert!(from.at <= bytes.len());
        let mut from = Cursor { bytes: &bytes, at: 0 };
        if let Ok(text) = from.text() {
            assert!(from.at <= bytes.len() && text.len() < from.at);
        }
    }
}

#[test]
fn whatever_is_said_of_carets_every_page_shows_the_same_people() {
    let mut dice = Dice::of_this_run(0x7d10_42f6_c3b8_995b);
    let (mut told, mut now) = (0, 0);
    for _ in 0..40 {
        let mut roster = Roster::of(Description::Statement);
        let mut page = Page::default();
        for _ in 0..600 {
            now += dice.below(200) as u64;
            let seat = Seat(1 + dice.below(6) as u64);
            // Six pages of three people; one id belongs to somebody who is not here.
            let person = u128::from(seat.0 % 3);
            let effects = match dice.below(12) {
                0 => roster.leave(seat).into_iter().collect(),
                1 => roster.show_as(seat, &user(person)).into_iter().collect(),
                _ => {
                    let clock = dice.below(9) as u32 * dice.below(9) as u32;
                    let state = (!dice.once_in(6)).then(|| said(&mut dice));
                    let one = Presence { client: 10 + dice.below(8) as u64, clock, state };
                    let frame = protocol::presence([one].iter());
                    let changed = if dice.once_in(2) { frame } else { dice.change(&frame).into() };
                    let Ok(Message::Presence(all)) = protocol::read(&changed) else { continue };
                    roster.say(seat, PersonKey(person), &user(person), all, |client| client == 12, now)
                }
            };
            for Presence { client, state, .. } in &effects {
                assert_ne!(*client, 12, "somebody showed themselves under another's id");
                let Some(state) = state else { continue };
                assert_eq!(state.len(), 2);
                assert!(state["user"].as_object().is_some_and(|shown| shown.len() == 2 && shown["handle"] == user(person).handle));
                let caret = Map::from_iter([("cursor".to_owned(), state["cursor"].clone())]);
                assert_eq!(caret::relayed(&caret, Description::Statement), caret, "what is relayed is what would be relayed");
            }
            told += effects.len();
            page.hears(heard(&protocol::presence(effects.iter())));
            // Whoever has been here and whoever comes now see the same.
            let mut newcomer = Page::default();
            newcomer.hears(roster.everybody().map(|frame| heard(&frame)).unwrap_or_default());
            assert_eq!(page.here(), newcomer.here());
            assert!(newcomer.0.len() <= 6, "a seat shows itself once");
        }
    }
    assert!(told > 1_000, "{told} told");
}

/// A room with an honest writer in it, somebody who reads, and a third whose frames are changed on the way.
#[test]
fn whatever_a_seat_sends_the_others_end_with_what_is_stored() {
    let mut dice = Dice::of_this_run(0x1f83_d9ab_fb41_bd6b);
    let (mut stored, mut sent_away) = (0, 0);
    for _ in 0..30 {
        let mut hall = Hall::new();
        for turn in 0..200u64 {
            let (from, frame) = match dice.below(4) {
                0 => (Hall::WRITER, hall.writes()),
                _ => (Hall::STRANGER, hall.a_frame(&mut dice)),
            };
            let effects = hall.room.handle(from, &frame, turn * 50);
            hall.carry_out(effects);
            if dice.once_in(3) {
                let effects = hall.room.committed(hall.room_next());
                hall.carry_out(effects);
            }
            if hall.stranger_left {
                sent_away += 1;
                hall.comes(Hall::STRANGER);
            }
        }
        let effects = hall.room.committed(hall.room_next());
        hall.carry_out(effects);
        stored += hall.journal.len();
        hall.agrees();
    }
    assert!(stored > 1_000 && sent_away > 200, "{stored} stored, {sent_away} sent away");
}

struct Hall {
    room: Room,
    journal: Vec<JournalEntry>,
    writer: Doc,
    reader: Doc,
    stranger_left: bool,
    written: u32,
}

impl Hall {
    const WRITER: Seat = Seat(1);
    const READER: Seat = Seat(2);
    const STRANGER: Seat = Seat(3);

    fn new() -> Hall {
        let room = Room::open(Description::Statement, None, [], [], false).unwrap();
        let (writer, reader) = (doc(Some(1001)), doc(None));
        let mut hall = Hall { room, journal: Vec::new(), writer, reader, stranger_left: false, written: 0 };
        [Hall::WRITER, Hall::READER, Hall::STRANGER].into_iter().for_each(|seat| hall.comes(seat));
        hall
    }

    fn comes(&mut self, seat: Seat) {
        let right = if seat == Hall::READER { Right::Read } else { Right::Edit };
        let person = PersonKey(seat.0.into());
        let mut effects = self.room.join(
            seat,
            Occupant { person, organisation: None, user: user(person.0), right, only_reads: right == Right::Read, wants_ack: true },
        );
        effects.extend(self.room.handle(seat, &protocol::step1(&[0]), 0));
        self.stranger_left &= seat != Hall::STRANGER;
        self.carry_out(effects);
    }

    /// The honest writer's next words, as their editor would send them.
    fn writes(&mut self) -> Bytes {
        let before = self.writer.transact().state_vector();
        self.written += 1;
        let body = self.writer.get_or_insert_text("draft");
        let at = body.len(&self.writer.transact());
        body.insert(&mut self.writer.transact_mut(), at / 2, &format!("w{} ", self.written));
        protocol::update(&self.writer.transact().encode_state_as_update_v1(&before))
    }

    /// Something a page might have sent, with or without a change on the way.
    fn a_frame(&mut self, dice: &mut Dice) -> Bytes {
        let honest = match dice.below(6) {
            0 => protocol::presence([Presence { client: 2002, clock: dice.below(50) as u32, state: Some(said(dice)) }].iter()),
            1 => protocol::step1(&self.reader.transact().state_vector().encode_v1()),
            2 => Bytes::from_static(&[3]),
            _ => {
                // A page that has read as far as the reader, and writes or deletes somewhere.
                let page = doc(Some(2000 + dice.below(20) as u64));
                let all = self.reader.transact().encode_state_as_update_v1(&StateVector::default());
                page.transact_mut().apply_update(Update::decode_v1(&all).unwrap()).unwrap();
                let body = page.get_or_insert_text("draft");
                let before = page.transact().state_vector();
                let len = body.len(&page.transact());
                let at = dice.below(len as usize + 1) as u32;
                match dice.below(4) {
                    0 if len > at => body.remove_range(&mut page.transact_mut(), at, 1),
                    _ => body.insert(&mut page.transact_mut(), at, "other words"),
                }
                protocol::update(&page.transact().encode_state_as_update_v1(&before))
            }
        };
        if dice.once_in(3) { honest } else { dice.change(&honest).into() }
    }

    fn room_next(&self) -> u64 {
        self.journal.last().map_or(0, |entry| entry.seq)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Persist(entry, _) => self.journal.push(entry),
                Effect::Close { seat, .. } => {
                    assert_eq!(seat, Hall::STRANGER, "somebody honest was sent away");
                    self.stranger_left = true;
                }
                Effect::Send { seat, frame } => self.hears(seat, &frame),
                Effect::Answer { seat, frames } => frames.iter().for_each(|frame| self.hears(seat, frame)),
                Effect::Broadcast { to, frame, .. } => to.into_iter().for_each(|seat| self.hears(seat, &frame)),
                // Versions are somebody else's.
                Effect::Keep { .. } => {}
                // So small a draft is neither compared nor merged.
                Effect::Compare { .. } | Effect::Compact { .. } => panic!("{effect:?}"),
            }
        }
    }

    fn hears(&mut self, seat: Seat, frame: &Bytes) {
        let page = match seat {
            Hall::WRITER => &self.writer,
            Hall::READER => &self.reader,
            _ => return,
        };
        if let Ok(Message::Step2(update) | Message::Update(update)) = protocol::read(frame) {
            page.transact_mut().apply_update(Update::decode_v1(&update).unwrap()).unwrap();
            assert!(!page.transact().has_missing_updates());
        }
    }

    /// Both pages hold what is stored, and a room that is opened from it is this room.
    fn agrees(self) {
        let stored = doc(None);
        for entry in &self.journal {
            stored.transact_mut().apply_update(Update::decode_v1(&entry.update).unwrap()).unwrap();
        }
        assert!(!stored.transact().has_missing_updates());
        let text = |page: &Doc| {
            let body = page.get_or_insert_text("draft");
            yrs::GetString::get_string(&body, &page.transact())
        };
        assert_eq!(text(&self.writer), text(&stored));
        assert_eq!(text(&self.reader), text(&stored));
        let again = Room::open(Description::Statement, None, [], self.journal, false).unwrap();
        let owners = |room: &Room| room.owners().into_iter().collect::<BTreeMap<_, _>>();
        assert_eq!(owners(&again), owners(&self.room), "owners of a base are those of the journal");
        // From a base, too.
        let base: Bytes = stored.transact().encode_state_as_update_v1(&StateVector::default()).into();
        let mut gate = Gate::new();
        owners(&again).into_iter().for_each(|(client, person)| gate.own(client, person));
        gate.admit_base(&base).unwrap();
        assert_eq!(gate.owners().collect::<BTreeMap<_, _>>(), owners(&again));
    }
}

fn doc(client: Option<u64>) -> Doc {
    let options = Options { offset_kind: OffsetKind::Utf16, skip_gc: true, ..Options::default() };
    Doc::with_options(match client {
        Some(client) => Options { client_id: yrs::ClientID::new(client), ..options },
        None => options,
    })
}
