//! A comparison of two texts as changes in one: with nothing taken it is the older, with everything the newer.
//!
//! Words whose link is another go and come, because no file can say of a link that it would go. What was moved goes whole and comes whole,
//! with what was changed in it besides: told apart within it, LibreOffice (7.4) refuses its parts one by one, and gives the paragraph
//! behind it the form of the one that goes.

use std::collections::BTreeMap;

use super::super::block::{Inline, Run};
use super::super::compare::{Comparison, Frame, NoteFrame, NotePair, NotePiece, NoteRow, Pair, Piece, Row};
use super::{Act, Fate, Marked, MarkedBlock, MarkedPiece, Matter, Side, noted_form, pieces};

pub fn marked(comparison: &Comparison, act: &Act) -> Marked {
    let moved: BTreeMap<u32, &Pair> =
        comparison.rows.iter().filter_map(|row| if let Row::Moved { id, pair } = row { Some((*id, pair)) } else { None }).collect();
    let block = |row: &Row| match row {
        Row::Same(pair) | Row::Changed(pair) => Some(kept(&pair.old, &pair.new, pair.pieces.iter().flat_map(|one| piece(one, act)), act)),
        Row::Added { new } => Some(whole(Frame::of(new), pieces(&new.content, &Fate::coming(act)), Fate::coming(act))),
        Row::Removed { old } => Some(whole(Frame::of(old), pieces(&old.content, &Fate::going(act)), Fate::going(act))),
        Row::Moved { id, pair } => {
            let fate = Fate::coming(act).moving(*id);
            Some(whole(pair.new.clone(), pair.pieces.iter().flat_map(|piece| pieces(&piece.newer(), &fate)).collect(), fate.clone()))
        }
        Row::Stood { id } => moved.get(id).map(|pair| {
            let fate = Fate::going(act).moving(*id);
            whole(pair.old.clone(), pair.pieces.iter().flat_map(|piece| pieces(&piece.older(), &fate)).collect(), fate.clone())
        }),
    };
    let blocks = comparison.rows.iter().filter_map(block).collect();
    Marked { language: comparison.new_language.clone(), blocks: ended(blocks, act) }.or_empty()
}

/// A paragraph that comes or goes with its mark.
fn whole(form: Frame, content: Vec<MarkedPiece>, fate: Fate) -> MarkedBlock {
    MarkedBlock { fate, ..MarkedBlock::standing(form, content) }
}

fn kept(old: &Frame, new: &Frame, content: impl Iterator<Item = MarkedPiece>, act: &Act) -> MarkedBlock {
    let was = (old != new).then(|| old.clone());
    let turned = (!old.is_like(new)).then(|| act.clone());
    MarkedBlock { was, turned, ..MarkedBlock::standing(new.clone(), content.collect()) }
}

fn piece(piece: &Piece, act: &Act) -> Vec<MarkedPiece> {
    match piece {
        Piece::Same(words) => pieces(&words.content, &Fate::default()),
        Piece::Out(words) => pieces(&words.content, &Fate::going(act)),
        Piece::In(words) => pieces(&words.content, &Fate::coming(act)),
        Piece::Styled(looks) => restyled(&looks.old, &looks.new, act),
        Piece::Note(note) => vec![MarkedPiece::new(Matter::Note(noted(note, act)), Fate::default())],
    }
}

/// A footnote that stands in both.
fn noted(note: &NotePair, act: &Act) -> Vec<MarkedBlock> {
    let piece = |piece: &NotePiece| match piece {
        NotePiece::Same(words) => pieces(&words.content, &Fate::default()),
        NotePiece::Out(words) => pieces(&words.content, &Fate::going(act)),
        NotePiece::In(words) => pieces(&words.content, &Fate::coming(act)),
        NotePiece::Styled(looks) => restyled(&looks.old, &looks.new, act),
    };
    let block = |row: &NoteRow| {
        let content = row.pieces.iter().flat_map(piece);
        let form = |side: &Option<NoteFrame>| side.as_ref().map(|frame| noted_form(frame.dir));
        match (form(&row.old), form(&row.new)) {
            (Some(old), Some(new)) => Some(kept(&old, &new, content, act)),
            (Some(old), None) => Some(whole(old, content.collect(), Fate::going(act))),
            (None, Some(new)) => Some(whole(new, content.collect(), Fate::coming(act))),
            (None, None) => None,
        }
    };
    ended(note.paragraphs.iter().filter_map(block).collect(), act)
}

/// The same words in another appearance, cut where either appearance changes.
fn restyled(old: &[Inline], new: &[Inline], act: &Act) -> Vec<MarkedPiece> {
    let words = |content: &[Inline]| -> Option<Vec<Run>> {
        content.iter().map(|inline| if let Inline::Text(run) = inline { Some(run.clone()) } else { None }).collect()
    };
    let replaced = || [pieces(old, &Fate::going(act)), pieces(new, &Fate::coming(act))].concat();
    let (Some(was), Some(is)) = (words(old), words(new)) else { return replaced() };
    let text = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    if text(&was) != text(&is) {
        return replaced();
    }
    let (mut told, mut at, mut used) = (Vec::new(), 0, 0);
    for run in &is {
        let mut from = 0;
        while let Some(before) = was.get(at).filter(|_| from < run.text.len()) {
            let take = (run.text.len() - from).min(before.text.len() - used);
            let words = Run { text: run.text[from..from + take].to_owned(), ..run.clone() };
            if before.link == run.link {
                let looked = (!before.looks_like(run)).then(|| (Run { text: String::new(), ..before.clone() }, act.clone()));
                told.push(MarkedPiece { looked, ..MarkedPiece::new(Matter::Words(words), Fate::default()) });
            } else {
                let gone = Run { text: words.text.clone(), ..before.clone() };
                told.push(MarkedPiece::new(Matter::Words(gone), Fate::going(act)));
                told.push(MarkedPiece::new(Matter::Words(words), Fate::coming(act)));
            }
            (from, used) = (from + take, used + take);
            if used == before.text.len() {
                (at, used) = (at + 1, 0);
            }
        }
    }
    told
}

/// Makes the last mark one that stays: it ends the last paragraph of both texts, and what stood before it there comes or goes.
fn ended(mut blocks: Vec<MarkedBlock>, act: &Act) -> Vec<MarkedBlock> {
    let stays = |block: &MarkedBlock| block.fate.is_in(Side::Stands) && block.fate.is_in(Side::Would);
    let kept = blocks.iter().rposition(stays).map_or(0, |at| at + 1);
    let Some(last) = blocks.len().checked_sub(1).filter(|last| *last >= kept) else { return blocks };
    let (ends, other) = if blocks[last].fate.is_in(Side::Would) { (Side::Would, Side::Stands) } else { (Side::Stands, Side::Would) };
    let found = (kept..last).rev().find(|at| blocks[*at].fate.is_in(other));
    let ended = match (found, kept.checked_sub(1)) {
        (Some(at), _) => {
            // Two last paragraphs stand in one, and no other mark between their words and the last.
            let before = blocks.remove(at);
            if let Some(last) = blocks.last_mut() {
                let content = std::mem::take(&mut last.content);
                last.content = before.content.into_iter().chain(content).collect();
            }
            before.form
        }
        // Programs do not agree on what two joined paragraphs are: one that is another now goes whole and comes whole.
        (None, Some(at)) if blocks[at].turned.is_some() => {
            let turned = blocks.remove(at);
            for (side, fate) in [(Side::Would, Fate::coming(act)), (Side::Stands, Fate::going(act))] {
                blocks.insert(at, whole(turned.form(side).clone(), pieces(&turned.words(side), &fate), fate.clone()));
            }
            return ended(blocks, act);
        }
        (None, Some(at)) => {
            let form = blocks[at].form(other).clone();
            blocks[at].form = blocks[at].form(ends).clone();
            blocks[at].fate = if ends == Side::Would { Fate::coming(act) } else { Fate::going(act) };
            (blocks[at].was, blocks[at].turned) = (None, None);
            form
        }
        (None, None) => noted_form(None),
    };
    if let Some(last) = blocks.last_mut() {
        let (old, new) = if ends == Side::Would { (ended, last.form.clone()) } else { (last.form.clone(), ended) };
        let content = std::mem::take(&mut last.content);
        *last = self::kept(&old, &new, content.into_iter(), act);
    }
    blocks
}
