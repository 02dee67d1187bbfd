//! The program as a person or a script meets it: exit codes, and what a "no" says to whoever must do something about it.

mod support;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use support::Book;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_undersigned-verify"))
}

fn check(file: &[u8], arguments: &[&str]) -> Output {
    let mut program = program();
    let mut child = program.arg("-").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // An oversized file is not read to its end, so the pipe may break: that is the point.
    let _ = child.stdin.take().unwrap().write_all(file);
    child.wait_with_output().unwrap()
}

/// What is printed of a file that cannot be checked: one sentence under a headline, and no word on names or numbers.
#[track_caller]
fn says(file: impl AsRef<[u8]>, sentence: &str) {
    let book = Book::published();
    for key in [Some(book.vkey()), None] {
        let arguments: Vec<&str> = key.iter().flat_map(|key| ["--key", key]).collect();
        let output = check(file.as_ref(), &arguments);
        let printed = String::from_utf8(output.stdout).unwrap();
        let whole = format!("This file cannot be checked as it is: do not rely on it.\n\nFailed\n  - {sentence}\n");
        assert_eq!((printed.as_str(), output.status.code()), (whole.as_str(), Some(1)));
    }
}

/// What is printed under *Failed* of a file that was read.
fn faults(file: &[u8], key: &str) -> Vec<String> {
    let output = check(file, &["--key", key]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{printed}");
    let failed = printed.split("\nFailed\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap();
    failed.lines().map(|line| line.trim_start_matches("  - ").to_owned()).collect()
}

/// What goes to standard error when nothing could be checked.
#[track_caller]
fn complains(arguments: &[&str], sentence: &str) {
    let output = program().args(arguments).stdin(Stdio::null()).output().unwrap();
    let (said, printed) = (String::from_utf8(output.stderr).unwrap(), String::from_utf8(output.stdout).unwrap());
    assert_eq!((said.as_str(), printed.as_str(), output.status.code()), (format!("{sentence}\n").as_str(), "", Some(2)));
}

fn bundle() -> String {
    Book::published().bundle().to_json().unwrap()
}

fn receipt() -> String {
    Book::published().receipt(2).to_tlog_proof().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn exit_codes_tell_the_four_outcomes() {
    let book = Book::published();
    let file = bundle();
    let vkey = book.vkey();
    let pinned = check(file.as_bytes(), &["--key", &vkey]);
    assert_eq!(pinned.status.code(), Some(0));
    assert!(String::from_utf8(pinned.stdout).unwrap().starts_with("This is Rev.1 of"));
    assert_eq!(check(file.as_bytes(), &[]).status.code(), Some(3));
    let failed = check(file.replace("Lanternway", "Lanternwax").as_bytes(), &["--key", &vkey]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(String::from_utf8(failed.stdout).unwrap().starts_with("This file does not hold: do not rely on it."));
    let no_key = check(file.as_bytes(), &["--key", "not a key"]);
    assert_eq!((no_key.status.code(), no_key.stdout.len()), (Some(2), 0));
    assert_eq!(check(&vec![b' '; 60 << 20], &[]).status.code(), Some(1));
}

#[test]
fn a_verdict_that_nobody_reads_still_has_its_exit_code() {
    let book = Book::published();
    let (whole, vkey) = (bundle(), book.vkey());
    let damaged = whole.replace("Lanternway", "Lanternwax");
    for (file, key, code) in [(&whole, Some(&vkey), 0), (&whole, None, 3), (&damaged, Some(&vkey), 1)] {
        let path = folder("unread").join("evidence.json");
        std::fs::write(&path, file).unwrap();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let key = key.iter().flat_map(|key| ["--key", key]);
        let output = program().arg(&path).args(key).stdout(Stdio::from(writer)).output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(code), ""));
    }
}

#[test]
fn a_file_that_a_program_saved_again_is_told_what_was_done_to_it() {
    const BUT: &str = "It may say the same, but only the bytes that were issued can be checked. Download it once more and check that file without opening it.";
    let file = bundle();
    let value: serde_json::Value = serde_json::from_str(&file).unwrap();
    let indented = serde_json::to_string_pretty(&value).unwrap();
    let saved = |bytes: String, what: &str| says(bytes, &format!("A program saved this file again: {what}. {BUT}"));
    saved(indented.clone(), "it broke it into lines or put spaces in");
    saved(indented.replace('\n', "\r\n"), "it broke it into lines or put spaces in, it used the line ends of Windows");
    saved(format!("{file}\n"), "it added a line end or spaces after its last character");
    saved(format!("{file}\r\n"), "it added a line end or spaces after its last character, it used the line ends of Windows");
    saved(format!(" {file}"), "it broke it into lines or put spaces in");
    let format_first =
        format!("{{\"format\":\"undersigned-bundle/v0\",{}", file.replacen("\"format\":\"undersigned-bundle/v0\",", "", 1).split_off(1));
    saved(format_first, "it put its fields in another order");
    saved(file.replace('\u{2014}', "\\u2014"), "it spelt letters as codes");
    saved(file.replacen('/', "\\/", 1), "it spelt letters as codes");
    saved(file.replace("\"withheld\":2", "\"withheld\":2.0"), "it wrote numbers in another form");
    saved(file.replace("\"withheld\":2", "\"withheld\":2e0"), "it wrote numbers in another form");
    saved(
        serde_json::to_string_pretty(&value).unwrap().replace('\u{2014}', "\\u2014") + "\n",
        "it broke it into lines or put spaces in, it spelt letters as codes",
    );
    let receipt = Book::published().receipt(2).to_json().unwrap();
    saved(receipt.replace("\"index\":2", "\"index\":2E0"), "it wrote numbers in another form");
}

#[test]
fn a_receipt_in_text_form_that_was_saved_again_is_told_so_too() {
    const ONCE_MORE: &str = "Download it once more and check that file without opening it.";
    let file = receipt();
    says(file.replace('\n', "\r\n"), &format!("This receipt has the line ends of another system: a program saved it again. {ONCE_MORE}"));
    let white_space = format!(
        "White space before or after this receipt was added or lost: a program saved it again, or it was copied by hand. {ONCE_MORE}"
    );
    says(format!("{file}\n"), &white_space);
    says(format!("\n  {file}"), &white_space);
    says(file.trim_end(), &white_space);
    let lines = format!("The lines of this receipt were broken or joined, as mail programs and editors do. {ONCE_MORE}");
    let (head, tail) = file.split_at(120);
    says(format!("{head}\n{tail}"), &lines);
    says(file.replace('\n', ""), &lines);
    says(file.replace('\n', " "), &lines);
}

#[test]
fn a_byte_order_mark_and_other_encodings_never_pass_and_are_named() {
    const ONCE_MORE: &str = "Download it once more and check that file without opening it.";
    for file in [bundle(), receipt()] {
        says(format!("\u{feff}{file}"), &format!("This file begins with a byte-order mark: a program saved it again. {ONCE_MORE}"));
        for little in [true, false] {
            let units = ['\u{feff}'].into_iter().chain(file.chars()).collect::<String>().encode_utf16().collect::<Vec<u16>>();
            let bytes: Vec<u8> = units.iter().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
            let sentence = format!("This file is written in UTF-16: a program saved it again in its own way. {ONCE_MORE}");
            says(&bytes, &sentence);
            says(&bytes[2..], &sentence);
        }
        let dash = file.find('\u{2014}').unwrap();
        let windows_1252 = [&file.as_bytes()[..dash], b"\x97", &file.as_bytes()[dash + 3..]].concat();
        let at = std::str::from_utf8(&windows_1252).unwrap_err().valid_up_to();
        let encoding = format!(
            "From byte {at} on this file is not written in UTF-8: a program saved it again in another encoding, or it was damaged. {ONCE_MORE}"
        );
        says(windows_1252, &encoding);
    }
}

#[test]
fn letters_that_a_program_lost_explain_the_other_faults() {
    const ONCE_MORE: &str = "Download it once more and check that file without opening it.";
    let first = |file: String| faults(file.as_bytes(), &Book::published().vkey()).remove(0);
    let garbled = format!(
        "Letters of this file were turned into others, as “é” into “Ã©”: a program read it in a wrong encoding and saved it again. {ONCE_MORE}"
    );
    let questions = format!(
        "Letters of this file were turned into question marks or plainer ones: a program could not write them when it saved the file again. {ONCE_MORE}"
    );
    for file in [bundle(), receipt()] {
        // As a program reads UTF-8 that takes each byte for a letter of Latin-1, or of Windows-1252.
        assert_eq!(first(file.bytes().map(char::from).collect()), garbled);
        assert_eq!(first(file.replace('\u{2014}', "\u{e2}\u{20ac}\u{201d}")), garbled);
        assert_eq!(first(file.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect()), questions);
        for plainer in ["-", "--", "\u{2013}"] {
            assert_eq!(first(file.replace('\u{2014}', plainer)), questions);
        }
    }
    assert_eq!(
        first(bundle().replace('É', "\u{fffd}")),
        format!(
            "This file holds “\u{fffd}” 2 times. Where a letter should be, a program could not read it and saved the file again. {ONCE_MORE}"
        )
    );
    // A letter that was changed by somebody is not explained away.
    assert!(first(bundle().replace('É', "E")).starts_with("Leaf 1: the opening in the file"), "{}", first(bundle().replace('É', "E")));
}

#[test]
fn a_file_that_is_not_whole_or_not_one_is_told_so() {
    const ONCE_MORE: &str = "Download it once more and check that file without opening it.";
    for file in [bundle(), Book::published().receipt(2).to_json().unwrap()] {
        for end in [1, 2, 100, file.len() / 2, file.len() - 1] {
            let cut = &file.as_bytes()[..end];
            says(cut, &format!("This file is cut off: it ends in the middle, after {end} bytes. {ONCE_MORE}"));
        }
        says(&file.as_bytes()[12..], &format!("The beginning of this file is missing. {ONCE_MORE}"));
        says(format!("{file}\n{file}"), "This file holds two, one after the other. Check each of them as it was downloaded, by itself.");
        says(
            format!("{file}{}", receipt()),
            "This file holds two, one after the other. Check each of them as it was downloaded, by itself.",
        );
        says(
            format!("{file}-- \nAna"),
            &format!("This file goes on after its end, at byte {}: something was added to it. {ONCE_MORE}", file.len()),
        );
        says(
            format!("{file}\0\0\0"),
            &format!("From byte {} on this file holds nothing but zeros: the download or the disk failed. {ONCE_MORE}", file.len()),
        );
        let broken = format!("The one line of this file was broken into several, as mail programs and editors do. {ONCE_MORE}");
        for width in [64, 76, 77] {
            let lines: Vec<String> = file.chars().collect::<Vec<_>>().chunks(width).map(|line| line.iter().collect()).collect();
            says(lines.join("\n"), &broken);
            says(lines.join("\r\n"), &broken);
        }
    }
    let file = receipt();
    for end in [40, file.len() / 2, file.find('\u{2014}').unwrap() + 1, file.len() - 10] {
        let cut = &file.as_bytes()[..end];
        says(cut, &format!("This receipt is cut off: it ends in the middle, after {end} bytes. {ONCE_MORE}"));
    }
    says(
        format!("{file}\n{file}"),
        "This file holds two receipts, one after the other. Check each of them as it was downloaded, by itself.",
    );
    says(format!("{file}-- \nAna\n"), &format!("This receipt goes on after its end: something was added to it. {ONCE_MORE}"));
    says(file.replacen("index 2", "index 02", 1), &format!("This receipt was changed: it is not as a receipt is written. {ONCE_MORE}"));
    says([0; 3_000], &format!("This file begins with nothing but zeros: the download or the disk failed. {ONCE_MORE}"));
    for empty in ["", "\n", "  \r\n"] {
        says(empty, &format!("This file is empty: its download did not end, or nothing was handed over. {ONCE_MORE}"));
    }
    says(
        vec![b'['; 30 << 20],
        "The file is larger than 24 MB, which no bundle or receipt is. Another file was given: check evidence.json or receipt.json.",
    );
}

#[test]
fn what_was_given_instead_of_evidence_has_a_name_and_a_way_on() {
    let file = bundle();
    let packed = |name: &str| format!("This file is packed ({name}). Unpack it, and check the file inside without opening it.");
    says(b"\x1f\x8b\x08\0\0\0\0\0\0\x03", &packed("gzip"));
    says(b"PK\x03\x04\x14\0\0\0\x08\0evidence.json", &packed("zip"));
    says(
        b"PK\x03\x04\x14\0\0\0\x08\0\0\0[Content_Types].xml",
        "This is a document of another program (Word, Excel or LibreOffice): evidence that was copied into it cannot be checked. Save the attachment or the download itself, and check that file.",
    );
    says(
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "This is a PDF, which is for reading. Download the evidence bundle (evidence.json) or the receipt (receipt.json) and check that file.",
    );
    let picture = |name: &str| {
        format!("This is a picture ({name}), and a picture proves nothing. Ask for the file itself, evidence.json or receipt.json.")
    };
    says(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &picture("PNG"));
    says(b"\xff\xd8\xff\xe0\0\x10JFIF\0", &picture("JPEG"));
    says(
        format!("<!DOCTYPE html>\n<html><body><pre>{file}</pre></body></html>"),
        "This is a web page: it was saved in place of the file, or the server showed a page instead of handing the file out. Open the address in a browser, download the file, and check that.",
    );
    says(
        format!("Return-Path: <a@example.org>\r\nReceived: from b.example\r\nSubject: Receipt\r\nMIME-Version: 1.0\r\n\r\n{}", receipt()),
        "This is a whole e-mail message. Save its attachment by itself (receipt.json), and check that file without opening it.",
    );
    let wrapped = |name: &str| {
        format!(
            "This file is in {name}, a wrapping in which mail carries attachments. Let the mail program save the attachment, and check that file without opening it."
        )
    };
    let in_lines = |text: String| text.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line) + "\r\n").collect::<String>();
    for evidence in [file.clone(), receipt()] {
        says(in_lines(BASE64.encode(&evidence)), &wrapped("base64"));
        says(in_lines(quoted_printable(&evidence)), &wrapped("quoted-printable"));
    }
    says(
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{file}"),
        "This file begins with the headers of a server's answer. Download it again without them (curl without -i), and check that file.",
    );
    for copied in [file.replace('"', "&quot;"), serde_json::to_string(&file).unwrap()] {
        says(
            copied,
            "This was copied out of a web page, a link or another program, which wrote its quotes otherwise. Download the file itself, and check that without opening it.",
        );
    }
    says(
        file.replace('"', "“"),
        "The quotes in this file were made typographic: a word processor or a mail program saved it again. Download it once more and check that file without opening it.",
    );
    says(
        "Dear Ana, here is the file you asked for.",
        "This is neither a bundle nor a receipt: it begins with “Dear Ana, here is the fi”. Check evidence.json or receipt.json as they were downloaded.",
    );
    says(
        b"\x7fELF\x02\x01\x01\0",
        "This is neither a bundle nor a receipt: it begins with “\u{fffd}ELF\u{fffd}\u{fffd}\u{fffd}\u{fffd}”. Check evidence.json or receipt.json as they were downloaded.",
    );
}

/// As mail carries letters that are no ASCII.
fn quoted_printable(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii() && byte != b'=' { char::from(byte).to_string() } else { format!("={byte:02X}") }).collect()
}

#[test]
fn a_part_of_evidence_and_an_answer_of_the_server_have_names_too() {
    let book = Book::published();
    says(book.vkey(), "This is a key, and no file of evidence. Give the bundle or the receipt first, and the key after --key.");
    says(
        book.checkpoint(),
        "This is a checkpoint by itself, the signed word on a record. Check the bundle (evidence.json) or the receipt (receipt.json), which hold one.",
    );
    says(
        &book.log[0].line,
        "This is one entry of a record by itself. Check the evidence bundle (evidence.json) or the receipt (receipt.json), which prove where it stands.",
    );
    says(&book.texts["en"], "This is the text by itself, without the record of who signed it. Check the evidence bundle, evidence.json.");
    says(
        r#"{"type":"urn:undersigned:refusal:not_found","title":"Not Found","status":404,"detail":"There is nothing here.","code":"not_found","params":{}}"#,
        "This is the server's answer that it did not hand the file out: “There is nothing here.”",
    );
    let unknown = |format: &str| {
        format!("The file is of the format “{format}”, which this program does not know. Check it with a program of its own version.")
    };
    says(bundle().replace("undersigned-bundle/v0", "undersigned-bundle/v7"), &unknown("undersigned-bundle/v7"));
    says(receipt().replace("tlog-proof@v1", "tlog-proof@v7"), &unknown("c2sp.org/tlog-proof@v7"));
    for (other, says_of_itself) in [("[]", "has no field “format”"), (r#"{"format":"csv"}"#, "says it is of the format “csv”")] {
        says(
            other,
            &format!(
                "This is neither a bundle nor a receipt: it {says_of_itself}. Check evidence.json or receipt.json as they were downloaded."
            ),
        );
    }
}

#[test]
fn what_no_program_of_ours_writes_is_no_accident() {
    let original = "No bundle or receipt is issued like this: ask for the original.";
    says(
        bundle().replacen('{', "{\"format\":\"x\",", 1),
        &format!("The file cannot be read: the key “format” stands twice in one object. {original}"),
    );
    says(
        bundle().replace("\"withheld\":2", "\"withheld\":9007199254740993"),
        &format!("The file cannot be read: it holds a number that not every reader understands alike. {original}"),
    );
    says(
        r#"{"format":"undersigned-receipt/v0"}"#,
        "The file has not the shape of undersigned-receipt/v0: missing field `vkey`. It was not issued like this: ask for the original.",
    );
}

#[test]
fn a_key_is_taken_with_what_copying_left_around_it() {
    let (file, key) = (bundle(), Book::published().vkey());
    let (head, tail) = key.split_at(40);
    for given in [
        format!(" {key}\n"),
        format!("\"{key}\""),
        format!("'{key}'"),
        format!("“{key}”."),
        format!("<{key}>"),
        format!("\u{feff}{key}\u{a0}"),
        format!("{head}\r\n  {tail}"),
    ] {
        assert_eq!(check(file.as_bytes(), &["--key", &given]).status.code(), Some(0), "{given:?}");
    }
}

#[test]
fn a_key_that_is_none_is_told_what_it_is() {
    let key = Book::published().vkey();
    let file = folder("keys").join("evidence.json");
    std::fs::write(&file, bundle()).unwrap();
    let file = file.to_str().unwrap();
    let complains = |given: &str, why: &str| {
        complains(
            &[file, "--key", given],
            &format!("The key cannot be used: {why}. Copy the whole key once more from the coalition's page or letter."),
        );
    };
    complains("", "it is empty");
    complains("“”", "it is empty");
    complains("sign.example.org/s/7k2m", "it is not in the form name+id+key");
    complains(&key.replace('+', "%2B"), "the two plus signs of the form name+id+key were lost or written otherwise");
    complains(&key.replacen('+', " ", 2), "the two plus signs of the form name+id+key were lost or written otherwise");
    complains(&key[..key.len() - 1], "it is cut off, its last part is too short");
    complains(&key.replace("7k2m", "7k2n"), "it is damaged, a character in it was changed, added or lost");
    complains(&key.to_lowercase(), "it is damaged, a character in it was changed, added or lost");
    complains(&"ab12".repeat(16), "it is the digest of a text");
    complains(
        "PRIVATE+KEY+log+1a2b3c4d+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
        "it is a private key, which nobody but its server may ever hold",
    );
}

#[test]
fn a_key_of_somebody_else_is_named_beside_the_one_that_signed() {
    use undersigned_evidence::checkpoint::LogKey;
    let asked = "it is not that coalition's, or its key has changed. If you gave the right key, ask the coalition, by a way you trust, before you rely on this file.";
    let other = LogKey::from_seed([66; 32]);
    assert_eq!(
        faults(bundle().as_bytes(), &other.vkey("elsewhere.example.org/s/1")),
        [format!(
            "The record is signed with another key than the one you gave (this record is of “sign.example.org/s/7k2m”, the key you gave is of “elsewhere.example.org/s/1”): {asked}"
        )]
    );
    assert_eq!(
        faults(receipt().as_bytes(), &other.vkey(support::ORIGIN)),
        [format!("The record is signed with another key than the one you gave (both are named “sign.example.org/s/7k2m”): {asked}")]
    );
    // The same coalition's key, under the name of another of its logs.
    let same = Book::published().key.vkey("sign.example.org/s/another");
    assert_eq!(check(bundle().as_bytes(), &["--key", &same]).status.code(), Some(0));
}

#[test]
fn what_is_no_file_is_told_so() {
    let folder = folder("no-files");
    let (shown, key) = (folder.to_str().unwrap(), Book::published().vkey());
    complains(&[shown], &format!("“{shown}” is a folder. Give the file in it, evidence.json or receipt.json."));
    let missing = folder.join("evidnce.json");
    let missing = missing.to_str().unwrap();
    complains(&[missing], &format!("There is no file “{missing}”. Look at how its name is written and at the folder it lies in."));
    let address = "https://sign.example.org/s/7k2m/evidence.json";
    complains(
        &[address],
        &format!("“{address}” is an address. Download the file first and give its name: this check needs no network and uses none."),
    );
    complains(&[&key], &format!("“{key}” is a key. Give the bundle or the receipt first, and the key after --key."));
    let key_file = folder.join("key.txt");
    std::fs::write(&key_file, &key).unwrap();
    let key_file = key_file.to_str().unwrap();
    complains(&[key_file, "--key", key_file], &format!("“{key_file}” is the name of a file. Give the key that stands in it."));
}
