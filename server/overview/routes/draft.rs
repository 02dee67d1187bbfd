//! A draft's address. The page brings the text along, and what its program would ask first, for whoever may open the draft: on a
//! slow line one reads at once, and writes when the program has come.
//!
//! Each of these is asked as its own door asks: who may not, or is nobody, gets the document of every page, which says nothing of
//! anybody. The program then learns from the API why, and says it.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, get, web};

use super::{StatementView, shown};
use crate::{
    accounts::{self, SessionCookie},
    drafting::{self, Hub},
    http::{
        Here,
        spa::{self, Brought},
    },
    kernel::{SecretHash, StatementId},
    ledger::Ledger,
    organisations::routes::me,
    overview::first_page,
    statements::{self, State, Statement, permits},
    store::{Attempt, Failure},
    words::Words,
};

#[get("/app/statements/{id}")]
pub(super) async fn open(
    here: Here,
    hub: web::Data<Hub>,
    ledger: web::Data<Ledger>,
    cookie: SessionCookie,
    (request, id): (HttpRequest, web::Path<String>),
) -> Attempt<HttpResponse> {
    let brought = match id.parse() {
        Ok(id) => brought(&here, &hub, &ledger, cookie.0, id).await,
        Err(_) => None,
    };
    match brought {
        Some(brought) => spa::draft_document(&request, &brought),
        None => spa::document(&request),
    }
}

/// Nothing where the caller may not open it, or it is no draft any more. A question that fails is asked again by the program, which
/// has words for it.
async fn brought(here: &Here, hub: &Hub, ledger: &web::Data<Ledger>, asked: Option<SecretHash>, id: StatementId) -> Option<Brought> {
    let statement = draft(here, asked, id).await.ok().flatten()?;
    let (me, line) = (me::told(here, asked).await.ok()?, shown(here, ledger, asked, id).await.ok()?);
    let text = drafting::actions::drawn(hub, &statement).await;
    // Drawing takes a moment, in which a right may go.
    draft(here, asked, id).await.ok().flatten()?;
    let page = text.map(|text: Arc<str>| first_page::draw(&drawn_from(&line), &text, Words::of("en")));
    let answers = [("/api/me".to_owned(), serde_json::to_value(me)), (format!("/api/statements/{id}"), serde_json::to_value(line))];
    let answers = answers.into_iter().map(|(address, answer)| Ok((address, answer?))).collect::<serde_json::Result<_>>().ok()?;
    Some(Brought { page, answers })
}

/// The statement, if the caller may open its draft and it is one.
async fn draft(here: &Here, asked: Option<SecretHash>, id: StatementId) -> Attempt<Option<Statement>> {
    let now = here.clock.now();
    let known = here.store.read(move |tx| {
        let caller = accounts::caller(tx, asked, now)?;
        let statement = statements::load(tx, id)?;
        permits::join(tx, &caller, &statement, now)?;
        Ok::<_, Failure>(Some(statement).filter(|statement| statement.state == State::Drafting))
    });
    known.await
}

fn drawn_from(StatementView { line, .. }: &StatementView) -> first_page::Heading<'_> {
    first_page::Heading { title: &line.title, language: &line.language, forum: &line.forum, next_edition: &line.next_edition }
}
