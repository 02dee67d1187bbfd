//! Threads as one caller may know them. Who spoke is told as beside the text: of an organisation that writes unnamed, that it is
//! there; its name and its people to its own people alone. It holds by how that organisation writes now, for what it said before, too.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    actions,
    mentions::{self, Mentionable},
    model::{Among, Author, Mention, Remark, Settling, Thread, Whom},
    permits::See,
};
use crate::{
    accounts::{self, Caller},
    kernel::{Moment, PersonId, RemarkId, Shown, ThreadId},
    organisations::OrganisationMark,
    statements::writers::{self, Known},
    store::{Attempt, Tx},
};

/// What was said about a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct Threads {
    /// Oldest first; those among coordinators for coordinators only.
    pub threads: Vec<ThreadView>,
    /// Whether the caller may open threads, reply, and settle them now.
    pub may_take_part: bool,
    /// Whether the caller may open threads that exist for coordinators only.
    pub may_be_among_coordinators: bool,
    /// Whom the caller may mention, the secretariat besides.
    pub may_mention: MentionableView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MentionableView {
    pub organisations: Vec<OrganisationMark>,
    /// Who draft for an organisation of the caller's own.
    pub colleagues: Vec<PersonMark>,
    /// For a coordinator the others; they alone can be mentioned among coordinators.
    pub coordinators: Vec<PersonMark>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PersonMark {
    pub id: PersonId,
    pub name: String,
}

/// Whom a remark asks to look, as far as the caller may know.
#[derive(Debug, Serialize, ToSchema)]
pub struct MentionView {
    pub whom: Whom,
    /// Nothing for one that the caller may not know.
    pub organisation: Option<OrganisationMark>,
    pub person: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ThreadView {
    pub id: ThreadId,
    /// The shared text it is about: the body, or one footnote.
    pub root: String,
    /// The first letter of its passage: `client.clock`.
    pub first: String,
    pub last: String,
    /// The words of its passage when it was opened.
    pub quote: String,
    pub among: Among,
    pub resolved: Option<ResolvedView>,
    /// In the order they came.
    pub remarks: Vec<RemarkView>,
    /// The fingerprint of all this, to settle it with.
    pub seen: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ResolvedView {
    pub at: Moment,
    pub by: AuthorView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RemarkView {
    pub id: RemarkId,
    pub by: AuthorView,
    pub at: Moment,
    pub body: String,
    pub mentions: Vec<MentionView>,
}

/// Who spoke or wrote, as far as the caller may know.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AuthorView {
    /// Nothing for the secretariat, and for an organisation the caller may not know.
    pub organisation: Option<OrganisationMark>,
    pub unnamed: bool,
    /// Nobody of whoever the caller may not know, and nobody who is forgotten.
    pub person: Option<String>,
    /// The caller.
    pub own: bool,
}

/// Tells a caller all that exists for them.
pub fn told(tx: &mut Tx, caller: &Caller, leave: &See) -> Attempt<Threads> {
    let found = actions::threads(tx, leave)?;
    let known = writers::ever_known(tx, leave.statement())?;
    let speakers = found.iter().flat_map(|(thread, said)| {
        let resolved = thread.resolved.as_ref().and_then(|resolved| resolved.by.person);
        let mentioned = said.iter().flat_map(|remark| &remark.mentions).filter_map(|mention| match mention {
            Mention::Person(person) => Some(*person),
            Mention::Organisation(_) | Mention::Secretariat => None,
        });
        said.iter().filter_map(|remark| remark.by.person).chain(mentioned).chain(resolved)
    });
    let mut people: Vec<PersonId> = speakers.collect();
    people.sort();
    people.dedup();
    let names = accounts::names_of(tx, &people)?;
    let people = |all: Vec<(PersonId, String)>| all.into_iter().map(|(id, name)| PersonMark { id, name }).collect();
    let near = mentions::mentionable(tx, caller, leave)?;
    let telling = Telling { caller, known: &known, names: &names, near: &near };
    let threads = found.iter().map(|(thread, said)| telling.thread(thread, said)).collect();
    let may_mention = if leave.may_take_part() { near } else { Mentionable::default() };
    Ok(Threads {
        threads,
        may_take_part: leave.may_take_part(),
        may_be_among_coordinators: leave.may_take_part() && leave.shows_among(Among::Coordinators),
        may_mention: MentionableView {
            organisations: may_mention.organisations.iter().map(OrganisationMark::of).collect(),
            colleagues: people(may_mention.colleagues),
            coordinators: people(may_mention.coordinators),
        },
    })
}

struct Telling<'a> {
    caller: &'a Caller,
    known: &'a [Known],
    names: &'a [(PersonId, String)],
    near: &'a Mentionable,
}

impl Telling<'_> {
    fn thread(&self, thread: &Thread, said: &[Remark]) -> ThreadView {
        let Thread { id, passage, among, resolved } = thread;
        let remark = |remark: &Remark| RemarkView {
            id: remark.id,
            by: self.author(remark.by),
            at: remark.at,
            body: remark.body.clone(),
            mentions: remark.mentions.iter().map(|mention| self.mention(*mention)).collect(),
        };
        ThreadView {
            id: *id,
            root: passage.root.clone(),
            first: passage.first.clone(),
            last: passage.last.clone(),
            quote: passage.quote.clone(),
            among: *among,
            resolved: resolved.as_ref().map(|resolved| ResolvedView { at: resolved.at, by: self.author(resolved.by) }),
            remarks: said.iter().map(remark).collect(),
            seen: Settling::of(thread, said).fingerprint(),
        }
    }

    fn mention(&self, mention: Mention) -> MentionView {
        let none = |whom| MentionView { whom, organisation: None, person: None };
        match mention {
            Mention::Organisation(id) => {
                let known = self.known.iter().find(|known| known.organisation.as_ref().is_some_and(|of| of.id == id));
                let told = known.filter(|known| writers::is_told(self.caller, known)).and_then(|known| known.organisation.as_ref());
                MentionView { organisation: told.map(OrganisationMark::of), ..none(Whom::Organisation) }
            }
            Mention::Person(id) => {
                // A person's name would say for whom they write; their own people know it.
                let known = id == self.caller.person || self.near.people().any(|(person, _)| *person == id);
                let name = self.names.iter().find(|(person, _)| *person == id).map(|(_, name)| name.clone());
                MentionView { person: name.filter(|_| known), ..none(Whom::Person) }
            }
            Mention::Secretariat => none(Whom::Secretariat),
        }
    }

    fn author(&self, by: Author) -> AuthorView {
        author(self.caller, self.known, self.names, by)
    }
}

/// Tells a caller who somebody is beside the text. `known` is everybody who ever had a handle in the draft.
pub fn author(caller: &Caller, known: &[Known], names: &[(PersonId, String)], by: Author) -> AuthorView {
    let known = known.iter().find(|known| known.organisation.as_ref().map(|of| of.id) == by.organisation);
    // The secretariat never writes unnamed. An organisation that speaks has a handle; of one without, nothing is told.
    let told = by.organisation.is_none() || known.is_some_and(|known| writers::is_told(caller, known));
    let name = by.person.and_then(|person| names.iter().find(|(id, _)| *id == person));
    AuthorView {
        organisation: known.filter(|_| told).and_then(|known| known.organisation.as_ref()).map(OrganisationMark::of),
        unnamed: by.organisation.is_some() && known.is_none_or(|known| known.unnamed),
        person: name.filter(|_| told).map(|(_, name)| name.clone()),
        own: by.person == Some(caller.person),
    }
}
