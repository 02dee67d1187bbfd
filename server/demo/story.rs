//! The whole job without a browser: freeze, round, forty-four answers through their letters, close, publish.

use std::sync::Arc;

use super::{cast::coordinator, sample::sample};
use crate::{
    app::App,
    delivery::{self, public_path},
    drafting,
    kernel::{Moment, No, RoundId, Secret, SecretHash, Seen, Shown},
    mail::{Letter, outbox},
    organisations::{self, Visibility},
    signing::{
        self, Means,
        actions::{
            answers::{self, Came, Confirmed, Typed},
            rounds::{self, OpenRound},
        },
        before_acts::ClosingRound,
        signon::Form,
    },
    statements::{self, State, actions::Freezing},
    store::{Attempt, Failure, Tx},
};

/// Who signs on, each as its register row says: 29 in public, 9 with the name withheld.
const SIGNING: [u16; 38] = [
    1, 2, 4, 5, 6, 10, 11, 12, 15, 17, 19, 21, 22, 27, 28, 30, 31, 34, 35, 36, 40, 42, 44, 45, 46, 49, 52, 53, 55, 56, 57, 59, 63, 64, 65,
    66, 68, 71,
];
const DECLINING: [u16; 3] = [3, 7, 16];
const WITHDRAWING: [u16; 1] = [8];
const SILENT: [u16; 2] = [9, 13];

/// Plays the whole job and returns the address of the published page.
pub async fn finish(app: &Arc<App>) -> Attempt<String> {
    let now = app.shell.clock.now();
    let caller = app.shell.store.write(move |tx| coordinator(tx, now)).await?;
    let (asked, clone) = (caller.clone(), caller.clone());
    let (id, state) = app
        .shell
        .store
        .read(move |tx| {
            let id = sample(tx, &asked)?;
            Ok((id, statements::load(tx, id)?.state))
        })
        .await?;
    let address = format!("{}{}", app.shell.site.public_url, public_path(id));
    if state == State::Published {
        return Ok(address);
    }
    let drafted = app.shell.store.read(move |tx| statements::load(tx, id)).await?;
    let preview = drafting::actions::preview(&app.hub, &drafted).await?;
    let seen = Seen(Freezing::of(&drafted, &preview.text)?.fingerprint());
    drafting::actions::freeze(&app.hub, caller.clone(), now, drafted, seen).await?;

    let (post, ledger) = (app.shell.post.clone(), app.ledger.clone());
    let round: RoundId = app
        .shell
        .store
        .write(move |tx| {
            let mut invited = Vec::new();
            for number in SIGNING.iter().chain(&DECLINING).chain(&WITHDRAWING).chain(&SILENT) {
                invited.push(member(tx, *number)?.id);
            }
            let ask = OpenRound { statement: id, organisations: invited, closes_at: now.plus_seconds(7 * 24 * 3600) };
            let seen = Seen(rounds::open_shown(tx, &clone, now, &ask)?.fingerprint());
            rounds::open(tx, Means { post: &post, ledger: &ledger }, &clone, now, &seen, &ask)
        })
        .await?;

    for number in SIGNING {
        answers_in_turn(app, number, &["sign"]).await?;
    }
    for number in WITHDRAWING {
        answers_in_turn(app, number, &["sign", "withdraw"]).await?;
    }
    for number in DECLINING {
        answers_in_turn(app, number, &["decline"]).await?;
    }

    let (post, ledger, closing) = (app.shell.post.clone(), app.ledger.clone(), caller.clone());
    let closed_at = app.shell.clock.now();
    let close = app.shell.store.write(move |tx| {
        let means = Means { post: &post, ledger: &ledger };
        let leave = signing::permits::lead_round(tx, &closing, round)?;
        let tally = rounds::tally_shown(tx, means, leave.round(), closed_at)?;
        let seen = Seen(ClosingRound::of(leave.round(), &tally).fingerprint());
        rounds::close(tx, means, &closing, closed_at, round, &seen)
    });
    close.await?;

    let (now, looking, ledger) = (app.shell.clock.now(), caller.clone(), app.ledger.clone());
    let prepared = app.shell.store.read(move |tx| delivery::actions::prepare(tx, &looking, id)).await?;
    let seen = Seen(prepared.shown().fingerprint());
    let site = app.shell.site.clone();
    let pdf = tokio::task::spawn_blocking(move || delivery::actions::lay_out(&site, &prepared, now)).await.map_err(Failure::broken)??;
    app.shell.store.write(move |tx| delivery::actions::publish(tx, &ledger, &caller, now, id, &seen, &pdf)).await?;
    Ok(address)
}

fn member(tx: &mut Tx, number: u16) -> Attempt<organisations::Organisation> {
    Ok(organisations::queries::by_reference(tx, &format!("ORG-{number:03}"))?.ok_or(No::NotFound)?)
}

/// One organisation answers as a person would, on one device: through the link in its letter, with the code of the next letter.
async fn answers_in_turn(app: &Arc<App>, number: u16, acts: &'static [&'static str]) -> Attempt<()> {
    let now: Moment = app.shell.clock.now();
    let (post, ledger) = (app.shell.post.clone(), app.ledger.clone());
    let answered = app.shell.store.write(move |tx| {
        let means = Means { post: &post, ledger: &ledger };
        let organisation = member(tx, number)?;
        let signer = signer(tx, &organisation)?;
        let token = SecretHash::of(&link_of(tx, &post, &signer)?);
        let mut device: Option<Secret> = None;
        for act in acts {
            let form = Form {
                act,
                visibility: if organisation.default_visibility == Visibility::Withheld { "withheld" } else { "public" },
                authority: *act == "sign",
                title: "Signing authority",
                reason: if *act == "decline" { "Our board does not meet before the deadline." } else { "" },
            };
            let holder = signing::permits::holder(tx, token)?;
            let seen = Seen(answers::shown(tx, &holder)?.fingerprint());
            let known = device.as_ref().map(Secret::hash);
            let question = answers::propose(tx, means, now, &Came { token, device: known, seen: &seen, form: &form })?;
            let (code, next) = (code_of(tx, &post, &signer)?, Secret::new());
            let typed = Typed { token, question, code: &code, device: known, device_next: &next };
            match answers::confirm(tx, means, now, &typed)? {
                Confirmed::Done { .. } => device = Some(next),
                Confirmed::Wrong { .. } => return Err(Failure::broken("the mailed code is not the code")),
            }
        }
        Ok(())
    });
    answered.await
}

fn signer(tx: &mut Tx, organisation: &organisations::Organisation) -> Attempt<String> {
    let contacts = organisations::contacts(tx, &[organisation.id])?;
    let signer = contacts.iter().find(|contact| contact.role == crate::accounts::Role::SigningAuthority);
    Ok(signer.ok_or(No::NotFound)?.email.clone())
}

/// The personal link in the newest letter that has one.
fn link_of(tx: &mut Tx, post: &crate::mail::Post, to: &str) -> Attempt<String> {
    for addressed in outbox::newest(tx, post, Some(to))? {
        if let Letter::InvitationToSign { matter, .. } = addressed.letter {
            return Ok(matter.link.rsplit('/').next().unwrap_or_default().to_owned());
        }
    }
    Err(No::NotFound.into())
}

fn code_of(tx: &mut Tx, post: &crate::mail::Post, to: &str) -> Attempt<String> {
    for addressed in outbox::newest(tx, post, Some(to))? {
        if let Letter::Code { code, .. } = addressed.letter {
            return Ok(code);
        }
    }
    Err(No::NotFound.into())
}
