use std::path::PathBuf;

use diesel::connection::SimpleConnection;

use super::super::{head, insert, keep_base, read};
use super::*;
use crate::accounts::{self, PersonRow, set_coordinator, upsert_person};
use crate::drafting::base::Base;
use crate::kernel::{Clock, secret::random};
use crate::statements::actions::{Start, start};
use crate::store::{Address, Store};

/// A draft with a long journal.
struct Shelf {
    store: Store,
    statement: StatementId,
    folder: PathBuf,
}

const ENTRIES: u64 = 11_000;

impl Shelf {
    /// Written by seven people in the name of two organisations, one entry a second, each of some bytes.
    async fn filled(entries: u64, body: fn(u64) -> Vec<u8>) -> Shelf {
        let folder = std::env::temp_dir().join(format!("undersigned-segments-{}", StatementId::new()));
        let store = Store::open(Address::Sqlite(folder.join("undersigned.db"))).unwrap();
        let now = Clock::default().now();
        let organisations = [None, Some(OrganisationId::from_bytes(random())), Some(OrganisationId::from_bytes(random()))];
        let started = store.write(move |tx| {
            let (ana, _) = upsert_person(tx, &PersonRow { name: "Ana", email: "ana@riverside.example", title: "" }, now)?;
            set_coordinator(tx, ana)?;
            let secret = accounts::actions::session_for(tx, now, "ana@riverside.example")?;
            let caller = accounts::caller(tx, Some(secret.hash()), now)?;
            let ask = Start { title: "Keep the library open".into(), language: "en".into(), forum: String::new() };
            let statement = start(tx, &caller, now, &ask)?.id;
            for seq in 1..=entries {
                let (person, organisation) = (PersonKey(u128::from(seq % 7) << 64), organisations[(seq % 3) as usize]);
                let entry = JournalEntry { seq, person, organisation, update: body(seq).into() };
                insert(tx, statement, &entry, now.plus_seconds(seq as i64))?;
            }
            Ok(statement)
        });
        Shelf { statement: started.await.unwrap(), store, folder }
    }

    async fn all(&self) -> Vec<Kept> {
        self.read_from(0).await.unwrap()
    }

    async fn read_from(&self, from: u64) -> Attempt<Vec<Kept>> {
        let id = self.statement;
        let read = self.store.read(move |tx| {
            let mut all = Vec::new();
            each(tx, id, from, |kept| all.push(kept))?;
            Ok(all)
        });
        read.await
    }

    /// Puts away until nothing more goes; answers how many segments that made.
    async fn puts_away(&self, upto: u64) -> usize {
        let id = self.statement;
        let mut made = 0;
        while self.store.write(move |tx| put_away(tx, id, upto)).await.unwrap() {
            made += 1;
        }
        made
    }

    async fn rows(&self) -> i64 {
        let id = self.statement;
        self.store.read(move |tx| Ok(draft_updates::table.filter(draft_updates::statement.eq(id)).count().get_result(tx)?)).await.unwrap()
    }

    async fn runs(&self, sql: &'static str) -> Attempt<()> {
        self.store.write(move |tx| Ok(tx.batch_execute(sql)?)).await
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn some_bytes(seq: u64) -> Vec<u8> {
    seq.to_be_bytes().repeat(4)
}

#[tokio::test]
async fn whoever_reads_cannot_tell_what_was_put_away() {
    let shelf = Shelf::filled(ENTRIES, some_bytes).await;
    let before = shelf.all().await;
    assert_eq!(before.len(), ENTRIES as usize);
    // Only whole segments, and only well before the base.
    assert_eq!(shelf.puts_away(SEGMENT_BEHIND_BASE + SEGMENT_ENTRIES_MAX as u64 - 1).await, 0);
    assert_eq!(shelf.puts_away(ENTRIES).await, 2);
    assert_eq!(shelf.rows().await, ENTRIES as i64 - 2 * SEGMENT_ENTRIES_MAX as i64);
    assert!(shelf.all().await == before, "an entry is not what it was");
    // From any entry on: before, at and behind the edges of a segment.
    for from in [2, 4095, 4096, 4097, 4098, 8192, 8193, ENTRIES, ENTRIES + 1] {
        assert!(shelf.read_from(from).await.unwrap() == before[from as usize - 1..], "from {from}");
    }
    let id = shelf.statement;
    let (entries, last) = shelf.store.read(move |tx| Ok((read(tx, id, 0)?, head(tx, id)?))).await.unwrap();
    assert!(entries.iter().eq(before.iter().map(|kept| &kept.entry)) && last == ENTRIES);
    shelf.runs("DELETE FROM draft_updates").await.unwrap();
    assert_eq!(shelf.store.read(move |tx| head(tx, id)).await.unwrap(), 2 * SEGMENT_ENTRIES_MAX as u64);
}

#[tokio::test]
async fn heavy_updates_make_short_segments() {
    let shelf = Shelf::filled(100, |seq| if seq == 5 { vec![5; 2 * SEGMENT_BYTES_MAX] } else { vec![seq as u8; 100 * 1024] }).await;
    let before = shelf.all().await;
    // Ten of 100 KiB fit; the large one is one by itself, and what is not a whole one stays.
    assert_eq!(shelf.puts_away(SEGMENT_BEHIND_BASE + 100).await, 2 + 9);
    assert_eq!(shelf.rows().await, 100 - 4 - 1 - 9 * 10);
    assert!(shelf.all().await == before, "an entry is not what it was");
}

#[tokio::test]
async fn a_person_is_erased_without_touching_what_is_compressed() {
    let shelf = Shelf::filled(ENTRIES, some_bytes).await;
    let before = shelf.all().await;
    shelf.puts_away(ENTRIES).await;
    let gone = PersonId::from_bytes((3u128 << 64).to_be_bytes());
    let nobody = PersonId::from_bytes([0; 16]);
    let erase = move |tx: &mut Tx| {
        use draft_segment_writers as writers;
        diesel::update(writers::table.filter(writers::person.eq(gone))).set(writers::person.eq(nobody)).execute(tx)?;
        diesel::update(draft_updates::table.filter(draft_updates::person.eq(gone))).set(draft_updates::person.eq(nobody)).execute(tx)?;
        Ok(())
    };
    shelf.store.write(erase).await.unwrap();
    let after = shelf.all().await;
    for (before, mut after) in before.into_iter().zip(after) {
        if before.entry.person == PersonKey(3 << 64) {
            assert_eq!(after.entry.person, PersonKey(0));
            after.entry.person = before.entry.person;
        }
        assert_eq!(before, after);
    }
}

#[tokio::test]
async fn what_is_cut_off_in_the_middle_has_not_happened() {
    let shelf = Shelf::filled(ENTRIES, some_bytes).await;
    let before = shelf.all().await;
    let id = shelf.statement;
    // At each of its writes: the segment, its writers, the deletion; and at the end, before the commit.
    for (no, again) in [
        ("CREATE TRIGGER no BEFORE INSERT ON draft_segments BEGIN SELECT RAISE(ABORT, 'no'); END", "DROP TRIGGER no"),
        (
            "CREATE TRIGGER no BEFORE INSERT ON draft_segment_writers WHEN NEW.number = 3 BEGIN SELECT RAISE(ABORT, 'no'); END",
            "DROP TRIGGER no",
        ),
        ("CREATE TRIGGER no BEFORE DELETE ON draft_updates WHEN OLD.seq = 4000 BEGIN SELECT RAISE(ABORT, 'no'); END", "DROP TRIGGER no"),
        ("CREATE TRIGGER no BEFORE DELETE ON draft_updates WHEN OLD.seq = 4000 BEGIN SELECT RAISE(IGNORE); END", "DROP TRIGGER no"),
    ] {
        shelf.runs(no).await.unwrap();
        assert!(shelf.store.write(move |tx| put_away(tx, id, ENTRIES)).await.is_err(), "{no}");
        shelf.runs(again).await.unwrap();
        assert!(shelf.all().await == before && shelf.rows().await == ENTRIES as i64, "{no}");
    }
    let cut: Attempt<()> = shelf.store.write(move |tx| put_away(tx, id, ENTRIES).and_then(|_| Err(Failure::broken("a power cut")))).await;
    assert!(cut.is_err());
    assert!(shelf.all().await == before && shelf.rows().await == ENTRIES as i64);
    assert_eq!(shelf.puts_away(ENTRIES).await, 2);
}

#[tokio::test]
async fn a_segment_that_is_not_what_was_put_away_is_refused_by_name() {
    let shelf = Shelf::filled(ENTRIES, some_bytes).await;
    let id = shelf.statement;
    let base = Base { upto: ENTRIES, body: vec![0, 0].into(), owners: Vec::new() };
    shelf.store.write(move |tx| keep_base(tx, id, &base)).await.unwrap();
    shelf.puts_away(ENTRIES).await;
    for sql in [
        "UPDATE draft_segments SET digest = x'00' WHERE since = 1",
        "UPDATE draft_segments SET body = x'0000' WHERE since = 1",
        "DELETE FROM draft_segment_writers WHERE since = 1 AND number > 0",
    ] {
        shelf.runs(sql).await.unwrap();
        let Err(Failure::Broken(cause)) = shelf.read_from(1).await else { panic!("{sql}") };
        assert_eq!(cause.to_string(), "the entries 1 to 4096 of a draft's journal are not what was put away; restore them from a backup");
        assert!(shelf.read_from(4097).await.is_ok(), "what stands behind it is read without it");
    }
}

#[tokio::test]
async fn a_statement_goes_only_with_its_segments_and_they_take_their_writers_along() {
    let shelf = Shelf::filled(ENTRIES, some_bytes).await;
    shelf.puts_away(ENTRIES).await;
    shelf.runs("DELETE FROM draft_updates; DELETE FROM writers; DELETE FROM acts; DELETE FROM statement_drafters").await.unwrap();
    assert!(shelf.runs("DELETE FROM statements").await.is_err());
    shelf.runs("DELETE FROM draft_segments").await.unwrap();
    let writers = shelf.store.read(|tx| Ok(draft_segment_writers::table.count().get_result::<i64>(tx)?));
    assert_eq!(writers.await.unwrap(), 0);
    shelf.runs("DELETE FROM statements").await.unwrap();
}
