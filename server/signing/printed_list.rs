//! Who stands in the printed list, under which name, and in which order: page, PDF and bundle all print this one. Pure.

use std::cmp::Ordering;

use icu_collator::{
    Collator,
    options::{AlternateHandling, CollatorOptions},
};

use super::answer::Answer;
use crate::organisations::{Visibility, country_name};

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
pub fn signatories<'a>(answers: impl Iterator<Item = &'a Answer>) -> Vec<Signatory> {
    let mut public: Vec<&Answer> = answers.filter(|answer| answer.visibility == Some(Visibility::Public)).collect();
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

fn in_english(answer: &Answer) -> &str {
    if answer.name_en.is_empty() { &answer.name } else { &answer.name_en }
}

fn signatory(answer: &Answer) -> Signatory {
    Signatory {
        name: answer.name.clone(),
        gloss: Some(in_english(answer)).filter(|english| *english != answer.name).map(str::to_owned),
        country: country_name(&answer.country),
        language: answer.language.clone(),
    }
}
