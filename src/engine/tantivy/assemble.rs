//! The assembler: turns a query plan into tantivy's queries, for matching, for scoring, and for both in one, which the
//! collectors run.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use foldhash::fast::RandomState;
use tantivy::DocId;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query};

use crate::engine::tantivy::articles::{ArticleHits, ArticleSet, common};
use crate::engine::tantivy::at_least::{CountedArticles, articles_with};
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
    /// The filters beside the query, which every passage that is searched passes.
    filters: Vec<Box<dyn Query>>,
    /// The articles that meet each condition on articles, by the number of the condition.
    pub(crate) branches: BTreeMap<usize, ArticleSet>,
}

impl<'a> Assembler<'a> {
    pub(crate) fn new(index: &'a NewsIndex, general: GeneralText) -> Assembler<'a> {
        Assembler { index, general, materialized: HashMap::default(), filters: Vec::new(), branches: BTreeMap::new() }
    }

    /// A query for each scoring clause, in their order.
    ///
    /// # Errors
    ///
    /// When the index cannot be read; so for all methods.
    pub(crate) fn scoring(&mut self, clauses: &'a [ScoringClause]) -> Result<Vec<Box<dyn Query>>> {
        let statistics = self.index.statistics();
        let mut queries: Vec<Box<dyn Query>> = Vec::with_capacity(clauses.len());
        for clause in clauses {
            queries.push(match self.pattern(clause.field, &clause.pattern)? {
                Some(query) => WithStatistics::weighted(
                    query,
                    (statistics.of(clause.field), self.general),
                    clause,
                    self.index.deleted(),
                ),
                None => Box::new(EmptyQuery),
            });
        }
        Ok(queries)
    }

    /// The query for the hits of a plan; its scores, which are the sums of `scoring`, order them roughly.
    pub(crate) fn whole(&mut self, plan: &'a QueryPlan, scoring: &[Box<dyn Query>]) -> Result<Box<dyn Query>> {
        let mut required: Vec<Box<dyn Query>> = Vec::new();
        for filter in &plan.filters {
            required.push(self.matches(filter)?.unwrap_or_else(|| Box::new(EmptyQuery)));
        }
        self.filters = required.iter().map(|filter| filter.box_clone()).collect();
        if plan.matches == MatchNode::All && scoring.is_empty() {
            let has_filters = !required.is_empty();
            return Ok(if has_filters { Box::new(BooleanQuery::intersection(required)) } else { Box::new(AllQuery) });
        }
        // In a plain union of everything, tantivy may skip passages that cannot reach the top.
        let is_plain = plan.is_union && required.is_empty() && !scoring.is_empty();
        if !is_plain {
            required.push(self.matches(&plan.matches)?.unwrap_or_else(|| Box::new(EmptyQuery)));
        }
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            scoring.iter().map(|clause| (Occur::Should, clause.box_clone())).collect();
        if is_plain && clauses.len() == 1 {
            // tantivy turns a single optional clause into a required one, in which it skips nothing.
            clauses.push((Occur::Should, Box::new(EmptyQuery)));
        }
        let unscored = |query: Box<dyn Query>| -> Box<dyn Query> { Box::new(ConstScoreQuery::new(query, 0.0)) };
        clauses.extend(required.into_iter().map(|query| (Occur::Must, unscored(query))));
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// The query for the passages that meet a condition; `None` if there cannot be any.
    fn matches(&mut self, node: &'a MatchNode) -> Result<Option<Box<dyn Query>>> {
        if node.has_articles() {
            let hits = self.article_hits(node)?;
            return Ok(Some(Box::new(hits.into_query(self.index.searcher())?)));
        }
        match node {
            MatchNode::Nothing => Ok(None),
            MatchNode::All => Ok(Some(Box::new(AllQuery))),
            MatchNode::Pattern { field, pattern } => self.pattern(*field, pattern),
            MatchNode::AnyOf(nodes) => {
                let mut any = Vec::with_capacity(nodes.len());
                for node in nodes {
                    any.extend(self.matches(node)?);
                }
                Ok((!any.is_empty()).then(|| Box::new(BooleanQuery::union(any)) as Box<dyn Query>))
            }
            MatchNode::AllOf { required, excluded } => {
                let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
                if required.is_empty() {
                    clauses.push((Occur::Must, Box::new(AllQuery)));
                }
                for node in required {
                    let Some(query) = self.matches(node)? else {
                        return Ok(None);
                    };
                    clauses.push((Occur::Must, query));
                }
                for node in excluded {
                    clauses.extend(self.excluded(node)?.map(|query| (Occur::MustNot, query)));
                }
                Ok(Some(Box::new(BooleanQuery::new(clauses))))
            }
            MatchNode::InArticle { .. } => Ok(None),
            MatchNode::AtLeast { branch, times, patterns } => {
                let CountedArticles { passages, articles } = articles_with(self.index, patterns, *times)?;
                self.branches.insert(*branch, articles);
                Ok(Some(Box::new(MaterializedQuery::of_passages(passages))))
            }
            MatchNode::Filter(filter) => filter_query(filter, self.index).map(Some),
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
        if let Some(query) = self.matches(node)? {
            let all = self.filters.iter().map(|filter| filter.box_clone()).chain([query]).collect();
            let found = searcher.search(&BooleanQuery::intersection(all), &AllHits);
            for (segment, found) in found.context("searching the index")? {
                passages[segment as usize] = found;
            }
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

    /// The query for the passages that meet a condition by which they are excluded. tantivy asks an exclusion for passages before
    /// the one that it stands at, and its ranges within an intersection subtract the one from the other, which overflows. So a
    /// combination with a range of dates or lengths is materialized.
    fn excluded(&mut self, node: &'a MatchNode) -> Result<Option<Box<dyn Query>>> {
        let query = self.matches(node)?;
        match query {
            Some(query) if node.combines_ranges() => {
                let searcher = self.index.searcher();
                Ok(Some(Box::new(MaterializedQuery::of_hits(&*query, searcher)?)))
            }
            query => Ok(query),
        }
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
