//! Connections that have their document and then say nothing, five in a document: what each keeps in memory.

use crate::{
    Fault, client,
    contender::{Contender, Place},
    table::Figure,
};
use std::time::Duration;
use tokio::time::sleep;

const SEATS: usize = 5;

pub async fn connections(contender: Contender, place: &Place, count: usize) -> Result<Vec<Figure>, Fault> {
    let mut house = contender.house(place, count / SEATS).await?;
    let server = house.opens().await?;
    let drafts = house.fresh(count / SEATS);
    // What a first client wakes up is not each one's.
    drop(client::join(&server.door, &drafts[0]).await?);
    sleep(Duration::from_millis(500)).await;
    let before = server.spent();
    let joined = client::join_all(&server.door, &drafts, SEATS, SEATS).await?;
    sleep(Duration::from_secs(3)).await;
    let after = server.spent();
    server.loses_power().await?;
    drop(joined);
    let kib = after.memory_kib.saturating_sub(before.memory_kib) as f64 / count as f64;
    let joining = (after.cpu_seconds - before.cpu_seconds) * 1e6 / count as f64;
    Ok(vec![Figure::noted(kib, format!("{} → {} MB; joining {joining:.0} us", before.memory_kib / 1024, after.memory_kib / 1024))])
}
