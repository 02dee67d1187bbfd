//! A draft's page until its program has come: the bar, room for the tools, the text, in the places where the program draws them
//! (web/src/drafting/draft-page.tsx), so that nothing moves. It says that the editor is on its way, and does nothing.

use maud::{Markup, PreEscaped, html};

use crate::words::Words;

/// What stands in the bar.
pub struct Heading<'a> {
    pub title: &'a str,
    pub language: &'a str,
    pub forum: &'a str,
    pub next_edition: &'a str,
}

/// An element `#served`. `text` is finished markup (http::draft_html).
pub fn draw(heading: &Heading<'_>, text: &str, words: Words) -> Markup {
    let towards = words.say("draft.towards", &[("label", heading.next_edition)]);
    html! {
        div #served {
            header.topbar.draft-bar {
                span.brand { (mark()) }
                div.what {
                    h1 dir="auto" lang=(heading.language) { (heading.title) }
                    p {
                        span.state { (drafting_shape()) span { (words.say("draft.state", &[])) } }
                        span { (towards) @if !heading.forum.is_empty() { " · " (heading.forum) } }
                    }
                }
                div.end { span.saved role="status" { (cloud()) (words.say("draft.opening", &[])) } }
            }
            div.tools {}
            div.draft {
                span.draft-side {}
                main.draft-page { (PreEscaped(text)) }
                span.rail {}
            }
        }
    }
}

/// As `parts/icon.tsx` and `parts/state-badge.tsx` draw them.
fn mark() -> Markup {
    html! {
        svg viewBox="0 0 28 28" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.25" stroke-linecap="round" {
            path d="M3.5 22.5h21" {}
            path d="M5 8.500l8.500 8.500 M13.500 8.500L5 17" {}
        }
    }
}

fn cloud() -> Markup {
    html! {
        svg.icon viewBox="0 0 18 18" aria-hidden="true" {
            path d="M5.2 13.8a3.2 3.2 0 0 1-.3-6.4 4.3 4.3 0 0 1 8.3 1 2.7 2.7 0 0 1-.4 5.4z M7 10.600h.01 M9 10.600h.01 M11 10.600h.01" {}
        }
    }
}

fn drafting_shape() -> Markup {
    html! {
        svg viewBox="0 0 16 16" aria-hidden="true" {
            circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.7 2.17" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_forums_are_told_as_letters() {
        let heading = Heading { title: "<i>", language: "en", forum: "A & B", next_edition: "Rev.1" };
        let drawn = draw(&heading, "<p>text</p>", Words::of("en")).into_string();
        assert!(drawn.contains("&lt;i&gt;") && drawn.contains("towards Rev.1 · A &amp; B") && drawn.contains("<p>text</p>"));
        assert!(drawn.contains("Opening the editor…") && !drawn.contains("<script") && !drawn.contains("style="));
    }
}
