//! Reads a draft's shared texts out of the CRDT, each as the pieces it is made of: `{"body": delta, "notes": {id: delta}}`,
//! a piece as `{"insert": letters or embed, "attributes": {…}}`.
//!
//! What is no text of a draft is not read. Pieces are counted, because what is read was built by clients.

use std::sync::Arc;

use serde_json::{Map, Number, Value, json};
use yrs::types::text::YChange;
use yrs::{Any, Doc, Out, ReadTxn, Text, TextRef, Transact};

use super::limits::PROJECTION_PIECES_MAX;
use crate::text::description;

/// The texts as they stand; an empty draft is `{"body":[],"notes":{}}`.
pub fn project(doc: &Doc) -> Result<Value, String> {
    // The roots are named before they are read: naming one needs the document for itself alone.
    let names: Vec<Arc<str>> = doc.transact().root_refs().map(|(name, _)| Arc::from(name)).collect();
    let mut pieces = 0;
    let mut read = |text: TextRef| delta(doc, &text, &mut pieces);
    let mut notes = Map::new();
    for name in names.iter().filter(|name| description::note_of(name).is_some()) {
        let id = description::note_of(name).unwrap_or_default();
        notes.insert(id.to_owned(), read(doc.get_or_insert_text(&**name))?);
    }
    let body = read(doc.get_or_insert_text(description::body()))?;
    Ok(json!({ "body": body, "notes": notes }))
}

fn delta(doc: &Doc, text: &TextRef, pieces: &mut usize) -> Result<Value, String> {
    let mut delta = Vec::new();
    for piece in text.diff(&doc.transact(), YChange::identity) {
        *pieces += 1;
        if *pieces > PROJECTION_PIECES_MAX {
            return Err("This draft is too large to read.".to_owned());
        }
        let Out::Any(insert) = piece.insert else {
            return Err("This draft holds something inside a text that is no text.".to_owned());
        };
        let mut read = Map::from_iter([("insert".to_owned(), value(&insert))]);
        let set = piece.attributes.as_deref().into_iter().flatten().filter(|(_, value)| !matches!(value, Any::Null | Any::Undefined));
        let attributes: Map<String, Value> = set.map(|(name, set)| (name.to_string(), value(set))).collect();
        if !attributes.is_empty() {
            read.insert("attributes".to_owned(), Value::Object(attributes));
        }
        delta.push(Value::Object(read));
    }
    Ok(Value::Array(delta))
}

/// Recursive, but the gate lets no value through that is deep.
pub fn value(any: &Any) -> Value {
    match any {
        Any::Null | Any::Undefined | Any::Buffer(_) => Value::Null,
        Any::Bool(value) => Value::Bool(*value),
        Any::Number(yrs::any::Number::Int(number)) => (*number).into(),
        // Editors have one kind of number; a whole one is written as such.
        Any::Number(yrs::any::Number::Float(number)) if number.fract() == 0.0 && number.abs() < 9e15 => (*number as i64).into(),
        Any::Number(yrs::any::Number::Float(number)) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Any::String(text) => Value::from(&**text),
        Any::Array(items) => items.iter().map(value).collect(),
        Any::Map(fields) => Value::Object(fields.iter().map(|(name, field)| (name.clone(), value(field))).collect()),
    }
}
