//! Circles inside a room: files that lean on each other can only be read together. A file leans on those it names by `super::`,
//! by `crate::room::`, or, as the head of a folder, by the name of a file in it; a name that is no file stands for the head.

use std::collections::{BTreeMap, BTreeSet};

use crate::arrows::tops;
use crate::sources::Source;

type Leans<'a> = BTreeMap<&'a str, BTreeSet<String>>;

/// Each circle of the room once, as a walk that ends where it began.
pub fn circles(house: &[Source], room: &str) -> Vec<String> {
    let files: Vec<&Source> = house.iter().filter(|source| source.room() == room).collect();
    let leans: Leans = files.iter().map(|source| (source.path.as_str(), named_by(source, &files))).collect();
    let walks = files.iter().filter_map(|source| walk_back(&source.path, &leans));
    let mut seen = BTreeSet::new();
    walks.filter(|walk| seen.insert(walk.iter().cloned().collect::<BTreeSet<_>>())).map(|walk| walk.join(" → ")).collect()
}

fn named_by(source: &Source, files: &[&Source]) -> BTreeSet<String> {
    let head = source.path.ends_with("/mod.rs");
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = |folder: &str, name: &str| {
        let places = [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs"), format!("{folder}/mod.rs")];
        places.into_iter().find(|place| files.iter().any(|source| source.path == *place))
    };
    let mut found = BTreeSet::new();
    for at in source.mentions("super").filter(|at| !source.code[..*at].ends_with("super::")) {
        // `super` is the folder's head; for the head itself, the folder above.
        let mut here = if head { above(folder) } else { folder };
        let mut rest = &source.code[at + "super".len()..];
        while let Some(up) = rest.strip_prefix("::super") {
            (here, rest) = (above(here), up);
        }
        let Some(path) = rest.strip_prefix("::") else { continue };
        found.extend(tops(path).iter().filter_map(|(_, name)| file(here, name)));
    }
    let own = format!("crate::{}", source.room());
    for at in source.mentions(&own) {
        let Some(path) = source.code[at + own.len()..].strip_prefix("::") else { continue };
        found.extend(tops(path).iter().filter_map(|(_, name)| file(source.room(), name)));
    }
    if head {
        let inside = files.iter().filter_map(|other| other.path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".rs"));
        let names = inside.map(|name| name.trim_end_matches("/mod")).filter(|name| !name.contains('/') && *name != "mod");
        found.extend(names.filter(|name| source.mentions(&format!("{name}::")).next().is_some()).filter_map(|name| file(folder, name)));
    }
    found.remove(&source.path);
    found
}

fn above(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(above, _)| above)
}

/// The shortest way from a file back to itself.
fn walk_back(from: &str, leans: &Leans) -> Option<Vec<String>> {
    let mut came: BTreeMap<&str, &str> = BTreeMap::new();
    let mut now = vec![from];
    while !now.is_empty() {
        let mut next = Vec::new();
        for file in now {
            for there in &leans[file] {
                if there == from {
                    let back = std::iter::successors(Some(file), |file| came.get(file).copied());
                    let mut walk: Vec<String> = back.map(str::to_owned).collect();
                    walk.reverse();
                    walk.push(from.to_owned());
                    return Some(walk);
                }
                if !came.contains_key(there.as_str()) {
                    came.insert(there, file);
                    next.push(there.as_str());
                }
            }
        }
        now = next;
    }
    None
}

#[test]
fn circles_are_seen_however_they_are_written() {
    let found = |files: &[(&str, &str)]| circles(&files.iter().map(|(path, text)| Source::new(path, text)).collect::<Vec<_>>(), "room");
    assert_eq!(
        found(&[("room/a.rs", "use super::b::B;"), ("room/b.rs", "use super::{c, d::D};"), ("room/c.rs", ""), ("room/d.rs", "")]),
        [""; 0]
    );
    assert_eq!(
        found(&[("room/a.rs", "use super::b::B;"), ("room/b.rs", "fn f() { crate::room::a::g() }")]),
        ["room/a.rs → room/b.rs → room/a.rs"]
    );
    assert_eq!(
        found(&[("room/a.rs", "use super::b::*;"), ("room/b.rs", "use super::{c};"), ("room/c.rs", "use super::a;")]),
        ["room/a.rs → room/b.rs → room/c.rs → room/a.rs"]
    );
    // The head of a folder, and a file in it that uses what the head defines.
    let folder = [("room/gate/mod.rs", "mod x;\nuse x::X;\npub struct Y;"), ("room/gate/x.rs", "use super::Y;")];
    assert_eq!(found(&folder), ["room/gate/mod.rs → room/gate/x.rs → room/gate/mod.rs"]);
    assert_eq!(
        found(&[("room/gate/mod.rs", "mod x;\nuse super::a;"), ("room/gate/x.rs", ""), ("room/a.rs", "use super::gate::G;")]).len(),
        1
    );
    assert_eq!(found(&[("room/a.rs", "#[cfg(test)]\nmod tests { use super::b; }"), ("room/b.rs", "use super::a;")]), [""; 0]);
}
