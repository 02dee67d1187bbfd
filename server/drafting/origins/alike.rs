//! Which stretches of one text stand in another, letter for letter. Pure.
//!
//! Takes time in proportion to both: windows of the shortest length that counts are compared by their hashes, and what looks
//! alike is compared by its letters.

/// What is alike nothing, itself neither: it parts what does not belong together. (U+FFFF is no letter.)
pub const BREAK: u16 = 0xffff;

/// So many letters of `text` from `at` on are those of `source` from `from` on, and no more are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    pub at: usize,
    pub from: usize,
    pub len: usize,
}

// A text that says one thing a hundred times is not compared a hundred times with each.
const SAME_MAX: usize = 4;
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Stretches of at least so many letters, in the order of `source`. Of many places that say the same some may be left out.
pub fn alike(text: &[u16], source: &[u16], shortest: usize) -> Vec<Alike> {
    if text.len() < shortest || source.len() < shortest || shortest == 0 {
        return Vec::new();
    }
    let mut known: Vec<(u64, u32)> = hashes(text, shortest).enumerate().map(|(at, hash)| (hash, at as u32)).collect();
    known.sort_unstable();
    let mut seen = vec![false; 1 << 16];
    known.iter().for_each(|(hash, _)| seen[bucket(*hash)] = true);
    let (mut found, mut next): (Vec<Alike>, usize) = (Vec::new(), 0);
    for (from, hash) in hashes(source, shortest).enumerate() {
        if from < next || !seen[bucket(hash)] {
            continue;
        }
        let first = known.partition_point(|(one, _)| *one < hash);
        for (_, at) in known[first..].iter().take(SAME_MAX).take_while(|(one, _)| *one == hash) {
            let stretch = grown(text, source, *at as usize, from);
            if stretch.len >= shortest && !found.iter().rev().take(2 * SAME_MAX).any(|one| *one == stretch) {
                found.push(stretch);
                // What follows within it is found already; what reaches beyond it is not.
                next = next.max(stretch.from + stretch.len + 1 - shortest);
            }
        }
    }
    found
}

/// The whole stretch around two places.
fn grown(text: &[u16], source: &[u16], at: usize, from: usize) -> Alike {
    let same = |(one, other): (&u16, &u16)| one == other && *one != BREAK;
    let before = text[..at].iter().rev().zip(source[..from].iter().rev()).take_while(|pair| same(*pair)).count();
    let behind = text[at..].iter().zip(&source[from..]).take_while(|pair| same(*pair)).count();
    // Nothing where only the hashes are alike.
    Alike { at: at - before, from: from - before, len: if behind == 0 { 0 } else { before + behind } }
}

/// Of each window; multiplied once for each letter behind, so that one goes out as easily as another comes in.
fn hashes(of: &[u16], window: usize) -> impl Iterator<Item = u64> {
    let out = (0..window).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let first = of[..window].iter().fold(0u64, |hash, unit| hash.wrapping_mul(BASE).wrapping_add(u64::from(*unit) + 1));
    let steps = of[window..].iter().zip(of).scan(first, move |hash, (comes, goes)| {
        let without = (u64::from(*goes) + 1).wrapping_mul(out);
        *hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(*comes) + 1).wrapping_sub(without);
        Some(*hash)
    });
    std::iter::once(first).chain(steps)
}

fn bucket(hash: u64) -> usize {
    (hash >> 48) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, source: &str, shortest: usize) -> Vec<(usize, usize, usize)> {
        let units = |words: &str| words.encode_utf16().map(|unit| if unit == u16::from(b'|') { BREAK } else { unit }).collect::<Vec<u16>>();
        alike(&units(text), &units(source), shortest).into_iter().map(|Alike { at, from, len }| (at, from, len)).collect()
    }

    #[test]
    fn stretches_are_found_whole_and_only_where_letters_are_the_same() {
        assert_eq!(found("the sea rises", "and the sea rises again", 5), [(0, 4, 13)]);
        assert_eq!(found("xx the sea yy", "the sea and the sea", 5), [(3, 0, 8), (2, 11, 8)], "wherever it stands");
        assert_eq!(found("the sea", "the se", 7), []);
        assert_eq!(found("the sea", "the|sea", 4), [], "nothing reaches across a break");
        assert_eq!(found("a|||||b", "|||||||", 3), []);
        assert_eq!(found("", "the sea", 3), []);
        assert_eq!(found("البحر يعلو", "قال إن البحر يعلو اليوم", 6), [(0, 7, 10)]);
        assert!(found("aaaaaaaaaaaaaaaa", &"a".repeat(5000), 12).len() < 5000, "one thing said often costs no more than it is long");
    }
}
