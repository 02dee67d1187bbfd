//! How many client ids each person has brought into a draft of late.
//!
//! An id is for good: it stays in the draft and in every page's answers. So nobody may bring them without end.

use std::collections::HashMap;

use super::gate::PersonKey;
use super::limits::*;
use super::seat::Millis;

/// Of one room. Bounded by the people who may write in it.
#[derive(Debug, Default)]
pub struct NewClients(HashMap<PersonKey, (Millis, usize)>);

impl NewClients {
    /// Counts `new` more; `Err` if that is too many within a day, and then none is counted.
    pub fn count(&mut self, person: PersonKey, new: usize, now: Millis) -> Result<(), TooManyPages> {
        let (since, count) = self.0.get(&person).copied().filter(|(since, _)| now < since + DAY_MILLIS).unwrap_or((now, 0));
        if new == 0 {
            return Ok(());
        }
        if count + new > PERSON_CLIENTS_PER_DAY {
            return Err(TooManyPages);
        }
        self.0.insert(person, (since, count + new));
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyPages;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_their_own_count_and_a_new_one_every_day() {
        let (ana, ben) = (PersonKey(1), PersonKey(2));
        let mut count = NewClients::default();
        assert_eq!(count.count(ana, PERSON_CLIENTS_PER_DAY, 5), Ok(()));
        assert_eq!(count.count(ana, 1, DAY_MILLIS + 4), Err(TooManyPages));
        assert_eq!(count.count(ana, 0, 6), Ok(()), "what brings none is never too many");
        assert_eq!(count.count(ben, PERSON_CLIENTS_PER_DAY + 1, 6), Err(TooManyPages));
        assert_eq!(count.count(ben, 1, 6), Ok(()));
        assert_eq!(count.count(ana, 1, DAY_MILLIS + 5), Ok(()));
    }
}
