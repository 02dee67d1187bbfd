//! How much may be said about a draft.

/// A remark; what needs more words is a text of its own.
pub const REMARK_CHARS_MAX: usize = 2_000;
/// What a thread keeps of its passage: enough to know it by once it is gone.
pub const QUOTE_CHARS_MAX: usize = 500;
/// Threads of one draft, resolved ones too. A contested text of three pages draws some eighty.
pub const THREADS_MAX: usize = 1_000;
/// Remarks of one draft: all that a page is told at once, so at most 8 MB.
pub const REMARKS_MAX: usize = 4_000;
/// What one person says about one draft in an hour. Whoever works through a text writes one a minute.
pub const REMARKS_AN_HOUR_MAX: usize = 120;
/// Brackets of one draft that something was said about, resolved ones too. A contested text of three pages has some sixty.
pub const BRACKETS_MAX: usize = 1_000;
/// How often organisations stand behind words of one draft: twelve of them behind every one of 300 brackets.
pub const BRACKET_STANDS_MAX: usize = 4_000;
/// What is kept of the words that somebody stands behind: all but of the longest paragraphs.
pub const ALTERNATIVE_CHARS_MAX: usize = 2_000;
pub const HOUR_SECONDS: i64 = 3_600;
/// The largest number a page counts with exactly (ECMA-262, `Number.MAX_SAFE_INTEGER`).
pub const LETTER_NUMBER_MAX: u64 = (1 << 53) - 1;
/// Whom one remark may ask to look. Whoever needs more asks the secretariat.
pub const MENTIONS_MAX: usize = 10;
/// How long a letter about remarks waits for more of them.
pub const MENTION_WAIT_SECONDS: i64 = 300;
/// How long after one such letter the next one about the same draft leaves.
pub const MENTION_PAUSE_SECONDS: i64 = HOUR_SECONDS;
