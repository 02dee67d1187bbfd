//! Letters: what is written to people, and the outbox it leaves through.
//!
//! A letter is queued in the transaction of the act it tells of, sealed, and handed to the sender afterwards: an act
//! that did not happen writes to nobody, and an act that happened is told of even if the mail server sleeps.
//! This room knows no statements and no rounds; whoever queues a letter has put names, times and links into it.

use std::sync::Arc;

use chrono_tz::Tz;

use crate::store::vault::Vault;

pub mod limits;
pub mod outbox;
pub mod sender;
pub mod templates;

pub use templates::{Attachment, Letter, Matter, Part, Stance};

/// What writing a letter needs besides the letter.
#[derive(Clone)]
pub struct Post {
    pub vault: Arc<Vault>,
    /// Without a slash at its end.
    pub public_url: String,
    pub coalition: String,
    pub timezone: Tz,
    /// Whether letters stay readable after they were sent: only the demo, which shows them on a page.
    pub kept: bool,
}

impl Post {
    /// An address on this server, for a letter.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}
