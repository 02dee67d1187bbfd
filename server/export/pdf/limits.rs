//! Ceilings of one file. Beyond them the export is refused, so that no request can hold a worker for minutes.

/// Pages. The longest resolution annexes stay under 200; 400 leaves room for a list of thousands.
pub const PAGES_MAX: usize = 400;
/// Characters of the text with its footnotes: what 400 full pages could hold, refused before any shaping.
pub const CHARACTERS_MAX: usize = 1_600_000;
/// Characters of a full line.
pub const LINE_CHARACTERS: usize = 72;
/// Names: what 400 pages could hold.
pub const SIGNATORIES_MAX: usize = 25_000;
/// Characters of one signatory's name, gloss or country. The longest registered names run to about 300.
pub const NAME_CHARACTERS_MAX: usize = 1_000;
/// Characters of one sentence of the front or around the names (title, subtitle, headings).
pub const LINE_CHARACTERS_MAX: usize = 2_000;
/// Characters of a label and of the address in the foot of a page, which has room for seven lines.
pub const LABEL_CHARACTERS_MAX: usize = 80;
pub const ADDRESS_CHARACTERS_MAX: usize = 250;
/// Characters of a number beside a paragraph.
pub const NUMBER_CHARACTERS_MAX: usize = 32;
/// Runs of one block. The shaper numbers styles with 16 bits; a paragraph by hand has a few dozen.
pub const RUNS_MAX: usize = 10_000;
/// Blank lines drawn for withheld names; the sentence above them always has the full number.
pub const BLANK_LINES_MAX: u64 = 24;
