//! Numbers of paragraphs and items: counted by Word where Word would count as the text does, written out where it would not.
//!
//! A number is part of what an organisation agrees to, so what Word shows must be what the text says. Word counts on within a list, level
//! by level, and from a list's first number; so a list goes on as long as that gives the text's numbers, and where it does not, another
//! begins with the number that is wanted. What Word writes otherwise (after `z.` it has `aa.`, then `bb.`) is written out. Both texts of
//! a file have their numbers; a paragraph that is in one list in both is not touched by a change. Each kind and level has a style that is
//! in the first list of that kind, so that whoever writes on in the file finds it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::limits::LISTS_MAX;
use super::xml::{WORD, part};
use crate::text::block::Kind;
use crate::text::compare::Frame;
use crate::text::marked::{Marked, Side};
use crate::text::numbers;

/// How a paragraph shows its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It has none.
    None,
    /// Word counts it in this list.
    Counted(u32),
    Written,
}

/// Bullets are one list: nothing is counted.
const BULLETS: u32 = 1;
const FIRST: u32 = 2;
const LEVELS: usize = 6;
/// A centimetre, in twentieths of a point: one step inwards.
pub const STEP: u32 = 567;

/// Every paragraph's number in both texts (by its place in the file), and the lists they need.
pub struct Numbering {
    stands: Vec<Shown>,
    would: Vec<Shown>,
    lists: Vec<List>,
}

/// Counts from `start` at one level, from 1 at all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct List {
    kind: Kind,
    level: usize,
    start: u64,
}

impl Numbering {
    pub fn of(marked: &Marked) -> Numbering {
        let would = planned(marked, Side::Would);
        let stands = planned(marked, Side::Stands);
        // A list of the older text is the newer's where they share a paragraph and begin alike.
        let mut lists = would.lists.clone();
        let mut one: BTreeMap<usize, u32> = BTreeMap::new();
        for (of_old, of_new) in stands.shown.iter().zip(&would.shown) {
            if let (Some(old), Some(new)) = (of_old.in_list(), of_new.in_list())
                && stands.lists[old] == would.lists[new]
                && !one.contains_key(&old)
                && !one.values().any(|taken| *taken == FIRST + new as u32)
            {
                one.insert(old, FIRST + new as u32);
            }
        }
        for (old, list) in stands.lists.iter().enumerate() {
            if let std::collections::btree_map::Entry::Vacant(free) = one.entry(old) {
                free.insert(FIRST + lists.len() as u32);
                lists.push(*list);
            }
        }
        let renamed = |shown: &Shown| match shown.in_list() {
            Some(old) => Shown::Counted(one[&old]),
            None => *shown,
        };
        Numbering { stands: stands.shown.iter().map(renamed).collect(), would: would.shown, lists }
    }

    /// Of the block at this place.
    pub fn shown(&self, block: usize, side: Side) -> Shown {
        let side = match side {
            Side::Stands => &self.stands,
            Side::Would => &self.would,
        };
        side.get(block).copied().unwrap_or(Shown::None)
    }

    /// The list that the style of such paragraphs is in.
    fn of_style(&self, kind: Kind) -> Option<u32> {
        match kind {
            Kind::Bullet => Some(BULLETS),
            Kind::Numbered | Kind::Ordered => self.lists.iter().zip(FIRST..).find(|(list, _)| list.kind == kind).map(|(_, id)| id),
            Kind::Heading | Kind::Paragraph | Kind::Continuation | Kind::Quotation => None,
        }
    }

    /// Styles of paragraphs with a number: id and properties.
    pub fn styles(&self) -> Vec<(String, String)> {
        let kinds = [Kind::Numbered, Kind::Ordered, Kind::Bullet];
        let levels = kinds.into_iter().flat_map(|kind| (1..=kind.levels()).map(move |level| (kind, level)));
        let list = |kind, level: u8| {
            let list = self.of_style(kind).map(|list| format!(r#"<w:numId w:val="{list}"/>"#));
            list.map_or_else(String::new, |list| format!(r#"<w:numPr><w:ilvl w:val="{}"/>{list}</w:numPr>"#, level - 1))
        };
        levels.filter_map(|(kind, level)| Some((style(kind, level)?, list(kind, level)))).collect()
    }

    /// `word/numbering.xml`.
    pub fn written(&self) -> String {
        let (mut forms, mut lists) = (String::new(), String::new());
        let bullets = std::iter::once((BULLETS, Kind::Bullet, None));
        let counted = self.lists.iter().zip(FIRST..).map(|(list, id)| (id, list.kind, Some((list.level, list.start))));
        for (id, kind, start) in bullets.chain(counted) {
            let _ = write!(forms, r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>"#);
            for level in 0..LEVELS {
                let start = start.filter(|(at, _)| *at == level).map_or(1, |(_, start)| start);
                let style = style(kind, level as u8 + 1).filter(|_| self.of_style(kind) == Some(id));
                forms.push_str(&level_written(kind, level, start, style));
            }
            forms.push_str("</w:abstractNum>");
            let _ = write!(lists, r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#);
        }
        part("w:numbering", WORD, &(forms + &lists))
    }
}

impl Shown {
    fn in_list(self) -> Option<usize> {
        match self {
            Shown::Counted(id) => id.checked_sub(FIRST).map(|list| list as usize),
            Shown::None | Shown::Written => None,
        }
    }
}

/// The style of paragraphs of such a kind and level.
pub fn style(kind: Kind, level: u8) -> Option<String> {
    let name = match kind {
        Kind::Numbered => "Numbered",
        Kind::Ordered => "Item",
        Kind::Bullet => "Bullet",
        Kind::Heading | Kind::Paragraph | Kind::Continuation | Kind::Quotation => return None,
    };
    Some(format!("{name}{level}")).filter(|_| level <= kind.levels())
}

fn level_written(kind: Kind, level: usize, start: u64, style: Option<String>) -> String {
    let number = level + 1;
    let (form, text) = match (kind, level % 3) {
        (Kind::Bullet, _) => ("bullet", "–".to_owned()),
        (Kind::Numbered, 0) => ("decimal", format!("%{number}.")),
        (Kind::Numbered, 1) => ("lowerLetter", format!("(%{number})")),
        (Kind::Numbered, _) => ("lowerRoman", format!("(%{number})")),
        (_, 0) => ("decimal", format!("%{number}.")),
        (_, 1) => ("lowerLetter", format!("%{number}.")),
        (_, _) => ("lowerRoman", format!("%{number}.")),
    };
    let left = STEP * number as u32;
    let style = style.map_or_else(String::new, |style| format!(r#"<w:pStyle w:val="{style}"/>"#));
    format!(
        r#"<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{style}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{STEP}"/></w:pPr></w:lvl>"#
    )
}

struct Planned {
    shown: Vec<Shown>,
    lists: Vec<List>,
}

/// What is known of a level's count in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    /// Nothing was counted since it began anew.
    Fresh,
    At(u64),
    /// A deeper level was counted without it: programs do not agree on what comes next.
    Unsure,
}

struct Counting {
    list: usize,
    counts: [Count; LEVELS],
}

fn planned(marked: &Marked, side: Side) -> Planned {
    let (mut shown, mut lists) = (Vec::new(), Vec::new());
    let (mut numbered, mut items) = (None, None);
    for block in &marked.blocks {
        let form = block.form(side);
        let (counting, kind) = match form.kind {
            Kind::Numbered => (&mut numbered, Kind::Numbered),
            Kind::Ordered => (&mut items, Kind::Ordered),
            Kind::Bullet => {
                shown.push(Shown::Counted(BULLETS));
                continue;
            }
            Kind::Heading | Kind::Paragraph | Kind::Continuation | Kind::Quotation => {
                shown.push(Shown::None);
                continue;
            }
        };
        // What is not in this text counts nothing in it; it shows its number where it stands.
        if !block.fate.is_in(side) {
            shown.push(Shown::Written);
            continue;
        }
        shown.push(match counted_by_word(form) {
            Some((level, number)) => next(counting, &mut lists, List { kind, level, start: number }),
            None => Shown::Written,
        });
    }
    Planned { shown, lists }
}

fn next(counting: &mut Option<Counting>, lists: &mut Vec<List>, wanted: List) -> Shown {
    let List { level, start: number, .. } = wanted;
    let follows = |counting: &Counting| match counting.counts[level] {
        Count::Fresh => number == 1,
        Count::At(before) => number == before + 1,
        Count::Unsure => false,
    };
    if !counting.as_ref().is_some_and(follows) {
        if lists.len() >= LISTS_MAX {
            return Shown::Written;
        }
        *counting = Some(Counting { list: lists.len(), counts: [Count::Fresh; LEVELS] });
        lists.push(wanted);
    }
    let Some(Counting { list, counts }) = counting else { return Shown::Written };
    counts[level] = Count::At(number);
    counts[level + 1..].fill(Count::Fresh);
    counts[..level].iter_mut().filter(|count| **count == Count::Fresh).for_each(|count| *count = Count::Unsure);
    Shown::Counted(FIRST + *list as u32)
}

/// The level (from 0) and the number of a label that Word would write in the same way.
fn counted_by_word(form: &Frame) -> Option<(usize, u64)> {
    let level = form.level?;
    let label = form.label.as_deref()?;
    let signs = label.strip_suffix('.').or_else(|| label.strip_prefix('(')?.strip_suffix(')'))?;
    let number = numbers::item_number(level, &format!("{signs}."))?;
    let most = match level % 3 {
        1 => 9_999,
        // Word goes on with `aa`, `bb`; so does a text for one more.
        2 => 27,
        // Beyond, programs differ.
        _ => 3_999,
    };
    let written = match (form.kind, level) {
        (Kind::Numbered, 2 | 3) => format!("({signs})"),
        _ => format!("{signs}."),
    };
    (number <= most && written == label && usize::from(level) <= LEVELS).then_some((usize::from(level) - 1, number))
}
