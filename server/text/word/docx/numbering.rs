//! What numbers paragraphs: a numbering (`w:num`) counts in a scheme (`w:abstractNum`) of nine levels, which several may share.

use std::collections::HashMap;

use super::super::paper::{Item, Label};
use super::super::xml::Element;
use super::value;
use crate::text::limits::WORD_NUMBER_MAX;

/// Levels of a scheme, by the format.
const LEVELS: usize = 9;

#[derive(Default)]
pub struct Numbering {
    schemes: HashMap<String, Scheme>,
    nums: HashMap<String, Num>,
}

#[derive(Default)]
struct Scheme {
    levels: Vec<Level>,
    /// Its levels are another's, which is named by a style.
    link: Option<String>,
    style: Option<String>,
}

#[derive(Clone)]
struct Level {
    at: usize,
    start: u64,
    format: String,
    text: String,
    style: Option<String>,
}

struct Num {
    scheme: String,
    /// Levels that begin anew, and with what.
    anew: Vec<(usize, u64)>,
    own: Vec<Level>,
}

impl Numbering {
    pub fn read(part: Option<&Element>) -> Numbering {
        let mut numbering = Numbering::default();
        for element in part.into_iter().flat_map(Element::children) {
            match element.name.as_str() {
                "w:abstractNum" => {
                    let scheme = Scheme {
                        levels: levels(element),
                        link: value(element, "w:numStyleLink").map(str::to_owned),
                        style: value(element, "w:styleLink").map(str::to_owned),
                    };
                    numbering.schemes.insert(element.get("w:abstractNumId").unwrap_or_default().to_owned(), scheme);
                }
                "w:num" => {
                    let over = || element.children().filter(|child| child.is("w:lvlOverride"));
                    let anew = over().filter_map(|over| Some((level_of(over)?, value(over, "w:startOverride")?.parse().ok()?)));
                    let num = Num {
                        scheme: value(element, "w:abstractNumId").unwrap_or_default().to_owned(),
                        anew: anew.collect(),
                        own: over().flat_map(levels).collect(),
                    };
                    numbering.nums.insert(element.get("w:numId").unwrap_or_default().to_owned(), num);
                }
                _ => {}
            }
        }
        numbering
    }

    /// The item that a paragraph of this numbering is, its level counted from 0; nothing where it bears no label. `begun` are the
    /// levels that have begun anew already.
    pub fn item(&self, number: &str, level: usize, begun: &mut Vec<(String, usize)>) -> Option<Item> {
        let level = level.min(LEVELS - 1);
        let num = self.nums.get(number)?;
        let (name, scheme) = self.scheme(&num.scheme)?;
        let find = |levels: &[Level], at: usize| levels.iter().find(|known| known.at == at).cloned();
        let said = find(&num.own, level).or_else(|| find(&scheme.levels, level))?;
        let framed = |level: &Level| level.text.starts_with('(');
        let label = match said.format.as_str() {
            "none" => return None,
            "bullet" => Label::Bullet,
            _ => Label::Counts { framed: framed(&said), scheme: find(&scheme.levels, 1).as_ref().is_some_and(framed) },
        };
        let over = num.anew.iter().find(|(at, _)| *at == level).map(|(_, start)| *start);
        let here = (number.to_owned(), level);
        let anew = over.is_some() && !begun.contains(&here);
        if anew {
            begun.push(here);
        }
        let start = over.unwrap_or(said.start).clamp(1, WORD_NUMBER_MAX);
        Some(Item { list: name.to_owned(), level: level + 1, label, start, anew, further: false, ours: None })
    }

    /// The level of a scheme that belongs to a style.
    pub fn level_of(&self, number: &str, style: &str) -> Option<usize> {
        let (_, scheme) = self.scheme(&self.nums.get(number)?.scheme)?;
        scheme.levels.iter().find(|level| level.style.as_deref() == Some(style)).map(|level| level.at)
    }

    fn scheme(&self, name: &str) -> Option<(&str, &Scheme)> {
        let (own, scheme) = self.schemes.get_key_value(name)?;
        let Some(link) = &scheme.link else { return Some((own, scheme)) };
        let linked = self.schemes.iter().find(|(_, other)| other.style.as_ref() == Some(link));
        Some(linked.map_or((own.as_str(), scheme), |(name, other)| (name.as_str(), other)))
    }
}

fn levels(around: &Element) -> Vec<Level> {
    let level = |element: &Element| {
        let said = |name| value(element, name).map(str::to_owned);
        Some(Level {
            at: level_of(element)?,
            start: said("w:start").and_then(|start| start.parse().ok()).unwrap_or(1),
            format: said("w:numFmt").unwrap_or_else(|| "decimal".to_owned()),
            text: said("w:lvlText").unwrap_or_default(),
            style: said("w:pStyle"),
        })
    };
    around.children().filter(|child| child.is("w:lvl")).filter_map(level).collect()
}

fn level_of(element: &Element) -> Option<usize> {
    element.get("w:ilvl")?.parse().ok().filter(|level| *level < LEVELS)
}
