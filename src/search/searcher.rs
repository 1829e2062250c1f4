//! The searcher: answers queries over one state of an index.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::Result;

use crate::engine::{
    Candidate, CandidateOptions, Candidates, Engine, PassageKey, PreparedQuery, ResultUnit, SortOrder,
};
use crate::guard::guarded;
use crate::highlight::{Locator, Matches};
use crate::query::compile::{Ranking, compile_query};
use crate::query::plan::{QueryPlan, WildcardCut};
use crate::query::syntax::concepts::check_concepts;
use crate::query::syntax::{QueryAst, QueryOptions, QuerySyntaxError};
use crate::search::explain::{explain_query, score_parts};
use crate::search::facets::count_facets;
use crate::search::hit::{Hit, SearchResults, of_stored};
use crate::search::options::SearchOptions;
use crate::search::relaxation::Suggestion;
use crate::search::rerank::rerank_best;
use crate::search::stages::{Stage, StageClock, StageTimes};
use crate::search::story::story_of;
use crate::search::suggestion::suggest_query;
use crate::search::timeline::{Timeline, TimelineOptions, count_by_time};
use crate::text::analysis::{self, Analyzer};
use crate::text::glossary::Glossary;

/// A searcher over one index. It owns its parts and can be shared between threads; cloning it is cheap.
#[derive(Clone)]
pub struct Searcher {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) analyzer: Arc<Analyzer>,
    ranking: Arc<Ranking>,
    glossary: Arc<Glossary>,
}

impl Searcher {
    /// Makes a searcher over an opened index; dictionaries are loaded when a query first needs them.
    pub fn new(
        engine: Arc<dyn Engine>,
        analysis: &analysis::Options,
        ranking: &Ranking,
        glossary: &Glossary,
    ) -> Searcher {
        Searcher {
            engine,
            analyzer: Arc::new(Analyzer::for_queries(analysis)),
            ranking: Arc::new(ranking.clone()),
            glossary: Arc::new(glossary.clone()),
        }
    }

    /// The same searcher over another state of the index; loaded dictionaries stay loaded.
    pub(crate) fn over(&self, engine: Arc<dyn Engine>) -> Searcher {
        Searcher { engine, ..self.clone() }
    }

    /// Answers a query. `None` if it has no word and no character that could be looked up.
    ///
    /// # Errors
    ///
    /// When the index or an embedded dictionary cannot be read, and when reading a damaged index stops unexpectedly
    /// ([`Error::Bug`](crate::error::Error::Bug)).
    pub fn answer(&self, ast: &QueryAst, options: &SearchOptions) -> Result<Option<SearchResults>> {
        Ok(self.answer_timed(ast, options)?.map(|(results, _)| results))
    }

    /// Answers a query as [`Searcher::answer`] does, and says how long each stage took.
    ///
    /// # Errors
    ///
    /// As [`Searcher::answer`].
    pub fn answer_timed(&self, ast: &QueryAst, options: &SearchOptions) -> Result<Option<(SearchResults, StageTimes)>> {
        guarded(|| {
            let mut clock = StageClock::start();
            let plan = self.compile(ast, &options.query, options.unit)?;
            clock.ends(Stage::Compiled);
            let results = plan.map(|plan| self.run(ast, &plan, options, &mut clock)).transpose()?;
            Ok(results.map(|results| (results, clock.times())))
        })
    }

    /// The ids of all documents with a hit, in order, each once. `None` if the query has no word and no character that
    /// could be looked up.
    ///
    /// # Errors
    ///
    /// As [`Searcher::answer`].
    pub fn documents(&self, ast: &QueryAst, options: &QueryOptions) -> Result<Option<Vec<String>>> {
        guarded(|| {
            let plan = self.compile(ast, options, ResultUnit::Document)?;
            plan.map(|plan| self.engine.prepare(&plan)?.documents()).transpose()
        })
    }

    /// Counts the hits of a query over time, beside everything that passes the filters. `None` if the query has no word and no
    /// character that could be looked up.
    ///
    /// # Errors
    ///
    /// As [`Searcher::answer`].
    pub fn timeline(&self, ast: &QueryAst, options: &TimelineOptions) -> Result<Option<Timeline>> {
        guarded(|| {
            let Some(plan) = self.compile(ast, &options.query, options.unit)? else {
                return Ok(None);
            };
            let everything = QueryPlan::of_filters(&options.query.filters);
            let (prepared, everything) = (self.engine.prepare(&plan)?, self.engine.prepare(&everything)?);
            let (hits, all) = (prepared.results(options.unit)?, everything.results(options.unit)?);
            count_by_time(&*hits, &*all, options.by).map(Some)
        })
    }

    /// Counts everything that passes the filters over time.
    ///
    /// # Errors
    ///
    /// As [`Searcher::answer`].
    pub fn timeline_of_everything(&self, options: &TimelineOptions) -> Result<Timeline> {
        guarded(|| {
            let everything = QueryPlan::of_filters(&options.query.filters);
            let everything = self.engine.prepare(&everything)?;
            let all = everything.results(options.unit)?;
            count_by_time(&*all, &*all, options.by)
        })
    }

    /// The words with wildcards of a query that more surface forms match than are searched.
    ///
    /// # Errors
    ///
    /// As [`Searcher::answer`].
    pub fn cuts(&self, ast: &QueryAst, options: &QueryOptions) -> Result<Vec<WildcardCut>> {
        if !ast.leaves().any(|leaf| matches!(leaf, QueryAst::Wildcard(_))) {
            return Ok(Vec::new());
        }
        let plan = guarded(|| self.compile(ast, options, ResultUnit::Passage))?;
        Ok(plan.map(|plan| plan.cuts).unwrap_or_default())
    }

    /// Suggests a query, for one without hits: the clause that emptied the result, and the most similar query that has
    /// hits, if there is one.
    ///
    /// # Errors
    ///
    /// As [`Searcher::answer`].
    pub fn suggestion(&self, ast: &QueryAst, options: &SearchOptions) -> Result<Option<Suggestion>> {
        let SearchOptions { query: options, unit, .. } = options;
        let mut count = |ast: &QueryAst, options: &QueryOptions| match self.compile(ast, options, *unit)? {
            Some(plan) => self.engine.prepare(&plan)?.count(),
            None => Ok(0),
        };
        guarded(|| suggest_query(ast, options, &mut count))
    }

    /// Checks that the glossary has the concepts that a query filters by; `text` is the query as typed.
    ///
    /// # Errors
    ///
    /// When it has not.
    pub(crate) fn check_concepts(&self, text: &str, ast: &QueryAst) -> Result<(), QuerySyntaxError> {
        check_concepts(text, ast, &self.glossary)
    }

    /// Compiles a query. `None` if it has no word and no character that could be looked up.
    ///
    /// # Errors
    ///
    /// As [`Searcher::answer`].
    pub(crate) fn compile(
        &self,
        ast: &QueryAst,
        options: &QueryOptions,
        unit: ResultUnit,
    ) -> Result<Option<QueryPlan>> {
        compile_query(ast, options, unit.is_of_articles(), &*self.engine, &self.analyzer, &self.ranking, &self.glossary)
    }

    fn run(
        &self,
        ast: &QueryAst,
        plan: &QueryPlan,
        options: &SearchOptions,
        clock: &mut StageClock,
    ) -> Result<SearchResults> {
        let prepared = self.engine.prepare(plan)?;
        let limit = options.offset.saturating_add(options.limit);
        let is_reranked = !plan.rerank.is_empty() && options.limit > 0 && options.sort == SortOrder::Score;
        let depth = if is_reranked { self.ranking.rerank_depth } else { 0 };
        let wanted = CandidateOptions {
            limit: if options.sort == SortOrder::Score { limit.max(depth) } else { limit },
            order: options.sort,
            unit: options.unit,
        };
        let Candidates { mut ranked, groups, stories } = prepared.candidates(&wanted)?;
        clock.ends(Stage::Found);
        // Facet counting visits every hit, so the total is known.
        let all = (!options.facets.is_empty()).then(|| prepared.results(options.unit)).transpose()?;
        let total = match (&all, options.count, options.unit) {
            (Some(all), ..) => Some(all.number()),
            (None, false, _) => None,
            (None, true, ResultUnit::Document | ResultUnit::Story) => Some(groups),
            (None, true, ResultUnit::Passage) => Some(prepared.count()?),
        };
        clock.ends(Stage::Counted);
        let reranked = rerank_best(&*self.engine, &*prepared, &plan.rerank, depth, &mut ranked)?;
        if options.unit != ResultUnit::Passage {
            let mut seen = HashSet::new();
            ranked.retain(|candidate| seen.insert(candidate.group));
        }
        ranked.truncate(limit);
        let shown = ranked.get(options.offset..).unwrap_or_default();
        clock.ends(Stage::Found);
        let mut hits = self.read(shown, plan, &*prepared, options, clock)?;
        for (hit, candidate) in hits.iter_mut().zip(shown) {
            if options.explain {
                let is_reranked = reranked.contains(&candidate.key);
                hit.score_parts = Some(score_parts(&*prepared, candidate.key, plan, is_reranked)?);
            }
            if options.unit == ResultUnit::Story {
                hit.story = Some(story_of(&*self.engine, candidate.group, &hit.document.id, &stories)?);
            }
        }
        let explanation =
            options.explain.then(|| explain_query(ast, plan, &*self.engine, &self.analyzer)).transpose()?;
        clock.ends(Stage::Marked);
        let facets = all.map(|all| count_facets(&*all, &options.facets, options.facet_limit));
        let facets = facets.transpose()?.unwrap_or_default();
        clock.ends(Stage::Counted);
        let (expansions, cuts) = (plan.expansions.clone(), plan.cuts.clone());
        Ok(SearchResults { total, expansions, cuts, hits, explanation, facets })
    }

    /// Reads candidates and marks the matches in them.
    fn read(
        &self,
        shown: &[Candidate],
        plan: &QueryPlan,
        prepared: &dyn PreparedQuery,
        options: &SearchOptions,
        clock: &mut StageClock,
    ) -> Result<Vec<Hit>> {
        let locator = options.highlight.then(|| Locator::new(&plan.highlight, &self.analyzer));
        let keys: Vec<PassageKey> = shown.iter().map(|candidate| candidate.key).collect();
        let branches = prepared.branches(&keys)?;
        let mut hits = Vec::with_capacity(shown.len());
        let stored = self.engine.fetch(&keys)?;
        clock.ends(Stage::Read);
        for (rank, (candidate, (stored, text))) in shown.iter().zip(stored).enumerate() {
            let marked = locator.as_ref().map(|locator| locator.locate(&stored, &text, &branches[rank])).transpose()?;
            let Matches { title, text: in_text, title_expanded, text_expanded } = marked.unwrap_or_default();
            let (document, passage) = of_stored(stored);
            hits.push(Hit {
                rank: options.offset + rank + 1,
                score: candidate.score,
                document,
                passage,
                text,
                title_highlights: title,
                highlights: in_text,
                title_expanded,
                expanded: text_expanded,
                score_parts: None,
                story: None,
            });
        }
        Ok(hits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_searcher_can_be_shared_between_threads() {
        fn is_shared<T: Send + Sync + Clone + 'static>() {}
        is_shared::<Searcher>();
    }
}
