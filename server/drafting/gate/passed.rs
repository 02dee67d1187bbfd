//! What an update that was let in adds to a draft, between the gate's check and its commit.

use super::state::{Class, Holder, PersonKey, Run};

/// An update that may be stored. Only the gate makes one, and only the gate takes it in.
#[derive(Debug)]
pub struct Passed {
    /// Whether it brings anything the draft has not got. One that does not need not be stored.
    pub changes: bool,
    /// Whether it deletes anything that was not deleted.
    pub deletes: bool,
    pub(super) generation: u64,
    pub(super) person: Option<PersonKey>,
    pub(super) sections: Vec<(u64, u32, Vec<Run>)>,
    pub(super) holders: Vec<Holder>,
    pub(super) roots: Vec<Box<str>>,
    pub(super) shown: Vec<(u32, Class)>,
    pub(super) deletions: Vec<(u64, u32, u32)>,
    pub(super) prints: Vec<(u64, u32, Vec<u8>)>,
    pub(super) bytes: usize,
    pub(super) items: usize,
}
