//! The public key of a log: how it is written, and how it is read from a file and from a person's hand.
//!
//! A key is written `name+id+key` (c2sp.org/signed-note): the log's origin, eight hexadecimal digits that bind name and key
//! together, and 33 bytes in base64. In a file it has exactly this spelling. A person copies it out of a letter or a page, so
//! from a person white space, invisible characters and quotes are taken off first: none of them can be part of a key, and
//! the id shows whether what remains is whole. What is no key is refused by the name of what it is.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::VerifyingKey;

use crate::digest::Digest;
use crate::limits;

/// What helps against a key that is none.
pub(crate) const COPY_THE_KEY: &str = "Copy the whole key once more from the coalition's page or letter.";

/// A public key with its name, written `name+1a2b3c4d+base64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vkey {
    /// The log's origin.
    pub name: String,
    pub key: [u8; 32],
}

/// Why something is not the key of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VkeyError {
    Empty,
    /// Not three parts with `+` between them.
    Form,
    /// A link or a form turned the `+` into something else.
    PlusSigns,
    /// The last part has too few letters.
    CutOff,
    /// Name, id and key do not belong together.
    Damaged,
    /// A key, but not an Ed25519 one.
    Algorithm,
    /// A digest of a text, which stands beside the key on many pages.
    Digest,
    /// A key that signs. Whoever shows it has given it away.
    Private,
}

impl Vkey {
    /// Reads a key as a person hands it on: out of a letter, a page, a chat.
    ///
    /// # Errors
    /// Says what was given instead of a key, or what befell it on the way.
    pub fn as_given(words: &str) -> Result<Vkey, VkeyError> {
        if words.len() > limits::KEY_GIVEN_BYTES_MAX {
            return Err(VkeyError::Form);
        }
        // A mail program may have broken the key over two lines.
        let one_line: String = words.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
        let bare = one_line.trim_matches(is_around_a_key);
        match (one_line.parse().or_else(|_| bare.parse()), bare) {
            (Ok(vkey), _) => Ok(vkey),
            (Err(_), "") => Err(VkeyError::Empty),
            (Err(_), bare) if bare.starts_with("PRIVATE+KEY+") || bare.contains("PRIVATEKEY-----") => Err(VkeyError::Private),
            (Err(_), bare) if bare.len() == 64 && bare.bytes().all(|b| b.is_ascii_hexdigit()) => Err(VkeyError::Digest),
            (Err(VkeyError::Form), bare) if lost_its_plus_signs(words, bare) => Err(VkeyError::PlusSigns),
            (Err(why), _) => Err(why),
        }
    }

    /// The first four bytes of SHA-256(name || newline || algorithm || key).
    pub(crate) fn id(&self) -> [u8; 4] {
        id(&self.name, &self.signed_note_key())
    }

    fn signed_note_key(&self) -> Vec<u8> {
        [&[ED25519][..], &self.key].concat()
    }
}

/// Whether this can be the origin of a log: something like `host/s/id`, without white space or `+`.
pub(crate) fn is_origin(origin: &str) -> bool {
    (1..=limits::ORIGIN_BYTES_MAX).contains(&origin.len()) && !origin.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

impl FromStr for Vkey {
    type Err = VkeyError;

    /// Reads exactly what [`Vkey`] writes.
    fn from_str(written: &str) -> Result<Vkey, VkeyError> {
        if written.len() > limits::ORIGIN_BYTES_MAX + 64 {
            return Err(VkeyError::Form);
        }
        // Standard base64 has `+` too, so the key is whatever follows the second one.
        let mut parts = written.splitn(3, '+');
        let (Some(name), Some(check), Some(base64)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(VkeyError::Form);
        };
        if !is_origin(name) {
            return Err(VkeyError::Form);
        }
        if base64.len() < BASE64_DIGITS {
            return Err(VkeyError::CutOff);
        }
        let key = BASE64.decode(base64).map_err(|_| VkeyError::Damaged)?;
        if hex::encode(id(name, &key)) != check {
            return Err(VkeyError::Damaged);
        }
        let key = match key.split_first() {
            Some((&ED25519, key)) => key.try_into().map_err(|_| VkeyError::Algorithm)?,
            _ => return Err(VkeyError::Algorithm),
        };
        VerifyingKey::from_bytes(&key).map_err(|_| VkeyError::Algorithm)?;
        let vkey = Vkey { name: name.into(), key };
        // Written back it must be the same, or one key would have two spellings.
        if vkey.to_string() == written { Ok(vkey) } else { Err(VkeyError::Damaged) }
    }
}

impl fmt::Display for Vkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}+{}", self.name, hex::encode(self.id()), BASE64.encode(self.signed_note_key()))
    }
}

/// Ed25519, the algorithm byte of signed notes.
const ED25519: u8 = 1;

/// Letters of algorithm byte and key in base64: 33 bytes, without padding.
const BASE64_DIGITS: usize = 44;

fn id(name: &str, signed_note_key: &[u8]) -> [u8; 4] {
    let Digest([a, b, c, d, ..]) = Digest::of_parts(&[name.as_bytes(), b"\n", signed_note_key]);
    [a, b, c, d]
}

/// What copying brings along and nobody sees: soft hyphens, joiners, marks of direction, byte-order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Quotes of many languages, and the marks that end a sentence with a key in it.
fn is_around_a_key(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '\u{2018}'
            ..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' | '<' | '>' | '(' | ')' | ',' | ';' | '.'
    )
}

/// A link writes `+` as `%2B`, a web page as `&#43;`, and a form reads it as a space.
fn lost_its_plus_signs(words: &str, bare: &str) -> bool {
    let written_otherwise = ["%2B", "%2b", "&#43;", "&plus;", "\u{ff0b}"].iter().any(|plus| bare.contains(plus));
    let parts: Vec<&str> = words.split_whitespace().collect();
    written_otherwise || matches!(parts[..], [_, check, _] if check.len() == 8 && check.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl fmt::Display for VkeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            VkeyError::Empty => "it is empty",
            VkeyError::Form => "it is not in the form name+id+key",
            VkeyError::PlusSigns => "the two plus signs of the form name+id+key were lost or written otherwise",
            VkeyError::CutOff => "it is cut off, its last part is too short",
            VkeyError::Damaged => "it is damaged, a character in it was changed, added or lost",
            VkeyError::Algorithm => "it is of another kind than the Ed25519 keys of this record",
            VkeyError::Digest => "it is the digest of a text",
            VkeyError::Private => "it is a private key, which nobody but its server may ever hold",
        })
    }
}

impl std::error::Error for VkeyError {}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sign.example.org/s/7k2m+237bb9c6+ARl/ayPhbIUyxqvIOPrNXqeJvgx2spIDNAOb+os9No1h";

    #[test]
    fn a_file_has_one_spelling_of_a_key() {
        assert_eq!(KEY.parse::<Vkey>().unwrap().to_string(), KEY);
        for place in 0..KEY.len() {
            let mut bytes = KEY.as_bytes().to_vec();
            bytes[place] ^= 1;
            assert!(String::from_utf8(bytes).unwrap().parse::<Vkey>().is_err(), "byte {place}");
            assert!(format!("{} {}", &KEY[..place], &KEY[place..]).parse::<Vkey>().is_err(), "space at {place}");
        }
    }

    #[test]
    fn a_key_is_taken_as_people_hand_it_on() {
        let (head, tail) = KEY.split_at(40);
        for given in [
            format!("  {KEY}\r\n"),
            format!("\"{KEY}\""),
            format!("“{KEY}”."),
            format!("« {KEY} »"),
            format!("<{KEY}>,"),
            format!("\u{feff}{KEY}\u{a0}"),
            format!("\u{2066}{KEY}\u{2069}"),
            format!("{head}\n    {tail}"),
            format!("{head}\u{ad}{tail}"),
        ] {
            assert_eq!(Vkey::as_given(&given).map(|vkey| vkey.to_string()).as_deref(), Ok(KEY), "{given:?}");
        }
        let behind_brackets = Vkey { name: "[::1]:8400/s/1".into(), ..KEY.parse().unwrap() };
        assert_eq!(Vkey::as_given(&behind_brackets.to_string()), Ok(behind_brackets));
    }

    #[test]
    fn what_is_no_key_is_refused_by_its_name() {
        let spaced = KEY.replacen('+', " ", 2);
        for (given, why) in [
            ("", VkeyError::Empty),
            (" \"\" ", VkeyError::Empty),
            ("not a key", VkeyError::Form),
            ("sign.example.org/s/7k2m", VkeyError::Form),
            (&"x".repeat(100_000), VkeyError::Form),
            (&KEY.replace('+', "%2B"), VkeyError::PlusSigns),
            (&spaced, VkeyError::PlusSigns),
            (&KEY[..60], VkeyError::CutOff),
            (&KEY.replace("7k2m", "7k2n"), VkeyError::Damaged),
            (&KEY.replace("237bb9c6", "237bb9c7"), VkeyError::Damaged),
            (&KEY.to_uppercase(), VkeyError::Damaged),
            (&format!("{KEY}xxxx"), VkeyError::Damaged),
            (&Digest::of("words").to_string(), VkeyError::Digest),
            (&Digest::of("words").groups(), VkeyError::Digest),
            ("PRIVATE+KEY+log+1a2b3c4d+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", VkeyError::Private),
            ("-----BEGIN PRIVATE KEY-----\nMC4CAQ", VkeyError::Private),
        ] {
            assert_eq!(Vkey::as_given(given), Err(why), "{given:?}");
        }
        let other = [&[2][..], &[7; 32]].concat();
        let written = format!("log+{}+{}", hex::encode(id("log", &other)), BASE64.encode(&other));
        assert_eq!(Vkey::as_given(&written), Err(VkeyError::Algorithm));
    }
}
