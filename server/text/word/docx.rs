//! Word's own files: which parts they are made of, and the paragraphs of the main one.
//!
//! Parts are found by what relates to them (ECMA-376 part 2), not by their usual names. The walk knows what holds paragraphs; what is in a
//! paragraph is read by [`inline`], what one is by [`styles`] and [`numbering`].

mod inline;
mod margin;
mod numbering;
mod styles;

use std::collections::HashMap;

use super::archive::Archive;
use super::incoming::{ChangeKind, LeftOut, Unread};
use super::paper::{Bit, Fate, Form, Label, Look, Paper, Paragraph, What};
use super::xml::{Element, parse};
use crate::text::block::{Dir, Run};
use inline::Field;
use margin::Margin;
use numbering::Numbering;
use styles::Styles;

/// Between two cells of a row, as what is pasted has it (`web/src/paste/letters.ts`).
pub const BETWEEN_CELLS: &str = " · ";

pub fn read(archive: &mut Archive<'_>) -> Result<Paper, Unread> {
    let (main, package) = main_part(archive)?;
    let document = parse(&archive.part(&main)?.ok_or(Unread::Unknown)?)?;
    let body = document.child("w:body").ok_or(Unread::Unknown)?;
    let notes = |part: Option<Element>, name| by_id(part.unwrap_or_default(), name);
    let comments = package.parsed(archive, "/comments")?;
    let replies = package.parsed(archive, "/commentsExtended")?;
    let (footnotes, endnotes) = (package.parsed(archive, "/footnotes")?, package.parsed(archive, "/endnotes")?);
    let mut paper = Paper::default();
    if package.has_words(archive, &["/header", "/footer"])? {
        paper.left.insert(LeftOut::Headers);
    }
    let margin = Margin::read(comments.as_ref(), replies.as_ref(), &mut paper);
    let office = Office {
        styles: Styles::read(package.parsed(archive, "/styles")?.as_ref()),
        numbering: Numbering::read(package.parsed(archive, "/numbering")?.as_ref()),
        footnotes: notes(footnotes, "w:footnote"),
        endnotes: notes(endnotes, "w:endnote"),
        margin,
        links: package.links,
    };
    let mut walk = Walk { office: &office, paper, fields: Vec::new(), opening: Vec::new(), begun: Vec::new(), in_note: false };
    let mut paragraphs = Vec::new();
    walk.blocks(body, Fate::default(), &mut paragraphs);
    walk.paper.paragraphs = paragraphs;
    Ok(walk.paper)
}

/// What the paragraphs lean on.
struct Office {
    styles: Styles,
    numbering: Numbering,
    footnotes: HashMap<String, Element>,
    endnotes: HashMap<String, Element>,
    margin: Margin,
    /// Where links lead, by their id.
    links: HashMap<String, String>,
}

/// What a part relates to.
#[derive(Default)]
struct Package {
    folder: String,
    /// The end of the kind of each part, and its name.
    parts: Vec<(String, String)>,
    links: HashMap<String, String>,
}

impl Package {
    fn of(relations: &Element, folder: &str) -> Package {
        let mut package = Package { folder: folder.to_owned(), ..Package::default() };
        for relation in relations.children().filter(|child| child.is("rel:Relationship")) {
            let said = |name| relation.get(name).unwrap_or_default().to_owned();
            if said("TargetMode") == "External" {
                package.links.insert(said("Id"), said("Target"));
            } else {
                package.parts.push((said("Type"), said("Target")));
            }
        }
        package
    }

    fn names<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = String> + 'a {
        let whole = |target: &str| target.strip_prefix('/').map_or_else(|| format!("{}{target}", self.folder), str::to_owned);
        self.parts.iter().filter(move |(known, _)| known.ends_with(kind)).map(move |(_, target)| whole(target))
    }

    fn parsed(&self, archive: &mut Archive<'_>, kind: &str) -> Result<Option<Element>, Unread> {
        let Some(name) = self.names(kind).next() else { return Ok(None) };
        archive.part(&name)?.map(|words| parse(&words)).transpose()
    }

    /// Whether one of the parts of these kinds says something.
    fn has_words(&self, archive: &mut Archive<'_>, kinds: &[&str]) -> Result<bool, Unread> {
        for name in kinds.iter().flat_map(|kind| self.names(kind)) {
            let part = archive.part(&name)?.map(|words| parse(&words)).transpose()?;
            if part.is_some_and(|part| part.all().any(|element| element.is("w:t") && !element.words().trim().is_empty())) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The name of the part with the text, and what it relates to.
fn main_part(archive: &mut Archive<'_>) -> Result<(String, Package), Unread> {
    let root = archive.part("_rels/.rels")?.ok_or(Unread::Unknown)?;
    let root = Package::of(&parse(&root)?, "");
    let main = root.names("/officeDocument").next().ok_or(Unread::Unknown)?;
    let (folder, name) = main.rsplit_once('/').map_or(("", main.as_str()), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let package = match archive.part(&format!("{folder}_rels/{name}.rels"))? {
        Some(relations) => Package::of(&parse(&relations)?, &folder),
        None => Package { folder, ..Package::default() },
    };
    Ok((main, package))
}

fn by_id(part: Element, name: &str) -> HashMap<String, Element> {
    let note = |node| match node {
        super::xml::Node::Element(element) if element.is(name) => Some((element.get("w:id")?.to_owned(), element)),
        _ => None,
    };
    part.content.into_iter().filter_map(note).collect()
}

struct Walk<'a> {
    office: &'a Office,
    paper: Paper,
    /// Fields that are open, the innermost last; they may span paragraphs.
    fields: Vec<Field>,
    /// Comments whose passage begins between two paragraphs.
    opening: Vec<usize>,
    /// Which lists have begun anew, as they are told to.
    begun: Vec<(String, usize)>,
    in_note: bool,
}

impl Walk<'_> {
    fn blocks(&mut self, around: &Element, fate: Fate, to: &mut Vec<Paragraph>) {
        for child in around.children() {
            match child.name.as_str() {
                "w:p" => self.paragraph(child, fate, to),
                "w:tbl" => self.table(child, fate, to),
                "w:sdt" if is_contents(child) => _ = self.paper.left.insert(LeftOut::Contents),
                "w:sdt" => child.child("w:sdtContent").into_iter().for_each(|inner| self.blocks(inner, fate, to)),
                "w:customXml" | "w:smartTag" => self.blocks(child, fate, to),
                "w:ins" | "w:moveTo" | "w:del" | "w:moveFrom" => {
                    let fate = fate.and(self.tracked(child));
                    self.blocks(child, fate, to);
                }
                "mc:AlternateContent" => alternative(child).into_iter().for_each(|inner| self.blocks(inner, fate, to)),
                "w:altChunk" => _ = self.paper.left.insert(LeftOut::Objects),
                "w:commentRangeStart" => self.opening.extend(self.office.margin.place(child)),
                "w:commentRangeEnd" => {
                    if let (Some(which), Some(last)) = (self.office.margin.place(child), to.last_mut()) {
                        last.bits.push(Bit::plain(What::Closes(which), Fate::default()));
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, element: &Element, fate: Fate, to: &mut Vec<Paragraph>) {
        let properties = element.child("w:pPr");
        let style = self.office.styles.of(properties);
        if style.is_contents {
            self.paper.left.insert(LeftOut::Contents);
            // Its fields begin and end in its paragraphs.
            self.inline(element, &style, fate, None, &mut Vec::new());
            return;
        }
        let mark = properties.and_then(|properties| properties.child("w:rPr"));
        let marked = mark.into_iter().flat_map(Element::children).filter(|child| is_tracked(child));
        let mark = marked.fold(fate, |fate, child| fate.and(self.tracked(child)));
        let form = self.form(properties);
        let change = properties.and_then(|properties| properties.child("w:pPrChange"));
        let was = change.map(|change| self.form(change.child("w:pPr"))).filter(|was| *was != form);
        let mark = match (change, &was) {
            (Some(change), Some(_)) => Fate { by: self.says_changed(ChangeKind::Restyled, change), ..mark },
            _ => mark,
        };
        let opened: Vec<usize> = self.opening.drain(..).collect();
        let mut bits: Vec<Bit> = opened.into_iter().map(|which| Bit::plain(What::Opens(which), Fate::default())).collect();
        self.inline(element, &style, fate, None, &mut bits);
        to.push(Paragraph { form, was, bits, mark });
    }

    /// What a paragraph is by its own properties and by its style.
    fn form(&mut self, properties: Option<&Element>) -> Form {
        let style = self.office.styles.of(properties);
        let outline = properties.and_then(|own| value(own, "w:outlineLvl")).and_then(|level| level.parse::<u8>().ok());
        let mut look = match (outline, style.look) {
            (Some(level @ 0..=8), Look::Paragraph | Look::Beside) => Look::Heading(level + 1),
            (_, look) => look,
        };
        let own = properties.and_then(|own| own.child("w:numPr"));
        let said = |name| own.and_then(|own| value(own, name)).map(str::to_owned);
        let number = said("w:numId").or_else(|| style.number.clone()).filter(|number| number != "0");
        let level = said("w:ilvl").and_then(|level| level.parse().ok()).or(style.number_level);
        let mut item = None;
        if let Some(number) = number {
            let level = level.or_else(|| self.office.numbering.level_of(&number, &style.id)).unwrap_or(0);
            item = self.office.numbering.item(&number, level, &mut self.begun);
            if let Some(item) = &mut item {
                item.ours = style.ours;
            }
            if item.is_none() && look == Look::Paragraph {
                look = Look::Beside;
            }
        }
        let counts = item.as_ref().is_some_and(|item| matches!(item.label, Label::Counts { .. }));
        if counts && matches!(look, Look::Title | Look::Heading(_)) {
            self.paper.left.insert(LeftOut::HeadingNumbers);
        }
        // What runs from left to right is written on every paragraph by some programs; it is meant where the style runs the other way.
        let dir = match (properties.and_then(|own| on(own, "w:bidi")), style.bidi) {
            (Some(true), _) | (None, Some(true)) => Some(Dir::Rtl),
            (Some(false), Some(true)) => Some(Dir::Ltr),
            _ => None,
        };
        Form { look, item, dir }
    }

    /// A row whose cells hold words is one paragraph; where they hold paragraphs or lists, the table was there for the layout.
    fn table(&mut self, table: &Element, fate: Fate, to: &mut Vec<Paragraph>) {
        for child in table.children() {
            match child.name.as_str() {
                "w:tr" => self.row(child, fate, to),
                "w:sdt" => child.child("w:sdtContent").into_iter().for_each(|inner| self.table(inner, fate, to)),
                "w:customXml" => self.table(child, fate, to),
                _ => {}
            }
        }
    }

    fn row(&mut self, row: &Element, fate: Fate, to: &mut Vec<Paragraph>) {
        let tracked = row.child("w:trPr").into_iter().flat_map(Element::children).filter(|child| is_tracked(child));
        let fate = tracked.fold(fate, |fate, child| fate.and(self.tracked(child)));
        let mut cells = Vec::new();
        for cell in row.all().filter(|element| element.is("w:tc")) {
            let mut inner = Vec::new();
            self.blocks(cell, fate, &mut inner);
            inner.retain(|paragraph| !paragraph.bits.is_empty());
            cells.push(inner);
            if cell.all().skip(1).any(|element| element.is("w:tc")) {
                // A table in a cell was read with it.
                self.paper.left.insert(LeftOut::Tables);
                break;
            }
        }
        cells.retain(|cell| !cell.is_empty());
        let plain = |paragraph: &Paragraph| paragraph.form.item.is_none() && matches!(paragraph.form.look, Look::Paragraph | Look::Beside);
        if cells.len() < 2 || !cells.iter().all(|cell| cell.len() == 1 && cell.iter().all(plain)) {
            to.extend(cells.into_iter().flatten());
            return;
        }
        self.paper.left.insert(LeftOut::Tables);
        let mut whole = Paragraph { mark: fate, ..Paragraph::default() };
        for paragraph in cells.into_iter().flatten() {
            if whole.bits.is_empty() {
                whole.form = paragraph.form;
            } else {
                whole.bits.push(Bit::plain(What::Words(Run::plain(BETWEEN_CELLS)), fate));
            }
            whole.bits.extend(paragraph.bits);
        }
        to.push(whole);
    }

    /// What becomes of what stands in, or is marked by, a tracked change.
    fn tracked(&mut self, change: &Element) -> Fate {
        let (kind, comes) = match change.name.as_str() {
            "w:ins" => (ChangeKind::Inserted, true),
            "w:del" => (ChangeKind::Deleted, false),
            "w:moveTo" => (ChangeKind::Moved, true),
            // It is told where it went.
            "w:moveFrom" => return Fate { goes: true, ..Fate::default() },
            _ => return Fate::default(),
        };
        Fate { comes, goes: !comes, by: self.says_changed(kind, change) }
    }

    fn says_changed(&mut self, kind: ChangeKind, change: &Element) -> Option<usize> {
        let said = |name| change.get(name).unwrap_or_default();
        self.paper.changed(kind, said("w:author"), said("w:date"))
    }
}

fn is_tracked(element: &Element) -> bool {
    matches!(element.name.as_str(), "w:ins" | "w:del" | "w:moveTo" | "w:moveFrom")
}

fn is_contents(sdt: &Element) -> bool {
    let gallery = sdt.down(&["w:sdtPr", "w:docPartObj", "w:docPartGallery"]);
    gallery.and_then(|gallery| gallery.get("w:val")).is_some_and(|name| name == "Table of Contents")
}

/// Of what is written twice, the one that programs of every age read.
fn alternative(element: &Element) -> Option<&Element> {
    element.child("mc:Fallback").or_else(|| element.child("mc:Choice"))
}

/// What a property says.
fn value<'a>(properties: &'a Element, name: &str) -> Option<&'a str> {
    properties.child(name)?.get("w:val")
}

/// Whether a property is on, off, or not said.
fn on(properties: &Element, name: &str) -> Option<bool> {
    let said = properties.child(name)?.get("w:val");
    Some(!matches!(said, Some("0" | "false" | "off")))
}
