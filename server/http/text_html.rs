//! A settled text as HTML: the same words, numbers and footnotes that are hashed, and nothing more.
//!
//! A signatory reads this before signing, so no word may be lost on the way: nesting beyond the limit is flattened, never dropped.
//! Only addresses that may stand in a text become links. The title stands apart from the body because pages set it as their heading.

use maud::{Markup, html};

use crate::text::block::{Block, Dir, Inline, Item, Run, Text};
use crate::text::limits::DEPTH_MAX;
use crate::text::link;
use crate::words::{Words, direction};

/// The content of the first heading of level 1, with its footnote marks; for the page's own `<h1>`.
pub fn title(text: &Text, words: Words) -> Option<Markup> {
    text.blocks.iter().find_map(|block| match block {
        Block::Heading { level: 1, content, .. } => Some(inlines(content, words)),
        _ => None,
    })
}

/// Everything but the title, as an `<article class="text" id="text">` with its footnotes at the end.
pub fn body(text: &Text, words: Words) -> Markup {
    let at = text.blocks.iter().position(|block| matches!(block, Block::Heading { level: 1, .. }));
    let mut paragraph = String::new();
    let notes = footnotes(&text.blocks);
    html! {
        article.text #text lang=(text.language) dir=(direction(&text.language)) {
            @for (i, block) in text.blocks.iter().enumerate() {
                @if Some(i) != at { (draw(block, 0, &mut paragraph, words)) }
            }
            @if !notes.is_empty() {
                ol.footnotes aria-label=(words.say("text.footnotes", &[])) {
                    @for (number, content) in notes { (footnote(number, content, words)) }
                }
            }
        }
    }
}

fn footnote(number: u32, content: &[Run], words: Words) -> Markup {
    let back = words.say("text.footnote_back", &[("number", &number.to_string())]);
    html! {
        li id={ "fn" (number) } {
            a.n href={ "#fnref" (number) } aria-label=(back) { (number) }
            span dir="auto" { @for part in content { (run(part)) } }
        }
    }
}

/// `paragraph` remembers the last numbered paragraph of level 1, so that `(a)` under 10. is known as `p10a`.
fn draw(block: &Block, depth: usize, paragraph: &mut String, words: Words) -> Markup {
    if depth > DEPTH_MAX {
        return flat(block, words);
    }
    match block {
        Block::List { ordered, start, items } => html! {
            @if *ordered {
                ol start=[(*start != 1).then_some(start)] { (list_items(items, depth, paragraph, words)) }
            } @else {
                ul { (list_items(items, depth, paragraph, words)) }
            }
        },
        Block::Quote { blocks } => html! {
            blockquote { @for inner in blocks { (draw(inner, depth + 1, paragraph, words)) } }
        },
        Block::Numbered { level, label, dir, content } => {
            let sign: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
            let sub = *level > 1;
            if !sub {
                paragraph.clone_from(&sign);
            }
            let id = if sub { format!("p{paragraph}{sign}") } else { format!("p{sign}") };
            html! {
                div.para.sub[sub] id=(id) dir=(dir_of(*dir)) {
                    // The letter in "(a)" must not decide the direction of the paragraph, and the paragraph's decides where it hangs.
                    span.n { bdi { (label) } }
                    p { (inlines(content, words)) }
                }
            }
        }
        Block::Heading { .. } | Block::Paragraph { .. } => plain(block, words),
    }
}

fn list_items(items: &[Item], depth: usize, paragraph: &mut String, words: Words) -> Markup {
    html! {
        @for item in items {
            li { @for inner in &item.blocks { (draw(inner, depth + 1, paragraph, words)) } }
        }
    }
}

/// A heading or paragraph. The page's title is the only `<h1>`, so headings start at `<h2>`.
fn plain(block: &Block, words: Words) -> Markup {
    match block {
        Block::Heading { level, dir, content } if *level < 3 => html! { h2 dir=(dir_of(*dir)) { (inlines(content, words)) } },
        Block::Heading { dir, content, .. } => {
            html! { h3 dir=(dir_of(*dir)) { (inlines(content, words)) } }
        }
        Block::Paragraph { dir, content } => {
            html! { p dir=(dir_of(*dir)) { (inlines(content, words)) } }
        }
        Block::Numbered { label, dir, content, .. } => html! { p dir=(dir_of(*dir)) { bdi { (label) } " " (inlines(content, words)) } },
        Block::List { .. } | Block::Quote { .. } => html! {},
    }
}

/// What stands below the limit, one paragraph after the other. Iterative: the depth is not ours.
fn flat(block: &Block, words: Words) -> Markup {
    html! { @for leaf in leaves(std::slice::from_ref(block)) { (plain(leaf, words)) } }
}

/// Every block that carries words itself, in reading order.
fn leaves(blocks: &[Block]) -> Vec<&Block> {
    let mut open: Vec<&Block> = blocks.iter().rev().collect();
    let mut out = Vec::new();
    while let Some(block) = open.pop() {
        match block {
            Block::Quote { blocks } => open.extend(blocks.iter().rev()),
            Block::List { items, .. } => open.extend(items.iter().rev().flat_map(|item| item.blocks.iter().rev())),
            _ => out.push(block),
        }
    }
    out
}

fn footnotes(blocks: &[Block]) -> Vec<(u32, &[Run])> {
    leaves(blocks)
        .into_iter()
        .flat_map(|block| match block {
            Block::Heading { content, .. } | Block::Paragraph { content, .. } | Block::Numbered { content, .. } => content.as_slice(),
            Block::List { .. } | Block::Quote { .. } => &[],
        })
        .filter_map(|inline| match inline {
            Inline::Footnote { number, content } => Some((*number, content.as_slice())),
            Inline::Text(_) | Inline::Break => None,
        })
        .collect()
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

fn run(part: &Run) -> Markup {
    let mut out = html! { (part.text) };
    if part.italic {
        out = html! { em { (out) } };
    }
    if part.bold {
        out = html! { strong { (out) } };
    }
    match part.link.as_deref().filter(|href| link::stands(href)) {
        Some(href) => html! { a href=(href) rel="noopener noreferrer nofollow" { (out) } },
        None => out,
    }
}

fn dir_of(dir: Option<Dir>) -> &'static str {
    match dir {
        None => "auto",
        Some(Dir::Ltr) => "ltr",
        Some(Dir::Rtl) => "rtl",
    }
}

#[cfg(test)]
mod tests;
