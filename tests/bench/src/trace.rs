//! A text as somebody really wrote it: each of 259,778 insertions and deletions as one update, as an editor would send them.

use crate::Fault;
use flate2::read::GzDecoder;
use std::{fs::File, io::Read, path::Path};
use yrs::{Doc, GetString, OffsetKind, Options, Text, Transact, Update, updates::decoder::Decode};

pub struct Trace {
    pub updates: Vec<Vec<u8>>,
}

/// Where `tests/bench` lies.
const HERE: &str = env!("CARGO_MANIFEST_DIR");
const CLIENT: u64 = 4_242_424;

impl Trace {
    /// The first `count` of its edits, each an update.
    pub fn first(count: usize) -> Result<Trace, Fault> {
        Trace::edited(count, 1)
    }

    pub fn whole() -> Result<Trace, Fault> {
        Trace::in_batches(1)
    }

    /// All of it, so many edits an update.
    pub fn in_batches(size: usize) -> Result<Trace, Fault> {
        let trace = Trace::edited(usize::MAX, size)?;
        match trace.text()? == read("automerge-paper.end.gz")? {
            true => Ok(trace),
            false => Err("the trace does not end in its own text".into()),
        }
    }

    fn edited(count: usize, size: usize) -> Result<Trace, Fault> {
        let (doc, text) = empty();
        let all = read("automerge-paper.tsv.gz")?;
        let lines: Vec<&str> = all.lines().take(count).collect();
        let mut updates = Vec::new();
        for lines in lines.chunks(size) {
            let mut edit = doc.transact_mut();
            for line in lines {
                let (at, deleted, inserted): (u32, u32, String) = serde_json::from_str(line)?;
                if deleted > 0 {
                    text.remove_range(&mut edit, at, deleted);
                }
                if !inserted.is_empty() {
                    text.insert(&mut edit, at, &inserted);
                }
            }
            updates.push(edit.encode_update_v1());
        }
        Ok(Trace { updates })
    }

    pub fn text(&self) -> Result<String, Fault> {
        text_of(&self.updates)
    }
}

/// What a client reads that was sent these, in whatever order.
pub fn text_of(updates: &[Vec<u8>]) -> Result<String, Fault> {
    let (doc, text) = empty();
    let mut edit = doc.transact_mut();
    for update in updates {
        edit.apply_update(Update::decode_v1(update)?)?;
    }
    drop(edit);
    let read = doc.transact();
    Ok(text.get_string(&read))
}

fn empty() -> (Doc, yrs::TextRef) {
    let doc =
        Doc::with_options(Options { client_id: yrs::block::ClientID::new(CLIENT), offset_kind: OffsetKind::Utf16, ..Options::default() });
    let text = doc.get_or_insert_text("text");
    (doc, text)
}

fn read(file: &str) -> Result<String, Fault> {
    let mut text = String::new();
    GzDecoder::new(File::open(Path::new(HERE).join("traces").join(file))?).read_to_string(&mut text)?;
    Ok(text)
}
