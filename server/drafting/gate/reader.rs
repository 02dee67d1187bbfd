//! Reads the bytes of one Yjs v1 update into plain values, without recursion and without trusting a count.
//!
//! Only what an editor sends is read; everything else is refused here, before a CRDT library sees it. Nothing is
//! allocated from a number in the bytes: lists grow by what is really there, so memory follows the update's size.
//! The format is that of Yjs 13 (`encodeStateAsUpdate`); numbers and text are lib0's.

use super::cursor::{Cursor, Id};
use super::refusal::GateRefusal;
use crate::drafting::limits::*;

/// For each client its deleted stretches `[start, end)`.
pub type Deletions = Vec<(u64, Vec<(u32, u32)>)>;

#[derive(Debug)]
pub struct Parsed<'a> {
    pub sections: Vec<Section<'a>>,
    /// Ascending and disjoint within each client.
    pub deletions: Deletions,
    /// Size of the deletions as written.
    pub deletions_bytes: usize,
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
    pub parent: Parent<'a>,
    pub sub: Option<&'a str>,
    pub content: Content<'a>,
    /// Size as written.
    pub bytes: usize,
}

#[derive(Debug, Clone, Copy)]
pub enum Parent<'a> {
    /// That of its neighbours.
    Inherited,
    Root(&'a str),
    Item(Id),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content<'a> {
    /// Collected: the place is taken, what stood there is gone.
    Gc,
    Deleted,
    Text(&'a str),
    Embed,
    Format,
    Value,
    Type(Shape),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Array,
    Map,
    Text,
    XmlElement,
    XmlFragment,
    XmlText,
}

/// Reads a whole update. The caller has checked the size of `bytes`.
pub fn read(bytes: &[u8]) -> Result<Parsed<'_>, GateRefusal> {
    let mut from = Cursor { bytes, at: 0 };
    let clients = from.count(DOCUMENT_CLIENTS_MAX, "clients")?;
    let mut sections: Vec<Section> = Vec::new();
    for _ in 0..clients {
        sections.push(section(&mut from)?);
    }
    refuse_repeated(sections.iter().map(|section| section.client).collect())?;
    let before = from.at;
    let deletions = deletions(&mut from)?;
    if from.at != bytes.len() {
        return Err(GateRefusal::Malformed("bytes follow the end of the update"));
    }
    Ok(Parsed { sections, deletions, deletions_bytes: from.at - before })
}

/// Reads a state vector: which clocks of which client the sender has. Bounded by its own size.
pub fn read_state_vector(bytes: &[u8]) -> Result<Vec<(u64, u32)>, GateRefusal> {
    let mut from = Cursor { bytes, at: 0 };
    let count = from.count(DOCUMENT_CLIENTS_MAX, "clients")?;
    let mut known = Vec::new();
    for _ in 0..count {
        known.push((from.client()?, from.clock()?));
    }
    refuse_repeated(known.iter().map(|(client, _)| *client).collect())?;
    if from.at != bytes.len() {
        return Err(GateRefusal::Malformed("bytes follow the end of the state vector"));
    }
    Ok(known)
}

fn section<'a>(from: &mut Cursor<'a>) -> Result<Section<'a>, GateRefusal> {
    let count = from.count(UPDATE_BYTES_MAX.max(from.bytes.len()), "items")?;
    let client = from.client()?;
    let start = from.clock()?;
    if count == 0 {
        return Err(GateRefusal::Malformed("a client without items"));
    }
    let (mut end, mut pieces) = (start, Vec::new());
    for _ in 0..count {
        let piece = piece(from, end)?;
        end = end.checked_add(piece.len).filter(|end| *end <= CLOCK_MAX).ok_or(GateRefusal::TooMuch("clock"))?;
        pieces.push(piece);
    }
    Ok(Section { client, start, end, pieces })
}

fn piece<'a>(from: &mut Cursor<'a>, start: u32) -> Result<Piece<'a>, GateRefusal> {
    const HAS_LEFT: u8 = 0x80;
    const HAS_RIGHT: u8 = 0x40;
    const HAS_SUB: u8 = 0x20;
    let before = from.at;
    let info = from.byte()?;
    if info == 0 {
        let len = from.length()?;
        let (left, right, parent, sub, content) = (None, None, Parent::Inherited, None, Content::Gc);
        return Ok(Piece { start, len, left, right, parent, sub, content, bytes: from.at - before });
    }
    // A client that was served in order never holds a gap, so it never sends one.
    if info & 0x1f == 10 {
        return Err(GateRefusal::Missing);
    }
    let left = if info & HAS_LEFT != 0 { Some(from.id()?) } else { None };
    let right = if info & HAS_RIGHT != 0 { Some(from.id()?) } else { None };
    let (mut parent, mut sub) = (Parent::Inherited, None);
    if left.is_none() && right.is_none() {
        // Yjs compares with 1 and takes everything else for an id; only the two honest values pass.
        parent = match from.number(1)? {
            1 => Parent::Root(from.name()?),
            _ => Parent::Item(from.id()?),
        };
        if info & HAS_SUB != 0 {
            sub = Some(from.name()?);
        }
    }
    let (content, len) = content(from, info & 0x1f)?;
    Ok(Piece { start, len, left, right, parent, sub, content, bytes: from.at - before })
}

fn content<'a>(from: &mut Cursor<'a>, kind: u8) -> Result<(Content<'a>, u32), GateRefusal> {
    Ok(match kind {
        1 => (Content::Deleted, from.length()?),
        // Providers that keep who deleted what in the document write it as bytes into a list.
        3 => {
            let len = from.number(JSON_BYTES_MAX as u64)?;
            from.take(len as usize)?;
            (Content::Value, 1)
        }
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
        5 => {
            json(from.text()?)?;
            (Content::Embed, 1)
        }
        6 => {
            from.name()?;
            json(from.text()?)?;
            (Content::Format, 1)
        }
        7 => (Content::Type(shape(from)?), 1),
        8 => {
            let len = from.length()?;
            for _ in 0..len {
                value(from)?;
            }
            (Content::Value, len)
        }
        2 => return Err(GateRefusal::Forbidden("the outdated JSON content")),
        9 => return Err(GateRefusal::Forbidden("a document inside the document")),
        _ => return Err(GateRefusal::Forbidden("content of an unknown kind")),
    })
}

fn shape(from: &mut Cursor<'_>) -> Result<Shape, GateRefusal> {
    Ok(match from.number(u64::MAX)? {
        0 => Shape::Array,
        1 => Shape::Map,
        2 => Shape::Text,
        3 => {
            from.name()?;
            Shape::XmlElement
        }
        4 => Shape::XmlFragment,
        6 => Shape::XmlText,
        _ => return Err(GateRefusal::Forbidden("a shared type no editor makes")),
    })
}

/// One lib0 `any`. A stack of its own, because the libraries behind the gate recurse here.
fn value(from: &mut Cursor<'_>) -> Result<(), GateRefusal> {
    // For every open list or map: whether it has keys, and how many values are still to come.
    let mut open: Vec<(bool, u64)> = Vec::new();
    loop {
        match from.byte()? {
            127 | 126 | 121 | 120 => {}
            125 => from.signed()?,
            124 => {
                let raw = from.take(4)?.try_into().unwrap_or_default();
                finite(f32::from_be_bytes(raw).into())?;
            }
            123 => {
                let raw = from.take(8)?.try_into().unwrap_or_default();
                finite(f64::from_be_bytes(raw))?;
            }
            119 => {
                from.text()?;
            }
            tag @ (118 | 117) => {
                let count = from.number(from.left() as u64)?;
                if open.len() >= VALUE_DEPTH_MAX {
                    return Err(GateRefusal::TooDeep);
                }
                open.push((tag == 118, count));
            }
            // A big integer has no JSON and would break whoever writes the document out.
            122 => return Err(GateRefusal::Forbidden("a big integer")),
            // Relative positions of remarks are kept as bytes.
            116 => {
                let len = from.number(JSON_BYTES_MAX as u64)?;
                from.take(len as usize)?;
            }
            _ => return Err(GateRefusal::Malformed("a value of an unknown kind")),
        }
        while open.last().is_some_and(|(_, left)| *left == 0) {
            open.pop();
        }
        let Some((keyed, left)) = open.last_mut() else { return Ok(()) };
        *left -= 1;
        if *keyed && from.text()? == "__proto__" {
            return Err(GateRefusal::Forbidden("a key that JavaScript takes for a prototype"));
        }
    }
}

fn finite(number: f64) -> Result<(), GateRefusal> {
    if number.is_finite() { Ok(()) } else { Err(GateRefusal::Forbidden("a number that is not finite")) }
}

/// Formatting values and embeds travel as JSON text. Read with the parser that yrs uses, so that both accept the same.
fn json(text: &str) -> Result<(), GateRefusal> {
    if matches!(text, "null" | "true" | "false" | "{}" | "\"\"") {
        return Ok(());
    }
    if text.len() > JSON_BYTES_MAX {
        return Err(GateRefusal::TooMuch("formatting value"));
    }
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > VALUE_DEPTH_MAX {
            return Err(GateRefusal::TooDeep);
        }
    }
    serde_json::from_str::<serde_json::Value>(text).map(|_| ()).map_err(|_| GateRefusal::Malformed("a formatting value that is not JSON"))
}

fn deletions(from: &mut Cursor<'_>) -> Result<Deletions, GateRefusal> {
    let clients = from.count(DOCUMENT_CLIENTS_MAX, "clients with deletions")?;
    let mut all = Vec::new();
    for _ in 0..clients {
        let client = from.client()?;
        let count = from.count(from.left(), "deletions")?;
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
