//! Records in several languages: `{"title": {"en": …, "de": …}}`, `[{"lang": "en", "value": …}]`, `title_en` beside `title_de`.
//!
//! Where title and text have the same languages, each is a document, whose id has the language behind it. Else the record is one
//! document with all of its texts.

use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::parts::Parts;
use crate::ingest::formats::json::text::is_language_tag;
use crate::ingest::part::Part;

/// Keys of the text of a language in a list of them.
const VALUE_KEYS: [&str; 2] = ["@value", "value"];
const LANGUAGE_KEYS: [&str; 2] = ["@language", "xml:lang"];

/// A record in one of its languages, or in all; with the language if it is one of several.
pub(crate) type Version = (Option<String>, Object);

/// The texts of a part, by their languages.
type Texts<'a> = Vec<(&'a str, &'a Node)>;

/// The versions of a record in several languages; `None` for any other. `parts` are those of the record.
pub(crate) fn versions(object: &Object, parts: &Parts<'_>, names: &Keys<'_>) -> Option<Vec<Version>> {
    if let Some(object) = joined_keys(object, names) {
        return versions_of(&object, &Parts::of(&object, names), names);
    }
    versions_of(object, parts, names)
}

fn versions_of(object: &Object, parts: &Parts<'_>, names: &Keys<'_>) -> Option<Vec<Version>> {
    let found = |part: Part| {
        let candidates = parts.candidates(part).into_iter();
        candidates.filter_map(|found| Some((found.path.clone(), by_language(found.node, names)?))).collect::<Vec<_>>()
    };
    let (titles, bodies, leads) = (found(Part::Title), found(Part::Body), found(Part::Lead));
    if titles.is_empty() && bodies.is_empty() && leads.is_empty() {
        return None;
    }
    let tags = |texts: &[(Vec<&str>, Texts<'_>)]| {
        let mut tags: Vec<String> =
            texts.iter().flat_map(|(_, texts)| texts).map(|(tag, _)| (*tag).to_owned()).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    };
    let texts = if bodies.is_empty() { &leads } else { &bodies };
    if !titles.is_empty() && tags(&titles) == tags(texts) {
        let order = titles[0].1.iter().map(|(tag, _)| (*tag).to_owned()).collect::<Vec<_>>();
        let all = Part::ALL.map(found).into_iter().flatten().collect::<Vec<_>>();
        let version = |tag: String| {
            let mut version = object.clone();
            for (path, texts) in &all {
                let text = texts.iter().find(|(known, _)| *known == tag);
                put(&mut version, path, text.map_or(Node::Null, |(_, node)| (*node).clone()));
            }
            (Some(tag), version)
        };
        return Some(order.into_iter().map(version).collect());
    }
    let mut whole = object.clone();
    let mut others: Vec<Node> = Vec::new();
    for (path, texts) in &titles {
        let mut texts = texts.iter().map(|(_, node)| (*node).clone());
        put(&mut whole, path, texts.next().unwrap_or(Node::Null));
        others.extend(texts);
    }
    for (path, texts) in bodies.iter().chain(&leads) {
        let texts = texts.iter().map(|(_, node)| (*node).clone()).collect();
        put(&mut whole, path, Node::List(texts));
    }
    if let (false, Some(lead)) = (others.is_empty(), names.names.of(Part::Lead).first()) {
        whole.members.push((lead.clone(), Node::List(others)));
    }
    Some(vec![(None, whole)])
}

/// The texts of a value by their languages; `None` unless it has several.
fn by_language<'a>(node: &'a Node, names: &Keys<'_>) -> Option<Texts<'a>> {
    let texts: Option<Texts<'a>> = match node {
        Node::Object(object) if object.members.iter().all(|(key, _)| is_language_tag(key)) => {
            Some(object.members.iter().map(|(key, node)| (key.as_str(), node)).collect())
        }
        Node::List(nodes) => nodes.iter().map(|node| in_list(node.object()?, names)).collect(),
        _ => None,
    };
    let mut texts = texts?;
    texts.retain(|(_, node)| !node.is_empty());
    let is_ours = |tag: &str| names.names.language(tag).is_some();
    (texts.len() > 1 && texts.iter().any(|(tag, _)| is_ours(tag))).then_some(texts)
}

/// A text of a list of them, with its language: an object of these two.
fn in_list<'a>(object: &'a Object, names: &Keys<'_>) -> Option<(&'a str, &'a Node)> {
    let is_language =
        |key: &str| LANGUAGE_KEYS.contains(&key) || names.find(key).is_some_and(|named| named.part == Part::Lang);
    let is_value = |key: &str| VALUE_KEYS.contains(&key) || names.rank_within(Part::Body, key).is_some();
    let (_, tag) = object.members.iter().find(|(key, _)| is_language(key))?;
    let (_, text) = object.members.iter().find(|(key, node)| is_value(key) && !node.is_empty())?;
    match tag {
        Node::Text(tag) if is_language_tag(tag) || names.names.language(tag).is_some() => Some((tag, text)),
        _ => None,
    }
}

/// The record with one key for all of those that say in which language they are, such as `title_en` and `title_de`; `None` if it has
/// none.
fn joined_keys(object: &Object, names: &Keys<'_>) -> Option<Object> {
    object.members.iter().filter(|(key, _)| names.is_in_language(key)).nth(1)?;
    let stem_of = |key: &str| names.names.in_language(key).map(|(stem, tag)| (stem.to_owned(), tag.to_owned()));
    let stems: Vec<_> = object.members.iter().map(|(key, _)| stem_of(key)).collect();
    let count = |stem: &str| stems.iter().flatten().filter(|(known, _)| known == stem).count();
    if !stems.iter().flatten().any(|(stem, _)| count(stem) > 1) {
        return None;
    }
    let mut members: Vec<(String, Node)> = Vec::new();
    for ((key, node), stem) in object.members.iter().cloned().zip(&stems) {
        match stem {
            Some((stem, tag)) if count(stem) > 1 => {
                let known = members.iter_mut().find(|(key, node)| key == stem && node.object().is_some());
                match known {
                    Some((_, Node::Object(inner))) => inner.members.push((tag.clone(), node)),
                    _ => {
                        let inner = Object { members: vec![(tag.clone(), node)], repeated: Vec::new() };
                        members.push((stem.clone(), Node::Object(inner)));
                    }
                }
            }
            _ => members.push((key, node)),
        }
    }
    Some(Object { members, repeated: object.repeated.clone() })
}

/// Puts a value at a path.
fn put(object: &mut Object, path: &[&str], node: Node) {
    let Some((first, rest)) = path.split_first() else { return };
    let Some((_, known)) = object.members.iter_mut().find(|(key, _)| key == first) else { return };
    match known {
        _ if rest.is_empty() => *known = node,
        Node::Object(inner) => put(inner, rest, node),
        Node::List(nodes) => {
            if let [Node::Object(inner)] = nodes.as_mut_slice() {
                put(inner, rest, node);
            }
        }
        _ => {}
    }
}
