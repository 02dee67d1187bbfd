//! The rules of a log (deadlines, rounds, withdrawals, publication): one leaf after another, each judged by what the leaves before it left behind.
//!
//! The first leaf opens a round; all have one statement, and hours never run back. A round has a new name, and is closed
//! before the next opens, the text is corrected or the list published. Sign-ons and extensions name the open round and its
//! text and lie before its end, and an extension moves the end only to later. A withdrawal or re-confirmation answers an
//! earlier sign-on of the same organisation that was neither withdrawn nor renewed. An opening says what its leaf says, in
//! the leaf's hour or the one before, and no nonce occurs twice. A leaf that breaks a rule is a fault and is still followed,
//! so that a reader sees everything that is wrong and not only the first of it.

use std::collections::{BTreeMap, BTreeSet};

use super::story::{Fate, Publication, Stage, Story};
use crate::commitment::contradictions;
use crate::instant::{Hour, Instant};
use crate::leaf::{Leaf, LeafKind, TextRef};
use crate::opening::Opening;

pub(super) fn tell(leaves: &[Leaf], openings: &BTreeMap<u64, Opening>) -> Story {
    let mut teller = Teller::default();
    for (index, leaf) in (0..).zip(leaves) {
        teller.leaf(index, leaf, openings);
    }
    teller.story.stage = match (&teller.round, &teller.story.published) {
        (Some(_), _) => Stage::Open,
        (None, Some(_)) => Stage::Published,
        (None, None) => Stage::Closed,
    };
    teller.story
}

#[derive(Default)]
struct Teller {
    story: Story,
    statement: Option<String>,
    hour: Option<Hour>,
    round: Option<Round>,
    rounds: BTreeSet<String>,
    /// The text and round of each sign-on; a correction carries the text on.
    signed: BTreeMap<u64, (TextRef, Option<String>)>,
    nonces: BTreeSet<String>,
}

/// A round that is open.
struct Round {
    id: String,
    opened: Hour,
    /// Unknown when the opening that says so is missing, which is a fault of its own.
    closes: Option<Instant>,
}

impl Teller {
    fn leaf(&mut self, index: u64, leaf: &Leaf, openings: &BTreeMap<u64, Opening>) {
        let opening = openings.get(&index);
        let hour = Hour::parse(&leaf.at).unwrap_or(Hour(0));
        self.holds_together(index, leaf, hour);
        if let Some(opening) = opening {
            self.opening_fits(index, leaf, opening);
        } else if leaf.kind.is_open_to_all() {
            self.story.fault("opening-missing", index, format!("the opening of this “{}” entry is missing.", leaf.kind));
        }
        match leaf.kind {
            LeafKind::RoundOpened => self.round_opened(index, leaf, opening, hour),
            LeafKind::RoundExtended => self.round_extended(index, leaf, opening, hour),
            LeafKind::RoundClosed => self.round_closed(index, leaf),
            LeafKind::Signed => self.signs(index, leaf, opening, hour),
            LeafKind::ReConfirmed => {
                self.renews(index, leaf, opening, openings);
                self.signs(index, leaf, opening, hour);
            }
            LeafKind::Withdrawn => self.withdraws(index, leaf, opening, openings),
            LeafKind::Corrected => self.corrected(index, leaf, opening),
            LeafKind::Published => self.published(index, leaf, opening),
        }
    }

    /// What must hold between any leaf and those before it.
    fn holds_together(&mut self, index: u64, leaf: &Leaf, hour: Hour) {
        let statement = self.statement.get_or_insert_with(|| leaf.statement.clone());
        if *statement != leaf.statement {
            self.story.fault("other-statement", index, "it belongs to another statement than the leaves before it.".into());
        }
        if index == 0 && leaf.kind != LeafKind::RoundOpened {
            self.story.fault("first-leaf", index, format!("a log begins with the opening of a round, not with “{}”.", leaf.kind));
        }
        if self.hour.is_some_and(|before| hour < before) {
            self.story.fault("time-runs-back", index, "its hour lies before that of the leaf before it.".into());
        }
        self.hour = self.hour.max(Some(hour));
        let answers = matches!(leaf.kind, LeafKind::Withdrawn | LeafKind::ReConfirmed);
        if answers != leaf.answers.is_some() {
            self.story.fault(
                "answers",
                index,
                format!("a “{}” entry must {}name a leaf it answers.", leaf.kind, if answers { "" } else { "not " }),
            );
        }
    }

    fn opening_fits(&mut self, index: u64, leaf: &Leaf, opening: &Opening) {
        for (code, what) in contradictions(leaf, opening) {
            self.story.fault(code, index, format!("its opening and the leaf differ in {what}."));
        }
        if opening.kind() == leaf.kind
            && let Some(nonce) = opening.nonce()
            && !self.nonces.insert(nonce.to_owned())
        {
            self.story.fault("nonce-again", index, "its nonce was used before, so it is a copy of another act.".into());
        }
    }

    fn round_opened(&mut self, index: u64, leaf: &Leaf, opening: Option<&Opening>, hour: Hour) {
        if self.round.is_some() {
            self.story.fault("round-still-open", index, "it opens a round while another is open.".into());
        }
        let Some(id) = leaf.round.clone() else {
            return self.story.fault("round-unnamed", index, "it opens a round without naming it.".into());
        };
        if !self.rounds.insert(id.clone()) {
            self.story.fault("round-again", index, "it opens a round that was opened before.".into());
        }
        if self.story.text.as_ref() != Some(&leaf.text) {
            // A new text: no sign-on carries over, and what was published was the old one.
            for fate in self.story.sign_ons.values_mut().filter(|fate| **fate == Fate::Stands) {
                *fate = Fate::Earlier;
            }
            self.story.published = None;
            self.story.text = Some(leaf.text.clone());
        }
        let mut closes = None;
        if let Some(Opening::RoundOpened { edition, closes_at }) = opening {
            self.story.edition.clone_from(edition);
            closes = Instant::parse(closes_at);
        }
        if closes.is_some_and(|closes| closes.hour() < hour) {
            self.story.fault("closes-before-it-opens", index, "the round ends before it begins.".into());
        }
        self.round = Some(Round { id, opened: hour, closes });
    }

    fn round_extended(&mut self, index: u64, leaf: &Leaf, opening: Option<&Opening>, hour: Hour) {
        if !self.in_open_round(index, leaf, hour) {
            return;
        }
        let later = match opening {
            Some(Opening::RoundExtended { closes_at }) => Instant::parse(closes_at),
            _ => return,
        };
        if let Some(round) = &mut self.round {
            if later <= round.closes {
                self.story.fault("not-an-extension", index, "it sets an end of the round that is not later than before.".into());
            }
            round.closes = later;
        }
    }

    fn round_closed(&mut self, index: u64, leaf: &Leaf) {
        if self.round.as_ref().map(|round| &round.id) != leaf.round.as_ref() || self.round.is_none() {
            self.story.fault("no-open-round", index, "it closes a round that is not open.".into());
        }
        if self.story.text.as_ref() != Some(&leaf.text) {
            self.story.fault("text-not-of-round", index, "it names another text than the round it closes.".into());
        }
        self.round = None;
    }

    fn signs(&mut self, index: u64, leaf: &Leaf, opening: Option<&Opening>, hour: Hour) {
        if self.in_open_round(index, leaf, hour)
            && let (Some(round), Some(sign_on)) = (&self.round, opening.and_then(Opening::sign_on))
            && let Some(at) = Instant::parse(&sign_on.at)
            && (at.hour() < round.opened || round.closes.is_some_and(|closes| at > closes))
        {
            self.story.fault("outside-the-round", index, "the instant in its opening lies outside the round.".into());
        }
        self.story.sign_ons.insert(index, Fate::Stands);
        self.signed.insert(index, (leaf.text.clone(), leaf.round.clone()));
    }

    fn renews(&mut self, index: u64, leaf: &Leaf, opening: Option<&Opening>, openings: &BTreeMap<u64, Opening>) {
        if let Some(answered) = self.answered(index, leaf) {
            self.same_organisation(index, opening, openings.get(&answered));
            self.story.sign_ons.insert(answered, Fate::Renewed(index));
        }
    }

    fn withdraws(&mut self, index: u64, leaf: &Leaf, opening: Option<&Opening>, openings: &BTreeMap<u64, Opening>) {
        self.story.withdrawals += 1;
        let Some(answered) = self.answered(index, leaf) else { return };
        let (text, round) = self.signed.get(&answered).cloned().unwrap_or_else(|| (leaf.text.clone(), None));
        if text != leaf.text {
            self.story.fault("text-not-of-sign-on", index, format!("it names another text than the sign-on of leaf {answered}."));
        }
        if leaf.round.is_some() && leaf.round != round {
            self.story.fault("round-not-of-sign-on", index, format!("it names another round than the sign-on of leaf {answered}."));
        }
        self.same_organisation(index, opening, openings.get(&answered));
        self.story.sign_ons.insert(answered, Fate::Withdrawn(index));
    }

    fn corrected(&mut self, index: u64, leaf: &Leaf, opening: Option<&Opening>) {
        if self.round.is_some() {
            self.story.fault("round-still-open", index, "the text is corrected while organisations are signing it.".into());
        }
        if self.story.text.as_ref() == Some(&leaf.text) {
            self.story.fault("corrects-nothing", index, "the corrected text is the text as it was.".into());
        }
        if self.story.text.as_ref().is_some_and(|text| text.authentic != leaf.text.authentic) {
            self.story.fault("other-language", index, "a correction cannot make another language the authentic one.".into());
        }
        if let Some(Opening::Corrected { edition }) = opening {
            self.story.edition.clone_from(edition);
        }
        for (signed, (text, _)) in &mut self.signed {
            if self.story.sign_ons.get(signed) == Some(&Fate::Stands) {
                text.clone_from(&leaf.text);
            }
        }
        self.story.published = None;
        self.story.text = Some(leaf.text.clone());
    }

    fn published(&mut self, index: u64, leaf: &Leaf, opening: Option<&Opening>) {
        if self.round.is_some() || self.rounds.is_empty() {
            self.story.fault("round-still-open", index, "a statement is published after its round is closed.".into());
        }
        if self.story.text.as_ref() != Some(&leaf.text) {
            self.story.fault("text-not-of-round", index, "the text published is not the one that was signed.".into());
        }
        let standing: Vec<u64> = self.story.standing().collect();
        if let Some(Opening::Published { signatories, .. }) = opening
            && *signatories != standing.len() as u64
        {
            self.story.fault("published-count", index, format!("it says {signatories} stand, the log has {}.", standing.len()));
        }
        self.story.published = Some(Publication { leaf: index, standing });
    }

    /// Whether the leaf belongs to the round that is open, names its text and lies before its end.
    fn in_open_round(&mut self, index: u64, leaf: &Leaf, hour: Hour) -> bool {
        let Some(round) = &self.round else {
            self.story.fault("no-open-round", index, format!("a “{}” entry stands while no round is open.", leaf.kind));
            return false;
        };
        let faults_before = self.story.faults.len();
        if leaf.round.as_ref() != Some(&round.id) {
            self.story.fault("other-round", index, "it belongs to another round than the one that is open.".into());
        }
        if self.story.text.as_ref() != Some(&leaf.text) {
            self.story.fault("text-not-of-round", index, "it names another text than the round.".into());
        }
        if round.closes.is_some_and(|closes| hour > closes.hour()) {
            self.story.fault("after-the-deadline", index, "it was made after the round had ended.".into());
        }
        self.story.faults.len() == faults_before
    }

    /// The sign-on this leaf answers, if there is one to answer.
    fn answered(&mut self, index: u64, leaf: &Leaf) -> Option<u64> {
        let answered = leaf.answers?;
        let fault = match self.story.sign_ons.get(&answered) {
            Some(Fate::Stands | Fate::Earlier) => return Some(answered),
            None => format!("it answers leaf {answered}, which is no sign-on before it."),
            Some(Fate::Withdrawn(by)) => format!("it answers leaf {answered}, which leaf {by} withdrew."),
            Some(Fate::Renewed(by)) => format!("it answers leaf {answered}, which leaf {by} renewed."),
        };
        self.story.fault("answers-nothing", index, fault);
        None
    }

    fn same_organisation(&mut self, index: u64, one: Option<&Opening>, other: Option<&Opening>) {
        let (Some(one), Some(other)) = (one.and_then(organisation), other.and_then(organisation)) else { return };
        if one != other {
            self.story.fault("other-organisation", index, "it answers a sign-on of another organisation.".into());
        }
    }
}

fn organisation(opening: &Opening) -> Option<&str> {
    match opening {
        Opening::Withdrawn { organisation, .. } => Some(&organisation.id),
        other => other.sign_on().map(|sign_on| sign_on.organisation.id.as_str()),
    }
}
