//! The check from a command line. `undersigned-verify` and the server's own `verify` subcommand call the same function.
//!
//! The verdict goes to standard output and its outcome into the exit code: 0 the file holds, 3 it holds but no key was given,
//! 1 it fails. When the check could not be made at all, because there is no such file or the key is none, one sentence goes
//! to standard error and the code is 2: a slip of the hand never looks like a verdict, and a wrong key never like no key.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use crate::limits;
use crate::quoting::quote;
use crate::verify::verify;
use crate::vkey::{COPY_THE_KEY, Vkey};

/// What a shell is told when the check could not be made at all: no such file, or no proper key.
pub const CANNOT_CHECK: i32 = 2;

/// Checks one file and prints the verdict; `-` reads from standard input. Gives the exit code.
pub fn run(path: &Path, key: Option<&str>) -> i32 {
    if let Some(why) = key.and_then(why_no_key) {
        return complain(&why);
    }
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) => return complain(&why_unread(path, &error)),
    };
    let verdict = verify(&bytes, key);
    // Whoever closed the pipe early has read enough; the exit code still tells the outcome.
    let _ = write!(io::stdout().lock(), "{verdict}");
    verdict.exit_code()
}

/// At most one byte more than a file may have, so that an endless one is refused and not read.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = limits::FILE_BYTES_MAX as u64 + 1;
    if path.as_os_str() == "-" {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn why_no_key(key: &str) -> Option<String> {
    let why = Vkey::as_given(key).err()?;
    if Path::new(key).is_file() {
        return Some(format!("{} is the name of a file. Give the key that stands in it.", quote(key)));
    }
    Some(format!("The key cannot be used: {why}. {COPY_THE_KEY}"))
}

fn why_unread(path: &Path, error: &io::Error) -> String {
    let shown = path.to_string_lossy();
    let name = quote(&shown);
    if ["http://", "https://"].iter().any(|scheme| shown.starts_with(scheme)) {
        return format!("{name} is an address. Download the file first and give its name: this check needs no network and uses none.");
    }
    if path.is_dir() {
        return format!("{name} is a folder. Give the file in it, evidence.json or receipt.json.");
    }
    if Vkey::as_given(&shown).is_ok() {
        return format!("{name} is a key. Give the bundle or the receipt first, and the key after --key.");
    }
    match error.kind() {
        io::ErrorKind::NotFound => format!("There is no file {name}. Look at how its name is written and at the folder it lies in."),
        io::ErrorKind::PermissionDenied => format!("You may not read {name}. Copy it to a folder of your own, or ask whoever owns it."),
        _ => format!("{name} cannot be read: {error}."),
    }
}

fn complain(sentence: &str) -> i32 {
    let _ = writeln!(io::stderr().lock(), "{sentence}");
    CANNOT_CHECK
}
