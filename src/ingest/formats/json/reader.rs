//! What a record is read by: the names of its keys, the paths that the user states, the limits; and the values of a part.

use crate::ingest::field_map::FieldMap;
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::parts::{Candidate, Parts};
use crate::ingest::formats::json::paths::nodes_at;
use crate::ingest::limits::Limits;
use crate::ingest::part::Part;

/// Characters of a key that are shown.
const MAX_SHOWN_CHARS: usize = 80;

/// A reader of records.
#[derive(Clone, Copy)]
pub(crate) struct RecordReader<'a> {
    pub(crate) names: &'a Keys<'a>,
    pub(crate) map: &'a FieldMap,
    /// The words of web pages, for pages in a field.
    pub(crate) pages: &'a PageWords,
    pub(crate) limits: &'a Limits,
    /// The id of the file.
    pub(crate) file_id: &'a str,
}

impl RecordReader<'_> {
    /// The values of a part: where the user says they are, or by their keys, the best first.
    pub(crate) fn nodes<'a>(&self, part: Part, object: &'a Object, parts: &Parts<'a>) -> Vec<&'a Node> {
        let stated = self.stated(part, object);
        if stated.is_empty() {
            parts.candidates(part).into_iter().map(|candidate| candidate.node).collect()
        } else {
            stated
        }
    }

    /// The values that the user states for a part, without empty ones.
    pub(crate) fn stated<'a>(&self, part: Part, object: &'a Object) -> Vec<&'a Node> {
        let nodes = self.map.of(part).iter().flat_map(|path| nodes_at(object, path));
        nodes.filter(|node| !node.is_empty()).collect()
    }
}

/// The problem of a value that is no text.
pub(crate) fn not_text(candidate: &Candidate<'_>) -> String {
    format!("`{}` is not text and is left out", shown(&candidate.path.join(".")))
}

/// A key as it is shown.
pub(crate) fn shown(key: &str) -> String {
    key.chars().take(MAX_SHOWN_CHARS).collect()
}
