//! Drafts as they were stored before: the fragment `default`, an element a block, lists and quotations nested.
//!
//! Read once, when such a draft is opened, and written anew (`opening`). Words are never lost: what has no place in a text
//! is a paragraph, and suggestions stand there as words. Walks as deep as the editor nested, and counts its steps.

use yrs::types::Attrs;
use yrs::types::text::YChange;
use yrs::types::xml::{Xml, XmlElementRef, XmlFragment, XmlOut, XmlTextRef};
use yrs::{Any, Doc, Out, ReadTxn, Text as _, Transact};

use crate::drafting::limits::{BEFORE_DEPTH_MAX, PROJECTION_PIECES_MAX};
use crate::text::block::{Block, Dir, Inline, Kind, NoteParagraph, Piece, Run, Text};
use crate::text::description;
use crate::text::numbers::{Numbers, item_label};

/// What the draft says, in a language that the statement knows.
pub fn said(doc: &Doc) -> Result<Text, String> {
    let txn = doc.transact();
    let mut reading = Reading { txn: &txn, blocks: Vec::new(), numbers: Numbers::default(), notes: 0, steps: 0 };
    if let Some(root) = txn.get_xml_fragment("default") {
        reading.blocks(root.children(&txn), Place::default(), 0)?;
    }
    Ok(Text { v: "text/v1".to_owned(), language: "und".to_owned(), blocks: reading.blocks })
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// How many lists it stands in, and what its item is called where the list has numbers.
    lists: u8,
    ordered: Option<u64>,
    /// The item has said something already.
    further: bool,
    quoted: bool,
}

struct Reading<'a, T> {
    txn: &'a T,
    blocks: Vec<Block>,
    numbers: Numbers,
    notes: u32,
    steps: usize,
}

impl<T: ReadTxn> Reading<'_, T> {
    fn blocks(&mut self, nodes: impl Iterator<Item = XmlOut>, mut place: Place, depth: u8) -> Result<(), String> {
        let mut loose = Vec::new();
        for node in nodes {
            self.steps += 1;
            if self.steps > PROJECTION_PIECES_MAX || depth > BEFORE_DEPTH_MAX {
                return Err("This draft is too large to read.".to_owned());
            }
            let XmlOut::Element(element) = node else {
                self.inline(&node, &mut loose);
                continue;
            };
            let inside = element.children(self.txn);
            match &**element.tag() {
                "heading" => {
                    let content = self.inlines(&element);
                    self.push(&element, Kind::Heading, Some(self.number(&element, "level").unwrap_or(1).clamp(1, 4) as u8), content);
                }
                "numberedParagraph" => {
                    let content = self.inlines(&element);
                    self.push(&element, Kind::Numbered, Some(self.number(&element, "level").unwrap_or(1).clamp(1, 2) as u8), content);
                }
                "paragraph" => {
                    let content = self.inlines(&element);
                    self.paragraph(&element, content, place);
                    place.further = true;
                }
                kind @ ("bulletList" | "orderedList") => {
                    let start = self.number(&element, "start").unwrap_or(1).max(1);
                    for (at, item) in inside.enumerate() {
                        let ordered = (kind == "orderedList").then_some(start + at as u64);
                        let within = Place { lists: (place.lists + 1).min(6), ordered, further: false, quoted: false };
                        let XmlOut::Element(item) = item else { continue };
                        self.blocks(item.children(self.txn), within, depth + 1)?;
                    }
                    place.further = true;
                }
                "blockquote" => self.blocks(inside, Place { quoted: true, ..place }, depth + 1)?,
                "footnote" | "hardBreak" => self.inline(&XmlOut::Element(element.clone()), &mut loose),
                _ => self.blocks(inside, place, depth + 1)?,
            }
        }
        if !loose.is_empty() {
            self.blocks.push(Block::paragraph(loose));
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &XmlElementRef, content: Vec<Inline>, place: Place) {
        let (kind, level) = match place {
            Place { lists: 1.., further: true, .. } => (Kind::Continuation, Some(place.lists)),
            Place { lists: 1.., ordered: Some(_), .. } => (Kind::Ordered, Some(place.lists)),
            Place { lists: 1.., .. } => (Kind::Bullet, Some(place.lists)),
            Place { quoted: true, .. } => (Kind::Quotation, None),
            Place { .. } => (Kind::Paragraph, None),
        };
        self.push(element, kind, level, content);
        if let (Kind::Ordered, Some(number), Some(block)) = (kind, place.ordered, self.blocks.last_mut()) {
            block.label = Some(item_label(place.lists, number));
        }
    }

    fn push(&mut self, element: &XmlElementRef, kind: Kind, level: Option<u8>, content: Vec<Inline>) {
        let dir = match element.get_attribute(self.txn, "dir") {
            Some(Out::Any(Any::String(dir))) if &*dir == "rtl" => Some(Dir::Rtl),
            Some(Out::Any(Any::String(dir))) if &*dir == "ltr" => Some(Dir::Ltr),
            _ => None,
        };
        let label = self.numbers.next(kind, level, None).label;
        self.blocks.push(Block { kind, level, label, dir, content });
    }

    fn number(&self, element: &XmlElementRef, name: &str) -> Option<u64> {
        match element.get_attribute(self.txn, name)? {
            Out::Any(Any::Number(yrs::any::Number::Int(number))) => u64::try_from(number).ok(),
            Out::Any(Any::Number(yrs::any::Number::Float(number))) if (0.0..9e9).contains(&number) => Some(number as u64),
            _ => None,
        }
    }

    fn inlines(&mut self, element: &XmlElementRef) -> Vec<Inline> {
        let mut content = Vec::new();
        for node in element.children(self.txn) {
            self.inline(&node, &mut content);
        }
        content
    }

    fn inline(&mut self, node: &XmlOut, to: &mut Vec<Inline>) {
        self.steps += 1;
        match node {
            XmlOut::Text(text) => to.extend(self.runs(text).into_iter().map(Inline::Text)),
            XmlOut::Element(element) if &**element.tag() == "hardBreak" => to.push(Inline::Break),
            XmlOut::Element(element) => {
                let texts = element.children(self.txn).filter_map(|node| if let XmlOut::Text(text) = node { Some(text) } else { None });
                let runs: Vec<Run> = texts.flat_map(|text| self.runs(&text)).collect();
                if &**element.tag() == "footnote" {
                    self.notes += 1;
                    let content = runs.into_iter().map(Piece::Text).collect();
                    to.push(Inline::Footnote { number: self.notes, content: vec![NoteParagraph { dir: None, content }] });
                } else {
                    to.extend(runs.into_iter().map(Inline::Text));
                }
            }
            XmlOut::Fragment(_) => {}
        }
    }

    fn runs(&self, text: &XmlTextRef) -> Vec<Run> {
        let pieces = text.diff(self.txn, YChange::identity).into_iter();
        let run = |piece: yrs::types::text::Diff<YChange>| match piece.insert {
            Out::Any(Any::String(words)) => Some(appearance(&words, piece.attributes.as_deref())),
            _ => None,
        };
        pieces.filter_map(run).collect()
    }
}

fn appearance(words: &str, attributes: Option<&Attrs>) -> Run {
    let set = |name: &str| attributes.and_then(|all| all.get(name)).filter(|value| !matches!(value, Any::Null | Any::Undefined));
    let link = match set("link") {
        Some(Any::Map(link)) => match link.get("href") {
            Some(Any::String(href)) if description::is_link(href) => Some(href.to_string()),
            _ => None,
        },
        _ => None,
    };
    Run { bold: set("bold").is_some(), italic: set("italic").is_some(), link, ..Run::plain(words) }
}

#[cfg(test)]
mod tests {
    use yrs::Update;
    use yrs::updates::decoder::Decode;

    use super::*;
    use crate::drafting::seed;
    use crate::text::canonical;

    /// A draft that three people wrote with the editor of before.
    #[test]
    fn a_draft_of_before_says_what_its_editor_showed() {
        let doc = Doc::new();
        let recorded = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/prosemirror/v1.update.bin")).unwrap();
        doc.transact_mut().apply_update(Update::decode_v1(&recorded).unwrap()).unwrap();
        let said = said(&doc).unwrap();
        assert!(said.is_v1());
        let plain = canonical::plain(&said);
        let wanted = "Joint statement on the high seas\n\n\
            We, the undersigned, strongly and urgently call on States to end old practices, see the treaty and A/RES/72/249.[1]\n\
            Second line 𝒳 emoji 🌊 end.\n\n\
            Demands\n\n– First demand\n\n– Second demand\n\n    c. Nested three\n\n    A quoted paragraph.\n\n\
            Region\n\nSignatories\n\nMENA\n\n12\n\n";
        assert!(plain.starts_with(wanted), "{plain}");
        assert!(plain.ends_with("Last paragraph of the first version.\n\n\n[1] UN doc. A/RES/72/249, para. 1.\n"), "{plain}");
        let kinds: Vec<Kind> = said.blocks.iter().map(|block| block.kind).take(7).collect();
        use Kind::{Bullet, Heading, Ordered, Paragraph, Quotation};
        assert_eq!(kinds, [Heading, Paragraph, Heading, Bullet, Bullet, Ordered, Quotation]);

        let anew = seed::reads_as(&said, "en").unwrap();
        assert_eq!(anew.obstacles.list, [], "nothing stands in the way of what is written anew");
        assert_eq!(canonical::plain(&anew.text), plain);
    }
}
