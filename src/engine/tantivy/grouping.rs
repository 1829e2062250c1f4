//! Grouping: how passages are grouped into results.
//!
//! In: a passage's address, and its document. Out: the result that it belongs to. Invariant: whatever is counted or
//! shown once for a unit (hits, facets, days) is counted by [`Grouping::group_of`], so all of these agree.

use std::sync::Arc;

use anyhow::Result;
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, SegmentOrdinal};

use crate::engine::{GroupKey, ResultUnit};
use crate::index::{NewsIndex, Stories};

/// Segment number in the key of a story with several documents; no index has this many segments. The key of a passage
/// or a document has its own segment, and its number there.
const STORY: SegmentOrdinal = SegmentOrdinal::MAX;

/// How passages are grouped into results.
#[derive(Debug, Clone)]
pub(crate) struct Grouping {
    /// What counts as one result.
    pub unit: ResultUnit,
    /// The stories of the index; `None` unless stories are the results, so that nothing is read in vain.
    stories: Option<Arc<Stories>>,
}

impl Grouping {
    /// A grouping of the passages of an index.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn new(unit: ResultUnit, index: &NewsIndex) -> Result<Grouping> {
        let stories = (unit == ResultUnit::Story).then(|| index.stories()).transpose()?;
        Ok(Grouping { unit, stories })
    }

    /// A grouping in which no document has a copy.
    #[cfg(test)]
    pub(crate) fn without_stories(unit: ResultUnit) -> Grouping {
        Grouping { unit, stories: None }
    }

    /// The result that a passage belongs to. `document` is the passage's first ordinal in its segment's column `id`; it
    /// is called only if it matters.
    pub(crate) fn group_of(&self, passage: DocAddress, document: impl FnOnce() -> u64) -> GroupKey {
        if self.unit == ResultUnit::Passage {
            return GroupKey::new(passage.segment_ord, u64::from(passage.doc_id));
        }
        let document = document();
        match self.stories.as_ref().and_then(|stories| stories.of_document(passage.segment_ord, document)) {
            Some(story) => story_key(u64::from(story)),
            None => GroupKey::new(passage.segment_ord, document),
        }
    }
}

/// The document of a passage, as an ordinal within its segment; ordinals sort as the ids do.
pub(crate) fn document_of(ids: &StrColumn, passage: DocId) -> u64 {
    ids.term_ords(passage).next().unwrap_or(u64::MAX)
}

/// The key of a story of several documents.
pub(crate) fn story_key(story: u64) -> GroupKey {
    GroupKey::new(STORY, story)
}

/// The story of a group; `None` for a group that is a passage or a single document.
pub(crate) fn story_of(group: GroupKey) -> Option<u32> {
    let (part, story) = group.parts();
    (part == STORY).then(|| u32::try_from(story).ok()).flatten()
}
