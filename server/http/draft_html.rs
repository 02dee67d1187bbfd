//! A draft's text in the shape in which its editor draws it (web/src/editor/block.ts, numbers.ts): the same elements, the same
//! classes, the same marks of kind and level. So nothing moves on the screen when the editor takes the place of what is drawn here.
//!
//! Numbers are drawn by the stylesheet, from `data-label`, as they are there. Paragraphs without words are left out.

use maud::{Markup, html};

use super::text_html::{self, dir_of};
use crate::text::block::{Block, Inline, Kind, NoteParagraph, Piece, Text};
use crate::words::{Words, direction};

/// An `<article>` in the editor's frame, and below it the footnotes.
pub fn draft(text: &Text, words: Words) -> Markup {
    let (lang, dir) = (&text.language, direction(&text.language));
    let mut above = None;
    html! {
        div.editor {
            article.ProseMirror.text lang=(lang) dir=(dir) {
                @for block in &text.blocks { (drawn(block, &mut above, words)) }
            }
        }
        div.text.below lang=(lang) dir=(dir) {
            @if text.footnotes().next().is_some() {
                ol.footnotes aria-label=(words.say("text.footnotes", &[])) {
                    @for (number, content) in text.footnotes() {
                        li { span { (number) } span.note-words dir="auto" { (note_words(content)) } }
                    }
                }
            }
        }
    }
}

/// What a continuation goes on under: the last numbered paragraph or item before it.
type Above = Option<&'static str>;

fn drawn(block: &Block, above: &mut Above, words: Words) -> Markup {
    let (dir, level, label) = (dir_of(block.dir), block.level, block.label.as_deref());
    let content = inlines(&block.content, words);
    if block.kind != Kind::Continuation {
        *above = match block.kind {
            Kind::Numbered => Some("numbered"),
            Kind::Bullet | Kind::Ordered => Some("list"),
            Kind::Heading | Kind::Paragraph | Kind::Continuation | Kind::Quotation => None,
        };
    }
    match block.kind {
        // The editor's first heading is the settled text's second: the title is a kind of its own there.
        Kind::Heading => match level.unwrap_or(1) {
            0..=1 => html! { h1 dir=(dir) data-block="title" { (content) } },
            2 => html! { h2 dir=(dir) data-block="heading" data-level="1" { (content) } },
            3 => html! { h3 dir=(dir) data-block="heading" data-level="2" { (content) } },
            _ => html! { h4 dir=(dir) data-block="heading" data-level="3" { (content) } },
        },
        Kind::Paragraph => html! { p dir=(dir) data-block="paragraph" { (content) } },
        Kind::Numbered => html! { p dir=(dir) data-block="numbered" data-level=[level] data-label=[label] { (content) } },
        Kind::Continuation => html! { p dir=(dir) data-block="continuation" data-level=[level] data-under=[*above] { (content) } },
        Kind::Bullet => html! { ul dir=(dir) data-block="bullet" data-level=[level] { li { (content) } } },
        Kind::Ordered => html! { ol dir=(dir) data-block="ordered" data-level=[level] data-label=[label] { li { (content) } } },
        Kind::Quotation => html! { blockquote dir=(dir) data-block="quotation" { p { (content) } } },
    }
}

fn inlines(content: &[Inline], words: Words) -> Markup {
    html! {
        @for inline in content {
            @match inline {
                Inline::Text(run) => (text_html::run(run)),
                Inline::Break => br;,
                Inline::Footnote { number, .. } => {
                    span.fn { sup.fn-number role="img" aria-label=(words.say("text.footnote", &[("number", &number.to_string())])) {} }
                }
            }
        }
    }
}

/// Letters alone, a line for each paragraph, as the list below an editor has them.
fn note_words(content: &[NoteParagraph]) -> String {
    let line = |paragraph: &NoteParagraph| -> String {
        let letters = |piece: &Piece| match piece {
            Piece::Text(run) => run.text.clone(),
            Piece::Break => "\n".to_owned(),
        };
        paragraph.content.iter().map(letters).collect()
    };
    content.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::block::{Dir, Run};

    fn words(text: &str) -> Vec<Inline> {
        vec![Inline::Text(Run::plain(text))]
    }

    fn of(language: &str, blocks: Vec<Block>) -> String {
        draft(&Text { v: "text/v1".into(), language: language.into(), blocks }, Words::of("en")).into_string()
    }

    #[test]
    fn each_kind_is_drawn_as_its_editor_draws_it() {
        let mut item = Block::new(Kind::Ordered, Some(2), words("item"));
        item.label = Some("a.".into());
        for (block, drawn) in [
            (Block::heading(1, words("T")), r#"<h1 dir="auto" data-block="title">T</h1>"#),
            (Block::heading(3, words("S")), r#"<h3 dir="auto" data-block="heading" data-level="2">S</h3>"#),
            (Block::paragraph(words("P")), r#"<p dir="auto" data-block="paragraph">P</p>"#),
            (item, r#"<ol dir="auto" data-block="ordered" data-level="2" data-label="a."><li>item</li></ol>"#),
            (Block::new(Kind::Quotation, None, words("Q")), r#"<blockquote dir="auto" data-block="quotation"><p>Q</p></blockquote>"#),
        ] {
            let all = of("en", vec![block]);
            assert!(all.contains(drawn), "{drawn} is not in {all}");
        }
    }

    #[test]
    fn what_goes_on_knows_under_what() {
        let on = || Block::new(Kind::Continuation, Some(1), words("on"));
        let under = |before: Kind| of("en", vec![Block::new(before, Some(1), words("before")), on()]);
        assert!(under(Kind::Numbered).contains(r#"data-level="1" data-under="numbered">on"#));
        assert!(under(Kind::Bullet).contains(r#"data-level="1" data-under="list">on"#));
        assert!(of("en", vec![on()]).contains(r#"data-block="continuation" data-level="1">on"#));
    }

    #[test]
    fn a_text_runs_as_its_language_does_and_a_block_as_it_was_set() {
        let mut block = Block::paragraph(words("مرحبا <b>"));
        block.dir = Some(Dir::Ltr);
        let drawn = of("ar", vec![block]);
        assert!(drawn.contains(r#"lang="ar" dir="rtl""#) && drawn.contains(r#"<p dir="ltr""#));
        assert!(drawn.contains("مرحبا &lt;b&gt;"), "{drawn}");
    }
}
