//! How long a statement and its lists may be.

/// A statement’s title, as it is started with and as the heading that is frozen; UN titles stay under 200.
pub const TITLE_CHARS_MAX: usize = 300;
/// A text that can still be read in one sitting, and laid out; a joint statement has 2,000 words at most.
pub const TEXT_WORDS_MAX: usize = 50_000;
/// The forum, as free text until profiles exist.
pub const FORUM_CHARS_MAX: usize = 200;
/// Statements a list shows; a coalition writes some dozens a year.
pub const STATEMENTS_MAX: usize = 500;
/// Acts a history shows, newest first.
pub const ACTS_MAX: usize = 1_000;
/// A year: nobody comments on one draft longer, and a slip of the year is found.
pub const REMARKS_SECONDS_MAX: i64 = 366 * 24 * 3600;
