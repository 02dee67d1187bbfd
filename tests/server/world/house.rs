//! The house, looked over when a world ends, whether its test passed or not: no letter is stuck, no draft stays open, every
//! statement's log still replays to the checkpoint that was signed over it, and nothing was logged as an error.

use std::path::Path;

use diesel::prelude::*;
use undersigned::{
    kernel::StatementId,
    ledger::{self, Ledger},
    store::{
        Address, Store,
        schema::{letters, statements},
        vault::Vault,
    },
};

use super::database::Beside;

/// Letters that nobody has sent yet.
pub fn letters_waiting(beside: &mut Beside) -> i64 {
    let waiting = letters::table.filter(letters::sent_at.is_null()).count();
    match beside {
        Beside::Sqlite(connection) => waiting.get_result(connection),
        Beside::Postgres(connection) => waiting.get_result(connection),
    }
    .expect("letters can be counted")
}

/// What is wrong with the logs of a stopped server.
pub async fn broken_logs(data: &Path, database: Option<&str>) -> Vec<String> {
    let keys = data.join("keys");
    if !keys.exists() {
        return Vec::new();
    }
    let address = database.map_or_else(|| Address::Sqlite(data.join("undersigned.db")), |url| Address::Postgres(url.to_owned()));
    let store = Store::open(address).expect("the database opens");
    let vault = Vault::open(&keys).expect("the keys open");
    let checked = store.read(move |tx| {
        let ledger = Ledger::new(vault.log_seed(), "127.0.0.1");
        let all: Vec<StatementId> = statements::table.select(statements::id).load(tx)?;
        let broken = |id: StatementId| ledger::check(tx, &ledger, id).err().map(|no| format!("log of {id}: {no}"));
        Ok(all.into_iter().filter_map(broken).collect())
    });
    checked.await.unwrap_or_else(|failure| vec![format!("logs cannot be read: {failure:?}")])
}
