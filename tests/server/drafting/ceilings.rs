//! What one person may bring into a draft within a day, however often they leave and come back.

use undersigned::drafting::limits::{PERSON_CLIENTS_PER_DAY, ROOM_IDLE_SECONDS};

use super::{AJO, BCAP, a_draft, writer};

/// An update in which so many new clients write a letter each, at the beginning of a text.
fn many(first: u32, count: usize) -> Vec<u8> {
    let number = |mut number: u32, to: &mut Vec<u8>| {
        while number >= 0x80 {
            to.push(number as u8 | 0x80);
            number >>= 7;
        }
        to.push(number as u8);
    };
    let mut to = Vec::new();
    number(count as u32, &mut to);
    for client in first..first + count as u32 {
        to.push(1);
        number(client, &mut to);
        to.extend(b"\0\x04\x01\x05draft\x01x");
    }
    to.push(0);
    to
}

both_databases! {
    async fn who_leaves_and_comes_back_brings_no_more_into_a_draft_that_day(world) {
        let (_, id) = a_draft(world).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.sends_update(&many(5000, PERSON_CLIENTS_PER_DAY)).await;
        ben.is_acknowledged().await;
        drop(ben);
        world.eventually("the room is closed", async || {
            world.advance(ROOM_IDLE_SECONDS as i64).await;
            (world.rooms_open().await == 0).then_some(())
        }).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.sends_update(&many(9000, 1)).await;
        assert_eq!(ben.closing().await, (4429, "too-many-pages".into()));
        // Others have their own day, and everybody has the next.
        let mut cleo = writer(world, BCAP, &id).await;
        cleo.types("still here ").await;
        cleo.is_acknowledged().await;
        drop(cleo);
        world.advance(24 * 3600).await;
        let mut ben = writer(world, AJO, &id).await;
        ben.sends_update(&many(9000, 1)).await;
        ben.is_acknowledged().await;
    }
}
