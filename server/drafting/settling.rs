//! What becomes of a draft's texts where some suggestions are accepted and the others are not. The page's half is
//! `web/src/editor/binding/settling.ts`.
//!
//! The last paragraph mark never goes. Where a struck mark joins two blocks the following mark stands on, and says what the first block
//! was, unless the suggestion says itself what it is to be; a block of which nothing stays joins nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;

use super::proposals::{Open, Proposals, cut};
use super::standing::{Looks, Standing, Stretch, What};
use crate::text::asks::{Ask, Items, Suggestion};
use crate::text::item_set::ItemSet;

/// What is to be made of a text.
#[derive(Debug, Default)]
pub struct Settlement {
    /// What is not there: proposed, and not accepted.
    pub dropped: ItemSet,
    pub struck: ItemSet,
    pub styles: Vec<(ItemSet, crate::text::asks::Looks)>,
    pub blocks: BTreeMap<(u64, u32), crate::text::asks::Looks>,
}

/// Everything that is open is accepted in the order of the suggestions; of rivals the first.
pub fn as_if_accepted(proposals: &Proposals) -> Settlement {
    let rivals = rivals(proposals);
    let mut taken: BTreeSet<&Suggestion> = BTreeSet::new();
    for suggestion in proposals.open.keys() {
        if !rivals.get(suggestion).is_some_and(|others| others.iter().any(|other| taken.contains(other))) {
            taken.insert(suggestion);
        }
    }
    let (accepted, others): (Vec<_>, Vec<_>) = proposals.open.iter().partition(|(suggestion, _)| taken.contains(suggestion));
    let dropped = others.iter().flat_map(|(_, one)| one.pending.iter().copied()).collect();
    Settlement { dropped, ..accepting(accepted.into_iter().map(|(_, one)| one)) }
}

fn accepting<'a>(all: impl Iterator<Item = &'a Open>) -> Settlement {
    let (mut struck, mut settlement) = (Vec::new(), Settlement::default());
    for (ask, stands) in all.flat_map(|one| &one.asked) {
        match ask {
            Ask::Strike(_) => struck.extend(stands),
            Ask::Style(_, looks) => settlement.styles.push((stands.iter().copied().collect(), looks.clone())),
            Ask::Block(item, looks) => drop(settlement.blocks.insert((item.client, item.clock), looks.clone())),
            Ask::By(_) | Ask::Begin(_) => {}
        }
    }
    Settlement { struck: struck.into_iter().collect(), ..settlement }
}

impl Settlement {
    pub fn of(&self, standing: &Standing) -> Standing {
        let notes = standing.notes.iter().map(|(id, note)| (id.clone(), self.text(note))).collect();
        Standing { body: self.text(&standing.body), notes }
    }

    fn text(&self, stretches: &[Stretch]) -> Vec<Stretch> {
        let sets: Vec<&ItemSet> = [&self.dropped, &self.struck].into_iter().chain(self.styles.iter().map(|(items, _)| items)).collect();
        let units = cut(stretches, &sets);
        let drops = |unit: &Stretch| self.dropped.has(unit.items.client, unit.items.clock);
        let last = units.iter().rposition(|unit| unit.is_mark() && !drops(unit));
        // What the first of the blocks that are being joined is.
        let (mut first, mut holds_words, mut all) = (None::<Rc<Looks>>, false, Vec::new());
        for (at, unit) in units.iter().enumerate().filter(|(_, unit)| !drops(unit)) {
            let Items { client, clock, .. } = unit.items;
            let own = self.blocks.get(&(client, clock)).filter(|_| unit.is_mark());
            let is = if unit.is_mark() { own.map_or(unit.looks.clone(), |own| with(&unit.looks, own)) } else { self.styled(unit) };
            if Some(at) != last && self.struck.has(client, clock) {
                if unit.is_mark() && holds_words {
                    first.get_or_insert(is);
                }
                continue;
            }
            if !unit.is_mark() {
                holds_words = true;
                all.push(Stretch { looks: is, ..unit.clone() });
                continue;
            }
            holds_words = false;
            let looks = match first.take().filter(|_| own.is_none()) {
                Some(first) => {
                    with(&is, &["block", "dir", "start"].map(|name| (name.to_owned(), first.get(name).cloned().unwrap_or_default())))
                }
                None => is,
            };
            all.push(Stretch { looks, ..unit.clone() });
        }
        all
    }

    fn styled(&self, unit: &Stretch) -> Rc<Looks> {
        let own = self.styles.iter().filter(|(items, _)| items.has(unit.items.client, unit.items.clock));
        own.fold(unit.looks.clone(), |looks, (_, set)| with(&looks, set))
    }
}

impl Stretch {
    pub fn is_mark(&self) -> bool {
        matches!(&self.what, What::Words(words) if words == "\n")
    }
}

fn with(looks: &Rc<Looks>, set: &[(String, Value)]) -> Rc<Looks> {
    let mut looks = looks.clone();
    for (name, value) in set {
        let looks = Rc::make_mut(&mut looks);
        match value {
            Value::Null => looks.remove(name),
            value => looks.insert(name.clone(), value.clone()),
        };
    }
    looks
}

/// Which suggestions cannot both be accepted: they would make something else of the same paragraph, give the same letters another look,
/// or both put other words in the place of the same ones. Two that only strike the same letters can.
fn rivals(proposals: &Proposals) -> BTreeMap<&Suggestion, BTreeSet<&Suggestion>> {
    struct Claim<'a> {
        by: &'a Suggestion,
        items: Items,
        wants: Option<String>,
    }
    // By what it is about: the paragraph, a name, the words themselves; and by client.
    let mut claims: BTreeMap<(&str, u64), Vec<Claim<'_>>> = BTreeMap::new();
    for (by, one) in &proposals.open {
        for (ask, stands) in &one.asked {
            let wants: Vec<(&str, Option<String>)> = match ask {
                Ask::Block(_, looks) => vec![("block", Some(Value::from_iter(looks.clone()).to_string()))],
                Ask::Style(_, looks) => looks.iter().map(|(name, value)| (name.as_str(), Some(value.to_string()))).collect(),
                // Whoever brings words in the place of these wants something else than everybody else.
                Ask::Strike(_) if !one.pending.is_empty() => vec![("words", None)],
                Ask::Strike(_) | Ask::By(_) | Ask::Begin(_) => Vec::new(),
            };
            for (of, wants) in wants {
                for items in stands {
                    claims.entry((of, items.client)).or_default().push(Claim { by, items: *items, wants: wants.clone() });
                }
            }
        }
    }
    let mut rivals: BTreeMap<&Suggestion, BTreeSet<&Suggestion>> = BTreeMap::new();
    for list in claims.values_mut() {
        list.sort_by_key(|claim| claim.items.clock);
        // Those that began before and have not ended.
        let mut open: Vec<&Claim<'_>> = Vec::new();
        for claim in &*list {
            open.retain(|one| one.items.end() > claim.items.clock);
            for other in &open {
                if claim.by != other.by && (claim.wants.is_none() || claim.wants != other.wants) {
                    rivals.entry(claim.by).or_default().insert(other.by);
                    rivals.entry(other.by).or_default().insert(claim.by);
                }
            }
            open.push(claim);
        }
    }
    rivals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::said::Said;
    use crate::drafting::said::tests::{Row, rows};
    use crate::drafting::worker::merge_for_tests;

    #[test]
    fn what_is_accepted_and_what_is_open_is_what_the_page_finds() {
        for Row { what, updates, text, accepted, open } in rows() {
            for updates in [&updates, &vec![merge_for_tests(&updates)]] {
                let parts: Vec<&[u8]> = updates.iter().map(Vec::as_slice).collect();
                let said = Said::read(&parts).unwrap();
                let standing = Standing::read(&parts, &said).unwrap();
                let proposals = Proposals::read(&said, &standing);
                let named: Vec<String> = proposals.open.keys().map(|one| format!("{}.{}", one.handle, one.sid)).collect();
                assert_eq!(named, open, "{what}");
                assert_eq!(as_if_accepted(&proposals).of(&standing).projected(), accepted, "{what}");
                let without = Settlement { dropped: proposals.pending, ..Settlement::default() };
                assert_eq!(without.of(&standing).projected(), text, "{what}");
            }
        }
    }
}
