//! Who proposes, and who decides: whether this person may bring this piece, or take away that one, beside and within the text.
//!
//! What is proposed is told by who wrote it, never by a format. A client id whose first clock says for whom it proposes brings
//! proposals and nothing else: letters, marks and places that are not text until a fate accepts them, and asks about what
//! stands. Whoever may only suggest brings things under such ids alone, and takes away only what came so under their handle
//! and no fate accepts; so whatever they send, the text without what is proposed stays as it is. Nobody takes away the
//! beginning of a proposing id or of a suggestion: what is proposed would then be text.
//!
//! A verdict looks at what an update brings and at what that names, and at no more of the draft: it takes no worker, and
//! nobody who edits waits for it.

use super::cursor::Id;
use super::description::{Description, Root};
use super::ground::{Found, Ground};
use super::meter::Meter;
use super::reader::Content;
use super::refusal::GateRefusal;
use super::state::PersonKey;
use super::voices::{News, Voice};
use super::word::Word;
use crate::drafting::limits::SAID_MAX;
use crate::text::asks::{Ask, Fate, Items, Suggestion};

/// In whose name an update comes, and what they may do.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    pub person: PersonKey,
    /// Whoever has none proposes nothing.
    pub handle: Option<&'a str>,
    /// Whether they may change the text, and decide; or only suggest.
    pub edits: bool,
}

/// Bytes of an embed that are read within a step of a reader; one that waits for others is read again.
const READ_IN_A_STEP: usize = 16;

/// A new piece: where it begins, and what it is.
pub struct Brought<'a> {
    pub section: usize,
    pub id: Id,
    pub root: Root,
    pub content: Content<'a>,
}

pub struct Judge<'a> {
    /// Nobody for what has passed before: a base, or an entry of the journal.
    author: Option<Author<'a>>,
    description: Description,
    /// For each section what its client says; what it said before is in the draft's.
    voices: Vec<Option<Box<Voice>>>,
    undone: Vec<Id>,
    said: usize,
}

impl<'a> Judge<'a> {
    pub fn of(author: Option<Author<'a>>, description: Description, sections: usize) -> Judge<'a> {
        Judge { author, description, voices: (0..sections).map(|_| None).collect(), undone: Vec::new(), said: 0 }
    }

    /// Whether this may come in, once all that it names stands.
    pub fn piece(
        &mut self,
        ground: &Ground<'_>,
        meter: &mut Meter<'_>,
        new: &Brought<'_>,
        word: Option<Word>,
    ) -> Result<Found<()>, GateRefusal> {
        if let Content::Embed(json) = new.content {
            meter.count(json.len() / READ_IN_A_STEP)?;
        }
        if let Some(Word::Ask(Ask::By(handle))) = word {
            return self.begin(new, handle).map(Found::Here);
        }
        let Some(handle) = self.proposes(ground, new.id.client) else { return self.edit(ground, meter, new, word) };
        if self.author.is_some_and(|author| author.handle != Some(handle)) {
            return Err(GateRefusal::ForeignClient);
        }
        match (new.root, word) {
            (Root::FATES, _) => return Err(GateRefusal::Misplaced),
            (Root::ASKS, Some(Word::Ask(Ask::Begin(sid)))) => {
                self.count_said()?;
                self.voice(new.section).begun.push((new.id.clock, sid));
            }
            (Root::ASKS, Some(Word::Ask(ask))) => {
                if let Found::Later(id) = Judge::stand(ground, meter, ask.items())? {
                    return Ok(Found::Later(id));
                }
                self.is_about_text(ground, meter, &ask)?;
            }
            // An ask that was taken back before it was sent.
            (Root::ASKS, _) => {}
            _ if matches!(new.content, Content::Format(..)) => {
                return Err(GateRefusal::Forbidden("a format under a client id that proposes"));
            }
            _ if !self.has_begun(ground, new) => return Err(GateRefusal::Misplaced),
            _ => {}
        }
        Ok(Found::Here(()))
    }

    /// Whether what is new of a deletion may go. `[start, end)` has been placed, and not all of it is gone.
    pub fn deletion(&mut self, ground: &Ground<'_>, meter: &mut Meter<'_>, client: u64, start: u32, end: u32) -> Result<(), GateRefusal> {
        let known = ground.state.voices.get(client);
        let new = ground.index.get(&client).and_then(|section| self.voices[*section].as_deref());
        let handle = known.into_iter().chain(new).find_map(|voice| voice.proposes.as_deref());
        if let Some(author) = self.author.filter(|author| !author.edits) {
            if handle.is_none() || handle != author.handle {
                return Err(GateRefusal::OnlySuggestions);
            }
            for (start, end) in ground.state.not_deleted(client, start, end) {
                meter.look()?;
                let accepted = known.filter(|voice| voice.was_accepted(start, end)).into_iter().flat_map(Voice::accepted);
                for (from, until) in accepted {
                    meter.look()?;
                    if from < end && until > start {
                        return Err(GateRefusal::OnlySuggestions);
                    }
                }
            }
        }
        if known.into_iter().chain(new).any(|voice| voice.begins_in(start, end)) {
            return Err(GateRefusal::Misplaced);
        }
        let undone =
            known.into_iter().chain(new).flat_map(|voice| voice.fates.range(start..end)).map(|(clock, _)| Id { client, clock: *clock });
        let before = self.undone.len();
        self.undone.extend(undone);
        (before..self.undone.len()).try_for_each(|_| self.count_said())
    }

    /// What is said that was not before. Clients stand in the order of the sections.
    pub fn news(self, ground: &Ground<'_>) -> News {
        let clients = ground.parsed.sections.iter().map(|section| section.client);
        News { voices: clients.zip(self.voices).filter_map(|(client, voice)| Some((client, *voice?))).collect(), undone: self.undone }
    }

    /// An id says for whom it proposes, before anything else.
    fn begin(&mut self, new: &Brought<'_>, handle: String) -> Result<(), GateRefusal> {
        if new.id.clock != 0 {
            return Err(GateRefusal::Misplaced);
        }
        if self.author.is_some_and(|author| author.handle != Some(&*handle)) {
            return Err(GateRefusal::ForeignClient);
        }
        self.voice(new.section).proposes = Some(handle);
        Ok(())
    }

    /// Something under an id that proposes nothing.
    fn edit(
        &mut self,
        ground: &Ground<'_>,
        meter: &mut Meter<'_>,
        new: &Brought<'_>,
        word: Option<Word>,
    ) -> Result<Found<()>, GateRefusal> {
        if self.author.is_some_and(|author| !author.edits) {
            return Err(GateRefusal::OnlySuggestions);
        }
        match (new.root, word) {
            (Root::ASKS, _) => Err(GateRefusal::Misplaced),
            (Root::FATES, Some(Word::Fate(fate))) => self.decide(ground, meter, new, fate),
            _ => Ok(Found::Here(())),
        }
    }

    fn decide(&mut self, ground: &Ground<'_>, meter: &mut Meter<'_>, new: &Brought<'_>, fate: Fate) -> Result<Found<()>, GateRefusal> {
        if let Found::Later(id) = Judge::stand(ground, meter, &fate.of)? {
            return Ok(Found::Later(id));
        }
        let is_of = |items: &Items| self.proposes(ground, items.client) == Some(&*fate.suggestion.handle);
        if !fate.of.iter().all(is_of) || self.author.is_some() && !self.is_begun(ground, &fate.suggestion) {
            return Err(GateRefusal::Misplaced);
        }
        self.count_said()?;
        self.voice(new.section).fates.insert(new.id.clock, fate);
        Ok(Found::Here(()))
    }

    /// Whether all that is named stands, in whole letters.
    fn stand(ground: &Ground<'_>, meter: &mut Meter<'_>, all: &[Items]) -> Result<Found<()>, GateRefusal> {
        for items in all {
            meter.look()?;
            if let Found::Later(id) = ground.reach(Id { client: items.client, clock: items.end() - 1 })? {
                return Ok(Found::Later(id));
            }
            if ground.cuts_a_letter(items.client, items.clock, items.end()) {
                return Err(GateRefusal::HalfALetter);
            }
        }
        Ok(Found::Here(()))
    }

    /// Whether an ask, whose letters stand, is about the text and what its paragraphs may be.
    fn is_about_text(&self, ground: &Ground<'_>, meter: &mut Meter<'_>, ask: &Ask) -> Result<(), GateRefusal> {
        for items in ask.items() {
            for root in ground.roots(items.client, items.clock, items.end()) {
                meter.look()?;
                if !root.is_text() {
                    return Err(GateRefusal::Misplaced);
                }
                if let Ask::Block(_, looks) = ask
                    && !looks.iter().all(|(name, value)| self.description.admits(root, name, &value.to_string()))
                {
                    return Err(GateRefusal::Forbidden("a paragraph of this kind"));
                }
            }
        }
        Ok(())
    }

    /// For whom a client proposes, as far as is known by now.
    fn proposes<'b>(&'b self, ground: &Ground<'b>, client: u64) -> Option<&'b str> {
        let known = ground.state.voices.get(client).and_then(|voice| voice.proposes.as_deref());
        known.or_else(|| self.voices[*ground.index.get(&client)?].as_ref()?.proposes.as_deref())
    }

    fn has_begun(&self, ground: &Ground<'_>, new: &Brought<'_>) -> bool {
        let known = ground.state.voices.get(new.id.client);
        known.into_iter().chain(self.voices[new.section].as_deref()).any(|voice| !voice.begun.is_empty())
    }

    /// Whether there is such a suggestion, here or in this update.
    fn is_begun(&self, ground: &Ground<'_>, of: &Suggestion) -> bool {
        let here = || {
            let mut said =
                ground.parsed.sections.iter().zip(&self.voices).filter_map(|(section, voice)| Some((section.client, voice.as_ref()?)));
            said.any(|(client, voice)| {
                voice.begun.iter().any(|(_, sid)| *sid == of.sid) && self.proposes(ground, client) == Some(&*of.handle)
            })
        };
        ground.state.voices.has_begun(of) || here()
    }

    fn voice(&mut self, section: usize) -> &mut Voice {
        self.voices[section].get_or_insert_default()
    }

    /// One more line to note beside the draft.
    fn count_said(&mut self) -> Result<(), GateRefusal> {
        self.said += 1;
        if self.said > SAID_MAX { Err(GateRefusal::TooMuch("suggestions and answers")) } else { Ok(()) }
    }
}
