//! Reads a Word file as Word would: unpacks it, takes or refuses every tracked change, joins what loses its mark, counts the lists. Only for
//! what is written here, and with nothing of what wrote it.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::text::marked::Side;

/// The parts of a package, read from its local headers.
pub fn unpacked(file: &[u8]) -> BTreeMap<String, String> {
    let number = |at: usize, bytes: usize| file[at..at + bytes].iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    let (mut parts, mut at) = (BTreeMap::new(), 0);
    while file[at..].starts_with(b"PK\x03\x04") {
        let (packed, long, named) = (number(at + 18, 4), number(at + 22, 4), number(at + 26, 2));
        let begins = at + 30 + named;
        let mut content = String::new();
        DeflateDecoder::new(&file[begins..begins + packed]).read_to_string(&mut content).unwrap();
        assert_eq!(content.len(), long);
        parts.insert(String::from_utf8(file[at + 30..begins].to_vec()).unwrap(), content);
        at = begins + packed;
    }
    assert!(file[at..].starts_with(b"PK\x01\x02"), "the directory follows");
    parts
}

#[derive(Debug, Clone, Default)]
pub struct Node {
    pub name: String,
    pub values: BTreeMap<String, String>,
    pub children: Vec<Node>,
    pub text: String,
}

impl Node {
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|node| node.name == name)
    }

    pub fn val(&self, name: &str) -> Option<&str> {
        Some(self.child(name)?.values.get("w:val")?.as_str())
    }

    /// Every element of that name, however deep.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Node> {
        let own = Some(self).filter(|node| node.name == name);
        own.into_iter().chain(self.children.iter().flat_map(|node| node.all(name))).collect()
    }
}

/// The root of a part; fails where an element is not closed as it was opened.
pub fn parsed(xml: &str) -> Node {
    let mut open = vec![Node::default()];
    for piece in xml.split_inclusive('>') {
        let (text, tag) = piece.split_once('<').unwrap_or((piece, ""));
        open.last_mut().unwrap().text.push_str(&plain(text));
        let tag = tag.strip_suffix('>').unwrap_or(tag);
        if tag.is_empty() || tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let done = open.pop().unwrap();
            assert_eq!(done.name, name);
            open.last_mut().unwrap().children.push(done);
            continue;
        }
        let (begin, alone) = tag.strip_suffix('/').map_or((tag, false), |begin| (begin, true));
        let (name, rest) = begin.split_once(' ').unwrap_or((begin, ""));
        let words: Vec<&str> = rest.split('"').collect();
        let values = words.chunks_exact(2).map(|pair| (pair[0].trim().trim_end_matches('=').to_owned(), plain(pair[1])));
        let node = Node { name: name.to_owned(), values: values.collect(), ..Node::default() };
        if alone { open.last_mut().unwrap().children.push(node) } else { open.push(node) }
    }
    assert_eq!(open.len(), 1, "everything is closed");
    open.remove(0).children.remove(0)
}

fn plain(words: &str) -> String {
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// A paragraph on paper: its style, how deep it stands, its number, its words each in their appearance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    pub style: String,
    pub level: usize,
    pub number: String,
    pub words: Vec<(String, String)>,
}

/// What stands on paper once everything is taken, or nothing is.
pub fn on_paper(parts: &BTreeMap<String, String>, side: Side) -> Vec<Paper> {
    let notes = parsed(&parts["word/footnotes.xml"]);
    let styles = parsed(&parts["word/styles.xml"]);
    let styles = styles.children.iter().filter_map(|style| Some((style.values.get("w:styleId")?.clone(), style.child("w:pPr")?.clone())));
    let reading = Reading {
        side,
        styles: styles.collect(),
        notes: notes.children.iter().map(|note| (note.values["w:id"].clone(), note.clone())).collect(),
        links: links(&parts["word/_rels/document.xml.rels"]),
        note_links: links(&parts["word/_rels/footnotes.xml.rels"]),
    };
    let document = parsed(&parts["word/document.xml"]);
    let mut all = reading.paragraphs(&document.children[0], &reading.links);
    count(&mut all, &parsed(&parts["word/numbering.xml"]));
    all.into_iter().map(|(paper, _)| paper).filter(|paper| !paper.words.is_empty()).collect()
}

fn links(relations: &str) -> BTreeMap<String, String> {
    let all = parsed(relations);
    all.children.iter().map(|one| (one.values["Id"].clone(), one.values["Target"].clone())).collect()
}

/// A list and a level.
type Place = Option<(String, usize)>;

struct Reading {
    side: Side,
    /// What a style says of its paragraphs.
    styles: BTreeMap<String, Node>,
    notes: BTreeMap<String, Node>,
    links: BTreeMap<String, String>,
    note_links: BTreeMap<String, String>,
}

impl Reading {
    fn paragraphs(&self, within: &Node, links: &BTreeMap<String, String>) -> Vec<(Paper, Place)> {
        let (mut all, mut words) = (Vec::new(), Vec::new());
        for node in within.children.iter().filter(|node| node.name == "w:p") {
            self.words(node, links, "", &mut words);
            let properties = node.child("w:pPr").cloned().unwrap_or_default();
            if properties.child("w:rPr").is_some_and(|mark| mark.children.iter().any(|change| self.drops(&change.name))) {
                continue;
            }
            let before = properties.child("w:pPrChange").and_then(|change| change.child("w:pPr"));
            let properties = before.filter(|_| self.side == Side::Stands).unwrap_or(&properties);
            let left = properties.child("w:ind").and_then(|ind| ind.values.get("w:left")).map_or(0, |left| left.parse::<usize>().unwrap());
            let style = properties.val("w:pStyle").unwrap_or_default();
            let number = properties.child("w:numPr").or_else(|| self.styles.get(style)?.child("w:numPr"));
            let place = number.map(|number| (number.val("w:numId").unwrap().to_owned(), number.val("w:ilvl").unwrap().parse().unwrap()));
            let place = place.filter(|(list, _)| list != "0");
            let mut paper = Paper { style: style.to_owned(), level: left / 567, ..Paper::default() };
            paper.words = joined(std::mem::take(&mut words));
            if let (Some((first, _)), None) = (paper.words.first_mut(), &place)
                && let Some((number, rest)) = first.clone().split_once('\t')
            {
                (paper.number, *first) = (number.to_owned(), rest.to_owned());
                paper.words.retain(|(words, _)| !words.is_empty());
            }
            all.push((paper, place));
        }
        assert!(words.is_empty(), "the last mark stays");
        all
    }

    fn drops(&self, change: &str) -> bool {
        match self.side {
            Side::Stands => matches!(change, "w:ins" | "w:moveTo"),
            Side::Would => matches!(change, "w:del" | "w:moveFrom"),
        }
    }

    fn words(&self, node: &Node, links: &BTreeMap<String, String>, link: &str, to: &mut Vec<(String, String)>) {
        for child in &node.children {
            match child.name.as_str() {
                name if self.drops(name) => {}
                "w:hyperlink" => self.words(child, links, &links[&child.values["r:id"]], to),
                "w:r" => self.run(child, link, to),
                "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" => self.words(child, links, link, to),
                _ => {}
            }
        }
    }

    fn run(&self, run: &Node, link: &str, to: &mut Vec<(String, String)>) {
        let look = run.child("w:rPr").cloned().unwrap_or_default();
        let before = look.child("w:rPrChange").and_then(|change| change.child("w:rPr"));
        let look = before.filter(|_| self.side == Side::Stands).unwrap_or(&look);
        let has = |name: &'static str| if look.child(name).is_some() { name } else { "" };
        let lang = look.child("w:lang").and_then(|lang| lang.values.values().next().cloned()).unwrap_or_default();
        let look = format!("{}{}{lang}{link}", has("w:b"), has("w:i"));
        for child in &run.children {
            match child.name.as_str() {
                "w:t" | "w:delText" => to.push((child.text.clone(), look.clone())),
                "w:br" => to.push(("⏎".to_owned(), String::new())),
                "w:footnoteReference" => {
                    let said = self.paragraphs(&self.notes[&child.values["w:id"]], &self.note_links);
                    let lines: Vec<String> = said.iter().map(|(paper, _)| format!("{:?}", paper.words)).collect();
                    // What is in the file before a footnote's own words: its number, and a space.
                    to.push((format!("[{}]", lines.join("¶")).replacen("\" ", "\"", 1), "note".to_owned()));
                }
                _ => {}
            }
        }
    }
}

pub fn joined(words: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut to: Vec<(String, String)> = Vec::new();
    for (words, look) in words.into_iter().filter(|(words, _)| !words.is_empty()) {
        match to.last_mut() {
            Some((last, before)) if *before == look && look != "note" && words != "⏎" && !last.ends_with('⏎') => last.push_str(&words),
            _ => to.push((words, look)),
        }
    }
    to
}

/// Counts as Word does: in each list by level, from its start, the deeper levels anew.
fn count(all: &mut [(Paper, Place)], numbering: &Node) {
    let mut counts: BTreeMap<String, [Option<u32>; 6]> = BTreeMap::new();
    for (paper, place) in all {
        let Some((list, level)) = place else { continue };
        let form = numbering.children.iter().find(|form| form.values.get("w:abstractNumId") == Some(list)).expect("the list is there");
        let about = &form.all("w:lvl")[*level];
        let start: u32 = about.val("w:start").unwrap().parse().unwrap();
        let counted = counts.entry(list.clone()).or_default();
        let number = counted[*level].map_or(start, |before| before + 1);
        counted[*level] = Some(number);
        counted[*level + 1..].fill(None);
        let signs = match about.val("w:numFmt").unwrap() {
            "decimal" => number.to_string(),
            // z, aa, bb … zz, aaa.
            "lowerLetter" => String::from(char::from(b'a' + ((number - 1) % 26) as u8)).repeat((number as usize).div_ceil(26)),
            "lowerRoman" => {
                assert!(number < 40, "so far this reader counts");
                "x".repeat(number as usize / 10) + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][number as usize % 10]
            }
            _ => String::new(),
        };
        paper.number = about.val("w:lvlText").unwrap().replace(&format!("%{}", *level + 1), &signs);
        paper.level = *level + 1;
    }
}
