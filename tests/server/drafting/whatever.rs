//! Whatever comes over a real socket, beside honest people: frames with bytes changed on the way, and bytes that are no
//! WebSocket at all. The server goes on, nobody honest is sent away, and the honest end with one text.
//!
//! `make fuzz` throws again and again, from other seeds.

use bytes::Bytes;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use undersigned::drafting::protocol::{self, Presence};
use yrs::{Doc, ReadTxn, Text, Transact};

use super::dice::Dice;
use super::writer::{Heard, Writer};
use super::{AJO, BCAP, a_draft, writer};
use crate::world::{Database, World};

const FRAMES: usize = 3_000;
const CONNECTIONS: usize = 300;
/// Who sends whatever has a right to write, too.
const STRANGER: &str = BCAP;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_socket_sends_the_honest_end_with_one_text() {
    let mut dice = Dice::of_this_run(0x5be0_cd19_137e_2179);
    let mut world = World::on(Database::sqlite()).await;
    let (_, id) = a_draft(&world).await;
    let mut ben = writer(&world, AJO, &id).await;
    let mut cleo = writer(&world, AJO, &id).await;
    let mut stranger = writer(&world, STRANGER, &id).await;
    ben.says_here(json!({ "cursor": null })).await;
    let (mut sent, mut sent_away) = (0, 0);
    while sent < FRAMES {
        for _ in 0..16 {
            sent += 1;
            let frame = a_frame(&mut dice);
            if !stranger.tries_to_send(frame).await {
                break;
            }
        }
        if !stranger.is_answered().await {
            sent_away += 1;
            stranger = stranger.comes_anew(&world.url).await.expect("a seat for whoever was sent away");
        }
        ben.types(&format!("w{sent} ")).await;
        ben.is_acknowledged().await;
    }
    assert!(sent_away > FRAMES / 200, "{sent_away} sent away");
    ben.types("the end").await;
    ben.is_acknowledged().await;
    cleo.types("and more").await;
    cleo.is_acknowledged().await;
    cleo.sees("the end").await;
    ben.sees("and more").await;
    let mut newcomer = writer(&world, STRANGER, &id).await;
    newcomer.sees("and more").await;
    assert_eq!(ben.text(), cleo.text());
    assert_eq!(ben.text(), newcomer.text());
    // And so it is stored.
    world.is_killed();
    world.start();
    let mut again = writer(&world, AJO, &id).await;
    again.sees("and more").await;
    assert_eq!(again.text(), ben.text());
    drop((ben, cleo, stranger, newcomer, again));
    world.ends_well().await;
}

/// A frame as a page sends it, with or without a change on the way.
fn a_frame(dice: &mut Dice) -> Bytes {
    let honest = match dice.below(6) {
        0 => protocol::step1(&[0]),
        1 => Bytes::from_static(&[3]),
        2 => protocol::step2(&[0, 0]),
        3 => {
            let state = json!({ "cursor": { "root": "draft", "anchor": { "tname": "draft" }, "head": { "tname": "draft" } } });
            let state = state.as_object().cloned();
            protocol::presence([Presence { client: 9000 + dice.below(9) as u64, clock: dice.below(99) as u32, state }].iter())
        }
        _ => {
            let page = Doc::with_client_id(9000 + dice.below(9) as u64);
            let body = page.get_or_insert_text("draft");
            body.insert(&mut page.transact_mut(), 0, "other words");
            if dice.once_in(2) {
                body.remove_range(&mut page.transact_mut(), 2, 3);
            }
            protocol::update(&page.transact().encode_state_as_update_v1(&yrs::StateVector::default()))
        }
    };
    if dice.once_in(4) { honest } else { dice.change(&honest).into() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_bytes_follow_an_upgrade_the_honest_write_on() {
    let mut dice = Dice::of_this_run(0x1571_5609_32ad_11c5);
    let mut world = World::on(Database::sqlite()).await;
    let (_, id) = a_draft(&world).await;
    let mut ben = writer(&world, AJO, &id).await;
    let cookie = world.person(STRANGER).await.cookie().await;
    for number in 0..CONNECTIONS {
        let mut stream = upgraded(&world, &id, &cookie).await;
        // Text, binary, ping, pong and close, whole and in parts, masked as clients mask.
        let parts: Vec<u8> = (0..1 + dice.below(5)).flat_map(|_| a_websocket_frame(&mut dice)).collect();
        let bytes = if dice.once_in(5) { parts } else { dice.change(&parts) };
        // A server that has closed takes nothing more.
        let _ = stream.write_all(&bytes).await;
        if dice.once_in(3) {
            let mut some = [0; 64];
            let _ = stream.read(&mut some).await;
        }
        drop(stream);
        if number % 10 == 0 {
            ben.types(&format!("w{number} ")).await;
            ben.is_acknowledged().await;
        }
    }
    let mut again = writer(&world, AJO, &id).await;
    again.sees(&format!("w{} ", CONNECTIONS - 10)).await;
    ben.types("the end").await;
    again.sees("the end").await;
    assert_eq!(ben.text(), again.text());
    drop((ben, again));
    world.ends_well().await;
}

async fn upgraded(world: &World, id: &str, cookie: &str) -> TcpStream {
    let address = world.url.split("://").nth(1).expect("a URL").replace("localhost", "127.0.0.1");
    let mut stream = TcpStream::connect(&address).await.expect("a connection");
    let head = format!(
        "GET /collab/{id}?ack=1 HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("it takes bytes");
    let mut said = Vec::new();
    while !said.ends_with(b"\r\n\r\n") {
        said.push(stream.read_u8().await.expect("an answer"));
    }
    assert!(said.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&said));
    stream
}

fn a_websocket_frame(dice: &mut Dice) -> Vec<u8> {
    let payload = a_frame(dice);
    let kind = [1, 2, 2, 2, 8, 9, 10, 0][dice.below(8)];
    let whole = if dice.once_in(6) { 0 } else { 0x80 };
    let mut to = vec![whole | kind];
    match payload.len() {
        short @ ..126 => to.push(0x80 | short as u8),
        long => {
            to.push(0x80 | 126);
            to.extend((long as u16).to_be_bytes());
        }
    }
    let mask: [u8; 4] = std::array::from_fn(|_| dice.below(256) as u8);
    to.extend(mask);
    to.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    to
}

impl Writer {
    async fn tries_to_send(&mut self, frame: Bytes) -> bool {
        self.counts_a_frame();
        self.sends_or_not(frame).await
    }

    /// Asks who is here, and waits for the answer; `false` where the socket is closed instead.
    async fn is_answered(&mut self) -> bool {
        if !self.sends_or_not(Bytes::from_static(&[3])).await {
            return false;
        }
        loop {
            match self.hears().await {
                Heard::Presence(here) if !here.is_empty() => return true,
                Heard::Closed(..) => return false,
                _ => {}
            }
        }
    }
}
