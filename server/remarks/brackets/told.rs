//! Brackets as one caller may know them. Who spoke is told as in threads: an organisation that writes unnamed is there and not named,
//! and stands behind those that are, so that no order says which it is.

use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Agreed, Bracket, Stand};
use crate::{
    accounts::{self, Caller},
    kernel::{Moment, PersonId},
    remarks::{
        model::Author,
        permits::See,
        told::{self, AuthorView},
    },
    statements::writers,
    store::{Attempt, Tx},
};

/// What was said about the brackets of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct Brackets {
    pub brackets: Vec<BracketView>,
    /// Whether the caller may enter brackets and mark them as agreed now.
    pub may_bracket: bool,
    /// Whether the caller may put an organisation of theirs behind words now.
    pub may_stand: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BracketView {
    /// As the format of its letters names it.
    #[schema(pattern = "^[a-z0-9]{10}$")]
    pub id: String,
    pub made_by: AuthorView,
    pub made_at: Moment,
    pub agreed: Option<AgreedView>,
    /// Those that are named in the order of their acronyms, then the others.
    pub stands: Vec<StandView>,
}

/// One alternative is agreed ad referendum.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgreedView {
    #[schema(maximum = 9)]
    pub alternative: u8,
    /// What it said then, or as much of it as is kept.
    pub words: String,
    pub by: AuthorView,
    pub at: Moment,
}

/// An organisation stands behind an alternative.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandView {
    #[schema(maximum = 9)]
    pub alternative: u8,
    /// What it said then, or as much of it as is kept.
    pub words: String,
    pub by: AuthorView,
    pub at: Moment,
    /// Whether it is the organisation that the caller speaks for.
    pub own: bool,
}

/// Tells a caller all of it.
pub fn told(tx: &mut Tx, caller: &Caller, leave: &See) -> Attempt<Brackets> {
    let (found, stands) = super::brackets(tx, leave)?;
    let known = writers::ever_known(tx, leave.statement())?;
    let spoke = found.iter().flat_map(|one| [one.made.person, one.agreed.as_ref().and_then(|agreed| agreed.by.person)]);
    let mut people: Vec<PersonId> = spoke.chain(stands.iter().map(|stand| stand.person)).flatten().collect();
    people.sort();
    people.dedup();
    let names = accounts::names_of(tx, &people)?;
    let speaks = |by: Author| told::author(caller, &known, &names, by);
    Ok(Brackets {
        brackets: found.into_iter().map(|bracket| view(&speaks, leave, bracket, &stands)).collect(),
        may_bracket: leave.may_bracket_words(),
        may_stand: leave.may_take_part() && leave.organisation().is_some(),
    })
}

fn view(speaks: &dyn Fn(Author) -> AuthorView, leave: &See, bracket: Bracket, stands: &[Stand]) -> BracketView {
    let Bracket { id, made_at, made, agreed } = bracket;
    let one = |stand: &Stand| StandView {
        alternative: stand.behind.alternative,
        words: stand.behind.said.clone(),
        by: speaks(Author { person: stand.person, organisation: Some(stand.organisation) }),
        at: stand.at,
        own: leave.organisation() == Some(stand.organisation),
    };
    let mut stands: Vec<StandView> = stands.iter().filter(|stand| stand.bracket == id).map(one).collect();
    stands.sort_by_key(|stand| stand.by.organisation.as_ref().map_or((true, String::new()), |of| (false, of.acronym.clone())));
    let agreed = agreed.map(|Agreed { on, at, by }| AgreedView { alternative: on.alternative, words: on.said, by: speaks(by), at });
    BracketView { id, made_by: speaks(made), made_at, agreed, stands }
}
