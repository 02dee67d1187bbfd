//! OpenDocument texts: LibreOffice's own files (OASIS OpenDocument 1.3, part 3). Tracked changes are told at the head of the text, with the
//! words that were deleted; in it are the places.

mod inline;
mod styles;

use std::collections::HashMap;

use super::archive::Archive;
use super::incoming::{ChangeKind, LeftOut, Unread};
use super::paper::{Bit, Fate, Form, Item, Look, Paper, Paragraph, What};
use super::xml::{Element, parse};
use crate::text::block::Run;
use crate::text::limits::WORD_NUMBER_MAX;
use styles::Styles;

/// What `mimetype` says in a text, and in the model of one.
const KINDS: [&str; 2] = ["application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template"];
const LEVELS_MAX: usize = 9;

pub fn read(archive: &mut Archive<'_>) -> Result<Paper, Unread> {
    let kind = archive.part("mimetype")?.unwrap_or_default();
    if !KINDS.contains(&kind.trim()) {
        return Err(Unread::Unknown);
    }
    let manifest = archive.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Unread::Locked);
    }
    let content = parse(&archive.part("content.xml")?.ok_or(Unread::Unknown)?)?;
    let named = archive.part("styles.xml")?.map(|words| parse(&words)).transpose()?;
    let text = content.down(&["office:body", "office:text"]).ok_or(Unread::Unknown)?;
    let mut paper = Paper::default();
    if named.as_ref().is_some_and(has_headers) {
        paper.left.insert(LeftOut::Headers);
    }
    let regions = text.child("text:tracked-changes").into_iter().flat_map(Element::children);
    let regions = regions.filter_map(|region| Some((region.get("text:id").or(region.get("xml:id"))?, region)));
    let mut walk = Walk {
        styles: Styles::read(named.as_ref(), &content),
        regions: regions.collect(),
        paper,
        coming: Vec::new(),
        comments: HashMap::new(),
        lists: 0,
        last_list: HashMap::new(),
        in_note: false,
    };
    let mut paragraphs = Vec::new();
    walk.blocks(text, &Around::default(), &mut paragraphs);
    walk.paper.paragraphs = paragraphs;
    Ok(walk.paper)
}

/// Whether pages have a head or a foot with words.
fn has_headers(styles: &Element) -> bool {
    let edge = |element: &&Element| matches!(element.name.as_str(), "style:header" | "style:footer");
    styles.all().filter(edge).any(|edge| !edge.words().trim().is_empty())
}

struct Walk<'a> {
    styles: Styles,
    /// Tracked changes, by their ids.
    regions: HashMap<&'a str, &'a Element>,
    paper: Paper,
    /// Insertions that one is in the middle of.
    coming: Vec<(&'a str, Option<usize>)>,
    /// Where each comment went, by its name in the file.
    comments: HashMap<String, usize>,
    lists: usize,
    /// The last list of each style, which another may go on from.
    last_list: HashMap<String, String>,
    in_note: bool,
}

/// What paragraphs stand in.
#[derive(Clone, Default)]
struct Around {
    list: Option<List>,
    /// The next paragraph is the first of an item.
    first: bool,
    anew: Option<u64>,
}

#[derive(Clone)]
struct List {
    name: String,
    style: String,
    level: usize,
}

impl<'a> Walk<'a> {
    fn blocks(&mut self, parent: &'a Element, around: &Around, to: &mut Vec<Paragraph>) {
        for child in parent.children() {
            match child.name.as_str() {
                "text:p" | "text:h" => self.paragraph(child, around, to),
                "text:list" => self.list(child, around, to),
                "text:section" => self.blocks(child, around, to),
                "text:numbered-paragraph" => self.blocks(child, around, to),
                "table:table" => self.table(child, to),
                "text:table-of-content" | "text:alphabetical-index" | "text:illustration-index" | "text:bibliography" => {
                    self.paper.left.insert(LeftOut::Contents);
                }
                "draw:frame" | "draw:custom-shape" | "draw:g" => self.drawing(child),
                "office:forms" if child.children().next().is_some() => _ = self.paper.left.insert(LeftOut::Forms),
                "text:change-start" | "text:change-end" | "text:change" => {
                    let mut bits = Vec::new();
                    if let Some(id) = child.get("text:change-id") {
                        self.change(child, id, &mut bits, to);
                    }
                    if let (Some(last), false) = (to.last_mut(), bits.is_empty()) {
                        last.bits.append(&mut bits);
                    }
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, list: &'a Element, around: &Around, to: &mut Vec<Paragraph>) {
        let own = list.get("text:style-name").map(str::to_owned);
        let style = own.or_else(|| around.list.as_ref().map(|outer| outer.style.clone())).unwrap_or_default();
        let level = around.list.as_ref().map_or(1, |outer| outer.level + 1).min(LEVELS_MAX);
        let name = match &around.list {
            Some(outer) => outer.name.clone(),
            None => self.list_name(list, &style),
        };
        let list_here = List { name, style, level };
        for item in list.children().filter(|child| matches!(child.name.as_str(), "text:list-item" | "text:list-header")) {
            let anew = item.get("text:start-value").and_then(|start| start.parse().ok());
            let header = item.is("text:list-header");
            let mut inner = Around { list: Some(list_here.clone()), first: !header, anew };
            for child in item.content.iter().filter_map(|node| if let super::xml::Node::Element(child) = node { Some(child) } else { None })
            {
                match child.name.as_str() {
                    "text:p" | "text:h" => {
                        self.paragraph(child, &inner, to);
                        inner = Around { first: false, anew: None, ..inner };
                    }
                    "text:list" => self.list(child, &inner, to),
                    _ => {}
                }
            }
        }
    }

    /// The name a list counts under: its own, or that of the one it goes on from.
    fn list_name(&mut self, list: &Element, style: &str) -> String {
        let goes_on = list.get("text:continue-list").map(|id| format!("list {id}"));
        let goes_on = goes_on.or_else(|| {
            let same = list.get("text:continue-numbering") == Some("true");
            self.last_list.get(style).filter(|_| same).cloned()
        });
        self.lists += 1;
        let own = list.get("xml:id").map_or_else(|| format!("list number {}", self.lists), |id| format!("list {id}"));
        // A list that goes on from one that went on is the first one.
        let name = goes_on.map_or(own.clone(), |before| self.last_list.get(&before).cloned().unwrap_or(before));
        self.last_list.insert(own, name.clone());
        self.last_list.insert(style.to_owned(), name.clone());
        name
    }

    fn paragraph(&mut self, element: &'a Element, around: &Around, to: &mut Vec<Paragraph>) {
        let form = self.form(element, around);
        let style = self.styles.looks_of(element.get("text:style-name").unwrap_or_default(), form.look);
        let place = to.len();
        to.push(Paragraph { form: form.clone(), ..Paragraph::default() });
        let mut bits = Vec::new();
        self.inline(element, &style, None, &mut bits, to);
        // What was deleted in it may be several paragraphs: the last of what came meanwhile is this one.
        let fate = self.fate();
        let last = to.len() - 1;
        to[last].bits.extend(bits);
        to[last].mark = to[last].mark.and(fate);
        if last > place {
            to[last].form = form;
        }
    }

    fn form(&mut self, element: &Element, around: &Around) -> Form {
        let style = element.get("text:style-name").unwrap_or_default();
        let said = self.styles.of(style);
        let outline = element.get("text:outline-level").and_then(|level| level.parse::<u8>().ok()).filter(|_| element.is("text:h"));
        let look = match (outline, said.look) {
            (_, Look::Title) => Look::Title,
            (Some(level @ 1..=10), _) => Look::Heading(level),
            (_, look) => look,
        };
        let item = around.list.as_ref().and_then(|list| {
            // A paragraph's own style may name the list.
            let level = self.styles.level(&list.style, list.level)?;
            Some(Item {
                list: list.name.clone(),
                level: list.level,
                label: level.label,
                start: around.anew.unwrap_or(level.start).clamp(1, WORD_NUMBER_MAX),
                anew: around.anew.is_some(),
                further: !around.first,
                ours: None,
            })
        });
        if item.as_ref().is_some_and(|item| !item.further) && matches!(look, Look::Title | Look::Heading(_)) {
            self.paper.left.insert(LeftOut::HeadingNumbers);
        }
        Form { look, item, dir: said.dir }
    }

    /// Rows as in Word's files.
    fn table(&mut self, table: &'a Element, to: &mut Vec<Paragraph>) {
        for row in table.all().filter(|element| element.is("table:table-row")) {
            let mut cells = Vec::new();
            for cell in row.children().filter(|child| child.is("table:table-cell")) {
                let mut inner = Vec::new();
                self.blocks(cell, &Around::default(), &mut inner);
                inner.retain(|paragraph: &Paragraph| !paragraph.bits.is_empty());
                cells.push(inner);
            }
            cells.retain(|cell| !cell.is_empty());
            if cells.len() < 2 || cells.iter().any(|cell| cell.len() > 1) {
                to.extend(cells.into_iter().flatten());
                continue;
            }
            self.paper.left.insert(LeftOut::Tables);
            let mut whole = Paragraph::default();
            for paragraph in cells.into_iter().flatten() {
                if !whole.bits.is_empty() {
                    whole.bits.push(Bit::plain(What::Words(Run::plain(super::docx::BETWEEN_CELLS)), Fate::default()));
                }
                whole.bits.extend(paragraph.bits);
            }
            to.push(whole);
        }
    }

    fn drawing(&mut self, frame: &Element) {
        let boxed = frame.all().any(|element| element.is("draw:text-box") || element.is("text:p"));
        let object = frame.all().any(|element| element.is("draw:object") || element.is("draw:object-ole"));
        self.paper.left.insert(if boxed {
            LeftOut::Boxes
        } else if object {
            LeftOut::Objects
        } else {
            LeftOut::Images
        });
    }

    /// What becomes of what stands here: it comes where one is in an insertion.
    fn fate(&self) -> Fate {
        Fate { comes: !self.coming.is_empty(), goes: false, by: self.coming.last().and_then(|(_, by)| *by) }
    }

    /// A tracked change begins, ends, or has its place here.
    fn change(&mut self, mark: &Element, id: &'a str, bits: &mut Vec<Bit>, to: &mut Vec<Paragraph>) {
        let Some(region) = self.regions.get(id).copied() else { return };
        match mark.name.as_str() {
            "text:change-start" if region.child("text:insertion").is_some() => {
                let by = self.says_changed(ChangeKind::Inserted, region);
                self.coming.push((id, by));
            }
            "text:change-end" => self.coming.retain(|(open, _)| *open != id),
            "text:change" => {
                if let Some(deletion) = region.child("text:deletion") {
                    let by = self.says_changed(ChangeKind::Deleted, region);
                    self.deleted(deletion, by, bits, to);
                }
            }
            _ => {}
        }
    }

    /// What was deleted, at its place: words in this paragraph, and where it is more than one, marks between them.
    fn deleted(&mut self, deletion: &'a Element, by: Option<usize>, bits: &mut Vec<Bit>, to: &mut Vec<Paragraph>) {
        let before = std::mem::take(&mut self.coming);
        let mut gone = Vec::new();
        self.blocks(deletion, &Around::default(), &mut gone);
        self.coming = before;
        let comes = self.fate();
        let count = gone.len();
        for (at, paragraph) in gone.into_iter().enumerate() {
            let goes = |fate: Fate| fate.and(comes).and(Fate { comes: false, goes: true, by });
            bits.extend(paragraph.bits.into_iter().map(|bit| Bit { fate: goes(bit.fate), ..bit }));
            if at + 1 < count
                && let Some(last) = to.last_mut()
            {
                last.bits.append(bits);
                last.mark = goes(Fate::default());
                // The first one's words stood in the paragraph that is still there.
                if at > 0 {
                    last.form = paragraph.form;
                }
                to.push(Paragraph::default());
            }
        }
    }

    fn says_changed(&mut self, kind: ChangeKind, region: &Element) -> Option<usize> {
        let info = region.all().find(|element| element.is("office:change-info"));
        let said = |name| info.and_then(|info| info.child(name)).map(Element::words).unwrap_or_default();
        self.paper.changed(kind, &said("dc:creator"), &said("dc:date"))
    }
}
