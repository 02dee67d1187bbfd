//! What is said in a draft about its text (`text::asks`), read from its updates without a CRDT: under which client ids somebody
//! proposes, what is asked, and what was answered. The page's half is `web/src/editor/binding/said.ts`.
//!
//! What such a client id brought is *pending* until an answer settles it. *The text* of a draft is what stands without anything
//! pending; that, and nothing else, is counted, kept, compared, put into files and frozen. Takes updates that have passed the gate.

use std::collections::BTreeMap;

use super::gate::{Content, Description, GateRefusal, Id, Parsed, read, write_number};
use crate::text::asks::{Ask, Fate, Items, Suggestion};
use crate::text::item_set::ItemSet;

#[derive(Debug, Default)]
pub struct Said {
    /// Whose suggestions a client id brings: a handle.
    pub proposes: BTreeMap<u64, String>,
    /// What is asked of words that stand, in the order of the ids; what was taken back is not among it.
    pub asked: Vec<Asked>,
    /// What was answered, and the answer stands.
    pub settled: ItemSet,
    /// For each client that proposes where its suggestions begin.
    begins: BTreeMap<u64, Vec<(u32, String)>>,
    /// How far each client wrote, and where it only said something.
    written: BTreeMap<u64, u32>,
    beside: ItemSet,
    pub deleted: ItemSet,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub id: Id,
    pub suggestion: Suggestion,
    pub ask: Ask,
}

impl Said {
    pub fn read(parts: &[&[u8]]) -> Result<Said, GateRefusal> {
        let (mut said, mut asks, mut fates, mut deleted) = (Said::default(), BTreeMap::new(), BTreeMap::new(), Vec::new());
        for part in parts {
            let Parsed { sections, deletions } = parsed(part)?;
            for section in sections {
                let client = section.client;
                let written = said.written.entry(client).or_default();
                *written = section.end.max(*written);
                for piece in section.pieces {
                    let Content::Embed(json) = piece.content else { continue };
                    let id = Id { client, clock: piece.start };
                    if let Some(ask) = Ask::read(json) {
                        asks.insert(id, ask);
                    } else if let Some(fate) = Fate::read(json) {
                        fates.insert(id, fate);
                    }
                }
            }
            for (client, stretches) in deletions {
                deleted.extend(stretches.into_iter().map(|(clock, end)| Items { client, clock, len: end - clock }));
            }
        }
        said.beside = asks.keys().map(|id| Items { client: id.client, clock: id.clock, len: 1 }).collect();
        said.deleted = deleted.into_iter().collect();
        said.take(asks, fates);
        Ok(said)
    }

    fn take(&mut self, asks: BTreeMap<Id, Ask>, fates: BTreeMap<Id, Fate>) {
        let mut asked = Vec::new();
        for (id, ask) in asks {
            match ask {
                Ask::By(handle) if id.clock == 0 => drop(self.proposes.insert(id.client, handle)),
                Ask::By(_) => {}
                Ask::Begin(sid) => self.begins.entry(id.client).or_default().push((id.clock, sid)),
                ask if !self.deleted.has(id.client, id.clock) => asked.push((id, ask)),
                _ => {}
            }
        }
        for (id, ask) in asked {
            if let Some(suggestion) = self.suggestion(id) {
                self.asked.push(Asked { id, suggestion, ask });
            }
        }
        let stands = |id: &Id| !self.proposes.contains_key(&id.client) && !self.deleted.has(id.client, id.clock);
        self.settled = fates.into_iter().filter(|(id, _)| stands(id)).flat_map(|(_, fate)| fate.of).collect();
    }

    /// Which suggestion belongs to it what a client brought under an id.
    pub fn suggestion(&self, id: Id) -> Option<Suggestion> {
        let (handle, begins) = (self.proposes.get(&id.client)?, self.begins.get(&id.client)?);
        let (_, sid) = begins.get(begins.partition_point(|(clock, _)| *clock <= id.clock).checked_sub(1)?)?;
        Some(Suggestion { handle: handle.clone(), sid: sid.clone() })
    }

    /// Some clocks of one client that proposes, by suggestion.
    pub fn by_suggestion(&self, of: Items) -> Vec<(Suggestion, Items)> {
        let begins = self.begins.get(&of.client).map_or(&[][..], Vec::as_slice);
        let cuts = begins.iter().map(|(clock, _)| *clock).filter(|clock| (of.clock + 1..of.end()).contains(clock));
        let edges: Vec<u32> = std::iter::once(of.clock).chain(cuts).chain([of.end()]).collect();
        let part = |edge: &[u32]| {
            let items = Items { clock: edge[0], len: edge[1] - edge[0], ..of };
            Some((self.suggestion(Id { client: of.client, clock: edge[0] })?, items))
        };
        edges.windows(2).filter_map(part).collect()
    }

    /// Whether anything waits for an answer, unless it is gone.
    pub fn may_be_open(&self) -> bool {
        let stands = |items| !self.deleted.rest(items).is_empty();
        self.asked.iter().any(|one| !self.settled.has(one.id.client, one.id.clock)) || self.pending().iter().any(stands)
    }

    /// All words that came under proposing client ids and are not settled, whether they stand or not.
    pub fn pending(&self) -> ItemSet {
        let whole = |client: &u64| Items { client: *client, clock: 0, len: self.written.get(client).copied().unwrap_or(0) };
        let words = self.proposes.keys().map(whole).flat_map(|all| self.beside.rest(all));
        words.flat_map(|words| self.settled.rest(words)).collect()
    }
}

/// An update that brings nothing, and deletes these.
pub fn deleting(items: &ItemSet) -> Vec<u8> {
    let mut to = vec![0];
    let clients = items.by_client();
    write_number(&mut to, clients.len() as u64);
    for (client, stretches) in clients {
        write_number(&mut to, client);
        write_number(&mut to, stretches.len() as u64);
        for (start, end) in stretches {
            write_number(&mut to, u64::from(*start));
            write_number(&mut to, u64::from(end - start));
        }
    }
    to
}

/// A draft for measuring holds one text of another name, in which nobody proposes.
fn parsed(update: &[u8]) -> Result<Parsed<'_>, GateRefusal> {
    read(update, Description::Statement).or_else(|refusal| read(update, Description::Bench).map_err(|_| refusal))
}

#[cfg(test)]
pub mod tests {
    use base64::{Engine, prelude::BASE64_STANDARD};
    use bytes::Bytes;
    use serde_json::Value;

    use crate::drafting::packing::pack;
    use crate::drafting::worker::{merge_for_tests, project_for_tests};

    /// A draft in which something is proposed, as Yjs wrote it, and what is to be read out of it.
    pub struct Row {
        pub what: String,
        pub updates: Vec<Vec<u8>>,
        pub text: Value,
        pub accepted: Value,
        pub open: Vec<String>,
    }

    pub fn rows() -> Vec<Row> {
        let all: Value =
            serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/asks/settled.json"))).unwrap();
        let words = |all: &Value| all.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let row = |row: &Value| Row {
            what: row["what"].as_str().unwrap().to_owned(),
            updates: words(&row["updates"]).iter().map(|update| BASE64_STANDARD.decode(update).unwrap()).collect(),
            text: row["text"].clone(),
            accepted: row["accepted"].clone(),
            open: words(&row["open"]),
        };
        all["rows"].as_array().unwrap().iter().map(row).collect()
    }

    #[test]
    fn the_text_is_what_stands_without_what_is_only_proposed() {
        for Row { what, updates, text, open, .. } in rows() {
            let project_for_tests = |updates: &[Vec<u8>]| {
                let mut read = project_for_tests(updates);
                read.as_object_mut().unwrap().remove("proposed");
                read
            };
            assert_eq!(super::super::worker::project_for_tests(&updates).get("proposed").is_some(), !open.is_empty(), "{what}");
            assert_eq!(project_for_tests(&updates), text, "{what}");
            let parts: Vec<Bytes> = updates.iter().cloned().map(Bytes::from).collect();
            assert_eq!(project_for_tests(&[pack(&parts).unwrap().to_vec()]), text, "{what}, packed");
            for cut in 0..=updates.len() {
                let (base, tail) = updates.split_at(cut);
                assert_eq!(project_for_tests(&[&[merge_for_tests(base)], tail].concat()), text, "{what}, merged up to {cut}");
            }
        }
    }
}
