//! How much a text may hold, and how much is said about it at once.

/// Blocks and footnotes of a draft; the longest statements have some five hundred.
pub const LINES_MAX: usize = 20_000;
/// All words together; the longest statements have some 60 KiB.
pub const TEXT_BYTES_MAX: usize = 1024 * 1024;
/// Brackets around one letter whose signs are written. Negotiators nest three; what is beyond is only there to make a text long.
pub const BRACKETS_AROUND_MAX: usize = 8;
/// Obstacles told at once, with their places. A page pasted with hyphenation has a thousand soft hyphens; the rest is counted.
pub const OBSTACLES_MAX: usize = 200;
/// Letters of an excerpt before and after what it is about.
pub const EXCERPT_CHARS: usize = 24;
/// What comparing two texts may cost, in words looked at. Texts of 5,000 words with every paragraph changed need some 300,000; what is
/// beyond is told as replaced whole.
pub const COMPARE_STEPS_MAX: usize = 8_000_000;
/// Words by which two versions of one paragraph may differ and still be compared word by word. Beyond, nobody could read it, and the
/// way through would have to be kept in memory squared.
pub const COMPARE_DIFFERENCES_MAX: usize = 1_000;
/// Pairs of paragraphs that are weighed against each other where neither side has an equal one: 500 times 500.
pub const COMPARE_PAIRS_MAX: usize = 250_000;
