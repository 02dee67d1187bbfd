//! Source files as the checks see them: without comments, strings and tests, every remaining byte where it was.

use std::{fs, path::Path};

pub struct Source {
    /// Below `server/`, with slashes.
    pub path: String,
    /// As it was written.
    pub text: String,
    /// As long as `text`, with spaces for comments, for strings and characters, and for items under `#[cfg(test)]`.
    pub code: String,
}

/// Every Rust file of the server, the evidence crate's included, but for files of tests: their names end in `tests.rs`, or they stand in `tests/`.
pub fn read_house() -> Vec<Source> {
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("server");
    let mut sources = Vec::new();
    let mut folders = vec![server.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("the folder can be listed").path();
            let inside = path.strip_prefix(&server).expect("it lies in server/").to_string_lossy().replace('\\', "/");
            if path.is_dir() && !inside.ends_with("/tests") {
                folders.push(path);
            } else if inside.ends_with(".rs") && !inside.ends_with("tests.rs") {
                sources.push(Source::new(&inside, &fs::read_to_string(&path).unwrap_or_else(|error| panic!("{inside}: {error}"))));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        let mut source = Source { path: path.to_owned(), text: text.to_owned(), code: without_words(text) };
        while let Some(start) = source.code.find("#[cfg(test)]") {
            let end = end_of_item(&source.code, start);
            source.code.replace_range(start..end, &spaces(&text[start..end]));
        }
        source
    }

    /// The folder or file directly in `server/` that this one belongs to.
    pub fn room(&self) -> &str {
        self.path.split_once('/').map_or(self.path.trim_end_matches(".rs"), |(room, _)| room)
    }

    pub fn stands_in(&self, place: &str) -> bool {
        let path = format!("/{}", self.path);
        match place.strip_prefix('*') {
            Some(part) if part.ends_with('/') => path.contains(part),
            Some(part) => path.ends_with(part),
            None if place.ends_with('/') => self.path.starts_with(place),
            None => self.path == place,
        }
    }

    /// Where the code has this name: not as a part of a longer one, if it begins or ends as names do.
    pub fn mentions<'a>(&'a self, name: &'a str) -> impl Iterator<Item = usize> + 'a {
        let whole = move |at: &usize| {
            let (before, after) = (&self.code[..*at], &self.code[*at + name.len()..]);
            !(name.starts_with(of_a_name) && before.ends_with(of_a_name) || name.ends_with(of_a_name) && after.starts_with(of_a_name))
        };
        self.code.match_indices(name).map(|(at, _)| at).filter(whole)
    }

    /// File and line of an offset, as editors and people follow it.
    pub fn at(&self, offset: usize) -> String {
        format!("server/{}:{}", self.path, self.text[..offset].matches('\n').count() + 1)
    }
}

/// The name that this code begins with, after white space.
pub fn named(code: &str) -> &str {
    let code = code.trim_start();
    &code[..code.find(|character| !of_a_name(character)).unwrap_or(code.len())]
}

fn of_a_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn spaces(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

/// Where the item ends whose attribute starts here: after its `;`, or after the brace that closes its body.
fn end_of_item(code: &str, start: usize) -> usize {
    let mut depth = 0;
    let ends = |character: char| {
        depth += i32::from(matches!(character, '(' | '[' | '{')) - i32::from(matches!(character, ')' | ']' | '}'));
        depth == 0 && matches!(character, ';' | '}')
    };
    code[start..].find(ends).map_or(code.len(), |at| start + at + 1)
}

/// The text with spaces for comments and literals.
fn without_words(text: &str) -> String {
    let (mut code, mut at) = (String::new(), 0);
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        let past = |from: usize, end: &str| rest[from..].find(end).map_or(rest.len(), |found| from + found + end.len());
        let raw = rest.strip_prefix('r').map(|rest| rest.len() - rest.trim_start_matches('#').len());
        let length = match character {
            '/' if rest.starts_with("//") => past(2, "\n"),
            '/' if rest.starts_with("/*") => past(2, "*/"),
            '"' => quoted(rest),
            // A character, unless it is a lifetime: those have no quote after one letter.
            '\'' if rest[1..].starts_with('\\') || rest.chars().nth(2) == Some('\'') => quoted(rest),
            'r' if text[..at].ends_with(|before| of_a_name(before) && before != 'b') => 0,
            'r' => raw
                .filter(|hashes| rest[1 + hashes..].starts_with('"'))
                .map_or(0, |hashes| past(2 + hashes, &format!("\"{}", "#".repeat(hashes)))),
            _ => 0,
        };
        match length {
            0 => code.push(character),
            _ => code += &spaces(&rest[..length]),
        }
        at += length.max(character.len_utf8());
    }
    code
}

/// The length of a string or character, to the quote it began with.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    let ends = |character: char| {
        let ends = !escaped && rest.starts_with(character);
        escaped = !escaped && character == '\\';
        ends
    };
    rest[1..].find(ends).map_or(rest.len(), |at| at + 2)
}
