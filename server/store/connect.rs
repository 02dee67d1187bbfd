//! Opening a database: which one an address means, and what every connection is told first.
//!
//! The address is read here and nowhere else. Anything that is neither SQLite nor PostgreSQL is refused by name,
//! because diesel's own guess once made a mistyped `postgresql:x` into a SQLite file of that name.

use std::{fmt, path::PathBuf, time::Duration};

use diesel::{
    Connection, ConnectionError, PgConnection, SqliteConnection,
    connection::{SimpleConnection, TransactionManager},
    r2d2::{ManageConnection, Pool},
};

use super::tx::Tx;

/// Where the data is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Sqlite(PathBuf),
    Postgres(String),
}

/// The address names a database this server cannot use. Holds no more than the scheme: the rest may be a password.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownScheme(pub String);

impl fmt::Display for UnknownScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database address begins with “{}”; write sqlite:PATH or postgres://USER@HOST/NAME", self.0)
    }
}
impl std::error::Error for UnknownScheme {}

impl Address {
    /// Reads `sqlite:PATH`, `postgres://…` or `postgresql://…`.
    pub fn parse(text: &str) -> Result<Self, UnknownScheme> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if !path.is_empty() && path != ":memory:" {
                return Ok(Self::Sqlite(PathBuf::from(path)));
            }
        }
        let scheme: String = text.split_inclusive(':').next().unwrap_or(text).chars().take(20).collect();
        Err(UnknownScheme(scheme))
    }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    Read,
    Write,
}

pub(super) struct Connector {
    pub address: Address,
    pub door: Door,
}

impl Connector {
    pub fn pool(self, size: u32) -> Result<Pool<Self>, diesel::r2d2::PoolError> {
        Pool::builder().max_size(size).min_idle(Some(1)).test_on_check_out(false).connection_timeout(Duration::from_secs(15)).build(self)
    }
}

impl ManageConnection for Connector {
    type Connection = Tx;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Tx, Self::Error> {
        open(&self.address, self.door).map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, tx: &mut Tx) -> Result<(), Self::Error> {
        tx.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, tx: &mut Tx) -> bool {
        // A closure that panicked may have left a transaction open.
        std::thread::panicking() || is_cut(tx)
    }
}

/// Whether the database has ended this connection, as far as its last use showed.
pub(super) fn is_cut(tx: &mut Tx) -> bool {
    <Tx as Connection>::TransactionManager::is_broken_transaction_manager(tx)
}

fn open(address: &Address, door: Door) -> Result<Tx, ConnectionError> {
    match address {
        Address::Sqlite(path) => {
            let path = path.to_str().ok_or_else(|| ConnectionError::BadConnection("the path is not UTF-8".into()))?;
            let mut sqlite = SqliteConnection::establish(path)?;
            // FULL: an acknowledged edit or a signature survives a power cut, not only a crash of this process.
            let pragmas = match door {
                Door::Write => {
                    "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                }
                Door::Read => "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA query_only = ON;",
            };
            sqlite.batch_execute(pragmas).map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(Tx::Sqlite(sqlite))
        }
        Address::Postgres(url) => {
            let mut postgres = PgConnection::establish(url)?;
            postgres
                .batch_execute("SET TIME ZONE 'UTC'; SET statement_timeout = '30s'; SET client_min_messages = 'warning';")
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(Tx::Postgres(postgres))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compiled otherwise it plans a query anew at every use, which nobody sees but in a profile.
    #[test]
    fn the_embedded_database_plans_a_query_once() {
        use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
        #[derive(QueryableByName)]
        struct Compiled {
            #[diesel(sql_type = Text)]
            compile_options: String,
        }
        let mut sqlite = SqliteConnection::establish(":memory:").unwrap();
        let options: Vec<Compiled> = sql_query("SELECT compile_options FROM pragma_compile_options").load(&mut sqlite).unwrap();
        let has = |name: &str| options.iter().any(|option| option.compile_options == name);
        assert!(has("ENABLE_QPSG") && !has("ENABLE_STAT4"));
    }

    #[test]
    fn only_two_kinds_of_address_are_known() {
        assert_eq!(Address::parse("sqlite:a/b.db"), Ok(Address::Sqlite("a/b.db".into())));
        assert_eq!(Address::parse("sqlite:///a/b.db"), Ok(Address::Sqlite("/a/b.db".into())));
        assert!(matches!(Address::parse("postgresql://u@h/n"), Ok(Address::Postgres(_))));
        for bad in ["postgresql:x", "mysql://secret@h/n", "a.db", "", "sqlite:", "sqlite::memory:"] {
            assert!(Address::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Address::parse("mysql://secret@h/n").unwrap_err().0, "mysql:");
    }
}
