//! Publications in SQL.

use diesel::prelude::*;

use crate::{
    kernel::{EditionId, Moment, PersonId, PublicationId, RoundId, StatementId},
    store::{Attempt, Tx, columns::row, schema::publications},
};

/// A publication without its files.
#[derive(Debug, Clone)]
pub struct Publication {
    pub edition: EditionId,
    pub round: RoundId,
    pub published_at: Moment,
}

/// The newest publication of a statement.
pub fn newest(tx: &mut Tx, statement: StatementId) -> Attempt<Option<Publication>> {
    row!(Row of publications as Publication { edition: EditionId, round: RoundId, published_at: Moment });
    let row: Option<Row> = publications::table
        .filter(publications::statement.eq(statement))
        .order(publications::published_at.desc())
        .select(Row::as_select())
        .first(tx)
        .optional()?;
    Ok(row.map(Publication::from))
}

pub(super) struct Files<'a> {
    pub pdf: &'a [u8],
    pub bundle: &'a str,
}

pub(super) fn insert(tx: &mut Tx, statement: StatementId, row: &Publication, files: &Files<'_>, by: PersonId) -> Attempt<()> {
    diesel::insert_into(publications::table)
        .values((
            publications::id.eq(PublicationId::new()),
            publications::statement.eq(statement),
            publications::edition.eq(row.edition),
            publications::round.eq(row.round),
            publications::pdf.eq(files.pdf),
            publications::bundle.eq(files.bundle),
            publications::published_at.eq(row.published_at),
            publications::published_by.eq(by),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn pdf(tx: &mut Tx, edition: EditionId) -> Attempt<Option<Vec<u8>>> {
    Ok(publications::table.filter(publications::edition.eq(edition)).select(publications::pdf).first(tx).optional()?)
}

pub(super) fn bundle(tx: &mut Tx, edition: EditionId) -> Attempt<Option<String>> {
    Ok(publications::table.filter(publications::edition.eq(edition)).select(publications::bundle).first(tx).optional()?)
}
