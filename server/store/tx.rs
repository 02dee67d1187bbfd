//! A connection inside a transaction, to either database.

use diesel::{Connection, MultiConnection, PgConnection, SqliteConnection};

/// A connection inside a transaction. Everything a room does to the database goes through one of these.
#[derive(MultiConnection)]
pub enum Tx {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// The backend of [`Tx`], for code generic over neither database.
pub type DB = <Tx as Connection>::Backend;
