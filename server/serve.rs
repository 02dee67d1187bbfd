//! The listener, and how it ends: sockets are told, rooms write their last edits, then the process goes.

use std::{net::TcpListener, rc::Rc, sync::Arc, time::Duration};

use actix_codec::Framed;
use actix_http::{HttpService, Request, h1};
use actix_server::Server;
use actix_service::{IntoServiceFactory, Service, ServiceFactory, fn_factory, fn_service, map_config};
use actix_web::{
    App as Actix,
    body::MessageBody,
    dev::{AppConfig, ServiceResponse},
    middleware::{Compress, NormalizePath, from_fn},
    rt::net::TcpStream,
};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

use crate::{
    app::App,
    clockwork,
    config::{Config, Unusable},
    http::{guard, handles, limits, upgrade},
};

type Broken = Box<dyn std::error::Error + Send + Sync>;

/// Threads that answer. What takes long is done elsewhere, so two are enough to keep a machine's cores busy.
const WORKERS: usize = 2;
/// How long requests in flight may take once the server was told to stop, in seconds.
const SHUTDOWN_SECONDS: u64 = 10;

/// What tells the server to end, and the port: taken before anything is printed about them, so that it is true. Who sees that
/// the port answers may tell the server to end, and it says goodbye.
pub struct Door {
    signals: Signals,
    listener: TcpListener,
}

impl Door {
    pub fn port(&self) -> std::io::Result<u16> {
        Ok(self.listener.local_addr()?.port())
    }
}

pub fn listen(config: &Config) -> Result<Door, Broken> {
    let signals = Signals::listen()?;
    let listener = TcpListener::bind(&config.listen).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidInput => Broken::from(Unusable::Listen(config.listen.clone())),
        _ => format!("cannot listen on {}: {error}", config.listen).into(),
    })?;
    listener.set_nonblocking(true)?;
    Ok(Door { signals, listener })
}

/// Serves until SIGTERM, SIGINT or SIGHUP; a second one cuts off requests that are still being answered.
pub async fn run(app: Arc<App>, door: Door) -> Result<(), Broken> {
    let Door { mut signals, listener } = door;
    let (stop, stopped) = watch::channel(false);
    clockwork::start(&app, &stopped);
    let for_routes = app.clone();
    let server = Server::build()
        .workers(WORKERS)
        .max_concurrent_connections(handles::connections_max() / WORKERS)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals()
        .listen("undersigned", listener, move || {
            let stopped = stopped.clone();
            HttpService::build()
                .keep_alive(Duration::from_secs(limits::IDLE_SECONDS_MAX))
                .client_request_timeout(Duration::from_secs(limits::HEAD_SECONDS_MAX))
                // Keystrokes are small and must not wait for each other.
                .tcp_nodelay(true)
                .graceful_shutdown_signal(move || {
                    let mut stopped = stopped.clone();
                    async move { drop(stopped.wait_for(|stopped| *stopped).await) }
                })
                .upgrade(leaving_http(for_routes.clone()))
                .finish(map_config(answers(for_routes.clone()), |()| AppConfig::default()))
                .tcp()
        })?
        .run();

    let handle = server.handle();
    let hub = app.hub.clone();
    tokio::spawn(async move {
        signals.next().await;
        tracing::info!("stopping: rooms are flushed, then requests in flight are answered");
        let in_order = async {
            // A database that does not answer keeps no edit that was acknowledged, and does not keep the process.
            let _ = tokio::time::timeout(Duration::from_secs(SHUTDOWN_SECONDS), hub.shutdown()).await;
            let _ = stop.send(true);
            handle.stop(true).await;
        };
        tokio::select! {
            () = in_order => {}
            () = signals.next() => {
                tracing::info!("told twice: requests in flight are cut off");
                handle.stop(false).await;
            }
        }
    });
    server.await?;
    Ok(())
}

/// Every route, behind what every request meets first.
fn answers(
    app: Arc<App>,
) -> impl ServiceFactory<Request, Config = AppConfig, Response = ServiceResponse<impl MessageBody>, Error = actix_web::Error, InitError = ()>
{
    Actix::new()
        .wrap(Compress::default())
        .wrap(NormalizePath::trim())
        .wrap(from_fn(guard::guard))
        .configure(move |config| app.routes(config))
        .into_factory()
}

/// The same routes for requests that would leave HTTP.
fn leaving_http(
    app: Arc<App>,
) -> impl ServiceFactory<(Request, Framed<TcpStream, h1::Codec>), Config = (), Response = (), Error = actix_web::Error, InitError = ()> {
    fn_factory(move || {
        let routes = answers(app.clone()).new_service(AppConfig::default());
        async move {
            let routes = Rc::new(routes.await?);
            Ok(fn_service(move |(request, http)| {
                let routes = routes.clone();
                async move { Ok(upgrade::serve(routes.call(request).await?, http).await?) }
            }))
        }
    })
}

/// What tells a server to end.
struct Signals {
    term: Signal,
    int: Signal,
    /// The terminal it was started from was closed. Whoever starts it with `nohup` has said that this means nothing.
    hangup: Option<Signal>,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            term: signal(SignalKind::terminate())?,
            int: signal(SignalKind::interrupt())?,
            hangup: if hangups_are_ignored() { None } else { Some(signal(SignalKind::hangup())?) },
        })
    }

    async fn next(&mut self) {
        let Self { term, int, hangup } = self;
        let hangup = async {
            match hangup {
                Some(hangup) => hangup.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
            _ = hangup => {}
        }
    }
}

/// Whether this process was started with hangups ignored. Linux tells, as a mask of which the first bit is this signal.
fn hangups_are_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}
