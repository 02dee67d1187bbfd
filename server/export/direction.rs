//! Which way words run: the direction of a paragraph, and stretches of one direction within it.

use crate::text::block::Dir;
use crate::words;

/// The direction of a text by its first strong letter (UAX #9, rules P2 and P3), else `otherwise`.
pub fn direction<'a>(mut texts: impl Iterator<Item = &'a str>, otherwise: Dir) -> Dir {
    texts.find_map(|text| text.chars().find_map(strong)).unwrap_or(otherwise)
}

/// Words cut where their direction changes. What has none of its own goes with the letters around it where those agree, and with the
/// paragraph where they do not (a short form of UAX #9, rules N1 and N2).
pub fn stretches(text: &str, paragraph: Dir) -> Vec<(Dir, &str)> {
    let own: Vec<(usize, Option<Dir>)> = text.char_indices().map(|(at, letter)| (at, strong(letter))).collect();
    let mut next = paragraph;
    let follows = |(_, runs): &(usize, Option<Dir>)| {
        let behind = next;
        next = runs.unwrap_or(next);
        behind
    };
    let mut following: Vec<Dir> = own.iter().rev().map(follows).collect();
    following.reverse();
    let (mut before, mut found): (Dir, Vec<(Dir, usize)>) = (paragraph, Vec::new());
    for ((at, runs), follows) in own.into_iter().zip(following) {
        before = runs.unwrap_or(before);
        let runs = runs.unwrap_or(if before == follows { before } else { paragraph });
        if found.last().is_none_or(|(last, _)| *last != runs) {
            found.push((runs, at));
        }
    }
    let ends: Vec<usize> = found.iter().skip(1).map(|(_, at)| *at).chain([text.len()]).collect();
    found.into_iter().zip(ends).map(|((runs, at), end)| (runs, &text[at..end])).collect()
}

/// The direction of a language.
pub fn of_language(tag: &str) -> Dir {
    if words::direction(tag) == "rtl" { Dir::Rtl } else { Dir::Ltr }
}

fn strong(c: char) -> Option<Dir> {
    match u32::from(c) {
        0x200F | 0x61C => Some(Dir::Rtl),
        0x200E => Some(Dir::Ltr),
        0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFE | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF => {
            c.is_alphabetic().then_some(Dir::Rtl)
        }
        _ => c.is_alphabetic().then_some(Dir::Ltr),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_letters_follows_the_text_around_it() {
        assert_eq!(direction(["2026 (1)"].into_iter(), Dir::Rtl), Dir::Rtl);
        assert_eq!(direction(["1. ", "السلام"].into_iter(), Dir::Ltr), Dir::Rtl);
        assert_eq!(direction(["“Doğu”"].into_iter(), Dir::Rtl), Dir::Ltr);
    }

    #[test]
    fn stretches_of_one_direction_leave_nothing_out() {
        use Dir::{Ltr, Rtl};
        for (text, paragraph, wanted) in [
            ("We sign.", Ltr, &[(Ltr, "We sign.")][..]),
            ("", Rtl, &[]),
            ("12 (3)", Rtl, &[(Rtl, "12 (3)")]),
            ("نكتب إليكم.", Rtl, &[(Rtl, "نكتب إليكم.")]),
            ("شبكة Lanternway (2026) للحقوق", Rtl, &[(Rtl, "شبكة "), (Ltr, "Lanternway"), (Rtl, " (2026) للحقوق")]),
            ("The word سلام (1) and more", Ltr, &[(Ltr, "The word "), (Rtl, "سلام"), (Ltr, " (1) and more")]),
            ("(UN)", Rtl, &[(Rtl, "("), (Ltr, "UN"), (Rtl, ")")]),
        ] {
            assert_eq!(stretches(text, paragraph), wanted, "{text}");
            assert_eq!(stretches(text, paragraph).iter().map(|(_, words)| *words).collect::<String>(), text);
        }
    }
}
