//! Who writes where others write is let in, and who makes readers go through it again and again is not.

use super::*;

/// Many letters of one client, all behind the same one.
fn pile(client: u64, place: At<'_>, count: usize) -> Write {
    (0..count).fold(Write::by(client, 0), |write, _| write.text(place, "x"))
}

/// Under 20 kB each. Together they would take readers twenty million steps; the third alone takes yrs a second.
#[test]
fn letters_piled_up_at_one_place_are_refused_before_they_slow_down_anybody() {
    for (description, root) in [(Description::Statement, "draft"), (Description::Bench, "text")] {
        let mut gate = Gate::of(description);
        admit(&mut gate, ANA, &Write::by(1000, 0).text(Root(root), "hello world").bytes()).unwrap();
        assert_eq!(admit(&mut gate, ANA, &pile(5, After(1000, 4), 2800).bytes()), Ok(true), "they meet nobody yet");
        let before = gate.sequence.letters(description.root(root).unwrap());
        for client in [7, 9] {
            assert_eq!(refusal(&mut gate, ANA, &pile(client, After(1000, 4), 2800)), Some(GateRefusal::Crowded));
        }
        // Nothing of it is left behind: the place is as it was.
        assert_eq!(admit(&mut gate, BEN, &Write::by(8, 0).text(Between((1000, 4), (1000, 5)), "!").bytes()), Ok(true));
        let after = gate.sequence.letters(description.root(root).unwrap());
        assert_eq!((after.len(), &after[..6]), (before.len() + 1, &before[..6]));
    }
}

/// Honest pages send what goes on in one piece, or in as many as letters were typed.
#[test]
fn text_in_thousands_of_pieces_that_all_have_to_be_joined_is_refused() {
    let letters = |many: u32| (1..many).fold(Write::by(5, 0).text(Root("draft"), "x"), |write, clock| write.text(After(5, clock - 1), "x"));
    let mut gate = Gate::new();
    assert_eq!(admit(&mut gate, ANA, &letters(5_000).bytes()), Ok(true));
    let long = "x".repeat(120_000);
    assert_eq!(refusal(&mut Gate::new(), ANA, &letters(16_000).text(After(5, 15_999), &long)), Some(GateRefusal::Crowded));
}

#[test]
fn what_is_cut_into_more_pieces_again_and_again_is_refused() {
    let mut gate = Gate::new();
    admit(&mut gate, ANA, &Write::by(5, 0).text(Root("draft"), &"x".repeat(98_000)).bytes()).unwrap();
    let every = |first: u32, step: usize| (first..98_000).step_by(step).map(|clock| (clock, 1)).collect::<Vec<_>>();
    assert_eq!(admit(&mut gate, ANA, &Write::default().delete(5, &every(18_000, 5)).bytes()), Ok(true));
    assert_eq!(refusal(&mut gate, ANA, &Write::default().delete(5, &every(18_002, 5))), Some(GateRefusal::Crowded));
    assert_eq!(admit(&mut gate, ANA, &Write::default().delete(5, &every(18_002, 200)).bytes()), Ok(true));
}

/// Forty people without a network for a day, all behind one word: typing, in bold, with corrections, each in 400 pieces.
#[test]
fn forty_people_who_come_back_to_one_place_stay_far_below_the_ceilings() {
    let mut gate = Gate::new();
    admit(&mut gate, ANA, &Write::by(1000, 0).text(Root("draft"), "hello world").bytes()).unwrap();
    let mut most = 0;
    for person in 0..40u64 {
        // In no order of their client ids.
        let client = 1 + person * 17 % 41;
        let mut update = Write::by(client, 0).text(Between((1000, 4), (1000, 5)), "some words ");
        for piece in 0..400 {
            let behind = (client, 10 + piece * 12);
            update = update.format(Between(behind, (1000, 5)), "bold", if piece % 2 == 0 { "true" } else { "null" });
            update = update.text(Between((client, behind.1 + 1), (1000, 5)), "other words");
        }
        let deleted: Vec<(u32, u32)> = (0..80).map(|piece| (14 + piece * 60, 3)).collect();
        let passed = gate.check(PersonKey(person.into()), &update.delete(client, &deleted).bytes()).unwrap();
        most = most.max(passed.steps);
        gate.commit(passed).unwrap();
    }
    assert!(most < UPDATE_STEPS_MAX / 10, "{most}");
    assert!(gate.state.steps < DOCUMENT_STEPS_MAX / 10, "{}", gate.state.steps);
}

#[test]
fn neighbours_that_never_stood_together_are_refused() {
    let mut gate = with_client_11();
    // hel|X|lo, and behind the X a Y
    admit(&mut gate, ANA, &Write::by(12, 0).text(Between((11, 2), (11, 3)), "XY").bytes()).unwrap();
    for (what, place) in [
        ("the right one before the left one", Between((11, 3), (11, 1))),
        ("another letter between them", Between((11, 0), (11, 2))),
        ("a letter that was there when one of them came", Between((11, 1), (12, 0))),
        ("the beginning, and a letter behind another", Before(11, 1)),
        ("one that stands in what hangs on the left one", Between((11, 2), (12, 1))),
    ] {
        assert_eq!(refusal(&mut gate, BEN, &Write::by(13, 0).text(place, "x")), Some(GateRefusal::Misplaced), "{what}");
    }
    for (what, place) in [
        ("side by side", Between((12, 0), (12, 1))),
        ("side by side, for who has not heard of the X", Between((11, 2), (11, 3))),
        ("side by side, for who has not heard of what is behind the X", Between((12, 1), (11, 3))),
        ("the end", After(11, 4)),
        ("the beginning", Before(11, 0)),
    ] {
        assert_eq!(refusal(&mut gate, BEN, &Write::by(13, 0).text(place, "x")), None, "{what}");
    }
}
