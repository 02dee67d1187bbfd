//! How many letters leave at once, and how often one is tried.

/// Letters handed to the sender in one go.
pub const LETTERS_PER_SWEEP: i64 = 50;
/// Letters on the demo's page of letters, newest first.
pub const LETTERS_SHOWN_MAX: i64 = 50;
/// Attempts to deliver a letter before it is set aside for a person to look at.
pub const LETTER_ATTEMPTS_MAX: i32 = 12;
