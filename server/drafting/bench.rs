//! Drafts for measuring, which only whoever runs the server can make: one text, letters alone, no ceilings. Any program that
//! speaks y-websocket may write in them under the one session that comes with them.

use super::journal;
use crate::accounts::{self, PersonRow};
use crate::kernel::{Moment, Secret, StatementId};
use crate::statements::{self, actions::Start};
use crate::store::{Attempt, Tx};

/// An address nobody reads letters at.
const EMAIL: &str = "bench@localhost.invalid";

/// Makes `count` of them, and a session that may write in each.
pub fn make(tx: &mut Tx, now: Moment, count: usize) -> Attempt<(Secret, Vec<StatementId>)> {
    let (person, _) = accounts::upsert_person(tx, &PersonRow { name: "Bench", email: EMAIL, title: "" }, now)?;
    accounts::set_coordinator(tx, person)?;
    let secret = accounts::actions::session_for(tx, now, EMAIL)?;
    let caller = accounts::caller(tx, Some(secret.hash()), now)?;
    let mut drafts = Vec::with_capacity(count);
    for number in 1..=count {
        let ask = Start { title: format!("Bench {number}"), language: "en".into(), forum: String::new() };
        let draft = statements::actions::start(tx, &caller, now, &ask)?.id;
        journal::set_bench(tx, draft)?;
        drafts.push(draft);
    }
    Ok((secret, drafts))
}
