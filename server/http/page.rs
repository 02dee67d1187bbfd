//! The frame every server-drawn page stands in: masthead, main, colophon, and nothing that runs.
//!
//! These pages carry no script, no inline style and no third party, so that they work on any phone, in Tor Browser, and under a
//! content security policy of `default-src 'self'`. The frame knows no statement and no sign-on; rooms hand it finished markup.

use maud::{DOCTYPE, Markup, html};

use crate::words::Words;

/// Whose server this is and in which words it speaks.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The coalition's name, as in the masthead.
    pub coalition: &'a str,
    pub words: Words,
}

/// One page inside the frame.
pub struct Page {
    /// For the window and the history. Name no organisation here: a browser's history is read by others.
    pub title: String,
    /// May search engines list it? Only what is published.
    pub findable: bool,
    /// A `<main id="main">` element.
    pub main: Markup,
    /// The bar that stays at the foot of a phone's screen.
    pub action: Option<Markup>,
}

impl Frame<'_> {
    /// The whole document.
    pub fn page(&self, page: Page) -> Markup {
        let words = self.words;
        html! {
            (DOCTYPE)
            html lang=(words.language()) dir=(words.dir()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    // Addresses of letters are secrets; no page of another site is told where the reader came from.
                    meta name="referrer" content="same-origin";
                    @if !page.findable { meta name="robots" content="noindex, nofollow"; }
                    title { (page.title) " – " (self.coalition) }
                    link rel="icon" type="image/svg+xml" href="/favicon.svg";
                    link rel="stylesheet" href="/style/public.css";
                }
                body.public {
                    a.skip href="#main" { (words.say("frame.skip", &[])) }
                    header.masthead { div {
                        a.coalition href="/" { (mark()) bdi { (self.coalition) } }
                    } }
                    (page.main)
                    footer.colophon { div {
                        bdi { (self.coalition) }
                        span.end { (words.say("frame.colophon", &[])) }
                    } }
                    @if let Some(action) = page.action { div.action role="region" aria-label=(words.say("frame.action", &[])) { (action) } }
                }
            }
        }
    }
}

/// What went wrong, before the reader's work: an icon and a full sentence.
pub fn problem_notice(sentence: &str) -> Markup {
    html! { div.notice.red role="alert" { (icon(Icon::Problem)) p { (sentence) } } }
}

/// Line drawings, always beside words.
#[derive(Debug, Clone, Copy)]
pub enum Icon {
    Back,
    Clock,
    Download,
    File,
    Letter,
    Pen,
    Problem,
    Tick,
}

pub fn icon(icon: Icon) -> Markup {
    let (path, circle) = match icon {
        Icon::Back => ("M15 9H3.5 M7.5 5l-4 4 4 4", false),
        Icon::Clock => ("M9 5v4.2l2.7 1.7", true),
        Icon::Download => ("M9 2.5v9 M5.2 8L9 11.8 12.8 8 M3 15.2h12", false),
        Icon::File => ("M4.5 2.2h6l3 3v10.6h-9z M10.2 2.4v3.2h3.2", false),
        Icon::Letter => ("M2.5 4.5h13v9h-13z M2.5 5l6.5 5 6.5-5", false),
        Icon::Pen => ("M2.5 15.5h13 M4 11.5c2-6 4.5-8.5 5.5-7.5s-2.5 5-1.5 6 2.5-2.5 3.5-1.8-.2 2 .7 2.3 1.3-.5 2-1", false),
        Icon::Problem => ("M9 5.2v4.6 M9 12.6v.1", true),
        Icon::Tick => ("M4 9.5l3.4 3.4L14 5.6", false),
    };
    // An arrow that means "back" points the other way where one reads from right to left.
    let class = if matches!(icon, Icon::Back) { "icon flip" } else { "icon" };
    html! {
        svg class=(class) viewBox="0 0 18 18" aria-hidden="true" {
            @if circle { circle cx="9" cy="9" r="6.6" {} }
            path d=(path) {}
        }
    }
}

/// The state of a statement: a shape and a word.
pub fn published_badge(word: &str, more: &str) -> Markup {
    html! {
        span.state {
            svg viewBox="0 0 16 16" aria-hidden="true" {
                circle cx="8" cy="8" r="7.1" fill="currentColor" {}
                path.cut d="M4.7 8.3l2.3 2.3 4.3-4.9" {}
            }
            span { (word) } " " span.more { (more) }
        }
    }
}

/// The product's mark: a cross on a line, "sign here".
fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 28 28" aria-hidden="true" {
            path d="M3.5 22.5h21" {}
            path d="M5 8.5l8.5 8.5 M13.5 8.5L5 17" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_carries_no_script_and_escapes_what_it_is_told() {
        let frame = Frame { coalition: "Ours & <theirs>", words: Words::of("en") };
        let page = Page { title: "<b>".into(), findable: false, main: html! { main #main {} }, action: None };
        let drawn = frame.page(page).into_string();
        assert!(drawn.contains("Ours &amp; &lt;theirs&gt;") && drawn.contains("<title>&lt;b&gt;"));
        assert!(!drawn.contains("<script") && !drawn.contains("style=") && drawn.contains("noindex"));
    }
}
