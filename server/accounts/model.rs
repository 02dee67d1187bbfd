//! People, what they are to an organisation, and who is asking.

use crate::accounts::limits;
use crate::{
    kernel::{Moment, OrganisationId, PersonId, SessionId},
    store::columns::word,
    text::unseen,
};

word! {
    /// What a person does for an organisation.
    Role {
        FocalPoint = "focal-point",
        Drafter = "drafter",
        SigningAuthority = "signing-authority",
        Delegate = "delegate",
    }
}

/// Somebody with a session, and all that permits may depend on, read in the transaction that asks.
#[derive(Debug, Clone)]
pub struct Caller {
    pub person: PersonId,
    pub session: SessionId,
    pub name: String,
    pub email: String,
    pub coordinator: bool,
    pub roles: Vec<(OrganisationId, Role)>,
    pub seen_at: Moment,
}

impl Caller {
    /// Whether this person has any role in the organisation.
    pub fn belongs_to(&self, organisation: OrganisationId) -> bool {
        self.roles.iter().any(|(of, _)| *of == organisation)
    }

    /// The organisations this person writes for.
    pub fn drafts_for(&self) -> impl DoubleEndedIterator<Item = OrganisationId> + '_ {
        self.roles.iter().filter(|(_, role)| *role == Role::Drafter).map(|(of, _)| *of)
    }
}

/// An address as it is compared: trimmed, lower case, with exactly one `@` inside. `None` when it is no address.
pub fn normal_email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (local, domain) = text.split_once('@')?;
    let plain = |c: char| !unseen::is_sign(c) && !c.is_whitespace() && !matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '\\');
    let sound = !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains('@')
        && text.chars().count() <= limits::EMAIL_CHARS_MAX
        && text.chars().all(plain)
        && crate::mail::sender::is_deliverable(&text);
    sound.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_case_and_nonsense_is_none() {
        assert_eq!(normal_email(" Ana@Example.ORG "), Some("ana@example.org".into()));
        for bad in [
            "",
            "ana",
            "ana@",
            "@b.c",
            "a@b",
            "a@@b.c",
            "a b@c.d",
            "a@b.c\r\nBcc: x@y.z",
            "<a@b.c>",
            "a@.c",
            "a..b@c.de",
            ".a@b.cc",
            "a@b..cc",
        ] {
            assert_eq!(normal_email(bad), None, "{bad:?}");
        }
    }
}
