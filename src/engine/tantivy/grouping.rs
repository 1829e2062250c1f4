//! What a result is, and how passages are put together to results.
//!
//! In: where a passage is, and its document. Out: the result that it belongs to. Invariant: whatever is counted or shown once
//! for a unit (hits, facets, days) is counted by [`Grouping::group_of`], so all of these agree.

use std::sync::Arc;

use anyhow::Result;
use tantivy::{DocAddress, SegmentOrdinal};

use crate::index::{NewsIndex, Stories};

/// The unit of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResultUnit {
    /// Each passage by itself.
    #[default]
    Passage,
    /// Each document by its best passage.
    Document,
    /// Each story, which is a document and its copies, by its best passage.
    Story,
}

impl ResultUnit {
    /// One of them.
    pub fn name(self) -> &'static str {
        match self {
            ResultUnit::Passage => "passage",
            ResultUnit::Document => "document",
            ResultUnit::Story => "story",
        }
    }

    /// Several of them, as in `1-10 of 200 passages`.
    pub fn plural(self) -> &'static str {
        match self {
            ResultUnit::Passage => "passages",
            ResultUnit::Document => "documents",
            ResultUnit::Story => "stories",
        }
    }
}

/// A result that passages belong to; the numbers mean nothing beyond one state of an index. Of a passage or a document these
/// are its segment and its place there, of a story with several documents a number that no segment has, and the story.
pub(crate) type Group = (SegmentOrdinal, u64);

/// In place of a segment, which no index has so many of.
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
    pub(crate) fn group_of(&self, passage: DocAddress, document: impl FnOnce() -> u64) -> Group {
        if self.unit == ResultUnit::Passage {
            return (passage.segment_ord, u64::from(passage.doc_id));
        }
        let document = document();
        match self.stories.as_ref().and_then(|stories| stories.of_document(passage.segment_ord, document)) {
            Some(story) => (STORY, u64::from(story)),
            None => (passage.segment_ord, document),
        }
    }

    /// The story that a group is, with all stories; `None` for a group that is a passage or a single document.
    pub(crate) fn story(&self, group: Group) -> Option<(&Stories, u32)> {
        let stories = self.stories.as_ref().filter(|_| group.0 == STORY)?;
        Some((stories, u32::try_from(group.1).ok()?))
    }
}
