//! Paths into records, as a user states them.

use crate::ingest::field_map::FieldPath;
use crate::ingest::formats::json::node::{Node, Object};

/// The values at a path that say something, in their order: in lists, those of every element.
pub(crate) fn nodes_at<'a>(object: &'a Object, path: &FieldPath) -> Vec<&'a Node> {
    let written = path.to_string();
    // A flat record may have the whole path as its key.
    let flat = object.members.iter().find(|(key, _)| path.keys().len() > 1 && *key == written);
    let mut found = Vec::new();
    match flat {
        Some((_, node)) => found.push(node),
        None => follow(object, path, 0, &mut found),
    }
    found
}

fn follow<'a>(object: &'a Object, path: &FieldPath, at: usize, found: &mut Vec<&'a Node>) {
    let exact = object.members.iter().find(|(key, _)| path.keys().get(at) == Some(key));
    if let Some((_, node)) = exact.or_else(|| object.members.iter().find(|(key, _)| path.is_key(at, key))) {
        step(node, path, at + 1, found);
    }
}

fn step<'a>(node: &'a Node, path: &FieldPath, at: usize, found: &mut Vec<&'a Node>) {
    match node {
        _ if at == path.keys().len() => found.push(node),
        Node::Object(object) => follow(object, path, at, found),
        Node::List(nodes) => nodes.iter().for_each(|node| step(node, path, at, found)),
        _ => {}
    }
}

/// The paths of all values of an object, without the places in lists.
pub(crate) fn each_path(object: &Object, each: &mut dyn FnMut(&str)) {
    fn walk(object: &Object, before: &str, depth: usize, each: &mut dyn FnMut(&str)) {
        for (key, node) in &object.members {
            let key = if key.contains(['.', ',', '+', '=']) { format!("\"{key}\"") } else { key.clone() };
            let path = if before.is_empty() { key } else { format!("{before}.{key}") };
            let inner: Vec<&Object> = match node {
                Node::Object(inner) => vec![inner],
                Node::List(nodes) => nodes.iter().filter_map(Node::object).take(1).collect(),
                _ => Vec::new(),
            };
            if inner.is_empty() || depth == 0 {
                each(&path);
            }
            if depth > 0 {
                inner.into_iter().for_each(|inner| walk(inner, &path, depth - 1, each));
            }
        }
    }
    walk(object, "", 5, each);
}
