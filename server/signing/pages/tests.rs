//! What a signatory is shown in every situation, and what never happens without a choice.

use super::*;
use crate::text::block::{Block, Inline, Run};
use crate::words::Words;

/// A round that is open, a person who may sign, an organisation that has not answered.
pub(crate) fn view() -> SignView {
    let line = |text: &str| vec![Inline::Text(Run::plain(text))];
    SignView {
        to_person: "Wanjiru Otieno-Mbeki".into(),
        organisation_name: "Baobab Circle".into(),
        organisation_country: "Kenya".into(),
        status: None,
        title: "Heeding the Signals".into(),
        forum: None,
        edition: "Rev.1".into(),
        frozen_on: "30 January 2026".into(),
        closes: vec![LocalDeadline { place: "Nairobi".into(), day: "Fri 6 February".into(), time: "19:00".into() }],
        minutes_to_read: 5,
        text: Text {
            v: "text/v1".into(),
            language: "en".into(),
            blocks: vec![Block::heading(1, line("Heeding the Signals")), Block::paragraph(line("We ask."))],
        },
        name_as_it_appears: "Baobab Circle for Atrocity Prevention".into(),
        visibility: Visibility::Withheld,
        person: Person { name: "Wanjiru Otieno-Mbeki".into(), title: "Director".into() },
        authority_sentence: "I may sign in its name.".into(),
        part: Part::Sign,
        standing: Standing::None,
        closed: false,
        closed_early: false,
        mailbox_shared: false,
        mailed_to: "a…r@bcap-ke.example".into(),
        problem: None,
        reason: String::new(),
        seen: "5ee4".into(),
        token: "k3y".into(),
    }
}

fn drawn(view: &SignView) -> String {
    sign_page(&Frame { coalition: "Lanternway Coalition", words: Words::of("en") }, view).into_string()
}

fn signed() -> Standing {
    Standing::Signed { visibility: Visibility::Public, at: "4 February 2026, 14:07 Geneva".into(), receipt: "/sign/k3y/receipt".into() }
}

#[test]
fn the_registers_visibility_is_preselected_and_authority_never_is() {
    let page = drawn(&view());
    assert!(page.contains(r#"value="withheld" required checked"#), "{page}");
    assert!(!page.contains(r#"value="public" required checked"#));
    let (_, authority) = page.split_once(r#"name="authority""#).unwrap();
    assert!(!authority.split('>').next().unwrap().contains("checked"));
}

#[test]
fn the_text_comes_before_the_form_and_its_title_is_said_once() {
    let page = drawn(&view());
    assert!(page.find("We ask.").unwrap() < page.find("sign-form").unwrap());
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(!page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().contains("Baobab"));
}

#[test]
fn each_situation_offers_its_own_answers() {
    // (part, standing, closed) → sign, decline, withdraw, hand on
    let focal = || Part::HandOn { name: "Josphat Kilonzo".into(), asked: false };
    let declined = || Standing::Declined { reason: "Not ours.".into(), at: "today".into() };
    let withdrawn = || Standing::Withdrawn { at: "today".into() };
    let cases = [
        (Part::Sign, Standing::None, false, [true, true, false, false]),
        (Part::Sign, Standing::None, true, [false, false, false, false]),
        (Part::Sign, signed(), false, [false, false, true, false]),
        (Part::Sign, signed(), true, [false, false, true, false]),
        (Part::Sign, declined(), false, [true, false, false, false]),
        (Part::Sign, declined(), true, [false, false, false, false]),
        (Part::Sign, withdrawn(), false, [true, true, false, false]),
        (focal(), Standing::None, false, [false, false, false, true]),
        (focal(), Standing::None, true, [false, false, false, false]),
        (focal(), signed(), false, [false, false, false, false]),
        (Part::Read, Standing::None, false, [false, false, false, false]),
    ];
    for (part, standing, closed, expected) in cases {
        let case = format!("{part:?} {standing:?} closed={closed}");
        let page = drawn(&SignView { part, standing, closed, ..view() });
        let offered = [r#"value="sign""#, r#"value="decline""#, r#"value="withdraw""#, "/sign/k3y/hand-on"].map(|mark| page.contains(mark));
        assert_eq!(offered, expected, "{case}");
        assert!(page.matches("class=\"action\"").count() == usize::from(expected[0] || expected[3]), "{case}");
    }
}

#[test]
fn a_problem_with_a_reason_opens_its_section_and_keeps_what_was_typed() {
    let problem = Some(Problem { act: Wish::Decline, sentence: "Write a reason.".into() });
    let page = drawn(&SignView { problem, reason: "a < b".into(), ..view() });
    assert!(page.contains(r#"id="decline" open"#) && page.contains("a &lt; b") && page.contains(r#"role="alert""#), "{page}");
}

#[test]
fn a_long_name_does_not_stand_on_the_button() {
    let page = drawn(&SignView { organisation_name: "Platform ".repeat(20), ..view() });
    assert!(page.contains("Sign on for your organisation"));
}

/// One element a line, so that a change shows where it is.
fn laid_out(page: &str) -> String {
    page.replace("><", ">\n<")
}

/// Word for word: whoever changes what a signatory is shown sees all of it.
#[test]
fn a_letters_page_word_for_word() {
    insta::assert_snapshot!("to_answer", laid_out(&drawn(&view())));
    insta::assert_snapshot!("answered_elsewhere", laid_out(&drawn(&SignView { standing: Standing::Answered, ..view() })));
    insta::assert_snapshot!(
        "signed_and_closed_early",
        laid_out(&drawn(&SignView { standing: signed(), closed: true, closed_early: true, ..view() }))
    );
    insta::assert_snapshot!(
        "shared_mailbox",
        laid_out(&drawn(&SignView { mailbox_shared: true, visibility: Visibility::Public, ..view() }))
    );
}

#[test]
fn a_code_page_says_everything_that_will_happen() {
    let page = code_page(
        &Frame { coalition: "Lanternway Coalition", words: Words::of("en") },
        &CodeView {
            act: Wish::Sign,
            organisation: "Baobab Circle".into(),
            title: "Heeding the Signals".into(),
            edition: "Rev.1".into(),
            digest: "3f9a 07c4".into(),
            visibility: Some(Visibility::Public),
            name_as_it_appears: "Baobab Circle for Atrocity Prevention".into(),
            person: view().person,
            mailed_to: "f…t@bcap.example".into(),
            minutes: 10,
            problem: Some(CodeProblem { sentence: "That is not the code.".into(), tries_left: Some(1), newer: None }),
            question: "q7".into(),
            token: "k3y".into(),
        },
    )
    .into_string();
    for part in [
        "autocomplete=\"one-time-code\"",
        "inputmode=\"numeric\"",
        "action=\"/sign/k3y/confirm/q7\"",
        "action=\"/sign/k3y/code/q7\"",
        "1 attempt is left",
        "publicly",
        "3f9a 07c4",
        "You can withdraw",
    ] {
        assert!(page.contains(part), "{part}");
    }
}
