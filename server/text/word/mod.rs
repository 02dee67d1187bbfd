//! Files of word processors, read into what a statement says: `.docx` (ECMA-376, transitional and strict) and `.odt` (OpenDocument 1.2 on).
//!
//! Bytes in, values out: a file is somebody else's, so every ceiling is ours ([`archive`], [`xml`]), no link in it is followed, nothing of
//! it is run, and what cannot be read is refused with a sentence. A file with tracked changes holds two texts, with them and without; both
//! can be read. What a statement does not hold (tables, pictures, headers) is left out and said. Who wrote in a file is told to whoever
//! brings it in, and kept by nobody.

mod archive;
mod docx;
mod incoming;
mod lists;
mod odt;
mod paper;
mod reading;
mod xml;

use std::collections::BTreeSet;

use super::block::{Block, Text};
use super::limits::WORD_COMMENTS_MAX;
use archive::Archive;
use incoming::ChangeKind;
pub use incoming::{ChangedBy, Comment, Incoming, LeftOut, Place, TrackedBy, Unread, WordReply};
use paper::Paper;
pub use paper::Side;

/// The folder that Word kept its files in before 2007, and keeps those in that have a password ([MS-CFB]).
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Reads a file. `language` is the statement's: words that are said to be in it need no name.
pub fn read(bytes: &[u8], language: &str, side: Side) -> Result<Incoming, Unread> {
    if bytes.starts_with(&COMPOUND) {
        return Err(Unread::Old);
    }
    let mut archive = Archive::open(bytes)?;
    let mut paper = if archive.has("content.xml") { odt::read(&mut archive)? } else { docx::read(&mut archive)? };
    reading::name_languages(&mut paper, language);
    keep_so_many(&mut paper);
    let reading::Read { blocks, places, changes } = reading::read(&paper, side);
    if blocks.is_empty() {
        return Err(Unread::Empty);
    }
    Ok(Incoming {
        text: Text { v: "text/v1".to_owned(), language: language.to_owned(), blocks },
        tracked: tracked(&paper),
        changed: changed(&paper, &changes),
        comments: comments(&paper, places),
        left_out: paper.left.into_iter().collect(),
    })
}

/// A file without a title takes the one that stands; of several titles the first is one, and words that are the standing one's are it.
pub fn under_title(text: &mut Text, standing: Option<&Block>) -> usize {
    let words = |block: &Block| block.content.iter().map(reading::said).collect::<String>().trim().to_owned();
    let same = standing.and_then(|standing| text.blocks.first().filter(|first| words(first) == words(standing)).map(|_| standing.clone()));
    if let (Some(same), Some(first)) = (same, text.blocks.first_mut()) {
        *first = same;
    }
    let mut has = false;
    for block in text.blocks.iter_mut().filter(|block| block.is_title()) {
        block.level = Some(if std::mem::replace(&mut has, true) { 2 } else { 1 });
    }
    match standing.filter(|_| !has) {
        Some(standing) => {
            text.blocks.insert(0, standing.clone());
            1
        }
        None => 0,
    }
}

fn keep_so_many(paper: &mut Paper) {
    let mut room = WORD_COMMENTS_MAX;
    for said in &mut paper.comments {
        let kept = said.replies.len().min(room.saturating_sub(1));
        if room == 0 || kept < said.replies.len() {
            paper.left.insert(LeftOut::FurtherComments);
        }
        said.replies.truncate(kept);
        room = room.saturating_sub(1 + kept);
    }
    paper.comments.truncate(WORD_COMMENTS_MAX);
}

fn tracked(paper: &Paper) -> Vec<TrackedBy> {
    let mut all: Vec<TrackedBy> = Vec::new();
    for change in &paper.changes {
        let at = all.iter().position(|by| by.author == change.author).unwrap_or_else(|| {
            all.push(TrackedBy { author: change.author.clone(), ..TrackedBy::default() });
            all.len() - 1
        });
        let count = match change.kind {
            ChangeKind::Inserted => &mut all[at].inserted,
            ChangeKind::Deleted => &mut all[at].deleted,
            ChangeKind::Moved => &mut all[at].moved,
            ChangeKind::Restyled => &mut all[at].restyled,
        };
        *count += 1;
    }
    all
}

fn changed(paper: &Paper, changes: &[BTreeSet<usize>]) -> Vec<ChangedBy> {
    let authors = |of: &BTreeSet<usize>| {
        let named =
            of.iter().filter_map(|at| paper.changes.get(*at)).map(|change| change.author.clone()).filter(|author| !author.is_empty());
        named.collect::<BTreeSet<String>>().into_iter().collect::<Vec<String>>()
    };
    let one = |(block, of)| Some(ChangedBy { block, authors: authors(of) }).filter(|by| !by.authors.is_empty());
    changes.iter().enumerate().filter_map(one).collect()
}

fn comments(paper: &Paper, places: Vec<Option<Place>>) -> Vec<Comment> {
    let comment = |(said, place): (&paper::Said, Option<Place>)| Comment {
        author: said.author.clone(),
        body: said.body.clone(),
        replies: said.replies.iter().map(|(author, body)| WordReply { author: author.clone(), body: body.clone() }).collect(),
        place,
    };
    paper.comments.iter().zip(places).map(comment).collect()
}

#[cfg(test)]
mod tests;
