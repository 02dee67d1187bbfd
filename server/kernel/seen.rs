//! What one confirms is what one saw.
//!
//! A page that asks for a binding act shows what will happen. What it shows has a fingerprint; the fingerprint travels with
//! the act, and the act is taken only if doing it now would do what was shown. Otherwise nothing happens
//! (`seen-changed`), the page looks again, says what changed, and asks again. So every binding act reads: load, permit,
//! **confirm**, decide, record; and what decides asks for a [`Confirmed`], which only [`Seen::confirms`] makes.
//!
//! A fingerprint holds all that the act depends on, and nothing that may change without changing the act.

use std::ops::Deref;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};

use super::refusal::{No, Refusal};

/// What a page shows before an act.
pub trait Shown: Serialize {
    /// Names the act, so that what was shown for one confirms no other.
    const ACT: &'static str;

    /// The fingerprint a page carries: 32 hexadecimal digits, half of SHA-256 over the act's name and what is shown.
    fn fingerprint(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(b"seen/v1\0");
        hasher.update(Self::ACT);
        hasher.update(b"\0");
        // Structs of text and numbers always become JSON, with their fields in the order written.
        hasher.update(serde_json::to_vec(self).unwrap_or_default());
        hex::encode(&hasher.finalize()[..16])
    }
}

/// The fingerprint that came back with an act.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(pub String);

/// What an act's page showed, and what is still so.
#[derive(Debug)]
pub struct Confirmed<S>(S);

impl utoipa::PartialSchema for Seen {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The fingerprint of what was shown, as its preview gave it."))
            .pattern(Some("^[0-9a-f]{32}$"))
            .into()
    }
}
impl utoipa::ToSchema for Seen {}

impl Seen {
    /// Holds what is so now against what was seen. Errors: it is not the same.
    pub fn confirms<S: Shown>(&self, now: S) -> Result<Confirmed<S>, Refusal> {
        if self.0 == now.fingerprint() { Ok(Confirmed(now)) } else { Err(No::SeenChanged.into()) }
    }
}

impl<S> Deref for Confirmed<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.0
    }
}

impl<S> Confirmed<S> {
    pub fn into_inner(self) -> S {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Serialize)]
    struct Freeze<'a> {
        words: &'a str,
    }
    impl Shown for Freeze<'_> {
        const ACT: &'static str = "freeze";
    }
    #[derive(Debug, Serialize)]
    struct Publish<'a> {
        words: &'a str,
    }
    impl Shown for Publish<'_> {
        const ACT: &'static str = "publish";
    }

    #[test]
    fn only_what_was_seen_confirms_and_only_the_act_it_was_seen_for() {
        let seen = Seen(Freeze { words: "899" }.fingerprint());
        assert_eq!(seen.0.len(), 32);
        assert!(seen.confirms(Freeze { words: "899" }).is_ok());
        assert_eq!(seen.confirms(Freeze { words: "906" }).unwrap_err().no, No::SeenChanged);
        assert_eq!(seen.confirms(Publish { words: "899" }).unwrap_err().no, No::SeenChanged);
        assert_eq!(Seen::default().confirms(Freeze { words: "899" }).unwrap_err().no, No::SeenChanged);
    }
}
