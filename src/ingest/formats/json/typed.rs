//! Values that state their type, as document stores and RDF in JSON write them: each becomes the plain value.

use crate::ingest::formats::json::node::{Node, Object};

/// Keys of a plain value: of DynamoDB, of Firestore, of JSON-LD.
const PLAIN: [&str; 9] = [
    "S",
    "N",
    "BOOL",
    "stringValue",
    "integerValue",
    "doubleValue",
    "timestampValue",
    "booleanValue",
    "referenceValue",
];
/// Keys beside a value of JSON-LD, and beside a term of SPARQL.
const BESIDE_VALUE: [&str; 2] = ["@type", "@direction"];
const BESIDE_TERM: [&str; 3] = ["type", "datatype", "xml:lang"];
/// Types of terms of SPARQL.
const TERMS: [&str; 4] = ["uri", "literal", "typed-literal", "bnode"];

/// An object, or the value in it if it is there for the type of that.
pub(crate) fn plain(mut object: Object) -> Node {
    let is_typed = match object.members.as_slice() {
        [(key, node)] => match node {
            Node::Text(_) | Node::Number(_) | Node::Bool => PLAIN.contains(&key.as_str()),
            Node::Null => matches!(key.as_str(), "NULL" | "nullValue"),
            Node::List(_) => matches!(key.as_str(), "L" | "SS" | "NS"),
            Node::Object(inner) => match key.as_str() {
                "M" => true,
                "mapValue" => is_only(inner, "fields"),
                "arrayValue" => is_only(inner, "values"),
                _ => false,
            },
        },
        _ => false,
    };
    let value = |object: &Object, value: &str, beside: &[&str]| {
        let is_beside = |key: &str| key == value || beside.contains(&key);
        object.members.iter().all(|(key, _)| is_beside(key)).then(|| object.get(value).cloned()).flatten()
    };
    if is_typed && let Some((key, node)) = object.members.pop() {
        return match node {
            Node::Object(mut inner) if key != "M" => inner.members.pop().map_or(Node::Null, |(_, node)| node),
            node => node,
        };
    }
    if let Some(node) = value(&object, "@value", &BESIDE_VALUE) {
        return node;
    }
    match object.get("type") {
        Some(Node::Text(kind)) if TERMS.contains(&kind.as_str()) => {
            value(&object, "value", &BESIDE_TERM).unwrap_or(Node::Object(object))
        }
        _ => Node::Object(object),
    }
}

fn is_only(object: &Object, name: &str) -> bool {
    object.members.iter().all(|(key, _)| key == name) && object.members.len() < 2
}
