//! What of a presence other people's pages get to read: where somebody's caret stands, in a shape that cannot break them.
//!
//! A presence is judged like an edit. It is read into what we know and written anew from that: anything else is left out,
//! and a caret that makes no sense is none. A relative position is Yjs's (`relativePositionToJSON`): an item, or the end of
//! a text; with neither of them Yjs throws. Programs that know nothing of several texts leave `root` out.

use serde_json::{Map, Value, json};

use super::gate::Description;
use super::limits::*;

/// The state to relay in place of what a client said. Who it is about is not said here.
pub fn relayed(said: &Map<String, Value>, description: Description) -> Map<String, Value> {
    let cursor = said.get("cursor").and_then(Value::as_object).and_then(|cursor| caret(cursor, description));
    Map::from_iter([("cursor".to_owned(), cursor.map_or(Value::Null, Value::Object))])
}

fn caret(said: &Map<String, Value>, description: Description) -> Option<Map<String, Value>> {
    let mut caret = Map::new();
    if let Some(root) = said.get("root") {
        caret.insert("root".into(), name(root, description)?);
    }
    for side in ["anchor", "head"] {
        caret.insert(side.into(), position(said.get(side)?.as_object()?, description)?);
    }
    Some(caret)
}

fn position(said: &Map<String, Value>, description: Description) -> Option<Value> {
    let mut position = Map::new();
    for (field, value) in said.iter().filter(|(_, value)| !value.is_null()) {
        let known = match field.as_str() {
            "item" | "type" => id(value)?,
            "tname" => name(value, description)?,
            // Only its sign means something.
            "assoc" => value.as_i64()?.signum().into(),
            _ => continue,
        };
        position.insert(field.clone(), known);
    }
    ["item", "type", "tname"].iter().any(|one| position.contains_key(*one)).then_some(Value::Object(position))
}

fn id(value: &Value) -> Option<Value> {
    let client = value.get("client")?.as_u64().filter(|client| *client <= CLIENT_ID_MAX)?;
    let clock = value.get("clock")?.as_u64().filter(|clock| *clock <= CLOCK_MAX.into())?;
    Some(json!({ "client": client, "clock": clock }))
}

fn name(value: &Value, description: Description) -> Option<Value> {
    description.root(value.as_str()?).map(|_| value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor(said: Value) -> Value {
        let relayed = relayed(&Map::from_iter([("cursor".to_owned(), said)]), Description::Statement);
        assert_eq!(relayed.len(), 1);
        relayed["cursor"].clone()
    }

    #[test]
    fn a_caret_in_a_text_of_the_draft_is_relayed_as_it_is() {
        let item = json!({ "item": { "client": 5, "clock": 7 }, "assoc": -1 });
        for good in [
            json!(null),
            json!({ "root": "draft", "anchor": item, "head": item }),
            json!({ "root": "note:0123456789", "anchor": { "tname": "note:0123456789" }, "head": item }),
            json!({ "anchor": item, "head": { "tname": "draft", "assoc": 0 } }),
            json!({ "anchor": { "type": { "client": 1, "clock": 0 } }, "head": { "item": { "client": CLIENT_ID_MAX, "clock": CLOCK_MAX } } }),
        ] {
            assert_eq!(cursor(good.clone()), good);
        }
    }

    #[test]
    fn what_we_do_not_know_is_left_out() {
        let said =
            json!({ "type": null, "tname": null, "item": { "client": 5, "clock": 7, "x": [] }, "assoc": 9, "more": { "a": [[[]]] } });
        let position = json!({ "item": { "client": 5, "clock": 7 }, "assoc": 1 });
        assert_eq!(cursor(json!({ "anchor": said, "head": said, "colour": "red" })), json!({ "anchor": position, "head": position }));
        let said =
            Map::from_iter([("cursor".to_owned(), json!(null)), ("user".to_owned(), json!("x")), ("bomb".to_owned(), json!([[[[]]]]))]);
        assert_eq!(Value::Object(relayed(&said, Description::Statement)), json!({ "cursor": null }));
        assert_eq!(Value::Object(relayed(&Map::new(), Description::Statement)), json!({ "cursor": null }));
    }

    #[test]
    fn a_caret_that_makes_no_sense_is_none() {
        let good = json!({ "item": { "client": 5, "clock": 7 } });
        let positions = [
            json!(null),
            json!(0),
            json!("5,7"),
            json!([]),
            json!({}),
            json!({ "assoc": 0 }),
            json!({ "item": null, "tname": null, "type": null }),
            json!({ "item": {} }),
            json!({ "item": [] }),
            json!({ "item": "5,7" }),
            json!({ "item": { "client": 5 } }),
            json!({ "item": { "client": "5", "clock": 7 } }),
            json!({ "item": { "client": -5, "clock": 7 } }),
            json!({ "item": { "client": 5.5, "clock": 7 } }),
            json!({ "item": { "client": 1e300, "clock": 7 } }),
            json!({ "item": { "client": CLIENT_ID_MAX + 1, "clock": 7 } }),
            json!({ "item": { "client": 5, "clock": u64::from(CLOCK_MAX) + 1 } }),
            json!({ "item": { "client": 5, "clock": [[[[[[[[]]]]]]]] } }),
            json!({ "item": { "client": 5, "clock": 7 }, "type": 3 }),
            json!({ "type": { "client": 5, "clock": -1 } }),
            json!({ "tname": "default" }),
            json!({ "tname": "__proto__" }),
            json!({ "tname": "note:short" }),
            json!({ "tname": { "x": 1 } }),
            json!({ "tname": "draft", "assoc": 0.5 }),
            json!({ "tname": "draft", "assoc": "0" }),
            json!({ "tname": "draft", "assoc": 1e300 }),
        ];
        for bad in positions {
            assert_eq!(cursor(json!({ "root": "draft", "anchor": bad, "head": good })), Value::Null, "{bad}");
            assert_eq!(cursor(json!({ "anchor": good, "head": bad })), Value::Null, "{bad}");
        }
        for bad in [
            json!({}),
            json!([]),
            json!(true),
            json!(1e308),
            json!("draft"),
            json!({ "anchor": good }),
            json!({ "head": good }),
            json!({ "root": "draft" }),
            json!({ "root": null, "anchor": good, "head": good }),
            json!({ "root": "other", "anchor": good, "head": good }),
            json!({ "root": ["draft"], "anchor": good, "head": good }),
            json!([good, good]),
        ] {
            assert_eq!(cursor(bad.clone()), Value::Null, "{bad}");
        }
    }
}
