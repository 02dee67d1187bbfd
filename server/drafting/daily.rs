//! How much each person has brought into a draft of late of what stays in it for good: client ids, which every page's answers
//! name, and steps, which everybody takes who opens it. So nobody may bring them without end.

use std::collections::HashMap;

use super::chair::Beyond;
use super::gate::PersonKey;
use super::limits::*;
use super::seat::Millis;

/// Of one room. Bounded by the people who may write in it.
#[derive(Debug)]
pub struct Daily {
    most: usize,
    used: HashMap<PersonKey, (Millis, usize)>,
}

impl Daily {
    /// So many for each person within a day.
    pub fn of(most: usize) -> Daily {
        Daily { most, used: HashMap::new() }
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
}
