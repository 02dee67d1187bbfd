//! Rounds and sign-ons: who was asked for its name under which text until when, and what it answered.
//!
//! Promises: an organisation's answer is an act of its own signing authority, confirmed by a code mailed to a registered
//! address; no GET changes anything; a round ends by the clock; a withdrawal is possible at any time; a withheld name
//! leaves this room only to coordinators who ask for it on the record and to the organisation itself.
//! It knows nothing of drafting: it starts from an edition.

pub mod actions;
pub mod answer;
pub mod before_acts;
pub mod correspondence;
mod devices;
pub mod limits;
pub mod pages;
pub mod permits;
pub mod printed_list;
pub mod queries;
mod refusals;
pub mod round;
pub mod routes;
pub mod signon;
pub mod tally;

pub use actions::Means;
pub use answer::{Answer, Kind};
pub use printed_list::{Signatory, signatories};
pub use round::{Round, RoundState};
pub use tally::{Tally, tally};
