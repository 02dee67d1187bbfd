//! Where a round stands: for coordinators by organisation, for the public as a list and a count. Pure.

use std::{cmp::Ordering, collections::HashMap};

use icu_collator::{
    Collator,
    options::{AlternateHandling, CollatorOptions},
};

use super::signon::{Answered, Kind};
use crate::{
    kernel::OrganisationId,
    organisations::{Visibility, country_name},
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
pub fn signatories<'a>(answers: impl Iterator<Item = &'a Answered>) -> Vec<Signatory> {
    let mut public: Vec<&Answered> = answers.filter(|answer| answer.visibility == Some(Visibility::Public)).collect();
    // Quotation marks and dashes do not decide where a name stands. The root collation is what Unicode orders where no language decides.
    let mut options = CollatorOptions::default();
    options.alternate_handling = Some(AlternateHandling::Shifted);
    let collator = Collator::try_new(Default::default(), options).ok();
    public.sort_by(|a, b| {
        let (x, y) = (in_english(a), in_english(b));
        // Names that collate alike still have one order, the same in every file.
        let alike = || (x, &a.name, &a.country, a.organisation).cmp(&(y, &b.name, &b.country, b.organisation));
        collator.as_ref().map_or(Ordering::Equal, |collator| collator.compare(x, y)).then_with(alike)
    });
    public.into_iter().map(signatory).collect()
}

fn in_english(answer: &Answered) -> &str {
    if answer.name_en.is_empty() { &answer.name } else { &answer.name_en }
}

fn signatory(answer: &Answered) -> Signatory {
    Signatory {
        name: answer.name.clone(),
        gloss: Some(in_english(answer)).filter(|english| *english != answer.name).map(str::to_owned),
        country: country_name(&answer.country),
        language: answer.language.clone(),
    }
}
