//! The best documents or stories: their rule takes the passages of those of each segment, with everything that ties with the last of them.
//! (The best passages by themselves are found by `max_score`.)
//!
//! tantivy's own collector breaks ties by the address in the index, which depends on the index's history. Here every
//! candidate is kept that could be among the best once scores are summed exactly and ties are broken by document (law 7).

use std::collections::HashMap;

use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::engine::GroupKey;
use crate::engine::tantivy::grouping::{Grouping, document_of, story_of};
use crate::engine::tantivy::segment_candidates::{CollectedPassages, SegmentCandidates};

/// Greatest error of a rough score relative to its size, from sums of a few hundred rounded numbers.
const ROUGHNESS: Score = 1e-4;

/// The rule for the candidates of the best `limit` documents or stories: all passages of these that could be the best of their group.
pub(crate) struct TopGroups<'a> {
    pub(crate) limit: usize,
    pub(crate) grouping: &'a Grouping,
}

impl SegmentCandidates for TopGroups<'_> {
    const NEEDS_SCORES: bool = true;

    fn of_segment(
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
