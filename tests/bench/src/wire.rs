//! What goes over the sockets: y-websocket's messages, and Hocuspocus', in which each is preceded by the document's name and the
//! first one asks to be let in. Numbers are lib0's: seven bits a byte, the lowest first.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Framing {
    YWebsocket,
    Hocuspocus,
}

pub enum Message<'a> {
    WhatIHave,
    WhatYouLack(&'a [u8]),
    Change(&'a [u8]),
    /// The first `n` updates of this connection are committed; ours alone says so.
    Committed(u64),
    Denied,
    Other,
}

/// A document without anything: no client ids, no deletions.
pub const NOTHING: [u8; 2] = [0, 0];
/// The state vector of who has nothing.
pub const HAVE_NOTHING: [u8; 1] = [0];
const COMMITTED: u64 = 120;

impl Framing {
    pub fn asks_for_all(self, draft: &str) -> Vec<u8> {
        self.document(draft, 0, &HAVE_NOTHING)
    }

    pub fn answers_nothing(self, draft: &str) -> Vec<u8> {
        self.document(draft, 1, &NOTHING)
    }

    pub fn change(self, draft: &str, update: &[u8]) -> Vec<u8> {
        self.document(draft, 2, update)
    }

    /// What must be said before anything is answered.
    pub fn greeting(self, draft: &str) -> Option<Vec<u8>> {
        if self == Framing::YWebsocket {
            return None;
        }
        let mut frame = Vec::new();
        put_bytes(&mut frame, draft.as_bytes());
        frame.extend([2, 0]);
        put_bytes(&mut frame, b"nobody in particular");
        put_bytes(&mut frame, b"4.7.0");
        Some(frame)
    }

    pub fn read(self, frame: &[u8]) -> Message<'_> {
        self.parse(frame).unwrap_or(Message::Other)
    }

    fn parse(self, mut frame: &[u8]) -> Option<Message<'_>> {
        let rest = &mut frame;
        if self == Framing::Hocuspocus {
            take_bytes(rest)?;
        }
        Some(match (take_number(rest)?, self) {
            (0, _) | (4, Framing::Hocuspocus) => match take_number(rest)? {
                0 => Message::WhatIHave,
                1 => Message::WhatYouLack(take_bytes(rest)?),
                2 => Message::Change(take_bytes(rest)?),
                _ => Message::Other,
            },
            (2, Framing::Hocuspocus) if take_number(rest)? == 1 => Message::Denied,
            (COMMITTED, Framing::YWebsocket) => Message::Committed(take_number(rest)?),
            _ => Message::Other,
        })
    }

    fn document(self, draft: &str, kind: u8, payload: &[u8]) -> Vec<u8> {
        let mut frame = Vec::with_capacity(payload.len() + draft.len() + 12);
        if self == Framing::Hocuspocus {
            put_bytes(&mut frame, draft.as_bytes());
        }
        frame.extend([0, kind]);
        put_bytes(&mut frame, payload);
        frame
    }
}

pub fn put_number(to: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

pub fn put_bytes(to: &mut Vec<u8>, bytes: &[u8]) {
    put_number(to, bytes.len() as u64);
    to.extend_from_slice(bytes);
}

pub fn take_number(from: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

pub fn take_bytes<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(take_number(from)?).ok()?;
    let (bytes, rest) = from.split_at_checked(length)?;
    *from = rest;
    Some(bytes)
}
