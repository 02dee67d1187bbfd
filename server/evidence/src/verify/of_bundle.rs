//! A bundle: is the record whole, does it tell a lawful story, and does the printed list say what the record says?
//!
//! It holds if every text is canonical and has its digest; the checkpoint is signed for exactly these leaves; every leaf is one,
//! and no commitment stands twice; every opening is the one its leaf was made for, and none is open that must not be; the
//! log, replayed, breaks no rule; edition and texts are those put to signature; the printed names are exactly the public
//! ones and the number of withheld ones is right; and the list that was published can be rebuilt, or is said to be beyond it.

use std::collections::{BTreeMap, BTreeSet};

use super::of_key;
use super::of_list;
use crate::bundle::Bundle;
use crate::checkpoint::Checkpoint;
use crate::commitment::commit;
use crate::digest::Digest;
use crate::leaf::Leaf;
use crate::limits;
use crate::opening::Opening;
use crate::quoting::{count, plain, quote};
use crate::replay::{Fate, Story, replay};
use crate::sign_on::RecordedVisibility;
use crate::text;
use crate::tree;
use crate::verdict::{Finding, Verdict};
use crate::vkey::Vkey;

/// Texts; checkpoint and key; leaves; root; openings; the replayed story; edition; the printed list; the publication.
pub(super) fn check(bundle: &Bundle, pinned: Option<&str>, verdict: &mut Verdict) {
    verdict.title.clone_from(&bundle.edition.title);
    verdict.edition.clone_from(&bundle.edition.label);
    verdict.origin.clone_from(&bundle.origin);
    verdict.texts = bundle.edition.texts.iter().map(|(language, text)| (language.clone(), text.sha256)).collect();
    verdict.names.clone_from(&bundle.list.names);

    check_texts(bundle, verdict);
    let signed = of_key::check(&bundle.checkpoint, &bundle.vkey, pinned, verdict);
    if bundle.vkey.parse::<Vkey>().is_ok_and(|vkey| vkey.name != bundle.origin) {
        verdict.fails(Finding::new("origin", "The field “origin” names another log than the key."));
    }
    let Some(leaves) = read_leaves(bundle, verdict) else { return };
    check_root(bundle, signed.as_ref(), verdict);
    let openings = read_openings(bundle, &leaves, verdict);

    let faults_before = verdict.failed.len();
    let story = replay(&leaves, &openings);
    for fault in &story.faults {
        verdict.fails(fault.clone());
    }
    check_who_is_opened(&story, &openings, verdict);
    if verdict.failed.len() == faults_before {
        let hours = leaves.first().zip(leaves.last()).map(|(first, last)| format!(" between {} and {}", first.at, last.at));
        verdict.proves("story", format!("By the record's own clock, everything in it happened in a lawful order{}: sign-ons only while a round on their text was open.", hours.unwrap_or_default()));
    }
    check_edition(bundle, &story, verdict);
    of_list::check(bundle, &story, &openings, verdict);
    if let Some(published) = &story.published {
        of_list::check_publication(bundle, &story, published, &openings, verdict);
    } else if !bundle.list.withdrawn.is_empty() {
        verdict.fails(Finding::new(
            "list-withdrawn",
            "The field “list.withdrawn” names signatories of a published list, but none was published.",
        ));
    }
}

fn check_texts(bundle: &Bundle, verdict: &mut Verdict) {
    let faults_before = verdict.failed.len();
    for (language, text) in &bundle.edition.texts {
        let language_quoted = quote(language);
        if Digest::of(&text.canonical) != text.sha256 {
            verdict.fails(Finding::new(
                "text-digest",
                format!("The text in {language_quoted} is not the one its digest stands for: its words were changed."),
            ));
        }
        match text::check(&text.canonical, language) {
            Err(error) => {
                verdict.fails(Finding::new("text-form", format!("The text in {language_quoted} is not a canonical text: {error}.")))
            }
            Ok(title) if *language == bundle.edition.authentic && title != bundle.edition.title => {
                verdict.fails(Finding::new("title", "The field “edition.title” is not the title of the authentic text."));
            }
            Ok(_) => {}
        }
    }
    if verdict.failed.len() == faults_before {
        let languages: Vec<String> = bundle.edition.texts.keys().map(|language| quote(language)).collect();
        verdict.proves("text", format!("The words in {} are letter for letter those of the digests below.", languages.join(", ")));
    }
}

fn read_leaves(bundle: &Bundle, verdict: &mut Verdict) -> Option<Vec<Leaf>> {
    if bundle.leaves.is_empty() || bundle.leaves.len() > limits::LEAVES_MAX {
        verdict.fails(Finding::new(
            "leaves",
            format!("A log has between 1 and {} leaves; this file has {}.", limits::LEAVES_MAX, bundle.leaves.len()),
        ));
        return None;
    }
    let mut leaves = Vec::with_capacity(bundle.leaves.len());
    let mut commits = BTreeSet::new();
    for (index, line) in (0..).zip(&bundle.leaves) {
        match Leaf::parse(line) {
            Err(error) => verdict.fails(Finding::at("leaf", index, format!("Leaf {index} is no entry of a record: {error}."))),
            Ok(leaf) => {
                if !commits.insert(leaf.commit) {
                    verdict.fails(Finding::at(
                        "commit-again",
                        index,
                        format!("Leaf {index} is a copy: its commitment stands in an earlier leaf."),
                    ));
                }
                leaves.push(leaf);
            }
        }
    }
    (leaves.len() == bundle.leaves.len()).then_some(leaves)
}

fn check_root(bundle: &Bundle, signed: Option<&Checkpoint>, verdict: &mut Verdict) {
    let Some(signed) = signed else { return };
    let hashes: Vec<Digest> = bundle.leaves.iter().map(tree::leaf_hash).collect();
    let here = hashes.len() as u64;
    if here != signed.size {
        verdict.fails(Finding::new(
            "size",
            format!(
                "The checkpoint speaks of {}, the file has {here}: some were removed or added.",
                count(signed.size, "entry", "entries")
            ),
        ));
    } else if tree::root(&hashes) != signed.root {
        verdict.fails(Finding::new("root", "The entries are not those that were signed: at least one was changed, replaced or moved."));
    } else {
        verdict.proves(
            "record",
            format!(
                "The record is whole: all {} are here, and none was removed, added, changed or moved.",
                count(here, "entry", "entries")
            ),
        );
    }
}

/// The openings that are what their leaves commit to.
fn read_openings(bundle: &Bundle, leaves: &[Leaf], verdict: &mut Verdict) -> BTreeMap<u64, Opening> {
    let mut openings = BTreeMap::new();
    for (key, salted) in &bundle.openings {
        let index = key.parse::<u64>().ok().filter(|index| index.to_string() == *key);
        let leaf = index.and_then(|index| leaves.get(usize::try_from(index).ok()?));
        let (Some(index), Some(leaf)) = (index, leaf) else {
            verdict.fails(Finding::new(
                "opening-of-no-leaf",
                format!("The field “openings” has an entry {}, which is no leaf of this log.", quote(key)),
            ));
            continue;
        };
        match Opening::parse(&salted.opening) {
            _ if commit(&salted.salt, &salted.opening).as_ref() != Ok(&leaf.commit) => {
                verdict.fails(Finding::at(
                    "opening",
                    index,
                    format!("Leaf {index}: the opening in the file is not the one the leaf was made for."),
                ));
            }
            Err(field) => {
                verdict.fails(Finding::at("opening-form", index, format!("Leaf {index}: its opening is not in order, at “{field}”.")))
            }
            Ok(opening) => {
                openings.insert(index, opening);
            }
        }
    }
    openings
}

/// What must not travel must not be here, whoever put it there.
fn check_who_is_opened(story: &Story, openings: &BTreeMap<u64, Opening>, verdict: &mut Verdict) {
    for (index, opening) in openings.iter().filter(|(_, opening)| !opening.kind().is_open_to_all()) {
        let why = match (opening.sign_on(), story.sign_ons.get(index)) {
            (Some(sign_on), _) if sign_on.visibility == RecordedVisibility::Withheld => "its name is withheld",
            (Some(_), Some(Fate::Stands)) => continue,
            (Some(_), Some(Fate::Earlier)) => "it stands for an earlier text",
            (Some(_), Some(Fate::Renewed(_))) => "a later entry stands in its place",
            (Some(_), _) | (None, _) => "it was withdrawn",
        };
        verdict.fails(Finding::at("opened", *index, format!("Leaf {index} must not be opened in a bundle: {why}.")));
    }
}

fn check_edition(bundle: &Bundle, story: &Story, verdict: &mut Verdict) {
    let Some(text) = &story.text else { return };
    if bundle.edition.label != story.edition {
        verdict.fails(Finding::new(
            "edition-label",
            format!("The field “edition.label” says {}, the record says {}.", quote(&bundle.edition.label), quote(&story.edition)),
        ));
    }
    if bundle.edition.authentic != text.authentic {
        verdict.fails(Finding::new("authentic", "The field “edition.authentic” names another language than the record."));
    }
    let here: BTreeMap<&String, Digest> = bundle.edition.texts.iter().map(|(language, text)| (language, text.sha256)).collect();
    if here != text.languages.iter().map(|(language, digest)| (language, *digest)).collect() {
        verdict.fails(Finding::new("other-text", "The texts in the file are not the ones that were put to signature."));
    } else {
        verdict.proves("edition", format!("These are the texts of {} that the round put to signature.", plain(&story.edition)));
    }
}
