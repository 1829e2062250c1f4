//! The searcher over an index.

use std::ops::ControlFlow;

use crate::analytics::{CollocateOptions, Collocates, Concordance, ConcordanceLine, ConcordanceOptions, Lines};
use crate::error::Error;
use crate::facade::query::Query;
use crate::index::{guarded, named};
use crate::query::plan::{QueryPlan, WildcardCut};
use crate::query::syntax::QueryOptions;
use crate::search::{
    self, Article, ResultUnit, SearchOptions, SearchResults, SeriesOptions, SeriesTable, Suggestion, Timeline,
    TimelineOptions,
};

/// A searcher over an [`Index`](crate::Index).
///
/// ```
/// use tradewire::{Config, Document, Index, IndexWriter, Query, SearchOptions};
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path().join("index");
/// # let config = Config::default();
/// # let mut writer = IndexWriter::create(&folder, &config)?;
/// # writer.add(Document::new("memo-2", "Die Zölle auf Stahl aus Korea laufen im Juli aus."))?;
/// # writer.finish()?;
/// let index = Index::open(&folder, &config)?;
/// let results = index.searcher().search(&Query::parse("Stahl AND Zölle")?, &SearchOptions::default())?;
/// for hit in &results.hits {
///     println!("{}  {}", hit.document.id, hit.snippet());
/// }
/// # assert_eq!(results.hits[0].document.id, "memo-2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Searcher {
    pub(super) inner: search::Searcher,
    /// Width in columns above which a paragraph is cut into several passages.
    pub(super) cut_above: usize,
}

impl Searcher {
    /// Searches for the best results of a query, in which the matches are marked.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidQuery`] when the query has no word and no character that could be looked up, or filters by a concept that
    /// the glossary does not have; otherwise when the index
    /// cannot be read.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<SearchResults, Error> {
        self.inner.check_concepts(&query.text, &query.ast).map_err(Error::InvalidQuery)?;
        self.inner.answer(&query.ast, options).map_err(named)?.ok_or_else(|| query.nothing_to_look_up())
    }

    /// A suggestion for a query without results: which condition excludes them, and the most similar query that has some; `None`
    /// if there is no such query.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn suggest(&self, query: &Query, options: &SearchOptions) -> Result<Option<Suggestion>, Error> {
        self.inner.suggestion(&query.ast, options).map_err(named)
    }

    /// The ids of all documents with a result, in order, each once.
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`].
    pub fn documents(&self, query: &Query, options: &QueryOptions) -> Result<Vec<String>, Error> {
        self.inner.check_concepts(&query.text, &query.ast).map_err(Error::InvalidQuery)?;
        self.inner.documents(&query.ast, options).map_err(named)?.ok_or_else(|| query.nothing_to_look_up())
    }

    /// The article with an id, with all of its text; `None` if the index has none. The matches of a query are marked in it as in the
    /// results of [`Searcher::search`].
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`].
    pub fn article(&self, id: &str, query: Option<(&Query, &QueryOptions)>) -> Result<Option<Article>, Error> {
        let plan = query.map(|(query, options)| self.plan(query, options)).transpose()?;
        self.inner.article(id, plan.as_ref(), self.cut_above).map_err(named)
    }

    /// The ids of the articles whose ids are most like one that is unknown; none if no id is like it.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn nearest_ids(&self, id: &str) -> Result<Vec<String>, Error> {
        self.inner.nearest_ids(id).map_err(named)
    }

    /// The concordance of a query: each of its hits with the text beside it.
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`].
    pub fn concordance(&self, query: &Query, options: &ConcordanceOptions) -> Result<Concordance, Error> {
        let plan = self.plan(query, &options.query)?;
        Ok(Concordance::new(self.inner.clone(), plan, options.clone()))
    }

    /// The words that stand beside the hits of a query.
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`].
    pub fn collocates(&self, query: &Query, options: &CollocateOptions) -> Result<Collocates, Error> {
        let plan = self.plan(query, &options.query)?;
        self.inner.collocates(&plan, options).map_err(named)
    }

    /// Counts the results of several queries, each with a name, over time, and by a field if one is asked for, beside those of `of`, or of
    /// everything that passes the filters of the options.
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`].
    pub fn series(
        &self,
        queries: &[(String, &Query)],
        of: Option<&Query>,
        options: &SeriesOptions,
    ) -> Result<SeriesTable, Error> {
        let plan = |query: &Query| self.plan_of(query, &options.query, options.unit);
        let plans: Vec<(String, QueryPlan)> =
            queries.iter().map(|(name, query)| Ok((name.clone(), plan(query)?))).collect::<Result<_, Error>>()?;
        let of = of.map(plan).transpose()?;
        self.inner.series(&plans, of.as_ref(), options).map_err(named)
    }

    /// Compiles a query whose results are passages.
    fn plan(&self, query: &Query, options: &QueryOptions) -> Result<QueryPlan, Error> {
        self.plan_of(query, options, ResultUnit::Passage)
    }

    fn plan_of(&self, query: &Query, options: &QueryOptions, unit: ResultUnit) -> Result<QueryPlan, Error> {
        self.inner.check_concepts(&query.text, &query.ast).map_err(Error::InvalidQuery)?;
        let plan = guarded(|| self.inner.compile(&query.ast, options, unit))?;
        plan.ok_or_else(|| query.nothing_to_look_up())
    }

    /// The words with wildcards of a query that more surface forms match than are searched; [`Searcher::search`] returns them with
    /// its results.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn cuts(&self, query: &Query, options: &QueryOptions) -> Result<Vec<WildcardCut>, Error> {
        self.inner.cuts(&query.ast, options).map_err(named)
    }

    /// Counts the results of a query over time, beside everything that passes the filters of the options.
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`].
    pub fn timeline(&self, query: &Query, options: &TimelineOptions) -> Result<Timeline, Error> {
        self.inner.check_concepts(&query.text, &query.ast).map_err(Error::InvalidQuery)?;
        self.inner.timeline(&query.ast, options).map_err(named)?.ok_or_else(|| query.nothing_to_look_up())
    }

    /// Counts everything that passes the filters of the options over time.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn timeline_of_everything(&self, options: &TimelineOptions) -> Result<Timeline, Error> {
        self.inner.timeline_of_everything(options).map_err(named)
    }
}

impl Concordance {
    /// Passes every line to `found`, until it breaks off; none is left out. Lines come as they are found, in the order of the index, or,
    /// if they are sorted, when all have been found.
    ///
    /// # Errors
    ///
    /// When the index or a temporary file cannot be read or written.
    pub fn each_line(&self, found: &mut dyn FnMut(ConcordanceLine) -> ControlFlow<()>) -> Result<Lines, Error> {
        self.each(found).map_err(named)
    }
}
