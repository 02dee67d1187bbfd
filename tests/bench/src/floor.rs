//! The floor: a relay that knows nothing of documents and keeps nothing. What one client sends goes to the others in the room, the
//! same bytes; who asks what they lack is told: nothing. Whatever a server costs above this is what it knows.

use crate::Fault;
use futures_util::{SinkExt, StreamExt};
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc::{UnboundedSender, unbounded_channel},
    task::spawn_local,
};
use tokio_tungstenite::tungstenite::{
    Bytes, Message,
    handshake::server::{Request, Response},
    protocol::WebSocketConfig,
};

type Rooms = Rc<RefCell<HashMap<String, HashMap<u64, UnboundedSender<Bytes>>>>>;

pub async fn serve(port: u16) -> Result<(), Fault> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let rooms = Rooms::default();
    for number in 0.. {
        let (socket, _) = listener.accept().await?;
        socket.set_nodelay(true)?;
        spawn_local(client(rooms.clone(), socket, number));
    }
    Ok(())
}

async fn client(rooms: Rooms, socket: TcpStream, number: u64) {
    let config = WebSocketConfig::default().read_buffer_size(4 * 1024).write_buffer_size(0);
    let mut room = String::new();
    #[expect(clippy::result_large_err, reason = "the shape of the library's callback")]
    let handshake = |request: &Request, response: Response| {
        room = request.uri().path().into();
        Ok(response)
    };
    let Ok(socket) = tokio_tungstenite::accept_hdr_async_with_config(socket, handshake, Some(config)).await else { return };
    let (mut sink, mut stream) = socket.split();
    let (mine, mut waiting) = unbounded_channel();
    rooms.borrow_mut().entry(room.clone()).or_default().insert(number, mine.clone());
    spawn_local(async move {
        while let Some(frame) = waiting.recv().await {
            if sink.send(Message::Binary(frame)).await.is_err() {
                break;
            }
        }
    });
    while let Some(Ok(message)) = stream.next().await {
        let Message::Binary(frame) = message else { continue };
        match frame.as_ref() {
            [0, 0, ..] => drop(mine.send(Bytes::from_static(&[0, 1, 2, 0, 0]))),
            [0, 2, ..] => {
                for (_, other) in rooms.borrow()[&room].iter().filter(|(other, _)| **other != number) {
                    let _ = other.send(frame.clone());
                }
            }
            _ => {}
        }
    }
    rooms.borrow_mut().get_mut(&room).map(|others| others.remove(&number));
}
