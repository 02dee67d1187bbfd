//! The code is the confirmation: six digits, and beside them every consequence in full sentences. The page is that of one
//! question; a code that was mailed for another confirms nothing here.

use maud::{Markup, html};

use super::{Person, Visibility, Wish, button_words};
use crate::http::page::{Frame, Icon, Page, icon};
use crate::signing::answer::Asked;
use crate::signing::limits;

#[derive(Debug, Clone)]
pub struct CodeView {
    pub act: Wish,
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
    /// Masked: `f…t@bcap-ke.example`.
    pub mailed_to: String,
    /// How long the code works.
    pub minutes: u32,
    pub problem: Option<CodeProblem>,
    pub question: String,
    pub token: String,
}

/// Why a code was not taken.
#[derive(Debug, Clone)]
pub struct CodeProblem {
    pub sentence: String,
    pub tries_left: Option<u32>,
    /// What was asked for elsewhere since, which this question gave way to.
    pub newer: Option<Asked>,
}

/// Posts `code` to `/sign/{token}/confirm/{question}`; a new code is asked for at `/sign/{token}/code/{question}`.
pub fn code_page(frame: &Frame, view: &CodeView) -> Markup {
    let words = frame.words;
    let (heading, window) = match view.act {
        Wish::Sign => ("code.heading_sign", "code.window_title"),
        Wish::Decline => ("code.heading_decline", "code.window_title"),
        Wish::Withdraw => ("code.heading_withdraw", "code.window_title"),
        Wish::Look => ("code.heading_look", "code.window_title"),
    };
    if let Some(CodeProblem { sentence, newer: Some(newer), .. }) = &view.problem {
        return given_way(frame, view, sentence, newer);
    }
    let main = html! {
        main.confirm #main {
            p.back { a href={ "/sign/" (view.token) } { (icon(Icon::Back)) (words.say("code.back", &[])) } }
            h1 { (words.say(heading, &[])) }
            p.lead {
                (words.rich("code.sent", &[("mailed_to", html! { b.nowrap { bdi { (view.mailed_to) } } })])) " "
                (words.count("code.minutes", u64::from(view.minutes), &[]))
            }
            (code_form(frame, view))
            form.resend method="post" action={ "/sign/" (view.token) "/code/" (view.question) } {
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

/// A question that gave way to a newer one: nothing can be confirmed here any more.
fn given_way(frame: &Frame, view: &CodeView, problem: &str, newer: &Asked) -> Markup {
    let words = frame.words;
    let now = CodeView {
        act: newer.wish,
        visibility: newer.visibility,
        person: Person { title: newer.title.clone(), ..view.person.clone() },
        ..view.clone()
    };
    let main = html! {
        main.confirm #main {
            h1 { (words.say("code.given_way", &[])) }
            div.notice.amber role="alert" { (icon(Icon::Problem)) p { (problem) } }
            p { (words.say("code.given_way_asked", &[])) " " (sentence(frame, view)) }
            p { b { (words.say("code.given_way_newer", &[])) } " " (sentence(frame, &now)) }
            p.ways { a.btn.primary.big href={ "/sign/" (view.token) "#answer" } { (words.say("code.given_way_again", &[])) } }
        }
    };
    frame.page(Page { title: words.say("code.given_way", &[]), findable: false, main, action: None })
}

fn code_form(frame: &Frame, view: &CodeView) -> Markup {
    let words = frame.words;
    html! {
        form #code-form method="post" action={ "/sign/" (view.token) "/confirm/" (view.question) } {
            div.codebox.wrong[view.problem.is_some()] {
                label for="code" { (words.say("code.label", &[])) }
                @if let Some(problem) = &view.problem {
                    p.problem #code-problem role="alert" {
                        (icon(Icon::Problem))
                        span { (problem.sentence) @if let Some(left) = problem.tries_left.filter(|left| *left > 0) { " " (words.count("code.tries_left", u64::from(left), &[])) } }
                    }
                }
                div.six {
                    input #code name="code" inputmode="numeric" autocomplete="one-time-code" maxlength=(limits::CODE_CHARS_MAX) required autofocus
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
        Wish::Sign => "code.happens_sign",
        Wish::Decline => "code.happens_decline",
        Wish::Withdraw => "code.happens_withdraw",
        Wish::Look => return html! { p.quiet { (words.say("code.look_binds_nothing", &[])) } },
    };
    html! {
        section.happens aria-labelledby="happens-heading" {
            h2 #happens-heading { (words.say(heading, &[])) }
            ul {
                li { (icon(Icon::Pen)) span { (sentence(frame, view)) } }
                @if view.act == Wish::Sign {
                    @if view.visibility == Some(Visibility::Public) {
                        li { (icon(Icon::Tick)) span { (words.rich("code.printed_as", &[("name", html! { b { bdi { (view.name_as_it_appears) } } })])) } }
                    } @else {
                        li { (icon(Icon::Tick)) span { (words.say("code.printed_nowhere", &[])) } }
                    }
                    li { (icon(Icon::File)) span { (words.say("code.receipt", &[])) } }
                    li { (icon(Icon::Back)) span { (words.say("code.withdraw_any_time", &[])) } }
                } @else if view.act == Wish::Withdraw {
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
        (Wish::Sign, Some(Visibility::Withheld)) => "code.does_sign_withheld",
        (Wish::Sign, _) => "code.does_sign_public",
        (Wish::Decline, _) => "code.does_decline",
        (Wish::Withdraw, _) => "code.does_withdraw",
        (Wish::Look, _) => "code.does_look",
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
        Wish::Sign => ("sign.button", "sign.button_short"),
        Wish::Decline => ("sign.decline_button", "sign.decline_button_short"),
        Wish::Withdraw => ("sign.withdraw_button", "sign.withdraw_button_short"),
        Wish::Look => ("code.look_button", "code.look_button_short"),
    };
    button_words(frame, key, short, &view.organisation)
}
