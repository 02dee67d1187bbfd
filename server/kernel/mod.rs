//! Words every room shares: identity, time, secrets, and how to say no.
//!
//! The kernel imports nothing of ours and does no I/O. Whatever is here must make sense without knowing what a
//! statement or an organisation is.

pub mod id;
pub mod moment;
pub mod refusal;
pub mod secret;
pub mod seen;

pub use id::{
    ActId, AnswerId, EditionId, Id, LetterId, OrganisationId, PersonId, PublicationId, QuestionId, RemarkId, RoundId, SessionId,
    SigningLetterId, StatementId, ThreadId, TicketId, VersionId,
};
pub use moment::{Clock, Moment};
pub(crate) use refusal::refusals;
pub use refusal::{No, Refusal};
pub use secret::{Secret, SecretHash};
pub use seen::{Confirmed, Seen, Shown};
