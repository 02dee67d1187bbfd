//! Files that LibreOffice wrote (`tests/vectors/word`), shapes of Word's written by hand, and files that somebody broke.

use rand::{Rng, SeedableRng, rngs::StdRng};

use super::archive::tests::zipped;
use super::*;
use crate::text::block::{Dir, Inline, NoteParagraph, Piece, Run};
use crate::text::description;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

fn vector(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/vectors/word/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A file of Word's with this body, and these further parts.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |inner: &str| {
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>")
    };
    let related = |(name, _): &(&str, &str)| format!("<Relationship Id=\"{name}\" Type=\"{office}/{name}\" Target=\"{name}.xml\"/>");
    let own: String = parts.iter().map(related).collect();
    let link =
        format!("<Relationship Id=\"link\" Type=\"{office}/hyperlink\" Target=\"https://example.org/books\" TargetMode=\"External\"/>");
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let mut all = vec![
        (
            "_rels/.rels".to_owned(),
            relations(&format!("<Relationship Id=\"a\" Type=\"{office}/officeDocument\" Target=\"word/document.xml\"/>")),
        ),
        ("word/_rels/document.xml.rels".to_owned(), relations(&(own + &link))),
        ("word/document.xml".to_owned(), document),
    ];
    all.extend(parts.iter().map(|(name, inner)| (format!("word/{name}.xml"), format!("<w:{name} {W}>{inner}</w:{name}>"))));
    zipped(&all.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect::<Vec<_>>())
}

fn paragraph(properties: &str, inner: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>")
}

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

fn words(run: &Run) -> String {
    let mut words = run.text.clone();
    if let Some(lang) = &run.lang {
        words = format!("{{{lang} {words}}}");
    }
    if run.italic {
        words = format!("_{words}_");
    }
    if run.bold {
        words = format!("*{words}*");
    }
    run.link.as_ref().map_or(words.clone(), |link| format!("[{words}]({link})"))
}

/// A text as lines: what a block is, its label and direction, and its words.
fn drawn(blocks: &[Block]) -> Vec<String> {
    let piece = |piece: &Piece| match piece {
        Piece::Text(run) => words(run),
        Piece::Break => "/".to_owned(),
    };
    let noted = |paragraph: &NoteParagraph| paragraph.content.iter().map(piece).collect::<String>();
    let inline = |inline: &Inline| match inline {
        Inline::Text(run) => words(run),
        Inline::Break => "/".to_owned(),
        Inline::Footnote { number, content } => format!("^{number}({})", content.iter().map(noted).collect::<Vec<_>>().join("|")),
    };
    let block = |block: &Block| {
        let name = description::name(block.kind, block.level).unwrap_or_else(|| "-".to_owned());
        let label = block.label.as_ref().map_or(String::new(), |label| format!(" {label}"));
        let dir = block.dir.map_or("", |dir| if dir == Dir::Rtl { " rtl" } else { " ltr" });
        format!("{name}{label}{dir}: {}", block.content.iter().map(inline).collect::<String>())
    };
    blocks.iter().map(block).collect()
}

fn read_with(bytes: &[u8], side: Side) -> Incoming {
    read(bytes, "en", side).unwrap_or_else(|unread| panic!("{unread:?}"))
}

fn lines(body: &str) -> Vec<String> {
    drawn(&read_with(&docx(body, &[]), Side::With).text.blocks)
}

#[test]
fn what_libreoffice_wrote_is_read_alike_in_both_its_forms() {
    for name in ["rich.docx", "rich.odt"] {
        let with = read_with(&vector(name), Side::With);
        assert_eq!(
            drawn(&with.text.blocks),
            [
                "title: Keep the library open",
                "heading:1: Why it matters",
                "-: We, the *undersigned* organisations, write with _great_ concern.^1(See A/RES/72/249 and *others*.) \
                 Read [the report](https://example.org/books), in French {fr-FR la bibliothèque}./A new line.",
                "numbered:1 1.: Recalls the earlier treaty;",
                "numbered:2 (a): in its first part;",
                "numbered:2 (b): in its second part;",
                "heading:2: What we ask",
                "numbered:1 2.: Calls on all States to act now and together.",
                "bullet:1: First bullet",
                "bullet:2: Below it",
                "quotation: Everybody has the right to read.",
                "-: نحن المنظمات الموقعة أدناه.",
                "-: Left cell · Right cell",
                "-: The end.",
            ],
            "{name}"
        );
        let without = drawn(&read_with(&vector(name), Side::Without).text.blocks);
        assert_eq!(without[7], "numbered:1 2.: Calls on all States to act without delay now.", "{name}");
        assert_eq!(without[13..], ["-: The end.", "-: This whole paragraph goes."], "{name}");
        let changed = |block, author: &str| ChangedBy { block, authors: vec![author.to_owned()] };
        let both = ChangedBy { block: 7, authors: vec!["Amina Odhiambo".to_owned(), "J. Smith".to_owned()] };
        assert_eq!(with.changed, [both, changed(13, "Amina Odhiambo")], "{name}");
        let by = |author: &str, inserted, deleted| TrackedBy { author: author.to_owned(), inserted, deleted, ..TrackedBy::default() };
        let mut tracked = with.tracked.clone();
        tracked.sort_by(|one, other| one.author.cmp(&other.author));
        assert_eq!(tracked, [by("Amina Odhiambo", 0, 2), by("J. Smith", 1, 0)], "{name}");
        let comment = Comment {
            author: "Wanjiru K.".to_owned(),
            body: "Which treaty is meant?".to_owned(),
            replies: Vec::new(),
            place: Some(Place { block: 3, from: 12, to: 26 }),
        };
        assert_eq!((with.comments, with.left_out), (vec![comment], vec![LeftOut::Tables]), "{name}");
    }
}

#[test]
fn an_arabic_file_runs_as_its_letters_do_and_says_so_only_where_they_do_not() {
    for name in ["arabic.docx", "arabic.odt"] {
        let read = read(&vector(name), "ar", Side::With).unwrap();
        assert_eq!(
            drawn(&read.text.blocks),
            [
                "title: أبقوا المكتبة مفتوحة",
                "heading:1: لماذا",
                "-: نحن المنظمات الموقعة أدناه.^1(انظر القرار.)",
                "- rtl: UNESCO هي منظمة.",
                "numbered:1 1.: ندعو جميع الدول؛",
                "numbered:1 2.: ونطلب منها المزيد.",
            ],
            "{name}"
        );
    }
}

#[test]
fn a_heading_is_one_by_its_style_in_any_language_or_by_its_place_in_the_outline() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"berschrift2\"><w:name w:val=\"heading 2\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Eigene\"><w:name w:val=\"Meine\"/><w:basedOn w:val=\"berschrift2\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Kreis\"><w:name w:val=\"Kreis\"/><w:basedOn w:val=\"Kreis\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Zitat\"><w:name w:val=\"Quote\"/><w:rPr><w:i/></w:rPr></w:style>";
    let body =
        ["Titel", "Eigene", "Kreis", "Zitat"].map(|style| paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), &run(style))).concat();
    let outlined = paragraph("<w:outlineLvl w:val=\"0\"/>", "<w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r>");
    let read = read_with(&docx(&(body + &outlined), &[("styles", styles)]), Side::With);
    assert_eq!(drawn(&read.text.blocks), ["title: Titel", "heading:2: Eigene", "-: Kreis", "quotation: Zitat", "heading:1: Bold"]);
}

#[test]
fn marks_of_paragraphs_come_and_go_with_the_changes() {
    let act = "w:id=\"1\" w:author=\"J. Smith\" w:date=\"2026-11-20T10:00:00Z\"";
    let mark = |name: &str| format!("<w:rPr><w:{name} {act}/></w:rPr>");
    let body = [
        paragraph(&mark("ins"), &run("One")),
        paragraph("", &run(" two.")),
        paragraph(&mark("del"), &run("Three")),
        paragraph("<w:outlineLvl w:val=\"1\"/>", &run(" four.")),
        paragraph(
            "",
            &format!("<w:moveFrom {act}>{}</w:moveFrom>stays<w:moveTo {act}>{}</w:moveTo>{}", run("here"), run("there"), run(".")),
        ),
        paragraph(&format!("<w:outlineLvl w:val=\"0\"/><w:pPrChange {act}><w:pPr/></w:pPrChange>"), &run("Styled")),
        paragraph("", &format!("<w:r><w:rPr><w:b/><w:rPrChange {act}><w:rPr/></w:rPrChange></w:rPr><w:t>bold</w:t></w:r>")),
    ];
    let file = docx(&body.concat(), &[]);
    let with = read_with(&file, Side::With);
    assert_eq!(drawn(&with.text.blocks), ["-: One", "-:  two.", "heading:2: Three four.", "-: there.", "heading:1: Styled", "-: *bold*"]);
    let without = read_with(&file, Side::Without);
    assert_eq!(drawn(&without.text.blocks), ["-: One two.", "-: Three", "heading:2:  four.", "-: here.", "-: Styled", "-: bold"]);
    let tracked = TrackedBy { author: "J. Smith".to_owned(), inserted: 1, deleted: 1, moved: 1, restyled: 1 };
    assert_eq!((with.tracked, without.tracked), (vec![tracked.clone()], vec![tracked]));
}

#[test]
fn a_field_is_what_it_showed_and_its_link_is_kept() {
    let code = |what: &str| format!("<w:r><w:fldChar w:fldCharType=\"{what}\"/></w:r>");
    let field = |instruction: &str, shown: &str| {
        format!("{}<w:r><w:instrText> {instruction} </w:instrText></w:r>{}{}{}", code("begin"), code("separate"), run(shown), code("end"))
    };
    let body = paragraph(
        "",
        &[
            field("HYPERLINK \"https://example.org/a\"", "a page"),
            run(", "),
            field("PAGE", "7"),
            run(", "),
            format!("<w:hyperlink r:id=\"link\">{}</w:hyperlink>", run("books")),
            field("HYPERLINK \"javascript:x\"", " and more"),
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:drawing/><w:br w:type=\"page\"/><w:br/><w:noBreakHyphen/></w:r>"
                .to_owned(),
        ]
        .concat(),
    );
    let contents = paragraph("", &field("TOC \\o", "Contents 1"));
    let read = read_with(&docx(&(contents + &body), &[]), Side::With);
    assert_eq!(drawn(&read.text.blocks), ["-: [a page](https://example.org/a), 7, [books](https://example.org/books) and more/\u{2011}"]);
    assert_eq!(read.left_out, [LeftOut::Images, LeftOut::Fields, LeftOut::Contents, LeftOut::Hidden, LeftOut::Links]);
}

#[test]
fn comments_keep_their_passages_and_their_replies() {
    let comment = |id: u8, author: &str, words: &str| {
        format!("<w:comment w:id=\"{id}\" w:author=\"{author}\"><w:p w14:paraId=\"P{id}\">{}</w:p></w:comment>", run(words))
    };
    let comments =
        [comment(0, "A", "Why?"), comment(1, "B", "Because."), comment(2, "C", "Done with"), comment(3, "D", "All of it")].concat();
    let replies = "<w15:commentEx w15:paraId=\"P1\" w15:paraIdParent=\"P0\"/><w15:commentEx w15:paraId=\"P2\" w15:done=\"1\"/>";
    let range = |id: u8, inner: &str| {
        format!(
            "<w:commentRangeStart w:id=\"{id}\"/>{inner}<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
        )
    };
    let body = paragraph("", &[run("Keep "), range(0, &run("books")), range(2, &run("!"))].concat())
        + &paragraph("", &[run("And more."), "<w:r><w:commentReference w:id=\"3\"/></w:r>".to_owned()].concat());
    let read = read_with(&docx(&body, &[("comments", &comments), ("commentsExtended", replies)]), Side::With);
    let told: Vec<_> = read
        .comments
        .iter()
        .map(|one| (one.author.as_str(), one.body.as_str(), one.place.as_ref().map(|at| (at.block, at.from, at.to))))
        .collect();
    assert_eq!(told, [("A", "Why?", Some((0, 5, 10))), ("D", "All of it", Some((1, 0, 9)))]);
    assert_eq!(read.comments[0].replies, [WordReply { author: "B".to_owned(), body: "Because.".to_owned() }]);
    assert_eq!(read.left_out, [LeftOut::ResolvedComments]);
}

#[test]
fn a_language_most_words_are_said_to_be_in_is_the_computers() {
    let said =
        |lang: &str, words: &str| format!("<w:r><w:rPr><w:lang w:val=\"{lang}\"/></w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let body = paragraph("", &[said("de-DE", "We, the undersigned, "), said("en-GB", "write "), said("fr-FR", "oui")].concat());
    assert_eq!(lines(&body), ["-: We, the undersigned, write {fr-FR oui}"]);
}

#[test]
fn what_is_no_text_is_refused_by_what_it_is() {
    let empty = docx(&paragraph("", ""), &[]);
    let sheet = zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")]);
    for (bytes, wanted) in [
        (&b"words"[..], Unread::Unknown),
        (&[&COMPOUND[..], &[0; 100]].concat(), Unread::Old),
        (&zipped(&[("a.txt", "words")]), Unread::Unknown),
        (&sheet, Unread::Unknown),
        (&empty, Unread::Empty),
        (&docx("<w:p>", &[]), Unread::Broken),
    ] {
        assert_eq!(read(bytes, "en", Side::With), Err(wanted));
    }
}

#[test]
fn a_title_is_the_one_that_stands_and_there_is_one() {
    let title = Block::heading(1, vec![Inline::Text(Run::plain("Keep the library open"))]);
    let text = |blocks: Vec<Block>| Text { v: "text/v1".to_owned(), language: "en".to_owned(), blocks };
    let block = |kind: &Block, words: &str| Block { content: vec![Inline::Text(Run::plain(words))], ..kind.clone() };
    let mut other = text(vec![block(&title, "Another"), block(&title, "Third")]);
    assert_eq!(
        (under_title(&mut other, Some(&title)), drawn(&other.blocks)),
        (0, vec!["title: Another".to_owned(), "heading:1: Third".to_owned()])
    );
    let plain = Block::paragraph(Vec::new());
    let mut none = text(vec![block(&plain, "Words")]);
    assert_eq!(
        (under_title(&mut none, Some(&title)), drawn(&none.blocks)),
        (1, vec!["title: Keep the library open".to_owned(), "-: Words".to_owned()])
    );
    let mut same = text(vec![block(&plain, "Keep the library open "), block(&plain, "Words")]);
    assert_eq!(
        (under_title(&mut same, Some(&title)), drawn(&same.blocks)),
        (0, vec!["title: Keep the library open".to_owned(), "-: Words".to_owned()])
    );
}

/// Whatever becomes of a file, reading it ends with a text or with a refusal, and a text is one.
#[test]
fn broken_files_are_refused_or_read_and_nothing_else() {
    let mut dice = StdRng::seed_from_u64(8);
    let (mut read_so, mut refused) = (0, 0);
    let mut tries = |bytes: &[u8]| match read(bytes, "en", Side::With) {
        Ok(incoming) => {
            assert!(incoming.text.is_v1());
            read_so += 1;
        }
        Err(_) => refused += 1,
    };
    for name in ["rich.docx", "rich.odt", "arabic.docx"] {
        let whole = vector(name);
        for _ in 0..150 {
            let mut bytes = whole.clone();
            for _ in 0..dice.gen_range(1..6) {
                let at = dice.gen_range(0..bytes.len());
                bytes[at] ^= 1 << dice.gen_range(0..8);
            }
            tries(&bytes);
            tries(&whole[..dice.gen_range(0..whole.len())]);
        }
        // Within the parts, where no checksum of the packing hides what was broken.
        let mut archive = Archive::open(&whole).unwrap();
        let names = [
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/styles.xml",
            "word/numbering.xml",
            "word/footnotes.xml",
            "word/comments.xml",
        ];
        let names: &[&str] = if archive.has("content.xml") { &["mimetype", "content.xml", "styles.xml"] } else { &names };
        let parts: Vec<(&str, String)> = names.iter().filter_map(|name| Some((*name, archive.part(name).unwrap()?))).collect();
        for _ in 0..300 {
            let which = dice.gen_range(0..parts.len());
            let broken = shuffled(&parts[which].1, &mut dice);
            let all: Vec<(&str, &str)> = parts
                .iter()
                .enumerate()
                .map(|(at, (name, words))| (*name, if at == which { broken.as_str() } else { words.as_str() }))
                .collect();
            tries(&zipped(&all));
        }
    }
    assert!(read_so > 100 && refused > 500, "{read_so} were read, {refused} refused");
}

/// Elements taken out, put elsewhere, and numbers made others.
fn shuffled(words: &str, dice: &mut StdRng) -> String {
    let mut tags: Vec<String> = words.split_inclusive('>').map(str::to_owned).collect();
    for _ in 0..dice.gen_range(1..4) {
        let (at, to) = (dice.gen_range(0..tags.len()), dice.gen_range(0..tags.len()));
        match dice.gen_range(0..4) {
            0 => _ = tags.remove(at),
            1 => tags.swap(at, to),
            2 => tags[at] = tags[at].replace(['0', '1', '2'], "99999999999"),
            _ => tags.insert(to, tags[at].clone()),
        }
        if tags.is_empty() {
            break;
        }
    }
    tags.concat()
}
