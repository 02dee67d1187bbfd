use base64::{Engine, prelude::BASE64_STANDARD};

use super::*;

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

/// Writes an update by hand, a client after another.
#[derive(Default)]
struct Write {
    clients: Vec<(u64, u32, Vec<Vec<u8>>)>,
    deletions: Vec<(u64, Vec<(u32, u32)>)>,
}

impl Write {
    fn client(mut self, client: u64, clock: u32) -> Self {
        self.clients.push((client, clock, Vec::new()));
        self
    }
    fn raw(mut self, piece: Vec<u8>) -> Self {
        self.clients.last_mut().unwrap().2.push(piece);
        self
    }
    fn text_in_root(self, root: &str, text: &str) -> Self {
        self.raw([&[4, 1, root.len() as u8][..], root.as_bytes(), &[text.len() as u8], text.as_bytes()].concat())
    }
    fn text_after(self, left: (u8, u8), text: &str) -> Self {
        self.raw([&[0x84, left.0, left.1, text.len() as u8][..], text.as_bytes()].concat())
    }
    fn element_in_root(self) -> Self {
        self.raw([&[7, 1, 7][..], b"default", &[3, 1], b"p"].concat())
    }
    fn element_in(self, parent: (u8, u8)) -> Self {
        self.raw(vec![7, 0, parent.0, parent.1, 3, 1, b'p'])
    }
    fn delete(mut self, client: u64, ranges: &[(u32, u32)]) -> Self {
        self.deletions.push((client, ranges.to_vec()));
        self
    }
    fn bytes(self) -> Vec<u8> {
        let mut to = Vec::new();
        write_number(&mut to, self.clients.len() as u64);
        for (client, clock, pieces) in self.clients {
            write_number(&mut to, pieces.len() as u64);
            write_number(&mut to, client);
            write_number(&mut to, clock.into());
            pieces.into_iter().for_each(|piece| to.extend(piece));
        }
        write_number(&mut to, self.deletions.len() as u64);
        for (client, ranges) in self.deletions {
            write_number(&mut to, client);
            write_number(&mut to, ranges.len() as u64);
            for (clock, len) in ranges {
                write_number(&mut to, clock.into());
                write_number(&mut to, len.into());
            }
        }
        to
    }
}

/// A draft in which Ana wrote as client 11, as the hostile vectors expect.
fn with_client_11() -> Gate {
    let mut gate = Gate::new();
    assert!(admit(&mut gate, ANA, &Write::default().client(11, 0).text_in_root("text", "hello").bytes()).unwrap());
    gate
}

#[test]
fn every_recorded_edit_passes_and_a_resend_changes_nothing() {
    let log: Vec<serde_json::Value> = serde_json::from_slice(&vector("prosemirror/updates.log.json")).unwrap();
    let mut gate = Gate::new();
    let mut replay = Gate::new();
    for entry in &log {
        let person = PersonKey(entry["user"].as_str().unwrap().bytes().map(u128::from).sum());
        let update = BASE64_STANDARD.decode(entry["u"].as_str().unwrap()).unwrap();
        assert_eq!(admit(&mut gate, person, &update), Ok(true), "{entry}");
        assert_eq!(admit(&mut gate, person, &update), Ok(false), "resent: {entry}");
    }
    let whole = vector("prosemirror/v2.update.bin");
    replay.admit_base(&whole).unwrap();
    gate.owners().for_each(|(client, person)| replay.own(client, person));
    let stranger = PersonKey(77);
    assert_eq!(admit(&mut gate, stranger, &whole), Ok(false), "everybody may resend what the server has");
    assert_eq!(admit(&mut replay, stranger, &whole), Ok(false));
    assert_eq!(read_state_vector(&gate.state_vector()).map(sorted), read_state_vector(&replay.state_vector()).map(sorted));
}

fn sorted(mut known: Vec<(u64, u32)>) -> Vec<(u64, u32)> {
    known.sort_unstable();
    known
}

#[test]
fn hostile_updates_are_refused_and_leave_nothing() {
    let gate = with_client_11();
    for (name, refusal) in [
        ("any-map-nested-8000", GateRefusal::TooDeep),
        ("any-nested-8000", GateRefusal::TooDeep),
        ("bad-utf8", GateRefusal::Malformed("text that is not UTF-8")),
        ("client-count-1e8", GateRefusal::TooMuch("clients")),
        ("client-id-2e60", GateRefusal::TooMuch("client id")),
        ("deleteset-count-2e31", GateRefusal::TooMuch("deletions")),
        ("forged-author", GateRefusal::ForeignClient),
        ("same-client-twice", GateRefusal::RepeatedClient),
        ("squat-gc-foreign-client", GateRefusal::ForeignClient),
        ("struct-count-2e31", GateRefusal::TooMuch("items")),
        ("trailing-bytes", GateRefusal::Malformed("bytes follow the end of the update")),
        ("xml-nested-20000", GateRefusal::TooDeep),
    ] {
        let update = vector(&format!("hostile/{name}.bin"));
        assert_eq!(gate.check(BEN, &update).map(|_| ()), Err(refusal), "{name}");
        if !matches!(refusal, GateRefusal::ForeignClient) {
            assert!(Gate::new().check(BEN, &update).is_err(), "{name} on an empty draft");
        }
    }
}

#[test]
fn deleting_what_another_wrote_passes_and_is_reported() {
    let gate = with_client_11();
    let passed = gate.check(BEN, &vector("hostile/delete-foreign-range.bin")).unwrap();
    assert!(passed.changes && passed.deletes);
}

#[test]
fn an_id_stays_with_its_first_person() {
    let mut gate = with_client_11();
    let more = Write::default().client(11, 5).text_after((11, 4), "!").bytes();
    assert_eq!(admit(&mut gate, BEN, &more), Err(GateRefusal::ForeignClient));
    assert_eq!(admit(&mut gate, ANA, &more), Ok(true));
    assert_eq!(gate.owner(11), Some(ANA));
}

#[test]
fn gaps_and_missing_neighbours_are_asked_for_again() {
    let gate = with_client_11();
    for update in [
        Write::default().client(11, 7).text_after((11, 4), "!"),
        Write::default().client(12, 0).text_after((11, 5), "!"),
        Write::default().client(12, 0).text_after((13, 0), "!"),
        Write::default().client(12, 0).element_in((13, 0)),
        Write::default().client(12, 0).raw(vec![10, 3]),
        Write::default().delete(11, &[(3, 3)]),
    ] {
        assert_eq!(gate.check(ANA, &update.bytes()).map(|_| ()), Err(GateRefusal::Missing));
    }
}

#[test]
fn circles_are_refused() {
    let gate = with_client_11();
    for update in [
        Write::default().client(12, 0).text_after((12, 0), "a"),
        Write::default().client(12, 0).text_after((12, 1), "a").text_after((12, 0), "b"),
        Write::default().client(12, 0).text_after((13, 0), "a").client(13, 0).text_after((12, 0), "b"),
        Write::default().client(12, 0).element_in((13, 0)).client(13, 0).element_in((12, 0)),
    ] {
        assert_eq!(gate.check(ANA, &update.bytes()).map(|_| ()), Err(GateRefusal::Circular));
    }
}

#[test]
fn clients_that_build_on_each_other_pass_in_any_order_of_writing() {
    // 12:0 on 11, 13:0 on 12:0, 12:1 on 13:0; the first section has to wait in the middle.
    let update = Write::default().client(12, 0).text_after((11, 4), "a").text_after((13, 0), "c").client(13, 0).text_after((12, 0), "b");
    assert_eq!(admit(&mut with_client_11(), ANA, &update.bytes()), Ok(true));
}

#[test]
fn depth_cannot_be_built_up_by_small_updates() {
    let mut gate = Gate::new();
    admit(&mut gate, ANA, &Write::default().client(5, 0).element_in_root().bytes()).unwrap();
    let mut deepest = 1;
    while let Ok(true) = admit(&mut gate, ANA, &Write::default().client(5, deepest).element_in((5, deepest as u8 - 1)).bytes()) {
        deepest += 1;
        assert!(deepest < 100);
    }
    assert_eq!(deepest, u32::from(TYPE_DEPTH_MAX));
    let deeper = Write::default().client(5, deepest).element_in((5, deepest as u8 - 1)).bytes();
    assert_eq!(admit(&mut gate, ANA, &deeper), Err(GateRefusal::TooDeep));
}

#[test]
fn content_stands_only_where_an_editor_reads_it() {
    let mut gate = Gate::new();
    let page = Write::default().client(5, 0).element_in_root().element_in((5, 0)).raw(vec![7, 0, 5, 1, 6]).raw(vec![4, 0, 5, 2, 1, b'a']);
    assert_eq!(admit(&mut gate, ANA, &page.bytes()), Ok(true));
    for (what, piece) in [
        ("text between elements", vec![4, 0, 5, 1, 1, b'x']),
        ("text among the blocks", vec![4, 1, 7, b'd', b'e', b'f', b'a', b'u', b'l', b't', 1, b'x']),
        ("an element in a text", vec![7, 0, 5, 2, 3, 1, b'p']),
        ("an embed in a text", vec![5, 0, 5, 2, 2, b'{', b'}']),
        ("a value among elements", vec![8, 0, 5, 1, 1, 120]),
        ("a map among elements", vec![7, 0, 5, 1, 1]),
        ("a child of a text's letter", vec![4, 0, 5, 3, 1, b'x']),
        ("neighbours in two places", [&[0xc4, 5, 3, 5, 1][..], &[1, b'x']].concat()),
    ] {
        let update = Write::default().client(6, 0).raw(piece).bytes();
        assert_eq!(gate.check(ANA, &update).map(|_| ()), Err(GateRefusal::Misplaced), "{what}");
    }
    let attribute = Write::default().client(6, 0).raw(vec![0x28, 0, 5, 1, 3, b'd', b'i', b'r', 1, 119, 3, b'r', b't', b'l']).bytes();
    assert_eq!(admit(&mut gate, BEN, &attribute), Ok(true));
}

#[test]
fn values_and_counts_are_bounded() {
    let format =
        |json: &str| Write::default().client(5, 0).raw([&[6, 1, 1, b't', 1, b'm', json.len() as u8][..], json.as_bytes()].concat()).bytes();
    let gate = Gate::new();
    assert!(gate.check(ANA, &format(r#"{"href":"https://example.org/?a=1&b=[[[[[[[[["}"#)).is_ok());
    assert_eq!(gate.check(ANA, &format("[[[[[[[[[]]]]]]]]]")).map(|_| ()), Err(GateRefusal::TooDeep));
    for bad in ["", "{", "1e999", "undefined", r#""\ud800""#] {
        assert_eq!(gate.check(ANA, &format(bad)).map(|_| ()), Err(GateRefusal::Malformed("a formatting value that is not JSON")), "{bad}");
    }
    for refused in [
        "0101050004010174008000".to_owned(),    // a length in a longer form than needed
        "010105000401017400".to_owned() + "00", // empty text
        "01010500000000".to_owned(),            // collected stretch of nothing
        "00010502000100".to_owned() + "01",     // deletions that overlap
        "00020501000105010101".to_owned(),      // a client twice in the deletions
    ] {
        assert!(gate.check(ANA, &hex(&refused)).is_err(), "{refused}");
    }
    assert_eq!(gate.check(ANA, &vec![0; UPDATE_BYTES_MAX + 1]).map(|_| ()), Err(GateRefusal::TooLarge));
}

#[test]
fn a_stale_pass_is_not_taken_in() {
    let mut gate = with_client_11();
    let update = Write::default().client(12, 0).text_after((11, 4), "a").bytes();
    let (first, second) = (gate.check(ANA, &update).unwrap(), gate.check(BEN, &update).unwrap());
    assert_eq!(gate.commit(first), Ok(()));
    assert_eq!(gate.commit(second), Err(Stale));
    assert_eq!(gate.owner(12), Some(ANA));
}

#[test]
fn a_draft_that_is_full_says_so_and_stays_readable() {
    let mut gate = Gate::new();
    let chunk = "x".repeat(200 * 1024);
    let mut clock = 0u32;
    let refusal = loop {
        let mut piece = if clock == 0 { vec![4, 1, 1, b't'] } else { vec![0x84, 5] };
        if clock > 0 {
            write_number(&mut piece, u64::from(clock - 1));
        }
        write_number(&mut piece, chunk.len() as u64);
        piece.extend(chunk.as_bytes());
        match admit(&mut gate, ANA, &Write::default().client(5, clock).raw(piece).bytes()) {
            Ok(_) => clock += chunk.len() as u32,
            Err(refusal) => break refusal,
        }
    };
    assert_eq!(refusal, GateRefusal::DocumentFull);
    assert!(gate.bytes() <= DOCUMENT_BYTES_MAX && gate.bytes() > DOCUMENT_BYTES_MAX / 2);
}
