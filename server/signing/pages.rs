//! The pages on which an organisation answers: text first, then the answer, then the code, then the receipt. The text can be
//! read as long as the letter opens anything, also after the close.
//!
//! No account wall and no script. Everything that binds is a POST after a full sentence about what will happen. The register's
//! default visibility is preselected; the statement of authority never is.

mod answer;
mod code;
mod receipt;

pub use code::{CodeProblem, CodeView, code_page};
pub use receipt::{ReceiptView, Record, link_damaged_page, link_unknown_page, receipt_page};

use maud::{Markup, html};

use crate::http::page::{Frame, Icon, Page, icon};
use crate::http::text_html;
use crate::organisations::Visibility;
use crate::signing::answer::Wish;
use crate::text::block::Text;
use crate::words::dates::{LocalDeadline, one_line, reading};

/// Longest organisation name that still fits a button, in characters.
const BUTTON_NAME_CHARS: usize = 44;

/// What a personal link opens.
#[derive(Debug, Clone)]
pub struct SignView {
    pub to_person: String,
    pub organisation_name: String,
    pub organisation_country: String,
    /// `special consultative status`, or nothing.
    pub status: Option<String>,
    pub title: String,
    pub forum: Option<String>,
    /// `Rev.1`.
    pub edition: String,
    /// `30 January 2026`.
    pub frozen_on: String,
    /// Reader's zone first.
    pub closes: Vec<LocalDeadline>,
    pub minutes_to_read: u32,
    pub text: Text,
    /// Exactly as it will be printed.
    pub name_as_it_appears: String,
    /// The register's default; after a problem, what was chosen.
    pub visibility: Visibility,
    /// Letters to the organisation reach another one: it is told so, and its name cannot be withheld.
    pub mailbox_shared: bool,
    pub person: Person,
    /// The sentence the signatory agrees to; the record keeps it word for word.
    pub authority_sentence: String,
    pub part: Part,
    pub standing: Standing,
    /// The round no longer takes signatures; a standing one can still be withdrawn.
    pub closed: bool,
    /// By its coordinators, before the deadline.
    pub closed_early: bool,
    /// Where a code would go, masked: `f…t@bcap-ke.example`.
    pub mailed_to: String,
    pub problem: Option<Problem>,
    /// What was typed as a reason, after a problem.
    pub reason: String,
    /// The fingerprint of what this page shows; it goes back with the answer.
    pub seen: String,
    pub token: String,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub name: String,
    pub title: String,
}

/// What this person may do with the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A signing authority.
    Sign,
    /// A focal point: reads, and asks `name` to sign. `asked` once that has been done.
    HandOn { name: String, asked: bool },
    /// Reads; the organisation has nobody who may sign.
    Read,
}

/// Where the organisation stands in this round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    None,
    /// It has answered, and this device has not proved that it may be shown what: one form for every answer.
    Answered,
    /// `receipt` is the address of the receipt page.
    Signed {
        visibility: Visibility,
        at: String,
        receipt: String,
    },
    Declined {
        reason: String,
        at: String,
    },
    Withdrawn {
        at: String,
    },
}

/// Why an answer was not taken, and which form it belongs to.
#[derive(Debug, Clone)]
pub struct Problem {
    pub act: Wish,
    pub sentence: String,
}

/// `GET /sign/{token}`. The forms post to `/sign/{token}/answer` and, for a focal point, `/sign/{token}/hand-on`.
pub fn sign_page(frame: &Frame, view: &SignView) -> Markup {
    let words = frame.words;
    let main = html! {
        main.sign #main {
            (ask(frame, view))
            (text_html::body(&view.text, words))
            section.answer #answer aria-label=(words.say("sign.answer", &[])) { (answer::section(frame, view)) }
        }
    };
    let mut title = words.say("sign.window_title", &[]);
    if view.problem.is_some() {
        title = words.say("sign.window_problem", &[("title", &title)]);
    }
    frame.page(Page { title, findable: false, main, action: action(frame, view) })
}

/// Who is asked for what, until when.
fn ask(frame: &Frame, view: &SignView) -> Markup {
    let words = frame.words;
    html! {
        header.ask {
            @if let Some(problem) = &view.problem {
                div.notice.red.top role="alert" {
                    (icon(Icon::Problem))
                    p { (problem.sentence) " " a href="#answer" { (words.say("sign.to_answer", &[])) } }
                }
            }
            @if let Part::HandOn { name, asked: true } = &view.part {
                div.notice.top role="status" {
                    (icon(Icon::Tick))
                    p { (words.rich("sign.hand_on_asked", &[("person", html! { bdi { (name) } })])) }
                }
            }
            p.for { (words.rich("sign.to", &[("person", html! { bdi { (view.to_person) } }), ("organisation", html! { bdi { (view.organisation_name) } })])) }
            h1 lang=(view.text.language) dir="auto" {
                @if let Some(title) = text_html::title(&view.text, words) { (title) } @else { (view.title) }
            }
            dl.facts {
                dt { (words.say("sign.fact_text", &[])) }
                dd { (words.rich("sign.frozen", &[("edition", html! { b { (view.edition) } }), ("day", html! { (view.frozen_on) })])) }
                @if let Some(forum) = &view.forum {
                    dt { (words.say("sign.fact_for", &[])) }
                    dd { bdi { (forum) } }
                }
                @if let Some(first) = view.closes.first() {
                    dt { (words.say(closing_word(view), &[])) }
                    dd {
                        b { (reading(first, None)) }
                        @if view.closes.len() > 1 { br; span.quiet { (others(&view.closes)) } }
                    }
                }
            }
            p.quiet {
                (words.count("sign.minutes", u64::from(view.minutes_to_read.max(1)), &[]))
                @if signs_now(view) { span.narrow-in { " " (words.say("sign.choices_after", &[])) } }
            }
        }
    }
}

fn closing_word(view: &SignView) -> &'static str {
    match (view.closed, view.closed_early) {
        (false, _) => "sign.fact_closes",
        (true, false) => "sign.fact_closed",
        (true, true) => "sign.fact_closed_early",
    }
}

fn others(closes: &[LocalDeadline]) -> String {
    let rest: Vec<String> = closes.iter().skip(1).map(|closing| reading(closing, closes.first())).collect();
    rest.join(" · ")
}

/// The phone's bar: the same button as the form's, with the deadline.
fn action(frame: &Frame, view: &SignView) -> Option<Markup> {
    let words = frame.words;
    // Two readings are enough for one line on a phone; all of them stand above the text.
    let closes = one_line(view.closes.get(..2).unwrap_or(&view.closes));
    let closes = html! { @if !closes.is_empty() && !view.closed { p { (words.say("sign.closes", &[("closes", &closes)])) } } };
    if view.standing == Standing::Answered {
        return Some(html! { (closes) button.btn.primary.big form="look-form" { (words.say("sign.look_button", &[])) } });
    }
    if signs_now(view) {
        return Some(html! { (closes) button.btn.primary.big form="sign-form" { (sign_button(frame, view)) } });
    }
    match &view.part {
        Part::HandOn { name, asked: false } if answerable(view) => {
            Some(html! { (closes) button.btn.primary.big form="hand-on-form" { (words.say("sign.hand_on_button", &[("person", name)])) } })
        }
        _ => None,
    }
}

/// The round is open and the organisation has no sign-on that stands, as far as this device may know.
fn answerable(view: &SignView) -> bool {
    !view.closed && !matches!(view.standing, Standing::Signed { .. } | Standing::Answered)
}

fn signs_now(view: &SignView) -> bool {
    view.part == Part::Sign && answerable(view)
}

fn sign_button(frame: &Frame, view: &SignView) -> String {
    button_words(frame, "sign.button", "sign.button_short", &view.organisation_name)
}

/// The organisation on a button, as long as it fits.
fn button_words(frame: &Frame, key: &str, short_key: &str, organisation: &str) -> String {
    if organisation.chars().count() <= BUTTON_NAME_CHARS {
        frame.words.say(key, &[("organisation", organisation)])
    } else {
        frame.words.say(short_key, &[])
    }
}

#[cfg(test)]
pub(crate) mod tests;
