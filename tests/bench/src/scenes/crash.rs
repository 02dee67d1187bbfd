//! 200 updates at a hundred a second; the server is killed at the moment the last is sent. What somebody else had seen by then must
//! still be there when it is started again.

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
    collections::HashSet,
    time::{Duration, Instant},
};
use tokio::{
    task::spawn_local,
    time::{sleep_until, timeout},
};
use tokio_tungstenite::tungstenite::Message;

const RUNS: usize = 10;
const UPDATES: u32 = 200;
const UPDATES_PER_SECOND: f64 = 100.0;
/// Some servers answer before they have read what they keep.
const LATE: Duration = Duration::from_millis(1500);

pub async fn killed(contender: Contender, place: &Place) -> Result<Vec<Figure>, Fault> {
    let mut house = contender.house(place, RUNS).await?;
    let (mut worst, mut lost, mut seen) = (0, 0, 0);
    for _ in 0..RUNS {
        let draft = house.fresh(1).remove(0);
        let server = house.opens().await?;
        let Joined { socket, framing, .. } = client::join(&server.door, &draft).await?;
        let mut other = client::join(&server.door, &draft).await?;
        let (mut sink, mut own) = socket.split();
        spawn_local(async move { while client::next(&mut own).await.is_ok() {} });
        let watching = spawn_local(async move {
            let mut numbers = HashSet::new();
            while let Ok(frame) = client::next(&mut other.socket).await {
                numbers.extend(numbers_in(framing.read(&frame)));
            }
            numbers
        });
        let mut pen = Pen::new(std::process::id());
        let began = Instant::now();
        for number in 0..UPDATES {
            sleep_until((began + Duration::from_secs_f64(f64::from(number) / UPDATES_PER_SECOND)).into()).await;
            sink.send(Message::binary(framing.change(&draft, &pen.writes(Mark::now(1, number), 0)))).await?;
        }
        server.loses_power().await?;
        let relayed = watching.await?;

        let server = house.opens().await?;
        let mut reader = client::join(&server.door, &draft).await?;
        let mut kept = HashSet::new();
        for part in &reader.document {
            marks::in_bytes(part, |mark| {
                kept.insert(mark.number);
            });
        }
        let _ = timeout(LATE, async {
            while let Ok(frame) = client::next(&mut reader.socket).await {
                kept.extend(numbers_in(framing.read(&frame)));
            }
        })
        .await;
        server.stops().await?;
        let missing = relayed.difference(&kept).count();
        (worst, lost, seen) = (worst.max(missing), lost + missing, seen + relayed.len());
    }
    Ok(vec![Figure::noted(worst as f64, format!("in {RUNS} runs {lost} of {seen}"))])
}

fn numbers_in(message: wire::Message) -> Vec<u32> {
    let mut numbers = Vec::new();
    if let wire::Message::Change(update) | wire::Message::WhatYouLack(update) = message {
        marks::in_bytes(update, |mark| numbers.push(mark.number));
    }
    numbers
}
