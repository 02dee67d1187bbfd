//! What stands in one paragraph: words in the styles around them, breaks, notes, links, comments, and the places of tracked changes.

use super::super::LeftOut;
use super::super::paper::{Bit, Fate, Paragraph, Said, What};
use super::super::xml::{Element, Node};
use super::styles::Looks;
use super::{Around, Walk};
use crate::text::block::Run;
use crate::text::link;

/// Spaces that one element stands for.
const SPACES_MAX: usize = 1_000;

impl<'a> Walk<'a> {
    pub fn inline(&mut self, parent: &'a Element, looks: &Looks, link: Option<&str>, bits: &mut Vec<Bit>, to: &mut Vec<Paragraph>) {
        for node in &parent.content {
            let child = match node {
                // Line feeds and spaces on end are the file's layout.
                Node::Words(words) => {
                    self.words(&collapsed(words), looks, link, bits);
                    continue;
                }
                Node::Element(child) => child,
            };
            match child.name.as_str() {
                "text:span" => {
                    let inner = self.styles.on(looks, child.get("text:style-name").unwrap_or_default());
                    self.inline(child, &inner, link, bits, to);
                }
                "text:a" => {
                    let own = child.get("xlink:href").filter(|href| !href.starts_with('#')).and_then(|href| self.address(href));
                    self.inline(child, looks, own.as_deref().or(link), bits, to);
                }
                "text:meta" | "text:ruby-base" => self.inline(child, looks, link, bits, to),
                "text:ruby" => child.child("text:ruby-base").into_iter().for_each(|base| self.inline(base, looks, link, bits, to)),
                "text:s" => {
                    let count = child.get("text:c").and_then(|count| count.parse().ok()).unwrap_or(1);
                    self.words(&" ".repeat(SPACES_MAX.min(count)), looks, link, bits);
                }
                "text:tab" => self.words("\t", looks, link, bits),
                "text:line-break" => bits.push(Bit::plain(What::Break, self.fate())),
                "text:note" if !self.in_note => bits.extend(self.note(child)),
                "office:annotation" => self.annotation(child, bits),
                "office:annotation-end" => {
                    let place = child.get("office:name").and_then(|name| self.comments.get(name)).copied();
                    bits.extend(place.map(|which| Bit::plain(What::Closes(which), Fate::default())));
                }
                "text:change-start" | "text:change-end" | "text:change" => {
                    if let Some(id) = child.get("text:change-id") {
                        self.change(child, id, bits, to);
                    }
                }
                "draw:frame" | "draw:custom-shape" | "draw:g" => self.drawing(child),
                "text:hidden-text" | "text:hidden-paragraph" | "text:conditional-text" => _ = self.paper.left.insert(LeftOut::Hidden),
                "text:soft-page-break"
                | "text:bookmark"
                | "text:bookmark-start"
                | "text:bookmark-end"
                | "text:reference-mark"
                | "text:reference-mark-start"
                | "text:reference-mark-end" => {}
                // Everything else that shows words is a field.
                name if name.starts_with("text:") => {
                    let words = child.words();
                    if !words.is_empty() {
                        self.paper.left.insert(LeftOut::Fields);
                        self.words(&words, looks, link, bits);
                    }
                }
                _ => {}
            }
        }
    }

    fn words(&mut self, text: &str, looks: &Looks, link: Option<&str>, bits: &mut Vec<Bit>) {
        if text.is_empty() {
            return;
        }
        if looks.hidden {
            self.paper.left.insert(LeftOut::Hidden);
            return;
        }
        let Looks { bold, italic, lang, .. } = looks.clone();
        let run = Run { text: text.to_owned(), bold, italic, lang, link: link.map(str::to_owned) };
        bits.push(Bit::plain(What::Words(run), self.fate()));
    }

    fn note(&mut self, note: &'a Element) -> Option<Bit> {
        let body = note.child("text:note-body")?;
        let fate = self.fate();
        let mut paragraphs = Vec::new();
        self.in_note = true;
        self.blocks(body, &Around::default(), &mut paragraphs);
        self.in_note = false;
        Some(Bit::plain(What::Note(paragraphs), fate))
    }

    /// A comment stands where its passage begins; one that answers another names it.
    fn annotation(&mut self, comment: &Element, bits: &mut Vec<Bit>) {
        if comment.get("loext:resolved") == Some("true") {
            self.paper.left.insert(LeftOut::ResolvedComments);
            return;
        }
        let author = comment.child("dc:creator").map(Element::words).unwrap_or_default().trim().to_owned();
        let lines: Vec<String> = comment.children().filter(|child| child.is("text:p")).map(Element::words).collect();
        let body = lines.join("\n").trim().to_owned();
        let answered = comment.get("loext:parent-name").and_then(|name| self.comments.get(name));
        if let Some(place) = answered {
            self.paper.comments[*place].replies.push((author, body));
            return;
        }
        let place = self.paper.comments.len();
        self.paper.comments.push(Said { author, body, replies: Vec::new() });
        if let Some(name) = comment.get("office:name") {
            self.comments.insert(name.to_owned(), place);
        }
        bits.push(Bit::plain(What::Opens(place), Fate::default()));
    }

    fn address(&mut self, written: &str) -> Option<String> {
        let address = link::address(written).filter(|address| link::stands(address));
        if address.is_none() {
            self.paper.left.insert(LeftOut::Links);
        }
        address
    }
}

/// White space as XML shows it: one space for any.
fn collapsed(words: &str) -> String {
    let mut to = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            ' ' | '\t' | '\n' | '\r' if to.ends_with(' ') => {}
            ' ' | '\t' | '\n' | '\r' => to.push(' '),
            letter => to.push(letter),
        }
    }
    to
}
