//! The best passages: their rule takes those of each segment, with everything that ties with the last of them.
//!
//! tantivy's own collector breaks ties by the address in the index, which depends on the index's history. Here every
//! candidate is kept that could be among the best once scores are summed exactly and ties are broken by document (law 7).

use std::collections::HashMap;

use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::engine::tantivy::grouping::{Grouping, document_of, story_of};
use crate::engine::tantivy::segment_candidates::{CollectedPassages, SegmentCandidates};
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

/// The rule for the candidates of the best `limit` results.
pub(crate) struct TopPassages<'a> {
    pub(crate) limit: usize,
    pub(crate) grouping: &'a Grouping,
}

impl SegmentCandidates for TopPassages<'_> {
    const NEEDS_SCORES: bool = true;

    fn of_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        counts: &mut CollectedPassages,
    ) -> tantivy::Result<Vec<DocId>> {
        match self.grouping.unit {
            ResultUnit::Passage => self.best_passages(weight, reader),
            ResultUnit::Document | ResultUnit::Story => self.best_groups(weight, segment, reader, counts),
        }
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
        counts: &mut CollectedPassages,
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
        counts.count(scores.len(), in_stories);
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
