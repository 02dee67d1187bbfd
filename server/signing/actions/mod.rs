//! What is done in a round: by coordinators ([`rounds`]) and by organisations ([`answers`]).

pub mod answers;
pub mod rounds;

use crate::{ledger::Ledger, mail::Post};

/// What an act needs besides the transaction and the caller: the post for its letters, the ledger for its record.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    pub post: &'a Post,
    pub ledger: &'a Ledger,
}
