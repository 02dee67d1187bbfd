//! Many clients, some writing: what a delivery costs, how long it takes, how much a server carries. The clients are processes of
//! their own, so that the runner is free to watch.

use crate::{
    Fault,
    contender::{Contender, Place, Server},
    crowd::{Order, Seen},
    table::Figure,
};
use std::process::Stdio;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

const ROOMS: usize = 100;
const SECONDS: f64 = 6.0;
const RAMP_SECONDS: f64 = 4.0;
/// A sound server answers within this; one that does not has found its limit.
const RAMP_MILLIS_MAX: f64 = 100.0;
const RAMP_BEGINS: f64 = 1000.0;
const RAMP_FACTOR: f64 = 1.5;
const RAMP_STEPS_MAX: usize = 10;
/// Enough that no client process is the limit on two cores.
const RAMP_CROWDS: usize = 4;

/// One writes ten times a second, all others read.
pub async fn fan_out(contender: Contender, place: &Place, readers: usize, runs: usize) -> Result<Vec<Figure>, Fault> {
    let mut house = contender.house(place, runs).await?;
    let server = house.opens().await?;
    let mut measured = Vec::new();
    for _ in 0..runs {
        let order =
            Order { door: server.door.clone(), rooms: house.fresh(1), readers, writers: 1, updates_per_second: 10.0, seconds: SECONDS };
        measured.push(drive(&server, vec![order]).await?.whole()?);
    }
    server.stops().await?;
    let of = |value: &dyn Fn(&Driven) -> f64| Figure::of_runs(measured.iter().map(value).collect());
    Ok(vec![of(&|run| run.cpu_micros / run.seen.delivered as f64), of(&|run| run.seen.millis(0.5)), of(&|run| run.seen.millis(0.99))])
}

/// A hundred rooms in which five write once a second each, all to one another.
pub async fn rooms(contender: Contender, place: &Place) -> Result<Vec<Figure>, Fault> {
    const RUNS: usize = 3;
    let mut house = contender.house(place, ROOMS * RUNS).await?;
    let server = house.opens().await?;
    let mut measured = Vec::new();
    for _ in 0..RUNS {
        let order = Order {
            door: server.door.clone(),
            rooms: house.fresh(ROOMS),
            readers: 0,
            writers: 5,
            updates_per_second: 1.0,
            seconds: SECONDS,
        };
        measured.push(drive(&server, vec![order]).await?.whole()?);
    }
    server.stops().await?;
    let of = |value: &dyn Fn(&Driven) -> f64| Figure::of_runs(measured.iter().map(value).collect());
    Ok(vec![of(&|run| run.cpu_micros / run.seen.sent as f64), of(&|run| run.seen.millis(0.5)), of(&|run| run.seen.millis(0.99))])
}

/// The same rooms at a pace that grows by half, until somebody waits too long.
pub async fn ramp(contender: Contender, place: &Place) -> Result<Vec<Figure>, Fault> {
    let mut house = contender.house(place, ROOMS * RAMP_STEPS_MAX).await?;
    let server = house.opens().await?;
    let (mut best, mut stopped_by) = (None, String::from("was not stopped"));
    let mut pace = RAMP_BEGINS;
    for _ in 0..RAMP_STEPS_MAX {
        let orders = (0..RAMP_CROWDS).map(|_| Order {
            door: server.door.clone(),
            rooms: house.fresh(ROOMS / RAMP_CROWDS),
            readers: 0,
            writers: 5,
            updates_per_second: pace / (ROOMS * 5) as f64,
            seconds: RAMP_SECONDS,
        });
        let step = drive(&server, orders.collect()).await?;
        let (sent, p99) = (step.seen.sent as f64 / RAMP_SECONDS, step.seen.millis(0.99));
        eprintln!(
            "    {pace:.0}/s: sent {sent:.0}/s, p99 {p99:.1} ms, {:.0} us of CPU each, {} late",
            step.cpu_micros / step.seen.sent as f64,
            step.seen.late
        );
        if let Err(reason) = step.is_whole() {
            stopped_by = reason;
            break;
        }
        if p99 >= RAMP_MILLIS_MAX {
            stopped_by = format!("{p99:.0} ms at {sent:.0}");
            break;
        }
        best = Some((sent, p99, step.cpu_micros / step.seen.sent as f64));
        pace *= RAMP_FACTOR;
    }
    server.stops().await?;
    let (sent, p99, micros) = best.ok_or_else(|| format!("not even {RAMP_BEGINS:.0}: {stopped_by}"))?;
    Ok(vec![Figure::noted(sent, format!("p99 {p99:.0} ms, {micros:.0} us; then {stopped_by}"))])
}

struct Driven {
    seen: Seen,
    cpu_micros: f64,
}

impl Driven {
    fn is_whole(&self) -> Result<(), String> {
        match self.seen.closed.iter().next() {
            Some((reason, count)) => Err(format!("{count} × {reason}")),
            None if self.seen.delivered < self.seen.expected => {
                Err(format!("{} of {} deliveries came", self.seen.delivered, self.seen.expected))
            }
            None => Ok(()),
        }
    }

    fn whole(self) -> Result<Driven, Fault> {
        self.is_whole()?;
        Ok(self)
    }
}

/// All crowds begin when the last has joined; the server is watched until the last delivery.
async fn drive(server: &Server, orders: Vec<Order>) -> Result<Driven, Fault> {
    let mut crowds = Vec::new();
    for order in orders {
        crowds.push(Crowd::gathers(&order).await?);
    }
    for crowd in &mut crowds {
        crowd.has_joined().await?;
    }
    let before = server.spent();
    for crowd in &mut crowds {
        crowd.input.write_all(b"begin\n").await?;
    }
    let mut seen = Seen::default();
    for crowd in &mut crowds {
        seen.joins(serde_json::from_str(&crowd.line().await?)?);
    }
    let cpu_micros = (server.spent().cpu_seconds - before.cpu_seconds) * 1e6;
    for mut crowd in crowds {
        crowd.process.wait().await?;
    }
    Ok(Driven { seen, cpu_micros })
}

struct Crowd {
    process: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Crowd {
    async fn gathers(order: &Order) -> Result<Crowd, Fault> {
        let mut process =
            Command::new(std::env::current_exe()?).arg("crowd").stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let mut input = process.stdin.take().ok_or("a crowd has no input")?;
        let output = BufReader::new(process.stdout.take().ok_or("a crowd has no output")?).lines();
        input.write_all((serde_json::to_string(order)? + "\n").as_bytes()).await?;
        Ok(Crowd { process, input, output })
    }

    async fn has_joined(&mut self) -> Result<(), Fault> {
        match self.line().await?.as_str() {
            "joined" => Ok(()),
            other => Err(other.into()),
        }
    }

    async fn line(&mut self) -> Result<String, Fault> {
        Ok(self.output.next_line().await?.ok_or("a crowd ended early")?)
    }
}
