//! A settled text as HTML: the same words, numbers and footnotes that are hashed, and nothing more.
//!
//! A signatory reads this before signing, so no word may be lost on the way, and every number is written out as it is hashed.
//! Only addresses that may stand in a text become links. The title stands apart from the body because pages set it as their heading.

use maud::{Markup, html};

use crate::text::block::{Block, Dir, Inline, Kind, NoteParagraph, Piece, Run, Text};
use crate::text::link;
use crate::text::nesting::{Item, Part, parts};
use crate::words::{Words, direction};

/// The content of the first heading of level 1, with its footnote marks; for the page's own `<h1>`.
pub fn title(text: &Text, words: Words) -> Option<Markup> {
    text.blocks.iter().find(|block| block.is_title()).map(|title| inlines(&title.content, words))
}

/// Everything but the title, as an `<article class="text" id="text">` with its footnotes at the end.
pub fn body(text: &Text, words: Words) -> Markup {
    let at = text.blocks.iter().position(Block::is_title);
    let (before, after) = text.blocks.split_at(at.unwrap_or_default());
    let mut drawing = Drawing { words, cited: Default::default() };
    html! {
        article.text #text lang=(text.language) dir=(direction(&text.language)) {
            (drawing.all(before))
            (drawing.all(&after[usize::from(at.is_some())..]))
            @if text.footnotes().next().is_some() {
                ol.footnotes aria-label=(words.say("text.footnotes", &[])) {
                    @for (number, content) in text.footnotes() { (footnote(number, content, words)) }
                }
            }
        }
    }
}

fn footnote(number: u32, content: &[NoteParagraph], words: Words) -> Markup {
    let back = words.say("text.footnote_back", &[("number", &number.to_string())]);
    html! {
        li id={ "fn" (number) } {
            a.n href={ "#fnref" (number) } aria-label=(back) { (number) }
            div { @for paragraph in content { p dir=(dir_of(paragraph.dir)) { (pieces(&paragraph.content)) } } }
        }
    }
}

struct Drawing {
    words: Words,
    /// Signs of the last numbered paragraph of each level, so that `(a)` under 10. is known as `p10a`.
    cited: [String; 3],
}

impl Drawing {
    fn all(&mut self, blocks: &[Block]) -> Markup {
        html! { @for part in parts(blocks) { (self.part(&part)) } }
    }

    fn part(&mut self, part: &Part<'_>) -> Markup {
        match part {
            Part::Alone(block) => self.alone(block),
            Part::Quotation(blocks) => html! { blockquote { @for block in *blocks { (self.paragraph(block)) } } },
            Part::List { ordered: true, items } => html! { ol { @for item in items { (self.item(item)) } } },
            Part::List { ordered: false, items } => html! { ul { @for item in items { (self.item(item)) } } },
        }
    }

    fn item(&mut self, item: &Item<'_>) -> Markup {
        let Item { block, inside } = item;
        html! {
            li dir=(dir_of(block.dir)) {
                @if let Some(label) = &block.label { span.n { bdi { (label) } } }
                p { (inlines(&block.content, self.words)) }
                @for part in inside {
                    @if let Part::Alone(further) = part { (self.paragraph(further)) } @else { (self.part(part)) }
                }
            }
        }
    }

    /// The page's title is the only `<h1>`, so headings start at `<h2>`.
    fn alone(&mut self, block: &Block) -> Markup {
        let (dir, content) = (dir_of(block.dir), inlines(&block.content, self.words));
        match block.kind {
            Kind::Heading => match block.level.unwrap_or(1) {
                0..=2 => html! { h2 dir=(dir) { (content) } },
                3 => html! { h3 dir=(dir) { (content) } },
                _ => html! { h4 dir=(dir) { (content) } },
            },
            Kind::Numbered => {
                let id = self.cite(block);
                html! {
                    div.para.(depth(block)) id=(id) dir=(dir) {
                        // The letter in "(a)" must not decide the direction of the paragraph, and the paragraph's decides where it hangs.
                        span.n { bdi { (block.label.as_deref().unwrap_or_default()) } }
                        p { (content) }
                    }
                }
            }
            Kind::Continuation => html! { div.para.(depth(block)) dir=(dir) { p { (content) } } },
            Kind::Paragraph | Kind::Bullet | Kind::Ordered | Kind::Quotation => self.paragraph(block),
        }
    }

    fn paragraph(&self, block: &Block) -> Markup {
        html! { p dir=(dir_of(block.dir)) { (inlines(&block.content, self.words)) } }
    }

    /// The address of a numbered paragraph: `p10`, `p10a`, `p10ai`.
    fn cite(&mut self, block: &Block) -> String {
        let level = usize::from(block.level.unwrap_or(1)).clamp(1, 3);
        self.cited[level - 1] = block.label.iter().flat_map(|label| label.chars()).filter(char::is_ascii_alphanumeric).collect();
        self.cited[level..].fill(String::new());
        format!("p{}", self.cited.concat())
    }
}

/// The class of a numbered paragraph, and of what continues one, under another.
fn depth(block: &Block) -> &'static str {
    match block.level.unwrap_or(1) {
        0..=1 => "top",
        2 => "sub",
        _ => "subsub",
    }
}

fn inlines(content: &[Inline], words: Words) -> Markup {
    html! {
        @for inline in content {
            @match inline {
                Inline::Text(part) => (run(part)),
                Inline::Break => br;,
                Inline::Footnote { number, .. } => {
                    sup { a id={ "fnref" (number) } href={ "#fn" (number) } aria-label=(words.say("text.footnote", &[("number", &number.to_string())])) { (number) } }
                }
            }
        }
    }
}

fn pieces(content: &[Piece]) -> Markup {
    html! {
        @for piece in content {
            @match piece {
                Piece::Text(part) => (run(part)),
                Piece::Break => br;,
            }
        }
    }
}

pub(super) fn run(part: &Run) -> Markup {
    let mut out = html! { (part.text) };
    if part.italic {
        out = html! { em { (out) } };
    }
    if part.bold {
        out = html! { strong { (out) } };
    }
    if let Some(tag) = &part.lang {
        out = html! { span lang=(tag) { (out) } };
    }
    match part.link.as_deref().filter(|href| link::stands(href)) {
        Some(href) => html! { a href=(href) rel="noopener noreferrer nofollow" { (out) } },
        None => out,
    }
}

pub(super) fn dir_of(dir: Option<Dir>) -> &'static str {
    match dir {
        None => "auto",
        Some(Dir::Ltr) => "ltr",
        Some(Dir::Rtl) => "rtl",
    }
}

#[cfg(test)]
mod tests;
