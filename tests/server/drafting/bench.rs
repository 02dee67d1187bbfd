//! Drafts for measuring: made by whoever runs the server, open to any program that speaks the protocol.

use undersigned::drafting::protocol;
use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, ReadTxn, StateVector, Text, Transact, Update};

use super::writer::Writer;

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
        let held = again.frames.iter().filter_map(|frame| match protocol::read(frame) {
            Ok(protocol::Message::Step2(update) | protocol::Message::Update(update)) => Some(update),
            _ => None,
        });
        let doc = Doc::new();
        let text = doc.get_or_insert_text("text");
        held.for_each(|update| doc.transact_mut().apply_update(Update::decode_v1(&update).expect("an update")).expect("an update"));
        assert_eq!(text.get_string(&doc.transact()), "letters");
    }
}
