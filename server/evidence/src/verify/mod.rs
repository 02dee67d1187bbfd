//! The check: bytes in, a [`Verdict`] out. Nothing is asked of any server, and nothing in the file is taken on trust.
//!
//! Here: size, strict reading, format and canonical spelling; the checkpoint and its key; and what is never proven. What
//! follows depends on the file: `of_bundle` and `of_receipt`. Later steps run even if earlier ones failed, as far as
//! they still mean anything, because a reader wants to know what was touched.

mod of_bundle;
mod of_receipt;

use serde_json::Value;

use crate::bundle::{BUNDLE_FORMAT, Bundle};
use crate::canonical::{parse_strict, to_jcs};
use crate::checkpoint::{self, Checkpoint, Vkey};
use crate::limits;
use crate::opening::Assurance;
use crate::receipt::{RECEIPT_FORMAT, Receipt, TLOG_PROOF};
use crate::verdict::{Line, Subject, Verdict, count, plain, quote};

/// Checks a bundle, or a receipt in either of its forms.
///
/// `pinned` is the key the reader has from elsewhere (the coalition's site, an earlier letter), in the form
/// `name+id+key`. The key itself must agree, not its name: one coalition signs the logs of many statements with it.
pub fn verify(bytes: &[u8], pinned: Option<&str>) -> Verdict {
    let mut verdict = Verdict::new(Subject::Unknown);
    match read(bytes) {
        Ok(File::Bundle(bundle)) => {
            verdict.subject = Subject::Bundle;
            of_bundle::check(&bundle, pinned, &mut verdict);
        }
        Ok(File::Receipt(receipt)) => {
            verdict.subject = Subject::Receipt;
            of_receipt::check(&receipt, pinned, &mut verdict);
        }
        Err(line) => verdict.fails(line),
    }
    always_open(&mut verdict, pinned.is_some());
    verdict.conclude(pinned.is_some())
}

enum File {
    Bundle(Box<Bundle>),
    Receipt(Box<Receipt>),
}

fn read(bytes: &[u8]) -> Result<File, Line> {
    if bytes.len() > limits::FILE_BYTES_MAX {
        let most = limits::FILE_BYTES_MAX / (1024 * 1024);
        return Err(Line::new("too-large", format!("The file is larger than {most} MB, which no bundle or receipt is.")));
    }
    if bytes.starts_with(TLOG_PROOF.as_bytes()) {
        let receipt = std::str::from_utf8(bytes).ok().and_then(Receipt::from_tlog_proof);
        let receipt = receipt.ok_or_else(|| Line::new("receipt-form", "The receipt was changed: it is not as a receipt is written."))?;
        return Ok(File::Receipt(Box::new(receipt)));
    }
    let value = parse_strict(bytes).map_err(|e| Line::new("unreadable", format!("The file cannot be read: {e}.")))?;
    let format = value.get("format").and_then(Value::as_str).unwrap_or_default().to_owned();
    if format != BUNDLE_FORMAT && format != RECEIPT_FORMAT {
        return Err(Line::new(
            "format",
            format!("The file says it is of the format {}, which this program does not know.", quote(&format)),
        ));
    }
    if to_jcs(&value).map(String::into_bytes).as_deref() != Ok(bytes) {
        return Err(Line::new(
            "not-canonical",
            "The file is not spelt as it was issued; a program may have saved it again. Ask for the original file.",
        ));
    }
    let shape = |e: serde_json::Error| Line::new("shape", format!("The file has not the shape of {format}: {}.", plain(&e.to_string())));
    if format == BUNDLE_FORMAT {
        Ok(File::Bundle(serde_json::from_value(value).map_err(shape)?))
    } else {
        Ok(File::Receipt(serde_json::from_value(value).map_err(shape)?))
    }
}

/// The signature, and whether the key is the pinned one.
fn check_note(note: &str, vkey: &str, pinned: Option<&str>, verdict: &mut Verdict) -> Option<Checkpoint> {
    let faults_before = verdict.failed.len();
    match pinned.map(str::parse::<Vkey>) {
        Some(Err(_)) => verdict.fails(Line::new("pinned-key", "The key you gave is not a key in the form name+id+key.")),
        Some(Ok(pinned)) if vkey.parse::<Vkey>().is_ok_and(|vkey| vkey.key != pinned.key) => {
            verdict.fails(Line::new(
                "other-key",
                "The record is signed with another key than the one you gave: it is not that coalition's, or its key has changed.",
            ));
        }
        _ => {}
    }
    match checkpoint::verify(note, vkey) {
        Err(error) => {
            verdict.fails(Line::new("checkpoint", format!("The checkpoint, the signed word on the record, does not hold: {error}.")));
            None
        }
        Ok(checkpoint) => {
            if verdict.failed.len() == faults_before {
                let whose = if pinned.is_some() { "the key you gave" } else { "the key in the file" };
                verdict.proves(
                    "checkpoint",
                    format!("The checkpoint over {} is signed with {whose}.", count(checkpoint.size, "entry", "entries")),
                );
            }
            Some(checkpoint)
        }
    }
}

/// What no such file can prove. Always said, so that nobody reads more into a verdict than is in it.
fn always_open(verdict: &mut Verdict, pinned: bool) {
    if !pinned {
        verdict.leaves_open(
            "key",
            "That the key is the coalition's. Compare it with the one the coalition publishes, and give it to this check.",
        );
    }
    let of = |assurance| verdict.counts.assurance.get(&assurance).copied().unwrap_or_default();
    let (links, passkeys, on_behalf) = (of(Assurance::ConfirmedLink), of(Assurance::Passkey), of(Assurance::OnBehalf));
    let split = if verdict.subject == Subject::Bundle && verdict.failed.is_empty() {
        format!(" Of the public entries, {links} are by confirmed link, {passkeys} by passkey, {on_behalf} recorded by a coordinator.")
    } else {
        String::new()
    };
    verdict.leaves_open(
        "organisations",
        "That these names are the real organisations, and that each person had the right to sign for theirs.",
    );
    verdict.leaves_open("withheld", "That each entry with a withheld name is a distinct, real organisation. Only their number is proven; for the rest the coordinators stand.");
    verdict.leaves_open("assurance", format!("That each organisation acted itself. An entry by confirmed link or on behalf rests on the operator's word, and so does a passkey entry in this version, because its assertion is not in the file.{split}"));
    verdict
        .leaves_open("one-log", "That every reader sees the same record. Compare this checkpoint, or your receipts, with those of others.");
    verdict.leaves_open("time", "The times: they are those of the server's clock.");
    if verdict.subject == Subject::Receipt {
        verdict.leaves_open("since", "What happened after the checkpoint, such as a withdrawal. The bundle shows it.");
    }
}
