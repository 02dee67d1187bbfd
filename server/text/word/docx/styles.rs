//! Styles: what a paragraph or words are by the style they are set in, and by those that one follows from. A style is known by its name,
//! which Word writes in English whatever language it speaks; where a name says nothing, the place in the outline does.

use std::collections::HashMap;

use super::super::paper::Look;
use super::super::xml::Element;
use super::{on, value};
use crate::text::block::Kind;
use crate::text::limits::WORD_STYLES_DEEP_MAX;

#[derive(Default)]
pub struct Styles {
    all: HashMap<String, Style>,
    /// What a paragraph is set in that names no style.
    usual: Option<String>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    number: Option<String>,
    number_level: Option<usize>,
    bidi: Option<bool>,
    bold: Option<bool>,
    italic: Option<bool>,
}

/// What a style makes of a paragraph.
#[derive(Default)]
pub struct Said {
    pub id: String,
    pub look: Look,
    pub is_contents: bool,
    /// A style of the files that leave here (`export/docx`): what it is there.
    pub ours: Option<Kind>,
    pub number: Option<String>,
    pub number_level: Option<usize>,
    pub bidi: Option<bool>,
    pub bold: bool,
    pub italic: bool,
}

impl Styles {
    pub fn read(part: Option<&Element>) -> Styles {
        let mut styles = Styles::default();
        for element in part.into_iter().flat_map(Element::children).filter(|child| child.is("w:style")) {
            let Some(id) = element.get("w:styleId") else { continue };
            if element.get("w:type") == Some("paragraph") && matches!(element.get("w:default"), Some("1" | "true" | "on")) {
                styles.usual = Some(id.to_owned());
            }
            styles.all.insert(id.to_owned(), Style::read(element));
        }
        styles
    }

    /// What the style of a paragraph with these properties says.
    pub fn of(&self, properties: Option<&Element>) -> Said {
        let id = properties.and_then(|properties| value(properties, "w:pStyle")).or(self.usual.as_deref()).unwrap_or_default();
        let mut said = Said { id: id.to_owned(), ..Said::default() };
        let mut look = None;
        for style in self.chain(id) {
            look = look.or_else(|| style.look());
            said.ours = said.ours.or_else(|| style.ours());
            said.is_contents |= style.name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok());
            if said.number.is_none() {
                said.number = style.number.clone();
                said.number_level = said.number_level.or(style.number_level);
            }
            said.bidi = said.bidi.or(style.bidi);
        }
        said.look = look.unwrap_or_default();
        (said.bold, said.italic) = self.looks(id);
        // A title, a heading and a quotation look as they do by what they are.
        if !matches!(said.look, Look::Paragraph | Look::Beside) {
            (said.bold, said.italic) = (false, false);
        }
        said
    }

    /// Whether words in this style are bold, and italic.
    pub fn looks(&self, id: &str) -> (bool, bool) {
        let first = |of: fn(&Style) -> Option<bool>| self.chain(id).find_map(of).unwrap_or(false);
        (first(|style| style.bold), first(|style| style.italic))
    }

    /// A style and those it follows from.
    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let next = |style: &&'a Style| style.based_on.as_ref().and_then(|id| self.all.get(id));
        std::iter::successors(self.all.get(id), next).take(WORD_STYLES_DEEP_MAX)
    }
}

impl Style {
    fn read(element: &Element) -> Style {
        let (paragraph, run) = (element.child("w:pPr"), element.child("w:rPr"));
        let number = paragraph.and_then(|own| own.child("w:numPr"));
        Style {
            name: value(element, "w:name").unwrap_or_default().to_lowercase(),
            based_on: value(element, "w:basedOn").map(str::to_owned),
            outline: paragraph.and_then(|own| value(own, "w:outlineLvl")).and_then(|level| level.parse().ok()),
            number: number.and_then(|own| value(own, "w:numId")).map(str::to_owned),
            number_level: number.and_then(|own| value(own, "w:ilvl")).and_then(|level| level.parse().ok()),
            bidi: paragraph.and_then(|own| on(own, "w:bidi")),
            bold: run.and_then(|own| on(own, "w:b")),
            italic: run.and_then(|own| on(own, "w:i")),
        }
    }

    fn ours(&self) -> Option<Kind> {
        let (name, level) = self.name.split_once(' ')?;
        let kind = match name {
            "numbered" => Kind::Numbered,
            "item" => Kind::Ordered,
            "bullet" => Kind::Bullet,
            _ => return None,
        };
        level.parse().is_ok_and(|level: u8| (1..=kind.levels()).contains(&level)).then_some(kind)
    }

    fn look(&self) -> Option<Look> {
        let name = self.name.as_str();
        if name == "title" {
            return Some(Look::Title);
        }
        if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.parse().ok()) {
            return Some(Look::Heading(level));
        }
        match (name, self.outline) {
            ("quote" | "intense quote" | "quotations" | "block text", _) => Some(Look::Quotation),
            ("list paragraph", _) => Some(Look::Beside),
            (name, _) if name.starts_with("list continue") => Some(Look::Beside),
            (_, Some(level @ 0..=8)) => Some(Look::Heading(level + 1)),
            _ => None,
        }
    }
}
