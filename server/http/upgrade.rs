//! Requests that leave HTTP on their connection. They are answered like every request, by the same routes; a route that
//! agrees says with its answer what becomes of the connection ([`goes_on`]), which is then taken from the HTTP server and its
//! buffers. An answer that is no agreement is sent, and the connection ends.

use std::{future::Future, pin::Pin, time::Duration};

use actix_codec::Framed;
use actix_http::{ConnectionType, Response, body::BodySize, h1};
use actix_web::{
    HttpResponse,
    body::{self, MessageBody},
    dev::ServiceResponse,
    http::StatusCode,
    rt::net::TcpStream,
};
use bytes::BytesMut;
use futures_util::SinkExt;
use tokio::time::timeout;

use super::limits;

type Served = Pin<Box<dyn Future<Output = ()>>>;
/// What has the connection from now on. It is given what the other side has sent already.
type GoesOn = Box<dyn FnOnce(TcpStream, BytesMut) -> Served>;

/// Says what has the connection once this answer, a 101, is sent.
pub fn goes_on<F: Future<Output = ()> + 'static>(answer: &mut HttpResponse, with: impl FnOnce(TcpStream, BytesMut) -> F + 'static) {
    let with: GoesOn = Box::new(move |connection, read| Box::pin(with(connection, read)));
    answer.extensions_mut().insert(with);
}

/// Sends what a route answered, and serves the connection to its end.
pub async fn serve<B: MessageBody>(answer: ServiceResponse<B>, mut http: Framed<TcpStream, h1::Codec>) -> std::io::Result<()> {
    let (_, answer) = answer.into_parts();
    let (mut head, body) = Response::from(answer).into_parts();
    let agreed = head.status() == StatusCode::SWITCHING_PROTOCOLS;
    let goes_on = head.extensions_mut().remove::<GoesOn>();
    let Some(goes_on) = goes_on.filter(|_| agreed) else { return in_time(refuse(head, body, http)).await };
    in_time(http.send(h1::Message::Item((head, BodySize::None)))).await?;
    let parts = http.into_parts();
    goes_on(parts.io, parts.read_buf).await;
    Ok(())
}

/// Whoever does not take an answer does not keep the connection.
async fn in_time(sending: impl Future<Output = std::io::Result<()>>) -> std::io::Result<()> {
    timeout(Duration::from_secs(limits::IDLE_SECONDS_MAX), sending).await.unwrap_or_else(|late| Err(late.into()))
}

async fn refuse(mut head: Response<()>, body: impl MessageBody, mut http: Framed<TcpStream, h1::Codec>) -> std::io::Result<()> {
    let body = body::to_bytes_limited(body, limits::ANSWER_TO_UPGRADE_BYTES_MAX).await;
    let Ok(Ok(body)) = body else { return Err(std::io::Error::other("an answer that is no agreement cannot be sent")) };
    head.head_mut().set_connection_type(ConnectionType::Close);
    http.feed(h1::Message::Item((head, BodySize::Sized(body.len() as u64)))).await?;
    if !body.is_empty() {
        http.feed(h1::Message::Chunk(Some(body))).await?;
    }
    http.feed(h1::Message::Chunk(None)).await?;
    http.flush().await?;
    http.close().await
}
