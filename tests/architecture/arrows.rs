//! Arrows between rooms: every `crate::room`, in a `use` or in the middle of a line.

use crate::sources::{Source, named};

/// Mentions of rooms that this file may not use. The evidence crate has a house of its own, and `lib.rs` only lists rooms.
pub fn broken(source: &Source, order: &str, narrower: &[(&str, &[&str])]) -> Vec<String> {
    let here = source.room();
    if here == "evidence" || here == "lib" {
        return Vec::new();
    }
    let place = |room: &str| order.split('→').position(|row| row.split(',').any(|one| one.trim() == room));
    let narrow = narrower.iter().find(|(room, _)| *room == here);
    let allowed = |there: &str| {
        there == here
            || (place(there).is_some_and(|there| place(here) > Some(there)) && narrow.is_none_or(|(_, rooms)| rooms.contains(&there)))
    };
    let mut found = mentioned(source);
    found.retain(|(_, there)| !allowed(there));
    let unknown = |there: &str| if place(there).is_none() { " (no name of a room)" } else { "" };
    found.iter().map(|(offset, there)| format!("{}: `{here}` may not use `{there}`{}", source.at(*offset), unknown(there))).collect()
}

/// Rooms named in the file, with where they are named. Climbing by `super` to where the rooms are is no name.
fn mentioned(source: &Source) -> Vec<(usize, &str)> {
    let climb = "super::".repeat(source.path.split('/').filter(|part| *part != "mod.rs").count());
    let mut found: Vec<_> = source.mentions(&climb).map(|offset| (offset, &source.code[offset..offset + climb.len()])).collect();
    for offset in source.mentions("crate") {
        let after = offset + "crate".len();
        match source.code[after..].strip_prefix("::") {
            Some(path) => found.extend(tops(path).into_iter().map(|(at, room)| (after + "::".len() + at, room))),
            // `pub(crate)` says who may look in, not what is used.
            None if source.code[after..].starts_with(')') => {}
            None => found.push((offset, "crate")),
        }
    }
    found
}

/// The first names of `a::b` or `{a::{b, c}, d}`.
pub fn tops(path: &str) -> Vec<(usize, &str)> {
    let (mut found, mut depth) = (Vec::new(), 0);
    for (at, character) in path.char_indices() {
        depth += i32::from(character == '{') - i32::from(character == '}');
        let next = path[at + character.len_utf8()..].trim_start();
        if depth == 1 && matches!(character, '{' | ',') && !next.starts_with('}') {
            found.push((path.len() - next.len(), named(next)));
        }
        if depth == 0 {
            break;
        }
    }
    if found.is_empty() { vec![(0, named(path))] } else { found }
}

#[test]
fn arrows_are_seen_however_they_are_written() {
    let order = "kernel → text → drafting, signing → config → app";
    let check = |path: &str, text: &str| -> Vec<String> {
        let found = broken(&Source::new(path, text), order, &[("config", &["kernel"])]);
        found.iter().map(|line| line.split('`').nth_back(1).unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(check("text/count.rs", "use crate::kernel::Id;\npub(crate) fn f() { crate::text::g() }"), [""; 0]);
    assert_eq!(check("text/count.rs", "use crate::{\n  kernel::{app, Id},\n  drafting::{self, signing},\n  app,\n};"), ["drafting", "app"]);
    assert_eq!(
        check("signing/routes/rounds.rs", "fn f() { crate::drafting::g(); super::super::super::app::h(); super::super::i() }"),
        ["super::super::super::", "drafting"]
    );
    assert_eq!(check("signing/mod.rs", "pub(super) use super::kernel;"), ["super::"]);
    assert_eq!(check("config.rs", "use crate::{kernel, text};"), ["text"]);
    assert_eq!(check("app.rs", "use crate::*; use crate as house;").len(), 2);
    assert_eq!(check("parlour.rs", "use crate::kernel::Id;"), ["kernel"]);
}
