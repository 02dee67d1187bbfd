//! A real text of 105,000 letters, written in 259,778 edits: taken in one by one, opened after a restart, and joined while it grows.

use crate::{
    Fault,
    client::{self, Joined},
    contender::{Contender, Door, Place, Server},
    table::Figure,
    trace::{Trace, text_of},
    wire,
};
use futures_util::{SinkExt, StreamExt};
use std::{
    cell::Cell,
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::{
    task::spawn_local,
    time::{sleep, timeout},
};
use tokio_tungstenite::tungstenite::Message;

/// y-sweet goes through its whole document at each update, so the whole trace would take it an hour.
const Y_SWEET_EDITS: usize = 20_000;
/// … and what it opens, it was given in pieces of so many edits.
const Y_SWEET_BATCH: usize = 200;
/// Merging and storing what was taken belongs to taking it.
const AFTERWARDS: Duration = Duration::from_secs(4);
const TAKING_SECONDS_MAX: u64 = 240;
const ASKING_AGAIN: Duration = Duration::from_secs(5);
const RESTARTS: usize = 5;

pub async fn load(contender: Contender, place: &Place) -> Result<Vec<Figure>, Fault> {
    let (trace, note) = edits_for(contender)?;
    let mut house = contender.house(place, 1).await?;
    let server = house.opens().await?;
    let draft = house.fresh(1).remove(0);
    let (before, began) = (server.spent(), Instant::now());
    let peak = Peak::watches(&server);
    write(&server.door, &draft, &trace, None).await?;
    let seconds = began.elapsed().as_secs_f64();
    sleep(AFTERWARDS).await;
    let (after, peak) = (server.spent(), peak.kib());
    let document = client::join(&server.door, &draft).await?.document;
    server.stops().await?;
    same(&text_of(&document)?, &trace.text()?)?;
    let micros = (after.cpu_seconds - before.cpu_seconds) * 1e6 / trace.updates.len() as f64;
    let mb = |kib: u64| kib as f64 / 1024.0;
    let memory = format!("{:.0} → {:.0}, at most {:.0}", mb(before.memory_kib), mb(after.memory_kib), mb(peak));
    let grown = mb(after.memory_kib.saturating_sub(before.memory_kib));
    Ok(vec![Figure::noted(micros, format!("{seconds:.0} s{note}")), Figure::noted(grown, memory)])
}

pub async fn opening(contender: Contender, place: &Place) -> Result<Vec<Figure>, Fault> {
    let trace = match contender {
        Contender::YSweet => Trace::in_batches(Y_SWEET_BATCH)?,
        _ => Trace::whole()?,
    };
    let mut house = contender.house(place, 1).await?;
    let server = house.opens().await?;
    let draft = house.fresh(1).remove(0);
    write(&server.door, &draft, &trace, None).await?;
    sleep(AFTERWARDS).await;
    server.stops().await?;
    let text = trace.text()?;
    let (mut first, mut second) = (vec![], vec![]);
    for _ in 0..RESTARTS {
        let server = house.opens().await?;
        for millis in [&mut first, &mut second] {
            let client = client::join(&server.door, &draft).await?;
            millis.push(client.millis);
            same(&text_of(&client.document)?, &text)?;
        }
        server.stops().await?;
    }
    Ok(vec![Figure::of_runs(first), Figure::of_runs(second)])
}

/// Somebody joins when three fifths are written, and reads to the end.
pub async fn joining(contender: Contender, place: &Place) -> Result<Vec<Figure>, Fault> {
    let (trace, note) = edits_for(contender)?;
    let mut house = contender.house(place, 1).await?;
    let server = house.opens().await?;
    let draft = house.fresh(1).remove(0);
    let joins = trace.updates.len() * 3 / 5;
    let (door, to_join) = (server.door.clone(), draft.clone());
    let (begin, begun) = tokio::sync::oneshot::channel();
    let joiner = spawn_local(async move {
        begun.await?;
        let mut client = client::join(&door, &to_join).await?;
        let mut parts = std::mem::take(&mut client.document);
        let quiet = Duration::from_secs(5);
        while let Ok(frame) = timeout(quiet, client::next(&mut client.socket)).await {
            if let wire::Message::Change(update) | wire::Message::WhatYouLack(update) = client.framing.read(&frame?) {
                parts.push(update.to_vec());
            }
        }
        Ok::<_, Fault>((client.millis, parts))
    });
    write(&server.door, &draft, &trace, Some((joins, begin))).await?;
    let (millis, parts) = joiner.await??;
    server.stops().await?;
    same(&text_of(&parts)?, &trace.text()?).map_err(|why| format!("joined after {millis:.0} ms, then {why}"))?;
    Ok(vec![Figure::noted(millis, format!("whole{note}"))])
}

fn same(came: &str, written: &str) -> Result<(), Fault> {
    if came == written {
        return Ok(());
    }
    let alike = came.bytes().zip(written.bytes()).take_while(|(one, other)| one == other).count();
    Err(format!("another text: {} letters of {}, alike up to {alike}", came.len(), written.len()).into())
}

fn edits_for(contender: Contender) -> Result<(Trace, String), Fault> {
    match contender {
        Contender::YSweet => Ok((Trace::first(Y_SWEET_EDITS)?, format!(", the first {Y_SWEET_EDITS} edits"))),
        _ => Ok((Trace::whole()?, String::new())),
    }
}

/// Writes every update in a message of its own, as fast as the server reads, and comes back once it has taken all. At the update
/// with the number it is given, it says so.
async fn write(door: &Door, draft: &str, trace: &Trace, tells: Option<(usize, tokio::sync::oneshot::Sender<()>)>) -> Result<(), Fault> {
    let Joined { socket, framing, draft, .. } = client::join(&door.with_acknowledgements(), draft).await?;
    let (mut sink, mut stream) = socket.split();
    let asked = Rc::new(Cell::new(false));
    let asks = asked.clone();
    let reader = spawn_local(async move {
        let mut committed = None;
        loop {
            let frame = client::next(&mut stream).await.map_err(|why| match committed {
                Some(count) => format!("{why}, with {count} updates committed").into(),
                None => why,
            })?;
            match framing.read(&frame) {
                wire::Message::WhatYouLack(_) if asks.get() => return Ok::<_, Fault>((committed, stream)),
                wire::Message::Committed(count) => committed = Some(count),
                _ => {}
            }
        }
    });
    let mut tells = tells;
    for (number, update) in trace.updates.iter().enumerate() {
        if sink.send(Message::binary(framing.change(&draft, update))).await.is_err() {
            break; // its reader knows why
        }
        if tells.as_ref().is_some_and(|(at, _)| *at == number)
            && let Some((_, say)) = tells.take()
        {
            let _ = say.send(());
        }
    }
    asked.set(true);
    // y-sweet drops what it would say to somebody who writes fast, the answer to this as well, so it is asked again.
    let asking = spawn_local(async move {
        while sink.send(Message::binary(framing.asks_for_all(&draft))).await.is_ok() {
            sleep(ASKING_AGAIN).await;
        }
    });
    let patience = Duration::from_secs(TAKING_SECONDS_MAX);
    let taken = timeout(patience, reader).await;
    asking.abort();
    let (committed, mut stream) = taken.map_err(|_| format!("not taken within {TAKING_SECONDS_MAX} s"))???;
    // Who acknowledges at all has acknowledged all of it in the end.
    while committed.is_some_and(|count| count < trace.updates.len() as u64) {
        let frame = timeout(patience, client::next(&mut stream)).await??;
        if let wire::Message::Committed(count) = framing.read(&frame)
            && count >= trace.updates.len() as u64
        {
            break;
        }
    }
    Ok(())
}

/// The most memory a server held while it was watched.
struct Peak(Rc<Cell<u64>>, tokio::task::JoinHandle<()>);

impl Peak {
    fn watches(server: &Server) -> Peak {
        let (kib, pid) = (Rc::new(Cell::new(0)), server.pid);
        let most = kib.clone();
        let watching = spawn_local(async move {
            loop {
                most.set(most.get().max(crate::machine::tree(pid).memory_kib));
                sleep(Duration::from_millis(200)).await;
            }
        });
        Peak(kib, watching)
    }

    fn kib(self) -> u64 {
        self.1.abort();
        self.0.get()
    }
}
