//! Collecting candidates a whole segment at a time, for a tantivy search: the passages that `newest` takes of each segment, put
//! together with their counts, and the counts of `group_counts`. Nothing is scored meanwhile.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// Candidates of one segment or of all, with counts.
#[derive(Default)]
pub(crate) struct CollectedPassages {
    pub(crate) passages: Vec<DocAddress>,
    /// Number of documents among all hits that are in no story of several; counted only if documents or stories are the
    /// results.
    pub(crate) documents: u64,
    /// For each story of several documents, the number of its documents among all hits; only if stories are the results.
    pub(crate) stories: BTreeMap<u64, u64>,
}

impl CollectedPassages {
    /// The candidates and counts of all segments together.
    pub(crate) fn all(segments: Vec<CollectedPassages>) -> CollectedPassages {
        let mut all = CollectedPassages::default();
        for found in segments {
            all.passages.extend(found.passages);
            all.documents += found.documents;
            for (story, documents) in found.stories {
                *all.stories.entry(story).or_default() += documents;
            }
        }
        all
    }

    /// Counts the results: `groups` is their number, `in_stories` the story and document of every hit in a story.
    pub(crate) fn count(&mut self, groups: usize, mut in_stories: Vec<(u64, u64)>) {
        in_stories.sort_unstable();
        in_stories.dedup();
        for (story, _) in in_stories {
            *self.stories.entry(story).or_default() += 1;
        }
        self.documents = (groups - self.stories.len()) as u64;
    }
}

/// A rule for which passages of a segment are candidates.
pub(crate) trait SegmentCandidates: Send + Sync {
    /// The candidates of a segment. Documents and stories are counted in `counts`, if these are the results.
    fn of_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        counts: &mut CollectedPassages,
    ) -> tantivy::Result<Vec<DocId>>;
}

/// The tantivy collector that takes the candidates of every segment by a rule.
pub(crate) struct CandidateCollector<T>(pub(crate) T);

impl<T: SegmentCandidates> Collector for CandidateCollector<T> {
    type Fruit = CollectedPassages;
    type Child = UnusedSegmentCollector;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<UnusedSegmentCollector> {
        Ok(UnusedSegmentCollector)
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<CollectedPassages>) -> tantivy::Result<CollectedPassages> {
        Ok(CollectedPassages::all(segments))
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<CollectedPassages> {
        let mut found = CollectedPassages::default();
        let docs = self.0.of_segment(weight, segment, reader, &mut found)?;
        found.passages = docs.into_iter().map(|doc| DocAddress::new(segment, doc)).collect();
        Ok(found)
    }
}

/// A placeholder for the collector of a segment, where whole segments are collected at once.
pub(crate) struct UnusedSegmentCollector;

impl SegmentCollector for UnusedSegmentCollector {
    type Fruit = CollectedPassages;

    fn collect(&mut self, _doc: DocId, _score: Score) {}

    fn harvest(self) -> CollectedPassages {
        CollectedPassages::default()
    }
}
