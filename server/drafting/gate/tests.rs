use super::*;

mod ceilings;
mod crowds;
mod neighbours;
mod proposing;
mod random_editors;
mod recorded;
mod suggesters;

const ANA: PersonKey = PersonKey(1);
const BEN: PersonKey = PersonKey(2);

fn vector(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn admit(gate: &mut Gate, person: PersonKey, update: &[u8]) -> Result<bool, GateRefusal> {
    let passed = gate.check(person, update)?;
    let changes = passed.changes;
    gate.commit(passed).unwrap();
    Ok(changes)
}

/// Why `update` is refused.
fn refusal(gate: &mut Gate, person: PersonKey, update: &Write) -> Option<GateRefusal> {
    gate.check(person, &update.bytes()).err()
}

/// Writes an update by hand, a client after another.
#[derive(Default, Clone)]
struct Write {
    clients: Vec<(u64, u32, Vec<Vec<u8>>)>,
    deletions: Vec<(u64, Vec<(u32, u32)>)>,
}

/// Where a piece stands.
#[derive(Clone, Copy)]
enum At<'a> {
    Root(&'a str),
    After(u64, u32),
    Before(u64, u32),
    Between((u64, u32), (u64, u32)),
}

use At::{After, Before, Between, Root};

impl Write {
    fn by(client: u64, clock: u32) -> Write {
        Write { clients: vec![(client, clock, Vec::new())], ..Write::default() }
    }
    fn and_by(mut self, client: u64, clock: u32) -> Self {
        self.clients.push((client, clock, Vec::new()));
        self
    }
    fn raw(mut self, piece: Vec<u8>) -> Self {
        self.clients.last_mut().unwrap().2.push(piece);
        self
    }
    fn piece(self, at: At<'_>, kind: u8, content: &[u8]) -> Self {
        let ids = |all: &[(u64, u32)]| {
            let mut to = Vec::new();
            for (client, clock) in all {
                write_number(&mut to, *client);
                write_number(&mut to, (*clock).into());
            }
            to
        };
        let (flags, place) = match at {
            Root(root) => (0, [vec![1], with_length(root)].concat()),
            After(client, clock) => (0x80, ids(&[(client, clock)])),
            Before(client, clock) => (0x40, ids(&[(client, clock)])),
            Between(left, right) => (0xc0, ids(&[left, right])),
        };
        self.raw([&[flags | kind][..], &place, content].concat())
    }
    fn text(self, at: At<'_>, text: &str) -> Self {
        self.piece(at, 4, &with_length(text))
    }
    fn format(self, at: At<'_>, key: &str, json: &str) -> Self {
        self.piece(at, 6, &[with_length(key), with_length(json)].concat())
    }
    fn embed(self, at: At<'_>, json: &str) -> Self {
        self.piece(at, 5, &with_length(json))
    }
    fn gone(self, at: At<'_>, len: u32) -> Self {
        let mut content = Vec::new();
        write_number(&mut content, len.into());
        self.piece(at, 1, &content)
    }
    fn delete(mut self, client: u64, ranges: &[(u32, u32)]) -> Self {
        self.deletions.push((client, ranges.to_vec()));
        self
    }
    fn bytes(&self) -> Vec<u8> {
        let mut to = Vec::new();
        write_number(&mut to, self.clients.len() as u64);
        for (client, clock, pieces) in &self.clients {
            write_number(&mut to, pieces.len() as u64);
            write_number(&mut to, *client);
            write_number(&mut to, (*clock).into());
            pieces.iter().for_each(|piece| to.extend(piece));
        }
        write_number(&mut to, self.deletions.len() as u64);
        for (client, ranges) in &self.deletions {
            write_number(&mut to, *client);
            write_number(&mut to, ranges.len() as u64);
            for (clock, len) in ranges {
                write_number(&mut to, (*clock).into());
                write_number(&mut to, (*len).into());
            }
        }
        to
    }
}

fn with_length(text: &str) -> Vec<u8> {
    let mut to = Vec::new();
    write_number(&mut to, text.len() as u64);
    to.extend(text.as_bytes());
    to
}

/// A draft in which Ana wrote "hello" as client 11.
fn with_client_11() -> Gate {
    let mut gate = Gate::new();
    assert_eq!(admit(&mut gate, ANA, &Write::by(11, 0).text(Root("draft"), "hello").bytes()), Ok(true));
    gate
}

#[test]
fn hostile_updates_are_refused_and_leave_nothing() {
    // On the bench, whose one text is called as theirs, so that each is refused for what it is.
    let mut bench = Gate::of(Description::Bench);
    admit(&mut bench, ANA, &Write::by(11, 0).text(Root("text"), "hello").bytes()).unwrap();
    for (name, why) in [
        ("any-map-nested-8000", GateRefusal::Forbidden("values beside its text")),
        ("any-nested-8000", GateRefusal::Forbidden("values beside its text")),
        ("bad-utf8", GateRefusal::Malformed("text that is not UTF-8")),
        ("client-count-1e8", GateRefusal::TooMuch("clients")),
        ("client-id-2e60", GateRefusal::TooMuch("client id")),
        ("deleteset-count-2e31", GateRefusal::TooMuch("deletions")),
        ("forged-author", GateRefusal::ForeignClient),
        ("same-client-twice", GateRefusal::RepeatedClient),
        ("squat-gc-foreign-client", GateRefusal::Forbidden("a collected place")),
        ("struct-count-2e31", GateRefusal::TooMuch("items")),
        ("trailing-bytes", GateRefusal::Malformed("bytes follow the end of the update")),
        ("xml-nested-20000", GateRefusal::Forbidden("a shared type")),
    ] {
        let update = vector(&format!("hostile/{name}.bin"));
        let refused = bench.check(BEN, &update).map(|_| ()).unwrap_err();
        // Where the name of its text is read first, that alone is enough.
        let alien = GateRefusal::Forbidden("a text of this name");
        assert!(refused == why || refused == alien, "{name}: {refused:?}");
        assert!(with_client_11().check(BEN, &update).is_err(), "{name} in a statement");
        assert!(Gate::new().check(BEN, &update).is_err(), "{name} in an empty statement");
    }
}

#[test]
fn deleting_what_another_wrote_passes() {
    assert_eq!(admit(&mut with_client_11(), BEN, &vector("hostile/delete-foreign-range.bin")), Ok(true));
}

#[test]
fn an_id_stays_with_its_first_person() {
    let mut gate = with_client_11();
    let more = Write::by(11, 5).text(After(11, 4), "!").bytes();
    assert_eq!(admit(&mut gate, BEN, &more), Err(GateRefusal::ForeignClient));
    assert_eq!(admit(&mut gate, ANA, &more), Ok(true));
    assert_eq!(gate.owner(11), Some(ANA));
}

#[test]
fn gaps_and_missing_neighbours_are_asked_for_again() {
    let mut gate = with_client_11();
    for update in [
        Write::by(11, 7).text(After(11, 4), "!"),
        Write::by(12, 0).text(After(11, 5), "!"),
        Write::by(12, 0).text(Before(11, 5), "!"),
        Write::by(12, 0).text(After(13, 0), "!"),
        Write::by(12, 0).raw(vec![10, 3]),
        Write::default().delete(11, &[(3, 3)]),
        Write::default().delete(13, &[(0, 1)]),
    ] {
        assert_eq!(refusal(&mut gate, ANA, &update), Some(GateRefusal::Missing));
    }
}

#[test]
fn circles_are_refused() {
    let mut gate = with_client_11();
    for update in [
        Write::by(12, 0).text(After(12, 0), "a"),
        Write::by(12, 0).text(After(12, 1), "a").text(After(12, 0), "b"),
        Write::by(12, 0).text(After(13, 0), "a").and_by(13, 0).text(After(12, 0), "b"),
        Write::by(12, 0).text(Before(13, 0), "a").and_by(13, 0).text(Before(12, 0), "b"),
        Write::by(11, 0).text(After(12, 0), "hello").and_by(12, 0).text(After(11, 4), "b"),
    ] {
        assert_eq!(refusal(&mut gate, ANA, &update), Some(GateRefusal::Circular));
    }
}

#[test]
fn clients_that_build_on_each_other_pass_in_any_order_of_writing() {
    // 12:0 on 11, 13:0 on 12:0, 12:1 on 13:0; the first section has to wait in the middle.
    let update = Write::by(12, 0).text(After(11, 4), "a").text(After(13, 0), "c").and_by(13, 0).text(After(12, 0), "b");
    assert_eq!(admit(&mut with_client_11(), ANA, &update.bytes()), Ok(true));
}

#[test]
fn a_draft_holds_what_its_description_knows_and_nothing_else() {
    let mut gate = with_client_11();
    let note = r#"{"note":"abcdefghij"}"#;
    let page = Write::by(12, 0)
        .text(After(11, 4), "\n")
        .format(Between((11, 4), (12, 0)), "block", "\"heading:1\"")
        .embed(After(11, 4), note)
        .text(Root("note:abcdefghij"), "A note.\n")
        .format(Before(12, 3), "dir", "\"rtl\"")
        .gone(After(12, 0), 2);
    assert_eq!(admit(&mut gate, ANA, &page.bytes()), Ok(true));
    let here = After(11, 4);
    for (what, update) in [
        ("a text of another name", Write::by(13, 0).text(Root("default"), "x")),
        ("a note whose id is none", Write::by(13, 0).text(Root("note:ABC"), "x")),
        ("a mark of another editor", Write::by(13, 0).format(here, "strike", "true")),
        ("a suggestion", Write::by(13, 0).format(here, "ins--abc.1", "true")),
        ("the end of an unknown mark", Write::by(13, 0).format(here, "strike", "null")),
        ("an unknown kind", Write::by(13, 0).format(here, "block", "\"table\"")),
        ("a level too deep", Write::by(13, 0).format(here, "block", "\"bullet:7\"")),
        ("a value that is an object", Write::by(13, 0).format(here, "link", r#"{"href":"https://example.org/"}"#)),
        ("a value that is nested", Write::by(13, 0).format(here, "link", &"[".repeat(4000))),
        ("a heading in a note", Write::by(13, 0).format(After(12, 3), "block", "\"heading:1\"")),
        ("a picture", Write::by(13, 0).embed(here, r#"{"image":"https://example.org/x.png"}"#)),
        ("an embed that is nested", Write::by(13, 0).embed(here, &r#"{"a":"#.repeat(1000))),
        ("a note in a note", Write::by(13, 0).embed(After(12, 3), note)),
        ("a shared text", Write::by(13, 0).piece(here, 7, &[2])),
        ("an element", Write::by(13, 0).piece(here, 7, &[3, 1, b'p'])),
        ("a map", Write::by(13, 0).piece(here, 7, &[1])),
        ("a value", Write::by(13, 0).piece(here, 8, &[1, 120])),
        ("bytes", Write::by(13, 0).piece(here, 3, &[1, 1])),
        ("outdated JSON", Write::by(13, 0).piece(here, 2, &[1, 1, b'1'])),
        ("a document", Write::by(13, 0).piece(here, 9, &[1, b'd', 118, 0])),
        ("a collected place", Write::by(13, 0).raw(vec![0, 3])),
        ("content of kind 0", Write::by(13, 0).piece(here, 0, &[1])),
        ("a value under a key", Write::by(13, 0).raw([&[0x24, 1, 5][..], b"draft", &[1, b'k', 1, b'x']].concat())),
        ("a letter inside a letter", Write::by(13, 0).raw(vec![4, 0, 11, 1, 1, b'x'])),
        ("a known format again, in another's shape", Write::by(12, 1).format(Before(12, 0), "block", "{}")),
    ] {
        let refused = refusal(&mut gate, ANA, &update).map(GateRefusal::code);
        assert_eq!(refused, Some("update-not-of-a-draft"), "{what}");
    }
    let apart = Write::by(13, 0).text(Between((11, 0), (12, 3)), "x");
    assert_eq!(refusal(&mut gate, ANA, &apart), Some(GateRefusal::Misplaced));
}

#[test]
fn the_bench_takes_letters_and_no_ceiling_of_drafts() {
    let mut bench = Gate::of(Description::Bench);
    assert_eq!(admit(&mut bench, ANA, &Write::by(5, 0).text(Root("text"), "hello").delete(5, &[(1, 2)]).bytes()), Ok(true));
    for update in [
        Write::by(6, 0).text(Root("draft"), "x"),
        Write::by(6, 0).format(After(5, 0), "bold", "true"),
        Write::by(6, 0).embed(After(5, 0), r#"{"note":"abcdefghij"}"#),
    ] {
        assert!(matches!(refusal(&mut bench, ANA, &update), Some(GateRefusal::Forbidden(_))));
    }
    bench.state.items = usize::MAX / 2;
    assert_eq!(admit(&mut bench, ANA, &Write::by(7, 0).text(After(5, 0), "x").bytes()), Ok(true));
}

#[test]
fn who_sends_again_what_is_known_sends_the_same() {
    let mut gate = Gate::new();
    let place = r#"{"note":"abcdefghij"}"#;
    let first =
        Write::by(5, 0).text(Root("draft"), "words").format(After(5, 4), "link", "\"https://example.org/\"").embed(After(5, 5), place);
    admit(&mut gate, ANA, &first.bytes()).unwrap();
    assert_eq!(admit(&mut gate, BEN, &first.bytes()), Ok(false));
    for (what, update) in [
        ("other letters", Write::by(5, 0).text(Root("draft"), "swore")),
        ("another link", Write::by(5, 5).format(After(5, 4), "link", "\"https://example.com/\"")),
        ("another key", Write::by(5, 5).format(After(5, 4), "lang", "\"fr\"")),
        ("the end of the link", Write::by(5, 5).format(After(5, 4), "link", "null")),
        ("another note", Write::by(5, 6).embed(After(5, 5), r#"{"note":"aaaaaaaaaa"}"#)),
        ("a letter for a format", Write::by(5, 5).text(After(5, 4), "x")),
        ("letters over a format", Write::by(5, 3).text(After(5, 2), "dsx")),
        ("a format for a letter", Write::by(5, 4).format(After(5, 3), "bold", "true")),
    ] {
        assert_eq!(refusal(&mut gate, ANA, &update), Some(GateRefusal::ForeignClient), "{what}");
    }
    // Of what was deleted, a place is left; who had not heard of it yet still has the words.
    admit(&mut gate, BEN, &Write::default().delete(5, &[(0, 7)]).bytes()).unwrap();
    assert_eq!(admit(&mut gate, BEN, &Write::by(5, 0).gone(Root("draft"), 7).delete(5, &[(0, 7)]).bytes()), Ok(false));
    assert_eq!(admit(&mut gate, BEN, &first.bytes()), Ok(false));
}

#[test]
fn no_letter_is_cut_in_two() {
    let mut gate = Gate::new();
    admit(&mut gate, ANA, &Write::by(5, 0).text(Root("draft"), "a😀b").bytes()).unwrap();
    let half = Some(GateRefusal::HalfALetter);
    for update in [
        Write::by(6, 0).text(After(5, 1), "x"),
        Write::by(6, 0).text(Before(5, 2), "x"),
        Write::by(6, 0).text(Between((5, 1), (5, 2)), "x"),
        Write::by(6, 0).format(Between((5, 1), (5, 2)), "bold", "true"),
        Write::by(6, 0).gone(After(5, 1), 1),
        Write::default().delete(5, &[(2, 1)]),
        Write::default().delete(5, &[(0, 2)]),
        Write::default().delete(5, &[(2, 2)]),
        Write::by(6, 0).text(After(5, 3), "😀").text(After(6, 0), "x"),
        Write::by(6, 0).text(After(5, 3), "😀").delete(6, &[(0, 1)]),
        Write::by(6, 0).text(After(7, 0), "x").and_by(7, 0).text(After(5, 3), "😀"),
    ] {
        assert_eq!(refusal(&mut gate, BEN, &update), half);
    }
    for update in [
        Write::by(6, 0).text(Between((5, 0), (5, 1)), "x"),
        Write::by(6, 1).text(Between((5, 2), (5, 3)), "😀😀"),
        Write::default().delete(5, &[(1, 2)]),
        Write::by(6, 5).text(After(6, 4), "y").delete(6, &[(1, 4)]),
    ] {
        assert_eq!(admit(&mut gate, BEN, &update.bytes()), Ok(true));
    }
    // A place that ends in the middle of what comes in its stead.
    admit(&mut gate, ANA, &Write::by(8, 0).gone(After(5, 3), 1).bytes()).unwrap();
    assert_eq!(refusal(&mut gate, ANA, &Write::by(8, 0).text(After(5, 3), "😀")), half);
}

#[test]
fn forms_that_libraries_read_differently_are_refused() {
    for refused in [
        "01010504000105647261667481000174".to_owned(), // a clock in a longer form than needed
        "0101050004010564726166740000".to_owned(),     // an empty text
        "00010502000100".to_owned() + "01",            // deletions that overlap
        "00020501000105010101".to_owned(),             // a client twice in the deletions
        "010005000000".to_owned(),                     // a client without items
    ] {
        assert!(Gate::new().check(ANA, &hex(&refused)).is_err(), "{refused}");
    }
    assert_eq!(Gate::new().check(ANA, &vec![0; UPDATE_BYTES_MAX + 1]).map(|_| ()), Err(GateRefusal::TooLarge));
}

#[test]
fn only_the_pass_of_the_last_check_is_taken_in_and_once() {
    let mut gate = with_client_11();
    let update = Write::by(12, 0).text(After(11, 4), "a").bytes();
    let (first, second) = (gate.check(BEN, &update).unwrap(), gate.check(ANA, &update).unwrap());
    assert_eq!(gate.commit(first), Err(Stale));
    assert_eq!(gate.commit(second), Ok(()));
    assert_eq!(gate.owner(12), Some(ANA));
}
