//! The form beside the text: name, visibility, authority; and the two other ways to answer, each with its consequence.

use crate::signing::limits;
use maud::{Markup, html};

use super::{Part, SignView, Standing, Visibility, Wish, answerable, button_words, sign_button, signs_now};
use crate::accounts;
use crate::http::page::{Frame, Icon, icon};

pub(super) fn section(frame: &Frame, view: &SignView) -> Markup {
    let words = frame.words;
    html! {
        (standing(frame, view))
        @if view.closed { (closed(frame, view)) }
        @if signs_now(view) { (sign_form(frame, view)) }
        @match &view.part {
            Part::HandOn { name, asked } if answerable(view) => (hand_on(frame, view, name, *asked)),
            Part::Read if answerable(view) => { h2 { (words.say("sign.read_only_heading", &[])) } p { (words.say("sign.read_only", &[])) } }
            _ => {}
        }
        @if view.part == Part::Sign {
            @if answerable(view) && !matches!(view.standing, Standing::Declined { .. }) { (decline(frame, view)) }
            @if matches!(view.standing, Standing::Signed { .. }) { (withdraw(frame, view)) }
        }
    }
}

/// What this organisation has already answered.
fn standing(frame: &Frame, view: &SignView) -> Markup {
    let words = frame.words;
    let name = || html! { bdi { (view.organisation_name) } };
    html! {
        @match &view.standing {
            Standing::None => {}
            Standing::Answered => {
                div.notice.stands {
                    (icon(Icon::Clock))
                    div {
                        p { b { (words.rich("sign.answered", &[("organisation", name())])) } }
                        p { (words.rich("sign.answered_why", &[("mailed_to", html! { bdi { (view.mailed_to) } })])) }
                        form #look-form method="post" action=(address(view, "look")) {
                            div.deskact { button.btn.primary { (words.say("sign.look_button", &[])) } }
                        }
                    }
                }
            }
            Standing::Signed { visibility, at, receipt } => {
                div.notice.stands {
                    (icon(Icon::Tick))
                    div {
                        p { b { (words.rich(match visibility {
                            Visibility::Public => "sign.stands_public",
                            Visibility::Withheld => "sign.stands_withheld",
                        }, &[("organisation", name()), ("at", html! { (at) })])) } }
                        p { a href=(receipt) { (words.say("sign.receipt", &[])) } }
                        @if !view.closed { p { (words.say("sign.stands_change", &[])) } }
                    }
                }
            }
            Standing::Declined { reason, at } => {
                div.notice.stands {
                    (icon(Icon::Clock))
                    div {
                        p { b { (words.rich("sign.stands_declined", &[("organisation", name()), ("at", html! { (at) })])) } }
                        @if !reason.is_empty() { blockquote dir="auto" { (reason) } }
                        @if !view.closed { p { (words.say("sign.stands_still_open", &[])) } }
                    }
                }
            }
            Standing::Withdrawn { at } => {
                div.notice.stands {
                    (icon(Icon::Clock))
                    div {
                        p { b { (words.rich("sign.stands_withdrawn", &[("organisation", name()), ("at", html! { (at) })])) } }
                        @if !view.closed { p { (words.say("sign.stands_still_open", &[])) } }
                    }
                }
            }
        }
    }
}

fn closed(frame: &Frame, view: &SignView) -> Markup {
    let words = frame.words;
    let means = match &view.standing {
        Standing::Signed { .. } => "sign.closed_signed",
        Standing::Answered => "sign.closed_answered",
        Standing::None | Standing::Declined { .. } | Standing::Withdrawn { .. } => "sign.closed",
    };
    html! {
        h2 { (words.say(if view.closed_early { "sign.closed_early_heading" } else { "sign.closed_heading" }, &[])) }
        p { (words.say(means, &[])) }
        @if matches!(view.standing, Standing::None) { p { (words.say("sign.closed_next", &[])) } }
    }
}

fn sign_form(frame: &Frame, view: &SignView) -> Markup {
    let words = frame.words;
    html! {
        form.form #sign-form method="post" action=(address(view, "answer")) {
            section {
                h2 { (words.say("sign.name_heading", &[])) }
                input type="hidden" name="act" value="sign";
                (seen(view))
                p.standing { bdi { (view.name_as_it_appears) } }
                p.under {
                    (view.organisation_country)
                    @if let Some(status) = &view.status { " · " (status) }
                }
                p.under.quiet { (words.say("sign.name_wrong", &[])) }
            }
            fieldset {
                legend { h2 { (words.say("sign.visibility_heading", &[])) } }
                div.choices {
                    (choice(frame, view, Visibility::Public))
                    (choice(frame, view, Visibility::Withheld))
                }
                @if view.mailbox_shared {
                    div.notice.amber { (icon(Icon::Letter)) p { (words.rich("sign.mailbox_shared", &[("mailed_to", html! { bdi { (view.mailed_to) } })])) } }
                }
            }
            section {
                h2 { (words.say("sign.you_heading", &[])) }
                p { bdi { (view.person.name) } }
                div.field {
                    label for="title" { (words.say("sign.your_title", &[])) }
                    input #title name="title" required maxlength=(accounts::limits::PERSON_TITLE_CHARS_MAX) autocomplete="organization-title" dir="auto" value=(view.person.title);
                }
                label.tick {
                    input type="checkbox" name="authority" value="on" required;
                    span { (view.authority_sentence) }
                }
            }
            (problem(view, Wish::Sign))
            section.deskact {
                button.btn.primary.big { (sign_button(frame, view)) }
                p { (words.say("sign.next", &[])) }
            }
        }
    }
}

fn choice(frame: &Frame, view: &SignView, visibility: Visibility) -> Markup {
    let chosen = view.visibility;
    let barred = view.mailbox_shared && visibility == Visibility::Withheld;
    let (value, name, consequence) = match visibility {
        Visibility::Public => ("public", "sign.public", "sign.public_means"),
        Visibility::Withheld => ("withheld", "sign.withheld", "sign.withheld_means"),
    };
    html! {
        label.choice {
            input type="radio" name="visibility" value=(value) required checked[visibility == chosen && !barred] disabled[barred];
            b { (frame.words.say(name, &[])) }
            span { (frame.words.say(consequence, &[])) }
        }
    }
}

fn hand_on(frame: &Frame, view: &SignView, name: &str, asked: bool) -> Markup {
    let words = frame.words;
    let person = || html! { bdi { (name) } };
    html! {
        section.hand-on {
            h2 { (words.rich("sign.hand_on_heading", &[("person", person())])) }
            @if asked {
                p { (words.rich("sign.hand_on_asked", &[("person", person())])) }
            } @else {
                p { (words.rich("sign.hand_on_lead", &[("person", person())])) }
            }
            form #hand-on-form method="post" action=(address(view, "hand-on")) {
                @if asked {
                    button.btn { (words.say("sign.hand_on_again", &[])) }
                } @else {
                    div.deskact { button.btn.primary.big { (words.say("sign.hand_on_button", &[("person", name)])) } }
                }
            }
        }
    }
}

fn decline(frame: &Frame, view: &SignView) -> Markup {
    let words = frame.words;
    html! {
        details.other #decline open[stands_in(view, Wish::Decline)] {
            summary { (words.say("sign.decline", &[])) }
            form method="post" action=(address(view, "answer")) {
                input type="hidden" name="act" value="decline";
                (seen(view))
                p { (words.say("sign.decline_means", &[])) }
                div.field {
                    label for="reason" { (words.say("sign.reason", &[])) }
                    p.hint #reason-hint { (words.say("sign.reason_hint", &[])) }
                    textarea #reason name="reason" rows="4" required maxlength=(limits::REASON_CHARS_MAX) dir="auto" aria-describedby="reason-hint" { (view.reason) }
                }
                (problem(view, Wish::Decline))
                button.btn { (button_words(frame, "sign.decline_button", "sign.decline_button_short", &view.organisation_name)) }
            }
        }
    }
}

fn withdraw(frame: &Frame, view: &SignView) -> Markup {
    let words = frame.words;
    html! {
        details.other #withdraw open[stands_in(view, Wish::Withdraw)] {
            summary { (words.say("sign.withdraw", &[])) }
            form method="post" action=(address(view, "answer")) {
                input type="hidden" name="act" value="withdraw";
                (seen(view))
                p { (words.rich("sign.withdraw_means", &[("organisation", html! { bdi { (view.organisation_name) } })])) }
                p.quiet { (words.say("sign.withdraw_code", &[])) }
                (problem(view, Wish::Withdraw))
                button.btn { (button_words(frame, "sign.withdraw_button", "sign.withdraw_button_short", &view.organisation_name)) }
            }
        }
    }
}

/// Said where the button is; the head of the page says it too on narrow screens, where this is far below.
fn problem(view: &SignView, act: Wish) -> Markup {
    html! {
        @if let Some(problem) = view.problem.as_ref().filter(|problem| problem.act == act) {
            div.notice.red.here { (icon(Icon::Problem)) p { (problem.sentence) } }
        }
    }
}

fn stands_in(view: &SignView, act: Wish) -> bool {
    view.problem.as_ref().is_some_and(|problem| problem.act == act)
}

/// What this page showed goes back with what is asked for on it.
fn seen(view: &SignView) -> Markup {
    html! { input type="hidden" name="seen" value=(view.seen); }
}

fn address(view: &SignView, verb: &str) -> String {
    format!("/sign/{}/{verb}", view.token)
}
