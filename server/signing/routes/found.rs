//! What a letter's pages show, read in one view of the database, and the words it is shown in.
//!
//! What an organisation answered is shown on a device that proved with a code to act for it. Anywhere else the page says
//! that the organisation has answered, in the same words for every answer: letters are forwarded and scanned.

use actix_web::{HttpResponse, http::StatusCode};

use crate::{
    accounts::{self, Addressee},
    http::{Here, problem},
    kernel::{Moment, No, Refusal, SecretHash, Shown},
    ledger, organisations,
    organisations::{ConsultativeStatus, Organisation, Visibility, country_name},
    signing::{
        actions::answers,
        answer::{Answer, Asked, Kind, Wish},
        correspondence, limits,
        pages::{self, CodeView, Part, Person, SignView, Standing},
        permits::{self, Holder},
        queries::{self, Question},
    },
    statements::{self, Edition, Statement},
    store::{Attempt, Failure, Tx},
    words::{Words, dates},
};

/// A personal link's token as it reads in the address bar: mail programs add full stops and brackets, people type capitals.
/// `None` where it cannot be whole.
pub fn token(presented: &str) -> Option<SecretHash> {
    let whole: String = presented.trim().chars().take_while(char::is_ascii_alphanumeric).collect();
    (whole.len() == crate::kernel::secret::CHARS).then(|| SecretHash::of(&whole.to_lowercase()))
}

/// What was sent with a form that was not taken, to be shown again.
#[derive(Debug, Default, Clone)]
pub struct Sent {
    pub act: String,
    pub visibility: String,
    pub title: String,
    pub reason: String,
}

/// Everything a letter's page shows.
pub struct Found {
    holder: Holder,
    statement: Statement,
    edition: Edition,
    organisation: Organisation,
    answer: Option<Answer>,
    person: Addressee,
    person_title: String,
    seen: String,
    mailbox_shared: bool,
    /// This device may be shown what was answered.
    knows: bool,
}

impl Found {
    pub fn load(tx: &mut Tx, token: SecretHash, device: Option<SecretHash>, now: Moment) -> Attempt<Self> {
        let holder = permits::holder(tx, token)?;
        let (round, letter) = (holder.round().clone(), holder.letter().clone());
        let own = |contact: &&organisations::Contact| contact.person == letter.person;
        let person_title = holder.contacts().iter().find(own).map(|contact| contact.title.clone()).unwrap_or_default();
        Ok(Self {
            statement: statements::load(tx, round.statement)?,
            edition: statements::load_edition(tx, round.edition)?,
            organisation: organisations::by_id(tx, letter.organisation)?.ok_or(No::NotFound)?,
            answer: queries::standing_of(tx, round.id, letter.organisation)?,
            person: accounts::address_of(tx, letter.person)?.ok_or(No::NotFound)?,
            person_title,
            seen: answers::shown(tx, &holder)?.fingerprint(),
            mailbox_shared: organisations::shares_mailbox(tx, letter.organisation)?,
            knows: answers::may_look(tx, &holder, device, now)?,
            holder,
        })
    }

    fn zone(&self, coalition: chrono_tz::Tz) -> chrono_tz::Tz {
        self.organisation.timezone.parse().unwrap_or(coalition)
    }

    pub fn view(
        &self,
        token: &str,
        now: Moment,
        zone: chrono_tz::Tz,
        refused: Option<(&Sent, &Refusal)>,
        asked: bool,
    ) -> Attempt<SignView> {
        let words = Words::of("en");
        let own = self.zone(zone);
        let sent = refused.map(|(sent, _)| sent);
        let problem = refused.map(|(sent, refusal)| pages::Problem {
            act: Wish::read(&sent.act).unwrap_or(Wish::Sign),
            sentence: problem::sentence(refusal, words),
        });
        let chosen = sent.and_then(|sent| Visibility::read(&sent.visibility));
        let usual = if self.mailbox_shared { Visibility::Public } else { self.organisation.default_visibility };
        let typed_title = sent.map(|sent| sent.title.clone()).filter(|title| !title.is_empty());
        let round = self.holder.round();
        Ok(SignView {
            to_person: self.person.name.clone(),
            organisation_name: self.organisation.name.clone(),
            organisation_country: country_name(&self.organisation.country),
            status: match self.organisation.consultative_status {
                ConsultativeStatus::None => None,
                status => Some(words.say(&format!("sign.status_{}", status.word()), &[])),
            },
            title: self.edition.title.clone(),
            forum: Some(self.statement.forum.clone()).filter(|forum| !forum.is_empty()),
            edition: self.edition.label.clone(),
            frozen_on: dates::day(self.edition.frozen_at.utc(), own, words),
            closes: correspondence::closes(now, round.ends_at(), &self.organisation, zone),
            minutes_to_read: correspondence::minutes(self.edition.words),
            text: self.edition.text().map_err(Failure::broken)?,
            name_as_it_appears: self.organisation.name.clone(),
            visibility: chosen.unwrap_or(usual),
            mailbox_shared: self.mailbox_shared,
            person: Person { name: self.person.name.clone(), title: typed_title.unwrap_or_else(|| self.person_title.clone()) },
            authority_sentence: answers::authority(&self.organisation.name),
            part: self.part(asked),
            standing: self.standing(token, own),
            closed: round.takes_answers(now).is_err(),
            closed_early: round.ended_early(),
            mailed_to: masked(&self.person.email),
            problem,
            reason: sent.map(|sent| sent.reason.chars().take(limits::REASON_CHARS_MAX).collect()).unwrap_or_default(),
            seen: self.seen.clone(),
            token: token.to_owned(),
        })
    }

    fn standing(&self, token: &str, own: chrono_tz::Tz) -> Standing {
        let Some(answer) = &self.answer else { return Standing::None };
        if !self.knows {
            return Standing::Answered;
        }
        let at = dates::moment(answer.at.utc(), own, Words::of("en"));
        match answer.kind {
            Kind::Signed => Standing::Signed {
                visibility: answer.visibility.unwrap_or(Visibility::Withheld),
                at,
                receipt: format!("/sign/{token}/receipt"),
            },
            Kind::Declined => Standing::Declined { reason: answer.reason.clone(), at },
            Kind::Withdrawn => Standing::Withdrawn { at },
        }
    }

    fn part(&self, asked: bool) -> Part {
        if self.holder.may_sign() {
            return Part::Sign;
        }
        let readers = correspondence::readers(&self.organisation, self.holder.contacts());
        match readers.into_iter().find(|reader| reader.may_sign) {
            Some(signer) => Part::HandOn { name: signer.name, asked },
            None => Part::Read,
        }
    }

    pub fn code_view(&self, token: &str, question: &Question, problem: Option<pages::CodeProblem>) -> CodeView {
        let Asked { wish, visibility, title, .. } = &question.asked;
        CodeView {
            act: *wish,
            organisation: self.organisation.name.clone(),
            title: self.edition.title.clone(),
            edition: self.edition.label.clone(),
            digest: ledger::Digest(self.edition.digest).groups(),
            visibility: *visibility,
            name_as_it_appears: self.organisation.name.clone(),
            person: Person { name: self.person.name.clone(), title: title.clone() },
            mailed_to: masked(&self.person.email),
            minutes: (limits::CODE_SECONDS / 60) as u32,
            problem,
            question: question.id.to_string(),
            token: token.to_owned(),
        }
    }

    /// The newest thing that was asked elsewhere, in one sentence.
    pub fn asked_elsewhere(&self, tx: &mut Tx) -> Attempt<Option<Asked>> {
        Ok(queries::newest_question(tx, self.holder.letter())?.map(|question| question.asked))
    }

    pub fn holder(&self) -> &Holder {
        &self.holder
    }
}

/// Unknown, expired and foreign links get one page, with no hint which they are; one that is not whole is told so.
pub fn no_letter(here: &Here, refusal: &Refusal) -> Option<HttpResponse> {
    let page = match refusal.no {
        No::NotFound => pages::link_unknown_page(&here.frame()),
        No::LinkDamaged => pages::link_damaged_page(&here.frame()),
        _ => return None,
    };
    Some(HttpResponse::NotFound().content_type("text/html; charset=utf-8").body(page.into_string()))
}

pub fn or_no_letter(here: &Here, failure: Failure) -> Attempt<HttpResponse> {
    match &failure {
        Failure::Refused(refusal) => no_letter(here, refusal).ok_or(failure),
        Failure::Away(_) | Failure::Broken(_) => Err(failure),
    }
}

/// The letter's page: the text and, where it can be answered, the form; after a refusal with what was wrong.
pub async fn page(
    here: &Here,
    address: &str,
    device: Option<SecretHash>,
    refused: Option<(Sent, Refusal)>,
    asked: bool,
) -> Attempt<HttpResponse> {
    let Some(hash) = token(address) else { return or_no_letter(here, No::LinkDamaged.into()) };
    let (now, zone) = (here.clock.now(), here.zone());
    let found = match here.store.read(move |tx| Found::load(tx, hash, device, now)).await {
        Ok(found) => found,
        Err(failure) => return or_no_letter(here, failure),
    };
    let status = refused.as_ref().map_or(200, |(_, refusal)| refusal.no.status());
    let view = found.view(address, now, zone, refused.as_ref().map(|(sent, refusal)| (sent, refusal)), asked)?;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let markup = pages::sign_page(&here.frame(), &view);
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(markup.into_string()))
}

/// An address a reader recognises and a bystander does not: `f…t@bcap-ke.example`.
fn masked(email: &str) -> String {
    let Some((local, domain)) = email.split_once('@') else { return String::new() };
    let mut letters = local.chars();
    match (letters.next(), letters.next_back()) {
        (Some(first), Some(last)) => format!("{first}…{last}@{domain}"),
        (Some(first), None) => format!("{first}…@{domain}"),
        _ => format!("…@{domain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Secret;

    #[test]
    fn an_address_is_masked() {
        assert_eq!(masked("focalpoint@bcap-ke.example"), "f…t@bcap-ke.example");
        assert_eq!(masked("a@b.example"), "a…@b.example");
        assert_eq!(masked("nonsense"), "");
    }

    #[test]
    fn a_link_is_known_with_what_mail_programs_add_and_a_damaged_one_is_damaged() {
        let secret = Secret::new();
        let (whole, hash) = (secret.as_str(), secret.hash());
        for presented in [whole.to_owned(), format!("{whole}."), format!("{whole}>"), format!(" {whole}"), whole.to_uppercase()] {
            assert_eq!(token(&presented), Some(hash), "{presented}");
        }
        for damaged in ["", "x", &whole[..whole.len() - 1], &format!("{whole}0"), &whole.replacen(&whole[20..21], "=", 1)] {
            assert_eq!(token(damaged), None, "{damaged}");
        }
    }
}
