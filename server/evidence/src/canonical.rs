//! Bytes that two programs agree on: RFC 8785 (JCS). Whatever is hashed or signed is spelt by [`to_jcs`] and by nothing else.
//!
//! A value has exactly one canonical form or none. It has none if it holds a number that not every reader of JSON keeps
//! exactly (RFC 7493): such a value is refused here and never rounded. The reader that insists on the same rules for what
//! a stranger hands us is [`crate::strict`].

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::quoting::plain;

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
    /// It ends in the middle.
    CutOff,
    /// It ends, and something follows: the place, in bytes.
    GoesOn { at: usize },
    /// Not JSON, or not UTF-8, or with an unpaired surrogate. Carries the parser's words.
    Syntax(String),
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

impl fmt::Display for CanonicalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CanonicalError::TooLarge { bytes_max } => write!(f, "it is larger than {bytes_max} bytes"),
            CanonicalError::TooDeep { depth_max } => write!(f, "it is nested deeper than {depth_max} levels"),
            CanonicalError::TooMany { values_max } => write!(f, "it holds more than {values_max} values"),
            CanonicalError::DuplicateKey(key) => {
                write!(f, "the key “{}” stands twice in one object", plain(key))
            }
            CanonicalError::Number => f.write_str("it holds a number that not every reader understands alike"),
            CanonicalError::CutOff => f.write_str("it ends in the middle"),
            CanonicalError::GoesOn { at } => write!(f, "it goes on after its end, at byte {at}"),
            CanonicalError::Syntax(words) => write!(f, "it is not proper JSON ({})", plain(words)),
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
}
