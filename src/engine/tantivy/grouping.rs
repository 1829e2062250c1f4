//! How passages are put together to results.
//!
//! In: where a passage is, and its document. Out: the result that it belongs to. Invariant: whatever is counted or shown once
//! for a unit (hits, facets, days) is counted by [`Grouping::group_of`], so all of these agree.

use std::sync::Arc;

use anyhow::Result;
use tantivy::{DocAddress, SegmentOrdinal};

use crate::engine::{GroupKey, ResultUnit};
use crate::index::{NewsIndex, Stories};

/// Stands for a segment in the key of a story with several documents, beside the story; no index has so many segments. The key of a
/// passage or a document has its segment, and its place there.
const STORY: SegmentOrdinal = SegmentOrdinal::MAX;

/// How passages are put together.
#[derive(Debug, Clone)]
pub(crate) struct Grouping {
    /// What a result is.
    pub unit: ResultUnit,
    /// Only for stories, so that nothing is read for others.
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

    /// The result that a passage belongs to. `document` is the first ordinal of its segment's column `id`, which is only
    /// asked for where it decides.
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

/// The key of a story of several documents.
pub(crate) fn story_key(story: u64) -> GroupKey {
    GroupKey::new(STORY, story)
}

/// The story that a group is; `None` for a group that is a passage or a single document.
pub(crate) fn story_of(group: GroupKey) -> Option<u32> {
    let (part, story) = group.parts();
    (part == STORY).then(|| u32::try_from(story).ok()).flatten()
}
