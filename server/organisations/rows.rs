//! The rows of a register that is imported: read whole, checked whole, or refused with every row that is wrong. What an import
//! would then change is said by `plan`.

use crate::organisations::limits;
use std::collections::HashMap;

use serde::Serialize;

use super::model::{ConsultativeStatus, SigningRule, Visibility, is_country};
use super::spreadsheet::{self, Line};
use crate::{
    accounts::{self, normal_email},
    export,
    kernel::{No, Refusal},
    text::{place, unseen},
};

/// The columns a register must have, in any order. Others are ignored.
pub const COLUMNS: [&str; 21] = [
    "org_id",
    "display_name",
    "name_en",
    "acronym",
    "country_iso2",
    "country_iso3",
    "un_regional_group",
    "city",
    "timezone",
    "language",
    "ecosoc_status",
    "ecosoc_registered_name",
    "membership",
    "default_visibility",
    "signing_rule",
    "parent_org_id",
    "focal_point_name",
    "focal_point_title",
    "focal_point_email",
    "approver_name",
    "approver_email",
];

/// One organisation as the file has it, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub reference: String,
    pub name: String,
    pub name_en: String,
    pub acronym: String,
    pub country: String,
    pub country3: String,
    pub region: String,
    pub city: String,
    pub timezone: String,
    pub language: String,
    pub status: ConsultativeStatus,
    pub registered_name: Option<String>,
    pub membership: String,
    pub default_visibility: Visibility,
    pub signing_rule: SigningRule,
    pub parent_reference: Option<String>,
    pub focal_point: Contact,
    /// The signing authority; where there is none, the focal point is.
    pub approver: Option<Contact>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub title: String,
    pub email: String,
}

/// What is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// Counted as a spreadsheet does: the heading is row 1.
    pub row: usize,
    pub column: &'static str,
    pub reason: String,
}

/// Reads a register. Errors: the file is of another kind or cannot be read, a column is missing or stands there twice, it has too
/// many rows, or rows are wrong (all of them listed).
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, Refusal> {
    let mut lines = spreadsheet::read(bytes)?.into_iter();
    let heading = lines.next().map(|line| line.cells).unwrap_or_default();
    let at = columns(&heading)?;
    let mut rows: Vec<(usize, Row)> = Vec::new();
    let mut problems = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for Line { number, cells } in lines {
        // A file of another kind is wrong in every cell; enough is enough.
        if problems.len() >= limits::CSV_PROBLEMS_MAX {
            break;
        }
        if rows.len() >= limits::CSV_ROWS_MAX {
            return Err(Refusal::new(No::CsvTooManyRows).with("max", limits::CSV_ROWS_MAX));
        }
        // Cells without a heading are no cells, as long as nothing stands in them.
        let beyond = cells.iter().skip(heading.len()).any(|cell| !cell.trim().is_empty());
        if beyond || cells.len() < heading.len() {
            let reason = format!("it has {} cells, and the heading has {}", cells.len(), heading.len());
            return Err(spreadsheet::unreadable(number, &reason));
        }
        let mut cells = Cells { cells: &cells, at: &at, row: number, problems: &mut problems };
        let row = cells.row();
        if let Some(first) = seen.insert(row.reference.clone(), number) {
            cells.wrong("org_id", format!("{} is already in row {first}", row.reference));
        }
        rows.push((number, row));
    }
    for (number, row) in &rows {
        if row.parent_reference.as_ref() == Some(&row.reference) {
            problems.push(RowProblem { row: *number, column: "parent_org_id", reason: "an organisation is not its own parent".into() });
        }
    }
    if problems.is_empty() {
        return Ok(rows.into_iter().map(|(_, row)| row).collect());
    }
    problems.sort_by_key(|problem| problem.row);
    let count = problems.len();
    problems.truncate(limits::CSV_PROBLEMS_MAX);
    let first = &problems[0];
    let refusal = Refusal::new(No::CsvRows)
        .with("count", count)
        .with("row", first.row)
        .with("column", first.column)
        .with("reason", first.reason.clone());
    Err(refusal.with("rows", serde_json::to_value(&problems).unwrap_or_default()))
}

/// Where each column stands.
fn columns(heading: &[String]) -> Result<HashMap<&'static str, usize>, Refusal> {
    let mut at = HashMap::new();
    for column in COLUMNS {
        let mut places = heading.iter().enumerate().filter(|(_, name)| name.trim() == column).map(|(place, _)| place);
        let place = places.next().ok_or_else(|| Refusal::new(No::CsvColumnMissing).with("column", column))?;
        if places.next().is_some() {
            // Which of them holds the name is not ours to guess.
            return Err(Refusal::new(No::CsvColumnTwice).with("column", column));
        }
        at.insert(column, place);
    }
    Ok(at)
}

/// One record on its way to a [`Row`], collecting what is wrong with it.
struct Cells<'a> {
    cells: &'a [String],
    at: &'a HashMap<&'static str, usize>,
    row: usize,
    problems: &'a mut Vec<RowProblem>,
}

impl Cells<'_> {
    fn row(&mut self) -> Row {
        let approver_name = self.text("approver_name", limits::CELL_CHARS_MAX);
        let approver_email = self.text("approver_email", accounts::limits::EMAIL_CHARS_MAX);
        let approver = (!approver_name.is_empty() || !approver_email.is_empty()).then(|| Contact {
            name: approver_name,
            title: String::new(),
            email: self.email("approver_email"),
        });
        Row {
            reference: self.needed("org_id", limits::REFERENCE_CHARS_MAX),
            name: self.name(),
            name_en: self.printable("name_en"),
            acronym: self.needed("acronym", limits::ACRONYM_CHARS_MAX),
            country: self.country(),
            country3: self.country3(),
            region: self.text("un_regional_group", limits::REGION_CHARS_MAX),
            city: self.text("city", limits::CELL_CHARS_MAX),
            timezone: self.timezone(),
            language: self.language(),
            status: self.choice(
                "ecosoc_status",
                &[
                    ("General", ConsultativeStatus::General),
                    ("Special", ConsultativeStatus::Special),
                    ("Roster", ConsultativeStatus::Roster),
                    ("None", ConsultativeStatus::None),
                ],
            ),
            registered_name: Some(self.text("ecosoc_registered_name", limits::NAME_CHARS_MAX)).filter(|name| !name.is_empty()),
            membership: self.needed("membership", limits::WORD_CHARS_MAX),
            default_visibility: self
                .choice("default_visibility", &[("confidential", Visibility::Withheld), ("public", Visibility::Public)]),
            signing_rule: self.choice("signing_rule", &[("single", SigningRule::Single), ("two_person", SigningRule::TwoPerson)]),
            parent_reference: Some(self.text("parent_org_id", limits::REFERENCE_CHARS_MAX)).filter(|parent| !parent.is_empty()),
            focal_point: Contact {
                name: self.needed("focal_point_name", limits::CELL_CHARS_MAX),
                title: self.text("focal_point_title", accounts::limits::PERSON_TITLE_CHARS_MAX),
                email: self.email("focal_point_email"),
            },
            approver,
        }
    }

    /// A cell as it is kept: NFC, so that two spellings of one name are one; trimmed; on one line; nothing in it that nobody sees.
    fn text(&mut self, column: &'static str, chars_max: usize) -> String {
        let raw = self.at.get(column).and_then(|at| self.cells.get(*at)).map_or("", String::as_str).trim();
        if raw.chars().count() > chars_max {
            self.wrong(column, format!("it is longer than {chars_max} characters"));
        }
        if raw.contains(['\n', '\r', '\t']) {
            self.wrong(column, "it holds a line break or a tab".into());
        }
        if let Some(first) = unseen::find(raw).first() {
            let (character, code) = (unseen::called(first.name), unseen::code_point(first.sign));
            let place = place::excerpt(raw, first.at..first.at + first.sign.len_utf8());
            self.wrong(
                column,
                format!("it holds a character that nobody sees, or that not everybody sees alike: {character} ({code}) in “{place}”"),
            );
        }
        unseen::settled(raw)
    }

    fn needed(&mut self, column: &'static str, chars_max: usize) -> String {
        let text = self.text(column, chars_max);
        if text.is_empty() {
            self.wrong(column, "it is empty".into());
        }
        text
    }

    fn name(&mut self) -> String {
        let name = self.printable("display_name");
        if name.is_empty() {
            self.wrong("display_name", "it is empty".into());
        }
        if !name.is_empty() && !name.chars().any(char::is_alphanumeric) {
            self.wrong("display_name", "it has neither a letter nor a digit".into());
        }
        name
    }

    /// A name that will stand in a file one day; better refused here than on the night of the deadline.
    fn printable(&mut self, column: &'static str) -> String {
        let name = self.text(column, limits::NAME_CHARS_MAX);
        let missing: Vec<String> =
            export::unprintable(&name).iter().take(10).map(|letter| format!("“{letter}” ({})", unseen::code_point(*letter))).collect();
        if !missing.is_empty() {
            self.wrong(column, format!("no font of the files has {}", missing.join(", ")));
        }
        name
    }

    fn country(&mut self) -> String {
        let code = self.needed("country_iso2", 2);
        if !code.is_empty() && !is_country(&code) {
            self.wrong("country_iso2", format!("“{code}” is not a country code of ISO 3166-1"));
        }
        code
    }

    fn country3(&mut self) -> String {
        let code = self.text("country_iso3", 3);
        let expected = self.at.get("country_iso2").and_then(|at| self.cells.get(*at)).and_then(|two| rust_iso3166::from_alpha2(two.trim()));
        match expected {
            Some(country) if code.is_empty() => country.alpha3.to_owned(),
            Some(country) if code != country.alpha3 => {
                self.wrong("country_iso3", format!("“{code}” is not the three-letter code of {}", country.name));
                code
            }
            _ => code,
        }
    }

    fn timezone(&mut self) -> String {
        let zone = self.needed("timezone", limits::ZONE_CHARS_MAX);
        if !zone.is_empty() && zone.parse::<chrono_tz::Tz>().is_err() {
            self.wrong("timezone", format!("“{zone}” is not an IANA time zone"));
        }
        zone
    }

    fn language(&mut self) -> String {
        let tag = self.needed("language", limits::LANGUAGE_CHARS_MAX).to_lowercase();
        if !tag.is_empty() && tag.parse::<icu_locale_core::LanguageIdentifier>().is_err() {
            self.wrong("language", format!("“{tag}” is not a language tag (BCP 47)"));
        }
        tag
    }

    fn email(&mut self, column: &'static str) -> String {
        let text = self.needed(column, accounts::limits::EMAIL_CHARS_MAX);
        if text.is_empty() {
            return text;
        }
        normal_email(&text).unwrap_or_else(|| {
            self.wrong(column, format!("“{text}” is not an e-mail address"));
            text
        })
    }

    fn choice<T: Copy>(&mut self, column: &'static str, known: &[(&str, T)]) -> T {
        let text = self.text(column, limits::WORD_CHARS_MAX);
        match known.iter().find(|(word, _)| word.eq_ignore_ascii_case(&text)) {
            Some((_, value)) => *value,
            None => {
                let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
                self.wrong(column, format!("“{text}” is none of {}", words.join(", ")));
                known[0].1
            }
        }
    }

    fn wrong(&mut self, column: &'static str, reason: String) {
        // The first finding of a cell says enough.
        if !self.problems.iter().rev().take_while(|known| known.row == self.row).any(|known| known.column == column) {
            self.problems.push(RowProblem { row: self.row, column, reason });
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    const SAMPLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/server/demo/organisations.csv"));

    #[test]
    fn the_sample_register_is_read_whole() {
        let rows = read(SAMPLE.as_bytes()).unwrap();
        assert_eq!(rows.len(), 71);
        let named = |name: &str| rows.iter().filter(|row| row.name == name).count();
        assert_eq!(named("Open Doorstep Initiative"), 4, "chapters of one name stay apart");
        assert_eq!(rows.iter().filter(|row| row.default_visibility == Visibility::Withheld).count(), 10);
        assert!(rows.iter().any(|row| row.name.starts_with('=')), "a formula is only a name");
        assert!(rows.iter().all(|row| row.name.nfc().eq(row.name.chars())));
    }

    fn refused(file: &str) -> Refusal {
        read(file.as_bytes()).unwrap_err()
    }

    #[test]
    fn what_is_wrong_is_named_by_row_and_column() {
        let (heading, body) = SAMPLE.split_once('\n').unwrap();
        let first = body.lines().next().unwrap();
        let file = |row: &str| format!("{heading}\n{first}\n{row}\n");

        assert_eq!(refused(&SAMPLE.replacen("acronym", "short", 1)).params["column"], "acronym");
        let twice = refused(&file(first));
        assert_eq!((twice.no, twice.params["row"].as_u64(), &twice.params["column"]), (No::CsvRows, Some(3), &"org_id".into()));
        let other = first.replacen("ORG-001", "ORG-900", 1);
        for (from, to, column) in [
            (",KE,", ",KX,", "country_iso2"),
            ("Africa/Nairobi", "Africa/Atlantis", "timezone"),
            ("focalpoint@bcap-ke.example", "focalpoint", "focal_point_email"),
            (",Special,", ",Important,", "ecosoc_status"),
            ("Baobab Circle", "Baobab\u{202e} Circle", "display_name"),
            ("Baobab Circle", "Baobab \u{12000} Circle", "display_name"),
            ("Baobab Circle", "Baobab \u{fffd} Circle", "display_name"),
            ("Director of", "Director\u{ad} of", "focal_point_title"),
        ] {
            let problem = refused(&file(&other.replacen(from, to, 1)));
            assert_eq!((problem.no, &problem.params["column"]), (No::CsvRows, &column.into()), "{to}");
        }
        assert_eq!(refused(&format!("{heading}\nORG-1,too,short\n")).no, No::CsvUnreadable);
        assert_eq!(read(&[heading.as_bytes(), b"\n\xff\xfe"].concat()).unwrap_err().no, No::CsvNotUtf8);
        assert_eq!(refused("").no, No::CsvColumnMissing);
        assert_eq!(refused(&SAMPLE.replacen("acronym", "acronym,name_en", 1)).no, No::CsvColumnTwice);
    }
}
