//! The words of the wire: y-websocket frames in and out, and presence.
//!
//! Framing is that of y-protocols: a message type, for document messages a second type, then a length and the
//! payload. One type is ours, and only clients that ask for it ever see it: `[120, n]`, "the first *n* updates
//! received on this connection are committed". SyncStep2 and Update both count as updates.
//! Presence is JSON that other people's editors will read, so the server parses it and writes it anew.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::gate::{Cursor, GateRefusal, write_number};
use super::limits::*;

const SYNC: u64 = 0;
const AWARENESS: u64 = 1;
const AUTH: u64 = 2;
const QUERY_AWARENESS: u64 = 3;
const ACKNOWLEDGE: u64 = 120;

/// One frame from a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// "This is what I have": a state vector, as encoded.
    Step1(Bytes),
    /// The answer to the server's own SyncStep1.
    Step2(Bytes),
    Update(Bytes),
    Presence(Vec<Presence>),
    QueryPresence,
}

/// Where one client's caret is. `state` is `None` when it left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    pub client: u64,
    pub clock: u32,
    pub state: Option<Map<String, Value>>,
}

/// Who a presence belongs to. The server says so, whatever the client claims. It has no place for a name: the frame is the
/// same for everybody, and not everybody may know everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// What stands for an organisation in this draft.
    pub handle: String,
    /// Index into the palette of the interface, 1 to 8; 0 is nobody's, because a colour tells one organisation from another.
    pub colour: u8,
}

/// Why a frame cannot be read. The connection is closed with 4400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolRefusal {
    #[error("This message is larger than the server takes; add the text in smaller parts.")]
    TooLarge,
    #[error("This message could not be read; reload the page and try again.")]
    Malformed,
    #[error("This server does not know this kind of message; reload the page and try again.")]
    UnknownKind,
}

impl From<GateRefusal> for ProtocolRefusal {
    fn from(_: GateRefusal) -> Self {
        ProtocolRefusal::Malformed
    }
}

/// Reads one frame. Payloads of document messages are left for the gate.
pub fn read(frame: &Bytes) -> Result<Message, ProtocolRefusal> {
    if frame.len() > FRAME_BYTES_MAX {
        return Err(ProtocolRefusal::TooLarge);
    }
    let mut from = Cursor { bytes: frame, at: 0 };
    let message = match from.number(CLIENT_ID_MAX)? {
        SYNC => {
            let kind = from.number(CLIENT_ID_MAX)?;
            let payload = payload(&mut from, frame)?;
            match kind {
                0 => Message::Step1(payload),
                1 => Message::Step2(payload),
                2 => Message::Update(payload),
                _ => return Err(ProtocolRefusal::UnknownKind),
            }
        }
        AWARENESS => Message::Presence(read_presence(&payload(&mut from, frame)?)?),
        QUERY_AWARENESS => Message::QueryPresence,
        AUTH => return Err(ProtocolRefusal::UnknownKind),
        _ => return Err(ProtocolRefusal::UnknownKind),
    };
    if from.left() > 0 { Err(ProtocolRefusal::Malformed) } else { Ok(message) }
}

fn payload(from: &mut Cursor<'_>, frame: &Bytes) -> Result<Bytes, ProtocolRefusal> {
    let len = from.number(FRAME_BYTES_MAX as u64)? as usize;
    let start = from.at;
    from.take(len)?;
    Ok(frame.slice(start..start + len))
}

/// Reads an awareness update. States that are no JSON object, or too large, are refused; what is in them, `caret` judges.
pub fn read_presence(bytes: &[u8]) -> Result<Vec<Presence>, ProtocolRefusal> {
    let mut from = Cursor { bytes, at: 0 };
    let count = from.count("presences")?;
    if count > PRESENCE_ENTRIES_MAX as u64 {
        return Err(ProtocolRefusal::TooLarge);
    }
    let mut all = Vec::new();
    for _ in 0..count {
        let (client, clock) = (from.client()?, from.clock()?);
        let state = from.text()?;
        if state.len() > PRESENCE_BYTES_MAX {
            return Err(ProtocolRefusal::TooLarge);
        }
        let state = match serde_json::from_str(state) {
            Ok(Value::Null) => None,
            Ok(Value::Object(fields)) => Some(fields),
            _ => return Err(ProtocolRefusal::Malformed),
        };
        all.push(Presence { client, clock, state });
    }
    if from.left() > 0 { Err(ProtocolRefusal::Malformed) } else { Ok(all) }
}

/// Puts the writer's handle over whatever the client called itself.
pub fn overwrite_user(state: &mut Map<String, Value>, user: &User) {
    state.insert("user".into(), json!({ "handle": user.handle, "color": user.colour }));
}

pub fn step1(state_vector: &[u8]) -> Bytes {
    sync(0, state_vector)
}

pub fn step2(update: &[u8]) -> Bytes {
    sync(1, update)
}

pub fn update(update: &[u8]) -> Bytes {
    sync(2, update)
}

/// "The first `count` updates received on this connection are committed."
pub fn acknowledge(count: u64) -> Bytes {
    let mut to = Vec::with_capacity(10);
    write_number(&mut to, ACKNOWLEDGE);
    write_number(&mut to, count);
    to.into()
}

pub fn presence<'a>(all: impl ExactSizeIterator<Item = &'a Presence>) -> Bytes {
    let mut inner = Vec::new();
    write_number(&mut inner, all.len() as u64);
    for Presence { client, clock, state } in all {
        let state = state.as_ref().map_or_else(|| "null".to_owned(), |state| Value::Object(state.clone()).to_string());
        write_number(&mut inner, *client);
        write_number(&mut inner, (*clock).into());
        write_number(&mut inner, state.len() as u64);
        inner.extend(state.as_bytes());
    }
    let mut to = Vec::with_capacity(inner.len() + 6);
    write_number(&mut to, AWARENESS);
    write_number(&mut to, inner.len() as u64);
    to.extend(inner);
    to.into()
}

fn sync(kind: u8, payload: &[u8]) -> Bytes {
    let mut to = Vec::with_capacity(payload.len() + 8);
    to.extend([SYNC as u8, kind]);
    write_number(&mut to, payload.len() as u64);
    to.extend(payload);
    to.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_were_written() {
        let payload = Bytes::from(vec![7; 300]);
        assert_eq!(read(&step1(&payload)), Ok(Message::Step1(payload.clone())));
        assert_eq!(read(&step2(&payload)), Ok(Message::Step2(payload.clone())));
        assert_eq!(read(&update(&payload)), Ok(Message::Update(payload)));
        assert_eq!(acknowledge(300).as_ref(), [120, 0xac, 2]);
        let state = Map::from_iter([("cursor".to_owned(), json!({"anchor": 1}))]);
        let here = [Presence { client: 1 << 40, clock: 3, state: Some(state) }, Presence { client: 5, clock: 1, state: None }];
        assert_eq!(read(&presence(here.iter())), Ok(Message::Presence(here.to_vec())));
    }

    #[test]
    fn frames_that_lie_are_refused() {
        for (frame, refusal) in [
            (&[][..], ProtocolRefusal::Malformed),
            (&[0], ProtocolRefusal::Malformed),
            (&[0, 2, 5, 1], ProtocolRefusal::Malformed),
            (&[0, 2, 1, 1, 1], ProtocolRefusal::Malformed),
            (&[0, 3, 0], ProtocolRefusal::UnknownKind),
            (&[2, 0], ProtocolRefusal::UnknownKind),
            (&[99], ProtocolRefusal::UnknownKind),
            (&[1, 4, 1, 5, 0, 9], ProtocolRefusal::Malformed),
            (&[1, 5, 1, 5, 0, 1, b'1'], ProtocolRefusal::Malformed),
        ] {
            assert_eq!(read(&Bytes::copy_from_slice(frame)), Err(refusal), "{frame:?}");
        }
        let bomb = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/hostile/awareness-count-1e8.bin")).unwrap();
        assert_eq!(read_presence(&bomb), Err(ProtocolRefusal::Malformed));
        let mut long = vec![1, 1, 0];
        write_number(&mut long, 5000);
        long.extend([b'a'; 5000]);
        assert_eq!(read_presence(&long), Err(ProtocolRefusal::TooLarge));
    }

    #[test]
    fn nobody_names_themselves() {
        let mut state =
            Map::from_iter([("user".to_owned(), json!({"name": "The Chair", "color": "url(x)"})), ("cursor".to_owned(), json!(null))]);
        overwrite_user(&mut state, &User { handle: "k3m9x0qa7t".into(), colour: 3 });
        assert_eq!(Value::Object(state), json!({"cursor": null, "user": {"handle": "k3m9x0qa7t", "color": 3}}));
    }
}
