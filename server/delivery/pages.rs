//! The published page: text, names, files and how to check, for readers who know nobody here.
//!
//! It shows public names and a number. Withheld names are blank lines, all alike; who was asked and did not sign appears nowhere.

use maud::{Markup, html};

use crate::http::page::{Frame, Icon, Page, icon, published_badge};
use crate::http::text_html;
use crate::signing::Signatory;
use crate::text::block::Text;

/// Blank lines drawn for withheld names; beyond it the words alone carry the number, because a page of lines says no more.
const BLANK_LINES_MAX: u64 = 60;

/// Names longer than this take the whole line, with the country below, in characters.
const LONG_NAME_CHARS: usize = 90;

#[derive(Debug, Clone)]
pub struct PublishedView {
    pub title: String,
    /// `Rev.1`.
    pub edition: String,
    /// `9 February 2026`.
    pub published_on: String,
    /// `Human Rights Council, agenda item 4`.
    pub forum: Option<String>,
    pub text: Text,
    /// In the order they are printed.
    pub signatories: Vec<Signatory>,
    pub withheld: u64,
    /// Public signatories that withdrew after publication.
    pub withdrawn: Vec<Signatory>,
    pub files: Vec<File>,
    /// SHA-256 of the text shown, in groups of four.
    pub digest: String,
    /// The log's verifier key, as the verifier takes it.
    pub vkey: String,
    /// What the check proves and does not, one sentence each.
    pub check_sentences: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct File {
    pub href: String,
    pub kind: FileKind,
    pub title: String,
    pub detail: String,
    /// `218 kB`.
    pub size: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Document,
    Bundle,
}

pub fn published_page(frame: &Frame, view: &PublishedView) -> Markup {
    let main = html! {
        main.pub #main {
            (heading(frame, view))
            (text_html::body(&view.text, frame.words))
            (names(frame, view))
            aside { div.stay { (files(frame, view)) (check(frame, view)) } }
        }
    };
    frame.page(Page { title: view.title.clone(), findable: true, main, action: None })
}

fn heading(frame: &Frame, view: &PublishedView) -> Markup {
    let words = frame.words;
    let named = view.signatories.len() as u64;
    html! {
        header.title {
            p { (published_badge(&words.say("published.state", &[]), &format!("{} · {}", view.edition, view.published_on))) }
            h1 lang=(view.text.language) dir="auto" {
                @if let Some(title) = text_html::title(&view.text, words) { (title) } @else { (view.title) }
            }
            p.sub {
                (words.rich("published.by", &[("coalition", html! { bdi { (frame.coalition) } })]))
                @if let Some(forum) = &view.forum { br; (words.rich("published.forum", &[("forum", html! { bdi { (forum) } })])) }
            }
            nav.jump aria-label=(words.say("published.jump", &[])) {
                a href="#text" { (words.say("published.text", &[])) }
                a href="#signatories" { (words.count("published.organisations", named.saturating_add(view.withheld), &[])) }
                a href="#files" { (words.say("published.files", &[])) }
                a href="#check" { (words.say("published.check", &[])) }
            }
        }
    }
}

fn names(frame: &Frame, view: &PublishedView) -> Markup {
    let words = frame.words;
    html! {
        section.signatories #signatories aria-labelledby="signatories-heading" {
            header {
                h2 #signatories-heading { (words.say("published.undersigned", &[])) }
                p { (words.count("published.named", view.signatories.len() as u64, &[])) }
            }
            ul.sigs.cols { @for one in &view.signatories { (signatory(one)) } }
            @if view.withheld > 0 {
                div.withheld {
                    p { (words.count(if view.signatories.is_empty() { "published.withheld_only" } else { "published.withheld" }, view.withheld, &[])) }
                    ul.blanks aria-hidden="true" {
                        @for _ in 0..view.withheld.min(BLANK_LINES_MAX) { li.sig.blank {} }
                    }
                    p.why.quiet { (words.rich("published.withheld_why", &[("checked", html! { a href="#check" { (words.say("published.checked", &[])) } })])) }
                }
            }
            @if !view.withdrawn.is_empty() {
                div.withdrawn {
                    h3 { (words.say("published.withdrawn", &[])) }
                    p.quiet { (words.say("published.withdrawn_why", &[])) }
                    ul.sigs.cols { @for one in &view.withdrawn { (signatory(one)) } }
                }
            }
        }
    }
}

fn signatory(one: &Signatory) -> Markup {
    html! {
        li.sig.long[one.name.chars().count() > LONG_NAME_CHARS] {
            span { bdi lang=[(!one.language.is_empty()).then_some(one.language.as_str())] { (one.name) } }
            @if let Some(gloss) = &one.gloss { span.gloss { bdi { (gloss) } } }
            span.at { (one.country) }
        }
    }
}

fn files(frame: &Frame, view: &PublishedView) -> Markup {
    html! {
        section.files #files {
            h2 { (frame.words.say("published.files", &[])) }
            ul {
                @for file in &view.files {
                    li { a.file href=(file.href) {
                        (icon(match file.kind { FileKind::Document => Icon::Download, FileKind::Bundle => Icon::File }))
                        span { span.t { (file.title) } span.d { (file.detail) } }
                        span.size { (file.size) }
                    } }
                }
            }
        }
    }
}

fn check(frame: &Frame, view: &PublishedView) -> Markup {
    let words = frame.words;
    let bundle = view.files.iter().find(|file| file.kind == FileKind::Bundle);
    html! {
        section.check #check {
            h2 { (words.say("published.check", &[])) }
            p { (words.say("published.check_lead", &[])) }
            ol.steps {
                li { (words.rich("published.check_download", &[("bundle", match bundle {
                    Some(file) => html! { a href=(file.href) { (words.say("published.bundle", &[])) } },
                    None => html! { (words.say("published.bundle", &[])) },
                })])) }
                li {
                    (words.say("published.check_run", &[]))
                    code.command tabindex="0" { "undersigned verify FILE --key " (view.vkey) }
                }
                li { (words.say("published.check_read", &[])) }
            }
            p.dlabel { (words.say("published.digest", &[])) }
            p.digest { (view.digest) }
            @if !view.check_sentences.is_empty() {
                details {
                    summary { (words.say("published.check_more", &[])) }
                    ul.says { @for sentence in &view.check_sentences { li { (sentence) } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    fn view(withheld: u64) -> PublishedView {
        let someone =
            Signatory { name: "جمعية".into(), gloss: Some("Association".into()), country: "Tunisia".into(), language: "ar".into() };
        PublishedView {
            title: "Title".into(),
            edition: "Rev.1".into(),
            published_on: "9 February 2026".into(),
            forum: None,
            text: Text { v: "text/v1".into(), language: "en".into(), blocks: vec![] },
            signatories: vec![someone],
            withheld,
            withdrawn: vec![],
            files: vec![],
            digest: "3f9a".into(),
            vkey: "log+1+x".into(),
            check_sentences: vec![],
        }
    }

    fn drawn(view: &PublishedView) -> String {
        published_page(&Frame { coalition: "Ours", words: Words::of("en") }, view).into_string()
    }

    /// Word for word, one element a line: whoever changes what the world is shown sees all of it.
    #[test]
    fn the_published_page_word_for_word() {
        insta::assert_snapshot!(drawn(&view(2)).replace("><", ">\n<"));
    }

    #[test]
    fn withheld_names_are_blank_lines_up_to_a_limit_and_always_a_number() {
        for (withheld, lines) in [(0, 0), (1, 1), (9, 9), (60, 60), (4_000, 60)] {
            let page = drawn(&view(withheld));
            assert_eq!(page.matches("sig blank").count(), lines);
            assert_eq!(page.contains(&format!("and {withheld} organisation")), withheld > 0);
        }
        assert!(drawn(&view(9)).contains("10 organisations"));
    }

    #[test]
    fn a_name_is_isolated_in_its_own_language() {
        assert!(drawn(&view(0)).contains(r#"<bdi lang="ar">جمعية</bdi>"#));
    }
}
