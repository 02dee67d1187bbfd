//! What is done in a round: by coordinators ([`rounds`]), by organisations ([`answers`]), and by those who are asked and look
//! from their own session ([`asked`]).

pub mod answers;
pub mod asked;
pub mod rounds;

use crate::{ledger::Ledger, mail::Post};

/// What an act needs besides the transaction and the caller: the post for its letters, the ledger for its record.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    pub post: &'a Post,
    pub ledger: &'a Ledger,
}
