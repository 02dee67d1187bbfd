//! The code is the confirmation: six digits, and beside them every consequence in full sentences.

use maud::{Markup, html};

use super::{Act, Person, Visibility, button_words};
use crate::http::page::{Frame, Icon, Page, icon};

#[derive(Debug, Clone)]
pub struct CodeView {
    pub act: Act,
    pub organisation: String,
    /// The statement's.
    pub title: String,
    pub edition: String,
    /// SHA-256 in groups of four.
    pub digest: String,
    /// Of a signature; no other act has one.
    pub visibility: Option<Visibility>,
    pub name_as_it_appears: String,
    pub person: Person,
    pub second_person: Option<String>,
    /// Masked: `f…t@bcap-ke.example`.
    pub mailed_to: String,
    /// How long the code works.
    pub minutes: u32,
    pub problem: Option<String>,
    pub tries_left: Option<u32>,
    pub token: String,
}

/// Posts `code` to `/sign/{token}/confirm`; a new code is asked for at `/sign/{token}/code`.
pub fn code_page(frame: &Frame, view: &CodeView) -> Markup {
    let words = frame.words;
    let (heading, window) = match view.act {
        Act::Sign => ("code.heading_sign", "code.window_title"),
        Act::Decline => ("code.heading_decline", "code.window_title"),
        Act::Withdraw => ("code.heading_withdraw", "code.window_title"),
    };
    let main = html! {
        main.confirm #main {
            p.back { a href={ "/sign/" (view.token) } { (icon(Icon::Back)) (words.say("code.back", &[])) } }
            h1 { (words.say(heading, &[])) }
            p.lead {
                (words.rich("code.sent", &[("mailed_to", html! { b.nowrap { bdi { (view.mailed_to) } } })])) " "
                (words.count("code.minutes", u64::from(view.minutes), &[]))
            }
            (code_form(frame, view))
            form.resend method="post" action={ "/sign/" (view.token) "/code" } {
                p { (words.say("code.no_letter", &[])) }
                button.btn.plain { (words.say("code.resend", &[])) }
            }
            (happens(frame, view))
            div.deskact { button.btn.primary.big form="code-form" { (button(frame, view)) } }
        }
    };
    let action = html! { button.btn.primary.big form="code-form" { (button(frame, view)) } };
    frame.page(Page { title: words.say(window, &[]), findable: false, main, action: Some(action) })
}

fn code_form(frame: &Frame, view: &CodeView) -> Markup {
    let words = frame.words;
    html! {
        form #code-form method="post" action={ "/sign/" (view.token) "/confirm" } {
            div.codebox.wrong[view.problem.is_some()] {
                label for="code" { (words.say("code.label", &[])) }
                @if let Some(problem) = &view.problem {
                    p.problem #code-problem role="alert" {
                        (icon(Icon::Problem))
                        span { (problem) @if let Some(left) = view.tries_left.filter(|left| *left > 0) { " " (words.count("code.tries_left", u64::from(left), &[])) } }
                    }
                }
                div.six {
                    input #code name="code" inputmode="numeric" autocomplete="one-time-code" pattern="\\p{Nd}{6}" maxlength="6" required autofocus
                        aria-invalid=[view.problem.as_ref().map(|_| "true")] aria-describedby=[view.problem.as_ref().map(|_| "code-problem")];
                    span.linesix aria-hidden="true" { @for _ in 0..6 { i {} } }
                }
            }
        }
    }
}

fn happens(frame: &Frame, view: &CodeView) -> Markup {
    let words = frame.words;
    let heading = match view.act {
        Act::Sign => "code.happens_sign",
        Act::Decline => "code.happens_decline",
        Act::Withdraw => "code.happens_withdraw",
    };
    html! {
        section.happens aria-labelledby="happens-heading" {
            h2 #happens-heading { (words.say(heading, &[])) }
            ul {
                li { (icon(Icon::Pen)) span { (sentence(frame, view)) } }
                @if view.act == Act::Sign {
                    @if view.visibility == Some(Visibility::Public) {
                        li { (icon(Icon::Tick)) span { (words.rich("code.printed_as", &[("name", html! { b { bdi { (view.name_as_it_appears) } } })])) } }
                    } @else {
                        li { (icon(Icon::Tick)) span { (words.say("code.printed_nowhere", &[])) } }
                    }
                    @if let Some(second) = &view.second_person {
                        li { (icon(Icon::Clock)) span { (words.rich("code.second", &[("second", html! { bdi { (second) } })])) } }
                    }
                    li { (icon(Icon::File)) span { (words.say("code.receipt", &[])) } }
                    li { (icon(Icon::Back)) span { (words.say("code.withdraw_any_time", &[])) } }
                } @else if view.act == Act::Withdraw {
                    li { (icon(Icon::File)) span { (words.say("code.withdraw_stays", &[])) } }
                } @else {
                    li { (icon(Icon::Back)) span { (words.say("code.decline_changes", &[])) } }
                }
            }
            details {
                summary { (words.say("code.digest", &[])) }
                p.digest { (view.digest) }
            }
        }
    }
}

/// Who does what to which text, in one sentence.
fn sentence(frame: &Frame, view: &CodeView) -> Markup {
    let key = match (view.act, view.visibility) {
        (Act::Sign, Some(Visibility::Withheld)) => "code.does_sign_withheld",
        (Act::Sign, _) => "code.does_sign_public",
        (Act::Decline, _) => "code.does_decline",
        (Act::Withdraw, _) => "code.does_withdraw",
    };
    let Person { name, title } = &view.person;
    frame.words.rich(
        key,
        &[
            ("organisation", html! { b { bdi { (view.organisation) } } }),
            ("edition", html! { b { (view.edition) } }),
            ("statement", html! { bdi { (view.title) } }),
            ("person", html! { bdi { (name) } @if !title.is_empty() { ", " bdi { (title) } } }),
        ],
    )
}

fn button(frame: &Frame, view: &CodeView) -> String {
    let (key, short) = match view.act {
        Act::Sign => ("sign.button", "sign.button_short"),
        Act::Decline => ("sign.decline_button", "sign.decline_button_short"),
        Act::Withdraw => ("sign.withdraw_button", "sign.withdraw_button_short"),
    };
    button_words(frame, key, short, &view.organisation)
}
