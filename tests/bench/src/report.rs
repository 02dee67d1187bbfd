//! The upper part of `README.md`: the table, and what one must know to judge it: commit, machine, versions, day, and how busy others
//! kept the machine meanwhile.

use crate::{Fault, machine};
use std::{fs, path::Path, process::Command, time::Instant};

const BEGINS: &str = "<!-- measured: written by `make bench` -->";
const ENDS: &str = "<!-- end of what was measured -->";

pub struct Began {
    commit: String,
    load: String,
    busy_seconds: f64,
    at: Instant,
}

impl Began {
    pub fn now(commit: Option<&str>) -> Result<Began, Fault> {
        let commit = match commit {
            Some(commit) => commit.to_owned(),
            None => said("git", &["describe", "--always", "--dirty"])?,
        };
        Ok(Began { commit, load: load()?, busy_seconds: machine::busy_seconds(), at: Instant::now() })
    }

    pub fn writes(self, table: &str, keys: Option<&Path>, report: Option<&Path>) -> Result<(), Fault> {
        let minutes = self.at.elapsed().as_secs_f64() / 60.0;
        let busy = (machine::busy_seconds() - self.busy_seconds) / self.at.elapsed().as_secs_f64();
        let head = format!(
            "{}, commit {}, {} minutes on {}. Load before: {}; after: {}; on average {busy:.1} cores were busy, servers and clients \
             included.\nHocuspocus 4.7.0 with SQLite on Node {}, y-sweet 0.9.1 (files), {}.\n",
            said("date", &["-u", "+%-d %B %Y, %H:%M UTC"])?,
            self.commit,
            minutes.round(),
            machine::name(),
            self.load,
            load()?,
            said("node", &["--version"])?,
            said("rustc", &["--version"])?,
        );
        let keys = match keys {
            Some(file) => fs::read_to_string(file).map_or_else(|error| format!("failed: {error}"), |lines| lines.trim_end().to_owned()),
            None => String::from("From a key to the screen: not run"),
        };
        let measured = format!("{BEGINS}\n{head}\n{table}\n```\n{keys}\n```\n{ENDS}");
        println!("{measured}");
        let Some(report) = report else { return Ok(()) };
        let old = fs::read_to_string(report)?;
        let (above, rest) = old.split_once(BEGINS).ok_or("the report has no place for the table")?;
        let (_, below) = rest.split_once(ENDS).ok_or("the report's table does not end")?;
        Ok(fs::write(report, format!("{above}{measured}{below}"))?)
    }
}

fn load() -> Result<String, Fault> {
    Ok(fs::read_to_string("/proc/loadavg")?.split(' ').next().unwrap_or("unknown").to_owned())
}

fn said(program: &str, arguments: &[&str]) -> Result<String, Fault> {
    Ok(String::from_utf8(Command::new(program).args(arguments).output()?.stdout)?.trim().to_owned())
}
