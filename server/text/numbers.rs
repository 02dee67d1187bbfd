//! Numbers of paragraphs, as the UN writes them: `1.`, `2.` … through the whole text, `(a)`, `(b)` … under each.

/// Counts numbered paragraphs through a text.
#[derive(Default)]
pub struct Numbers {
    numbered: usize,
    lettered: usize,
}

impl Numbers {
    /// The label of the next one: `3.`, or `(b)` under it.
    pub fn next(&mut self, level: i64) -> String {
        if level == 1 {
            self.numbered += 1;
            self.lettered = 0;
            format!("{}.", self.numbered)
        } else {
            self.lettered += 1;
            letter_label(self.lettered - 1)
        }
    }

    /// The last one, as it is cited: `3`, `3(b)`.
    pub fn cited(&self, level: i64) -> String {
        if level == 1 { self.numbered.to_string() } else { format!("{}{}", self.numbered, letter_label(self.lettered.saturating_sub(1))) }
    }
}

/// The label of the `index`-th (from 0) lettered paragraph: `(a)` … `(z)`, `(aa)`, `(ab)` …
fn letter_label(index: usize) -> String {
    let (mut letters, mut rest) = (Vec::new(), index + 1);
    while rest > 0 {
        letters.push(b'a' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    format!("({})", letters.iter().rev().map(|letter| char::from(*letter)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 52, 701, 702].map(letter_label), ["(a)", "(z)", "(aa)", "(ab)", "(ba)", "(zz)", "(aaa)"]);
    }

    #[test]
    fn a_paragraph_is_cited_with_the_one_above_it() {
        let mut numbers = Numbers::default();
        let labels = [1, 1, 2, 2, 1].map(|level| (numbers.next(level), numbers.cited(level)));
        let wanted = [("1.", "1"), ("2.", "2"), ("(a)", "2(a)"), ("(b)", "2(b)"), ("3.", "3")];
        assert_eq!(labels, wanted.map(|(label, cited)| (label.to_owned(), cited.to_owned())));
    }
}
