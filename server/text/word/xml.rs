//! A part of a file as a tree, of bounded size and depth. Names are told by what their namespaces are, not by the prefixes that a program
//! chose: `w:p` is a paragraph of Word's, whoever wrote it. A document type, and with it every entity that is not XML's own, is refused.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, PrefixDeclaration, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

use super::incoming::Unread;
use crate::text::limits::{WORD_ATTRIBUTES_MAX, WORD_DEPTH_MAX, WORD_ELEMENTS_MAX};

/// What is known here, and the prefix it goes by. Word writes its strict form under other names.
const SPACES: &[(&str, &str)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("http://schemas.microsoft.com/office/word/2012/wordml", "w15"),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0", "loext"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
];

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// `w:p`; of a namespace that is not known here `?:` and the name.
    pub name: String,
    attributes: Vec<(String, String)>,
    pub content: Vec<Node>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Words(String),
}

impl Element {
    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.content.iter().filter_map(|node| if let Node::Element(child) = node { Some(child) } else { None })
    }

    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children().find(|child| child.is(name))
    }

    /// The child of the child … of these names.
    pub fn down(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |at, name| at.child(name))
    }

    /// Everything below, itself first.
    pub fn all(&self) -> impl Iterator<Item = &Element> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let next = open.pop()?;
            let from = open.len();
            open.extend(next.children());
            open[from..].reverse();
            Some(next)
        })
    }

    /// All words below.
    pub fn words(&self) -> String {
        let own = |element: &Element| {
            element
                .content
                .iter()
                .filter_map(|node| if let Node::Words(words) = node { Some(words.clone()) } else { None })
                .collect::<String>()
        };
        self.all().map(own).collect()
    }
}

/// The tree of a part.
pub fn parse(words: &str) -> Result<Element, Unread> {
    let mut reader = NsReader::from_str(words.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut elements) = (vec![Element::default()], 0);
    loop {
        let event = reader.read_event().map_err(|_| Unread::Broken)?;
        let Some(top) = open.last_mut() else { return Err(Unread::Broken) };
        match event {
            Event::Start(start) => {
                elements += 1;
                if open.len() > WORD_DEPTH_MAX || elements > WORD_ELEMENTS_MAX {
                    return Err(Unread::TooMuch);
                }
                open.push(element(&reader, &start)?);
            }
            Event::End(_) => {
                let (Some(done), Some(around)) = (open.pop(), open.last_mut()) else { return Err(Unread::Broken) };
                around.content.push(Node::Element(done));
            }
            Event::Text(words) => says(top, &words.xml10_content()),
            Event::CData(words) => says(top, &words.xml10_content()),
            Event::GeneralRef(named) => {
                let letter = match named.resolve_char_ref().map_err(|_| Unread::Broken)? {
                    Some(letter) => Some(letter),
                    None => match &*named.xml10_content() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    },
                };
                says(top, letter.ok_or(Unread::Broken)?.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(Unread::Broken),
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(mut whole), true) => {
            let place = whole.content.iter().position(|node| matches!(node, Node::Element(_))).ok_or(Unread::Broken)?;
            match whole.content.swap_remove(place) {
                Node::Element(root) => Ok(root),
                Node::Words(_) => Err(Unread::Broken),
            }
        }
        _ => Err(Unread::Broken),
    }
}

fn says(element: &mut Element, more: &str) {
    match element.content.last_mut() {
        Some(Node::Words(words)) => words.push_str(more),
        Some(Node::Element(_)) | None => element.content.push(Node::Words(more.to_owned())),
    }
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Element, Unread> {
    let resolver = reader.resolver();
    let name = told(resolver.resolve_element(start.name()).0, start.local_name().into_inner());
    let mut attributes = Vec::new();
    // Not looked through for one that stands twice, which takes its number squared: the first one counts.
    for (at, attribute) in start.attributes().with_checks(false).enumerate() {
        if at == WORD_ATTRIBUTES_MAX {
            return Err(Unread::TooMuch);
        }
        let attribute = attribute.map_err(|_| Unread::Broken)?;
        if attribute
            .key
            .as_namespace_binding()
            .is_some_and(|bound| matches!(bound, PrefixDeclaration::Default | PrefixDeclaration::Named(_)))
        {
            continue;
        }
        let (space, local) = resolver.resolve_attribute(attribute.key);
        let name = match space {
            ResolveResult::Unbound => local.into_inner().to_owned(),
            bound => told(bound, local.into_inner()),
        };
        // What no reader here asks for is not kept: revision numbers stand on every other element.
        if name.starts_with("?:") || name.starts_with("w:rsid") {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Unread::Broken)?;
        attributes.push((name, value.into_owned()));
    }
    Ok(Element { name, attributes, content: Vec::new() })
}

fn told(space: ResolveResult<'_>, local: &str) -> String {
    let known = match space {
        ResolveResult::Bound(Namespace(space)) => SPACES.iter().find(|(uri, _)| *uri == space).map(|(_, prefix)| *prefix),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => None,
    };
    format!("{}:{local}", known.unwrap_or("?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_by_their_namespaces() {
        let root = parse(
            r#"<?xml version="1.0"?><x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main" xmlns:y="urn:other">
            <x:p x:val="a&amp;b" plain="1" y:val="c"><x:t>one &lt;&#x41; &amp; <![CDATA[<two>]]></x:t><y:p/></x:p></x:document>"#,
        )
        .unwrap();
        let paragraph = root.child("w:p").unwrap();
        assert_eq!((root.name.as_str(), paragraph.get("w:val"), paragraph.get("plain")), ("w:document", Some("a&b"), Some("1")));
        assert_eq!((paragraph.words().as_str(), paragraph.children().last().unwrap().name.as_str()), ("one <A & <two>", "?:p"));
    }

    #[test]
    fn what_is_no_sound_xml_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(WORD_DEPTH_MAX + 1), "</a>".repeat(WORD_DEPTH_MAX + 1));
        let many = format!("<a>{}</a>", "<b/>".repeat(WORD_ELEMENTS_MAX));
        for (words, wanted) in [
            ("", Unread::Broken),
            ("<a>", Unread::Broken),
            ("<a></b>", Unread::Broken),
            ("<a>&none;</a>", Unread::Broken),
            ("<a>&#0;</a>", Unread::Broken),
            ("<a b='&none;'/>", Unread::Broken),
            ("<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>", Unread::Broken),
            ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", Unread::Broken),
            (&deep, Unread::TooMuch),
            (&many, Unread::TooMuch),
        ] {
            assert_eq!(parse(words).unwrap_err(), wanted, "{}", &words[..words.len().min(60)]);
        }
    }
}
