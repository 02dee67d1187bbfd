//! The sheet: everything a file of a settled statement shows, and the refusals a file can meet.

use crate::text::block::Text;

/// One language version of a settled statement with its list of names, ready to be laid out.
///
/// The order of `signatories` is the order of the file; sorting and grouping are done before.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub text: Text,
    /// Plain title, for the properties of the file, and for its first page if the text has no title of its own.
    pub title: String,
    /// Edition label as the coalition counts it, such as `Rev.1`.
    pub edition: String,
    pub coalition: String,
    pub subtitle: Option<String>,
    pub signatories: Vec<ListedName>,
    /// Organisations that signed and whose names are withheld.
    pub withheld: u64,
    /// SHA-256 of the canonical text, 64 lower-case hexadecimal digits.
    pub digest: String,
    /// Where a reader can check this text; printed at the foot of each page.
    pub check_url: String,
    /// The day of publication in words of the text's language, such as `9 February 2026`.
    pub published_on: String,
    /// The moment written into the properties of the file, in Unix seconds. Never the clock of the machine.
    pub created: i64,
    pub words: Words,
}

/// One public signatory, as it chose to be printed.
#[derive(Debug, Clone)]
pub struct ListedName {
    pub name: String,
    /// The name in the language of the file, when it differs from `name`.
    pub gloss: Option<String>,
    /// Name of the country in the language of the file; may be empty.
    pub country: String,
}

/// The sentences a file shows around text and names, in the language of the text.
#[derive(Debug, Clone)]
pub struct Words {
    /// Above the list: `We, the undersigned`.
    pub heading: String,
    /// Under that heading: `62 organisations in public, in the order of their English names`.
    pub signed_by_count: String,
    /// After the list: `and 9 organisations whose names are withheld`. Not shown when none is withheld.
    pub withheld_line: String,
    /// Before the digest in the footer: `Digest (SHA-256)`.
    pub digest_label: String,
    /// Before the address in the footer: `Check this text at`.
    pub check_label: String,
    /// The page in the footer, with the places `{page}` and `{pages}`: `Page {page} of {pages}`.
    pub page_of: String,
}

/// Why no file was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// No bundled font has these characters; a file would show empty boxes in their place.
    #[error("These characters cannot be printed: {}. Replace them and export again.", listed(characters))]
    MissingGlyphs { characters: Vec<char> },
    /// More text, names or pages than a file may have (see `pdf/limits.rs`).
    #[error("This statement is too long for a file. Shorten the text or the list and export again.")]
    TooLong,
    /// The writer of the file failed; the reason is for the log, not for a reader.
    #[error("The file could not be written: {0}")]
    Writer(String),
}

fn listed(characters: &[char]) -> String {
    let shown: Vec<String> = characters.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    shown.join(", ")
}
