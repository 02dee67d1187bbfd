//! A database for one test: a file, or a database of the throwaway PostgreSQL that `make test` starts.

use std::sync::atomic::{AtomicU32, Ordering};

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
