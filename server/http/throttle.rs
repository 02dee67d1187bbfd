//! How often one address may ask for what sends mail or checks a secret. Counted in memory, by the minute.

use crate::http::limits;
use std::{collections::HashMap, net::IpAddr, sync::Mutex};

use crate::{
    kernel::{Moment, No},
    store::Attempt,
};

/// Counts of the present minute, by address.
#[derive(Default)]
pub struct Throttle {
    counts: Mutex<(i64, HashMap<IpAddr, u32>)>,
}

impl Throttle {
    /// Counts one request; refuses when the address has asked too often in this minute. An unknown address counts as one.
    pub fn count(&self, from: Option<IpAddr>, now: Moment) -> Attempt<()> {
        let minute = now.millis() / 60_000;
        let from = from.unwrap_or(IpAddr::from([0, 0, 0, 0]));
        let mut held = self.counts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (current, counts) = &mut *held;
        if *current != minute || counts.len() >= limits::THROTTLED_ADDRESSES_MAX {
            *current = minute;
            counts.clear();
        }
        let count = counts.entry(from).or_insert(0);
        *count += 1;
        if *count > limits::SENSITIVE_REQUESTS_PER_MINUTE {
            return Err(No::TooMany.into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_ask_so_often_in_a_minute_and_again_in_the_next() {
        let throttle = Throttle::default();
        let now = Moment::from_millis(60_000 * 1000).unwrap();
        let one = Some(IpAddr::from([127, 0, 0, 1]));
        for _ in 0..limits::SENSITIVE_REQUESTS_PER_MINUTE {
            throttle.count(one, now).unwrap();
        }
        assert!(throttle.count(one, now).is_err());
        assert!(throttle.count(Some(IpAddr::from([127, 0, 0, 2])), now).is_ok());
        assert!(throttle.count(one, now.plus_seconds(60)).is_ok());
    }
}
