//! The composition root: settings become a store, keys, rooms; every room's routes and one OpenAPI document.

use std::{path::PathBuf, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    error::{InternalError, JsonPayloadError, PayloadError, UrlencodedError},
    get, web,
};
use utoipa::OpenApi;

use crate::{
    accounts::{self, Grants},
    config::Config,
    delivery, drafting,
    drafting::Hub,
    http::{self, Here, Problem, Shell, throttle::Throttle},
    kernel::{Clock, No, Refusal},
    ledger::Ledger,
    mail::{Post, sender::Sender},
    organisations, overview, signing,
    signing::Means,
    statements,
    store::{
        Attempt, Store,
        vault::{self, Vault},
    },
};

type Broken = Box<dyn std::error::Error + Send + Sync>;

/// A running instance without its listener.
pub struct App {
    pub shell: Here,
    pub ledger: web::Data<Ledger>,
    pub grants: web::Data<Grants>,
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
        let hub = Hub::new(shell.clone(), drafting::Worker::start(program));
        Ok(Arc::new(Self {
            shell,
            ledger: web::Data::new(ledger),
            grants: web::Data::new(grants),
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

    pub async fn send_letters(&self) -> Attempt<()> {
        self.sender.sweep(&self.shell.store, &self.shell.post, &self.shell.clock).await.map(drop)
    }

    /// Everything a request may reach.
    pub fn routes(&self, config: &mut web::ServiceConfig) {
        config
            .app_data(self.shell.clone())
            .app_data(self.ledger.clone())
            .app_data(self.grants.clone())
            .app_data(self.hub.clone())
            .app_data(json_config())
            .app_data(form_config())
            .app_data(web::PayloadConfig::new(organisations::limits::CSV_BYTES_MAX))
            .app_data(web::QueryConfig::default().error_handler(|error, _| refused(error, No::Malformed)))
            .configure(accounts::routes::routes)
            .configure(organisations::routes::routes)
            .configure(overview::routes::routes)
            .configure(statements::routes::routes)
            .configure(drafting::routes::routes)
            .configure(signing::routes::routes)
            .configure(delivery::routes::routes)
            .service(http::spa::app)
            .service(http::spa::public_css)
            .service(http::spa::font)
            .service(http::spa::favicon)
            .service(document)
            .service(healthz)
            .service(readyz)
            .default_service(web::to(nothing_here));
        #[cfg(feature = "test-clock")]
        config.service(advance_clock);
    }
}

/// The API as a document: every operation with its id and who may call it (`x-permit`).
pub fn api() -> utoipa::openapi::OpenApi {
    let mut api = Whole::openapi();
    for room in [
        accounts::routes::Api::openapi(),
        organisations::routes::me::Api::openapi(),
        organisations::routes::register::Api::openapi(),
        overview::routes::Api::openapi(),
        statements::routes::Api::openapi(),
        drafting::routes::Api::openapi(),
        signing::routes::rounds::Api::openapi(),
        signing::routes::asked::Api::openapi(),
        signing::routes::letters::Api::openapi(),
        signing::routes::codes::Api::openapi(),
        signing::routes::receipts::Api::openapi(),
        delivery::routes::Api::openapi(),
    ] {
        api.merge(room);
    }
    api
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Undersigned",
        description = "Write a joint statement together, collect sign-ons anyone can audit, deliver it.",
        license(name = "MIT OR Apache-2.0")
    ),
    paths(document, healthz, readyz),
    components(schemas(Problem))
)]
struct Whole;

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", operation_id = "showOpenapi",
    responses((status = 200, content_type = "application/json")), extensions(("x-permit" = json!("anyone"))))]
#[get("/api/openapi.json")]
async fn document() -> HttpResponse {
    HttpResponse::Ok().json(api())
}

/// The process answers.
#[utoipa::path(get, path = "/healthz", operation_id = "healthz",
    responses((status = 200, content_type = "text/plain")), extensions(("x-permit" = json!("anyone"))))]
#[get("/healthz")]
async fn healthz() -> &'static str {
    "ok"
}

/// The process can do its work: the database answers.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz",
    responses((status = 200, content_type = "text/plain"), (status = 503, content_type = "text/plain")), extensions(("x-permit" = json!("anyone"))))]
#[get("/readyz")]
async fn readyz(here: Here) -> HttpResponse {
    if here.store.is_ready().await {
        HttpResponse::Ok().body("ready")
    } else {
        HttpResponse::ServiceUnavailable().body("the database does not answer")
    }
}

async fn nothing_here(here: Here, request: HttpRequest) -> HttpResponse {
    let wants_page = !request.path().starts_with("/api/");
    if wants_page {
        let sentence = http::problem::sentence(&Refusal::new(No::NotFound), crate::words::Words::of("en"));
        let page = accounts::pages::error_page(&here.frame(), 404, &sentence, None);
        return HttpResponse::NotFound().content_type("text/html; charset=utf-8").body(page.into_string());
    }
    Problem::of(&Refusal::new(No::NotFound)).response()
}

/// Moves the clock; in builds for tests only.
#[cfg(feature = "test-clock")]
#[actix_web::post("/test/clock")]
async fn advance_clock(here: Here, body: web::Json<std::collections::HashMap<String, i64>>) -> HttpResponse {
    here.clock.advance(body.get("seconds").copied().unwrap_or(0));
    HttpResponse::Ok().body(here.clock.now().to_string())
}

fn json_config() -> web::JsonConfig {
    web::JsonConfig::default().limit(http::limits::JSON_BYTES_MAX).content_type_required(true).error_handler(|error, _| {
        let no = match &error {
            JsonPayloadError::ContentType => No::WrongContentType,
            JsonPayloadError::Overflow { .. }
            | JsonPayloadError::OverflowKnownLength { .. }
            | JsonPayloadError::Payload(PayloadError::Overflow) => No::TooLarge,
            _ => No::Malformed,
        };
        refused(error, no)
    })
}

fn form_config() -> web::FormConfig {
    web::FormConfig::default().limit(http::limits::FORM_BYTES_MAX).error_handler(|error, _| {
        let no = match &error {
            UrlencodedError::ContentType => No::WrongContentType,
            UrlencodedError::Overflow { .. } => No::TooLarge,
            _ => No::Malformed,
        };
        refused(error, no)
    })
}

fn refused(error: impl std::fmt::Debug + std::fmt::Display + 'static, no: No) -> actix_web::Error {
    let refusal = match no {
        No::WrongContentType => Refusal::new(no).with("wanted", "application/json"),
        No::TooLarge => Refusal::new(no).with("max", http::limits::JSON_BYTES_MAX),
        // serde's words name the field and the place; they hold nothing but what was sent.
        No::Malformed => Refusal::new(no).with("reason", error.to_string().chars().take(200).collect::<String>()),
        other => Refusal::new(other),
    };
    let response = Problem::of(&refusal).response();
    InternalError::from_response(error, response).into()
}
