//! When much of a text is taken out within a short time, the text of before is worth keeping, whatever becomes of it.
//!
//! Emptying a text at once, replacing all of it by something pasted, or taking it out paragraph by paragraph are the same here:
//! what is deleted counts, and what is written in its place makes up for nothing. What writing takes back as it goes stays
//! below the limits. Who takes less than a part in ten minutes, again and again, is met by the sessions alone.

use super::limits::*;
use super::seat::Millis;

#[derive(Debug, Default)]
pub struct Losses {
    /// The last entry before the first of those that count together.
    before: u64,
    began: Millis,
    /// Letters of the text when it began, and those gone since.
    of: usize,
    gone: usize,
}

impl Losses {
    /// Counts what an entry takes out of a text of so many letters. Answers the entry up to which the text is to be kept,
    /// once it is enough.
    pub fn count(&mut self, seq: u64, gone: usize, of: usize, now: Millis) -> Option<u64> {
        let is_enough = |gone: usize, of: usize| gone >= LOSS_LETTERS_MIN && gone * LOSS_PART >= of;
        if gone == 0 {
            return None;
        }
        // Enough by itself: the text just before it, whatever small things were taken back in the minutes before.
        if is_enough(gone, of) {
            self.gone = 0;
            return Some(seq.saturating_sub(1));
        }
        if self.gone == 0 || now > self.began + LOSS_MILLIS {
            *self = Losses { before: seq.saturating_sub(1), began: now, of, gone: 0 };
        }
        self.gone += gone;
        if !is_enough(self.gone, self.of) {
            return None;
        }
        self.gone = 0;
        Some(self.before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_a_part_of_the_text_within_a_while_is_a_loss() {
        let mut losses = Losses::default();
        assert_eq!(losses.count(9, 0, 1000, 0), None);
        assert_eq!(losses.count(10, 1000, 1000, 0), Some(9), "at once");
        assert_eq!(losses.count(20, 100, 1000, 5), None);
        assert_eq!(losses.count(21, 100, 900, 6), None);
        assert_eq!(losses.count(22, 50, 800, 7), Some(19), "paragraph by paragraph: the text before the first");
        assert_eq!(losses.count(23, 50, 750, 8), None, "and counted anew");
        assert_eq!(losses.count(30, 199, 200, LOSS_MILLIS + 10), None, "few letters, and those of before are long ago");
        assert_eq!(losses.count(31, 1, 1, LOSS_MILLIS + 11), Some(29));
        assert_eq!(losses.count(35, 5, 900, LOSS_MILLIS + 20), None);
        assert_eq!(losses.count(39, 800, 900, LOSS_MILLIS + 30), Some(38), "just before it, and not before a slip of the pen");
        assert_eq!(losses.count(40, 300, 10_000, 3 * LOSS_MILLIS), None, "a small part");
    }
}
