//! A prepared plan: tantivy's queries, ready to be collected, scored and counted.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use tantivy::DocAddress;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;

use crate::engine::tantivy::articles::ArticleSet;
use crate::engine::tantivy::assemble::Assembler;
use crate::engine::tantivy::condition::Condition;
use crate::engine::tantivy::count::count_hits;
use crate::engine::tantivy::document_ids::ids_of_hits;
use crate::engine::tantivy::group_counts::GroupCounts;
use crate::engine::tantivy::grouped::GroupedHits;
use crate::engine::tantivy::grouping::{Grouping, document_of, story_key};
use crate::engine::tantivy::keys::{address_of, key_of};
use crate::engine::tantivy::max_score::best_passages;
use crate::engine::tantivy::newest::{Newest, put_newest_first};
use crate::engine::tantivy::positions::{by_segment, positions_of, with_field};
use crate::engine::tantivy::rank::{each_score, rank_candidates, rank_scored, weight_of};
use crate::engine::tantivy::segment_candidates::CandidateCollector;
use crate::engine::tantivy::statistics::WithStatistics;
use crate::engine::tantivy::values::{periods_of, texts_of};
use crate::engine::{
    AllResults, CandidateOptions, Candidates, ClauseList, Granularity, PassageKey, Period, PreparedQuery, ResultUnit,
    SortOrder, TermPosition, Values,
};
use crate::index::NewsIndex;
use crate::query::plan::{Proximity, QueryPlan};

/// A plan with its queries, assembled for an index.
pub(crate) struct TantivyQuery<'q> {
    index: &'q NewsIndex,
    plan: &'q QueryPlan,
    /// What makes a passage a hit.
    condition: Condition,
    /// One query for each scoring clause; `None` for one that finds nothing.
    scoring: Vec<Option<WithStatistics>>,
    /// The articles that meet each condition on articles.
    branches: BTreeMap<usize, ArticleSet>,
}

impl<'q> TantivyQuery<'q> {
    /// Assembles a plan.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn new(index: &'q NewsIndex, plan: &'q QueryPlan) -> Result<TantivyQuery<'q>> {
        let mut assembler = Assembler::new(index, plan.general);
        let scoring = assembler.scoring(&plan.scoring)?;
        let condition = assembler.condition(plan)?;
        Ok(TantivyQuery { index, plan, condition, scoring, branches: assembler.branches })
    }
}

impl PreparedQuery for TantivyQuery<'_> {
    fn candidates(&self, options: &CandidateOptions) -> Result<Candidates> {
        let searcher = self.index.searcher();
        let &CandidateOptions { limit, order, unit, counted } = options;
        let grouping = Grouping::new(unit, self.index)?;
        let by_passage = unit == ResultUnit::Passage;
        let (mut ranked, found) = match order {
            SortOrder::Score => {
                let best = best_passages(self.index, &self.scoring, &self.condition, limit, &grouping);
                let mut ranked = rank_scored(searcher, best.context("searching the index")?, &grouping)?;
                if by_passage {
                    ranked.truncate(limit);
                }
                let counts = CandidateCollector(GroupCounts(&grouping));
                let is_counted = counted && !by_passage;
                let found = is_counted.then(|| searcher.search(&self.condition.query(), &counts)).transpose();
                (ranked, found.context("counting the hits")?.unwrap_or_default())
            }
            SortOrder::Date => {
                let newest = CandidateCollector(Newest { limit, grouping: &grouping });
                let found = searcher.search(&self.condition.query(), &newest).context("searching the index")?;
                // The best is not the first.
                (rank_candidates(searcher, &found.passages, &self.scoring, &grouping)?, found)
            }
        };
        if order == SortOrder::Date {
            put_newest_first(searcher, &mut ranked).context("ranking the hits")?;
        }
        let groups = found.documents + found.stories.len() as u64;
        let stories: BTreeMap<_, _> =
            found.stories.into_iter().map(|(story, documents)| (story_key(story), documents)).collect();
        Ok(Candidates { ranked, groups, stories })
    }

    fn clause_scores(
        &self,
        clauses: ClauseList,
        keys: &[PassageKey],
        found: &mut dyn FnMut(usize, usize, f64),
    ) -> Result<()> {
        let prefixes;
        let queries = match clauses {
            ClauseList::Scoring => &self.scoring,
            ClauseList::RerankPrefixes => {
                prefixes = Assembler::new(self.index, self.plan.general).scoring(&self.plan.rerank.prefixes)?;
                &prefixes
            }
        };
        let searcher = self.index.searcher();
        let segments = by_segment(keys);
        for (clause, query) in queries.iter().enumerate() {
            let Some(query) = query else {
                continue;
            };
            let mut weight = None;
            for (&segment, passages) in &segments {
                let reader = searcher.segment_reader(segment);
                let passages = match query.inner().downcast_ref::<TermQuery>() {
                    Some(term) => &with_field(reader, term.term().field(), passages)?,
                    None => passages,
                };
                if passages.is_empty() {
                    continue;
                }
                let weight = match &weight {
                    Some(weight) => weight,
                    None => weight.insert(weight_of(searcher, query)?),
                };
                let docs: Vec<_> = passages.iter().map(|&(doc, _)| doc).collect();
                let mut found = |at: usize, score| found(clause, passages[at].1, score);
                each_score(weight.as_ref(), reader, &docs, &mut found).context("ranking the hits")?;
            }
        }
        Ok(())
    }

    fn positions(&self, proximity: &Proximity, keys: &[PassageKey]) -> Result<Vec<Vec<TermPosition>>> {
        positions_of(self.index.searcher(), self.index.fields(), proximity, keys)
    }

    fn branches(&self, keys: &[PassageKey]) -> Result<Vec<BTreeSet<usize>>> {
        let searcher = self.index.searcher();
        let mut met = vec![BTreeSet::new(); keys.len()];
        if self.branches.is_empty() {
            return Ok(met);
        }
        for (met, &key) in met.iter_mut().zip(keys) {
            let DocAddress { segment_ord, doc_id } = address_of(key);
            let ids = searcher.segment_reader(segment_ord).fast_fields().str("id");
            let Some(ids) = ids.context("reading the ids of the documents")? else {
                continue;
            };
            let article = document_of(&ids, doc_id) as usize;
            let is_met = |articles: &ArticleSet| articles[segment_ord as usize].get(article) == Some(&true);
            met.extend(self.branches.iter().filter(|(_, articles)| is_met(articles)).map(|(&branch, _)| branch));
        }
        Ok(met)
    }

    fn count(&self, limit: u64) -> Result<Option<u64>> {
        count_hits(self.index.searcher(), &self.condition, limit).context("counting the hits")
    }

    fn passages(&self) -> Result<Vec<PassageKey>> {
        let found =
            self.index.searcher().search(&self.condition.query(), &DocSetCollector).context("searching the index")?;
        let mut keys: Vec<PassageKey> = found.into_iter().map(key_of).collect();
        keys.sort_unstable();
        Ok(keys)
    }

    fn documents(&self) -> Result<Vec<String>> {
        ids_of_hits(self.index, &*self.condition.query())
    }

    fn results(&self, unit: ResultUnit) -> Result<Box<dyn AllResults + '_>> {
        let grouping = Grouping::new(unit, self.index)?;
        let hits = GroupedHits::collect(self.index.searcher(), &*self.condition.query(), &grouping)?;
        Ok(Box::new(TantivyResults { index: self.index, hits }))
    }
}

/// All hits of a query, grouped into results.
struct TantivyResults<'q> {
    index: &'q NewsIndex,
    hits: GroupedHits,
}

impl AllResults for TantivyResults<'_> {
    fn number(&self) -> u64 {
        self.hits.groups
    }

    fn texts(&self, column: &str) -> Result<Values<String>> {
        texts_of(self.index.searcher(), &self.hits, column)
    }

    fn periods(&self, by: Granularity) -> Result<Values<Period>> {
        periods_of(self.index.searcher(), &self.hits, by)
    }
}
