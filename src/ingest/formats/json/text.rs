//! The text of a value: a text, a list of paragraphs, blocks of an editor, an object around any of these; and lines, which are
//! a text, a number or the name of an object.

use crate::ingest::field_lists::KeyList;
use crate::ingest::formats::field_text::{body_text, is_markup};
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::formats::json::keys::{Keys, is_name};
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::markdown::{is_markdown, markdown_text};
use crate::ingest::limits::Limits;
use crate::ingest::part::Part;
use crate::text::language::Language;

/// Keys by which an object says what kind of block it is.
const KIND_KEYS: [&str; 7] = ["type", "_type", "@type", "kind", "nodeType", "blockType", "object"];
/// Keys of the text of a span; the second is that of changes to a text (`{"insert": "…"}`).
const SPAN_KEYS: [&str; 3] = ["text", "insert", "plain_text"];
/// Kinds of blocks that are parts of a line.
const INLINE_KINDS: [&str; 5] = ["text", "span", "link", "hardbreak", "linebreak"];

/// The text of a value, its paragraphs apart; `None` if it has none.
pub(crate) fn text_of(node: &Node, names: &Keys<'_>, pages: &PageWords, limits: &Limits) -> Option<String> {
    Texts { names, pages, limits }.gather(node, false)
}

struct Texts<'a> {
    names: &'a Keys<'a>,
    pages: &'a PageWords,
    limits: &'a Limits,
}

impl Texts<'_> {
    fn gather(&self, node: &Node, in_list: bool) -> Option<String> {
        match node {
            Node::Null | Node::Bool | Node::Number(_) => None,
            Node::Text(text) => {
                // What an editor keeps is often written out as a text.
                let blocks = blocks_in(text).and_then(|blocks| self.gather(&blocks, false));
                blocks.or_else(|| Some(self.plain(text))).filter(|text| !text.trim().is_empty())
            }
            Node::List(nodes) if is_inline(nodes) => {
                let line: String = nodes.iter().filter_map(|node| self.inline(node)).collect();
                Some(body_text(&line, self.pages, self.limits)).filter(|text| !text.trim().is_empty())
            }
            Node::List(nodes) => {
                let texts: Vec<String> = nodes.iter().filter_map(|node| self.gather(node, true)).collect();
                // A list in a list is a paragraph of sentences.
                let is_line = in_list && texts.iter().all(|text| !text.contains('\n'));
                Some(texts.join(if is_line { " " } else { "\n\n" })).filter(|text| !text.is_empty())
            }
            Node::Object(object) => inverted(object).or_else(|| self.block(object)),
        }
    }

    /// A text without its markup, of HTML or of Markdown.
    fn plain(&self, text: &str) -> String {
        if !is_markup(text) && is_markdown(text) {
            return markdown_text(text, self.names.names);
        }
        body_text(text, self.pages, self.limits)
    }

    /// The text of a block: a heading and a lead, and what is in it.
    fn block(&self, object: &Object) -> Option<String> {
        if kind(object).is_some_and(|kind| self.names.lists(KeyList::OtherBlocks, kind)) {
            return None;
        }
        let (mut before, mut inside) = (Vec::new(), Vec::new());
        for (key, node) in &object.members {
            let part = self.names.find(key).map(|named| named.part);
            let rank = self.names.rank_within(Part::Body, key);
            match (part, rank) {
                (_, Some(rank)) => inside.push((rank, node)),
                (Some(Part::Body), None) => inside.push((usize::MAX, node)),
                (Some(part @ (Part::Title | Part::Lead)), None) if !is_name(key) => before.push((part, node)),
                _ => {}
            }
        }
        inside.sort_by_key(|(rank, _)| *rank);
        before.sort_by_key(|(part, _)| *part);
        let inside = inside.into_iter().find_map(|(_, node)| self.gather(node, false));
        let before = before.into_iter().filter_map(|(_, node)| self.gather(node, false));
        let texts: Vec<String> = before.chain(inside).collect();
        if texts.is_empty() {
            return in_a_language(object).and_then(|node| self.gather(node, false));
        }
        Some(texts.join("\n\n"))
    }

    /// A part of a line, with the spaces around it.
    fn inline(&self, node: &Node) -> Option<String> {
        if let Node::Text(text) = node {
            return Some(text.clone());
        }
        let object = node.object()?;
        match SPAN_KEYS.iter().find_map(|key| object.get(key)) {
            Some(Node::Text(text)) => Some(text.clone()),
            Some(_) if object.get("insert").is_some() => None,
            _ if kind(object).is_some_and(|kind| kind.to_lowercase().replace('_', "").ends_with("break")) => {
                Some("\n".to_owned())
            }
            _ => self.block(object),
        }
    }
}

fn kind(object: &Object) -> Option<&str> {
    KIND_KEYS.iter().find_map(|key| match object.get(key) {
        Some(Node::Text(kind)) => Some(kind.as_str()),
        _ => None,
    })
}

/// True for the parts of a line: spans of text, each with its style.
fn is_inline(nodes: &[Node]) -> bool {
    let is_change = |node: &Node| node.object().is_some_and(|object| object.get("insert").is_some());
    if !nodes.is_empty() && nodes.iter().all(is_change) {
        return true;
    }
    let is_span = |node: &Node| {
        let Some(object) = node.object() else { return false };
        let is_inline_kind =
            kind(object).map(|kind| INLINE_KINDS.contains(&kind.to_lowercase().replace('_', "").as_str()));
        let has_text = matches!(object.get("text"), Some(Node::Text(_)));
        let is_leaf = object.members.iter().all(|(key, node)| key == "text" || matches!(node, Node::Bool));
        is_inline_kind.unwrap_or(has_text && is_leaf)
    };
    let is_styled = |node: &Node| node.object().is_some_and(|object| object.members.len() > 1);
    // A message is texts with spans between them.
    let is_text = |node: &Node| matches!(node, Node::Text(_));
    let has_kind = |node: &Node| node.object().is_some_and(|object| kind(object).is_some());
    let is_run = |node: &Node| {
        has_kind(node) && node.object().is_some_and(|object| matches!(object.get("text"), Some(Node::Text(_))))
    };
    if nodes.iter().any(is_text) && nodes.iter().any(is_run) && nodes.iter().all(|node| is_text(node) || is_run(node)) {
        return true;
    }
    nodes.len() > 1 && nodes.iter().all(is_span) && nodes.iter().any(is_styled)
        || nodes.len() == 1 && nodes.iter().all(is_span)
}

/// The blocks of an editor in a text that is JSON itself.
fn blocks_in(text: &str) -> Option<Node> {
    let text = text.trim();
    let may_be = text.starts_with("{\"") && text.ends_with('}') || text.starts_with("[{") && text.ends_with("}]");
    may_be.then(|| Node::parse(text).ok()).flatten()
}

/// Of an object with a text for each language, the first.
pub(crate) fn in_a_language(object: &Object) -> Option<&Node> {
    if object.members.iter().any(|(key, _)| !is_language_tag(key)) {
        return None;
    }
    object.members.iter().map(|(_, node)| node).find(|node| !node.is_empty())
}

/// True for a key such as `en`, `pt` or `en-US`.
pub(crate) fn is_language_tag(key: &str) -> bool {
    let is_short = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_locale =
        || key.split_once(['-', '_']).is_some_and(|(language, place)| is_short(language) && is_short(place));
    Language::from_tag(key).is_some() || is_short(key) || is_locale()
}

/// The text of an object that has the places of each of its words: `{"Copper": [0], "duties": [1, 7]}`.
fn inverted(object: &Object) -> Option<String> {
    let mut words: Vec<(u64, &str)> = Vec::new();
    for (word, node) in &object.members {
        let Node::List(places) = node else { return None };
        for place in places {
            let Node::Number(place) = place else { return None };
            words.push((place.as_u64()?, word));
        }
    }
    words.sort_unstable();
    let text = words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}

/// Keys of the parts of a person's name, those that stand first in it before the others.
const GIVEN_KEYS: [&str; 5] = ["given", "firstName", "first_name", "firstname", "forename"];
const FAMILY_KEYS: [&str; 6] = ["family", "lastName", "last_name", "lastname", "surname", "familyName"];

/// A value as lines, one for each of a list: the names of several authors or sections. A number names none.
pub(crate) fn lines_of(part: Part, node: &Node, names: &Keys<'_>) -> Vec<String> {
    match node {
        Node::List(nodes) => nodes.iter().flat_map(|node| lines_of(part, node, names)).collect(),
        Node::Number(_) => Vec::new(),
        Node::Object(object) => {
            let text = |keys: &[&str]| {
                keys.iter().find_map(|key| match object.get(key) {
                    Some(Node::Text(text)) if !text.trim().is_empty() => Some(text.trim()),
                    _ => None,
                })
            };
            let line = line_of(part, node, names).filter(|line| line.contains(char::is_alphabetic));
            line.or_else(|| match (text(&GIVEN_KEYS), text(&FAMILY_KEYS)) {
                (Some(given), Some(family)) => Some(format!("{given} {family}")),
                (given, family) => given.or(family).map(str::to_owned),
            })
            .into_iter()
            .collect()
        }
        Node::Null | Node::Bool | Node::Text(_) => line_of(part, node, names).into_iter().collect(),
    }
}

/// A value as a line: a text, a number, the first of a list, the name of an object.
pub(crate) fn line_of(part: Part, node: &Node, names: &Keys<'_>) -> Option<String> {
    match node {
        Node::Null | Node::Bool => None,
        Node::Text(text) if text.trim().is_empty() => None,
        // Ids that differ by a space are two.
        Node::Text(text) if part == Part::Id => Some(text.clone()),
        Node::Text(text) => Some(text.trim().to_owned()),
        Node::Number(number) if part == Part::Id && number.is_f64() => None,
        Node::Number(number) => Some(number.to_string()),
        // Several addresses are those of something else.
        Node::List(nodes) if part == Part::Url && nodes.len() > 1 => {
            let is_own = |node: &&Node| {
                let rel = node.object().and_then(|object| object.get("rel"));
                matches!(rel, Some(Node::Text(rel)) if rel == "alternate" || rel == "canonical")
            };
            nodes.iter().find(is_own).and_then(|node| line_of(part, node, names))
        }
        Node::List(nodes) if part == Part::Title && nodes.len() > 1 && is_inline(nodes) => {
            Some(nodes.iter().filter_map(|node| line_of(part, node, names)).collect())
        }
        // A path, and no id.
        Node::List(nodes) if part == Part::Id && nodes.len() > 1 => None,
        Node::List(nodes) => nodes.iter().find_map(|node| line_of(part, node, names)),
        Node::Object(object) => {
            let ranked = object.members.iter().filter_map(|(key, node)| Some((names.rank_within(part, key)?, node)));
            let mut ranked: Vec<(usize, &Node)> = ranked.collect();
            ranked.sort_by_key(|(rank, _)| *rank);
            let inside = ranked.into_iter().find_map(|(_, node)| line_of(part, node, names));
            inside.or_else(|| line_of(part, in_a_language(object)?, names))
        }
    }
}
