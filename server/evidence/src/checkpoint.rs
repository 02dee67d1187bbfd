//! Checkpoints: the signed word of a log about its size and root, as a C2SP signed note with Ed25519.
//!
//! Formats: c2sp.org/signed-note and c2sp.org/tlog-checkpoint. A checkpoint holds if it is spelt exactly as [`LogKey::sign`]
//! spells it, names the log that its key names, and bears exactly one signature of that key, and a good one; signatures of
//! others are passed over. The key's name is the log's origin, so the same key has another identifier in every log, and a
//! checkpoint of one statement can never pass for that of another.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::canonical::INTEGER_MAX;
use crate::digest::Digest;
use crate::limits;
use crate::vkey::{Vkey, VkeyError, is_origin};

/// What a log says of itself: it has `size` leaves and this root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Digest,
}

/// The key that signs checkpoints. Its printed form says nothing about it.
#[derive(Clone)]
pub struct LogKey(SigningKey);

/// Why a note is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteError {
    /// Not a checkpoint in the form of a signed note.
    Malformed,
    /// The key it is held against is none.
    Key(VkeyError),
    /// It speaks of another log than the key.
    Origin,
    /// No signature line is of this key.
    NotSigned,
    /// The signature of this key is wrong.
    BadSignature,
}

impl LogKey {
    pub fn from_seed(seed: [u8; 32]) -> LogKey {
        LogKey(SigningKey::from_bytes(&seed))
    }

    /// The public key under the name `origin`, as it is published and pinned.
    pub fn vkey(&self, origin: &str) -> String {
        self.public(origin).to_string()
    }

    /// A signed checkpoint. `origin` is something like `host/s/id`, without white space or `+`, or no reader will accept
    /// the note.
    ///
    /// The caller answers for never signing two checkpoints of one log that contradict each other.
    pub fn sign(&self, origin: &str, size: u64, root: Digest) -> String {
        let text = body(origin, size, &root);
        let signature = self.0.sign(text.as_bytes());
        let signed = [&self.public(origin).id()[..], &signature.to_bytes()].concat();
        format!("{text}\n\u{2014} {origin} {}\n", BASE64.encode(signed))
    }

    fn public(&self, origin: &str) -> Vkey {
        Vkey { name: origin.into(), key: self.0.verifying_key().to_bytes() }
    }
}

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LogKey(..)")
    }
}

/// Reads a checkpoint and insists on a good signature of `vkey`. Signatures of keys nobody asked about (witnesses) are
/// passed over, as the format demands.
pub fn verify(note: &str, vkey: &str) -> Result<Checkpoint, NoteError> {
    let vkey: Vkey = vkey.parse().map_err(NoteError::Key)?;
    if note.len() > limits::NOTE_BYTES_MAX {
        return Err(NoteError::Malformed);
    }
    let (text, signatures) = note.split_once("\n\n").ok_or(NoteError::Malformed)?;
    let text = format!("{text}\n");
    let checkpoint = parse_body(&text)?;
    if checkpoint.origin != vkey.name {
        return Err(NoteError::Origin);
    }
    let signature = signature_of(&vkey, signatures)?;
    let key = VerifyingKey::from_bytes(&vkey.key).map_err(|_| NoteError::Key(VkeyError::Algorithm))?;
    key.verify_strict(text.as_bytes(), &signature).map_err(|_| NoteError::BadSignature)?;
    Ok(checkpoint)
}

fn body(origin: &str, size: u64, root: &Digest) -> String {
    format!("{origin}\n{size}\n{}\n", BASE64.encode(root.0))
}

/// Exactly three lines: the format allows extensions, our logs write none.
fn parse_body(text: &str) -> Result<Checkpoint, NoteError> {
    let mut lines = text.lines();
    let (Some(origin), Some(size), Some(root), None) = (lines.next(), lines.next(), lines.next(), lines.next()) else {
        return Err(NoteError::Malformed);
    };
    if !is_origin(origin) {
        return Err(NoteError::Malformed);
    }
    let size: u64 = size.parse().ok().filter(|size| *size <= INTEGER_MAX).ok_or(NoteError::Malformed)?;
    let root = BASE64.decode(root).ok().and_then(|root| root.try_into().ok()).map(Digest).ok_or(NoteError::Malformed)?;
    // Leading zeros, a sign or a carriage return would be read above and are not what was signed.
    if body(origin, size, &root) != text {
        return Err(NoteError::Malformed);
    }
    Ok(Checkpoint { origin: origin.into(), size, root })
}

/// The one signature of `vkey` among the lines `— name base64(id || signature)`.
fn signature_of(vkey: &Vkey, lines: &str) -> Result<Signature, NoteError> {
    let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed)?;
    let mut found = None;
    for (number, line) in lines.split('\n').enumerate() {
        let (name, signed) = line.strip_prefix("\u{2014} ").and_then(|line| line.split_once(' ')).ok_or(NoteError::Malformed)?;
        if !is_origin(name) {
            return Err(NoteError::Malformed);
        }
        let signed = BASE64.decode(signed).map_err(|_| NoteError::Malformed)?;
        let (id, signature) = signed.split_first_chunk::<4>().ok_or(NoteError::Malformed)?;
        if number >= limits::NOTE_SIGNATURES_MAX {
            return Err(NoteError::Malformed);
        }
        if name == vkey.name && *id == vkey.id() {
            let signature = Signature::from_slice(signature).map_err(|_| NoteError::BadSignature)?;
            if found.replace(signature).is_some() {
                return Err(NoteError::Malformed);
            }
        }
    }
    found.ok_or(NoteError::NotSigned)
}

impl fmt::Display for NoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoteError::Malformed => f.write_str("it is not a checkpoint in the form of a signed note"),
            NoteError::Key(error) => write!(f, "the key in the file cannot be used, {error}"),
            NoteError::Origin => f.write_str("it speaks of another log than the key"),
            NoteError::NotSigned => f.write_str("this key has not signed it"),
            NoteError::BadSignature => f.write_str("its signature is wrong"),
        }
    }
}

impl std::error::Error for NoteError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Key and signature from the package documentation of golang.org/x/mod/sumdb/note.
    #[test]
    fn the_signature_of_the_go_documentation() {
        let vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        let line = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        let vkey: Vkey = vkey.parse().unwrap();
        let signature = signature_of(&vkey, line).unwrap();
        assert!(VerifyingKey::from_bytes(&vkey.key).unwrap().verify_strict(text.as_bytes(), &signature).is_ok());
    }

    #[test]
    fn a_checkpoint_is_signed_and_verified() {
        let key = LogKey::from_seed([9; 32]);
        let vkey = key.vkey("example.org/s/1");
        let note = key.sign("example.org/s/1", 7, Digest::of("root"));
        let checkpoint = verify(&note, &vkey).unwrap();
        assert_eq!((checkpoint.origin.as_str(), checkpoint.size, checkpoint.root), ("example.org/s/1", 7, Digest::of("root")));
        assert_eq!(verify(&note, &key.vkey("example.org/s/2")), Err(NoteError::Origin));
        assert_eq!(verify(&note, &LogKey::from_seed([8; 32]).vkey("example.org/s/1")), Err(NoteError::NotSigned));
    }

    #[test]
    fn signatures_of_others_are_passed_over_and_a_second_one_of_ours_is_refused() {
        let (key, witness) = (LogKey::from_seed([9; 32]), LogKey::from_seed([1; 32]));
        let (note, vkey) = (key.sign("log", 7, Digest::of("root")), key.vkey("log"));
        let line = witness.sign("log", 7, Digest::of("root")).lines().last().unwrap().replace(" log ", " witness ");
        assert!(verify(&format!("{note}{line}\n"), &vkey).is_ok());
        let own = note.lines().last().unwrap();
        assert_eq!(verify(&format!("{note}{own}\n"), &vkey), Err(NoteError::Malformed));
        assert_eq!(verify(&format!("{note}{}", format!("{line}\n").repeat(20)), &vkey), Err(NoteError::Malformed));
    }

    #[test]
    fn every_changed_byte_of_a_note_is_found() {
        let key = LogKey::from_seed([9; 32]);
        let (note, vkey) = (key.sign("example.org/s/1", 1234, Digest::of("root")), key.vkey("example.org/s/1"));
        for place in 0..note.len() {
            for flip in [1, 2, 4, 8, 16, 32, 64] {
                let mut bytes = note.clone().into_bytes();
                bytes[place] ^= flip;
                assert!(String::from_utf8(bytes).ok().is_none_or(|note| verify(&note, &vkey).is_err()), "byte {place}");
            }
        }
    }

    #[test]
    fn sizes_are_written_plainly() {
        let key = LogKey::from_seed([9; 32]);
        let root = Digest::of("root");
        for text in ["log\n07\n", "log\n+7\n", "log\n-1\n", "log\n9007199254740993\n", "log\n7\r\n", "lo g\n7\n", "\n7\n"] {
            let text = format!("{text}{}\n", BASE64.encode(root.0));
            assert_eq!(parse_body(&text), Err(NoteError::Malformed), "{text}");
        }
        assert!(!format!("{key:?}").contains('9'));
    }
}
