//! The two doors, [`Store::read`] and [`Store::write`]: how a transaction begins, is tried again, and ends.

use std::sync::Arc;

use diesel::{
    Connection, OptionalExtension, QueryDsl, RunQueryDsl,
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    r2d2::{Pool, PooledConnection},
    result::Error as SqlError,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{
    connect::{self, Address, Connector, Door},
    failure::{Attempt, Failure, away_or_busy},
    limits, schema,
    tx::Tx,
};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

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
