//! Finds an order in which the pieces of an update can be taken in, and the place of each.
//!
//! Sections of different clients may build on one another, but never in a circle; so they are walked side by side,
//! each waiting where it needs a clock another has not reached. If all wait, the update refers to itself.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::cursor::Id;
use super::passed::Passed;
use super::reader::{Content, Parent, Parsed, Piece};
use super::refusal::GateRefusal;
use super::state::{Class, Holder, Kind, PersonKey, Place, Run, State, print_of};
use crate::drafting::limits::{DOCUMENT_TYPES_MAX, ROOTS_MAX, TYPE_DEPTH_MAX};

/// Judges clocks, owners, references, places and depth of everything new. `person` is `None` for a base of our own.
pub fn place(state: &State, parsed: &Parsed<'_>, person: Option<PersonKey>) -> Result<Passed, GateRefusal> {
    for section in &parsed.sections {
        let known = state.next(section.client);
        if section.start > known {
            return Err(GateRefusal::Missing);
        }
        let owner = state.clients.get(&section.client).and_then(|client| client.owner);
        if section.end > known && person.is_some() && owner.is_some() && owner != person {
            return Err(GateRefusal::ForeignClient);
        }
    }
    let mut walk = Walk {
        state,
        parsed,
        index: parsed.sections.iter().enumerate().map(|(at, section)| (section.client, at)).collect(),
        at: vec![0; parsed.sections.len()],
        placed: parsed.sections.iter().map(|_| Vec::new()).collect(),
        holders: Vec::new(),
        roots: Vec::new(),
        shown: HashMap::new(),
        prints: Vec::new(),
        types: 0,
        bytes: 0,
        items: 0,
    };
    walk.all()?;
    Ok(walk.passed(person))
}

struct Walk<'a> {
    state: &'a State,
    parsed: &'a Parsed<'a>,
    /// Client → number of its section.
    index: HashMap<u64, usize>,
    /// For each section the first piece not yet placed.
    at: Vec<usize>,
    /// For each section a run per new piece.
    placed: Vec<Vec<Run>>,
    /// New holders; types are numbered after all old holders and `ROOTS_MAX` places kept for new roots.
    holders: Vec<Holder>,
    roots: Vec<&'a str>,
    shown: HashMap<u32, Class>,
    prints: Vec<(u64, u32, Vec<u8>)>,
    types: usize,
    bytes: usize,
    items: usize,
}

/// Either an answer, or the clock that has to be placed first.
enum Found<T> {
    Here(T),
    Later(Id),
}

/// Answers `Later` from the function it stands in.
macro_rules! here {
    ($found:expr) => {
        match $found {
            Found::Here(value) => value,
            Found::Later(id) => return Ok(Found::Later(id)),
        }
    };
}

impl<'a> Walk<'a> {
    fn all(&mut self) -> Result<(), GateRefusal> {
        let sections = self.parsed.sections.len();
        let mut waiting: Vec<BinaryHeap<Reverse<(u32, usize)>>> = vec![BinaryHeap::new(); sections];
        let mut ready: Vec<usize> = (0..sections).rev().collect();
        while let Some(now) = ready.pop() {
            let section = &self.parsed.sections[now];
            while let Some(piece) = section.pieces.get(self.at[now]) {
                match self.piece(now, section.client, piece)? {
                    Found::Here(()) => self.at[now] += 1,
                    Found::Later(id) => {
                        waiting[self.index[&id.client]].push(Reverse((id.clock, now)));
                        break;
                    }
                }
            }
            let reached = section.pieces.get(self.at[now]).map_or(section.end, |piece| piece.start);
            while let Some(Reverse((clock, waiter))) = waiting[now].peek().copied() {
                if clock >= reached {
                    break;
                }
                waiting[now].pop();
                ready.push(waiter);
            }
        }
        let done = self.at.iter().zip(&self.parsed.sections).all(|(at, section)| *at == section.pieces.len());
        if done { Ok(()) } else { Err(GateRefusal::Circular) }
    }

    fn piece(&mut self, section: usize, client: u64, piece: &Piece<'a>) -> Result<Found<()>, GateRefusal> {
        let known = self.state.next(client);
        let end = piece.start + piece.len;
        for id in [piece.left, piece.right, parent_id(piece)].into_iter().flatten() {
            if id.client == client && id.clock >= piece.start {
                return Err(GateRefusal::Circular);
            }
            // What the server has already had its neighbours when it came.
            if piece.start < known && id.clock >= self.state.next(id.client) {
                return Err(GateRefusal::Circular);
            }
        }
        let left = here!(self.neighbour(piece.left)?);
        let right = here!(self.neighbour(piece.right)?);
        self.same_as_known(client, known, piece)?;
        if end <= known {
            // A resend. Readers skip it, but look its parent up first.
            let parent = here!(self.neighbour(parent_id(piece))?);
            let stands = parent.is_none_or(|run| !matches!(run.kind, Kind::Content));
            return if stands { Ok(Found::Here(())) } else { Err(GateRefusal::Misplaced) };
        }
        let place = here!(self.stand(piece, left, right)?);
        if piece.content == Content::Gc {
            self.placed[section].push(Run { start: piece.start.max(known), place: Place::LOST, kind: Kind::Gc });
            (self.items, self.bytes) = (self.items + 1, self.bytes + piece.bytes);
            return Ok(Found::Here(()));
        }
        if let (Some(left), Some(right)) = (left, right)
            && left.place != right.place
        {
            return Err(GateRefusal::Misplaced);
        }
        if piece.start < known {
            // The server has the first part; the rest must go on where that part stands.
            let before = self.state.run(Id { client, clock: known - 1 });
            if before.is_none_or(|before| before.place != place || !matches!(before.kind, Kind::Content | Kind::Deleted)) {
                return Err(GateRefusal::Misplaced);
            }
        }
        let kind = self.settle(piece, place)?;
        if let Content::Text(text) = piece.content {
            let skip = (piece.start.max(known) - piece.start) as usize;
            self.prints.push((client, piece.start.max(known), text.encode_utf16().skip(skip).map(print_of).collect()));
        }
        // yrs and Yjs merge text that goes on behind itself into one item; so does the count.
        let follows = matches!(piece.content, Content::Text(_))
            && piece.start > 0
            && piece.left == Some(Id { client, clock: piece.start - 1 })
            && left.is_some_and(|left| left.kind == Kind::Content);
        self.items += usize::from(!follows);
        self.bytes += if follows { piece.len as usize + 1 } else { piece.bytes };
        self.placed[section].push(Run { start: piece.start.max(known), place, kind });
        Ok(Found::Here(()))
    }

    /// What the server has already must come again as it was, or as what deleting leaves of it.
    fn same_as_known(&self, client: u64, known: u32, piece: &Piece<'a>) -> Result<(), GateRefusal> {
        if piece.start >= known {
            return Ok(());
        }
        let same = match (piece.content, self.state.run(Id { client, clock: piece.start }).map(|run| run.kind)) {
            (Content::Gc | Content::Deleted, _) | (_, Some(Kind::Gc | Kind::Deleted)) => true,
            (Content::Type(_), Some(kind)) => matches!(kind, Kind::Type(_)),
            (Content::Text(text), Some(Kind::Content)) => self.state.clients.get(&client).is_some_and(|client| {
                // An edit inside a surrogate pair leaves two replacement characters on some sides.
                let same = |clock, unit| {
                    unit == 0xfffd || client.printed(clock).is_none_or(|print| print == print_of(unit) || print == print_of(0xfffd))
                };
                (piece.start..known).zip(text.encode_utf16()).all(|(clock, unit)| same(clock, unit))
            }),
            (Content::Value | Content::Embed | Content::Format, Some(Kind::Content)) => true,
            _ => false,
        };
        // Other words under somebody's id are a forgery, whoever knows them already.
        if same { Ok(()) } else { Err(GateRefusal::ForeignClient) }
    }

    /// The run a neighbour stands in.
    fn neighbour(&self, id: Option<Id>) -> Result<Found<Option<Run>>, GateRefusal> {
        let Some(id) = id else { return Ok(Found::Here(None)) };
        if let Some(run) = self.state.run(id) {
            return Ok(Found::Here(Some(run)));
        }
        let at = *self.index.get(&id.client).ok_or(GateRefusal::Missing)?;
        let section = &self.parsed.sections[at];
        if id.clock >= section.end {
            return Err(GateRefusal::Missing);
        }
        if section.pieces.get(self.at[at]).is_some_and(|next| id.clock >= next.start) {
            return Ok(Found::Later(id));
        }
        let runs = &self.placed[at];
        let after = runs.partition_point(|run| run.start <= id.clock);
        let run = after.checked_sub(1).and_then(|before| runs.get(before)).ok_or(GateRefusal::Missing)?;
        Ok(Found::Here(Some(*run)))
    }

    /// Where a piece stands: where its neighbours do, or where it says.
    fn stand(&mut self, piece: &Piece<'a>, left: Option<Run>, right: Option<Run>) -> Result<Found<Place>, GateRefusal> {
        if let Some(neighbour) = left.or(right) {
            return Ok(Found::Here(neighbour.place));
        }
        let sub = piece.sub.map_or(0, number_of);
        Ok(Found::Here(match piece.parent {
            Parent::Inherited => Place::LOST,
            Parent::Root(name) => Place { holder: self.root(name)?, sub },
            Parent::Item(id) => match here!(self.neighbour(Some(id))?).map(|run| (run.kind, run.start)) {
                Some((Kind::Type(holder), start)) if start == id.clock => Place { holder, sub },
                Some((Kind::Gc | Kind::Deleted, _)) => Place::LOST,
                _ => return Err(GateRefusal::Misplaced),
            },
        }))
    }

    /// Whether the content may stand there; a shared type becomes a holder itself.
    fn settle(&mut self, piece: &Piece<'a>, place: Place) -> Result<Kind, GateRefusal> {
        let mut depth = 0;
        if place != Place::LOST {
            let holder = self.holder(place.holder);
            depth = holder.depth;
            let class = self.shown.get(&place.holder).copied().unwrap_or(holder.class);
            if !class.admits(piece.content, place.sub != 0) {
                return Err(GateRefusal::Misplaced);
            }
            if class == Class::Unused && place.sub == 0 {
                self.shown.insert(place.holder, Class::shown_by(piece.content));
            }
        }
        Ok(match piece.content {
            Content::Type(_) if depth >= TYPE_DEPTH_MAX => return Err(GateRefusal::TooDeep),
            Content::Type(shape) => {
                self.types += 1;
                if self.types > DOCUMENT_TYPES_MAX {
                    return Err(GateRefusal::DocumentFull);
                }
                self.holders.push(Holder { class: Class::of(shape), depth: depth + 1 });
                Kind::Type((self.state.holders.len() + ROOTS_MAX + self.holders.len() - 1) as u32)
            }
            Content::Deleted => Kind::Deleted,
            Content::Gc => Kind::Gc,
            Content::Text(_) | Content::Embed | Content::Format | Content::Value => Kind::Content,
        })
    }

    fn root(&mut self, name: &'a str) -> Result<u32, GateRefusal> {
        if let Some(holder) = self.state.roots.get(name) {
            return Ok(*holder);
        }
        let old = self.state.holders.len() as u32;
        if let Some(at) = self.roots.iter().position(|root| *root == name) {
            return Ok(old + at as u32);
        }
        if self.state.roots.len() + self.roots.len() >= ROOTS_MAX {
            return Err(GateRefusal::TooMuch("names of roots"));
        }
        self.roots.push(name);
        Ok(old + self.roots.len() as u32 - 1)
    }

    fn holder(&self, number: u32) -> Holder {
        let (number, old) = (number as usize, self.state.holders.len());
        if let Some(holder) = self.state.holders.get(number) {
            return *holder;
        }
        // New roots come first, then new types behind the places kept for roots.
        number
            .checked_sub(old + ROOTS_MAX)
            .and_then(|at| self.holders.get(at))
            .copied()
            .unwrap_or(Holder { class: Class::Unused, depth: 0 })
    }

    /// Closes the gap that was kept for new roots, and hands everything over.
    fn passed(self, person: Option<PersonKey>) -> Passed {
        let old = self.state.holders.len() as u32;
        let gap = (ROOTS_MAX - self.roots.len()) as u32;
        let close = |number: u32| if number != u32::MAX && number >= old + ROOTS_MAX as u32 { number - gap } else { number };
        let sections = self.parsed.sections.iter().zip(self.placed).filter(|(_, runs)| !runs.is_empty()).map(|(section, runs)| {
            let runs = runs.into_iter().map(|run| Run {
                start: run.start,
                place: Place { holder: close(run.place.holder), sub: run.place.sub },
                kind: if let Kind::Type(holder) = run.kind { Kind::Type(close(holder)) } else { run.kind },
            });
            (section.client, section.end, runs.collect())
        });
        Passed {
            changes: false,
            deletes: false,
            generation: 0,
            person,
            sections: sections.collect(),
            holders: self.holders,
            roots: self.roots.into_iter().map(Box::from).collect(),
            shown: self.shown.into_iter().map(|(holder, class)| (close(holder), class)).collect(),
            deletions: Vec::new(),
            prints: self.prints,
            bytes: self.bytes,
            items: self.items,
        }
    }
}

fn parent_id(piece: &Piece<'_>) -> Option<Id> {
    if let Parent::Item(id) = piece.parent { Some(id) } else { None }
}

/// A number for an attribute or key, never 0. A collision only makes a check laxer.
fn number_of(key: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish() as u32 | 1
}
