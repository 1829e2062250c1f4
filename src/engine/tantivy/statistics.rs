//! Scoring clauses: a tantivy query over one field, scored by that field's own statistics.

use std::fmt;
use std::sync::Arc;

use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, BoostWeight, EnableScoring, PhraseQuery, Query, Weight};
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

/// A query that scores an inner query as if the passages that have its field were the whole index, times a weight.
pub(crate) struct WithStatistics {
    inner: Box<dyn Query>,
    weight: Score,
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
    ) -> WithStatistics {
        let counts = clause.passages.map_or_else(|| Counts::Without(Arc::clone(deleted)), Counts::Known);
        let &ScoringClause { field, ref pattern, weight, length, .. } = clause;
        let is_of_terms = field.chain().is_some_and(|chain| single_terms(chain, pattern).is_some());
        let counted = field.chain().and_then(|chain| counted_term(chain, pattern));
        let general = if is_of_terms || counted.is_some() { general } else { general.unknown() };
        if let (Some(term), Some(materialized)) = (counted, inner.downcast_mut::<MaterializedQuery>()) {
            materialized.in_general = general.passages_with(field, statistics, &term);
        }
        WithStatistics { inner, weight, field, statistics, general, length, counts }
    }

    /// The query without statistics.
    pub(crate) fn inner(&self) -> &dyn Query {
        &*self.inner
    }

    /// The field that is scored.
    pub(crate) fn field(&self) -> FieldId {
        self.field
    }

    /// The length that BM25 takes for the average one.
    pub(crate) fn average_length(&self) -> Score {
        let passages = self.statistics.passages + u64::from(self.general.passages);
        tokens_of(self.statistics, self.general, self.length) as Score / passages as Score
    }

    /// The BM25 weight of a term, as that of the query if it is this term.
    ///
    /// # Errors
    ///
    /// When the index cannot be read; so for all methods.
    pub(crate) fn of_term(&self, term: &Term, searcher: &Searcher) -> tantivy::Result<Bm25Weight> {
        let provider = self.provider(searcher);
        let (having, all) = (provider.doc_freq(term)?, provider.total_num_docs()?);
        let bm25 = Bm25Weight::for_one_term_without_explain(having, all, self.average_length());
        Ok(bm25.boost_by(self.weight))
    }

    /// The BM25 weight of a phrase, as that of the query if it is this phrase.
    pub(crate) fn of_phrase(&self, phrase: &PhraseQuery, searcher: &Searcher) -> tantivy::Result<Bm25Weight> {
        Ok(Bm25Weight::for_terms(&self.provider(searcher), &phrase.phrase_terms())?.boost_by(self.weight))
    }

    /// The BM25 weight of a materialized pattern, as that of the query if it is this pattern.
    pub(crate) fn of_pattern(
        &self,
        pattern: &MaterializedQuery,
        searcher: &Searcher,
    ) -> tantivy::Result<Option<Bm25Weight>> {
        Ok(pattern.bm25(&self.provider(searcher))?.map(|bm25| bm25.boost_by(self.weight)))
    }

    fn provider<'a>(&'a self, searcher: &'a Searcher) -> Provider<'a> {
        let &WithStatistics { field, statistics, general, length, ref counts, .. } = self;
        Provider { field, statistics, general, length, counts, searcher }
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

impl Clone for WithStatistics {
    fn clone(&self) -> WithStatistics {
        let &WithStatistics { ref inner, weight, field, statistics, general, length, ref counts } = self;
        WithStatistics { inner: inner.box_clone(), weight, field, statistics, general, length, counts: counts.clone() }
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
                let provider = self.provider(searcher);
                let inner = self.inner.weight(EnableScoring::enabled_from_statistics_provider(&provider, searcher))?;
                Ok(if self.weight == 1.0 { inner } else { Box::new(BoostWeight::new(inner, self.weight)) })
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
