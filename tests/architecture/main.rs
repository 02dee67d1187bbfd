//! The house keeps its shape: who may use whom, which library is named where, what is written nowhere at all.
//!
//! The tables come first and are the rules; change them when the house changes, with a reason in the commit. The tests below
//! hold every source file against them and name the file and line of what breaks one. Comments, strings and whatever stands
//! under `#[cfg(test)]` are not looked at.

mod arrows;
mod circles;
mod sources;

use std::collections::BTreeSet;

use sources::{Source, named, read_house};

/// The rooms in reading order. A room uses itself and rooms before it; what stands between two arrows does not meet.
const ORDER: &str = "kernel → store → words → text → mail → http → ledger → export → accounts → organisations
    → statements → remarks → suggestions, versions → drafting, signing → delivery → overview → api → config → app → clockwork → serve → log → demo → admin → main";

/// Rooms that may use less than their place in the order allows.
const NARROWER: &[(&str, &[&str])] = &[("config", &["http", "store"])];

/// Names that belong to some files only. A place is a path below `server/`: a file, or a folder with everything in it;
/// `*/` before it means in any room.
const NAMES: &[(&[&str], &[&str])] = &[
    (
        &["actix_web", "actix_http", "actix_codec", "actix_server", "actix_service"],
        &["*/routes.rs", "*/routes/", "*/socket.rs", "*/wire.rs", "*/caller.rs", "http/", "app.rs", "serve.rs", "main.rs"],
    ),
    (
        &["diesel", "diesel_migrations"],
        &["*/queries.rs", "signing/devices.rs", "*/journal.rs", "*/journal/", "*/outbox.rs", "*/append.rs", "store/"],
    ),
    (&["yrs"], &["drafting/"]),
    (&["lettre"], &["mail/sender.rs"]),
    (&["printpdf", "lopdf"], &["export/"]),
    // The calendar is read in one file, so that tests can move it …
    (&["Utc::now", "Local::now", "SystemTime"], &["kernel/moment.rs"]),
    // … and identifiers carry the instant they were made; nothing decides by it.
    (&["now_v7"], &["kernel/id.rs"]),
    // Stopwatches: how long a request took, and how long its body or a worker may take.
    (&["Instant::now"], &["http/guard.rs", "http/patience.rs", "drafting/"]),
    // They end the program when nobody reads; a command may end so, a server may not.
    (&["println!", "print!", "eprintln!", "eprint!"], &["evidence/src/bin/", "evidence/src/cli.rs", "drafting/dice.rs"]),
    (&["todo!", "unimplemented!", "dbg!", ".unwrap()", ".unwrap_err()"], &[]),
    // What ends a request where it stands, in files with a reason:
    // drafting/dice.rs: compiled for tests alone, into those of the server and those of the room.
    // words/mod.rs, text/: words and tables are compiled in, so a broken file shows at the first start, whatever a client sends.
    (
        &[".expect(", ".expect_err(", "panic!", "unreachable!"],
        &["words/mod.rs", "text/unseen/load.rs", "text/description.rs", "text/link.rs", "text/count.rs", "drafting/dice.rs"],
    ),
];

/// Lines of one source file, its tests included.
const LINES_MAX: usize = 500;

#[test]
fn rooms_use_only_rooms_that_stand_before_them() {
    hold(read_house().iter().flat_map(|source| arrows::broken(source, ORDER, NARROWER)));
}

#[test]
fn the_order_is_the_one_that_lib_rs_tells() {
    let lib = file("lib.rs");
    let told = lib.code.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let ours: Vec<&str> = ORDER.split(['→', ',']).map(str::trim).collect();
    assert_eq!(told.chain(["main"]).collect::<Vec<_>>(), ours, "server/lib.rs (left) and ORDER here (right) differ");
}

#[test]
fn files_of_a_room_can_be_read_one_after_another() {
    let house = read_house();
    let rooms: BTreeSet<&str> = house.iter().map(Source::room).collect();
    hold(rooms.into_iter().flat_map(|room| circles::circles(&house, room)));
}

#[test]
fn a_name_stands_only_where_it_belongs() {
    hold(read_house().iter().flat_map(misplaced));
}

#[test]
fn every_limit_is_used() {
    hold(unused_limits(&read_house()));
}

#[test]
fn every_setting_has_an_environment_name_and_a_meaning() {
    let config = file("config.rs");
    let fields = config.text.split("pub struct Config {").nth(1).and_then(|rest| rest.split("\n}").next()).expect("Config has fields");
    let pieces: Vec<&str> = fields.split("\n    pub ").collect();
    assert!(pieces.len() > 1, "server/config.rs has settings");
    hold(pieces.windows(2).flat_map(|pair| {
        // A field's comment and attributes end the piece before it.
        let (said, field) = (pair[0], named(pair[1]));
        let line = config.at(config.mentions(&format!("pub {field}:")).next().unwrap_or(0));
        let wanted = ["\n    /// ".to_owned(), format!("env = \"UNDERSIGNED_{}\"", field.to_uppercase())];
        wanted.into_iter().filter(|part| !said.contains(part)).map(move |part| format!("{line}: {field} lacks its `{}`", part.trim()))
    }));
}

#[test]
fn every_file_opens_with_its_reason_and_fits_a_sitting() {
    hold(read_house().iter().flat_map(|source| {
        let reason = (!source.text.starts_with("//!")).then(|| format!("{}: does not begin with `//!`", source.at(0)));
        let lines = source.text.lines().count();
        reason.into_iter().chain((lines > LINES_MAX).then(|| format!("server/{}:{lines}: more than {LINES_MAX} lines", source.path)))
    }));
}

/// Names outside the places that [`NAMES`] gives them.
fn misplaced(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (names, places) in NAMES.iter().filter(|(_, places)| !places.iter().any(|place| source.stands_in(place))) {
        let right = if places.is_empty() { "nowhere".to_owned() } else { format!("only in {}", places.join(", ")) };
        for name in *names {
            found.extend(source.mentions(name).map(|offset| format!("{}: `{name}` belongs {right}", source.at(offset))));
        }
    }
    found
}

/// Constants of a `limits.rs` that no other file names. Where the room that names it has a limit of that name itself, the
/// name means that one.
fn unused_limits(house: &[Source]) -> Vec<String> {
    let files = house.iter().filter(|source| source.path.ends_with("limits.rs"));
    let limits: Vec<(&Source, usize, &str)> =
        files.flat_map(|source| source.mentions("const").map(move |at| (source, at, named(&source.code[at + "const".len()..])))).collect();
    let unused = limits.iter().filter(|(owner, _, name)| {
        let owned_by = |room: &str| limits.iter().any(|(other, _, limit)| other.room() == room && limit == name);
        let heard = |user: &&Source| match user.room() == owner.room() {
            true => user.path != owner.path,
            false => !owned_by(user.room()),
        };
        !house.iter().filter(heard).any(|user| user.mentions(name).next().is_some())
    });
    unused.map(|(owner, at, name)| format!("{}: {name} is used nowhere", owner.at(*at))).collect()
}

fn file(path: &str) -> Source {
    read_house().into_iter().find(|source| source.path == path).unwrap_or_else(|| panic!("server/{path} is missing"))
}

fn hold(broken: impl IntoIterator<Item = String>) {
    let broken: Vec<String> = broken.into_iter().collect();
    assert!(broken.is_empty(), "{} found:\n{}\n", broken.len(), broken.join("\n"));
}

#[test]
fn the_checks_see_what_is_wrong() {
    let found = |path: &str, text: &str| misplaced(&Source::new(path, text)).len();
    assert_eq!(found("text/canonical.rs", "use diesel::dsl;\nfn f() { a.unwrap(); b.expect(\"c\"); panic!() }"), 4);
    assert_eq!(found("text/canonical.rs", "// diesel\n/* yrs */ fn f<'a>() { (\"\\\" yrs\", r#\"yrs\"#, '\"', b'\\'', \"yrs\") }"), 0);
    assert_eq!(found("text/canonical.rs", "#[cfg(test)]\nmod tests { fn f() { a.unwrap() } }\nfn g() { b.unwrap() }"), 1);
    assert_eq!(found("signing/routes/rounds.rs", "use actix_web::get; fn my_diesel() { yrs_like(); Utc::now }"), 1);

    let limits = |used: &str| {
        let accounts = Source::new("accounts/limits.rs", "pub const A_MAX: u8 = 1;\npub const B_MAX: u8 = A_MAX;");
        unused_limits(&[accounts, Source::new("mail/limits.rs", "pub const A_MAX: u8 = 2;"), Source::new("mail/outbox.rs", used)])
    };
    assert_eq!(limits("B_MAX").len(), 2);
    assert_eq!(limits("A_MAX, B_MAX"), ["server/accounts/limits.rs:1: A_MAX is used nowhere"]);
}
