//! What dies below a draft while people write: the workers that read it, killed whenever one starts, and the disk. Nothing
//! acknowledged is lost, whoever asks is told in a sentence, and afterwards everything goes on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use rlimit::Resource;
use undersigned::drafting::limits::{RAW_SYNC_BYTES_MAX, ROOM_IDLE_SECONDS, TAIL_BYTES_MAX, TAIL_UPDATES_MAX};

use super::{AJO, BCAP, a_draft, writer};
use crate::world::{Database, World};

/// As many updates as make a heavy tail, each so long that a document of them is compared, and merged, by a worker.
const PARAGRAPHS: usize = TAIL_UPDATES_MAX / 10 + 1;
const SENTENCE: &str = "Books are for everybody, and so is the sea. ";
const SENTENCES: usize = 64;
const _: () = assert!(PARAGRAPHS * SENTENCES * SENTENCE.len() > TAIL_BYTES_MAX && TAIL_BYTES_MAX > RAW_SYNC_BYTES_MAX);

/// Kills every worker of a server as soon as it is seen, until it is dropped.
struct Killing {
    goes_on: Arc<AtomicBool>,
    killed: Arc<AtomicUsize>,
}

impl Killing {
    fn workers_of(server: u32) -> Killing {
        let killing = Killing { goes_on: Arc::new(AtomicBool::new(true)), killed: Arc::default() };
        let (goes_on, killed) = (killing.goes_on.clone(), killing.killed.clone());
        std::thread::spawn(move || {
            while goes_on.load(Ordering::SeqCst) {
                for worker in workers_of(server) {
                    let done = std::process::Command::new("kill").args(["-s", "KILL", &worker]).output().expect("kill runs");
                    killed.fetch_add(usize::from(done.status.success()), Ordering::SeqCst);
                }
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        killing
    }

    fn killed(&self) -> usize {
        self.killed.load(Ordering::SeqCst)
    }
}

impl Drop for Killing {
    fn drop(&mut self) {
        self.goes_on.store(false, Ordering::SeqCst);
    }
}

/// The server's own children; it has no other than workers.
fn workers_of(server: u32) -> Vec<String> {
    let threads = std::fs::read_dir(format!("/proc/{server}/task")).into_iter().flatten().flatten();
    let children = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    children.flat_map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_that_are_killed_at_every_step_cost_nobody_a_word() {
    let mut world = World::on(Database::sqlite()).await;
    let (ana, id) = a_draft(&world).await;
    let mut ben = writer(&world, AJO, &id).await;
    world.expects("a draft could not be read");
    let killing = Killing::workers_of(world.process_id());

    // Merging while somebody writes.
    for number in 0..PARAGRAPHS {
        ben.types(&format!("{number}: {}", SENTENCE.repeat(SENTENCES))).await;
        ben.is_acknowledged().await;
    }
    world.eventually("a merge is killed", async || (killing.killed() > 0).then_some(())).await;
    ben.types("after a merge that failed ").await;
    ben.is_acknowledged().await;

    // Reading for a freeze: said in a sentence, and the room goes on.
    let look = format!("/api/statements/{id}/freeze");
    world
        .eventually("a look is refused", async || {
            let answer = ana.get(&look).await;
            if answer.status == 200 {
                return None;
            }
            answer.refused(422, "text-unreadable");
            Some(())
        })
        .await;
    ben.types("after a look that failed ").await;
    ben.is_acknowledged().await;

    world.signal("TERM");
    assert_eq!(ben.closing().await, (1012, "server-restarts".into()));
    assert!(world.ends().success(), "{}", world.log());
    drop(killing);
    world.start();
    let killing = Killing::workers_of(world.process_id());
    // The room opens with much to merge, and without a merge; who comes back with most of it is compared by nobody.
    let mut ben = ben.comes_back(&world.url).await.expect("a seat");
    world.eventually("an opening's merge is killed", async || (killing.killed() > 0).then_some(())).await;
    ben.types("after an opening whose merge failed ").await;
    ben.is_acknowledged().await;
    let mut cleo = writer(&world, BCAP, &id).await;
    cleo.sees("after an opening whose merge failed").await;
    cleo.types("and somebody new ").await;
    cleo.is_acknowledged().await;
    ben.sees("and somebody new").await;
    assert_eq!(ben.text(), cleo.text());

    // Opened once more, with workers that live again: now it is read, and merged when it is put away.
    let text = ben.text();
    drop((ben, cleo));
    world.advance(ROOM_IDLE_SECONDS as i64).await;
    drop(killing);
    let mut ben = writer(&world, AJO, &id).await;
    ben.sees("and somebody new").await;
    assert_eq!(ben.text(), text);
    let seen = world.coordinator().await.get(&look).await.good().to_string();
    for words in ["after a merge that failed", "after a look that failed", "after an opening whose merge failed", "and somebody new"] {
        assert!(seen.contains(words), "{words}");
    }
    drop(ben);
    world.is_stopped();
    assert_eq!(world.database().counts("draft_bases"), 1, "a merge that failed is tried again");
    world.start();
    world.ends_well().await;
}

/// As on a disk that is full: the system takes no byte for any file.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_nothing_is_called_stored_and_afterwards_all_is() {
    let mut world = World::on(Database::sqlite()).await;
    world.is_stopped();
    // Without this the system ends who writes too much, instead of saying no.
    world.start_under(&["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
    let (ana, id) = a_draft(&world).await;
    let mut ben = writer(&world, AJO, &id).await;
    let mut cleo = writer(&world, BCAP, &id).await;
    ben.types("stored ").await;
    ben.is_acknowledged().await;
    cleo.sees("stored").await;

    world.expects("edits of a draft were not stored");
    world.expects("could not be rolled back");
    world.expects("a background task failed");
    let server = world.process_id() as i32;
    let (soft, hard) = (Resource::FSIZE, rlimit::INFINITY);
    rlimit::prlimit(server, soft, Some((0, hard)), None).expect("a limit");
    ben.types("no place for this ").await;
    assert_eq!(ben.closing().await, (1011, "not-stored".into()));
    assert_eq!(cleo.closing().await, (1011, "not-stored".into()));
    assert!(!cleo.text().contains("no place"));
    // Whoever reads is answered.
    ana.get(&format!("/api/statements/{id}")).await.good();

    rlimit::prlimit(server, soft, Some((hard, hard)), None).expect("no limit");
    let mut ben = ben.comes_back(&world.url).await.expect("a seat");
    ben.is_acknowledged().await;
    ben.types("room again ").await;
    ben.is_acknowledged().await;
    world.is_killed();
    world.start();
    let mut cleo = writer(&world, BCAP, &id).await;
    cleo.sees("stored no place for this room again").await;
    drop((ben, cleo));
    world.ends_well().await;
}
