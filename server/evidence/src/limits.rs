//! Every quantity a stranger's file can raise, with its ceiling and the reason.

/// Size of a bundle or receipt, bytes. Ten thousand leaves with every opening public take about 12 MB.
pub const FILE_BYTES_MAX: usize = 24 * 1024 * 1024;

/// The beginning of a file that is looked at to tell what it is, bytes: the headers of a letter fit, and a signature in them.
pub const HEAD_BYTES_MAX: usize = 16 * 1024;

/// Values (strings, numbers, lists, objects) in one JSON document: a value costs up to 100 bytes of memory,
/// so that a file of the permitted size made of empty lists cannot ask for gigabytes.
pub const JSON_VALUES_MAX: usize = 1_000_000;

/// Nesting of one JSON document. A text with quotes in lists in quotes needs about twenty levels.
pub const JSON_DEPTH_MAX: usize = 64;

/// Lines in one statement's log: the whole movement signing, re-confirming and withdrawing still fits.
pub const LEAVES_MAX: usize = 20_000;

/// One leaf, bytes: 350 with one language, 100 more for each further one.
pub const LEAF_BYTES_MAX: usize = 4_096;

/// Language versions of one edition. The UN has six languages; regional ones are added to them.
pub const LANGUAGES_MAX: usize = 24;

/// A language tag, bytes (RFC 5646, section 4.4.1 recommends at least 35).
pub const LANGUAGE_TAG_BYTES_MAX: usize = 35;

/// An identifier of a statement, round or organisation, bytes. Ours have 26.
pub const ID_BYTES_MAX: usize = 64;

/// Any name, title, label or sentence of authority in an opening, bytes.
pub const WORDS_BYTES_MAX: usize = 2_000;

/// A checkpoint with every cosignature it may have gathered, bytes.
pub const NOTE_BYTES_MAX: usize = 16 * 1024;

/// Signature lines under one checkpoint, cosignatures of witnesses included.
pub const NOTE_SIGNATURES_MAX: usize = 16;

/// A log's origin, which is also the name of its key, bytes.
pub const ORIGIN_BYTES_MAX: usize = 255;

/// A key as a person hands it over, bytes: with quotes, line breaks and spaces around it, and not a whole file.
pub const KEY_GIVEN_BYTES_MAX: usize = 4_096;

/// Hashes in an inclusion proof: a tree of 2^63 leaves needs no more.
pub const PROOF_HASHES_MAX: usize = 64;

/// Faults one verdict lists. Whoever reads twenty has understood.
pub const FAULTS_MAX: usize = 20;

/// Characters of a stranger's words that one sentence repeats: a long name still fits, a flood does not.
pub const REPEATED_CHARS_MAX: usize = 200;
