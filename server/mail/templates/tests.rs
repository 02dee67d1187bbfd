//! Letters say enough to act on, and their subjects say nothing to a bystander.

use super::*;
use crate::words::dates::LocalDeadline;

fn closing() -> Vec<LocalDeadline> {
    vec![
        LocalDeadline { place: "Nairobi".into(), day: "Fri 6 February".into(), time: "19:00".into() },
        LocalDeadline { place: "Geneva".into(), day: "Fri 6 February".into(), time: "17:00".into() },
    ]
}

fn matter() -> Matter {
    Matter {
        organisation: "Baobab Circle".into(),
        statement: "Heeding the Signals".into(),
        edition: "Rev.1".into(),
        closes: closing(),
        link: "https://sign.example/sign/abc".into(),
        mailbox_shared: false,
    }
}

fn code(asks: Stance) -> Letter {
    Letter::Code {
        person: "Wanjiru".into(),
        code: "407182".into(),
        minutes: 10,
        asks,
        organisation: "Baobab Circle".into(),
        statement: "Heeding the Signals".into(),
        edition: "Rev.1".into(),
    }
}

fn receipt(stance: Stance) -> Letter {
    Letter::Receipt {
        person: "Josphat".into(),
        by: "Wanjiru, Director".into(),
        stance,
        organisation: "Baobab Circle".into(),
        statement: "Heeding the Signals".into(),
        edition: "Rev.1".into(),
        at: "4 February 2026, 14:07 Geneva".into(),
        digest: "3f9a 07c4".into(),
        leaf: Some(12),
        checkpoint: Some("13 entries, 90ab 6c1f".into()),
        attachment: Some(Attachment { name: "receipt.json".into(), content: "{}".into() }),
        link: "https://sign.example/sign/abc".into(),
    }
}

fn closed(answer: Option<Stance>, early: bool) -> Letter {
    Letter::RoundClosed {
        person: "Wanjiru".into(),
        organisation: "Baobab Circle".into(),
        statement: "Heeding the Signals".into(),
        edition: "Rev.1".into(),
        early,
        answer,
        link: "https://sign.example/sign/abc".into(),
    }
}

fn given(part: Part, until: Vec<LocalDeadline>) -> Letter {
    let link = "https://sign.example/app/statements/abc".into();
    Letter::RightGiven { person: "Wanjiru".into(), statement: "Heeding the Signals".into(), part, until, link }
}

const STANCES: [Stance; 4] = [Stance::SignedPublicly, Stance::SignedWithheld, Stance::Declined, Stance::Withdrawn];

fn every_letter() -> Vec<Letter> {
    let person = || "Wanjiru".to_owned();
    let mut all = vec![
        Letter::SignIn { person: Some(person()), shared: false, link: "https://sign.example/sign-in/abc".into(), minutes: 15 },
        Letter::SignIn { person: Some(person()), shared: true, link: "https://sign.example/sign-in/abc".into(), minutes: 15 },
        Letter::InvitationToSign { person: person(), matter: matter(), minutes_to_read: 5 },
        Letter::InvitationToSign { person: person(), matter: Matter { mailbox_shared: true, ..matter() }, minutes_to_read: 5 },
        Letter::ContactsChanged { person: person(), organisation: "Baobab Circle".into(), signers: "Josphat Kilonzo".into() },
        Letter::InvitationToRead { person: person(), matter: matter(), signer: Some("Josphat".into()) },
        Letter::InvitationToRead { person: person(), matter: matter(), signer: None },
        Letter::HandOn { person: person(), asked_by: "Josphat".into(), matter: matter() },
        Letter::Reminder { person: person(), matter: matter(), signs: true },
        Letter::Reminder { person: person(), matter: matter(), signs: false },
        Letter::RoundExtended { person: person(), matter: matter(), was: closing() },
        Letter::LinkAgain { person: person(), matter: matter() },
        given(Part::Read, Vec::new()),
        given(Part::Comment, Vec::new()),
        given(Part::Comment, closing()),
        given(Part::Suggest, closing()),
        given(Part::Edit, Vec::new()),
        Letter::Mentioned {
            person: person(),
            statement: "Heeding the Signals".into(),
            link: "https://sign.example/app/statements/abc".into(),
        },
        Letter::Answered {
            person: person(),
            statement: "Heeding the Signals".into(),
            link: "https://sign.example/app/statements/abc".into(),
        },
        Letter::CodeToLook {
            person: person(),
            code: "407182".into(),
            minutes: 10,
            organisation: "Baobab Circle".into(),
            statement: "Heeding the Signals".into(),
            edition: "Rev.1".into(),
        },
        closed(None, false),
        closed(None, true),
    ];
    for stance in STANCES {
        all.extend([code(stance), receipt(stance), closed(Some(stance), false)]);
    }
    all
}

#[test]
fn no_subject_names_an_organisation_a_statement_or_a_code() {
    for letter in every_letter() {
        let Rendered { subject, text } = render(&letter, Words::of("en"), "Lanternway Coalition");
        for secret in ["Baobab", "Heeding", "Lanternway", "407182", "Wanjiru", "Rev."] {
            assert!(!subject.contains(secret), "{subject}");
        }
        assert!(!subject.is_empty() && !subject.contains('\n') && !text.contains('{') && text.contains("Lanternway Coalition"), "{text}");
    }
}

/// Word for word: whoever changes what a letter says sees every letter it changes.
#[test]
fn every_letter_word_for_word() {
    let letters = every_letter().into_iter().map(|letter| {
        let Rendered { subject, text } = render(&letter, Words::of("en"), "Lanternway Coalition");
        format!("Subject: {subject}\n\n{text}\n")
    });
    insta::assert_snapshot!(letters.collect::<Vec<_>>().join("\n----------------------------------------\n"));
}

#[test]
fn a_letter_with_a_link_has_it_on_its_own_line() {
    let text = render(&every_letter()[2], Words::of("en"), "Lanternway Coalition").text;
    assert!(text.lines().any(|line| line == "https://sign.example/sign/abc"), "{text}");
    assert!(text.contains("Fri 6 February, 19:00 Nairobi · 17:00 Geneva"), "{text}");
}

#[test]
fn a_code_says_what_it_confirms_and_for_whom() {
    let text = render(&code(Stance::Withdrawn), Words::of("en"), "Lanternway Coalition").text;
    for part in ["407182", "Baobab Circle", "Heeding the Signals", "Rev.1", "10 minutes"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_name_cannot_add_lines_or_turn_the_sentence_round() {
    assert_eq!(clean("A\r\nBcc: x\u{202E}y"), "A  Bcc: xy");
    assert_eq!(clean("جسور"), "\u{2068}جسور\u{2069}");
}

#[test]
fn letters_survive_the_outbox() {
    for letter in every_letter() {
        let stored = serde_json::to_string(&letter).unwrap();
        assert_eq!(serde_json::from_str::<Letter>(&stored).unwrap(), letter);
    }
}
