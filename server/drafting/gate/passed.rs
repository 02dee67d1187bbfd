//! What an update that was let in adds to a draft, between the gate's check and its commit.

use std::collections::HashSet;

use super::description::Root;
use super::state::{PersonKey, Written};
use super::voices::News;
use crate::suggestions::{Said, Saying};

/// An update that may be stored. Only the gate makes one, and only the gate takes it in.
#[derive(Debug)]
pub struct Passed {
    /// Whether it brings anything the draft has not got. One that does not need not be stored.
    pub changes: bool,
    /// Client ids it brings that were nobody's.
    pub new_clients: usize,
    /// Steps that placing it may take readers, now and later.
    pub steps: usize,
    /// Letters it takes out of the draft that stood in it.
    pub gone: usize,
    /// What it says of suggestions: which it begins, and how they are answered.
    pub said: Vec<Said>,
    pub(super) generation: u64,
    pub(super) person: Option<PersonKey>,
    pub(super) sections: Vec<(u64, Written)>,
    pub(super) notes: HashSet<Root>,
    pub(super) brackets: HashSet<u64>,
    pub(super) news: News,
    pub(super) deletions: Vec<(u64, u32, u32)>,
    pub(super) bytes: usize,
    pub(super) items: usize,
    pub(super) lines: usize,
    pub(super) lasting_steps: usize,
    pub(super) deletions_bytes: usize,
}

impl Passed {
    /// How many suggestions it begins.
    pub(super) fn begins(&self) -> usize {
        self.said.iter().filter(|said| said.what == Saying::Begun).count()
    }
}
