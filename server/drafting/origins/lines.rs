//! How a draft read at an act, and which of the words that came in it were there before.

use super::super::gate::{Id, Stretch};
use super::super::limits::*;
use super::alike::{BREAK, alike};
use super::letters::{Letters, NEVER, NOTHING};

/// Letters from `start` up to `end` of a client are those from `from` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    pub start: u32,
    pub end: u32,
    pub from: Id,
}

/// Every letter of a draft in the order of its texts, deleted ones too.
#[derive(Debug)]
pub struct Order {
    letters: Vec<Letter>,
    /// Those that went, by the act in which they did.
    gone: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Letter {
    unit: u16,
    came: u32,
    went: u32,
    id: Id,
}

/// Letters for comparing, and which of the order's each of them is.
#[derive(Default)]
struct Read {
    units: Vec<u16>,
    places: Vec<u32>,
}

/// A stretch that was there before.
struct Candidate<'a> {
    at: usize,
    len: usize,
    from: &'a [u32],
    /// Counts from the newest: what went last, then what stood.
    rank: u32,
}

const PARAGRAPH: u16 = b'\n' as u16;

impl Order {
    pub fn of(texts: &[Vec<Stretch>], known: &Letters) -> Order {
        let mut letters = Vec::new();
        for text in texts {
            for stretch in text {
                let Some(client) = known.client(stretch.client) else { continue };
                for clock in stretch.start..stretch.start + stretch.len {
                    let (unit, came) = (client.unit(clock), client.act(clock).unwrap_or(NEVER));
                    if unit != NOTHING {
                        letters.push(Letter { unit, came, went: client.gone(clock), id: Id { client: stretch.client, clock } });
                    }
                }
            }
            // Texts do not touch.
            letters.push(Letter { unit: BREAK, came: 0, went: NEVER, id: Id { client: 0, clock: 0 } });
        }
        let mut gone: Vec<u32> = (0..letters.len() as u32).filter(|at| letters[*at as usize].went != NEVER).collect();
        // Stable: what went at once stays in the order of the text.
        gone.sort_by_key(|at| letters[*at as usize].went);
        Order { letters, gone }
    }

    pub fn bytes(&self) -> usize {
        self.letters.len() * size_of::<Letter>() + self.gone.len() * size_of::<u32>()
    }

    /// The lines that came in an act under a client id, but for what is known of them already; and which of them go on behind one's own letters.
    fn came(&self, client: u64, act: u32, known: &[Again]) -> (Read, Vec<Line>) {
        let (mut read, mut lines): (Read, Vec<Line>) = (Read::default(), Vec::new());
        let (mut open, mut before): (bool, Option<Id>) = (false, None);
        for (at, letter) in self.letters.iter().enumerate() {
            let is_known = || known.iter().any(|one| (one.start..one.end).contains(&letter.id.clock));
            if letter.came == act && letter.id.client == client && letter.unit != PARAGRAPH && letter.unit != BREAK && !is_known() {
                if !open {
                    read.push(BREAK, u32::MAX);
                    let goes_on = letter.id.clock.checked_sub(1).is_some_and(|clock| before == Some(Id { client, clock }));
                    lines.push(Line { start: read.units.len(), goes_on });
                    open = true;
                }
                read.push(letter.unit, at as u32);
            } else if letter.came <= act && letter.went > act {
                open = false;
                before = Some(letter.id);
            }
        }
        read.push(BREAK, u32::MAX);
        (read, lines)
    }

    /// What stood just before an act.
    fn stood(&self, act: u32) -> Read {
        let mut read = Read::default();
        for (at, letter) in self.letters.iter().enumerate().filter(|(_, letter)| letter.came < act && letter.went >= act) {
            read.push(letter.unit, at as u32);
        }
        read
    }

    /// What had gone up to an act, each deletion by itself.
    fn went(&self, act: u32) -> Read {
        let (mut read, mut last) = (Read::default(), NEVER);
        for at in &self.gone {
            let letter = self.letters[*at as usize];
            if letter.went > act {
                break;
            }
            if letter.came < act {
                if letter.went != last {
                    read.push(BREAK, u32::MAX);
                    last = letter.went;
                }
                read.push(letter.unit, *at);
            }
        }
        read
    }
}

struct Line {
    start: usize,
    goes_on: bool,
}

impl Read {
    fn push(&mut self, unit: u16, place: u32) {
        self.units.push(unit);
        self.places.push(place);
    }
}

/// Which letters of an act were there before, but for those that are known. `between` tells the milliseconds from one act to another.
pub fn found(order: &Order, client: u64, act: u32, known: &[Again], between: impl Fn(u32, u32) -> i64) -> Vec<Again> {
    let (came, lines) = order.came(client, act, known);
    if came.units.len() < MOVED_LETTERS_MIN {
        return Vec::new();
    }
    let (went, stood) = (order.went(act), order.stood(act));
    let mut candidates: Vec<Candidate> = Vec::new();
    for one in alike(&came.units, &went.units, MOVED_LETTERS_MIN) {
        let from = &went.places[one.from..one.from + one.len];
        let gone_in = order.letters[from[0] as usize].went;
        if one.len >= COPIED_LETTERS_MIN || between(gone_in, act) <= MOVE_SECONDS * 1000 {
            candidates.push(Candidate { at: one.at, len: one.len, from, rank: act - gone_in });
        }
    }
    for one in alike(&came.units, &stood.units, MOVED_LETTERS_MIN) {
        let is_all_that_came = came.units[one.at + one.len] == BREAK && lines.iter().any(|line| line.start == one.at && !line.goes_on);
        if one.len >= COPIED_LETTERS_MIN || is_all_that_came {
            candidates.push(Candidate { at: one.at, len: one.len, from: &stood.places[one.from..one.from + one.len], rank: NEVER });
        }
    }
    candidates.sort_by_key(|one| (usize::MAX - one.len, one.rank));
    let (mut taken, mut all) = (vec![false; came.units.len()], Vec::new());
    for Candidate { at, len, from, .. } in candidates {
        // What a longer one has taken at its ends is left to that.
        let free = |behind: &usize| !taken[at + behind];
        let Some(first) = (0..len).find(free) else { continue };
        let last = (first..len).take_while(free).count() + first;
        if last - first < MOVED_LETTERS_MIN {
            continue;
        }
        taken[at + first..at + last].fill(true);
        for (place, was) in came.places[at + first..at + last].iter().zip(&from[first..last]) {
            add(&mut all, order.letters[*place as usize].id.clock, order.letters[*was as usize].id);
        }
    }
    all
}

/// Goes on with the last stretch where letters and what they were follow one another.
fn add(all: &mut Vec<Again>, clock: u32, from: Id) {
    match all.last_mut() {
        Some(last) if last.end == clock && last.from.client == from.client && last.from.clock + (clock - last.start) == from.clock => {
            last.end += 1
        }
        _ => all.push(Again { start: clock, end: clock + 1, from }),
    }
}
