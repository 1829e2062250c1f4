//! The collector of the best passages: it takes those of each segment, with everything that ties with the last of them.
//!
//! tantivy's own collector breaks ties by the address in the index, which depends on the index's history. Here every
//! candidate is kept that could be among the best once scores are summed exactly and ties are broken by document (law 7).

use std::collections::{BTreeMap, HashMap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::engine::tantivy::grouping::{Grouping, story_of};
use crate::engine::{GroupKey, ResultUnit};

/// Greatest error of a rough score relative to its size, from sums of a few hundred rounded numbers.
const ROUGHNESS: Score = 1e-4;

/// tantivy skips blocks of postings whose best score is too low, and of each block it stores the one length and
/// frequency that score best by the average length over all passages of the segment, whatever fields they have. We
/// score by the average of the passages that have the field, which is longer, so the best of a block may be another.
/// How much better can it be? A score is 1 / (1 + v), v = (.3 + c length) / tf, with C in place of a smaller c for
/// tantivy. What it stores has v(C) at most that of any other, so v(c) at most c/C v(C) + .3, and any other has at
/// least c/C v(C): the other's score is at most 1.3 times as high.
const BLOCK_MARGIN: Score = 1.3;

/// A collector of candidates for the best `limit` results.
pub(crate) struct TopPassages<'a> {
    pub(crate) limit: usize,
    pub(crate) grouping: &'a Grouping,
}

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

impl Collector for TopPassages<'_> {
    type Fruit = CollectedPassages;
    type Child = UnusedSegmentCollector;

    fn for_segment(
        &self,
        _ordinal: SegmentOrdinal,
        _segment: &SegmentReader,
    ) -> tantivy::Result<UnusedSegmentCollector> {
        Ok(UnusedSegmentCollector)
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<CollectedPassages>) -> tantivy::Result<CollectedPassages> {
        Ok(CollectedPassages::all(fruits))
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        ordinal: u32,
        reader: &SegmentReader,
    ) -> tantivy::Result<CollectedPassages> {
        let mut found = CollectedPassages::default();
        let docs = match self.grouping.unit {
            ResultUnit::Passage => self.best_passages(weight, reader)?,
            ResultUnit::Document | ResultUnit::Story => self.best_groups(weight, ordinal, reader, &mut found)?,
        };
        found.passages = docs.into_iter().map(|doc| DocAddress::new(ordinal, doc)).collect();
        Ok(found)
    }
}

impl TopPassages<'_> {
    fn best_passages(&self, weight: &dyn Weight, reader: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        let mut best = Best::new(self.limit);
        let alive = reader.alive_bitset();
        weight.for_each_pruning(Score::MIN, reader, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                best.push(doc, score);
            }
            best.threshold / BLOCK_MARGIN
        })?;
        Ok(best.finish())
    }

    /// All passages of the best documents or stories that could be the best of their group.
    fn best_groups(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        found: &mut CollectedPassages,
    ) -> tantivy::Result<Vec<DocId>> {
        let Some(ids) = reader.fast_fields().str("id")? else {
            return Ok(Vec::new());
        };
        let mut hits: Vec<(DocId, Score)> = Vec::new();
        let mut best_of: HashMap<GroupKey, Score> = HashMap::new();
        let mut in_stories: Vec<(u64, u64)> = Vec::new();
        let alive = reader.alive_bitset();
        weight.for_each(reader, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                let document = document_of(&ids, doc);
                let group = self.grouping.group_of(DocAddress::new(segment, doc), || document);
                if let Some(story) = story_of(group).map(u64::from)
                    && in_stories.last() != Some(&(story, document))
                {
                    in_stories.push((story, document));
                }
                let best = best_of.entry(group).or_insert(score);
                *best = best.max(score);
                hits.push((doc, score));
            }
        })?;
        let mut scores: Vec<Score> = best_of.into_values().collect();
        found.count(scores.len(), in_stories);
        let threshold = if scores.len() > self.limit && self.limit > 0 {
            let (_, last, _) = scores.select_nth_unstable_by(self.limit - 1, |left, right| right.total_cmp(left));
            below(*last)
        } else if self.limit == 0 {
            Score::MAX
        } else {
            Score::MIN
        };
        Ok(hits.into_iter().filter(|&(_, score)| score > threshold).map(|(doc, _)| doc).collect())
    }
}

/// The document of a passage, as an ordinal within its segment; ordinals sort as the ids do.
pub(crate) fn document_of(ids: &StrColumn, passage: DocId) -> u64 {
    ids.term_ords(passage).next().unwrap_or(u64::MAX)
}

/// The greatest score that can no longer tie with `score`.
fn below(score: Score) -> Score {
    score - score.abs() * ROUGHNESS - Score::MIN_POSITIVE
}

/// The best passages so far, and all that may tie with the last of them.
struct Best {
    limit: usize,
    kept: Vec<(DocId, Score)>,
    prune_at: usize,
    threshold: Score,
}

impl Best {
    fn new(limit: usize) -> Best {
        let threshold = if limit == 0 { Score::MAX } else { Score::MIN };
        Best { limit, kept: Vec::new(), prune_at: limit.saturating_mul(2).saturating_add(64), threshold }
    }

    fn push(&mut self, doc: DocId, score: Score) {
        if score > self.threshold {
            self.kept.push((doc, score));
            if self.kept.len() >= self.prune_at {
                self.prune();
                // If there are many ties, pruning each time would take longer than keeping them.
                self.prune_at = 2 * self.kept.len() + 64;
            }
        }
    }

    fn prune(&mut self) {
        if self.limit == 0 || self.kept.len() <= self.limit {
            return;
        }
        let (_, last, _) = self.kept.select_nth_unstable_by(self.limit - 1, |left, right| right.1.total_cmp(&left.1));
        self.threshold = self.threshold.max(below(last.1));
        let threshold = self.threshold;
        self.kept.retain(|&(_, score)| score > threshold);
    }

    fn finish(mut self) -> Vec<DocId> {
        self.prune();
        self.kept.into_iter().map(|(doc, _)| doc).collect()
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
