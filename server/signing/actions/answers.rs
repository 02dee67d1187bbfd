//! An organisation answers: first it asks, then the code that was mailed to it confirms. Only the second binds.

use super::{
    Means,
    rounds::{act, seen},
};
use crate::signing::limits;
use crate::{
    accounts,
    kernel::{
        AnswerId, Moment, No, PendingId, Refusal, SecretHash,
        secret::{code_hash, random, six_digits},
    },
    ledger::{self, Appended, Assurance, Opening, SignOn, Signatory},
    mail::{Act, Attachment, Letter, outbox},
    organisations::{self, Organisation, Visibility},
    signing::{
        letters::{self, Correspondence, Reader},
        permits::{self, Holder, Sign},
        queries::{self, Pending},
        signon::{self, Answer, Asked, Form, Kind, Wish},
    },
    statements::{self, Edition, HistoryLine, What},
    store::{Attempt, Failure, Tx},
    words::{Words, dates},
};

/// Notes what the organisation wants to do and mails the code that will confirm it.
pub fn propose(tx: &mut Tx, means: Means<'_>, now: Moment, token: SecretHash, form: &Form<'_>) -> Attempt<()> {
    let Sign(holder) = permits::sign(tx, token)?;
    let standing = queries::standing_of(tx, holder.round.id, holder.letter.organisation)?;
    let asked = signon::ask(form, standing.as_ref(), holder.round.takes_answers(now))?;
    mail_code(tx, means, now, &holder, asked)
}

/// Mails a fresh code for the act already asked for; the earlier code stops working.
pub fn another_code(tx: &mut Tx, means: Means<'_>, now: Moment, token: SecretHash) -> Attempt<()> {
    let Sign(holder) = permits::sign(tx, token)?;
    let pending = queries::pending(tx, holder.letter.id)?.ok_or(No::CodeSpent)?;
    mail_code(tx, means, now, &holder, pending.asked)
}

fn mail_code(tx: &mut Tx, means: Means<'_>, now: Moment, holder: &Holder, asked: Asked) -> Attempt<()> {
    if queries::codes_since(tx, holder.round.id, holder.letter.person, now.plus_seconds(-3600))? >= limits::CODES_PER_HOUR {
        return Err(No::TooMany.into());
    }
    let (organisation, edition) = about(tx, holder)?;
    let (person, _) = accounts::address_of(tx, holder.letter.person)?.ok_or(No::NotFound)?;
    let (id, code) = (PendingId::new(), six_digits());
    let letter = Letter::Code {
        person,
        code: code.clone(),
        minutes: (limits::CODE_SECONDS / 60) as u32,
        act: wish_act(asked.wish),
        visibility: asked.visibility.map(seen),
        organisation: organisation.name.clone(),
        statement: edition.title,
        edition: edition.label,
    };
    let pending = Pending {
        id,
        asked,
        name: organisation.name,
        country: organisation.country,
        code: code_hash(id.bytes(), &code),
        tries: 0,
        expires_at: now.plus_seconds(limits::CODE_SECONDS),
    };
    queries::insert_pending(tx, holder.letter.id, &pending, now)?;
    outbox::queue(tx, means.post, holder.letter.person, letter, now)
}

/// What became of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    Done,
    /// Not the code that was mailed. Counted, so it must be committed: this is no refusal that rolls back.
    Wrong {
        tries_left: u32,
    },
}

/// Confirms the act with its code and records it: answer, leaf, checkpoint, history and receipts, together or not at all.
pub fn confirm(tx: &mut Tx, means: Means<'_>, now: Moment, token: SecretHash, code: &str) -> Attempt<Confirmed> {
    let Sign(holder) = permits::sign(tx, token)?;
    let now = ledger::moment(tx, holder.round.statement, now)?;
    let pending = queries::pending(tx, holder.letter.id)?.ok_or(No::CodeSpent)?;
    if now >= pending.expires_at || pending.tries >= limits::CODE_TRIES_MAX {
        return Err(No::CodeSpent.into());
    }
    let digits: String = code.chars().filter_map(digit).take(7).collect();
    if code_hash(pending.id.bytes(), &digits) != pending.code {
        queries::count_try(tx, pending.id, pending.tries + 1)?;
        return Ok(Confirmed::Wrong { tries_left: (limits::CODE_TRIES_MAX - pending.tries - 1).max(0) as u32 });
    }
    let standing = queries::standing_of(tx, holder.round.id, holder.letter.organisation)?;
    // Time has passed since the question: the round may have closed, a colleague may have answered.
    signon::possible(pending.asked.wish, standing.as_ref(), holder.round.takes_answers(now))?;
    let (organisation, edition) = about(tx, &holder)?;
    if (&organisation.name, &organisation.country) != (&pending.name, &pending.country) {
        return Err(No::NameChanged.into());
    }
    if !queries::use_pending(tx, pending.id, now)? {
        return Err(No::CodeSpent.into());
    }
    record(tx, means, now, &holder, &Subject { organisation, edition }, &pending.asked, standing.as_ref())?;
    Ok(Confirmed::Done)
}

/// A digit in whatever script a phone types it.
fn digit(c: char) -> Option<char> {
    // The zeros of the decimal digits of Latin, Arabic, Persian, Devanagari, Bengali, Thai, Burmese, Khmer and full-width forms.
    const ZEROS: [u32; 9] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0x1040, 0x17e0, 0xff10];
    ZEROS.iter().find_map(|zero| char::from_digit(u32::from(c).checked_sub(*zero)?, 10))
}

/// Who acts on what.
struct Subject {
    organisation: Organisation,
    edition: Edition,
}

fn record(
    tx: &mut Tx,
    means: Means<'_>,
    now: Moment,
    holder: &Holder,
    on: &Subject,
    asked: &Asked,
    standing: Option<&Answer>,
) -> Attempt<()> {
    let Subject { organisation, edition } = on;
    let (person_name, _) = accounts::address_of(tx, holder.letter.person)?.ok_or(No::NotFound)?;
    let mut answer = Answer {
        id: AnswerId::new(),
        organisation: organisation.id,
        person: Some(holder.letter.person),
        kind: match asked.wish {
            Wish::Sign => Kind::Signed,
            Wish::Decline => Kind::Declined,
            Wish::Withdraw => Kind::Withdrawn,
        },
        visibility: asked.visibility.or_else(|| standing.and_then(|answer| answer.visibility)),
        name: organisation.name.clone(),
        name_en: organisation.name_en.clone(),
        language: organisation.language.clone(),
        country: organisation.country.clone(),
        person_name,
        person_title: asked.title.clone(),
        reason: asked.reason.clone(),
        leaf: None,
        at: now,
    };
    if answer.kind == Kind::Declined {
        answer.visibility = None;
    }
    let leaf = match opening(holder, edition, &answer, standing, now)? {
        Some(opening) => {
            Some(ledger::append(tx, means.ledger, holder.round.statement, Some(holder.round.id), edition.text_ref(), &opening, now)?)
        }
        None => None,
    };
    answer.leaf = leaf.as_ref().map(|leaf| leaf.index as i64);
    queries::insert_answer(tx, holder.round.id, &answer)?;
    history(tx, holder, &answer, now)?;
    receipts(tx, means, holder, on, &answer, leaf.as_ref(), now)
}

/// What the log commits to; declining leaves no leaf.
fn opening(holder: &Holder, edition: &Edition, answer: &Answer, standing: Option<&Answer>, now: Moment) -> Attempt<Option<Opening>> {
    let organisation = |answer: &Answer| ledger::Organisation {
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
            signatory: Signatory { name: answer.person_name.clone(), title: answer.person_title.clone() },
            visibility: match answer.visibility {
                Some(Visibility::Public) => ledger::Visibility::Public,
                Some(Visibility::Withheld) | None => ledger::Visibility::Withheld,
            },
            assurance: Assurance::ConfirmedLink,
            at: hour,
            nonce,
            statement: holder.round.statement.to_string(),
            round: holder.round.id.to_string(),
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
        person: (!withheld).then_some(holder.letter.person),
        organisation: (!withheld).then_some(answer.organisation),
        what,
        detail: "",
    };
    statements::record(tx, holder.round.statement, &entry, now)
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
    let Subject { organisation, edition } = on;
    let contacts = organisations::contacts(tx, &[organisation.id])?;
    let correspondence = Correspondence { post: means.post, round: &holder.round, edition, organisation };
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
            content: ledger::receipt(tx, means.ledger, holder.round.statement, leaf.index)?,
        }),
    };
    for reader in letters::readers(organisation, &contacts) {
        let link = correspondence.link(tx, &reader, now)?;
        let letter = Letter::Receipt {
            person: reader.name.clone(),
            by: by.clone(),
            act: act(answer.kind),
            visibility: answer.visibility.map(seen),
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
    if holder.letter.may_sign {
        return Err(No::NotAllowed.into());
    }
    holder.round.takes_answers(now)?;
    let (organisation, edition) = about(tx, &holder)?;
    let (asked_by, _) = accounts::address_of(tx, holder.letter.person)?.ok_or(No::NotFound)?;
    let contacts = organisations::contacts(tx, &[organisation.id])?;
    let signers: Vec<Reader> = letters::readers(&organisation, &contacts).into_iter().filter(|reader| reader.may_sign).collect();
    if signers.is_empty() {
        return Err(Refusal::new(No::RoundNobodyCanSign).with("organisation", organisation.name_en).into());
    }
    let correspondence = Correspondence { post: means.post, round: &holder.round, edition: &edition, organisation: &organisation };
    for signer in signers {
        if queries::letters_since(tx, holder.round.id, signer.person, now.plus_seconds(-3600))? >= limits::CODES_PER_HOUR {
            return Err(No::TooMany.into());
        }
        let matter = correspondence.matter(correspondence.link(tx, &signer, now)?, now);
        let letter = Letter::HandOn { person: signer.name.clone(), asked_by: asked_by.clone(), matter };
        outbox::queue(tx, means.post, signer.person, letter, now)?;
    }
    Ok(())
}

fn about(tx: &mut Tx, holder: &Holder) -> Attempt<(Organisation, Edition)> {
    let organisation = organisations::by_id(tx, holder.letter.organisation)?.ok_or(No::NotFound)?;
    Ok((organisation, statements::load_edition(tx, holder.round.edition)?))
}

pub(in crate::signing) fn wish_act(wish: Wish) -> Act {
    match wish {
        Wish::Sign => Act::Sign,
        Wish::Decline => Act::Decline,
        Wish::Withdraw => Act::Withdraw,
    }
}
