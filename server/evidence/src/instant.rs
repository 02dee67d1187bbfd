//! Instants and whole hours, as the record writes them: always UTC, each in one spelling, any other is refused.
//!
//! Leaves carry the hour only, because an exact instant beside a public page's counter would tell who stands behind a
//! withheld entry. Openings carry an instant, as finely as the server chose to record it. The calendar is reckoned here, with
//! no library and no clock, so that an auditor can follow it: years 1970 to 9999, no leap seconds.

/// An instant in UTC, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// A whole hour in UTC, counted since 1970. Written `2026-02-04T10:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour(pub i64);

impl Instant {
    /// Reads `2026-02-04T10:15:30Z` or, with one to three further digits, `2026-02-04T10:15:30.123Z` (RFC 3339, UTC
    /// only, four-digit year from 1970, no leap second). `None` for any other spelling.
    pub fn parse(written: &str) -> Option<Instant> {
        let body = written.strip_suffix('Z')?;
        let (whole, millis) = match body.split_once('.') {
            None => (body, 0),
            Some((whole, fraction)) if (1..=3).contains(&fraction.len()) => {
                (whole, digits(fraction.as_bytes())? * [100, 10, 1].get(fraction.len() - 1)?)
            }
            Some(_) => return None,
        };
        let whole = whole.as_bytes();
        if whole.len() != 19 || whole.get(16) != Some(&b':') {
            return None;
        }
        let minutes = minutes_since_1970(whole.get(..16)?)?;
        let second = digits(whole.get(17..)?)?;
        (second < 60).then_some(Instant((minutes * 60 + second) * 1000 + millis))
    }

    /// The hour this instant lies in.
    pub fn hour(self) -> Hour {
        Hour(self.0.div_euclid(3_600_000))
    }
}

impl Hour {
    /// Reads `2026-02-04T10:00Z`; `None` for any other spelling, minutes other than `00` included.
    pub fn parse(written: &str) -> Option<Hour> {
        let body = written.strip_suffix('Z')?.as_bytes();
        let minutes = minutes_since_1970(body)?;
        (minutes % 60 == 0).then_some(Hour(minutes / 60))
    }

    /// As leaves write it. Whole for the years 1970 to 9999.
    pub fn written(self) -> String {
        let (days, hour) = (self.0.div_euclid(24), self.0.rem_euclid(24));
        let (year, month, day) = date_of(days);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:00Z")
    }
}

/// `YYYY-MM-DDTHH:MM`, sixteen bytes.
fn minutes_since_1970(written: &[u8]) -> Option<i64> {
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':')];
    if written.len() != 16 || separators.iter().any(|&(place, byte)| written.get(place) != Some(&byte)) {
        return None;
    }
    let part = |from: usize, to: usize| digits(written.get(from..to)?);
    let (year, month, day, hour, minute) = (part(0, 4)?, part(5, 7)?, part(8, 10)?, part(11, 13)?, part(14, 16)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let month_days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if year < 1970 || day < 1 || day > month_days || hour > 23 || minute > 59 {
        return None;
    }
    Some((days_since_1970(year, month, day) * 24 + hour) * 60 + minute)
}

fn digits(written: &[u8]) -> Option<i64> {
    written.iter().try_fold(0, |sum: i64, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

// Years are counted from March here, so that the leap day is the last day of a year and months follow one formula.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let march_year = if month <= 2 { year - 1 } else { year };
    let march_month = (month + 9) % 12;
    march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 + (march_month * 153 + 2) / 5 + day - 1 - DAYS_BEFORE_1970
}

/// Days from 1 March of the year 0 to 1 January 1970.
const DAYS_BEFORE_1970: i64 = 719_468;

fn date_of(days: i64) -> (i64, i64, i64) {
    // A guess at the year that is at most one too high, then the month by counting: plain beats clever here.
    let mut year = 1970 + days / 365;
    while days_since_1970(year, 1, 1) > days {
        year -= 1;
    }
    let month = (1..=12).rev().find(|&month| days_since_1970(year, month, 1) <= days).unwrap_or(1);
    (year, month, days - days_since_1970(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants() {
        assert_eq!(Instant::parse("1970-01-01T00:00:00Z"), Some(Instant(0)));
        assert_eq!(Instant::parse("2026-02-04T10:15:30Z"), Some(Instant(1_770_200_130_000)));
        assert_eq!(Instant::parse("2000-02-29T23:59:59.9Z"), Some(Instant(951_868_799_900)));
        assert_eq!(Instant::parse("2026-02-04T10:15:30.123Z").unwrap().hour().written(), "2026-02-04T10:00Z");
    }

    #[test]
    fn every_day_of_four_centuries_is_written_and_read_back() {
        for day in 0..400 * 366 {
            let hour = Hour(day * 24 + day % 24);
            assert_eq!(Hour::parse(&hour.written()), Some(hour));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for bad in [
            "",
            "Z",
            "2026-02-04",
            "2026-02-04T10:15:30",
            "2026-02-04T10:15:30+00:00",
            "2026-02-04t10:15:30z",
            "2026-02-30T10:15:30Z",
            "2025-02-29T10:15:30Z",
            "2026-13-01T10:15:30Z",
            "2026-02-04T24:00:00Z",
            "2026-02-04T10:60:00Z",
            "2026-02-04T10:15:60Z",
            "2026-02-04T10:15:30.Z",
            "2026-02-04T10:15:30.1234Z",
            "2026-02-04 10:15:30Z",
            "+026-02-04T10:15:30Z",
            "1969-12-31T23:59:59Z",
            "２026-02-04T10:15Z",
        ] {
            assert_eq!(Instant::parse(bad), None, "{bad}");
        }
        for bad in ["2026-02-04T10:15Z", "2026-02-04T10:00:00Z", "2026-02-04T10Z", "2026-02-04T10:00"] {
            assert_eq!(Hour::parse(bad), None, "{bad}");
        }
    }
}
