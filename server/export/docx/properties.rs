//! The parts around the text: what a package holds, what points at what, and what the file says of itself. No person and no machine is in it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::xml::{escaped, part};
use crate::kernel::Moment;

const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A part below `word/`: its name, the end of its type, the end of its relation.
pub const PARTS: [(&str, &str, &str); 6] = [
    ("styles", "styles+xml", "styles"),
    ("settings", "settings+xml", "settings"),
    ("numbering", "numbering+xml", "numbering"),
    ("footnotes", "footnotes+xml", "footnotes"),
    ("comments", "comments+xml", "comments"),
    ("commentsExtended", "commentsExtended+xml", ""),
];
/// Word's own addition has a relation of its own.
const EXTENDED: &str = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended";

/// `[Content_Types].xml`.
pub fn content_types() -> String {
    let mut types = String::from(
        r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    );
    for (name, kind) in std::iter::once(("document", "document.main+xml")).chain(PARTS.map(|(name, kind, _)| (name, kind))) {
        let _ = write!(types, r#"<Override PartName="/word/{name}.xml" ContentType="{DOCUMENT}{kind}"/>"#);
    }
    part("Types", r#"xmlns="http://schemas.openxmlformats.org/package/2006/content-types""#, &types)
}

/// `_rels/.rels`.
pub fn roots() -> String {
    relations(&format!(
        r#"<Relationship Id="rId1" Type="{RELATION}officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#
    ))
}

/// `word/_rels/document.xml.rels`.
pub fn of_document(links: &Links) -> String {
    let mut all = String::new();
    for (at, (name, _, relation)) in PARTS.into_iter().enumerate() {
        let kind = if relation.is_empty() { EXTENDED.to_owned() } else { format!("{RELATION}{relation}") };
        let _ = write!(all, r#"<Relationship Id="part{at}" Type="{kind}" Target="{name}.xml"/>"#);
    }
    relations(&(all + &links.written()))
}

/// `word/_rels/footnotes.xml.rels`.
pub fn of_notes(links: &Links) -> String {
    relations(&links.written())
}

/// `docProps/core.xml`: whose text it is, what it is called, and the moment the text was so.
pub fn core(title: &str, coalition: &str, at: Moment) -> String {
    let (title, coalition, at) = (escaped(title), escaped(coalition), at.whole_minutes().rfc3339());
    part(
        "cp:coreProperties",
        r#"xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#,
        &format!(
            r#"<dc:title>{title}</dc:title><dc:creator>{coalition}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified>"#
        ),
    )
}

fn relations(all: &str) -> String {
    part("Relationships", r#"xmlns="http://schemas.openxmlformats.org/package/2006/relationships""#, all)
}

/// The addresses one part points at, each once, with its number.
#[derive(Debug, Default)]
pub struct Links(BTreeMap<String, usize>);

impl Links {
    /// The relation's id.
    pub fn to(&mut self, address: &str) -> String {
        let next = self.0.len();
        let at = self.0.entry(address.to_owned()).or_insert(next);
        format!("link{at}")
    }

    fn written(&self) -> String {
        let mut all = String::new();
        for (address, at) in &self.0 {
            let target = escaped(&uri(address));
            let _ = write!(all, r#"<Relationship Id="link{at}" Type="{RELATION}hyperlink" Target="{target}" TargetMode="External"/>"#);
        }
        all
    }
}

/// A target is a URI (RFC 3986): what may not stand in one is percent-encoded, or Word takes the whole file for broken.
fn uri(address: &str) -> String {
    let mut to = String::new();
    let bytes = address.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let coded = || bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        match byte {
            b'%' if coded() => to.push('%'),
            _ if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(byte) => to.push(char::from(*byte)),
            _ => {
                let _ = write!(to, "%{byte:02X}");
            }
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_a_uri() {
        for (address, wanted) in [
            ("https://example.org/é?a=b&c#d", "https://example.org/%C3%A9?a=b&c#d"),
            ("https://example.org/100%", "https://example.org/100%25"),
            ("https://example.org/%C3%A9 \"x\"", "https://example.org/%C3%A9%20%22x%22"),
            ("mailto:office@example.org", "mailto:office@example.org"),
        ] {
            assert_eq!(uri(address), wanted);
        }
    }
}
