//! The crate can be read from the top of its map downwards: each file uses only files above it, and none stands in a circle.
//!
//! The map is the list in `lib.rs`. Tests at the bottom of a file may use anything; comments use nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// By file (`tree`, `verify/mod`), the files it uses.
type Uses = BTreeMap<String, BTreeSet<String>>;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file of the library by its path without `.rs`, with its code.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|found| found.unwrap().path()) {
            let name = path.strip_prefix(source()).unwrap().with_extension("").to_str().unwrap().replace('\\', "/");
            if path.is_dir() && name != "bin" {
                folders.push(path);
            } else if path.is_file() && name != "lib" {
                files.insert(name, code(&fs::read_to_string(path).unwrap()));
            }
        }
    }
    files
}

/// Without comments, and without the tests, which always come last.
fn code(text: &str) -> String {
    let shown = text.split("#[cfg(test)]").next().unwrap_or_default();
    shown.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn uses(files: &BTreeMap<String, String>) -> Uses {
    files.iter().map(|(file, code)| (file.clone(), used_by(file, code, files))).collect()
}

fn used_by(file: &str, code: &str, files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let folder = file.split_once('/').map(|(folder, _)| folder);
    let inside = |folder: &str, name: &str| match files.contains_key(&format!("{folder}/{name}")) {
        true => format!("{folder}/{name}"),
        false => format!("{folder}/mod"),
    };
    for start in ["crate::", "super::"] {
        assert!(
            after(start, code).iter().all(|path| !path.is_empty()),
            "{file}: one line for each `{start}…`, so that one sees what is used"
        );
    }
    let mut used = BTreeSet::new();
    for path in after("crate::", code) {
        let mut names = path.split("::");
        let (top, next) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        used.insert(if files.contains_key(top) { top.to_owned() } else { inside(top, next) });
    }
    if let Some(folder) = folder {
        if file.ends_with("/mod") {
            let children = files.keys().filter_map(|other| other.strip_prefix(&format!("{folder}/")));
            used.extend(children.filter(|child| !after(&format!("{child}::"), code).is_empty()).map(|child| inside(folder, child)));
        } else {
            let names = after("super::", code).into_iter().map(|path| path.split("::").next().unwrap_or_default());
            used.extend(names.map(|name| inside(folder, name)));
        }
    }
    used.remove(file);
    used
}

/// What follows each mention of `start` that is not the end of a longer name.
fn after<'c>(start: &str, code: &'c str) -> Vec<&'c str> {
    let of_a_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let whole = |at: &usize| !code[..*at].ends_with(of_a_path);
    let rest = |at: usize| &code[at + start.len()..];
    let path = |rest: &'c str| &rest[..rest.find(|c| !of_a_path(c)).unwrap_or(rest.len())];
    code.match_indices(start).map(|(at, _)| at).filter(whole).map(|at| path(rest(at))).collect()
}

/// Files that stand in a circle, and those that cannot be read before one that does.
fn circles(uses: &Uses) -> BTreeSet<String> {
    let mut left: BTreeSet<String> = uses.keys().cloned().collect();
    while let Some(readable) = left.iter().find(|file| uses[*file].is_disjoint(&left)).cloned() {
        left.remove(&readable);
    }
    left
}

/// The names in the list of `lib.rs`, from the top.
fn map() -> Vec<String> {
    let lib = fs::read_to_string(source().join("lib.rs")).unwrap();
    let list = lib.lines().filter_map(|line| line.strip_prefix("//! * "));
    list.flat_map(|line| line.split("[`").skip(1).map(|rest| rest.split('`').next().unwrap().to_owned())).collect()
}

#[test]
fn each_file_uses_only_what_stands_above_it_in_the_map() {
    let (map, uses) = (map(), uses(&files()));
    let top = |file: &str| file.split('/').next().unwrap_or_default().to_owned();
    let place = |file: &str| map.iter().position(|name| *name == top(file)).unwrap_or_else(|| panic!("{file} is not in the map of lib.rs"));
    let below = uses.iter().flat_map(|(file, used)| used.iter().map(move |other| (file, other)));
    let wrong: Vec<_> = below.filter(|(file, other)| top(file) != top(other) && place(other) >= place(file)).collect();
    assert!(wrong.is_empty(), "used from below: {wrong:?}");
    assert_eq!(map.iter().collect::<BTreeSet<_>>(), uses.keys().map(|file| top(file)).collect::<BTreeSet<_>>().iter().collect());
}

#[test]
fn no_files_use_one_another_in_a_circle() {
    assert_eq!(circles(&uses(&files())), BTreeSet::new());
}

#[test]
fn the_check_sees_circles_and_who_is_in_them() {
    let circle_of = |files: &[(&str, &str)]| -> Vec<String> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), code(text))).collect();
        circles(&uses(&files)).into_iter().collect()
    };
    assert_eq!(circle_of(&[("a", "use crate::b::B;"), ("b", "// crate::a\n#[cfg(test)]\nuse crate::a::A;")]), [""; 0]);
    assert_eq!(circle_of(&[("a", "use crate::b::B;"), ("b", "fn f() { crate::a::g() }"), ("c", "use crate::a;")]), ["a", "b", "c"]);
    assert_eq!(circle_of(&[("a/mod", "mod b;\nb::f()"), ("a/b", "use super::C;")]), ["a/b", "a/mod"]);
    assert_eq!(
        circle_of(&[("a/mod", "mod b;\nmod c;\nuse b::f;"), ("a/b", "use super::c::C;"), ("a/c", "use crate::a::b::f;")]),
        ["a/b", "a/c", "a/mod"]
    );
}
