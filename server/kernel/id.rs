//! Identity: a UUIDv7 in 16 bytes, shown as 26 lower-case Crockford characters.
//!
//! Ids of different things are different types, so a round's id cannot be passed for a statement's.

use std::{borrow::Cow, fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

macro_rules! ids {
    ($($marker:ident $alias:ident),* $(,)?) => {
        $(
            #[doc = concat!("Marks the ids of a ", stringify!($marker), ".")]
            #[derive(Debug)]
            pub enum $marker {}
            pub type $alias = Id<$marker>;
        )*
    };
}

ids! {
    Person PersonId, Session SessionId, Ticket TicketId, Organisation OrganisationId, Letter LetterId,
    Statement StatementId, Edition EditionId, Act ActId, Round RoundId, SigningLetter SigningLetterId,
    Question QuestionId, GivenAnswer AnswerId, Publication PublicationId, Version VersionId,
    Thread ThreadId, Remark RemarkId,
}

/// The identity of a `T`. Ordered by time of creation.
pub struct Id<T: ?Sized> {
    bytes: [u8; 16],
    of: PhantomData<fn() -> Box<T>>,
}

/// The text is not 26 Crockford characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl<T: ?Sized> Id<T> {
    /// A new id; later ones sort after earlier ones.
    pub fn new() -> Self {
        Self::from_bytes(*uuid::Uuid::now_v7().as_bytes())
    }

    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self { bytes, of: PhantomData }
    }

    pub fn from_slice(bytes: &[u8]) -> Result<Self, NotAnId> {
        bytes.try_into().map(Self::from_bytes).map_err(|_| NotAnId)
    }

    pub fn bytes(&self) -> &[u8; 16] {
        &self.bytes
    }

    pub fn number(&self) -> u128 {
        u128::from_be_bytes(self.bytes)
    }
}

/// Crockford base 32 of any bytes, most significant first, without padding.
pub fn crockford(bytes: &[u8]) -> String {
    let mut text = String::with_capacity((bytes.len() * 8).div_ceil(5));
    let (mut held, mut bits) = (0u32, 0);
    // The first character takes the bits left over, so that 16 bytes become 26 characters with a small first one.
    let spare = (bytes.len() * 8) % 5;
    let mut want = if spare == 0 { 5 } else { spare };
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= want {
            bits -= want;
            text.push(char::from(ALPHABET[((held >> bits) & ((1 << want) - 1)) as usize]));
            held &= (1 << bits) - 1;
            want = 5;
        }
    }
    text
}

impl<T: ?Sized> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crockford(&self.bytes))
    }
}

impl<T: ?Sized> FromStr for Id<T> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.len() != 26 {
            return Err(NotAnId);
        }
        let mut number: u128 = 0;
        for (at, letter) in text.bytes().enumerate() {
            let digit = ALPHABET.iter().position(|known| *known == letter).ok_or(NotAnId)? as u128;
            if at == 0 && digit > 7 {
                return Err(NotAnId);
            }
            number = (number << 5) | digit;
        }
        Ok(Self::from_bytes(number.to_be_bytes()))
    }
}

impl<T: ?Sized> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<T: ?Sized> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: ?Sized> Copy for Id<T> {}
impl<T: ?Sized> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}
impl<T: ?Sized> Eq for Id<T> {}
impl<T: ?Sized> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T: ?Sized> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bytes.cmp(&other.bytes)
    }
}
impl<T: ?Sized> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}
impl<T: ?Sized> Default for Id<T> {
    fn default() -> Self {
        Self::new()
    }
}
impl<T: ?Sized> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, T: ?Sized> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("an id has 26 characters"))
    }
}

/// In the API's description all ids are of one form.
impl<T: ?Sized> utoipa::PartialSchema for Id<T> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("26 characters of Crockford's base 32, lower case."))
            .pattern(Some(format!("^[0-7][{}]{{25}}$", String::from_utf8_lossy(ALPHABET))))
            .min_length(Some(26))
            .max_length(Some(26))
            .into()
    }
}
impl<T: ?Sized> utoipa::ToSchema for Id<T> {
    fn name() -> Cow<'static, str> {
        "Id".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_was_shown() {
        for _ in 0..200 {
            let id = Id::<()>::new();
            assert_eq!(id.to_string().len(), 26);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        let last = Id::<()>::from_bytes([0xff; 16]);
        assert_eq!(last.to_string(), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
        assert_eq!("8zzzzzzzzzzzzzzzzzzzzzzzzz".parse::<Id<()>>(), Err(NotAnId));
        assert_eq!("7ZZZZZZZZZZZZZZZZZZZZZZZZZ".parse::<Id<()>>(), Err(NotAnId));
    }
}
