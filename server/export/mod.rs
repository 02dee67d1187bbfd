//! Files of a settled statement: bytes made from text and names, for print, for the UN, for a search engine.
//!
//! This room receives finished text and a finished list and turns them into a file. It promises that the same sheet
//! gives the same bytes, that no character is lost in silence, and that the file says nothing about the machine
//! that made it. It knows nothing of drafting, signing, databases or clocks; every visible sentence arrives from
//! outside, already in the right language and already counted.

mod direction;
mod docx;
mod pdf;
mod refusals;
mod sheet;

pub use docx::{Said, Talk, WordFile, docx};
pub use pdf::{pdf, too_long, unprintable, unprintable_at};
pub use sheet::{ExportError, ListedName, Sheet, Words};
