//! What an organisation may answer: sign on, decline with a reason, withdraw. Pure rules.
//!
//! Signing and declining need an open round and no sign-on that stands; withdrawing needs one that stands, at any time. A
//! sign-on needs a title, the statement of authority, and a choice whether the name is public; a name can be withheld only by
//! an organisation whose letters reach nobody else.

use super::answer::{Answer, Asked, Kind, Wish};
use super::limits;
use super::permits::leave::Sign;
use crate::{
    accounts,
    kernel::{No, Refusal},
    organisations::Visibility,
    statements::bounded,
};

/// What came in with the form.
#[derive(Debug, Default, Clone)]
pub struct Form<'a> {
    pub act: &'a str,
    pub visibility: &'a str,
    pub authority: bool,
    pub title: &'a str,
    pub reason: &'a str,
}

/// Where an organisation stands when it answers.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    pub standing: Option<&'a Answer>,
    /// Whether the round takes answers now.
    pub open: Result<(), No>,
    /// Letters of the organisation reach people of another one.
    pub mailbox_shared: bool,
}

/// Checks a form against where the organisation stands. Errors say what is missing or why it cannot be now.
pub fn ask(leave: &Sign, form: &Form<'_>, now: Situation<'_>) -> Result<Asked, Refusal> {
    let wish = Wish::read(form.act).filter(|wish| *wish != Wish::Look);
    let wish = wish.ok_or_else(|| Refusal::new(No::FieldInvalid).with("field", "act"))?;
    possible(leave, wish, now)?;
    let mut asked = Asked { wish, visibility: None, title: String::new(), reason: String::new() };
    match wish {
        Wish::Sign => {
            asked.visibility = Some(Visibility::read(form.visibility).ok_or(No::VisibilityMissing)?);
            if asked.visibility == Some(Visibility::Withheld) && now.mailbox_shared {
                return Err(No::MailboxShared.into());
            }
            asked.title = bounded("title", form.title, accounts::limits::PERSON_TITLE_CHARS_MAX, false)?;
            if asked.title.is_empty() {
                return Err(No::TitleMissing.into());
            }
            if !form.authority {
                return Err(No::AuthorityMissing.into());
            }
        }
        Wish::Decline => {
            asked.title = bounded("title", form.title, accounts::limits::PERSON_TITLE_CHARS_MAX, false)?;
            asked.reason = bounded("reason", form.reason, limits::REASON_CHARS_MAX, false)?;
            if asked.reason.is_empty() {
                return Err(No::ReasonMissing.into());
            }
        }
        Wish::Withdraw => asked.reason = bounded("reason", form.reason, limits::REASON_CHARS_MAX, false)?,
        Wish::Look => {}
    }
    Ok(asked)
}

/// Whether the act can follow where the organisation stands. Asked twice: when it is wished for, and when the code comes back.
pub fn possible(_: &Sign, wish: Wish, now: Situation<'_>) -> Result<(), No> {
    let kind = now.standing.map(|answer| answer.kind);
    match wish {
        Wish::Sign | Wish::Decline => match kind {
            Some(Kind::Signed) => Err(No::AlreadySigned),
            Some(Kind::Declined | Kind::Withdrawn) | None => now.open,
        },
        // At any time: no deadline holds an organisation to its name.
        Wish::Withdraw => match kind {
            Some(Kind::Signed) => Ok(()),
            Some(Kind::Withdrawn) => Err(No::AlreadyWithdrawn),
            Some(Kind::Declined) | None => Err(No::NotSigned),
        },
        Wish::Look => kind.map(drop).ok_or(No::NotSigned),
    }
}

/// The six digits in whatever was pasted: with spaces, line breaks or words around them, in the digits of any script.
pub fn digits(pasted: &str) -> String {
    // One more than a code has, so that a longer number is no code.
    pasted.chars().filter_map(digit).take(7).collect()
}

/// The value of a decimal digit of any script (Unicode 16, general category Nd; each script's ten stand in a row).
fn digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROS.iter().rev().find(|zero| **zero <= code)?;
    char::from_digit(code - zero, 10)
}

/// Where each row of ten digits begins.
#[rustfmt::skip]
const ZEROS: &[u32] = &[
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900,
    0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450,
    0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50,
    0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0,
    0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{AnswerId, Moment, OrganisationId};

    fn standing(kind: Kind) -> Answer {
        Answer {
            id: AnswerId::new(),
            organisation: OrganisationId::new(),
            person: None,
            kind,
            visibility: Some(Visibility::Public),
            name: "Riverside".into(),
            name_en: "Riverside".into(),
            language: "en".into(),
            country: "KE".into(),
            person_name: "Ana".into(),
            person_title: "Director".into(),
            reason: String::new(),
            leaf: Some(1),
            at: Moment::parse("2026-02-06T10:00:00Z").unwrap(),
        }
    }

    fn sign<'a>() -> Form<'a> {
        Form { act: "sign", visibility: "public", authority: true, title: "Director", reason: "" }
    }

    fn open(standing: Option<&Answer>) -> Situation<'_> {
        Situation { standing, open: Ok(()), mailbox_shared: false }
    }

    #[test]
    fn signing_needs_authority_visibility_and_a_title() {
        let leave = Sign::for_tests();
        assert_eq!(ask(&leave, &sign(), open(None)).unwrap().visibility, Some(Visibility::Public));
        let no = |form: Form<'_>| ask(&leave, &form, open(None)).unwrap_err().no;
        assert_eq!(no(Form { authority: false, ..sign() }), No::AuthorityMissing);
        assert_eq!(no(Form { visibility: "", ..sign() }), No::VisibilityMissing);
        assert_eq!(no(Form { title: "  ", ..sign() }), No::TitleMissing);
        assert_eq!(no(Form { act: "decline", ..sign() }), No::ReasonMissing);
        assert_eq!(no(Form { act: "abscond", ..sign() }), No::FieldInvalid);
        assert_eq!(no(Form { act: "look", ..sign() }), No::FieldInvalid);
        let long = "x".repeat(accounts::limits::PERSON_TITLE_CHARS_MAX + 1);
        assert_eq!(no(Form { title: &long, ..sign() }), No::FieldTooLong);
    }

    #[test]
    fn a_name_is_withheld_only_by_those_whose_letters_reach_nobody_else() {
        let shared = Situation { mailbox_shared: true, ..open(None) };
        let withheld = Form { visibility: "withheld", ..sign() };
        assert_eq!(ask(&Sign::for_tests(), &withheld, shared).unwrap_err().no, No::MailboxShared);
        assert!(ask(&Sign::for_tests(), &withheld, open(None)).is_ok());
        assert!(ask(&Sign::for_tests(), &sign(), shared).is_ok());
    }

    #[test]
    fn what_may_follow_what() {
        let late = Err(No::RoundClosed);
        let table = [
            (Wish::Sign, None, Ok(()), Ok(())),
            (Wish::Sign, None, late, late),
            (Wish::Sign, Some(Kind::Signed), Ok(()), Err(No::AlreadySigned)),
            (Wish::Sign, Some(Kind::Declined), Ok(()), Ok(())),
            (Wish::Sign, Some(Kind::Withdrawn), Ok(()), Ok(())),
            (Wish::Sign, Some(Kind::Withdrawn), late, late),
            (Wish::Decline, Some(Kind::Signed), Ok(()), Err(No::AlreadySigned)),
            (Wish::Withdraw, Some(Kind::Signed), late, Ok(())),
            (Wish::Withdraw, Some(Kind::Withdrawn), Ok(()), Err(No::AlreadyWithdrawn)),
            (Wish::Withdraw, Some(Kind::Declined), Ok(()), Err(No::NotSigned)),
            (Wish::Withdraw, None, Ok(()), Err(No::NotSigned)),
            (Wish::Look, Some(Kind::Declined), late, Ok(())),
        ];
        for (wish, kind, open, verdict) in table {
            let standing = kind.map(standing);
            let now = Situation { standing: standing.as_ref(), open, mailbox_shared: false };
            assert_eq!(possible(&Sign::for_tests(), wish, now), verdict, "{wish:?} after {kind:?}");
        }
    }

    #[test]
    fn a_code_is_found_in_whatever_was_pasted() {
        for pasted in [
            "482913",
            " 482 913 ",
            "482-913",
            "Your code:\r\n482\n913",
            "\u{2067}482913\u{2069}",
            "4 8 2 9 1 3",
            "٤٨٢٩١٣",
            "۴۸۲۹۱۳",
            "४८२९१३",
            "４８２９１３",
            "𝟒𝟖𝟐𝟗𝟏𝟑",
            "\u{1e954}\u{1e958}\u{1e952}\u{1e959}\u{1e951}\u{1e953}",
        ] {
            assert_eq!(digits(pasted), "482913", "{pasted:?}");
        }
        assert_eq!(digits("4829130"), "4829130");
        assert_eq!(digits("four"), "");
    }
}
