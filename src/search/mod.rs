//! Running a query: collect candidates (`top`, or `newest` by date), put them in exact order (`rank`), read and mark those asked for
//! (`hit`, and [`crate::highlight`]); `explain` says why, `nearest` what to ask when there is no hit. All hits are counted
//! (`grouped`, `values`) by what is known of them (`facets`) and over time (`timeline`, `period`).

pub(crate) mod explain;
pub(crate) mod facets;
pub(crate) mod hit;
pub(crate) mod period;
pub(crate) mod proximity;
pub(crate) mod rank;
pub(crate) mod rerank;
pub(crate) mod sort;
pub(crate) mod story;
pub(crate) mod suggestion;
pub(crate) mod timeline;

use std::collections::HashSet;

use anyhow::{Context, Result};
use tantivy::collector::Count;

use crate::engine::tantivy::documents::ids_of_hits;
use crate::engine::tantivy::grouped::GroupedHits;
use crate::engine::tantivy::newest::{Newest, put_newest_first};
use crate::engine::tantivy::top::Candidates;
use crate::highlight::Locator;
use crate::index::NewsIndex;
use crate::query::compile::{Ranking, compile_query};
use crate::query::syntax::{QueryAst, QueryOptions};
use crate::search::explain::{explain_query, score_parts};
use crate::search::facets::count_facets;
use crate::search::rank::rank_candidates;
use crate::search::rerank::rerank_best;
use crate::search::story::story_of;
use crate::search::suggestion::suggest_query;
use crate::search::timeline::count_by_time;
use crate::text::analysis::{self, Analyzer};
use crate::text::glossary::Glossary;

use crate::engine::tantivy::grouping::Grouping;
pub use crate::search::explain::{ExplainedLeaf, ExplainedReading, Explanation, ScorePart};
pub use crate::search::facets::{Facet, FacetField, FacetValue};

pub use crate::engine::tantivy::grouping::ResultUnit;
pub use crate::search::hit::{Hit, SearchResults};
pub use crate::search::period::{Granularity, Period};
pub use crate::search::sort::SortOrder;
pub use crate::search::story::{HitStory, OtherDocument};
pub use crate::search::suggestion::{Change, Suggestion};
pub use crate::search::timeline::{Tally, Timeline, TimelineOptions};

/// What to return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchOptions {
    /// Results at most.
    pub limit: usize,
    /// Results to pass over before the first.
    pub offset: usize,
    /// Passages, documents or stories.
    pub unit: ResultUnit,
    /// Best or latest first.
    pub sort: SortOrder,
    /// How the query is to be understood: filters, and whether every word is required.
    pub query: QueryOptions,
    /// Whether to count all results, which looks at every one of them.
    pub count: bool,
    /// Whether to mark what was matched in the hits, which reads their texts again.
    pub highlight: bool,
    /// Whether to explain the query and every score, which looks everything up once more.
    pub explain: bool,
    /// What to count all results by, in this order.
    pub facets: Vec<FacetField>,
    /// Values of each to return at most, the most frequent; 0 for all.
    pub facet_limit: usize,
}

impl Default for SearchOptions {
    fn default() -> SearchOptions {
        SearchOptions {
            limit: 10,
            offset: 0,
            unit: ResultUnit::Passage,
            sort: SortOrder::Score,
            query: QueryOptions::default(),
            count: false,
            highlight: true,
            explain: false,
            facets: Vec::new(),
            facet_limit: 10,
        }
    }
}

/// Searches one index.
pub struct NewsSearcher<'a> {
    index: &'a NewsIndex,
    ranking: &'a Ranking,
    glossary: &'a Glossary,
    analyzer: Analyzer,
}

impl<'a> NewsSearcher<'a> {
    /// A searcher; dictionaries are loaded when a query first needs them.
    pub fn new(
        index: &'a NewsIndex,
        analysis: &analysis::Options,
        ranking: &'a Ranking,
        glossary: &'a Glossary,
    ) -> NewsSearcher<'a> {
        NewsSearcher { index, ranking, glossary, analyzer: Analyzer::for_queries(analysis) }
    }

    /// The index that is searched.
    pub fn index(&self) -> &NewsIndex {
        self.index
    }

    /// Runs a query. `None`: it holds no word and no character that could be looked up.
    ///
    /// # Errors
    ///
    /// When the index or an embedded dictionary cannot be read.
    pub fn search(&self, ast: &QueryAst, options: &SearchOptions) -> Result<Option<SearchResults>> {
        let Some(compiled) =
            compile_query(ast, &options.query, self.index, &self.analyzer, self.ranking, self.glossary)?
        else {
            return Ok(None);
        };
        let searcher = self.index.searcher();
        let limit = options.offset.saturating_add(options.limit);
        let by_date = options.sort == SortOrder::Date;
        let is_refined = !compiled.refinements.is_empty() && options.limit > 0 && !by_date;
        let refined = if is_refined { self.ranking.refined } else { 0 };
        let best = limit.max(refined);
        let grouping = Grouping::new(options.unit, self.index)?;
        let found = if by_date {
            searcher.search(&compiled.query, &Newest { limit, grouping: &grouping })
        } else {
            searcher.search(&compiled.query, &Candidates { limit: best, grouping: &grouping })
        };
        let found = found.context("searching the index")?;
        // Who counts all by something knows how many there are.
        let all = (!options.facets.is_empty())
            .then(|| GroupedHits::collect(searcher, &compiled.query, &grouping))
            .transpose()?;
        let total = match (options.count, options.unit) {
            _ if all.is_some() => all.as_ref().map(|all| all.groups),
            (false, _) => None,
            (true, ResultUnit::Document | ResultUnit::Story) => Some(found.documents + found.stories.len() as u64),
            (true, ResultUnit::Passage) => {
                Some(searcher.search(&compiled.query, &Count).context("counting the hits")? as u64)
            }
        };
        // By date, the best is not the first.
        let kept = if by_date { usize::MAX } else { best };
        let mut ranked = rank_candidates(searcher, &found.passages, &compiled.evidence, &grouping, kept)?;
        if by_date {
            put_newest_first(searcher, &mut ranked).context("ranking the hits")?;
        } else {
            rerank_best(searcher, &mut ranked, &compiled.refinements, refined)?;
        }
        if options.unit != ResultUnit::Passage {
            let mut seen = HashSet::new();
            ranked.retain(|ranked| seen.insert(ranked.group));
        }
        ranked.truncate(limit);
        let locator = options.highlight.then(|| Locator::new(&compiled.plan, &self.analyzer));
        let mut hits = Vec::new();
        for (at, ranked) in ranked.into_iter().enumerate().skip(options.offset) {
            let (passage, text) = self.index.passage(ranked.address)?;
            let marked = locator.as_ref().map(|locator| locator.locate(&passage, &text)).transpose()?;
            let marked = marked.unwrap_or_default();
            let parts = options.explain.then(|| score_parts(searcher, &ranked, &compiled));
            let story = match options.unit {
                ResultUnit::Story => Some(story_of(&ranked, &passage.id, &grouping, &found.stories, self.index)?),
                ResultUnit::Passage | ResultUnit::Document => None,
            };
            hits.push(Hit {
                rank: at + 1,
                score: ranked.score,
                passage,
                text,
                title_highlights: marked.title,
                highlights: marked.text,
                title_expanded: marked.title_expanded,
                expanded: marked.text_expanded,
                score_parts: parts.transpose()?,
                story,
            });
        }
        let explanation =
            options.explain.then(|| explain_query(ast, &compiled, self.index, &self.analyzer)).transpose()?;
        let facets = all.map(|all| count_facets(searcher, &all, &options.facets, options.facet_limit));
        let facets = facets.transpose()?.unwrap_or_default();
        Ok(Some(SearchResults { total, expansions: compiled.expansions, hits, explanation, facets }))
    }

    /// The ids of all documents with a hit, in order, each once. `None`: the query holds no word and no character that could
    /// be looked up.
    ///
    /// # Errors
    ///
    /// As [`NewsSearcher::search`].
    pub fn documents(&self, ast: &QueryAst, options: &QueryOptions) -> Result<Option<Vec<String>>> {
        let compiled = compile_query(ast, options, self.index, &self.analyzer, self.ranking, self.glossary)?;
        compiled.map(|compiled| ids_of_hits(self.index, &compiled.query)).transpose()
    }

    /// Counts the hits of a query over time, or without a query all that passes the filters. `None`: the query holds no
    /// word and no character that could be looked up.
    ///
    /// # Errors
    ///
    /// As [`NewsSearcher::search`].
    pub fn timeline(&self, ast: Option<&QueryAst>, options: &TimelineOptions) -> Result<Option<Timeline>> {
        let searcher = self.index.searcher();
        let grouping = Grouping::new(options.unit, self.index)?;
        let all = GroupedHits::collect(searcher, &options.query.filters.query(self.index)?, &grouping)?;
        let Some(ast) = ast else {
            return count_by_time(searcher, &all, &all, options.by).map(Some);
        };
        let Some(compiled) =
            compile_query(ast, &options.query, self.index, &self.analyzer, self.ranking, self.glossary)?
        else {
            return Ok(None);
        };
        let hits = GroupedHits::collect(searcher, &compiled.query, &grouping)?;
        count_by_time(searcher, &hits, &all, options.by).map(Some)
    }

    /// For a query without hits: what emptied the result, and the nearest query that has hits, if there is one.
    ///
    /// # Errors
    ///
    /// As [`NewsSearcher::search`].
    pub fn nearest(&self, ast: &QueryAst, options: &QueryOptions) -> Result<Option<Suggestion>> {
        suggest_query(ast, options, &mut |ast, options| {
            let Some(compiled) = compile_query(ast, options, self.index, &self.analyzer, self.ranking, self.glossary)?
            else {
                return Ok(0);
            };
            Ok(self.index.searcher().search(&compiled.query, &Count).context("counting the hits")? as u64)
        })
    }
}
