//! Rounds, letters and answers in SQL.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    answer::{Answer, Asked, Kind, Wish},
    round::{Round, RoundState},
};
use crate::{
    kernel::{AnswerId, EditionId, Moment, OrganisationId, PersonId, QuestionId, RoundId, SecretHash, SigningLetterId, StatementId},
    organisations::{self, Visibility},
    store::{
        Attempt, Tx,
        columns::row,
        schema::{answers, editions, invitations, questions, rounds, signing_letters},
    },
};

row!(RoundRow of rounds as Round {
    id: RoundId,
    statement: StatementId,
    edition: EditionId,
    state: RoundState,
    opened_at: Moment,
    closes_at: Moment,
    closed_at: Option<Moment>,
});

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
    let row: Option<RoundRow> = rounds::table.find(id).select(RoundRow::as_select()).first(tx).optional()?;
    Ok(row.map(Round::from))
}

/// The newest round on a statement.
pub fn newest_round(tx: &mut Tx, statement: StatementId) -> Attempt<Option<Round>> {
    let row: Option<RoundRow> = rounds::table
        .filter(rounds::statement.eq(statement))
        .order(rounds::opened_at.desc())
        .select(RoundRow::as_select())
        .first(tx)
        .optional()?;
    Ok(row.map(Round::from))
}

/// Rounds that are not written down as closed, with which of these organisations each asks.
pub(super) fn rounds_asking(tx: &mut Tx, organisations: &[OrganisationId]) -> Attempt<Vec<(Round, OrganisationId)>> {
    let rows: Vec<(RoundRow, OrganisationId)> = rounds::table
        .inner_join(invitations::table)
        .filter(rounds::state.eq(RoundState::Open))
        .filter(invitations::organisation.eq_any(organisations.to_vec()))
        .select((RoundRow::as_select(), invitations::organisation))
        .load(tx)?;
    Ok(rows.into_iter().map(|(round, organisation)| (Round::from(round), organisation)).collect())
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
    row!(Row of signing_letters as LetterRow {
        id: SigningLetterId,
        round: RoundId,
        organisation: OrganisationId,
        person: PersonId,
        may_sign: bool,
    });
    let row: Option<Row> =
        signing_letters::table.filter(signing_letters::token_hash.eq(token)).select(Row::as_select()).first(tx).optional()?;
    Ok(row.map(LetterRow::from))
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

/// What somebody asked to do through a letter, and the code that confirms it.
#[derive(Debug, Clone)]
pub struct Question {
    pub id: QuestionId,
    pub asked: Asked,
    /// What the page that asked showed ([`super::answer::Answering`] as JSON); empty where nothing binds.
    pub seen: String,
    pub code: SecretHash,
    pub tries: i32,
    pub created_at: Moment,
    pub expires_at: Moment,
    pub used_at: Option<Moment>,
}

pub(super) fn insert_question(tx: &mut Tx, letter: SigningLetterId, row: &Question) -> Attempt<()> {
    diesel::insert_into(questions::table)
        .values((
            questions::id.eq(row.id),
            questions::letter.eq(letter),
            questions::act.eq(row.asked.wish),
            questions::visibility.eq(row.asked.visibility),
            questions::title.eq(&row.asked.title),
            questions::reason.eq(&row.asked.reason),
            questions::seen.eq(&row.seen),
            questions::code_hash.eq(row.code),
            questions::tries.eq(row.tries),
            questions::created_at.eq(row.created_at),
            questions::expires_at.eq(row.expires_at),
        ))
        .execute(tx)?;
    Ok(())
}

/// Codes mailed to one person in one round since then, through whichever of their letters.
pub(super) fn codes_since(tx: &mut Tx, round: RoundId, person: PersonId, since: Moment) -> Attempt<i64> {
    Ok(questions::table
        .inner_join(signing_letters::table)
        .filter(signing_letters::round.eq(round))
        .filter(signing_letters::person.eq(person))
        .filter(questions::created_at.ge(since))
        .count()
        .get_result(tx)?)
}

row!(QuestionRow of questions {
    id: QuestionId,
    act: Wish,
    visibility: Option<Visibility>,
    title: String,
    reason: String,
    seen: String,
    code_hash: SecretHash,
    tries: i32,
    created_at: Moment,
    expires_at: Moment,
    used_at: Option<Moment>,
});

impl From<QuestionRow> for Question {
    fn from(row: QuestionRow) -> Self {
        let QuestionRow { id, act: wish, visibility, title, reason, seen, code_hash: code, tries, created_at, expires_at, used_at } = row;
        Self { id, asked: Asked { wish, visibility, title, reason }, seen, code, tries, created_at, expires_at, used_at }
    }
}

/// A question that was asked through this letter.
pub(super) fn question(tx: &mut Tx, letter: SigningLetterId, id: QuestionId) -> Attempt<Option<Question>> {
    let row: Option<QuestionRow> = questions::table
        .filter(questions::letter.eq(letter))
        .filter(questions::id.eq(id))
        .select(QuestionRow::as_select())
        .first(tx)
        .optional()?;
    Ok(row.map(Question::from))
}

/// The newest binding question that the letter's person asked in its round for its organisation, through whichever letter.
pub(super) fn newest_question(tx: &mut Tx, letter: &LetterRow) -> Attempt<Option<Question>> {
    let row: Option<QuestionRow> = questions::table
        .inner_join(signing_letters::table)
        .filter(signing_letters::round.eq(letter.round))
        .filter(signing_letters::organisation.eq(letter.organisation))
        .filter(signing_letters::person.eq(letter.person))
        .filter(questions::act.ne(Wish::Look))
        .order((questions::created_at.desc(), questions::id.desc()))
        .select(QuestionRow::as_select())
        .first(tx)
        .optional()?;
    Ok(row.map(Question::from))
}

pub(super) fn count_try(tx: &mut Tx, id: QuestionId, tries: i32) -> Attempt<()> {
    diesel::update(questions::table.find(id)).set(questions::tries.eq(tries)).execute(tx)?;
    Ok(())
}

pub(super) fn use_question(tx: &mut Tx, id: QuestionId, now: Moment) -> Attempt<bool> {
    let used = diesel::update(questions::table.filter(questions::id.eq(id)).filter(questions::used_at.is_null()))
        .set(questions::used_at.eq(now))
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

row!(AnswerRow of answers as Answer {
    id: AnswerId,
    organisation: OrganisationId,
    person: Option<PersonId>,
    kind: Kind,
    visibility: Option<Visibility>,
    name: String,
    name_en: String,
    language: String,
    country: String,
    person_name: String,
    person_title: String,
    reason: String,
    leaf: Option<i64>,
    at: Moment,
});

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
    let rows: Vec<AnswerRow> = ask
        .order((answers::at, answers::id))
        .limit((organisations::limits::ORGANISATIONS_MAX * 50) as i64)
        .select(AnswerRow::as_select())
        .load(tx)?;
    Ok(rows.into_iter().map(Answer::from).collect())
}
