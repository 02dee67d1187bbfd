//! The only door to the database, and there are two of it: [`Store::read`] and [`Store::write`].
//!
//! Each runs a closure on the blocking pool inside one transaction. A reader cannot write: the database itself refuses.
//! A writer may be run again when PostgreSQL reports a serialisation failure, so its closure must do nothing but
//! work on the transaction: no letters leave, no sockets are written, no clock is read inside it.
//!
//! A database that is away is no decision and no fault of a request ("try again in a minute"). One that went and came back between
//! two requests is not noticed by anybody.

pub mod columns;
mod connect;
pub mod vault;
#[rustfmt::skip]
pub mod limits;
mod refusals;
pub mod schema;

use std::sync::Arc;

use diesel::{
    Connection, MultiConnection, OptionalExtension, PgConnection, QueryDsl, RunQueryDsl, SqliteConnection,
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    r2d2::{Pool, PooledConnection},
    result::{DatabaseErrorKind, Error as SqlError},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

pub use connect::{Address, UnknownScheme};
use connect::{Connector, Door};

use crate::kernel::{No, Refusal};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// A connection inside a transaction. Everything a room does to the database goes through one of these.
#[derive(MultiConnection)]
pub enum Tx {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// The backend of [`Tx`], for code generic over neither database.
pub type DB = <Tx as Connection>::Backend;

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

    fn is_worth_another_try(&self) -> bool {
        match self.sql() {
            Some(SqlError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
            // diesel has no kind of its own for a deadlock; its message is fixed by PostgreSQL.
            Some(SqlError::DatabaseError(_, info)) => info.message().contains("deadlock detected"),
            _ => false,
        }
    }
}

/// The database. Clones share the connections.
#[derive(Clone)]
pub struct Store {
    readers: Pool<Connector>,
    writers: Pool<Connector>,
    address: Arc<Address>,
}

impl Store {
    /// Connects, brings the tables up to date and re-creates the guards. Blocking; done once at start.
    pub fn open(address: Address) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let (write, read) = match &address {
            Address::Sqlite(path) => {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder)?;
                }
                // SQLite has one writer at a time anyway: queueing here is fair, its busy loop is not.
                (1, 4)
            }
            // One here too: writers of one process queue instead of colliding, retrying and giving up.
            Address::Postgres(_) => (1, 8),
        };
        let writers = Connector { address: address.clone(), door: Door::Write }.pool(write)?;
        {
            let mut tx = writers.get()?;
            tx.run_pending_migrations(MIGRATIONS)?;
            match &mut *tx {
                Tx::Sqlite(sqlite) => sqlite.batch_execute(include_str!("guards/sqlite.sql"))?,
                Tx::Postgres(postgres) => {
                    postgres.transaction(|tx| tx.batch_execute(include_str!("guards/postgres.sql")))?;
                }
            }
        }
        let readers = Connector { address: address.clone(), door: Door::Read }.pool(read)?;
        Ok(Self { readers, writers, address: Arc::new(address) })
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Runs `ask` on a consistent view that cannot be written to.
    pub async fn read<T, F>(&self, ask: F) -> Attempt<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Attempt<T> + Send + 'static,
    {
        let pool = self.readers.clone();
        blocking(move || {
            let mut tx = begun(&pool, Door::Read)?;
            let answer = ask(&mut tx);
            rollback(&mut tx);
            answer.map_err(away_or_busy)
        })
        .await
    }

    /// Runs `act` in a transaction: all of it happens, or none. May run it more than once.
    pub async fn write<T, F>(&self, act: F) -> Attempt<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Attempt<T> + Send + 'static,
    {
        let store = self.clone();
        blocking(move || store.write_now(act)).await
    }

    /// [`Store::write`] for callers that are on a blocking thread already.
    pub fn write_now<T>(&self, act: impl Fn(&mut Tx) -> Attempt<T>) -> Attempt<T> {
        let mut tx = begun(&self.writers, Door::Write)?;
        let mut attempt = 1;
        loop {
            let answer = match act(&mut tx) {
                Ok(value) => commit(&mut tx).map(|()| value),
                Err(failure) => Err(failure),
            };
            match answer {
                Ok(value) => return Ok(value),
                Err(failure) => {
                    rollback(&mut tx);
                    if attempt >= limits::WRITE_ATTEMPTS_MAX || !failure.is_worth_another_try() {
                        return Err(away_or_busy(failure));
                    }
                    // Uneven pauses, so that two transactions that met do not meet again.
                    let pause = u64::from(attempt) * 2 + u64::from(crate::kernel::secret::random::<1>()[0]) / 16;
                    std::thread::sleep(std::time::Duration::from_millis(pause));
                    attempt += 1;
                    begin(&mut tx, Door::Write)?;
                }
            }
        }
    }

    /// Whether nobody has been entered yet. Blocking; asked once at start.
    pub fn is_unused(&self) -> Attempt<bool> {
        let mut tx = begun(&self.readers, Door::Read)?;
        let known = schema::people::table.select(schema::people::id).first::<Vec<u8>>(&mut *tx).optional();
        rollback(&mut tx);
        Ok(known?.is_none())
    }

    /// One cheap question: refuses where the database does not answer.
    pub async fn is_ready(&self) -> Attempt<()> {
        self.read(|tx| Ok(tx.batch_execute("SELECT 1")?)).await
    }
}

/// A connection at the beginning of a transaction. One that the database cut while nobody used it (it was restarted) is
/// dropped for another: nothing was asked on it, so nothing is done twice, and whoever comes first after a restart is
/// answered like everybody else.
fn begun(pool: &Pool<Connector>, door: Door) -> Attempt<PooledConnection<Connector>> {
    let mut cut = 0;
    loop {
        let mut tx = pool.get().map_err(|error| Failure::Away(error.into()))?;
        match begin(&mut tx, door) {
            Ok(()) => return Ok(tx),
            Err(_) if cut < pool.max_size() && connect::is_cut(&mut tx) => cut += 1,
            Err(failure) => return Err(away_or_busy(failure)),
        }
    }
}

fn begin(tx: &mut Tx, door: Door) -> Attempt<()> {
    match tx {
        Tx::Sqlite(sqlite) => {
            // A deferred transaction that reads and then writes fails under contention; taking the lock first does not.
            let begin = if door == Door::Write { "BEGIN IMMEDIATE" } else { "BEGIN DEFERRED" };
            AnsiTransactionManager::begin_transaction_sql(sqlite, begin)?;
        }
        Tx::Postgres(postgres) => {
            let begin = match door {
                Door::Write => "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                Door::Read => "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
            };
            AnsiTransactionManager::begin_transaction_sql(postgres, begin)?;
        }
    }
    Ok(())
}

/// Tells what the database could not do now from what is broken.
fn away_or_busy(failure: Failure) -> Failure {
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

fn commit(tx: &mut Tx) -> Attempt<()> {
    match tx {
        Tx::Sqlite(sqlite) => AnsiTransactionManager::commit_transaction(sqlite)?,
        Tx::Postgres(postgres) => AnsiTransactionManager::commit_transaction(postgres)?,
    }
    Ok(())
}

fn rollback(tx: &mut Tx) {
    let outcome = match tx {
        Tx::Sqlite(sqlite) => AnsiTransactionManager::rollback_transaction(sqlite),
        Tx::Postgres(postgres) => AnsiTransactionManager::rollback_transaction(postgres),
    };
    match outcome {
        // A commit that failed has ended the transaction itself; a connection that was lost has taken it along, and is dropped.
        Ok(()) | Err(SqlError::NotInTransaction | SqlError::BrokenTransactionManager) => {}
        Err(error) => tracing::error!(%error, "a transaction could not be rolled back; its connection is dropped"),
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Attempt<T> + Send + 'static) -> Attempt<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(stopped) => Err(Failure::broken(stopped)),
    }
}
