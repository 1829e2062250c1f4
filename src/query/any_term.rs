//! A query for any of many terms of a field, ranked as if they were one: their occurrences in a passage are added up.
//!
//! Serves a single CJK character, which opens a pair with whatever stands after it. A union of the pairs would rank
//! passages by how rare the neighbour is.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::Postings;
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Any of the terms that begin with a prefix.
#[derive(Clone)]
pub(crate) struct AnyTermQuery {
    field: Field,
    terms: Arc<Vec<Term>>,
}

impl AnyTermQuery {
    /// All terms are of `field`. No terms match nothing.
    pub(crate) fn new(field: Field, terms: Vec<Term>) -> AnyTermQuery {
        AnyTermQuery { field, terms: Arc::new(terms) }
    }

    /// Passages of a segment with any of the terms, each with how often.
    fn collect(&self, reader: &SegmentReader) -> tantivy::Result<Vec<(DocId, u32)>> {
        let inverted = reader.inverted_index(self.field)?;
        let mut frequencies: BTreeMap<DocId, u32> = BTreeMap::new();
        for term in self.terms.iter() {
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::WithFreqs)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                *frequencies.entry(postings.doc()).or_default() += postings.term_freq();
                postings.advance();
            }
        }
        Ok(frequencies.into_iter().collect())
    }
}

impl fmt::Debug for AnyTermQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "AnyTerm({} terms)", self.terms.len())
    }
}

impl Query for AnyTermQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut segments = BTreeMap::new();
        let mut matches = 0;
        for segment in scoring.searcher().map_or(&[][..], |searcher| searcher.segment_readers()) {
            let collected = self.collect(segment)?;
            matches += collected.len() as u64;
            segments.insert(segment.segment_id(), Arc::new(collected));
        }
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let passages = statistics_provider.total_num_docs()?.max(matches).max(1);
                let tokens = statistics_provider.total_num_tokens(self.field)?.max(1);
                Some(Bm25Weight::for_one_term(matches, passages, tokens as Score / passages as Score))
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(AnyTermWeight { field: self.field, segments, bm25 }))
    }
}

struct AnyTermWeight {
    field: Field,
    segments: BTreeMap<SegmentId, Arc<Vec<(DocId, u32)>>>,
    bm25: Option<Bm25Weight>,
}

impl AnyTermWeight {
    fn any_term_scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<AnyTermScorer> {
        let ranking = match &self.bm25 {
            Some(bm25) => Some((bm25.boost_by(boost), reader.get_fieldnorms_reader(self.field)?)),
            None => None,
        };
        let matches = self.segments.get(&reader.segment_id()).cloned().unwrap_or_default();
        Ok(AnyTermScorer { matches, at: 0, ranking })
    }
}

impl Weight for AnyTermWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.any_term_scorer(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.any_term_scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("Document #({doc}) does not match")));
        }
        Ok(Explanation::new("any of several terms", scorer.score()))
    }
}

struct AnyTermScorer {
    matches: Arc<Vec<(DocId, u32)>>,
    at: usize,
    ranking: Option<(Bm25Weight, FieldNormReader)>,
}

impl DocSet for AnyTermScorer {
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

impl Scorer for AnyTermScorer {
    fn score(&mut self) -> Score {
        match (&self.ranking, self.matches.get(self.at)) {
            (Some((bm25, lengths)), Some(&(doc, frequency))) => bm25.score(lengths.fieldnorm_id(doc), frequency),
            _ => 1.0,
        }
    }
}
