//! A stretch of a draft's journal in few bytes: entries one behind the other, compressed, with a digest over what was there.
//!
//! Numbers, moments and every byte of every update come back as they were. Who wrote an entry is not in it: an entry says the
//! place of its writer in a list that is stored beside it in rows. So a person is erased by changing a row of that list, no
//! compressed byte is touched, the digest still fits, and nobody's id is found in a backup of the bytes. (Leaving person and
//! organisation in a row for each entry would have kept most of the bulk: they are larger than what somebody types.)
//! Like things stand together (all numbers, all moments, …), because that compresses best.

use std::io::{self, Read, Write};

use bytes::Bytes;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use sha2::{Digest, Sha256};

use super::gate::{Cursor, PersonKey, write_number};
use super::limits::*;
use super::room::JournalEntry;
use crate::kernel::{Moment, OrganisationId, StatementId};

/// An entry as the journal keeps it: with its moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub entry: JournalEntry,
    pub at: Moment,
}

/// In whose name an entry was written.
pub type Writer = (PersonKey, Option<OrganisationId>);

/// What is stored for a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The first and the last entry in it.
    pub since: u64,
    pub upto: u64,
    pub body: Vec<u8>,
    pub digest: Vec<u8>,
    pub writers: Vec<Writer>,
}

/// What is stored is not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the entries {since} to {upto} of a draft's journal are not what was put away; restore them from a backup")]
pub struct Damaged {
    pub since: u64,
    pub upto: u64,
}

/// What is read of a segment at most: its updates, and what is said of each.
const RAW_BYTES_MAX: usize = SEGMENT_BYTES_MAX + DOCUMENT_BYTES_MAX;

impl Segment {
    /// Of a stretch in its order; nothing of none.
    pub fn of(statement: StatementId, stretch: &[Kept]) -> io::Result<Option<Segment>> {
        let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { return Ok(None) };
        let (since, upto) = (first.entry.seq, last.entry.seq);
        let mut writers: Vec<Writer> = Vec::new();
        let raw = written(stretch, &mut writers);
        let mut packing = DeflateEncoder::new(Vec::new(), Compression::default());
        packing.write_all(&raw)?;
        Ok(Some(Segment { since, upto, body: packing.finish()?, digest: digest_of(statement, since, upto, &raw), writers }))
    }

    /// The stretch it was made of.
    pub fn entries(&self, statement: StatementId) -> Result<Vec<Kept>, Damaged> {
        let damaged = Damaged { since: self.since, upto: self.upto };
        let mut raw = Vec::new();
        let unpacked = DeflateDecoder::new(self.body.as_slice()).take(RAW_BYTES_MAX as u64 + 1).read_to_end(&mut raw);
        if unpacked.is_err() || digest_of(statement, self.since, self.upto, &raw) != self.digest {
            return Err(damaged);
        }
        read(&raw, self.since, &self.writers).ok_or(damaged)
    }
}

fn written(stretch: &[Kept], writers: &mut Vec<Writer>) -> Vec<u8> {
    let mut to = Vec::new();
    write_number(&mut to, stretch.len() as u64);
    let (mut seq, mut at) = (stretch.first().map_or(0, |kept| kept.entry.seq), 0);
    for Kept { entry, .. } in stretch {
        write_number(&mut to, entry.seq.saturating_sub(seq));
        seq = entry.seq;
    }
    for kept in stretch {
        write_signed(&mut to, kept.at.millis() - at);
        at = kept.at.millis();
    }
    for Kept { entry, .. } in stretch {
        let writer = (entry.person, entry.organisation);
        let place = writers.iter().position(|known| *known == writer).unwrap_or_else(|| {
            writers.push(writer);
            writers.len() - 1
        });
        write_number(&mut to, place as u64);
    }
    stretch.iter().for_each(|kept| write_number(&mut to, kept.entry.update.len() as u64));
    stretch.iter().for_each(|kept| to.extend(kept.entry.update.iter()));
    to
}

fn read(raw: &[u8], since: u64, writers: &[Writer]) -> Option<Vec<Kept>> {
    let mut from = Cursor { bytes: raw, at: 0 };
    let count = from.count("entries").ok()?;
    let mut column = || (0..count).map(|_| from.number(CLIENT_ID_MAX).ok()).collect::<Option<Vec<u64>>>();
    let (steps, moments, places, lengths) = (column()?, column()?, column()?, column()?);
    let (mut seq, mut at) = (since, 0);
    let mut entries = Vec::new();
    for (((step, moment), place), length) in steps.into_iter().zip(moments).zip(places).zip(lengths) {
        (seq, at) = (seq + step, at + signed(moment));
        let (person, organisation) = *writers.get(place as usize)?;
        let update = Bytes::copy_from_slice(from.take(length as usize).ok()?);
        entries.push(Kept { entry: JournalEntry { seq, person, organisation, update }, at: Moment::from_millis(at)? });
    }
    (from.left() == 0).then_some(entries)
}

/// SHA-256 over the draft, the first and the last entry, and what is compressed.
fn digest_of(statement: StatementId, since: u64, upto: u64, raw: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new_with_prefix(b"undersigned draft segment 1\0");
    hash.update(statement.bytes());
    hash.update(since.to_be_bytes());
    hash.update(upto.to_be_bytes());
    hash.update(raw);
    hash.finalize().to_vec()
}

/// Small steps in both directions: a clock may be set back.
fn write_signed(to: &mut Vec<u8>, number: i64) {
    write_number(to, ((number << 1) ^ (number >> 63)) as u64);
}

fn signed(number: u64) -> i64 {
    ((number >> 1) as i64) ^ -((number & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::secret::random;

    fn a_stretch() -> Vec<Kept> {
        let riverside = Some(OrganisationId::from_bytes(random()));
        let written = [
            (7, PersonKey(0), None, vec![], 1_770_000_000_000),
            (8, PersonKey(u128::MAX), riverside, vec![0; 300], 1_770_000_000_001),
            (11, PersonKey(5), riverside, random::<200>().to_vec(), 1_769_999_000_000),
            (12, PersonKey(5), None, vec![1, 2, 3], -5),
            (13, PersonKey(u128::MAX), riverside, vec![255], 4_000_000_000_000),
        ];
        let kept = |(seq, person, organisation, update, at): (u64, PersonKey, _, Vec<u8>, i64)| Kept {
            entry: JournalEntry { seq, person, organisation, update: update.into() },
            at: Moment::from_millis(at).unwrap(),
        };
        written.into_iter().map(kept).collect()
    }

    #[test]
    fn a_stretch_comes_back_byte_for_byte_and_nobody_else_reads_it() {
        let (statement, stretch) = (StatementId::from_bytes(random()), a_stretch());
        let segment = Segment::of(statement, &stretch).unwrap().unwrap();
        assert_eq!((segment.since, segment.upto, segment.writers.len()), (7, 13, 4));
        assert_eq!(segment.entries(statement), Ok(stretch));
        let damaged = Err(Damaged { since: 7, upto: 13 });
        assert_eq!(segment.entries(StatementId::from_bytes(random())), damaged);
        for at in 0..segment.body.len() {
            let mut body = segment.body.clone();
            body[at] ^= 1 << (at % 8);
            let other = Segment { body, ..segment.clone() };
            assert!(other.entries(statement) == damaged || other.entries(statement) == segment.entries(statement), "byte {at}");
        }
        assert_eq!(Segment { body: segment.body[1..].to_vec(), ..segment.clone() }.entries(statement), damaged);
        assert_eq!(Segment { writers: segment.writers[..3].to_vec(), ..segment.clone() }.entries(statement), damaged);
        assert_eq!(Segment::of(statement, &[]).unwrap(), None);
    }

    #[test]
    fn who_is_erased_from_the_list_of_writers_is_in_no_byte_of_it() {
        let (statement, stretch) = (StatementId::from_bytes(random()), a_stretch());
        let mut segment = Segment::of(statement, &stretch).unwrap().unwrap();
        let nobody = PersonKey(0);
        segment.writers.iter_mut().for_each(|writer| *writer = (nobody, None));
        let read = segment.entries(statement).unwrap();
        assert!(read.iter().all(|kept| kept.entry.person == nobody && kept.entry.organisation.is_none()));
        let bytes = |all: &[Kept]| all.iter().map(|kept| (kept.entry.seq, kept.entry.update.clone(), kept.at)).collect::<Vec<_>>();
        assert_eq!(bytes(&read), bytes(&stretch));
    }
}
