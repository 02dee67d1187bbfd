//! What stands in one paragraph: words with their look, breaks, notes, links, the passages of comments. A field is what it showed; what it
//! was made by is left out, except the address of a link.

use super::super::paper::{Bit, Fate, What};
use super::super::xml::Element;
use super::super::{ChangeKind, LeftOut};
use super::styles::Said;
use super::{Walk, alternative, on, value};
use crate::text::block::Run;
use crate::text::link;

/// A field that is open.
pub struct Field {
    code: String,
    /// What it came to has begun.
    shown: bool,
    link: Option<String>,
    /// What it came to is no part of the text.
    silent: bool,
}

impl Walk<'_> {
    pub fn inline(&mut self, around: &Element, style: &Said, fate: Fate, link: Option<&str>, to: &mut Vec<Bit>) {
        for child in around.children() {
            match child.name.as_str() {
                "w:r" => self.run(child, style, fate, link, to),
                "w:hyperlink" => {
                    let address = child.get("r:id").and_then(|id| self.office.links.get(id)).cloned();
                    let own = address.and_then(|address| self.address(&address));
                    self.inline(child, style, fate, own.as_deref().or(link), to);
                }
                "w:ins" | "w:moveTo" | "w:del" | "w:moveFrom" => {
                    let fate = fate.and(self.tracked(child));
                    self.inline(child, style, fate, link, to);
                }
                "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => self.inline(child, style, fate, link, to),
                "w:sdt" => child.child("w:sdtContent").into_iter().for_each(|inner| self.inline(inner, style, fate, link, to)),
                "w:fldSimple" => {
                    let own = self.field_link(child.get("w:instr").unwrap_or_default());
                    self.inline(child, style, fate, own.as_deref().or(link), to);
                }
                "mc:AlternateContent" => alternative(child).into_iter().for_each(|inner| self.inline(inner, style, fate, link, to)),
                "w:commentRangeStart" => {
                    to.extend(self.office.margin.place(child).map(|which| Bit::plain(What::Opens(which), Fate::default())))
                }
                "w:commentRangeEnd" => {
                    to.extend(self.office.margin.place(child).map(|which| Bit::plain(What::Closes(which), Fate::default())))
                }
                "m:oMath" | "m:oMathPara" => _ = self.paper.left.insert(LeftOut::Formulas),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &Element, style: &Said, fate: Fate, link: Option<&str>, to: &mut Vec<Bit>) {
        let properties = run.child("w:rPr");
        let hidden = properties.and_then(|own| on(own, "w:vanish")) == Some(true);
        let linked = self.fields.iter().rev().find_map(|field| field.link.clone()).or_else(|| link.map(str::to_owned));
        let look = Run { link: linked.clone(), ..self.look(properties, style) };
        let change = properties.and_then(|own| own.child("w:rPrChange"));
        let looked = change.map(|change| Run { link: linked, ..self.look(change.child("w:rPr"), style) }).filter(|looked| *looked != look);
        let fate = match (change, &looked) {
            (Some(change), Some(_)) => Fate { by: self.says_changed(ChangeKind::Restyled, change), ..fate },
            _ => fate,
        };
        for child in run.children() {
            let what = match child.name.as_str() {
                "w:t" | "w:delText" => self.words(child.words(), &look),
                "w:tab" | "w:ptab" => self.words("\t".to_owned(), &look),
                "w:noBreakHyphen" => self.words("\u{2011}".to_owned(), &look),
                "w:cr" => Some(What::Break),
                // Where a page or a column ends is the file's layout.
                "w:br" => matches!(child.get("w:type"), None | Some("textWrapping")).then_some(What::Break),
                "w:ruby" => child.child("w:rubyBase").and_then(|base| self.words(base.words(), &look)),
                "w:footnoteReference" => self.note(&self.office.footnotes, child),
                "w:endnoteReference" => self.note(&self.office.endnotes, child),
                "w:commentReference" => {
                    let place = self.office.margin.place(child);
                    // One whose passage is no words is about where it stands.
                    to.extend(place.filter(|_| !hidden).map(|which| Bit::plain(What::Closes(which), Fate::default())));
                    None
                }
                "w:fldChar" => {
                    self.field(child.get("w:fldCharType").unwrap_or_default());
                    None
                }
                "w:instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.shown) {
                        field.code.push_str(&child.words());
                    }
                    None
                }
                "w:sym" => self.leaves(LeftOut::Signs),
                "w:object" => self.leaves(LeftOut::Objects),
                "w:drawing" | "w:pict" | "mc:AlternateContent" => {
                    let boxed = child.all().any(|element| element.is("w:txbxContent"));
                    self.leaves(if boxed { LeftOut::Boxes } else { LeftOut::Images })
                }
                _ => None,
            };
            let Some(what) = what.filter(|_| self.fields.iter().all(|field| field.shown && !field.silent)) else { continue };
            if hidden {
                self.paper.left.insert(LeftOut::Hidden);
                continue;
            }
            to.push(Bit { what, fate, looked: looked.clone() });
        }
    }

    fn words(&self, text: String, look: &Run) -> Option<What> {
        (!text.is_empty()).then(|| What::Words(Run { text, ..look.clone() }))
    }

    fn leaves(&mut self, what: LeftOut) -> Option<What> {
        self.paper.left.insert(what);
        None
    }

    fn look(&self, properties: Option<&Element>, style: &Said) -> Run {
        let named = properties.and_then(|own| value(own, "w:rStyle")).map(|id| self.office.styles.looks(id)).unwrap_or_default();
        let said = |name| properties.and_then(|own| on(own, name));
        // Words that run from right to left have their own names for everything.
        let from_right = said("w:rtl") == Some(true);
        let (bold, italic) =
            if from_right { (said("w:bCs").or(said("w:b")), said("w:iCs").or(said("w:i"))) } else { (said("w:b"), said("w:i")) };
        let lang = properties.and_then(|own| own.child("w:lang")).and_then(|lang| lang.get(if from_right { "w:bidi" } else { "w:val" }));
        Run {
            bold: bold.unwrap_or(named.0 || style.bold),
            italic: italic.unwrap_or(named.1 || style.italic),
            lang: lang.map(str::to_owned),
            ..Run::default()
        }
    }

    fn note(&mut self, notes: &std::collections::HashMap<String, Element>, reference: &Element) -> Option<What> {
        let note = notes.get(reference.get("w:id")?).filter(|_| !self.in_note)?;
        let mut paragraphs = Vec::new();
        let fields = std::mem::take(&mut self.fields);
        self.in_note = true;
        self.blocks(note, Fate::default(), &mut paragraphs);
        self.in_note = false;
        self.fields = fields;
        Some(What::Note(paragraphs))
    }

    fn field(&mut self, what: &str) {
        match what {
            "begin" => self.fields.push(Field { code: String::new(), shown: false, link: None, silent: false }),
            "separate" => {
                let Some(mut field) = self.fields.pop() else { return };
                field.shown = true;
                field.link = self.field_link(&field.code);
                field.silent = field.code.trim_start().to_uppercase().starts_with("TOC");
                if field.silent {
                    self.paper.left.insert(LeftOut::Contents);
                }
                self.fields.push(field);
            }
            "end" => {
                let field = self.fields.pop();
                if field.is_some_and(|field| !field.shown) {
                    self.paper.left.insert(LeftOut::Fields);
                }
            }
            _ => {}
        }
    }

    /// The address in a field's code; of any other field it is said that its code is left out.
    fn field_link(&mut self, code: &str) -> Option<String> {
        let code = code.trim();
        let mut words = code.split_whitespace();
        match words.next().map(str::to_uppercase).as_deref() {
            Some("HYPERLINK") => {
                let quoted = code.split('"').nth(1).filter(|_| !code.contains("\\l"))?;
                self.address(quoted)
            }
            Some("TOC") | None => None,
            Some(_) => {
                self.paper.left.insert(LeftOut::Fields);
                None
            }
        }
    }

    fn address(&mut self, written: &str) -> Option<String> {
        let address = link::address(written).filter(|address| link::stands(address));
        if address.is_none() {
            self.paper.left.insert(LeftOut::Links);
        }
        address
    }
}
