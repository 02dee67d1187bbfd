//! How paragraphs and words look, and what a Word file says about itself as a whole.
//!
//! The styles carry Word's own names, so that its outline, its navigation and its readers aloud know a heading from a footnote.

use super::xml::{WORD, escaped, part};
use crate::text::block::Dir;

/// A style and what it is built on: id, Word's name, paragraph properties, properties of words.
const PARAGRAPHS: [(&str, &str, &str, &str); 8] = [
    ("Title", "Title", r#"<w:keepNext/><w:spacing w:before="0" w:after="240" w:line="240" w:lineRule="auto"/>"#, BIG),
    ("Heading1", "heading 1", r#"<w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/>"#, MIDDLE),
    ("Heading2", "heading 2", r#"<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>"#, BOLD),
    ("Heading3", "heading 3", r#"<w:keepNext/><w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="2"/>"#, BOLD),
    ("ListParagraph", "List Paragraph", "", ""),
    ("Quote", "Quote", r#"<w:ind w:left="567" w:right="567"/>"#, ""),
    ("FootnoteText", "footnote text", r#"<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>"#, SMALL),
    ("CommentText", "annotation text", r#"<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>"#, SMALL),
];
const BOLD: &str = "<w:b/><w:bCs/>";
const MIDDLE: &str = r#"<w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/>"#;
const BIG: &str = r#"<w:b/><w:bCs/><w:sz w:val="36"/><w:szCs w:val="36"/>"#;
const SMALL: &str = r#"<w:sz w:val="20"/><w:szCs w:val="20"/>"#;

/// The same for words.
const WORDS: [(&str, &str, &str); 3] = [
    ("FootnoteReference", "footnote reference", r#"<w:vertAlign w:val="superscript"/>"#),
    ("Hyperlink", "Hyperlink", r#"<w:color w:val="0B57A4"/><w:u w:val="single"/>"#),
    ("CommentReference", "annotation reference", r#"<w:sz w:val="16"/><w:szCs w:val="16"/>"#),
];

/// `word/styles.xml`, in the language of the text; the styles of numbered paragraphs are told with their properties.
pub fn styles(language: &str, numbered: &[(String, String)]) -> String {
    let font = r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>"#;
    let mut all = format!(
        r#"<w:docDefaults><w:rPrDefault><w:rPr>{font}<w:sz w:val="24"/><w:szCs w:val="24"/>{}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#,
        spoken(language)
    );
    for (id, name, paragraph, words) in PARAGRAPHS {
        all += &format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{words}</w:rPr></w:style>"#
        );
    }
    for (id, properties) in numbered {
        let (name, level) = id.split_at(id.len() - 1);
        all += &format!(
            r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name} {level}"/><w:basedOn w:val="ListParagraph"/><w:qFormat/><w:pPr>{properties}</w:pPr></w:style>"#
        );
    }
    for (id, name, words) in WORDS {
        all += &format!(r#"<w:style w:type="character" w:styleId="{id}"><w:name w:val="{name}"/><w:rPr>{words}</w:rPr></w:style>"#);
    }
    part("w:styles", WORD, &all)
}

/// The language of words: Word has one for each kind of script.
pub fn spoken(language: &str) -> String {
    let tag = escaped(language);
    let slot = match language.split('-').next().unwrap_or_default() {
        "zh" | "ja" | "ko" => "eastAsia",
        _ if super::super::direction::of_language(language) == Dir::Rtl => "bidi",
        _ => "val",
    };
    format!(r#"<w:lang w:{slot}="{tag}"/>"#)
}

/// `word/settings.xml`: whatever is written on in the file is tracked, so that it can be told from what the draft said.
pub fn settings() -> String {
    part(
        "w:settings",
        WORD,
        r#"<w:trackRevisions/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#,
    )
}
