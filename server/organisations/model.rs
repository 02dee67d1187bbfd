//! An organisation as the register knows it.

use crate::{
    kernel::{Moment, OrganisationId},
    store::columns::word,
    text::fold::fold,
};

word! {
    /// Standing with ECOSOC (resolution 1996/31).
    ConsultativeStatus { General = "general", Special = "special", Roster = "roster", None = "none" }
}

word! {
    /// Whether an organisation usually shows its name. Only its own act decides for a given sign-on.
    Visibility { Public = "public", Withheld = "withheld" }
}

word! {
    /// How many people must act for the organisation. Shown; not enforced yet.
    SigningRule { Single = "single", TwoPerson = "two-person" }
}

/// One row of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    /// The coalition's own number for it: `ORG-001`.
    pub reference: String,
    /// As it wishes to be named, in any script, NFC.
    pub name: String,
    pub name_en: String,
    pub acronym: String,
    /// ISO 3166-1 alpha-2, or a code ISO leaves to users (`XV`).
    pub country: String,
    pub country3: String,
    pub region: String,
    pub city: String,
    /// IANA name.
    pub timezone: String,
    /// BCP 47.
    pub language: String,
    pub consultative_status: ConsultativeStatus,
    /// The name registered with ECOSOC, where there is one.
    pub registered_name: Option<String>,
    pub membership: String,
    pub default_visibility: Visibility,
    pub signing_rule: SigningRule,
    pub parent_reference: Option<String>,
    /// 1 to 8: which of the eight colour pairs its chip has.
    pub colour: i32,
    pub updated_at: Moment,
}

impl Organisation {
    /// The English name, where it differs from the name itself.
    pub fn gloss(&self) -> Option<&str> {
        (self.name_en != self.name && !self.name_en.is_empty()).then_some(self.name_en.as_str())
    }

    /// What a search looks in: names, acronym, country, city and number, without case or accents.
    pub fn search_key(&self) -> String {
        let country = country_name(&self.country);
        let all = [&self.name, &self.name_en, &self.acronym, &country, &self.city, &self.reference];
        fold(&all.map(String::as_str).join("\n"))
    }
}

/// The English name of a country; a user-assigned code stands for itself.
pub fn country_name(code: &str) -> String {
    let short = SHORT_NAMES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name);
    let full = || rust_iso3166::from_alpha2(code).map_or(code, |country| country.name);
    // "Iran (Islamic Republic of)" stands under Iran.
    short.unwrap_or_else(full).split(" (").next().unwrap_or(code).to_owned()
}

/// Names whose ISO form is too long for a line, or would lose its meaning without its brackets.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("CD", "Democratic Republic of the Congo"),
    ("GB", "United Kingdom"),
    ("KP", "Democratic People’s Republic of Korea"),
    ("KR", "Republic of Korea"),
    ("LA", "Lao PDR"),
    ("PS", "State of Palestine"),
    ("SY", "Syria"),
    ("TZ", "Tanzania"),
    ("US", "United States"),
];

/// Whether ISO 3166-1 knows the code or leaves it to users (AA, QM–QZ, XA–XZ, ZZ).
pub fn is_country(code: &str) -> bool {
    let mut letters = code.chars();
    let (Some(first), Some(second), None) = (letters.next(), letters.next(), letters.next()) else {
        return false;
    };
    if !first.is_ascii_uppercase() || !second.is_ascii_uppercase() {
        return false;
    }
    let users = matches!((first, second), ('A', 'A') | ('Z', 'Z') | ('X', _) | ('Q', 'M'..='Z'));
    users || rust_iso3166::from_alpha2(code).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_iso_or_left_to_users() {
        for good in ["KE", "XV", "ZZ", "QM", "AA"] {
            assert!(is_country(good), "{good}");
        }
        for bad in ["KX", "ke", "K", "KEN", "", "UK", "QA1", "ÄÖ"] {
            assert!(!is_country(bad), "{bad}");
        }
        assert_eq!(country_name("KE"), "Kenya");
        assert_eq!(country_name("XV"), "XV");
        assert_eq!(country_name("IR"), "Iran");
        assert_eq!(country_name("GB"), "United Kingdom");
    }
}
