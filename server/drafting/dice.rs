//! Dice for tests: numbers that come out the same each time, and bytes that are changed on the way.
//!
//! Each throws from a seed of its own, unless `UNDERSIGNED_FUZZ_SEED` names another (`make fuzz` does, one after the other).
//! The seed is printed, and shown with a test that fails.

pub struct Dice(pub u64);

impl Dice {
    /// The seed of this run, or `usual`.
    pub fn of_this_run(usual: u64) -> Dice {
        let named = std::env::var("UNDERSIGNED_FUZZ_SEED").ok().map(|seed| seed.parse::<u64>().expect("a seed is a number"));
        // Small seeds that follow one another should throw differently from the beginning.
        let seed = named.map_or(usual, |seed| (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        println!("thrown from {}", named.map_or(format!("{usual:#x}, as always"), |seed| format!("UNDERSIGNED_FUZZ_SEED={seed}")));
        Dice(seed)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % end
    }

    /// One time in so many.
    pub fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// A few bytes changed, a bit flipped, or a piece left out or doubled. Of nothing comes nothing.
    pub fn change(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        for _ in 0..=self.below(3) {
            if changed.is_empty() {
                break;
            }
            let at = self.below(changed.len());
            match self.below(6) {
                0 => changed[at] = self.below(256) as u8,
                1 => changed[at] ^= 1 << self.below(8),
                2 => changed[at] = changed[at].wrapping_add(1),
                3 => changed[at] = changed[self.below(changed.len())],
                4 => changed.insert(at, self.below(256) as u8),
                _ if changed.len() > 4 => drop(changed.remove(at)),
                _ => {}
            }
        }
        changed
    }
}
