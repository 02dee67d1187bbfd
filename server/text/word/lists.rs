//! What numbers and bullets of a file are to a statement. Files count in lists, each on its own; a statement counts its paragraphs through
//! the whole text and knows lists beside them. A list is the numbering of the text's paragraphs where it goes on after other words, or
//! where `(a)` stands below its `1.`; any other is a list. Numbers must come back by counting: one that would not is said to begin anew.
//! The same rule places what is pasted (`web/src/paste/numbering.ts`), which has less to go by.

use std::collections::{HashMap, HashSet};

use super::paper::{Form, Item, Label, Look};
use crate::text::block::Kind;
use crate::text::limits::WORD_NUMBER_MAX;
use crate::text::numbers::Numbers;

/// The place of one paragraph.
#[derive(Debug, PartialEq, Eq)]
pub struct Placed {
    pub kind: Kind,
    pub level: Option<u8>,
    pub label: Option<String>,
}

/// The place of each paragraph, in order.
pub fn placed(forms: &[&Form]) -> Vec<Placed> {
    let values = values(forms);
    let numbering = numbering(forms, &values);
    let mut placing = Placing { numbering, ..Placing::default() };
    let mut numbers = Numbers::default();
    let place = |(form, value): (&&Form, &Option<u64>)| {
        let (kind, level, start) = placing.place(form, *value);
        Placed { label: numbers.next(kind, level, start).label, kind, level }
    };
    forms.iter().zip(&values).map(place).collect()
}

/// A heading is no item, whatever counts it.
fn item(form: &Form) -> Option<&Item> {
    form.item.as_ref().filter(|_| matches!(form.look, Look::Paragraph | Look::Beside | Look::Quotation))
}

fn counting(form: &Form) -> Option<&Item> {
    item(form).filter(|item| !item.further && matches!(item.label, Label::Counts { .. }))
}

/// The number of each item that has one, as its file counts.
fn values(forms: &[&Form]) -> Vec<Option<u64>> {
    let mut counters: HashMap<&str, Vec<u64>> = HashMap::new();
    let mut values = Vec::with_capacity(forms.len());
    for form in forms {
        // Headings count, too, where they are numbered by the same list.
        let value = form.item.as_ref().filter(|item| !item.further).map(|item| {
            let counters = counters.entry(&item.list).or_default();
            let before = counters.get(item.level - 1).copied().filter(|before| *before > 0 && !item.anew);
            let value = before.map_or(item.start, |before| before + 1).min(WORD_NUMBER_MAX);
            counters.resize(item.level, 0);
            counters[item.level - 1] = value;
            value
        });
        values.push(value.filter(|_| counting(form).is_some()));
    }
    values
}

/// The lists that are the numbering of the text's paragraphs, each with the name it goes by: one that goes on where another ended is it.
fn numbering(forms: &[&Form], values: &[Option<u64>]) -> HashMap<String, String> {
    let (mut names, mut numbering) = (HashMap::<String, String>::new(), HashSet::new());
    let mut ended: HashMap<u64, String> = HashMap::new();
    let mut running: Option<String> = None;
    for (form, value) in forms.iter().zip(values) {
        if item(form).is_none() && form.look != Look::Beside {
            running = None;
        }
        let (Some(item), Some(value)) = (counting(form), *value) else { continue };
        let Label::Counts { framed, scheme } = item.label else { continue };
        let before = value.checked_sub(1).and_then(|before| ended.get(&before));
        let goes_on = names.get(&item.list).or(if item.level > 1 { running.as_ref() } else { before }).cloned();
        let name = goes_on.clone().unwrap_or_else(|| item.list.clone());
        names.insert(item.list.clone(), name.clone());
        if scheme || (item.level > 1 && framed) {
            numbering.insert(name.clone());
        }
        if item.level > 1 {
            continue;
        }
        if goes_on.is_some() && running.is_none() && value > 1 {
            numbering.insert(name.clone());
        }
        if value > 1 && ended.get(&(value - 1)) == Some(&name) {
            ended.remove(&(value - 1));
        }
        ended.insert(value, name.clone());
        running = Some(name);
    }
    names.retain(|_, name| numbering.contains(name));
    names
}

/// An item that others can stand below, by its level in the file and by the one it got.
struct Above {
    at: usize,
    level: u8,
    numbered: bool,
}

#[derive(Default)]
struct Placing {
    numbering: HashMap<String, String>,
    above: Vec<Above>,
    /// The last number at each level of the list that is open.
    counters: Vec<u64>,
    /// Numbered paragraphs so far; a row that begins anew cannot be among them.
    count: u64,
    apart: HashSet<String>,
}

impl Placing {
    fn place(&mut self, form: &Form, value: Option<u64>) -> (Kind, Option<u8>, Option<u64>) {
        match item(form) {
            Some(item) if item.further => return (Kind::Continuation, Some(self.under(Some(item.level)).unwrap_or(1)), None),
            Some(item) => return self.item(item, value),
            None => {}
        }
        if form.look == Look::Beside
            && let Some(level) = self.under(None)
        {
            return (Kind::Continuation, Some(level), None);
        }
        self.above.clear();
        self.counters.clear();
        match form.look {
            Look::Title => (Kind::Heading, Some(1), None),
            Look::Heading(level) => (Kind::Heading, Some(level.saturating_add(1).min(Kind::Heading.levels())), None),
            Look::Quotation => (Kind::Quotation, None, None),
            Look::Paragraph | Look::Beside => (Kind::Paragraph, None, None),
        }
    }

    /// The level of the item that a further paragraph belongs to.
    fn under(&self, at: Option<usize>) -> Option<u8> {
        self.above.iter().rev().find(|above| at.is_none_or(|at| above.at <= at)).map(|above| above.level)
    }

    fn item(&mut self, item: &Item, value: Option<u64>) -> (Kind, Option<u8>, Option<u64>) {
        self.above.retain(|above| above.at < item.level);
        // What we wrote ourselves says what it is.
        let parent = self.above.last().filter(|_| item.ours.is_none()).map(|above| (above.level, above.numbered));
        if self.is_numbered(item, value, parent) {
            let level = parent.map_or(item.level as u8, |(level, _)| level + 1);
            if level <= Kind::Numbered.levels() {
                self.above.push(Above { at: item.level, level, numbered: true });
                self.counters.clear();
                return (Kind::Numbered, Some(level), None);
            }
        }
        // Below a numbered paragraph a list begins at its own first level.
        let level = match parent {
            Some((_, true)) => 1,
            Some((above, false)) => (usize::from(above) + 1).max(item.level),
            None => item.level,
        };
        let level = level.min(usize::from(Kind::Ordered.levels()));
        self.above.push(Above { at: item.level, level: level as u8, numbered: false });
        let before = self.counters.get(level - 1).copied().unwrap_or(0);
        self.counters.resize(level, 0);
        let Some(value) = value else {
            self.counters[level - 1] = 0;
            return (Kind::Bullet, Some(level as u8), None);
        };
        self.counters[level - 1] = value;
        (Kind::Ordered, Some(level as u8), (value != before + 1 && value > 0).then_some(value))
    }

    fn is_numbered(&mut self, item: &Item, value: Option<u64>, parent: Option<(u8, bool)>) -> bool {
        if let Some(ours) = item.ours {
            return ours == Kind::Numbered;
        }
        let (Some(name), Some(value)) = (self.numbering.get(&item.list).cloned(), value) else { return false };
        if item.level == 1 {
            if value != self.count + 1 {
                self.apart.insert(name.clone());
            }
            if !self.apart.contains(&name) {
                self.count = value;
            }
        }
        !self.apart.contains(&name) && parent.is_none_or(|(_, numbered)| numbered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `. `a paragraph, `h` a heading, `=` what stands beside an item, `-1` a bullet, `a1` an item of list a at level 1, `A2` one that
    /// writes `(a)`, `a1*` one that begins anew.
    fn drawn(said: &str) -> String {
        let form = |word: &str| {
            let (look, item) = match word {
                "." => (Look::Paragraph, None),
                "h" => (Look::Heading(1), None),
                "=" => (Look::Beside, None),
                word => {
                    let (list, rest) = word.split_at(1);
                    let label = match list {
                        "-" => Label::Bullet,
                        _ => Label::Counts { framed: list == "A", scheme: false },
                    };
                    let anew = rest.ends_with('*');
                    let level = rest.trim_end_matches('*').parse().unwrap();
                    (Look::Paragraph, Some(Item { list: list.to_lowercase(), level, label, start: 1, anew, further: false, ours: None }))
                }
            };
            Form { look, item, dir: None }
        };
        let forms: Vec<Form> = said.split(' ').map(form).collect();
        let told = |placed: &Placed| {
            let name = crate::text::description::name(placed.kind, placed.level).unwrap_or_else(|| ".".to_owned());
            format!("{name}{}", placed.label.as_ref().map_or(String::new(), |label| format!("={label}")))
        };
        placed(&forms.iter().collect::<Vec<_>>()).iter().map(told).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_list_that_goes_on_after_other_words_numbers_the_paragraphs() {
        assert_eq!(drawn("a1 a1 h a1"), "numbered:1=1. numbered:1=2. heading:1 numbered:1=3.");
        assert_eq!(drawn("a1 a1 ."), "ordered:1=1. ordered:1=2. .");
        assert_eq!(drawn("a1 A2 A2 a1"), "numbered:1=1. numbered:2=(a) numbered:2=(b) numbered:1=2.");
        assert_eq!(drawn("a1 = A2 -2 a1"), "numbered:1=1. continuation:1 numbered:2=(a) bullet:1 numbered:1=2.");
    }

    #[test]
    fn lists_keep_their_levels_and_their_numbers() {
        assert_eq!(drawn("a1 a2 a2 a1"), "ordered:1=1. ordered:2=a. ordered:2=b. ordered:1=2.");
        assert_eq!(drawn("-1 -2 = -1"), "bullet:1 bullet:2 continuation:2 bullet:1");
        assert_eq!(drawn("a1 a1 . b1 b1"), "ordered:1=1. ordered:1=2. . ordered:1=1. ordered:1=2.");
        // A numbering that begins anew cannot be the text's own: its numbers are said.
        assert_eq!(drawn("a1 . a1 . a1* . a1"), "numbered:1=1. . numbered:1=2. . ordered:1=1. . ordered:1=2.");
    }
}
