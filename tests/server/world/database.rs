//! A database for one test: a file, or a database of the throwaway PostgreSQL that `make test` starts. A test may reach
//! into it beside the server, as a full disk, an operator or another program would.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection};

pub enum Database {
    Sqlite,
    Postgres { url: String },
}

impl Database {
    pub fn sqlite() -> Self {
        Self::Sqlite
    }

    /// Creates a fresh database. The server is named by `UNDERSIGNED_TEST_POSTGRES`, without a database's name at its end.
    pub async fn postgres() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("UNDERSIGNED_TEST_POSTGRES")
            .expect("UNDERSIGNED_TEST_POSTGRES names no PostgreSQL; `make test` starts one, or run tests/scripts/postgres.sh");
        let name = format!("undersigned_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let made = std::process::Command::new("psql")
            .args([&format!("{server}/postgres"), "-q", "-c", &format!("CREATE DATABASE {name}")])
            .status()
            .expect("psql runs");
        assert!(made.success(), "a database could be made");
        Self::Postgres { url: format!("{server}/{name}") }
    }

    /// The argument for `--database`; none for the embedded one.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres { url } => Some(url),
        }
    }
}

/// A connection of the test's own.
pub enum Beside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Database {
    /// Opens the database beside the server. `data` is the server's folder.
    pub fn beside(&self, data: &Path) -> Beside {
        match self {
            Self::Sqlite => {
                let path = data.join("undersigned.db");
                let mut sqlite = SqliteConnection::establish(path.to_str().expect("UTF-8")).expect("the file opens");
                sqlite.batch_execute("PRAGMA busy_timeout = 10000").expect("it is set");
                Beside::Sqlite(sqlite)
            }
            Self::Postgres { url } => Beside::Postgres(PgConnection::establish(url).expect("PostgreSQL answers")),
        }
    }
}

/// A database nobody reaches, until [`Away::comes_back`].
pub struct Away {
    beside: Beside,
    name: String,
}

impl Database {
    /// PostgreSQL cuts every connection to this database and lets nobody in; SQLite's file is kept by another program.
    pub fn goes_away(&self, data: &Path) -> Away {
        let (mut beside, name) = match self {
            Self::Sqlite => (self.beside(data), String::new()),
            Self::Postgres { url } => {
                let (server, name) = url.rsplit_once('/').expect("the database is named last");
                (Self::Postgres { url: format!("{server}/postgres") }.beside(data), name.to_owned())
            }
        };
        beside.runs("BEGIN IMMEDIATE", &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        beside.runs("SELECT 1", &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
        Away { beside, name }
    }
}

impl Away {
    pub fn comes_back(mut self) {
        self.beside.runs("ROLLBACK", &format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name));
    }
}

impl Beside {
    /// Runs what each database calls it.
    pub fn runs(&mut self, sqlite: &str, postgres: &str) {
        let done = match self {
            Self::Sqlite(connection) => connection.batch_execute(sqlite),
            Self::Postgres(connection) => connection.batch_execute(postgres),
        };
        done.unwrap_or_else(|error| panic!("{sqlite} | {postgres}: {error}"));
    }

    /// Runs what both databases call the same, if they let it.
    pub fn tries(&mut self, act: &str) -> Result<(), diesel::result::Error> {
        match self {
            Self::Sqlite(connection) => connection.batch_execute(act),
            Self::Postgres(connection) => connection.batch_execute(act),
        }
    }

    /// How many rows a table has.
    pub fn counts(&mut self, table: &str) -> i64 {
        let count = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("(SELECT COUNT(*) FROM {table})"));
        match self {
            Self::Sqlite(connection) => diesel::select(count).get_result(connection),
            Self::Postgres(connection) => diesel::select(count).get_result(connection),
        }
        .expect("rows can be counted")
    }

    /// From now on rows of this table that fit the condition are refused, as on a full disk. SQL both speak, over `NEW`.
    pub fn refuses_rows(&mut self, table: &str, fitting: &str) {
        let sqlite = format!(
            "CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} WHEN {fitting} BEGIN SELECT RAISE(ABORT, 'no space is left'); END"
        );
        let postgres = format!(
            "CREATE FUNCTION refuse_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {fitting} THEN RAISE EXCEPTION 'no space is left'; END IF; RETURN NEW; END $$;
             CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_{table}()"
        );
        self.runs(&sqlite, &postgres);
    }

    pub fn takes_rows_again(&mut self, table: &str) {
        self.runs(
            &format!("DROP TRIGGER refuse_{table}"),
            &format!("DROP TRIGGER refuse_{table} ON {table}; DROP FUNCTION refuse_{table}()"),
        );
    }

    /// Keeps every writer waiting at this table, until [`Beside::unlocks`].
    pub fn locks(&mut self, table: &str) {
        self.runs("BEGIN IMMEDIATE", &format!("BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE"));
    }

    pub fn unlocks(&mut self) {
        self.runs("ROLLBACK", "ROLLBACK");
    }
}
