//! Letters by their ids, as a set: which clocks of which clients. The page's half is `web/src/text/item-set.ts`.

use std::collections::BTreeMap;

use super::asks::Items;

/// For each client the stretches `[start, end)` of its clocks, in order, disjoint and not touching.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemSet(BTreeMap<u64, Vec<(u32, u32)>>);

impl FromIterator<Items> for ItemSet {
    fn from_iter<T: IntoIterator<Item = Items>>(items: T) -> ItemSet {
        let mut all: BTreeMap<u64, Vec<(u32, u32)>> = BTreeMap::new();
        for one in items {
            all.entry(one.client).or_default().push((one.clock, one.end()));
        }
        for stretches in all.values_mut() {
            stretches.sort_unstable();
            stretches.dedup_by(|later, earlier| {
                let touches = later.0 <= earlier.1;
                if touches {
                    earlier.1 = earlier.1.max(later.1);
                }
                touches
            });
        }
        ItemSet(all)
    }
}

impl ItemSet {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, client: u64, clock: u32) -> bool {
        let Some(stretches) = self.0.get(&client) else { return false };
        let behind = stretches.partition_point(|(_, end)| *end <= clock);
        stretches.get(behind).is_some_and(|(start, _)| *start <= clock)
    }

    /// What of some clocks that follow one another is in the set, in order.
    pub fn common(&self, of: Items) -> impl Iterator<Item = Items> {
        let stretches = self.0.get(&of.client).map_or(&[][..], Vec::as_slice);
        let from = stretches.partition_point(|(_, end)| *end <= of.clock);
        stretches[from..].iter().take_while(move |(start, _)| *start < of.end()).map(move |(start, end)| {
            let clock = of.clock.max(*start);
            Items { client: of.client, clock, len: of.end().min(*end) - clock }
        })
    }

    /// What of some clocks that follow one another is not in the set, in order.
    pub fn rest(&self, of: Items) -> Vec<Items> {
        let (mut rest, mut clock) = (Vec::new(), of.clock);
        let end = Items { client: of.client, clock: of.end(), len: 0 };
        for one in self.common(of).chain([end]) {
            if one.clock > clock {
                rest.push(Items { client: of.client, clock, len: one.clock - clock });
            }
            clock = one.end();
        }
        rest
    }

    pub fn iter(&self) -> impl Iterator<Item = Items> {
        self.0
            .iter()
            .flat_map(|(client, stretches)| stretches.iter().map(|(start, end)| Items { client: *client, clock: *start, len: end - start }))
    }

    /// The clients, and the stretches of each.
    pub fn by_client(&self) -> impl ExactSizeIterator<Item = (u64, &[(u32, u32)])> {
        self.0.iter().map(|(client, stretches)| (*client, stretches.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(of: &[(u64, u32, u32)]) -> Vec<Items> {
        of.iter().map(|(client, clock, len)| Items { client: *client, clock: *clock, len: *len }).collect()
    }

    #[test]
    fn stretches_that_touch_are_one_and_what_is_between_them_is_not_in_the_set() {
        let set: ItemSet = items(&[(7, 10, 2), (7, 0, 3), (9, 1, 1), (7, 2, 4), (7, 12, 1), (7, 11, 1)]).into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), items(&[(7, 0, 6), (7, 10, 3), (9, 1, 1)]));
        assert_eq!([0, 5, 6, 9, 10, 12, 13].map(|clock| set.has(7, clock)), [true, true, false, false, true, true, false]);
        assert!(!set.has(8, 0) && set.has(9, 1) && !set.is_empty() && ItemSet::default().is_empty());
        let of = Items { client: 7, clock: 4, len: 10 };
        assert_eq!(set.common(of).collect::<Vec<_>>(), items(&[(7, 4, 2), (7, 10, 3)]));
        assert_eq!(set.rest(of), items(&[(7, 6, 4), (7, 13, 1)]));
        assert_eq!(set.rest(Items { client: 8, ..of }), items(&[(8, 4, 10)]));
        assert_eq!(set.rest(Items { client: 7, clock: 1, len: 5 }), []);
    }
}
