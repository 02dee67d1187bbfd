//! One rule for every text people sign or are named by: what nobody sees must do nothing.
//!
//! A character without a shape of its own may stand only where a script needs it. Everything else that is unseen, or
//! that looks different from one machine to the next, is found by this rule, and what it finds is never frozen, signed
//! or printed: it would let one row of letters be read in two ways. The rule, in the order of [`Stays`]:
//!
//! * Found everywhere: direction overrides and embeddings, tags, fillers, soft hyphens, word joiners, byte order marks,
//!   invisible operators, deprecated format characters, annotations, control characters, line and paragraph separators,
//!   codes that are no characters, private characters (each font draws its own), and the sign of a lost letter.
//! * A direction mark or an isolate stays only in a line that has right-to-left letters. An isolate needs its partner in
//!   the same line; a right-to-left one needs such a letter inside it, or it would only turn numbers round; a
//!   right-to-left mark needs such a letter as its nearest on one side, or stands at the line's edge, for the same reason.
//!   In a line without right-to-left letters even a harmless `LRI … PDI` is found: there it does nothing.
//! * A joiner stays beside a letter or mark of a script that joins or stacks its letters, one at a time; a non-joiner
//!   stays between two letters, marks or digits, one of which is such a one.
//! * A zero-width space stays between letters of which one belongs to a script written without spaces. `text/v1` drops
//!   it: it says nothing, it only lets a line break.
//! * Selectors of Mongolian forms stay after a Mongolian letter, the vowel separator between two; selectors of
//!   ideographic forms after an ideograph; the first three general ones after a letter that Unicode lists variants for;
//!   the grapheme joiner between two Hebrew points, whose order it keeps.
//! * Marks from the general blocks pile at most four on a letter (UTS #39, 5.4) and never begin a line.
//!
//! White space that can be seen stays, no-break spaces too; tabs and line ends count as spaces. The table stands in
//! `web/src/text/unseen.json`, from Unicode 17 (`Default_Ignorable_Code_Point`, `Cf`, `Cc`, `Zl`, `Zp`, `Co`, `Cs`,
//! noncharacters; `Joining_Type`, `Indic_Syllabic_Category`, `Line_Break=SA`, `Bidi_Class`); the editor reads the same
//! table and the same cases (`tests/vectors/text`).

mod load;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use load::{Letters, Sign, Stays, table};

/// A character that must not stand where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// Bytes before it in the line.
    pub at: usize,
    pub sign: char,
    /// Its name in `words/obstacles`.
    pub name: &'static str,
    pub mend: Mend,
}

/// How a finding is taken away. What can be seen is for a person to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    Gone,
    Space,
    ByHand,
}

/// Everything the rule finds in a text, in order. A line ends at `\n`.
pub fn find(text: &str) -> Vec<Finding> {
    if text.chars().all(harmless) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        in_line(line, start, &mut found);
        start += line.len() + 1;
    }
    found
}

/// The text without what the rule finds; what is mended by hand becomes a space. For letters, where nobody can be asked.
pub fn mended(text: &str) -> String {
    let without = |text: &str, found: &[Finding]| {
        let (mut out, mut rest) = (String::with_capacity(text.len()), 0);
        for finding in found {
            out.push_str(&text[rest..finding.at]);
            if finding.mend != Mend::Gone {
                out.push(' ');
            }
            rest = finding.at + finding.sign.len_utf8();
        }
        out + &text[rest..]
    };
    let once = without(text, &find(text));
    // A space where something was seen may leave a joiner alone.
    without(&once, &find(&once))
}

/// Words as they are kept once nothing is found in them: NFC, and without the breaks that say nothing, as in `text/v1`.
pub fn settled(text: &str) -> String {
    text.nfc().filter(|letter| *letter != '\u{200b}').collect()
}

/// Whether the rule has a say on this character: then it needs no glyph of its own.
pub fn is_sign(letter: char) -> bool {
    !matches!(letter, ' '..='~') && table().sign(letter).is_some()
}

/// What a sign does where it may stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Never,
    /// Says which way words run, or where a line may break.
    Steers,
    /// Says which form a letter takes.
    Shapes,
}

/// What the rule knows of a character; nothing for those that are seen.
pub fn role(letter: char) -> Option<Role> {
    table().sign(letter).map(|sign| match sign.stays {
        Stays::Gone | Stays::Space | Stays::ByHand => Role::Never,
        Stays::LeftMark | Stays::RightMark | Stays::Isolate | Stays::WordBreak => Role::Steers,
        Stays::NonJoiner
        | Stays::Joiner
        | Stays::HebrewOrder
        | Stays::MongolianForm
        | Stays::MongolianBreak
        | Stays::Variation
        | Stays::Ideographic => Role::Shapes,
    })
}

/// Whether this is a letter of a script that runs from right to left.
pub fn runs_left(letter: char) -> bool {
    !letter.is_ascii() && letter.is_alphabetic() && table().letters.right_to_left.has(letter)
}

/// `U+202E`.
pub fn code_point(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

/// A character's name as people say it.
pub fn called(name: &str) -> String {
    crate::words::Words::of("en").say(&format!("character.{name}"), &[])
}

/// Nothing the rule knows begins below the soft hyphen but control characters.
fn harmless(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\t' | '\n' | '\r' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}')
}

/// A character of a line with what stands around it; what goes is looked through.
struct Letter {
    at: usize,
    letter: char,
    sign: Option<&'static Sign>,
    /// The next character that is no sign.
    after: Option<char>,
    /// Whether the nearest letter after it runs from right to left.
    leads_to: Option<bool>,
}

fn in_line(line: &str, start: usize, found: &mut Vec<Finding>) {
    let table = table();
    let mut letters: Vec<Letter> =
        line.char_indices().map(|(at, letter)| Letter { at, letter, sign: table.sign(letter), after: None, leads_to: None }).collect();
    let (mut after, mut leads_to) = (None, None);
    for one in letters.iter_mut().rev() {
        (one.after, one.leads_to) = (after, leads_to);
        if let Some(seen) = one.seen() {
            after = Some(seen);
        }
        if one.letter.is_alphabetic() && one.sign.is_none() {
            leads_to = Some(runs_left(one.letter));
        }
    }
    let isolates = isolates(&letters);
    let runs_left_somewhere = letters.iter().any(|one| runs_left(one.letter));
    let mut before = Before::default();
    for (one, isolated) in letters.iter().zip(isolates) {
        let finding = match one.sign {
            None if !table.letters.stacking.has(one.letter) => None,
            None if before.seen.is_none() => Some(("lone-mark", Mend::ByHand)),
            None => (before.stacked >= table.stacked_max).then_some(("stacked-mark", Mend::ByHand)),
            Some(sign) => {
                let stays = match sign.stays {
                    Stays::Gone | Stays::Space | Stays::ByHand => false,
                    Stays::LeftMark => runs_left_somewhere,
                    Stays::RightMark => {
                        let beside = before.leads_from == Some(true) || one.leads_to == Some(true);
                        runs_left_somewhere && (beside || before.leads_from.is_none() || one.leads_to.is_none())
                    }
                    Stays::Isolate => runs_left_somewhere && isolated,
                    _ => table.letters.need(sign.stays, &before, one.after),
                };
                (!stays).then_some((sign.name.as_str(), mend(sign)))
            }
        };
        before.pass(one, finding.is_some());
        if let Some((name, mend)) = finding {
            found.push(Finding { at: start + one.at, sign: one.letter, name, mend });
        }
    }
}

impl Letter {
    /// What a reader sees here, if anything.
    fn seen(&self) -> Option<char> {
        match self.sign.map(|sign| sign.stays) {
            None | Some(Stays::ByHand) => Some(self.letter),
            Some(Stays::Space) => Some(' '),
            Some(_) => None,
        }
    }
}

/// What stands before a character, once all that goes is gone.
#[derive(Default)]
struct Before {
    /// The last character that is seen.
    seen: Option<char>,
    /// The sign that stays directly before, if one does.
    sign: Option<Stays>,
    /// Whether the nearest letter runs from right to left.
    leads_from: Option<bool>,
    /// Marks of the general blocks on the last letter.
    stacked: usize,
}

impl Before {
    fn pass(&mut self, one: &Letter, goes: bool) {
        if let Some(seen) = one.seen() {
            self.stacked = if table().letters.stacking.has(seen) { self.stacked + 1 } else { 0 };
            (self.seen, self.sign) = (Some(seen), None);
            if one.letter.is_alphabetic() && one.sign.is_none() {
                self.leads_from = Some(runs_left(one.letter));
            }
        } else if !goes {
            self.sign = one.sign.map(|sign| sign.stays);
        }
    }

    fn joins(&self) -> bool {
        matches!(self.sign, Some(Stays::Joiner | Stays::NonJoiner))
    }
}

/// For each character whether, as an isolate or its end, it has its partner and holds what it is for.
fn isolates(letters: &[Letter]) -> Vec<bool> {
    let mut good = vec![false; letters.len()];
    // Where it opened, and whether a right-to-left letter has come since.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (at, one) in letters.iter().enumerate() {
        match one.letter {
            '\u{2066}'..='\u{2068}' => open.push((at, false)),
            '\u{2069}' => {
                let Some((from, holds)) = open.pop() else { continue };
                good[from] = holds || letters[from].letter != '\u{2067}';
                good[at] = good[from];
                if let Some(outer) = open.last_mut() {
                    outer.1 |= holds;
                }
            }
            letter if runs_left(letter) => {
                if let Some(inner) = open.last_mut() {
                    inner.1 = true;
                }
            }
            _ => {}
        }
    }
    good
}

impl Letters {
    /// Whether a script needs this sign between what is seen before it and after it.
    fn need(&self, stays: Stays, before: &Before, after: Option<char>) -> bool {
        let Some(last) = before.seen else { return stays == Stays::Joiner && after.is_some_and(|next| self.joining.joins(next)) };
        let says = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
        match stays {
            Stays::NonJoiner => {
                let beside = |next: char| says(last) && says(next) && (self.joining.joins(last) || self.joining.joins(next));
                !before.joins() && after.is_some_and(beside)
            }
            Stays::Joiner => !before.joins() && (self.joining.joins(last) || after.is_some_and(|next| self.joining.joins(next))),
            Stays::WordBreak => {
                let beside =
                    |next: char| !last.is_whitespace() && !next.is_whitespace() && (self.unspaced.has(last) || self.unspaced.has(next));
                before.sign != Some(Stays::WordBreak) && after.is_some_and(beside)
            }
            Stays::HebrewOrder => {
                before.sign.is_none() && self.hebrew_points.has(last) && after.is_some_and(|next| self.hebrew_points.has(next))
            }
            Stays::MongolianForm => before.sign.is_none() && self.mongolian.has(last),
            Stays::MongolianBreak => {
                before.sign != Some(Stays::MongolianBreak) && self.mongolian.has(last) && after.is_some_and(|next| self.mongolian.has(next))
            }
            Stays::Variation => before.sign.is_none() && self.varying.has(last),
            Stays::Ideographic => before.sign.is_none() && self.ideographs.has(last),
            Stays::Gone | Stays::Space | Stays::ByHand | Stays::LeftMark | Stays::RightMark | Stays::Isolate => false,
        }
    }
}

fn mend(sign: &Sign) -> Mend {
    match sign.stays {
        Stays::Space => Mend::Space,
        Stays::ByHand => Mend::ByHand,
        _ => Mend::Gone,
    }
}

#[cfg(test)]
mod tests;
