//! What was handed over instead of a bundle or a receipt, told by its first bytes: named, with what to do instead.
//!
//! Only what is certain is named: a file that begins as a bundle or a receipt does is never taken for anything else, and
//! what nobody here knows is left to the reader. Whatever is named here fails; nothing is unpacked, decoded or converted on
//! the reader's behalf, because what is checked must be the bytes that were issued.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::damaged::ONCE_MORE;
use crate::limits;
use crate::receipt::TLOG_PROOF;
use crate::verdict::Finding;
use crate::vkey::Vkey;

/// Looks at the beginning of a file.
pub(super) fn recognise(bytes: &[u8]) -> Option<Finding> {
    let head = bytes.get(..limits::HEAD_BYTES_MAX).unwrap_or(bytes);
    let beginning = head.trim_ascii_start();
    if beginning.is_empty() {
        return Some(Finding::new(
            "empty",
            format!("This file is empty: its download did not end, or nothing was handed over. {ONCE_MORE}"),
        ));
    }
    if beginning.starts_with(b"{\"") || head.starts_with(TLOG_PROOF.as_bytes()) {
        return None;
    }
    saved_in_another_encoding(head).or_else(|| by_signature(head)).or_else(|| words(&String::from_utf8_lossy(beginning), bytes))
}

fn saved_in_another_encoding(head: &[u8]) -> Option<Finding> {
    let utf_16 = |finer: &str| {
        Some(Finding::new("utf-16", format!("This file is written in {finer}: a program saved it again in its own way. {ONCE_MORE}")))
    };
    match head {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => utf_16("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'{', 0, ..] | [0, b'{', ..] | [b'c', 0, b'2', 0, ..] | [0, b'c', 0, b'2', ..] => {
            utf_16("UTF-16")
        }
        [0xef, 0xbb, 0xbf, ..] => {
            Some(Finding::new("byte-order-mark", format!("This file begins with a byte-order mark: a program saved it again. {ONCE_MORE}")))
        }
        [0, ..] if head.iter().all(|byte| *byte == 0) => {
            Some(Finding::new("zeros", format!("This file begins with nothing but zeros: the download or the disk failed. {ONCE_MORE}")))
        }
        _ => None,
    }
}

/// What binary files begin with, and what to call them.
const PACKED: &[(&[u8], &str)] = &[
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
];
const PICTURES: &[(&[u8], &str)] =
    &[(b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"BM", "BMP")];
/// `{\rtf` begins as JSON does.
const DOCUMENTS: &[(&[u8], &str)] = &[(b"{\\rtf", "RTF"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word, Excel or an Outlook message")];

fn by_signature(head: &[u8]) -> Option<Finding> {
    let among = |table: &[(&[u8], &'static str)]| table.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| *name);
    let has = |what: &[u8]| head.windows(what.len()).any(|window| window == what);
    if head.trim_ascii_start().starts_with(b"%PDF-") {
        return Some(Finding::new(
            "pdf",
            "This is a PDF, which is for reading. Download the evidence bundle (evidence.json) or the receipt (receipt.json) and check that file.",
        ));
    }
    if let Some(name) = picture_in_a_container(head).or_else(|| among(PICTURES)) {
        return Some(Finding::new(
            "picture",
            format!("This is a picture ({name}), and a picture proves nothing. Ask for the file itself, evidence.json or receipt.json."),
        ));
    }
    // Office files are zip archives with one of these names at their beginning.
    let office = head.starts_with(b"PK") && (has(b"[Content_Types].xml") || has(b"mimetypeapplication/vnd"));
    if let Some(name) = if office { Some("Word, Excel or LibreOffice") } else { among(DOCUMENTS) } {
        return Some(Finding::new(
            "document",
            format!(
                "This is a document of another program ({name}): evidence that was copied into it cannot be checked. Save the attachment or the download itself, and check that file."
            ),
        ));
    }
    // A tape archive says so only after the name of its first file.
    let name = among(PACKED).or_else(|| head.get(257..262).filter(|mark| *mark == b"ustar").map(|_| "tar"))?;
    Some(Finding::new("packed", format!("This file is packed ({name}). Unpack it, and check the file inside without opening it.")))
}

fn picture_in_a_container(head: &[u8]) -> Option<&'static str> {
    match (head.get(..4)?, head.get(4..8)?, head.get(8..12)?) {
        (b"RIFF", _, b"WEBP") => Some("WebP"),
        (_, b"ftyp", b"heic" | b"heix" | b"mif1") => Some("HEIC"),
        (_, b"ftyp", b"avif") => Some("AVIF"),
        _ => None,
    }
}

/// Files of words, from their first letter that is no white space.
fn words(beginning: &str, bytes: &[u8]) -> Option<Finding> {
    let lower = beginning.to_ascii_lowercase();
    let begins = |with: &[&str]| with.iter().any(|start| lower.starts_with(start));
    let (code, sentence) = if begins(&["<!doctype html", "<html", "<head", "<body", "<!--", "<?xml", "<svg", "<pre", "<script"]) {
        (
            "web-page",
            "This is a web page: it was saved in place of the file, or the server showed a page instead of handing the file out. Open the address in a browser, download the file, and check that.",
        )
    } else if begins(&["http/1", "http/2"]) {
        (
            "headers",
            "This file begins with the headers of a server's answer. Download it again without them (curl without -i), and check that file.",
        )
    } else if is_a_letter(&lower) {
        ("e-mail", "This is a whole e-mail message. Save its attachment by itself (receipt.json), and check that file without opening it.")
    } else if begins(&["-----begin", "age-encryption.org/"]) {
        (
            "wrapped",
            "This file is encrypted, signed or wrapped by another program. Let that program take out what is inside, and check that file without opening it.",
        )
    } else if begins(&["{&quot;", "{&#34;", "%7b%22", "{\\\"", "\"{\\\""]) {
        (
            "copied",
            "This was copied out of a web page, a link or another program, which wrote its quotes otherwise. Download the file itself, and check that without opening it.",
        )
    } else if begins(&["{“", "{„", "{«", "{‘", "{”"]) {
        (
            "copied",
            "The quotes in this file were made typographic: a word processor or a mail program saved it again. Download it once more and check that file without opening it.",
        )
    } else if is_base64(beginning) {
        (
            "mail-wrapping",
            "This file is in base64, a wrapping in which mail carries attachments. Let the mail program save the attachment, and check that file without opening it.",
        )
    } else if bytes.len() <= limits::KEY_GIVEN_BYTES_MAX && Vkey::as_given(beginning).is_ok() {
        ("key-alone", "This is a key, and no file of evidence. Give the bundle or the receipt first, and the key after --key.")
    } else if is_a_checkpoint(beginning) {
        (
            "checkpoint-alone",
            "This is a checkpoint by itself, the signed word on a record. Check the bundle (evidence.json) or the receipt (receipt.json), which hold one.",
        )
    } else {
        return None;
    };
    Some(Finding::new(code, sentence))
}

/// The headers of a message or a mailbox, in small letters.
fn is_a_letter(lower: &str) -> bool {
    const HEADERS: [&str; 9] =
        ["received:", "from:", "to:", "mime-version:", "content-type:", "message-id:", "dkim-signature:", "return-path:", "delivered-to:"];
    let first = lower.lines().next().unwrap_or_default();
    let named =
        first.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let headers = lower.lines().take_while(|line| !line.is_empty()).filter(|line| HEADERS.iter().any(|header| line.starts_with(header)));
    first.starts_with("from ") && headers.clone().count() > 0 || named && headers.count() > 1
}

/// Base64, by itself or as a `data:` address, of something that can be evidence.
fn is_base64(beginning: &str) -> bool {
    let body = match beginning.strip_prefix("data:") {
        Some(address) => address.split_once(";base64,").map_or("", |(_, body)| body),
        None => beginning,
    };
    let digits: String = body.chars().filter(|c| !c.is_ascii_whitespace()).take(16).collect();
    let starts = |decoded: Vec<u8>| {
        [&b"{\""[..], b"c2sp.org/", b"\xef\xbb\xbf", b"\x1f\x8b", b"PK\x03\x04"].iter().any(|start| decoded.starts_with(start))
    };
    BASE64.decode(digits).is_ok_and(starts)
}

/// Origin, size and root, a line each, and a signature line after an empty one.
fn is_a_checkpoint(beginning: &str) -> bool {
    let lines: Vec<&str> = beginning.lines().take(5).collect();
    matches!(lines[..], [origin, size, root, "", signature]
        if !origin.contains(' ') && size.parse::<u64>().is_ok() && root.len() == 44 && signature.starts_with("\u{2014} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(bytes: impl AsRef<[u8]>, code: &str) {
        let found = recognise(bytes.as_ref()).map(|finding| finding.code);
        assert_eq!(found.unwrap_or_default(), code, "{}", String::from_utf8_lossy(bytes.as_ref()));
    }

    #[test]
    fn nothing_that_begins_as_evidence_does_is_taken_for_something_else() {
        for evidence in [
            "{\"checkpoint\":\"",
            "{\"format\":\"",
            "{}",
            " {\n \"a\": 1 }",
            "[]",
            "c2sp.org/tlog-proof@v1\nextra eyJ\n",
            "{\"a\":\"<html>\"}",
        ] {
            is(evidence, "");
        }
    }

    #[test]
    fn empty_and_converted_files_have_names() {
        is("", "empty");
        is(" \r\n\t", "empty");
        is([0; 5_000], "zeros");
        is("\u{feff}{}", "byte-order-mark");
        is("\u{feff}c2sp.org/tlog-proof@v1\n", "byte-order-mark");
        let utf_16 = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        for text in ["\u{feff}{\"a\":1}", "{\"a\":1}", "c2sp.org/tlog-proof@v1"] {
            is(utf_16(text).iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>(), "utf-16");
            is(utf_16(text).iter().flat_map(|unit| unit.to_be_bytes()).collect::<Vec<u8>>(), "utf-16");
        }
        is([0xff, 0xfe, 0, 0, b'{', 0, 0, 0], "utf-16");
    }

    #[test]
    fn binary_files_have_names() {
        for packed in [
            &b"\x1f\x8b\x08\0"[..],
            b"PK\x03\x04\x14\0\0\0\x08\0evidence.json",
            b"BZh91AY",
            b"\xfd7zXZ\0\0",
            b"\x28\xb5\x2f\xfd\x24",
            b"Rar!\x1a\x07\x01",
        ] {
            is(packed, "packed");
        }
        let mut tape = [0; 512];
        tape[..13].copy_from_slice(b"evidence.json");
        tape[257..262].copy_from_slice(b"ustar");
        is(tape, "packed");
        for picture in
            [&b"\x89PNG\r\n\x1a\n\0\0"[..], b"\xff\xd8\xff\xe0\0\x10JFIF", b"GIF89a", b"RIFF\x10\0\0\0WEBPVP8 ", b"\0\0\0\x18ftypheic\0\0"]
        {
            is(picture, "picture");
        }
        is("%PDF-1.7\n%âãÏÓ", "pdf");
        is("{\\rtf1\\ansi {\"format\"}}", "document");
        is("PK\u{3}\u{4}\u{14}\0\u{6}\0[Content_Types].xml", "document");
    }

    #[test]
    fn wrappings_and_pages_have_names() {
        for page in ["<!DOCTYPE html>\n<html>", "\n\n<html lang=\"en\">", "<?xml version=\"1.0\"?>", "<pre>{\"format\""] {
            is(page, "web-page");
        }
        is("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{}", "headers");
        is("Return-Path: <a@example.org>\r\nReceived: from b\r\n by c\r\n\r\n{}", "e-mail");
        is("From a@example.org Thu Feb  5\nSubject: Receipt\nTo: b@example.org\n\n", "e-mail");
        is("-----BEGIN PGP MESSAGE-----\n\n", "wrapped");
        is("{&quot;checkpoint&quot;:", "copied");
        is("{“checkpoint”:", "copied");
        is("\"{\\\"checkpoint\\\":", "copied");
        is(BASE64.encode("{\"checkpoint\":\"sign"), "mail-wrapping");
        is(BASE64.encode("c2sp.org/tlog-proof@v1\n").replace('c', "c\r\n"), "mail-wrapping");
        is(format!("data:application/json;base64,{}", BASE64.encode("{\"checkpoint\":")), "mail-wrapping");
    }

    #[test]
    fn parts_of_evidence_have_names() {
        let key = "sign.example.org/s/7k2m+237bb9c6+ARl/ayPhbIUyxqvIOPrNXqeJvgx2spIDNAOb+os9No1h";
        is(format!("{key}\n"), "key-alone");
        is(
            format!("sign.example.org/s/7k2m\n9\n{}\n\n\u{2014} sign.example.org/s/7k2m AAAA\n", BASE64.encode([7; 32])),
            "checkpoint-alone",
        );
    }
}
