//! Measures the drafting room beside its peers and the floor, all in one run on one machine, and writes one table. Figures of
//! different runs do not compare: the machine decides most of them.

mod client;
mod contender;
mod crowd;
mod floor;
mod machine;
mod marks;
mod report;
mod scenes;
mod table;
mod trace;
mod wire;

use clap::{Parser, Subcommand};
use contender::{Contender, Place};
use scenes::Scene;
use std::{
    io::BufRead,
    path::PathBuf,
    time::{Duration, Instant},
};
use table::Outcome;
use tokio::time::timeout;

/// The slowest, single updates of a long text, takes Hocuspocus a minute and a half.
const SCENE: Duration = Duration::from_secs(400);

pub type Fault = Box<dyn std::error::Error>;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Plays every scene with every contender.
    Run(Run),
    /// Clients that drive a server, as `run` orders them.
    Crowd,
    /// The relay that knows nothing.
    Floor { port: u16 },
}

#[derive(clap::Args)]
struct Run {
    /// The server that is measured.
    #[arg(long)]
    binary: PathBuf,
    #[arg(long)]
    y_sweet: PathBuf,
    /// Where servers keep their data meanwhile.
    #[arg(long)]
    data: PathBuf,
    /// What was measured from a key to the screen.
    #[arg(long)]
    keys: Option<PathBuf>,
    /// The file whose upper part is written anew. Without it the table is only printed.
    #[arg(long)]
    report: Option<PathBuf>,
    /// These scenes alone.
    #[arg(long)]
    only: Vec<Scene>,
    /// These contenders alone.
    #[arg(long)]
    with: Vec<Contender>,
    /// The commit the server was built from, when it is not the one checked out here.
    #[arg(long)]
    commit: Option<String>,
}

fn main() -> Result<(), Fault> {
    machine::take_all_handles();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let task = async {
        match Arguments::parse().command {
            Command::Run(run) => everything(run).await,
            Command::Crowd => join_in().await,
            Command::Floor { port } => floor::serve(port).await,
        }
    };
    tokio::task::LocalSet::new().block_on(&runtime, task)
}

async fn everything(run: Run) -> Result<(), Fault> {
    let hocuspocus = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/peers/hocuspocus/server.mjs"));
    std::fs::create_dir_all(&run.data)?;
    let place = Place { ours: run.binary.canonicalize()?, y_sweet: run.y_sweet, hocuspocus, data: run.data.canonicalize()? };
    let began = report::Began::now(run.commit.as_deref())?;
    let mut outcomes = Vec::new();
    for scene in scenes::ALL.into_iter().filter(|scene| run.only.is_empty() || run.only.contains(scene)) {
        // Side by side: one scene with all of them, then the next scene, so that each meets the machine in the same mood.
        for contender in contender::ALL.into_iter().filter(|it| run.with.is_empty() || run.with.contains(it)) {
            if !scene.makes_sense_for(contender) {
                continue;
            }
            eprint!("{scene:?}, {}: ", contender.name());
            let started = Instant::now();
            let figures = match timeout(SCENE, scene.played_by(contender, &place)).await {
                Ok(played) => played.map_err(|error| error.to_string()),
                Err(_) => Err(format!("not over after {} s", SCENE.as_secs())),
            };
            eprintln!(
                "{:.0} s{}",
                started.elapsed().as_secs_f64(),
                figures.as_ref().err().map(|why| format!(", failed: {why}")).unwrap_or_default()
            );
            outcomes.push(Outcome { scene, contender, figures });
        }
    }
    began.writes(&table::drawn(&outcomes), run.keys.as_deref(), run.report.as_deref())
}

async fn join_in() -> Result<(), Fault> {
    let mut lines = std::io::stdin().lock().lines();
    let order = serde_json::from_str(&lines.next().ok_or("no order")??)?;
    let seen = crowd::gather(order, || {
        println!("joined");
        lines.next().ok_or("nobody said when to begin")??;
        Ok(())
    })
    .await;
    match seen {
        Ok(seen) => println!("{}", serde_json::to_string(&seen)?),
        Err(error) => println!("{error}"),
    }
    Ok(())
}
