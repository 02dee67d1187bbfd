//! Drafts for measuring: made by whoever runs the server, open to any program that speaks the protocol.

use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, ReadTxn, StateVector, Text, Transact, Update};

use super::writer::{Heard, Writer, document_in};

fn written(root: &str, words: &str) -> Vec<u8> {
    let doc = Doc::new();
    let text = doc.get_or_insert_text(root);
    text.insert(&mut doc.transact_mut(), 0, words);
    doc.transact().encode_state_as_update_v1(&StateVector::default())
}

both_databases! {
    async fn a_draft_for_measuring_takes_letters_from_any_program_and_is_read_again(world) {
        let said = world.command(&["admin", "bench", "--drafts", "2"]);
        let lines: Vec<&str> = said.lines().collect();
        let cookie = lines[0].strip_prefix("cookie: ").expect("a cookie first");
        assert_eq!(lines.len(), 3, "{said}");
        for draft in &lines[1..] {
            let mut program = Writer::joins(&world.url, draft, Some(cookie), "ack=1").await.expect("a seat");
            program.sends_update(&written("text", "letters")).await;
            program.is_acknowledged().await;
            // What drafts of statements hold has no place here.
            program.sends_update(&written("draft", "words")).await;
            assert_eq!(program.closing().await.0, 4400);
        }
        world.is_killed();
        world.start();
        let again = Writer::joins(&world.url, lines[2], Some(cookie), "").await.expect("a seat");
        assert_eq!(read(&again.frames), "letters");
    }
}

/// Writes far more than the sockets between two programs can hold where one does not read; and no more, because a socket that takes
/// nothing for half a minute is given up.
const PIECES: u32 = 120;
const PIECE: &str = "0123456789abcdef";
const REPEATS: usize = 4096;

both_databases! {
    async fn who_does_not_read_for_a_while_is_not_sent_away_and_is_told_in_one_what_was_missed(world) {
        let said = world.command(&["admin", "bench", "--drafts", "1"]);
        let lines: Vec<&str> = said.lines().collect();
        let cookie = lines[0].strip_prefix("cookie: ").expect("a cookie first");
        let mut writes = Writer::joins(&world.url, lines[1], Some(cookie), "ack=1").await.expect("a seat");
        let mut sleeps = Writer::joins(&world.url, lines[1], Some(cookie), "").await.expect("a seat");
        let doc = Doc::new();
        let text = doc.get_or_insert_text("text");
        for number in 0..PIECES {
            let known = doc.transact().state_vector();
            let end = text.len(&doc.transact());
            text.insert(&mut doc.transact_mut(), end, &format!("<{number}>{}", PIECE.repeat(REPEATS)));
            let update = doc.transact().encode_state_as_update_v1(&known);
            writes.sends_update(&update).await;
            if number % 8 == 7 {
                writes.is_acknowledged().await;
            }
        }
        writes.is_acknowledged().await;
        // A newcomer gets all of it at once, while the other has still not read a word.
        let newcomer = Writer::joins(&world.url, lines[1], Some(cookie), "").await.expect("a seat");
        let whole = text.get_string(&doc.transact());
        assert!(read(&newcomer.frames) == whole && newcomer.frames.len() < 40, "{} messages", newcomer.frames.len());
        while read(&sleeps.frames) != whole {
            assert!(!matches!(sleeps.hears().await, Heard::Closed(..)), "sent away");
        }
        assert!(sleeps.frames.len() < PIECES as usize, "{} messages", sleeps.frames.len());
    }
}

/// What the messages say together.
fn read(frames: &[bytes::Bytes]) -> String {
    let doc = Doc::new();
    let text = doc.get_or_insert_text("text");
    for update in frames.iter().filter_map(|frame| document_in(frame)) {
        doc.transact_mut().apply_update(Update::decode_v1(update).expect("an update")).expect("an update");
    }
    text.get_string(&doc.transact())
}
