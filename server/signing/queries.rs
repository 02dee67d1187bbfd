//! Rounds, letters and answers in SQL.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    round::{Round, RoundState},
    signon::{Answer, Asked, Kind, Wish},
};
use crate::{
    kernel::{AnswerId, EditionId, Moment, OrganisationId, PendingId, PersonId, RoundId, SecretHash, SigningLetterId, StatementId},
    organisations::{self, Visibility},
    store::{
        Attempt, Tx,
        columns::columns,
        schema::{answers, editions, invitations, pending_answers, rounds, signing_letters},
    },
};

type RoundRow = (RoundId, StatementId, EditionId, RoundState, Moment, Moment, Option<Moment>);
columns!(ROUND = rounds { id, statement, edition, state, opened_at, closes_at, closed_at });

fn round((id, statement, edition, state, opened_at, closes_at, closed_at): RoundRow) -> Round {
    Round { id, statement, edition, state, opened_at, closes_at, closed_at }
}

pub(super) fn insert_round(tx: &mut Tx, row: &Round) -> Attempt<()> {
    diesel::insert_into(rounds::table)
        .values((
            rounds::id.eq(row.id),
            rounds::statement.eq(row.statement),
            rounds::edition.eq(row.edition),
            rounds::state.eq(row.state),
            rounds::opened_at.eq(row.opened_at),
            rounds::closes_at.eq(row.closes_at),
        ))
        .execute(tx)?;
    Ok(())
}

pub fn round_by_id(tx: &mut Tx, id: RoundId) -> Attempt<Option<Round>> {
    let row: Option<RoundRow> = rounds::table.find(id).select(ROUND).first(tx).optional()?;
    Ok(row.map(round))
}

/// The newest round on a statement.
pub fn newest_round(tx: &mut Tx, statement: StatementId) -> Attempt<Option<Round>> {
    let row: Option<RoundRow> =
        rounds::table.filter(rounds::statement.eq(statement)).order(rounds::opened_at.desc()).select(ROUND).first(tx).optional()?;
    Ok(row.map(round))
}

/// The digests of every text of a statement that was put to signature.
pub(super) fn signed_digests(tx: &mut Tx, statement: StatementId) -> Attempt<Vec<Vec<u8>>> {
    Ok(rounds::table.inner_join(editions::table).filter(rounds::statement.eq(statement)).select(editions::digest).load(tx)?)
}

/// Open rounds whose deadline has come.
pub fn due_rounds(tx: &mut Tx, now: Moment) -> Attempt<Vec<RoundId>> {
    Ok(rounds::table.filter(rounds::state.eq(RoundState::Open)).filter(rounds::closes_at.le(now)).select(rounds::id).load(tx)?)
}

pub(super) fn set_deadline(tx: &mut Tx, id: RoundId, closes_at: Moment) -> Attempt<()> {
    diesel::update(rounds::table.find(id)).set(rounds::closes_at.eq(closes_at)).execute(tx)?;
    Ok(())
}

pub(super) fn set_closed(tx: &mut Tx, id: RoundId, now: Moment) -> Attempt<()> {
    diesel::update(rounds::table.find(id)).set((rounds::state.eq(RoundState::Closed), rounds::closed_at.eq(now))).execute(tx)?;
    Ok(())
}

pub(super) fn invite(tx: &mut Tx, round: RoundId, organisation: OrganisationId) -> Attempt<()> {
    diesel::insert_into(invitations::table)
        .values((invitations::round.eq(round), invitations::organisation.eq(organisation)))
        .execute(tx)?;
    Ok(())
}

/// Who was invited, and when last reminded.
pub fn invited(tx: &mut Tx, round: RoundId) -> Attempt<Vec<(OrganisationId, Option<Moment>)>> {
    Ok(invitations::table
        .filter(invitations::round.eq(round))
        .order(invitations::organisation)
        .select((invitations::organisation, invitations::reminded_at))
        .load(tx)?)
}

pub(super) fn set_reminded(tx: &mut Tx, round: RoundId, organisation: OrganisationId, now: Moment) -> Attempt<()> {
    diesel::update(invitations::table.find((round, organisation))).set(invitations::reminded_at.eq(now)).execute(tx)?;
    Ok(())
}

/// A personal link into a round.
#[derive(Debug, Clone)]
pub struct LetterRow {
    pub id: SigningLetterId,
    pub round: RoundId,
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub may_sign: bool,
}

pub(super) fn insert_letter(tx: &mut Tx, row: &LetterRow, token: SecretHash, now: Moment) -> Attempt<()> {
    diesel::insert_into(signing_letters::table)
        .values((
            signing_letters::id.eq(row.id),
            signing_letters::round.eq(row.round),
            signing_letters::organisation.eq(row.organisation),
            signing_letters::person.eq(row.person),
            signing_letters::token_hash.eq(token),
            signing_letters::may_sign.eq(row.may_sign),
            signing_letters::created_at.eq(now),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn letter(tx: &mut Tx, token: SecretHash) -> Attempt<Option<LetterRow>> {
    let row: Option<(SigningLetterId, RoundId, OrganisationId, PersonId, bool)> = signing_letters::table
        .filter(signing_letters::token_hash.eq(token))
        .select((
            signing_letters::id,
            signing_letters::round,
            signing_letters::organisation,
            signing_letters::person,
            signing_letters::may_sign,
        ))
        .first(tx)
        .optional()?;
    Ok(row.map(|(id, round, organisation, person, may_sign)| LetterRow { id, round, organisation, person, may_sign }))
}

/// Links made for one person in one round since then.
pub(super) fn letters_since(tx: &mut Tx, round: RoundId, person: PersonId, since: Moment) -> Attempt<i64> {
    Ok(signing_letters::table
        .filter(signing_letters::round.eq(round))
        .filter(signing_letters::person.eq(person))
        .filter(signing_letters::created_at.ge(since))
        .count()
        .get_result(tx)?)
}

/// An act that waits for its code.
#[derive(Debug, Clone)]
pub struct Pending {
    pub id: PendingId,
    pub asked: Asked,
    /// The organisation as it was named on the page that asked.
    pub name: String,
    pub country: String,
    pub code: SecretHash,
    pub tries: i32,
    pub expires_at: Moment,
}

pub(super) fn insert_pending(tx: &mut Tx, letter: SigningLetterId, row: &Pending, now: Moment) -> Attempt<()> {
    diesel::insert_into(pending_answers::table)
        .values((
            pending_answers::id.eq(row.id),
            pending_answers::letter.eq(letter),
            pending_answers::act.eq(row.asked.wish),
            pending_answers::visibility.eq(row.asked.visibility),
            pending_answers::name.eq(&row.name),
            pending_answers::country.eq(&row.country),
            pending_answers::title.eq(&row.asked.title),
            pending_answers::reason.eq(&row.asked.reason),
            pending_answers::code_hash.eq(row.code),
            pending_answers::tries.eq(row.tries),
            pending_answers::created_at.eq(now),
            pending_answers::expires_at.eq(row.expires_at),
        ))
        .execute(tx)?;
    Ok(())
}

/// Codes mailed to one person in one round since then, through whichever of their letters.
pub(super) fn codes_since(tx: &mut Tx, round: RoundId, person: PersonId, since: Moment) -> Attempt<i64> {
    Ok(pending_answers::table
        .inner_join(signing_letters::table)
        .filter(signing_letters::round.eq(round))
        .filter(signing_letters::person.eq(person))
        .filter(pending_answers::created_at.ge(since))
        .count()
        .get_result(tx)?)
}

/// The act a code would confirm now: the last one asked for, if it has not been confirmed.
pub(super) fn pending(tx: &mut Tx, letter: SigningLetterId) -> Attempt<Option<Pending>> {
    type Row = (PendingId, Wish, Option<Visibility>, (String, String), String, String, SecretHash, i32, Moment, Option<Moment>);
    let row: Option<Row> = pending_answers::table
        .filter(pending_answers::letter.eq(letter))
        .order((pending_answers::created_at.desc(), pending_answers::id.desc()))
        .select((
            pending_answers::id,
            pending_answers::act,
            pending_answers::visibility,
            (pending_answers::name, pending_answers::country),
            pending_answers::title,
            pending_answers::reason,
            pending_answers::code_hash,
            pending_answers::tries,
            pending_answers::expires_at,
            pending_answers::used_at,
        ))
        .first(tx)
        .optional()?;
    Ok(row.filter(|row| row.9.is_none()).map(|(id, wish, visibility, (name, country), title, reason, code, tries, expires_at, _)| {
        Pending { id, asked: Asked { wish, visibility, title, reason }, name, country, code, tries, expires_at }
    }))
}

pub(super) fn count_try(tx: &mut Tx, id: PendingId, tries: i32) -> Attempt<()> {
    diesel::update(pending_answers::table.find(id)).set(pending_answers::tries.eq(tries)).execute(tx)?;
    Ok(())
}

pub(super) fn use_pending(tx: &mut Tx, id: PendingId, now: Moment) -> Attempt<bool> {
    let used = diesel::update(pending_answers::table.filter(pending_answers::id.eq(id)).filter(pending_answers::used_at.is_null()))
        .set(pending_answers::used_at.eq(now))
        .execute(tx)?;
    Ok(used == 1)
}

pub(super) fn insert_answer(tx: &mut Tx, round: RoundId, row: &Answer) -> Attempt<()> {
    diesel::insert_into(answers::table)
        .values((
            answers::id.eq(row.id),
            answers::round.eq(round),
            answers::organisation.eq(row.organisation),
            answers::person.eq(row.person),
            answers::kind.eq(row.kind),
            answers::visibility.eq(row.visibility),
            answers::name.eq(&row.name),
            answers::name_en.eq(&row.name_en),
            answers::language.eq(&row.language),
            answers::country.eq(&row.country),
            answers::person_name.eq(&row.person_name),
            answers::person_title.eq(&row.person_title),
            answers::reason.eq(&row.reason),
            answers::assurance.eq("confirmed-link"),
            answers::leaf.eq(row.leaf),
            answers::at.eq(row.at),
        ))
        .execute(tx)?;
    Ok(())
}

#[rustfmt::skip]
type AnswerRow = (
    AnswerId, OrganisationId, Option<PersonId>, Kind, Option<Visibility>, String, String, String, String,
    String, String, String, Option<i64>, Moment,
);

columns!(
    ANSWER = answers {
        id,
        organisation,
        person,
        kind,
        visibility,
        name,
        name_en,
        language,
        country,
        person_name,
        person_title,
        reason,
        leaf,
        at,
    }
);

#[rustfmt::skip]
fn answered(row: AnswerRow) -> Answer {
    let (id, organisation, person, kind, visibility, name, name_en, language, country, person_name, person_title, reason, leaf, at) = row;
    Answer { id, organisation, person, kind, visibility, name, name_en, language, country, person_name, person_title, reason, leaf, at }
}

/// What each organisation last answered in a round.
pub fn standing(tx: &mut Tx, round: RoundId) -> Attempt<HashMap<OrganisationId, Answer>> {
    Ok(load(tx, round, None)?.into_iter().map(|answer| (answer.organisation, answer)).collect())
}

/// What one organisation last answered.
pub(super) fn standing_of(tx: &mut Tx, round: RoundId, organisation: OrganisationId) -> Attempt<Option<Answer>> {
    Ok(load(tx, round, Some(organisation))?.pop())
}

/// Every answer in the order given, so that the last of an organisation is the one that counts.
pub fn load(tx: &mut Tx, round: RoundId, organisation: Option<OrganisationId>) -> Attempt<Vec<Answer>> {
    let mut ask = answers::table.filter(answers::round.eq(round)).into_boxed();
    if let Some(organisation) = organisation {
        ask = ask.filter(answers::organisation.eq(organisation));
    }
    let rows: Vec<AnswerRow> =
        ask.order((answers::at, answers::id)).limit((organisations::limits::ORGANISATIONS_MAX * 50) as i64).select(ANSWER).load(tx)?;
    Ok(rows.into_iter().map(answered).collect())
}
