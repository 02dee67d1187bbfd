//! A checkpoint: is it signed with the key in the file, and is that the key which the reader has from elsewhere?
//!
//! The pinned key must agree, not its name: one coalition signs the logs of many statements with it. A pinned key that is no
//! key is a fault and never passed over, or a slip of the hand would turn a check with a key into one without.

use crate::checkpoint::{self, Checkpoint};
use crate::verdict::{Finding, Verdict};
use crate::vkey::Vkey;
use crate::wording::count;

/// The signature, and whether the key is the pinned one.
pub(super) fn check(note: &str, vkey: &str, pinned: Option<&str>, verdict: &mut Verdict) -> Option<Checkpoint> {
    let faults_before = verdict.failed.len();
    match pinned.map(str::parse::<Vkey>) {
        Some(Err(_)) => verdict.fails(Finding::new("pinned-key", "The key you gave is not a key in the form name+id+key.")),
        Some(Ok(pinned)) if vkey.parse::<Vkey>().is_ok_and(|vkey| vkey.key != pinned.key) => {
            verdict.fails(Finding::new(
                "other-key",
                "The record is signed with another key than the one you gave: it is not that coalition's, or its key has changed.",
            ));
        }
        _ => {}
    }
    match checkpoint::verify(note, vkey) {
        Err(error) => {
            verdict.fails(Finding::new("checkpoint", format!("The checkpoint, the signed word on the record, does not hold: {error}.")));
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
