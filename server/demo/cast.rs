//! Who plays in the demo, and how a newcomer comes in as one of them.

use std::sync::Arc;

use crate::{
    accounts::{self, Caller, PersonRow, set_coordinator, upsert_person},
    app::App,
    kernel::{Moment, No},
    organisations,
    store::{Attempt, Tx},
};

const COORDINATOR: &str = "focalpoint@lfea-us.example";
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

/// Enters those whom the register does not name.
pub(super) fn people(tx: &mut Tx, now: Moment) -> Attempt<()> {
    let coordinator = PersonRow { name: "Harriet Lindqvist-Okoro", email: COORDINATOR, title: "Coalition Coordinator" };
    let (id, _) = upsert_person(tx, &coordinator, now)?;
    set_coordinator(tx, id)?;
    let forum = organisations::queries::by_reference(tx, "ORG-053")?.ok_or(No::NotFound)?;
    organisations::actions::add_delegate(tx, forum.id, &DELEGATE, now)
}

/// The demo's coordinator, through a session of her own.
pub(super) fn coordinator(tx: &mut Tx, now: Moment) -> Attempt<Caller> {
    let secret = accounts::actions::session_for(tx, now, COORDINATOR)?;
    accounts::caller(tx, Some(secret.hash()), now)
}
