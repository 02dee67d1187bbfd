//! Words that say when they were written, so that a reader need not apply an update to know how long it took: `~`, and in
//! hexadecimal digits who wrote, the how manieth it is, and when. They are found in whatever a server makes of the updates, as long
//! as it keeps runs of letters together.

use crate::wire::{put_bytes, put_number};

#[derive(Clone, Copy)]
pub struct Mark {
    pub writer: u16,
    pub number: u32,
    /// Nanoseconds of the machine's monotonic clock, the same in every process. Twelve digits last three days.
    pub at: u64,
}

const NUMBER_MASK: u32 = 0xff_ffff;
const AT_MASK: u64 = 0xffff_ffff_ffff;
const DIGITS: usize = 4 + 6 + 12;

impl Mark {
    pub fn now(writer: u16, number: u32) -> Mark {
        Mark { writer, number: number & NUMBER_MASK, at: now() & AT_MASK }
    }

    pub fn age_micros(&self) -> u64 {
        (now().wrapping_sub(self.at) & AT_MASK) / 1000
    }

    fn words(&self) -> String {
        format!("~{:04x}{:06x}{:012x}", self.writer, self.number, self.at)
    }
}

pub fn in_bytes(bytes: &[u8], mut found: impl FnMut(Mark)) {
    for at in memchr::memchr_iter(b'~', bytes) {
        let Some(digits) = bytes.get(at + 1..at + 1 + DIGITS) else { return };
        if let (Some(writer), Some(number), Some(at)) = (hex(&digits[..4]), hex(&digits[4..10]), hex(&digits[10..])) {
            found(Mark { writer: writer as u16, number: number as u32, at });
        }
    }
}

/// One writer's own run of letters in the text `text`, as Yjs' updates (version 1).
pub struct Pen {
    client: u32,
    written: u32,
}

impl Pen {
    pub fn new(client: u32) -> Pen {
        Pen { client: client & 0x7fff_ffff, written: 0 }
    }

    /// The mark and `padding` letters more, behind what this pen wrote before.
    pub fn writes(&mut self, mark: Mark, padding: usize) -> Vec<u8> {
        const LETTERS_BEGIN_A_TEXT: u8 = 0x04;
        const LETTERS_BEHIND: u8 = 0x84;
        let words = mark.words() + &"x".repeat(padding);
        let mut update = vec![1, 1];
        put_number(&mut update, self.client.into());
        put_number(&mut update, self.written.into());
        match self.written.checked_sub(1) {
            None => {
                update.extend([LETTERS_BEGIN_A_TEXT, 1]);
                put_bytes(&mut update, b"text");
            }
            Some(last) => {
                update.push(LETTERS_BEHIND);
                put_number(&mut update, self.client.into());
                put_number(&mut update, last.into());
            }
        }
        put_bytes(&mut update, words.as_bytes());
        update.push(0);
        self.written += words.len() as u32;
        update
    }
}

fn now() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call fills the structure it is given and keeps nothing of it.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

fn hex(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0, |number, digit| Some(number << 4 | u64::from((*digit as char).to_digit(16)?)))
}
