//! What a seat is told of the document, when it comes and when it could not keep up; and the base that makes it little.

use super::*;

#[test]
fn who_joins_gets_the_journal_in_order_and_then_is_synced() {
    let mut room = room_with_two();
    for (clock, letter) in [(0, "a"), (1, "b"), (2, "c")] {
        room.handle(A, &protocol::update(&typed(5, clock, letter)), 0);
    }
    room.committed(2);
    let c = Seat(3);
    room.join(c, occupant(BEN, Right::Read, false));
    let effects = room.handle(c, &protocol::step1(&[0]), 0);
    // The third letter is not committed; nobody sees it yet, but the server asks only for what comes behind it.
    assert_eq!(
        effects,
        [answered(c, [protocol::step2(&pack(&[typed(5, 0, "a"), typed(5, 1, "b")]).unwrap())]), send(c, protocol::step1(&[1, 5, 3]))]
    );
    let Some(Effect::Broadcast { to, .. }) = room.committed(3).into_iter().next() else { panic!() };
    assert_eq!(to, [B, c]);
}

#[test]
fn a_large_draft_is_compared_by_a_worker_and_sent_whole_if_that_fails() {
    let base = typed(5, 0, &"x".repeat(RAW_SYNC_BYTES_MAX));
    let mut room = Room::open(Description::Statement, Some((1, base.clone())), [(5, ANA)], [], false).unwrap();
    for (seat, person) in [(A, ANA), (B, BEN)] {
        room.join(seat, occupant(person, Right::Edit, false));
    }
    let ask = |room: &mut Room, seat| match &room.handle(seat, &protocol::step1(&[1, 5, 7]), 0)[0] {
        Effect::Compare { ticket, .. } => *ticket,
        other => panic!("{other:?}"),
    };
    let (first, second) = (ask(&mut room, A), ask(&mut room, B));
    // What is committed meanwhile comes behind the answer, not before it.
    room.handle(A, &protocol::update(&typed(7, 0, "n")), 0);
    assert_eq!(room.committed(2), []);
    let lacking = Bytes::from_static(&[0, 1, 5, 0]);
    assert_eq!(
        room.compared(A, first, Some(lacking.clone())),
        [answered(A, [protocol::update(&lacking), protocol::step2(&typed(7, 0, "n"))])]
    );
    assert_eq!(room.compared(A, first, Some(lacking)), [], "answered once");
    assert_eq!(room.compared(B, second, None), [answered(B, [protocol::update(&base), protocol::step2(&typed(7, 0, "n"))])]);
}

#[test]
fn a_long_tail_is_merged_into_a_new_base() {
    let mut room = room_with_two();
    let mut asked = None;
    for seq in 1..=TAIL_UPDATES_MAX as u64 {
        room.handle(A, &protocol::update(&typed(5, seq as u32 - 1, "a")), 0);
        asked = room.committed(seq).into_iter().find(|effect| matches!(effect, Effect::Compact { .. })).or(asked);
    }
    let Some(Effect::Compact { upto, parts }) = asked else { panic!("never asked") };
    assert_eq!((upto, parts.len()), (TAIL_UPDATES_MAX as u64, 1));
    room.compacted(upto, Some(Bytes::from_static(b"merged")));
    assert_eq!((room.parts().len(), room.head()), (1, upto));
}

#[test]
fn a_merge_that_is_refused_costs_nobody_a_word_and_is_asked_for_again_later() {
    let mut room = room_with_two();
    let (mut seq, mut asked) = (0, Vec::new());
    for _ in 0..4 * TAIL_UPDATES_MAX {
        let update = typed(5, seq as u32, "a");
        seq += 1;
        assert!(persisted(&room.handle(A, &protocol::update(&update), 0)).is_some());
        for effect in room.committed(seq) {
            if let Effect::Compact { upto, .. } = effect {
                asked.push(upto);
                room.compacted(upto, None);
            }
        }
    }
    let whole: Vec<Bytes> = (0..seq as u32).map(|clock| typed(5, clock, "a")).collect();
    assert_eq!((room.parts(), room.head()), (vec![pack(&whole).unwrap()], seq), "all of the tail is still there");
    let tail = TAIL_UPDATES_MAX as u64;
    assert_eq!(asked, [tail, 2 * tail, 4 * tail], "each time later: a draft that cannot be merged costs ever less");
}

#[test]
fn who_could_not_be_told_is_told_in_one_what_was_missed() {
    let mut room = room_with_two();
    let mut written = Vec::new();
    for clock in 0..5 {
        let update = typed(5, clock, "a");
        room.handle(A, &protocol::update(&update), 0);
        let seq = u64::from(clock) + 1;
        let effects = room.committed(seq);
        // The socket of B takes the first two; what it misses afterwards is not even tried.
        assert_eq!(effects.contains(&told([B], seq, &update)), clock < 3);
        if clock == 2 {
            room.fell_behind(B, Behind::Since(seq - 1));
        }
        written.push(update);
    }
    assert_eq!(room.behind(), [B]);
    assert_eq!(room.catches_up(A), []);
    let missed = protocol::step2(&pack(&written[2..]).unwrap());
    assert_eq!(room.catches_up(B), [send(B, protocol::step1(&[1, 5, 5])), answered(B, [missed])]);
    assert_eq!((room.behind(), room.catches_up(B)), (vec![], vec![]));
    let next = typed(5, 5, "z");
    room.handle(A, &protocol::update(&next), 0);
    assert!(room.committed(6).contains(&told([B], 6, &next)), "and hears live again");
}

#[test]
fn who_missed_what_is_in_the_base_by_now_is_told_everything() {
    let mut room = room_with_two();
    room.handle(A, &protocol::update(&typed(5, 0, "a")), 0);
    room.committed(1);
    room.fell_behind(B, Behind::Since(0));
    room.fell_behind(B, Behind::Since(1));
    room.compacted(1, Some(typed(5, 0, "a")));
    room.handle(A, &protocol::update(&typed(5, 1, "b")), 0);
    room.committed(2);
    let whole = answered(B, [protocol::update(&typed(5, 0, "a")), protocol::step2(&typed(5, 1, "b"))]);
    assert_eq!(room.catches_up(B).last(), Some(&whole));
    // So is whoever was to be sent all of it; a question or an acknowledgement that was lost is said again, without the text.
    let said = [send(A, protocol::step1(&[1, 5, 2])), send(A, protocol::acknowledge(2))];
    room.fell_behind(A, Behind::Everything);
    let whole = answered(A, [protocol::update(&typed(5, 0, "a")), protocol::step2(&typed(5, 1, "b"))]);
    assert_eq!(room.catches_up(A), [&said[..], &[whole]].concat());
    room.fell_behind(A, Behind::Since(room.head()));
    assert_eq!(room.catches_up(A), said);
}

#[test]
fn a_heavy_tail_is_merged_early_and_a_merge_that_is_refused_is_not_asked_for_with_every_word() {
    let mut room = room_with_two();
    let (mut clock, mut asked) = (0, Vec::new());
    let paste = "a".repeat(TAIL_BYTES_MAX / 200);
    for seq in 1..=2 * TAIL_UPDATES_MAX as u64 / 10 {
        room.handle(A, &protocol::update(&typed(5, clock, &paste)), 0);
        clock += paste.len() as u32;
        for effect in room.committed(seq) {
            if let Effect::Compact { upto, .. } = effect {
                asked.push(upto);
                room.compacted(upto, None);
            }
        }
    }
    let early = TAIL_UPDATES_MAX as u64 / 10;
    assert_eq!(asked, [early, 2 * early]);
}
