//! The process itself: it serves whoever reads its log or does not, and it ends when it is told to.

use std::{
    io::{Read, Write},
    process::{Command, Stdio},
};

use crate::{
    drafting::writer,
    world::{Database, World, server::COORDINATOR, wire::Line},
};

/// More lines than any pipe holds.
const REQUESTS: usize = 1_500;

async fn a_world() -> World {
    World::on(Database::sqlite()).await
}

async fn is_asked_much(world: &World) {
    let ana = world.coordinator().await;
    for _ in 0..REQUESTS {
        assert_eq!(ana.get("/api/me").await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_log_nobody_reads_answers_and_ends() {
    let mut world = a_world().await;
    world.is_stopped();
    let (mut reader, writer) = std::io::pipe().unwrap();
    world.start_with_log(writer.into());
    is_asked_much(&world).await;
    world.is_stopped();
    let mut read = Vec::new();
    reader.read_to_end(&mut read).unwrap();
    assert!(read.len() >= 60_000, "the pipe was full: {} bytes", read.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_log_reader_has_gone_answers_and_ends() {
    let mut world = a_world().await;
    world.is_stopped();
    let (reader, writer) = std::io::pipe().unwrap();
    world.start_with_log(writer.into());
    drop(reader);
    is_asked_much(&world).await;
    world.is_stopped();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_signal_that_means_the_end_is_heard() {
    for signal in ["TERM", "INT", "HUP"] {
        let mut world = a_world().await;
        world.is_stopped();
        // Whoever runs the tests under `nohup` hands on that a hangup means nothing.
        world.start_under(&["env", "--default-signal=HUP"]);
        world.coordinator().await;
        world.signal(signal);
        assert!(world.ends().success(), "{signal}: {}", world.log());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_told_to_end_as_soon_as_it_listens_says_goodbye() {
    let mut world = a_world().await;
    world.is_stopped();
    for turn in 1..=10 {
        world.start();
        world.signal("TERM");
        assert!(world.ends().success(), "{}", world.log());
        assert_eq!(world.log().matches("stopping: ").count(), 1 + turn, "{}", world.log());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_started_with_hangups_ignored_outlives_its_terminal() {
    let mut world = a_world().await;
    world.is_stopped();
    world.start_under(&["nohup"]);
    world.signal("HUP");
    assert_eq!(world.stranger().get("/readyz").await.status, 200);
    world.ends_well().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_ends_while_people_write_and_a_form_is_half_sent() {
    let mut world = a_world().await;
    let ana = world.coordinator().await;
    let drafters = world.ids(&["ORG-056"]).await;
    let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
    let mut ben = writer(&world, "focalpoint@ajo-ch.example", &id).await;
    ben.types("last words").await;
    ben.is_acknowledged().await;
    let mut half = half_a_form(&world);
    world.signal("TERM");
    assert_eq!(ben.closing().await, (1012, "server-restarts".into()));
    // Told again, it waits for the other half no longer.
    world.signal("TERM");
    assert!(world.ends().success(), "{}", world.log());
    let _ = half.write_all(b"more");
    world.start();
    writer(&world, "focalpoint@ajo-ch.example", &id).await.sees("last words").await;
    world.ends_well().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_never_finished_does_not_keep_a_server() {
    let mut world = a_world().await;
    let _half = half_a_form(&world);
    world.signal("TERM");
    assert!(world.ends().success(), "{}", world.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_does_not_keep_a_server() {
    let Database::Postgres { url } = Database::postgres().await else { unreachable!() };
    let line = Line::to(&url).await;
    let mut world = World::on(Database::Postgres { url: line.url.clone() }).await;
    let ana = world.coordinator().await;
    let drafters = world.ids(&["ORG-056"]).await;
    let id = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
    let mut ben = writer(&world, "focalpoint@ajo-ch.example", &id).await;
    line.is_cut();
    ben.types("nobody will keep this").await;
    world.signal("TERM");
    assert!(world.ends().success(), "{}", world.log());
}

#[test]
fn a_command_whose_answer_nobody_takes_has_failed() {
    let world = World::empty_on(Database::sqlite());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = world.base(&["admin", "coordinator", COORDINATOR, "--name", "Harriet"]).stdout(Stdio::from(writer)).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(said.starts_with("undersigned: ") && !said.contains("panicked"), "{said}");
}

#[test]
fn a_verdict_that_nobody_reads_still_has_its_exit_code() {
    let no_bundle = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = Command::new(env!("CARGO_BIN_EXE_undersigned")).args(["verify", no_bundle]).stdout(Stdio::from(writer)).output().unwrap();
    assert_eq!((ran.status.code(), String::from_utf8(ran.stderr).unwrap().as_str()), (Some(1), ""));
}

/// A connection on which a form was begun.
fn half_a_form(world: &World) -> std::net::TcpStream {
    let address = world.url.split("://").nth(1).unwrap().replace("localhost", "127.0.0.1");
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let head = "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nemail=";
    stream.write_all(head.as_bytes()).unwrap();
    stream
}
