//! What one socket is sent. Whoever has a frame for it writes it at once, from the thread it is on, where the socket takes it;
//! the rest waits, bounded, and the socket's own task writes it when it does.
//!
//! A room of hundreds wakes nobody that way: a frame is put into the form of the protocol once, and what is left for each socket is
//! one call of the system.

use std::collections::VecDeque;
use std::io::{ErrorKind, IoSlice};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_http::ws::{OpCode, Parser};
use bytes::{Buf, Bytes, BytesMut};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::limits::*;
use super::room::Dismissal;

/// Shared by a socket's task and the room it has a seat in.
#[derive(Default)]
pub struct Wire {
    // Locked for a look or a write that does not wait, never across an await.
    line: Mutex<Line>,
    /// Something has changed that the socket's task should look at.
    changed: Notify,
}

#[derive(Default)]
struct Line {
    /// Nothing before the handshake is sent, and after the socket's end.
    stream: Option<Arc<OwnedWriteHalf>>,
    waiting: VecDeque<Bytes>,
    bytes: usize,
    /// When the socket last took something, of those times at which something waits.
    taken: Option<Instant>,
    held_back: bool,
    end: Option<Dismissal>,
    gone: bool,
}

/// What waits for a socket is as much as may.
#[derive(Debug)]
pub struct Full;

/// What the socket's task is to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub reads: bool,
    /// Since when the socket takes nothing of what waits for it.
    pub waits_since: Option<Instant>,
    pub end: Option<Dismissal>,
    pub gone: bool,
}

/// A message as it goes over the line: its head and, where copying it would cost more than another piece, its body.
#[derive(Debug, Clone)]
pub struct Framed {
    head: Bytes,
    body: Bytes,
}

/// Up to this length a body is copied behind its head.
const COPIED_MAX: usize = 4 * 1024;
/// Pieces given to the system in one call.
const PIECES: usize = 16;

impl Framed {
    pub fn binary(body: &Bytes) -> Framed {
        if body.len() <= COPIED_MAX {
            return Framed { head: whole(body, OpCode::Binary), body: Bytes::new() };
        }
        // The head of a message is the message without what it holds.
        let mut head = BytesMut::with_capacity(10);
        head.extend_from_slice(&[0x82, if body.len() <= usize::from(u16::MAX) { 126 } else { 127 }]);
        match u16::try_from(body.len()) {
            Ok(len) => head.extend_from_slice(&len.to_be_bytes()),
            Err(_) => head.extend_from_slice(&(body.len() as u64).to_be_bytes()),
        }
        Framed { head: head.freeze(), body: body.clone() }
    }

    pub fn ping() -> Framed {
        Framed { head: whole(b"", OpCode::Ping), body: Bytes::new() }
    }

    pub fn pong(said: &[u8]) -> Framed {
        Framed { head: whole(said, OpCode::Pong), body: Bytes::new() }
    }

    pub fn close(closing: Dismissal) -> Framed {
        let said = [&closing.number.to_be_bytes(), closing.code.as_bytes()].concat();
        Framed { head: whole(said, OpCode::Close), body: Bytes::new() }
    }

    /// Writes it to a socket nobody else writes to.
    pub async fn write(&self, to: &mut TcpStream) -> std::io::Result<()> {
        to.write_all(&self.head).await?;
        to.write_all(&self.body).await
    }

    fn len(&self) -> usize {
        self.head.len() + self.body.len()
    }
}

fn whole(said: impl AsRef<[u8]>, kind: OpCode) -> Bytes {
    let mut to = BytesMut::with_capacity(said.as_ref().len() + 10);
    Parser::write_message(&mut to, said, kind, true, false);
    to.freeze()
}

impl Wire {
    /// The handshake is done: what waits is sent, and what comes from now on at once.
    pub fn attach(&self, stream: Arc<OwnedWriteHalf>) {
        let mut line = self.line();
        line.stream = Some(stream);
        line.write();
    }

    /// All of these, or none. What is sent to a socket that is gone goes nowhere, and that is no failure.
    pub fn send(&self, messages: &[Framed]) -> Result<(), Full> {
        let mut line = self.line();
        if line.gone {
            return Ok(());
        }
        if line.bytes > OUTBOX_BYTES_MAX || line.waiting.len() + messages.len() > OUTBOX_FRAMES_MAX {
            return Err(Full);
        }
        let waited = !line.waiting.is_empty();
        let mut taken = if let ([message], false) = (messages, waited) { line.takes_at_once(message) } else { 0 };
        if taken > 0 && taken == messages.iter().map(Framed::len).sum::<usize>() {
            return Ok(());
        }
        for message in messages {
            let head = message.head.slice(std::mem::take(&mut taken)..);
            line.bytes += head.len() + message.body.len();
            line.waiting.push_back(head);
            if !message.body.is_empty() {
                line.waiting.push_back(message.body.clone());
            }
        }
        if !waited {
            line.write();
            if !line.waiting.is_empty() || line.gone {
                self.changed.notify_one();
            }
        }
        Ok(())
    }

    /// Writes what the socket takes now.
    pub fn write(&self) {
        self.line().write();
    }

    /// Ends the socket, once what waits is sent. The first reason counts.
    pub fn end(&self, closing: Dismissal) {
        self.line().end.get_or_insert(closing);
        self.changed.notify_one();
    }

    /// Says whether the socket is read on for now.
    pub fn read_on(&self, read_on: bool) {
        let mut line = self.line();
        if line.held_back == read_on {
            line.held_back = !read_on;
            self.changed.notify_one();
        }
    }

    pub fn look(&self) -> Look {
        let line = self.line();
        Look { reads: !line.held_back, waits_since: line.taken, end: line.end, gone: line.gone }
    }

    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Whether all it was given is sent.
    pub fn is_sent(&self) -> bool {
        self.line().waiting.is_empty()
    }

    /// The socket is no more.
    pub fn detach(&self) {
        self.line().is_gone();
    }

    /// What waits for a socket that never was.
    #[cfg(test)]
    pub fn taken(&self) -> Vec<Bytes> {
        use actix_http::ws::Frame;
        let mut line = self.line();
        line.bytes = 0;
        let messages = tests::decoded(line.waiting.drain(..).flatten().collect()).into_iter().map(|frame| match frame {
            Frame::Binary(message) => message,
            other => panic!("a room sends {other:?}"),
        });
        messages.collect()
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        // A line is whole after any panic: it is changed in steps that each leave it true.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    /// How much of a message the socket takes at once. Most are small and taken whole, and are never put anywhere.
    fn takes_at_once(&self, message: &Framed) -> usize {
        let Some(stream) = self.stream.as_ref().filter(|_| message.body.is_empty()) else { return 0 };
        stream.try_write(&message.head).unwrap_or(0)
    }

    fn write(&mut self) {
        let Some(stream) = self.stream.clone() else { return };
        let mut took = false;
        while !self.waiting.is_empty() {
            let mut pieces = [IoSlice::new(&[]); PIECES];
            let mut count = 0;
            for (piece, waiting) in pieces.iter_mut().zip(&self.waiting) {
                *piece = IoSlice::new(waiting);
                count += 1;
            }
            match stream.try_write_vectored(&pieces[..count]) {
                Ok(written) => self.took(written),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if took || self.taken.is_none() {
                        self.taken = Some(Instant::now());
                    }
                    return;
                }
                Err(_) => return self.is_gone(),
            }
            took = true;
        }
        // Most lines are silent most of the time, and keep no place for what might wait.
        self.waiting = VecDeque::new();
        self.taken = None;
    }

    fn took(&mut self, mut written: usize) {
        self.bytes -= written;
        while let Some(first) = self.waiting.front_mut() {
            if first.len() > written {
                return first.advance(written);
            }
            written -= first.len();
            self.waiting.pop_front();
        }
    }

    fn is_gone(&mut self) {
        self.gone = true;
        self.stream = None;
        self.waiting = VecDeque::new();
        (self.bytes, self.taken) = (0, None);
    }
}

#[cfg(test)]
mod tests {
    use actix_codec::Decoder;
    use actix_http::ws::{Codec, Frame};
    use tokio::io::AsyncReadExt;
    use tokio::net::TcpListener;

    use super::*;

    async fn pair() -> (Arc<OwnedWriteHalf>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (near, far) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
        (Arc::new(near.unwrap().into_split().1), far.unwrap().0)
    }

    /// What a browser hears, up to its end.
    async fn heard(mut far: TcpStream) -> Vec<Frame> {
        let mut bytes = BytesMut::new();
        while far.read_buf(&mut bytes).await.unwrap() > 0 {}
        decoded(bytes)
    }

    pub fn decoded(mut bytes: BytesMut) -> Vec<Frame> {
        let mut codec = Codec::new().max_size(BASE_BYTES_MAX).client_mode();
        std::iter::from_fn(|| codec.decode(&mut bytes).unwrap()).collect()
    }

    fn message(number: usize, len: usize) -> Bytes {
        let said: Vec<u8> = number.to_be_bytes().into_iter().cycle().take(len).collect();
        said.into()
    }

    #[tokio::test]
    async fn messages_of_every_size_arrive_in_their_order_also_those_before_the_handshake() {
        let (near, far) = pair().await;
        let wire = Wire::default();
        let sizes = [8, 125, 126, COPIED_MAX, COPIED_MAX + 1, 65_535, 65_536, 200_000];
        let said: Vec<Bytes> = sizes.into_iter().enumerate().map(|(number, len)| message(number, len)).collect();
        let (before, after) = said.split_at(3);
        wire.send(&before.iter().map(Framed::binary).collect::<Vec<_>>()).unwrap();
        wire.attach(near.clone());
        wire.send(&after.iter().map(Framed::binary).collect::<Vec<_>>()).unwrap();
        let hears = tokio::spawn(heard(far));
        while !wire.is_sent() {
            near.writable().await.unwrap();
            wire.write();
        }
        wire.detach();
        drop(near);
        let expected: Vec<Frame> = said.into_iter().map(Frame::Binary).collect();
        assert_eq!(hears.await.unwrap(), expected);
    }

    #[tokio::test]
    async fn what_waits_for_a_socket_that_does_not_read_is_bounded_and_none_of_it_is_half() {
        let (near, far) = pair().await;
        let wire = Wire::default();
        wire.attach(near.clone());
        let mut taken = 0;
        while wire.send(&[Framed::binary(&message(taken, 9_000))]).is_ok() {
            taken += 1;
        }
        assert!(wire.look().waits_since.is_some());
        assert!(wire.line().bytes <= OUTBOX_BYTES_MAX + 10_000);
        let hears = tokio::spawn(heard(far));
        while !wire.is_sent() {
            near.writable().await.unwrap();
            wire.write();
        }
        assert_eq!(wire.look().waits_since, None);
        wire.detach();
        drop(near);
        let expected: Vec<Frame> = (0..taken).map(|number| Frame::Binary(message(number, 9_000))).collect();
        assert!(hears.await.unwrap() == expected);
    }

    #[tokio::test]
    async fn the_first_reason_of_an_end_counts_and_a_socket_that_is_gone_takes_everything() {
        let wire = Wire::default();
        wire.end(Dismissal::FROZEN);
        wire.end(Dismissal::NOT_STORED);
        assert_eq!(wire.look().end, Some(Dismissal::FROZEN));
        wire.detach();
        for _ in 0..=OUTBOX_FRAMES_MAX {
            wire.send(&[Framed::ping()]).unwrap();
        }
        assert!(wire.is_sent() && wire.look().gone);
    }
}
