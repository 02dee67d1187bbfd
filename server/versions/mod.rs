//! Versions of a draft: its settled text as it stood at an entry of the journal, kept for good.
//!
//! Whoever empties a text, by mistake or not, must not end it. So what was written is kept after every session of work, and
//! before much of it is taken out; it can be looked at, named, and brought back. A version never changes but for its name. The
//! list says which organisations wrote, each as the reader may know it. The room knows neither documents nor the journal:
//! drafting hands it texts, inside its own transactions.

pub mod actions;
pub mod change;
pub mod limits;
pub mod model;
pub mod permits;
pub mod queries;
mod refusals;
pub mod routes;

pub use actions::{Kept, keep};
pub use model::{Version, VersionKind};
