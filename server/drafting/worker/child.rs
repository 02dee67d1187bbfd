//! The worker's own side: one request after another, under limits the kernel enforces.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use rlimit::Resource;
use serde_json::Value;
use yrs::updates::decoder::Decode;
use yrs::{ClientID, Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update};

use super::before;
use super::wire::{Asked, read_request};
use crate::drafting::limits::*;
use crate::drafting::project::project;
use crate::drafting::proposals::Proposals;
use crate::drafting::rewrite::{Pending, replace, rewrite};
use crate::drafting::said::{Said, deleting};
use crate::drafting::seed;
use crate::drafting::settling::{as_if_accepted, marked};
use crate::drafting::standing::Standing;
use crate::text::block::Text;
use crate::text::from_draft::settle;

/// Serves requests from standard input until it ends. The body of `undersigned crdt-worker`.
pub fn run_child() -> ExitCode {
    if serve().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn serve() -> io::Result<()> {
    // A core file would hold the draft.
    for (resource, most) in [(Resource::AS, WORKER_MEMORY_MAX), (Resource::CPU, WORKER_CPU_SECONDS_MAX), (Resource::CORE, 0)] {
        resource.set(most, most)?;
    }
    let (mut from, mut to) = (io::stdin().lock(), io::stdout().lock());
    let mut len = [0; 4];
    loop {
        match from.read_exact(&mut len) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        }
        let len = u32::from_le_bytes(len) as usize;
        if len > WORKER_MESSAGE_BYTES_MAX {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut request = vec![0; len];
        from.read_exact(&mut request)?;
        let (refused, answer) = match answer(&request) {
            Ok(answer) => (0, answer),
            Err(sentence) => (1, sentence.into_bytes()),
        };
        to.write_all(&[refused])?;
        to.write_all(&(answer.len() as u32).to_le_bytes())?;
        to.write_all(&answer)?;
        to.flush()?;
    }
}

/// Answers one request, in this process.
pub fn answer(request: &[u8]) -> Result<Vec<u8>, String> {
    match read_request(request).ok_or("The request could not be read.")? {
        Asked::Merge(parts) => {
            let doc = document(&parts)?;
            Ok(doc.transact().encode_state_as_update_v1(&StateVector::default()))
        }
        Asked::Diff(known, parts) => {
            let known = StateVector::decode_v1(known).map_err(|error| error.to_string())?;
            let doc = document(&parts)?;
            Ok(doc.transact().encode_state_as_update_v1(&known))
        }
        Asked::Project(parts) => serde_json::to_vec(&project_text(&parts)?).map_err(|error| error.to_string()),
        Asked::Replace(client, text, parts) => {
            let text = serde_json::from_slice(text).map_err(|error| error.to_string())?;
            let doc = document_of(Some(client), &parts)?;
            let before = doc.transact().state_vector();
            seed::write(&text, &doc);
            Ok(doc.transact().encode_state_as_update_v1(&before))
        }
        Asked::Rewrite(client, text, parts) => {
            let text: Text = serde_json::from_slice(text).map_err(|error| error.to_string())?;
            let said = said_in(&parts)?;
            let gone = said.pending();
            let pending = if gone.is_empty() { Pending::default() } else { Standing::read(&parts, &said)?.pending(&gone) };
            // What cannot be made by a small change is written anew: what comes back is what was shown, whatever it takes.
            for write in [rewrite, replace] {
                let doc = document_of(Some(client), &parts)?;
                let before = doc.transact().state_vector();
                write(&text, &doc, &pending)?;
                let update = doc.transact().encode_state_as_update_v1(&before);
                apply(&doc, &deleting(&gone))?;
                if settle(&project(&doc)?, &text.language).text == text {
                    return Ok(update);
                }
            }
            Err("This text could not be brought back beside what is proposed in the draft.".to_owned())
        }
        Asked::Accepted(parts) => {
            let said = said_in(&parts)?;
            let standing = Standing::read(&parts, &said)?;
            let accepted = as_if_accepted(&Proposals::read(&said, &standing)).of(&standing);
            serde_json::to_vec(&accepted.projected()).map_err(|error| error.to_string())
        }
        Asked::Marked(parts) => {
            let said = said_in(&parts)?;
            let standing = Standing::read(&parts, &said)?;
            serde_json::to_vec(&marked(&Proposals::read(&said, &standing), &standing)).map_err(|error| error.to_string())
        }
        Asked::SaidBefore(parts) => serde_json::to_vec(&before::said(&document(&parts)?)?).map_err(|error| error.to_string()),
    }
}

/// *The text*, and nothing that is only proposed; as long as suggestions are open, what there is to know of them beside it.
fn project_text(parts: &[&[u8]]) -> Result<Value, String> {
    let said = said_in(parts)?;
    let (doc, pending) = (document(parts)?, said.pending());
    if !pending.is_empty() {
        // In this document, which goes nowhere.
        apply(&doc, &deleting(&pending))?;
    }
    let mut text = project(&doc)?;
    if said.may_be_open() {
        let standing = Standing::read(parts, &said)?;
        let proposals = Proposals::read(&said, &standing);
        if !proposals.open.is_empty() {
            text["proposed"] = proposals.told(&standing);
        }
    }
    Ok(text)
}

fn said_in(parts: &[&[u8]]) -> Result<Said, String> {
    Said::read(parts).map_err(|refusal| format!("A stored change could not be read: {refusal}"))
}

fn document(parts: &[&[u8]]) -> Result<Doc, String> {
    document_of(None, parts)
}

/// A document that `client` goes on with.
fn document_of(client: Option<u64>, parts: &[&[u8]]) -> Result<Doc, String> {
    let client_id = client.map_or_else(|| Options::default().client_id, ClientID::new);
    // Deleted text stays: who wrote what, and earlier versions, are read from it.
    let doc = Doc::with_options(Options {
        client_id,
        offset_kind: OffsetKind::Utf16,
        skip_gc: true,
        cleanup_formatting: false,
        ..Options::default()
    });
    for part in parts {
        // Each by itself, as it was judged: yrs joins pieces at the end of a transaction, and many together cost it their square.
        apply(&doc, part)?;
    }
    if doc.transact().has_missing_updates() {
        return Err("The stored changes have a gap.".to_owned());
    }
    Ok(doc)
}

fn apply(doc: &Doc, update: &[u8]) -> Result<(), String> {
    let update = Update::decode_v1(update).map_err(|error| format!("A stored change could not be read: {error}"))?;
    doc.transact_mut().apply_update(update).map_err(|error| format!("A stored change could not be applied: {error}"))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use yrs::Text as _;
    use yrs::updates::encoder::Encode;

    use super::super::wire::{Request, write_request};
    use super::*;
    use crate::drafting::gate::{Gate, read_state_vector};
    use crate::text::block::{Block, Inline, Kind, Run};

    fn vector(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/tests/vectors/prosemirror/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    fn ask(request: Request<'_>) -> Vec<u8> {
        answer(&write_request(&request)).unwrap()
    }

    #[test]
    fn a_text_takes_the_place_of_another_and_the_last_mark_stays() {
        let text = |blocks: Value| serde_json::json!({ "v": "text/v1", "language": "en", "blocks": blocks });
        let say = |kind: &str, words: &str| serde_json::json!({ "type": kind, "content": [{ "type": "text", "text": words }] });
        let first: Text = serde_json::from_value(text(serde_json::json!([say("paragraph", "old 😀"), say("quotation", "")]))).unwrap();
        let second = text(serde_json::json!([say("paragraph", "new"), say("paragraph", "last")]));
        let mut parts = vec![Bytes::from(seed::seed(&first, 1))];
        // Somebody writes in the last paragraph at the same moment.
        let other = document(&[&parts[0]]).unwrap();
        let known = other.transact().state_vector();
        let body = other.get_or_insert_text("draft");
        let end = body.len(&other.transact()) - 1;
        body.insert(&mut other.transact_mut(), end, "meanwhile");
        let meanwhile = other.transact().encode_state_as_update_v1(&known);
        let replaced = ask(Request::Replace { client: 2, text: second.to_string().as_bytes(), parts: &parts });
        parts.extend([replaced.into(), meanwhile.into()]);
        let read: Value = serde_json::from_slice(&ask(Request::Project { parts: &parts })).unwrap();
        let letters: String = read["body"].as_array().unwrap().iter().filter_map(|piece| piece["insert"].as_str()).collect();
        assert_eq!(letters, "new\nlastmeanwhile\n");
        let read = crate::text::from_draft::settle(&read, "en");
        assert!(read.obstacles.is_empty() && read.text.blocks.iter().all(|block| block.kind == Kind::Paragraph), "{read:?}");
    }

    /// The recordings are of an editor of before: what is proposed in such a document nobody could tell from what is not.
    #[test]
    fn what_is_no_draft_is_not_read_as_one() {
        let parts = [Bytes::from(vector("v1.update.bin"))];
        assert!(answer(&write_request(&Request::Project { parts: &parts })).is_err());
    }

    #[test]
    fn merging_keeps_everything_and_passes_the_gate() {
        let text = |words: &str| Text {
            v: "text/v1".to_owned(),
            language: "en".to_owned(),
            blocks: vec![Block::heading(1, vec![Inline::Text(Run::plain(words))])],
        };
        let first = seed::seed(&text("Oceans 😀"), 1);
        let doc = document_of(Some(2), &[&first]).unwrap();
        seed::write(&text("Seas"), &doc);
        let parts = [Bytes::from(first), doc.transact().encode_state_as_update_v1(&StateVector::default()).into()];
        let merged = Bytes::from(ask(Request::Merge { parts: &parts }));
        let clocks = |update: &[u8]| {
            let mut gate = Gate::new();
            gate.admit_base(update).unwrap();
            let mut known = read_state_vector(&gate.state_vector()).unwrap();
            known.sort_unstable();
            known
        };
        assert_eq!(clocks(&merged), clocks(&parts[1]));
        let of = |parts: &[Bytes]| ask(Request::Project { parts });
        assert_eq!(of(std::slice::from_ref(&merged)), of(&parts));
        // A client with the first that gets the difference has both.
        let doc = document(&[&parts[0]]).unwrap();
        let known = doc.transact().state_vector().encode_v1();
        let lacking = Bytes::from(ask(Request::Diff { known: &known, parts: std::slice::from_ref(&merged) }));
        assert!(lacking.len() < merged.len());
        assert_eq!(of(&[parts[0].clone(), lacking]), of(&parts));
    }

    #[test]
    fn what_is_not_a_document_is_refused() {
        assert!(answer(&[]).is_err() && answer(&[9, 0, 0]).is_err());
        let garbage = [Bytes::from_static(b"garbage")];
        assert!(answer(&write_request(&Request::Merge { parts: &garbage })).is_err());
        let gap = [Bytes::from_static(&[1, 1, 5, 3, 0x84, 5, 2, 1, b'x', 0])];
        assert!(answer(&write_request(&Request::Project { parts: &gap })).is_err());
    }
}
