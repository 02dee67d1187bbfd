//! How much a text may hold, and how much is said about it at once.

/// Blocks and footnotes of a draft; the longest statements have some five hundred.
pub const LINES_MAX: usize = 20_000;
/// All words together; the longest statements have some 60 KiB.
pub const TEXT_BYTES_MAX: usize = 1024 * 1024;
/// Obstacles told at once, with their places. A page pasted with hyphenation has a thousand soft hyphens; the rest is counted.
pub const OBSTACLES_MAX: usize = 200;
/// Letters of an excerpt before and after what it is about.
pub const EXCERPT_CHARS: usize = 24;
