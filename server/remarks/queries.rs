//! Threads and remarks in SQL.

use diesel::prelude::*;

use super::{
    limits,
    model::{Among, Author, Mention, Passage, Remark, Resolved, Thread, Whom},
};
use crate::{
    kernel::{Moment, OrganisationId, PersonId, RemarkId, StatementId, ThreadId},
    store::{
        Attempt, Tx,
        columns::row,
        schema::{mention_letters, mentions, remarks, threads},
    },
};

row!(ThreadRow of threads {
    id: ThreadId,
    root: String,
    first: String,
    last: String,
    quote: String,
    among: Among,
    resolved_at: Option<Moment>,
    resolved_by: Option<PersonId>,
    resolved_for: Option<OrganisationId>,
});

fn thread(row: ThreadRow) -> Thread {
    let ThreadRow { id, root, first, last, quote, among, resolved_at, resolved_by, resolved_for } = row;
    let by = Author { person: resolved_by, organisation: resolved_for };
    Thread { id, passage: Passage { root, first, last, quote }, among, resolved: resolved_at.map(|at| Resolved { at, by }) }
}

row!(RemarkRow of remarks {
    id: RemarkId,
    thread: ThreadId,
    person: Option<PersonId>,
    organisation: Option<OrganisationId>,
    at: Moment,
    body: String,
});

fn remark(row: RemarkRow) -> Remark {
    let RemarkRow { id, thread, person, organisation, at, body } = row;
    Remark { id, thread, by: Author { person, organisation }, at, body, mentions: Vec::new() }
}

row!(MentionRow of mentions { remark: RemarkId, whom: Whom, organisation: Option<OrganisationId>, person: Option<PersonId> });

fn mention(row: &MentionRow) -> Option<Mention> {
    match row.whom {
        Whom::Organisation => row.organisation.map(Mention::Organisation),
        Whom::Person => row.person.map(Mention::Person),
        Whom::Secretariat => Some(Mention::Secretariat),
    }
}

/// Every thread of a draft, oldest first.
pub(super) fn threads(tx: &mut Tx, of: StatementId) -> Attempt<Vec<Thread>> {
    let rows: Vec<ThreadRow> = threads::table
        .filter(threads::statement.eq(of))
        .order(threads::id)
        .limit(limits::THREADS_MAX as i64)
        .select(ThreadRow::as_select())
        .load(tx)?;
    Ok(rows.into_iter().map(thread).collect())
}

/// The open threads on just this passage.
pub(super) fn open_on(tx: &mut Tx, of: StatementId, passage: &Passage, among: Among) -> Attempt<Vec<Thread>> {
    let Passage { root, first, last, quote } = passage;
    let on_it = threads::root.eq(root).and(threads::first.eq(first)).and(threads::last.eq(last)).and(threads::quote.eq(quote));
    let rows: Vec<ThreadRow> = threads::table
        .filter(threads::statement.eq(of).and(threads::among.eq(among)).and(threads::resolved_at.is_null()))
        .filter(on_it)
        .order(threads::id)
        .select(ThreadRow::as_select())
        .load(tx)?;
    Ok(rows.into_iter().map(thread).collect())
}

pub(super) fn thread_by_id(tx: &mut Tx, of: StatementId, id: ThreadId) -> Attempt<Option<Thread>> {
    let row: Option<ThreadRow> =
        threads::table.find(id).filter(threads::statement.eq(of)).select(ThreadRow::as_select()).first(tx).optional()?;
    Ok(row.map(thread))
}

/// Everything that was said about a draft, in the order it came.
pub(super) fn remarks(tx: &mut Tx, of: StatementId) -> Attempt<Vec<Remark>> {
    let rows: Vec<RemarkRow> = remarks::table
        .inner_join(threads::table)
        .filter(threads::statement.eq(of))
        .order(remarks::id)
        .limit(limits::REMARKS_MAX as i64)
        .select(RemarkRow::as_select())
        .load(tx)?;
    let mut all: Vec<Remark> = rows.into_iter().map(remark).collect();
    let rows: Vec<MentionRow> = mentions::table
        .inner_join(remarks::table.inner_join(threads::table))
        .filter(threads::statement.eq(of))
        .order((mentions::remark, mentions::place))
        .select(MentionRow::as_select())
        .load(tx)?;
    for row in rows {
        // Remarks are in the order of their ids.
        if let Ok(at) = all.binary_search_by_key(&row.remark, |remark| remark.id) {
            all[at].mentions.extend(mention(&row));
        }
    }
    Ok(all)
}

/// What was said in one thread, in the order it came.
pub(super) fn said_in(tx: &mut Tx, thread: ThreadId) -> Attempt<Vec<Remark>> {
    let rows: Vec<RemarkRow> =
        remarks::table.filter(remarks::thread.eq(thread)).order(remarks::id).select(RemarkRow::as_select()).load(tx)?;
    Ok(rows.into_iter().map(remark).collect())
}

pub(super) fn count_threads(tx: &mut Tx, of: StatementId) -> Attempt<i64> {
    Ok(threads::table.filter(threads::statement.eq(of)).count().get_result(tx)?)
}

pub(super) fn count_remarks(tx: &mut Tx, of: StatementId) -> Attempt<i64> {
    Ok(remarks::table.inner_join(threads::table).filter(threads::statement.eq(of)).count().get_result(tx)?)
}

/// How many remarks of somebody came since then.
pub(super) fn count_since(tx: &mut Tx, of: StatementId, person: PersonId, since: Moment) -> Attempt<i64> {
    Ok(remarks::table
        .inner_join(threads::table)
        .filter(threads::statement.eq(of))
        .filter(remarks::person.eq(person))
        .filter(remarks::at.gt(since))
        .count()
        .get_result(tx)?)
}

pub(super) fn insert_thread(tx: &mut Tx, of: StatementId, row: &Thread) -> Attempt<()> {
    let Passage { root, first, last, quote } = &row.passage;
    diesel::insert_into(threads::table)
        .values((
            threads::id.eq(row.id),
            threads::statement.eq(of),
            threads::root.eq(root),
            threads::first.eq(first),
            threads::last.eq(last),
            threads::quote.eq(quote),
            threads::among.eq(row.among),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn insert_remark(tx: &mut Tx, row: &Remark) -> Attempt<()> {
    diesel::insert_into(remarks::table)
        .values((
            remarks::id.eq(row.id),
            remarks::thread.eq(row.thread),
            remarks::person.eq(row.by.person),
            remarks::organisation.eq(row.by.organisation),
            remarks::at.eq(row.at),
            remarks::body.eq(&row.body),
        ))
        .execute(tx)?;
    for (place, mention) in row.mentions.iter().enumerate() {
        let (whom, organisation, person) = match mention {
            Mention::Organisation(id) => (Whom::Organisation, Some(*id), None),
            Mention::Person(id) => (Whom::Person, None, Some(*id)),
            Mention::Secretariat => (Whom::Secretariat, None, None),
        };
        diesel::insert_into(mentions::table)
            .values((
                mentions::remark.eq(row.id),
                mentions::place.eq(place as i32),
                mentions::whom.eq(whom),
                mentions::organisation.eq(organisation),
                mentions::person.eq(person),
            ))
            .execute(tx)?;
    }
    Ok(())
}

/// When the last letter about remarks on a draft leaves, or left, for somebody.
pub(super) fn mention_letter(tx: &mut Tx, of: StatementId, person: PersonId) -> Attempt<Option<Moment>> {
    Ok(mention_letters::table.find((of, person)).select(mention_letters::due_at).first(tx).optional()?)
}

pub(super) fn set_mention_letter(tx: &mut Tx, of: StatementId, person: PersonId, due: Moment) -> Attempt<()> {
    if diesel::update(mention_letters::table.find((of, person))).set(mention_letters::due_at.eq(due)).execute(tx)? == 0 {
        diesel::insert_into(mention_letters::table)
            .values((mention_letters::statement.eq(of), mention_letters::person.eq(person), mention_letters::due_at.eq(due)))
            .execute(tx)?;
    }
    Ok(())
}

/// Resolves a thread, or opens it again.
pub(super) fn set_resolved(tx: &mut Tx, id: ThreadId, resolved: Option<&Resolved>) -> Attempt<()> {
    diesel::update(threads::table.find(id))
        .set((
            threads::resolved_at.eq(resolved.map(|resolved| resolved.at)),
            threads::resolved_by.eq(resolved.and_then(|resolved| resolved.by.person)),
            threads::resolved_for.eq(resolved.and_then(|resolved| resolved.by.organisation)),
        ))
        .execute(tx)?;
    Ok(())
}
