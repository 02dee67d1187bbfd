//! The life of a statement: drafting, frozen, open, closed, published, and what was done when by whom.
//!
//! Promises: a state changes only along the life cycle, in the transaction of the act that changes it; an edition never
//! changes; the history keeps every act; which organisation writes unnamed is told to nobody who writes with it. The room names
//! neither drafting nor signing: settled text passes between them through here.

pub mod actions;
pub mod lifecycle;
pub mod limits;
pub mod model;
pub mod obstacles;
pub mod permits;
pub mod queries;
mod refusals;
pub mod rights;
pub mod routes;
pub mod word_limit;
pub mod writers;

pub use actions::{advance, bounded, load, load_edition, newest_edition, record, record_act};
pub use lifecycle::Event;
pub use model::{Edition, HistoryLine, May, State, Statement, What, Writer};
pub use obstacles::{Looked, Settled, look_over};
pub use word_limit::WordLimit;
