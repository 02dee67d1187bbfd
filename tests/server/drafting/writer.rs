//! Somebody who writes: a socket, a document, and the count of what the server has acknowledged.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message as Frame, client::IntoClientRequest},
};
use undersigned::drafting::protocol::{self, Message, Presence};
use yrs::types::Attrs;
use yrs::updates::{decoder::Decode, encoder::Encode};
use yrs::{
    Any, Assoc, ClientID, Doc, GetString, IndexedSequence, OffsetKind, Options, ReadTxn, StateVector, Text, TextRef, Transact,
    TransactionMut, UndoManager, Update,
};

use crate::world::described;

const PATIENCE: Duration = Duration::from_secs(30);

pub struct Writer {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Where and as whom the socket was opened.
    door: (String, Option<String>),
    doc: Doc,
    sent: u64,
    acknowledged: u64,
    /// Every frame as it came.
    pub frames: Vec<Bytes>,
    said: u32,
    /// What is sent waits until there is much of it.
    gathers: bool,
}

#[derive(Debug)]
pub enum Heard {
    Text,
    Acknowledged,
    Presence(Vec<Value>),
    Closed(u16, String),
    Other,
}

impl Writer {
    /// Opens the draft and takes its text in; the HTTP status where the door stays shut, the socket's number where it is closed
    /// at once.
    pub async fn joins(url: &str, statement: &str, cookie: Option<&str>, query: &str) -> Result<Writer, u16> {
        let address = format!("{}/collab/{statement}?{query}", url.replacen("http", "ws", 1));
        Self::enters((address, cookie.map(str::to_owned)), document(None)).await
    }

    /// Opens the socket again with what is in the document, and brings what the server has not got. `url` is where the
    /// server listens by now.
    pub async fn comes_back(&self, url: &str) -> Result<Writer, u16> {
        Self::enters(self.door_at(url), self.doc.clone()).await
    }

    /// Opens the draft again in a fresh page of the same browser.
    pub async fn comes_anew(&self, url: &str) -> Result<Writer, u16> {
        Self::enters(self.door_at(url), document(None)).await
    }

    fn door_at(&self, url: &str) -> (String, Option<String>) {
        let (address, cookie) = &self.door;
        let path = address.split_once("/collab/").expect("a draft's address").1;
        (format!("{}/collab/{path}", url.replacen("http", "ws", 1)), cookie.clone())
    }

    async fn enters(door: (String, Option<String>), doc: Doc) -> Result<Writer, u16> {
        let mut request = door.0.as_str().into_client_request().expect("an address");
        if let Some(cookie) = &door.1 {
            request.headers_mut().insert("cookie", cookie.parse().expect("a cookie"));
        }
        let socket = match connect_async(request).await {
            Ok((socket, _)) => socket,
            Err(Error::Http(answer)) => {
                let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
                described::hold("GET", &door.0, answer.status().as_u16(), kind);
                return Err(answer.status().as_u16());
            }
            Err(error) => panic!("no socket: {error}"),
        };
        let known = doc.transact().state_vector();
        let mut writer = Writer { socket, door, doc, sent: 0, acknowledged: 0, frames: Vec::new(), said: 0, gathers: false };
        writer.sends(protocol::step1(&known.encode_v1())).await;
        loop {
            // The server's own question comes last.
            match writer.hears_frame().await {
                Ok(frame) if frame.starts_with(&[0, 0]) => {
                    writer.answers(&frame).await;
                    return Ok(writer);
                }
                Ok(frame) => drop(writer.took(&frame).await),
                Err((number, _)) => return Err(number),
            }
        }
    }

    /// Tells the server what it has not got; nothing where it has all.
    async fn answers(&mut self, question: &Bytes) {
        let Ok(Message::Step1(known)) = protocol::read(question) else { panic!("a question") };
        let known = StateVector::decode_v1(&known).expect("a state vector");
        if self.doc.transact().state_vector() != known {
            let lacking = self.doc.transact().encode_state_as_update_v1(&known);
            self.sent += 1;
            self.sends(protocol::step2(&lacking)).await;
        }
    }

    /// From now on writes as this client, in a document with what is there.
    pub fn takes_client(&mut self, client: u64) {
        let all = self.doc.transact().encode_state_as_update_v1(&StateVector::default());
        self.doc = document(Some(client));
        self.doc.transact_mut().apply_update(Update::decode_v1(&all).expect("our own update")).expect("our own update");
    }

    /// Does something under another client id, as a page has two: one to edit, one to propose.
    pub async fn acts_as(&mut self, client: u64, act: impl FnOnce(&Doc)) {
        let page = document(Some(client));
        let all = self.doc.transact().encode_state_as_update_v1(&StateVector::default());
        page.transact_mut().apply_update(Update::decode_v1(&all).expect("our own update")).expect("our own update");
        let before = page.transact().state_vector();
        act(&page);
        let update = page.transact().encode_state_as_update_v1(&before);
        self.sent += 1;
        self.sends(protocol::update(&update)).await;
        self.doc.transact_mut().apply_update(Update::decode_v1(&update).expect("our own update")).expect("our own update");
    }

    /// Writes at the end of the last paragraph.
    pub async fn types(&mut self, words: &str) {
        assert!(self.tries_to_type(words).await, "the socket is open");
    }

    pub async fn tries_to_type(&mut self, words: &str) -> bool {
        self.writes(1, words, Attrs::new()).await
    }

    /// Writes linked words at the end of the last paragraph, as any client of the protocol can.
    pub async fn links(&mut self, words: &str, href: &str) {
        assert!(self.writes(1, words, Attrs::from([("link".into(), href.into())])).await, "the socket is open");
    }

    /// Writes words in brackets at the end of the last paragraph.
    pub async fn brackets(&mut self, words: &str, bracket: &str, alternative: u8) {
        let format = (format!("brk--{bracket}").into(), alternative.to_string().into());
        assert!(self.writes(1, words, Attrs::from([format])).await, "the socket is open");
    }

    /// Takes a bracket away around the last so many units before the last mark.
    pub async fn lifts(&mut self, bracket: &str, units: u32) {
        let before = self.doc.transact().state_vector();
        let body = body(&self.doc);
        let update = {
            let mut txn = self.doc.transact_mut();
            let end = body.len(&txn) - 1;
            body.format(&mut txn, end - units, units, Attrs::from([(format!("brk--{bracket}").into(), Any::Null)]));
            txn.encode_diff_v1(&before)
        };
        self.sent += 1;
        self.sends(protocol::update(&update)).await;
    }

    /// Puts an empty block of this kind at the end.
    pub async fn adds_a(&mut self, kind: &str) {
        assert!(self.writes(0, "\n", Attrs::from([("block".into(), kind.into())])).await, "the socket is open");
    }

    /// Takes out everything but the last mark.
    pub async fn takes_all_out(&mut self) {
        let all = body(&self.doc).len(&self.doc.transact());
        self.takes_out(1, all - 1).await;
    }

    /// Takes so many units out, up to so many before the end.
    pub async fn takes_out(&mut self, before_end: u32, units: u32) {
        let before = self.doc.transact().state_vector();
        let body = body(&self.doc);
        let update = {
            let mut txn = self.doc.transact_mut();
            let end = body.len(&txn) - before_end;
            body.remove_range(&mut txn, end - units, units);
            txn.encode_diff_v1(&before)
        };
        self.sent += 1;
        self.sends(protocol::update(&update)).await;
    }

    /// Writes so many units before the end, and says all attributes, so that nothing is inherited.
    async fn writes(&mut self, before_end: u32, words: &str, attributes: Attrs) -> bool {
        let before = self.doc.transact().state_vector();
        let body = body(&self.doc);
        {
            let mut txn = self.doc.transact_mut();
            let at = body.len(&txn).checked_sub(before_end).expect("a draft ends with a mark");
            body.insert_with_attributes(&mut txn, at, words, attributes);
        }
        let update = self.doc.transact().encode_state_as_update_v1(&before);
        self.sent += 1;
        self.socket.feed(Frame::Binary(protocol::update(&update))).await.is_ok() && (self.gathers || self.socket.flush().await.is_ok())
    }

    /// Does something with the body.
    pub async fn acts(&mut self, act: impl FnOnce(&TextRef, &mut TransactionMut)) {
        let before = self.doc.transact().state_vector();
        let body = body(&self.doc);
        let update = {
            let mut txn = self.doc.transact_mut();
            act(&body, &mut txn);
            txn.encode_diff_v1(&before)
        };
        self.sends_update(&update).await;
    }

    /// Writes where these words stand.
    pub async fn writes_before(&mut self, words: &str, new: &str) {
        let at = self.find(words);
        self.acts(|body, txn| body.insert_with_attributes(txn, at, new, Attrs::new())).await;
    }

    /// Deletes words, and answers how to take that back.
    pub async fn deletes(&mut self, words: &str) -> UndoManager {
        let mut undo = UndoManager::new();
        undo.expand_scope(&self.doc, &body(&self.doc));
        let at = self.find(words);
        self.acts(|body, txn| body.remove_range(txn, at, words.encode_utf16().count() as u32)).await;
        undo
    }

    pub async fn undoes(&mut self, mut undo: UndoManager) {
        let before = self.doc.transact().state_vector();
        assert!(undo.undo_blocking(), "there is something to take back");
        let update = self.doc.transact().encode_state_as_update_v1(&before);
        self.sends_update(&update).await;
    }

    /// Where words stand, in UTF-16 units.
    pub fn find(&self, words: &str) -> u32 {
        let text = self.text();
        let at = text.find(words).unwrap_or_else(|| panic!("{words:?} in {text:?}"));
        text[..at].encode_utf16().count() as u32
    }

    /// The letters of these words: `client.clock.length` of each stretch.
    pub fn letters(&self, words: &str) -> Vec<String> {
        let (from, body, txn) = (self.find(words), body(&self.doc), self.doc.transact());
        let mut all: Vec<(u64, u32, u32)> = Vec::new();
        for at in from..from + words.encode_utf16().count() as u32 {
            let place = body.sticky_index(&txn, at, Assoc::After).expect("a letter");
            let id = *place.id().expect("a letter's id");
            match all.last_mut().filter(|(client, clock, len)| (*client, clock + *len) == (id.client.get(), id.clock)) {
                Some((_, _, len)) => *len += 1,
                None => all.push((id.client.get(), id.clock, 1)),
            }
        }
        all.into_iter().map(|(client, clock, len)| format!("{client}.{clock}.{len}")).collect()
    }

    /// Writes so often and puts as much of it on the way at once as the network takes.
    pub async fn types_at_once(&mut self, words: &str, times: usize) {
        self.gathers = true;
        for _ in 0..times {
            self.types(words).await;
        }
        self.gathers = false;
        self.socket.flush().await.expect("the socket is open");
    }

    pub async fn says_here(&mut self, state: Value) {
        let Value::Object(state) = state else { panic!("a state is an object") };
        let client = self.doc.client_id().get();
        self.said += 1;
        self.sends(protocol::presence([Presence { client, clock: self.said, state: Some(state) }].iter())).await;
    }

    /// An update of another program's making.
    pub async fn sends_update(&mut self, update: &[u8]) {
        self.sent += 1;
        self.sends(protocol::update(update)).await;
    }

    pub async fn sends(&mut self, frame: Bytes) {
        self.socket.send(Frame::Binary(frame)).await.expect("the socket is open");
    }

    /// Of a frame that may be an update or anything else.
    pub fn counts_a_frame(&mut self) {
        self.sent += 1;
    }

    pub async fn sends_or_not(&mut self, frame: Bytes) -> bool {
        self.socket.send(Frame::Binary(frame)).await.is_ok()
    }

    /// Waits until everything typed is committed.
    pub async fn is_acknowledged(&mut self) {
        assert!(self.is_acknowledged_or_closed().await, "the socket stays open");
    }

    pub async fn is_acknowledged_or_closed(&mut self) -> bool {
        while self.acknowledged < self.sent {
            if let Heard::Closed(..) = self.hears().await {
                return false;
            }
        }
        true
    }

    /// Waits until these words are in the text.
    pub async fn sees(&mut self, words: &str) {
        while !self.text().contains(words) {
            if let Heard::Closed(number, code) = self.hears().await {
                panic!("closed before “{words}” came: {number} {code}");
            }
        }
    }

    /// Waits until the server closes, and says how.
    pub async fn closing(&mut self) -> (u16, String) {
        loop {
            if let Heard::Closed(number, code) = self.hears().await {
                return (number, code);
            }
        }
    }

    pub fn text(&self) -> String {
        body(&self.doc).get_string(&self.doc.transact())
    }

    /// Who the next presence that says anything is about.
    pub async fn meets(&mut self) -> Value {
        tokio::time::timeout(PATIENCE, self.meets_somebody()).await.expect("somebody is met in time")
    }

    async fn meets_somebody(&mut self) -> Value {
        loop {
            match self.hears().await {
                Heard::Presence(states) => match states.into_iter().next() {
                    Some(state) => return state["user"].clone(),
                    None => continue,
                },
                Heard::Closed(number, code) => panic!("closed before anybody was met: {number} {code}"),
                _ => {}
            }
        }
    }

    /// The next thing the server says.
    pub async fn hears(&mut self) -> Heard {
        match self.hears_frame().await {
            Ok(frame) => self.took(&frame).await,
            Err((number, code)) => Heard::Closed(number, code),
        }
    }

    async fn took(&mut self, frame: &Bytes) -> Heard {
        if frame.first() == Some(&120) {
            let number = frame[1..].iter().rev().fold(0, |number, byte| (number << 7) | u64::from(byte & 0x7f));
            assert!(number >= self.acknowledged && number <= self.sent, "{number} acknowledged of {}", self.sent);
            self.acknowledged = number;
            return Heard::Acknowledged;
        }
        if let Some(update) = document_in(frame) {
            let update = Update::decode_v1(update).expect("an update");
            self.doc.transact_mut().apply_update(update).expect("an update that applies");
            assert!(!self.doc.transact().has_missing_updates(), "updates come in order");
            return Heard::Text;
        }
        match protocol::read(frame).expect("a frame of the protocol") {
            Message::Step1(_) | Message::Step2(_) | Message::Update(_) => Heard::Other,
            Message::Presence(all) => Heard::Presence(all.into_iter().filter_map(|one| one.state.map(Value::Object)).collect()),
            Message::QueryPresence => Heard::Other,
        }
    }

    async fn hears_frame(&mut self) -> Result<Bytes, (u16, String)> {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("the server says something in time");
            match next {
                Some(Ok(Frame::Binary(frame))) => {
                    self.frames.push(frame.clone());
                    return Ok(frame);
                }
                Some(Ok(Frame::Close(Some(reason)))) => return Err((reason.code.into(), reason.reason.as_str().to_owned())),
                Some(Ok(Frame::Close(None))) | Some(Err(_)) | None => return Err((1006, String::new())),
                Some(Ok(_)) => {}
            }
        }
    }
}

/// Counts as browsers count.
fn document(client: Option<u64>) -> Doc {
    let options = Options { offset_kind: OffsetKind::Utf16, ..Options::default() };
    Doc::with_options(match client {
        Some(client) => Options { client_id: ClientID::new(client), ..options },
        None => options,
    })
}

fn body(doc: &Doc) -> TextRef {
    doc.get_or_insert_text("draft")
}

/// The update in a message, however large: a document may be larger than anything a client sends.
pub fn document_in(frame: &[u8]) -> Option<&[u8]> {
    let [0, 1 | 2, rest @ ..] = frame else { return None };
    let start = rest.iter().position(|byte| *byte < 0x80)? + 1;
    Some(&rest[start..])
}
