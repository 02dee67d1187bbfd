//! How large a register may be, and what it may hold in one cell.

/// A register as CSV: 500 organisations with long names are 200 kB.
pub const CSV_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Rows of a register: ten times the largest coalition we know of.
pub const CSV_ROWS_MAX: usize = 5_000;
/// Rows that a refusal of a register lists; nobody mends more at one sitting.
pub const CSV_PROBLEMS_MAX: usize = 100;
/// An organisation's name; the longest in the sample register has 257.
pub const NAME_CHARS_MAX: usize = 400;
/// Any other cell of the register.
pub const CELL_CHARS_MAX: usize = 400;
/// The register's own name for an organisation.
pub const REFERENCE_CHARS_MAX: usize = 40;
/// As it stands beside a caret in a text's margin.
pub const ACRONYM_CHARS_MAX: usize = 20;
/// The longest regional group is "Latin America and the Caribbean".
pub const REGION_CHARS_MAX: usize = 60;
/// The longest IANA zone has 32.
pub const ZONE_CHARS_MAX: usize = 60;
/// What BCP 47 asks every reader to take.
pub const LANGUAGE_CHARS_MAX: usize = 35;
/// A cell that holds one of a few words.
pub const WORD_CHARS_MAX: usize = 40;
/// What one searches for.
pub const SEARCH_CHARS_MAX: usize = 200;
/// Organisations on one page of the register.
pub const PAGE_SIZE: usize = 100;
/// Organisations invited to one round, or writing one draft.
pub const ORGANISATIONS_MAX: usize = 1_000;
