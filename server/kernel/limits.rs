//! Every ceiling once, with its reason. `tests/architecture` fails when one of them is used nowhere.

/// A JSON request body. The largest honest one names 500 organisations.
pub const JSON_BYTES_MAX: usize = 64 * 1024;
/// A register as CSV: 500 organisations with long names are 200 kB.
pub const CSV_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Rows of a register: ten times the largest coalition we know of.
pub const CSV_ROWS_MAX: usize = 5_000;
/// Rows that a refusal of a register lists; nobody mends more at one sitting.
pub const CSV_PROBLEMS_MAX: usize = 100;
/// A form of the signing pages: a reason of 2,000 characters, four bytes each, percent-encoded.
pub const FORM_BYTES_MAX: usize = 32 * 1024;
/// A statement's working title; UN titles stay under 200.
pub const TITLE_CHARS_MAX: usize = 300;
/// A text that can still be read in one sitting, and laid out; a joint statement has 2,000 words at most.
pub const TEXT_WORDS_MAX: usize = 50_000;
/// The forum, as free text until profiles exist.
pub const FORUM_CHARS_MAX: usize = 200;
/// An organisation's name; the longest in the sample register has 257.
pub const NAME_CHARS_MAX: usize = 400;
/// Any other cell of the register.
pub const CELL_CHARS_MAX: usize = 400;
/// A person's title as it will stand beside a signature.
pub const PERSON_TITLE_CHARS_MAX: usize = 120;
/// A reason for declining.
pub const REASON_CHARS_MAX: usize = 2_000;
/// An address; RFC 5321 allows 254.
pub const EMAIL_CHARS_MAX: usize = 254;
/// What one searches for.
pub const SEARCH_CHARS_MAX: usize = 200;
/// Organisations on one page of the register.
pub const PAGE_SIZE: usize = 100;
/// Organisations invited to one round, or writing one draft.
pub const ORGANISATIONS_MAX: usize = 1_000;
/// Statements a list shows; a coalition writes some dozens a year.
pub const STATEMENTS_MAX: usize = 500;
/// Acts a history shows, newest first.
pub const ACTS_MAX: usize = 1_000;

/// A sign-in link lives ten minutes (ASVS 5.0, 6.5.5).
pub const SIGN_IN_LINK_SECONDS: i64 = 600;
/// Sign-in letters to one mailbox in one hour: enough for a forgetful morning, too few to bury a mailbox.
pub const SIGN_IN_LETTERS_PER_HOUR: i64 = 6;
/// A session ends twelve hours after it was last used …
pub const SESSION_IDLE_SECONDS: i64 = 12 * 3600;
/// … and after a week in any case.
pub const SESSION_SECONDS_MAX: i64 = 7 * 24 * 3600;
/// The session's "last used" is written at most this often, so that reading stays reading.
pub const SESSION_SEEN_SECONDS: i64 = 300;
/// A socket ticket: long enough to open the socket.
pub const TICKET_SECONDS: i64 = 30;
/// The code that confirms a sign-on.
pub const CODE_SECONDS: i64 = 600;
/// Wrong codes before a new one must be asked for: one in 200,000 to guess.
pub const CODE_TRIES_MAX: i32 = 5;
/// Codes mailed for one letter in an hour.
pub const CODES_PER_HOUR: i64 = 6;

/// The shortest round: a deadline minutes away is a mistake in the form. (Rounds of an hour do happen.)
pub const ROUND_SECONDS_MIN: i64 = 300;
/// The longest round: beyond a year the text is stale.
pub const ROUND_SECONDS_MAX: i64 = 366 * 24 * 3600;
/// Between two reminders of one round.
pub const REMINDER_SECONDS_MIN: i64 = 3600;

/// Attempts for a serialisable transaction before giving up.
pub const WRITE_ATTEMPTS_MAX: u32 = 20;
/// Letters handed to the sender in one go.
pub const LETTERS_PER_SWEEP: i64 = 50;
/// Attempts to deliver a letter before it is set aside for a person to look at.
pub const LETTER_ATTEMPTS_MAX: i32 = 12;
/// Requests one address may make in a minute to pages that send mail or check secrets. A whole office may share an
/// address; codes and mailboxes have limits of their own, so this only stops hammering.
pub const SENSITIVE_REQUESTS_PER_MINUTE: u32 = 300;
/// Addresses whose rate is remembered; beyond that the oldest minute is forgotten.
pub const THROTTLED_ADDRESSES_MAX: usize = 50_000;
