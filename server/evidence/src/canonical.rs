//! Bytes that two programs agree on: RFC 8785 (JCS), SHA-256 digests, and the strict reader in front of both.
//!
//! Whatever is hashed or signed here goes through [`to_jcs`], and whatever a stranger hands us comes in through
//! [`parse_strict`]: a document that two readers could understand differently is refused before anybody hashes it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

pub use crate::strict::{parse_strict, parse_strict_within};

/// A SHA-256 digest. Written as 64 lower-case hexadecimal digits wherever people or files meet it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// Why a document has no canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CanonicalError {
    /// Longer than the ceiling named, in bytes.
    TooLarge { bytes_max: usize },
    /// Nested deeper than the ceiling named.
    TooDeep { depth_max: usize },
    /// More values than the ceiling named.
    TooMany { values_max: usize },
    /// The same key twice in one object: two readers could take different ones.
    DuplicateKey(String),
    /// A number outside I-JSON (RFC 7493, section 2.2): not finite, or an integer beyond 2^53 - 1.
    Number,
    /// Not JSON, or not UTF-8, or with an unpaired surrogate. Carries the parser's words.
    Syntax(String),
    /// A digest that is not 64 lower-case hexadecimal digits.
    Digest,
}

/// The canonical form (RFC 8785) of a value.
///
/// # Errors
/// [`CanonicalError::Number`] for a number outside I-JSON, [`CanonicalError::Syntax`] for what JSON cannot say.
pub fn to_jcs<T: Serialize>(value: &T) -> Result<String, CanonicalError> {
    // By way of `Value`, because JCS writes numbers as doubles and would round a large integer without a word.
    let value = serde_json::to_value(value).map_err(|e| CanonicalError::Syntax(e.to_string()))?;
    numbers_are_plain(&value)?;
    serde_json_canonicalizer::to_string(&value).map_err(|e| CanonicalError::Syntax(e.to_string()))
}

impl Digest {
    /// SHA-256 of `bytes`.
    pub fn of(bytes: impl AsRef<[u8]>) -> Digest {
        Digest(Sha256::digest(bytes.as_ref()).into())
    }

    /// SHA-256 of the parts one after another, without joining them in memory first.
    pub fn of_parts(parts: &[&[u8]]) -> Digest {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Digest(hasher.finalize().into())
    }

    /// For reading aloud: sixteen groups of four digits.
    pub fn groups(&self) -> String {
        let digits = self.to_string();
        let groups: Vec<&str> = (0..16).filter_map(|i| digits.get(i * 4..i * 4 + 4)).collect();
        groups.join(" ")
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = CanonicalError;

    fn from_str(digits: &str) -> Result<Digest, CanonicalError> {
        hex_32(digits).map(Digest).ok_or(CanonicalError::Digest)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
        let digits = String::deserialize(deserializer)?;
        digits.parse().map_err(serde::de::Error::custom)
    }
}

/// `#[serde(with = "hex_bytes")]` for 32 bytes that are no digest, such as a salt.
pub(crate) mod hex_bytes {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        let digits = String::deserialize(deserializer)?;
        super::hex_32(&digits).ok_or_else(|| serde::de::Error::custom("expected 64 lower-case hexadecimal digits"))
    }
}

/// 32 bytes from 64 lower-case hexadecimal digits; `None` for anything else, upper case included.
pub(crate) fn hex_32(digits: &str) -> Option<[u8; 32]> {
    if digits.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut bytes = [0; 32];
    hex::decode_to_slice(digits, &mut bytes).ok()?;
    Some(bytes)
}

impl fmt::Display for CanonicalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CanonicalError::TooLarge { bytes_max } => write!(f, "it is larger than {bytes_max} bytes"),
            CanonicalError::TooDeep { depth_max } => write!(f, "it is nested deeper than {depth_max} levels"),
            CanonicalError::TooMany { values_max } => write!(f, "it holds more than {values_max} values"),
            CanonicalError::DuplicateKey(key) => {
                write!(f, "the key “{}” stands twice in one object", crate::verdict::plain(key))
            }
            CanonicalError::Number => f.write_str("it holds a number that not every reader understands alike"),
            CanonicalError::Syntax(words) => write!(f, "it is not proper JSON ({})", crate::verdict::plain(words)),
            CanonicalError::Digest => f.write_str("a digest is written as 64 lower-case hexadecimal digits"),
        }
    }
}

impl std::error::Error for CanonicalError {}

/// The largest integer every JSON reader keeps exactly, 2^53 - 1.
pub(crate) const INTEGER_MAX: u64 = (1 << 53) - 1;

pub(crate) fn is_plain_number(number: &serde_json::Number) -> bool {
    if let Some(n) = number.as_u64() {
        n <= INTEGER_MAX
    } else if let Some(n) = number.as_i64() {
        n.unsigned_abs() <= INTEGER_MAX
    } else {
        number.as_f64().is_some_and(|n| n.is_finite() && (n.fract() != 0.0 || n.abs() <= INTEGER_MAX as f64))
    }
}

fn numbers_are_plain(value: &Value) -> Result<(), CanonicalError> {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Number(number) if !is_plain_number(number) => return Err(CanonicalError::Number),
            Value::Array(items) => waiting.extend(items),
            Value::Object(members) => waiting.extend(members.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_by_utf16_and_nothing_is_escaped_that_need_not_be() {
        let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
        // The order of RFC 8785, section 3.2.3: the emoji's surrogate sorts before U+FB33.
        assert_eq!(to_jcs(&value).unwrap(), "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}");
    }

    #[test]
    fn an_integer_that_a_double_cannot_hold_has_no_canonical_form() {
        assert_eq!(to_jcs(&json!(INTEGER_MAX)).unwrap(), "9007199254740991");
        assert_eq!(to_jcs(&json!(INTEGER_MAX + 1)), Err(CanonicalError::Number));
        assert_eq!(to_jcs(&json!(-(INTEGER_MAX as i64) - 1)), Err(CanonicalError::Number));
    }

    #[test]
    fn a_digest_is_read_and_written_in_one_way_only() {
        let digest = Digest::of("abc");
        assert_eq!(digest.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest.groups().split(' ').count(), 16);
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert_eq!(Digest::of_parts(&[b"a", b"", b"bc"]), digest);
        for bad in ["", "ba78", &digest.to_string().to_uppercase(), &format!("{digest}00")] {
            assert_eq!(bad.parse::<Digest>(), Err(CanonicalError::Digest), "{bad}");
        }
    }
}
