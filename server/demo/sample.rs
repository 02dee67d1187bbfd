//! The sample: the coalition's register and one statement, as they stand before anybody plays.

use std::sync::Arc;

use super::{
    cast::{coordinator, people},
    markdown,
};
use crate::{
    accounts::Caller,
    app::App,
    drafting,
    kernel::{No, OrganisationId, Seen, Shown, StatementId},
    organisations::{self, rows},
    statements::{
        self, May,
        actions::Start,
        rights::{self, Chosen},
    },
    store::{Attempt, Failure, Tx},
};

const REGISTER: &str = include_str!("organisations.csv");
const STATEMENT: &str = include_str!("statement.en.md");

/// The two organisations whose focal points draft the sample statement.
const DRAFTING: [&str; 2] = ["ORG-056", "ORG-001"];

/// Fills an empty server with the coalition and the draft. A server that has them already is left as it is.
pub async fn prepare(app: &Arc<App>) -> Attempt<()> {
    let now = app.shell.clock.now();
    let rows = rows::read(REGISTER.as_bytes())?;
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

/// Starts the sample statement and writes its text into the draft.
async fn draft(app: &Arc<App>) -> Attempt<()> {
    let now = app.shell.clock.now();
    let text = markdown::read(STATEMENT, "en").ok_or_else(|| Failure::broken("the sample statement is not readable"))?;
    let post = app.shell.post.clone();
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
            let mut rights: Vec<(OrganisationId, May)> = Vec::new();
            for reference in DRAFTING {
                rights.push((organisations::queries::by_reference(tx, reference)?.ok_or(No::NotFound)?.id, May::Edit));
            }
            let lead = statements::permits::lead(tx, &caller, statement.id)?;
            let seen = Seen(rights::choosing(tx, &lead)?.fingerprint());
            let chosen = Chosen { rights, remarks_until: None };
            rights::choose(tx, &post, &caller, now, statement.id, &seen, &chosen)?;
            Ok(statement)
        })
        .await?;
    drafting::actions::start_from_text(&app.hub, &statement, &text).await
}

/// The sample statement: the oldest there is.
pub(super) fn sample(tx: &mut Tx, caller: &Caller) -> Attempt<StatementId> {
    let all = statements::actions::list(tx, caller)?;
    Ok(all.last().ok_or(No::NotFound)?.id)
}
