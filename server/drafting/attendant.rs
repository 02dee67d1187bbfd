//! The task beside a room: it carries out the room's effects and brings it what the world answers.
//!
//! It never waits for one thing alone. Sockets that do not read are told later what they missed, the journal is handed entries
//! when it has place, and workers and reviews answer through a channel; so no two tasks can wait for each other. It ends when the room
//! has been empty for a while, when the server stops, or when something was not stored: then what the room believes is no
//! longer true, everybody is sent away to come back, and whoever asks next reads the journal anew.
//!
//! When a hold ends, the statement's state in the database decides: still drafting, and what waited is taken; frozen, and
//! whoever was writing is told so.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::base::Base;
use super::chair::Behind;
use super::command::{Command, CommittedText, Guest, Inserted, Insertion};
use super::holds::Holds;
use super::journal::{self, OnItsWay, ReturnAddress, Written};
use super::limits::*;
use super::opening::{self, Draft};
use super::outboxes::{Full, Outboxes};
use super::review::{self, Found, Verdict};
use super::room::{BrokenJournal, Claim, Dismissal, Effect, JournalEntry, Millis, Right, Room, Seat};
use super::surroundings::Surroundings;
use super::wire::Framed;
use crate::kernel::{No, StatementId};
use crate::statements::State;
use crate::store::{Attempt, Failure};

/// What was asked of others and has come back.
enum Heard {
    Compared { seat: Seat, ticket: u64, lacking: Option<Bytes> },
    Compacted { upto: u64, base: Option<Bytes> },
    LetGo { told: Option<oneshot::Sender<()>> },
    Reviewed { number: u64, found: Option<Found>, ends_hold: bool, told: Option<oneshot::Sender<()>> },
}

/// Every field belongs to the room's own task; others reach it through the inbox and the two channels alone.
pub struct Attendant {
    around: Surroundings,
    statement: StatementId,
    /// Its own inbox, for the sockets. Weak, so that a room nobody knows comes to its end.
    inbox: mpsc::WeakSender<Command>,
    outboxes: Outboxes,
    unsent: VecDeque<(JournalEntry, Claim)>,
    address: ReturnAddress,
    written: mpsc::Receiver<Written>,
    answers: mpsc::Sender<Heard>,
    heard: mpsc::Receiver<Heard>,
    holds: Holds,
    inserting: Vec<(u64, Inserted)>,
    drafting: bool,
    /// Reviews are numbered, because they may come back in another order than they were asked in.
    reviews: u64,
    reviewed: u64,
    reviewed_at: Millis,
    stopping: bool,
    /// Since when nobody has a seat; nothing while somebody has.
    empty_since: Option<Millis>,
}

/// Whether the room goes on.
enum Then {
    On,
    /// Something was not stored: what the room believes is no longer true.
    Broken,
}

/// Serves one room to its end.
pub async fn serve(around: Surroundings, statement: StatementId, own: mpsc::WeakSender<Command>, mut inbox: mpsc::Receiver<Command>) {
    let mut attendant = Attendant::new(around.clone(), statement, own);
    let mut room = match attendant.open().await {
        Ok(room) => room,
        Err(error) => {
            tracing::error!(%error, "a draft could not be opened");
            around.rooms.forget(statement, &mut inbox);
            while let Some(command) = inbox.recv().await {
                command.refuse(&error);
            }
            return;
        }
    };
    let mut beats = interval_at(Instant::now(), Duration::from_secs(BEAT_SECONDS));
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known = true;
    loop {
        attendant.hand_out_holds(&room);
        let idle = attendant.is_settled(&room) && attendant.holds.none() && !room.anything_waits();
        if idle && attendant.stopping {
            attendant.rest(&mut room).await;
            attendant.keeps_days(&room);
            return around.rooms.forget(statement, &mut inbox);
        }
        if attendant.was_left_alone() && idle {
            attendant.rest(&mut room).await;
            attendant.keeps_days(&room);
            if around.rooms.close_if_unasked(statement, &mut inbox) {
                around.historian.is_put_away(statement, room.head());
                return;
            }
        }
        tokio::select! {
            place = around.journal.reserve(), if !attendant.unsent.is_empty() => {
                if let (Ok(place), Some((entry, claim))) = (place, attendant.unsent.pop_front()) {
                    place.send(OnItsWay { statement, entry, claim, at: around.shell.clock.now(), from: attendant.address.clone() });
                }
            }
            Some(written) = attendant.written.recv() => {
                if let Then::Broken = attendant.written(&mut room, written) {
                    attendant.keeps_days(&room);
                    return around.rooms.forget(statement, &mut inbox);
                }
            }
            Some(heard) = attendant.heard.recv() => attendant.heard(&mut room, heard),
            command = inbox.recv(), if known => match command {
                Some(command) => attendant.command(&mut room, command),
                // The hub let go of the room; only what is still to be stored keeps it.
                None => (known, attendant.stopping) = (false, true),
            },
            _ = beats.tick() => attendant.beat(&mut room),
        }
    }
}

impl Attendant {
    fn new(around: Surroundings, statement: StatementId, inbox: mpsc::WeakSender<Command>) -> Attendant {
        let (heard_of_journal, written) = mpsc::channel(ROOM_ANSWERS_MAX);
        let (answers, heard) = mpsc::channel(ROOM_ANSWERS_MAX);
        Attendant {
            reviewed_at: around.now(),
            around,
            statement,
            inbox,
            outboxes: Outboxes::default(),
            unsent: VecDeque::new(),
            address: ReturnAddress { heard: heard_of_journal, broken: Arc::default() },
            written,
            answers,
            heard,
            holds: Holds::default(),
            inserting: Vec::new(),
            drafting: true,
            reviews: 0,
            reviewed: 0,
            stopping: false,
            empty_since: None,
        }
    }

    /// Reads the stored base and the journal behind it, which begins here if it has not, through the gate. What is long is merged
    /// before anybody is served.
    async fn open(&mut self) -> Attempt<Room> {
        let draft = opening::draft(&self.around, self.statement).await?;
        let had_base = draft.base.is_some();
        if had_base {
            self.around.archive.look_at(self.statement);
        }
        let mut opened = self.replay(draft).await?;
        if let (Err(broken), true) = (&opened, had_base) {
            tracing::warn!(seq = broken.seq, refusal = %broken.refusal, "the stored base of a draft does not pass; its journal is read instead");
            let draft = opening::from_the_beginning(&self.around, self.statement).await?;
            opened = self.replay(draft).await?;
        }
        let mut room = opened
            .map_err(|broken| Failure::broken(format!("entry {} of a draft's journal does not pass: {}", broken.seq, broken.refusal)))?;
        room.goes_on_counting(self.around.days.of(self.statement));
        let merging = room.wants_base();
        self.merge_now(&mut room, merging).await;
        Ok(room)
    }

    async fn replay(&mut self, draft: Draft) -> Attempt<Result<Room, BrokenJournal>> {
        let Draft { state, description, base, entries } = draft;
        self.drafting = state == State::Drafting;
        let frozen = !self.drafting;
        let replay = move || {
            let (base, owners) = base.map_or((None, Vec::new()), |base| (Some((base.upto, base.body)), base.owners));
            Room::open(description, base, owners, entries, frozen)
        };
        tokio::task::spawn_blocking(replay).await.map_err(Failure::broken)
    }

    /// Before a draft is put away: whoever opens it next finds little behind its base.
    async fn rest(&self, room: &mut Room) {
        let merging = room.wants_base_at_rest();
        self.merge_now(room, merging).await;
    }

    /// Before others can open the draft anew.
    fn keeps_days(&self, room: &Room) {
        self.around.days.keep(self.statement, room.days().clone(), self.around.now());
    }

    async fn merge_now(&self, room: &mut Room, merging: Option<Effect>) {
        if let Some(Effect::Compact { upto, parts }) = merging {
            let merged = self.around.worker.merge(&parts).await.ok();
            room.compacted(upto, merged.clone());
            if let Some(body) = merged {
                self.keep(room, upto, body).await;
            }
        }
    }

    /// Stores a base. Nothing is lost where that fails: the journal has it all.
    fn keep(&self, room: &Room, upto: u64, body: Bytes) -> impl Future<Output = ()> + Send + 'static {
        let (store, archive, statement) = (self.around.shell.store.clone(), self.around.archive.clone(), self.statement);
        let base = Base { upto, body, owners: room.owners() };
        async move {
            match store.write(move |tx| journal::keep_base(tx, statement, &base)).await {
                Ok(()) => archive.look_at(statement),
                Err(error) => tracing::warn!(%error, "the base of a draft was not stored; the next one will be"),
            }
        }
    }

    fn command(&mut self, room: &mut Room, command: Command) {
        match command {
            Command::Join { seat, guest: Guest { occupant, session }, answer } => {
                let Some(inbox) = self.inbox.upgrade().filter(|_| !self.stopping) else {
                    // The room comes to its end; the one opened after it takes them.
                    return drop(answer.send(Err(No::Busy.into())));
                };
                let joined = self.outboxes.add(seat, session, inbox);
                let effects = room.join(seat, occupant);
                self.carry_out(room, effects);
                // Where nobody waits for it any more, the seat is given back as it always is: by who holds it.
                drop(answer.send(Ok(joined)));
            }
            Command::Frame { seat, frame } => {
                let effects = room.handle(seat, &frame, self.around.now());
                self.carry_out(room, effects);
                self.outboxes.read_on(seat, room.is_read_on(seat));
            }
            Command::Leave { seat } => self.leave(room, seat),
            Command::Read { answer } => drop(answer.send(Ok(committed(room)))),
            Command::Hold { answer } => {
                tracing::debug!(statement = %self.statement, "a draft is held");
                room.hold();
                self.holds.begin(answer);
            }
            Command::Insert(insertion) => self.insert(room, insertion),
            Command::Present { answer } => drop(answer.send(room.present())),
            Command::Review { answer } => self.review(false, Some(answer)),
            Command::SessionEnded { session } => {
                for seat in self.outboxes.of(session) {
                    let effects = room.dismiss(seat, Dismissal::SIGNED_OUT);
                    self.carry_out(room, effects);
                }
            }
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
            Heard::Compacted { upto, base } => {
                room.compacted(upto, base.clone());
                if let Some(body) = base {
                    tokio::spawn(self.keep(room, upto, body));
                }
            }
            Heard::LetGo { told } => {
                // The state in the database decides what comes next; nothing is taken before it is known.
                if self.holds.end() {
                    self.review(true, told);
                }
            }
            Heard::Reviewed { number, found, ends_hold, told } => {
                if let Some(found) = found.filter(|_| number > self.reviewed) {
                    self.reviewed = number;
                    self.apply(room, found);
                }
                // If the state could not be read the room goes on all the same: the journal asks for it with each commit.
                if ends_hold && self.holds.none() {
                    self.go_on(room);
                }
                if let Some(told) = told {
                    let _ = told.send(());
                }
            }
        }
    }

    /// What everybody may do now, and how they are shown.
    fn apply(&mut self, room: &mut Room, found: Found) {
        let just_frozen = self.drafting && !found.drafting;
        let still_drafting = self.drafting && found.drafting;
        self.drafting = found.drafting;
        room.set_frozen(!found.drafting);
        for (seat, verdict) in found.verdicts {
            let effects = match verdict {
                Verdict::Gone(closing) => room.dismiss(seat, closing),
                // Who was writing is told, and may come back to read.
                Verdict::May(Right::Read, _) if just_frozen && room.right(seat) > Some(Right::Read) => {
                    room.dismiss(seat, Dismissal::FROZEN)
                }
                Verdict::May(_, user) if room.user(seat).is_some_and(|now| now.handle != user.handle) => {
                    room.dismiss(seat, Dismissal::SEAT_CHANGED)
                }
                // A page that goes on as before would not know what it may do now: it comes back, and asks.
                Verdict::May(right, _) if still_drafting && room.changes_right(seat, right) => room.dismiss(seat, Dismissal::SEAT_CHANGED),
                Verdict::May(right, user) => {
                    room.set_right(seat, right);
                    room.set_user(seat, user)
                }
            };
            self.carry_out(room, effects);
        }
    }

    fn hand_out_holds(&mut self, room: &Room) {
        if !self.is_settled(room) {
            return;
        }
        for let_go in self.holds.hand_out(|| committed(room)) {
            let answers = self.answers.clone();
            tokio::spawn(async move {
                let told = let_go.await.ok();
                let _ = answers.send(Heard::LetGo { told }).await;
            });
        }
    }

    fn go_on(&mut self, room: &mut Room) {
        let effects = room.resume();
        self.carry_out(room, effects);
        self.read_on(room);
        for insertion in self.holds.take_kept() {
            self.insert(room, insertion);
        }
    }

    fn insert(&mut self, room: &mut Room, insertion: Insertion) {
        if room.is_held() && !insertion.within_hold {
            return self.holds.keep(insertion);
        }
        let Insertion { by: (person, organisation), within_hold, after, update, answer } = insertion;
        // Who holds the room beside another has read a text that is not to change under them.
        if !room.ends_with(after) || (within_hold && !self.holds.is_one()) {
            return drop(answer.send(Ok(Err(Dismissal::OUT_OF_STEP))));
        }
        match room.insert(person, organisation, update) {
            Ok(effect) => {
                if let Effect::Persist(entry, _) = &effect {
                    self.inserting.push((entry.seq, answer));
                }
                self.carry_out(room, vec![effect]);
            }
            Err(closing) => drop(answer.send(Ok(Err(closing)))),
        }
    }

    fn written(&mut self, room: &mut Room, written: Written) -> Then {
        let closing = match written {
            Written::Upto(upto) => {
                let effects = room.committed(upto);
                self.carry_out(room, effects);
                self.read_on(room);
                let stored: Vec<_> = self.inserting.extract_if(.., |(seq, _)| *seq <= upto).collect();
                stored.into_iter().for_each(|(_, answer)| drop(answer.send(Ok(Ok(())))));
                return Then::On;
            }
            Written::NotDrafting => Dismissal::FROZEN,
            Written::Nothing => Dismissal::NOT_STORED,
        };
        let effects = room.close_all(closing);
        self.carry_out(room, effects);
        self.inserting.drain(..).for_each(|(_, answer)| drop(answer.send(Ok(Err(closing)))));
        Then::Broken
    }

    fn beat(&mut self, room: &mut Room) {
        let now = self.around.now();
        let effects = room.tick(now);
        self.carry_out(room, effects);
        let reads_again: Vec<Seat> = room.behind().into_iter().filter(|seat| self.outboxes.is_sent(*seat)).collect();
        for seat in reads_again {
            let effects = room.catches_up(seat);
            self.carry_out(room, effects);
        }
        if now >= self.reviewed_at + REVIEW_SECONDS * 1000 {
            self.review(false, None);
        }
    }

    /// Effects in their order. A socket that cannot take its frame falls behind.
    fn carry_out(&mut self, room: &mut Room, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                // Of these, each is said again to whoever catches up.
                Effect::Send { seat, frame } => self.send(room, seat, &[Framed::binary(&frame)], Behind::Since(room.head())),
                Effect::Answer { seat, frames } => {
                    let frames: Vec<Framed> = frames.iter().map(Framed::binary).collect();
                    self.send(room, seat, &frames, Behind::Everything);
                }
                Effect::Broadcast { to, frame, entry } => {
                    let by = Behind::Since(entry.map_or_else(|| room.head(), |entry| entry - 1));
                    let frame = [Framed::binary(&frame)];
                    to.into_iter().for_each(|seat| self.send(room, seat, &frame, by));
                }
                Effect::Persist(entry, claim) => self.unsent.push_back((entry, claim)),
                Effect::Compare { seat, ticket, known, parts } => {
                    let (worker, answers) = (self.around.worker.clone(), self.answers.clone());
                    tokio::spawn(async move {
                        let lacking = worker.diff(&parts, &known).await.ok();
                        let _ = answers.send(Heard::Compared { seat, ticket, lacking }).await;
                    });
                }
                Effect::Compact { upto, parts } => {
                    let (worker, answers) = (self.around.worker.clone(), self.answers.clone());
                    tokio::spawn(async move {
                        let base = worker.merge(&parts).await.ok();
                        let _ = answers.send(Heard::Compacted { upto, base }).await;
                    });
                }
                Effect::Keep { upto } => self.around.historian.keeps_before_loss(self.statement, upto),
                Effect::Close { seat, closing } => {
                    tracing::debug!(number = closing.number, code = closing.code, "a seat is sent away");
                    self.outboxes.close(seat, closing);
                }
            }
        }
    }

    fn send(&self, room: &mut Room, seat: Seat, frames: &[Framed], by: Behind) {
        if let Err(Full) = self.outboxes.send(seat, frames) {
            room.fell_behind(seat, by);
        }
    }

    fn leave(&mut self, room: &mut Room, seat: Seat) {
        self.outboxes.remove(seat);
        let effects = room.leave(seat);
        self.carry_out(room, effects);
    }

    fn read_on(&self, room: &Room) {
        self.outboxes.seats().into_iter().for_each(|seat| self.outboxes.read_on(seat, room.is_read_on(seat)));
    }

    fn review(&mut self, ends_hold: bool, told: Option<oneshot::Sender<()>>) {
        self.reviews += 1;
        self.reviewed_at = self.around.now();
        let (number, seats) = (self.reviews, self.outboxes.sessions());
        let (shell, statement, answers) = (self.around.shell.clone(), self.statement, self.answers.clone());
        tokio::spawn(async move {
            let found = review::of_seats(&shell, statement, seats).await;
            // Nobody's right grows by a failure, and it is tried again soon.
            let found = found.inspect_err(|error| tracing::warn!(%error, "the rights in a room could not be read")).ok();
            let _ = answers.send(Heard::Reviewed { number, found, ends_hold, told }).await;
        });
    }

    /// Whether nobody has had a seat for a while. Asked at every beat, and therefore in time.
    fn was_left_alone(&mut self) -> bool {
        if !self.outboxes.is_empty() {
            self.empty_since = None;
            return false;
        }
        let now = self.around.now();
        now >= *self.empty_since.get_or_insert(now) + ROOM_IDLE_SECONDS * 1000
    }

    /// Whether every entry is stored.
    fn is_settled(&self, room: &Room) -> bool {
        self.unsent.is_empty() && room.is_settled()
    }
}

fn committed(room: &Room) -> CommittedText {
    CommittedText { parts: room.parts(), head: room.head() }
}
