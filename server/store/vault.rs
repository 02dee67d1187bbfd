//! Keys: separate files under the data folder, readable by this user alone, never in the database or its backups.
//!
//! Keys are made once, beside a database that has not been used yet. Beside one that has, a key that is missing was lost or
//! left behind, and the server does not start: a new key in its place would make the records the old one signed look
//! forged, and letters sealed with it stay shut.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use chacha20poly1305::{AeadCore, ChaCha20Poly1305, Key, KeyInit, Nonce, aead::Aead};
use ed25519_dalek::pkcs8::EncodePrivateKey;
use rand::rngs::OsRng;

use crate::kernel::secret::random;

/// The keys of this instance. Each does one thing, so that losing one is not losing all.
pub struct Vault {
    letters: ChaCha20Poly1305,
    log_seed: [u8; 32],
    jwt_seed: [u8; 32],
}

/// Sealed bytes that this vault's key does not open: a foreign backup, or somebody's edit.
#[derive(Debug)]
pub struct Unsealable;

impl std::fmt::Display for Unsealable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("sealed bytes do not open with keys/letters.key; was the data folder restored without its keys?")
    }
}
impl std::error::Error for Unsealable {}

impl Vault {
    /// Opens the keys in `folder`, all of which must be there.
    pub fn open(folder: &Path) -> std::io::Result<Self> {
        Self::of(folder, |path| Err(missing(path)))
    }

    /// Opens the keys in `folder`, making those that are missing: for a database that has not been used.
    pub fn make(folder: &Path) -> std::io::Result<Self> {
        fs::create_dir_all(folder)?;
        Self::of(folder, new_seed)
    }

    fn of(folder: &Path, otherwise: impl Fn(&Path) -> std::io::Result<[u8; 32]>) -> std::io::Result<Self> {
        let key = |name: &str| {
            let path = folder.join(name);
            match fs::read(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => otherwise(&path),
                bytes => seed(&path, bytes?),
            }
        };
        let vault = Self {
            letters: ChaCha20Poly1305::new(Key::from_slice(&key("letters.key")?)),
            log_seed: key("log.key")?,
            jwt_seed: key("jwt.key")?,
        };
        restrict(folder, 0o700)?;
        Ok(vault)
    }

    /// Encrypts what must not be readable in the database: the bodies of letters hold links that act.
    pub fn seal(&self, plain: &[u8]) -> Vec<u8> {
        let nonce = ChaCha20Poly1305::generate_nonce(&mut OsRng);
        let mut sealed = nonce.to_vec();
        // Encrypting in memory fails only beyond 256 GiB.
        sealed.extend(self.letters.encrypt(&nonce, plain).unwrap_or_default());
        sealed
    }

    pub fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        if sealed.len() < 12 {
            return Err(Unsealable);
        }
        let (nonce, body) = sealed.split_at(12);
        self.letters.decrypt(Nonce::from_slice(nonce), body).map_err(|_| Unsealable)
    }

    /// The Ed25519 seed that signs the checkpoints of every statement's log.
    pub fn log_seed(&self) -> [u8; 32] {
        self.log_seed
    }

    /// The Ed25519 key for tickets and grants, as PKCS #8 version 1 in PEM.
    // Version 1, without the public key: version 2 is accepted by jsonwebtoken and fails at first use.
    pub fn jwt_private_pem(&self) -> String {
        let pair = ed25519_dalek::pkcs8::KeypairBytes { secret_key: self.jwt_seed, public_key: None };
        pair.to_pkcs8_pem(Default::default()).map(|pem| pem.to_string()).unwrap_or_default()
    }

    pub fn jwt_public(&self) -> [u8; 32] {
        ed25519_dalek::SigningKey::from_bytes(&self.jwt_seed).verifying_key().to_bytes()
    }
}

fn seed(path: &Path, bytes: Vec<u8>) -> std::io::Result<[u8; 32]> {
    restrict(path, 0o600)?;
    bytes.try_into().map_err(|_| std::io::Error::other(format!("{} is not a key of 32 bytes", path.display())))
}

fn new_seed(path: &Path) -> std::io::Result<[u8; 32]> {
    let seed = random::<32>();
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&seed)?;
    file.sync_all()?;
    Ok(seed)
}

fn missing(path: &Path) -> std::io::Error {
    std::io::Error::other(format!(
        "{} is missing, and this database has been used with it; put the key back from where your keys are kept",
        path.display()
    ))
}

/// Takes a file or folder away from everybody but this user.
pub fn restrict(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_and_what_was_sealed_opens_again() {
        let folder = std::env::temp_dir().join(format!("vault-{}", crate::kernel::Secret::new().as_str()));
        let sealed = Vault::make(&folder).unwrap().seal(b"a link");
        let again = Vault::open(&folder).unwrap();
        assert_eq!(again.unseal(&sealed).unwrap(), b"a link");
        let mut bent = sealed.clone();
        *bent.last_mut().unwrap() ^= 1;
        assert!(again.unseal(&bent).is_err());
        assert!(again.unseal(&[]).is_err());
        assert!(again.jwt_private_pem().contains("PRIVATE KEY"));
        fs::remove_dir_all(folder).unwrap();
    }
}
