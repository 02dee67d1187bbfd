//! XML as it is written here: words and values escaped, and nothing that XML 1.0 cannot hold.

/// Words between tags, or a value between quotes.
pub fn escaped(words: &str) -> String {
    let mut to = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '"' => to.push_str("&quot;"),
            // XML 1.0, production 2: these stand in no document, not even escaped.
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => to.push(letter),
        }
    }
    to
}

/// A part of the package.
pub fn part(root: &str, namespaces: &str, content: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{root} {namespaces}>{content}</{root}>")
}

/// WordprocessingML (ISO/IEC 29500-1), relations, and Word's own additions for threads, which other programs may ignore.
pub const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\" mc:Ignorable=\"w14 w15\"";
