//! An organisation's answer: sign on, decline with a reason, withdraw. Pure rules.

use crate::signing::limits;
use crate::{
    accounts,
    kernel::{AnswerId, Moment, No, OrganisationId, PersonId, Refusal},
    organisations::Visibility,
    statements::bounded,
    store::columns::word,
};

word! {
    /// What an organisation did.
    Kind { Signed = "signed", Declined = "declined", Withdrawn = "withdrawn" }
}

word! {
    /// What somebody asks to do for their organisation.
    Wish { Sign = "sign", Decline = "decline", Withdraw = "withdraw" }
}

/// An answer as it was given. Answers are never changed: the last one of an organisation counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub id: AnswerId,
    pub organisation: OrganisationId,
    pub person: Option<PersonId>,
    pub kind: Kind,
    /// Of a signature and of the withdrawal of one.
    pub visibility: Option<Visibility>,
    /// As the organisation was named that day.
    pub name: String,
    /// Its English name that day, and the language of its name.
    pub name_en: String,
    pub language: String,
    pub country: String,
    pub person_name: String,
    pub person_title: String,
    pub reason: String,
    /// Its place in the statement's log; declining leaves none.
    pub leaf: Option<i64>,
    pub at: Moment,
}

/// What was asked for on the page, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub wish: Wish,
    pub visibility: Option<Visibility>,
    pub title: String,
    pub reason: String,
}

/// What came in with the form.
#[derive(Debug, Default, Clone)]
pub struct Form<'a> {
    pub act: &'a str,
    pub visibility: &'a str,
    pub authority: bool,
    pub title: &'a str,
    pub reason: &'a str,
}

/// Checks a form against where the organisation stands. Errors say what is missing or why it cannot be now.
pub fn ask(form: &Form<'_>, standing: Option<&Answer>, open: Result<(), No>) -> Result<Asked, Refusal> {
    let wish = Wish::read(form.act).ok_or_else(|| Refusal::new(No::FieldInvalid).with("field", "act"))?;
    possible(wish, standing, open)?;
    let mut asked = Asked { wish, visibility: None, title: String::new(), reason: String::new() };
    match wish {
        Wish::Sign => {
            asked.visibility = Some(Visibility::read(form.visibility).ok_or(No::VisibilityMissing)?);
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
    }
    Ok(asked)
}

/// Whether the act can follow where the organisation stands. Asked twice: when it is wished for, and when the code comes back.
pub fn possible(wish: Wish, standing: Option<&Answer>, open: Result<(), No>) -> Result<(), No> {
    let kind = standing.map(|answer| answer.kind);
    match wish {
        Wish::Sign | Wish::Decline => match kind {
            Some(Kind::Signed) => Err(No::AlreadySigned),
            Some(Kind::Declined | Kind::Withdrawn) | None => open,
        },
        // At any time: no deadline holds an organisation to its name.
        Wish::Withdraw => match kind {
            Some(Kind::Signed) => Ok(()),
            Some(Kind::Withdrawn) => Err(No::AlreadyWithdrawn),
            Some(Kind::Declined) | None => Err(No::NotSigned),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn signing_needs_authority_visibility_and_a_title() {
        assert_eq!(ask(&sign(), None, Ok(())).unwrap().visibility, Some(Visibility::Public));
        let no = |form: Form<'_>| ask(&form, None, Ok(())).unwrap_err().no;
        assert_eq!(no(Form { authority: false, ..sign() }), No::AuthorityMissing);
        assert_eq!(no(Form { visibility: "", ..sign() }), No::VisibilityMissing);
        assert_eq!(no(Form { title: "  ", ..sign() }), No::TitleMissing);
        assert_eq!(no(Form { act: "decline", ..sign() }), No::ReasonMissing);
        assert_eq!(no(Form { act: "abscond", ..sign() }), No::FieldInvalid);
        let long = "x".repeat(accounts::limits::PERSON_TITLE_CHARS_MAX + 1);
        assert_eq!(no(Form { title: &long, ..sign() }), No::FieldTooLong);
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
        ];
        for (wish, kind, open, verdict) in table {
            assert_eq!(possible(wish, kind.map(standing).as_ref(), open), verdict, "{wish:?} after {kind:?}");
        }
    }
}
