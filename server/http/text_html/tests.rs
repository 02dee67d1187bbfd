//! The words, numbers and footnotes that are hashed are the ones that are shown.

use super::*;

fn say(text: &str) -> Inline {
    Inline::Text(Run { text: text.into(), ..Run::default() })
}

fn text(blocks: Vec<Block>) -> Text {
    Text { v: "text/v1".into(), language: "en".into(), blocks }
}

fn drawn(blocks: Vec<Block>) -> String {
    body(&text(blocks), Words::of("en")).into_string()
}

#[test]
fn a_footnote_of_the_title_is_linked_both_ways() {
    let note = Inline::Footnote { number: 1, content: vec![Run { text: "Source.".into(), ..Run::default() }] };
    let text = text(vec![Block::Heading { level: 1, dir: None, content: vec![say("Title"), note] }]);
    let title = title(&text, Words::of("en")).unwrap().into_string();
    let body = body(&text, Words::of("en")).into_string();
    assert!(title.contains(r##"id="fnref1" href="#fn1""##) && body.contains(r##"id="fn1""##) && body.contains(r##"href="#fnref1""##));
    assert!(body.contains("Source.") && !body.contains("Title"));
}

#[test]
fn paragraphs_keep_their_numbers_and_have_addresses() {
    let numbered = |level, label: &str| Block::Numbered { level, label: label.into(), dir: None, content: vec![say("x")] };
    let drawn = drawn(vec![numbered(1, "10."), numbered(2, "(a)")]);
    assert!(drawn.contains(r#"id="p10" dir="auto"><span class="n"><bdi>10.</bdi></span>"#), "{drawn}");
    assert!(drawn.contains(r#"class="para sub" id="p10a""#), "{drawn}");
}

#[test]
fn only_web_and_mail_addresses_become_links() {
    for (href, linked) in [
        ("https://un.org/a?b", true),
        ("MAILTO:a@b.example", true),
        ("javascript:alert(1)", false),
        ("http:", false),
        ("data:text/html,x", false),
        ("java\nscript:x", false),
        ("https://a b", false),
        ("https:////a.example", false),
        ("www.a.example", false),
        ("/local", false),
    ] {
        let part = Run { text: "here".into(), link: Some(href.into()), ..Run::default() };
        let drawn = drawn(vec![Block::Paragraph { dir: None, content: vec![Inline::Text(part)] }]);
        assert_eq!(drawn.contains("<a href="), linked, "{href}");
    }
}

#[test]
fn words_are_escaped() {
    let drawn = drawn(vec![Block::Paragraph { dir: Some(Dir::Rtl), content: vec![say("<script>\"&")] }]);
    assert!(drawn.contains(r#"<p dir="rtl">&lt;script&gt;"#), "{drawn}");
}

#[test]
fn nothing_is_lost_however_deep_it_stands() {
    let mut block = Block::Paragraph { dir: None, content: vec![say("innermost")] };
    for _ in 0..100 {
        block = Block::Quote { blocks: vec![Block::List { ordered: true, start: 3, items: vec![Item { blocks: vec![block] }] }] };
    }
    let drawn = drawn(vec![block]);
    assert!(drawn.contains("innermost"));
    assert!(drawn.matches("<blockquote>").count() <= DEPTH_MAX + 1);
}
