//! Secrets that travel in links and cookies: shown once, kept as hashes.

use rand::RngCore;
use sha2::{Digest, Sha256};

use super::id::crockford;

/// Characters of a secret: 256 bits in fives.
pub const CHARS: usize = 52;

/// 256 random bits, for a link or a cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What the database keeps of a secret: SHA-256 of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash(pub [u8; 32]);

impl Secret {
    pub fn new() -> Self {
        Self(crockford(&random::<32>()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> SecretHash {
        SecretHash::of(&self.0)
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}

impl SecretHash {
    /// Hashes what a client presented. Anything may be presented; only an issued secret is found again.
    pub fn of(presented: &str) -> Self {
        Self(Sha256::digest(presented.as_bytes()).into())
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A six-digit code, and its hash bound to the act it confirms, so that a code of one act opens no other.
pub fn six_digits() -> String {
    // 2^64 is so much larger than a million that the bias is beyond measuring.
    format!("{:06}", u64::from_be_bytes(random::<8>()) % 1_000_000)
}

pub fn code_hash(act: &[u8; 16], code: &str) -> SecretHash {
    let mut hasher = Sha256::new();
    hasher.update(b"code/v1\0");
    hasher.update(act);
    hasher.update(code.as_bytes());
    SecretHash(hasher.finalize().into())
}

pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rngs::OsRng.fill_bytes(&mut bytes);
    bytes
}
