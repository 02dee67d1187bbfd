//! The PDF: laid out here, written with printpdf, finished with lopdf.
//!
//! `layout` sets the parts of a sheet into a `galley`, `paginate` cuts it into pages of `ink`, `foot` draws what stands below
//! each, `write` turns pages
//! into a document with subsets of the bundled `fonts`, `post` gives it properties, links and an identity.
//! printpdf changes its interface with every release and is known only to `write`.

mod fonts;
mod foot;
mod galley;
mod ink;
mod layout;
mod limits;
mod measures;
mod paginate;
mod post;
mod setting;
mod write;

pub use fonts::{unprintable, unprintable_at};
pub use layout::too_long;

use super::sheet::{ExportError, Sheet};

/// The bytes of a PDF 1.7 file, A4. The same sheet gives the same bytes, on every machine.
///
/// An optimised build takes about 25 milliseconds for five pages in 17 fonts, and seconds at the limits: call it
/// outside of async workers.
pub fn pdf(sheet: &Sheet) -> Result<Vec<u8>, ExportError> {
    layout::within_limits(sheet)?;
    let mut setter = setting::Setter::new();
    let galley = layout::galley(sheet, &mut setter)?;
    let mut pages = paginate::paginate(&galley, measures::TEXT_HEIGHT)?;
    foot::furnish(sheet, &mut setter, &mut pages);
    let missing = setter.missing();
    if !missing.is_empty() {
        return Err(ExportError::MissingGlyphs { characters: missing });
    }
    let document = write::document(&pages)?;
    post::finish(document, sheet, &pages)
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{ListedName, Words};
    use super::*;
    use crate::text::block::{Block, Inline, Kind, NoteParagraph, Piece, Run, Text};
    use lopdf::{Document, Object};

    fn paragraph(text: &str) -> Block {
        Block::paragraph(vec![Inline::Text(Run::plain(text))])
    }

    fn numbered(label: &str, text: &str) -> Block {
        let noted = NoteParagraph { dir: None, content: vec![Piece::Text(Run::plain("Resolution 60/1, paras. 138–140."))] };
        let note = Inline::Footnote { number: 1, content: vec![noted] };
        Block { label: Some(label.to_owned()), ..Block::new(Kind::Numbered, Some(1), vec![Inline::Text(Run::plain(text)), note]) }
    }

    fn sheet(language: &str, blocks: Vec<Block>) -> Sheet {
        let text = Text { v: "text/v1".to_owned(), language: language.to_owned(), blocks };
        let name = |name: &str, gloss: &str, country: &str| ListedName {
            name: name.to_owned(),
            gloss: Some(gloss.to_owned()),
            country: country.to_owned(),
        };
        Sheet {
            text,
            title: "Heeding the Signals".to_owned(),
            edition: "Rev.1".to_owned(),
            coalition: "Lanternway Coalition".to_owned(),
            subtitle: None,
            signatories: vec![name("جمعية جسور الياسمين", "Jasmine Bridges", "تونس"), name("晨钟", "Morning Bell", "Singapore")],
            withheld: 3,
            digest: "1234".repeat(16),
            check_url: "https://lanternway.example/check".to_owned(),
            published_on: "9 February 2026".to_owned(),
            created: 1_770_595_200,
            words: Words {
                heading: "We, the undersigned".to_owned(),
                signed_by_count: "2 organisations in public".to_owned(),
                withheld_line: "and 3 organisations whose names are withheld".to_owned(),
                digest_label: "Digest (SHA-256)".to_owned(),
                check_label: "Check this text at".to_owned(),
                page_of: "Page {page} of {pages}".to_owned(),
            },
        }
    }

    #[test]
    fn the_same_sheet_is_the_same_file_and_another_sheet_another() {
        let one = pdf(&sheet("en", vec![numbered("1.", "We write.")])).unwrap();
        assert_eq!(one, pdf(&sheet("en", vec![numbered("1.", "We write.")])).unwrap());
        assert_ne!(one, pdf(&sheet("en", vec![numbered("1.", "We wrote.")])).unwrap());
    }

    #[test]
    fn the_properties_say_what_the_sheet_says_and_nothing_of_the_machine() {
        let document = Document::load_mem(&pdf(&sheet("ar", vec![paragraph("السلام")])).unwrap()).unwrap();
        let info = document.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
        let info = document.get_dictionary(info).unwrap();
        let mut keys: Vec<&[u8]> = info.iter().map(|(key, _)| key.as_slice()).collect();
        keys.sort();
        assert_eq!(keys, [b"Author".as_slice(), b"CreationDate", b"ModDate", b"Title"]);
        assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20260209000000Z");
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"ar");
        assert!(!catalog.has(b"Metadata"));
    }

    #[test]
    fn characters_that_no_face_has_are_refused_by_name() {
        let mut sheet = sheet("en", vec![paragraph("We \u{12000} write.")]);
        sheet.signatories[0].name = "Nib \u{13080}".to_owned();
        let refused = pdf(&sheet).unwrap_err();
        assert_eq!(refused, ExportError::MissingGlyphs { characters: vec!['\u{12000}', '\u{13080}'] });
        assert!(refused.to_string().contains("U+13080"));
    }

    #[test]
    fn every_script_of_the_names_has_a_face() {
        for text in [
            "Ẹgbẹ́ Àlàáfíà",
            "Đối thoại Sông Xanh",
            "Криниця",
            "Ќуќа",
            "Қауым",
            "Συμμαχία Μνήμης",
            "ხიდი",
            "Հիշողություն",
            "የሰላም",
            "שיתוף",
            "جمعية",
            "انجمن پل‌های",
            "امن کی",
            "শান্তি",
            "முற்றம்",
            "शान्ति",
            "ငြိမ်းချမ်းရေး",
            "សន្តិភាព",
            "ชุมชนลุ่มน้ำ",
            "ສັນຕິພາບ",
            "晨钟公益",
            "平和の灯台フォーラム",
            "繁體龍",
            "돌담 인권 뷁",
            "ⵜⴰⵎⴰⵣⵉⵖⵜ",
            "ߒߞߏ",
            "ᐃᓄᒃ",
            "བོད",
        ] {
            assert!(pdf(&sheet("en", vec![paragraph(text)])).is_ok(), "{text}");
        }
    }

    #[test]
    fn numbers_hang_at_the_side_where_their_paragraph_begins() {
        for (text, beyond) in [("We write.", false), ("نكتب إليكم.", true)] {
            let sheet = sheet("en", vec![numbered("1.", text)]);
            let galley = layout::galley(&sheet, &mut setting::Setter::new()).unwrap();
            let strips = galley.flow.iter().filter_map(|flow| match flow {
                galley::Flow::Strip(strip) if !strip.notes.is_empty() => Some(strip),
                _ => None,
            });
            let places: Vec<f32> = strips.flat_map(|strip| &strip.ink).map(|placed| placed.x).collect();
            assert_eq!(places.iter().any(|x| *x > measures::TEXT_WIDTH), beyond);
            assert_eq!(places.iter().any(|x| *x < 0.0), !beyond);
        }
    }

    #[test]
    fn a_link_can_be_followed() {
        let link = Run { link: Some("https://example.org/é".to_owned()), ..Run::plain("the report") };
        let document = Document::load_mem(&pdf(&sheet("en", vec![Block::paragraph(vec![Inline::Text(link)])])).unwrap()).unwrap();
        let addresses = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok()?.get(b"A").ok()?.as_dict().ok()?.get(b"URI").ok()?.as_str().ok());
        let addresses: Vec<String> = addresses.map(|address| String::from_utf8_lossy(address).into_owned()).collect();
        assert!(addresses.iter().any(|address| address == "https://example.org/%C3%A9"), "{addresses:?}");
    }

    #[test]
    fn items_stand_as_deep_as_their_level_and_their_numbers_before_them() {
        let item =
            |level| Block { label: Some("1.".into()), ..Block::new(Kind::Ordered, Some(level), vec![Inline::Text(Run::plain("x"))]) };
        let galley = layout::galley(&sheet("en", vec![item(1), item(3), item(255)]), &mut setting::Setter::new()).unwrap();
        let strips = galley.flow.iter().filter_map(|flow| if let galley::Flow::Strip(strip) = flow { Some(strip) } else { None });
        let items: Vec<(f32, f32)> =
            strips.filter(|strip| strip.ink.len() == 2).map(|strip| (strip.ink[0].x, strip.ink[1].x)).take(3).collect();
        let [first, third, deepest] = items[..] else { panic!("{items:?}") };
        assert_eq!((first, third), ((measures::INDENT, 0.0), (3.0 * measures::INDENT, 2.0 * measures::INDENT)));
        assert!(deepest.0 <= measures::TEXT_WIDTH - measures::TEXT_WIDTH_MIN, "text is never squeezed");
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(
            pdf(&sheet("en", vec![paragraph(""); limits::CHARACTERS_MAX / limits::LINE_CHARACTERS + 1])).err(),
            Some(ExportError::TooLong)
        );
        let mut named = sheet("en", vec![paragraph("short")]);
        named.signatories[0].name = "n".repeat(limits::NAME_CHARACTERS_MAX + 1);
        assert_eq!(pdf(&named).err(), Some(ExportError::TooLong));
    }
}
