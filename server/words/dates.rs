//! Days and hours in words: always with a place, because a deadline without a zone is a trap.
//!
//! Pages and letters receive these as finished words, so that neither knows the zones' rules.

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Words;

/// One instant as one place reads it: `Fri 6 February`, in another year `Fri 6 February 2027`; `19:00`; `Nairobi`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalDeadline {
    pub place: String,
    pub day: String,
    pub time: String,
}

/// A deadline in each zone, in the order given; zones that read the same in the same place are said once. The year is said where
/// it is not the year of `now` there. Give the reader's zone first, then the coalition's, then `Tz::UTC`.
pub fn local_deadlines(now: DateTime<Utc>, at: DateTime<Utc>, zones: &[Tz], words: Words) -> Vec<LocalDeadline> {
    let mut out: Vec<LocalDeadline> = Vec::new();
    for zone in zones {
        let there = at.with_timezone(zone);
        let closing = LocalDeadline {
            place: place(*zone, words),
            day: weekday_and_day(there, there.year() != now.with_timezone(zone).year(), words),
            time: format!("{:02}:{:02}", there.hour(), there.minute()),
        };
        if !out.contains(&closing) {
            out.push(closing);
        }
    }
    out
}

/// The first reading in full and the others as far as they differ: `Fri 6 February, 19:00 Nairobi · 17:00 Geneva · 16:00 UTC`.
pub fn one_line(closes: &[LocalDeadline]) -> String {
    let parts: Vec<String> = closes.iter().enumerate().map(|(i, closing)| reading(closing, closes.first().filter(|_| i > 0))).collect();
    parts.join(" · ")
}

/// One reading; the day is left out where it is the day of `after`.
pub fn reading(closing: &LocalDeadline, after: Option<&LocalDeadline>) -> String {
    let LocalDeadline { place, day, time } = closing;
    match after {
        Some(first) if first.day == *day => format!("{time} {place}"),
        _ => format!("{day}, {time} {place}"),
    }
}

/// `9 February 2026`, as read in that zone.
pub fn day(at: DateTime<Utc>, zone: Tz, words: Words) -> String {
    let there = at.with_timezone(&zone);
    let month = words.say(&format!("date.month_{}", there.month()), &[]);
    words.say("date.day", &[("day", &there.day().to_string()), ("month", &month), ("year", &there.year().to_string())])
}

/// `4 February 2026, 14:07 Geneva`.
pub fn moment(at: DateTime<Utc>, zone: Tz, words: Words) -> String {
    let there = at.with_timezone(&zone);
    let time = format!("{:02}:{:02}", there.hour(), there.minute());
    words.say("date.moment", &[("day", &day(at, zone, words)), ("time", &time), ("place", &place(zone, words))])
}

/// The city a zone is known by today, whatever name of the zone a browser or a register uses. Cities that were renamed, and
/// what diplomats call otherwise (Europe/Zurich is Geneva), stand in the words; a zone without a place is an offset.
pub fn place(zone: Tz, words: Words) -> String {
    let name = zone.name();
    if let Some(known) = words.find(&format!("place.{name}")) {
        return known.to_owned();
    }
    // The names of these zones count westwards, as POSIX does; people count eastwards.
    match name.strip_prefix("Etc/GMT").and_then(|west| west.split_at_checked(1)) {
        Some(("+", hours)) => format!("UTC−{hours}"),
        Some(("-", hours)) => format!("UTC+{hours}"),
        _ => name.rsplit('/').next().unwrap_or(name).replace('_', " "),
    }
}

fn weekday_and_day(there: DateTime<Tz>, with_year: bool, words: Words) -> String {
    let weekday = words.say(&format!("date.weekday_{}", there.weekday().number_from_monday()), &[]);
    let month = words.say(&format!("date.month_{}", there.month()), &[]);
    let (day, year) = (there.day().to_string(), there.year().to_string());
    let parts = [("weekday", weekday.as_str()), ("day", day.as_str()), ("month", month.as_str()), ("year", year.as_str())];
    words.say(if with_year { "date.weekday_day_year" } else { "date.weekday_day" }, &parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_deadline_is_read_in_every_place_and_the_day_said_where_it_differs() {
        let at = Utc.with_ymd_and_hms(2026, 2, 6, 16, 0, 0).unwrap();
        let words = Words::of("en");
        let closes =
            local_deadlines(at, at, &[Tz::Africa__Nairobi, Tz::Europe__Zurich, Tz::Europe__Zurich, Tz::UTC, Tz::Pacific__Auckland], words);
        assert_eq!(one_line(&closes), "Fri 6 February, 19:00 Nairobi · 17:00 Geneva · 16:00 UTC · Sat 7 February, 05:00 Auckland");
        assert_eq!(moment(at, Tz::Europe__Zurich, words), "6 February 2026, 17:00 Geneva");
    }

    #[test]
    fn a_deadline_in_another_year_says_so_in_each_place_that_reads_it_in_another_year() {
        let on = |year, month, day, hour| Utc.with_ymd_and_hms(year, month, day, hour, 30, 0).unwrap();
        let said = |now, at| one_line(&local_deadlines(now, at, &[Tz::Pacific__Auckland, Tz::UTC], Words::of("en")));
        assert_eq!(said(on(2026, 12, 4, 9), on(2027, 1, 15, 2)), "Fri 15 January 2027, 15:30 Auckland · 02:30 UTC");
        assert_eq!(said(on(2026, 12, 4, 9), on(2026, 12, 31, 23)), "Fri 1 January 2027, 12:30 Auckland · Thu 31 December, 23:30 UTC");
        assert_eq!(said(on(2026, 12, 31, 22), on(2027, 1, 1, 3)), "Fri 1 January, 16:30 Auckland · Fri 1 January 2027, 03:30 UTC");
        assert_eq!(said(on(2027, 1, 4, 9), on(2026, 12, 30, 1)), "Wed 30 December 2026, 14:30 Auckland · 01:30 UTC");
    }

    /// The work pages' own function is held against the same list (`web/src/parts/moment.test.ts`).
    #[test]
    fn a_place_has_one_name_whatever_the_zone_is_called() {
        let cases = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/words/places.cases.json"));
        let cases: std::collections::BTreeMap<&str, &str> = serde_json::from_str(cases).expect("the cases name zones and places");
        for (zone, wanted) in cases {
            assert_eq!(place(zone.parse().expect("a zone"), Words::of("en")), wanted, "{zone}");
        }
    }

    #[test]
    fn no_place_reads_like_code() {
        for zone in chrono_tz::TZ_VARIANTS {
            let said = place(zone, Words::of("en"));
            let is_offset = said.starts_with("UTC") && said.chars().skip(3).all(|c| matches!(c, '+' | '−' | '0'..='9'));
            let is_name = said.chars().all(|c| c.is_alphabetic() || " ’.,-".contains(c)) && said.chars().any(char::is_lowercase);
            assert!(is_offset || is_name, "{zone} is called {said}");
        }
    }
}
