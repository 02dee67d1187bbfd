//! People and how they prove who they are: one-time links by letter, sessions that are rows, tickets that are spent.
//!
//! Promises: a link is consumed by a POST, once, within ten minutes; what is stored of a secret is its hash; signing out
//! ends the session everywhere at once, open sockets included; nobody learns from an answer whether an address is known.
//! It knows organisations only by id: what a role permits is decided in the rooms that grant it.

pub mod actions;
pub mod caller;
pub mod endings;
pub mod grant;
pub mod limits;
pub mod model;
pub mod pages;
mod queries;
mod refusals;
pub mod routes;

pub use actions::{caller, caller_again, confirmed, note_confirmed};
pub use caller::SessionCookie;
pub use endings::Endings;
pub use grant::Grants;
pub use model::{Caller, Role, normal_email};
pub use queries::{Addressee, PersonRow, address_of, coordinators, names_of, set_coordinator, upsert_person, writes_for};
