//! Two readings of one statement: the draft as it stands now and as it would be with all suggestions, its versions, and the editions it was
//! frozen as.
//!
//! Which two is said in words that an address can hold. Nothing is kept: a comparison of the same two texts is the same every time.

use super::actions;
use super::hub::Hub;
use crate::kernel::{EditionId, No, VersionId};
use crate::statements::{self, Edition, Statement};
use crate::store::{Attempt, Failure, Tx};
use crate::text::block::Text;
use crate::text::compare::{self, Comparison};
use crate::versions::{self, Version};

/// One of the two texts, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// The draft as it stands.
    Now,
    /// The draft as it would be if all that is proposed were accepted.
    Accepted,
    Edition(EditionId),
    Version(VersionId),
    /// An edition by what it is called: `Rev.1`.
    Label(String),
}

impl Side {
    pub const NOW: &str = "now";
    pub const ACCEPTED: &str = "accepted";
    /// What stands before the id of a version.
    pub const VERSION: &str = "version-";

    pub fn parse(word: &str) -> Self {
        if let Some(id) = word.strip_prefix(Self::VERSION).and_then(|id| id.parse().ok()) {
            return Self::Version(id);
        }
        match word.parse() {
            _ if word == Self::NOW => Self::Now,
            _ if word == Self::ACCEPTED => Self::Accepted,
            Ok(id) => Self::Edition(id),
            Err(_) => Self::Label(word.to_owned()),
        }
    }
}

/// A side that is there.
pub enum Found {
    Now,
    Accepted,
    Edition(Edition),
    Version(Box<Version>),
}

/// What is asked for, if this statement has it.
pub fn find(tx: &mut Tx, statement: &Statement, side: &Side) -> Attempt<Found> {
    let id = match side {
        Side::Now => return Ok(Found::Now),
        Side::Accepted => return Ok(Found::Accepted),
        Side::Version(id) => {
            let version = versions::queries::by_id(tx, *id)?.filter(|version| version.line.statement == statement.id);
            return Ok(Found::Version(Box::new(version.ok_or(No::SideNotFound)?)));
        }
        Side::Edition(id) => Some(*id),
        Side::Label(label) => {
            statements::queries::edition_lines(tx, statement.id)?.into_iter().find(|line| line.label == *label).map(|line| line.id)
        }
    };
    let edition = match id {
        Some(id) => statements::queries::edition_by_id(tx, id)?.filter(|edition| edition.statement == statement.id),
        None => None,
    };
    Ok(Found::Edition(edition.ok_or(No::SideNotFound)?))
}

/// What became of the first in the second.
pub async fn compare(hub: &Hub, statement: &Statement, from: &Found, to: &Found) -> Attempt<Comparison> {
    let (old, new) = (text(hub, statement, from).await?, text(hub, statement, to).await?);
    // A long text takes milliseconds; the sockets of this thread are not to wait for them.
    tokio::task::spawn_blocking(move || compare::compare(&old, &new)).await.map_err(Failure::broken)
}

async fn text(hub: &Hub, statement: &Statement, side: &Found) -> Attempt<Text> {
    match side {
        Found::Now => actions::text_now(hub, statement).await,
        Found::Accepted => actions::text_accepted(hub, statement).await,
        Found::Edition(edition) => edition.text().map_err(Failure::broken),
        Found::Version(version) => version.text().map_err(Failure::broken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_said_in_words_an_address_can_hold() {
        let (id, version) = (EditionId::new(), VersionId::new());
        assert_eq!([Side::parse("now"), Side::parse("accepted")], [Side::Now, Side::Accepted]);
        assert_eq!(Side::parse(&id.to_string()), Side::Edition(id));
        assert_eq!(Side::parse(&format!("version-{version}")), Side::Version(version));
        assert_eq!(Side::parse("Rev.1"), Side::Label("Rev.1".to_owned()));
    }
}
