//! How long a request's body is waited for.
//!
//! The listener bounds the head of a request, the extractors bound how many bytes a body may have. Between them a client could send
//! one byte a minute, for ever; here such a body ends in an error, and the request that wanted it is refused as too slow.

use std::time::Duration;

use actix_web::{
    HttpMessage,
    dev::{Payload, ServiceRequest},
    error::PayloadError,
    http::header,
};
use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, timeout_at};

use super::limits::{BODY_SECONDS_MAX, BODY_SILENCE_SECONDS_MAX};

/// Puts a limit to how long this request's body may take. A socket has no body; its room has limits of its own.
pub fn limit(request: &mut ServiceRequest) {
    if request.headers().contains_key(header::UPGRADE) {
        return;
    }
    let payload = request.take_payload();
    request.set_payload(match payload {
        Payload::None => Payload::None,
        body => Payload::Stream {
            payload: Box::pin(limited(body, Duration::from_secs(BODY_SILENCE_SECONDS_MAX), Duration::from_secs(BODY_SECONDS_MAX))),
        },
    });
}

/// The same body, until it says nothing for too long or has lasted too long in all.
fn limited<B, S>(body: S, silence: Duration, whole: Duration) -> impl Stream<Item = Result<B, PayloadError>>
where
    S: Stream<Item = Result<B, PayloadError>> + Unpin,
{
    // The time begins with the first reading: a body that nobody wants is not waited for.
    stream::unfold((Some(body), None), move |(body, end)| async move {
        let mut body = body?;
        let now = Instant::now();
        let end = end.unwrap_or(now + whole);
        match timeout_at(end.min(now + silence), body.next()).await {
            Ok(Some(Ok(part))) => Some((Ok(part), (Some(body), Some(end)))),
            Ok(Some(Err(error))) => Some((Err(error), (None, None))),
            Ok(None) => None,
            Err(_) => Some((Err(PayloadError::Io(std::io::ErrorKind::TimedOut.into())), (None, None))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream::{iter, pending};

    const SHORT: Duration = Duration::from_millis(20);
    const LONG: Duration = Duration::from_secs(600);

    /// What could be read, and whether it was given up.
    async fn read(body: impl Stream<Item = Result<u8, PayloadError>> + Unpin, silence: Duration, whole: Duration) -> (Vec<u8>, bool) {
        let mut body = Box::pin(limited(body, silence, whole));
        let mut read = Vec::new();
        while let Some(part) = body.next().await {
            match part {
                Ok(byte) => read.push(byte),
                Err(PayloadError::Io(error)) => return (read, error.kind() == std::io::ErrorKind::TimedOut),
                Err(other) => panic!("{other}"),
            }
        }
        (read, false)
    }

    #[tokio::test]
    async fn a_body_that_falls_silent_or_never_ends_is_given_up() {
        assert_eq!(read(iter([Ok(1), Ok(2)]), LONG, LONG).await, (vec![1, 2], false));
        assert_eq!(read(iter([Ok(1)]).chain(pending()), SHORT, LONG).await, (vec![1], true));
        let endless = stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Some((Ok(7), ()))
        });
        assert!(read(Box::pin(endless), LONG, SHORT).await.1);
    }
}
