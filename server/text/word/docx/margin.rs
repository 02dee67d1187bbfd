//! Comments in the margin: who said what, and which answer which. One that was resolved in the file is done with and stays there.

use std::collections::{HashMap, HashSet};

use super::super::LeftOut;
use super::super::paper::{Paper, Said};
use super::super::xml::Element;

/// Where each comment went among those of the paper, by its id in the file; replies went nowhere of their own.
#[derive(Default)]
pub struct Margin {
    places: HashMap<String, usize>,
}

impl Margin {
    pub fn read(comments: Option<&Element>, replies: Option<&Element>, paper: &mut Paper) -> Margin {
        let all = || comments.into_iter().flat_map(Element::children).filter(|child| child.is("w:comment"));
        let (mut parents, mut done) = (HashMap::new(), HashSet::new());
        for told in replies.into_iter().flat_map(Element::children) {
            let Some(id) = told.get("w15:paraId") else { continue };
            if let Some(parent) = told.get("w15:paraIdParent") {
                parents.insert(id, parent);
            }
            if matches!(told.get("w15:done"), Some("1" | "true")) {
                done.insert(id);
            }
        }
        let mut margin = Margin::default();
        let mut roots = HashMap::new();
        for comment in all() {
            let (key, id) = (key(comment), comment.get("w:id").unwrap_or_default());
            if key.is_some_and(|key| parents.contains_key(key)) {
                continue;
            }
            if key.is_some_and(|key| done.contains(key)) {
                paper.left.insert(LeftOut::ResolvedComments);
                continue;
            }
            let place = paper.comments.len();
            if let Some(key) = key {
                roots.insert(key, place);
            }
            margin.places.insert(id.to_owned(), place);
            paper.comments.push(Said { author: author(comment), body: body(comment), replies: Vec::new() });
        }
        for comment in all() {
            let parent = key(comment).and_then(|key| parents.get(key)).and_then(|parent| roots.get(parent));
            if let Some(place) = parent {
                paper.comments[*place].replies.push((author(comment), body(comment)));
            }
        }
        margin
    }

    /// Which comment a mark in the text belongs to.
    pub fn place(&self, mark: &Element) -> Option<usize> {
        self.places.get(mark.get("w:id")?).copied()
    }
}

/// A comment is named by its last paragraph.
fn key(comment: &Element) -> Option<&str> {
    comment.children().filter(|child| child.is("w:p")).last()?.get("w14:paraId")
}

fn author(comment: &Element) -> String {
    comment.get("w:author").unwrap_or_default().trim().to_owned()
}

fn body(comment: &Element) -> String {
    let line = |paragraph: &Element| paragraph.all().filter(|element| element.is("w:t")).map(Element::words).collect::<String>();
    let lines: Vec<String> = comment.children().filter(|child| child.is("w:p")).map(line).collect();
    lines.join("\n").trim().to_owned()
}
