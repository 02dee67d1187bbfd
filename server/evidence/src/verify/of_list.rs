//! The printed list: does it say what the record says, now and when it was published?
//!
//! The printed names are exactly the public names of sign-ons that stand, as often as they stand, and the number of withheld
//! ones is that of the rest. A list that was published before is rebuilt from who stood then, with the names withdrawn since,
//! and must have the digest and the numbers that its leaf recorded; where entries of it were renewed since, it cannot be
//! rebuilt, which is said and is no fault.

use std::collections::BTreeMap;

use crate::bundle::{Bundle, names_of, sorted};
use crate::opening::{Opening, names_digest};
use crate::quoting::{count, quote};
use crate::replay::{Fate, Publication, Stage, Story};
use crate::verdict::{Finding, Verdict};

pub(super) fn check(bundle: &Bundle, story: &Story, openings: &BTreeMap<u64, Opening>, verdict: &mut Verdict) {
    let faults_before = verdict.failed.len();
    let names = names_of(story.standing(), openings);
    if sorted(&names) != sorted(&bundle.list.names) {
        let missing = names.iter().find(|name| !bundle.list.names.contains(name));
        let added = bundle.list.names.iter().find(|name| !names.contains(name));
        let example = match (missing, added) {
            (_, Some(name)) => format!("; {} stands in the list but not in the record", quote(name)),
            (Some(name), None) => format!("; {} stands in the record but not in the list", quote(name)),
            (None, None) => "; a name stands in one more often than in the other".into(),
        };
        verdict.fails(Finding::new("list-names", format!("The list of names is not the one the record gives{example}.")));
    }
    let standing = story.standing().count();
    let withheld = standing - names.len();
    if withheld as u64 != bundle.list.withheld {
        verdict.fails(Finding::new(
            "list-withheld",
            format!("The list says {} withheld, the record has {withheld}.", count(bundle.list.withheld, "name is", "names are")),
        ));
    }
    verdict.counts.signed = standing as u64;
    verdict.counts.public = names.len() as u64;
    verdict.counts.withheld = withheld as u64;
    verdict.counts.withdrawn = story.withdrawals;
    for sign_on in story.standing().filter_map(|index| openings.get(&index).and_then(Opening::sign_on)) {
        *verdict.counts.assurance.entry(sign_on.assurance).or_default() += 1;
    }
    if verdict.failed.len() == faults_before {
        let stage = match story.stage {
            Stage::Open => "The round is still open.",
            Stage::Closed => "The round is closed.",
            Stage::Published => "The list is published.",
        };
        verdict.proves(
            "signatories",
            format!(
                "{} by name and {} with the name withheld; {} in the whole record. The printed names are exactly the public ones. {stage}",
                count(names.len() as u64, "organisation stands", "organisations stand"),
                withheld,
                count(story.withdrawals, "withdrawal", "withdrawals"),
            ),
        );
    }
}

/// Whether the list that was published is the one the record had then.
pub(super) fn check_publication(
    bundle: &Bundle,
    story: &Story,
    published: &Publication,
    openings: &BTreeMap<u64, Opening>,
    verdict: &mut Verdict,
) {
    let index = published.leaf;
    let Some(Opening::Published { signatories, withheld, list }) = openings.get(&index) else { return };
    let fates = published.standing.iter().filter_map(|stood| story.sign_ons.get(stood));
    if fates.clone().any(|fate| matches!(fate, Fate::Renewed(_) | Fate::Earlier)) {
        verdict.leaves_open(
            "published-list",
            format!(
                "The list as it was published with leaf {index}: entries of it were renewed since, so it cannot be rebuilt from this file."
            ),
        );
        if !bundle.list.withdrawn.is_empty() {
            verdict.fails(Finding::at("list-withdrawn", index, "The names in “list.withdrawn” cannot be traced to the published list."));
        }
        return;
    }
    let withdrawn = fates.filter(|fate| matches!(fate, Fate::Withdrawn(_))).count();
    let mut names = names_of(published.standing.iter().copied(), openings);
    names.extend(bundle.list.withdrawn.iter().cloned());
    let in_order = bundle.list.withdrawn.is_sorted() && bundle.list.withdrawn.len() <= withdrawn;
    let counts = signatories.checked_sub(*withheld) == Some(names.len() as u64);
    if !in_order || !counts || names_digest(&names).as_ref() != Ok(list) {
        verdict.fails(Finding::at(
            "published-list",
            index,
            format!("Leaf {index}: the published list is not the one this file gives for that moment."),
        ));
    } else {
        let since = match withdrawn {
            0 => String::new(),
            n => format!(" Since then {}.", count(n as u64, "sign-on was withdrawn", "sign-ons were withdrawn")),
        };
        verdict.proves(
            "published",
            format!(
                "The list published with leaf {index} had {} and {withheld} with the name withheld, as recorded then.{since}",
                count(names.len() as u64, "name", "names")
            ),
        );
    }
}
