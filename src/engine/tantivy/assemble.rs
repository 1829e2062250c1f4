//! The assembler: turns a query plan into tantivy's queries, for matching, for scoring, and for both in one, which the
//! collectors run.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use foldhash::fast::RandomState;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query};

use crate::engine::tantivy::articles::ArticleSet;
use crate::engine::tantivy::filter::filter_query;
use crate::engine::tantivy::lookup::pattern_query;
use crate::engine::tantivy::materialized::MaterializedQuery;
use crate::engine::tantivy::statistics::WithStatistics;
use crate::index::NewsIndex;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::query_plan::{MatchNode, QueryPlan, ScoringClause};

/// The assembler of one plan's queries. A pattern that takes positions is materialized once, for matching and for scoring.
pub(crate) struct Assembler<'a> {
    pub(crate) index: &'a NewsIndex,
    materialized: HashMap<(FieldId, &'a Pattern), Option<Box<dyn Query>>, RandomState>,
    /// The filters beside the query, which every passage that is searched passes.
    pub(crate) filters: Vec<Box<dyn Query>>,
    /// The articles that meet each condition on articles, by the number of the condition.
    pub(crate) branches: BTreeMap<usize, ArticleSet>,
}

impl<'a> Assembler<'a> {
    pub(crate) fn new(index: &'a NewsIndex) -> Assembler<'a> {
        Assembler { index, materialized: HashMap::default(), filters: Vec::new(), branches: BTreeMap::new() }
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
                Some(query) => {
                    WithStatistics::weighted(query, statistics.of(clause.field), clause, self.index.deleted())
                }
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
    pub(crate) fn matches(&mut self, node: &'a MatchNode) -> Result<Option<Box<dyn Query>>> {
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
            MatchNode::Filter(filter) => filter_query(filter, self.index).map(Some),
        }
    }

    /// The query for the passages that meet a condition by which they are excluded. tantivy asks an exclusion for passages before
    /// the one that it stands at, and its ranges within an intersection subtract the one from the other, which overflows. So a
    /// combination with a range of dates is materialized.
    fn excluded(&mut self, node: &'a MatchNode) -> Result<Option<Box<dyn Query>>> {
        let query = self.matches(node)?;
        match query {
            Some(query) if node.combines_dates() => {
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
