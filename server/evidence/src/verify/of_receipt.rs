//! A receipt: is this one entry in the record, and is it what the organisation did?
//!
//! It holds if its checkpoint does, its leaf is at its place in the tree under that checkpoint, and leaf and opening belong
//! together and do not contradict each other. What the entry records, and who is named in it, is said only if all of that is
//! so. What happened afterwards, a withdrawal for example, a receipt cannot show.

use super::of_key;
use crate::commitment::{commit, contradictions};
use crate::leaf::Leaf;
use crate::opening::Opening;
use crate::quoting::{plain, quote};
use crate::receipt::Receipt;
use crate::sign_on::{Assurance, RecordedVisibility};
use crate::tree;
use crate::verdict::{Finding, Verdict};

/// Checkpoint and key; the leaf's place in the tree; the opening.
pub(super) fn check(receipt: &Receipt, pinned: Option<&str>, verdict: &mut Verdict) {
    let signed = of_key::check(&receipt.checkpoint, &receipt.vkey, pinned, verdict);
    let leaf = match Leaf::parse(&receipt.leaf) {
        Ok(leaf) => leaf,
        Err(error) => {
            return verdict.fails(Finding::at("leaf", receipt.index, format!("The receipt's leaf is no entry of a record: {error}.")));
        }
    };
    verdict.texts.clone_from(&leaf.text.languages);
    if let Some(signed) = &signed {
        verdict.origin.clone_from(&signed.origin);
        if tree::verify_inclusion(receipt.index, signed.size, &tree::leaf_hash(&receipt.leaf), &receipt.proof, &signed.root) {
            verdict.proves("inclusion", format!("The entry is leaf {} of the record under this checkpoint.", receipt.index));
        } else {
            verdict.fails(Finding::at("inclusion", receipt.index, "The receipt does not prove that its entry is in the record."));
        }
    }
    if commit(&receipt.salt, &receipt.opening).as_ref() != Ok(&leaf.commit) {
        return verdict.fails(Finding::at("opening", receipt.index, "The opening in the receipt is not the one its entry was made for."));
    }
    let opening = match Opening::parse(&receipt.opening) {
        Ok(opening) => opening,
        Err(field) => {
            return verdict.fails(Finding::at(
                "opening-form",
                receipt.index,
                format!("The receipt's opening is not in order, at “{field}”."),
            ));
        }
    };
    for (code, what) in contradictions(&leaf, &opening) {
        verdict.fails(Finding::at(code, receipt.index, format!("The receipt's entry and its opening contradict each other in {what}.")));
    }
    if verdict.failed.is_empty() {
        verdict.proves("entry", what_it_records(&leaf, &opening));
    }
}

fn what_it_records(leaf: &Leaf, opening: &Opening) -> String {
    match (opening, opening.sign_on()) {
        (_, Some(sign_on)) => {
            let visibility = match sign_on.visibility {
                RecordedVisibility::Public => "by name",
                RecordedVisibility::Withheld => "with its name withheld",
            };
            let (who, person) = (quote(&sign_on.organisation.name), plain(&sign_on.signatory.name));
            format!(
                "It records that {who}, through {person}, signed the text below on {} ({visibility}, {}).",
                sign_on.at,
                assurance(sign_on.assurance)
            )
        }
        (Opening::Withdrawn { organisation, answers, at, .. }, None) => {
            format!("It records that {} withdrew the sign-on of leaf {answers} on {at}.", quote(&organisation.name))
        }
        (_, None) => format!("It records an act of the coordinators: “{}”, at {}.", leaf.kind, leaf.at),
    }
}

fn assurance(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::ConfirmedLink => "by confirmed link",
        Assurance::Passkey => "with a passkey",
        Assurance::OnBehalf => "recorded by a coordinator on its behalf",
    }
}
