//! The direction a language is written in, by one list that the work pages read too.
//!
//! A script that is named decides; without one, the language's habit in its region; without that, the language's (CLDR 48,
//! likely scripts). A block of text follows its own letters; this is the direction of what stands around it.

use std::collections::BTreeSet;

use serde::Deserialize;

/// What runs from right to left: scripts (`Arab`), languages (`ar`), and languages in one region only (`pa-PK`).
#[derive(Deserialize)]
pub(super) struct RightToLeft {
    scripts: BTreeSet<String>,
    languages: BTreeSet<String>,
    regions: BTreeSet<String>,
}

impl RightToLeft {
    /// `ltr` or `rtl` for a BCP 47 tag, in any case and with either joint (`ar-EG`, `pa_pk`).
    pub(super) fn direction(&self, tag: &str) -> &'static str {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let others: Vec<&str> = parts.collect();
        let of_letters = |length: usize| move |part: &&&str| part.len() == length && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        if let Some(script) = others.iter().find(of_letters(4)) {
            let script = format!("{}{}", script[..1].to_ascii_uppercase(), script[1..].to_ascii_lowercase());
            return if self.scripts.contains(&script) { "rtl" } else { "ltr" };
        }
        let here = others.iter().find(of_letters(2)).map(|region| format!("{language}-{}", region.to_ascii_uppercase()));
        let habit = self.languages.contains(&language) || here.is_some_and(|here| self.regions.contains(&here));
        if habit { "rtl" } else { "ltr" }
    }
}
