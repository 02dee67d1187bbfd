//! In whose name a draft is written, and what the others may know of it.
//!
//! Every organisation, and the secretariat, writes a draft under a handle: random, made here, for good. Presence, and whatever
//! else in a draft tells its writers apart, carries handles and nothing else; whom a handle stands for is told by right.
//!
//! An organisation that writes unnamed is there for its co-drafters, and they are not told which it is; of how many there are
//! they are told, because a text with hidden authors must say so. Its own people know it. Coordinators let it in by name, and
//! see it by name in the list of drafters; beside the text they see of its writing what co-drafters see, because that screen
//! is the one that is shown around.

use serde::Serialize;

use super::{
    model::{HistoryLine, May, State, What, Writer},
    permits::{self, Name},
    queries,
};
use crate::{
    accounts::{self, Caller},
    kernel::{Moment, No, OrganisationId, Seen, Shown, StatementId, secret::random},
    organisations::{self, Organisation, Visibility},
    store::{Attempt, Tx},
};

/// Whoever writes a draft, as the server knows them.
#[derive(Debug, Clone)]
pub struct Known {
    pub handle: String,
    /// Nothing for the secretariat.
    pub organisation: Option<Organisation>,
    pub unnamed: bool,
    chosen_at: Option<Moment>,
}

/// An organisation that takes part in a draft.
pub struct Drafter {
    pub organisation: Organisation,
    pub may: May,
    pub unnamed: bool,
}

/// Those who take part in a draft, as one of them or a coordinator sees them.
#[derive(Default)]
pub struct Drafters {
    pub told: Vec<Drafter>,
    /// Those that are there and not told.
    pub unnamed: usize,
}

/// What the page shows before an organisation changes how it writes: how it does now.
#[derive(Debug, Serialize)]
pub struct ChoosingName {
    pub statement: StatementId,
    pub state: State,
    pub organisation: OrganisationId,
    pub unnamed: bool,
    /// When that was last chosen, so that going to and fro is not taken for a repetition.
    pub chosen_at: Option<Moment>,
}

impl Shown for ChoosingName {
    const ACT: &'static str = "choose-name";
}

/// Everybody who may write a draft and has a handle in it, in an order that says nothing.
pub fn known(tx: &mut Tx, id: StatementId) -> Attempt<Vec<Known>> {
    let (mut all, ids) = (ever_known(tx, id)?, queries::drafter_ids(tx, id)?);
    all.retain(|known| known.organisation.as_ref().is_none_or(|organisation| ids.contains(&organisation.id)));
    Ok(all)
}

/// Everybody who ever had a handle in a draft: what somebody said there stays theirs when they write in it no more.
pub fn ever_known(tx: &mut Tx, id: StatementId) -> Attempt<Vec<Known>> {
    let rows = queries::writers(tx, id)?;
    let ids: Vec<OrganisationId> = rows.iter().filter_map(|row| row.organisation).collect();
    let organisations = organisations::by_ids(tx, &ids)?;
    let with = |row: Writer| {
        let organisation = organisations.iter().find(|organisation| Some(organisation.id) == row.organisation).cloned();
        as_known(row, organisation)
    };
    Ok(rows.into_iter().map(with).collect())
}

/// Who writes in an organisation's name, or in nobody's; nothing before they were let in or came.
pub fn find(tx: &mut Tx, id: StatementId, organisation: Option<OrganisationId>) -> Attempt<Option<Known>> {
    let Some(row) = queries::writers(tx, id)?.into_iter().find(|row| row.organisation == organisation) else { return Ok(None) };
    let of = registered(tx, organisation)?;
    Ok(Some(as_known(row, of)))
}

/// The same, and who has no handle yet is given one. An organisation then writes as it usually shows itself.
pub fn admit(tx: &mut Tx, id: StatementId, organisation: Option<OrganisationId>) -> Attempt<Known> {
    if let Some(known) = find(tx, id, organisation)? {
        return Ok(known);
    }
    let of = registered(tx, organisation)?;
    let unnamed = of.as_ref().is_some_and(|of| of.default_visibility == Visibility::Withheld);
    let row = Writer { handle: handle(random()), organisation, unnamed, chosen_at: None };
    queries::insert_writer(tx, id, &row)?;
    Ok(as_known(row, of))
}

/// Who takes part in a draft, as this caller may know it.
pub fn drafters(tx: &mut Tx, caller: &Caller, id: StatementId) -> Attempt<Drafters> {
    let mut drafters = Drafters::default();
    for drafter in invited(tx, id)? {
        if drafter.unnamed && !caller.coordinator && !is_own(caller, &drafter.organisation) {
            drafters.unnamed += 1;
        } else {
            drafters.told.push(drafter);
        }
    }
    Ok(drafters)
}

/// Whether whom a handle stands for is told to this caller beside the text.
pub fn is_told(caller: &Caller, known: &Known) -> bool {
    !known.unnamed || known.organisation.as_ref().is_some_and(|organisation| is_own(caller, organisation))
}

/// Looks at how an organisation writes, before that is changed.
pub fn choosing_name(tx: &mut Tx, leave: &Name) -> Attempt<ChoosingName> {
    let (statement, organisation) = (leave.statement(), leave.organisation());
    let (unnamed, chosen_at) = match find(tx, statement.id, Some(organisation))? {
        Some(known) => (known.unnamed, known.chosen_at),
        None => (invited(tx, statement.id)?.iter().any(|one| one.organisation.id == organisation && one.unnamed), None),
    };
    Ok(ChoosingName { statement: statement.id, state: statement.state, organisation, unnamed, chosen_at })
}

/// Says whether an organisation writes a draft unnamed. Every one of its drafters may; the last word counts.
pub fn choose_name(tx: &mut Tx, caller: &Caller, now: Moment, id: StatementId, seen: &Seen, unnamed: bool) -> Attempt<()> {
    let leave = permits::name(tx, caller, id)?;
    let choosing = choosing_name(tx, &leave)?;
    let what = if unnamed { What::WritesUnnamed } else { What::WritesNamed };
    let made = accounts::confirmed::<ChoosingName>(tx, caller, id, seen)?;
    if choosing.unnamed == unnamed && made.is_some_and(|made| made == what.word()) {
        return Ok(());
    }
    if leave.statement().state != State::Drafting {
        return Err(No::StatementNotDrafting.into());
    }
    seen.confirms(choosing)?;
    let organisation = Some(leave.organisation());
    let Known { handle, .. } = admit(tx, id, organisation)?;
    queries::set_unnamed(tx, id, &handle, unnamed, now)?;
    // No change of the statement: when an organisation chose would say which it is to whoever saw it come and go.
    queries::insert_act(tx, id, &HistoryLine { person: Some(leave.by()), organisation, what, detail: "" }, now)?;
    accounts::note_confirmed::<ChoosingName>(tx, caller, id, seen, what.word(), now)
}

/// Everybody who takes part in a draft. Who was let in before handles were, and has not come since, writes as they usually show themselves.
fn invited(tx: &mut Tx, id: StatementId) -> Attempt<Vec<Drafter>> {
    let (rows, rights) = (queries::writers(tx, id)?, queries::rights(tx, id)?);
    let drafter = |organisation: Organisation| {
        let (_, may) = *rights.iter().find(|(of, _)| *of == organisation.id)?;
        let row = rows.iter().find(|row| row.organisation == Some(organisation.id));
        let usual = organisation.default_visibility;
        let unnamed = row.map_or(usual == Visibility::Withheld, |row| row.is_unnamed(usual));
        Some(Drafter { organisation, may, unnamed })
    };
    let ids: Vec<OrganisationId> = rights.iter().map(|(organisation, _)| *organisation).collect();
    Ok(organisations::by_ids(tx, &ids)?.into_iter().filter_map(drafter).collect())
}

fn registered(tx: &mut Tx, organisation: Option<OrganisationId>) -> Attempt<Option<Organisation>> {
    match organisation {
        Some(id) => Ok(Some(organisations::by_id(tx, id)?.ok_or(No::OrganisationUnknown)?)),
        None => Ok(None),
    }
}

fn is_own(caller: &Caller, organisation: &Organisation) -> bool {
    caller.drafts_for().any(|own| own == organisation.id)
}

fn as_known(row: Writer, organisation: Option<Organisation>) -> Known {
    let unnamed = organisation.as_ref().is_some_and(|of| row.is_unnamed(of.default_visibility));
    Known { handle: row.handle, organisation, unnamed, chosen_at: row.chosen_at }
}

/// Ten signs; of 256 values 252 are spread evenly over 36 of them, which is even enough for handles.
fn handle(random: [u8; 10]) -> String {
    random.iter().map(|byte| char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[usize::from(byte % 36)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_ten_small_letters_and_digits() {
        assert_eq!(handle([0, 25, 26, 35, 36, 251, 252, 255, 1, 2]), "az09a9adbc");
    }
}
