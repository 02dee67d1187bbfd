//! A freeze beside people who write, stopped at each of its steps: a real hub, room, journal and database, and a worker
//! whose answers come when the test says so. A request that arrives a second time arrives while the room is held. And, with
//! the same people, a merge that is refused.

use std::collections::VecDeque;
use std::path::PathBuf;

use actix_web::web;
use diesel::connection::SimpleConnection;
use tokio::task::JoinHandle;
use yrs::updates::{decoder::Decode, encoder::Encode};
use yrs::{Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text as _, TextRef, Transact, TransactionMut, Update};

use super::*;
use crate::accounts::{self, PersonRow, set_coordinator, upsert_person};
use crate::drafting::command::{Command, Guest, Joined, Place};
use crate::drafting::gate::PersonKey;
use crate::drafting::protocol::{self, Message};
use crate::drafting::review::shown_as;
use crate::drafting::room::{Occupant, Right};
use crate::drafting::worker::{Job, Requests, without_processes};
use crate::http::{Here, Shell, Site, throttle::Throttle};
use crate::kernel::{Clock, Shown, StatementId};
use crate::mail::Post;
use crate::statements::{State, actions::Start};
use crate::store::{Address, Store, vault::Vault};
use crate::text::block::Text;

const ALL_REFUSALS: [WorkerRefusal; 3] = [WorkerRefusal::Busy, WorkerRefusal::TooSlow, WorkerRefusal::Died];

/// Sockets the server takes at once.
const PLACES: u32 = 4;

/// A draft with a sentence in it, its coordinator, and somebody who writes.
struct Desk {
    hub: Hub,
    shell: Here,
    requests: Requests,
    ana: Caller,
    /// Coordinates, too; it is he who writes.
    bens: Caller,
    statement: Statement,
    ben: Writer,
    folder: PathBuf,
}

impl Desk {
    async fn with_a_draft() -> Desk {
        let folder = std::env::temp_dir().join(format!("undersigned-freeze-{}", StatementId::new()));
        let vault = std::sync::Arc::new(Vault::make(&folder.join("keys")).unwrap());
        let (public_url, coalition) = ("http://localhost".to_owned(), "A coalition".to_owned());
        let site = Site {
            public_url: public_url.clone(),
            coalition: coalition.clone(),
            timezone: chrono_tz::UTC,
            trusted_proxy: None,
            letters_shown: false,
        };
        let post = Post { vault, public_url, coalition, timezone: chrono_tz::UTC, kept: false };
        let store = Store::open(Address::Sqlite(folder.join("undersigned.db"))).unwrap();
        let shell = web::Data::new(Shell { store, clock: Clock::default(), post, site, throttle: Throttle::default() });
        let (worker, mut requests) = without_processes();
        let hub = Hub::new(shell.clone(), worker, crate::drafting::Threads::this_one(), PLACES).unwrap();
        let now = shell.clock.now();
        let known = shell.store.write(move |tx| {
            let [ana, ben] = ["ana@riverside.example", "ben@riverside.example"].map(|email| {
                let (id, _) = upsert_person(tx, &PersonRow { name: email, email, title: "" }, now)?;
                set_coordinator(tx, id)?;
                let secret = accounts::actions::session_for(tx, now, email)?;
                accounts::caller(tx, Some(secret.hash()), now)
            });
            let (ana, ben) = (ana?, ben?);
            let start = Start { title: "Keep the library open".into(), language: "en".into(), forum: String::new() };
            Ok((statements::actions::start(tx, &ana, now, &start)?, ana, ben))
        });
        let (statement, ana, bens) = known.await.unwrap();
        let text: Text = serde_json::from_value(serde_json::json!({ "v": "text/v1", "language": "en", "blocks": [
            { "type": "heading", "level": 1, "content": [{ "type": "text", "text": "Keep the library open" }] },
            { "type": "paragraph", "content": [{ "type": "text", "text": "Books are for everybody. " }] },
        ]}))
        .unwrap();
        let starting = {
            let (hub, statement) = (hub.clone(), statement.clone());
            tokio::spawn(async move { start_from_text(&hub, &statement, &text).await })
        };
        // What is there is read, and then replaced.
        for _ in 0..2 {
            requests.next().await.answer_it();
        }
        starting.await.unwrap().unwrap();
        let ben = Writer::joins(&hub, &bens, statement.id).await;
        Desk { hub, shell, requests, ana, bens, statement, ben, folder }
    }

    /// Looks at the text as it stands, and asks for it to be frozen.
    async fn freezes(&mut self) -> JoinHandle<Attempt<Edition>> {
        let seen = self.looks().await;
        self.freezes_what_was(seen, self.ana.clone())
    }

    async fn looks(&mut self) -> Seen {
        let (hub, statement) = (self.hub.clone(), self.statement.clone());
        let looking = tokio::spawn(async move { preview(&hub, &statement).await.map(|shown| shown.text) });
        self.requests.next().await.answer_it();
        Seen(Freezing::of(&self.statement, &looking.await.unwrap().unwrap()).unwrap().fingerprint())
    }

    fn freezes_what_was(&self, seen: Seen, caller: Caller) -> JoinHandle<Attempt<Edition>> {
        let (hub, statement, now) = (self.hub.clone(), self.statement.clone(), self.shell.clock.now());
        tokio::spawn(async move { freeze(&hub, caller, now, statement, seen).await })
    }

    /// A freeze that looked the text over, was overtaken by an edit that changes no word, and now looks again, with the
    /// room held. Ben has just typed.
    async fn is_about_to_freeze(&mut self) -> (JoinHandle<Attempt<Edition>>, Job) {
        self.ben.types("typed before ").await;
        self.ben.is_acknowledged().await;
        let freezing = self.freezes().await;
        let before = self.requests.next().await;
        self.ben.notes_something_beside_the_text().await;
        self.ben.is_acknowledged().await;
        before.answer_it();
        let held = self.requests.next().await;
        self.ben.types("typed under the hold ").await;
        (freezing, held)
    }

    /// Nothing of the freeze is left: Ben was not sent away, what he wrote is stored, and the text freezes as he left it.
    async fn goes_on_as_if_nothing_had_been(mut self) {
        self.ben.types("typed after ").await;
        self.ben.is_acknowledged().await;
        assert_eq!(self.state().await, State::Drafting);
        let freezing = self.freezes().await;
        self.requests.next().await.answer_it();
        let edition = freezing.await.unwrap().unwrap();
        for words in &self.ben.acknowledged_words {
            assert!(edition.canonical.contains(words.trim_end()), "“{words}” is missing in {}", edition.canonical);
        }
        assert_eq!(self.ben.closing().await, Dismissal::FROZEN);
    }

    async fn state(&self) -> State {
        let id = self.statement.id;
        self.shell.store.read(move |tx| Ok(statements::load(tx, id)?.state)).await.unwrap()
    }

    async fn sql(&self, sql: &'static str) {
        self.shell.store.write(move |tx| Ok(tx.batch_execute(sql)?)).await.unwrap();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Somebody in the room, without a network.
struct Writer {
    joined: Joined,
    /// Of the room, not heard yet.
    coming: VecDeque<Bytes>,
    doc: Doc,
    typed: Vec<String>,
    acknowledged_words: Vec<String>,
}

impl Writer {
    async fn asks(hub: &Hub, caller: &Caller, statement: StatementId) -> Attempt<(Joined, Place)> {
        let known = hub.shell().store.write(move |tx| statements::writers::admit(tx, statement, None)).await.unwrap();
        let user = shown_as(&known);
        let occupant = Occupant {
            person: PersonKey(caller.person.number()),
            organisation: None,
            user,
            right: Right::Edit,
            wants_ack: true,
            only_reads: false,
        };
        hub.join(statement, Guest { occupant, session: caller.session }).await
    }

    async fn joins(hub: &Hub, caller: &Caller, statement: StatementId) -> Writer {
        let (joined, _) = Writer::asks(hub, caller, statement).await.unwrap();
        // Marks count as browsers count: the place before the last one is one unit from the end.
        let doc = Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::default() });
        let mut writer = Writer { joined, coming: VecDeque::new(), doc, typed: Vec::new(), acknowledged_words: Vec::new() };
        writer.sends(protocol::step1(&StateVector::default().encode_v1())).await;
        while !writer.hears().await.unwrap().starts_with(&[0, 0]) {}
        writer
    }

    async fn sends(&self, frame: Bytes) {
        let command = Command::Frame { seat: self.joined.taken.seat, frame };
        assert!(self.joined.taken.room.send(command).await.is_ok(), "the room is open");
    }

    async fn types(&mut self, words: &str) {
        let body = body(&self.doc);
        self.edits(words, |txn| {
            let last_mark = body.len(txn) - 1;
            body.insert(txn, last_mark, words);
        })
        .await;
    }

    /// A footnote whose place nobody has set, or whose place somebody deleted; no reader of the text sees it.
    async fn notes_something_beside_the_text(&mut self) {
        let beside = self.doc.get_or_insert_text("note:besides000");
        self.edits("", |txn| beside.insert(txn, 0, "a note")).await;
    }

    async fn edits(&mut self, words: &str, edit: impl FnOnce(&mut TransactionMut<'_>)) {
        let before = self.doc.transact().state_vector();
        edit(&mut self.doc.transact_mut());
        let update = self.doc.transact().encode_state_as_update_v1(&before);
        self.typed.push(words.to_owned());
        self.sends(protocol::update(&update)).await;
    }

    /// Waits until everything typed is stored.
    async fn is_acknowledged(&mut self) {
        while self.acknowledged_words.len() < self.typed.len() {
            self.hears().await.expect("the room goes on");
        }
    }

    async fn closing(&mut self) -> Dismissal {
        loop {
            if let Err(dismissal) = self.hears().await {
                return dismissal;
            }
        }
    }

    async fn hears(&mut self) -> Result<Bytes, Dismissal> {
        while self.coming.is_empty() {
            let end = self.joined.wire.look().end;
            self.coming.extend(self.joined.wire.taken());
            match end {
                Some(dismissal) if self.coming.is_empty() => return Err(dismissal),
                None if self.coming.is_empty() => self.joined.wire.changed().await,
                _ => {}
            }
        }
        let frame = self.coming.pop_front().unwrap_or_default();
        match protocol::read(&frame) {
            Ok(Message::Step2(update) | Message::Update(update)) => {
                self.doc.transact_mut().apply_update(Update::decode_v1(&update).unwrap()).unwrap();
            }
            _ if frame[0] == 120 => {
                let count = frame[1..].iter().rev().fold(0, |count, byte| (count << 7) | usize::from(byte & 0x7f));
                self.acknowledged_words = self.typed[..count].to_vec();
            }
            _ => {}
        }
        Ok(frame)
    }
}

fn body(doc: &Doc) -> TextRef {
    doc.get_or_insert_text("draft")
}

#[tokio::test]
async fn a_worker_that_fails_before_the_hold_is_noticed_by_nobody_who_writes() {
    for refusal in ALL_REFUSALS {
        let mut desk = Desk::with_a_draft().await;
        let freezing = desk.freezes().await;
        let asked = desk.requests.next().await;
        desk.ben.types("typed meanwhile ").await;
        desk.ben.is_acknowledged().await;
        asked.refuse_it(refusal);
        assert!(freezing.await.unwrap().is_err());
        desk.goes_on_as_if_nothing_had_been().await;
    }
}

#[tokio::test]
async fn a_worker_that_fails_under_the_hold_leaves_the_room_to_those_who_write() {
    for refusal in ALL_REFUSALS {
        let mut desk = Desk::with_a_draft().await;
        let (freezing, asked) = desk.is_about_to_freeze().await;
        asked.refuse_it(refusal);
        assert!(freezing.await.unwrap().is_err());
        desk.ben.is_acknowledged().await;
        desk.goes_on_as_if_nothing_had_been().await;
    }
}

#[tokio::test]
async fn a_worker_that_does_not_answer_under_the_hold_is_not_waited_for() {
    let mut desk = Desk::with_a_draft().await;
    let (freezing, _unanswered) = desk.is_about_to_freeze().await;
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(HOLD_SECONDS_MAX + 1)).await;
    tokio::time::resume();
    assert!(matches!(freezing.await.unwrap(), Err(Failure::Refused(refusal)) if refusal.no == No::Busy));
    desk.ben.is_acknowledged().await;
    desk.goes_on_as_if_nothing_had_been().await;
}

#[tokio::test]
async fn a_text_that_is_no_longer_what_was_seen_is_not_frozen_and_whoever_changed_it_writes_on() {
    // Changed before the freeze looks …
    let mut desk = Desk::with_a_draft().await;
    let seen = desk.looks().await;
    desk.ben.types("typed unseen ").await;
    desk.ben.is_acknowledged().await;
    let freezing = desk.freezes_what_was(seen, desk.ana.clone());
    desk.requests.next().await.answer_it();
    assert!(matches!(freezing.await.unwrap(), Err(Failure::Refused(refusal)) if refusal.no == No::SeenChanged));
    desk.goes_on_as_if_nothing_had_been().await;

    // … and in the moment between its look and the hold.
    let mut desk = Desk::with_a_draft().await;
    let freezing = desk.freezes().await;
    let before = desk.requests.next().await;
    desk.ben.types("typed unseen ").await;
    desk.ben.is_acknowledged().await;
    before.answer_it();
    let held = desk.requests.next().await;
    desk.ben.types("typed under the hold ").await;
    held.answer_it();
    assert!(matches!(freezing.await.unwrap(), Err(Failure::Refused(refusal)) if refusal.no == No::SeenChanged));
    desk.ben.is_acknowledged().await;
    desk.goes_on_as_if_nothing_had_been().await;
}

#[tokio::test]
async fn a_database_that_refuses_the_edition_leaves_the_room_to_those_who_write() {
    let mut desk = Desk::with_a_draft().await;
    desk.sql("CREATE TRIGGER full BEFORE INSERT ON editions BEGIN SELECT RAISE(ABORT, 'no space is left'); END;").await;
    let (freezing, asked) = desk.is_about_to_freeze().await;
    asked.answer_it();
    assert!(matches!(freezing.await.unwrap(), Err(Failure::Broken(_))));
    desk.ben.is_acknowledged().await;
    desk.sql("DROP TRIGGER full;").await;
    desk.goes_on_as_if_nothing_had_been().await;
}

#[tokio::test]
async fn a_text_that_is_frozen_holds_what_came_before_the_hold_and_says_so_to_whoever_wrote_after() {
    let mut desk = Desk::with_a_draft().await;
    let (freezing, asked) = desk.is_about_to_freeze().await;
    asked.answer_it();
    let edition = freezing.await.unwrap().unwrap();
    assert!(edition.canonical.contains("typed before") && !edition.canonical.contains("typed under the hold"));
    assert_eq!(desk.ben.closing().await, Dismissal::FROZEN);
    assert!(!desk.ben.acknowledged_words.iter().any(|words| words == "typed under the hold "));
}

#[tokio::test]
async fn a_coordinator_who_does_not_wait_for_the_answer_leaves_no_room_held() {
    let mut desk = Desk::with_a_draft().await;
    let (freezing, asked) = desk.is_about_to_freeze().await;
    freezing.abort();
    asked.answer_it();
    assert_eq!(desk.ben.closing().await, Dismissal::FROZEN, "what was begun is done");
    assert_eq!(desk.state().await, State::Frozen);

    let mut desk = Desk::with_a_draft().await;
    let hold = desk.hub.hold(desk.statement.id).await.unwrap();
    desk.ben.types("typed under the hold ").await;
    drop(hold);
    desk.ben.is_acknowledged().await;
    desk.goes_on_as_if_nothing_had_been().await;
}

#[tokio::test]
async fn of_two_who_freeze_at_once_one_does_and_no_hold_is_left() {
    let mut desk = Desk::with_a_draft().await;
    let seen = desk.looks().await;
    let both = [desk.ana.clone(), desk.bens.clone()].map(|caller| desk.freezes_what_was(seen.clone(), caller));
    let looks = [desk.requests.next().await, desk.requests.next().await];
    looks.into_iter().for_each(Job::answer_it);
    let mut done = 0;
    for freezing in both {
        match freezing.await.unwrap() {
            Ok(_) => done += 1,
            Err(Failure::Refused(refusal)) => assert_eq!(refusal.no, No::StatementNotDrafting),
            Err(broken) => panic!("{broken}"),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(desk.ben.closing().await, Dismissal::FROZEN);
    let (id, now, ana) = (desk.statement.id, desk.shell.clock.now(), desk.ana.clone());
    let reopened = desk.shell.store.write(move |tx| {
        let lead = statements::permits::lead(tx, &ana, id)?;
        let seen = Seen(statements::actions::reopening(tx, &lead)?.fingerprint());
        statements::actions::reopen(tx, &ana, now, id, &seen)
    });
    reopened.await.unwrap();
    desk.hub.rights_changed(id).await;
    let mut again = Writer::joins(&desk.hub, &desk.ana, id).await;
    again.types("anew ").await;
    again.is_acknowledged().await;
}

#[tokio::test]
async fn one_hold_that_ends_does_not_end_another() {
    let mut desk = Desk::with_a_draft().await;
    let (first, second) = (desk.hub.hold(desk.statement.id).await.unwrap(), desk.hub.hold(desk.statement.id).await.unwrap());
    desk.ben.types("typed under two holds ").await;
    first.release().await;
    let read = desk.hub.read(desk.statement.id).await.unwrap();
    assert_eq!(read.head, second.text.head, "nothing moved under the second");
    second.release().await;
    desk.ben.is_acknowledged().await;
    desk.goes_on_as_if_nothing_had_been().await;
}

#[tokio::test]
async fn a_server_that_stops_during_a_freeze_finishes_it_and_loses_nothing() {
    let mut desk = Desk::with_a_draft().await;
    let (freezing, asked) = desk.is_about_to_freeze().await;
    let hub = desk.hub.clone();
    let stopping = tokio::spawn(async move { hub.shutdown().await });
    assert_eq!(desk.ben.closing().await, Dismissal::GOING_AWAY);
    asked.answer_it();
    let edition = freezing.await.unwrap().unwrap();
    assert!(edition.canonical.contains("typed before"));
    stopping.await.unwrap();
    assert!(matches!(desk.hub.read(desk.statement.id).await, Err(Failure::Refused(refusal)) if refusal.no == No::Busy));
}

#[tokio::test]
async fn a_journal_that_fails_as_the_hold_begins_sends_writers_away_with_their_words_and_freezes_what_was_stored() {
    let mut desk = Desk::with_a_draft().await;
    let freezing = desk.freezes().await;
    let before = desk.requests.next().await;
    desk.sql("CREATE TRIGGER full BEFORE INSERT ON draft_updates BEGIN SELECT RAISE(ABORT, 'no space is left'); END;").await;
    desk.ben.types("never stored ").await;
    before.answer_it();
    assert_eq!(desk.ben.closing().await, Dismissal::NOT_STORED);
    assert!(desk.ben.acknowledged_words.is_empty());
    let edition = freezing.await.unwrap().unwrap();
    assert!(edition.canonical.contains("Books are for everybody.") && !edition.canonical.contains("never stored"));
}

#[tokio::test]
async fn a_merge_that_is_refused_is_noticed_by_nobody_who_writes_or_comes() {
    let mut desk = Desk::with_a_draft().await;
    for word in 0..crate::drafting::limits::TAIL_UPDATES_MAX {
        desk.ben.types(&format!("w{word} ")).await;
        // However slow the machine, nobody is far ahead of the journal.
        if word % 256 == 0 {
            desk.ben.is_acknowledged().await;
        }
    }
    let merge = desk.requests.next().await;
    desk.ben.types("typed meanwhile ").await;
    desk.ben.is_acknowledged().await;
    merge.refuse_it(WorkerRefusal::Refused("A stored change could not be read.".into()));
    desk.ben.types("typed after ").await;
    desk.ben.is_acknowledged().await;

    // A draft is put away without a merge, too, and a room that opens with so much to merge opens without.
    let (hub, id) = (desk.hub.clone(), desk.statement.id);
    let closing = tokio::spawn(async move { hub.close(id, Dismissal::NOT_STORED).await });
    desk.requests.next().await.refuse_it(WorkerRefusal::Busy);
    closing.await.unwrap();
    let (hub, ana, id) = (desk.hub.clone(), desk.ana.clone(), desk.statement.id);
    let coming = tokio::spawn(async move { Writer::joins(&hub, &ana, id).await });
    desk.requests.next().await.refuse_it(WorkerRefusal::Died);
    let came = coming.await.unwrap();
    let text = body(&came.doc).get_string(&came.doc.transact());
    assert!(text.contains("w0 ") && text.ends_with("typed meanwhile typed after \n"), "{text}");
}

#[tokio::test]
async fn who_finds_no_place_on_the_server_is_asked_to_come_again_and_has_one_when_somebody_left() {
    let desk = Desk::with_a_draft().await;
    let (id, ana) = (desk.statement.id, desk.ana.clone());
    let asks = async || Writer::asks(&desk.hub, &ana, id).await;
    let mut here = Vec::new();
    for _ in 0..PLACES {
        here.push(asks().await.unwrap());
    }
    assert!(matches!(asks().await, Err(Failure::Refused(refusal)) if refusal.no == No::Busy));
    here.pop();
    assert!(asks().await.is_ok());
}
