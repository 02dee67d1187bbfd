//! The demo: a fictional coalition of 71 organisations in 37 languages and one statement, ready to be played with.
//!
//! Everything goes through the same actions as in earnest; the demo only plays the people. What it adds to a server is a
//! page of letters (`/letters`), so that a newcomer can follow the links in them.

mod markdown;
mod story;

use std::sync::Arc;

use crate::{
    accounts::{self, Caller, PersonRow, set_coordinator, upsert_person},
    app::App,
    drafting,
    kernel::{Moment, No, OrganisationId, Seen, Shown, StatementId},
    organisations::{self, csv},
    statements::{self, actions::Start},
    store::{Attempt, Failure, Tx},
};

const REGISTER: &str = include_str!("organisations.csv");
const STATEMENT: &str = include_str!("statement.en.md");

const COORDINATOR: &str = "focalpoint@lfea-us.example";
/// The two organisations whose focal points draft the sample statement.
const DRAFTING: [&str; 2] = ["ORG-056", "ORG-001"];
const DELEGATE: PersonRow<'_> = PersonRow { name: "Noor Haddad", email: "delegate@lfea-us.example", title: "Delegate in Geneva" };

/// Somebody of the demo and what a newcomer can do as them.
struct Role {
    what: &'static str,
    email: &'static str,
}

const ROLES: [Role; 5] = [
    Role { what: "coordinator", email: COORDINATOR },
    Role { what: "drafter (Association Jamais l’Oubli)", email: "focalpoint@ajo-ch.example" },
    Role { what: "drafter (Baobab Circle)", email: "focalpoint@bcap-ke.example" },
    Role { what: "signing authority (Baobab Circle)", email: "approver@bcap-ke.example" },
    Role { what: "delegate", email: "delegate@lfea-us.example" },
];

/// Fills an empty server with the coalition and the draft. A server that has them already is left as it is.
pub async fn prepare(app: &Arc<App>) -> Attempt<()> {
    let now = app.shell.clock.now();
    let rows = csv::read(REGISTER.as_bytes())?;
    let post = app.shell.post.clone();
    let fresh = app
        .shell
        .store
        .write(move |tx| {
            let fresh = statements::queries::none_yet(tx)?;
            if fresh {
                organisations::actions::import_as_operator(tx, &post, now, &rows)?;
                people(tx, now)?;
            }
            Ok(fresh)
        })
        .await?;
    if fresh {
        draft(app).await?;
    }
    Ok(())
}

/// The address and one sign-in link for each role. Links work once, for ten minutes; `/letters` has fresh ones.
pub async fn ways_in(app: &Arc<App>) -> Attempt<String> {
    let site = &app.shell.site;
    let url = &site.public_url;
    let mut said = format!("{} (demo)\n", site.coalition);
    if !url.contains("localhost") && !url.contains("127.0.0.1") {
        said += "  Everybody who reaches this address can read every letter and sign in as anyone. Use `serve` for real names.\n";
    }
    said += &format!("  {url}\n\nSign in as (each link works once, for {} minutes):\n", accounts::limits::SIGN_IN_LINK_SECONDS / 60);
    for role in ROLES {
        let (now, post) = (app.shell.clock.now(), app.shell.post.clone());
        for (link, _) in app.shell.store.write(move |tx| accounts::actions::sign_in_links(tx, &post, now, role.email)).await? {
            said += &format!(
                "  {:<38} {link}
",
                role.what
            );
        }
    }
    said += &format!("\nLater, ask for a link at {url}/sign-in with one of these addresses and read it at {url}/letters:\n");
    for role in ROLES {
        said += &format!("  {:<38} {}\n", role.what, role.email);
    }
    Ok(said)
}

/// Plays the whole job and returns the address of the published page.
pub async fn finish(app: &Arc<App>) -> Attempt<String> {
    story::play(app).await
}

fn people(tx: &mut Tx, now: Moment) -> Attempt<()> {
    let coordinator = PersonRow { name: "Harriet Lindqvist-Okoro", email: COORDINATOR, title: "Coalition Coordinator" };
    let (id, _) = upsert_person(tx, &coordinator, now)?;
    set_coordinator(tx, id)?;
    let forum = organisations::queries::by_reference(tx, "ORG-053")?.ok_or(No::NotFound)?;
    organisations::actions::add_delegate(tx, forum.id, &DELEGATE, now)
}

/// Starts the sample statement and writes its text into the draft.
async fn draft(app: &Arc<App>) -> Attempt<()> {
    let now = app.shell.clock.now();
    let text = markdown::read(STATEMENT, "en").ok_or_else(|| Failure::broken("the sample statement is not readable"))?;
    let statement = app
        .shell
        .store
        .write(move |tx| {
            let caller = coordinator(tx, now)?;
            let start = Start {
                title: "Heeding the Signals: Preventing Atrocity Crimes in the Veldorian Marshlands".into(),
                language: "en".into(),
                forum: "Human Rights Council, agenda item 4".into(),
            };
            let statement = statements::actions::start(tx, &caller, now, &start)?;
            let mut drafting: Vec<OrganisationId> = Vec::new();
            for reference in DRAFTING {
                drafting.push(organisations::queries::by_reference(tx, reference)?.ok_or(No::NotFound)?.id);
            }
            let lead = statements::permits::lead(tx, &caller, statement.id)?;
            let seen = Seen(statements::actions::choosing_drafters(tx, &lead)?.fingerprint());
            statements::actions::set_drafters(tx, &caller, now, statement.id, &seen, &drafting)?;
            Ok(statement)
        })
        .await?;
    drafting::actions::start_from_text(&app.hub, &statement, &text).await
}

/// The demo's coordinator, through a session of her own.
fn coordinator(tx: &mut Tx, now: Moment) -> Attempt<Caller> {
    let secret = accounts::actions::session_for(tx, now, COORDINATOR)?;
    accounts::caller(tx, Some(secret.hash()), now)
}

/// The sample statement: the oldest there is.
fn sample(tx: &mut Tx, caller: &Caller) -> Attempt<StatementId> {
    let all = statements::actions::list(tx, caller)?;
    Ok(all.last().ok_or(No::NotFound)?.id)
}
