//! Receipts: the proof that goes to the organisation at once, and with which it can later show that its entry is missing.
//!
//! Two spellings of the same content: the text form of c2sp.org/tlog-proof@v1, which other tools read, too, and a JSON
//! file. Either is a receipt only if writing it again gives the same bytes. Both hold the opening, so a receipt is as
//! confidential as the sign-on it proves.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::canonical::{CanonicalError, to_jcs};
use crate::commitment::Salted;
use crate::digest::{Digest, hex_bytes};
use crate::limits;
use crate::strict::parse_strict;
use crate::tree;

/// The version of the JSON file.
pub const RECEIPT_FORMAT: &str = "undersigned-receipt/v0";

/// The first line of the text form.
pub const TLOG_PROOF: &str = "c2sp.org/tlog-proof@v1";

/// The proof of one leaf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Always [`RECEIPT_FORMAT`].
    pub format: String,
    pub vkey: String,
    /// The leaf's line.
    pub leaf: String,
    /// Its place in the log, counted from 0.
    pub index: u64,
    #[serde(with = "hex_bytes")]
    pub salt: [u8; 32],
    pub opening: Value,
    /// The inclusion proof, the leaf's sibling first.
    pub proof: Vec<Digest>,
    pub checkpoint: String,
}

/// The receipt for leaf `index` of the log whose leaf hashes these are, under a checkpoint over exactly them.
/// `None` if there is no such leaf.
pub fn receipt(vkey: &str, checkpoint: &str, leaf_hashes: &[Digest], index: u64, leaf: &str, salted: &Salted) -> Option<Receipt> {
    Some(Receipt {
        format: RECEIPT_FORMAT.into(),
        vkey: vkey.into(),
        leaf: leaf.into(),
        index,
        salt: salted.salt,
        opening: salted.opening.clone(),
        proof: tree::inclusion_proof(leaf_hashes, index)?,
        checkpoint: checkpoint.into(),
    })
}

impl Receipt {
    /// The JSON file: canonical, on one line, without a line end. Name it `.json`.
    pub fn to_json(&self) -> Result<String, CanonicalError> {
        to_jcs(self)
    }

    /// The text form. Its `extra` line holds, as the format permits, what is needed to rebuild the leaf's hash and to
    /// understand it: leaf, salt, opening and key. Name it `.tlog-proof`.
    pub fn to_tlog_proof(&self) -> Result<String, CanonicalError> {
        let extra = to_jcs(&json!({"leaf": self.leaf, "opening": self.opening, "salt": hex::encode(self.salt), "vkey": self.vkey}))?;
        let mut proof = format!("{TLOG_PROOF}\nextra {}\nindex {}\n", BASE64.encode(extra), self.index);
        for hash in &self.proof {
            proof.push_str(&BASE64.encode(hash.0));
            proof.push('\n');
        }
        Ok(format!("{proof}\n{}", self.checkpoint))
    }

    /// Reads [`Receipt::to_tlog_proof`]; `None` if these bytes are not exactly what it writes.
    pub fn from_tlog_proof(text: &str) -> Option<Receipt> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Extra {
            leaf: String,
            opening: Value,
            #[serde(with = "hex_bytes")]
            salt: [u8; 32],
            vkey: String,
        }
        let (head, checkpoint) = text.split_once("\n\n")?;
        let mut lines = head.split('\n');
        if lines.next() != Some(TLOG_PROOF) {
            return None;
        }
        let extra = BASE64.decode(lines.next()?.strip_prefix("extra ")?).ok()?;
        let extra: Extra = serde_json::from_value(parse_strict(&extra).ok()?).ok()?;
        let index = lines.next()?.strip_prefix("index ")?.parse().ok()?;
        let hashes = lines.take(limits::PROOF_HASHES_MAX + 1).map(|line| Some(Digest(BASE64.decode(line).ok()?.try_into().ok()?)));
        let receipt = Receipt {
            format: RECEIPT_FORMAT.into(),
            vkey: extra.vkey,
            leaf: extra.leaf,
            index,
            salt: extra.salt,
            opening: extra.opening,
            proof: hashes.collect::<Option<_>>()?,
            checkpoint: checkpoint.into(),
        };
        // One content, one spelling: a receipt that was edited on the way is not read at all.
        (receipt.to_tlog_proof().as_deref() == Ok(text)).then_some(receipt)
    }
}
