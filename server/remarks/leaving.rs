//! Threads as they may leave in a file, which goes from hand to hand. Those among coordinators never do; no person is named; and an
//! organisation that writes unnamed is not named even to its own people, nor by the minute at which it spoke.

use super::{
    actions,
    model::{Among, Passage, Remark},
    permits::See,
};
use crate::{
    kernel::{Moment, OrganisationId},
    organisations::OrganisationMark,
    statements::writers::{self, Known},
    store::{Attempt, Tx},
};

/// A thread in a file.
#[derive(Debug, Clone)]
pub struct Leaving {
    pub passage: Passage,
    pub resolved: bool,
    /// In the order they came.
    pub said: Vec<SaidInFile>,
}

#[derive(Debug, Clone)]
pub struct SaidInFile {
    pub by: Speaker,
    pub at: Moment,
    pub body: String,
}

/// Who spoke, as a file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    Secretariat,
    Organisation { name: String, acronym: String },
    Unnamed,
}

/// The threads of a draft that may leave in a file.
pub fn leaving(tx: &mut Tx, leave: &See) -> Attempt<Vec<Leaving>> {
    let known = writers::ever_known(tx, leave.statement())?;
    let threads = actions::threads(tx, leave)?.into_iter().filter(|(thread, _)| thread.among == Among::All);
    let said = |remark: Remark| SaidInFile { by: speaker(&known, remark.by.organisation), at: remark.at, body: remark.body };
    Ok(threads
        .map(|(thread, remarks)| Leaving {
            passage: thread.passage,
            resolved: thread.resolved.is_some(),
            said: remarks.into_iter().map(said).collect(),
        })
        .filter(|thread| !thread.said.is_empty())
        .collect())
}

/// Nothing for the secretariat.
pub fn speaker(known: &[Known], organisation: Option<OrganisationId>) -> Speaker {
    let Some(id) = organisation else { return Speaker::Secretariat };
    let of = known.iter().find(|known| known.organisation.as_ref().is_some_and(|organisation| organisation.id == id));
    // Of an organisation without a handle nothing is told.
    match of.filter(|known| !known.unnamed).and_then(|known| known.organisation.as_ref()) {
        Some(organisation) => {
            let OrganisationMark { name, acronym, .. } = OrganisationMark::of(organisation);
            Speaker::Organisation { name, acronym }
        }
        None => Speaker::Unnamed,
    }
}
