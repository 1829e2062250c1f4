//! The assembler: turns a query plan into tantivy's queries for scoring, and into the condition by which passages match.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use foldhash::fast::RandomState;
use tantivy::DocId;
use tantivy::query::{BooleanQuery, Query};

use crate::engine::tantivy::articles::{ArticleHits, ArticleSet, common};
use crate::engine::tantivy::at_least::{CountedArticles, articles_with};
use crate::engine::tantivy::condition::Condition;
use crate::engine::tantivy::filter::filter_query;
use crate::engine::tantivy::grouped::AllHits;
use crate::engine::tantivy::lookup::pattern_query;
use crate::engine::tantivy::materialized::MaterializedQuery;
use crate::engine::tantivy::statistics::WithStatistics;
use crate::index::NewsIndex;
use crate::query::plan::GeneralText;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::query_plan::{MatchNode, QueryPlan, ScoringClause};

/// The assembler of one plan's queries. A pattern that takes positions is materialized once, for matching and for scoring.
pub(crate) struct Assembler<'a> {
    index: &'a NewsIndex,
    general: GeneralText,
    materialized: HashMap<(FieldId, &'a Pattern), Option<Box<dyn Query>>, RandomState>,
    /// The number of the first scoring clause of each pattern in a field, once [`Assembler::scoring`] has run.
    clauses: HashMap<(FieldId, &'a Pattern), usize, RandomState>,
    /// The filters beside the query, which every passage that is searched passes.
    filters: Vec<Box<dyn Query>>,
    /// The articles that meet each condition on articles, by the number of the condition.
    pub(crate) branches: BTreeMap<usize, ArticleSet>,
}

impl<'a> Assembler<'a> {
    pub(crate) fn new(index: &'a NewsIndex, general: GeneralText) -> Assembler<'a> {
        Assembler {
            index,
            general,
            materialized: HashMap::default(),
            clauses: HashMap::default(),
            filters: Vec::new(),
            branches: BTreeMap::new(),
        }
    }

    /// A query for each scoring clause, in their order; `None` for one that finds nothing.
    ///
    /// # Errors
    ///
    /// When the index cannot be read; so for all methods.
    pub(crate) fn scoring(&mut self, clauses: &'a [ScoringClause]) -> Result<Vec<Option<WithStatistics>>> {
        let statistics = self.index.statistics();
        let mut queries = Vec::with_capacity(clauses.len());
        for (at, clause) in clauses.iter().enumerate() {
            let query = self.pattern(clause.field, &clause.pattern)?;
            queries.push(query.map(|query| {
                self.clauses.entry((clause.field, &clause.pattern)).or_insert(at);
                let statistics = (statistics.of(clause.field), self.general);
                WithStatistics::weighted(query, statistics, clause, self.index.deleted())
            }));
        }
        Ok(queries)
    }

    /// The condition of a plan's hits.
    pub(crate) fn condition(&mut self, plan: &'a QueryPlan) -> Result<Condition> {
        let mut required = Vec::new();
        for filter in &plan.filters {
            required.push(self.matches(filter)?);
        }
        self.filters = required.iter().map(Condition::query).collect();
        required.push(self.matches(&plan.matches)?);
        Ok(Condition::both(required, Vec::new()))
    }

    /// The condition of a node.
    fn matches(&mut self, node: &'a MatchNode) -> Result<Condition> {
        if node.has_articles() {
            let hits = self.article_hits(node)?;
            return Ok(Condition::Query(Box::new(hits.into_query(self.index.searcher())?)));
        }
        match node {
            MatchNode::Nothing | MatchNode::InArticle { .. } => Ok(Condition::Nothing),
            MatchNode::All => Ok(Condition::All),
            MatchNode::Pattern { field, pattern } => {
                let query = self.pattern(*field, pattern)?;
                Ok(match (query, self.clauses.get(&(*field, pattern))) {
                    (None, _) => Condition::Nothing,
                    (Some(query), Some(&clause)) => Condition::Clause(clause, query),
                    (Some(query), None) => Condition::Query(query),
                })
            }
            MatchNode::AnyOf(nodes) => {
                Ok(Condition::any(nodes.iter().map(|node| self.matches(node)).collect::<Result<_>>()?))
            }
            MatchNode::AllOf { required, excluded } => {
                let required = required.iter().map(|node| self.matches(node)).collect::<Result<_>>()?;
                let excluded = excluded.iter().map(|node| self.excluded(node)).collect::<Result<_>>()?;
                Ok(Condition::both(required, excluded))
            }
            MatchNode::AtLeast { branch, times, patterns } => {
                let CountedArticles { passages, articles } = articles_with(self.index, patterns, *times)?;
                self.branches.insert(*branch, articles);
                Ok(Condition::Query(Box::new(MaterializedQuery::of_passages(passages))))
            }
            MatchNode::Filter(filter) => filter_query(filter, self.index).map(Condition::Query),
        }
    }

    /// The hits of a condition, in which conditions on articles are met by any of an article's passages.
    fn article_hits(&mut self, node: &'a MatchNode) -> Result<ArticleHits> {
        match node {
            MatchNode::InArticle { branch, required, excluded, optional } => {
                self.in_article(*branch, (required, optional), excluded)
            }
            // Passages that pass a filter are told apart from those with something to mark.
            MatchNode::AnyOf(nodes)
                if node.has_articles() || (!node.is_filter() && nodes.iter().any(MatchNode::is_filter)) =>
            {
                let all = nodes.iter().map(|node| self.article_hits(node)).collect::<Result<Vec<ArticleHits>>>()?;
                all.into_iter().reduce(ArticleHits::or).map_or_else(|| self.passage_hits(&MatchNode::Nothing), Ok)
            }
            MatchNode::Nothing
            | MatchNode::All
            | MatchNode::Pattern { .. }
            | MatchNode::AnyOf(_)
            | MatchNode::AllOf { .. }
            | MatchNode::AtLeast { .. }
            | MatchNode::Filter(_) => self.passage_hits(node),
        }
    }

    /// The hits of a condition that each passage meets by itself, among the passages that pass the filters beside the query.
    fn passage_hits(&mut self, node: &'a MatchNode) -> Result<ArticleHits> {
        let searcher = self.index.searcher();
        let mut passages: Vec<Vec<DocId>> = vec![Vec::new(); searcher.segment_readers().len()];
        let query = self.matches(node)?.query();
        let all = self.filters.iter().map(|filter| filter.box_clone()).chain([query]).collect();
        let found = searcher.search(&BooleanQuery::intersection(all), &AllHits);
        for (segment, found) in found.context("searching the index")? {
            passages[segment as usize] = found;
        }
        ArticleHits::of_passages(searcher, passages, node.is_filter() || *node == MatchNode::All)
    }

    /// The hits of a condition on articles. If nothing is required, they are all passages but those of excluded articles.
    fn in_article(
        &mut self,
        branch: usize,
        (required, optional): (&'a [MatchNode], &'a [MatchNode]),
        excluded: &'a [MatchNode],
    ) -> Result<ArticleHits> {
        let mut met: Option<ArticleHits> = None;
        let mut passing: Option<Vec<Vec<DocId>>> = None;
        for node in required {
            let hits = self.article_hits(node)?;
            if node.is_filter() {
                let more = hits.passing();
                passing = Some(match passing {
                    None => more,
                    Some(passing) => passing.into_iter().zip(more).map(|(one, other)| common(one, &other)).collect(),
                });
            }
            met = Some(match met {
                None => hits,
                Some(met) => met.and(hits),
            });
        }
        let mut hits = match met {
            Some(met) => met,
            None => self.passage_hits(&MatchNode::All)?,
        };
        for node in excluded {
            hits = hits.and_not(self.article_hits(node)?);
        }
        for node in optional {
            hits = hits.beside(self.article_hits(node)?);
        }
        hits.keep_passages(self.index.searcher(), passing.as_deref())?;
        self.branches.insert(branch, hits.articles());
        Ok(hits)
    }

    /// A condition by which passages are excluded. tantivy asks an exclusion for passages before the one that it stands at, and
    /// its ranges within an intersection subtract the one from the other, which overflows. So a combination with a range of
    /// dates or lengths is materialized.
    fn excluded(&mut self, node: &'a MatchNode) -> Result<Condition> {
        let condition = self.matches(node)?;
        if !node.combines_ranges() {
            return Ok(condition);
        }
        let hits = MaterializedQuery::of_hits(&*condition.query(), self.index.searcher())?;
        Ok(Condition::Query(Box::new(hits)))
    }

    fn pattern(&mut self, field: FieldId, pattern: &'a Pattern) -> Result<Option<Box<dyn Query>>> {
        if matches!(pattern, Pattern::Term(_) | Pattern::CompoundPart(_)) {
            // A single term needs no materialized query.
            return pattern_query(self.index, field, pattern);
        }
        if let Some(known) = self.materialized.get(&(field, pattern)) {
            return Ok(known.as_ref().map(|query| query.box_clone()));
        }
        let query = pattern_query(self.index, field, pattern)?;
        self.materialized.insert((field, pattern), query.as_ref().map(|query| query.box_clone()));
        Ok(query)
    }
}
