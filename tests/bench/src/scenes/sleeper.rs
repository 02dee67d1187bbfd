//! Somebody stops reading, as a laptop that is closed, while 30,000 updates are written; then reads again. What it costs the server,
//! and whether the one who slept has everything in the end.

use crate::{
    Fault,
    client::{self, Joined},
    contender::{Contender, Place},
    marks::{self, Mark, Pen},
    table::Figure,
    wire,
};
use futures_util::{SinkExt, StreamExt};
use std::{
    cell::RefCell,
    collections::HashSet,
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::{
    task::spawn_local,
    time::{sleep, sleep_until, timeout},
};
use tokio_tungstenite::tungstenite::Message;

const UPDATES: u32 = 30_000;
const UPDATES_PER_SECOND: f64 = 3000.0;
/// With its mark an update writes a hundred letters.
const PADDING: usize = 77;
/// Who never slept has everything by then.
const HEARING: Duration = Duration::from_secs(40);
const WAKING: Duration = Duration::from_secs(10);

/// What it costs more that somebody sleeps than that everybody reads on; and what the sleeper lacks in the end.
pub async fn stops_reading(contender: Contender, place: &Place) -> Result<Vec<Figure>, Fault> {
    let [awake, asleep] = [written(contender, place, false).await?, written(contender, place, true).await?];
    let mb = |kib: u64| kib as f64 / 1024.0;
    let told = |run: &Run| format!("{:.0} → {:.0}", mb(run.before), mb(run.most));
    let more = mb(asleep.most - asleep.before) - mb(awake.most - awake.before);
    let grown = Figure::noted(more, format!("{}; {} where everybody reads", told(&asleep), told(&awake)));
    Ok(vec![grown, Figure::noted(f64::from(UPDATES) - asleep.woken as f64, asleep.note)])
}

struct Run {
    /// What the server held, KiB.
    before: u64,
    most: u64,
    /// How many updates the second reader has in the end.
    woken: usize,
    note: String,
}

async fn written(contender: Contender, place: &Place, sleeps: bool) -> Result<Run, Fault> {
    let mut house = contender.house(place, 1).await?;
    let server = house.opens().await?;
    let draft = house.fresh(1).remove(0);
    let Joined { socket, framing, .. } = client::join(&server.door, &draft).await?;
    let second = client::join_narrowly(&server.door, &draft).await?;
    let awake = client::join(&server.door, &draft).await?;
    let (mut sink, mut own) = socket.split();
    let reader = spawn_local(async move { while client::next(&mut own).await.is_ok() {} });
    let heard = Rc::new(RefCell::new(HashSet::new()));
    let mut listeners = vec![spawn_local(listens(awake, heard.clone()))];
    let mut sleeper = None;
    if sleeps {
        sleeper = Some(second);
    } else {
        listeners.push(spawn_local(listens(second, Rc::default())));
    }

    let before = server.spent().memory_kib;
    let mut most = before;
    let mut pen = Pen::new(std::process::id());
    let began = Instant::now();
    for number in 0..UPDATES {
        sleep_until((began + Duration::from_secs_f64(f64::from(number) / UPDATES_PER_SECOND)).into()).await;
        let update = pen.writes(Mark::now(1, number), PADDING);
        sink.send(Message::binary(framing.change(&draft, &update))).await.map_err(|error| format!("the writer, at {number}: {error}"))?;
        if number % 500 == 0 {
            most = most.max(server.spent().memory_kib);
        }
    }
    let waited = Instant::now();
    while heard.borrow().len() < UPDATES as usize && waited.elapsed() < HEARING {
        sleep(Duration::from_millis(50)).await;
        most = most.max(server.spent().memory_kib);
    }
    if heard.borrow().len() < UPDATES as usize {
        return Err(format!("who never slept heard {} of {UPDATES}", heard.borrow().len()).into());
    }
    let (mut woken, mut note) = (HashSet::new(), String::from("on the same connection"));
    if let Some(mut sleeper) = sleeper {
        // The document it joined with is empty; from here on it reads as fast as it can.
        let closed = loop {
            match timeout(WAKING, client::next(&mut sleeper.socket)).await {
                Err(_) => break None,
                Ok(Err(reason)) => break Some(reason.to_string()),
                Ok(Ok(frame)) => collect(framing.read(&frame), &mut woken),
            }
            most = most.max(if woken.len() % 1000 == 0 { server.spent().memory_kib } else { 0 });
            if woken.len() == UPDATES as usize {
                break None;
            }
        };
        if let Some(reason) = closed {
            note = format!("after {reason}, on a new connection");
            for part in client::join(&server.door, &draft).await?.document {
                marks::in_bytes(&part, |mark| {
                    woken.insert(mark.number);
                });
            }
        }
    }
    reader.abort();
    listeners.iter().for_each(|listener| listener.abort());
    server.stops().await?;
    Ok(Run { before, most, woken: woken.len(), note })
}

async fn listens(mut client: Joined, heard: Rc<RefCell<HashSet<u32>>>) {
    while let Ok(frame) = client::next(&mut client.socket).await {
        collect(client.framing.read(&frame), &mut heard.borrow_mut());
    }
}

fn collect(message: wire::Message, numbers: &mut HashSet<u32>) {
    if let wire::Message::Change(update) | wire::Message::WhatYouLack(update) = message {
        marks::in_bytes(update, |mark| {
            numbers.insert(mark.number);
        });
    }
}
