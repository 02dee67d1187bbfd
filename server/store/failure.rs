//! Why an action did not happen. A room's own "no" is told from a database that is away and from machinery that broke.

use diesel::result::{DatabaseErrorKind, Error as SqlError};

use crate::kernel::{No, Refusal};

/// Why an action did not happen: the domain said no, the database could not be asked, or the machinery failed.
#[derive(Debug)]
pub enum Failure {
    Refused(Refusal),
    /// The database does not answer now. Nobody has decided anything: a right that cannot be read is not a right that was lost.
    Away(Box<dyn std::error::Error + Send + Sync>),
    /// Becomes a 500 with a reference number; the cause goes to the log only.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

/// What an action returns.
pub type Attempt<T> = Result<T, Failure>;

impl<R: Into<Refusal>> From<R> for Failure {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<SqlError> for Failure {
    fn from(error: SqlError) -> Self {
        Self::Broken(Box::new(error))
    }
}

impl Failure {
    pub fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Broken(error.into())
    }

    fn is_of_a_lost_connection(&self) -> bool {
        matches!(
            self.sql(),
            Some(
                SqlError::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _)
                    | SqlError::BrokenTransactionManager
            )
        )
    }

    fn sql(&self) -> Option<&SqlError> {
        match self {
            Self::Broken(cause) => cause.downcast_ref(),
            Self::Away(_) | Self::Refused(_) => None,
        }
    }

    pub(super) fn is_worth_another_try(&self) -> bool {
        match self.sql() {
            Some(SqlError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
            // diesel has no kind of its own for a deadlock; its message is fixed by PostgreSQL.
            Some(SqlError::DatabaseError(_, info)) => info.message().contains("deadlock detected"),
            _ => false,
        }
    }
}

/// Tells what the database could not do now from what is broken.
pub(super) fn away_or_busy(failure: Failure) -> Failure {
    match failure {
        lost if lost.is_of_a_lost_connection() => match lost {
            Failure::Broken(cause) => Failure::Away(cause),
            other => other,
        },
        // Another process holds SQLite's file for longer than we wait; diesel has no kind of its own for that.
        held if matches!(held.sql(), Some(SqlError::DatabaseError(_, info)) if info.message() == "database is locked") => No::Busy.into(),
        other => other,
    }
}
