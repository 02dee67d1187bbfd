//! What the pages show before a round is opened, extended or closed, before those who are silent are reminded, and before
//! withheld names are revealed. The act is refused where this is no longer what would happen.

use serde::Serialize;

use super::{round::Round, tally::Tally};
use crate::kernel::{Moment, OrganisationId, RoundId, Shown, StatementId};

/// One organisation that would be asked, as it is named, with the people who would be written to.
#[derive(Debug, Serialize)]
pub struct WouldAsk {
    pub id: OrganisationId,
    pub name: String,
    pub country: String,
    /// Who may sign for it.
    pub signers: Vec<String>,
    /// Who else gets a letter.
    pub readers: Vec<String>,
}

/// Before a round opens: the text, the deadline, and who is written to.
#[derive(Debug, Serialize)]
pub struct OpeningRound {
    pub statement: StatementId,
    pub edition: String,
    pub title: String,
    /// Of the text, hexadecimal.
    pub digest: String,
    pub closes_at: Moment,
    pub organisations: Vec<WouldAsk>,
}

impl Shown for OpeningRound {
    const ACT: &'static str = "open-round";
}

/// Before a round is extended: when it closes now.
#[derive(Debug, Serialize)]
pub struct ExtendingRound {
    pub round: RoundId,
    pub closes_at: Moment,
}

impl Shown for ExtendingRound {
    const ACT: &'static str = "extend-round";
}

/// Before a round is closed early: where it stands, and who will no longer be able to answer.
#[derive(Debug, Serialize)]
pub struct ClosingRound {
    pub round: RoundId,
    pub closes_at: Moment,
    pub signed_public: usize,
    pub withheld: usize,
    pub declined: usize,
    pub withdrawn: usize,
    pub waiting: usize,
}

impl Shown for ClosingRound {
    const ACT: &'static str = "close-round";
}

/// Before those who are silent are reminded: how many, and when that last was.
#[derive(Debug, Serialize)]
pub struct Reminding {
    pub round: RoundId,
    pub waiting: usize,
    pub reminded_at: Option<Moment>,
}

impl Shown for Reminding {
    const ACT: &'static str = "remind";
}

/// Before withheld names are revealed: how many.
#[derive(Debug, Serialize)]
pub struct Revealing {
    pub round: RoundId,
    pub withheld: usize,
}

impl Shown for Revealing {
    const ACT: &'static str = "reveal-names";
}

impl ClosingRound {
    pub fn of(round: &Round, tally: &Tally) -> Self {
        Self {
            round: round.id,
            closes_at: round.closes_at,
            signed_public: tally.signed_public,
            withheld: tally.withheld,
            declined: tally.declined,
            withdrawn: tally.withdrawn,
            waiting: tally.waiting,
        }
    }
}
