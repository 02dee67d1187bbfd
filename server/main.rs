//! The command line.

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use undersigned::{admin, app::App, config::Config, demo, drafting, log::Log, serve};

/// Write a joint statement together, collect sign-ons anyone can audit, deliver it.
#[derive(Parser)]
#[command(name = "undersigned", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server
    Serve(Config),
    /// Run the server with a fictional coalition, and print the way in
    Demo {
        #[command(flatten)]
        config: Config,
        /// Play the whole job first and print the address of the published page
        #[arg(long)]
        finished: bool,
    },
    /// Check an evidence bundle or a receipt, offline. Exit 0: it holds; 1: it fails; 3: it holds, but no key was given
    Verify {
        /// The file, or - for standard input
        file: PathBuf,
        /// The log's public key, from a source you trust
        #[arg(long, value_name = "VKEY")]
        key: Option<String>,
    },
    /// Bring data in
    #[command(subcommand)]
    Import(Import),
    /// What only whoever runs the server may do
    #[command(subcommand)]
    Admin(Admin),
    /// Reads drafts for the server, in a process of its own that may be killed
    #[command(hide = true)]
    CrdtWorker,
}

#[derive(Subcommand)]
enum Import {
    /// A register of organisations, as CSV
    Organisations {
        file: PathBuf,
        #[command(flatten)]
        config: Config,
    },
}

#[derive(Subcommand)]
enum Admin {
    /// Make somebody a coordinator
    Coordinator {
        email: String,
        #[arg(long)]
        name: String,
        #[command(flatten)]
        config: Config,
    },
    /// Make drafts for measuring this server, and print the cookie of a session that may write in them. Not for one that
    /// people use
    Bench {
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..=10_000))]
        drafts: u16,
        #[command(flatten)]
        config: Config,
    },
    /// Print a sign-in link
    Link {
        email: String,
        #[command(flatten)]
        config: Config,
    },
}

type Broken = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(config) => run(&config, false, false),
        Command::Demo { config, finished } => run(&config, true, finished),
        Command::Verify { file, key } => return ExitCode::from(undersigned_evidence::cli::run(&file, key.as_deref()) as u8),
        Command::Import(Import::Organisations { file, config }) => admin::import(&config, &file).and_then(print),
        Command::Admin(Admin::Coordinator { email, name, config }) => admin::coordinator(&config, &email, &name).and_then(print),
        Command::Admin(Admin::Link { email, config }) => admin::link(&config, &email).and_then(print),
        Command::Admin(Admin::Bench { drafts, config }) => admin::bench(&config, drafts.into()).and_then(print),
        Command::CrdtWorker => return drafting::worker::run_child(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "undersigned: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What an operator's command answers. Where nobody takes it, the command has failed.
fn print(answer: String) -> Result<(), Broken> {
    Ok(writeln!(std::io::stdout(), "{answer}")?)
}

/// Serves, and ends the process.
#[actix_web::main]
async fn run(config: &Config, is_demo: bool, finished: bool) -> Result<(), Broken> {
    let log = Log::begin()?;
    let code = match start(config, is_demo, finished).await {
        Ok(()) => 0,
        Err(error) => {
            log.say(&format!("undersigned: {error}"));
            1
        }
    };
    log.flush();
    // Not by returning: the runtime would wait for whatever still asks a database that does not answer. Workers end with their input.
    std::process::exit(code)
}

async fn start(config: &Config, is_demo: bool, finished: bool) -> Result<(), Broken> {
    let door = serve::listen(config)?;
    let app = App::open(config, door.port()?, is_demo)?;
    let mut ways_in = String::new();
    if is_demo {
        demo::prepare(&app).await?;
        ways_in = demo::ways_in(&app).await?;
        if finished {
            ways_in += &format!("\nThe published page:\n{}\n", demo::finish(&app).await?);
        }
    }
    // A server that nobody listens to serves all the same.
    let _ = writeln!(std::io::stdout(), "{ways_in}Listening on {}", app.shell.site.public_url);
    serve::run(app, door).await
}
