//! Styles: those with a name (`styles.xml`), and those that stand for what somebody did to one paragraph or word (automatic ones).

use std::collections::HashMap;

use super::super::paper::{Label, Look};
use super::super::xml::Element;
use crate::text::block::Dir;
use crate::text::limits::WORD_STYLES_DEEP_MAX;

#[derive(Default)]
pub struct Styles {
    all: HashMap<String, Style>,
    lists: HashMap<String, HashMap<usize, Level>>,
}

#[derive(Default)]
struct Style {
    name: String,
    parent: Option<String>,
    outline: Option<u8>,
    dir: Option<Dir>,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: bool,
    lang: Option<String>,
}

pub struct Level {
    pub label: Label,
    pub start: u64,
}

/// How words look.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    pub bold: bool,
    pub italic: bool,
    pub hidden: bool,
    pub lang: Option<String>,
}

pub struct Said {
    pub look: Look,
    pub dir: Option<Dir>,
}

impl Styles {
    pub fn read(named: Option<&Element>, content: &Element) -> Styles {
        let mut styles = Styles::default();
        for part in named.into_iter().chain([content]) {
            let groups = part.children().filter(|child| matches!(child.name.as_str(), "office:styles" | "office:automatic-styles"));
            for element in groups.flat_map(Element::children) {
                let name = element.get("style:name").unwrap_or_default().to_owned();
                match element.name.as_str() {
                    "style:style" if matches!(element.get("style:family"), Some("paragraph" | "text")) => {
                        styles.all.insert(name.clone(), Style::read(element, name));
                    }
                    "text:list-style" => _ = styles.lists.insert(name, levels(element)),
                    _ => {}
                }
            }
        }
        styles
    }

    pub fn of(&self, name: &str) -> Said {
        let look = self.chain(name).find_map(Style::look).unwrap_or_default();
        let mut said = self.chain(name).filter_map(|style| style.dir);
        // As in Word's files: from left to right is meant where what it follows from runs the other way.
        let dir = said.next().filter(|dir| *dir == Dir::Rtl || said.any(|other| other == Dir::Rtl));
        Said { look, dir }
    }

    /// How the words of a paragraph look by its style. A title, a heading and a quotation look as they do by what they are.
    pub fn looks_of(&self, name: &str, look: Look) -> Looks {
        let looks = self.on(&Looks::default(), name);
        match look {
            Look::Paragraph | Look::Beside => Looks { lang: None, ..looks },
            Look::Title | Look::Heading(_) | Look::Quotation => Looks { hidden: looks.hidden, ..Looks::default() },
        }
    }

    /// How words look in a style within others.
    pub fn on(&self, around: &Looks, name: &str) -> Looks {
        let first = |of: fn(&Style) -> Option<bool>| self.chain(name).find_map(of);
        Looks {
            bold: first(|style| style.bold).unwrap_or(around.bold),
            italic: first(|style| style.italic).unwrap_or(around.italic),
            hidden: around.hidden || self.chain(name).any(|style| style.hidden),
            lang: self.all.get(name).and_then(|style| style.lang.clone()).or_else(|| around.lang.clone()),
        }
    }

    pub fn level(&self, list: &str, level: usize) -> Option<Level> {
        let levels = self.lists.get(list)?;
        let scheme = levels.get(&2).is_some_and(|level| matches!(level.label, Label::Counts { framed: true, .. }));
        let said = levels.get(&level)?;
        let label = match said.label {
            Label::Counts { framed, .. } => Label::Counts { framed, scheme },
            Label::Bullet => Label::Bullet,
        };
        Some(Level { label, start: said.start })
    }

    fn chain<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Style> {
        let next = |style: &&'a Style| style.parent.as_ref().and_then(|name| self.all.get(name));
        std::iter::successors(self.all.get(name), next).take(WORD_STYLES_DEEP_MAX)
    }
}

impl Style {
    fn read(element: &Element, name: String) -> Style {
        let (paragraph, words) = (element.child("style:paragraph-properties"), element.child("style:text-properties"));
        let said = |name| words.and_then(|words| words.get(name));
        let lang = said("fo:language").filter(|lang| !matches!(*lang, "none" | "zxx"));
        let country = said("fo:country").filter(|country| *country != "none");
        Style {
            name,
            parent: element.get("style:parent-style-name").map(str::to_owned),
            outline: element.get("style:default-outline-level").and_then(|level| level.parse().ok()).filter(|level| *level > 0),
            dir: match paragraph.and_then(|own| own.get("style:writing-mode")) {
                Some("rl-tb" | "rl") => Some(Dir::Rtl),
                Some("lr-tb" | "lr") => Some(Dir::Ltr),
                _ => None,
            },
            bold: said("fo:font-weight").map(|weight| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600)),
            italic: said("fo:font-style").map(|style| style != "normal"),
            hidden: said("text:display") == Some("none"),
            lang: lang.map(|lang| country.map_or_else(|| lang.to_owned(), |country| format!("{lang}-{country}"))),
        }
    }

    /// Styles that every OpenDocument text has keep their English names; what is not a letter or a digit is written `_20_`.
    fn look(&self) -> Option<Look> {
        match (self.name.as_str(), self.outline) {
            ("Title", _) => Some(Look::Title),
            ("Quotations" | "Block_20_Text" | "Quote" | "Intense_20_Quote", _) => Some(Look::Quotation),
            ("List_20_Paragraph", _) => Some(Look::Beside),
            (_, Some(level)) => Some(Look::Heading(level)),
            (name, None) => name.strip_prefix("Heading_20_").and_then(|level| level.parse().ok()).map(Look::Heading),
        }
    }
}

fn levels(list: &Element) -> HashMap<usize, Level> {
    let level = |element: &Element| {
        let label = match element.name.as_str() {
            "text:list-level-style-number" if element.get("style:num-format").is_some_and(|format| !format.is_empty()) => {
                Label::Counts { framed: element.get("style:num-prefix").is_some_and(|prefix| prefix.starts_with('(')), scheme: false }
            }
            "text:list-level-style-bullet" | "text:list-level-style-image" => Label::Bullet,
            _ => return None,
        };
        let start = element.get("text:start-value").and_then(|start| start.parse().ok()).unwrap_or(1);
        Some((element.get("text:level")?.parse().ok()?, Level { label, start }))
    };
    list.children().filter_map(level).collect()
}
