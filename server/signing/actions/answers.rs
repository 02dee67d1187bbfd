//! An organisation answers: first it asks, then the code that was mailed to it confirms. Only the second binds.
//!
//! A code confirms the question its page shows and its letter names, and no other. A question is refused when a newer one
//! was asked elsewhere, and when what its page showed (the text, the name, who acts, what stands) is no longer so. Whoever
//! repeats a confirmation that succeeded is shown that it did. What an organisation answered is shown on a device that
//! proved with a code to act for it, and nowhere else.

use super::Means;
use crate::{
    accounts,
    kernel::{
        AnswerId, Moment, No, QuestionId, Refusal, Secret, SecretHash, Seen, Shown,
        secret::{code_hash, random, six_digits},
    },
    ledger::{self, Appended, Assurance, Opening, RecordedOrganisation, RecordedPerson, RecordedVisibility, SignOn},
    mail::{Attachment, Letter, outbox},
    organisations::{self, Organisation, Visibility},
    signing::{
        answer::{Answer, Answering, Asked, Kind, Wish},
        correspondence::{self, Correspondence, Reader},
        devices, limits,
        permits::{self, Holder, leave},
        queries::{self, Question},
        signon::{self, Form, Situation},
    },
    statements::{self, Edition, HistoryLine, What},
    store::{Attempt, Failure, Tx},
    words::{Words, dates},
};

/// Who acts on what.
struct Subject {
    organisation: Organisation,
    edition: Edition,
    standing: Option<Answer>,
}

impl Subject {
    fn load(tx: &mut Tx, holder: &Holder) -> Attempt<Self> {
        let (round, organisation) = (holder.round(), holder.letter().organisation);
        Ok(Self {
            organisation: organisations::by_id(tx, organisation)?.ok_or(No::NotFound)?,
            edition: statements::load_edition(tx, round.edition)?,
            standing: queries::standing_of(tx, round.id, organisation)?,
        })
    }

    fn situation(&self, tx: &mut Tx, holder: &Holder, now: Moment) -> Attempt<Situation<'_>> {
        Ok(Situation {
            standing: self.standing.as_ref(),
            open: holder.round().takes_answers(now),
            mailbox_shared: organisations::shares_mailbox(tx, self.organisation.id)?,
        })
    }
}

/// What a letter's page shows before its organisation answers.
pub fn shown(tx: &mut Tx, holder: &Holder) -> Attempt<Answering> {
    let subject = Subject::load(tx, holder)?;
    answering(tx, holder, &subject)
}

fn answering(tx: &mut Tx, holder: &Holder, subject: &Subject) -> Attempt<Answering> {
    Ok(Answering {
        round: holder.round().id,
        digest: subject.edition.digest_hex(),
        organisation: subject.organisation.id,
        name: subject.organisation.name.clone(),
        country: subject.organisation.country.clone(),
        person: accounts::address_of(tx, holder.letter().person)?.ok_or(No::NotFound)?.name,
        standing: subject.standing.as_ref().map(|answer| answer.id),
    })
}

/// Whether the device that asks may be shown what the organisation answered.
pub fn may_look(tx: &mut Tx, holder: &Holder, device: Option<SecretHash>, now: Moment) -> Attempt<bool> {
    match device {
        Some(device) => devices::knows(tx, device, holder.letter(), now),
        None => Ok(false),
    }
}

/// What comes with a form of a letter's page.
pub struct Came<'a> {
    pub token: SecretHash,
    pub device: Option<SecretHash>,
    pub seen: &'a Seen,
    pub form: &'a Form<'a>,
}

/// Notes what the organisation wants to do and mails the code that will confirm it.
pub fn propose(tx: &mut Tx, means: Means<'_>, now: Moment, came: &Came<'_>) -> Attempt<QuestionId> {
    let (holder, leave) = permits::sign(tx, came.token)?;
    let subject = Subject::load(tx, &holder)?;
    // Not even a refusal tells a stranger's device what was answered.
    if subject.standing.is_some() && !may_look(tx, &holder, came.device, now)? {
        return Err(No::AnsweredElsewhere.into());
    }
    let asked = signon::ask(&leave, came.form, subject.situation(tx, &holder, now)?)?;
    let shown = came.seen.confirms(answering(tx, &holder, &subject)?)?.into_inner();
    let seen = serde_json::to_string(&shown).map_err(Failure::broken)?;
    mail_code(tx, means, now, &holder, &subject, asked, seen)
}

/// Mails a code that shows what was answered on the device it is typed on.
pub fn ask_to_look(tx: &mut Tx, means: Means<'_>, now: Moment, token: SecretHash) -> Attempt<QuestionId> {
    let holder = permits::holder(tx, token)?;
    let subject = Subject::load(tx, &holder)?;
    subject.standing.as_ref().ok_or(No::NotSigned)?;
    mail_code(tx, means, now, &holder, &subject, Asked::to_look(), String::new())
}

/// Mails a fresh code for a question; the earlier one stops working.
pub fn another_code(tx: &mut Tx, means: Means<'_>, now: Moment, token: SecretHash, id: QuestionId) -> Attempt<QuestionId> {
    let holder = permits::holder(tx, token)?;
    let question = queries::question(tx, holder.letter().id, id)?.ok_or(No::CodeSpent)?;
    if question.used_at.is_some() {
        return Ok(id);
    }
    if question.asked.wish != Wish::Look {
        permits::sign(tx, token)?;
        is_newest(tx, &holder, id)?;
    }
    let subject = Subject::load(tx, &holder)?;
    mail_code(tx, means, now, &holder, &subject, question.asked, question.seen)
}

/// A newer question of the same person was asked elsewhere: another tab, another letter.
fn is_newest(tx: &mut Tx, holder: &Holder, id: QuestionId) -> Attempt<()> {
    let newest = queries::newest_question(tx, holder.letter())?;
    if newest.is_some_and(|newest| newest.id != id) { Err(No::AskedElsewhere.into()) } else { Ok(()) }
}

fn mail_code(
    tx: &mut Tx,
    means: Means<'_>,
    now: Moment,
    holder: &Holder,
    subject: &Subject,
    asked: Asked,
    seen: String,
) -> Attempt<QuestionId> {
    let letter = holder.letter();
    if queries::codes_since(tx, holder.round().id, letter.person, now.plus_seconds(-3600))? >= limits::CODES_PER_HOUR {
        return Err(No::TooMany.into());
    }
    let person = accounts::address_of(tx, letter.person)?.ok_or(No::NotFound)?.name;
    let (id, digits, minutes) = (QuestionId::new(), six_digits(), (limits::CODE_SECONDS / 60) as u32);
    let (organisation, statement) = (subject.organisation.name.clone(), subject.edition.title.clone());
    let (edition, code) = (subject.edition.label.clone(), digits.clone());
    let written = match asked.stance() {
        Some(asks) => Letter::Code { person, code, minutes, asks, organisation, statement, edition },
        None => Letter::CodeToLook { person, code, minutes, organisation, statement, edition },
    };
    let question = Question {
        id,
        asked,
        seen,
        code: code_hash(id.bytes(), &digits),
        tries: 0,
        created_at: now,
        expires_at: now.plus_seconds(limits::CODE_SECONDS),
        used_at: None,
    };
    queries::insert_question(tx, letter.id, &question)?;
    outbox::queue(tx, means.post, letter.person, written, now)?;
    Ok(id)
}

/// What became of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// The act is recorded, now or by an earlier press. `remembered`: from now on the device's next secret shows what the
    /// organisation answers; otherwise its present one does already.
    Done { wish: Wish, remembered: bool },
    /// Not the code that was mailed. Counted, so it must be committed: this is no refusal that rolls back.
    Wrong { tries_left: u32 },
}

/// A code as it was typed, the question whose page it was typed on, and the device.
pub struct Typed<'a> {
    pub token: SecretHash,
    pub question: QuestionId,
    pub code: &'a str,
    /// The device's secret so far, and the one it gets if the code is right.
    pub device: Option<SecretHash>,
    pub device_next: &'a Secret,
}

/// Confirms a question with its code and records the act: answer, leaf, checkpoint, history and receipts, together or not at all.
pub fn confirm(tx: &mut Tx, means: Means<'_>, now: Moment, typed: &Typed<'_>) -> Attempt<Confirmed> {
    let holder = permits::holder(tx, typed.token)?;
    let question = queries::question(tx, holder.letter().id, typed.question)?.ok_or(No::CodeSpent)?;
    let wish = question.asked.wish;
    if question.used_at.is_some() {
        return again(tx, &holder, &question, now, typed);
    }
    if wish != Wish::Look {
        permits::sign(tx, typed.token)?;
        is_newest(tx, &holder, question.id)?;
    }
    if now >= question.expires_at || question.tries >= limits::CODE_TRIES_MAX {
        return Err(No::CodeSpent.into());
    }
    if code_hash(question.id.bytes(), &signon::digits(typed.code)) != question.code {
        queries::count_try(tx, question.id, question.tries + 1)?;
        return Ok(Confirmed::Wrong { tries_left: (limits::CODE_TRIES_MAX - question.tries - 1).max(0) as u32 });
    }
    if wish != Wish::Look {
        let (_, leave) = permits::sign(tx, typed.token)?;
        act(tx, means, now, &holder, &leave, &question)?;
    }
    if !queries::use_question(tx, question.id, now)? {
        return Err(No::CodeSpent.into());
    }
    remember(tx, &holder, typed, now)?;
    Ok(Confirmed::Done { wish, remembered: true })
}

/// The same button pressed twice, a retry on a bad line, Back: the act was done, and that is what is said, to whoever has
/// the code or did it on this device.
fn again(tx: &mut Tx, holder: &Holder, question: &Question, now: Moment, typed: &Typed<'_>) -> Attempt<Confirmed> {
    let wish = question.asked.wish;
    if may_look(tx, holder, typed.device, now)? {
        return Ok(Confirmed::Done { wish, remembered: false });
    }
    let right = code_hash(question.id.bytes(), &signon::digits(typed.code)) == question.code;
    if !right || now >= question.expires_at || question.tries >= limits::CODE_TRIES_MAX {
        queries::count_try(tx, question.id, question.tries.saturating_add(i32::from(!right)))?;
        return Err(No::CodeSpent.into());
    }
    remember(tx, holder, typed, now)?;
    Ok(Confirmed::Done { wish, remembered: true })
}

fn remember(tx: &mut Tx, holder: &Holder, typed: &Typed<'_>, now: Moment) -> Attempt<()> {
    let until = now.plus_seconds(limits::DEVICE_SECONDS);
    devices::remember(tx, typed.device, typed.device_next.hash(), holder.letter(), now, until)
}

fn act(tx: &mut Tx, means: Means<'_>, now: Moment, holder: &Holder, leave: &leave::Sign, question: &Question) -> Attempt<()> {
    let now = ledger::moment(tx, holder.round().statement, now)?;
    let subject = Subject::load(tx, holder)?;
    // Time has passed since the question: the round may have closed, a colleague may have answered, a name may have changed.
    let asked_on: Answering = serde_json::from_str(&question.seen).map_err(Failure::broken)?;
    let shown = answering(tx, holder, &subject)?;
    if let Some(changed) = asked_on.changed(&shown) {
        return Err(changed.into());
    }
    Seen(asked_on.fingerprint()).confirms(shown)?;
    signon::possible(leave, question.asked.wish, subject.situation(tx, holder, now)?)?;
    record(tx, means, now, holder, &subject, &question.asked)
}

fn record(tx: &mut Tx, means: Means<'_>, now: Moment, holder: &Holder, on: &Subject, asked: &Asked) -> Attempt<()> {
    let Subject { organisation, edition, standing } = on;
    let (letter, round) = (holder.letter(), holder.round());
    let kind = match asked.wish {
        Wish::Sign => Kind::Signed,
        Wish::Decline => Kind::Declined,
        Wish::Withdraw => Kind::Withdrawn,
        Wish::Look => return Ok(()),
    };
    let visibility = match kind {
        Kind::Signed => asked.visibility,
        // Whether the name of a withdrawal is shown follows the sign-on it takes back.
        Kind::Withdrawn => standing.as_ref().and_then(|answer| answer.visibility),
        Kind::Declined => None,
    };
    let mut answer = Answer {
        id: AnswerId::new(),
        organisation: organisation.id,
        person: Some(letter.person),
        kind,
        visibility,
        name: organisation.name.clone(),
        name_en: organisation.name_en.clone(),
        language: organisation.language.clone(),
        country: organisation.country.clone(),
        person_name: accounts::address_of(tx, letter.person)?.ok_or(No::NotFound)?.name,
        person_title: asked.title.clone(),
        reason: asked.reason.clone(),
        leaf: None,
        at: now,
    };
    let leaf = match opening(holder, edition, &answer, standing.as_ref(), now)? {
        Some(opening) => Some(ledger::append(tx, means.ledger, round.statement, Some(round.id), edition.text_ref(), &opening, now)?),
        None => None,
    };
    answer.leaf = leaf.as_ref().map(|leaf| leaf.index as i64);
    queries::insert_answer(tx, round.id, &answer)?;
    history(tx, holder, &answer, now)?;
    receipts(tx, means, holder, on, &answer, leaf.as_ref(), now)
}

/// What the log commits to; declining leaves no leaf.
fn opening(holder: &Holder, edition: &Edition, answer: &Answer, standing: Option<&Answer>, now: Moment) -> Attempt<Option<Opening>> {
    let organisation = |answer: &Answer| RecordedOrganisation {
        id: answer.organisation.to_string(),
        name: answer.name.clone(),
        country: answer.country.clone(),
    };
    let nonce = hex::encode(random::<32>());
    // The hour, as the leaf says it: a public sign-on told to the second would place the withheld ones beside it in time.
    let hour = now.whole_hours().rfc3339();
    Ok(match answer.kind {
        Kind::Declined => None,
        Kind::Signed => Some(Opening::Signed(Box::new(SignOn {
            organisation: organisation(answer),
            signatory: RecordedPerson { name: answer.person_name.clone(), title: answer.person_title.clone() },
            visibility: match answer.visibility {
                Some(Visibility::Public) => RecordedVisibility::Public,
                Some(Visibility::Withheld) | None => RecordedVisibility::Withheld,
            },
            assurance: Assurance::ConfirmedLink,
            at: hour,
            nonce,
            statement: holder.round().statement.to_string(),
            round: holder.round().id.to_string(),
            text: edition.text_ref(),
            authority: authority(&answer.name),
            answers: None,
        }))),
        Kind::Withdrawn => {
            let signed = standing.ok_or(No::NotSigned)?;
            let answers =
                signed.leaf.and_then(|leaf| u64::try_from(leaf).ok()).ok_or_else(|| Failure::broken("a signature without a leaf"))?;
            // Named as it signed, so that the two entries are of one organisation whatever the register says today.
            Some(Opening::Withdrawn { organisation: organisation(signed), answers, at: hour, nonce })
        }
    })
}

/// The sentence of authority a signatory agrees to.
pub fn authority(organisation: &str) -> String {
    Words::of("en").say("sign.authority", &[("organisation", organisation)])
}

/// The history names public acts by organisation. A withheld one is told without it: seeing that name is an act of its own.
fn history(tx: &mut Tx, holder: &Holder, answer: &Answer, now: Moment) -> Attempt<()> {
    let withheld = answer.visibility == Some(Visibility::Withheld);
    let what = match (answer.kind, withheld) {
        (Kind::Signed, false) => What::Signed,
        (Kind::Signed, true) => What::SignedWithheld,
        (Kind::Declined, _) => What::Declined,
        (Kind::Withdrawn, false) => What::Withdrawn,
        (Kind::Withdrawn, true) => What::WithdrawnWithheld,
    };
    let entry = HistoryLine {
        person: (!withheld).then_some(holder.letter().person),
        organisation: (!withheld).then_some(answer.organisation),
        what,
        detail: "",
    };
    statements::record(tx, holder.round().statement, &entry, now)
}

/// Everybody who acts for the organisation is told, so that a false act is noticed by those it was done to.
fn receipts(
    tx: &mut Tx,
    means: Means<'_>,
    holder: &Holder,
    on: &Subject,
    answer: &Answer,
    leaf: Option<&Appended>,
    now: Moment,
) -> Attempt<()> {
    let Subject { organisation, edition, .. } = on;
    let correspondence = Correspondence { post: means.post, round: holder.round(), edition, organisation };
    let by = if answer.person_title.is_empty() {
        answer.person_name.clone()
    } else {
        format!("{}, {}", answer.person_name, answer.person_title)
    };
    let zone = organisation.timezone.parse().unwrap_or(means.post.timezone);
    // The proof itself goes out with the letter: what an organisation holds, nobody can take out of the record unnoticed.
    let file = match leaf {
        None => None,
        Some(leaf) => Some(Attachment {
            name: "receipt.json".into(),
            content: ledger::receipt(tx, means.ledger, holder.round().statement, leaf.index)?,
        }),
    };
    for reader in correspondence::readers(organisation, holder.contacts()) {
        let link = correspondence.link(tx, &reader, now)?;
        let letter = Letter::Receipt {
            person: reader.name.clone(),
            by: by.clone(),
            stance: answer.stance(),
            organisation: answer.name.clone(),
            statement: edition.title.clone(),
            edition: edition.label.clone(),
            at: dates::moment(now.utc(), zone, Words::of("en")),
            digest: ledger::Digest(edition.digest).groups(),
            leaf: leaf.map(|leaf| leaf.index),
            checkpoint: leaf.map(|leaf| ledger::checkpoint_line(&leaf.checkpoint)),
            attachment: file.clone(),
            link,
        };
        outbox::queue(tx, means.post, reader.person, letter, now)?;
    }
    Ok(())
}

/// A focal point asks those who may sign. Nothing is signed by it.
pub fn hand_on(tx: &mut Tx, means: Means<'_>, now: Moment, token: SecretHash) -> Attempt<()> {
    let holder = permits::holder(tx, token)?;
    if holder.may_sign() {
        return Err(No::NotAllowed.into());
    }
    holder.round().takes_answers(now)?;
    let Subject { organisation, edition, standing } = Subject::load(tx, &holder)?;
    if standing.is_some() {
        return Err(No::AnsweredElsewhere.into());
    }
    let asked_by = accounts::address_of(tx, holder.letter().person)?.ok_or(No::NotFound)?.name;
    let readers = correspondence::readers(&organisation, holder.contacts());
    let signers: Vec<Reader> = readers.into_iter().filter(|reader| reader.may_sign).collect();
    if signers.is_empty() {
        return Err(Refusal::new(No::RoundNobodyCanSign).with("organisation", organisation.name_en).into());
    }
    let correspondence = Correspondence { post: means.post, round: holder.round(), edition: &edition, organisation: &organisation };
    for signer in signers {
        if queries::letters_since(tx, holder.round().id, signer.person, now.plus_seconds(-3600))? >= limits::LETTERS_PER_HOUR {
            return Err(No::TooMany.into());
        }
        let matter = correspondence.matter(correspondence.link(tx, &signer, now)?, now);
        let letter = Letter::HandOn { person: signer.name.clone(), asked_by: asked_by.clone(), matter };
        outbox::queue(tx, means.post, signer.person, letter, now)?;
    }
    Ok(())
}
