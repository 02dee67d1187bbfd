//! The key: is a checkpoint signed with the key in the file, and is that the key which the reader has from elsewhere?
//!
//! The pinned key must agree, not its name: one coalition signs the logs of many statements with it. A pinned key that is no
//! key is a fault and never passed over, or a slip of the hand would turn a check with a key into one without.

use crate::checkpoint::{self, Checkpoint};
use crate::quoting::{count, quote};
use crate::verdict::{Finding, Verdict};
use crate::vkey::{COPY_THE_KEY, Vkey};

/// The signature, and whether the key is the pinned one.
pub(super) fn check(note: &str, vkey: &str, pinned: Option<&str>, verdict: &mut Verdict) -> Option<Checkpoint> {
    let faults_before = verdict.failed.len();
    match (pinned.map(Vkey::as_given), vkey.parse::<Vkey>()) {
        (Some(Err(why)), _) => verdict.fails(Finding::new("pinned-key", format!("The key you gave cannot be used: {why}. {COPY_THE_KEY}"))),
        (Some(Ok(pinned)), Ok(vkey)) if vkey.key != pinned.key => verdict.fails(Finding::new("other-key", other_key(&vkey, &pinned))),
        (Some(Ok(_)) | None, _) => {}
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

fn other_key(vkey: &Vkey, pinned: &Vkey) -> String {
    let whose = match vkey.name == pinned.name {
        true => format!("both are named {}", quote(&vkey.name)),
        false => format!("this record is of {}, the key you gave is of {}", quote(&vkey.name), quote(&pinned.name)),
    };
    format!(
        "The record is signed with another key than the one you gave ({whose}): it is not that coalition's, or its key has changed. \
         If you gave the right key, ask the coalition, by a way you trust, before you rely on this file."
    )
}
