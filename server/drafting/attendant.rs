//! The task beside a room: it carries out the room's effects and brings it what the world answers.
//!
//! It never waits for one thing alone. Sockets that do not read are dropped, the journal is handed entries when it has
//! place, and workers and reviews answer through a channel; so no two tasks can wait for each other.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};

use super::gate::PersonKey;
use super::hub::Hub;
use super::journal::{self, Outcome, Waiting, Writer};
use super::limits::*;
use super::rights::{self, Verdict};
use super::room::{Dismissal, Effect, JournalEntry, Occupant, Right, Room, Seat};
use crate::kernel::{OrganisationId, PersonId, SessionId, StatementId};
use crate::statements::{self, State};
use crate::store::{Attempt, Failure};

/// Who wants a seat.
#[derive(Debug, Clone)]
pub struct Guest {
    pub occupant: Occupant,
    pub session: SessionId,
}

/// A seat, as its socket holds it.
pub struct Joined {
    pub seat: Seat,
    pub room: mpsc::Sender<Command>,
    pub outbox: mpsc::Receiver<Outgoing>,
    /// Bytes in the outbox; the socket takes off what it has sent.
    pub queued: Arc<AtomicUsize>,
    /// Whether the socket should read no further for now.
    pub paused: watch::Receiver<bool>,
}

pub enum Outgoing {
    Frame(Bytes),
    Close(Dismissal),
}

/// A text as it stands: updates to apply in order, and the number of the last.
pub struct Reading {
    pub parts: Vec<Bytes>,
    pub head: u64,
}

/// Told once the update is stored, or why it is not.
pub type Inserted = oneshot::Sender<Attempt<Result<(), Dismissal>>>;

pub enum Command {
    Join {
        seat: Seat,
        guest: Guest,
        answer: oneshot::Sender<Attempt<Joined>>,
    },
    Frame {
        seat: Seat,
        frame: Bytes,
    },
    Leave {
        seat: Seat,
    },
    Read {
        answer: oneshot::Sender<Attempt<Reading>>,
    },
    Hold {
        answer: oneshot::Sender<Attempt<Reading>>,
    },
    Release {
        answer: oneshot::Sender<Attempt<()>>,
    },
    Insert {
        person: PersonId,
        organisation: Option<OrganisationId>,
        update: Bytes,
        answer: oneshot::Sender<Attempt<Result<(), Dismissal>>>,
    },
    Review {
        answer: Option<oneshot::Sender<()>>,
    },
    /// Sends everybody away, and ends once all is stored.
    Stop {
        closing: Dismissal,
    },
}

/// What was asked of others and has come back.
enum Heard {
    Compared { seat: Seat, ticket: u64, lacking: Option<Bytes> },
    Compacted { upto: u64, base: Option<Bytes> },
    Reviewed { drafting: bool, verdicts: Vec<(Seat, Verdict)>, answer: Option<oneshot::Sender<()>> },
}

struct Socket {
    session: SessionId,
    outbox: mpsc::Sender<Outgoing>,
    queued: Arc<AtomicUsize>,
    paused: watch::Sender<bool>,
}

pub struct Attendant {
    hub: Hub,
    statement: StatementId,
    /// Its own inbox, for the sockets. Weak, so that a room nobody knows comes to its end.
    inbox: mpsc::WeakSender<Command>,
    sockets: HashMap<Seat, Socket>,
    unsent: VecDeque<JournalEntry>,
    writer: Writer,
    outcomes: mpsc::Receiver<Outcome>,
    answers: mpsc::Sender<Heard>,
    heard: mpsc::Receiver<Heard>,
    /// How many freezes hold the text still at this moment, and who waits until all is stored.
    holds: usize,
    holding: Vec<oneshot::Sender<Attempt<Reading>>>,
    inserting: Vec<(u64, Inserted)>,
    drafting: bool,
    stopping: bool,
    empty_since: Instant,
}

/// Whether the room goes on.
enum Then {
    On,
    /// Something was not stored: what the room believes is no longer true.
    Broken,
}

impl Attendant {
    pub fn new(hub: Hub, statement: StatementId, inbox: mpsc::WeakSender<Command>) -> Attendant {
        let (heard_of_journal, outcomes) = mpsc::channel(ROOM_ANSWERS_MAX);
        let (answers, heard) = mpsc::channel(ROOM_ANSWERS_MAX);
        let writer = Writer { heard: heard_of_journal, broken: Arc::default() };
        Attendant {
            hub,
            statement,
            inbox,
            sockets: HashMap::new(),
            unsent: VecDeque::new(),
            writer,
            outcomes,
            answers,
            heard,
            holds: 0,
            holding: Vec::new(),
            inserting: Vec::new(),
            drafting: true,
            stopping: false,
            empty_since: Instant::now(),
        }
    }

    /// Reads the journal and replays it through the gate; a long one is merged before anybody is served.
    async fn open(&mut self) -> Attempt<Room> {
        let statement = self.statement;
        let read = self.hub.shell().store.read(move |tx| Ok((statements::load(tx, statement)?.state, journal::read(tx, statement)?)));
        let (state, entries) = read.await?;
        self.drafting = state == State::Drafting;
        let frozen = !self.drafting;
        let opened = tokio::task::spawn_blocking(move || Room::open(None, [], entries, frozen)).await.map_err(Failure::broken)?;
        let mut room = opened
            .map_err(|broken| Failure::broken(format!("entry {} of a draft's journal does not pass: {}", broken.seq, broken.refusal)))?;
        if let Some(Effect::Compact { upto, parts }) = room.wants_base() {
            let merged = self.hub.worker().merge(&parts).await;
            room.compacted(upto, merged.ok());
        }
        Ok(room)
    }

    fn command(&mut self, room: &mut Room, command: Command) {
        match command {
            Command::Join { seat, guest: Guest { occupant, session }, answer } => {
                let Some(inbox) = self.inbox.upgrade().filter(|_| !self.stopping) else { return };
                let (outbox, outgoing) = mpsc::channel(OUTBOX_FRAMES_MAX);
                let (queued, (paused, watched)) = (Arc::<AtomicUsize>::default(), watch::channel(false));
                self.sockets.insert(seat, Socket { session, outbox, queued: queued.clone(), paused });
                let effects = room.join(seat, occupant);
                self.carry_out(room, effects);
                if answer.send(Ok(Joined { seat, room: inbox, outbox: outgoing, queued, paused: watched })).is_err() {
                    self.leave(room, seat);
                }
            }
            Command::Frame { seat, frame } => {
                let effects = room.handle(seat, &frame, self.hub.now());
                self.carry_out(room, effects);
                self.pause(room, seat);
            }
            Command::Leave { seat } => self.leave(room, seat),
            Command::Read { answer } => drop(answer.send(Ok(Reading { parts: room.parts(), head: room.head() }))),
            Command::Hold { answer } => {
                self.holds += 1;
                room.set_frozen(true);
                self.holding.push(answer);
            }
            Command::Release { answer } => {
                self.holds = self.holds.saturating_sub(1);
                // The state in the database decides what comes next; nothing is taken before it is known.
                let (done, reviewed) = oneshot::channel();
                self.review(Some(done));
                tokio::spawn(async move {
                    let _ = reviewed.await;
                    let _ = answer.send(Ok(()));
                });
            }
            Command::Insert { person, organisation, update, answer } => match room.insert(PersonKey(person.number()), organisation, update)
            {
                Ok(effect) => {
                    if let Effect::Persist(entry) = &effect {
                        self.inserting.push((entry.seq, answer));
                    }
                    self.carry_out(room, vec![effect]);
                }
                Err(closing) => drop(answer.send(Ok(Err(closing)))),
            },
            Command::Review { answer } => self.review(answer),
            Command::Stop { closing } => {
                self.stopping = true;
                let effects = room.close_all(closing);
                self.carry_out(room, effects);
            }
        }
    }

    fn heard(&mut self, room: &mut Room, heard: Heard) {
        match heard {
            Heard::Compared { seat, ticket, lacking } => {
                let effects = room.compared(seat, ticket, lacking);
                self.carry_out(room, effects);
            }
            Heard::Compacted { upto, base } => room.compacted(upto, base),
            Heard::Reviewed { drafting, verdicts, answer } => {
                let just_frozen = self.drafting && !drafting;
                self.drafting = drafting;
                room.set_frozen(!drafting || self.holds > 0);
                for (seat, verdict) in verdicts {
                    let effects = match verdict {
                        Verdict::Gone(closing) => room.dismiss(seat, closing),
                        // Who was writing is told, and may come back to read.
                        Verdict::May(Right::Read) if just_frozen && room.right(seat) == Some(Right::Edit) => {
                            room.dismiss(seat, Dismissal::FROZEN)
                        }
                        Verdict::May(right) => {
                            room.set_right(seat, right);
                            Vec::new()
                        }
                    };
                    self.carry_out(room, effects);
                }
                if let Some(answer) = answer {
                    let _ = answer.send(());
                }
            }
        }
    }

    fn outcome(&mut self, room: &mut Room, outcome: Outcome) -> Then {
        let closing = match outcome {
            Outcome::Committed(upto) => {
                let effects = room.committed(upto);
                self.carry_out(room, effects);
                let seats: Vec<Seat> = self.sockets.keys().copied().collect();
                seats.into_iter().for_each(|seat| self.pause(room, seat));
                let (stored, waiting) = std::mem::take(&mut self.inserting).into_iter().partition(|(seq, _)| *seq <= upto);
                self.inserting = waiting;
                let stored: Vec<_> = stored;
                stored.into_iter().for_each(|(_, answer)| drop(answer.send(Ok(Ok(())))));
                return Then::On;
            }
            Outcome::NotDrafting => Dismissal::FROZEN,
            Outcome::Failed => Dismissal::NOT_STORED,
        };
        let effects = room.close_all(closing);
        self.carry_out(room, effects);
        self.inserting.drain(..).for_each(|(_, answer)| drop(answer.send(Ok(Err(closing)))));
        Then::Broken
    }

    /// Effects in their order. A socket that cannot take its frame leaves, which has effects of its own.
    fn carry_out(&mut self, room: &mut Room, effects: Vec<Effect>) {
        let mut todo: VecDeque<Effect> = effects.into();
        while let Some(effect) = todo.pop_front() {
            match effect {
                Effect::Send { seat, frame } => todo.extend(self.send(room, seat, frame)),
                Effect::Broadcast { to, frame } => {
                    for seat in to {
                        todo.extend(self.send(room, seat, frame.clone()));
                    }
                }
                Effect::Persist(entry) => self.unsent.push_back(entry),
                Effect::Compare { seat, ticket, known, parts } => {
                    let (worker, answers) = (self.hub.worker().clone(), self.answers.clone());
                    tokio::spawn(async move {
                        let lacking = worker.diff(&parts, &known).await.ok();
                        let _ = answers.send(Heard::Compared { seat, ticket, lacking }).await;
                    });
                }
                Effect::Compact { upto, parts } => {
                    let (worker, answers) = (self.hub.worker().clone(), self.answers.clone());
                    tokio::spawn(async move {
                        let base = worker.merge(&parts).await.ok();
                        let _ = answers.send(Heard::Compacted { upto, base }).await;
                    });
                }
                Effect::Close { seat, closing } => {
                    if let Some(socket) = self.sockets.remove(&seat) {
                        // A full outbox closes, too, when its sender is dropped.
                        let _ = socket.outbox.try_send(Outgoing::Close(closing));
                    }
                }
            }
        }
        if self.sockets.is_empty() {
            self.empty_since = Instant::now();
        }
    }

    fn send(&mut self, room: &mut Room, seat: Seat, frame: Bytes) -> Vec<Effect> {
        let Some(socket) = self.sockets.get(&seat) else { return Vec::new() };
        let (len, before) = (frame.len(), socket.queued.load(Ordering::Relaxed));
        if before + len <= OUTBOX_BYTES_MAX && socket.outbox.try_send(Outgoing::Frame(frame)).is_ok() {
            socket.queued.fetch_add(len, Ordering::Relaxed);
            return Vec::new();
        }
        room.dismiss(seat, Dismissal::TOO_SLOW)
    }

    fn leave(&mut self, room: &mut Room, seat: Seat) {
        self.sockets.remove(&seat);
        let effects = room.leave(seat);
        self.carry_out(room, effects);
    }

    fn pause(&self, room: &Room, seat: Seat) {
        let Some(socket) = self.sockets.get(&seat) else { return };
        let pause = room.backlog(seat) > SEAT_BACKLOG_SOFT;
        socket.paused.send_if_modified(|paused| std::mem::replace(paused, pause) != pause);
    }

    fn review(&self, answer: Option<oneshot::Sender<()>>) {
        let seats: Vec<(Seat, SessionId)> = self.sockets.iter().map(|(seat, socket)| (*seat, socket.session)).collect();
        let (shell, statement, answers) = (self.hub.shell().clone(), self.statement, self.answers.clone());
        tokio::spawn(async move {
            match rights::of_seats(&shell, statement, seats).await {
                Ok((drafting, verdicts)) => drop(answers.send(Heard::Reviewed { drafting, verdicts, answer }).await),
                // Nobody's right grows by this, and it is tried again soon.
                Err(error) => tracing::warn!(%error, "the rights in a room could not be read"),
            }
        });
    }

    /// Whether every entry is stored.
    fn is_settled(&self, room: &Room) -> bool {
        self.unsent.is_empty() && room.is_settled()
    }
}

/// Serves one room until it has been empty for a while, the server stops, or the journal fails.
pub async fn serve(mut attendant: Attendant, mut inbox: mpsc::Receiver<Command>) {
    let statement = attendant.statement;
    let hub = attendant.hub.clone();
    let mut room = match attendant.open().await {
        Ok(room) => room,
        Err(error) => {
            tracing::error!(%error, "a draft could not be opened");
            hub.forget(statement, &mut inbox);
            // Whoever waits is told by the end of their channel.
            return refuse(inbox, error).await;
        }
    };
    let journal = hub.journal().clone();
    let every = Duration::from_secs(REVIEW_SECONDS);
    let mut reviews = interval_at(Instant::now() + every, every);
    reviews.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known = true;
    loop {
        if attendant.is_settled(&room) {
            for answer in attendant.holding.drain(..) {
                let _ = answer.send(Ok(Reading { parts: room.parts(), head: room.head() }));
            }
            if attendant.stopping {
                hub.forget(statement, &mut inbox);
                return;
            }
        }
        let idle_until = attendant.empty_since + Duration::from_secs(ROOM_IDLE_SECONDS);
        let may_close = attendant.sockets.is_empty() && attendant.holds == 0 && attendant.is_settled(&room);
        tokio::select! {
            place = journal.reserve(), if !attendant.unsent.is_empty() => {
                if let (Ok(place), Some(entry)) = (place, attendant.unsent.pop_front()) {
                    place.send(Waiting { statement, entry, at: hub.shell().clock.now(), room: attendant.writer.clone() });
                }
            }
            Some(outcome) = attendant.outcomes.recv() => {
                if let Then::Broken = attendant.outcome(&mut room, outcome) {
                    hub.forget(statement, &mut inbox);
                    return;
                }
            }
            Some(heard) = attendant.heard.recv() => attendant.heard(&mut room, heard),
            command = inbox.recv(), if known => match command {
                Some(command) => attendant.command(&mut room, command),
                // The hub let go of the room; only what is still to be stored keeps it.
                None => (known, attendant.stopping) = (false, true),
            },
            _ = reviews.tick() => attendant.review(None),
            () = sleep_until(idle_until), if may_close => {
                if hub.close_if_unasked(statement, &mut inbox) {
                    return;
                }
            }
        }
    }
}

/// Answers everybody who waits for a room that could not be opened.
async fn refuse(mut inbox: mpsc::Receiver<Command>, error: Failure) {
    let again = || match &error {
        Failure::Refused(refusal) => Failure::Refused(refusal.clone()),
        Failure::Away(cause) => Failure::Away(cause.to_string().into()),
        Failure::Broken(cause) => Failure::broken(cause.to_string()),
    };
    while let Some(command) = inbox.recv().await {
        match command {
            Command::Join { answer, .. } => drop(answer.send(Err(again()))),
            Command::Read { answer } | Command::Hold { answer } => drop(answer.send(Err(again()))),
            Command::Release { answer } => drop(answer.send(Ok(()))),
            Command::Insert { answer, .. } => drop(answer.send(Err(again()))),
            Command::Frame { .. } | Command::Leave { .. } | Command::Review { .. } | Command::Stop { .. } => {}
        }
    }
}
