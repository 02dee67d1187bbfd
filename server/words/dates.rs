//! Days and hours in words: always with a place, because a deadline without a zone is a trap.
//!
//! Pages and letters receive these as finished words, so that neither knows the zones' rules.

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Words;

/// One instant as one place reads it: `Fri 6 February`, `19:00`, `Nairobi`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalDeadline {
    pub place: String,
    pub day: String,
    pub time: String,
}

/// A deadline in each zone, in the order given; zones that read the same in the same place are said once.
/// Give the reader's zone first, then the coalition's, then `Tz::UTC`.
pub fn local_deadlines(at: DateTime<Utc>, zones: &[Tz], words: Words) -> Vec<LocalDeadline> {
    let mut out: Vec<LocalDeadline> = Vec::new();
    for zone in zones {
        let there = at.with_timezone(zone);
        let closing = LocalDeadline {
            place: place(*zone, words),
            day: weekday(there.weekday().num_days_from_monday(), there.day(), there.month(), words),
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

/// The city a zone is known by. Diplomats call Europe/Zurich Geneva; such names stand in the words.
pub fn place(zone: Tz, words: Words) -> String {
    let name = zone.name();
    match words.find(&format!("place.{name}")) {
        Some(known) => known.to_owned(),
        None => name.rsplit('/').next().unwrap_or(name).replace('_', " "),
    }
}

fn weekday(weekday: u32, day: u32, month: u32, words: Words) -> String {
    let weekday = words.say(&format!("date.weekday_{}", weekday + 1), &[]);
    let month = words.say(&format!("date.month_{month}"), &[]);
    words.say("date.weekday_day", &[("weekday", &weekday), ("day", &day.to_string()), ("month", &month)])
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
            local_deadlines(at, &[Tz::Africa__Nairobi, Tz::Europe__Zurich, Tz::Europe__Zurich, Tz::UTC, Tz::Pacific__Auckland], words);
        assert_eq!(one_line(&closes), "Fri 6 February, 19:00 Nairobi · 17:00 Geneva · 16:00 UTC · Sat 7 February, 05:00 Auckland");
        assert_eq!(moment(at, Tz::Europe__Zurich, words), "6 February 2026, 17:00 Geneva");
    }
}
