//! How long links, sessions and tickets live, and how long what names a person may be.

/// An address; RFC 5321 allows 254.
pub const EMAIL_CHARS_MAX: usize = 254;
/// A person's title as it will stand beside a signature.
pub const PERSON_TITLE_CHARS_MAX: usize = 120;
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
/// Endings of sessions that wait to be heard: more people than sign out in one moment.
pub const ENDINGS_MAX: usize = 256;
/// A socket ticket: long enough to open the socket.
pub const TICKET_SECONDS: i64 = 30;
