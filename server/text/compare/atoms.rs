//! Contents cut into what is compared: words and what stands between them, line breaks, footnotes.
//!
//! Words are those of Unicode (UAX 29); in Chinese, Japanese, Thai, Lao, Khmer and Burmese, which put no space between them, those
//! of a dictionary. That is why it is `icu_segmenter`, which the files' layout brings along anyway, and not `unicode-segmentation`,
//! which has none. A word stays one where its appearance changes in the middle, and ends at a footnote.

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};

use super::super::block::{self, Inline, NoteParagraph, Run};

/// What is compared as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Atom {
    Word { text: String, runs: Vec<Run> },
    Break,
    Note { number: u32, content: Vec<NoteParagraph> },
}

impl Atom {
    /// Whether it says something: spaces and signs between words do not.
    pub fn speaks(&self) -> bool {
        match self {
            Atom::Word { text, .. } => text.chars().any(char::is_alphanumeric),
            Atom::Break => false,
            Atom::Note { .. } => true,
        }
    }

    pub fn content(&self) -> Vec<Inline> {
        match self {
            Atom::Word { runs, .. } => runs.iter().cloned().map(Inline::Text).collect(),
            Atom::Break => vec![Inline::Break],
            Atom::Note { number, content } => vec![Inline::Footnote { number: *number, content: content.clone() }],
        }
    }
}

pub struct Cutter(WordSegmenterBorrowed<'static>);

impl Cutter {
    pub fn new() -> Self {
        Self(WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()))
    }

    pub fn cut(&self, content: &[Inline]) -> Vec<Atom> {
        let (mut atoms, mut line) = (Vec::new(), Vec::new());
        for inline in content {
            match inline {
                Inline::Text(run) => line.push(run),
                Inline::Break => {
                    self.words(&mut line, &mut atoms);
                    atoms.push(Atom::Break);
                }
                Inline::Footnote { number, content } => {
                    self.words(&mut line, &mut atoms);
                    atoms.push(Atom::Note { number: *number, content: content.clone() });
                }
            }
        }
        self.words(&mut line, &mut atoms);
        atoms
    }

    /// Takes a stretch of runs and leaves none.
    fn words(&self, line: &mut Vec<&Run>, to: &mut Vec<Atom>) {
        let text: String = line.iter().map(|run| run.text.as_str()).collect();
        let (mut runs, mut used) = (line.drain(..).filter(|run| !run.text.is_empty()).peekable(), 0);
        let mut from = 0;
        for end in self.0.segment_str(&text).filter(|end| *end > 0) {
            let mut word: Vec<Run> = Vec::new();
            let mut at = from;
            while at < end {
                let Some(run) = runs.peek() else { break };
                let take = (end - at).min(run.text.len() - used);
                // Runs end where letters do, and so do words: a cut never falls into one.
                let piece = cut_out(run, used, take);
                match word.last_mut() {
                    Some(last) if last.looks_like(&piece) => last.text.push_str(&piece.text),
                    _ => word.push(piece),
                }
                (at, used) = (at + take, used + take);
                if used == run.text.len() {
                    runs.next();
                    used = 0;
                }
            }
            to.push(Atom::Word { text: text[from..end].to_owned(), runs: word });
            from = end;
        }
    }
}

/// So many bytes of a run from there on, in its appearance.
fn cut_out(run: &Run, from: usize, bytes: usize) -> Run {
    Run {
        text: run.text[from..from + bytes].to_owned(),
        bold: run.bold,
        italic: run.italic,
        link: run.link.clone(),
        lang: run.lang.clone(),
    }
}

/// The words of a footnote, one paragraph after the other.
pub fn note_words(content: &[NoteParagraph]) -> String {
    let line = |paragraph: &NoteParagraph| -> String {
        paragraph.content.iter().map(|piece| if let block::Piece::Text(run) = piece { run.text.as_str() } else { "\n" }).collect()
    };
    content.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The content of a footnote's paragraph, as that of a block.
pub fn note_content(paragraph: &NoteParagraph) -> Vec<Inline> {
    let inline = |piece: &block::Piece| match piece {
        block::Piece::Text(run) => Inline::Text(run.clone()),
        block::Piece::Break => Inline::Break,
    };
    paragraph.content.iter().map(inline).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(content: &[Inline]) -> Vec<String> {
        let word = |atom: Atom| match atom {
            Atom::Word { text, .. } => text,
            Atom::Break => "⏎".to_owned(),
            Atom::Note { number, .. } => format!("[{number}]"),
        };
        Cutter::new().cut(content).into_iter().map(word).collect()
    }

    fn run(text: &str) -> Inline {
        Inline::Text(Run::plain(text))
    }

    #[test]
    fn words_are_those_of_their_script() {
        for (line, words) in [
            ("We ask, again.", &["We", " ", "ask", ",", " ", "again", "."][..]),
            ("isn’t 3.5", &["isn’t", " ", "3.5"]),
            ("نطالب الدول،", &["نطالب", " ", "الدول", "،"]),
            ("我们签署声明", &["我们", "签署", "声明"]),
            ("สิทธิมนุษยชน", &["สิทธิ", "มนุษย", "ชน"]),
            ("👩‍👩‍👧 e\u{301}a", &["👩‍👩‍👧", " ", "e\u{301}a"]),
            ("", &[]),
        ] {
            assert_eq!(cut(&[run(line)]), words, "{line}");
        }
    }

    #[test]
    fn a_word_is_one_whatever_its_letters_look_like_and_ends_at_a_footnote() {
        let bold = Inline::Text(Run { bold: true, ..Run::plain("sign") });
        let note = Inline::Footnote { number: 3, content: Vec::new() };
        let content = [run("under"), bold.clone(), run("ed it"), note, Inline::Break, run("now")];
        assert_eq!(cut(&content), ["undersigned", " ", "it", "[3]", "⏎", "now"]);
        let atoms = Cutter::new().cut(&content);
        assert_eq!(atoms[0].content(), [run("under"), bold, run("ed")]);
    }
}
