//! What becomes of a draft's texts where some suggestions are accepted and the others are not. The page's half is
//! `web/src/editor/binding/settling.ts`.
//!
//! The last paragraph mark never goes. Where a struck mark joins two blocks the following mark stands on, and says what the first block
//! was, unless the suggestion says itself what it is to be; a block of which nothing stays joins nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;

use super::proposals::{Open, Proposals, cut};
use super::standing::{Looks, Standing, Stretch, What, delta};
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
            Ask::Block(item, looks) => drop(settlement.blocks.entry((item.client, item.clock)).or_insert_with(|| looks.clone())),
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

/// The texts in which each piece says what would become of it (`text::marked::proposed`).
pub fn marked(proposals: &Proposals, standing: &Standing) -> Value {
    let mut by: BTreeMap<&str, Vec<(ItemSet, String)>> = BTreeMap::new();
    for (Suggestion { handle, sid }, one) in &proposals.open {
        let name = format!("{handle}.{sid}");
        let mut says = |what, items: &[Items]| by.entry(what).or_default().push((items.iter().copied().collect(), name.clone()));
        says("comes", &one.pending);
        for (ask, stands) in &one.asked {
            match ask {
                Ask::Strike(_) => says("goes", stands),
                Ask::Style(..) | Ask::Block(..) => says("by", stands),
                Ask::By(_) | Ask::Begin(_) => {}
            }
        }
    }
    let named = |what: &str, items: Items| {
        let all = by.get(what).map_or(&[][..], Vec::as_slice);
        all.iter().find(|(set, _)| set.has(items.client, items.clock)).map(|(_, name)| Value::from(name.as_str()))
    };
    let settlement = accepting(proposals.open.values());
    let sets: Vec<&ItemSet> = by.values().flatten().map(|(set, _)| set).collect();
    let text = |stretches: &[Stretch]| -> Value {
        let units = cut(stretches, &sets);
        let would: BTreeMap<Items, Rc<Looks>> = settlement.text(&units).into_iter().map(|unit| (unit.items, unit.looks)).collect();
        // The last mark stays, and a block that is joined is what the first is: of whoever strikes the mark between.
        let (mut all, mut joins) = (Vec::with_capacity(units.len()), None);
        for unit in units {
            let mut piece = delta(std::slice::from_ref(&unit)).as_array_mut().and_then(Vec::pop).unwrap_or_default();
            let goes = named("goes", unit.items).filter(|_| !would.contains_key(&unit.items));
            let turns = would.get(&unit.items).filter(|looks| **looks != unit.looks);
            if let Some(looks) = turns {
                piece["would"] = Value::Object((**looks).clone());
                piece["by"] = named("by", unit.items).or_else(|| joins.clone()).unwrap_or_default();
            }
            if unit.is_mark() {
                joins = goes.clone();
            }
            for (name, says) in [("comes", named("comes", unit.items)), ("goes", goes)] {
                if let Some(says) = says {
                    piece[name] = says;
                }
            }
            all.push(piece);
        }
        Value::Array(all)
    };
    let notes: serde_json::Map<String, Value> = standing.notes.iter().map(|(id, note)| (id.clone(), text(note))).collect();
    serde_json::json!({ "body": text(&standing.body), "notes": notes })
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
pub mod tests {
    use super::*;
    use crate::drafting::said::Said;
    use crate::drafting::said::tests::{Row, rows};
    use crate::drafting::worker::merge_for_tests;
    use crate::text::from_draft::settle;
    use crate::text::marked::{Act, Marked, Side, proposed};

    pub fn marked_for_tests(proposals: &Proposals, standing: &Standing) -> Marked {
        proposed::marked(&marked(proposals, standing), "en", &|name| Act {
            by: name.to_owned(),
            at: crate::kernel::Moment::from_millis(0).unwrap(),
        })
    }

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
                let said = marked_for_tests(&proposals, &standing);
                assert_eq!(said.text(Side::Stands), settle(&text, "en").text, "{what}");
                if rivals(&proposals).is_empty() {
                    assert_eq!(said.text(Side::Would), settle(&accepted, "en").text, "{what}");
                }
                let without = Settlement { dropped: proposals.pending, ..Settlement::default() };
                assert_eq!(without.of(&standing).projected(), text, "{what}");
            }
        }
    }
}
