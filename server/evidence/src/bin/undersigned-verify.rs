//! Checks an evidence bundle or a receipt, without a server and without a network.

use std::path::PathBuf;
use std::process::exit;

use clap::Parser;

/// Check an evidence bundle or a receipt.
///
/// Exit codes: 0 it holds; 3 it is whole, but no key was given; 1 it does not hold; 2 it could not be checked.
#[derive(Parser)]
#[command(name = "undersigned-verify", version)]
struct Arguments {
    /// The bundle or receipt (`-` for standard input)
    file: PathBuf,
    /// The coalition's key as it publishes it, in the form name+id+key
    #[arg(long, value_name = "VKEY")]
    key: Option<String>,
}

fn main() {
    let arguments = Arguments::parse();
    exit(undersigned_evidence::cli::run(&arguments.file, arguments.key.as_deref()));
}
