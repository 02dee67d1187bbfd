//! What goes through the pipe to a worker: a length, a kind, whom and what it is about, then parts with
//! their lengths.

use bytes::Bytes;

use crate::drafting::gate::{Cursor, write_number};
use crate::drafting::limits::{CLIENT_ID_MAX, WORKER_MESSAGE_BYTES_MAX};

/// A request as the server writes it.
pub enum Request<'a> {
    Merge {
        parts: &'a [Bytes],
    },
    Diff {
        known: &'a [u8],
        parts: &'a [Bytes],
    },
    Project {
        parts: &'a [Bytes],
    },
    /// `text` as JSON.
    Replace {
        client: u64,
        text: &'a [u8],
        parts: &'a [Bytes],
    },
    SaidBefore {
        parts: &'a [Bytes],
    },
    /// `text` as JSON.
    Rewrite {
        client: u64,
        text: &'a [u8],
        parts: &'a [Bytes],
    },
    Accepted {
        parts: &'a [Bytes],
    },
    Marked {
        parts: &'a [Bytes],
    },
}

/// A request as the worker reads it.
pub enum Asked<'a> {
    Merge(Vec<&'a [u8]>),
    Diff(&'a [u8], Vec<&'a [u8]>),
    Project(Vec<&'a [u8]>),
    Replace(u64, &'a [u8], Vec<&'a [u8]>),
    SaidBefore(Vec<&'a [u8]>),
    Rewrite(u64, &'a [u8], Vec<&'a [u8]>),
    Accepted(Vec<&'a [u8]>),
    Marked(Vec<&'a [u8]>),
}

pub fn write_request(request: &Request<'_>) -> Vec<u8> {
    let (kind, client, beside, parts) = match request {
        Request::Merge { parts } => (1, 0, &[][..], parts),
        Request::Diff { known, parts } => (2, 0, *known, parts),
        Request::Project { parts } => (3, 0, &[][..], parts),
        Request::Replace { client, text, parts } => (4, *client, *text, parts),
        Request::SaidBefore { parts } => (5, 0, &[][..], parts),
        Request::Rewrite { client, text, parts } => (6, *client, *text, parts),
        Request::Accepted { parts } => (7, 0, &[][..], parts),
        Request::Marked { parts } => (8, 0, &[][..], parts),
    };
    let mut to = vec![kind];
    write_number(&mut to, client);
    write_number(&mut to, beside.len() as u64);
    to.extend(beside);
    write_number(&mut to, parts.len() as u64);
    for part in parts.iter() {
        write_number(&mut to, part.len() as u64);
        to.extend(part.iter());
    }
    to
}

pub fn read_request(bytes: &[u8]) -> Option<Asked<'_>> {
    let mut from = Cursor { bytes, at: 0 };
    let kind = from.byte().ok()?;
    let client = from.number(CLIENT_ID_MAX).ok()?;
    let beside = part(&mut from)?;
    let count = from.count("parts").ok()?;
    let parts = (0..count).map(|_| part(&mut from)).collect::<Option<Vec<_>>>()?;
    match kind {
        1 => Some(Asked::Merge(parts)),
        2 => Some(Asked::Diff(beside, parts)),
        3 => Some(Asked::Project(parts)),
        4 => Some(Asked::Replace(client, beside, parts)),
        5 => Some(Asked::SaidBefore(parts)),
        6 => Some(Asked::Rewrite(client, beside, parts)),
        7 => Some(Asked::Accepted(parts)),
        8 => Some(Asked::Marked(parts)),
        _ => None,
    }
}

fn part<'a>(from: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let len = from.number(WORKER_MESSAGE_BYTES_MAX as u64).ok()?;
    from.take(len as usize).ok()
}
