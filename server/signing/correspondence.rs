//! Whom a round writes to: signing authorities can sign from their letter, focal points read and ask.

use chrono_tz::Tz;

use super::{
    queries::{self, LetterRow},
    round::Round,
};
use crate::{
    accounts::Role,
    kernel::{Moment, PersonId, Secret, SigningLetterId},
    mail::{Letter, Matter, Post, outbox},
    organisations::{self, Contact, Organisation},
    statements::Edition,
    store::{Attempt, Tx},
    words::{Words, dates},
};

/// One person of an organisation who is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub person: PersonId,
    pub name: String,
    pub may_sign: bool,
}

/// The people a round writes to, each once: those who may sign, then focal points.
pub fn readers(organisation: &Organisation, contacts: &[Contact]) -> Vec<Reader> {
    let mut readers: Vec<Reader> = Vec::new();
    for role in [Role::SigningAuthority, Role::FocalPoint] {
        for contact in contacts.iter().filter(|contact| contact.organisation == organisation.id && contact.role == role) {
            if !readers.iter().any(|known| known.person == contact.person) {
                readers.push(Reader { person: contact.person, name: contact.name.clone(), may_sign: role == Role::SigningAuthority });
            }
        }
    }
    readers
}

/// What letters about a round say, for one organisation.
pub struct Correspondence<'a> {
    pub post: &'a Post,
    pub round: &'a Round,
    pub edition: &'a Edition,
    pub organisation: &'a Organisation,
}

impl Correspondence<'_> {
    /// Makes a personal link for a reader. Its token is in the letter only; we keep its hash.
    pub fn link(&self, tx: &mut Tx, reader: &Reader, now: Moment) -> Attempt<String> {
        let token = Secret::new();
        let row = LetterRow {
            id: SigningLetterId::new(),
            round: self.round.id,
            organisation: self.organisation.id,
            person: reader.person,
            may_sign: reader.may_sign,
        };
        queries::insert_letter(tx, &row, token.hash(), now)?;
        Ok(self.post.link(&format!("/sign/{}", token.as_str())))
    }

    pub fn matter(&self, link: String, now: Moment) -> Matter {
        Matter {
            organisation: self.organisation.name.clone(),
            statement: self.edition.title.clone(),
            edition: self.edition.label.clone(),
            closes: closes(now, self.round.closes_at, self.organisation, self.post.timezone),
            link,
            mailbox_shared: false,
        }
    }

    /// The letter of an opened round.
    pub fn invite(&self, tx: &mut Tx, reader: &Reader, readers: &[Reader], now: Moment) -> Attempt<()> {
        let mailbox_shared = organisations::shares_mailbox(tx, self.organisation.id)?;
        let matter = Matter { mailbox_shared, ..self.matter(self.link(tx, reader, now)?, now) };
        let person = reader.name.clone();
        let letter = if reader.may_sign {
            Letter::InvitationToSign { person, matter, minutes_to_read: minutes(self.edition.words) }
        } else {
            let signer = readers.iter().find(|other| other.may_sign).map(|other| other.name.clone());
            Letter::InvitationToRead { person, matter, signer }
        };
        outbox::queue(tx, self.post, reader.person, letter, now)
    }
}

/// A deadline as an organisation reads it today: its own zone, the coalition's, UTC.
pub fn closes(now: Moment, at: Moment, organisation: &Organisation, coalition: Tz) -> Vec<dates::LocalDeadline> {
    let own = organisation.timezone.parse().unwrap_or(coalition);
    dates::local_deadlines(now.utc(), at.utc(), &[own, coalition, Tz::UTC], Words::of("en"))
}

/// Reading time at 200 words a minute, which suits readers for whom the language is their second or third.
pub fn minutes(words: i32) -> u32 {
    u32::try_from(words).unwrap_or(0).div_ceil(200).max(1)
}
