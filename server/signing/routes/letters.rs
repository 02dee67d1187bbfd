//! The pages behind a personal letter. Every GET only shows; what binds is a POST with a code.

use crate::signing::limits;
use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use serde::Deserialize;
use utoipa::OpenApi;

use crate::{
    accounts,
    http::{self, Here, Peer, Problem, problem},
    kernel::{Moment, No, Refusal, SecretHash},
    ledger::{self, Ledger},
    organisations::{self, ConsultativeStatus, Organisation, Visibility, country_name},
    signing::{
        Means,
        actions::{
            answers::{self, Confirmed},
            rounds::seen,
        },
        letters,
        pages::{self, CodeView, Part, Person, ReceiptView, Record, SignView, Standing},
        permits::{self, Holder},
        queries::{self, Pending},
        signon::{Answer, Form, Kind, Wish},
    },
    statements::{self, Edition, Statement},
    store::{Attempt, Failure, Tx},
    words::{Words, dates},
};

#[derive(OpenApi)]
#[openapi(paths(read, ask, code_form, another_code, confirm, receipt_page, receipt_file, hand_on))]
pub struct Api;

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(read)
        .service(ask)
        .service(code_form)
        .service(another_code)
        .service(confirm)
        .service(receipt_page)
        .service(receipt_file)
        .service(hand_on);
}

/// The answer form.
#[derive(Debug, Default, Clone, Deserialize, utoipa::ToSchema)]
pub struct AnswerForm {
    #[serde(default)]
    act: String,
    #[serde(default)]
    visibility: String,
    #[serde(default)]
    authority: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    reason: String,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

/// The text, and the form to answer.
#[utoipa::path(get, path = "/sign/{token}", operation_id = "readThroughLetter", params(("token" = String, Path)),
    responses((status = 200, content_type = "text/html"), (status = "4XX", body = Problem)), extensions(("x-permit" = json!("letter"))))]
#[get("/sign/{token}")]
async fn read(here: Here, token: web::Path<String>) -> Attempt<HttpResponse> {
    show(&here, &token, None).await
}

/// Asks to sign on, decline or withdraw; a code is mailed.
#[utoipa::path(post, path = "/sign/{token}/answer", operation_id = "answerRound", params(("token" = String, Path)),
    responses((status = 303), (status = "4XX", content_type = "text/html")), extensions(("x-permit" = json!("letter-sign"))))]
#[post("/sign/{token}/answer")]
async fn ask(
    here: Here,
    ledger: web::Data<Ledger>,
    peer: Peer,
    token: web::Path<String>,
    form: web::Form<AnswerForm>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let form = form.into_inner();
    let (hash, post, sent) = (SecretHash::of(&token), here.post.clone(), form.clone());
    let asked = here.store.write(move |tx| {
        let form = Form {
            act: &sent.act,
            visibility: &sent.visibility,
            authority: sent.authority == "on",
            title: &sent.title,
            reason: &sent.reason,
        };
        answers::propose(tx, Means { post: &post, ledger: &ledger }, now, hash, &form)
    });
    match asked.await {
        Ok(()) => Ok(http::see_other(&format!("/sign/{token}/code"))),
        Err(Failure::Refused(refusal)) => show(&here, &token, Some((form, refusal))).await,
        Err(broken) => Err(broken),
    }
}

/// Where the code is typed.
#[utoipa::path(get, path = "/sign/{token}/code", operation_id = "showCodeForm", params(("token" = String, Path)),
    responses((status = 200, content_type = "text/html"), (status = "4XX", content_type = "text/html")), extensions(("x-permit" = json!("letter-sign"))))]
#[get("/sign/{token}/code")]
async fn code_form(here: Here, token: web::Path<String>) -> Attempt<HttpResponse> {
    show_code(&here, &token, None, None).await
}

/// Mails another code for the same act.
#[utoipa::path(post, path = "/sign/{token}/code", operation_id = "mailAnotherCode", params(("token" = String, Path)),
    responses((status = 303), (status = "4XX", content_type = "text/html")), extensions(("x-permit" = json!("letter-sign"))))]
#[post("/sign/{token}/code")]
async fn another_code(here: Here, ledger: web::Data<Ledger>, peer: Peer, token: web::Path<String>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let (hash, post) = (SecretHash::of(&token), here.post.clone());
    let asked = here.store.write(move |tx| answers::another_code(tx, Means { post: &post, ledger: &ledger }, now, hash)).await;
    match asked {
        Ok(()) => Ok(http::see_other(&format!("/sign/{token}/code"))),
        Err(Failure::Refused(refusal)) if refusal.no == No::TooMany => show_code(&here, &token, Some(&refusal), None).await,
        Err(Failure::Refused(refusal)) => show(&here, &token, Some((AnswerForm::default(), refusal))).await,
        Err(broken) => Err(broken),
    }
}

/// Confirms the act with the code. This is what binds.
#[utoipa::path(post, path = "/sign/{token}/confirm", operation_id = "confirmAnswer", params(("token" = String, Path)),
    responses((status = 303), (status = "4XX", content_type = "text/html")), extensions(("x-permit" = json!("letter-sign"))))]
#[post("/sign/{token}/confirm")]
async fn confirm(
    here: Here,
    ledger: web::Data<Ledger>,
    peer: Peer,
    token: web::Path<String>,
    form: web::Form<CodeForm>,
) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let (hash, post) = (SecretHash::of(&token), here.post.clone());
    let done = here.store.write(move |tx| answers::confirm(tx, Means { post: &post, ledger: &ledger }, now, hash, &form.code)).await;
    match done {
        Ok(Confirmed::Done) => Ok(http::see_other(&format!("/sign/{token}/receipt"))),
        Ok(Confirmed::Wrong { tries_left: 0 }) => show_code(&here, &token, Some(&No::CodeSpent.into()), Some(0)).await,
        Ok(Confirmed::Wrong { tries_left }) => show_code(&here, &token, Some(&No::CodeWrong.into()), Some(tries_left)).await,
        Err(Failure::Refused(refusal)) if refusal.no == No::CodeSpent => show_code(&here, &token, Some(&refusal), Some(0)).await,
        Err(Failure::Refused(refusal)) => show(&here, &token, Some((AnswerForm::default(), refusal))).await,
        Err(broken) => Err(broken),
    }
}

/// What was recorded, for whoever holds the organisation's letter.
#[utoipa::path(get, path = "/sign/{token}/receipt", operation_id = "showReceipt", params(("token" = String, Path)),
    responses((status = 200, content_type = "text/html"), (status = "4XX", content_type = "text/html")), extensions(("x-permit" = json!("letter"))))]
#[get("/sign/{token}/receipt")]
async fn receipt_page(here: Here, token: web::Path<String>) -> Attempt<HttpResponse> {
    let zone = here.zone();
    let (hash, address) = (SecretHash::of(&token), token.clone());
    let view = here.store.read(move |tx| {
        let holder = permits::holder(tx, hash)?;
        let answer = queries::standing_of(tx, holder.round.id, holder.letter.organisation)?.ok_or(No::NotFound)?;
        let edition = statements::load_edition(tx, holder.round.edition)?;
        let organisation = organisations::by_id(tx, holder.letter.organisation)?.ok_or(No::NotFound)?;
        let record = match answer.leaf.and_then(|leaf| u64::try_from(leaf).ok()) {
            None => None,
            Some(leaf) => Some(Record {
                assurance: Words::of("en").say("receipt.assurance_confirmed_link", &[]),
                leaf_index: leaf,
                checkpoint: ledger::checkpoint_of(tx, holder.round.statement)?,
                download: format!("/sign/{address}/receipt.json"),
            }),
        };
        let own = organisation.timezone.parse().unwrap_or(zone);
        Ok(ReceiptView {
            organisation: answer.name.clone(),
            act: super::super::actions::rounds::act(answer.kind),
            title: edition.title.clone(),
            edition: edition.label.clone(),
            digest: ledger::Digest(edition.digest).groups(),
            at: dates::moment(answer.at.utc(), own, Words::of("en")),
            visibility: answer.visibility.filter(|_| answer.kind == Kind::Signed).map(seen),
            record,
            token: address,
        })
    });
    match view.await {
        Ok(view) => Ok(http::html(pages::receipt_page(&here.frame(), &view))),
        Err(failure) => or_page(&here, failure),
    }
}

/// The receipt as a file: leaf, opening, inclusion proof and checkpoint.
#[utoipa::path(get, path = "/sign/{token}/receipt.json", operation_id = "downloadReceipt", params(("token" = String, Path)),
    responses((status = 200, content_type = "application/json"), (status = "4XX", content_type = "text/html")), extensions(("x-permit" = json!("letter"))))]
#[get("/sign/{token}/receipt.json")]
async fn receipt_file(here: Here, ledger: web::Data<Ledger>, token: web::Path<String>) -> Attempt<HttpResponse> {
    let hash = SecretHash::of(&token);
    let file = here.store.read(move |tx| {
        let holder = permits::holder(tx, hash)?;
        let answer = queries::standing_of(tx, holder.round.id, holder.letter.organisation)?.ok_or(No::NotFound)?;
        let leaf = answer.leaf.and_then(|leaf| u64::try_from(leaf).ok()).ok_or(No::NotFound)?;
        ledger::receipt(tx, &ledger, holder.round.statement, leaf)
    });
    match file.await {
        // The name says nothing of whose it is.
        Ok(file) => Ok(HttpResponse::Ok()
            .content_type("application/json")
            .insert_header(("content-disposition", "attachment; filename=\"receipt.json\""))
            .body(file)),
        Err(failure) => or_page(&here, failure),
    }
}

/// A focal point asks those who may sign.
#[utoipa::path(post, path = "/sign/{token}/hand-on", operation_id = "handOn", params(("token" = String, Path)),
    responses((status = 200, content_type = "text/html"), (status = "4XX", content_type = "text/html")), extensions(("x-permit" = json!("letter-read"))))]
#[post("/sign/{token}/hand-on")]
async fn hand_on(here: Here, ledger: web::Data<Ledger>, peer: Peer, token: web::Path<String>) -> Attempt<HttpResponse> {
    let now = here.clock.now();
    here.throttle.count(peer.0, now)?;
    let (hash, post) = (SecretHash::of(&token), here.post.clone());
    let asked = here.store.write(move |tx| answers::hand_on(tx, Means { post: &post, ledger: &ledger }, now, hash)).await;
    match asked {
        Ok(()) => page(&here, &token, None, true).await,
        Err(Failure::Refused(refusal)) => show(&here, &token, Some((AnswerForm::default(), refusal))).await,
        Err(broken) => Err(broken),
    }
}

/// Unknown, expired and foreign links get one page, with no hint which they are.
fn or_page(here: &Here, failure: Failure) -> Attempt<HttpResponse> {
    match failure {
        Failure::Refused(refusal) if refusal.no == No::NotFound => {
            let page = pages::link_unknown_page(&here.frame()).into_string();
            Ok(HttpResponse::NotFound().content_type("text/html; charset=utf-8").body(page))
        }
        other => Err(other),
    }
}

async fn show(here: &Here, token: &str, problem: Option<(AnswerForm, Refusal)>) -> Attempt<HttpResponse> {
    page(here, token, problem, false).await
}

async fn page(here: &Here, token: &str, problem: Option<(AnswerForm, Refusal)>, asked: bool) -> Attempt<HttpResponse> {
    let (hash, now, zone) = (SecretHash::of(token), here.clock.now(), here.zone());
    let found = match here.store.read(move |tx| Found::load(tx, hash)).await {
        Ok(found) => found,
        Err(failure) => return or_page(here, failure),
    };
    let closed = found.holder.round.takes_answers(now).is_err();
    let signed = found.answer.as_ref().is_some_and(|answer| answer.kind == Kind::Signed);
    let status = match &problem {
        Some((_, refusal)) => StatusCode::from_u16(refusal.no.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
        None => StatusCode::OK,
    };
    let markup = if closed && !signed {
        let at = found.holder.round.closed_at.unwrap_or(found.holder.round.closes_at);
        pages::closed_page(&here.frame(), &dates::moment(at.utc(), found.zone(zone), Words::of("en")), token)
    } else {
        pages::sign_page(&here.frame(), &found.view(token, now, zone, problem, asked)?)
    };
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(markup.into_string()))
}

async fn show_code(here: &Here, token: &str, refusal: Option<&Refusal>, tries_left: Option<u32>) -> Attempt<HttpResponse> {
    let hash = SecretHash::of(token);
    let found = here.store.read(move |tx| {
        let sign = permits::sign(tx, hash)?;
        let pending = queries::pending(tx, sign.0.letter.id)?;
        Ok((Found::load(tx, hash)?, pending))
    });
    let (found, pending) = match found.await {
        Ok((found, Some(pending))) => (found, pending),
        // Nothing waits for a code: the text is where to begin.
        Ok((_, None)) => return Ok(http::see_other(&format!("/sign/{token}"))),
        Err(failure) => return or_page(here, failure),
    };
    let status = refusal.map_or(200, |refusal| refusal.no.status());
    let view = found.code_view(token, &pending, refusal, tries_left);
    let markup = pages::code_page(&here.frame(), &view);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(markup.into_string()))
}

/// Everything a letter's page shows.
struct Found {
    holder: Holder,
    statement: Statement,
    edition: Edition,
    organisation: Organisation,
    contacts: Vec<organisations::Contact>,
    answer: Option<Answer>,
    person: (String, String),
    person_title: String,
}

impl Found {
    fn load(tx: &mut Tx, hash: SecretHash) -> Attempt<Self> {
        let holder = permits::holder(tx, hash)?;
        let organisation = organisations::by_id(tx, holder.letter.organisation)?.ok_or(No::NotFound)?;
        let contacts = organisations::contacts(tx, &[organisation.id])?;
        let person = accounts::address_of(tx, holder.letter.person)?.ok_or(No::NotFound)?;
        let person_title =
            contacts.iter().find(|contact| contact.person == holder.letter.person).map(|contact| contact.title.clone()).unwrap_or_default();
        Ok(Self {
            statement: statements::load(tx, holder.round.statement)?,
            edition: statements::load_edition(tx, holder.round.edition)?,
            answer: queries::standing_of(tx, holder.round.id, organisation.id)?,
            holder,
            organisation,
            contacts,
            person,
            person_title,
        })
    }

    fn zone(&self, coalition: chrono_tz::Tz) -> chrono_tz::Tz {
        self.organisation.timezone.parse().unwrap_or(coalition)
    }

    fn view(
        &self,
        token: &str,
        now: Moment,
        zone: chrono_tz::Tz,
        problem: Option<(AnswerForm, Refusal)>,
        asked: bool,
    ) -> Attempt<SignView> {
        let words = Words::of("en");
        let own = self.zone(zone);
        let (form, problem) = match problem {
            None => (None, None),
            Some((form, refusal)) => {
                let act = Wish::read(&form.act).map_or(pages::Act::Sign, answers::wish_act);
                (Some(form), Some(pages::Problem { act, sentence: problem::sentence(&refusal, words) }))
            }
        };
        let chosen = form.as_ref().and_then(|form| Visibility::read(&form.visibility));
        let when = |at: Moment| dates::moment(at.utc(), own, words);
        Ok(SignView {
            to_person: self.person.0.clone(),
            organisation_name: self.organisation.name.clone(),
            organisation_country: country_name(&self.organisation.country),
            status: match self.organisation.status {
                ConsultativeStatus::None => None,
                status => Some(words.say(&format!("sign.status_{}", status.word()), &[])),
            },
            title: self.edition.title.clone(),
            forum: Some(self.statement.forum.clone()).filter(|forum| !forum.is_empty()),
            edition: self.edition.label.clone(),
            frozen_on: dates::day(self.edition.frozen_at.utc(), own, words),
            closes: letters::closes(now, self.holder.round.closed_at.unwrap_or(self.holder.round.closes_at), &self.organisation, zone),
            minutes_to_read: letters::minutes(self.edition.words),
            text: self.edition.text().map_err(Failure::broken)?,
            name_as_it_appears: self.organisation.name.clone(),
            visibility: seen(chosen.unwrap_or(self.organisation.default_visibility)),
            person: Person {
                name: self.person.0.clone(),
                title: form
                    .as_ref()
                    .map(|form| form.title.clone())
                    .filter(|title| !title.is_empty())
                    .unwrap_or_else(|| self.person_title.clone()),
            },
            authority_sentence: answers::authority(&self.organisation.name),
            // Two-person rules are shown in the register; until they are enforced no page promises a second signature.
            second_person: None,
            part: self.part(asked),
            standing: match &self.answer {
                None => Standing::None,
                Some(answer) => match answer.kind {
                    Kind::Signed => Standing::Signed {
                        visibility: seen(answer.visibility.unwrap_or(Visibility::Withheld)),
                        at: when(answer.at),
                        receipt: format!("/sign/{token}/receipt"),
                    },
                    Kind::Declined => Standing::Declined { reason: answer.reason.clone(), at: when(answer.at) },
                    Kind::Withdrawn => Standing::Withdrawn { at: when(answer.at) },
                },
            },
            closed: self.holder.round.takes_answers(now).is_err(),
            problem,
            reason: form.map(|form| form.reason.chars().take(limits::REASON_CHARS_MAX).collect()).unwrap_or_default(),
            token: token.to_owned(),
        })
    }

    fn part(&self, asked: bool) -> Part {
        if self.holder.letter.may_sign {
            return Part::Sign;
        }
        let readers = letters::readers(&self.organisation, &self.contacts);
        match readers.into_iter().find(|reader| reader.may_sign) {
            Some(signer) => Part::HandOn { name: signer.name, asked },
            None => Part::Read,
        }
    }

    fn code_view(&self, token: &str, pending: &Pending, refusal: Option<&Refusal>, tries_left: Option<u32>) -> CodeView {
        CodeView {
            act: answers::wish_act(pending.asked.wish),
            organisation: self.organisation.name.clone(),
            title: self.edition.title.clone(),
            edition: self.edition.label.clone(),
            digest: ledger::Digest(self.edition.digest).groups(),
            visibility: pending.asked.visibility.map(seen),
            name_as_it_appears: self.organisation.name.clone(),
            person: Person { name: self.person.0.clone(), title: pending.asked.title.clone() },
            second_person: None,
            mailed_to: masked(&self.person.1),
            minutes: (limits::CODE_SECONDS / 60) as u32,
            problem: refusal.map(|refusal| problem::sentence(refusal, Words::of("en"))),
            tries_left,
            token: token.to_owned(),
        }
    }
}

/// An address a reader recognises and a bystander does not: `f…t@bcap-ke.example`.
fn masked(email: &str) -> String {
    let Some((local, domain)) = email.split_once('@') else { return String::new() };
    let mut letters = local.chars();
    match (letters.next(), letters.next_back()) {
        (Some(first), Some(last)) => format!("{first}…{last}@{domain}"),
        (Some(first), None) => format!("{first}…@{domain}"),
        _ => format!("…@{domain}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_address_is_masked() {
        assert_eq!(super::masked("focalpoint@bcap-ke.example"), "f…t@bcap-ke.example");
        assert_eq!(super::masked("a@b.example"), "a…@b.example");
        assert_eq!(super::masked("nonsense"), "");
    }
}
