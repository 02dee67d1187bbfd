//! From bytes to a bundle or a receipt, or to the one sentence that says why they are neither.
//!
//! Bytes are a bundle or a receipt if they are no larger than `limits` allows, begin as one, are read strictly, say a format
//! that this version knows, are spelt exactly as they were issued, and have that format's fields and no others. The first
//! of these that is not so is told, with what the file is instead and what to do; nothing is repaired on the way.

use serde_json::Value;

use super::damaged;
use super::not_evidence;
use super::saved_again;
use crate::bundle::{BUNDLE_FORMAT, Bundle};
use crate::canonical::to_jcs;
use crate::limits;
use crate::quoting::{plain, quote};
use crate::receipt::{RECEIPT_FORMAT, Receipt, TLOG_PROOF};
use crate::strict::parse_strict;
use crate::verdict::Finding;

pub(super) enum File {
    Bundle(Box<Bundle>),
    Receipt(Box<Receipt>),
}

pub(super) fn read(bytes: &[u8]) -> Result<File, Finding> {
    if let Some(something_else) = not_evidence::recognise(bytes) {
        return Err(something_else);
    }
    if bytes.len() > limits::FILE_BYTES_MAX {
        return Err(damaged::too_large());
    }
    let beginning = bytes.trim_ascii_start();
    if beginning.starts_with(TLOG_PROOF.as_bytes()) {
        let receipt = std::str::from_utf8(bytes).ok().and_then(Receipt::from_tlog_proof).filter(damaged::is_whole);
        return receipt.map(|receipt| File::Receipt(Box::new(receipt))).ok_or_else(|| damaged::receipt_form(bytes));
    }
    if beginning.starts_with(b"c2sp.org/") {
        let first = beginning.split(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
        return Err(unknown_format(&String::from_utf8_lossy(first)));
    }
    let value = parse_strict(bytes).map_err(|why| damaged::unreadable(bytes, &why))?;
    let format = match value.get("format").and_then(Value::as_str) {
        Some(format) if format == BUNDLE_FORMAT || format == RECEIPT_FORMAT => format.to_owned(),
        format => return Err(of_another_format(&value, format)),
    };
    match to_jcs(&value) {
        Ok(canonical) if canonical.as_bytes() == bytes => {}
        Ok(canonical) => return Err(saved_again::not_canonical(bytes, &canonical)),
        Err(why) => return Err(damaged::unreadable(bytes, &why)),
    }
    let shape = |error: serde_json::Error| {
        let error = plain(&error.to_string());
        Finding::new(
            "shape",
            format!("The file has not the shape of {format}: {error}. It was not issued like this: ask for the original."),
        )
    };
    if format == BUNDLE_FORMAT {
        Ok(File::Bundle(serde_json::from_value(value).map_err(shape)?))
    } else {
        Ok(File::Receipt(serde_json::from_value(value).map_err(shape)?))
    }
}

/// Proper JSON, but neither a bundle nor a receipt of this version.
fn of_another_format(value: &Value, format: Option<&str>) -> Finding {
    let field = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let (code, sentence) = if field("type").starts_with("urn:undersigned:") {
        ("refusal", format!("This is the server's answer that it did not hand the file out: {}", quote(field("detail"))))
    } else if field("v").starts_with("text/") {
        ("text-alone", "This is the text by itself, without the record of who signed it. Check the evidence bundle, evidence.json.".into())
    } else if field("v").starts_with("leaf/") {
        ("leaf-alone", "This is one entry of a record by itself. Check the evidence bundle (evidence.json) or the receipt (receipt.json), which prove where it stands.".into())
    } else if let Some(newer) = format.filter(|format| format.starts_with("undersigned-")) {
        return unknown_format(newer);
    } else {
        let says = format.map_or("has no field “format”".into(), |format| format!("says it is of the format {}", quote(format)));
        (
            "format",
            format!("This is neither a bundle nor a receipt: it {says}. Check evidence.json or receipt.json as they were downloaded."),
        )
    };
    Finding::new(code, sentence)
}

fn unknown_format(format: &str) -> Finding {
    Finding::new(
        "format",
        format!(
            "The file is of the format {}, which this program does not know. Check it with a program of its own version.",
            quote(format)
        ),
    )
}
