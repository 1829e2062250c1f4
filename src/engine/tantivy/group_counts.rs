//! Counts of documents and stories among all hits: their rule takes no candidate, and scores nothing.

use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, SegmentOrdinal, SegmentReader};

use crate::engine::GroupKey;
use crate::engine::tantivy::grouping::{Grouping, document_of, story_of};
use crate::engine::tantivy::segment_candidates::{CollectedPassages, SegmentCandidates};

/// The rule that counts groups.
pub(crate) struct GroupCounts<'a>(pub(crate) &'a Grouping);

impl SegmentCandidates for GroupCounts<'_> {
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
        let alive = reader.alive_bitset();
        // The passages of a document follow each other.
        let mut documents: Vec<(u64, DocId)> = Vec::new();
        weight.for_each_no_score(reader, &mut |docs| {
            for &doc in docs.iter().filter(|&&doc| alive.is_none_or(|alive| alive.is_alive(doc))) {
                let document = document_of(&ids, doc);
                if documents.last().is_none_or(|&(last, _)| last != document) {
                    documents.push((document, doc));
                }
            }
        })?;
        documents.sort_unstable();
        documents.dedup_by_key(|&mut (document, _)| document);
        let mut groups: Vec<GroupKey> = Vec::with_capacity(documents.len());
        let mut in_stories: Vec<(u64, u64)> = Vec::new();
        for (document, doc) in documents {
            let group = self.0.group_of(DocAddress::new(segment, doc), || document);
            in_stories.extend(story_of(group).map(|story| (u64::from(story), document)));
            groups.push(group);
        }
        groups.sort_unstable();
        groups.dedup();
        counts.count(groups.len(), in_stories);
        Ok(Vec::new())
    }
}
