//! One piece of evidence: a tantivy query over one field, scored by that field's own statistics.

use std::fmt;
use std::sync::Arc;

use tantivy::query::{Bm25StatisticsProvider, BoostQuery, EnableScoring, Query, Weight};
use tantivy::schema::{Field, Term};
use tantivy::{Score, Searcher};

use crate::engine::tantivy::terms::FoundTerm;
use crate::index::{DeletedPassages, FieldStatistics};

/// Passages that every field is taken to have beside its own, without any term of the query. Among four passages in a
/// language, a word that all of them have says nothing by itself, and another language with more passages would outrank
/// them; among thousands, these few change nothing.
const UNSEEN_PASSAGES: u64 = 20;

/// Tokens for BM25's average length, with those of the passages that a field does not have: of average length, so that the
/// average stays what it is.
fn tokens_of(statistics: FieldStatistics, length: f32) -> u64 {
    let FieldStatistics { passages, tokens } = statistics;
    let tokens = tokens + tokens * UNSEEN_PASSAGES / passages.max(1);
    // tantivy has k1 and b as constants. A word's share is tf / (tf + k1 (1 - b + b length / average)), and here that
    // is tf / (tf + .3 + .9 length / average); a greater average is a smaller second summand.
    (tokens as f64 / f64::from(length)).max(1.0) as u64
}

/// Scores an inner query as if the passages that have its field were all there are.
pub(crate) struct WithStatistics {
    inner: Box<dyn Query>,
    statistics: FieldStatistics,
    length: f32,
    counts: Counts,
}

/// How many passages have a term.
#[derive(Clone)]
enum Counts {
    /// So many have the only one.
    Known(u64),
    /// It is counted in the index.
    Without(Arc<DeletedPassages>),
}

impl WithStatistics {
    /// `inner` over a field with these statistics, its score multiplied by `weight`. `length` says how much the length
    /// of a passage counts.
    pub(crate) fn weighted(
        inner: Box<dyn Query>,
        statistics: FieldStatistics,
        length: f32,
        weight: Score,
        deleted: &Arc<DeletedPassages>,
    ) -> Box<dyn Query> {
        let counts = Counts::Without(Arc::clone(deleted));
        boosted(WithStatistics { inner, statistics, length, counts }, weight)
    }

    /// The same for a term, which was counted already.
    pub(crate) fn weighted_term(
        term: &FoundTerm,
        statistics: FieldStatistics,
        length: f32,
        weight: Score,
    ) -> Box<dyn Query> {
        let counts = Counts::Known(term.passages);
        boosted(WithStatistics { inner: term.query(), statistics, length, counts }, weight)
    }
}

fn boosted(query: WithStatistics, weight: Score) -> Box<dyn Query> {
    if weight == 1.0 { Box::new(query) } else { Box::new(BoostQuery::new(Box::new(query), weight)) }
}

impl Clone for WithStatistics {
    fn clone(&self) -> WithStatistics {
        let WithStatistics { inner, statistics, length, counts } = self;
        WithStatistics { inner: inner.box_clone(), statistics: *statistics, length: *length, counts: counts.clone() }
    }
}

impl fmt::Debug for WithStatistics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(formatter)
    }
}

impl Query for WithStatistics {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                let &WithStatistics { statistics, length, ref counts, .. } = self;
                let provider = Provider { statistics, length, counts, searcher };
                self.inner.weight(EnableScoring::enabled_from_statistics_provider(&provider, searcher))
            }
            disabled @ EnableScoring::Disabled { .. } => self.inner.weight(disabled),
        }
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.inner.query_terms(visitor);
    }
}

struct Provider<'a> {
    statistics: FieldStatistics,
    length: f32,
    counts: &'a Counts,
    searcher: &'a Searcher,
}

impl Bm25StatisticsProvider for Provider<'_> {
    fn total_num_tokens(&self, _field: Field) -> tantivy::Result<u64> {
        Ok(tokens_of(self.statistics, self.length))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.statistics.passages + UNSEEN_PASSAGES)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let passages = match self.counts {
            Counts::Known(passages) => *passages,
            Counts::Without(deleted) => deleted.doc_freq(self.searcher, term)?,
        };
        Ok(passages.min(self.statistics.passages))
    }
}

/// How much a term says that `passages` have: the inverse document frequency of BM25 (Robertson and Zaragoza 2009, with
/// one added so that it is never negative), as tantivy has it.
pub(crate) fn idf(statistics: FieldStatistics, passages: u64) -> f64 {
    let all = (statistics.passages + UNSEEN_PASSAGES) as f64;
    let having = passages.min(statistics.passages) as f64;
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}
