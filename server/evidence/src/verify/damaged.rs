//! What befell a file on its way to the reader: cut off, joined to another, broken into lines, written in another encoding.
//!
//! A file that is not the bytes that were issued fails, however small the difference. The sentence says what was done to it,
//! as far as the bytes tell, and what helps; where they tell nothing it only says that they are not in order.

use crate::canonical::CanonicalError;
use crate::checkpoint::{self, NoteError};
use crate::limits;
use crate::quoting::{plain, quote};
use crate::receipt::{Receipt, TLOG_PROOF};
use crate::strict::parse_strict;
use crate::verdict::Finding;

/// What helps against most of what programs do to files.
pub(super) const ONCE_MORE: &str = "Download it once more and check that file without opening it.";

/// Why a file of this size is none of ours.
pub(super) fn too_large() -> Finding {
    let most = limits::FILE_BYTES_MAX / (1024 * 1024);
    Finding::new(
        "too-large",
        format!(
            "The file is larger than {most} MB, which no bundle or receipt is. Another file was given: check evidence.json or receipt.json."
        ),
    )
}

/// Why bytes that should be a bundle or a receipt in JSON cannot be read.
pub(super) fn unreadable(bytes: &[u8], why: &CanonicalError) -> Finding {
    let begins_as_one = bytes.trim_ascii_start().starts_with(b"{");
    match why {
        CanonicalError::CutOff | CanonicalError::GoesOn { .. } | CanonicalError::Syntax(_) if !begins_as_one => without_a_beginning(bytes),
        CanonicalError::CutOff => {
            Finding::new("cut-off", format!("This file is cut off: it ends in the middle, after {} bytes. {ONCE_MORE}", bytes.len()))
        }
        CanonicalError::GoesOn { at } => goes_on(*at, bytes.get(*at..).unwrap_or_default()),
        CanonicalError::Syntax(words) => not_in_order(bytes, words),
        CanonicalError::DuplicateKey(_)
        | CanonicalError::Number
        | CanonicalError::TooLarge { .. }
        | CanonicalError::TooDeep { .. }
        | CanonicalError::TooMany { .. } => Finding::new(
            "unreadable",
            format!("The file cannot be read: {why}. No bundle or receipt is issued like this: ask for the original."),
        ),
    }
}

fn goes_on(at: usize, rest: &[u8]) -> Finding {
    if rest.iter().all(|byte| *byte == 0) {
        return Finding::new(
            "zeros",
            format!("From byte {at} on this file holds nothing but zeros: the download or the disk failed. {ONCE_MORE}"),
        );
    }
    if rest.trim_ascii_start().starts_with(b"{") || contains(rest, TLOG_PROOF) {
        return Finding::new("two-files", "This file holds two, one after the other. Check each of them as it was downloaded, by itself.");
    }
    Finding::new("goes-on", format!("This file goes on after its end, at byte {at}: something was added to it. {ONCE_MORE}"))
}

fn without_a_beginning(bytes: &[u8]) -> Finding {
    if bytes.trim_ascii_end().ends_with(b"}") && contains(bytes, "undersigned-") {
        return Finding::new("cut-off", format!("The beginning of this file is missing. {ONCE_MORE}"));
    }
    let beginning: String = String::from_utf8_lossy(bytes.get(..64).unwrap_or(bytes)).chars().take(24).collect();
    Finding::new(
        "unreadable",
        format!(
            "This is neither a bundle nor a receipt: it begins with {}. Check evidence.json or receipt.json as they were downloaded.",
            quote(&beginning)
        ),
    )
}

fn not_in_order(bytes: &[u8], words: &str) -> Finding {
    if let Err(error) = std::str::from_utf8(bytes) {
        return not_utf_8(error.valid_up_to());
    }
    if contains(bytes, QUOTED_PRINTABLE_DASH) {
        return quoted_printable();
    }
    let one_line: Vec<u8> = bytes.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    if parse_strict(&one_line).is_ok() {
        return Finding::new(
            "broken-lines",
            format!("The one line of this file was broken into several, as mail programs and editors do. {ONCE_MORE}"),
        );
    }
    Finding::new(
        "unreadable",
        format!("The file cannot be read: it is not proper JSON ({}). It was damaged or changed on its way. {ONCE_MORE}", plain(words)),
    )
}

/// The dash in every checkpoint, as mail carries it.
const QUOTED_PRINTABLE_DASH: &str = "=E2=80=94";

fn quoted_printable() -> Finding {
    Finding::new(
        "mail-wrapping",
        "This file is in quoted-printable, a wrapping in which mail carries attachments. Let the mail program save the attachment, and check that file without opening it.",
    )
}

fn not_utf_8(at: usize) -> Finding {
    Finding::new(
        "encoding",
        format!(
            "From byte {at} on this file is not written in UTF-8: a program saved it again in another encoding, or it was damaged. {ONCE_MORE}"
        ),
    )
}

/// Whether the checkpoint at its end is there and is one. Without this, a receipt that was cut off in its signature, or that
/// goes on after it, would be read and only fail later, for a reason that helps nobody.
pub(super) fn is_whole(receipt: &Receipt) -> bool {
    checkpoint::verify(&receipt.checkpoint, &receipt.vkey) != Err(NoteError::Malformed)
}

/// Why bytes that begin as a receipt in text form are none.
pub(super) fn receipt_form(bytes: &[u8]) -> Finding {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_some() => return not_utf_8(error.valid_up_to()),
        // A letter that is cut in two.
        Err(_) => return cut_receipt(bytes.len()),
    };
    if text.contains(QUOTED_PRINTABLE_DASH) {
        return quoted_printable();
    }
    let says = |what: &str| Finding::new("receipt-form", format!("{what} {ONCE_MORE}"));
    if text.matches(TLOG_PROOF).count() > 1 {
        return Finding::new(
            "two-files",
            "This file holds two receipts, one after the other. Check each of them as it was downloaded, by itself.",
        );
    }
    let tidy = format!("{}\n", text.replace('\r', "").trim());
    if tidy != text && Receipt::from_tlog_proof(&tidy).is_some_and(|receipt| is_whole(&receipt)) {
        return match text.contains('\r') {
            true => says("This receipt has the line ends of another system: a program saved it again."),
            false => {
                says("White space before or after this receipt was added or lost: a program saved it again, or it was copied by hand.")
            }
        };
    }
    let lines: Vec<&str> = text.lines().collect();
    if text.contains("\u{2014} ") && lines.get(2).is_none_or(|line| !line.starts_with("index ")) {
        return says("The lines of this receipt were broken or joined, as mail programs and editors do.");
    }
    let signature = text.rsplit_once("\n\u{2014} ").and_then(|(_, signature)| signature.split_once('\n'));
    match signature {
        None if lost_letters(text).is_none() => return cut_receipt(bytes.len()),
        Some((_, rest)) if !rest.trim().is_empty() => {
            return says("This receipt goes on after its end: something was added to it.");
        }
        None | Some(_) => {}
    }
    says("This receipt was changed: it is not as a receipt is written.")
}

fn cut_receipt(after: usize) -> Finding {
    Finding::new("cut-off", format!("This receipt is cut off: it ends in the middle, after {after} bytes. {ONCE_MORE}"))
}

/// Every checkpoint has a dash, which is no ASCII, before its signature. This is how it looks when each of its bytes was
/// taken for a letter of Windows-1252 or of Latin-1, …
const MISREAD_DASHES: [&str; 2] = ["\u{e2}\u{20ac}\u{201d}", "\u{e2}\u{80}\u{94}"];

/// … and what programs put in its place at the beginning of a line, in text and in JSON.
const PLAINER_DASHES: [&str; 8] = ["\n? ", "\n- ", "\n-- ", "\n\u{2013} ", "\\n? ", "\\n- ", "\\n-- ", "\\n\u{2013} "];

/// Letters that a program could not read or write, in a file whose checks failed: what explains the other faults.
pub(super) fn lost_letters(text: &str) -> Option<Finding> {
    let what = if MISREAD_DASHES.iter().any(|dash| text.contains(dash)) {
        "Letters of this file were turned into others, as “é” into “Ã©”: a program read it in a wrong encoding and saved it again."
            .to_owned()
    } else if !text.contains('\u{2014}') && PLAINER_DASHES.iter().any(|dash| text.contains(dash)) {
        "Letters of this file were turned into question marks or plainer ones: a program could not write them when it saved the file again."
            .to_owned()
    } else {
        match text.matches('\u{fffd}').count() {
            0 => return None,
            places => format!(
                "This file holds “\u{fffd}” {places} times. Where a letter should be, a program could not read it and saved the file again."
            ),
        }
    };
    Some(Finding::new("letters", format!("{what} {ONCE_MORE}")))
}

fn contains(bytes: &[u8], what: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(what)
}
