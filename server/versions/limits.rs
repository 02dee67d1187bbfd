//! How many versions a draft has, and how large one may be.

/// Of one draft. Sixteen a day for a year and a half; past it nothing more is named or brought back, and nothing kept by itself.
pub const VERSIONS_MAX: i64 = 10_000;
/// Kept by themselves within a day before they come more slowly: a session ends some sixteen times a day at most.
pub const DAILY_MAX: i64 = 24;
/// … and how far apart they then are, in seconds: nobody fills the list by emptying a text again and again.
pub const SLOW_SECONDS: i64 = 10 * 60;
pub const DAY_SECONDS: i64 = 24 * 60 * 60;
/// The canonical text of one that is kept by itself: three times the longest text that can be frozen.
pub const TEXT_BYTES_MAX: usize = 1024 * 1024;
/// A name of a version: “Sent to the members on 3 May”.
pub const NAME_CHARS_MAX: usize = 120;
/// Versions a list shows, newest first.
pub const VERSIONS_SHOWN_MAX: i64 = 1_000;
