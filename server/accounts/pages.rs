//! Pages on the way in: ask for a link, use it.
//!
//! Nobody learns here whether an address is known: both answers are the same page. Opening a link consumes nothing, because mail
//! scanners open links; only its button does.

use maud::{Markup, html};

use crate::accounts::limits::EMAIL_CHARS_MAX;
use crate::http::page::{Frame, Icon, Page, icon};

/// One letter as the demo shows it.
#[derive(Debug, Clone)]
pub struct ShownLetter {
    pub to: String,
    pub name: String,
    pub subject: String,
    /// With zone, as `words::dates::moment` writes it.
    pub at: String,
    pub body: String,
    pub links: Vec<ShownLink>,
}

#[derive(Debug, Clone)]
pub struct ShownLink {
    pub href: String,
    pub label: String,
}

/// The form that asks for an address; posts `email` to `/sign-in`.
pub fn sign_in_page(frame: &Frame, email: &str, problem: Option<&str>) -> Markup {
    let words = frame.words;
    narrow(
        frame,
        "sign_in.title",
        html! {
            h1 { (words.say("sign_in.title", &[])) }
            p.lead { (words.say("sign_in.lead", &[("coalition", frame.coalition)])) }
            form.stack method="post" action="/sign-in" {
                div.field.wrong[problem.is_some()] {
                    label for="email" { (words.say("sign_in.email", &[])) }
                    p.hint #email-hint { (words.say("sign_in.email_hint", &[])) }
                    @if let Some(problem) = problem { p.problem #email-problem role="alert" { (icon(Icon::Problem)) (problem) } }
                    input #email name="email" type="email" inputmode="email" autocomplete="email" required maxlength=(EMAIL_CHARS_MAX)
                        value=(email) aria-invalid=[problem.map(|_| "true")]
                        aria-describedby=(if problem.is_some() { "email-problem email-hint" } else { "email-hint" });
                }
                button.btn.primary.big { (words.say("sign_in.button", &[])) }
            }
            p.quiet { (words.say("sign_in.no_password", &[])) }
        },
    )
}

/// Said to everyone who asked, known or not.
pub fn sign_in_sent_page(frame: &Frame, email: &str, minutes: u32) -> Markup {
    let words = frame.words;
    narrow(
        frame,
        "sign_in.sent_title",
        html! {
            h1 { (words.say("sign_in.sent_title", &[])) }
            p.lead { (words.rich("sign_in.sent_lead", &[("email", html! { b { bdi { (email) } } })])) }
            p { (words.count("sign_in.sent_minutes", u64::from(minutes), &[])) }
            p.quiet { (words.rich("sign_in.sent_nothing", &[("again", html! { a href="/sign-in" { (words.say("sign_in.again", &[])) } })])) }
        },
    )
}

/// What a letter's link opens: one button that posts to `/sign-in/{token}`.
pub fn sign_in_link_page(frame: &Frame, token: &str) -> Markup {
    let words = frame.words;
    narrow(
        frame,
        "sign_in.link_title",
        html! {
            h1 { (words.say("sign_in.link_title", &[])) }
            p.lead { (words.say("sign_in.link_lead", &[("coalition", frame.coalition)])) }
            form.stack method="post" action={ "/sign-in/" (token) } {
                button.btn.primary.big { (words.say("sign_in.link_button", &[])) }
            }
            p.quiet { (words.say("sign_in.link_once", &[])) }
        },
    )
}

/// A sign-in link that was used, has expired or never was.
pub fn link_dead_page(frame: &Frame) -> Markup {
    let words = frame.words;
    narrow(
        frame,
        "sign_in.dead_title",
        html! {
            h1 { (words.say("sign_in.dead_title", &[])) }
            p.lead { (words.say("sign_in.dead_lead", &[])) }
            p { a.btn.primary.big href="/sign-in" { (words.say("sign_in.dead_button", &[])) } }
        },
    )
}

/// The demo's letter box, newest first; `to` is the address it was filtered by (`GET ?to=`).
pub fn letters_page(frame: &Frame, to: Option<&str>, letters: &[ShownLetter]) -> Markup {
    let words = frame.words;
    let main = html! {
        main.letters #main {
            h1 { (words.say("letters.title", &[])) }
            p.lead { (words.say("letters.lead", &[])) }
            form.filter method="get" action="/letters" role="search" {
                div.field {
                    label for="to" { (words.say("letters.to", &[])) }
                    input #to name="to" type="text" inputmode="email" autocomplete="off" maxlength=(EMAIL_CHARS_MAX) value=[to];
                }
                button.btn { (words.say("letters.filter", &[])) }
                @if to.is_some() { a.btn.plain href="/letters" { (words.say("letters.all", &[])) } }
            }
            p.quiet role="status" { (words.count("letters.count", letters.len() as u64, &[])) }
            @if letters.is_empty() {
                div.empty { p.t { (words.say("letters.none", &[])) } }
            }
            @for letter in letters { (shown_letter(letter)) }
        }
    };
    frame.page(Page { title: words.say("letters.title", &[]), findable: false, main, action: None })
}

fn shown_letter(letter: &ShownLetter) -> Markup {
    html! {
        article.letter {
            header {
                (icon(Icon::Letter))
                h2 { (letter.subject) }
                p { bdi { (letter.name) } " " span.quiet { bdi { (letter.to) } } }
                p.quiet.at { (letter.at) }
            }
            div.letter-body dir="auto" { (letter.body) }
            @if !letter.links.is_empty() {
                p.letter-links { @for link in &letter.links { a.btn href=(link.href) { (link.label) } } }
            }
        }
    }
}

fn narrow(frame: &Frame, title: &str, inner: Markup) -> Markup {
    let main = html! { main.confirm #main { (inner) } };
    frame.page(Page { title: frame.words.say(title, &[]), findable: false, main, action: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    const FRAME: fn() -> Frame<'static> = || Frame { coalition: "Lanternway Coalition", words: Words::of("en") };

    #[test]
    fn a_problem_is_tied_to_its_field_and_what_was_typed_is_kept() {
        let drawn = sign_in_page(&FRAME(), "a\"b", Some("That is no e-mail address.")).into_string();
        assert!(
            drawn.contains(r#"value="a&quot;b""#) && drawn.contains(r#"aria-invalid="true""#) && drawn.contains("email-problem email-hint")
        );
    }

    #[test]
    fn a_link_page_only_offers_a_post() {
        let drawn = sign_in_link_page(&FRAME(), "k3y").into_string();
        assert!(drawn.contains(r#"method="post" action="/sign-in/k3y""#));
    }
}
