//! The sheet a letter is written on: paragraph after paragraph, every value made safe before it stands in a sentence.

use super::Matter;
use crate::text::unseen;
use crate::words::Words;
use crate::words::dates::{LocalDeadline, one_line};

pub(super) struct Sheet {
    pub(super) words: Words,
    pub(super) paragraphs: Vec<String>,
}

impl Sheet {
    pub(super) fn greet(&mut self, person: Option<&str>) {
        match person {
            Some(person) => self.say("letter.dear", &[("person", &clean(person))]),
            None => self.say("letter.dear_nobody", &[]),
        }
    }

    pub(super) fn say(&mut self, key: &str, values: &[(&str, &str)]) {
        self.paragraphs.push(self.words.say(key, values));
    }

    pub(super) fn count(&mut self, key: &str, count: u64) {
        self.paragraphs.push(self.words.count(key, count, &[]));
    }

    pub(super) fn about(&mut self, key: &str, matter: &Matter, more: &[(&str, &str)]) {
        let Matter { organisation, statement, edition, .. } = matter;
        let facts = [("organisation", clean(organisation)), ("statement", clean(statement)), ("edition", clean(edition))];
        let more: Vec<(&str, String)> = more.iter().map(|(name, value)| (*name, clean(value))).collect();
        let values: Vec<(&str, &str)> = facts.iter().chain(&more).map(|(name, value)| (*name, value.as_str())).collect();
        self.say(key, &values);
    }

    /// Who shares a mailbox is told before it answers: others read its codes and receipts.
    pub(super) fn mailbox(&mut self, matter: &Matter) {
        if matter.mailbox_shared {
            self.say("letter.mailbox_shared", &[("organisation", &clean(&matter.organisation))]);
        }
    }

    pub(super) fn deadline(&mut self, key: &str, closes: &[LocalDeadline]) {
        self.say(key, &[("closes", &one_line(closes))]);
    }

    /// On a line of its own, so that every mail program finds it.
    pub(super) fn link(&mut self, link: &str) {
        self.paragraphs.push(link.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect());
    }
}

/// A value as it may stand in a sentence: on one line, without anything that nobody sees, and isolated where it reads from
/// right to left, so that the words around it keep their order.
pub(super) fn clean(value: &str) -> String {
    let line: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = unseen::mended(&line);
    if line.chars().any(unseen::runs_left) { format!("\u{2068}{line}\u{2069}") } else { line }
}
