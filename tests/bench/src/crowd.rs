//! A crowd: one process in which many clients sit in many rooms, some of them writing at a steady pace. Several such processes
//! drive a server together. A crowd reads its order from the first line of its input, says when everybody has joined, and begins at
//! the next line; then it says what it saw.

use crate::{
    Fault,
    client::{self, Joined},
    contender::Door,
    marks::{self, Mark, Pen},
    wire,
};
use futures_util::SinkExt;
use serde::{Deserialize, Serialize};
use std::{
    cell::RefCell,
    collections::BTreeMap,
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::{
    sync::watch,
    task::spawn_local,
    time::{sleep, sleep_until},
};
use tokio_tungstenite::tungstenite::Message;

#[derive(Clone, Serialize, Deserialize)]
pub struct Order {
    pub door: Door,
    pub rooms: Vec<String>,
    /// In each room; writers read, too.
    pub readers: usize,
    pub writers: usize,
    /// Of each writer.
    pub updates_per_second: f64,
    pub seconds: f64,
}

#[derive(Default, Serialize, Deserialize)]
pub struct Seen {
    pub sent: u64,
    pub delivered: u64,
    pub expected: u64,
    /// How many deliveries took so many hundredths of a millisecond.
    pub hundredths: BTreeMap<u64, u64>,
    pub closed: BTreeMap<String, u64>,
    /// Updates that were written more than 20 ms late: the crowd itself was too slow.
    pub late: u64,
}

impl Seen {
    pub fn joins(&mut self, other: Seen) {
        self.sent += other.sent;
        self.delivered += other.delivered;
        self.expected += other.expected;
        self.late += other.late;
        for (hundredths, count) in other.hundredths {
            *self.hundredths.entry(hundredths).or_default() += count;
        }
        for (reason, count) in other.closed {
            *self.closed.entry(reason).or_default() += count;
        }
    }

    /// The time within which this share of the deliveries came, in milliseconds.
    pub fn millis(&self, share: f64) -> f64 {
        let mut left = (self.delivered as f64 * share).ceil() as u64;
        for (hundredths, count) in &self.hundredths {
            if *count >= left {
                return *hundredths as f64 / 100.0;
            }
            left -= count;
        }
        f64::INFINITY
    }
}

const LATE: Duration = Duration::from_millis(20);
/// After so long without a delivery nothing more is waited for.
const QUIET: Duration = Duration::from_secs(3);
/// … and after so long nothing, whatever still comes.
const PATIENCE: Duration = Duration::from_secs(8);

pub async fn gather(order: Order, begin: impl FnOnce() -> Result<(), Fault>) -> Result<Seen, Fault> {
    let seats = order.readers + order.writers;
    let joined = client::join_all(&order.door, &order.rooms, seats, order.writers).await?;
    begin()?;
    let seen = Rc::new(RefCell::new(Seen::default()));
    let (stop, stopped) = watch::channel(());
    let start = Instant::now() + Duration::from_millis(100);
    let period = Duration::from_secs_f64(1.0 / order.updates_per_second);
    let salt = std::process::id().wrapping_mul(2_654_435_761);
    for (number, (seat, client)) in joined.into_iter().enumerate() {
        let writes = (seat < order.writers).then(|| Writing {
            // Spread over the period as evenly as any number of writers can be: by the golden ratio.
            next: start + period.mul_f64((number as f64 * 0.618_033_988_75).fract()),
            end: start + Duration::from_secs_f64(order.seconds),
            period,
            pen: Pen::new(salt.wrapping_add(number as u32 * 7919)),
        });
        spawn_local(sits(client, number as u16, writes, seen.clone(), stopped.clone()));
    }
    sleep(start + Duration::from_secs_f64(order.seconds) + period.min(Duration::from_secs(1)) - Instant::now()).await;
    let (mut heard, mut changed, written) = (0, Instant::now(), Instant::now());
    loop {
        let (delivered, sent) = { (seen.borrow().delivered, seen.borrow().sent) };
        if delivered >= sent * (seats as u64 - 1) || changed.elapsed() > QUIET || written.elapsed() > PATIENCE {
            break;
        }
        if delivered != heard {
            (heard, changed) = (delivered, Instant::now());
        }
        sleep(Duration::from_millis(20)).await;
    }
    let mut seen = seen.take();
    seen.expected = seen.sent * (seats as u64 - 1);
    drop(stop);
    Ok(seen)
}

struct Writing {
    next: Instant,
    end: Instant,
    period: Duration,
    pen: Pen,
}

async fn sits(client: Joined, me: u16, mut writes: Option<Writing>, seen: Rc<RefCell<Seen>>, mut stopped: watch::Receiver<()>) {
    let Joined { mut socket, framing, draft, .. } = client;
    let mut number = 0;
    loop {
        let due = writes.as_ref().map(|writing| writing.next);
        tokio::select! {
            biased;
            frame = client::next(&mut socket) => match frame {
                Ok(frame) => match framing.read(&frame) {
                    wire::Message::Change(update) | wire::Message::WhatYouLack(update) => marks::in_bytes(update, |mark| {
                        if mark.writer != me {
                            let mut seen = seen.borrow_mut();
                            seen.delivered += 1;
                            *seen.hundredths.entry(mark.age_micros() / 10).or_default() += 1;
                        }
                    }),
                    wire::Message::WhatIHave => drop(socket.send(Message::binary(framing.answers_nothing(&draft))).await),
                    _ => {}
                },
                Err(reason) => {
                    *seen.borrow_mut().closed.entry(reason.to_string()).or_default() += 1;
                    return;
                }
            },
            () = async { sleep_until(due.expect("somebody writes").into()).await }, if due.is_some() => {
                let Some(writing) = writes.as_mut().filter(|writing| writing.next < writing.end) else {
                    writes = None;
                    continue;
                };
                let update = writing.pen.writes(Mark::now(me, number), 0);
                number += 1;
                // A socket that fails is met again where it is read, with its reason.
                if socket.send(Message::binary(framing.change(&draft, &update))).await.is_ok() {
                    let mut seen = seen.borrow_mut();
                    seen.sent += 1;
                    seen.late += u64::from(writing.next.elapsed() > LATE);
                }
                writing.next += writing.period;
            }
            _ = stopped.changed() => return,
        }
    }
}
