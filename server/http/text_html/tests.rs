//! The words, numbers and footnotes that are hashed are the ones that are shown.

use super::*;

fn say(text: &str) -> Inline {
    Inline::Text(Run::plain(text))
}

fn labelled(kind: Kind, level: u8, label: &str, text: &str) -> Block {
    Block { label: Some(label.into()), ..Block::new(kind, Some(level), vec![say(text)]) }
}

fn text(blocks: Vec<Block>) -> Text {
    Text { v: "text/v1".into(), language: "en".into(), blocks }
}

fn drawn(blocks: Vec<Block>) -> String {
    body(&text(blocks), Words::of("en")).into_string()
}

#[test]
fn a_footnote_of_the_title_is_linked_both_ways() {
    let paragraph = |text: &str| NoteParagraph { dir: None, content: vec![Piece::Text(Run::plain(text)), Piece::Break] };
    let note = Inline::Footnote { number: 1, content: vec![paragraph("Source."), paragraph("Its page.")] };
    let text = text(vec![Block::heading(1, vec![say("Title"), note])]);
    let title = title(&text, Words::of("en")).unwrap().into_string();
    let body = body(&text, Words::of("en")).into_string();
    assert!(title.contains(r##"id="fnref1" href="#fn1""##) && body.contains(r##"id="fn1""##) && body.contains(r##"href="#fnref1""##));
    assert!(body.contains(r#"<p dir="auto">Source.<br></p><p dir="auto">Its page.<br></p>"#) && !body.contains("Title"), "{body}");
}

#[test]
fn paragraphs_keep_their_numbers_and_have_addresses() {
    let drawn = drawn(vec![
        labelled(Kind::Numbered, 1, "10.", "x"),
        labelled(Kind::Numbered, 2, "(a)", "x"),
        labelled(Kind::Numbered, 3, "(iv)", "x"),
        Block::new(Kind::Continuation, Some(2), vec![say("on")]),
        labelled(Kind::Numbered, 1, "11.", "x"),
    ]);
    assert!(drawn.contains(r#"id="p10" dir="auto"><span class="n"><bdi>10.</bdi></span>"#), "{drawn}");
    assert!(drawn.contains(r#"class="para sub" id="p10a""#) && drawn.contains(r#"class="para subsub" id="p10aiv""#), "{drawn}");
    assert!(drawn.contains(r#"<div class="para sub" dir="auto"><p>on</p></div>"#) && drawn.contains(r#"id="p11""#), "{drawn}");
}

#[test]
fn lists_stand_in_items_of_lists_and_their_labels_are_those_that_are_hashed() {
    let drawn = drawn(vec![
        labelled(Kind::Ordered, 1, "4.", "four"),
        Block { dir: Some(Dir::Rtl), ..Block::new(Kind::Bullet, Some(2), vec![say("point")]) },
        Block::new(Kind::Continuation, Some(1), vec![say("more of four")]),
        Block::new(Kind::Quotation, None, vec![say("said")]),
        Block::new(Kind::Quotation, None, vec![say("and said")]),
    ]);
    let wanted = r#"<ol><li dir="auto"><span class="n"><bdi>4.</bdi></span><p>four</p><ul><li dir="rtl"><p>point</p></li></ul><p dir="auto">more of four</p></li></ol>"#;
    assert!(drawn.contains(wanted), "{drawn}");
    assert!(drawn.contains(r#"<blockquote><p dir="auto">said</p><p dir="auto">and said</p></blockquote>"#), "{drawn}");
}

#[test]
fn headings_go_on_under_that_of_the_page() {
    let drawn = drawn((1..=4).chain([1]).map(|level| Block::heading(level, vec![say("x")])).collect());
    let wanted = r#"<h2 dir="auto">x</h2><h3 dir="auto">x</h3><h4 dir="auto">x</h4><h2 dir="auto">x</h2>"#;
    assert!(drawn.contains(wanted), "the page has the title: {drawn}");
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
        let part = Run { link: Some(href.into()), ..Run::plain("here") };
        let drawn = drawn(vec![Block::paragraph(vec![Inline::Text(part)])]);
        assert_eq!(drawn.contains("<a href="), linked, "{href}");
    }
}

#[test]
fn words_are_escaped_and_say_their_language() {
    let drawn = drawn(vec![Block {
        dir: Some(Dir::Rtl),
        ..Block::paragraph(vec![say("<script>\"&"), Inline::Text(Run { lang: Some("fr".into()), italic: true, ..Run::plain("États") })])
    }]);
    assert!(drawn.contains(r#"<p dir="rtl">&lt;script&gt;"#) && drawn.contains(r#"<span lang="fr"><em>États</em></span>"#), "{drawn}");
}
