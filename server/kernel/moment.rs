//! Time: one clock for the whole process, in whole milliseconds of UTC.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type};

/// An instant in UTC, to the millisecond.
// Milliseconds, because PostgreSQL keeps six digits and SQLite nine, and this value is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(NaiveDateTime);

impl Moment {
    pub fn from_millis(millis: i64) -> Option<Self> {
        DateTime::from_timestamp_millis(millis).map(|at| Self(at.naive_utc()))
    }

    pub fn from_naive(naive: NaiveDateTime) -> Self {
        Self::truncated(naive.and_utc())
    }

    fn truncated(at: DateTime<Utc>) -> Self {
        Self::from_millis(at.timestamp_millis()).unwrap_or(Self(at.naive_utc()))
    }

    pub fn naive(&self) -> &NaiveDateTime {
        &self.0
    }

    pub fn utc(self) -> DateTime<Utc> {
        self.0.and_utc()
    }

    pub fn millis(self) -> i64 {
        self.utc().timestamp_millis()
    }

    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + chrono::Duration::seconds(seconds))
    }

    pub fn plus_millis(self, millis: i64) -> Self {
        Self(self.0 + chrono::Duration::milliseconds(millis))
    }

    /// The same without a fraction of a second: deadlines are said, and signed, in whole seconds.
    pub fn whole_seconds(self) -> Self {
        Self::from_millis(self.millis().div_euclid(1000) * 1000).unwrap_or(self)
    }

    /// The beginning of its minute.
    pub fn whole_minutes(self) -> Self {
        Self::from_millis(self.millis().div_euclid(60_000) * 60_000).unwrap_or(self)
    }

    /// The beginning of its hour.
    pub fn whole_hours(self) -> Self {
        Self::from_millis(self.millis().div_euclid(3_600_000) * 3_600_000).unwrap_or(self)
    }

    /// RFC 3339 in whole seconds: `2026-02-06T16:00:00Z`.
    pub fn rfc3339(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// The beginning of its day in a zone.
    pub fn start_of_day(self, zone: chrono_tz::Tz) -> Self {
        let midnight = self.utc().with_timezone(&zone).date_naive().and_time(chrono::NaiveTime::MIN);
        // Where a day begins with a skipped hour, it begins an hour later; nothing here depends on that hour.
        midnight.and_local_timezone(zone).earliest().map_or(self, |at| Self::truncated(at.to_utc()))
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| Self::truncated(at.to_utc()))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a time is written like 2026-02-06T16:00:00Z"))
    }
}

/// In the API's description every instant is of one form.
impl utoipa::PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("An instant (RFC 3339). The server writes UTC, to the millisecond."))
            .into()
    }
}
impl utoipa::ToSchema for Moment {}

/// The only reader of the system clock. Cloning it gives the same clock.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    #[cfg(feature = "test-clock")]
    ahead: std::sync::Arc<std::sync::atomic::AtomicI64>,
}

impl Clock {
    pub fn now(&self) -> Moment {
        let now = Moment::truncated(Utc::now());
        #[cfg(feature = "test-clock")]
        let now = now.plus_seconds(self.ahead.load(std::sync::atomic::Ordering::SeqCst));
        now
    }

    /// How far it was moved forward: what measures time without asking the hour moves with it.
    pub fn moved(&self) -> std::time::Duration {
        #[cfg(feature = "test-clock")]
        return std::time::Duration::from_secs(self.ahead.load(std::sync::atomic::Ordering::SeqCst).unsigned_abs());
        #[cfg(not(feature = "test-clock"))]
        std::time::Duration::ZERO
    }

    /// Moves the clock forward; only builds for tests can.
    #[cfg(feature = "test-clock")]
    pub fn advance(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, std::sync::atomic::Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_whole_milliseconds_and_read_back() {
        let now = Clock::default().now();
        assert_eq!(Moment::parse(&now.to_string()), Some(now));
        assert_eq!(Moment::from_naive(*now.naive()), now);
        let at = Moment::parse("2026-02-06T17:59:31+01:00").unwrap();
        assert_eq!(at.start_of_day(chrono_tz::Europe::Zurich).rfc3339(), "2026-02-05T23:00:00Z");
        assert_eq!(at.rfc3339(), "2026-02-06T16:59:31Z");
    }
}
