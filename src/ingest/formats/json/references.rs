//! References in JSON-LD: an outlet that is only an `@id`, whose name stands in another object of the same `@graph`.
//!
//! The other object may come later, so a few records wait for it.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use crate::ingest::formats::json::envelope::Context;
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::part::Part;

/// Records that wait at most.
pub(crate) const MAX_WAITING: usize = 16;
/// Names that are remembered, and bytes of each with its id.
const MAX_NAMES: usize = 10_000;
const MAX_NAME_BYTES: usize = 1000;

/// A record on its way, with what is known of it.
pub(crate) struct Waiting {
    pub(crate) object: Object,
    pub(crate) key: Option<String>,
    pub(crate) is_listed: bool,
    pub(crate) is_envelope: bool,
    pub(crate) context: Rc<Context>,
    pub(crate) place: String,
    pub(crate) before: String,
}

/// Names by their ids, and the records that wait for one.
#[derive(Default)]
pub(crate) struct References {
    names: HashMap<String, String>,
    pub(crate) waiting: VecDeque<Waiting>,
}

impl References {
    /// Remembers the name of an object that others may refer to, and those of objects in it.
    pub(crate) fn learn(&mut self, object: &Object) {
        if let (Some(Node::Text(id)), Some(Node::Text(name))) = (object.get("@id"), object.get("name"))
            && id.len() + name.len() <= MAX_NAME_BYTES
            && self.names.len() < MAX_NAMES
            // A page has its title for a name.
            && !matches!(object.get("@type"), Some(Node::Text(kind)) if kind.ends_with("Page"))
        {
            self.names.insert(id.clone(), name.clone());
        }
        object.members.iter().filter_map(|(_, node)| node.object()).for_each(|inner| self.learn(inner));
    }

    /// Puts the names in place of the references to outlets; false if one is not known yet.
    pub(crate) fn resolve(&self, object: &mut Object, keys: &Keys<'_>) -> bool {
        // Of several, such as `publisher` and `isPartOf`, the one that is read must be known.
        let mut first = (usize::MAX, true);
        for (key, node) in &mut object.members {
            let Some(named) = keys.find(key).filter(|named| named.part == Part::Source) else { continue };
            let is_known = match reference(node) {
                Some(id) => match self.names.get(id) {
                    Some(name) => {
                        *node = Node::Text(name.clone());
                        true
                    }
                    None => false,
                },
                None => !node.is_empty(),
            };
            if named.rank < first.0 && (is_known || reference(node).is_some()) {
                first = (named.rank, is_known);
            }
        }
        first.1
    }
}

/// The id in an object that has nothing else.
fn reference(node: &Node) -> Option<&str> {
    match node.object()?.members.as_slice() {
        [(key, Node::Text(id))] if key == "@id" => Some(id),
        _ => None,
    }
}
