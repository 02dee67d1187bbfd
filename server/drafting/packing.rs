//! Many updates as one, without a CRDT: what each client made is put behind what it made before, and deletions are united.
//!
//! A newcomer is sent what has come since the base in one message however much it is, and whoever could not keep up is sent
//! what was missed. Letters that were typed one behind the other become one item, as every reader makes of them; everything
//! else stays the item it came as. It takes updates that have passed the gate, in the journal's order: each client's clocks go on without a gap,
//! and what comes again is what came before.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::gate::{Cursor, GateRefusal, Id, write_number};

/// What the updates hold together.
pub fn pack<'a>(updates: impl IntoIterator<Item = &'a Bytes>) -> Result<Bytes, GateRefusal> {
    let mut pack = Pack::default();
    for update in updates {
        pack.add(update)?;
    }
    Ok(pack.written())
}

#[derive(Default)]
struct Pack {
    made: BTreeMap<u64, Made>,
    deleted: BTreeMap<u64, Vec<(u32, u32)>>,
}

/// What one client made: pieces as they were written, clocks from `start` up to `next`.
struct Made {
    start: u32,
    next: u32,
    pieces: u64,
    bytes: Vec<u8>,
    /// The last piece, while it may still go on.
    open: Option<Typed>,
}

/// Text that is not written yet: what stands before it, its right neighbour as written, and its letters.
struct Typed {
    head: Vec<u8>,
    right: Vec<u8>,
    text: String,
}

impl Pack {
    fn add(&mut self, update: &[u8]) -> Result<(), GateRefusal> {
        let mut from = Cursor { bytes: update, at: 0 };
        for _ in 0..from.count("clients")? {
            let count = from.count("items")?;
            let (client, start) = (from.client()?, from.clock()?);
            let made = self.made.entry(client).or_insert(Made { start, next: start, pieces: 0, bytes: Vec::new(), open: None });
            let mut at = start;
            for _ in 0..count {
                let piece = Piece::read(&mut from)?;
                made.take(client, at, &piece);
                at += piece.len;
            }
        }
        for _ in 0..from.count("clients with deletions")? {
            let ranges = self.deleted.entry(from.client()?).or_default();
            for _ in 0..from.count("deletions")? {
                let start = from.clock()?;
                ranges.push((start, start + from.length()?));
            }
        }
        Ok(())
    }

    fn written(mut self) -> Bytes {
        self.made.retain(|_, made| made.pieces > 0);
        self.made.values_mut().for_each(Made::close);
        let mut to = Vec::with_capacity(self.made.values().map(|made| made.bytes.len() + 16).sum::<usize>() + 64);
        write_number(&mut to, self.made.len() as u64);
        // Editors write the highest client first.
        for (client, made) in self.made.iter().rev() {
            write_number(&mut to, made.pieces);
            write_number(&mut to, *client);
            write_number(&mut to, made.start.into());
            to.extend(&made.bytes);
        }
        write_number(&mut to, self.deleted.len() as u64);
        for (client, ranges) in self.deleted.into_iter().rev() {
            let ranges = united(ranges);
            write_number(&mut to, client);
            write_number(&mut to, ranges.len() as u64);
            for (start, end) in ranges {
                write_number(&mut to, start.into());
                write_number(&mut to, (end - start).into());
            }
        }
        to.into()
    }
}

impl Made {
    /// Takes what of a piece is new.
    fn take(&mut self, client: u64, at: u32, piece: &Piece<'_>) {
        let had = self.next.saturating_sub(at);
        if had >= piece.len {
            return;
        }
        self.next = at + piece.len;
        let before = (at + had).checked_sub(1).map(|clock| Id { client, clock });
        match piece.content {
            Content::Text(text) => {
                let is_behind = before.is_some() && (had > 0 || piece.left == before);
                match &mut self.open {
                    Some(open) if is_behind && open.right == piece.right => open.text.push_str(rest_of(text, had)),
                    _ => {
                        self.close();
                        self.pieces += 1;
                        let head = if had == 0 { piece.head.to_vec() } else { piece.head_behind(before) };
                        self.open = Some(Typed { head, right: piece.right.to_vec(), text: rest_of(text, had).to_owned() });
                    }
                }
            }
            Content::Deleted if had > 0 => {
                self.close();
                self.pieces += 1;
                self.bytes.extend(piece.head_behind(before));
                write_number(&mut self.bytes, u64::from(piece.len - had));
            }
            Content::Deleted | Content::One => {
                self.close();
                self.pieces += 1;
                self.bytes.extend(piece.raw);
            }
        }
    }

    /// Writes the last piece.
    fn close(&mut self) {
        if let Some(Typed { head, text, .. }) = self.open.take() {
            self.bytes.extend(head);
            write_number(&mut self.bytes, text.len() as u64);
            self.bytes.extend(text.as_bytes());
        }
    }
}

/// One item as it was written.
struct Piece<'a> {
    raw: &'a [u8],
    /// What stands before its content.
    head: &'a [u8],
    info: u8,
    left: Option<Id>,
    /// Its right neighbour as written, with nothing where it has none.
    right: &'a [u8],
    content: Content<'a>,
    len: u32,
}

enum Content<'a> {
    Text(&'a str),
    Deleted,
    /// Of one clock; never cut.
    One,
}

const HAS_LEFT: u8 = 0x80;
const HAS_RIGHT: u8 = 0x40;
const KIND: u8 = 0x1f;

impl<'a> Piece<'a> {
    fn read(from: &mut Cursor<'a>) -> Result<Piece<'a>, GateRefusal> {
        let (bytes, begin) = (from.bytes, from.at);
        let info = from.byte()?;
        let left = if info & HAS_LEFT != 0 { Some(from.id()?) } else { None };
        let before = from.at;
        if info & HAS_RIGHT != 0 {
            from.id()?;
        }
        let right = &bytes[before..from.at];
        if info & (HAS_LEFT | HAS_RIGHT) == 0 {
            from.byte()?;
            from.text()?;
        }
        let head = &bytes[begin..from.at];
        let (content, len) = match info & KIND {
            1 => (Content::Deleted, from.length()?),
            4 => {
                let text = from.text()?;
                (Content::Text(text), text.chars().map(|letter| letter.len_utf16() as u32).sum())
            }
            5 => {
                from.text()?;
                (Content::One, 1)
            }
            6 => {
                from.text()?;
                from.text()?;
                (Content::One, 1)
            }
            _ => return Err(GateRefusal::Malformed("an item that passed no gate")),
        };
        Ok(Piece { raw: &bytes[begin..from.at], head, info, left, right, content, len })
    }

    /// What stands before its content where it goes on behind a letter of its own: as an editor writes the rest of an item.
    fn head_behind(&self, before: Option<Id>) -> Vec<u8> {
        let mut to = vec![self.info];
        if let Some(Id { client, clock }) = before {
            to[0] |= HAS_LEFT;
            write_number(&mut to, client);
            write_number(&mut to, clock.into());
        }
        to.extend(self.right);
        to
    }
}

/// What follows the first units of a text.
fn rest_of(text: &str, units: u32) -> &str {
    let mut had = 0;
    let cut = text.char_indices().find(|(_, letter)| {
        let here = had >= units;
        had += letter.len_utf16() as u32;
        here
    });
    &text[cut.map_or(text.len(), |(at, _)| at)..]
}

fn united(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut united: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match united.last_mut() {
            Some((_, until)) if *until >= start => *until = end.max(*until),
            _ => united.push((start, end)),
        }
    }
    united
}

#[cfg(test)]
mod tests {
    use yrs::updates::decoder::Decode;
    use yrs::{ClientID, Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, Transact, Update};

    use super::*;
    use crate::drafting::gate::{Description, Gate, PersonKey};

    const WORDS: [&str; 6] = ["peace ", "сигнал", "图像", "😀😁", "x", "𠃋"];

    struct Page {
        doc: Doc,
        sent: StateVector,
    }

    fn page(client: u64) -> Page {
        let options = Options { client_id: ClientID::new(client), offset_kind: OffsetKind::Utf16, skip_gc: true, ..Options::default() };
        let doc = Doc::with_options(options);
        doc.get_or_insert_text("draft");
        Page { doc, sent: StateVector::default() }
    }

    fn hear(doc: &Doc, update: &[u8]) {
        doc.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
    }

    fn said(doc: &Doc) -> String {
        doc.get_or_insert_text("draft").get_string(&doc.transact())
    }

    /// Three people write, delete and send; some send again what they sent before.
    fn history(seed: u64) -> Vec<Bytes> {
        let mut random = seed * 2 + 1;
        let mut below = |most: u32| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as u32 % most
        };
        let mut pages = [page(7), page(300), page(70_000)];
        let mut journal: Vec<Bytes> = Vec::new();
        for _ in 0..60 {
            let now = below(3) as usize;
            for update in &journal {
                hear(&pages[now].doc, update);
            }
            let Page { doc, sent } = &mut pages[now];
            let text = doc.get_or_insert_text("draft");
            for _ in 0..=below(3) {
                let mut txn = doc.transact_mut();
                let units: Vec<u16> = text.get_string(&txn).encode_utf16().collect();
                let whole: Vec<u32> = (0..=units.len() as u32)
                    .filter(|at| !units.get(*at as usize).is_some_and(|unit| (0xdc00..0xe000).contains(unit)))
                    .collect();
                let at = whole[below(whole.len() as u32) as usize];
                if below(3) == 0 && at < units.len() as u32 {
                    text.remove_range(&mut txn, at, whole[whole.binary_search(&at).unwrap() + 1] - at);
                } else {
                    text.insert(&mut txn, at, WORDS[below(6) as usize]);
                }
            }
            let known = if below(5) == 0 { StateVector::default() } else { sent.clone() };
            journal.push(doc.transact().encode_state_as_update_v1(&known).into());
            *sent = doc.transact().state_vector();
        }
        journal
    }

    #[test]
    fn one_update_says_what_many_say_wherever_they_are_cut() {
        for seed in 0..60 {
            let journal = history(seed);
            let each = page(1).doc;
            journal.iter().for_each(|update| hear(&each, update));
            for cut in [0, 1, 17, 59, journal.len()] {
                let (before, after) = journal.split_at(cut);
                let packed = page(1).doc;
                hear(&packed, &pack(before).unwrap());
                hear(&packed, &pack(after).unwrap());
                assert!(!packed.transact().has_missing_updates());
                assert_eq!(said(&packed), said(&each), "seed {seed}, cut at {cut}");
                assert_eq!(packed.transact().state_vector(), each.transact().state_vector());
            }
        }
    }

    #[test]
    fn what_is_packed_passes_the_gate_and_packs_to_itself() {
        for seed in 0..20 {
            let journal = history(seed);
            let packed = pack(&journal).unwrap();
            assert_eq!(pack([&packed]).unwrap(), packed);
            assert!(packed.len() <= journal.iter().map(Bytes::len).sum::<usize>());
            let mut gate = Gate::of(Description::Statement);
            for client in [7, 300, 70_000] {
                gate.own(client, PersonKey(1));
            }
            gate.replay(PersonKey(1), &packed).unwrap();
        }
    }

    #[test]
    fn letters_typed_one_behind_the_other_are_one_piece() {
        let typing = page(9);
        let text = typing.doc.get_or_insert_text("draft");
        let mut journal = Vec::new();
        for (at, letter) in "one after another 😀".chars().enumerate() {
            let known = typing.doc.transact().state_vector();
            text.insert(&mut typing.doc.transact_mut(), at as u32, &letter.to_string());
            journal.push(Bytes::from(typing.doc.transact().encode_state_as_update_v1(&known)));
        }
        let whole = typing.doc.transact().encode_state_as_update_v1(&StateVector::default());
        assert_eq!(pack(&journal).unwrap(), whole, "as an editor writes it");
    }

    #[test]
    fn nothing_packs_to_nothing() {
        assert_eq!(pack([]).unwrap().as_ref(), [0, 0]);
        assert_eq!(pack([&Bytes::from_static(&[0, 0])]).unwrap().as_ref(), [0, 0]);
    }
}
