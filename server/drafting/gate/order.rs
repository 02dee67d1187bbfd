//! Finds an order in which the pieces of an update can be taken in, and the text each stands in; and places them.
//!
//! Sections of different clients may build on one another, but never in a circle; so they are walked side by side,
//! each waiting where it needs a clock another has not reached. If all wait, the update refers to itself.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use super::cursor::Id;
use super::description::{Description, Root};
use super::ground::{Found, Ground};
use super::meter::Meter;
use super::passed::Passed;
use super::proposing::{Author, Brought, Judge};
use super::reader::{Content, Parsed, Piece};
use super::refusal::GateRefusal;
use super::sequence::{Item, Sequence};
use super::state::{FIRST_HALF, PersonKey, State, Written, print_of};
use super::stretches::{Stretches, stretch_bytes};
use super::word::Word;

/// In whose name an update is taken.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// Somebody brings it now.
    Author(Author<'a>),
    /// It passed when this person brought it.
    Journal(PersonKey),
    /// A base of our own.
    Base,
}

impl Source<'_> {
    fn person(self) -> Option<PersonKey> {
        match self {
            Source::Author(Author { person, .. }) | Source::Journal(person) => Some(person),
            Source::Base => None,
        }
    }
}

/// Judges clocks, owners, references, texts and content of everything new, and places it in `sequence`, as long as that takes
/// no more than `steps_max`.
pub fn place(
    state: &State,
    sequence: &mut Sequence,
    parsed: &Parsed<'_>,
    description: Description,
    source: Source<'_>,
    steps_max: usize,
) -> Result<Passed, GateRefusal> {
    let person = source.person();
    for section in &parsed.sections {
        let known = state.next(section.client);
        if section.start > known {
            return Err(GateRefusal::Missing);
        }
        let owner = state.owner(section.client);
        if section.end > known && person.is_some() && owner.is_some() && owner != person {
            return Err(GateRefusal::ForeignClient);
        }
    }
    let author = if let Source::Author(author) = source { Some(author) } else { None };
    let mut walk = Walk {
        ground: Ground::of(state, parsed),
        sequence,
        meter: Meter::up_to(steps_max, state),
        judge: Judge::of(author, description, parsed.sections.len()),
        description,
        at: vec![0; parsed.sections.len()],
        joined: vec![(0, 0); parsed.sections.len()],
        deletions: Vec::new(),
        brackets: HashSet::new(),
        bytes: 0,
        items: 0,
        lines: 0,
    };
    walk.all()?;
    walk.deletions()?;
    Ok(walk.passed(person))
}

struct Walk<'a> {
    ground: Ground<'a>,
    sequence: &'a mut Sequence,
    meter: Meter<'a>,
    judge: Judge<'a>,
    description: Description,
    /// For each section the first piece not yet placed.
    at: Vec<usize>,
    /// For each section the pieces of text that readers will join to one with the next, and their bytes.
    joined: Vec<(usize, usize)>,
    deletions: Vec<(u64, u32, u32)>,
    /// Those it brings.
    brackets: HashSet<u64>,
    bytes: usize,
    items: usize,
    lines: usize,
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
        let sections = self.ground.parsed.sections.len();
        let mut waiting: Vec<BinaryHeap<Reverse<(u32, usize)>>> = vec![BinaryHeap::new(); sections];
        let mut ready: Vec<usize> = (0..sections).rev().collect();
        while let Some(now) = ready.pop() {
            let section = &self.ground.parsed.sections[now];
            while let Some(piece) = section.pieces.get(self.at[now]) {
                match self.piece(now, section.client, piece)? {
                    Found::Here(()) => self.at[now] += 1,
                    Found::Later(id) => {
                        waiting[self.ground.index[&id.client]].push(Reverse((id.clock, now)));
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
        let done = self.at.iter().zip(&self.ground.parsed.sections).all(|(at, section)| *at == section.pieces.len());
        if done { Ok(()) } else { Err(GateRefusal::Circular) }
    }

    fn piece(&mut self, section: usize, client: u64, piece: &Piece<'a>) -> Result<Found<()>, GateRefusal> {
        let known = self.ground.state.next(client);
        let (start, end) = (piece.start.max(known), piece.start + piece.len);
        for id in [piece.left, piece.right].into_iter().flatten() {
            if id.client == client && id.clock >= piece.start {
                return Err(GateRefusal::Circular);
            }
            // What the server has already had its neighbours when it came.
            if piece.start < known && id.clock >= self.ground.state.next(id.client) {
                return Err(GateRefusal::Circular);
            }
        }
        // Readers would put it before or behind, each by what else they have read.
        if piece.left.is_some() && piece.left == piece.right {
            return Err(GateRefusal::Misplaced);
        }
        let left = here!(self.ground.neighbour(piece.left)?);
        let right = here!(self.ground.neighbour(piece.right)?);
        let root = left.or(right).or(piece.root).ok_or(GateRefusal::Misplaced)?;
        if right.is_some_and(|right| right != root) {
            return Err(GateRefusal::Misplaced);
        }
        let word = if let Content::Embed(json) = piece.content { Word::read(root, json) } else { None };
        // Also what readers skip because they have it: some read its value first, and stumble.
        let admitted = match piece.content {
            // A carriage return is read as nothing by one page and as a letter by another.
            Content::Text(text) => root.is_text() && !text.contains('\r'),
            Content::Deleted => true,
            Content::Embed(json) => word.is_some() || self.description.admits_embed(root, json),
            Content::Format(key, json) => self.description.admits(root, key, json),
        };
        if !admitted {
            return Err(GateRefusal::Forbidden("this format, embed or letter"));
        }
        let begins = || self.ground.state.voices.get(client).is_some_and(|voice| voice.begins_in(piece.start, end));
        if piece.content == Content::Deleted && begins() {
            return Err(GateRefusal::Misplaced);
        }
        let print = self.ground.state.value_print(piece.content, word.as_ref());
        self.same_as_known(client, known, piece, print)?;
        if end <= known {
            return Ok(Found::Here(()));
        }
        // The server may have the first part; the rest must go on where that part stands.
        if piece.start < known && self.ground.root(Id { client, clock: known - 1 }) != Some(root) {
            return Err(GateRefusal::Misplaced);
        }
        let before_right = piece.right.and_then(|id| Some(Id { clock: id.clock.checked_sub(1)?, ..id }));
        if piece.left.is_some_and(|left| self.ground.is_first_half(left))
            || before_right.is_some_and(|before| self.ground.is_first_half(before))
        {
            return Err(GateRefusal::HalfALetter);
        }
        let named = word.as_ref().map_or(0, Word::names);
        let new = Brought { section, id: Id { client, clock: start }, root, content: piece.content };
        here!(self.judge.piece(&self.ground, &mut self.meter, &new, word)?);
        let left = if start > piece.start { Some(Id { client, clock: start - 1 }) } else { piece.left };
        let is_text = matches!(piece.content, Content::Text(_));
        let item = Item { id: Id { client, clock: start }, len: end - start, left, right: piece.right, root, is_text };
        self.sequence.place(item, &mut self.meter)?;
        self.items += named;
        self.take(section, client, piece, start, root, print)?;
        Ok(Found::Here(()))
    }

    /// Takes in the part of a piece from `start` on.
    fn take(&mut self, section: usize, client: u64, piece: &Piece<'a>, start: u32, root: Root, print: u64) -> Result<(), GateRefusal> {
        let end = piece.start + piece.len;
        let before =
            if self.ground.placed[section].next > 0 { Some(&self.ground.placed[section]) } else { self.ground.state.written(client) };
        let goes_on = piece
            .left
            .filter(|left| left.client == client)
            .zip(before)
            .is_some_and(|(left, before)| matches!(piece.content, Content::Text(_)) && before.goes_on(piece.start, left, piece.right));
        let placed = &mut self.ground.placed[section];
        placed.add(start, end - start, root, piece.right);
        let mut bytes = piece.bytes;
        match piece.content {
            Content::Text(text) => {
                let prints: Vec<u8> = text.encode_utf16().map(print_of).collect();
                let (had, new) = prints.split_at((start - piece.start) as usize);
                if had.last() == Some(&FIRST_HALF) {
                    return Err(GateRefusal::HalfALetter);
                }
                placed.add_letters(start, new.to_vec());
                let (pieces, joined) = if goes_on { self.joined[section] } else { (0, 0) };
                self.joined[section] = (pieces + 1, joined + text.len());
                if goes_on {
                    bytes = text.len() + 1;
                    self.meter.count_joined(joined + (pieces + 1) * text.len())?;
                }
            }
            Content::Embed(_) | Content::Format(..) => placed.add_value(start, print),
            // Readers count it among the deletions, whether or not the update does.
            Content::Deleted => self.deletions.push((client, start, end)),
        }
        if let Content::Format(key, _) = piece.content {
            let new = |bracket: &u64| !self.ground.state.brackets.contains(bracket);
            self.brackets.extend(self.description.bracket(key).filter(new));
        }
        // yrs and Yjs merge text that goes on behind itself into one item; so does the count.
        self.items += usize::from(!goes_on);
        if let Content::Text(text) = piece.content {
            self.lines += text.chars().filter(|letter| matches!(letter, '\n' | '\u{2028}')).count();
        }
        self.bytes += bytes;
        Ok(())
    }

    /// What the server has already must come again as it was, or as what deleting leaves of it.
    fn same_as_known(&self, client: u64, known: u32, piece: &Piece<'a>, print: u64) -> Result<(), GateRefusal> {
        let Some(written) = self.ground.state.written(client).filter(|_| piece.start < known) else { return Ok(()) };
        let same = match piece.content {
            Content::Deleted => true,
            Content::Text(text) => {
                let end = known.min(piece.start + piece.len);
                // A page that once cut a letter in two, for itself alone, holds two replacement characters.
                let known = |(clock, unit)| unit == 0xfffd || written.letter(clock).is_none_or(|known| known == print_of(unit));
                !written.has_values(piece.start, end) && (piece.start..end).zip(text.encode_utf16()).all(known)
            }
            Content::Embed(_) | Content::Format(..) => {
                written.letter(piece.start).is_none() && written.value(piece.start).is_none_or(|known| known == print)
            }
        };
        // Other words under somebody's id are a forgery, whoever knows them already.
        if same { Ok(()) } else { Err(GateRefusal::ForeignClient) }
    }

    fn deletions(&mut self) -> Result<(), GateRefusal> {
        for (client, ranges) in &self.ground.parsed.deletions {
            let next = self.ground.next(*client);
            let known = self.ground.state.clients.get(client);
            for &(start, end) in ranges {
                // Deleting what is still to come would swallow somebody's next words.
                if end > next {
                    return Err(GateRefusal::Missing);
                }
                if known.is_some_and(|client| client.deleted.holds(start, end)) {
                    continue;
                }
                if self.ground.cuts_a_letter(*client, start, end) {
                    return Err(GateRefusal::HalfALetter);
                }
                self.judge.deletion(&self.ground, &mut self.meter, *client, start, end)?;
                let is_deleted = |clock: u32| known.is_some_and(|client| client.deleted.holds(clock, clock + 1));
                // Where deletions meet, readers have cut already.
                for clock in [start, end] {
                    if clock > 0 && is_deleted(clock - 1) == is_deleted(clock) {
                        self.sequence.count_cut_before(Id { client: *client, clock }, &mut self.meter)?;
                    }
                }
                self.deletions.push((*client, start, end));
            }
        }
        Ok(())
    }

    fn passed(mut self, person: Option<PersonKey>) -> Passed {
        let (mut deletions_bytes, mut begun, mut gone) = (0, HashSet::new(), 0);
        for (client, start, end) in &self.deletions {
            let deleted = self.ground.state.clients.get(client).map(|client| &client.deleted).filter(|deleted| !deleted.is_empty());
            if deleted.is_none() && begun.insert(*client) {
                deletions_bytes += Stretches::HEAD_BYTES;
            }
            deletions_bytes += stretch_bytes(*start, *end);
            gone += self.ground.state.newly_deleted(*client, *start, *end);
            self.items += usize::from(!deleted.is_some_and(|deleted| deleted.touches(*start, *end)));
        }
        let news = self.judge.news(&self.ground);
        let said = news.said(&self.ground.state.voices);
        let sections: Vec<(u64, Written)> = self
            .ground
            .parsed
            .sections
            .iter()
            .map(|section| section.client)
            .zip(self.ground.placed)
            .filter(|(_, written)| written.next > 0)
            .collect();
        let (steps, lasting_steps) = self.meter.steps();
        let notes = sections
            .iter()
            .flat_map(|(_, written)| written.roots())
            .filter(|root| root.is_note() && !self.ground.state.notes.contains(root));
        Passed {
            changes: !sections.is_empty() || !self.deletions.is_empty(),
            new_clients: sections.iter().filter(|(client, _)| self.ground.state.owner(*client).is_none()).count(),
            gone,
            generation: 0,
            person,
            notes: notes.collect::<HashSet<_>>(),
            brackets: self.brackets,
            news,
            said,
            bytes: self.bytes + deletions_bytes,
            items: self.items,
            lines: self.lines,
            steps,
            lasting_steps,
            deletions_bytes,
            deletions: self.deletions,
            sections,
        }
    }
}
