//! How much one request may be, and how often one address may ask.

/// A JSON request body. The largest honest one names 500 organisations.
pub const JSON_BYTES_MAX: usize = 64 * 1024;
/// A form of the signing pages: a reason of 2,000 characters, four bytes each, percent-encoded.
pub const FORM_BYTES_MAX: usize = 32 * 1024;
/// Requests one address may make in a minute to pages that send mail or check secrets. A whole office may share an
/// address; codes and mailboxes have limits of their own, so this only stops hammering.
pub const SENSITIVE_REQUESTS_PER_MINUTE: u32 = 300;
/// Addresses whose rate is remembered; beyond that the oldest minute is forgotten.
pub const THROTTLED_ADDRESSES_MAX: usize = 50_000;
/// How long a request's head may take; it is some kilobytes. (The listener takes 96 headers and 128 kB of them.)
pub const HEAD_SECONDS_MAX: u64 = 15;
/// How long a connection may lie idle between two requests.
pub const IDLE_SECONDS_MAX: u64 = 30;
/// How long a request's body may say nothing: a phone that changes cells is silent for some seconds.
pub const BODY_SILENCE_SECONDS_MAX: u64 = 30;
/// How long a whole body may take: the largest register over a line of 64 kbit/s.
pub const BODY_SECONDS_MAX: u64 = 300;
/// Open files that are not connections: databases, letters, workers.
pub const HANDLES_KEPT: usize = 256;
/// Connections with requests at once, and as many sockets of drafts beside them: every member of the largest coalition with
/// several tabs; an idle connection is closed in seconds.
pub const CONNECTIONS_MAX: usize = 16_000;
/// … and where the system gives us few handles: enough to be of use.
pub const CONNECTIONS_MIN: usize = 256;
/// What a refusal repeats of a reader's complaint: field and place, not the whole of what was sent.
pub const REASON_CHARS_MAX: usize = 200;
/// An answer to a request that would leave HTTP and may not; a page that says so is some kilobytes.
pub const ANSWER_TO_UPGRADE_BYTES_MAX: usize = 4 * 1024 * 1024;
