//! Scoring clauses: a tantivy query over one field, scored by that field's own statistics.

use std::fmt;
use std::sync::Arc;

use tantivy::query::{Bm25StatisticsProvider, BoostQuery, EnableScoring, Query, Weight};
use tantivy::schema::{Field, Term};
use tantivy::{Score, Searcher};

use crate::engine::tantivy::materialized::MaterializedQuery;
use crate::index::DeletedPassages;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::field_statistics::{FieldStatistics, GeneralText};
use crate::query::plan::pattern::Pattern;
use crate::query::plan::placement::{single_terms, sole_character};
use crate::query::plan::query_plan::ScoringClause;
use crate::text::analysis::Chain;

/// The number of tokens that gives BM25's average length. It includes the passages of general text at average length, so that
/// they leave the average unchanged; `length` scales the length normalisation.
fn tokens_of(statistics: FieldStatistics, general: GeneralText, length: f32) -> u64 {
    let FieldStatistics { passages, tokens } = statistics;
    let tokens = tokens + tokens * u64::from(general.passages) / passages.max(1);
    // tantivy has k1 and b as constants. A word's share is tf / (tf + k1 (1 - b + b length / average)), here tf / (tf +
    // .3 + .9 length / average); a greater average lowers the last summand.
    (tokens as f64 / f64::from(length)).max(1.0) as u64
}

/// A query that scores an inner query as if the passages that have its field were the whole index.
pub(crate) struct WithStatistics {
    inner: Box<dyn Query>,
    field: FieldId,
    statistics: FieldStatistics,
    general: GeneralText,
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
        mut inner: Box<dyn Query>,
        (statistics, general): (FieldStatistics, GeneralText),
        clause: &ScoringClause,
        deleted: &Arc<DeletedPassages>,
    ) -> Box<dyn Query> {
        let counts = clause.passages.map_or_else(|| Counts::Without(Arc::clone(deleted)), Counts::Known);
        let &ScoringClause { field, ref pattern, length, .. } = clause;
        let is_of_terms = field.chain().is_some_and(|chain| single_terms(chain, pattern).is_some());
        let counted = field.chain().and_then(|chain| counted_term(chain, pattern));
        let general = if is_of_terms || counted.is_some() { general } else { general.unknown() };
        if let (Some(term), Some(materialized)) = (counted, inner.downcast_mut::<MaterializedQuery>()) {
            materialized.in_general = general.passages_with(field, statistics, &term);
        }
        boosted(WithStatistics { inner, field, statistics, general, length, counts }, clause.weight)
    }
}

/// The term or character by which general text tells how common a pattern is that is collected from positions: a single character, or a
/// term in the beginning of an article.
fn counted_term(chain: Chain, pattern: &Pattern) -> Option<String> {
    if let Pattern::Within { pattern, .. } = pattern {
        let terms = single_terms(chain, pattern).unwrap_or_default();
        return match terms.as_slice() {
            [(_, term)] => Some(term.clone()),
            _ => counted_term(chain, pattern),
        };
    }
    sole_character(pattern).map(str::to_owned)
}

fn boosted(query: WithStatistics, weight: Score) -> Box<dyn Query> {
    if weight == 1.0 { Box::new(query) } else { Box::new(BoostQuery::new(Box::new(query), weight)) }
}

impl Clone for WithStatistics {
    fn clone(&self) -> WithStatistics {
        let &WithStatistics { ref inner, field, statistics, general, length, ref counts } = self;
        WithStatistics { inner: inner.box_clone(), field, statistics, general, length, counts: counts.clone() }
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
                let &WithStatistics { field, statistics, general, length, ref counts, .. } = self;
                let provider = Provider { field, statistics, general, length, counts, searcher };
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
    field: FieldId,
    statistics: FieldStatistics,
    general: GeneralText,
    length: f32,
    counts: &'a Counts,
    searcher: &'a Searcher,
}

impl Bm25StatisticsProvider for Provider<'_> {
    fn total_num_tokens(&self, _field: Field) -> tantivy::Result<u64> {
        Ok(tokens_of(self.statistics, self.general, self.length))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.statistics.passages + u64::from(self.general.passages))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let passages = match self.counts {
            Counts::Known(passages) => *passages,
            Counts::Without(deleted) => deleted.doc_freq(self.searcher, term)?,
        };
        let in_general =
            term.value().as_str().map_or(0, |term| self.general.passages_with(self.field, self.statistics, term));
        Ok(passages.min(self.statistics.passages) + in_general)
    }
}
