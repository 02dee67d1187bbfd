//! The last pass over the file: properties, language, links, identity, compression.
//!
//! printpdf writes random identifiers, its own name and today's date; all of that is replaced. What a reader learns
//! from the properties is what the sheet says and nothing about the machine.

use super::ink::{Ink, Page};
use super::measures::PAGE_HEIGHT;
use crate::export::sheet::{ExportError, Sheet};
use chrono::{DateTime, Utc};
use lopdf::{Document, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

/// Properties and links from `sheet` and `pages`, then the bytes.
pub fn finish(mut document: Document, sheet: &Sheet, pages: &[Page]) -> Result<Vec<u8>, ExportError> {
    document.version = "1.7".to_owned();
    link(&mut document, pages)?;
    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.remove(b"Metadata");
    catalog.set("Lang", Object::String(sheet.text.language.clone().into_bytes(), StringFormat::Literal));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let date = date(sheet.created);
    let info = dictionary! {
        "Title" => unicode(&sheet.title),
        "Author" => unicode(&sheet.coalition),
        "CreationDate" => Object::string_literal(date.clone()),
        "ModDate" => Object::string_literal(date),
    };
    let info = document.add_object(info);
    document.trailer.set("Info", info);
    document.trailer.remove(b"ID");
    document.prune_objects();
    document.renumber_objects();
    let identity = identity(&document, sheet);
    document.trailer.set("ID", vec![identity.clone(), identity]);
    document.compress();
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).map_err(|error| ExportError::Writer(error.to_string()))?;
    Ok(bytes)
}

/// One annotation for each stretch of text that leads somewhere.
fn link(document: &mut Document, pages: &[Page]) -> Result<(), ExportError> {
    let ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    for (page, id) in pages.iter().zip(ids) {
        let mut annotations = Vec::new();
        for placed in &page.ink {
            let Ink::Text(stretch) = &placed.ink else { continue };
            let Some(address) = &stretch.link else { continue };
            let baseline = PAGE_HEIGHT - placed.y;
            let corners = [placed.x, baseline - stretch.size * 0.25, placed.x + stretch.width, baseline + stretch.size * 0.85];
            let annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => corners.map(Object::Real).to_vec(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Printed with the page (ISO 32000-1, table 165).
                "F" => 4,
                "Contents" => unicode(address),
                "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(ascii(address)) },
            };
            annotations.push(Object::Reference(document.add_object(annotation)));
        }
        let dictionary = document.get_object_mut(id).and_then(Object::as_dict_mut).map_err(failed)?;
        dictionary.remove(b"Annots");
        if !annotations.is_empty() {
            dictionary.set("Annots", annotations);
        }
    }
    Ok(())
}

/// An address may hold only ASCII in a file (ISO 32000-1, 12.6.4.7): the rest is percent-encoded.
fn ascii(address: &str) -> String {
    let escaped = |byte: u8| match byte {
        0x21..=0x7E => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    address.bytes().map(escaped).collect()
}

/// UTF-16, big end first, with its mark: the form every reader understands.
fn unicode(text: &str) -> Object {
    let bytes = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// `D:20260209120000Z`; the epoch for moments no calendar has.
fn date(unix: i64) -> String {
    let moment: DateTime<Utc> = DateTime::from_timestamp(unix, 0).unwrap_or_default();
    moment.format("D:%Y%m%d%H%M%SZ").to_string()
}

/// The file's identifier from what is in it, so that two makings of one sheet are one file.
fn identity(document: &Document, sheet: &Sheet) -> Object {
    let mut hash = Sha256::new();
    for words in [&sheet.digest, &sheet.title, &sheet.coalition, &sheet.text.language] {
        hash.update((words.len() as u64).to_be_bytes());
        hash.update(words.as_bytes());
    }
    hash.update(sheet.created.to_be_bytes());
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            hash.update((stream.content.len() as u64).to_be_bytes());
            hash.update(&stream.content);
        }
    }
    Object::String(hash.finalize()[..16].to_vec(), StringFormat::Hexadecimal)
}

fn failed(error: lopdf::Error) -> ExportError {
    ExportError::Writer(error.to_string())
}
