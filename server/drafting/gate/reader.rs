//! Reads the bytes of one Yjs v1 update into plain values, without recursion and without trusting a count.
//!
//! Only what an editor of flat texts sends is read: letters, embeds, formats, and places of what was deleted, each in a
//! text the description knows. Shared types, values, keys and collected places are refused here, before a CRDT library
//! sees them; a place is collected only together with a shared type it stood in, and there is none.
//! Nothing is allocated from a number in the bytes: lists grow by what is really there, so memory follows the update's
//! size. The format is that of Yjs 13 (`encodeStateAsUpdate`); numbers and text are lib0's.

use super::cursor::{Cursor, Id};
use super::description::{Description, Root};
use super::refusal::GateRefusal;
use crate::drafting::limits::*;

/// For each client its deleted stretches `[start, end)`.
pub type Deletions = Vec<(u64, Vec<(u32, u32)>)>;

#[derive(Debug)]
pub struct Parsed<'a> {
    pub sections: Vec<Section<'a>>,
    /// Ascending and disjoint within each client.
    pub deletions: Deletions,
}

/// What one client made: pieces with clocks that follow one another.
#[derive(Debug)]
pub struct Section<'a> {
    pub client: u64,
    pub start: u32,
    pub end: u32,
    pub pieces: Vec<Piece<'a>>,
}

#[derive(Debug)]
pub struct Piece<'a> {
    pub start: u32,
    pub len: u32,
    pub left: Option<Id>,
    pub right: Option<Id>,
    /// Said where there is no neighbour to tell.
    pub root: Option<Root>,
    pub content: Content<'a>,
    /// Size as written.
    pub bytes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content<'a> {
    Deleted,
    Text(&'a str),
    /// As JSON.
    Embed(&'a str),
    /// A key, and its value as JSON.
    Format(&'a str, &'a str),
}

/// Reads a whole update. The caller has checked the size of `bytes`.
pub fn read(bytes: &[u8], description: Description) -> Result<Parsed<'_>, GateRefusal> {
    let mut from = Cursor { bytes, at: 0 };
    let clients = from.count("clients")?;
    let mut sections: Vec<Section> = Vec::new();
    for _ in 0..clients {
        sections.push(section(&mut from, description)?);
    }
    refuse_repeated(sections.iter().map(|section| section.client).collect())?;
    let deletions = deletions(&mut from)?;
    if from.left() > 0 {
        return Err(GateRefusal::Malformed("bytes follow the end of the update"));
    }
    Ok(Parsed { sections, deletions })
}

/// Reads a state vector: which clocks of which client the sender has. Bounded by its own size.
pub fn read_state_vector(bytes: &[u8]) -> Result<Vec<(u64, u32)>, GateRefusal> {
    let mut from = Cursor { bytes, at: 0 };
    let count = from.count("clients")?;
    let mut known = Vec::new();
    for _ in 0..count {
        known.push((from.client()?, from.clock()?));
    }
    refuse_repeated(known.iter().map(|(client, _)| *client).collect())?;
    if from.left() > 0 {
        return Err(GateRefusal::Malformed("bytes follow the end of the state vector"));
    }
    Ok(known)
}

fn section<'a>(from: &mut Cursor<'a>, description: Description) -> Result<Section<'a>, GateRefusal> {
    let count = from.count("items")?;
    let client = from.client()?;
    let start = from.clock()?;
    if count == 0 {
        return Err(GateRefusal::Malformed("a client without items"));
    }
    let (mut end, mut pieces) = (start, Vec::new());
    for _ in 0..count {
        let piece = piece(from, end, description)?;
        end = end.checked_add(piece.len).filter(|end| *end <= CLOCK_MAX).ok_or(GateRefusal::TooMuch("clock"))?;
        pieces.push(piece);
    }
    Ok(Section { client, start, end, pieces })
}

fn piece<'a>(from: &mut Cursor<'a>, start: u32, description: Description) -> Result<Piece<'a>, GateRefusal> {
    const HAS_LEFT: u8 = 0x80;
    const HAS_RIGHT: u8 = 0x40;
    const HAS_KEY: u8 = 0x20;
    let before = from.at;
    let info = from.byte()?;
    if info == 0 {
        return Err(GateRefusal::Forbidden("a collected place"));
    }
    // A client that was served in order never holds a gap, so it never sends one.
    if info & 0x1f == 10 {
        return Err(GateRefusal::Missing);
    }
    if info & HAS_KEY != 0 {
        return Err(GateRefusal::Forbidden("a value under a key"));
    }
    let left = if info & HAS_LEFT != 0 { Some(from.id()?) } else { None };
    let right = if info & HAS_RIGHT != 0 { Some(from.id()?) } else { None };
    let mut root = None;
    if left.is_none() && right.is_none() {
        // Yjs compares with 1 and takes everything else for the id of a shared type.
        if from.number(u64::MAX)? != 1 {
            return Err(GateRefusal::Forbidden("content inside a shared type"));
        }
        root = Some(description.root(from.text()?).ok_or(GateRefusal::Forbidden("a text of this name"))?);
    }
    let (content, len) = content(from, info & 0x1f)?;
    Ok(Piece { start, len, left, right, root, content, bytes: from.at - before })
}

fn content<'a>(from: &mut Cursor<'a>, kind: u8) -> Result<(Content<'a>, u32), GateRefusal> {
    Ok(match kind {
        1 => (Content::Deleted, from.length()?),
        4 => {
            // Clocks count UTF-16 units, as JavaScript strings do.
            let text = from.text()?;
            let units: usize = text.chars().map(char::len_utf16).sum();
            let len = u32::try_from(units).map_err(|_| GateRefusal::TooMuch("text"))?;
            if len == 0 {
                return Err(GateRefusal::Malformed("an empty text"));
            }
            (Content::Text(text), len)
        }
        5 => (Content::Embed(json(from)?), 1),
        6 => (Content::Format(from.text()?, json(from)?), 1),
        7 => return Err(GateRefusal::Forbidden("a shared type")),
        9 => return Err(GateRefusal::Forbidden("a document inside the document")),
        2 | 3 | 8 => return Err(GateRefusal::Forbidden("values beside its text")),
        _ => return Err(GateRefusal::Forbidden("content of an unknown kind")),
    })
}

/// Formats and embeds travel as JSON text.
fn json<'a>(from: &mut Cursor<'a>) -> Result<&'a str, GateRefusal> {
    let json = from.text()?;
    if json.len() > JSON_BYTES_MAX { Err(GateRefusal::TooMuch("formatting value")) } else { Ok(json) }
}

fn deletions(from: &mut Cursor<'_>) -> Result<Deletions, GateRefusal> {
    let clients = from.count("clients with deletions")?;
    let mut all = Vec::new();
    for _ in 0..clients {
        let client = from.client()?;
        let count = from.count("deletions")?;
        let (mut ranges, mut floor): (Vec<(u32, u32)>, u32) = (Vec::new(), 0);
        for _ in 0..count {
            let start = from.clock()?;
            let end = start.checked_add(from.length()?).filter(|end| *end <= CLOCK_MAX).ok_or(GateRefusal::TooMuch("clock"))?;
            if start < floor {
                return Err(GateRefusal::Malformed("deletions out of order"));
            }
            floor = end;
            ranges.push((start, end));
        }
        all.push((client, ranges));
    }
    refuse_repeated(all.iter().map(|(client, _)| *client).collect())?;
    Ok(all)
}

fn refuse_repeated(mut clients: Vec<u64>) -> Result<(), GateRefusal> {
    clients.sort_unstable();
    if clients.windows(2).any(|pair| pair[0] == pair[1]) { Err(GateRefusal::RepeatedClient) } else { Ok(()) }
}
