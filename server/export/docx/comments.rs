//! What was said about the text, as Word's comments: a remark is a comment, an answer an answer to it, a resolved thread is done.
//!
//! Who spoke is an organisation as it was told to whoever exports; no person is named.

use std::fmt::Write;

use super::xml::{WORD, escaped, part};
use crate::text::marked::Act;

/// A thread: at least one remark, in the order they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    pub resolved: bool,
    pub said: Vec<Said>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub by: Act,
    /// In short: an acronym.
    pub initials: String,
    pub words: String,
}

/// The ids of a thread's remarks: they are counted through.
pub fn ids(talks: &[Talk], talk: usize) -> std::ops::Range<usize> {
    let before = talks.iter().take(talk).map(|talk| talk.said.len()).sum();
    before..before + talks.get(talk).map_or(0, |talk| talk.said.len())
}

/// `word/comments.xml`, and `word/commentsExtended.xml`, which says what answers what.
pub fn written(talks: &[Talk]) -> (String, String) {
    let (mut comments, mut threads) = (String::new(), String::new());
    let mut id = 0;
    for talk in talks {
        let first = id;
        for Said { by, initials, words } in &talk.said {
            let (name, short, at) = (escaped(&by.by), escaped(initials), by.at.rfc3339());
            let _ = write!(comments, r#"<w:comment w:id="{id}" w:author="{name}" w:date="{at}" w:initials="{short}">"#);
            let lines: Vec<&str> = words.lines().collect();
            for (at, line) in lines.iter().enumerate() {
                // The last paragraph of a comment is the one that others name.
                let named = if at + 1 == lines.len() { format!(r#" w14:paraId="{}""#, paragraph(id)) } else { String::new() };
                let _ = write!(
                    comments,
                    r#"<w:p{named}><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#,
                    escaped(line)
                );
            }
            comments.push_str("</w:comment>");
            let answers = if id == first { String::new() } else { format!(r#" w15:paraIdParent="{}""#, paragraph(first)) };
            let _ = write!(threads, r#"<w15:commentEx w15:paraId="{}"{answers} w15:done="{}"/>"#, paragraph(id), u8::from(talk.resolved));
            id += 1;
        }
    }
    (part("w:comments", WORD, &comments), part("w15:commentsEx", WORD, &threads))
}

/// Eight hexadecimal digits, below 80000000 and not nothing ([MS-DOCX] 2.6.2.3).
fn paragraph(id: usize) -> String {
    format!("{:08X}", 0x1000_0000 + id)
}
