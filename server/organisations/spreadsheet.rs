//! A file as a spreadsheet program saves it: bytes in, rows of cells out, each with the number the program shows beside it.
//!
//! Read are UTF-8, with or without its mark, and UTF-16, which Excel calls “Unicode text”; cells apart by comma, semicolon
//! or tab, whichever cuts the first row into most; lines that end in CR, LF or both; quotes as RFC 4180 has them. Older
//! encodings of letters are never guessed: a name with a wrong letter is worse than a file that must be saved again. Rows
//! that hold nothing are counted and left out.

use crate::kernel::{No, Refusal};

/// A row that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// As the spreadsheet counts: the first row is 1, empty rows count, a line break inside a cell does not.
    pub number: usize,
    pub cells: Vec<String>,
}

/// Every row that holds something. Errors say what the file is, or which row cannot be read and why.
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, Refusal> {
    let text = decoded(bytes)?;
    // Excel's own hint, which it does not show as a row.
    let (separator, text) = match text.strip_prefix("sep=").and_then(|rest| Some((rest.chars().next()?, rest.split_once('\n')?.1))) {
        Some((hinted, rest)) => (hinted, rest),
        None => (separator(&text), text.as_str()),
    };
    let mut rows = Rows { rest: text, separator, number: 0 };
    let mut lines = Vec::new();
    while let Some(line) = rows.row()? {
        if line.cells.iter().any(|cell| !cell.trim().is_empty()) {
            lines.push(line);
        }
    }
    Ok(lines)
}

fn decoded(bytes: &[u8]) -> Result<String, Refusal> {
    if let Some(what) = other_file(bytes) {
        return Err(Refusal::new(No::CsvOtherFile).with("what", what));
    }
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or_default()])).collect();
        String::from_utf16(&units).map_err(|_| unreadable(1, "its UTF-16 is damaged"))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        // Without its mark: a heading is ASCII, so every other byte of it is empty.
        [1..=255, 0, 1..=255, 0, ..] => wide(bytes, u16::from_le_bytes),
        [0, 1..=255, 0, 1..=255, ..] => wide(bytes, u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| not_utf8(bytes, error.valid_up_to()))
        }
    }
}

/// Where the letters stop being UTF-8, with the words before.
fn not_utf8(bytes: &[u8], valid: usize) -> Refusal {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
    let mut rows = Rows { rest: &before, separator: separator(&before), number: 0 };
    while let Ok(Some(_)) = rows.row() {}
    let ends_a_row = before.ends_with(['\r', '\n']);
    let near = before.rsplit([',', ';', '\t', '\r', '\n']).next().unwrap_or_default();
    let near: String = near.trim_start_matches('"').chars().take(60).collect();
    Refusal::new(No::CsvNotUtf8).with("row", (rows.number + usize::from(ends_a_row)).max(1)).with("near", near)
}

fn other_file(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 6] = [
        (b"PK\x03\x04", "a workbook of Excel, LibreOffice or Numbers"),
        (b"\xd0\xcf\x11\xe0", "a workbook of an older Excel"),
        (b"%PDF", "a PDF"),
        (b"{\\rtf", "a document of a word processor"),
        (b"<!DOCTYPE", "a web page"),
        (b"<html", "a web page"),
    ];
    known.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what)
}

/// What stands between cells: of comma, semicolon and tab the one that cuts the first row into most.
fn separator(text: &str) -> char {
    let cells = |separator: char| {
        let first = Rows { rest: text, separator, number: 0 }.row();
        first.ok().flatten().map_or(0, |line| line.cells.len())
    };
    let mut best = (',', cells(','));
    for other in [';', '\t'] {
        let count = cells(other);
        if count > best.1 {
            best = (other, count);
        }
    }
    best.0
}

/// A file on its way to rows.
struct Rows<'a> {
    rest: &'a str,
    separator: char,
    number: usize,
}

impl Rows<'_> {
    fn row(&mut self) -> Result<Option<Line>, Refusal> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell()?);
            let mut after = self.rest.chars();
            match after.next() {
                Some(letter) if letter == self.separator => self.rest = after.as_str(),
                Some('\r') => {
                    self.rest = after.as_str().strip_prefix('\n').unwrap_or(after.as_str());
                    break;
                }
                Some(_) => {
                    self.rest = after.as_str();
                    break;
                }
                None => break,
            }
        }
        Ok(Some(Line { number: self.number, cells }))
    }

    /// One cell, up to its separator or the end of its line.
    fn cell(&mut self) -> Result<String, Refusal> {
        let ends = |letter: char| letter == self.separator || matches!(letter, '\r' | '\n');
        let Some(quoted) = self.rest.strip_prefix('"') else {
            let end = self.rest.find(ends).unwrap_or(self.rest.len());
            let (cell, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Ok(cell.to_owned());
        };
        let (mut cell, mut rest) = (String::new(), quoted);
        loop {
            let Some((words, after)) = rest.split_once('"') else {
                return Err(Refusal::new(No::CsvQuoteOpen).with("row", self.number));
            };
            cell.push_str(words);
            match after.strip_prefix('"') {
                Some(more) => {
                    cell.push('"');
                    rest = more;
                }
                None if after.is_empty() || after.starts_with(ends) => {
                    self.rest = after;
                    return Ok(cell);
                }
                None => {
                    return Err(unreadable(
                        self.number,
                        "a quotation mark opens a cell there, and words stand behind the one that closes it",
                    ));
                }
            }
        }
    }
}

pub fn unreadable(row: usize, reason: &str) -> Refusal {
    Refusal::new(No::CsvUnreadable).with("row", row).with("reason", reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
        read(bytes).unwrap().into_iter().map(|line| (line.number, line.cells)).collect()
    }

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn the_same_rows_come_out_however_the_file_was_saved() {
        let wanted = vec![(1, vec!["id".to_owned(), "name".to_owned()]), (2, vec!["1".to_owned(), "Zoé; a, \"b\"".to_owned()])];
        let comma = "id,name\r\n1,\"Zoé; a, \"\"b\"\"\"\r\n";
        for text in [comma.to_owned(), comma.replace("\r\n", "\n"), comma.replace("\r\n", "\r"), comma.trim_end().to_owned()] {
            assert_eq!(rows(text.as_bytes()), wanted, "{text:?}");
        }
        for text in [
            "id;name\n1;\"Zoé; a, \"\"b\"\"\"\n",
            "id\tname\n1\t\"Zoé; a, \"\"b\"\"\"\n",
            "sep=;\r\nid;name\r\n1;\"Zoé; a, \"\"b\"\"\"\r\n",
        ] {
            assert_eq!(rows(text.as_bytes()), wanted, "{text:?}");
            assert_eq!(rows(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), wanted);
            assert_eq!(rows(&[b"\xff\xfe".to_vec(), wide(text, u16::to_le_bytes)].concat()), wanted);
            assert_eq!(rows(&[b"\xfe\xff".to_vec(), wide(text, u16::to_be_bytes)].concat()), wanted);
            assert_eq!(rows(&wide(text, u16::to_le_bytes)), wanted);
        }
    }

    #[test]
    fn rows_are_counted_as_the_spreadsheet_counts_them() {
        let numbers = |text: &str| rows(text.as_bytes()).into_iter().map(|(number, _)| number).collect::<Vec<_>>();
        assert_eq!(numbers("a,b\n\n1,2\n,,\n \n3,4\n"), [1, 3, 6]);
        assert_eq!(numbers("a,b\n1,\"two\nlines\"\n3,4\n"), [1, 2, 3]);
        assert_eq!(numbers("a,b\r1,\"two\r\nlines\"\r3,4"), [1, 2, 3]);
        assert_eq!(numbers("\n\na,b\n1,2"), [3, 4]);
        assert_eq!(numbers(""), [0usize; 0]);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_row() {
        let refused = |bytes: &[u8]| {
            let refusal = read(bytes).unwrap_err();
            (refusal.no, refusal.params.get("row").and_then(serde_json::Value::as_u64))
        };
        assert_eq!(refused(b"a,b\n1,\"open\n2,3\n4,5\n"), (No::CsvQuoteOpen, Some(2)));
        assert_eq!(refused(b"a,b\n1,\"x\"y\n"), (No::CsvUnreadable, Some(2)));
        assert_eq!(refused(b"a,b\n\n1,Zo\xe9\n"), (No::CsvNotUtf8, Some(3)));
        assert_eq!(refused(b"a,b\n1,2\n\xe9,3\n"), (No::CsvNotUtf8, Some(3)));
        assert_eq!(refused(b"\xe9"), (No::CsvNotUtf8, Some(1)));
        assert_eq!(refused(b"PK\x03\x04\x14").0, No::CsvOtherFile);
        assert_eq!(refused(b"\xff\xfea\0\0\xd8").0, No::CsvUnreadable);
        let near = read(b"a;b\n1;Collectif \xab \xc9coute").unwrap_err();
        assert_eq!(near.params["near"], "Collectif ");
        assert_eq!(rows(b"a,b\n1, \"x\" y\n")[1].1[1], " \"x\" y", "a quotation mark inside a cell is a letter");
    }
}
