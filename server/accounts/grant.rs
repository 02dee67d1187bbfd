//! Signed, short-lived bearer tokens (JWT, EdDSA). Each names a row that can be spent or revoked: the signature
//! only spares the database a question, it never is the right itself.

use crate::accounts::limits;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

use super::{model::Caller, queries};
use crate::{
    kernel::{Moment, No, SessionId, StatementId, TicketId},
    store::{Attempt, Failure, Tx, vault::Vault},
};

/// Signs and reads tokens of this instance.
pub struct Grants {
    key_id: String,
    signing: EncodingKey,
    reading: DecodingKey,
    issuer: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct TicketClaims {
    iss: String,
    aud: String,
    /// The ticket's row, spent at first use.
    jti: TicketId,
    /// The only draft it opens.
    sub: StatementId,
    exp: i64,
}

const TICKET_AUDIENCE: &str = "collab";

impl Grants {
    /// Fails when the key cannot sign: better at start than at the first socket.
    pub fn new(vault: &Vault, issuer: &str) -> Result<Self, jsonwebtoken::errors::Error> {
        let public = vault.jwt_public();
        let grants = Self {
            key_id: crate::kernel::id::crockford(&public[..5]),
            signing: EncodingKey::from_ed_pem(vault.jwt_private_pem().as_bytes())?,
            reading: DecodingKey::from_ed_der(&public),
            issuer: issuer.to_owned(),
        };
        encode(&grants.header(), &serde_json::json!({}), &grants.signing)?;
        Ok(grants)
    }

    fn header(&self) -> Header {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(self.key_id.clone());
        header
    }

    /// A ticket that opens the socket of one draft once, within seconds.
    pub fn issue_ticket(&self, tx: &mut Tx, caller: &Caller, now: Moment, draft: StatementId) -> Attempt<String> {
        let claims = TicketClaims {
            iss: self.issuer.clone(),
            aud: TICKET_AUDIENCE.to_owned(),
            jti: queries::insert_ticket(tx, caller.session, now)?,
            sub: draft,
            exp: now.millis() / 1000 + limits::TICKET_SECONDS,
        };
        encode(&self.header(), &claims, &self.signing).map_err(Failure::broken)
    }

    /// Spends a ticket for this draft; says whose session it stands for.
    pub fn spend_ticket(&self, tx: &mut Tx, now: Moment, token: &str, draft: StatementId) -> Attempt<SessionId> {
        let mut wanted = Validation::new(Algorithm::EdDSA);
        wanted.set_audience(&[TICKET_AUDIENCE]);
        wanted.set_issuer(&[&self.issuer]);
        // The clock is ours (tests move it), so the row's expiry decides, not the library's idea of now.
        wanted.validate_exp = false;
        let claims = decode::<TicketClaims>(token, &self.reading, &wanted).map_err(|_| No::SignedOut)?.claims;
        if claims.sub != draft || claims.exp < now.millis() / 1000 {
            return Err(No::SignedOut.into());
        }
        Ok(queries::use_ticket(tx, claims.jti, now)?.ok_or(No::SignedOut)?)
    }
}
