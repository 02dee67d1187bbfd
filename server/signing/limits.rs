//! How long rounds and codes live, and how often they are asked for.

/// A reason for declining.
pub const REASON_CHARS_MAX: usize = 2_000;
/// The code that confirms a sign-on.
pub const CODE_SECONDS: i64 = 600;
/// Wrong codes before a new one must be asked for: one in 200,000 to guess.
pub const CODE_TRIES_MAX: i32 = 5;
/// Codes mailed to one person in one round in an hour.
pub const CODES_PER_HOUR: i64 = 6;
/// Letters with a personal link to one person in one round in an hour, when they are asked for again or handed on: a mailbox
/// is not to be buried.
pub const LETTERS_PER_HOUR: i64 = 6;
/// The shortest round: a deadline minutes away is a mistake in the form. (Rounds of an hour do happen.)
pub const ROUND_SECONDS_MIN: i64 = 300;
/// The longest round: beyond a year the text is stale.
pub const ROUND_SECONDS_MAX: i64 = 366 * 24 * 3600;
/// Between two reminders of one round.
pub const REMINDER_SECONDS_MIN: i64 = 3600;
/// A device on which a code was typed is shown what was answered for so long: longer than a round and the weeks after it.
pub const DEVICE_SECONDS: i64 = 60 * 24 * 3600;
/// What may be pasted where a code is typed: a line of a letter with words around it.
pub const CODE_CHARS_MAX: usize = 80;
