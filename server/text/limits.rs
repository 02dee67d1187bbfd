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
/// A file of a word processor that is brought in. Thirty pages without pictures have some 100 kB; with pictures, which are left out, 8 MiB.
pub const WORD_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Parts of such a file: its words, styles, numbering, notes, comments, and each of its pictures.
pub const WORD_PARTS_MAX: usize = 2_000;
/// What all parts that are read come to, inflated. A text of a hundred pages with a revision number on every word has some 8 MiB.
pub const WORD_INFLATED_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Elements of one part: a hundred pages have some 100,000.
pub const WORD_ELEMENTS_MAX: usize = 250_000;
/// Elements within each other. A table in a table in a box stands thirty deep.
pub const WORD_DEPTH_MAX: usize = 200;
/// Attributes of one element; the root of a part has some forty, the names of its namespaces.
pub const WORD_ATTRIBUTES_MAX: usize = 200;
/// Styles that one follows from another.
pub const WORD_STYLES_DEEP_MAX: usize = 20;
/// Comments brought in at once, replies among them: no more than a person may say in an hour.
pub const WORD_COMMENTS_MAX: usize = 100;
/// A number that a list begins with; what is more is a mistake.
pub const WORD_NUMBER_MAX: u64 = 9_999;
/// Files that are read at one time by all who bring one in; each may take some 100 MiB while it is read.
pub const WORD_READERS_MAX: usize = 2;
