//! The demo: a fictional coalition of 71 organisations in 37 languages and one statement, ready to be played with.
//!
//! Everything goes through the same actions as in earnest; the demo only plays the people. What it adds to a server is a
//! page of letters (`/letters`), so that a newcomer can follow the links in them.

mod cast;
mod markdown;
mod sample;
mod story;

pub use cast::ways_in;
pub use sample::prepare;
pub use story::finish;
