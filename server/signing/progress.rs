//! Where a round stands: for coordinators by organisation, for the public as a list and a count. Pure.

use std::collections::HashMap;

use icu_collator::{
    Collator,
    options::{AlternateHandling, CollatorOptions},
};

use super::signon::{Answered, Kind};
use crate::{
    kernel::OrganisationId,
    organisations::{Organisation, Visibility},
};

/// How many of those invited have done what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub invited: usize,
    pub signed_public: usize,
    pub withheld: usize,
    pub declined: usize,
    pub withdrawn: usize,
    pub waiting: usize,
}

pub fn tally(invited: &[OrganisationId], standing: &HashMap<OrganisationId, Answered>) -> Tally {
    let mut tally = Tally { invited: invited.len(), ..Tally::default() };
    for organisation in invited {
        match standing.get(organisation).map(|answer| (answer.kind, answer.visibility)) {
            Some((Kind::Signed, Some(Visibility::Public))) => tally.signed_public += 1,
            Some((Kind::Signed, _)) => tally.withheld += 1,
            Some((Kind::Declined, _)) => tally.declined += 1,
            Some((Kind::Withdrawn, _)) => tally.withdrawn += 1,
            None => tally.waiting += 1,
        }
    }
    tally
}

impl Tally {
    pub fn answered(&self) -> usize {
        self.invited - self.waiting
    }

    pub fn signed(&self) -> usize {
        self.signed_public + self.withheld
    }
}

/// A public signatory, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatory {
    /// As it was named on the day it signed.
    pub name: String,
    /// The English name, where it differs.
    pub gloss: Option<String>,
    pub country: String,
    pub language: String,
}

/// The public names among these answers, alphabetical by English name: an order every reader of a list in many scripts can follow.
pub fn signatories<'a>(answers: impl Iterator<Item = &'a Answered>, register: &HashMap<OrganisationId, Organisation>) -> Vec<Signatory> {
    let mut listed: Vec<(String, Signatory)> = answers
        .filter(|answer| answer.visibility == Some(Visibility::Public))
        .map(|answer| {
            let known = register.get(&answer.organisation);
            let gloss = known.map(|known| known.name_en.clone()).filter(|english| !english.is_empty() && *english != answer.name);
            let signatory = Signatory {
                name: answer.name.clone(),
                gloss: gloss.clone(),
                country: crate::organisations::country_name(&answer.country),
                language: known.map(|known| known.language.clone()).unwrap_or_default(),
            };
            (gloss.unwrap_or_else(|| answer.name.clone()), signatory)
        })
        .collect();
    // Quotation marks and dashes do not decide where a name stands.
    let mut options = CollatorOptions::default();
    options.alternate_handling = Some(AlternateHandling::Shifted);
    // The root collation: what Unicode orders where no language decides.
    match Collator::try_new(Default::default(), options) {
        Ok(collator) => listed.sort_by(|(a, x), (b, y)| collator.compare(a, b).then_with(|| x.country.cmp(&y.country))),
        Err(_) => listed.sort_by(|(a, _), (b, _)| a.cmp(b)),
    }
    listed.into_iter().map(|(_, signatory)| signatory).collect()
}
