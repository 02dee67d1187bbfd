//! The program as a person or a script meets it.

mod support;

use std::io::Write;
use std::process::{Command, Output, Stdio};

use support::Book;

fn check(file: &[u8], arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_undersigned-verify"));
    let mut child = program.arg("-").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // An oversized file is not read to its end, so the pipe may break: that is the point.
    let _ = child.stdin.take().unwrap().write_all(file);
    child.wait_with_output().unwrap()
}

#[test]
fn exit_codes_tell_the_four_outcomes() {
    let book = Book::published();
    let file = book.bundle().to_json().unwrap();
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
    let missing = Command::new(env!("CARGO_BIN_EXE_undersigned-verify")).arg("/nowhere/bundle.json").output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
}
