//! How many of those invited have done what, and how much of that an open round shows. Pure.
//!
//! While a round is open its page shows public answers at once, and what withheld names do once a day and at the close: a
//! number that moved at once would tell, beside a letter or a meeting, whose name it is. Until then such an organisation
//! stands where it stood before, for coordinators too.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::{
    answer::{Answer, Kind},
    round::{Round, RoundState},
};
use crate::{
    kernel::{Moment, OrganisationId},
    organisations::Visibility,
};

/// How many of those invited have done what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub invited: usize,
    pub signed_public: usize,
    pub withheld: usize,
    pub declined: usize,
    pub withdrawn: usize,
    pub waiting: usize,
}

/// What each organisation last answered, as far as it is shown. `answers` in the order they were given; the day is that of
/// the coalition's zone.
pub fn shown(round: &Round, answers: Vec<Answer>, now: Moment, zone: Tz) -> HashMap<OrganisationId, Answer> {
    let today = now.start_of_day(zone);
    let is_open = round.state == RoundState::Open && now < round.closes_at;
    let not_yet = |answer: &Answer| is_open && answer.visibility == Some(Visibility::Withheld) && answer.at >= today;
    answers.into_iter().filter(|answer| !not_yet(answer)).map(|answer| (answer.organisation, answer)).collect()
}

pub fn tally(invited: &[OrganisationId], standing: &HashMap<OrganisationId, Answer>) -> Tally {
    let mut tally = Tally { invited: invited.len(), ..Tally::default() };
    for organisation in invited {
        match standing.get(organisation).map(|answer| (answer.kind, answer.visibility)) {
            Some((Kind::Signed, Some(Visibility::Public))) => tally.signed_public += 1,
            Some((Kind::Signed, _)) => tally.withheld += 1,
            Some((Kind::Declined, _)) => tally.declined += 1,
            Some((Kind::Withdrawn, _)) => tally.withdrawn += 1,
            None => tally.waiting += 1,
        }
    }
    tally
}

impl Tally {
    pub fn answered(&self) -> usize {
        self.invited - self.waiting
    }

    pub fn signed(&self) -> usize {
        self.signed_public + self.withheld
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{AnswerId, EditionId, RoundId, StatementId};

    #[test]
    fn withheld_answers_show_the_next_day_and_at_the_close() {
        let today = Moment::parse("2026-02-06T00:00:00Z").unwrap();
        let round = Round {
            id: RoundId::new(),
            statement: StatementId::new(),
            edition: EditionId::new(),
            state: RoundState::Open,
            opened_at: today.plus_seconds(-86_400),
            closes_at: today.plus_seconds(100_000),
            closed_at: None,
        };
        let (ours, theirs) = (OrganisationId::new(), OrganisationId::new());
        let answer = |organisation, kind, visibility, at| Answer {
            id: AnswerId::new(),
            organisation,
            person: None,
            kind,
            visibility: Some(visibility),
            name: String::new(),
            name_en: String::new(),
            language: String::new(),
            country: String::new(),
            person_name: String::new(),
            person_title: String::new(),
            reason: String::new(),
            leaf: None,
            at: today.plus_seconds(at),
        };
        let counted = |answers: &[Answer], now: i64, zone: Tz| {
            let tally = tally(&[ours, theirs], &shown(&round, answers.to_vec(), today.plus_seconds(now), zone));
            (tally.signed_public, tally.withheld, tally.waiting)
        };
        let answers = [answer(ours, Kind::Signed, Visibility::Withheld, 100), answer(theirs, Kind::Signed, Visibility::Public, 200)];
        assert_eq!(counted(&answers, 300, Tz::UTC), (1, 0, 1), "today only the public one moves");
        assert_eq!(counted(&answers, 86_399, Tz::UTC), (1, 0, 1));
        assert_eq!(counted(&answers, 86_400, Tz::UTC), (1, 1, 0), "after midnight both have");
        assert_eq!(counted(&answers, 83_000, Tz::Europe__Zurich), (1, 1, 0), "midnight is the coalition's");
        let late = [answer(ours, Kind::Signed, Visibility::Withheld, 90_000)];
        assert_eq!(counted(&late, 99_999, Tz::UTC), (0, 0, 2));
        assert_eq!(counted(&late, 100_000, Tz::UTC), (0, 1, 1), "and at the deadline, whatever the hour");
        let withdrawn = [answer(ours, Kind::Signed, Visibility::Withheld, -9), answer(ours, Kind::Withdrawn, Visibility::Withheld, 50)];
        assert_eq!(counted(&withdrawn, 60, Tz::UTC), (0, 1, 1), "nor does a withheld name leave at once");
    }
}
