//! The listener, and how it ends: sockets are told, rooms write their last edits, then the process goes.

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    App as Actix, HttpServer,
    middleware::{Compress, NormalizePath, from_fn},
};
use tokio::sync::watch;

use crate::{
    app::App,
    clockwork,
    config::{Config, Unusable},
    http::guard,
};

type Broken = Box<dyn std::error::Error + Send + Sync>;

/// How long requests in flight may take once the server was told to stop, in seconds.
const SHUTDOWN_SECONDS: u64 = 10;

/// Takes the port, so that whatever is printed about it is true.
pub fn listen(config: &Config) -> Result<TcpListener, Broken> {
    let listener = TcpListener::bind(&config.listen).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidInput => Broken::from(Unusable::Listen(config.listen.clone())),
        _ => format!("cannot listen on {}: {error}", config.listen).into(),
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves until SIGTERM or SIGINT.
pub async fn run(app: Arc<App>, listener: TcpListener) -> Result<(), Broken> {
    let (stop, stopped) = watch::channel(false);
    clockwork::start(&app, &stopped);
    let for_routes = app.clone();
    let server = HttpServer::new(move || {
        let app = for_routes.clone();
        Actix::new()
            .wrap(Compress::default())
            .wrap(NormalizePath::trim())
            .wrap(from_fn(guard::guard))
            .configure(move |config| app.routes(config))
    })
    .workers(2)
    .keep_alive(Duration::from_secs(30))
    .client_request_timeout(Duration::from_secs(15))
    .on_connect(|connection, _| {
        if let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() {
            // Keystrokes are small and must not wait for each other.
            let _ = stream.set_nodelay(true);
        }
    })
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .disable_signals()
    .listen(listener)?
    .run();

    let handle = server.handle();
    let hub = app.hub.clone();
    tokio::spawn(async move {
        signalled().await;
        tracing::info!("stopping: rooms are flushed, then requests in flight are answered");
        hub.shutdown().await;
        let _ = stop.send(true);
        handle.stop(true).await;
    });
    server.await?;
    Ok(())
}

async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        // Without signals only the end of the process ends it; every acknowledged edit is on disk anyway.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}
