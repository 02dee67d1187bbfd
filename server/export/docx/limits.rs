//! Ceilings of one Word file. Beyond them the export is refused, so that no request can hold a thread for minutes.

/// Letters of all that is in it, what goes and what was said included: two of the longest texts beside each other, and all their threads.
pub const LETTERS_MAX: usize = 16_000_000;
/// Pieces: each is some 500 bytes of XML. A text of 20,000 lines in which every fifth word differs has 100,000.
pub const PIECES_MAX: usize = 200_000;
/// Lists that are counted by Word itself; the numbers of those beyond are written out. Word knows some 2,000 in one document.
pub const LISTS_MAX: usize = 1_000;
