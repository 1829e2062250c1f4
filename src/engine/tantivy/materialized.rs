//! A materialized query: a list of passages that was collected from the index's positions, scored as if the pattern
//! were one term, whose frequency in a passage is that of the pattern.
//!
//! It serves patterns that tantivy has no query for (see `sequence`). A single CJK character is one of them: it begins
//! a bigram with whatever follows it, and a union of these bigrams would rank passages by how rare the neighbour is.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use anyhow::{Context, Result};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError};

use crate::engine::tantivy::frequencies::count_pattern;
use crate::engine::tantivy::grouped::AllHits;
use crate::engine::tantivy::sequence::{PositionFields, PositionReader};
use crate::query::plan::pattern::Pattern;

/// Passages of a segment in order, each with the pattern's frequency.
pub(crate) type Frequencies = Vec<(DocId, u32)>;

/// A query for the passages with a pattern.
#[derive(Clone)]
pub(crate) struct MaterializedQuery {
    /// The field whose statistics it is scored by; `None` if it is not scored.
    field: Option<Field>,
    segments: Arc<BTreeMap<SegmentId, Arc<Frequencies>>>,
    passages: u64,
    /// Number of passages of general text that have the pattern, which the statistics count too.
    pub(crate) in_general: u64,
}

impl MaterializedQuery {
    /// Collects the passages with a pattern, once for all uses of the query.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn collect(
        pattern: &Pattern,
        fields: PositionFields<'_>,
        searcher: &Searcher,
    ) -> Result<MaterializedQuery> {
        let mut segments = BTreeMap::new();
        let mut passages = 0;
        for segment in searcher.segment_readers() {
            let mut frequencies: Frequencies = match count_pattern(segment, fields, pattern)? {
                Some(counted) => counted,
                None => {
                    let places = PositionReader::new(segment, fields).spans(pattern, None)?;
                    places.iter().map(|(doc, spans)| (doc, spans.len() as u32)).collect()
                }
            };
            if let Some(alive) = segment.alive_bitset() {
                frequencies.retain(|&(doc, _)| alive.is_alive(doc));
            }
            passages += frequencies.len() as u64;
            segments.insert(segment.segment_id(), Arc::new(frequencies));
        }
        Ok(MaterializedQuery { field: Some(fields.terms), segments: Arc::new(segments), passages, in_general: 0 })
    }
}

impl MaterializedQuery {
    /// The query for the passages that another query finds now, without scores.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn of_hits(query: &dyn Query, searcher: &Searcher) -> Result<MaterializedQuery> {
        let mut passages = BTreeMap::new();
        for (segment, found) in searcher.search(query, &AllHits).context("searching the index")? {
            passages.insert(searcher.segment_reader(segment).segment_id(), found);
        }
        Ok(MaterializedQuery::of_passages(passages))
    }

    /// The query for passages that are known, in order for each segment, without scores.
    pub(crate) fn of_passages(segments: BTreeMap<SegmentId, Vec<DocId>>) -> MaterializedQuery {
        let passages = segments.values().map(|passages| passages.len() as u64).sum();
        let once = |(segment, passages): (SegmentId, Vec<DocId>)| {
            (segment, Arc::new(passages.into_iter().map(|passage| (passage, 1)).collect()))
        };
        let segments = Arc::new(segments.into_iter().map(once).collect());
        MaterializedQuery { field: None, segments, passages, in_general: 0 }
    }
}

impl MaterializedQuery {
    /// The BM25 weight of the pattern as one term; `None` if it is not scored.
    pub(crate) fn bm25(&self, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<Option<Bm25Weight>> {
        let Some(field) = self.field else {
            return Ok(None);
        };
        let having = self.passages + self.in_general;
        let passages = statistics.total_num_docs()?.max(having).max(1);
        let tokens = statistics.total_num_tokens(field)?.max(1);
        Ok(Some(Bm25Weight::for_one_term(having, passages, tokens as Score / passages as Score)))
    }

    /// The passages of a segment in order, each with the pattern's frequency.
    pub(crate) fn of_segment(&self, segment: &SegmentReader) -> Arc<Frequencies> {
        self.segments.get(&segment.segment_id()).cloned().unwrap_or_default()
    }

    /// The field by whose lengths the pattern is scored; `None` if it is not scored.
    pub(crate) fn field(&self) -> Option<Field> {
        self.field
    }
}

impl fmt::Debug for MaterializedQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Collected({} passages)", self.passages)
    }
}

impl Query for MaterializedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => self.bm25(statistics_provider)?,
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(MaterializedWeight { query: self.clone(), bm25 }))
    }
}

struct MaterializedWeight {
    query: MaterializedQuery,
    bm25: Option<Bm25Weight>,
}

impl MaterializedWeight {
    fn materialized_scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<MaterializedScorer> {
        let ranking = match (&self.bm25, self.query.field) {
            (Some(bm25), Some(field)) => Some((bm25.boost_by(boost), reader.get_fieldnorms_reader(field)?)),
            _ => None,
        };
        Ok(MaterializedScorer { matches: self.query.of_segment(reader), at: 0, ranking })
    }
}

impl Weight for MaterializedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.materialized_scorer(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.materialized_scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("Document #({doc}) does not match")));
        }
        Ok(Explanation::new("a pattern as one term", scorer.score()))
    }
}

struct MaterializedScorer {
    matches: Arc<Frequencies>,
    at: usize,
    ranking: Option<(Bm25Weight, FieldNormReader)>,
}

impl DocSet for MaterializedScorer {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.matches.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let ahead = self.matches[self.at..].partition_point(|&(doc, _)| doc < target);
        self.at += ahead;
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.matches.get(self.at).map_or(TERMINATED, |&(doc, _)| doc)
    }

    fn size_hint(&self) -> u32 {
        self.matches.len() as u32
    }
}

impl Scorer for MaterializedScorer {
    fn score(&mut self) -> Score {
        match (&self.ranking, self.matches.get(self.at)) {
            (Some((bm25, lengths)), Some(&(doc, frequency))) => bm25.score(lengths.fieldnorm_id(doc), frequency),
            _ => 1.0,
        }
    }
}
