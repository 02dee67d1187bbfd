//! What the gate remembers of a draft: for every client its next clock, its person, and where its items stand.
//!
//! Items that stand in one place and follow one another share a run, so a typed page is a handful of entries.

use std::collections::{BTreeMap, HashMap};

use super::cursor::Id;
use super::reader::{Content, Shape};

/// Who a client id belongs to: the person's own id as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonKey(pub u128);

#[derive(Debug, Default)]
pub struct State {
    pub clients: HashMap<u64, Client>,
    /// Everything that holds items: roots and shared types, by number.
    pub holders: Vec<Holder>,
    pub roots: HashMap<Box<str>, u32>,
    /// Bytes and separate items held, against the draft's ceiling.
    pub bytes: usize,
    pub items: usize,
}

#[derive(Debug, Default)]
pub struct Client {
    pub next: u32,
    pub owner: Option<PersonKey>,
    pub runs: Vec<Run>,
    /// Deleted stretches, start → end, disjoint and not touching.
    pub deleted: BTreeMap<u32, u32>,
    /// One byte per letter, in stretches: who resends text must resend the same text.
    pub prints: Vec<(u32, Vec<u8>)>,
}

/// Items of one client from `start` on, up to the next run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub start: u32,
    pub place: Place,
    pub kind: Kind,
}

/// In which sequence, or under which key, an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub holder: u32,
    /// 0 for the sequence; otherwise a number for the attribute or map key.
    pub sub: u32,
}

impl Place {
    /// Of items whose surroundings were collected.
    pub const LOST: Place = Place { holder: u32::MAX, sub: 0 };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Gc,
    Deleted,
    Content,
    /// A shared type, with the number of its holder.
    Type(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    pub class: Class,
    pub depth: u8,
}

/// What a holder's sequence may hold. A root shows its class with its first item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Unused,
    Xml,
    XmlText,
    Text,
    List,
    Map,
}

impl Class {
    pub fn of(shape: Shape) -> Class {
        match shape {
            Shape::XmlElement | Shape::XmlFragment => Class::Xml,
            Shape::XmlText => Class::XmlText,
            Shape::Text => Class::Text,
            Shape::Array => Class::List,
            Shape::Map => Class::Map,
        }
    }

    /// Whether `content` may stand here. Editors throw on anything else, and one who throws has lost the document.
    pub fn admits(self, content: Content<'_>, under_key: bool) -> bool {
        match (content, under_key) {
            (Content::Gc | Content::Deleted, _) => true,
            (Content::Value, true) => true,
            (Content::Type(_), true) => matches!(self, Class::Map | Class::Unused),
            (Content::Text(_) | Content::Format | Content::Embed, true) => false,
            (Content::Text(_) | Content::Format, false) => matches!(self, Class::Text | Class::XmlText | Class::Unused),
            (Content::Embed, false) => matches!(self, Class::Text | Class::Unused),
            (Content::Value, false) => matches!(self, Class::List | Class::Unused),
            (Content::Type(Shape::XmlElement | Shape::XmlText), false) => matches!(self, Class::Xml | Class::List | Class::Unused),
            (Content::Type(_), false) => matches!(self, Class::List | Class::Unused),
        }
    }

    /// What the first item of a root's sequence says about the root.
    pub fn shown_by(content: Content<'_>) -> Class {
        match content {
            Content::Gc | Content::Deleted => Class::Unused,
            Content::Text(_) | Content::Format | Content::Embed => Class::Text,
            Content::Value => Class::List,
            Content::Type(Shape::XmlElement | Shape::XmlText) => Class::Xml,
            Content::Type(_) => Class::List,
        }
    }
}

/// A letter's print. One in 256 wrong letters slips through, a wrong word hardly.
pub fn print_of(unit: u16) -> u8 {
    (u32::from(unit).wrapping_mul(0x9e37_79b1) >> 24) as u8
}

impl State {
    pub fn next(&self, client: u64) -> u32 {
        self.clients.get(&client).map_or(0, |client| client.next)
    }

    /// The run an id stands in; `None` when the id is not known yet.
    pub fn run(&self, id: Id) -> Option<Run> {
        let client = self.clients.get(&id.client).filter(|client| id.clock < client.next)?;
        let after = client.runs.partition_point(|run| run.start <= id.clock);
        client.runs.get(after.checked_sub(1)?).copied()
    }
}

impl Client {
    /// Adds a run, or lets the last one go on.
    pub fn extend(&mut self, run: Run) {
        let goes_on =
            self.runs.last().is_some_and(|last| last.place == run.place && last.kind == run.kind && !matches!(run.kind, Kind::Type(_)));
        if !goes_on {
            self.runs.push(run);
        }
    }

    pub fn print(&mut self, start: u32, mut prints: Vec<u8>) {
        match self.prints.last_mut() {
            Some((from, last)) if *from + last.len() as u32 == start => last.append(&mut prints),
            _ => self.prints.push((start, prints)),
        }
    }

    /// The print of one letter, if a letter is known there.
    pub fn printed(&self, clock: u32) -> Option<u8> {
        let (start, prints) = self.prints.get(self.prints.partition_point(|(start, _)| *start <= clock).checked_sub(1)?)?;
        prints.get((clock - start) as usize).copied()
    }

    pub fn is_deleted(&self, start: u32, end: u32) -> bool {
        self.deleted.range(..=start).next_back().is_some_and(|(_, until)| *until >= end)
    }

    /// Whether a stretch lengthens one that is there, so that it needs no entry of its own.
    pub fn touches_deleted(&self, start: u32, end: u32) -> bool {
        self.deleted.range(..=end).next_back().is_some_and(|(_, until)| *until >= start)
    }

    pub fn delete(&mut self, mut start: u32, mut end: u32) {
        while let Some((from, until)) = self.deleted.range(..=end).next_back().map(|(from, until)| (*from, *until)) {
            if until < start {
                break;
            }
            self.deleted.remove(&from);
            start = start.min(from);
            end = end.max(until);
        }
        self.deleted.insert(start, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deleted_stretches_merge_in_any_order() {
        let mut client = Client::default();
        for (start, end) in [(10, 12), (0, 3), (14, 20), (12, 14), (2, 5)] {
            client.delete(start, end);
        }
        assert_eq!(client.deleted.into_iter().collect::<Vec<_>>(), [(0, 5), (10, 20)]);
    }
}
