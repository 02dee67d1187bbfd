//! Reads the editor's document out of the CRDT: the fragment `default` as ProseMirror JSON.
//!
//! The walk keeps its own stack and counts its steps, because what it walks was built by clients.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Number, Value, json};
use yrs::types::Attrs;
use yrs::types::text::YChange;
use yrs::types::xml::{Xml, XmlFragment, XmlOut};
use yrs::{Any, Doc, Out, ReadTxn, Text, Transact};

use crate::drafting::limits::{PROJECTION_DEPTH_MAX, PROJECTION_STEPS_MAX};

/// The document as the editor would show it; an empty draft is `{"type":"doc","content":[]}`.
pub fn project(doc: &Doc) -> Result<Value, String> {
    let txn = doc.transact();
    let mut doc = Node { fields: Map::from_iter([("type".to_owned(), json!("doc"))]), content: Vec::new(), rest: Vec::new() };
    if let Some(fragment) = txn.get_xml_fragment("default") {
        doc.rest = reversed(fragment.children(&txn))?;
    }
    let (mut open, mut steps) = (vec![doc], 0usize);
    loop {
        let Some(node) = open.last_mut() else { return Err("The draft could not be read.".to_owned()) };
        let Some(child) = node.rest.pop() else {
            let Some(done) = open.pop() else { continue };
            match open.last_mut() {
                Some(parent) => parent.content.push(done.close()),
                None => {
                    let Node { mut fields, content, .. } = done;
                    fields.insert("content".to_owned(), Value::Array(content));
                    return Ok(Value::Object(fields));
                }
            }
            continue;
        };
        steps += 1;
        match child {
            XmlOut::Element(element) => {
                let fields = element_fields(element.tag(), element.attributes(&txn))?;
                steps += fields.len();
                let rest = reversed(element.children(&txn))?;
                if open.len() > PROJECTION_DEPTH_MAX {
                    return Err("This draft nests too deeply; take lists or quotes out of each other.".to_owned());
                }
                open.push(Node { fields, content: Vec::new(), rest });
            }
            XmlOut::Text(text) => {
                for piece in text.diff(&txn, YChange::identity) {
                    steps += 1;
                    let Out::Any(Any::String(text)) = piece.insert else {
                        return Err("This draft holds something inside a text that is no text.".to_owned());
                    };
                    push_text(&mut node.content, &text, marks(piece.attributes.as_deref()));
                }
            }
            XmlOut::Fragment(_) => return Err("This draft holds a fragment inside its text.".to_owned()),
        }
        if steps > PROJECTION_STEPS_MAX {
            return Err("This draft is too large to read.".to_owned());
        }
    }
}

/// A node whose children are still being read, last first.
struct Node {
    fields: Map<String, Value>,
    content: Vec<Value>,
    rest: Vec<XmlOut>,
}

impl Node {
    fn close(mut self) -> Value {
        if !self.content.is_empty() {
            self.fields.insert("content".to_owned(), Value::Array(self.content));
        }
        Value::Object(self.fields)
    }
}

fn reversed(children: impl Iterator<Item = XmlOut>) -> Result<Vec<XmlOut>, String> {
    let mut all: Vec<_> = children.take(PROJECTION_STEPS_MAX + 1).collect();
    if all.len() > PROJECTION_STEPS_MAX {
        return Err("This draft is too large to read.".to_owned());
    }
    all.reverse();
    Ok(all)
}

fn element_fields<'a>(tag: &Arc<str>, attributes: impl Iterator<Item = (&'a str, Out)>) -> Result<Map<String, Value>, String> {
    let (mut attrs, mut marks) = (Map::new(), Vec::new());
    for (name, value) in attributes {
        let Out::Any(value) = value else { return Err("This draft holds an attribute that is no value.".to_owned()) };
        match name.strip_prefix("__mark_") {
            // Suggestions on whole nodes are kept as attributes.
            Some(mark) => marks.push(mark_of(mark, &value)),
            None => drop(attrs.insert(name.to_owned(), json(&value))),
        }
    }
    let mut fields = Map::from_iter([("type".to_owned(), Value::from(&**tag))]);
    if !attrs.is_empty() {
        fields.insert("attrs".to_owned(), Value::Object(attrs));
    }
    if !marks.is_empty() {
        marks.sort_by_key(Value::to_string);
        fields.insert("marks".to_owned(), Value::Array(marks));
    }
    Ok(fields)
}

fn push_text(content: &mut Vec<Value>, text: &str, marks: Vec<Value>) {
    if text.is_empty() {
        return;
    }
    let marks = (!marks.is_empty()).then_some(Value::Array(marks));
    // Two shared texts side by side are one text to the editor.
    if let Some(Value::Object(last)) = content.last_mut()
        && last.get("type").and_then(Value::as_str) == Some("text")
        && last.get("marks") == marks.as_ref()
        && let Some(Value::String(before)) = last.get_mut("text")
    {
        before.push_str(text);
        return;
    }
    let mut fields = Map::from_iter([("type".to_owned(), json!("text")), ("text".to_owned(), text.into())]);
    if let Some(marks) = marks {
        fields.insert("marks".to_owned(), marks);
    }
    content.push(Value::Object(fields));
}

fn marks(attributes: Option<&Attrs>) -> Vec<Value> {
    let set = attributes.into_iter().flatten().filter(|(_, value)| !matches!(value, Any::Null | Any::Undefined));
    let mut marks: Vec<Value> = set.map(|(name, value)| mark_of(name, value)).collect();
    marks.sort_by_key(Value::to_string);
    marks
}

/// A mark that may overlap itself carries a hash behind two hyphens: `comment--IeglGEZy`.
fn mark_of(name: &str, value: &Any) -> Value {
    let name = match name.len().checked_sub(10).and_then(|at| Some((name.get(..at)?, name.get(at..)?))) {
        Some((name, hash)) if hash.starts_with("--") => name,
        _ => name,
    };
    match json(value) {
        Value::Object(attrs) if !attrs.is_empty() => json!({ "type": name, "attrs": attrs }),
        _ => json!({ "type": name }),
    }
}

/// Recursive, but the gate lets no value through that is deeper than eight.
fn json(value: &Any) -> Value {
    match value {
        Any::Null | Any::Undefined | Any::Buffer(_) => Value::Null,
        Any::Bool(value) => Value::Bool(*value),
        Any::Number(yrs::any::Number::Int(number)) => (*number).into(),
        // Editors have one kind of number; a whole one is written as such.
        Any::Number(yrs::any::Number::Float(number)) if number.fract() == 0.0 && number.abs() < 9e15 => (*number as i64).into(),
        Any::Number(yrs::any::Number::Float(number)) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Any::String(text) => Value::from(&**text),
        Any::Array(items) => items.iter().map(json).collect(),
        Any::Map(fields) => object(fields),
    }
}

fn object(fields: &HashMap<String, Any>) -> Value {
    Value::Object(fields.iter().map(|(name, value)| (name.clone(), json(value))).collect())
}
