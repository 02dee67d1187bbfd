//! One client: it says hello, asks for the document and waits until it has it. It applies nothing.

use crate::{
    Fault,
    contender::Door,
    wire::{self, Framing},
};
use futures_util::{SinkExt, StreamExt};
use std::time::{Duration, Instant};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue, protocol::WebSocketConfig},
};

pub type Socket = WebSocketStream<TcpStream>;

/// Who has not got the document by then does not get it.
const JOIN_SECONDS_MAX: u64 = 30;
/// How many connect at the same time.
const JOINING_MAX: usize = 50;

pub struct Joined {
    pub socket: Socket,
    pub framing: Framing,
    pub draft: String,
    /// What was sent of the document, in the parts it came in.
    pub document: Vec<Vec<u8>>,
    pub millis: f64,
}

/// So many in each of the drafts, with the number of each one's seat; the first ones come to write, the others to read. One in each comes first: a server that opens a document twice
/// when two ask at once is not what is measured here.
pub async fn join_all(door: &Door, drafts: &[String], seats: usize, writers: usize) -> Result<Vec<(usize, Joined)>, Fault> {
    let (mut joined, reads) = (Vec::new(), door.of_who_only_reads());
    for seats in [0..1, 1..seats] {
        let clients = drafts.iter().flat_map(|draft| seats.clone().map(move |seat| (draft, seat)));
        let joining =
            clients.map(async |(draft, seat)| Ok::<_, Fault>((seat, join(if seat < writers { door } else { &reads }, draft).await?)));
        let mut joining = futures_util::stream::iter(joining).buffered(JOINING_MAX);
        while let Some(client) = joining.next().await {
            joined.push(client.map_err(|error| format!("connection {}: {error}", joined.len() + 1))?);
        }
    }
    Ok(joined)
}

pub async fn join(door: &Door, draft: &str) -> Result<Joined, Fault> {
    within(door, draft, None).await
}

/// Joins over a socket that takes little before its reader reads, as over a slow line.
pub async fn join_narrowly(door: &Door, draft: &str) -> Result<Joined, Fault> {
    const BYTES: u32 = 32 * 1024;
    within(door, draft, Some(BYTES)).await
}

async fn within(door: &Door, draft: &str, buffer: Option<u32>) -> Result<Joined, Fault> {
    let seconds = Duration::from_secs(JOIN_SECONDS_MAX);
    timeout(seconds, joined(door, draft, buffer)).await.map_err(|_| format!("no document within {JOIN_SECONDS_MAX} s"))?
}

async fn joined(door: &Door, draft: &str, buffer: Option<u32>) -> Result<Joined, Fault> {
    let began = Instant::now();
    let tcp = TcpSocket::new_v4()?;
    if let Some(bytes) = buffer {
        tcp.set_recv_buffer_size(bytes)?;
    }
    let tcp = tcp.connect(([127, 0, 0, 1], door.port).into()).await?;
    tcp.set_nodelay(true)?;
    let mut request = door.address(draft).into_client_request()?;
    if let Some(cookie) = &door.cookie {
        request.headers_mut().insert("cookie", HeaderValue::from_str(cookie)?);
    }
    let config = WebSocketConfig::default().read_buffer_size(16 * 1024).write_buffer_size(0).max_message_size(None).max_frame_size(None);
    let (mut socket, _) = client_async_with_config(request, tcp, Some(config)).await?;
    let framing = door.framing;
    if let Some(greeting) = framing.greeting(draft) {
        socket.send(Message::binary(greeting)).await?;
    }
    socket.send(Message::binary(framing.asks_for_all(draft))).await?;
    let mut document = Vec::new();
    loop {
        let frame = next(&mut socket).await?;
        match framing.read(&frame) {
            wire::Message::WhatYouLack(update) => {
                document.push(update.to_vec());
                let millis = began.elapsed().as_secs_f64() * 1e3;
                return Ok(Joined { socket, framing, draft: draft.into(), document, millis });
            }
            wire::Message::Change(update) => document.push(update.to_vec()),
            wire::Message::WhatIHave => socket.send(Message::binary(framing.answers_nothing(draft))).await?,
            wire::Message::Denied => return Err("not let in".into()),
            wire::Message::Committed(_) | wire::Message::Other => {}
        }
    }
}

/// The next binary message; an error says with which number and code the server closed.
pub async fn next<S>(stream: &mut S) -> Result<tokio_tungstenite::tungstenite::Bytes, Fault>
where
    S: StreamExt<Item = Result<Message, tokio_tungstenite::tungstenite::Error>> + Unpin,
{
    loop {
        match stream.next().await {
            Some(Ok(Message::Binary(frame))) => return Ok(frame),
            Some(Ok(Message::Close(Some(close)))) => return Err(format!("closed: {} {}", u16::from(close.code), close.reason).into()),
            Some(Ok(Message::Close(None))) | None => return Err("closed without a reason".into()),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error.into()),
        }
    }
}
