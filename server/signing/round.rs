//! A sign-on round: the window in which organisations put their names to a settled text.
//!
//! A round fixes three things when it opens: the text (by edition), who may sign, and when it ends. The clock ends it,
//! whether or not somebody noticed; its leaders may end it earlier or later, on the record. Pure rules.

use super::limits;
use crate::{
    kernel::{EditionId, Moment, No, RoundId, StatementId},
    statements::{Edition, permits::Lead},
    store::columns::word,
};

word! {
    RoundState { Open = "open", Closed = "closed" }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub id: RoundId,
    pub statement: StatementId,
    pub edition: EditionId,
    pub state: RoundState,
    pub opened_at: Moment,
    pub closes_at: Moment,
    pub closed_at: Option<Moment>,
}

impl Round {
    /// A round on an edition, ending at `closes_at`. Errors: the deadline is past, too near, or absurdly far.
    pub fn open(lead: &Lead, edition: &Edition, closes_at: Moment, now: Moment) -> Result<Self, No> {
        let closes_at = deadline(closes_at, now)?;
        Ok(Self {
            id: RoundId::new(),
            statement: lead.statement().id,
            edition: edition.id,
            state: RoundState::Open,
            opened_at: now,
            closes_at,
            closed_at: None,
        })
    }

    /// Whether organisations may sign or decline now. The clock closes a round, whether or not somebody noticed.
    pub fn takes_answers(&self, now: Moment) -> Result<(), No> {
        if self.state == RoundState::Open && now < self.closes_at { Ok(()) } else { Err(No::RoundClosed) }
    }

    /// Whether its deadline has come and nobody has written that down.
    pub fn is_due(&self, now: Moment) -> bool {
        self.state == RoundState::Open && now >= self.closes_at
    }

    /// Whether it was closed by somebody before its deadline.
    pub fn ended_early(&self) -> bool {
        self.closed_at.is_some_and(|closed| closed < self.closes_at)
    }

    /// When it ends or ended.
    pub fn ends_at(&self) -> Moment {
        self.closed_at.unwrap_or(self.closes_at)
    }

    /// The round ended. One the clock closed ended at its deadline, however much later that is written down.
    pub fn closed(&self, _: &Lead, now: Moment) -> Self {
        Self { state: RoundState::Closed, closed_at: Some(now.min(self.closes_at)), ..self.clone() }
    }

    /// The later deadline of an extension. Shortening is no extension: people plan by what they were told.
    pub fn extended(&self, _: &Lead, closes_at: Moment, now: Moment) -> Result<Self, No> {
        self.extended_to(closes_at, now)
    }

    fn extended_to(&self, closes_at: Moment, now: Moment) -> Result<Self, No> {
        self.takes_answers(now)?;
        let closes_at = deadline(closes_at, now)?;
        if closes_at <= self.closes_at {
            return Err(No::DeadlineNotLater);
        }
        Ok(Self { closes_at, ..self.clone() })
    }
}

/// A deadline in whole seconds, as it is told and recorded.
fn deadline(closes_at: Moment, now: Moment) -> Result<Moment, No> {
    let closes_at = closes_at.whole_seconds();
    if closes_at < now.plus_seconds(limits::ROUND_SECONDS_MIN) {
        return Err(No::DeadlinePast);
    }
    if closes_at > now.plus_seconds(limits::ROUND_SECONDS_MAX) {
        return Err(No::DeadlineTooFar);
    }
    Ok(closes_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(now: Moment) -> Round {
        Round {
            id: RoundId::new(),
            statement: StatementId::new(),
            edition: EditionId::new(),
            state: RoundState::Open,
            opened_at: now,
            closes_at: now.plus_seconds(3600),
            closed_at: None,
        }
    }

    #[test]
    fn the_clock_closes_a_round() {
        let now = Moment::parse("2026-02-06T10:00:00Z").unwrap();
        let round = round(now);
        assert_eq!(round.takes_answers(now.plus_seconds(3599)), Ok(()));
        assert_eq!(round.takes_answers(now.plus_seconds(3600)), Err(No::RoundClosed));
        let closed = Round { state: RoundState::Closed, ..round };
        assert_eq!(closed.takes_answers(now), Err(No::RoundClosed));
    }

    #[test]
    fn a_deadline_only_moves_later_and_never_into_the_past() {
        let now = Moment::parse("2026-02-06T10:00:00Z").unwrap();
        let round = round(now);
        assert_eq!(round.extended_to(now.plus_seconds(7200), now).unwrap().closes_at, now.plus_seconds(7200));
        assert_eq!(round.extended_to(now.plus_seconds(3600), now), Err(No::DeadlineNotLater));
        assert_eq!(round.extended_to(now.plus_seconds(60), now), Err(No::DeadlinePast));
        assert_eq!(round.extended_to(now.plus_seconds(limits::ROUND_SECONDS_MAX + 1), now), Err(No::DeadlineTooFar));
        assert_eq!(round.extended_to(now.plus_seconds(9000), now.plus_seconds(3600)), Err(No::RoundClosed));
    }
}
