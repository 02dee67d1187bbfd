//! The composition root: settings become a store, keys, rooms; and every room's routes.

use std::{path::PathBuf, sync::Arc};

use actix_web::web;

use crate::{
    accounts::{self, Endings, Grants},
    api,
    config::Config,
    delivery, drafting,
    drafting::Hub,
    http::{self, Here, Shell, throttle::Throttle},
    kernel::Clock,
    ledger::Ledger,
    mail::{Post, sender::Sender},
    organisations::{self, Changes},
    overview, remarks, signing,
    signing::Means,
    statements,
    store::{
        Attempt, Store,
        vault::{self, Vault},
    },
    suggestions, versions,
};

type Broken = Box<dyn std::error::Error + Send + Sync>;

/// A running instance without its listener.
pub struct App {
    pub shell: Here,
    pub ledger: web::Data<Ledger>,
    pub grants: web::Data<Grants>,
    pub endings: web::Data<Endings>,
    pub changes: web::Data<Changes>,
    pub hub: web::Data<Hub>,
    sender: Sender,
}

/// What the operator's commands need: no socket, no rooms.
pub struct Office {
    pub store: Store,
    pub vault: Arc<Vault>,
    pub post: Post,
    pub clock: Clock,
}

impl Office {
    /// Opens keys and database. `port` is what links say when no public address is set.
    pub fn open(config: &Config, port: u16, letters_kept: bool) -> Result<Self, Broken> {
        let site = config.site(port, letters_kept)?;
        let address = config.address()?;
        std::fs::create_dir_all(&config.data)?;
        // Names that must stay hidden lie in here.
        vault::restrict(&config.data, 0o700)?;
        let store = Store::open(address)?;
        let keys = config.data.join("keys");
        let vault = Arc::new(if store.is_unused()? { Vault::make(&keys) } else { Vault::open(&keys) }?);
        let post = Post {
            vault: vault.clone(),
            public_url: site.public_url,
            coalition: site.coalition,
            timezone: site.timezone,
            kept: letters_kept,
        };
        Ok(Self { store, vault, post, clock: Clock::default() })
    }
}

impl App {
    pub fn open(config: &Config, port: u16, letters_shown: bool) -> Result<Arc<Self>, Broken> {
        let site = config.site(port, letters_shown)?;
        let office = Office::open(config, port, letters_shown)?;
        let ledger = Ledger::new(office.vault.log_seed(), site.host());
        let grants = Grants::new(&office.vault, &site.public_url)?;
        let shell =
            web::Data::new(Shell { store: office.store, clock: office.clock, post: office.post, site, throttle: Throttle::default() });
        let program: PathBuf = std::env::current_exe()?;
        let sockets = http::handles::connections_max() as u32;
        let hub = Hub::new(shell.clone(), drafting::Worker::start(program), drafting::Threads::start()?, sockets)?;
        let endings = Endings::default();
        let changes = Changes::default();
        hub.listens(endings.listen(), changes.listen());
        Ok(Arc::new(Self {
            shell,
            ledger: web::Data::new(ledger),
            grants: web::Data::new(grants),
            endings: web::Data::new(endings),
            changes: web::Data::new(changes),
            hub: web::Data::new(hub),
            sender: Sender { folder: config.data.join("letters"), from: config.mail_from.clone() },
        }))
    }

    /// Closes the rounds whose deadline has come, each by itself: one that cannot be closed keeps no other open.
    pub async fn close_due_rounds(&self) -> Attempt<()> {
        let now = self.shell.clock.now();
        // Looked at through the read door first, so that an idle server writes nothing.
        let due = self.shell.store.read(move |tx| signing::queries::due_rounds(tx, now)).await?;
        let mut outcome = Ok(());
        for round in due {
            let (post, ledger) = (self.shell.post.clone(), self.ledger.clone());
            let closed = self
                .shell
                .store
                .write(move |tx| signing::actions::rounds::close_due(tx, Means { post: &post, ledger: &ledger }, now, round));
            match closed.await {
                Ok(()) => tracing::info!(%round, "the clock closed a round"),
                Err(failure) => outcome = Err(failure),
            }
        }
        outcome
    }

    /// Keeps the texts of drafts that nobody has written in for a while, or that are long written in.
    pub async fn keep_versions(&self) -> Attempt<()> {
        self.hub.historian().sweep().await
    }

    pub async fn send_letters(&self) -> Attempt<()> {
        self.sender.sweep(&self.shell.store, &self.shell.post, &self.shell.clock).await.map(drop)
    }

    /// Everything a request may reach.
    pub fn routes(&self, config: &mut web::ServiceConfig) {
        config
            .app_data(self.shell.clone())
            .app_data(self.ledger.clone())
            .app_data(self.grants.clone())
            .app_data(self.endings.clone())
            .app_data(self.changes.clone())
            .app_data(self.hub.clone())
            .configure(|config| api::routes::routes(config, api::document()))
            .configure(accounts::routes::routes)
            .configure(organisations::routes::routes)
            .configure(overview::routes::routes)
            .configure(statements::routes::routes)
            .configure(remarks::routes::routes)
            .configure(suggestions::routes::routes)
            .configure(remarks::brackets::routes::routes)
            .configure(versions::routes::routes)
            .configure(drafting::routes::routes)
            .configure(signing::routes::routes)
            .configure(delivery::routes::routes)
            .service(http::spa::app)
            .service(http::spa::public_css)
            .service(http::spa::font)
            .service(http::spa::favicon);
        #[cfg(feature = "test-clock")]
        config.service(advance_clock).service(rooms_open);
    }
}

/// Moves the clock; in builds for tests only.
#[cfg(feature = "test-clock")]
#[actix_web::post("/test/clock")]
async fn advance_clock(here: Here, body: web::Json<std::collections::HashMap<String, i64>>) -> String {
    here.clock.advance(body.get("seconds").copied().unwrap_or(0));
    here.clock.now().to_string()
}

/// How many drafts are open; in builds for tests only.
#[cfg(feature = "test-clock")]
#[actix_web::get("/test/rooms")]
async fn rooms_open(hub: web::Data<Hub>) -> String {
    hub.rooms_open().to_string()
}
