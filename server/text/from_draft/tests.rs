//! Drafts as the editor shows them, and what they say or cannot say.

use serde_json::json;

use super::*;
use crate::text::limits::OBSTACLES_MAX;
use crate::text::obstacle::Obstacle;

fn doc(content: Value) -> Value {
    json!({ "type": "doc", "content": content })
}

fn paragraph(text: &str) -> Value {
    json!({ "type": "paragraph", "content": [{ "type": "text", "text": text }] })
}

fn numbered(level: u8, text: &str) -> Value {
    json!({ "type": "numberedParagraph", "attrs": { "level": level }, "content": [{ "type": "text", "text": text }] })
}

fn settled(content: Value, language: &str) -> Text {
    let Draft { text, obstacles, .. } = settle(&doc(content), language);
    assert_eq!(obstacles, Obstacles::default());
    text
}

fn problems(content: Value) -> Vec<ObstacleKind> {
    settle(&doc(content), "en").obstacles.list.into_iter().map(|obstacle| obstacle.kind).collect()
}

/// Code, block, footnote, offset, length of each obstacle.
fn places(content: Value) -> Vec<(&'static str, usize, Option<usize>, usize, usize)> {
    let told = settle(&doc(content), "en").obstacles.list.into_iter().map(|Obstacle { kind, place }| {
        let place = place.unwrap();
        (kind.code(), place.block, place.footnote, place.offset, place.length)
    });
    told.collect()
}

#[test]
fn numbers_are_written_out() {
    let text = settled(json!([numbered(1, "x"), numbered(2, "x"), numbered(2, "x"), numbered(1, "x"), numbered(2, "x")]), "en");
    let labels: Vec<_> =
        text.blocks.iter().map(|block| if let Block::Numbered { label, .. } = block { label.as_str() } else { "" }).collect();
    assert_eq!(labels, ["1.", "(a)", "(b)", "2.", "(a)"]);
}

#[test]
fn text_is_composed_and_what_cannot_be_seen_is_gone() {
    let draft = json!([paragraph("e\u{301}te\tសន្តិភាព\u{200b}ជា"), paragraph(" "), { "type": "paragraph" }]);
    let run = Run { text: "éte សន្តិភាពជា".into(), ..Run::default() };
    assert_eq!(settled(draft, "fr").blocks, [Block::Paragraph { dir: None, content: vec![Inline::Text(run)] }]);
    assert!(is_empty(&settled(json!([]), "fr")));
}

#[test]
fn equal_neighbours_join_and_remarks_are_no_text() {
    let content = json!([{ "type": "paragraph", "attrs": { "dir": "rtl" }, "content": [
        { "type": "text", "text": "a", "marks": [{ "type": "bold" }] },
        { "type": "text", "text": "b", "marks": [{ "type": "comment", "attrs": { "id": "x" } }, { "type": "bold" }] },
        { "type": "text", "text": "c", "marks": [{ "type": "link", "attrs": { "href": "mailto:a@b.org" } }] },
        { "type": "footnote", "content": [{ "type": "text", "text": "note" }] },
        { "type": "hardBreak" },
    ] }]);
    let text = settled(content, "ar");
    let run = |text: &str, bold, link: Option<&str>| Run { text: text.into(), bold, italic: false, link: link.map(str::to_owned) };
    let content = vec![
        Inline::Text(run("ab", true, None)),
        Inline::Text(run("c", false, Some("mailto:a@b.org"))),
        Inline::Footnote { number: 1, content: vec![run("note", false, None)] },
        Inline::Break,
    ];
    assert_eq!(text.blocks, [Block::Paragraph { dir: Some(Dir::Rtl), content }]);
}

#[test]
fn what_cannot_be_said_has_a_name() {
    let marked = |mark: Value| json!([{ "type": "paragraph", "content": [{ "type": "text", "text": "x", "marks": [mark] }] }]);
    assert_eq!(problems(json!([{ "type": "table" }])), [ObstacleKind::UnknownNode("table".into())]);
    assert_eq!(problems(json!([{ "type": "bulletList", "content": [paragraph("x")] }])), [ObstacleKind::UnknownNode("paragraph".into())]);
    assert_eq!(problems(marked(json!({ "type": "underline" }))), [ObstacleKind::UnknownMark("underline".into())]);
    for href in ["javascript:alert(1)", "page.html", "https://a b", ""] {
        assert_eq!(problems(marked(json!({ "type": "link", "attrs": { "href": href } }))), [ObstacleKind::ForbiddenLink(href.into())]);
    }
    let (written, whole) = ("//example.org".to_owned(), "https://example.org".to_owned());
    assert_eq!(problems(marked(json!({ "type": "link", "attrs": { "href": written } }))), [ObstacleKind::LinkNotWhole { written, whole }]);
    let suggested = json!([
        { "type": "paragraph", "marks": [{ "type": "insertion", "attrs": { "id": 7 } }], "content": [
            { "type": "text", "text": "x", "marks": [{ "type": "insertion", "attrs": { "id": 7 } }] },
            { "type": "text", "text": "y", "marks": [{ "type": "deletion", "attrs": { "id": 8 } }] },
        ] },
    ]);
    assert_eq!(problems(suggested), [ObstacleKind::OpenSuggestions(2)]);
    assert_eq!(settle(&json!([]), "en").obstacles.list, [Obstacle { kind: ObstacleKind::Unreadable, place: None }]);
    let mut deep = paragraph("x");
    for _ in 0..60 {
        deep = json!({ "type": "blockquote", "content": [deep] });
    }
    assert_eq!(problems(json!([deep])), [ObstacleKind::TooDeep]);
}

#[test]
fn what_stands_in_the_way_has_a_place_in_the_draft() {
    let link = |text: &str, href: &str, more: Value| {
        let marks: Vec<Value> =
            [json!({ "type": "link", "attrs": { "href": href } }), more].into_iter().filter(|mark| !mark.is_null()).collect();
        json!({ "type": "text", "text": text, "marks": marks })
    };
    let draft = json!([
        { "type": "paragraph" },
        { "type": "bulletList", "content": [{ "type": "listItem", "content": [paragraph("😀 hu\u{ad}man")] }] },
        { "type": "paragraph", "content": [
            { "type": "text", "text": "a" },
            { "type": "footnote" },
            { "type": "hardBreak" },
            { "type": "footnote", "content": [{ "type": "text", "text": "See\u{202e}." }] },
            { "type": "text", "text": "b\u{2060}" },
            link("https://a.", "https://b.example", Value::Null),
            link("example", "https://b.example", json!({ "type": "bold" })),
            link("x", "page.html", Value::Null),
        ] },
    ]);
    assert_eq!(
        places(draft),
        [
            ("draft-problem-unseen", 2, None, 5, 1),
            ("draft-problem-unseen", 3, None, 3, 1),
            ("draft-problem-link-names-another", 3, None, 4, 17),
            ("draft-problem-forbidden-link", 3, None, 21, 1),
            ("draft-problem-empty-footnote", 3, Some(1), 0, 0),
            ("draft-problem-unseen", 3, Some(2), 3, 1),
        ]
    );
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    let heading = |level: i64| json!({ "type": "heading", "attrs": { "level": level }, "content": [{ "type": "text", "text": "x" }] });
    assert_eq!(problems(json!([heading(2), heading(1), heading(2), heading(3), heading(1), heading(2)])), []);
    assert_eq!(problems(json!([heading(1), heading(3)])), [ObstacleKind::HeadingJump { level: 3, after: 1 }]);
    assert_eq!(problems(json!([heading(3)])), [ObstacleKind::HeadingJump { level: 3, after: 1 }]);
    assert_eq!(problems(json!([heading(7)])), [ObstacleKind::HeadingUnknown(7)]);
    assert_eq!(problems(json!([heading(1), { "type": "heading", "attrs": { "level": 3 } }])), [], "an empty heading goes");
}

#[test]
fn a_number_that_would_move_is_named() {
    let moves = |shown: &str, frozen: &str| [ObstacleKind::NumberMoves { shown: shown.into(), frozen: frozen.into() }];
    assert_eq!(problems(json!([numbered(1, "x"), numbered(1, " ")])), [], "the last one moves no other");
    assert_eq!(problems(json!([numbered(1, " "), numbered(1, "x"), numbered(1, "y")])), moves("2", "1"));
    assert_eq!(problems(json!([numbered(1, "x"), numbered(2, ""), numbered(2, "y"), numbered(1, "z")])), moves("1(b)", "1(a)"));
    assert_eq!(problems(json!([numbered(1, "x"), numbered(1, ""), numbered(2, "y")])), moves("2(a)", "1(a)"));
}

#[test]
fn more_than_one_can_mend_is_counted() {
    let Obstacles { list, more } = settle(&doc(json!([paragraph(&"a\u{ad}".repeat(5_000))])), "en").obstacles;
    assert_eq!((list.len(), list.len() + more), (OBSTACLES_MAX, 5_000));
}
