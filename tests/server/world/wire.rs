//! Below HTTP: bytes that no client library would send, and a line to the database that can be cut.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Sends bytes to a server and returns the head and the body of what it answers before it closes.
pub async fn raw(url: &str, bytes: &[u8]) -> (String, String) {
    let address = url.split("://").nth(1).expect("a URL").replace("localhost", "127.0.0.1");
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(bytes).await.expect("it takes bytes");
    let mut answer = Vec::new();
    // A server that closes on unread bytes may reset; what it said before counts.
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.to_owned(), body.to_owned())
}

/// A line to a PostgreSQL, which a test can cut and mend.
pub struct Line {
    cut: Arc<AtomicBool>,
    cutting: watch::Sender<()>,
    /// The address of the database through this line.
    pub url: String,
}

impl Line {
    pub async fn to(url: &str) -> Self {
        let (server, name) = url.rsplit_once('/').expect("a database's name");
        let (who, place) = server.rsplit_once('@').expect("a server's address");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("{who}@{}/{name}", listener.local_addr().expect("an address"));
        let (place, cut, cutting) = (place.to_owned(), Arc::new(AtomicBool::new(false)), watch::Sender::new(()));
        let (is_cut, cuts) = (cut.clone(), cutting.clone());
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let (place, mut cut) = (place.clone(), cuts.subscribe());
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(place).await.expect("PostgreSQL");
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                        _ = cut.changed() => {}
                    }
                });
            }
        });
        Self { cut, cutting, url }
    }

    /// Every connection breaks, and no new one comes about.
    pub fn is_cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        self.cutting.send_replace(());
    }

    pub fn is_mended(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }
}
