//! The parts of a record: which of its values could be the title, the text, the day and so on, by the names of their keys.

use crate::ingest::field_lists::KeyList;
use crate::ingest::formats::json::keys::{Keys, is_name};
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::text::is_language_tag;
use crate::ingest::part::Part;

/// Objects within each other that are looked through for a record.
const MAX_DEPTH: usize = 8;
/// Objects that are looked through for a record without known keys.
const MAX_SEARCHED: usize = 200;
/// The rank of whoever wrote an entry, as its source: any name of an outlet is meant more.
const ACCOUNT: usize = usize::MAX;

/// A value that could be a part.
#[derive(Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) part: Part,
    /// Containers around it.
    depth: usize,
    /// The place of its key among the names of the part.
    rank: usize,
    /// The keys that lead to it.
    pub(crate) path: Vec<&'a str>,
    pub(crate) node: &'a Node,
}

/// The values of a record, by what they could be.
#[derive(Debug, Default)]
pub(crate) struct Parts<'a> {
    known: Vec<Candidate<'a>>,
    /// Values whose keys say nothing.
    pub(crate) unknown: Vec<(Vec<&'a str>, &'a Node)>,
    /// The types that the record says it is of.
    pub(crate) types: Vec<&'a str>,
}

/// What a record has, whatever it holds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    pub(crate) title: bool,
    /// A title by a key that names other things as well.
    pub(crate) name: bool,
    pub(crate) body: bool,
    pub(crate) lead: bool,
    pub(crate) date: bool,
    pub(crate) url: bool,
    pub(crate) id: bool,
}

impl Candidate<'_> {
    fn is_name(&self) -> bool {
        self.path.last().is_some_and(|key| is_name(key))
    }
}

impl<'a> Parts<'a> {
    /// The parts by the keys of an object, and of the containers in it.
    pub(crate) fn of(object: &'a Object, names: &Keys<'_>) -> Parts<'a> {
        let mut parts = Parts::default();
        parts.collect(object, names, &mut Vec::new(), 0);
        let says = |part: Part| parts.known.iter().any(|known| known.part == part && !known.node.is_empty());
        if ![Part::Title, Part::Date, Part::Url, Part::Id].into_iter().any(says) {
            let is_message = |known: &Candidate<'_>| {
                known.part == Part::Body && known.path.last().is_some_and(|key| names.lists(KeyList::Messages, key))
            };
            let messages = parts.known.extract_if(.., |known| is_message(known));
            parts.unknown.extend(messages.map(|known| (known.path, known.node)));
        }
        parts
    }

    /// The same, and where that has no title and no text, those of an object further inside that has.
    pub(crate) fn of_record(object: &'a Object, names: &Keys<'_>) -> Parts<'a> {
        let mut parts = Parts::of(object, names);
        if !parts.has_text() {
            let inside = parts.search(names, |object| {
                let inside = Parts::of(object, names);
                inside.has_text().then_some(inside)
            });
            if let Some((path, inside)) = inside {
                parts.unknown.retain(|(unknown, _)| !path.starts_with(unknown));
                parts.take(path, inside, |_| true);
            }
        } else if !parts.known.iter().any(|known| known.part == Part::Body && !known.node.is_empty()) {
            // The text may be in an object that has no other part.
            let inside = parts.search(names, |object| {
                let inside = Parts::of(object, names);
                inside.known.iter().any(|known| known.part == Part::Body && !known.node.is_empty()).then_some(inside)
            });
            if let Some((path, inside)) = inside {
                parts.unknown.retain(|(unknown, _)| !path.starts_with(unknown));
                parts.take(path, inside, |part| part == Part::Body);
            }
        }
        parts
    }

    /// True for a record of which no more is known than its name.
    pub(crate) fn has_name_only(&self) -> bool {
        let shape = self.shape();
        shape.name && !(shape.title || shape.body || shape.lead || shape.date || shape.url)
    }

    /// True for whoever wrote an entry.
    pub(crate) fn is_account(&self, node: &Node) -> bool {
        self.known.iter().any(|known| known.rank == ACCOUNT && std::ptr::eq(known.node, node))
    }

    fn has_text(&self) -> bool {
        let shape = self.shape();
        shape.title || shape.body || shape.lead || (shape.name && shape.url)
    }

    /// Searches the objects under unknown keys, those with the fewest keys before them first.
    fn search<T>(&self, names: &Keys<'_>, found: impl Fn(&'a Object) -> Option<T>) -> Option<(Vec<&'a str>, T)> {
        let mut queue: std::collections::VecDeque<(Vec<&'a str>, &'a Node)> = self.unknown.iter().cloned().collect();
        for _ in 0..MAX_SEARCHED {
            let (path, node) = queue.pop_front()?;
            let (Some(object), Some(key)) = (node.object(), path.last()) else { continue };
            if names.lists(KeyList::Others, key) || path.len() > MAX_DEPTH {
                continue;
            }
            if let Some(found) = found(object) {
                return Some((path, found));
            }
            for (key, node) in &object.members {
                queue.push_back(([path.as_slice(), &[key.as_str()]].concat(), node));
            }
        }
        None
    }

    /// Takes over parts that were found at a path.
    fn take(&mut self, path: Vec<&'a str>, inside: Parts<'a>, is_taken: impl Fn(Part) -> bool) {
        let whole = |rest: &[&'a str]| [path.as_slice(), rest].concat();
        for Candidate { part, depth, rank, path: rest, node } in inside.known {
            if is_taken(part) {
                self.known.push(Candidate { part, depth: depth + path.len(), rank, path: whole(&rest), node });
            } else {
                self.unknown.push((whole(&rest), node));
            }
        }
        self.unknown.extend(inside.unknown.into_iter().map(|(rest, node)| (whole(&rest), node)));
        self.types.extend(inside.types);
    }

    fn collect(&mut self, object: &'a Object, names: &Keys<'_>, path: &mut Vec<&'a str>, depth: usize) {
        let is_account = has_handle(object, names);
        for (key, node) in &object.members {
            path.push(key);
            match node {
                Node::Object(inner) if depth < MAX_DEPTH && is_container(key, inner, names) => {
                    self.collect(inner, names, path, depth + 1);
                }
                // A list that is there for one object, as search engines have what pages say of themselves.
                Node::List(nodes) if depth < MAX_DEPTH && names.lists(KeyList::Containers, key) => {
                    match nodes.as_slice() {
                        [Node::Object(inner)] => self.collect(inner, names, path, depth + 1),
                        _ => self.take_named(key, node, names, path, depth),
                    }
                }
                _ if matches!(key.as_str(), "@type" | "_type") && depth == 0 => self.take_types(node),
                // The name of whoever wrote it.
                _ if is_account && is_name(key) => {
                    self.known.push(Candidate { part: Part::Source, depth, rank: ACCOUNT, path: path.clone(), node });
                }
                _ => self.take_named(key, node, names, path, depth),
            }
            path.pop();
        }
    }

    /// Takes a value by its key.
    fn take_named(&mut self, key: &'a str, node: &'a Node, names: &Keys<'_>, path: &[&'a str], depth: usize) {
        let candidate = |part, rank| Candidate { part, depth, rank, path: path.to_vec(), node };
        match names.find(key) {
            Some(named) if may_hold(named.part, key, node, names) => {
                self.known.push(candidate(named.part, named.rank));
                // Whoever wrote an entry is its source too.
                if named.part == Part::Author && node.object().is_some_and(|object| has_handle(object, names)) {
                    self.known.push(candidate(Part::Source, ACCOUNT));
                }
            }
            None if node.object().is_some_and(|object| has_handle(object, names)) => {
                self.known.push(candidate(Part::Source, ACCOUNT))
            }
            _ => self.unknown.push((path.to_vec(), node)),
        }
    }

    fn take_types(&mut self, node: &'a Node) {
        match node {
            Node::Text(name) => self.types.push(name),
            Node::List(nodes) => nodes.iter().for_each(|node| self.take_types(node)),
            _ => {}
        }
    }

    pub(crate) fn shape(&self) -> Shape {
        let mut shape = Shape::default();
        for Candidate { part, path, node, .. } in &self.known {
            let is_name = path.last().is_some_and(|key| is_name(key));
            let may_be_text = !matches!(node, Node::Number(_) | Node::Bool);
            match part {
                Part::Title if is_name => shape.name = true,
                Part::Title => shape.title = true,
                Part::Body => shape.body |= may_be_text,
                Part::Lead => shape.lead |= may_be_text,
                Part::Date => shape.date = true,
                Part::Url => shape.url = true,
                Part::Id => shape.id = true,
                Part::Lang | Part::Source | Part::Author | Part::Section => {}
            }
        }
        shape
    }

    /// The values that could be a part and say something, the best first.
    pub(crate) fn candidates(&self, part: Part) -> Vec<&Candidate<'a>> {
        let of_part = |candidate: &&Candidate<'a>| candidate.part == part && !candidate.node.is_empty();
        let mut found: Vec<&Candidate<'a>> = self.known.iter().filter(of_part).collect();
        found.sort_by_key(|candidate| {
            let Candidate { depth, rank, node, .. } = candidate;
            match part {
                // The day of publication further inside comes before that of collecting further out.
                Part::Date => (false, *rank, *depth),
                // Everything has a name.
                Part::Title => (candidate.is_name(), *depth, *rank),
                // Objects of addresses are often those of an interface.
                Part::Url => (!matches!(node, Node::Text(_)), *depth, *rank),
                _ => (false, *depth, *rank),
            }
        });
        found
    }
}

/// True for whoever has an account of a social network.
fn has_handle(object: &Object, names: &Keys<'_>) -> bool {
    object.members.iter().any(|(key, _)| names.lists(KeyList::Handles, key))
}

/// True unless a value under the key of a text is something else: an object of further ones without a text of its own, or what a
/// search engine found in the text.
fn may_hold(part: Part, key: &str, node: &Node, names: &Keys<'_>) -> bool {
    let is_inner = |node: &Node| matches!(node, Node::Object(_) | Node::List(_));
    match (part, node) {
        (Part::Body, Node::Object(object)) => {
            let has_inner = object.members.iter().any(|(_, node)| matches!(node, Node::Object(_)));
            !has_inner || has_text_within(node, names, 0)
        }
        (Part::Title, Node::Object(object)) => {
            let may_name = |key: &str| names.rank_within(part, key).is_some() || is_language_tag(key);
            object.members.is_empty() || object.members.iter().any(|(key, _)| may_name(key))
        }
        (Part::Lead, Node::List(nodes)) => !(names.lists(KeyList::Others, key) && nodes.iter().any(is_inner)),
        _ => true,
    }
}

/// True for a text, or blocks with one.
fn has_text_within(node: &Node, names: &Keys<'_>, depth: usize) -> bool {
    match node {
        Node::Text(_) => true,
        Node::List(nodes) => nodes.iter().any(|node| has_text_within(node, names, depth + 1)),
        Node::Object(object) if depth < MAX_DEPTH => object.members.iter().any(|(key, node)| {
            let is_text = || names.find(key).is_some_and(|named| matches!(named.part, Part::Body | Part::Lead));
            let is_translation = || object.members.iter().all(|(key, _)| is_language_tag(key));
            (names.rank_within(Part::Body, key).is_some() || is_text() || is_translation())
                && has_text_within(node, names, depth + 1)
        }),
        _ => false,
    }
}

/// True for an object whose keys are those of the record around it.
fn is_container(key: &str, object: &Object, names: &Keys<'_>) -> bool {
    if names.lists(KeyList::Containers, key) {
        return true;
    }
    let has = |part: Part| {
        let mut keys = object.members.iter().map(|(key, _)| key).filter(|key| !key.eq_ignore_ascii_case("name"));
        keys.any(|key| names.find(key).is_some_and(|named| named.part == part))
    };
    match names.find(key).map(|named| named.part) {
        // `article` and `content` may be the text, or the article with all of its parts.
        Some(Part::Body) if has(Part::Title) => [Part::Body, Part::Lead, Part::Url, Part::Date].into_iter().any(has),
        // A summary of a record, with all that there is of it.
        Some(Part::Lead) => has(Part::Title) && [Part::Lead, Part::Url, Part::Date].into_iter().any(has),
        // The page that the article is from, with its address.
        Some(Part::Body) => has(Part::Url) && has(Part::Date),
        Some(Part::Source) => has(Part::Title) && has(Part::Body),
        _ => false,
    }
}
