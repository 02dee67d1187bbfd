//! Suggestions as one caller may know them: who proposed and who answered are told as who speaks is. Of whom the caller may not
//! know, no instant is told either: an hour can say which organisation it was.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    model::{Fate, Suggestion},
    permits::See,
    queries,
};
use crate::{
    accounts::{self, Caller},
    kernel::{Moment, PersonId},
    organisations::OrganisationMark,
    remarks::told::{AuthorView, author},
    statements::writers,
    store::{Attempt, Tx},
};

/// What is known of a suggestion. Its words, and whether it is open, stand in the draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestionView {
    /// With `sid`, as the draft names it.
    #[schema(pattern = "^[a-z0-9]{10}$")]
    pub handle: String,
    #[schema(pattern = "^[a-z0-9]{10}$")]
    pub sid: String,
    /// Nothing for the secretariat, and for an organisation the caller may not know.
    pub organisation: Option<OrganisationMark>,
    pub unnamed: bool,
    /// Nobody of whoever the caller may not know, and nobody who is forgotten.
    pub person: Option<String>,
    /// The caller.
    pub own: bool,
    /// Nothing where the caller may not know who it was.
    pub begun_at: Option<Moment>,
    /// The answer that stands.
    pub fate: Option<Fate>,
    pub decided_by: Option<AuthorView>,
    /// Nothing where the caller may not know who it was.
    pub decided_at: Option<Moment>,
    /// Why it was not accepted.
    pub reason: Option<String>,
}

/// Tells a caller of every suggestion of a draft, oldest first.
pub fn told(tx: &mut Tx, caller: &Caller, leave: &See) -> Attempt<Vec<SuggestionView>> {
    let found = queries::all(tx, leave.statement())?;
    let known = writers::ever_known(tx, leave.statement())?;
    let people = found.iter().flat_map(|one| [one.by.person, one.decided.as_ref().and_then(|decided| decided.by.person)]);
    let mut people: Vec<PersonId> = people.flatten().collect();
    people.sort();
    people.dedup();
    let names = accounts::names_of(tx, &people)?;
    let told = |by| author(caller, &known, &names, by);
    let instant = |by: &AuthorView, at| Some(at).filter(|_| !by.unnamed || by.organisation.is_some());
    let view = |Suggestion { name, by, begun_at, decided }: Suggestion| {
        let by = told(by);
        let begun_at = instant(&by, begun_at);
        let decided_by = decided.as_ref().map(|decided| told(decided.by));
        SuggestionView {
            handle: name.handle,
            sid: name.sid,
            organisation: by.organisation,
            unnamed: by.unnamed,
            person: by.person,
            own: by.own,
            begun_at,
            fate: decided.as_ref().map(|decided| decided.fate),
            decided_at: decided.as_ref().zip(decided_by.as_ref()).and_then(|(decided, by)| instant(by, decided.at)),
            decided_by,
            reason: decided.and_then(|decided| decided.reason),
        }
    };
    Ok(found.into_iter().map(view).collect())
}
