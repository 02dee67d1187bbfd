//! A word processor's file over HTTP: what is in it, and what bringing it in would change. Nothing is stored; whoever brings it in writes it
//! as they write anything else.

use std::sync::LazyLock;

use actix_web::{HttpRequest, post, web};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::{IntoParams, ToSchema};

use super::super::actions;
use super::super::hub::Hub;
use crate::accounts::{self, SessionCookie};
use crate::http::{self, Here, reader};
use crate::kernel::{No, Refusal, StatementId};
use crate::statements::{self, May, State, permits};
use crate::store::{Attempt, Failure};
use crate::text::block::{Block, Text};
use crate::text::compare::{self, Comparison};
use crate::text::count;
use crate::text::limits::{WORD_BYTES_MAX, WORD_READERS_MAX};
use crate::text::word::{self, ChangedBy, Comment, Incoming, LeftOut, Side, TrackedBy};

/// What a body of any kind is sent as.
const OCTETS: &str = "application/octet-stream";

static READERS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(WORD_READERS_MAX));

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WordQuery {
    /// Which of the two texts of a file with tracked changes: with them, or without.
    #[param(inline)]
    changes: Changes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Changes {
    With,
    Without,
}

/// What is in a file, and what bringing it in would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct WordPreview {
    /// What the draft says now, and what it would say.
    pub comparison: Comparison,
    /// Of the file, in the form that was asked for.
    pub paragraphs: usize,
    pub words: usize,
    pub footnotes: usize,
    pub tracked: Vec<TrackedBy>,
    /// Which paragraphs of the newer text of the comparison they changed.
    pub changed: Vec<ChangedBy>,
    /// Their places are in the newer text of the comparison.
    pub comments: Vec<Comment>,
    pub left_out: Vec<LeftOut>,
}

/// Looks at what bringing a file (`.docx`, `.odt`) into the draft would do; changes nothing.
#[utoipa::path(post, path = "/api/statements/{id}/word", operation_id = "previewWord", params(("id" = StatementId, Path), WordQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = WordPreview), (status = 409, description = "statement-not-drafting"), (status = 413, description = "too-large"),
        (status = 422, description = "word-unknown, word-old, word-locked, word-broken, word-too-much, word-empty, text-unreadable")), extensions(("x-permit" = json!("drafter"))))]
#[post("/api/statements/{id}/word")]
pub async fn preview(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    (id, query): (web::Path<String>, web::Query<WordQuery>),
    request: HttpRequest,
    body: web::Payload,
) -> Attempt<web::Json<WordPreview>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    // The right comes before the reading: a stranger's file is not even taken in.
    let statement = here.store.read(move |tx| {
        let caller = accounts::caller(tx, cookie.0, now)?;
        let statement = statements::load(tx, id)?;
        let join = permits::join(tx, &caller, &statement, now)?;
        match (statement.state, join.may) {
            (State::Drafting, May::Suggest | May::Edit) => Ok(statement),
            (State::Drafting, May::Read | May::Comment) => Err(No::NotAllowed.into()),
            _ => Err(No::StatementNotDrafting.into()),
        }
    });
    let statement = statement.await?;
    http::sent_as(&request, OCTETS)?;
    let too_large = || Refusal::new(No::TooLarge).with("max", WORD_BYTES_MAX);
    let bytes = body.to_bytes_limited(WORD_BYTES_MAX).await.map_err(|_| too_large())?;
    let bytes = bytes.map_err(|error| error.as_error().map_or(No::Malformed, reader::unread))?;
    let present = actions::text_now(&hub, &statement).await?;
    let side = match query.changes {
        Changes::With => Side::With,
        Changes::Without => Side::Without,
    };
    let _turn = READERS.acquire().await.map_err(Failure::broken)?;
    let language = statement.language.clone();
    // A long file takes a moment; the sockets of this thread are not to wait for it.
    let read = tokio::task::spawn_blocking(move || word::read(&bytes, &language, side).map(|incoming| looked(&present, incoming)));
    Ok(web::Json(read.await.map_err(Failure::broken)?.map_err(Refusal::from)?))
}

fn looked(present: &Text, incoming: Incoming) -> WordPreview {
    let Incoming { mut text, tracked, mut changed, mut comments, left_out } = incoming;
    let (paragraphs, words, footnotes) = (text.blocks.len(), count::words(&text), text.footnotes().count());
    let title = present.blocks.iter().find(|block: &&Block| block.is_title());
    let before = word::under_title(&mut text, title);
    for place in comments.iter_mut().filter_map(|comment| comment.place.as_mut()) {
        place.block += before;
    }
    for by in &mut changed {
        by.block += before;
    }
    WordPreview { comparison: compare::compare(present, &text), paragraphs, words, footnotes, tracked, changed, comments, left_out }
}
