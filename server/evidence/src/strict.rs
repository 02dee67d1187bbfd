//! The strict reader: JSON that means the same to everybody, or nothing.
//!
//! Refused are a key twice in one object (also when spelt with escapes), integers beyond 2^53 - 1, unpaired surrogates, bytes
//! that are not UTF-8, anything after the end, and whatever is larger, deeper or richer in values than `limits` allows
//! (RFC 7493, I-JSON). `serde_json::Value` keeps the last of two equal keys without a word and turns large integers into
//! doubles; both would let one file say two things, so this reader builds the value itself.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::canonical::{CanonicalError, is_plain_number};
use crate::limits;

/// Reads one JSON document of at most [`limits::FILE_BYTES_MAX`] bytes.
///
/// # Errors
/// Refuses duplicate keys, numbers outside I-JSON, unpaired surrogates, bytes after the end, and whatever is larger,
/// deeper or richer in values than `limits` allows.
pub fn parse_strict(bytes: &[u8]) -> Result<Value, CanonicalError> {
    parse_strict_within(bytes, limits::FILE_BYTES_MAX)
}

/// As [`parse_strict`], with a smaller ceiling on the size.
pub fn parse_strict_within(bytes: &[u8], bytes_max: usize) -> Result<Value, CanonicalError> {
    if bytes.len() > bytes_max {
        return Err(CanonicalError::TooLarge { bytes_max });
    }
    let reading = Reading { values_left: limits::JSON_VALUES_MAX.into(), refusal: RefCell::new(None) };
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let read = Seed { reading: &reading, depth: 0 }.deserialize(&mut deserializer);
    let value = read.map_err(|error| match reading.refusal.take() {
        Some(refusal) => refusal,
        // The only number serde_json itself refuses is one that no double can hold, such as 1e400.
        None if error.to_string().starts_with("number out of range") => CanonicalError::Number,
        None if error.is_eof() => CanonicalError::CutOff,
        None => CanonicalError::Syntax(error.to_string()),
    })?;
    match deserializer.end() {
        Ok(()) => Ok(value),
        Err(_) => Err(CanonicalError::GoesOn { at: end_of_first(bytes) }),
    }
}

/// Where the first document ends in bytes that begin with a whole one.
fn end_of_first(bytes: &[u8]) -> usize {
    let mut documents = serde_json::Deserializer::from_slice(bytes).into_iter::<serde::de::IgnoredAny>();
    documents.next();
    documents.byte_offset()
}

/// What one reading has left to spend, and why it stopped.
struct Reading {
    values_left: std::cell::Cell<usize>,
    refusal: RefCell<Option<CanonicalError>>,
}

impl Reading {
    fn refuse<E: serde::de::Error>(&self, why: CanonicalError) -> E {
        let error = E::custom(&why);
        self.refusal.replace(Some(why));
        error
    }
}

#[derive(Clone, Copy)]
struct Seed<'r> {
    reading: &'r Reading,
    depth: usize,
}

impl<'r> Seed<'r> {
    fn inside<E: serde::de::Error>(self) -> Result<Seed<'r>, E> {
        if self.depth >= limits::JSON_DEPTH_MAX {
            return Err(self.reading.refuse(CanonicalError::TooDeep { depth_max: limits::JSON_DEPTH_MAX }));
        }
        Ok(Seed { depth: self.depth + 1, ..self })
    }

    fn number<E: serde::de::Error>(self, number: Number) -> Result<Value, E> {
        if is_plain_number(&number) { Ok(Value::Number(number)) } else { Err(self.reading.refuse(CanonicalError::Number)) }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let Some(left) = self.reading.values_left.get().checked_sub(1) else {
            return Err(self.reading.refuse(CanonicalError::TooMany { values_max: limits::JSON_VALUES_MAX }));
        };
        self.reading.values_left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        self.number(number.into())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Value, E> {
        self.number(number.into())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        match Number::from_f64(number) {
            Some(number) => self.number(number),
            None => Err(self.reading.refuse(CanonicalError::Number)),
        }
    }

    fn visit_str<E>(self, words: &str) -> Result<Value, E> {
        Ok(Value::String(words.to_owned()))
    }

    fn visit_string<E>(self, words: String) -> Result<Value, E> {
        Ok(Value::String(words))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(inside)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut members = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            if members.contains_key(&key) {
                return Err(self.reading.refuse(CanonicalError::DuplicateKey(key)));
            }
            let value = object.next_value_seed(inside)?;
            members.insert(key, value);
        }
        // With serde_json's feature `arbitrary_precision`, numbers would arrive as objects and pass unchecked. Nobody
        // here switches it on; should a dependency do so one day, every file is refused instead of half of them read.
        if members.contains_key("$serde_json::private::Number") {
            return Err(A::Error::custom("numbers arrive as objects"));
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(json: &str, why: CanonicalError) {
        assert_eq!(parse_strict(json.as_bytes()), Err(why), "{json}");
    }

    #[test]
    fn an_ordinary_document_is_read_as_serde_json_reads_it() {
        let json = r#"{"a":[1,-2,0.5,true,null,"\ud83d\ude00 é"],"b":{"c":{}}}"#;
        assert_eq!(parse_strict(json.as_bytes()).unwrap(), serde_json::from_str::<Value>(json).unwrap());
    }

    #[test]
    fn the_same_key_twice_is_refused_even_when_spelt_differently() {
        refuses(r#"{"a":1,"a":1}"#, CanonicalError::DuplicateKey("a".into()));
        refuses(r#"[{"x":{"a":1,"\u0061":2}}]"#, CanonicalError::DuplicateKey("a".into()));
    }

    #[test]
    fn numbers_that_readers_understand_differently_are_refused() {
        for number in ["9007199254740992", "-9007199254740992", "18446744073709551616", "1e400", "-1e400", "1e300"] {
            refuses(number, CanonicalError::Number);
        }
        assert!(parse_strict(b"9007199254740991").is_ok());
    }

    #[test]
    fn unpaired_surrogates_bad_utf8_and_what_is_no_json_are_refused() {
        for bad in [&br#""\ud800""#[..], br#""\udc00x""#, b"\"\xff\"", b"\"\xed\xa0\x80\"", b"{\"a\":1,}", b"\xef\xbb\xbf{}", b"NaN"] {
            assert!(matches!(parse_strict(bad), Err(CanonicalError::Syntax(_))), "{bad:?}");
        }
    }

    #[test]
    fn a_document_that_ends_too_early_or_not_at_all_is_told_from_one_that_is_no_json() {
        for cut in ["", " ", "{", "{\"a\":", "[1,", "\"a", "tru", "{\"a\":1"] {
            refuses(cut, CanonicalError::CutOff);
        }
        refuses("{} {}", CanonicalError::GoesOn { at: 2 });
        refuses("{\"a\":1}}", CanonicalError::GoesOn { at: 7 });
        refuses("{}\0", CanonicalError::GoesOn { at: 2 });
    }

    #[test]
    fn depth_size_and_number_of_values_have_ceilings() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(parse_strict(nested(limits::JSON_DEPTH_MAX).as_bytes()).is_ok());
        refuses(&nested(limits::JSON_DEPTH_MAX + 1), CanonicalError::TooDeep { depth_max: limits::JSON_DEPTH_MAX });
        refuses(&"[".repeat(1_000_000), CanonicalError::TooDeep { depth_max: limits::JSON_DEPTH_MAX });
        refuses(&"{\"a\":".repeat(1_000_000), CanonicalError::TooDeep { depth_max: limits::JSON_DEPTH_MAX });
        let many = format!("[{}0]", "0,".repeat(limits::JSON_VALUES_MAX));
        refuses(&many, CanonicalError::TooMany { values_max: limits::JSON_VALUES_MAX });
        assert_eq!(parse_strict_within(b"[0]", 2), Err(CanonicalError::TooLarge { bytes_max: 2 }));
    }
}
