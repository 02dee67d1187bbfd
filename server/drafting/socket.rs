//! One WebSocket: frames in to the room, and an end when either stops answering. What goes out is written by whoever has it
//! ([`Wire`]); here it is written on where the browser was slower.
//!
//! It decides nothing. It is read on while the room says so, which is how a browser that writes faster than the journal is
//! slowed down. A browser that answers no ping for a minute, or takes no bytes for half a minute, is gone. The end is said
//! with the room's own reason, where there is one. A socket that says nothing keeps no memory but what it is.

use std::cell::RefCell;
use std::future::{pending, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Poll, ready};
use std::time::Duration;

use actix_codec::Decoder;
use actix_http::ws::{Codec, Frame, Item, ProtocolError};
use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::command::{Command, Joined, Place};
use super::limits::*;
use super::room::Dismissal;
use super::wire::{Framed, Look, Wire};

/// Why the loop below ended.
enum End {
    /// The browser went, or does not take what it is sent.
    Gone,
    Close(Dismissal),
}

thread_local! {
    /// Where the sockets of a thread read into, one after another.
    static READ: RefCell<Box<[u8]>> = RefCell::new(vec![0; READ_BYTES].into());
}

/// Serves the socket to its end, on the thread of its room. `read` is what came with the handshake.
pub fn begin(joined: Joined, place: Place, stream: TcpStream, read: BytesMut) {
    // A connection hears of the system on the thread where it was made known; there it is taken off.
    let Ok(stream) = stream.into_std() else { return };
    let thread = joined.taken.thread.clone();
    thread.spawn(async move {
        if let Ok(stream) = TcpStream::from_std(stream) {
            serve(joined, stream, read).await;
        }
        drop(place);
    });
}

async fn serve(joined: Joined, stream: TcpStream, read: BytesMut) {
    let (mut reads, writes) = stream.into_split();
    let writes = Arc::new(writes);
    joined.wire.attach(writes.clone());
    let end = talk(&joined, &mut reads, &writes, read).await;
    joined.wire.detach();
    drop(joined);
    if let (End::Close(closing), Some(writes)) = (end, Arc::into_inner(writes))
        && let Ok(stream) = reads.reunite(writes)
    {
        close(stream, closing).await;
    }
}

/// Ends the socket with a reason, and waits until the other side has gone: one that is shut while something of the other
/// side is unread takes the reason along.
pub async fn close(mut stream: TcpStream, closing: Dismissal) {
    let goodbye = async {
        Framed::close(closing).write(&mut stream).await?;
        stream.shutdown().await?;
        while read_some(&mut stream, &mut BytesMut::new()).await? {}
        std::io::Result::Ok(())
    };
    let _ = timeout(Duration::from_secs(GOODBYE_SECONDS_MAX), goodbye).await;
}

async fn talk(joined: &Joined, reads_from: &mut OwnedReadHalf, writes_to: &OwnedWriteHalf, read: BytesMut) -> End {
    let wire = &joined.wire;
    let mut incoming = Incoming { read, codec: Codec::new().max_size(FRAME_BYTES_MAX), begun: None, held_back: false };
    let mut pings = interval(Duration::from_secs(PING_SECONDS));
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last_heard = Instant::now();
    let mut read_before = true;
    // What came with the handshake.
    if let Err(end) = incoming.handed_on(joined).await {
        return end;
    }
    loop {
        let Look { reads, waits_since, end, gone } = wire.look();
        match end {
            _ if gone => return End::Gone,
            Some(closing) if waits_since.is_none() => return End::Close(closing),
            _ => {}
        }
        if reads && !read_before {
            // It could say nothing while it was not read.
            last_heard = Instant::now();
        }
        read_before = reads;
        if reads && incoming.held_back {
            if let Err(end) = incoming.handed_on(joined).await {
                return end;
            }
            continue;
        }
        tokio::select! {
            // Not reading is how a browser that writes faster than the journal is slowed down: TCP tells it.
            more = read_some(reads_from, &mut incoming.read), if reads => {
                match more {
                    Ok(true) => last_heard = Instant::now(),
                    Ok(false) | Err(_) => return End::Gone,
                }
                if let Err(end) = incoming.handed_on(joined).await {
                    return end;
                }
            }
            _ = writes_to.writable(), if waits_since.is_some() => wire.write(),
            () = wire.changed() => {}
            () = given_up(waits_since) => return End::Gone,
            _ = pings.tick() => {
                if last_heard.elapsed() > Duration::from_secs(SILENCE_SECONDS_MAX) && reads {
                    return End::Gone;
                }
                // Where much waits already, that is heard of as well.
                let _ = wire.send(&[Framed::ping()]);
            }
        }
    }
}

/// When a socket that takes nothing is given up.
async fn given_up(waits_since: Option<Instant>) {
    match waits_since {
        Some(since) => sleep_until(since + Duration::from_secs(SEND_SECONDS_MAX)).await,
        None => pending().await,
    }
}

/// Reads what there is, up to [`READ_BYTES`], and waits where there is nothing; `false` where the other side has ended.
async fn read_some(from: &mut (impl AsyncRead + Unpin), to: &mut BytesMut) -> std::io::Result<bool> {
    let one_read = |cx: &mut std::task::Context<'_>| {
        READ.with_borrow_mut(|buffer| {
            let mut buffer = ReadBuf::new(buffer);
            ready!(Pin::new(&mut *from).poll_read(cx, &mut buffer))?;
            to.extend_from_slice(buffer.filled());
            Poll::Ready(Ok(!buffer.filled().is_empty()))
        })
    };
    poll_fn(one_read).await
}

/// What has come and is not handed on yet: pieces of a frame, and frames of a message.
struct Incoming {
    read: BytesMut,
    codec: Codec,
    begun: Option<BytesMut>,
    /// There may be whole messages in what was read.
    held_back: bool,
}

impl Incoming {
    /// Hands every whole message on to the room, as long as it wants them: what has been read already waits here as well.
    async fn handed_on(&mut self, joined: &Joined) -> Result<(), End> {
        loop {
            self.held_back = !joined.wire.look().reads;
            if self.held_back {
                return Ok(());
            }
            let Some(frame) = self.next(&joined.wire)? else { break };
            if joined.taken.room.send(Command::Frame { seat: joined.taken.seat, frame }).await.is_err() {
                return Err(End::Close(Dismissal::NOT_STORED));
            }
        }
        if self.read.is_empty() {
            self.read = BytesMut::new();
        }
        Ok(())
    }

    /// The next whole message.
    fn next(&mut self, wire: &Wire) -> Result<Option<Bytes>, End> {
        while let Some(frame) = self.codec.decode(&mut self.read).map_err(refused)? {
            match frame {
                Frame::Binary(message) => return Ok(Some(message)),
                Frame::Ping(said) => wire.send(&[Framed::pong(&said)]).map_err(|_| End::Gone)?,
                Frame::Pong(_) => {}
                Frame::Close(_) => return Err(End::Gone),
                Frame::Continuation(Item::FirstBinary(piece)) => self.begun = Some(BytesMut::from(&piece[..])),
                Frame::Continuation(Item::Continue(piece)) => drop(self.grown(&piece)?),
                Frame::Continuation(Item::Last(piece)) => return self.grown(&piece).map(|whole| Some(whole.split().freeze())),
                Frame::Text(_) | Frame::Continuation(Item::FirstText(_)) => return Err(End::Close(Dismissal::MALFORMED)),
            }
        }
        Ok(None)
    }

    fn grown(&mut self, piece: &[u8]) -> Result<&mut BytesMut, End> {
        let begun = self.begun.as_mut().ok_or(End::Close(Dismissal::MALFORMED))?;
        if begun.len() + piece.len() > FRAME_BYTES_MAX {
            return Err(End::Close(Dismissal::TOO_LARGE));
        }
        begun.extend_from_slice(piece);
        Ok(begun)
    }
}

fn refused(error: ProtocolError) -> End {
    match error {
        ProtocolError::Overflow => End::Close(Dismissal::TOO_LARGE),
        _ => End::Close(Dismissal::MALFORMED),
    }
}

#[cfg(test)]
mod tests {
    use actix_codec::Encoder;
    use actix_http::ws::Message;

    use super::*;

    fn hears(said: impl IntoIterator<Item = Message>) -> (Vec<Bytes>, Option<End>) {
        let mut browser = Codec::new().client_mode();
        let mut incoming = Incoming { read: BytesMut::new(), codec: Codec::new().max_size(FRAME_BYTES_MAX), begun: None, held_back: false };
        said.into_iter().for_each(|message| browser.encode(message, &mut incoming.read).unwrap());
        let mut heard = Vec::new();
        loop {
            match incoming.next(&Wire::default()) {
                Ok(Some(message)) => heard.push(message),
                Ok(None) => return (heard, None),
                Err(end) => return (heard, Some(end)),
            }
        }
    }

    fn pieces(count: usize, len: usize) -> Vec<Message> {
        let piece = Bytes::from(vec![7; len]);
        let mut said = vec![Message::Continuation(Item::FirstBinary(piece.clone()))];
        said.extend((2..count).map(|_| Message::Continuation(Item::Continue(piece.clone()))));
        said.push(Message::Continuation(Item::Last(piece)));
        said
    }

    #[test]
    fn a_message_in_pieces_is_one_message_and_a_ping_may_stand_between_them() {
        let mut said = pieces(3, 10);
        said.insert(1, Message::Ping(Bytes::from_static(b"there?")));
        said.push(Message::Binary(Bytes::from_static(b"next")));
        let (heard, end) = hears(said);
        assert_eq!(heard, [Bytes::from(vec![7; 30]), Bytes::from_static(b"next")]);
        assert!(end.is_none());
    }

    #[test]
    fn a_message_in_pieces_may_be_no_longer_than_one_in_one() {
        assert!(hears(pieces(4, FRAME_BYTES_MAX / 4)).1.is_none());
        assert!(matches!(hears(pieces(5, FRAME_BYTES_MAX / 4)).1, Some(End::Close(Dismissal::TOO_LARGE))));
        let whole = Message::Binary(vec![7; FRAME_BYTES_MAX + 1].into());
        assert!(matches!(hears([whole]).1, Some(End::Close(Dismissal::TOO_LARGE))));
    }

    #[test]
    fn words_are_no_message_of_ours_and_a_goodbye_is_the_end() {
        assert!(matches!(hears([Message::Text("words".into())]).1, Some(End::Close(Dismissal::MALFORMED))));
        assert!(matches!(hears([Message::Close(None)]).1, Some(End::Gone)));
    }
}
