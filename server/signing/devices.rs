//! Devices in SQL: on which one somebody proved with a code to act for an organisation, and for how long it is known.
//!
//! A device is known by the hash of a secret in its cookie (`routes/device_cookie.rs`), for one round, organisation and person.

use diesel::prelude::*;

use super::queries::LetterRow;
use crate::{
    kernel::{Moment, SecretHash},
    store::{Attempt, Tx, schema::signing_devices},
};

/// Whether somebody proved on this device to act for the letter's organisation, and still may.
pub(super) fn knows(tx: &mut Tx, device: SecretHash, letter: &LetterRow, now: Moment) -> Attempt<bool> {
    let known: i64 = signing_devices::table
        .filter(signing_devices::secret_hash.eq(device))
        .filter(signing_devices::round.eq(letter.round))
        .filter(signing_devices::organisation.eq(letter.organisation))
        .filter(signing_devices::person.eq(letter.person))
        .filter(signing_devices::expires_at.gt(now))
        .count()
        .get_result(tx)?;
    Ok(known > 0)
}

/// Remembers a device. What it knew under its old secret goes with it to the new one, so that a secret planted beforehand
/// by somebody else opens nothing.
pub(super) fn remember(
    tx: &mut Tx,
    before: Option<SecretHash>,
    device: SecretHash,
    letter: &LetterRow,
    now: Moment,
    expires_at: Moment,
) -> Attempt<()> {
    diesel::delete(signing_devices::table.filter(signing_devices::expires_at.le(now))).execute(tx)?;
    if let Some(before) = before {
        let this = signing_devices::table
            .filter(signing_devices::secret_hash.eq(before))
            .filter(signing_devices::round.eq(letter.round))
            .filter(signing_devices::organisation.eq(letter.organisation));
        diesel::delete(this).execute(tx)?;
        diesel::update(signing_devices::table.filter(signing_devices::secret_hash.eq(before)))
            .set(signing_devices::secret_hash.eq(device))
            .execute(tx)?;
    }
    diesel::insert_into(signing_devices::table)
        .values((
            signing_devices::secret_hash.eq(device),
            signing_devices::round.eq(letter.round),
            signing_devices::organisation.eq(letter.organisation),
            signing_devices::person.eq(letter.person),
            signing_devices::expires_at.eq(expires_at),
        ))
        .execute(tx)?;
    Ok(())
}
