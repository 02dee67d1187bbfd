//! An organisation's answer: what it is once given, what is asked for before that, and what the page showed that asked.
//!
//! The words only, as they are kept and shown. What may follow what are the rules of [`super::signon`].

use serde::{Deserialize, Serialize};

use crate::{
    kernel::{AnswerId, Moment, No, OrganisationId, PersonId, RoundId, Shown},
    mail::Stance,
    organisations::Visibility,
    store::columns::word,
};

word! {
    /// What an organisation did.
    Kind { Signed = "signed", Declined = "declined", Withdrawn = "withdrawn" }
}

word! {
    /// What somebody asks to do through a letter. Looking at what was answered binds nothing, but is for those who act for
    /// the organisation, and a letter is forwarded and scanned.
    Wish { Sign = "sign", Decline = "decline", Withdraw = "withdraw", Look = "look" }
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

/// What a letter's page shows before its organisation answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answering {
    pub round: RoundId,
    /// Of the text, hexadecimal.
    pub digest: String,
    pub organisation: OrganisationId,
    pub name: String,
    pub country: String,
    pub person: String,
    /// The answer that stands.
    pub standing: Option<AnswerId>,
}

impl Shown for Answering {
    const ACT: &'static str = "answer";
}

impl Answering {
    /// Why an act that was asked for on this page would no longer be the same. Said in words where it can be.
    pub fn changed(&self, now: &Self) -> Option<No> {
        if self == now {
            None
        } else if self.standing != now.standing {
            Some(No::AnsweredMeanwhile)
        } else if (&self.name, &self.country) != (&now.name, &now.country) {
            Some(No::NameChanged)
        } else {
            Some(No::SeenChanged)
        }
    }
}

/// What was asked for on the page, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub wish: Wish,
    pub visibility: Option<Visibility>,
    pub title: String,
    pub reason: String,
}

impl Answer {
    /// Where it leaves the organisation, as letters say it.
    pub fn stance(&self) -> Stance {
        match (self.kind, self.visibility) {
            (Kind::Signed, Some(Visibility::Public)) => Stance::SignedPublicly,
            (Kind::Signed, _) => Stance::SignedWithheld,
            (Kind::Declined, _) => Stance::Declined,
            (Kind::Withdrawn, _) => Stance::Withdrawn,
        }
    }
}

impl Asked {
    /// Where the organisation will stand once this is confirmed; nothing where it binds nothing.
    pub fn stance(&self) -> Option<Stance> {
        match (self.wish, self.visibility) {
            (Wish::Sign, Some(Visibility::Public)) => Some(Stance::SignedPublicly),
            (Wish::Sign, _) => Some(Stance::SignedWithheld),
            (Wish::Decline, _) => Some(Stance::Declined),
            (Wish::Withdraw, _) => Some(Stance::Withdrawn),
            (Wish::Look, _) => None,
        }
    }

    /// To be shown what was answered.
    pub fn to_look() -> Self {
        Self { wish: Wish::Look, visibility: None, title: String::new(), reason: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_since_the_question_is_said() {
        let seen = Answering {
            round: RoundId::new(),
            digest: "00".into(),
            organisation: OrganisationId::new(),
            name: "Riverside".into(),
            country: "KE".into(),
            person: "Ana".into(),
            standing: None,
        };
        assert_eq!(seen.changed(&seen.clone()), None);
        assert_eq!(seen.changed(&Answering { name: "Lakeside".into(), ..seen.clone() }), Some(No::NameChanged));
        assert_eq!(seen.changed(&Answering { standing: Some(AnswerId::new()), ..seen.clone() }), Some(No::AnsweredMeanwhile));
        assert_eq!(seen.changed(&Answering { person: "Ben".into(), ..seen.clone() }), Some(No::SeenChanged));
    }
}
