//! From bytes to a bundle or a receipt.

use serde_json::Value;

use crate::bundle::{BUNDLE_FORMAT, Bundle};
use crate::canonical::to_jcs;
use crate::limits;
use crate::receipt::{RECEIPT_FORMAT, Receipt, TLOG_PROOF};
use crate::strict::parse_strict;
use crate::verdict::Finding;
use crate::wording::{plain, quote};

pub(super) enum File {
    Bundle(Box<Bundle>),
    Receipt(Box<Receipt>),
}

pub(super) fn read(bytes: &[u8]) -> Result<File, Finding> {
    if bytes.len() > limits::FILE_BYTES_MAX {
        let most = limits::FILE_BYTES_MAX / (1024 * 1024);
        return Err(Finding::new("too-large", format!("The file is larger than {most} MB, which no bundle or receipt is.")));
    }
    if bytes.starts_with(TLOG_PROOF.as_bytes()) {
        let receipt = std::str::from_utf8(bytes).ok().and_then(Receipt::from_tlog_proof);
        let receipt = receipt.ok_or_else(|| Finding::new("receipt-form", "The receipt was changed: it is not as a receipt is written."))?;
        return Ok(File::Receipt(Box::new(receipt)));
    }
    let value = parse_strict(bytes).map_err(|e| Finding::new("unreadable", format!("The file cannot be read: {e}.")))?;
    let format = value.get("format").and_then(Value::as_str).unwrap_or_default().to_owned();
    if format != BUNDLE_FORMAT && format != RECEIPT_FORMAT {
        return Err(Finding::new(
            "format",
            format!("The file says it is of the format {}, which this program does not know.", quote(&format)),
        ));
    }
    if to_jcs(&value).map(String::into_bytes).as_deref() != Ok(bytes) {
        return Err(Finding::new(
            "not-canonical",
            "The file is not spelt as it was issued; a program may have saved it again. Ask for the original file.",
        ));
    }
    let shape = |e: serde_json::Error| Finding::new("shape", format!("The file has not the shape of {format}: {}.", plain(&e.to_string())));
    if format == BUNDLE_FORMAT {
        Ok(File::Bundle(serde_json::from_value(value).map_err(shape)?))
    } else {
        Ok(File::Receipt(serde_json::from_value(value).map_err(shape)?))
    }
}
