//! One WebSocket: frames in to the room, frames out to the browser, and an end when either stops answering.
//!
//! It decides nothing. It is read on while the room says so, which is how a browser that writes faster than the journal is
//! slowed down; what it is sent waits in its outbox. A browser that answers no ping for a minute, or takes no bytes for half
//! a minute, is gone. The end is said with the room's own reason, where there is one.

use std::sync::atomic::Ordering;
use std::time::Duration;

use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseReason, ProtocolError, Session};
use bytes::Bytes;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::command::{Command, Joined, Outgoing};
use super::limits::*;
use super::room::Dismissal;

/// Why the loop below ended.
enum End {
    /// The browser went, or does not take what it is sent.
    Gone,
    Close(Dismissal),
}

/// Serves the socket until it ends. Runs on the thread of its connection.
pub async fn serve(mut joined: Joined, mut session: Session, mut messages: AggregatedMessageStream) {
    let end = talk(&mut joined, &mut session, &mut messages).await;
    let _ = joined.room.send(Command::Leave { seat: joined.seat }).await;
    if let End::Close(closing) = end {
        close(session, closing).await;
    }
}

/// Ends the socket with a reason.
pub async fn close(session: Session, closing: Dismissal) {
    let reason = CloseReason { code: closing.number.into(), description: Some(closing.code.to_owned()) };
    let _ = timeout(Duration::from_secs(SEND_SECONDS_MAX), session.close(Some(reason))).await;
}

async fn talk(joined: &mut Joined, session: &mut Session, messages: &mut AggregatedMessageStream) -> End {
    let mut pings = interval(Duration::from_secs(PING_SECONDS));
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last_heard = Instant::now();
    loop {
        let read_on = *joined.read_on.borrow_and_update();
        tokio::select! {
            // Not reading is how a browser that writes faster than the journal is slowed down: TCP tells it.
            message = messages.recv(), if read_on => {
                last_heard = Instant::now();
                if let Some(Ok(AggregatedMessage::Ping(said))) = &message
                    && !sent(session.pong(said)).await
                {
                    return End::Gone;
                }
                match frame(message) {
                    Ok(Some(frame)) => {
                        if joined.room.send(Command::Frame { seat: joined.seat, frame }).await.is_err() {
                            return End::Close(Dismissal::NOT_STORED);
                        }
                    }
                    Ok(None) => {}
                    Err(end) => return end,
                }
            }
            outgoing = joined.outbox.recv() => match outgoing {
                Some(Outgoing::Frame(frame)) => {
                    let len = frame.len();
                    if !sent(session.binary(frame)).await {
                        return End::Gone;
                    }
                    joined.queued.fetch_sub(len, Ordering::Relaxed);
                }
                Some(Outgoing::Close(closing)) => return End::Close(closing),
                // The room dropped us without place for a word: we did not read.
                None => return End::Close(Dismissal::TOO_SLOW),
            },
            changed = joined.read_on.changed(), if !read_on => {
                // It could say nothing while it was not read.
                last_heard = Instant::now();
                if changed.is_err() {
                    // The room took the seat away; what it still has to say is in the outbox.
                    joined.read_on = tokio::sync::watch::channel(true).1;
                }
            }
            _ = pings.tick() => {
                if last_heard.elapsed() > Duration::from_secs(SILENCE_SECONDS_MAX) && read_on {
                    return End::Gone;
                }
                if !sent(session.ping(b"")).await {
                    return End::Gone;
                }
            }
        }
    }
}

/// A document frame, nothing for the housekeeping of WebSockets, or the end.
fn frame(message: Option<Result<AggregatedMessage, ProtocolError>>) -> Result<Option<Bytes>, End> {
    match message {
        Some(Ok(AggregatedMessage::Binary(frame))) => Ok(Some(frame)),
        Some(Ok(AggregatedMessage::Ping(_) | AggregatedMessage::Pong(_))) => Ok(None),
        Some(Ok(AggregatedMessage::Text(_))) => Err(End::Close(Dismissal::MALFORMED)),
        Some(Err(ProtocolError::Overflow)) => Err(End::Close(Dismissal::TOO_LARGE)),
        Some(Err(_)) => Err(End::Close(Dismissal::MALFORMED)),
        Some(Ok(AggregatedMessage::Close(_))) | None => Err(End::Gone),
    }
}

async fn sent<E>(sending: impl Future<Output = Result<(), E>>) -> bool {
    matches!(timeout(Duration::from_secs(SEND_SECONDS_MAX), sending).await, Ok(Ok(())))
}
