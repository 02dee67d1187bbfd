//! The check from a command line. `undersigned-verify` and the server's own `verify` subcommand call the same function.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use crate::limits;
use crate::verify::verify;
use crate::vkey::Vkey;

/// What a shell is told when the check could not be made at all: no such file, or no proper key.
pub const CANNOT_CHECK: i32 = 2;

/// Checks one file and prints the verdict; `-` reads from standard input. Gives the exit code: 0 holds, 3 holds but no
/// key was given, 1 fails, 2 could not be checked.
pub fn run(path: &Path, key: Option<&str>) -> i32 {
    if key.is_some_and(|key| key.parse::<Vkey>().is_err()) {
        return complain("The key is not in the form name+id+key. It stands on the coalition's page and in its letters.");
    }
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) => return complain(&format!("{} cannot be read: {error}.", path.display())),
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

fn complain(sentence: &str) -> i32 {
    let _ = writeln!(io::stderr().lock(), "{sentence}");
    CANNOT_CHECK
}
