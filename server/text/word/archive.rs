//! The zip folder that a file of a word processor is, read without trusting a word of it.
//!
//! Only what is asked for is inflated, and all of it together has a ceiling: what a file says of its sizes is not believed, so a small
//! file that swells is refused while it swells. Nothing is written anywhere. Only what word processors write is read: parts that are stored
//! or deflated, in one piece, not encrypted.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::DeflateDecoder;

use super::incoming::Unread;
use crate::text::limits::{WORD_INFLATED_BYTES_MAX, WORD_PARTS_MAX};

const END: [u8; 4] = *b"PK\x05\x06";
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const PART: [u8; 4] = *b"PK\x03\x04";
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// The record that ends a zip, and the longest comment behind it.
const END_BYTES: usize = 22;
const COMMENT_BYTES_MAX: usize = 65_535;

pub struct Archive<'a> {
    bytes: &'a [u8],
    parts: HashMap<String, Entry>,
    /// What may still be inflated.
    left: usize,
}

struct Entry {
    encrypted: bool,
    method: u16,
    packed: usize,
    at: usize,
}

impl<'a> Archive<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Unread> {
        let end = end_of(bytes).ok_or(Unread::Unknown)?;
        let (count, mut at) = (number(bytes, end + 10, 2)?, number(bytes, end + 16, 4)?);
        if count > WORD_PARTS_MAX {
            return Err(Unread::TooMuch);
        }
        let mut parts = HashMap::new();
        for _ in 0..count {
            if slice(bytes, at, 4)? != ENTRY {
                return Err(Unread::Broken);
            }
            let lengths = [28, 30, 32].map(|field| number(bytes, at + field, 2));
            let [name, extra, comment] = lengths;
            let (name, behind) = (name?, extra? + comment?);
            let entry = Entry {
                encrypted: number(bytes, at + 8, 2)? & 1 == 1,
                method: number(bytes, at + 10, 2)? as u16,
                packed: number(bytes, at + 20, 4)?,
                at: number(bytes, at + 42, 4)?,
            };
            let called = String::from_utf8_lossy(slice(bytes, at + 46, name)?).into_owned();
            parts.entry(called).or_insert(entry);
            at = at + 46 + name + behind;
        }
        Ok(Archive { bytes, parts, left: WORD_INFLATED_BYTES_MAX })
    }

    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// The words of a part; nothing where the file has no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Unread> {
        let Some(entry) = self.parts.get(name) else { return Ok(None) };
        if entry.encrypted {
            return Err(Unread::Locked);
        }
        let header = entry.at;
        if slice(self.bytes, header, 4)? != PART {
            return Err(Unread::Broken);
        }
        let start = header + 30 + number(self.bytes, header + 26, 2)? + number(self.bytes, header + 28, 2)?;
        let packed = slice(self.bytes, start, entry.packed)?;
        let mut words = Vec::new();
        // One byte more than may be: whoever reaches it is over.
        let room = self.left as u64 + 1;
        let read = match entry.method {
            STORED => packed.take(room).read_to_end(&mut words),
            DEFLATED => DeflateDecoder::new(packed).take(room).read_to_end(&mut words),
            _ => return Err(Unread::Broken),
        };
        read.map_err(|_| Unread::Broken)?;
        self.left = self.left.checked_sub(words.len()).ok_or(Unread::TooMuch)?;
        String::from_utf8(words).map(Some).map_err(|_| Unread::Broken)
    }
}

/// Where the last record begins.
fn end_of(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_BYTES)?;
    let first = last.saturating_sub(COMMENT_BYTES_MAX);
    (first..=last).rev().find(|at| bytes[*at..].starts_with(&END))
}

fn slice(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], Unread> {
    at.checked_add(length).and_then(|end| bytes.get(at..end)).ok_or(Unread::Broken)
}

/// A number as zips write it, its last byte first.
fn number(bytes: &[u8], at: usize, length: usize) -> Result<usize, Unread> {
    Ok(slice(bytes, at, length)?.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

#[cfg(test)]
pub mod tests {
    use std::io::Write;

    use flate2::{Compression, write::DeflateEncoder};

    use super::*;

    /// A zip of these parts, deflated.
    pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let (mut bytes, mut list) = (Vec::new(), Vec::new());
        for (name, words) in parts {
            let mut deflated = DeflateEncoder::new(Vec::new(), Compression::fast());
            deflated.write_all(words.as_bytes()).unwrap();
            let packed = deflated.finish().unwrap();
            let mut facts = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            facts.extend((packed.len() as u32).to_le_bytes());
            facts.extend((words.len() as u32).to_le_bytes());
            facts.extend((name.len() as u16).to_le_bytes());
            list.extend(ENTRY.into_iter().chain([20, 0]).chain(facts.clone()).chain([0; 12]));
            list.extend((bytes.len() as u32).to_le_bytes());
            list.extend(name.as_bytes());
            bytes.extend(PART.into_iter().chain(facts).chain([0, 0]));
            bytes.extend(name.as_bytes().iter().chain(&packed));
        }
        let (count, at, length) = ((parts.len() as u16).to_le_bytes(), bytes.len() as u32, list.len() as u32);
        bytes.extend(list);
        bytes.extend(END.into_iter().chain([0; 4]).chain(count).chain(count));
        bytes.extend(length.to_le_bytes().into_iter().chain(at.to_le_bytes()).chain([0, 0]));
        bytes
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let bytes = zipped(&[("a.xml", "one"), ("b/c.xml", "two")]);
        let mut archive = Archive::open(&bytes).unwrap();
        assert!(archive.has("a.xml") && !archive.has("c.xml"));
        assert_eq!(archive.part("b/c.xml").unwrap().as_deref(), Some("two"));
        assert_eq!(archive.part("d.xml").unwrap(), None);
    }

    #[test]
    fn a_file_that_swells_is_refused_whatever_it_says_of_its_size() {
        let half = " ".repeat(WORD_INFLATED_BYTES_MAX / 2 + 1);
        let bytes = zipped(&[("a.xml", &half), ("b.xml", &half)]);
        assert!(bytes.len() < 300_000, "{}", bytes.len());
        let mut archive = Archive::open(&bytes).unwrap();
        assert!(archive.part("a.xml").is_ok());
        assert_eq!(archive.part("b.xml").unwrap_err(), Unread::TooMuch);
        let many: Vec<(String, &str)> = (0..=WORD_PARTS_MAX).map(|number| (format!("{number}"), "")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(name, words)| (name.as_str(), *words)).collect();
        assert_eq!(Archive::open(&zipped(&many)).err(), Some(Unread::TooMuch));
    }

    #[test]
    fn what_is_no_zip_is_unknown() {
        for bytes in [&b""[..], b"PK", b"%PDF-1.7 and so on, longer than an end", &[0; 100]] {
            assert_eq!(Archive::open(bytes).err(), Some(Unread::Unknown));
        }
    }
}
