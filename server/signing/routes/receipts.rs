//! The receipt: what was recorded, on a page and as a file, for a device that proved with a code to act for the
//! organisation. Anywhere else the letter's page stands in its place, because a receipt opens what was answered.

use actix_web::{HttpResponse, get, web};
use utoipa::OpenApi;

use super::{device_cookie::Device, found};
use crate::{
    http::{self, Here},
    kernel::{Moment, No, SecretHash},
    ledger::{self, Ledger},
    organisations,
    signing::{
        actions::answers,
        answer::{Answer, Kind},
        pages::{self, ReceiptView, Record},
        permits::{self, Holder},
        queries,
    },
    statements,
    store::{Attempt, Failure, Tx},
    words::{Words, dates},
};

#[derive(OpenApi)]
#[openapi(paths(receipt_page, receipt_file))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config.service(receipt_page).service(receipt_file);
}

/// What was recorded.
#[utoipa::path(get, path = "/sign/{token}/receipt", operation_id = "showReceipt", params(("token" = String, Path)),
    responses((status = 200, content_type = "text/html"), (status = 303)), extensions(("x-permit" = json!("letter"))))]
#[get("/sign/{token}/receipt")]
async fn receipt_page(here: Here, device: Device, token: web::Path<String>) -> Attempt<HttpResponse> {
    let Some(hash) = found::token(&token) else { return found::or_no_letter(&here, No::LinkDamaged.into()) };
    let (zone, now, address) = (here.zone(), here.clock.now(), token.clone());
    let view = here.store.read(move |tx| {
        let (holder, answer) = shown(tx, hash, device.0, now)?;
        let round = holder.round();
        let edition = statements::load_edition(tx, round.edition)?;
        let organisation = organisations::by_id(tx, holder.letter().organisation)?.ok_or(No::NotFound)?;
        let record = match answer.leaf.and_then(|leaf| u64::try_from(leaf).ok()) {
            None => None,
            Some(leaf) => Some(Record {
                assurance: Words::of("en").say("receipt.assurance_confirmed_link", &[]),
                leaf_index: leaf,
                checkpoint: ledger::checkpoint_of(tx, round.statement)?,
                download: format!("/sign/{address}/receipt.json"),
            }),
        };
        let own = organisation.timezone.parse().unwrap_or(zone);
        Ok(ReceiptView {
            organisation: answer.name.clone(),
            kind: answer.kind,
            title: edition.title.clone(),
            edition: edition.label.clone(),
            digest: ledger::Digest(edition.digest).groups(),
            at: dates::moment(answer.at.utc(), own, Words::of("en")),
            person: match answer.person_title.as_str() {
                "" => answer.person_name.clone(),
                title => format!("{}, {title}", answer.person_name),
            },
            visibility: answer.visibility.filter(|_| answer.kind == Kind::Signed),
            record,
            token: address.clone(),
        })
    });
    match view.await {
        Ok(view) => Ok(http::html(pages::receipt_page(&here.frame(), &view))),
        Err(failure) => elsewhere(&here, &token, failure),
    }
}

/// The receipt as a file: leaf, opening, inclusion proof and checkpoint.
#[utoipa::path(get, path = "/sign/{token}/receipt.json", operation_id = "downloadReceipt", params(("token" = String, Path)),
    responses((status = 200, content_type = "application/json"), (status = 303), (status = 409, description = "log-broken")), extensions(("x-permit" = json!("letter"))))]
#[get("/sign/{token}/receipt.json")]
async fn receipt_file(here: Here, ledger: web::Data<Ledger>, device: Device, token: web::Path<String>) -> Attempt<HttpResponse> {
    let Some(hash) = found::token(&token) else { return found::or_no_letter(&here, No::LinkDamaged.into()) };
    let now = here.clock.now();
    let file = here.store.read(move |tx| {
        let (holder, answer) = shown(tx, hash, device.0, now)?;
        let leaf = answer.leaf.and_then(|leaf| u64::try_from(leaf).ok()).ok_or(No::NotFound)?;
        ledger::receipt(tx, &ledger, holder.round().statement, leaf)
    });
    match file.await {
        // The name says nothing of whose it is.
        Ok(file) => Ok(HttpResponse::Ok()
            .content_type("application/json")
            .insert_header(("content-disposition", "attachment; filename=\"receipt.json\""))
            .body(file)),
        Err(failure) => elsewhere(&here, &token, failure),
    }
}

/// The answer that stands, for a device that may be shown it.
fn shown(tx: &mut Tx, token: SecretHash, device: Option<SecretHash>, now: Moment) -> Attempt<(Holder, Answer)> {
    let holder = permits::holder(tx, token)?;
    let answer = queries::standing_of(tx, holder.round().id, holder.letter().organisation)?.ok_or(No::NotFound)?;
    if answers::may_look(tx, &holder, device, now)? { Ok((holder, answer)) } else { Err(No::AnsweredElsewhere.into()) }
}

fn elsewhere(here: &Here, token: &str, failure: Failure) -> Attempt<HttpResponse> {
    match failure {
        Failure::Refused(refusal) if refusal.no == No::AnsweredElsewhere => Ok(http::see_other(&format!("/sign/{token}"))),
        other => found::or_no_letter(here, other),
    }
}
