//! What clients say beside the text, as the gate remembers it: for whom one proposes, which suggestions were begun, and which
//! fates stand.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::cursor::Id;
use super::stretches::Stretches;
use crate::suggestions::{Said, Saying};
use crate::text::asks::{Fate, Suggestion};

/// What one client says.
#[derive(Debug, Default)]
pub struct Voice {
    /// For whom it proposes, if it does: a writer's handle.
    pub proposes: Option<String>,
    /// From which clock on it brings which suggestion.
    pub begun: Vec<(u32, String)>,
    /// Its fates that stand, by their clocks.
    pub fates: BTreeMap<u32, Fate>,
    /// What of its own was ever accepted.
    ever_accepted: Stretches,
    /// … and by fates that stand: where it begins, and whose fate → where it ends.
    accepted: BTreeMap<(u32, Id), u32>,
}

/// Everything said in a draft.
#[derive(Debug, Default)]
pub struct Voices {
    all: HashMap<u64, Voice>,
    begun: HashSet<Suggestion>,
    /// Of each suggestion the fates that stand.
    fates: HashMap<Suggestion, Vec<Id>>,
}

/// What an update adds to it.
#[derive(Debug, Default)]
pub struct News {
    pub voices: Vec<(u64, Voice)>,
    /// Fates that are taken back.
    pub undone: Vec<Id>,
}

impl Voice {
    /// Whether the beginning of the id, or of a suggestion, stands in a stretch.
    pub fn begins_in(&self, start: u32, end: u32) -> bool {
        let first = self.begun.partition_point(|(clock, _)| *clock < start);
        self.proposes.is_some() && start == 0 || self.begun.get(first).is_some_and(|(clock, _)| *clock < end)
    }

    /// Whether any fate ever accepted anything in a stretch.
    pub fn was_accepted(&self, start: u32, end: u32) -> bool {
        self.ever_accepted.inside(start, end) > 0
    }

    /// What fates that stand accept.
    pub fn accepted(&self) -> impl Iterator<Item = (u32, u32)> {
        self.accepted.iter().map(|((start, _), end)| (*start, *end))
    }
}

impl Voices {
    pub fn get(&self, client: u64) -> Option<&Voice> {
        self.all.get(&client)
    }

    /// How many suggestions were ever begun.
    pub fn begun(&self) -> usize {
        self.begun.len()
    }

    pub fn has_begun(&self, suggestion: &Suggestion) -> bool {
        self.begun.contains(suggestion)
    }

    /// Takes in what [`News::said`] tells of.
    pub fn keep(&mut self, news: News) {
        for (client, voice) in news.voices {
            for (clock, fate) in &voice.fates {
                self.decide(Id { client, clock: *clock }, fate);
            }
            let known = self.all.entry(client).or_default();
            known.proposes = known.proposes.take().or(voice.proposes);
            if let Some(handle) = &known.proposes {
                self.begun.extend(voice.begun.iter().map(|(_, sid)| Suggestion { handle: handle.clone(), sid: sid.clone() }));
            }
            known.begun.extend(voice.begun);
            known.fates.extend(voice.fates);
        }
        news.undone.into_iter().for_each(|id| self.undo(id));
    }

    fn decide(&mut self, id: Id, fate: &Fate) {
        self.fates.entry(fate.suggestion.clone()).or_default().push(id);
        for items in fate.of.iter().filter(|_| fate.accepted) {
            let named = self.all.entry(items.client).or_default();
            named.ever_accepted.add(items.clock, items.end());
            named.accepted.insert((items.clock, id), items.end());
        }
    }

    fn undo(&mut self, id: Id) {
        let Some(fate) = self.all.get_mut(&id.client).and_then(|voice| voice.fates.remove(&id.clock)) else { return };
        if let Some(standing) = self.fates.get_mut(&fate.suggestion) {
            standing.retain(|one| *one != id);
        }
        for items in fate.of {
            if let Some(named) = self.all.get_mut(&items.client) {
                named.accepted.remove(&(items.clock, id));
            }
        }
    }
}

impl News {
    /// What it says that was not so before, in the order in which it holds.
    pub fn said(&self, known: &Voices) -> Vec<Said> {
        let mut said: Vec<Said> = Vec::new();
        let mut new: HashSet<Suggestion> = HashSet::new();
        for (client, voice) in &self.voices {
            let Some(handle) = voice.proposes.as_ref().or(known.get(*client).and_then(|voice| voice.proposes.as_ref())) else { continue };
            for (_, sid) in &voice.begun {
                let of = Suggestion { handle: handle.clone(), sid: sid.clone() };
                if !known.has_begun(&of) && new.insert(of.clone()) {
                    said.push(Said { of, what: Saying::Begun });
                }
            }
        }
        let undone: HashSet<Id> = self.undone.iter().copied().collect();
        for id in &self.undone {
            let Some(fate) = known.get(id.client).and_then(|voice| voice.fates.get(&id.clock)) else { continue };
            if known.fates.get(&fate.suggestion).is_none_or(|standing| standing.iter().all(|one| undone.contains(one))) {
                said.push(Said { of: fate.suggestion.clone(), what: Saying::Undecided });
            }
        }
        for (client, voice) in &self.voices {
            let standing = voice.fates.iter().filter(|(clock, _)| !undone.contains(&Id { client: *client, clock: **clock }));
            said.extend(standing.map(|(_, fate)| Said {
                of: fate.suggestion.clone(),
                what: if fate.accepted { Saying::Accepted } else { Saying::Rejected },
            }));
        }
        said
    }
}
