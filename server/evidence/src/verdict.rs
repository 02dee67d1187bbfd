//! The verdict: what a check found, said so that a person knows what to rely on and what not.
//!
//! A verdict never says only "valid". It lists what was proven, what failed, and, of every bundle and receipt, what no file
//! can prove. One fault is enough for it to fail, and then it names no signatory and counts none. Without a key from elsewhere
//! a file at most holds *unpinned*. A "no" says what is wrong and what to do next. Of a file that is neither bundle nor
//! receipt it says only that, because nothing in it was checked.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::digest::Digest;
use crate::limits;
use crate::quoting::{count, plain, quote};
use crate::sign_on::Assurance;

/// What came of checking one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    pub outcome: Outcome,
    pub subject: Subject,
    /// The statement's title in its authentic language. With a failed check, only what the file claims.
    pub title: String,
    /// The edition's label, `Rev.1`. With a failed check, only what the file claims.
    pub edition: String,
    /// The log's origin.
    pub origin: String,
    /// The digest of each language version.
    pub texts: BTreeMap<String, Digest>,
    /// Public names in printed order. Empty when the check failed: nobody may be said to stand by it then.
    pub names: Vec<String>,
    /// All zero when the check failed.
    pub counts: Counts,
    pub proven: Vec<Finding>,
    pub failed: Vec<Finding>,
    pub not_proven: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Whole and unchanged, and signed with the key the reader pinned.
    Holds,
    /// Whole and unchanged, but nobody said whose key it is signed with.
    HoldsUnpinned,
    Fails,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    Bundle,
    Receipt,
    /// Neither; or so damaged that one cannot tell.
    Unknown,
}

/// Sign-ons of the edition in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All that stand: public and withheld.
    pub signed: u64,
    pub public: u64,
    pub withheld: u64,
    /// Withdrawals in the whole log.
    pub withdrawn: u64,
    /// The public ones by how they were made; those of withheld names are not in a bundle.
    pub assurance: BTreeMap<Assurance, u64>,
}

/// One finding: a stable code for programs, the leaf it is about, and a full sentence in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaf: Option<u64>,
    pub sentence: String,
}

impl Finding {
    pub fn new(code: &'static str, sentence: impl Into<String>) -> Finding {
        Finding { code, leaf: None, sentence: sentence.into() }
    }

    pub fn at(code: &'static str, leaf: u64, sentence: impl Into<String>) -> Finding {
        Finding { code, leaf: Some(leaf), sentence: sentence.into() }
    }
}

impl Verdict {
    pub fn new(subject: Subject) -> Verdict {
        Verdict {
            outcome: Outcome::Fails,
            subject,
            title: String::new(),
            edition: String::new(),
            origin: String::new(),
            texts: BTreeMap::new(),
            names: Vec::new(),
            counts: Counts::default(),
            proven: Vec::new(),
            failed: Vec::new(),
            not_proven: Vec::new(),
        }
    }

    /// For a shell: 0 holds, 3 holds but the key was not pinned, 1 fails.
    pub fn exit_code(&self) -> i32 {
        match self.outcome {
            Outcome::Holds => 0,
            Outcome::HoldsUnpinned => 3,
            Outcome::Fails => 1,
        }
    }

    /// The one sentence that stands first.
    pub fn headline(&self) -> String {
        let withheld = match self.counts.withheld {
            0 => String::new(),
            n => format!(" ({n} with the name withheld)"),
        };
        let (signed, title) = (count(self.counts.signed, "organisation", "organisations") + &withheld, quote(&self.title));
        match (self.outcome, self.subject) {
            (Outcome::Fails, Subject::Unknown) => "This file cannot be checked as it is: do not rely on it.".into(),
            (Outcome::Fails, _) => "This file does not hold: do not rely on it.".into(),
            (Outcome::Holds, Subject::Bundle) => {
                format!("This is {} of {title}, signed by {signed}; nothing in its record has been changed.", plain(&self.edition))
            }
            (Outcome::Holds, _) => "This receipt is genuine: the entry is in the coalition's record.".into(),
            (Outcome::HoldsUnpinned, Subject::Bundle) => format!(
                "This record of {} of {title}, signed by {signed}, is whole and unchanged, but whose key it is signed with was not checked.",
                plain(&self.edition)
            ),
            (Outcome::HoldsUnpinned, _) => "This receipt is sound in itself, but whose key it is signed with was not checked.".into(),
        }
    }

    pub(crate) fn proves(&mut self, code: &'static str, sentence: impl Into<String>) {
        self.proven.push(Finding::new(code, sentence));
    }

    pub(crate) fn fails(&mut self, line: Finding) {
        if self.failed.len() < limits::FAULTS_MAX {
            self.failed.push(line);
        }
    }

    /// For a finding that explains the others.
    pub(crate) fn fails_first(&mut self, finding: Finding) {
        self.failed.insert(0, finding);
        self.failed.truncate(limits::FAULTS_MAX);
    }

    pub(crate) fn leaves_open(&mut self, code: &'static str, sentence: impl Into<String>) {
        self.not_proven.push(Finding::new(code, sentence));
    }

    /// The verdict's last word, once every check has spoken.
    pub(crate) fn conclude(mut self, pinned: bool) -> Verdict {
        self.outcome = match (self.failed.is_empty(), pinned) {
            (false, _) => Outcome::Fails,
            (true, true) => Outcome::Holds,
            (true, false) => Outcome::HoldsUnpinned,
        };
        if self.outcome == Outcome::Fails {
            self.names.clear();
            self.counts = Counts::default();
        }
        self
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline())?;
        // Beside a fault, what is in order proves nothing by itself.
        let proven = if self.outcome == Outcome::Fails { "In order by itself" } else { "Proven" };
        let sections = [(proven, &self.proven), ("Failed", &self.failed), ("Not proven", &self.not_proven)];
        for (heading, lines) in sections.iter().filter(|(_, lines)| !lines.is_empty()) {
            writeln!(f, "\n{heading}")?;
            for line in lines.iter() {
                writeln!(f, "  - {}", line.sentence)?;
            }
        }
        if self.failed.len() == limits::FAULTS_MAX {
            writeln!(f, "  - There may be more; only the first {} are listed.", limits::FAULTS_MAX)?;
        }
        if !self.names.is_empty() {
            writeln!(f, "\nNamed signatories")?;
            for name in &self.names {
                writeln!(f, "  {}", plain(name))?;
            }
        }
        for (language, digest) in &self.texts {
            writeln!(f, "\nDigest (SHA-256) of the text in “{}”\n  {}", plain(language), digest.groups())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_reads_from_the_sentence_that_matters_to_the_details() {
        let mut verdict = Verdict::new(Subject::Bundle);
        verdict.title = "Keep the\u{1b}[2J library".into();
        verdict.edition = "Rev.1".into();
        verdict.counts.signed = 2;
        verdict.proves("record", "Nothing was removed.");
        verdict.leaves_open("time", "The time.");
        let verdict = verdict.conclude(true);
        assert_eq!(verdict.exit_code(), 0);
        assert_eq!(
            verdict.to_string(),
            "This is Rev.1 of “Keep the\u{fffd}[2J library”, signed by 2 organisations; nothing in its record has been changed.\n\n\
             Proven\n  - Nothing was removed.\n\nNot proven\n  - The time.\n"
        );
    }

    #[test]
    fn a_failed_verdict_names_nobody_and_a_flood_of_faults_is_cut() {
        let mut verdict = Verdict::new(Subject::Bundle);
        verdict.names = vec!["Riverside".into()];
        verdict.counts.signed = 1;
        for _ in 0..100 {
            verdict.fails(Finding::at("x", 3, "Leaf 3 is wrong."));
        }
        let verdict = verdict.conclude(true);
        assert_eq!((verdict.exit_code(), verdict.failed.len(), verdict.names.len(), verdict.counts.signed), (1, limits::FAULTS_MAX, 0, 0));
    }
}
