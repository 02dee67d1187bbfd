//! The API as a whole: its description, and what belongs to no room.

mod description;
mod methods;
pub mod routes;

pub use description::document;
