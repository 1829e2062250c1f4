//! Envelopes: objects around lists of articles, as the responses of news services and the dumps of search engines have them.
//! Which lists hold articles, and what the objects around say of all.

use std::ops::Range;

use crate::ingest::field_lists::KeyList;
use crate::ingest::field_map::FieldMap;
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::parts::{Parts, Shape};
use crate::ingest::formats::json::paths::nodes_at;
use crate::ingest::formats::json::tabular::{Heading, first_heading, record_of, stated_heading};
use crate::ingest::formats::json::text::line_of;
use crate::ingest::part::Part;

/// What the objects around a list say of its articles, where these say nothing themselves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub(crate) source: Option<String>,
    pub(crate) lang: Option<String>,
    /// The names of the values, where each record is a list of them.
    pub(crate) heading: Option<Heading>,
}

/// The judge of what is an envelope.
#[derive(Clone, Copy)]
pub(crate) struct Envelopes<'a> {
    pub(crate) names: &'a Keys<'a>,
    pub(crate) map: &'a FieldMap,
}

impl Envelopes<'_> {
    /// True if an object in a list is an article by itself. `shapes` are the brackets around the list, true for objects;
    /// `is_listed` if they are within an article of an open list.
    pub(crate) fn is_article(&self, text: &[u8], shapes: &[bool], is_listed: bool, list: usize, object: usize) -> bool {
        let key = key_before(text, list);
        let Some(Node::Object(object)) = parse(&text[object..]) else { return false };
        if self.is_mapped(&object) {
            return true;
        }
        if self.is_beside_article(text, shapes, is_listed, list) {
            return false;
        }
        let key = key.as_deref().unwrap_or_default();
        let is_list = key.is_empty() || self.names.lists(KeyList::Lists, key);
        let mut parts = Parts::of(&object, self.names);
        let shape = parts.shape();
        if is_list && !(shape.title || shape.body || shape.lead) {
            parts = Parts::of_record(&object, self.names);
        }
        let Shape { title, name, body, lead, date, url, id } = parts.shape();
        let part = self.names.find(key).map(|named| named.part);
        // What belongs to an article, unless nothing is around it: then it is the answer to a question.
        let belongs = self.names.lists(KeyList::Others, key) || part == Some(Part::Url);
        if belongs && !(shapes.len() == 1 && !is_listed && title && body && url) {
            return false;
        }
        if parts.types.iter().any(|name| self.names.lists(KeyList::OtherTypes, name)) && !(body && title) {
            return false;
        }
        // Text, a list of paragraphs; or a list of articles that are called so.
        let may_be_blocks = part.is_some_and(|part| matches!(part, Part::Title | Part::Body | Part::Lead));
        if may_be_blocks {
            let is_whole = title && (date || url || id) && (body || lead || url);
            return is_whole && !self.is_in_article(text, shapes, list);
        }
        if is_list {
            return title || body || (name && (url || date)) || (lead && (url || id));
        }
        let is_article = (title && (body || lead || date || url))
            || (body && (url || date))
            || (name && url && (date || lead || body));
        is_article && !self.is_in_article(text, shapes, list)
    }

    /// True if an object under a key that says nothing could be one of several articles by their ids.
    pub(crate) fn is_entry(&self, text: &[u8], shapes: &[bool], around: usize, object: usize) -> bool {
        let Some(key) = key_before(text, object) else { return false };
        let is_named = [KeyList::Others, KeyList::Containers].into_iter().any(|list| self.names.lists(list, &key));
        if is_named || self.names.find(&key).is_some() {
            return false;
        }
        let Some(Node::Object(object)) = parse(&text[object..]) else { return false };
        let shape = Parts::of(&object, self.names).shape();
        (shape.title || shape.body || self.is_mapped(&object)) && !self.is_in_record(text, shapes, around)
    }

    /// The names of the values of a row, which is the first in a list: they stand beside the list or are that row itself.
    pub(crate) fn heading(&self, text: &[u8], shapes: &[bool], list: usize, row: usize) -> Option<Heading> {
        let key = key_before(text, list).unwrap_or_default();
        let may_have_rows = self.names.lists(KeyList::Lists, &key) || key.eq_ignore_ascii_case("values");
        if !may_have_rows || self.is_in_article(text, shapes, list) {
            return None;
        }
        let row = parse(&text[row..])?;
        let root = complete(&text[..list], shapes)?;
        stated_heading(&chain(&root), self.names)
            .filter(|heading| record_of(&row, heading).is_some_and(|(_, is_whole)| is_whole))
            .or_else(|| first_heading(&row, self.names))
    }

    /// The articles that an object has so far, by their ids; `None` if it is one article itself.
    pub(crate) fn entries(
        &self,
        text: &[u8],
        shapes: &[bool],
        around: usize,
    ) -> Option<Vec<(Option<String>, Range<usize>)>> {
        if self.is_in_record(text, shapes, around) {
            return None;
        }
        let ranges = values_within(text, around, b"{");
        let keys: Vec<Option<String>> = ranges.iter().map(|range| key_before(text, range.start)).collect();
        // A key that comes again is none of an article.
        let is_id = |at: usize, key: &String| {
            !keys.iter().enumerate().any(|(other, same)| other != at && same.as_ref() == Some(key))
        };
        let keys = keys.iter().enumerate().map(|(at, key)| key.clone().filter(|key| is_id(at, key)));
        Some(keys.zip(ranges).collect())
    }

    /// What the objects around a list or an object say of all in it. `text` ends before that.
    pub(crate) fn context(&self, text: &[u8], shapes: &[bool], outer: &Context) -> Context {
        let mut context = outer.clone();
        let key = key_before(text, text.len()).unwrap_or_default();
        let is_feed = ["items", "item", "entries", "entry", "messages"].contains(&key.to_lowercase().as_str());
        let Some(root) = complete(text, shapes) else { return context };
        for (at, object) in chain(&root).into_iter().enumerate().map(|(at, object)| (at + 1, object)) {
            let is_innermost = at == chain(&root).len();
            for (key, node) in &object.members {
                let part = self.names.find(key).map(|named| named.part);
                let line = || line_of(part?, node, self.names).filter(|line| !line.contains("://"));
                match part {
                    Some(Part::Source) => context.source = line().or(context.source.take()),
                    Some(Part::Lang) => context.lang = line().or(context.lang.take()),
                    // A feed has the name of its outlet as its title.
                    Some(Part::Title) if is_feed && is_innermost => context.source = line().or(context.source.take()),
                    _ => {}
                }
            }
        }
        context
    }

    /// True within an object that belongs to an article, such as `related` or `comments`.
    fn is_beside_article(&self, text: &[u8], shapes: &[bool], is_listed: bool, start: usize) -> bool {
        let Some(root) = complete(&text[..start], shapes) else { return false };
        let objects = chain(&root);
        let keys = objects.iter().filter_map(|object| object.members.last().map(|(key, _)| key));
        let is_other = keys.into_iter().any(|key| self.names.lists(KeyList::Others, key));
        let is_listed = is_listed || shapes.contains(&false);
        is_other && (is_listed || objects.into_iter().any(|object| own_shape(object, self.names).title))
    }

    /// True if the object has what the user stated for its title or its text.
    fn is_mapped(&self, object: &Object) -> bool {
        let mut paths = [Part::Title, Part::Body].into_iter().flat_map(|part| self.map.of(part));
        paths.any(|path| !nodes_at(object, path).is_empty())
    }

    /// True if an object around has a title and a text: what it holds belongs to that article.
    fn is_in_article(&self, text: &[u8], shapes: &[bool], start: usize) -> bool {
        let root = complete(&text[..start], shapes);
        let mut objects = root.iter().flat_map(chain);
        objects.any(|object| {
            let shape = own_shape(object, self.names);
            shape.title && (shape.body || shape.date)
        })
    }

    /// True if the object or one around it has a part of a record as a value.
    fn is_in_record(&self, text: &[u8], shapes: &[bool], start: usize) -> bool {
        let outer = complete(&text[..start], shapes);
        let inner = parse_open(&text[start..]);
        let objects = outer.iter().flat_map(chain).chain(inner.as_ref().and_then(Node::object));
        objects.into_iter().any(|object| {
            let shape = own_shape(object, self.names);
            shape.title || shape.body || shape.id || shape.url || shape.lead
        })
    }
}

/// True for a response without any record.
pub(crate) fn has_empty_list(object: &Object, names: &Keys<'_>) -> bool {
    object.members.iter().any(|(key, node)| match node {
        Node::List(nodes) => nodes.is_empty() && names.lists(KeyList::Lists, key),
        Node::Object(inner) => has_empty_list(inner, names),
        _ => false,
    })
}

/// What an object says of itself, in texts and numbers: objects and lists may be articles.
fn own_shape(object: &Object, names: &Keys<'_>) -> Shape {
    let is_value = |node: &Node| matches!(node, Node::Text(_) | Node::Number(_));
    let members = object.members.iter().filter(|(_, node)| is_value(node)).cloned().collect();
    let own = Object { members, repeated: Vec::new() };
    Parts::of(&own, names).shape()
}

/// The objects that are open at the end of a text, the outermost first.
fn chain(root: &Node) -> Vec<&Object> {
    let (mut objects, mut node) = (Vec::new(), Some(root));
    while let Some(current) = node {
        node = match current {
            Node::Object(object) => {
                objects.push(object);
                object.members.last().map(|(_, node)| node)
            }
            Node::List(nodes) => nodes.last(),
            _ => None,
        };
    }
    objects
}

/// A text that ends before a value, with nothing for that and with the ends of all brackets.
fn complete(text: &[u8], shapes: &[bool]) -> Option<Node> {
    if text.is_empty() {
        return None;
    }
    let mut text = text.to_vec();
    text.extend_from_slice(b"null");
    text.extend(shapes.iter().rev().map(|is_object| if *is_object { b'}' } else { b']' }));
    Node::parse(&String::from_utf8_lossy(&text)).ok()
}

fn parse(text: &[u8]) -> Option<Node> {
    Node::parse(&String::from_utf8_lossy(text)).ok()
}

/// An object without its end.
fn parse_open(text: &[u8]) -> Option<Node> {
    parse(&[text, b"}"].concat())
}

/// The key before a value that begins at this byte.
fn key_before(text: &[u8], start: usize) -> Option<String> {
    let before = text.get(..start)?.trim_ascii_end().strip_suffix(b":")?.trim_ascii_end();
    let inside = before.strip_suffix(b"\"")?;
    // The mark before it that is not escaped: behind an even number of backslashes.
    let mut end = inside.len();
    loop {
        let quote = memchr::memrchr(b'"', &inside[..end])?;
        let escapes = inside[..quote].iter().rev().take_while(|&&byte| byte == b'\\').count();
        if escapes % 2 == 0 {
            return serde_json::from_slice(&before[quote..]).ok();
        }
        end = quote;
    }
}

/// The values with one of these brackets in a list or an object which begins at this byte and has no end yet.
pub(crate) fn values_within(text: &[u8], start: usize, brackets: &[u8]) -> Vec<Range<usize>> {
    let (mut found, mut depth, mut in_string, mut is_escaped, mut begin) = (Vec::new(), 0_usize, false, false, 0);
    for (at, &byte) in text.iter().enumerate().skip(start + 1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                if depth == 0 {
                    begin = at;
                }
                depth += 1;
            }
            b'}' | b']' if !in_string => {
                depth = depth.saturating_sub(1);
                if depth == 0 && brackets.contains(&text[begin]) {
                    found.push(begin..at + 1);
                }
            }
            _ => {}
        }
    }
    found
}
