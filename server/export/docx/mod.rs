//! The Word file: a text, the changes in it that nobody has decided as tracked changes, and what was said about it as comments.
//!
//! Office Open XML as it is (ISO/IEC 29500-1, transitional), written here part by part, because tracked changes need every element to be
//! where it belongs. `numbering` decides how numbers are shown, `paragraphs` and `words` write the text and its footnotes, `comments` the
//! threads, `styles` and `properties` what stands around them, `package` makes one file of it. Taken whole it is the newer text, refused
//! whole the older. The same values give the same bytes, and nothing in them tells of a person or a machine.

mod comments;
mod limits;
mod numbering;
mod package;
mod paragraphs;
mod properties;
mod styles;
mod words;
mod xml;

pub use comments::{Said, Talk};

use super::direction::of_language;
use super::sheet::ExportError;
use crate::kernel::Moment;
use crate::text::block::Dir;
use crate::text::marked::{Act, Marked, MarkedBlock, Matter};
use numbering::Numbering;
use paragraphs::Paragraphs;
use words::Writing;
use xml::{WORD, part};

/// What a Word file is made of.
#[derive(Debug, Clone)]
pub struct WordFile {
    pub marked: Marked,
    /// Plain, for the properties of the file.
    pub title: String,
    /// Whose text it is.
    pub coalition: String,
    /// The moment the newer text was so. Never the clock of the machine.
    pub at: Moment,
    /// What was said, by the places that `marked` names.
    pub talks: Vec<Talk>,
}

/// The bytes of a Word file (`.docx`). A long text takes some hundred milliseconds: call it outside of async workers.
pub fn docx(file: &WordFile) -> Result<Vec<u8>, ExportError> {
    within_limits(file)?;
    let (marked, language) = (&file.marked, of_language(&file.marked.language));
    let act = marked.blocks.iter().find_map(act_of);
    let numbering = Numbering::of(marked);
    let mut text = Writing { talks: &file.talks, ..Writing::default() };
    Paragraphs::of(&marked.blocks, Some(&numbering), act, language).write(&mut text);

    let mut notes = Writing { changes: text.changes, ..Writing::default() };
    for (at, paragraphs) in text.notes.iter().enumerate() {
        notes.xml.push_str(&format!(r#"<w:footnote w:id="{}">"#, at + 1));
        Paragraphs::of(paragraphs, None, act, language).write(&mut notes);
        notes.xml.push_str("</w:footnote>");
    }

    let (said, threads) = comments::written(&file.talks);
    let parts = [
        ("[Content_Types].xml", properties::content_types()),
        ("_rels/.rels", properties::roots()),
        ("docProps/core.xml", properties::core(&file.title, &file.coalition, file.at)),
        ("word/document.xml", part("w:document", WORD, &format!("<w:body>{}{}</w:body>", text.xml, page(language)))),
        ("word/_rels/document.xml.rels", properties::of_document(&text.links)),
        ("word/footnotes.xml", part("w:footnotes", WORD, &format!("{SEPARATORS}{}", notes.xml))),
        ("word/_rels/footnotes.xml.rels", properties::of_notes(&notes.links)),
        ("word/comments.xml", said),
        ("word/commentsExtended.xml", threads),
        ("word/numbering.xml", numbering.written()),
        ("word/styles.xml", styles::styles(&marked.language, &numbering.styles())),
        ("word/settings.xml", styles::settings()),
    ];
    package::package(&parts.map(|(name, content)| (name.to_owned(), content))).map_err(|error| ExportError::Writer(error.to_string()))
}

/// What Word draws between a page's text and its footnotes.
const SEPARATORS: &str = r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"#;

/// A4, in twentieths of a point.
fn page(language: Dir) -> String {
    let bidi = if language == Dir::Rtl { "<w:bidi/>" } else { "" };
    format!(
        r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>{bidi}</w:sectPr>"#
    )
}

/// The first change there is.
fn act_of(block: &MarkedBlock) -> Option<&Act> {
    let own = block.fate.comes.as_ref().or(block.fate.goes.as_ref()).or(block.turned.as_ref());
    own.or_else(|| {
        block.content.iter().find_map(|piece| {
            let own = piece.fate.comes.as_ref().or(piece.fate.goes.as_ref()).or(piece.looked.as_ref().map(|(_, act)| act));
            own.or_else(|| if let Matter::Note(paragraphs) = &piece.what { paragraphs.iter().find_map(act_of) } else { None })
        })
    })
}

/// Refuses what is more than a file may hold, before any work is spent on it.
fn within_limits(file: &WordFile) -> Result<(), ExportError> {
    let (mut pieces, mut letters) = (0, 0);
    count(&file.marked.blocks, &mut pieces, &mut letters);
    letters += file.talks.iter().flat_map(|talk| &talk.said).map(|said| said.words.len()).sum::<usize>();
    if pieces > limits::PIECES_MAX || letters > limits::LETTERS_MAX { Err(ExportError::TooLong) } else { Ok(()) }
}

fn count(blocks: &[MarkedBlock], pieces: &mut usize, letters: &mut usize) {
    for block in blocks {
        *pieces += 1 + block.content.len();
        for piece in &block.content {
            match &piece.what {
                Matter::Words(run) => *letters += run.text.len(),
                Matter::Note(paragraphs) => count(paragraphs, pieces, letters),
                Matter::Break | Matter::Opens(_) | Matter::Closes(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
