//! Scoring clauses: a tantivy query over one field, scored by that field's own statistics.

use std::fmt;
use std::sync::Arc;

use tantivy::query::{Bm25StatisticsProvider, BoostQuery, EnableScoring, Query, Weight};
use tantivy::schema::{Field, Term};
use tantivy::{Score, Searcher};

use crate::index::DeletedPassages;
use crate::query::plan::field_statistics::{FieldStatistics, UNSEEN_PASSAGES};
use crate::query::plan::query_plan::ScoringClause;

/// The number of tokens that gives BM25's average length. It includes the unseen passages at average length, so that
/// they leave the average unchanged; `length` scales the length normalisation.
fn tokens_of(statistics: FieldStatistics, length: f32) -> u64 {
    let FieldStatistics { passages, tokens } = statistics;
    let tokens = tokens + tokens * UNSEEN_PASSAGES / passages.max(1);
    // tantivy has k1 and b as constants. A word's share is tf / (tf + k1 (1 - b + b length / average)), here tf / (tf +
    // .3 + .9 length / average); a greater average lowers the last summand.
    (tokens as f64 / f64::from(length)).max(1.0) as u64
}

/// A query that scores an inner query as if the passages that have its field were the whole index.
pub(crate) struct WithStatistics {
    inner: Box<dyn Query>,
    statistics: FieldStatistics,
    length: f32,
    counts: Counts,
}

/// The source of term counts.
#[derive(Clone)]
enum Counts {
    /// The query is a single term, and this many passages contain it.
    Known(u64),
    /// Each term is counted in the index, without deleted passages.
    Without(Arc<DeletedPassages>),
}

impl WithStatistics {
    /// A query of `inner` over the field of a scoring clause, its score multiplied by the clause's weight.
    pub(crate) fn weighted(
        inner: Box<dyn Query>,
        statistics: FieldStatistics,
        clause: &ScoringClause,
        deleted: &Arc<DeletedPassages>,
    ) -> Box<dyn Query> {
        let counts = clause.passages.map_or_else(|| Counts::Without(Arc::clone(deleted)), Counts::Known);
        boosted(WithStatistics { inner, statistics, length: clause.length, counts }, clause.weight)
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
