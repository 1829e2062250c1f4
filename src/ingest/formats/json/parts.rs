//! The parts of a record: which of its values could be the title, the text, the day and so on, by the names of their keys.

use crate::ingest::field_lists::KeyList;
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::part::Part;

/// Objects within each other that are looked through for a record.
const MAX_DEPTH: usize = 8;
/// Objects that are looked through for a record without known keys.
const MAX_SEARCHED: usize = 200;

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

impl<'a> Parts<'a> {
    /// The parts by the keys of an object, and of the containers in it.
    pub(crate) fn of(object: &'a Object, names: &Keys<'_>) -> Parts<'a> {
        let mut parts = Parts::default();
        parts.collect(object, names, &mut Vec::new(), 0);
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
        for (key, node) in &object.members {
            path.push(key);
            match node {
                Node::Object(inner) if depth < MAX_DEPTH && is_container(key, inner, names) => {
                    self.collect(inner, names, path, depth + 1);
                }
                _ if matches!(key.as_str(), "@type" | "_type") && depth == 0 => self.take_types(node),
                _ => match names.find(key) {
                    Some(named) => {
                        let candidate =
                            Candidate { part: named.part, depth, rank: named.rank, path: path.clone(), node };
                        self.known.push(candidate);
                    }
                    None => self.unknown.push((path.clone(), node)),
                },
            }
            path.pop();
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
            let is_name = path.last().is_some_and(|key| key.eq_ignore_ascii_case("name"));
            let may_be_text = !matches!(node, Node::Number(_) | Node::Bool);
            match part {
                Part::Title if is_name => shape.name = true,
                Part::Title => shape.title = true,
                Part::Body => shape.body |= may_be_text,
                Part::Lead => shape.lead |= may_be_text,
                Part::Date => shape.date = true,
                Part::Url => shape.url = true,
                Part::Id => shape.id = true,
                Part::Lang | Part::Source => {}
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
                // Objects of addresses are often those of an interface.
                Part::Url => (!matches!(node, Node::Text(_)), *depth, *rank),
                _ => (false, *depth, *rank),
            }
        });
        found
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
        // The page that the article is from, with its address.
        Some(Part::Body) => has(Part::Url) && has(Part::Date),
        Some(Part::Source) => has(Part::Title) && has(Part::Body),
        _ => false,
    }
}
