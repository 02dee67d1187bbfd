//! The register: the coalition's organisations as they wish to be named, and who acts for them.
//!
//! Promises: a file goes in whole or not at all, and what is wrong is named by row and column; a name is kept as written
//! (NFC), whatever its script; organisations that withhold their name are not shown to other members.
//! It knows nothing of statements.

pub mod actions;
pub mod changes;
pub mod limits;
pub mod model;
pub mod permits;
pub mod plan;
pub mod queries;
mod refusals;
pub mod routes;
pub mod rows;
mod spreadsheet;

pub use changes::Changes;
pub use model::{ConsultativeStatus, Organisation, SigningRule, Visibility, country_name};
pub use queries::{Contact, by_id, by_ids, contacts, shares_mailbox};
pub use routes::OrganisationMark;
