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
mod doors;
mod failure;
pub mod vault;
#[rustfmt::skip]
pub mod limits;
mod refusals;
pub mod schema;
mod tx;

pub use connect::{Address, UnknownScheme};
pub use doors::Store;
pub use failure::{Attempt, Failure};
pub use tx::{DB, Tx};
