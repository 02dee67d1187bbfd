//! How much each person has brought into a draft of late of what stays in it for good: client ids, which every page's answers
//! name, and steps, which everybody takes who opens it. So nobody may bring them without end; nor by leaving for a minute, so
//! what a room counted is kept beside the list of rooms until the day is over. It lives in memory: a restart forgets it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::chair::Beyond;
use super::gate::PersonKey;
use super::limits::*;
use super::seat::Millis;
use crate::kernel::StatementId;

/// What a room counts.
#[derive(Debug, Clone)]
pub struct Days {
    pub new_clients: Daily,
    pub steps: Daily,
}

impl Default for Days {
    fn default() -> Days {
        Days { new_clients: Daily::of(PERSON_CLIENTS_PER_DAY), steps: Daily::of(PERSON_STEPS_PER_DAY) }
    }
}

/// What rooms counted that are closed.
#[derive(Default)]
pub struct KeptDays {
    // Locked for single looks and changes, never across an await: every room shares it.
    drafts: Mutex<HashMap<StatementId, (Millis, Days)>>,
}

impl KeptDays {
    /// Called by a room at its end.
    pub fn keep(&self, statement: StatementId, mut days: Days, now: Millis) {
        days.new_clients.forget_what_is_over(now);
        days.steps.forget_what_is_over(now);
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        if days.new_clients.used.is_empty() && days.steps.used.is_empty() {
            drafts.remove(&statement);
            return;
        }
        drafts.insert(statement, (now, days));
        if drafts.len() > DAYS_KEPT_MAX {
            // What is over goes first; if nothing is, what was kept first.
            drafts.retain(|_, (at, _)| now < *at + DAY_MILLIS);
            let oldest = drafts.iter().min_by_key(|(_, (at, _))| *at).map(|(statement, _)| *statement);
            if let Some(oldest) = oldest.filter(|_| drafts.len() > DAYS_KEPT_MAX) {
                drafts.remove(&oldest);
            }
        }
    }

    /// What was counted in a draft's last room.
    pub fn of(&self, statement: StatementId) -> Days {
        let drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.get(&statement).map(|(_, days)| days.clone()).unwrap_or_default()
    }
}

/// Of one room. Bounded by the people who may write in it.
#[derive(Debug, Clone)]
pub struct Daily {
    most: usize,
    used: HashMap<PersonKey, (Millis, usize)>,
}

impl Daily {
    /// So many for each person within a day.
    pub fn of(most: usize) -> Daily {
        Daily { most, used: HashMap::new() }
    }

    fn forget_what_is_over(&mut self, now: Millis) {
        self.used.retain(|_, (since, _)| now < *since + DAY_MILLIS);
    }

    /// What is left to a person today.
    pub fn left(&self, person: PersonKey, now: Millis) -> usize {
        let used = self.used.get(&person).filter(|(since, _)| now < since + DAY_MILLIS).map_or(0, |(_, count)| *count);
        self.most - used
    }

    /// Counts `new` more; `Err` if that is too many within a day, and then none is counted.
    pub fn count(&mut self, person: PersonKey, new: usize, now: Millis) -> Result<(), Beyond> {
        if new == 0 {
            return Ok(());
        }
        let (since, count) = self.used.get(&person).copied().filter(|(since, _)| now < since + DAY_MILLIS).unwrap_or((now, 0));
        if count + new > self.most {
            return Err(Beyond);
        }
        self.used.insert(person, (since, count + new));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_their_own_count_and_a_new_one_every_day() {
        let (ana, ben) = (PersonKey(1), PersonKey(2));
        let mut count = Daily::of(400);
        assert_eq!(count.count(ana, 400, 5), Ok(()));
        assert_eq!(count.count(ana, 1, DAY_MILLIS + 4), Err(Beyond));
        assert_eq!(count.count(ana, 0, 6), Ok(()), "what brings none is never too many");
        assert_eq!(count.count(ben, 401, 6), Err(Beyond));
        assert_eq!(count.count(ben, 1, 6), Ok(()));
        assert_eq!((count.left(ana, 6), count.left(ben, 6), count.left(ana, DAY_MILLIS + 5)), (0, 399, 400));
        assert_eq!(count.count(ana, 1, DAY_MILLIS + 5), Ok(()));
    }
    #[test]
    fn what_a_closed_room_counted_is_kept_for_its_day_and_for_so_many_drafts() {
        let (kept, ana) = (KeptDays::default(), PersonKey(1));
        let ids: Vec<StatementId> = (0..=DAYS_KEPT_MAX).map(|_| StatementId::new()).collect();
        let mut days = Days::default();
        days.steps.count(ana, 7, 5).unwrap();
        kept.keep(ids[0], days.clone(), 6);
        kept.keep(ids[1], Days::default(), 6);
        assert_eq!(kept.of(ids[0]).steps.left(ana, 7), PERSON_STEPS_PER_DAY - 7);
        assert_eq!(kept.of(ids[0]).steps.left(ana, DAY_MILLIS + 5), PERSON_STEPS_PER_DAY);
        assert_eq!(kept.drafts.lock().unwrap().len(), 1, "what counted nothing is not kept");
        for (at, id) in ids.iter().enumerate().skip(1) {
            kept.keep(*id, days.clone(), 6 + at as Millis);
        }
        assert_eq!(kept.drafts.lock().unwrap().len(), DAYS_KEPT_MAX);
        assert_eq!(kept.of(ids[0]).steps.left(ana, 7), PERSON_STEPS_PER_DAY, "the first goes first");
        kept.keep(ids[1], days, DAY_MILLIS + 5);
        assert_eq!(kept.drafts.lock().unwrap().len(), DAYS_KEPT_MAX - 1, "nor is what is over");
    }
}
