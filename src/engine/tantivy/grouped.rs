//! Grouped hits: all hits of a query in groups, each group one result: a passage by itself, or the matching passages of
//! a document or story.
//!
//! In: a query, and how passages are grouped. Out: for each segment the matching passages, each with its group.

use anyhow::{Context, Result};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Query;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use crate::engine::GroupKey;
use crate::engine::tantivy::grouping::{Grouping, document_of};

/// All hits of a query, grouped.
pub(crate) struct GroupedHits {
    /// The matching passages of each segment in order, each with its group.
    pub(crate) segments: Vec<Vec<(GroupKey, DocId)>>,
    /// Number of groups.
    pub(crate) groups: u64,
}

impl GroupedHits {
    /// Visits every hit once; nothing is scored and no stored text is read.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn collect(searcher: &Searcher, query: &dyn Query, grouping: &Grouping) -> Result<GroupedHits> {
        let found = searcher.search(query, &AllHits).context("searching the index")?;
        let mut segments = vec![Vec::new(); searcher.segment_readers().len()];
        for (segment, docs) in found {
            let reader = searcher.segment_reader(segment);
            segments[segment as usize] = with_groups(docs, grouping, segment, reader).context("grouping the hits")?;
        }
        let mut keys: Vec<GroupKey> = segments.iter().flatten().map(|&(group, _)| group).collect();
        keys.sort_unstable();
        keys.dedup();
        Ok(GroupedHits { segments, groups: keys.len() as u64 })
    }
}

fn with_groups(
    docs: Vec<DocId>,
    grouping: &Grouping,
    segment: SegmentOrdinal,
    reader: &SegmentReader,
) -> tantivy::Result<Vec<(GroupKey, DocId)>> {
    let Some(ids) = reader.fast_fields().str("id")? else {
        return Ok(Vec::new());
    };
    let group = |doc: DocId| grouping.group_of(DocAddress::new(segment, doc), || document_of(&ids, doc));
    Ok(docs.into_iter().map(|doc| (group(doc), doc)).collect())
}

/// A collector of every hit.
pub(crate) struct AllHits;

impl Collector for AllHits {
    type Fruit = Vec<(SegmentOrdinal, Vec<DocId>)>;
    type Child = HitsOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, _reader: &SegmentReader) -> tantivy::Result<HitsOfSegment> {
        Ok(HitsOfSegment { segment, docs: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<(SegmentOrdinal, Vec<DocId>)>) -> tantivy::Result<Self::Fruit> {
        Ok(fruits)
    }
}

pub(crate) struct HitsOfSegment {
    segment: SegmentOrdinal,
    docs: Vec<DocId>,
}

impl SegmentCollector for HitsOfSegment {
    type Fruit = (SegmentOrdinal, Vec<DocId>);

    fn collect(&mut self, doc: DocId, _score: Score) {
        self.docs.push(doc);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.docs.extend_from_slice(docs);
    }

    fn harvest(self) -> Self::Fruit {
        (self.segment, self.docs)
    }
}
