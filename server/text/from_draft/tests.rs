//! Drafts as a worker reads them, and what they say or cannot say.

use serde_json::json;

use super::*;
use crate::text::limits::{LINES_MAX, OBSTACLES_MAX};
use crate::text::obstacle::Obstacle;

fn draft(body: Value) -> Value {
    json!({ "body": body, "notes": { "aaaaaaaaaa": [{ "insert": "note\n" }], "bbbbbbbbbb": [{ "insert": "\n\nfirst\u{2028}line\n \nlast" }] } })
}

/// Blocks as a draft names them, each with its words.
fn body(blocks: &[(&str, &str)]) -> Value {
    blocks
        .iter()
        .flat_map(|(name, words)| [json!({ "insert": words }), json!({ "insert": "\n", "attributes": { "block": name } })])
        .filter(|piece| piece["insert"] != "")
        .collect()
}

fn settled(body: Value) -> Vec<Block> {
    let Draft { text, obstacles, .. } = settle(&draft(body), "en");
    assert_eq!(obstacles, Obstacles::default());
    text.blocks
}

fn problems(body: Value) -> Vec<ObstacleKind> {
    settle(&draft(body), "en").obstacles.list.into_iter().map(|obstacle| obstacle.kind).collect()
}

#[test]
fn blocks_are_what_their_marks_say_and_numbers_are_written_out() {
    let names = [
        ("title", "heading 1"),
        ("heading:3", "heading 4"),
        ("paragraph", "paragraph"),
        ("numbered:1", "numbered 1 1."),
        ("numbered:2", "numbered 2 (a)"),
        ("numbered:3", "numbered 3 (i)"),
        ("continuation:3", "continuation 3"),
        ("bullet:1", "bullet 1"),
        ("ordered:2", "ordered 2 a."),
        ("ordered:2", "ordered 2 b."),
        ("quotation", "quotation"),
        ("numbered:1", "numbered 1 2."),
    ];
    let read = settle(&draft(body(&names.map(|(name, _)| (name, "x")))), "en").text;
    let said = |block: &Block| {
        let json = serde_json::to_value(block).unwrap();
        let word = |name: &str| json.get(name).map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
        ["type", "level", "label"].into_iter().filter_map(word).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(read.blocks.iter().map(said).collect::<Vec<_>>(), names.map(|(_, wanted)| wanted));
    assert!(read.is_v1());
}

#[test]
fn text_is_composed_and_what_cannot_be_seen_is_gone() {
    let read = settled(json!([{ "insert": "e\u{301}te\tសន្តិភាព\u{200b}ជា\n \n\n" }]));
    assert_eq!(read, [Block::paragraph(vec![Inline::Text(Run::plain("éte សន្តិភាពជា"))])]);
    assert!(is_empty(&settle(&draft(json!([])), "fr").text));
}

#[test]
fn letters_keep_their_appearance_and_marks_theirs() {
    let read = settled(json!([
        { "insert": "a", "attributes": { "bold": true } },
        { "insert": "b", "attributes": { "bold": true, "block": "heading:1", "dir": "ltr", "start": 4 } },
        { "insert": "c", "attributes": { "link": "mailto:a@b.org", "lang": "fr" } },
        { "insert": { "note": "aaaaaaaaaa" } },
        { "insert": "\u{2028}" },
        { "insert": { "note": "bbbbbbbbbb" }, "attributes": { "italic": true } },
        { "insert": "\n", "attributes": { "dir": "rtl", "bold": true, "link": "x", "lang": "fr" } },
        { "insert": "five" },
        { "insert": "\n", "attributes": { "block": "ordered:1", "start": 5 } },
        { "insert": "open" },
    ]));
    let note = |lines: Vec<Vec<block::Piece>>| lines.into_iter().map(|content| NoteParagraph { dir: None, content }).collect();
    let said = |text: &str| block::Piece::Text(Run::plain(text));
    let content = vec![
        Inline::Text(Run { bold: true, ..Run::plain("ab") }),
        Inline::Text(Run { link: Some("mailto:a@b.org".into()), lang: Some("fr".into()), ..Run::plain("c") }),
        Inline::Footnote { number: 1, content: note(vec![vec![said("note")]]) },
        Inline::Break,
        Inline::Footnote { number: 2, content: note(vec![vec![said("first"), block::Piece::Break, said("line")], vec![said("last")]]) },
    ];
    let five = Block { label: Some("5.".into()), ..Block::new(Kind::Ordered, Some(1), vec![Inline::Text(Run::plain("five"))]) };
    let open = Block::paragraph(vec![Inline::Text(Run::plain("open"))]);
    assert_eq!(read, [Block { dir: Some(Dir::Rtl), ..Block::paragraph(content) }, five, open]);
}

#[test]
fn what_cannot_be_said_has_a_name_and_its_words_are_seen() {
    let node = |name: &str| [ObstacleKind::UnknownNode(name.into())];
    let mark = |name: &str| [ObstacleKind::UnknownMark(name.into())];
    let marked = |attributes: Value| problems(json!([{ "insert": "x" }, { "insert": "\n", "attributes": attributes }]));
    let set = |attributes: Value| problems(json!([{ "insert": "x", "attributes": attributes }]));
    assert_eq!(marked(json!({ "block": "table" })), node("table"));
    assert_eq!(marked(json!({ "block": "heading:7" })), node("heading:7"));
    assert_eq!(marked(json!({ "block": { "kind": "title" } })), node("kind"));
    assert_eq!(marked(json!({ "dir": "up" })), mark("dir"));
    assert_eq!(marked(json!({ "block": "ordered:1", "start": 0 })), mark("start"));
    assert_eq!(marked(json!({ "keep": true })), mark("keep"));
    for (name, value) in [("underline", json!(true)), ("bold", json!("yes")), ("lang", json!("en_GB")), ("link", json!({ "href": "x" }))] {
        assert_eq!(set(json!({ name: value })), mark(name));
    }
    for embed in [json!({ "image": "x" }), json!({ "image": "x", "note": "aaaaaaaaaa" })] {
        assert_eq!(problems(json!([{ "insert": embed }])), node("image"));
    }
    assert_eq!(problems(json!([{ "insert": { "note": "short" } }])), node("note"));
    assert_eq!(problems(json!([{ "insert": { "note": "unwritten0" } }])), [ObstacleKind::EmptyFootnote]);
    let in_note = |note: Value| settle(&json!({ "body": [{ "insert": { "note": "a234567890" } }], "notes": { "a234567890": note } }), "en");
    let noted = |note: Value| in_note(note).obstacles.list.into_iter().map(|one| one.kind).collect::<Vec<_>>();
    assert_eq!(noted(json!([{ "insert": "x" }, { "insert": { "note": "a234567890" } }])), node("note"));
    assert_eq!(noted(json!([{ "insert": "x" }, { "insert": "\n", "attributes": { "block": "bullet:1" } }])), node("bullet:1"));
    assert_eq!(settle(&draft(body(&[("table", "seen")])), "en").text.blocks, [Block::paragraph(vec![Inline::Text(Run::plain("seen"))])]);
    assert_eq!(settle(&json!([]), "en").obstacles.list, [Obstacle { kind: ObstacleKind::Unreadable, place: None }]);
}

#[test]
fn words_in_brackets_are_read_with_their_signs_and_stand_in_the_way_once() {
    let read = |body: Value| {
        let Draft { text, obstacles, .. } = settle(&draft(body), "en");
        let words = |block: &Block| {
            let said = block.content.iter().map(|inline| match inline {
                Inline::Text(run) => run.text.clone(),
                Inline::Break => "/".to_owned(),
                Inline::Footnote { .. } => "*".to_owned(),
            });
            said.collect::<String>()
        };
        let found: Vec<&str> = obstacles.list.iter().map(|one| one.kind.code().trim_start_matches("draft-problem-")).collect();
        (text.blocks.iter().map(words).collect::<Vec<_>>().join("|"), found.join(" "))
    };
    let within = |words: &str, set: &[(&str, &str)]| {
        let set: Map<String, Value> = set.iter().map(|(id, which)| (format!("brk--{}", id.repeat(10)), json!(which))).collect();
        json!({ "insert": words, "attributes": set })
    };
    let rows: &[(Value, &str, &str)] = &[
        (
            json!([{ "insert": "We " }, within("urge", &[("a", "0")]), { "insert": " " }, within("call on", &[("a", "1")]), { "insert": " States\n" }]),
            "We ⟦urge⟧ ⟦call on⟧ States",
            "open-bracket",
        ),
        (json!([within("urge", &[("a", "0")]), within("call on", &[("a", "1")])]), "⟦urge⟧⟦call on⟧", "open-bracket"),
        (
            json!([within("a", &[("a", "0")]), within("b", &[("a", "0"), ("b", "0")]), within("c", &[("b", "0")])]),
            "⟦a⟦b⟧c⟧",
            "open-bracket open-bracket",
        ),
        (json!([within("one\ntwo", &[("a", "0")])]), "⟦one⟧|⟦two⟧", "open-bracket"),
        (
            json!([{ "insert": "x" }, { "insert": { "note": "aaaaaaaaaa" }, "attributes": { "brk--aaaaaaaaaa": "0" } }]),
            "x⟦*⟧",
            "open-bracket",
        ),
        (json!([{ "insert": "x ⟦y⟧" }]), "x ⟦y⟧", "bracket-sign bracket-sign"),
        (json!([{ "insert": "x" }, { "insert": "\n", "attributes": { "brk--aaaaaaaaaa": "0" } }]), "x", ""),
        (json!([{ "insert": "x", "attributes": { "brk--aaaaaaaaaa": "10" } }]), "x", "unknown-mark"),
        (json!([{ "insert": "[sic]" }]), "[sic]", ""),
    ];
    for (body, words, obstacles) in rows {
        assert_eq!(read(body.clone()), ((*words).to_owned(), (*obstacles).to_owned()));
    }
}

#[test]
fn links_that_cannot_stand_are_named() {
    let linked = |href: &str| problems(json!([{ "insert": "x", "attributes": { "link": href } }]));
    for href in ["javascript:alert(1)", "page.html", "https://a b", ""] {
        assert_eq!(linked(href), [ObstacleKind::ForbiddenLink(href.into())]);
    }
    let (written, whole) = ("//example.org".to_owned(), "https://example.org".to_owned());
    assert_eq!(linked("//example.org"), [ObstacleKind::LinkNotWhole { written, whole }]);
}

/// The editor reads the same draft and finds the same places.
#[test]
fn what_stands_in_the_way_has_a_place_in_the_draft() {
    let file: Value = serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/drafts/places.json"))).unwrap();
    let found: Vec<Value> = settle(&file["draft"], "en")
        .obstacles
        .list
        .into_iter()
        .map(|Obstacle { kind, place }| {
            let place = place.unwrap();
            let code = kind.code().trim_start_matches("draft-problem-");
            let mut found = json!({ "code": code, "block": place.block, "offset": place.offset, "length": place.length });
            if let Some(footnote) = place.footnote {
                found["footnote"] = footnote.into();
            }
            found
        })
        .collect();
    assert_eq!(found, *file["obstacles"].as_array().unwrap());
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    let headings = |names: &[&str]| problems(body(&names.iter().map(|name| (*name, "x")).collect::<Vec<_>>()));
    assert_eq!(headings(&["heading:1", "title", "heading:1", "heading:2", "heading:3", "title", "heading:1"]), []);
    assert_eq!(headings(&["title", "heading:2"]), [ObstacleKind::HeadingJump { level: 3, after: 1 }]);
    assert_eq!(headings(&["heading:2"]), [ObstacleKind::HeadingJump { level: 3, after: 1 }]);
    assert_eq!(problems(body(&[("title", "x"), ("heading:2", "")])), [], "an empty heading goes");
}

#[test]
fn a_number_that_would_move_is_named() {
    let moves = |shown: &str, frozen: &str| ObstacleKind::NumberMoves { shown: shown.into(), frozen: frozen.into() };
    let of = |blocks: &[(&str, &str)]| problems(body(blocks));
    assert_eq!(of(&[("numbered:1", "x"), ("numbered:1", " ")]), [], "the last one moves no other");
    assert_eq!(of(&[("numbered:1", " "), ("numbered:1", "x"), ("numbered:1", "y")]), [moves("2", "1")]);
    assert_eq!(of(&[("numbered:1", "x"), ("numbered:2", ""), ("numbered:2", "y"), ("numbered:1", "z")]), [moves("1(b)", "1(a)")]);
    assert_eq!(of(&[("numbered:1", "x"), ("numbered:1", ""), ("numbered:2", "y")]), [moves("2(a)", "1(a)")]);
    assert_eq!(of(&[("ordered:1", ""), ("ordered:1", "x"), ("ordered:1", "y")]), [moves("2", "1")]);
    assert_eq!(of(&[("ordered:1", "x"), ("paragraph", ""), ("ordered:1", "y")]), [moves("1", "2")], "two lists would be one");
}

#[test]
fn more_than_one_can_mend_is_counted_and_more_than_anybody_can_is_not_read() {
    let Obstacles { list, more } = settle(&draft(json!([{ "insert": "a\u{ad}".repeat(5_000) }])), "en").obstacles;
    assert_eq!((list.len(), list.len() + more), (OBSTACLES_MAX, 5_000));
    for body in [json!([{ "insert": "\n".repeat(8_000_000) }]), json!([{ "insert": "\u{2028}".repeat(2_600_000) }])] {
        let Draft { lines, obstacles, .. } = settle(&draft(body), "en");
        assert!(lines.len() <= LINES_MAX + 1 && obstacles.list.iter().any(|one| one.kind == ObstacleKind::TooLong));
    }
}

/// Three paragraphs as their writers see them, of which the second comes, and so does a word of the third and a footnote in it.
#[test]
fn places_are_those_that_writers_see_among_what_is_pending() {
    let pending = |insert: Value| json!({ "insert": insert, "pending": true });
    let note = |id: &str| json!({ "note": id });
    let text = json!({ "body": [{ "insert": "One\nThree 😀 " }, { "insert": note("bbbbbbbbbb") }, { "insert": "\n" }], "notes": {
        "bbbbbbbbbb": [{ "insert": "see \n" }],
    }, "proposed": {
        "body": [
            { "insert": "One\n" }, pending(json!("Two")), pending(json!("\n")), { "insert": "Three " }, pending(json!("and 😀 ")),
            pending(note("aaaaaaaaaa")), { "insert": "😀 " }, { "insert": note("bbbbbbbbbb") }, { "insert": "\n" },
        ],
        "notes": { "aaaaaaaaaa": [pending(json!("Its words\n"))], "bbbbbbbbbb": [pending(json!("first ")), { "insert": "see \n" }] },
        "open": [
            { "note": null, "at": 4, "len": 3 }, { "note": null, "at": 7, "len": 1 }, { "note": null, "at": 14, "len": 7 }, { "note": null, "at": 21, "len": 1 },
            { "note": "bbbbbbbbbb", "at": 0, "len": 6 }, { "note": "cccccccccc", "at": 0, "len": 1 },
        ],
    } });
    let Draft { lines, mut obstacles, .. } = settle(&text, "en");
    assert!(has_suggestions(&text) && obstacles.is_empty());
    let said = |line: &Line, words: &str| line.place(line.text.find(words).map(|at| at..at + words.len()).unwrap());
    obstacles.add(ObstacleKind::Empty, || Some(said(&lines[0], "ne")));
    obstacles.add(ObstacleKind::Empty, || Some(said(&lines[1], "ree 😀")));
    obstacles.add(ObstacleKind::Empty, || Some(said(&lines[1], "😀")));
    obstacles.add(ObstacleKind::Empty, || Some(said(&lines[2], "see")));
    with_suggestions(&text, &mut obstacles);
    let told: Vec<_> =
        obstacles.list.iter().map(|one| one.place.as_ref().map(|it| (it.block, it.footnote, it.offset, it.length))).collect();
    let found = [(1, None, 1, 2), (3, None, 2, 13), (3, None, 13, 2), (3, Some(2), 6, 3)];
    let begin = [(2, None, 0, 3), (2, None, 3, 0), (3, None, 6, 7), (3, None, 13, 2), (3, Some(2), 0, 6)];
    assert_eq!(told, found.into_iter().chain(begin).map(Some).chain([None]).collect::<Vec<_>>());
    assert_eq!(obstacles.list[6].place.as_ref().unwrap().excerpt, "Three and 😀 😀");
    for one in obstacles.told(crate::words::Words::of("en")) {
        assert!(one.sentence.ends_with('.') && !one.sentence.contains('{'), "{}", one.sentence);
    }
}
