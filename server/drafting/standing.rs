//! What stands in a draft's texts, with the id of everything: read from its updates without a CRDT, in the order the gate finds.
//!
//! A format changes how everything behind it looks, up to the next one of its name; so do Yjs and yrs read it. Where it matters which
//! letter is which, for what is proposed and for what is asked of words, a draft is read here; its text alone is `project`'s.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::gate::{Content, Description, Gate, GateRefusal, Parsed, read};
use super::limits::PROJECTION_PIECES_MAX;
use super::rewrite::Pending;
use super::said::Said;
use crate::text::asks::Items;
use crate::text::description;
use crate::text::item_set::ItemSet;

/// By their names, without what ends one.
pub type Looks = Map<String, Value>;

/// Some of a text that follows one another and is of one make.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    pub items: Items,
    pub what: What,
    pub looks: Rc<Looks>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Letters and paragraph marks.
    Words(String),
    Embed(Value),
}

/// A draft's texts: the body, and the words of each footnote, referred to or not.
#[derive(Debug, Default)]
pub struct Standing {
    pub body: Vec<Stretch>,
    pub notes: BTreeMap<String, Vec<Stretch>>,
}

impl Standing {
    pub fn read(parts: &[&[u8]], said: &Said) -> Result<Standing, String> {
        let unread = |refusal: GateRefusal| format!("A stored change could not be read: {refusal}");
        let (mut gate, mut pieces, mut notes) = (Gate::new(), Pieces::default(), BTreeSet::new());
        for part in parts {
            gate.admit_base(part).map_err(unread)?;
            let Parsed { sections, .. } = read(part, Description::Statement).map_err(unread)?;
            for section in sections {
                for piece in section.pieces {
                    notes.extend(piece.root.and_then(|root| root.note()));
                    pieces.add(section.client, piece.start, piece.len, piece.content);
                }
            }
        }
        let mut budget = PROJECTION_PIECES_MAX;
        let mut text = |name: &str| match Description::Statement.root(name) {
            Some(root) => {
                stretches(gate.runs(root).map(|(id, len)| Items { client: id.client, clock: id.clock, len }), said, &pieces, &mut budget)
            }
            None => Ok(Vec::new()),
        };
        let body = text(description::body())?;
        let notes = notes.into_iter().map(|id| Ok((id.clone(), text(&description::note(&id))?))).collect::<Result<_, String>>()?;
        Ok(Standing { body, notes })
    }

    /// Where in its texts some of what stands is.
    pub fn pending(&self, items: &ItemSet) -> Pending {
        let within = |stretches: &[Stretch]| {
            let (mut all, mut at): (Vec<Range<u32>>, u32) = (Vec::new(), 0);
            for stretch in stretches {
                for one in items.common(stretch.items) {
                    let start = at + one.clock - stretch.items.clock;
                    match all.last_mut() {
                        Some(last) if last.end == start => last.end += one.len,
                        _ => all.push(start..start + one.len),
                    }
                }
                at += stretch.items.len;
            }
            all
        };
        Pending { body: within(&self.body), notes: self.notes.iter().map(|(id, note)| (id.clone(), within(note))).collect() }
    }

    /// As a worker projects it.
    pub fn projected(&self) -> Value {
        let notes: Map<String, Value> = self.notes.iter().map(|(id, stretches)| (id.clone(), delta(stretches))).collect();
        json!({ "body": delta(&self.body), "notes": notes })
    }
}

fn stretches(runs: impl Iterator<Item = Items>, said: &Said, pieces: &Pieces<'_>, budget: &mut usize) -> Result<Vec<Stretch>, String> {
    let (mut all, mut looks) = (Vec::new(), Rc::new(Looks::new()));
    for run in runs {
        for living in said.deleted.rest(run) {
            for (items, content) in pieces.of(living) {
                *budget = budget.checked_sub(1).ok_or("This draft is too large to read.")?;
                let what = match content {
                    Found::Words(words) => What::Words(words.to_owned()),
                    Found::Embed(json) => What::Embed(serde_json::from_str(json).unwrap_or_default()),
                    Found::Format(name, json) => {
                        let looks = Rc::make_mut(&mut looks);
                        match serde_json::from_str(json).unwrap_or_default() {
                            Value::Null => looks.remove(name),
                            value => looks.insert(name.to_owned(), value),
                        };
                        continue;
                    }
                };
                all.push(Stretch { items, what, looks: looks.clone() });
            }
        }
    }
    Ok(all)
}

/// Neighbours that look alike are one piece.
pub fn delta(stretches: &[Stretch]) -> Value {
    let mut all: Vec<(Value, Rc<Looks>)> = Vec::new();
    for Stretch { what, looks, .. } in stretches {
        match (what, all.last_mut()) {
            (What::Words(words), Some((Value::String(before), known))) if known == looks => before.push_str(words),
            (What::Words(words), _) => all.push((Value::from(words.as_str()), looks.clone())),
            (What::Embed(embed), _) => all.push((embed.clone(), looks.clone())),
        }
    }
    let piece = |(insert, looks): (Value, Rc<Looks>)| {
        if looks.is_empty() { json!({ "insert": insert }) } else { json!({ "insert": insert, "attributes": *looks }) }
    };
    all.into_iter().map(piece).collect()
}

/// What every client wrote, by clock.
#[derive(Default)]
struct Pieces<'a>(BTreeMap<u64, Vec<Written<'a>>>);

struct Written<'a> {
    start: u32,
    end: u32,
    content: Content<'a>,
    /// Of letters that are not all of one byte: where each unit begins.
    units: Vec<u32>,
}

enum Found<'a> {
    Words(&'a str),
    Embed(&'a str),
    Format(&'a str, &'a str),
}

impl<'a> Pieces<'a> {
    /// Whatever was written already was the same.
    fn add(&mut self, client: u64, start: u32, len: u32, content: Content<'a>) {
        let all = self.0.entry(client).or_default();
        let end = start + len;
        if all.last().is_some_and(|last| last.end >= end) {
            return;
        }
        let units = match content {
            Content::Text(words) if words.len() != len as usize => {
                words.char_indices().flat_map(|(at, letter)| std::iter::repeat_n(at as u32, letter.len_utf16())).collect()
            }
            _ => Vec::new(),
        };
        all.push(Written { start, end, content, units });
    }

    /// What stands under these clocks, each piece with those of them that are its own.
    fn of(&self, items: Items) -> impl Iterator<Item = (Items, Found<'a>)> {
        let all = self.0.get(&items.client).map_or(&[][..], Vec::as_slice);
        // Of what came twice, the first part is read from what came first.
        let mut clock = items.clock;
        let from = all.partition_point(|written| written.end <= clock);
        all[from..].iter().take_while(move |written| written.start < items.end()).filter_map(move |written| {
            let start = clock;
            clock = written.end.min(items.end());
            let here = Items { client: items.client, clock: start, len: clock - start };
            let found = match written.content {
                Content::Text(words) => {
                    let byte = |clock: u32| {
                        let unit = (clock - written.start) as usize;
                        if written.units.is_empty() { unit } else { written.units.get(unit).map_or(words.len(), |at| *at as usize) }
                    };
                    Found::Words(words.get(byte(start)..byte(clock))?)
                }
                Content::Embed(json) => Found::Embed(json),
                Content::Format(name, json) => Found::Format(name, json),
                Content::Deleted => return None,
            };
            Some((here, found))
        })
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, prelude::BASE64_STANDARD};

    use super::*;
    use crate::drafting::said::deleting;
    use crate::drafting::said::tests::{Row, rows};
    use crate::drafting::worker::{merge_for_tests, project_for_tests};

    fn read_of(updates: &[Vec<u8>]) -> Value {
        let parts: Vec<&[u8]> = updates.iter().map(Vec::as_slice).collect();
        Standing::read(&parts, &Said::read(&parts).unwrap()).unwrap().projected()
    }

    fn lines(file: &str) -> Vec<Value> {
        let lines = std::fs::read_to_string(format!("{}/tests/vectors/flat/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn update(base64: &Value) -> Vec<u8> {
        BASE64_STANDARD.decode(base64.as_str().unwrap()).unwrap()
    }

    /// Other readers end a piece wherever a format stands, whatever it says.
    fn joined(mut read: Value) -> Value {
        let join = |pieces: &mut Value| {
            let pieces = pieces.as_array_mut().unwrap();
            pieces.dedup_by(|later, earlier| {
                let alike =
                    later["insert"].is_string() && earlier["insert"].is_string() && later.get("attributes") == earlier.get("attributes");
                if alike {
                    earlier["insert"] = format!("{}{}", earlier["insert"].as_str().unwrap(), later["insert"].as_str().unwrap()).into();
                }
                alike
            });
        };
        read["notes"].as_object_mut().unwrap().values_mut().for_each(join);
        join(&mut read["body"]);
        read
    }

    /// A second opinion: yrs reads the same updates.
    #[test]
    fn what_stands_is_what_another_reader_finds() {
        for run in lines("random.jsonl") {
            let updates: Vec<Vec<u8>> = run["journal"].as_array().unwrap().iter().map(|sent| update(&sent[1])).collect();
            assert_eq!(read_of(&updates), joined(project_for_tests(&updates)), "seed {}", run["seed"]);
            let (base, tail) = updates.split_at(updates.len() / 2);
            assert_eq!(read_of(&[&[merge_for_tests(base)], tail].concat()), read_of(&updates), "seed {}, half of it merged", run["seed"]);
        }
    }

    #[test]
    fn without_what_is_pending_it_is_the_text() {
        for Row { what, mut updates, text, .. } in rows() {
            let parts: Vec<&[u8]> = updates.iter().map(Vec::as_slice).collect();
            let gone = deleting(&Said::read(&parts).unwrap().pending());
            updates.push(gone);
            assert_eq!(read_of(&updates), text, "{what}");
        }
    }
}
