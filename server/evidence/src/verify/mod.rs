//! The check: bytes in, a [`Verdict`] out. Nothing is asked of any server, and nothing in the file is taken on trust.
//!
//! First the bytes are read (`reading`): what is not a bundle or a receipt exactly as it was issued is told by its name
//! (`not_evidence`, `damaged`, `saved_again`), and nothing else is said of it. Then a bundle or a receipt is checked in full
//! (`of_bundle`, `of_receipt`, both with `of_key`, a bundle with `of_list`): later steps run even if earlier ones failed, as far as they still
//! mean anything, because a reader wants to know what was touched. Last comes what no such file can prove; it is said with
//! every verdict on one, good or bad.

mod damaged;
mod not_evidence;
mod of_bundle;
mod of_key;
mod of_list;
mod of_receipt;
mod reading;
mod saved_again;

use crate::receipt::TLOG_PROOF;
use crate::sign_on::Assurance;
use crate::verdict::{Finding, Subject, Verdict};
use reading::File;

/// Checks a bundle, or a receipt in either of its forms.
///
/// `pinned` is the key the reader has from elsewhere (the coalition's site, an earlier letter), in the form
/// `name+id+key`, with whatever quotes and spaces copying left around it. The key itself must agree, not its name: one
/// coalition signs the logs of many statements with it.
pub fn verify(bytes: &[u8], pinned: Option<&str>) -> Verdict {
    let mut verdict = Verdict::new(Subject::Unknown);
    match reading::read(bytes) {
        Ok(File::Bundle(bundle)) => {
            verdict.subject = Subject::Bundle;
            of_bundle::check(&bundle, pinned, &mut verdict);
        }
        Ok(File::Receipt(receipt)) => {
            verdict.subject = Subject::Receipt;
            of_receipt::check(&receipt, pinned, &mut verdict);
        }
        Err(finding) => verdict.fails(finding),
    }
    if !verdict.failed.is_empty()
        && let Some(finding) = lost_letters(bytes)
    {
        verdict.fails_first(finding);
    }
    if verdict.subject != Subject::Unknown {
        always_open(&mut verdict, pinned.is_some());
    }
    verdict.conclude(pinned.is_some())
}

/// Only of files that begin as a bundle or a receipt does, and then explains what the other checks found.
fn lost_letters(bytes: &[u8]) -> Option<Finding> {
    let begins = bytes.starts_with(b"{\"checkpoint\":") || bytes.starts_with(TLOG_PROOF.as_bytes());
    damaged::lost_letters(std::str::from_utf8(bytes).ok().filter(|_| begins)?)
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
