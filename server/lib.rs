//! Undersigned: a coalition writes a joint statement together, collects sign-ons that anyone can audit, and delivers it.
//!
//! The rooms, in reading order. A room uses only rooms that stand before it; `tests/architecture` reads the `use` lines
//! and keeps it so.
//!
//! ```text
//! kernel → store → words → text → mail → http → ledger → export → accounts → organisations → statements
//!                                            → remarks → suggestions, versions → { drafting, signing } → delivery → overview → api → app → serve
//! ```
//!
//! * Drafting and signing never meet: settled text passes between them through `statements`.
//! * Inside a room: `routes → actions → permits, queries, pure files`. `diesel` stays in queries, devices, journal, outbox,
//!   append and `store`; `actix_web` in routes, sockets, `caller.rs`, `http`, `app` and `serve`; `yrs` in `drafting`;
//!   `printpdf` in `export`.
//! * Files of a room can be read one after another: none leans on one that leans on it. What a file needs stands in a file
//!   with a name, not in its folder's head.
//! * Every write reads the same: load, permit, decide, record; row, state, ledger entry and letters in one transaction.
//! * The system clock is read in `kernel::moment` only.
//!
//! What must never be true: a withheld name outside what its coordinators see; the name of an organisation that writes unnamed
//! before those who write with it; a thread among coordinators
//! before anybody else; a sign-on on a digest its organisation did not act on; an edit acknowledged and lost; an
//! edit of a frozen text; a GET that binds; a ledger entry changed.

pub mod kernel;

pub mod store;

pub mod words;

pub mod text;

pub mod mail;

pub mod http;

pub mod ledger;

pub mod export;

pub mod accounts;

pub mod organisations;

pub mod statements;

pub mod remarks;

pub mod suggestions;
pub mod versions;

pub mod drafting;

pub mod signing;

pub mod delivery;

pub mod overview;

pub mod api;

pub mod config;

pub mod app;

pub mod clockwork;

pub mod serve;

pub mod log;

pub mod demo;

pub mod admin;
